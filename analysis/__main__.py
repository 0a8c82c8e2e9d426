"""The command: `python -m analysis` with `report`, `batch`, `measure`, `audit` or `code`.

Exit codes: 0 everything analysed or, in an audit, everything holds; 2 wrong usage, 3 some inputs rejected and the
rest done, 4 the output folder is in use, 5 the output cannot be written, or memory does not suffice, 6 nothing could
be analysed, 7 the audit found a difference, 130 interrupted, 143 terminated, 1 a bug.
"""

from __future__ import annotations

import os

# Sums of small counts: a second thread would wait for the first, and keep a core busy meanwhile. Read by numpy once.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import logging
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from analysis.ending import BUG, BUSY, INTERRUPTED, TERMINATED, UNWRITABLE, USAGE, TerminatedError, fail
from analysis.folder import FolderBusyError
from analysis.inputs.files import InputError
from analysis.memory import NOT_ENOUGH, lacked, refuse_too_little

_SOURCES = "files or folders: txt, md, html, docx, csv, json, jsonl, parquet"


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(USAGE, f"{self.prog}: {message} (see --help)\n")


def _parser() -> _Parser:
    parser = _Parser(
        prog="python -m analysis", description="Compare how articles tell the same story.",
        epilog="To explore articles live: make lab, or jupyter lab notebooks/explore.ipynb.",
    )  # fmt: skip
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    reporting = commands.add_parser(
        "report",
        help="run a notebook on articles and write its report",
        add_help=False,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    reporting.add_argument("-h", "--help", action="store_true", help="show this and the notebook's own parameters")
    reporting.add_argument("sources", nargs="*", metavar="SOURCES", help=_SOURCES)
    reporting.add_argument(
        "--output", metavar="DIR", help="folder of the report (default: outputs/ and the notebook's name)"
    )
    reporting.add_argument(
        "--notebook", default="comparison", metavar="NAME", help="notebook to run (default: comparison)"
    )
    reporting.add_argument(
        "-p", dest="parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"), help="set a parameter"
    )
    batching = commands.add_parser("batch", help="make many reports: of each subfolder, or each entry of a manifest")
    batching.add_argument("source", metavar="FOLDER|MANIFEST", help="a folder of folders, or a .csv or .yaml manifest")
    batching.add_argument("--output", required=True, metavar="DIR", help="folder of the reports and of their list")
    batching.add_argument(
        "--jobs",
        type=int,
        default=os.cpu_count() or 1,
        metavar="N",
        help="reports at a time (default: one for each core)",
    )
    batching.add_argument("--force", action="store_true", help="make also what is made already")
    batching.add_argument("--quiet", action="store_true", help="no progress bar; what is rejected is still said")
    for command in (reporting, batching):
        if command is batching:
            command.add_argument(
                "--notebook", default="comparison", metavar="NAME", help="notebook to run (default: comparison)"
            )
            command.add_argument(
                "-p", dest="parameters", nargs=2, action="append", default=[], metavar=("NAME", "VALUE"),
                help="set a parameter of all reports",
            )  # fmt: skip
        command.add_argument(
            "--engine", choices=("forked", "kernel"), default="forked",
            help="what runs the cells: a fork of this process (the default), or a kernel",
        )  # fmt: skip
        command.add_argument(
            "--timeout", type=float, default=3600.0, metavar="SECONDS", help="how long a cell may take (default: 3600)"
        )
    measuring = commands.add_parser("measure", help="write the tables of each article, without a notebook")
    measuring.add_argument("sources", nargs="+", metavar="SOURCES", help=_SOURCES)
    measuring.add_argument("--output", required=True, metavar="DIR", help="folder of the tables")
    measuring.add_argument(
        "--clean", choices=("on", "off"), default="on", help="set boilerplate aside, or keep everything in"
    )
    measuring.add_argument(
        "--attribution",
        default="accurate",
        metavar="ENGINE",
        help="what finds attributions: accurate (the default), rules, none, or the folder of a model",
    )
    measuring.add_argument(
        "--measures",
        default="all",
        metavar="NAME,…",
        help="what is measured: terms, sentence_terms, readability, attribution, labels, wording (default: all of "
        "them; of a corpus in parts, terms by sentence only if they are named)",
    )
    measuring.add_argument(
        "--jobs", type=int, default=os.cpu_count() or 1, metavar="N",
        help="processes that measure a large corpus (default: one for each core)",
    )  # fmt: skip
    measuring.add_argument("--force", action="store_true", help="measure also what is measured already")
    measuring.add_argument("--quiet", action="store_true", help="no progress bar; what is rejected is still said")
    for command, what in ((batching, "make the reports"), (measuring, "measure, beyond some hundred articles,")):
        command.add_argument(
            "--scheduler", metavar="ADDRESS",
            help=f"{what} on the workers of a Dask cluster; the address or the file of its scheduler",
        )  # fmt: skip
    for command in (reporting, batching, measuring):
        command.add_argument(
            "--map", dest="columns", action="append", default=[], metavar="NAME=COLUMN",
            help="take a column of the inputs for text, id, title, outlet, label, author, published or url; repeatable",
        )  # fmt: skip
    auditing = commands.add_parser(
        "audit",
        help="make a run again from its inputs and name the first number, quotation, table or word that differs",
    )
    auditing.add_argument("folder", metavar="OUTPUT_DIR", help="folder of a report, or of what measure wrote")
    auditing.add_argument(
        "--sources", nargs="+", default=[], metavar="PATH", help="where the inputs are now (default: as run.json says)"
    )
    coding = commands.add_parser("code", help="have a person judge attributions, and compare two who did")
    steps = coding.add_subparsers(dest="step", required=True, metavar="STEP", parser_class=_Parser)
    sampling = steps.add_parser("sample", help="write a sheet of passages to be judged blind, and its key beside it")
    sampling.add_argument("folder", metavar="OUTPUT_DIR", help="folder of a report, or of what measure wrote")
    sampling.add_argument("--sheet", required=True, metavar="FILE.csv", help="the sheet; its key is FILE.key.csv")
    sampling.add_argument("--n", type=int, default=50, metavar="N", help="passages on the sheet (default: 50)")
    sampling.add_argument("--seed", type=int, default=1, metavar="SEED", help="where the draws start (default: 1)")
    sampling.add_argument(
        "--sources", nargs="+", default=[], metavar="PATH", help="the inputs, for a run that keeps the articles out"
    )
    agreeing = steps.add_parser("agreement", help="say how far two filled sheets agree: Krippendorff's alpha")
    agreeing.add_argument("first", metavar="ONE.csv", help="a filled sheet")
    agreeing.add_argument("second", metavar="TWO.csv", help="the same sheet, filled by another person")
    runs = {
        reporting: "report", batching: "batch", measuring: "measure", auditing: "audit",
        sampling: "code_sample", agreeing: "code_agreement",
    }  # fmt: skip
    for command, run in runs.items():
        command.add_argument("--debug", action="store_true", help="show the traceback of an error")
        command.set_defaults(parser=command, run=run)
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
    try:
        refuse_too_little(options.command)
        logging.getLogger("matplotlib").setLevel(logging.ERROR)  # where it keeps its fonts is no problem of a run
        from analysis import commands  # here, so that what goes wrong while it is loaded is one line too

        return int(getattr(commands, options.run)(options))
    except TerminatedError:
        return fail(options, TERMINATED, "terminated; nothing was written")
    except KeyboardInterrupt:
        return fail(options, INTERRUPTED, "interrupted; nothing was written")
    except Exception as error:
        return fail(options, *_ending(error))


def _ending(error: Exception) -> tuple[int, str]:
    """With which code an error ends the command, and what is said of it."""
    if isinstance(error, InputError):
        return USAGE, str(error)
    if isinstance(error, FolderBusyError):
        return BUSY, str(error)
    if lacked(error):
        said = str(error) if NOT_ENOUGH in str(error) else NOT_ENOUGH
        return UNWRITABLE, f"{said}; what was done before is kept, and the same command goes on from there"
    if isinstance(error, OSError):
        where = f" {error.filename}" if error.filename else ""
        return UNWRITABLE, f"cannot write the output{where}: {error.strerror or error}"
    if isinstance(error, ModuleNotFoundError):
        return BUG, f"{error}; requirements.txt lists what has to be installed"
    return BUG, f"{type(error).__name__}: {error}"  # a bug is one line too, unless --debug asks for all of it


def _terminate(*_: object) -> None:
    raise TerminatedError


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _terminate)
    sys.exit(main())
