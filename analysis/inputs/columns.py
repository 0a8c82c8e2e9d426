"""Which column or key of an input is the text, the title and so on; by its exact name, or as is said, never a guess."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analysis.inputs.files import InputError
from analysis.inputs.trouble import Unreadable, listed

#: Input columns that mean something here; `id` is another name for article_id. All others are kept as they are.
METADATA = ("title", "outlet", "label", "author", "published", "url")
#: What columns are called where articles are collected: data sets of Hugging Face, Media Cloud, GDELT, news-please.
ALSO_CALLED = {
    "text": ("content", "article", "body", "maintext", "document"),
    "article_id": ("stories_id",),
    "title": ("headline",),
    "outlet": ("source", "source_domain", "publisher", "domain", "media_name", "sourcecommonname"),
    "author": ("authors", "byline"),
    "published": ("date", "publish_date", "date_publish", "published_at", "timestamp", "sqldate", "seendate"),
    "url": ("link", "sourceurl", "documentidentifier"),
}
_KNOWN = {"article_id", "id", "text", *METADATA}
#: What `--map` may name.
TARGETS = ("text", "id", *METADATA)
#: How the note begins that says which column was taken for which.
TAKEN = "columns: "
#: Sets of keys that one JSON file may have and be read fast.
_REMEMBERED = 1000


class Choice(NamedTuple):
    """For each name of an input what it is here, empty if it is set aside; and what was chosen, for the ledger."""

    targets: tuple[str, ...]
    note: str = ""


def read_mapping(given: str | Mapping[str, str] | None) -> dict[str, str]:
    """Read which columns of the inputs are to be taken for what.

    Parameters
    ----------
    given : str or mapping, optional
        What a column is here, and its name in the inputs; as a string, "text=body, outlet=source".

    Raises
    ------
    InputError
        A part is not NAME=COLUMN, a name is not known, or a name or column stands twice.

    Examples
    --------
    >>> read_mapping("text=body, id=uri")
    {'text': 'body', 'article_id': 'uri'}
    """
    if given is None or isinstance(given, str):
        pairs = [tuple(part.split("=", 1)) for part in (given or "").split(",") if part.strip()]
    else:
        pairs = list(given.items())
    mapping: dict[str, str] = {}
    wrong, twice = [], []
    for pair in pairs:
        said = "=".join(str(part) for part in pair).strip()
        target, column = (str(part).strip() for part in pair) if len(pair) == 2 else ("", "")
        target = "id" if target == "article_id" else target
        if target not in TARGETS or not column:
            wrong.append(said)
            continue
        target = "article_id" if target == "id" else target
        if target in mapping or column in mapping.values():
            twice.append(said)
        mapping[target] = column
    if wrong:
        raise InputError(f"a mapping is NAME=COLUMN, NAME one of {', '.join(TARGETS)}; found {listed(wrong)}")
    if twice:
        raise InputError(f"a mapping names each name and each column once; found {listed(twice)} again")
    return mapping


@dataclass
class Columns:
    """What the columns or keys of one input are.

    Parameters
    ----------
    given : mapping of str to str
        Of `read_mapping`: these go before all else.
    needs : str
        What must be there.
    recognise : bool
        Whether columns of other names are taken for what they are known to be.
    keys : bool
        Whether the names are keys of single records, of which each may lack some.
    """

    given: Mapping[str, str] = field(default_factory=dict)
    needs: str = "text"
    recognise: bool = True
    keys: bool = False
    _chosen: dict[str, str] = field(default_factory=dict)
    _known: dict[tuple[str, ...], Choice] = field(default_factory=dict)

    def may_be(self, names: Sequence[str]) -> bool:
        """Whether these can be the names of an input's columns: what is needed may be among them."""
        if self.needs in self.given:
            return self.given[self.needs] in names
        also = ALSO_CALLED.get(self.needs, ()) if self.recognise else ()
        return self.needs in exact_names(names) or any(name.strip().lower() in also for name in names)

    def choose(self, names: Sequence[str], said: str) -> Choice:
        """Say what each name of a header, schema or record is.

        Where a name is not given, the exact one counts; without it, one that is known to mean the same, if it alone
        does. Two such candidates for the text are refused; for what is not needed, neither is taken.

        Parameters
        ----------
        names : sequence of str
        said : str
            What names them, for the message: "its first line names".

        Raises
        ------
        Unreadable
            What is needed is not there, is not one column alone, or a name stands twice.
        """
        names = tuple(names)
        if (known := self._known.get(names)) is None:
            known = self._choose(names, said)
            if len(self._known) < _REMEMBERED:
                self._known[names] = known
        return known

    def _choose(self, names: tuple[str, ...], said: str) -> Choice:
        targets = exact_names(names)
        word = "key" if self.keys else "column"
        for target, column in self.given.items():
            if column in names:
                targets = ["" if name == target else name for name in targets]
                targets[names.index(column)] = target
            elif not self.keys or target == self.needs:
                raise Unreadable(f"no {word} {column!r}, which is to be its {target}; {said} {listed(names)}")
        doubled = next((name for name in targets if name and targets.count(name) > 1), None)
        if doubled:
            raise Unreadable(f"the {word} {doubled!r} stands twice; {said} {listed(names)}")
        taken, doubts = [], []
        for target, candidates in self._candidates(targets, names).items():
            both = " and ".join(repr(names[place]) for place in candidates)
            if len(candidates) > 1:
                doubts.append(f"{both} could each be the {target}; name one with --map {target}=COLUMN")
            elif self._chosen.setdefault(target, names[candidates[0]]) != names[candidates[0]]:
                doubts.append(f"{both} could be the {target}, which is {self._chosen[target]!r} in other records")
            else:
                targets[candidates[0]] = target
                taken.append(f"{names[candidates[0]]!r} taken for {target}")
                continue
            if target == self.needs:
                raise Unreadable(doubts[-1])
        if self.needs not in targets:
            hint = " (--map text=COLUMN says which it is)" if self.needs == "text" else ""
            raise Unreadable(f"no {word} {self.needs!r}{hint}; {said} {listed(names)}")
        return Choice(tuple(targets), TAKEN + ", ".join([*taken, *doubts]) if taken or doubts else "")

    def _candidates(self, targets: Sequence[str], names: Sequence[str]) -> dict[str, list[int]]:
        """Find for what is not there yet the places of the names that could be it."""
        found: dict[str, list[int]] = defaultdict(list)
        if self.recognise:
            for target, others in ALSO_CALLED.items():
                if target not in targets and target not in self.given:
                    places = [place for place, name in enumerate(names) if name.strip().lower() in others]
                    found[target] = [place for place in places if targets[place] not in self.given]
        return {target: places for target, places in found.items() if places}


def exact_names(given: Iterable[str]) -> list[str]:
    """Name columns as the tables do: case and spaces aside, and with `id` for article_id unless both are there."""
    names = [name.strip().lower() if name.strip().lower() in _KNOWN else name.strip() for name in given]
    return names if "article_id" in names else ["article_id" if name == "id" else name for name in names]
