"""The inputs of a run, read one by one, and what has to be known of all of them before any has its name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

import pandas as pd
from tqdm import tqdm

from analysis.inputs.files import Found, relative
from analysis.inputs.item import Input, read_input
from analysis.inputs.metadata import join_sidecar, name_articles, warn_of_doubles
from analysis.inputs.stream import LIMITS, Limits
from analysis.schema import as_strings
from analysis.tables import ARTICLES

#: Columns of the inputs that ARTICLES does not declare.
MAX_FURTHER_COLUMNS = 100
_DECLARED = frozenset(ARTICLES.names)
_AGAIN = "named more than once, and taken once"


class Reading:
    """Reads inputs; what is known about each article is complete when all are read and settled.

    Parameters
    ----------
    named : sequence of Found
        The files, of `find_files`.
    mapping : mapping of str to str
        Which columns are to be taken for what, of `read_mapping`.
    limits : Limits
    keep : callable
        What is remembered of an article, with which it is named at the end: by default all of it.
    quiet : bool
        Whether no bar shows how far the files are read.
    """

    def __init__(
        self,
        named: Sequence[Found],
        mapping: Mapping[str, str],
        limits: Limits = LIMITS,
        keep: Callable[[Input], Input] = lambda item: item,
        *,
        quiet: bool = False,
    ) -> None:
        self._named = named
        self._sidecars = [file for file in named if file.sidecar and not file.problem and not file.repeated]
        #: The folders of whose articles a sidecar says something.
        self.told = {file.path.parent for file in self._sidecars}
        self._mapping = mapping
        self._limits = limits
        self._keep = keep
        self._quiet = quiet
        #: Where each further column is met first: in which article, whether a sidecar says it, and where there.
        self._further: dict[str, tuple[int, bool, int]] = {}
        self._limited: set[str] = set()
        #: The articles so far, as they are remembered.
        self.articles: list[Input] = []

    def __iter__(self) -> Iterator[Input]:
        """Read the files and their records in order; those that cannot be read, or that are too many, have a cause."""
        found = [file for file in self._named if not file.repeated]
        for file in tqdm(found, unit="file", delay=2, disable=self._quiet or None):
            if file.sidecar and not file.problem:
                continue
            for item in read_input(file, self._mapping, self._limits):
                self._limit_columns(item)
                if not item.cause:
                    item.digest = _digest(item.fields["text"])
                    self._note_columns(item.fields, len(self.articles), said=False)
                    self.articles.append(self._keep(item))
                yield item

    def settle(self) -> list[Input]:
        """Give each article its id, and what sidecars say of it.

        Returns
        -------
        list of Input
            What else belongs into the ledger: troubles with sidecars, and files that are named again.
        """
        name_articles(self.articles)
        warn_of_doubles(self.articles)
        troubles: list[Input] = []
        below: dict[Path, list[Input]] = {folder: [] for folder in self.told}
        for item in self.articles if below else ():
            for folder in self.told.intersection(item.file.parents):
                below[folder].append(item)
        for file in self._sidecars:  # a folder's own comes before those inside it, which are nearer to their articles
            troubles += join_sidecar(file.path, below[file.path.parent])
        for place, item in enumerate(self.articles):
            if item.said:
                self._note_columns(item.said, place, said=True)
        again = [file for file in self._named if file.repeated and not file.sidecar and not file.problem]
        return troubles + [Input(file.path, relative(file.path), warnings=[_AGAIN]) for file in again]

    @property
    def columns(self) -> list[str]:
        """The columns of the articles so far: those of ARTICLES, then the others in the order in which they are met."""
        return [*ARTICLES.names, *sorted(self._further, key=lambda name: self._further[name])]

    def _limit_columns(self, item: Input) -> None:
        """Reject a record that brings more further columns than a table should have."""
        more = self._limited.union(item.fields).difference(_DECLARED)
        if len(more) > MAX_FURTHER_COLUMNS:
            item.cause = item.cause or f"more than {MAX_FURTHER_COLUMNS} different columns beside those of articles"
        else:
            self._limited = more

    def _note_columns(self, names: Iterable[str], place: int, *, said: bool) -> None:
        for position, name in enumerate(names):
            if name not in _DECLARED:
                here = (place, said, position)
                self._further[name] = min(here, self._further.get(name, here))


def _digest(text: str) -> bytes:
    return sha256(text.encode("utf-8", "surrogatepass")).digest()


def articles_frame(articles: Sequence[Input], columns: Sequence[str], ids: Sequence[str] | None = None) -> pd.DataFrame:
    """Build ARTICLES and its further columns.

    Parameters
    ----------
    articles : sequence of Input
    columns : sequence of str
        Of `Reading.columns`.
    ids : sequence of str, optional
        What the articles are called; by default their ids.

    Returns
    -------
    DataFrame
        In the order given; a column `group` holds what the inputs state.
    """
    stated: list[Mapping[str, str]] = [{**item.fields, **item.said} if item.said else item.fields for item in articles]
    cells: dict[str, list[str | None]] = {name: [fields.get(name) for fields in stated] for name in columns}
    # What is blank was not stated; a text is never blank.
    cells = {name: [cell if cell and cell.strip() else None for cell in own] for name, own in cells.items()}
    cells["article_id"] = list(ids) if ids is not None else [item.article_id for item in articles]
    cells["path"] = [item.path for item in articles]
    return pd.DataFrame({name: as_strings(own) for name, own in cells.items()})
