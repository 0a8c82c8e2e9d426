"""The report in a real browser: phone and desk, light and dark, keyboard, print, screen reader rules, no request."""

from itertools import pairwise
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.slow
PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}


@pytest.fixture(params=["phone", "desk"])
def page(request, browser, report):
    """The report, opened; what it logs and asks for is kept on the page object."""
    context = browser.new_context(
        viewport=PHONE if request.param == "phone" else DESK,
        offline=True,
        bypass_csp=request.node.name.startswith("test_axe"),
    )
    opened = context.new_page()
    opened.logged, opened.asked = [], []
    opened.on("console", lambda message: opened.logged.append(message.text))
    opened.on("pageerror", lambda error: opened.logged.append(str(error)))
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.goto(Path(report / "report.html").as_uri())
    yield opened
    context.close()


def test_it_opens_without_error_or_request(page):
    assert page.logged == []
    assert [url for url in page.asked if not url.startswith("data:")] == [page.url]


def test_nothing_sticks_out_sideways(page):
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_every_figure_has_alt_text_of_its_own(page):
    texts = page.eval_on_selector_all("img", "images => images.map(image => image.alt)")
    assert len(texts) == 6
    assert len(set(texts)) == 6
    assert all(len(text) > 60 and "No description" not in text for text in texts)
    assert page.eval_on_selector_all("img", "images => images.every(image => image.complete && image.naturalWidth > 0)")
    assert all(text.strip() for text in page.locator("figcaption").all_inner_texts())


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.eval_on_selector_all("details", "all => all.forEach(one => one.open = true)")
    found = Axe().run(page).response["violations"]
    serious = [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")]
    assert serious == []


def test_a_claim_leads_to_its_sentence_and_back(page):
    claim = page.locator("#claim-terms-3")
    claim.locator("summary").click()
    claim.locator("a").first.click()
    target = page.locator(":target")
    assert "Azerbaijani" in target.inner_text()
    target.locator("a[href='#claim-terms-3']").click()
    assert page.locator(":target").get_attribute("id") == "claim-terms-3"


def test_the_keyboard_reaches_the_summary_first(page):
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the summary"
    page.keyboard.press("Enter")
    assert page.evaluate("location.hash") == "#summary"


def test_the_contents_list_every_section(page):
    assert page.locator("nav a").all_inner_texts() == page.locator("main h2").all_inner_texts()


def test_the_title_comes_before_the_contents(page):
    assert page.locator("h1").bounding_box()["y"] < page.locator("nav").bounding_box()["y"]


def test_captions_are_read_without_scrolling_sideways(page):
    right = """one => {
        const words = document.createRange();
        words.selectNodeContents(one);
        return words.getBoundingClientRect().right;
    }"""
    ends = page.eval_on_selector_all("caption", f"all => all.map({right})")
    assert len(ends) > 10
    assert max(ends) <= page.viewport_size["width"]


def test_headings_come_in_order(page):
    levels = page.eval_on_selector_all("h1, h2, h3, h4, h5, h6", "all => all.map(one => Number(one.tagName[1]))")
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(below - above <= 1 for above, below in pairwise(levels))


def test_the_page_shows_no_code(page):
    assert "import" not in page.locator("main").inner_text().split()
    assert page.locator("main pre").count() == 0


def test_print_is_black_on_white_and_hides_the_skip_link(page):
    page.emulate_media(media="print", color_scheme="dark")
    style = page.evaluate("(({backgroundColor, color}) => [backgroundColor, color])(getComputedStyle(document.body))")
    assert style == ["rgb(255, 255, 255)", "rgb(0, 0, 0)"]
    assert not page.locator(".skip").is_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('figure.chart img')).filter") == "none"


def test_scripts_do_not_run_even_if_some_got_in(browser, report, tmp_path):
    text = (report / "report.html").read_text(encoding="utf-8")
    broken = text.replace(
        "</main>", "<script>document.title = 'run'</script><img src=x onerror=\"document.title = 'run'\"></main>"
    )
    (tmp_path / "broken.html").write_text(broken, encoding="utf-8")
    opened = browser.new_page()
    opened.goto((tmp_path / "broken.html").as_uri())
    assert opened.title() != "run"
    opened.close()
