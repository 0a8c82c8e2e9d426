"""What of a lesson is seen at once, and what only when it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil

from markupsafe import Markup

from analysis.inputs.files import accept
from analysis.nouns import how_many
from analysis.settings import ACCEPTED
from analysis.show.shown import Shown, joined

#: Words and figures a minute of who reads to learn and works along: half of what is read for pleasure.
PACE = 120
#: What is shown where a lesson is not wanted.
NOTHING = Shown("", "")


def show_lesson(title: str, *steps: Shown, lesson: str = "folded") -> Shown:
    """Show the steps of a lesson under one title, so that who came for the article alone can pass it by.

    Beside the title stands how many minutes it takes, at `PACE`.

    Parameters
    ----------
    title : str
        What the lesson shows.
    *steps : Shown
    lesson : {"folded", "open", "off"}
        Whether the steps are folded away under the title, seen at once, or left out.

    Returns
    -------
    Shown
        Empty if lessons are off. The text form folds nothing.

    Raises
    ------
    InputError
        `lesson` is none of the three.

    Examples
    --------
    >>> show_lesson("Words by hand", Shown("<p>One word.</p>", "One word."))
    Words by hand (1 minute)
    <BLANKLINE>
    One word.
    """
    if accept("lesson", lesson, ACCEPTED["lesson"]) == "off":
        return NOTHING
    body = joined(steps)
    time = f"({how_many(minutes(body), 'minute')})"
    html = Markup('<details class="lesson"{}><summary><b>{}</b> {}</summary>{}</details>').format(
        Markup(" open") if lesson == "open" else "", title, time, Markup(body.html)
    )
    return Shown(str(html), f"{title} {time}\n\n{body.text}")


def minutes(shown: Shown) -> int:
    """How many minutes it takes to read what is shown, with pencil and paper: whole ones, and not less than one.

    Examples
    --------
    >>> minutes(Shown("", "word " * 121))
    2
    """
    return max(1, ceil(len(shown.text.split()) / PACE))


def question(asked: str, answer: Shown) -> Shown:
    """A question, and its answer folded away; in the text form the answer has lines of its own, after "Answer:"."""
    html = Markup(
        '<div class="exercise"><p><b>Exercise.</b> {}</p><details><summary>Answer</summary>{}</details></div>'
    ).format(asked, Markup(answer.html))
    return Shown(str(html), f"Exercise. {asked}\n\nAnswer:\n{answer.text}")


def first_few(told: Sequence[str], k: int) -> list[str]:
    """The first k lines, and how many more there are.

    Examples
    --------
    >>> first_few(["one", "two", "three"], 1), first_few(["one"], 1)
    (['one', 'And 2 more.'], ['one'])
    """
    return [*told[:k], *([f"And {len(told) - k} more."] if len(told) > k else [])]


def opening(text: str, words: int = 8) -> str:
    """The first words of a stretch, to be known by.

    Examples
    --------
    >>> opening("that the bridge is closed", 3), opening("it rains", 3)
    ('that the bridge …', 'it rains')
    """
    parts = text.split()
    return " ".join(parts) if len(parts) <= words else f"{' '.join(parts[:words])} …"


def lines(*told: str) -> Shown:
    """Some lines of working, one under the other."""
    html = Markup("").join(Markup("<p>{}</p>").format(line) for line in told)
    return Shown(str(html), "\n".join(told))
