"""Articles and tables built from a handful of words."""

from __future__ import annotations

import subprocess
import sys

import pandas as pd
import pytest

from analysis.paths import PROJECT
from analysis.tables import ARTICLES


def make_articles(texts, **columns):
    """ARTICLES from a mapping of article_id to text; `columns` gives further columns as lists."""
    ids = list(texts)
    frame = pd.DataFrame({name: pd.Series([None] * len(ids), dtype="str") for name in ARTICLES.names})
    frame = frame.assign(article_id=ids, group=ids, path=[f"{name}.txt" for name in ids], text=list(texts.values()))
    return frame.assign(**columns).astype({column.name: column.dtype for column in ARTICLES.columns})


def run(*arguments, **settings):
    """Run the command as a user does, in a process of its own."""
    settings = {"cwd": PROJECT, "capture_output": True, "text": True, "timeout": 120} | settings
    return subprocess.run([sys.executable, "-m", "analysis", *map(str, arguments)], check=False, **settings)


@pytest.fixture(scope="session")
def report(tmp_path_factory):
    """The folder of one report of the seeds."""
    folder = tmp_path_factory.mktemp("out") / "seeds"
    done = run("report", "seeds", "--output", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip().endswith("report.html")
    return folder


@pytest.fixture(scope="session")
def seeds():
    """The two seed articles, measured and compared once."""
    from analysis.corpus import read_corpus
    from analysis.pipeline import compare, measure

    articles, _ = read_corpus(str(PROJECT / "seeds"))
    measures = measure(articles)
    return measures | compare(measures)
