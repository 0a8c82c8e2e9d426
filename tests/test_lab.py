"""The notebooks in a real JupyterLab, opened in a real browser: every cell runs, and what it shows is inert and ours."""

import json

import pandas as pd
import pytest
from conftest import put
from corpora import made_articles, made_text, write_measured

pytestmark = pytest.mark.slow

#: Runs if a string becomes markup in any of the ways that strings do.
HOSTILE = (
    "<script>window.__run=1</script>",
    "<img src=x onerror=window.__run=2>",
    "\"'><svg onload=window.__run=3>",
    "[it](javascript:window.__run=4)",
    "<style>* {display: none}</style>",
)


def filled(name, number=80):
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
    lab.picture("lab-article")


def test_two_articles_are_compared_and_a_claim_leads_to_its_sentence(lab):
    shown = run(lab, "comparison")
    assert "The run is complete." in shown
    assert lab.ours.locator("img").count() == 6
    assert lab.ours.locator("table").count() > 15
    assert lab.violations() == []
    lab.picture("lab-comparison")

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
