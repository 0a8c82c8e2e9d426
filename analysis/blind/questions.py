"""What a reader is asked of texts read blind, and which answers are accepted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib import resources
from typing import NamedTuple

import regex

from analysis.inputs.files import InputError, accept
from analysis.lists import list_rows

_BUILT_IN = "analysis/data/judgement.csv"
_NO_DIFFERENCE = "no difference"
_SAME = ("yes", "no", "cannot tell")


class Question(NamedTuple):
    """A question: its name, how it is answered (which, same or free), and how it is asked."""

    name: str
    kind: str
    question: str

    def accepted(self, names: Sequence[str]) -> tuple[str, ...]:
        """Return the answers that may be given, where the texts have these names; none for one in free words.

        Examples
        --------
        >>> Question("reading", "which", "Which?").accepted(["Text one", "Text two"])
        ('text one', 'text two', 'no difference')
        """
        if self.kind == "free":
            return ()
        return _SAME if self.kind == "same" else (*(name.lower() for name in names), _NO_DIFFERENCE)


def _read() -> tuple[Question, ...]:
    lines = list_rows(resources.files("analysis").joinpath("data/judgement.csv").read_text(encoding="utf-8"), _BUILT_IN)
    return tuple(Question(*(cell.strip() for cell in cells)) for _, cells in lines[1:])


#: The questions, in the order in which they are asked.
QUESTIONS = _read()
_NAMED = regex.compile(
    rf"(?:^|;)\s*({'|'.join(one.name for one in QUESTIONS if one.kind == 'free')})\s*:", regex.DOTALL
)


def check_answers(answers: Mapping[str, str], names: Sequence[str]) -> dict[str, str]:
    """Check the answers of one reader, and write them in one form.

    Parameters
    ----------
    answers : mapping of str to str
        Question name to answer; all but free ones are to be answered.
    names : sequence of str
        How the texts are called.

    Returns
    -------
    dict of str to str
        In the order of `QUESTIONS`; free ones without an answer are left out.

    Raises
    ------
    InputError
        A question is unknown or has no answer, or an answer is not accepted.

    Examples
    --------
    >>> given = {"reading": " Text two", "voices": "no difference", "wording": "Text one", "event": "Yes"}
    >>> check_answers(given, ["Text one", "Text two"])["reading"]
    'text two'
    """
    known = [one.name for one in QUESTIONS]
    for name in answers:
        if name not in known:
            raise InputError(f"a judgement answers {', '.join(known)}; found {name!r}")
    told = {one.name: " ".join(str(answers.get(one.name) or "").split()) for one in QUESTIONS}
    missing = [one.name for one in QUESTIONS if one.kind != "free" and not told[one.name]]
    if missing:
        raise InputError(f"a judgement answers every question but free ones; found no answer to {', '.join(missing)}")
    for one in QUESTIONS:
        if one.kind != "free":
            told[one.name] = accept(f"the answer to {one.name}", told[one.name].lower(), one.accepted(names))
    return {name: answer for name, answer in told.items() if answer}


def read_answers(given: str) -> dict[str, str]:
    """Read answers written in one line, as a setting: "reading: text one; event: yes; remarks: anything".

    Parameters
    ----------
    given : str
        Name and answer with a colon between them, joined by semicolons; a free answer comes last and may hold any.

    Raises
    ------
    InputError
        A part has no colon, or a question stands twice.

    Examples
    --------
    >>> read_answers("reading: text one; event: yes; remarks: short; dry")
    {'reading': 'text one', 'event': 'yes', 'remarks': 'short; dry'}
    """
    answers: dict[str, str] = {}
    free = _NAMED.search(given)
    parts = (given[: free.start()] if free else given).split(";")
    if free:
        parts.append(given[free.start() :].lstrip("; \n\t"))
    for part in parts:
        if not part.strip():
            continue
        name, colon, answer = (piece.strip() for piece in part.partition(":"))
        if not colon or name in answers:
            found = "it twice" if colon else "no colon"
            raise InputError(
                f"an answer is NAME: ANSWER, each name once, joined by semicolons; found {found} in {part.strip()!r}"
            )
        answers[name] = answer
    return answers
