"""Load once what every report needs, so that the forks that make them have it from the start."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.findings import write_claims, write_summary
from analysis.report import prepare
from analysis.table_files import csv_of, parquet_of
from analysis.tables import ARTICLES

if TYPE_CHECKING:
    from analysis.claims.cells import Tables
    from analysis.drawing import Chart

_TEXTS = (
    "The mayor said on Monday that the bridge will close. Nobody asked “why now?” It opened in 1931.",
    "According to the council, the bridge is safe. It will close in May, the mayor told reporters on Monday.",
)
#: Objects made between two looks for garbage: a report makes millions, and ends with its process.
_UNTIL_COLLECTED = 50_000


def draw_all(tables: Tables) -> list[Chart]:
    """Draw every chart of a comparison."""
    import analysis

    return [
        analysis.chart_keyness(tables), analysis.chart_placebo(tables), analysis.chart_word_clouds(tables),
        analysis.chart_readability(tables), analysis.chart_voices(tables), analysis.chart_positions(tables),
    ]  # fmt: skip


def warm() -> None:
    """Compare two short texts and write what comes out: that imports, reads, compiles and remembers most of it."""
    import papermill  # noqa: F401

    import analysis
    from analysis.forked import session  # noqa: F401
    from analysis.measures import measure

    given = pd.DataFrame({"article_id": ["a", "b"], "group": ["a", "b"], "path": ["a", "b"], "text": _TEXTS})
    articles = ARTICLES.frame({str(name): cells for name, cells in given.reindex(columns=ARTICLES.names).items()})
    settings: dict[str, Any] = analysis.run_settings(
        clean="on", attribution="accurate", voices="all", stop_words="out", min_count=1, unit="sentence", seed=1
    )
    tables = measure(articles)
    tables |= analysis.compare(tables, min_count=1)
    tables |= analysis.check(articles, tables, settings)
    claims = analysis.find_claims(tables, settings)
    write_summary(claims), write_claims(claims, tables)
    for table in tables.values():
        parquet_of(table), csv_of(table)
    for chart in draw_all(tables):
        _ = chart.png
    for name in analysis.__all__:
        getattr(analysis, name)
    prepare()
    gc.set_threshold(_UNTIL_COLLECTED)
    gc.freeze()  # the forks share this memory as long as nobody touches it
