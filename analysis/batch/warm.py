"""Load once what every report needs, so that the forks that make them have it from the start."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING, Any

import pandas as pd

from analysis.findings import write_claims, write_summary
from analysis.report import prepare
from analysis.store import describe_run
from analysis.table_files import csv_of, parquet_of
from analysis.tables import ARTICLES

if TYPE_CHECKING:
    from analysis.claims.cells import Tables
    from analysis.drawing import Chart
    from analysis.show.shown import Shown

#: Paragraphs that each text repeats until all its measures can be taken: not too short, and with terms to test.
_TEXTS = (
    (
        "The mayor said on Monday that the old bridge will close in May. Nobody asked “why now?” It opened in 1931.",
        "Officials in France warned that the government could not pay 40 million euros for a new one. They said that "
        "the danger was real, and that thousands of drivers would lose an hour every day.",
        "The plan is a disaster, critics say. “We were never told,” the owner of a shop told reporters.",
    ),
    (
        "According to the council, the crossing is safe. It will close in May, the mayor told reporters on Monday.",
        "Engineers found small cracks in 12 of 60 beams last year; none of them is a risk to traffic, a report says. "
        "The council has set aside 38 million euros, and work is expected to take two years.",
        "“Safety comes first,” a spokesman for the ministry said. People living near the river welcomed the decision.",
    ),
)
_REPEATED = 4
#: Objects made between two looks for garbage: a report makes millions, and ends with its process.
_UNTIL_COLLECTED = 50_000


def draw_all(tables: Tables) -> list[Chart]:
    """Draw every chart of a comparison."""
    import analysis

    return [
        analysis.chart_keyness(tables), analysis.chart_placebo(tables), analysis.chart_word_clouds(tables),
        analysis.chart_readability(tables), analysis.chart_voices(tables), analysis.chart_positions(tables),
    ]  # fmt: skip


def show_all(tables: Tables) -> list[Shown]:
    """Show all that a comparison shows of its tables alone."""
    import analysis

    return [
        analysis.show_terms(tables), analysis.show_robustness(tables), analysis.show_labels(tables),
        analysis.show_wording(tables), analysis.show_readability(tables), analysis.show_attributions(tables),
        analysis.show_sources(tables), analysis.show_statements(tables), analysis.show_aligned(tables),
        analysis.show_shared(tables), analysis.show_event_check(tables), analysis.show_coverage(tables),
        analysis.show_concordance(tables), analysis.show_collocates(tables), analysis.show_phrases(tables),
    ]  # fmt: skip


def warm() -> None:
    """Compare two texts and write what comes out: that imports, reads, compiles and remembers most of it."""
    import papermill  # noqa: F401
    from IPython.core import completer, magics, oinspect  # noqa: F401

    import analysis
    from analysis import kernel  # noqa: F401
    from analysis.forked import session  # noqa: F401
    from analysis.measures import measure

    texts = ["\n\n".join(paragraphs * _REPEATED) for paragraphs in _TEXTS]
    given = pd.DataFrame({"article_id": ["a", "b"], "group": ["a", "b"], "path": ["a", "b"], "text": texts})
    articles = ARTICLES.frame({str(name): cells for name, cells in given.reindex(columns=ARTICLES.names).items()})
    settings: dict[str, Any] = analysis.run_settings(
        clean="on", attribution="accurate", voices="all", stop_words="out", min_count=3, unit="sentence", seed=1
    )
    tables = measure(articles)
    tables |= analysis.compare(tables)
    tables |= analysis.check(articles, tables, settings)
    claims = analysis.find_claims(tables, settings)
    write_summary(claims), write_claims(claims, tables), describe_run({}, settings)
    for table in tables.values():
        parquet_of(table), csv_of(table)
    for chart in draw_all(tables):
        _ = chart.png
    shown = analysis.show_claims(claims, tables), analysis.show_articles(tables, claims), *show_all(tables)
    for view in shown:
        view._repr_html_(), repr(view)
    for name in analysis.__all__:
        getattr(analysis, name)
    prepare()
    gc.set_threshold(_UNTIL_COLLECTED)
    gc.freeze()  # the forks share this memory as long as nobody touches it
