"""The command line: what each command is told, what it prints, with which code it ends."""

import csv
import io
import os
import shutil
import sys
from contextlib import suppress

import pytest
from conftest import put, run

from analysis.__main__ import main
from analysis.ending import say_line
from analysis.paths import PROJECT


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """The tables of the seeds."""
    folder = tmp_path_factory.mktemp("measured")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PROJECT)
        assert main(["measure", "seeds", "--output", str(folder / "out")]) == 0
    return folder / "out"


def filled(sheet, path, answer):
    """A copy of a sheet in which one person has answered the first question."""
    with sheet.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    for place, row in enumerate(rows):
        row["is_attribution"] = answer(place)
    with path.open("w", encoding="utf-8", newline="") as lines:
        writer = csv.DictWriter(lines, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    return str(path)


def test_a_sheet_and_the_agreement_of_two_who_filled_it(measured, tmp_path, capsys):
    sheet = tmp_path / "sheet.csv"
    assert main(["code", "sample", str(measured), "--n", "10", "--seed", "3", "--sheet", str(sheet)]) == 0
    assert capsys.readouterr().out.splitlines() == [str(sheet), str(tmp_path / "sheet.key.csv")]
    one = filled(sheet, tmp_path / "one.csv", lambda place: "no" if place < 5 else "yes")
    two = filled(sheet, tmp_path / "two.csv", lambda place: "no" if place < 4 else "yes")
    assert main(["code", "agreement", one, two]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0] == "Agreement, Krippendorff's alpha with 95 % interval"
    assert said[2].split()[:4] == ["is_attribution", "10", "10", "0.90"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["code"], "the following arguments are required: STEP", id="no step of coding"),
        pytest.param(["code", "sample", "nowhere", "--sheet", "x.csv"], "'nowhere' is no folder of a run", id="no run"),
        pytest.param(["code", "agreement", "no.csv", "none.csv"], "no.csv", id="no sheets"),
        pytest.param(["audit"], "the following arguments are required: OUTPUT_DIR", id="an audit of nothing"),
        pytest.param(["audit", "x", "--sources", "a\nb"], "a path holds no line break", id="a path of two lines"),
    ],
)
def test_wrong_usage_is_one_line(arguments, said, capsys):
    try:
        code = main(arguments)
    except SystemExit as end:
        code = end.code
    assert code == 2
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 1
    assert said in lines[0]


def test_inputs_that_are_others_make_no_sheet(measured, tmp_path, capsys):
    (tmp_path / "other.txt").write_text("Something else.", encoding="utf-8")
    sheet = str(tmp_path / "sheet.csv")
    assert main(["code", "sample", str(measured), "--sheet", sheet, "--sources", str(tmp_path / "other.txt")]) == 2
    assert "a sheet needs the inputs that the run read; inputs: the run read an article" in capsys.readouterr().err


def test_a_sheet_from_the_inputs_is_that_of_the_tables(measured, tmp_path):
    shutil.copytree(PROJECT / "seeds", tmp_path / "moved")
    given = ["code", "sample", str(measured), "--n", "6"]
    assert main([*given, "--sheet", str(tmp_path / "one.csv")]) == 0
    assert main([*given, "--sheet", str(tmp_path / "two.csv"), "--sources", str(tmp_path / "moved")]) == 0
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()


@pytest.mark.slow
def test_every_command_explains_itself():
    for command in (["report"], ["measure"], ["audit"], ["code", "sample"], ["code", "agreement"]):
        done = run(*command, "--help")
        assert done.returncode == 0
        assert f"python -m analysis {' '.join(command)}" in done.stdout


@pytest.mark.parametrize(
    "reader", [pytest.param("gone", id="has gone away"), pytest.param("none", id="was never there")]
)
def test_a_run_does_not_end_for_want_of_a_reader_of_its_problems(reader, tmp_path, capfd, monkeypatch):
    put(tmp_path / "in/a.txt", "It rains.")
    put(tmp_path / "in/b.txt", "")
    ours, theirs = os.pipe()
    os.close(ours)
    with os.fdopen(theirs, "w", buffering=1, closefd=True) as broken:
        monkeypatch.setattr(sys, "stderr", broken if reader == "gone" else None)
        code = main(["measure", str(tmp_path / "in"), "--output", str(tmp_path / "out"), "--measures", "readability"])
        monkeypatch.undo()
        with suppress(OSError):
            broken.close()
    assert code == 3
    assert capfd.readouterr().out == f"{tmp_path / 'out'}\n"
    assert len((tmp_path / "out/ledger.jsonl").read_text().splitlines()) == 2


def raising(error, cause=None):
    """A command that ends in an error."""

    def command(_):
        raise error from cause

    return command


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        pytest.param(MemoryError(), 5, "not enough memory; what was done before is kept, and the same command goes on from there", id="memory"),
        pytest.param(OSError(12, "Cannot allocate memory"), 5, "not enough memory; what was done", id="memory, as the system says it"),
        pytest.param(RuntimeError("can't start new thread"), 5, "not enough memory; what was done", id="memory for a thread"),
        pytest.param(ImportError("numpy: see the page\nPlease note"), 1, "ImportError: numpy: see the page Please note", id="a library that cannot be loaded, in many lines"),
        pytest.param(OSError(28, "No space left on device", "/x\x1b[2J\ny"), 5, "cannot write the output /x\\x1b[2J y: No space left on device", id="a full disk, and a name that would forge a line"),
        pytest.param(ValueError("odd"), 1, "ValueError: odd", id="a bug"),
        pytest.param(KeyboardInterrupt(), 130, "interrupted; nothing was written", id="an interrupt"),
    ],
)  # fmt: skip
def test_whatever_a_command_ends_for_is_one_line(error, code, said, monkeypatch, capsys):
    monkeypatch.setattr("analysis.commands.measure", raising(error))
    assert main(["measure", "seeds", "--output", "x"]) == code
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"python -m analysis measure: {said}")


def test_what_lies_below_an_error_says_that_memory_was_lacking(monkeypatch, capsys):
    unmapped = ImportError("interval.so: failed to map segment from shared object")
    monkeypatch.setattr("analysis.commands.measure", raising(ImportError("numpy: see the page"), unmapped))
    assert main(["measure", "seeds", "--output", "x"]) == 5
    assert "not enough memory" in capsys.readouterr().err


def test_a_reader_without_the_characters_is_told_their_codes(monkeypatch):
    told = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr(sys, "stdout", told)
    say_line("outputs/Łódź")
    monkeypatch.undo()
    assert told.buffer.getvalue() == b"outputs/\\u0141\\xf3d\\u017a\n"
