"""Articles with their measures and their comparison under the present choices, each worked out once and kept."""

from __future__ import annotations

import gc
import os
import pickle
import re
from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pandas as pd

from analysis.attribution.counts import counted_as
from analysis.claims.claim import Claim
from analysis.corpus import assign_groups, by_article
from analysis.corrections import read_corrections
from analysis.coverage import coverage
from analysis.findings import find_claims
from analysis.inputs.files import InputError
from analysis.kept import Kept
from analysis.live.choices import OF_TERMS, Choices, check_choices, read_articles, read_choices
from analysis.live.followed import Followed
from analysis.live.one_sided import OneSided, refuse_too_many
from analysis.live.turns import in_turn
from analysis.measures import measure
from analysis.overlap import withheld
from analysis.pipeline import check, compare_articles, compare_terms, compare_texts, find_forms
from analysis.tables import ARTICLES, LEDGER
from analysis.terms import commonest_forms
from analysis.voices import BOILERPLATE, chosen_voices

#: What a change of choices changes.
_OF_CHOICES = ("choices", "articles", "ledger", "problem", "_settings", "contents")
#: Results of all explorations of this process: a written call finds what a panel has worked out.
_KEPT = Kept(40)


class Exploration(Followed):
    """Articles, what is measured in them, and how they compare under the present choices.

    A choice that cannot be carried out leaves everything as it was. The latest results are kept, also when the files
    are gone.

    Attributes
    ----------
    choices : Choices
        The present ones.
    articles, ledger : DataFrame
        ARTICLES and LEDGER, as they were read.
    contents : dict of str to str
        What tells the content of the files and the model that choices name from others, as `Choices.contents` does.
    problem : str
        Why nothing could be read, where nothing could; whoever asks for tables is told.
    """

    def __init__(self, choices: Choices) -> None:
        super().__init__()
        self.choices = choices
        self.problem = ""
        self._digested: tuple[pd.DataFrame | None, str] = (None, "")
        try:
            self.articles, self.ledger = read_articles(choices)
        except InputError as error:
            self.problem, self.articles, self.ledger = str(error), ARTICLES.frame(), LEDGER.frame()
        self._settings = check_choices(choices, self.articles)
        self.contents = choices.contents()

    @in_turn
    def choose(self, **changes: Any) -> None:
        """Change choices, and tell the followers.

        Raises
        ------
        InputError
            A choice is not accepted, or its files cannot be read; the message says what is.
        """
        choices = replace(self.choices, **read_choices(changes))
        articles, ledger = self.articles, self.ledger
        if "sources" in changes or "columns" in changes:
            articles, ledger = read_articles(choices)
        elif self.problem:
            raise InputError(self.problem)
        before = {name: digest for name, digest in self.contents.items() if name not in changes}
        contents = choices.contents(before)
        # Of files that are as they were, or gone, only what reads none of them anew can do without.
        changed = {name for name in changes if getattr(choices, name) != getattr(self.choices, name)}
        same = [name for name in before if contents[name] == before[name] and changed <= OF_TERMS]
        stood = {name: getattr(self, name) for name in _OF_CHOICES}
        self._settings, self.contents = check_choices(choices, articles, same), contents
        self.choices, self.articles, self.ledger, self.problem = choices, articles, ledger, ""
        try:
            self.tell()
        except BaseException:  # interrupted: who was told of the choice is told that it does not stand
            vars(self).update(stood)
            self.tell()
            raise

    @in_turn
    def lead_to(self, anchor: str) -> None:
        """Have the sentence shown that an anchor names, as `Anchors` gives them; an anchor of another kind is none."""
        found = re.fullmatch(r"a([1-9]\d*)-\w+", anchor)
        if found and int(found[1]) <= len(self.articles):
            self.reach(str(self.articles["article_id"].iloc[int(found[1]) - 1]), anchor)

    @property
    @in_turn
    def measures(self) -> dict[str, pd.DataFrame]:
        """What `measure` gives for these articles.

        Raises
        ------
        InputError
            None could be read.
        """
        if self.problem:
            raise InputError(self.problem)
        given, articles = self._measured(), self.articles
        self._settle(self._key("measures", *given.values()))

        def make() -> dict[str, pd.DataFrame]:
            corrections = read_corrections(given["corrections"], articles)
            measures = measure(articles, **{**given, "corrections": corrections})
            # What is remembered of words and kept of articles is no garbage: to look through it takes a tenth of a
            # second, now and again, while somebody waits.
            gc.unfreeze()
            gc.collect()
            gc.freeze()
            return measures

        return _copies(_KEPT.get(self._key("measures", *given.values()), make))

    @property
    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables of the present choices; where there is nothing to compare, those of `measure` alone."""
        tables = self._tables(self.choices.statements)
        return tables if isinstance(tables, OneSided) else _copies(tables)

    @property
    @in_turn
    def report_tables(self) -> dict[str, pd.DataFrame]:
        """The tables that a report with these choices would have, its checks with them.

        Raises
        ------
        InputError
            There is nothing to compare.
        """
        tables = self._tables("asserted")
        if isinstance(tables, OneSided):
            raise InputError(tables.reason)
        settings = self._settings
        key = self._key("checks", *settings.values())
        checks: dict[str, pd.DataFrame] = _KEPT.get(key, lambda: check(self.articles, tables, settings))
        return _copies({**tables, **checks})

    @property
    @in_turn
    def claims(self) -> list[Claim]:
        """The sentences of the summary that a report with these choices would have.

        Raises
        ------
        InputError
            There is nothing to compare.
        """
        tables, settings = self.report_tables, self._settings
        claims: list[Claim] = _KEPT.get(self._key("claims", *settings.values()), lambda: find_claims(tables, settings))
        return claims

    @in_turn
    def _tables(self, statements: str) -> dict[str, pd.DataFrame]:
        chosen = self.choices
        made = tuple(self._measured().values())
        grouped, drawn = (*made, chosen.group_by), (chosen.unit, chosen.seed)
        self._settle(self._key("texts", statements, *grouped, *drawn))
        measures = self.measures
        try:
            articles = assign_groups(measures["articles"], chosen.group_by or None)
            refuse_too_many(articles)
        except InputError as error:
            return OneSided(measures | {"articles": by_article(measures["articles"])}, str(error))
        measures = measures | {"articles": articles}
        counted = measures | {"attributions": counted_as(measures["attributions"], statements)}
        searched = BOILERPLATE in chosen_voices(chosen.voices)
        forms = _KEPT.get(self._key("forms", searched, *made), lambda: find_forms(measures, chosen.voices))
        tested = {name: getattr(chosen, name) for name in ("voices", "stop_words", "min_count", "unit", "seed")}
        return {
            **measures,
            "surface_forms": _KEPT.get(
                self._key("surface_forms", searched, *grouped), lambda: commonest_forms(articles, forms)
            ),
            **_KEPT.get(self._key("terms", *grouped, *tested.values()), lambda: compare_terms(measures, **tested)),
            **_KEPT.get(
                self._key("texts", statements, *grouped, *drawn),
                lambda: compare_texts(counted, unit=chosen.unit, wording=chosen.wording, seed=chosen.seed),
            ),
            **_KEPT.get(self._key("articles", withheld(articles), *made), lambda: compare_articles(measures)),
            "coverage": _KEPT.get(self._key("coverage", *grouped), lambda: coverage(measures)),
        }

    def _measured(self) -> dict[str, Any]:
        """The choices that `measure` takes."""
        names = ("clean", "attribution", "aliases", "wording", "corrections")
        return {name: getattr(self.choices, name) for name in names}

    def _key(self, what: str, *parts: Any) -> tuple[Any, ...]:
        """What a result depends on: the articles themselves, choices, and what is in the files that they name."""
        return (what, self._digest(), *self.contents.values(), *parts)

    def _settle(self, key: tuple[Any, ...]) -> None:
        """Before files are read that choices name, look whether they changed since they were chosen."""
        if key not in _KEPT:
            self.contents = self.choices.contents(self.contents)

    def _digest(self) -> str:
        """A hash of the articles, made once for each reading."""
        read, digest = self._digested
        if read is not self.articles:
            digest = sha256(pickle.dumps(self.articles.to_dict("list"))).hexdigest()
            self._digested = (self.articles, digest)
        return digest


def _copies(tables: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Tables whose rows are shared, and copied as soon as somebody writes to one: what is kept stays as it was."""
    return {name: frame.copy(deep=False) for name, frame in tables.items()}


def explore(
    sources: str | os.PathLike[str] | Sequence[str | os.PathLike[str]] = "seeds", **choices: Any
) -> Exploration:
    """Open articles to explore: read them, and keep what is worked out.

    Where nothing can be read, whoever asks for tables is told why, and other sources can be chosen.

    Parameters
    ----------
    sources : str, path, or list of these
        Files and folders; a string may name several, one in each line.
    **choices
        Further fields of `Choices`, by name.

    Raises
    ------
    InputError
        A choice is not accepted.

    Examples
    --------
    >>> exploration = explore("seeds", voices="author", attribution="rules")
    >>> exploration.tables["detectable"]["n_words"].tolist()
    [752, 548]
    >>> exploration.choose(voices="all")
    >>> exploration.choices.changed()
    {'sources': 'seeds', 'attribution': 'rules'}
    """
    return Exploration(Choices(**read_choices({"sources": sources, **choices})))
