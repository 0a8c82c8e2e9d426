"""What can be chosen of an exploration, and how it may be given."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas as pd

from analysis.attribution.counts import STATEMENTS
from analysis.attribution.engines import folder_of
from analysis.attribution.trained.files import digest
from analysis.corpus import assign_groups, read_corpus, rejection_lines
from analysis.folder import digest_of
from analysis.inputs.files import InputError, accept, printable
from analysis.paths import project_path
from analysis.pipeline import run_settings

#: The choices that name a file or a model.
NAMED = ("aliases", "wording", "corrections", "attribution")


#: Choices that concern only the tested terms.
OF_TERMS = frozenset(("voices", "stop_words", "min_count"))


@dataclass(frozen=True)
class Choices:
    """What can be chosen: the parameters of the comparison, and what counts as a statement."""

    sources: str = "seeds"
    group_by: str = ""
    columns: str = ""
    voices: str = "all"
    clean: str = "on"
    attribution: str = "accurate"
    statements: str = "asserted"
    stop_words: str = "out"
    min_count: int = 3
    unit: str = "sentence"
    aliases: str = ""
    wording: str = ""
    corrections: str = ""
    seed: int = 1

    def settings(self) -> dict[str, Any]:
        """Return those that a report takes, all but what counts as a statement."""
        return {name: value for name, value in asdict(self).items() if name != "statements"}

    def contents(self, kept: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return what tells the content of what is named here, but for articles, from others: a hash of each.

        Of the model that finds attributions it is that of its description, which holds those of its other files.

        Parameters
        ----------
        kept : mapping of str to str, optional
            What stands for those that are not there any more.

        Raises
        ------
        InputError
            One is not there, or cannot be read, and nothing stands for it; the message says which.
        """
        found = {}
        for name in NAMED:
            try:
                found[name] = _digest_of(name, getattr(self, name))
            except InputError:
                if kept is None or name not in kept:
                    raise
                found[name] = kept[name]
        return found

    def changed(self) -> dict[str, Any]:
        """Return those that are not as they are by default, and the sources."""
        return {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name == "sources" or getattr(self, field.name) != field.default
        }


def _digest_of(name: str, path: str) -> str:
    if name == "attribution":
        folder = folder_of(path)
        return digest(folder) if folder else ""
    try:
        return digest_of(project_path(path)) if path else ""
    except OSError as error:
        raise InputError(
            f"{name} names a file that can be read; found {printable(path)!r} ({error.strerror})"
        ) from None


def read_choices(given: Mapping[str, Any]) -> dict[str, Any]:
    """Return choices as they are declared; several sources, or a path, as lines.

    Raises
    ------
    InputError
        One is not declared, or is of another type.
    """
    declared = {field.name: field.default for field in fields(Choices)}
    for name in given:
        if name not in declared:
            raise InputError(f"there is no choice {name!r}; there are {', '.join(sorted(declared))}")
    read = dict(given)
    if isinstance(sources := read.get("sources"), os.PathLike | list | tuple):
        paths = [sources] if isinstance(sources, os.PathLike) else sources
        if not all(isinstance(path, str | os.PathLike) for path in paths):
            raise InputError(f"sources are files and folders; found {sources!r}")
        read["sources"] = "\n".join(map(os.fspath, paths))
    for name, value in read.items():
        kind = type(declared[name])
        if not isinstance(value, kind) or isinstance(value, bool):
            raise InputError(f"{name} is a {'whole number' if kind is int else 'text'}; found {value!r}")
    return read


def read_articles(choices: Choices) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the articles that are chosen, one at least: ARTICLES and LEDGER.

    Raises
    ------
    InputError
        Nothing can be read; the message says why.
    """
    articles, ledger = read_corpus(choices.sources, columns=choices.columns)
    if articles.empty:
        found = "; ".join(rejection_lines(ledger)) or "no file there is of a kind that is read"
        raise InputError(f"nothing in {choices.sources!r} could be read: {found}")
    return articles, ledger


def check_choices(choices: Choices, articles: pd.DataFrame, read: Collection[str] = ()) -> dict[str, Any]:
    """Check choices before any of them is carried out, and return the settings of a report with them.

    Parameters
    ----------
    choices : Choices
    articles : DataFrame
        ARTICLES.
    read : collection of str
        The choices that name what was read before and has not changed since, or is gone: nothing of it is read again.

    Raises
    ------
    InputError
        One of them is not accepted, or the articles cannot be grouped so.
    """
    settings = choices.settings()
    completed = run_settings(**{name: value for name, value in settings.items() if name not in read})
    accept("statements", choices.statements, tuple(STATEMENTS))
    if choices.group_by and len(articles):
        assign_groups(articles, choices.group_by)
    return settings | completed
