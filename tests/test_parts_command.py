"""`measure` on more than one part, as a user runs it, and as it is stopped."""

import json
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import put, run
from test_parts import contents

from analysis.folder import locked
from analysis.parts.run import WORK
from analysis.paths import PROJECT

pytestmark = pytest.mark.slow

QUICK = ("--measures", "readability")
#: Three parts, of which the last is short.
N = 1100


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The folder of a run that nothing has stopped, and its inputs beside it."""
    folder = tmp_path_factory.mktemp("parts")
    lines = (
        json.dumps({"id": f"a{number}", "text": f"It rains. Day {'I' * (number % 9)} {number}."}) for number in range(N)
    )
    put(folder / "in.jsonl", "\n".join(lines))
    done = run("measure", folder / "in.jsonl", "--output", folder / "out", *QUICK)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def started(folder, output):
    """A run that goes on by itself."""
    command = [sys.executable, "-m", "analysis", "measure", str(folder / "in.jsonl"), "--output", str(output), *QUICK]
    return subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def stopped(folder, tmp_path, number):
    """Stop a run that has measured a part, with a signal: how it ended, its folder, what it said, and its forks.

    On a machine that has other things to do, a run may be done before the signal comes; then another one is begun.
    """
    for attempt in range(9):
        output = tmp_path / f"out{attempt}"
        process = started(folder, output)
        until(lambda: (output / WORK / "parts.jsonl").exists() or process.poll() is not None)  # noqa: B023
        forks = []
        if process.poll() is None:
            forks = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text().split()
            process.send_signal(number)
        _, errors = process.communicate(timeout=60)
        if process.returncode != 0:
            return process.returncode, output, errors, forks
    return pytest.fail("each run was done before it could be stopped")


def until(there):
    for _ in range(2400):
        if there():
            return
        time.sleep(0.02)
    pytest.fail("it did not come")


def alive(numbers):
    return [
        number
        for number in numbers
        if Path(f"/proc/{number}").exists() and ") Z " not in Path(f"/proc/{number}/stat").read_text()
    ]


@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        pytest.param(signal.SIGKILL, -9, "", id="is killed"),
        pytest.param(signal.SIGTERM, 143, "terminated; the same command goes on from here", id="is terminated"),
        pytest.param(signal.SIGINT, 130, "interrupted; the same command goes on from here", id="is interrupted"),
    ],
)
def test_what_is_stopped_goes_on_where_it_was(undisturbed, tmp_path, number, code, said):
    ended, output, errors, forks = stopped(undisturbed, tmp_path, number)
    assert ended == code
    assert said in errors
    assert len(errors.splitlines()) == bool(said)
    until(lambda: not alive(forks))
    assert not (output / "ledger.jsonl").exists()
    kept = {path: path.stat().st_ino for path in (output / WORK / "measured").rglob("part-*.parquet")}
    assert kept
    done = run("measure", undisturbed / "in.jsonl", "--output", output, *QUICK)
    assert done.returncode == 0, done.stderr
    assert contents(output) == contents(undisturbed / "out")
    inodes = {path.stat().st_ino for path in (output / "tables").rglob("*.parquet")}
    assert {*kept.values()} & inodes, "what was done was done again"


def test_of_two_runs_in_one_folder_one_gives_way(undisturbed, tmp_path):
    with locked(tmp_path / "out"):
        done = run("measure", undisturbed / "in.jsonl", "--output", tmp_path / "out", *QUICK)
    assert done.returncode == 4
    assert "another run is writing" in done.stderr
    assert not (tmp_path / "out").exists()


def test_a_full_disk_costs_no_part_and_the_next_run_completes(undisturbed, tmp_path):
    command = ("measure", undisturbed / "in.jsonl", "--output", tmp_path / "out", *QUICK)
    size = (undisturbed / "out" / "ledger.jsonl").stat().st_size // 2
    done = run(*command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.returncode == 5, done.stderr
    assert done.stderr.splitlines() == [
        line for line in done.stderr.splitlines() if "cannot be written" in line or "cannot write" in line
    ]
    assert not (tmp_path / "out" / "tables").exists()
    assert not (tmp_path / "out" / WORK / "stage").exists()
    kept = (tmp_path / "out" / WORK / "parts.jsonl").read_text()
    assert len(kept.splitlines()) == 3
    done = run(*command)
    assert done.returncode == 0, done.stderr
    assert contents(tmp_path / "out") == contents(undisturbed / "out")


def test_jobs_and_measures_are_checked_and_nothing_is_written(undisturbed, tmp_path):
    for arguments, said in (
        (("--jobs", "0"), "--jobs is 1 or more; found 0"),
        (("--measures", "terms,words"), "measures accepts all, terms, sentence_terms, readability"),
        (("--attribution", "guesses"), "attribution accepts"),
    ):
        done = run("measure", undisturbed / "in.jsonl", "--output", tmp_path / "out", *arguments)
        assert done.returncode == 2
        assert said in done.stderr
        assert not (tmp_path / "out").exists()


def test_an_audit_of_a_run_in_parts(undisturbed):
    done = run("audit", undisturbed / "out")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("everything holds")


def test_what_runs_inside_its_source_reads_nothing_of_its_own(undisturbed, tmp_path):
    put(tmp_path / "in.jsonl", (undisturbed / "in.jsonl").read_bytes())
    for _ in range(2):
        done = run("measure", tmp_path, "--output", tmp_path / "out", *QUICK)
        assert (done.returncode, done.stderr) == (0, "")
    assert {path.name for path in tmp_path.iterdir()} == {"in.jsonl", "out"}
