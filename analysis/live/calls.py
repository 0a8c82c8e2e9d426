"""Calls of this package, as things that can be made and written down: what a panel shows is what it writes."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup

import analysis
from analysis.inputs.files import InputError
from analysis.live.exploration import Exploration
from analysis.memory import NOT_ENOUGH, lacked
from analysis.show.shown import Shown, joined, remark

#: Lines of code are broken where they would be longer.
_LONGEST = 88
#: What a written call names its articles: not what the panels of the notebook follow.
_OPENED = "opened"


@dataclass(frozen=True)
class Held:
    """Something that an exploration keeps, by its attribute."""

    name: str


TABLES, REPORT_TABLES, CLAIMS = Held("tables"), Held("report_tables"), Held("claims")


@dataclass(frozen=True)
class Call:
    """A call of a public function.

    Parameters
    ----------
    function : str
        Its name in `analysis`.
    arguments : tuple
        Values, what an exploration keeps, or further calls.
    options : mapping
        Further values, by name; empty strings are left out.
    """

    function: str
    arguments: tuple[Any, ...] = ()
    options: Mapping[str, Any] = field(default_factory=dict)

    def value(self, exploration: Exploration) -> Any:
        """Make the call."""
        arguments = [_value(argument, exploration) for argument in self.arguments]
        return getattr(analysis, self.function)(*arguments, **self._given())

    def code(self, indent: str = "") -> str:
        """Write the call as code, one argument a line where it would be long."""
        parts = [_code(argument, indent + "    ") for argument in self.arguments]
        parts += [f"{name}={value!r}" for name, value in self._given().items()]
        line = f"{indent}{self.function}({', '.join(part.strip() for part in parts)})"
        if len(line) <= _LONGEST and "\n" not in line:
            return line
        inner = "".join(f"{indent}    {part.strip()},\n" for part in parts)
        return f"{indent}{self.function}(\n{inner}{indent})"

    def names(self) -> Iterator[str]:
        """Name the functions that the call needs."""
        yield self.function
        for argument in self.arguments:
            if isinstance(argument, Call):
                yield from argument.names()

    def _given(self) -> dict[str, Any]:
        return {name: value for name, value in self.options.items() if value != ""}


def _value(argument: Any, exploration: Exploration) -> Any:
    if isinstance(argument, Held):
        return getattr(exploration, argument.name)
    return argument.value(exploration) if isinstance(argument, Call) else argument


def _code(argument: Any, indent: str) -> str:
    if isinstance(argument, Held):
        return f"{_OPENED}.{argument.name}"
    return argument.code(indent) if isinstance(argument, Call) else repr(argument)


def sentence(error: Exception) -> str:
    """Say in a sentence why something could not be had.

    Examples
    --------
    >>> sentence(InputError("no file 'a'")), sentence(MemoryError()), sentence(KeyError("x"))
    ("No file 'a'.", 'This cannot be shown: not enough memory.', "This cannot be shown: KeyError: 'x'.")
    """
    if isinstance(error, InputError):
        return f"{str(error)[:1].upper()}{str(error)[1:]}."
    said = str(error) if isinstance(error, OSError) else f"{type(error).__name__}: {error}"
    return f"This cannot be shown: {NOT_ENOUGH if lacked(error) else said}."


def failed(error: Exception) -> Shown:
    """Show in a sentence why something could not be had; where nobody foresaw it, with its traceback folded below."""
    said = sentence(error)
    if isinstance(error, InputError | OSError) or lacked(error):
        return remark(said)
    trace = "".join(traceback.format_exception(error)).rstrip()
    folded = Markup("<details><summary>Traceback</summary><pre>{}</pre></details>").format(trace)
    return Shown(remark(said).html + str(folded), f"{said}\n{trace}")


def make(calls: Sequence[Call], exploration: Exploration) -> list[Shown]:
    """Make calls and return what they give; what cannot be shown is a sentence in its place."""
    made = []
    for call in calls:
        try:
            made.append(call.value(exploration))
        except Exception as error:  # one view that cannot be had costs no other
            made.append(failed(error))
    return made


def together(made: Sequence[Shown]) -> Shown:
    """Show several things, one after the other, each once: of one article that stands alone, several say the same."""
    return joined([one for place, one in enumerate(made) if one not in made[:place]])


def show(calls: Sequence[Call], exploration: Exploration) -> Shown:
    """Make calls and show what they give."""
    return together(make(calls, exploration))


def write_code(calls: Sequence[Call], exploration: Exploration) -> str:
    """Write the code that makes calls anew, in a cell of its own; in a script, print what they give.

    Examples
    --------
    >>> from analysis.live.exploration import explore
    >>> print(write_code([Call("show_concordance", (TABLES, "talks"), {"voices": "author"})], explore("seeds")))
    from analysis import explore, show_concordance
    <BLANKLINE>
    opened = explore('seeds')
    show_concordance(opened.tables, 'talks', voices='author')
    """
    names = sorted({"explore", *(name for call in calls for name in call.names())})
    line = f"from analysis import {', '.join(names)}"
    if len(line) > _LONGEST:
        line = "from analysis import (\n" + "".join(f"    {name},\n" for name in names) + ")"
    changed = exploration.choices.changed()
    opened = Call("explore", (changed.pop("sources"),), changed).code()
    if len(calls) < 2:
        body = "".join(call.code() for call in calls)
    else:
        line = f"from IPython.display import display\n\n{line}"
        body = "display(\n" + "".join(f"{call.code('    ')},\n" for call in calls) + ")"
    return f"{line}\n\n{_OPENED} = {opened}\n{body}".rstrip()
