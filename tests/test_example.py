"""The committed example is what the command makes."""

import json

import numpy as np
import pandas as pd
import pytest
from PIL import Image

from analysis.paths import PROJECT

pytestmark = pytest.mark.slow
EXAMPLE = PROJECT / "outputs" / "example"


def test_the_same_files(report):
    made, kept = (
        {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()} - {"run.lock"}
        for folder in (report, EXAMPLE)
    )
    assert made == kept


@pytest.mark.parametrize("name", ["summary.md", "tables/codebook.md"])
def test_the_same_words(report, name):
    assert (report / name).read_text(encoding="utf-8") == (EXAMPLE / name).read_text(encoding="utf-8")


def test_the_same_sentences_and_spans(report):
    made, kept = (json.loads((folder / "claims.json").read_text(encoding="utf-8")) for folder in (report, EXAMPLE))
    for one, other in zip(made, kept, strict=True):
        for key in ("id", "text", "template", "spans", "articles"):
            assert one[key] == other[key]


@pytest.mark.parametrize("name", sorted(path.stem for path in (EXAMPLE / "tables").glob("*.parquet")))
@pytest.mark.parametrize("ending", ["parquet", "csv"])
def test_the_same_tables(report, name, ending):
    read = pd.read_parquet if ending == "parquet" else pd.read_csv
    made, kept = (read(folder / "tables" / f"{name}.{ending}") for folder in (report, EXAMPLE))
    pd.testing.assert_frame_equal(made, kept, rtol=1e-9, atol=1e-9)


@pytest.mark.parametrize("name", sorted(path.stem for path in (EXAMPLE / "figures").glob("*.png")))
def test_the_same_pictures(report, name):
    made, kept = (
        np.asarray(Image.open(folder / "figures" / f"{name}.png").convert("L"), dtype=float)
        for folder in (report, EXAMPLE)
    )
    assert made.shape == kept.shape
    assert (np.abs(made - kept) > 64).mean() < 0.005


def test_the_page_shows_the_same_text(report):
    def words(folder):
        page = (folder / "report.html").read_text(encoding="utf-8")
        return [part.split(">", 1)[-1] for part in page.split("<") if not part.startswith("img")]

    assert words(report) == words(EXAMPLE)


def test_no_trace_of_the_machine_it_was_made_on():
    for path in EXAMPLE.rglob("*"):
        if path.suffix in (".json", ".jsonl", ".html", ".ipynb", ".md", ".csv"):
            text = path.read_text(encoding="utf-8")
            assert str(PROJECT) not in text, path.name
            assert ".stage" not in text, path.name
