"""Where one actor may stand under two names: an office in one text, and who holds it in another; and how to join them.

Nothing is merged by guess. A text tells who holds an office where it joins the two, "Iranian President Masoud
Pezeshkian"; that leads from one name to the other. For all other names there is a word on how a reader joins them.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.labels.aliases import COLUMNS, KINDS
from analysis.labels.match import Match
from analysis.labels.roles import find_roles
from analysis.labels.tokens import split_tokens
from analysis.labels.tree import Alias
from analysis.schema import each_article, rows_of
from analysis.show.shown import Anchors, Shown, joined, remark
from analysis.sides import foreign_groups
from analysis.withheld import PLACEHOLDER

#: What stands in the example of an alias where no text tells another name.
_ANY = "OTHER NAME"


class Join(NamedTuple):
    """A place where a text joins an office and a name, as it is written there."""

    office: str
    holder: str
    article_id: str
    sentence: int
    written: str


def find_joins(tables: Tables) -> Iterator[Join]:
    """Find where an office stands right before the name of a person, in the order of the texts.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        `articles` and `labels`.

    Yields
    ------
    Join
        Its office is called as an actor is that nobody is known to hold: "president of Iran".
    """
    for article, rows in each_article(tables["articles"], _beside_offices(tables["labels"])):
        states = [row for row in rows if row.kind == "state"]
        persons = sorted((row for row in rows if row.kind == "person"), key=lambda row: row.start)
        for role, name in pairwise(persons):
            between = article.text[role.end : name.start]  # where it is kept out, one character is a blank
            beside = role.sentence == name.sentence and (between.isspace() or between == PLACEHOLDER)
            if role.form != "role" or name.form == "role" or not beside:
                continue
            if (office := _office(role, states)) not in ("", name.actor):
                written = " ".join(f"{role.surface} {name.surface}".split())
                yield Join(office, name.actor, article.article_id, name.sentence, written)


def _beside_offices(labels: pd.DataFrame) -> pd.DataFrame:
    """The persons and states of sentences with an office and a person's name: of many labels there are few."""
    persons = labels[labels["kind"] == "person"]
    office = persons["form"] == "role"
    key = ["article_id", "sentence"]
    both = persons.loc[office, key].drop_duplicates().merge(persons.loc[~office, key].drop_duplicates(), on=key)
    return labels[labels["kind"].isin(("person", "state"))].merge(both, on=key)


def _office(role: Any, states: Iterable[Any]) -> str:
    """How the office of a use is called, whoever is known to hold it; empty if its state is not in it."""
    tokens = split_tokens(role.surface)
    starts, ends = (
        {getattr(token, end) + role.start: at for at, token in enumerate(tokens)} for end in ("start", "end")
    )
    inside = [
        Match(starts[row.start], ends[row.end] + 1, Alias(row.actor, "state", row.expression, row.form, (), ""))
        for row in states
        if row.start in starts and row.end in ends
    ]
    return next((found.office for found in find_roles(tokens, inside)), "")


def with_other_names(view: Shown, tables: Tables, actors: Collection[str], anchors: Anchors) -> Shown:
    """Add to a view of actors which of them may be another one, where a text joins them, and how a reader joins any.

    Nothing is added where each of them is found in several groups, or was looked for in one only.

    Parameters
    ----------
    view : Shown
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    actors : collection of str
        Those that the view shows.
    anchors : Anchors
        Those of the view.
    """
    found = _groups_of(tables)
    groups = set(tables["articles"]["group"]) - foreign_groups(tables["articles"], tables["notes"])
    alone = [actor for actor in actors if len(groups) > 1 and len(found.get(actor, ())) == 1]
    if not alone:
        return view
    joins = list(_told(tables, found, groups, set(actors)))
    example = (joins[0].office, "person", joins[0].holder) if joins else (alone[0], _kind(tables, alone[0]), _ANY)
    one = "text" if tables["articles"]["group"].is_unique else "group"
    said = (
        f"What is found in one {one} only may have another name elsewhere. An aliases file counts two names as one "
        f'(-p aliases FILE, or explore(…, aliases="FILE")): “{",".join(COLUMNS[:4])}”, then lines such as '
        f"“{_line(*example, 'name')}”."
    )
    return joined([view, *_pointers(joins, anchors), remark(said)])


def _groups_of(tables: Tables) -> dict[str, set[str]]:
    """The groups in which each actor is found."""
    groups = dict(zip(tables["articles"]["article_id"], tables["articles"]["group"], strict=True))
    found: dict[str, set[str]] = {}
    for row in rows_of(tables["labels"][["article_id", "actor"]].drop_duplicates()):
        found.setdefault(row.actor, set()).add(groups[row.article_id])
    return found


def _kind(tables: Tables, actor: str) -> str:
    """The kind of an actor as a file of aliases has it, or what stands for one."""
    kinds = tables["labels"].loc[tables["labels"]["actor"] == actor, "kind"]
    return next((kind for kind in KINDS if (kinds == kind).any()), "KIND")


def _pointers(joins: Sequence[Join], anchors: Anchors) -> Iterator[Shown]:
    """From one name of an actor to the other, with a way to the sentence that joins them."""
    for join in joins:
        start = f"“{join.office}” may be the same as “{join.holder}”: joined in "
        anchor, label = anchors.at(join.article_id, f"s{join.sentence}"), anchors.label(join.article_id, join.sentence)
        html = Markup('<p class="none">{}<a href="#{}">{}</a>, “{}”.</p>').format(start, anchor, label, join.written)
        yield Shown(str(html), f"{start}{label}, “{join.written}”.")


def _told(tables: Tables, found: dict[str, set[str]], groups: set[str], shown: set[str]) -> Iterator[Join]:
    """The first place where each office and name are joined, if both are actors and one is not found in every group."""
    told = set()
    for join in find_joins(tables):
        pair = (join.office, join.holder)
        both = pair[0] in found and pair[1] in found and not shown.isdisjoint(pair)
        if both and pair not in told and any(groups - found[name] for name in pair):
            told.add(pair)
            yield join


def _line(*cells: str) -> str:
    """A line of a CSV file."""
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
