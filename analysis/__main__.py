"""The command: `python -m analysis report` and `python -m analysis measure`.

Exit codes: 0 everything analysed, 2 wrong usage, 3 some inputs rejected and the rest done, 4 the output folder is in
use, 5 the output cannot be written, 6 nothing could be analysed, 130 interrupted, 1 a bug.
"""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

import pandas as pd

from analysis.corpus import read_corpus, rejection_lines, warning_lines
from analysis.folder import FolderBusyError, staged
from analysis.inputs.files import InputError, TooFewError
from analysis.paths import project_path

OK, BUG, USAGE, PARTLY, BUSY, UNWRITABLE, NOTHING, INTERRUPTED = 0, 1, 2, 3, 4, 5, 6, 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message} (see --help)\n")


def _parser() -> _Parser:
    parser = _Parser(prog="python -m analysis", description="Compare how articles tell the same story.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    report = commands.add_parser(
        "report",
        help="run a notebook on articles and write its report",
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    report.add_argument("-h", "--help", action="store_true", help="show this and the notebook's own parameters")
    report.add_argument("sources", nargs="*", metavar="SOURCES", help="files or folders: txt, md, html, csv, jsonl")
    report.add_argument(
        "--output", metavar="DIR", help="folder of the report (default: outputs/ and the notebook's name)"
    )
    report.add_argument(
        "--notebook", default="comparison", metavar="NAME", help="notebook to run (default: comparison)"
    )
    report.add_argument(
        "-p", dest="parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"), help="set a parameter"
    )
    measure = commands.add_parser("measure", help="write the tables of each article, without a notebook")
    measure.add_argument("sources", nargs="+", metavar="SOURCES", help="files or folders: txt, md, html, csv, jsonl")
    measure.add_argument("--output", required=True, metavar="DIR", help="folder of the tables")
    measure.add_argument(
        "--clean", choices=("on", "off"), default="on", help="set boilerplate aside, or keep everything in"
    )
    measure.add_argument(
        "--attribution", choices=("rules", "none"), default="rules", help="the engine that finds attributions"
    )
    for command in (report, measure):
        command.add_argument("--debug", action="store_true", help="show the traceback of an error")
        command.set_defaults(parser=command)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; problems are one line each on stderr.

    Returns
    -------
    int
        The exit code, as in this module's docstring.
    """
    for number in (0, 1, 2):  # a kernel needs the standard streams, even if the caller has closed them
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    options = _parser().parse_args(arguments)
    commands: dict[str, Callable[[argparse.Namespace], int]] = {"report": _report, "measure": _measure}
    try:
        return commands[options.command](options)
    except InputError as error:
        return _fail(options, USAGE, str(error))
    except FolderBusyError as error:
        return _fail(options, BUSY, str(error))
    except OSError as error:
        where = f" {error.filename}" if error.filename else ""
        return _fail(options, UNWRITABLE, f"cannot write the output{where}: {error.strerror or error}")
    except KeyboardInterrupt:
        return _fail(options, INTERRUPTED, "interrupted; nothing was written")
    except Exception as error:  # the last resort: a bug is one line too, unless --debug asks for all of it
        return _fail(options, BUG, f"{type(error).__name__}: {error}")


def _fail(options: argparse.Namespace, code: int, message: str) -> int:
    if options.debug:
        traceback.print_exc()
    print(f"{options.parser.prog}: {' '.join(message.split())}", file=sys.stderr)
    return code


def _read(sources: Sequence[str], group_by: str = "") -> tuple[pd.DataFrame, pd.DataFrame, int]:
    """Read the sources, say what was rejected or odd, and tell with which code the run ends if the rest goes well."""
    articles, ledger = read_corpus(sources, group_by=group_by)
    for line in [*rejection_lines(ledger), *warning_lines(ledger)]:
        print(line, file=sys.stderr)
    code = PARTLY if (ledger["status"] == "rejected").any() else OK
    return articles, ledger, code if len(articles) else NOTHING


def _measure(options: argparse.Namespace) -> int:
    articles, ledger, code = _read(options.sources)
    if code == NOTHING:
        return _fail(options, code, "nothing could be analysed")
    from analysis.pipeline import measure_in_parts
    from analysis.store import save_run

    if not options.output:
        raise InputError("--output names a folder; found ''")
    output = project_path(options.output)
    with staged(output.absolute()) as stage:
        settings = {"clean": options.clean, "attribution": options.attribution}
        save_run(stage, measure_in_parts(articles, **settings), ledger, settings)
    return _done(output, code)


def _report(options: argparse.Namespace) -> int:
    from analysis.report import check_parameters, describe_parameters, find_notebook, run_notebook, save_report

    notebook = find_notebook(options.notebook)
    if options.help:
        options.parser.epilog = describe_parameters(notebook)
        options.parser.print_help()
        return OK
    if not options.sources:
        options.parser.error("name at least one file or folder")
    parameters = check_parameters(notebook, dict(options.parameters))
    for path in (*options.sources, options.output or "-"):
        if path != path.strip() or "\n" in path or not path.isprintable():
            raise InputError(f"a path holds no line break or odd byte, and no blank at its ends; found {path!r}")
    sources = "\n".join(options.sources)
    _, _, code = _read(options.sources, parameters.get("group_by", ""))
    if code == NOTHING:
        return _fail(options, code, "nothing could be analysed")
    asked = options.output or f"outputs/{options.notebook}"
    try:
        with staged(project_path(asked).absolute()) as stage:
            settings = {**parameters, "sources": sources, "output": str(stage)}
            done = run_notebook(notebook, settings, progress=bool(sys.stderr and sys.stderr.isatty()))
            save_report(done, stage, asked)
    except TooFewError as error:
        return _fail(options, NOTHING if code == PARTLY else USAGE, str(error))
    return _done(project_path(asked) / "report.html", code)


def _done(where: Path, code: int) -> int:
    """Say where the result is; a reader that has gone away does not make the run a failure."""
    try:
        print(where, flush=True)
    except OSError:
        sys.stdout = None  # nothing is left to flush at exit
    return code


if __name__ == "__main__":
    sys.exit(main())
