"""What somebody chooses among things that have names: one or several of them, joined by commas."""

from __future__ import annotations

from collections.abc import Iterable

from analysis.inputs.files import InputError

#: As many are listed where a name is none of those there are.
_LISTED = 10


def read_choice(what: str, given: str, there: Iterable[str]) -> list[str]:
    """Return the names that are asked for, as they are written among those there are.

    Case and white space do not matter, and a name may have commas of its own.

    Parameters
    ----------
    what : str
        What they name, for the message.
    given : str
        Names joined by commas; empty for none.
    there : iterable of str
        Those there are.

    Raises
    ------
    InputError
        A name is none of those there are; the message lists these, at most ten.

    Examples
    --------
    >>> read_choice("source", "lee, ann, The Mayor", ["Lee, Ann", "the mayor", "Ann"])
    ['Lee, Ann', 'the mayor']
    """
    known: dict[str, str] = {}
    for name in there:
        known.setdefault(folded(name), name)
    pieces = given.split(",")
    found, first = [], 0
    while first < len(pieces):
        if not pieces[first].strip():
            first += 1
            continue
        ends = range(len(pieces), first, -1)  # the longest name first
        end = next((end for end in ends if folded(",".join(pieces[first:end])) in known), None)
        if end is None:
            raise InputError(f"{what} accepts {listing(list(known.values()))}; found {pieces[first].strip()!r}")
        found.append(known[folded(",".join(pieces[first:end]))])
        first = end
    return list(dict.fromkeys(found))


def folded(name: str) -> str:
    """Return a name as it is compared: case folded, with single blanks.

    Examples
    --------
    >>> folded(" Ann\\n LEE ")
    'ann lee'
    """
    return " ".join(name.split()).casefold()


def listing(names: list[str]) -> str:
    """List names, at most ten, and say how many more there are; semicolons part names that have commas.

    Examples
    --------
    >>> listing(["Lee, Ann", "Ann"])
    'Lee, Ann; Ann'
    >>> listing(["a", "b"]), listing([]), listing(list("abcdefghijkl"))
    ('a, b', 'none', 'a, b, c, d, e, f, g, h, i, j and 2 more')
    """
    more = f" and {len(names) - _LISTED} more" if len(names) > _LISTED else ""
    between = "; " if any("," in name for name in names[:_LISTED]) else ", "
    return (between.join(names[:_LISTED]) or "none") + more
