"""What each command does, and with which code it ends."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from analysis.corpus import column_lines, read_corpus, rejection_lines, warning_lines
from analysis.ending import (
    DIFFERENT,
    INTERRUPTED,
    NOTHING,
    OK,
    PARTLY,
    TERMINATED,
    USAGE,
    TerminatedError,
    fail,
    say_line,
    tell,
)
from analysis.folder import staged
from analysis.inputs.files import InputError, TooFewError, one_line, path_problem, printable
from analysis.paths import project_path
from analysis.tables import LEDGER

#: Seconds that a cell may be given; no line can be waited for longer than some weeks.
_LONGEST = 1_000_000.0


def measure(options: argparse.Namespace) -> int:
    """Write the tables of each article."""
    from analysis.parts.run import Settings, measure_sources

    if not options.output:
        raise InputError("--output names a folder; found ''")
    if options.jobs < 1:
        raise InputError(f"--jobs is 1 or more; found {options.jobs}")
    _check_apart(options.sources, options.output)
    output = project_path(options.output)
    chosen = {"clean": options.clean, "attribution": options.attribution}
    if options.measures != "all":
        chosen["measures"] = options.measures
    settings = Settings(
        options.sources, ", ".join(options.columns), chosen, options.jobs, options.force, options.quiet,
        scheduler=options.scheduler,
    )  # fmt: skip
    said, code = set[str](), OK

    def say(ledger: pd.DataFrame) -> None:
        nonlocal code
        code = max(code, _said(ledger, said))

    try:
        n_articles = measure_sources(settings, output.absolute(), say)
    except TerminatedError:
        return fail(options, TERMINATED, f"terminated; {_kept(output)}")
    except KeyboardInterrupt:
        return fail(options, INTERRUPTED, f"interrupted; {_kept(output)}")
    if not n_articles:
        return fail(options, NOTHING, "nothing could be analysed")
    return _done(output, code)


def _kept(output: Path) -> str:
    """What is left of a run that was stopped."""
    from analysis.parts.run import WORK

    return "the same command goes on from here" if (output / WORK).exists() else "nothing was written"


def report(options: argparse.Namespace) -> int:
    """Run a notebook and write its report."""
    from analysis.report import (
        READ_THEMSELVES,
        check_parameters,
        describe_parameters,
        find_report,
        run_notebook,
        save_report,
    )

    notebook = find_report(options.notebook)
    if options.help:
        options.parser.epilog = describe_parameters(notebook)
        options.parser.print_help()
        return OK
    if not options.sources:
        options.parser.error("name at least one file or folder")
    parameters = check_parameters(notebook, _parameters(options))
    asked = options.output or f"outputs/{options.notebook}"
    _check_paths([*options.sources, asked])
    _check_apart(options.sources, asked)
    sources = "\n".join(options.sources)
    itself = options.notebook in READ_THEMSELVES
    code, said = OK, set[str]()

    def read() -> int:
        chosen = {name: parameters.get(name, "") for name in ("group_by", "columns")}
        articles, ledger = read_corpus(options.sources, **chosen)
        found = _said(ledger, said)
        return found if len(articles) else NOTHING

    if not itself:
        code = read()
    if code == NOTHING:
        return fail(options, code, "nothing could be analysed")
    try:
        with staged(project_path(asked).absolute()) as stage:
            settings = {**parameters, "sources": sources, "output": str(stage)}
            done = run_notebook(
                notebook, settings, engine=options.engine, seconds=options.timeout,
                progress=bool(sys.stderr and sys.stderr.isatty()),
            )  # fmt: skip
            save_report(done, stage, asked)
            code = max(code, _told(stage, said))  # what the notebook read may be other than what was read before it
    except TooFewError as error:
        code = max(code, OK if itself else read())
        return fail(options, NOTHING if itself or code != OK else USAGE, str(error))
    return _done(project_path(asked) / "report.html", code)


def batch(options: argparse.Namespace) -> int:
    """Make many reports and list them."""
    from analysis.batch.jobs import find_jobs
    from analysis.batch.run import Settings, run_batch
    from analysis.cluster.connect import connected
    from analysis.report import check_parameters, find_report
    from analysis.settings import check_settings

    notebook = find_report(options.notebook)
    parameters = _parameters(options)
    check_settings(check_parameters(notebook, parameters))  # what no report accepts is said once
    _check_paths([options.source, options.output])
    if not options.output:
        raise InputError("--output names a folder; found ''")
    if options.jobs < 1:
        raise InputError(f"--jobs is 1 or more; found {options.jobs}")
    jobs = find_jobs(options.source, project_path(options.output))
    settings = Settings(
        notebook, options.output, parameters, options.jobs, options.engine, options.timeout, options.force,
        options.quiet,
    )  # fmt: skip
    try:
        with connected(options.scheduler) as client:
            done = run_batch(jobs, replace(settings, client=client), _title(options.source))
    except TerminatedError:
        return fail(options, TERMINATED, f"terminated; what is done is listed in {options.output}")
    except KeyboardInterrupt:
        return fail(options, INTERRUPTED, f"interrupted; what is done is listed in {options.output}")
    for job, outcome in done:
        if outcome.status != "analysed":
            tell(one_line(f"{outcome.status}: {job.name}: {outcome.reason}"))
    rejected = [outcome for _, outcome in done if outcome.status == "rejected"]
    partly = rejected or any(outcome.n_rejected for _, outcome in done)
    if len(rejected) == len(done):
        return fail(options, NOTHING, "nothing could be analysed")
    return _done(project_path(options.output) / "index.html", PARTLY if partly else OK)


def _title(source: str) -> str:
    """What the page of a batch calls its source: the name of the folder or manifest, wherever that lies."""
    return printable(Path(os.path.normpath(Path(source).absolute())).name or source)


def audit(options: argparse.Namespace) -> int:
    """Make a run again from its inputs and name the first thing that differs."""
    from analysis.audit import NO_PAGE, DifferenceError, audit_run

    _check_paths(options.sources)
    folder = project_path(options.folder)
    try:
        held = "everything holds"
        for line in audit_run(folder, options.sources, progress=bool(sys.stderr and sys.stderr.isatty())):
            held = "all that is there holds; no page" if line == NO_PAGE else held
            say_line(one_line(line))
    except DifferenceError as error:
        return fail(options, DIFFERENT, one_line(str(error)))
    return _done(f"{one_line(str(options.folder))}: {held}", OK)


def code_sample(options: argparse.Namespace) -> int:
    """Write a sheet of attributions that a person judges blind, and its key beside it.

    The passages come from the tables of the run; where `--sources` are named, from the run made again from these, as
    a run that has kept the articles out of its tables needs.
    """
    from analysis.coding import read_tables, sample_sheet, save_sample

    tables = _made_again(options.folder, options.sources) if options.sources else read_tables(options.folder)
    for path in save_sample(sample_sheet(tables, options.n, options.seed), options.sheet):
        say_line(str(path))
    return OK


def code_agreement(options: argparse.Namespace) -> int:
    """Say how far two filled sheets agree: Krippendorff's alpha of each question."""
    from analysis.reliability import agreement
    from analysis.show.shown import show_table

    headings = {
        "question": "Question", "n_items": "Items", "n_both": "Both answered", "same": "Same", "alpha": "Alpha",
        "lower": "from", "upper": "to", "note": "Note",
    }  # fmt: skip
    formats = dict.fromkeys(("same", "alpha", "lower", "upper"), ".2f")
    table = agreement(options.first, options.second)
    say_line(show_table(table, headings, "Agreement, Krippendorff's alpha with 95 % interval", formats).text)
    return OK


def _made_again(folder: str, sources: Sequence[str]) -> dict[str, pd.DataFrame]:
    """The tables of a run with the whole articles, from its inputs."""
    from analysis.audit import DifferenceError, check_inputs, open_run, run_again
    from analysis.coding import read_tables

    _check_paths(sources)
    try:
        stored = open_run(project_path(folder), sources)
        check_inputs(stored)
        whole = {"text": "full"} if "text" in stored.parameters else {}
        with TemporaryDirectory(prefix=".sample-") as temporary:
            run_again(stored, Path(temporary), changed=whole)
            return read_tables(temporary)
    except DifferenceError as error:
        raise InputError(f"a sheet needs the inputs that the run read; {error}") from None


def _parameters(options: argparse.Namespace) -> dict[str, str]:
    """The parameters of a notebook that a command was given, as text, its other options checked that bear on them."""
    if not 0 < options.timeout <= _LONGEST:
        raise InputError(f"--timeout is above 0 and at most {_LONGEST:,} s; found {options.timeout:g}")
    given = dict(options.parameters)
    if options.columns and "columns" in given:
        raise InputError("--map and -p columns say the same thing; give one of them")
    return given | ({"columns": ", ".join(options.columns)} if options.columns else {})


def _check_paths(paths: Sequence[str]) -> None:
    """Refuse a path that a notebook could not be told."""
    for path in paths:
        if problem := path_problem(path):
            raise InputError(problem)


def _check_apart(sources: Sequence[str], output: str) -> None:
    """Refuse to write into a folder that is read: what is written there would be read the next time."""
    own = os.path.realpath(project_path(output))
    if any(os.path.realpath(project_path(source)) == own for source in sources):
        raise InputError(f"{output!r} is read, and what is written there would be too; choose another --output")


def _told(folder: Path, said: set[str]) -> int:
    """Say what a notebook found rejected or odd when it read the sources, as `_said` does."""
    lines = (folder / "ledger.jsonl").read_text(encoding="utf-8").split("\n")[:-1]
    ledger = LEDGER.frame({name: [json.loads(line).get(name) for line in lines] for name in LEDGER.names})
    return _said(ledger, said)


def _said(ledger: pd.DataFrame, said: set[str]) -> int:
    """Say on stderr what was rejected or odd, each line once; tell with which code the run ends if all goes well."""
    lines = [*rejection_lines(ledger), *warning_lines(ledger), *column_lines(ledger)]
    for line in [line for line in lines if line not in said]:
        tell(line)
        said.add(line)
    return PARTLY if (ledger["status"] == "rejected").any() else OK


def _done(where: Path | str, code: int) -> int:
    """Say where the result is, or what it is."""
    say_line(str(where))
    return code
