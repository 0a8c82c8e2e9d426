"""How a command ends: with which code, what it says then, and what no reader of it can do to the run."""

from __future__ import annotations

import argparse
import sys
import traceback

from analysis.inputs.files import one_line

OK, BUG, USAGE, PARTLY, BUSY, UNWRITABLE, NOTHING, DIFFERENT = 0, 1, 2, 3, 4, 5, 6, 7
INTERRUPTED, TERMINATED = 130, 143


class TerminatedError(KeyboardInterrupt):
    """The system asked the program to end."""


def fail(options: argparse.Namespace, code: int, message: str) -> int:
    """Say in one line on stderr why a command ends, and return its code."""
    if options.debug:
        traceback.print_exc()
    tell(one_line(f"{options.parser.prog}: {' '.join(message.split())}"))
    return code


def say_line(line: str) -> None:
    """Print a line; neither a reader that has gone away nor one without the characters makes the command a failure."""
    try:
        try:
            print(line, flush=True)
        except UnicodeEncodeError as error:  # an old locale: stderr writes these as their codes by itself
            print(line.encode(error.encoding, "backslashreplace").decode(error.encoding), flush=True)
    except OSError:
        sys.stdout = None  # nothing is left to flush at exit


def tell(line: str) -> None:
    """Print a line on stderr, if anybody is there to read it: a run does not end for want of a reader."""
    if sys.stderr is None:  # print would take stdout instead
        return
    try:
        print(line, file=sys.stderr, flush=True)
    except OSError:
        sys.stderr = None
