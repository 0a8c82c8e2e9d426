"""What can be looked at, each with the choices that it takes: nothing here knows of widgets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from analysis.attribution.choose import sources_with_doubt
from analysis.attribution.counts import ACTS, DIMENSIONS
from analysis.inputs.files import accept
from analysis.live.calls import CLAIMS, REPORT_TABLES, TABLES, Call, failed, show
from analysis.live.choices import OF_TERMS
from analysis.live.controls import Control, Options
from analysis.live.exploration import Exploration
from analysis.live.term_table import term_caption, term_table
from analysis.names import article_names
from analysis.show.contexts import chosen_terms
from analysis.show.labels import actors_named
from analysis.show.shown import Shown, remark
from analysis.voices import COUNTED

#: Articles whose texts are shown together, or whose claims are worked out without being asked for, at most.
FEW = 8
#: Characters of all texts together for which that holds too.
SHORT = 400_000
#: What stands where something waits to be asked for.
ASKED_FOR = f"With more than {FEW} articles or {SHORT:,} characters this is worked out when it is asked for"
_ANY = ("any", "")


@dataclass(frozen=True)
class View:
    """Something to look at.

    Parameters
    ----------
    controls : sequence of Control
    calls : function
        The calls that make it, of an exploration and the values of the controls.
    table : function of an Exploration, optional
        A table whose first column sets the first control.
    caption : function of an Exploration, optional
        What the table has.
    listed : Call, optional
        What shows the table where it cannot be chosen from.
    long : bool
        Whether it is only made when asked for, where there are more than `FEW` articles or `SHORT` characters.
    spared : frozenset of str
        The choices of an exploration that change nothing of it.
    texts : bool
        Whether it shows the sentences that links lead to, of the article that its control `article` names.
    """

    controls: Sequence[Control]
    calls: Callable[[Exploration, Mapping[str, Any]], list[Call]]
    table: Callable[[Exploration], pd.DataFrame] | None = None
    caption: Callable[[Exploration], str] | None = None
    listed: Call | None = None
    long: bool = False
    spared: frozenset[str] = frozenset()
    texts: bool = False

    def defaults(self, exploration: Exploration) -> dict[str, Any]:
        """Return the values before anything is chosen."""
        return {control.name: control.default(exploration) for control in self.controls}

    def waits(self, exploration: Exploration) -> bool:
        """Whether it is only made when asked for."""
        many = len(exploration.articles) > FEW or exploration.articles["text"].str.len().sum() > SHORT
        return self.long and bool(many)

    def plain(self, exploration: Exploration) -> Shown:
        """Show it with the values before anything is chosen, without a control; if it waits, say how to ask for it."""
        try:
            calls = self.calls(exploration, self.defaults(exploration))
        except Exception as error:
            return failed(error)
        if self.waits(exploration):
            code = " and ".join(call.code() for call in calls)
            return remark(f"{ASKED_FOR}, by {code}.")
        return show([self.listed, *calls] if self.listed else calls, exploration)


def _articles(exploration: Exploration) -> Options:
    names = article_names(exploration.tables["articles"])
    single: list[tuple[str, Any]] = [(str(name.value), article_id) for article_id, name in names.items()]
    return single if len(single) > FEW else [("all", ""), *single]


def _terms(exploration: Exploration) -> Options:
    return [(term, term) for term in chosen_terms(exploration.tables)]


def _sources(exploration: Exploration) -> Options:
    return [(written, name) for name, written in sources_with_doubt(exploration.tables).items()]


def _term_calls(exploration: Exploration, values: Mapping[str, Any]) -> list[Call]:
    voices, term = {"voices": exploration.choices.voices}, values["term"]
    if voices["voices"] == "all":
        voices = {}
    names = ("show_concordance", "show_dispersion", "show_collocates")
    return [Call(name, (TABLES, term), voices) for name in names]


def _text_calls(_: Exploration, values: Mapping[str, Any]) -> list[Call]:
    filters = {name: value for name, value in values.items() if name != "article" and value}
    tables = Call("choose_attributions", (TABLES,), filters) if filters else TABLES
    return [Call("show_articles", (tables,), {"article": values["article"]})]


def _source_calls(exploration: Exploration, values: Mapping[str, Any]) -> list[Call]:
    said = [Call("show_said", (TABLES, values["source"]))] if values["source"] else []
    if (statements := exploration.choices.statements) != "asserted":
        said.append(Call("show_counted", (statements,)))
    return [*said, Call("show_sources", (TABLES,)), Call("show_statements", (TABLES,))]


def _label_calls(_: Exploration, values: Mapping[str, Any]) -> list[Call]:
    return [Call("show_labels", (TABLES,), {"actor": values["actor"]})]


def _overlap_calls(*_: Any) -> list[Call]:
    names = ("show_event_check", "show_aligned", "show_shared", "show_actors")
    return [Call(name, (TABLES,)) for name in names]


def _readability_calls(_: Exploration, values: Mapping[str, Any]) -> list[Call]:
    return [Call("show_readability", (TABLES,)), Call("show_paragraphs", (TABLES,), {"article": values["article"]})]


def _claim_calls(*_: Any) -> list[Call]:
    return [Call("show_evidence", (CLAIMS, REPORT_TABLES))]


def _among(names: Sequence[str]) -> Callable[[Exploration], Options]:
    return lambda _: [_ANY, *((name, name) for name in names)]


#: A choice that concerns only the sources and the statements.
_OF_STATEMENTS = frozenset(("statements",))
_ARTICLE = Control("article", "Article", "choice", _articles)
VIEWS: Mapping[str, View] = {
    "terms": View(
        [Control("term", "Term", "text", _terms)],
        _term_calls,
        table=term_table,
        caption=term_caption,
        listed=Call("show_terms", (TABLES,)),
        spared=_OF_STATEMENTS,
    ),
    "texts": View(
        [
            _ARTICLE,
            Control("source", "Source", "choice", lambda exploration: [_ANY, *_sources(exploration)]),
            Control("source_type", "Source type", "choice", _among(DIMENSIONS["source_type"])),
            Control("cue_class", "Cue class", "choice", _among(DIMENSIONS["cue_class"])),
            Control("act", "Act", "choice", _among(ACTS)),
            Control("voice", "Voice", "choice", _among(COUNTED)),
            Control("confidence", "Confidence from", "share"),
        ],
        _text_calls,
        spared=OF_TERMS | _OF_STATEMENTS | {"group_by", "unit", "seed"},
        texts=True,
    ),
    "sources": View(
        [Control("source", "Source", "choice", _sources)], _source_calls, spared=OF_TERMS | {"unit", "seed"}
    ),
    "labels": View(
        [
            Control(
                "actor",
                "Actor",
                "choice",
                lambda exploration: [
                    ("all named most", ""),
                    *((name, name) for name in actors_named(exploration.tables)),
                ],
            )
        ],
        _label_calls,
        spared=OF_TERMS | _OF_STATEMENTS | {"unit", "seed"},
    ),
    "overlap": View([], _overlap_calls, spared=OF_TERMS | _OF_STATEMENTS | {"unit", "seed"}),
    "readability": View([_ARTICLE], _readability_calls, spared=OF_TERMS | _OF_STATEMENTS),
    "claims": View([], _claim_calls, long=True, spared=_OF_STATEMENTS),
}


def find_view(name: str) -> View:
    """Return a view by its name.

    Raises
    ------
    InputError
        There is none of that name; the message lists those there are.
    """
    return VIEWS[accept("view", name, tuple(VIEWS))]
