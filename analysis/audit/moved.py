"""Inputs that are not where they were: finding them, and reading what names them as if they were."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from markupsafe import escape

from analysis.folder import digest_of
from analysis.inputs.files import InputError
from analysis.paths import project_path

#: A piece of a page between two tags, with the class that says how wide its cell is.
_PIECE = re.compile(r'(?: class="(?:short|plain|long)")?>([^<>]*)(?=<)')


def locate(setting: str, recorded: str, digest: str | None, sources: Sequence[str], once: Sequence[str] = ()) -> str:
    """Find a file that a setting of the run named.

    Parameters
    ----------
    setting : str
    recorded : str
        Its path as run.json has it, relative to where the run started.
    digest : str or None
        The SHA-256 that run.json has for it.
    sources : sequence of str
        Where the inputs are now. The file may stand to one of them as it stood, be beside it, or in it.
    once : sequence of str
        Where the inputs were.

    Returns
    -------
    str
        The first path that leads to the file itself; if none does, the first that leads to any file.

    Raises
    ------
    InputError
        There is no such file; the message names every place that was tried.
    """
    name = Path(recorded).name
    tried = [
        recorded,
        *(
            os.path.normpath(Path(now, os.path.relpath(recorded, then)))
            for now, then in zip(sources, once, strict=False)
        ),
        *(str(Path(now).parent / name) for now in sources),
        *(str(Path(now) / name) for now in sources if project_path(now).is_dir()),
    ]
    tried = list(dict.fromkeys(tried))
    found = [path for path in tried if project_path(path).is_file()]
    if not found:
        places = ", ".join(str(project_path(path).absolute()) for path in tried)
        raise InputError(
            f"the file {recorded!r}, which the run was given as {setting}, is not found; tried {places}; run the "
            f"audit from where the run started, or put the file beside the sources"
        )
    return next((path for path in found if _digest(project_path(path)) == digest), found[0])


def as_recorded_html(page: str, renamed: Mapping[str, str]) -> str:
    """Put the recorded paths into a page, or part of one, whose every path stands alone between two tags.

    How wide a cell is set follows from the length of its path, and goes with it.

    Examples
    --------
    >>> as_recorded_html('<td class="plain">there/a.txt</td>', {"there/a.txt": "a.txt"})
    '<td>a.txt</td>'
    """
    if not renamed:
        return page
    known = {str(escape(path)): str(escape(old)) for path, old in _both_ways(renamed).items()}
    return _PIECE.sub(lambda piece: f">{known[piece[1]]}" if piece[1] in known else piece[0], page)


def as_recorded_text(text: str, renamed: Mapping[str, str]) -> str:
    """Put the recorded paths into a text in which each stands between blanks; columns that they widen close up.

    Examples
    --------
    >>> as_recorded_text("      File\\nthere/a.txt", {"there/a.txt": "a.txt"})
    'File a.txt'
    """
    if not renamed:
        return text
    known = {_in_a_line(path): _in_a_line(old) for path, old in _both_ways(renamed).items()}
    paths = "|".join(re.escape(path) for path in sorted(known, key=len, reverse=True))
    named = re.sub(rf"(?<!\S)(?:{paths})(?!\S)", lambda path: known[path[0]], " ".join(text.split()))
    return " ".join(named.split())


def _both_ways(renamed: Mapping[str, str]) -> dict[str, str]:
    """Paths as they are now and as they were, each to how it was: what is stored holds the one, a new run the other."""
    return {**{old: old for old in renamed.values()}, **renamed}


def _in_a_line(path: str) -> str:
    """A path, or several, as a table in plain text has them."""
    return " ".join(path.replace("\n", "\\n").split())


def _digest(path: Path) -> str | None:
    try:
        return digest_of(path)
    except OSError:
        return None
