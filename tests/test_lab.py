"""The notebooks in a real JupyterLab and a real browser: every cell runs, and what it shows is inert and can be read."""

import contextlib
import json
import urllib.request

import pandas as pd
import psutil
import pytest
from conftest import put
from corpora import made_articles, made_text, write_measured
from lab import Lab
from lab_server import TOKEN, running_lab

pytestmark = pytest.mark.slow

#: Runs if a string becomes markup in any of the ways that strings do.
HOSTILE = (
    "<script>window.__run=1</script>",
    "<img src=x onerror=window.__run=2>",
    "\"'><svg onload=window.__run=3>",
    "[it](javascript:window.__run=4)",
    "<style>* {display: none}</style>",
)


def filled(name, number=15):
    """Sentences enough to be compared, of one article."""
    return f"The mayor of {name} said that the river rose again on the town. " * number


def run(lab, name):
    """Open a notebook and run all of it; the text that its cells show."""
    lab.open(name)
    lab.restart_and_run_all()
    assert lab.cell_errors() == []
    return "\n".join(lab.outputs())


def test_an_article_is_read_closely(lab):
    shown = run(lab, "article")
    assert "Attributions found" in shown
    assert "The run is complete." in shown
    assert lab.ours.locator("mark, .source, .cue, .content").count() > 10
    assert lab.ours.locator("img, svg").count() == 1
    assert lab.violations() == []
    lab.picture("lab-article", start=".source")


def test_lessons_and_answers_are_opened_with_the_keyboard(browser, lab_server):
    lab = Lab(browser, lab_server, viewport={"width": 1200, "height": 900})
    run(lab, "article")
    lessons, answers = lab.ours.locator(".lesson"), lab.ours.locator(".exercise details")
    assert lessons.count() > 5
    assert answers.count() > 5
    for folded in (*lessons.all(), *answers.all()):
        assert folded.get_attribute("open") is None
        folded.locator("summary").first.focus()
        lab.keyboard("Enter")
        assert folded.get_attribute("open") is not None
        assert lab.focused() == folded.locator("summary").first.inner_text()
    assert lab.violations() == []
    wide = "one => one.scrollWidth > one.clientWidth + 1"
    assert [one.inner_text() for one in lessons.all() if one.evaluate(wide)] == []
    lab.picture("lab-lesson", start=".lesson")
    assert lab.console == []
    assert lab.abroad == []
    lab.close()


def test_two_articles_are_compared_and_a_claim_leads_to_its_sentence(lab):
    shown = run(lab, "comparison")
    assert "The run is complete." in shown
    assert lab.ours.locator("img").count() == 6
    assert lab.ours.locator("table").count() > 15
    assert lab.violations() == []
    lab.picture("lab-comparison", start=".summary")

    link = lab.ours.locator("#claim-terms-3 a").first
    target = lab.page.locator(f"[id='{link.get_attribute('href')[1:]}']")
    lab.ours.locator("#claim-terms-3 summary").click()
    assert not in_view(lab, target)
    link.click()
    lab.page.wait_for_function("one => one.getBoundingClientRect().top < innerHeight", arg=target.element_handle())
    assert in_view(lab, target)
    assert "Azerbaijani" in target.inner_text()


def in_view(lab, target):
    return 0 < target.bounding_box()["y"] < lab.page.viewport_size["height"]


def test_groups_of_a_measured_corpus_are_compared(lab):
    said = {"Courier": "The council met.", "Herald": "It rained.", "Gazette": "The minister said the flood was large."}
    texts = {
        outlet: [made_text(100 * place + i, own=[own]) for i in range(6)]
        for place, (outlet, own) in enumerate(said.items())
    }
    write_measured(lab.server.project / "measured", made_articles(texts))
    given = {"sources": "measured", "output": "outputs/groups", "attribution": "rules", "jobs": 1}
    shown = run(lab, lab.server.set_parameters("corpus", "groups", **given))
    assert all(outlet in shown for outlet in said)
    assert "The run is complete." in shown
    assert lab.violations() == []


@pytest.fixture
def hostile(lab):
    """A comparison of three articles whose text, title, names, address and file name are hostile."""
    folder = lab.server.project / "hostile"
    stem = HOSTILE[1]
    for name in (stem, "plain"):
        body = "\n\n".join(f"The reader said that {one} would be built." for one in HOSTILE)
        put(folder / f"{name}.txt", f"{HOSTILE[0]} {name}\n\n{body}\n\n{filled(name)}")
    record = {
        "article_id": "record", "title": HOSTILE[0], "outlet": HOSTILE[2], "author": HOSTILE[3],
        "published": HOSTILE[4], "url": "javascript:window.__run=5", "text": f"{HOSTILE[2]}\n\n{filled('record')}",
    }  # fmt: skip
    put(folder / "record.jsonl", json.dumps(record))
    sidecar = pd.DataFrame([{"article_id": stem, "label": HOSTILE[0], "outlet": HOSTILE[2], "author": HOSTILE[4]}])
    sidecar.to_csv(folder / "articles.csv", index=False)
    return lab.server.set_parameters("comparison", "inert", sources="hostile", output="outputs/inert")


def test_hostile_strings_are_shown_as_they_are_and_nothing_of_them_runs(lab, hostile):
    shown = run(lab, hostile)
    assert lab.page.evaluate("window.__run") is None
    assert [one for one in HOSTILE if one not in shown] == []
    articles = pd.read_parquet(lab.server.project / "outputs" / "inert" / "tables" / "articles.parquet")
    assert set(articles["article_id"]) == {HOSTILE[1], "plain", "record"}
    assert {HOSTILE[0], HOSTILE[2], HOSTILE[4]} <= set(articles[["label", "outlet", "author"]].to_numpy().flat)
    assert lab.ours.locator("script, [onerror], [onload], a[href^='javascript:']").count() == 0


SUMS = ("$5 million and then $6 million", r"\(five\)", r"\[six\]")


def test_sums_of_money_are_not_set_as_formulas(lab):
    text = "\n\n".join(f"The mayor said that it cost {one} to build." for one in SUMS)
    put(lab.server.project / "money" / "sums.txt", f"A bridge\n\n{text}\n\n{filled('one')}")
    given = {"sources": "money", "output": "outputs/money"}
    shown = run(lab, lab.server.set_parameters("article", "money", **given))
    assert lab.ours.locator("mjx-container").count() == 0
    assert [one for one in SUMS if one not in shown] == []


def test_what_goes_wrong_is_seen(lab):
    shown = "from IPython.display import HTML; HTML({!r})"
    page = "<img src='https://example.org/x.png' alt=''><button></button><script>console.error('Found me')</script>"
    cells = ("import sys; sys.stderr.write('Warned')", shown.format(page), "1 / 0", "'never'")
    lab.open(lab.server.write_notebook("wrong", *cells))
    lab.restart_and_run_all()
    warned, stopped = lab.cell_errors()
    assert warned == "Warned"
    assert "ZeroDivisionError" in stopped
    assert lab.outputs()[-1] == ""
    assert lab.violations() == [("button-name", "<button></button>")]
    assert set(lab.abroad) == {"https://example.org/x.png"}
    assert "Found me" in lab.console
    lab.console.clear()
    lab.abroad.clear()


def test_the_server_and_its_kernels_end_even_after_a_failure(lab_server, tmp_path):
    def started():
        found = []
        for one in psutil.Process().children(recursive=True):
            with contextlib.suppress(psutil.NoSuchProcess):  # another has ended meanwhile
                found += [one] if str(tmp_path) in one.cwd() else []
        return found

    def fail():
        with running_lab(tmp_path) as server:
            ask = urllib.request.Request(
                f"{server.url}/api/kernels", b"{}", {"Authorization": f"token {TOKEN}"}, method="POST"
            )
            with urllib.request.urlopen(ask) as answer:
                assert answer.status == 201
            assert len(started()) >= 2
            raise ZeroDivisionError

    assert lab_server.project.is_dir()  # there is a browser
    with pytest.raises(ZeroDivisionError):
        fail()
    assert started() == []
