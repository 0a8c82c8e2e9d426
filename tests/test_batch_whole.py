"""Whole reports in a batch: those of `report` byte for byte, the same however they are made, and their page."""

import json
import os
import shutil

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from batches import contents
from conftest import run

from analysis.association import ALPHA
from analysis.batch.headlines import headline_figures
from analysis.tables.batch import BATCH

pytestmark = pytest.mark.slow
ONE = "The mayor said on Monday that the bridge will close. “It is not safe,” she said. It opened in 1931."
TWO = "According to the council, the bridge is safe. It will close in May, the mayor told reporters on Monday."
NAMES = ("Überfall & <b>", "one event")


@pytest.fixture(scope="module")
def events(tmp_path_factory):
    """Two events of two articles each, and a folder with one article too few."""
    folder = tmp_path_factory.mktemp("batch") / "in"
    for place, name in enumerate((*NAMES, "bad")):
        (folder / name).mkdir(parents=True)
        (folder / name / "a.txt").write_text(f"{ONE} " * (place + 1), encoding="utf-8")
        if name != "bad":
            (folder / name / "b.txt").write_text(TWO, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def made(events):
    """The batch, made one report at a time."""
    output = events.parent / "out"
    done = run("batch", events, "--output", output, "--jobs", 1, env=os.environ | {"PYTHONHASHSEED": "1"})
    assert (done.returncode, done.stdout) == (3, f"{output / 'index.html'}\n"), done.stderr
    assert done.stderr.splitlines() == ["rejected: bad: comparison compares two articles or more; found 1: 'a'"]
    return output


@pytest.fixture(scope="module")
def folders(made):
    """The folder of each report, by its name."""
    lines = (made / "ledger.jsonl").read_text(encoding="utf-8").splitlines()
    entries = {entry["name"]: entry for entry in map(json.loads, lines)}
    assert {name: entry["status"] for name, entry in entries.items()} == dict.fromkeys(NAMES, "analysed") | {
        "bad": "rejected"
    }
    assert not (made / "bad").exists()
    return {name: made / entries[name]["folder"] for name in NAMES}


def test_a_report_is_that_of_report(events, folders, tmp_path):
    done = run("report", events / "one event", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    alone, one = contents(tmp_path / "out"), contents(folders["one event"])
    assert sorted(alone) == sorted(one)
    assert len(alone) > 30
    assert [name for name in alone if alone[name] != one[name]] == []


def test_several_at_a_time_and_another_hash_seed_give_the_same_bytes(events, made):
    output = events.parent / "again"
    given = os.environ | {"PYTHONHASHSEED": "2", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    done = run("batch", events, "--output", output, "--jobs", 3, env=given)
    assert done.returncode == 3, done.stderr
    first, again = contents(made), contents(output)
    assert sorted(first) == sorted(again)
    assert [name for name in first if first[name] != again[name]] == []


def test_a_finished_report_of_which_a_table_is_damaged_is_made_again(events, made, folders, tmp_path):
    again = tmp_path / "out"
    shutil.copytree(made, again)
    damaged = again / folders["one event"].name / "tables" / "keyness.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    assert run("batch", events, "--output", again).returncode == 3
    assert contents(again) == contents(made)
    assert (again / "batch.log").read_text().count("analysed: one event") == 2


def test_the_headline_figures_are_those_of_the_tables(made, folders):
    figures = pd.read_parquet(made / "batch.parquet")
    assert list(figures.columns) == list(BATCH.names)
    assert figures["report"].tolist() == [name for name in NAMES[::-1] for _ in range(2)]
    assert len(pd.read_csv(made / "batch.csv")) == 4
    for name, folder in folders.items():
        tables = {path.stem: pd.read_parquet(path) for path in (folder / "tables").glob("*.parquet")}
        own = figures[figures["report"] == name].set_index("group")
        written = BATCH.frame({name: own.reset_index()[name] for name in BATCH.names})
        pd.testing.assert_frame_equal(written, headline_figures(folder, name))
        assert set(own["folder"]) == {folder.name}
        for group in ("a", "b"):
            row = own.loc[group]
            [covered] = tables["coverage"].query("group == @group").to_dict("records")
            [graded] = (
                tables["readability_by_group"]
                .query("group == @group and metric == 'flesch_kincaid_grade'")
                .to_dict("records")
            )
            [share] = (
                tables["attribution_counts"].query("group == @group and dimension == 'sentences'").to_dict("records")
            )
            key = tables["keyness"]
            passed = key[(key["group"] == group) & (key["p_adjusted"] <= ALPHA) & (key["log_ratio"] > 0)]
            assert row["n_words"] == covered["n_words"] > 0
            assert row["n_statements"] == covered["n_statements"]
            assert row[["grade", "grade_lower", "grade_upper"]].astype(float).tolist() == pytest.approx(
                [graded["value"], graded["lower"], graded["upper"]], nan_ok=True
            )
            assert row["attributed"] == share["share"]
            assert row["n_terms"] == len(passed)
            assert row["event"] == tables["event_check"]["verdict"].iloc[0]


def test_a_report_without_the_tables_of_a_comparison_has_no_headline(tmp_path):
    assert len(headline_figures(tmp_path, "x")) == 0


@pytest.fixture(params=[360, 1280])
def page(request, browser, made):
    """The page of the batch in a browser, on a phone or on a desk."""
    context = browser.new_context(viewport={"width": request.param, "height": 800}, offline=True, bypass_csp=True)
    opened = context.new_page()
    opened.asked, opened.logged = [], []
    opened.on("console", lambda message: opened.logged.append(message.text))
    opened.on("request", lambda asked: opened.asked.append(asked.url))
    opened.goto((made / "index.html").as_uri())
    yield opened
    context.close()


def test_the_page_in_a_browser(page):
    assert (page.logged, page.asked) == ([], [page.url])
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
    assert page.locator("h2").all_inner_texts() == ["Not made", "Reports"]
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found = Axe().run(page).response["violations"]
        assert [(one["id"], one["nodes"][0]["html"]) for one in found if one["impact"] in ("serious", "critical")] == []
    for name in NAMES:
        page.locator("nav a", has_text=name).click()
        assert page.locator(":target").inner_text() == name
        page.locator("h3 a", has_text=name).click()
        assert page.locator("h1").inner_text() == "How these articles tell the story"
        page.go_back()
