"""A Dask DataFrame of articles: the same tables, with the same types, measured once for all of a partition."""

from collections import Counter

import dask
import dask.dataframe as dd
import pandas as pd
import pytest
from conftest import make_articles

from analysis.cluster import frames
from analysis.cluster.frames import measure_partitions
from analysis.measures import MEASURED, measure

# Dask's own reading of Parquet.
pytestmark = pytest.mark.filterwarnings("ignore:The inplace keyword in DataFrame.reset_index is deprecated")
TEXTS = {
    "a": "The mayor said the bridge will close on Monday. “It is safe,” she said.",
    "b": "Snow fell on the hills, and the trains stood still.",
    "c": "Der Zug steht still, und es schneit auf den Bergen im Norden.",
}
SETTINGS = {"attribution": "rules"}


def computed(tables):
    return {name: table.reset_index(drop=True) for name, table in dask.compute(tables, scheduler="sync")[0].items()}


@pytest.fixture(scope="module")
def expected():
    return measure(make_articles(TEXTS, topic=["x", None, "z"]).astype({"topic": "str"}), **SETTINGS)


@pytest.fixture(params=["in memory", "in a file"])
def articles(request, tmp_path):
    """The same articles, without the columns in which nothing is stated."""
    given = pd.DataFrame({"article_id": list(TEXTS), "path": [f"{name}.txt" for name in TEXTS],
                          "text": list(TEXTS.values()), "topic": ["x", None, "z"]})  # fmt: skip
    if request.param == "in memory":
        return dd.from_pandas(given, npartitions=3)
    given.to_parquet(tmp_path / "a.parquet", index=False, row_group_size=1)
    return dd.read_parquet(tmp_path / "a.parquet", split_row_groups=1)


def test_tables_are_those_of_measure(articles, expected):
    assert articles.npartitions == 3
    tables = measure_partitions(articles, **SETTINGS)
    assert tuple(tables) == MEASURED
    for name, table in computed(tables).items():
        pd.testing.assert_frame_equal(table, expected[name])
        pd.testing.assert_series_equal(tables[name].dtypes, expected[name].dtypes)


def test_what_is_computed_together_is_measured_once(articles, monkeypatch):
    measured = Counter()

    def counted(part, settings, how=frames._measure):
        measured[part["article_id"].iloc[0]] += 1
        return how(part, settings)

    monkeypatch.setattr(frames, "_measure", counted)
    tables = measure_partitions(articles, **SETTINGS)
    assert not measured
    computed(tables)
    assert measured == {"a": 1, "b": 1, "c": 1}


def test_measures_that_are_not_made_have_no_tables(articles):
    tables = measure_partitions(articles, measures="readability", attribution="none")
    assert "readability" in tables
    assert "term_counts" not in tables


def test_an_empty_partition_gives_empty_tables_of_the_same_types(expected):
    articles = dd.from_pandas(make_articles(TEXTS), npartitions=1)
    for name, table in computed(measure_partitions(articles[articles["article_id"] == "none"], **SETTINGS)).items():
        assert len(table) == 0
        shared = [column for column in expected[name].columns if column != "topic"]
        pd.testing.assert_series_equal(table.dtypes, expected[name][shared].dtypes)


def test_articles_without_a_text_are_refused():
    articles = dd.from_pandas(pd.DataFrame({"article_id": ["a"], "body": ["x"]}), npartitions=1)
    with pytest.raises(ValueError, match=r"'text' missing in 'article_id', 'body'"):
        measure_partitions(articles)
