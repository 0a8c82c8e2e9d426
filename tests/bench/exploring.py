"""How fast each view of an exploration answers: the functions behind the widgets, the measures being kept."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.live.calls import show
from analysis.live.exploration import Exploration, explore
from analysis.live.view_panel import ViewPanel
from analysis.live.views import VIEWS, View
from bench.articles import corpus

#: Words of each of the two long articles, and what an answer may take, in seconds: for those, and for 200 articles.
_WORDS, _TWO, _MANY = 2_000, 0.2, 1.0


def _long() -> pd.DataFrame:
    """Two articles of so many words, made of paragraphs."""
    made = corpus(20)
    texts = ["\n\n".join(made["text"][first::2]) for first in (0, 1)]
    return made.head(2).assign(text=[" ".join(text.split(" ")[:_WORDS]) for text in texts])


def exploring() -> Iterator[str]:
    """Seconds of every view with its choices as they are first, and of a change of voices and of groups."""
    many = corpus(200).assign(topic=["north", "south"] * 100, desk=["early"] * 100 + ["late"] * 100)
    many["outlet"] = [f"outlet {number % 10}" for number in range(200)]
    with tempfile.TemporaryDirectory() as folder:
        for name, articles, group_by, goal in (
            (f"2 articles of {_WORDS:,} words", _long(), "", _TWO),
            ("200 articles in two groups", many, "topic", _MANY),
        ):
            path = Path(folder, f"{len(articles)}.parquet")
            pq.write_table(pa.Table.from_pandas(articles.drop(columns="group"), preserve_index=False), path)
            yield f"  {name} (goal: at most {goal} s; with fresh evidence 1 s)"
            yield from _answers(explored := explore(str(path), group_by=group_by), "desk" if group_by else "")
        taken = _spent(partial(explored.choose, group_by="outlet"))
        yield f"    {taken:7.3f} s  all panels on ten groups, fresh evidence with them: each is compared with the rest"


def _answers(exploration: Exploration, other: str) -> Iterator[str]:
    yield f"    {_spent(lambda: exploration.tables):7.3f} s  measures and comparison, once"
    for name, view in VIEWS.items():
        if view.long:
            yield f"    {_spent(lambda: exploration.claims):7.3f} s  the checks and the claims, once"
        values = view.defaults(exploration)
        yield f"    {_shown(view, values, exploration):7.3f} s  {name}"
        for control in view.controls:
            found = control.found(exploration)
            if len(found) > 1:
                taken = _shown(view, {**values, control.name: found[-1][1]}, exploration)
                yield f"    {taken:7.3f} s  {name}, {control.label.lower()} chosen"
        if view.table:
            yield f"    {_spent(partial(view.table, exploration)):7.3f} s  {name}, the table"
    changes = [("voices", "author"), ("statements", "all"), *([("group_by", other)] if other else [])]
    panels = [ViewPanel(exploration, view) for view in VIEWS.values()]
    for what, value in changes:
        before, change = getattr(exploration.choices, what), partial(exploration.choose, **{what: value})
        yield f"    {_spent(change):7.3f} s  all {len(panels)} panels after a change of {what}, fresh evidence with them"
        exploration.choose(**{what: before})
        yield f"    {_spent(change):7.3f} s  the same, the evidence kept"
        exploration.choose(**{what: before})


def _shown(view: View, values: Mapping[str, Any], exploration: Exploration) -> float:
    return _spent(lambda: show(view.calls(exploration, values), exploration)._repr_html_())


def _spent(action: Callable[[], object]) -> float:
    started = perf_counter()
    action()
    return perf_counter() - started
