"""Views as VS Code and Colab show them: the HTML alone, in a page that is dark or light and has no style of JupyterLab."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.live.views import VIEWS

pytestmark = pytest.mark.slow

THEMES = {"dark": ("#1e1e1e", "#cccccc"), "light": ("#ffffff", "#000000")}
#: The least contrast of text with what it stands on.
CONTRAST = 4.5
#: axe does not look behind a gradient; each of ours is of one colour.
FLATTEN = r"""
for (const one of document.querySelectorAll(".parallax *")) {
    const found = getComputedStyle(one).backgroundImage.match(/^linear-gradient\((.+), \1\)$/);
    if (found) Object.assign(one.style, { backgroundImage: "none", backgroundColor: found[1] });
}
"""


@pytest.fixture(params=THEMES)
def page(browser, request):
    """Shows some HTML in a page of its own, so wide that nothing is scrolled; what it asks for is kept on the page."""
    ground, ink = THEMES[request.param]
    context = browser.new_context(viewport={"width": 2400, "height": 900}, offline=True, bypass_csp=True)
    opened = context.new_page()
    opened.asked = []
    opened.on("request", lambda asked: opened.asked.append(asked.url))

    def show(html):
        opened.set_content(
            f'<!doctype html><html lang="en"><title>View</title><body style="background: {ground}; color: {ink}">{html}'
        )
        return opened

    yield show
    context.close()


def faint(page):
    """What axe finds too faint, or cannot judge, with everything unfolded: element and contrast."""
    page.eval_on_selector_all("details", "all => all.forEach(one => { one.open = true; })")
    page.evaluate(FLATTEN)
    found = Axe().run(page, options={"runOnly": ["color-contrast"]}).response
    judged = [node for kind in ("violations", "incomplete") for rule in found[kind] for node in rule["nodes"]]
    assert any(rule["nodes"] for rule in found["passes"])
    return [
        (node["html"], check["data"]["contrastRatio"])
        for node in judged
        for check in node["any"]
        if check["data"]["contrastRatio"] < CONTRAST
    ]


@pytest.mark.parametrize("name", VIEWS)
def test_every_view_can_be_read_alone_and_fetches_nothing(page, opened, name):
    html = VIEWS[name].plain(opened)._repr_html_()
    shown = page(html)
    assert faint(shown) == []
    assert shown.asked == []
    assert not re.search(r"<(script|link|iframe|object|embed)\b|<[^>]*\son\w+=|javascript:|https?://", html)


def test_without_scripts_a_view_is_seen_and_unfolded(browser, opened):
    context = browser.new_context(java_script_enabled=False, offline=True)
    shown = context.new_page()
    shown.set_content(VIEWS["claims"].plain(opened)._repr_html_())
    claim = shown.locator("details").first
    inside = claim.locator("summary ~ *").first
    assert not inside.is_visible()
    claim.locator("summary").first.click()
    assert inside.is_visible()
    context.close()


@pytest.mark.parametrize(
    "html",
    [
        pytest.param('<p style="color: #777">Faint</p>', id="faint on both"),
        pytest.param('<p><span style="color: #777; font-size: 12px">1</span></p>', id="one letter"),
        pytest.param(
            '<p class="parallax"><b style="background: linear-gradient(#707070, #707070)">Behind</b></p>',
            id="a tint too strong",
        ),
    ],
)
def test_what_is_faint_is_found(page, html):
    assert len(faint(page(f"<p>Seen</p>{html}"))) == 1
