import fcntl
import os
from pathlib import Path

import pytest

from analysis.folder import LOCK, FolderBusyError, staged, write_file, write_files


def names(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_a_file_is_written_whole_and_leaves_no_other(tmp_path):
    write_file(tmp_path / "deep" / "a.txt", "é")
    assert names(tmp_path) == ["deep/a.txt"]
    assert (tmp_path / "deep/a.txt").read_bytes() == "é".encode()


def test_files_written_together_are_there_in_their_order_and_leave_no_other(tmp_path):
    (tmp_path / "b.txt").write_text("old")
    moved = []

    def files():
        for number in range(20):
            moved.append(names(tmp_path))
            yield tmp_path / "deep" / f"{number:02}.txt", f"{number}é"
        yield tmp_path / "b.txt", b"new"

    write_files(files())
    assert names(tmp_path) == ["b.txt", *(f"deep/{number:02}.txt" for number in range(20))]
    assert (tmp_path / "deep/07.txt").read_bytes() == "7é".encode()
    assert (tmp_path / "b.txt").read_bytes() == b"new"
    assert moved[-1] == ["b.txt", *(f"deep/.{number:02}.txt.tmp" for number in range(19))]


def test_of_files_written_together_none_has_its_name_if_one_cannot_be_made(tmp_path):
    (tmp_path / "a.txt").write_text("old")

    def files():
        yield tmp_path / "a.txt", "new"
        raise RuntimeError("boom")

    with pytest.raises(RuntimeError, match="boom"):
        write_files(files())
    assert (tmp_path / "a.txt").read_text() == "old"


@pytest.mark.parametrize("threads", [pytest.param(True, id="together"), pytest.param(False, id="no thread to be had")])
def test_every_file_is_forced_to_disk_before_any_has_its_name(tmp_path, monkeypatch, threads):
    forced = []
    if not threads:
        monkeypatch.setattr("threading.Thread.start", lambda _: (_ for _ in ()).throw(RuntimeError("no new thread")))

    def force(number):
        forced.append(str(Path(f"/proc/self/fd/{number}").readlink()))
        assert not (tmp_path / "a").exists()

    monkeypatch.setattr(os, "fsync", force)
    write_files((tmp_path / name, name) for name in "abc")
    assert sorted(forced) == [str(tmp_path / f".{name}.tmp") for name in "abc"]


def test_a_disk_that_refuses_one_of_several_files_is_heard(tmp_path, monkeypatch):
    def refuse(number):
        if os.fstat(number).st_size == 2:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", refuse)
    with pytest.raises(OSError, match="No space left"):
        write_files([(tmp_path / "a", "1"), (tmp_path / "b", "22")])
    assert not (tmp_path / "a").exists()


def test_what_was_staged_is_moved_in(tmp_path):
    with staged(tmp_path / "out") as stage:
        write_file(stage / "tables" / "a.csv", "1")
        write_file(stage / "ledger.jsonl", "{}")
        assert names(tmp_path / "out") == sorted([".stage/ledger.jsonl", ".stage/tables/a.csv", LOCK])
    assert names(tmp_path / "out") == ["ledger.jsonl", LOCK, "tables/a.csv"]


def test_a_failure_leaves_no_trace_of_a_new_folder(tmp_path):
    with pytest.raises(RuntimeError, match="boom"), staged(tmp_path / "out") as stage:
        write_file(stage / "a.csv", "1")
        raise RuntimeError("boom")
    assert not (tmp_path / "out").exists()


def test_a_failure_leaves_an_earlier_run_as_it_was(tmp_path):
    with staged(tmp_path) as stage:
        write_file(stage / "tables" / "a.csv", "old")
    with pytest.raises(RuntimeError), staged(tmp_path) as stage:
        write_file(stage / "tables" / "a.csv", "new")
        raise RuntimeError
    assert (tmp_path / "tables/a.csv").read_text() == "old"
    assert names(tmp_path) == [LOCK, "tables/a.csv"]


def test_files_that_the_new_run_did_not_make_are_removed_and_strangers_stay(tmp_path):
    (tmp_path / "mine.txt").write_text("mine")
    (tmp_path / "figures" / "thesis").mkdir(parents=True)
    (tmp_path / "figures" / "thesis.png").write_text("mine")
    with staged(tmp_path) as stage:
        write_file(stage / "figures" / "old.png", "1")
        write_file(stage / "claims.json", "[]")
    with staged(tmp_path) as stage:
        write_file(stage / "figures" / "new.png", "1")
    assert names(tmp_path) == ["figures/new.png", "figures/thesis.png", "mine.txt", LOCK]


def test_two_runs_in_one_folder_do_not_meet(tmp_path):
    with staged(tmp_path), pytest.raises(FolderBusyError, match="another run is writing"), staged(tmp_path):
        pytest.fail("the second run got in")


def test_a_lock_left_by_a_dead_run_does_not_hold(tmp_path):
    with (tmp_path / LOCK).open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
    (tmp_path / ".stage").mkdir()
    (tmp_path / ".stage" / "half.csv").write_text("half")
    with staged(tmp_path) as stage:
        assert not list(stage.iterdir())
    assert names(tmp_path) == [LOCK]


def test_a_folder_that_is_a_file_is_an_error_of_the_system(tmp_path):
    (tmp_path / "out").write_text("")
    with pytest.raises(OSError, match="exists"), staged(tmp_path / "out"):
        pytest.fail("it was staged")


def test_the_ledger_is_moved_last(tmp_path, monkeypatch):
    moved = []
    original = os.rename

    def spy(self, target):
        moved.append(self.name)
        original(self, target)

    with staged(tmp_path) as stage:
        for name in ("ledger.jsonl", "run.json", "parts.jsonl", "tables/a.csv", "report.html"):
            write_file(stage / name, "")
        monkeypatch.setattr("pathlib.Path.replace", spy)
    assert moved == ["report.html", "a.csv", "parts.jsonl", "run.json", "ledger.jsonl"]
