"""A batch from its command line: codes, what is made again, and what faults leave behind."""

import errno
import json
import os
import resource
import signal
import subprocess
import termios
import time
from uuid import uuid4

import pytest
from batches import Tiny, articles, contents, manifest, processes_with
from conftest import put

from analysis.__main__ import main
from analysis.batch import ledger
from analysis.batch.jobs import Job
from analysis.batch.work import make_report
from analysis.folder import locked


@pytest.fixture
def tiny(tmp_path, capsys):
    return Tiny(tmp_path, capsys)


def entries(output):
    lines = (output / "ledger.jsonl").read_text(encoding="utf-8").split("\n")
    assert lines.pop() == ""
    return [json.loads(line) for line in lines]


def statuses(output):
    return {entry["name"]: entry["status"] for entry in entries(output)}


def wait_for(path):
    for _ in range(6000):
        if path.exists():
            return
        time.sleep(0.01)
    pytest.fail(f"{path} did not come")


# ------------------------------------------------------------------ codes and messages


def test_all_made(tiny):
    assert tiny(articles(tiny.path / "in", "a", "b"), "--jobs", "2") == (0, [])
    assert statuses(tiny.output) == {"a": "analysed", "b": "analysed"}
    assert "<h1>Reports of in</h1>" in (tiny.output / "index.html").read_text(encoding="utf-8")
    assert {path.name for path in tiny.output.iterdir()} == {
        "a", "b", "batch.csv", "batch.log", "batch.parquet", "codebook.md", "index.html", "ledger.jsonl", "run.lock",
    }  # fmt: skip


def test_some_made(tiny):
    source = articles(tiny.path / "in", "a", "z")
    (source / "m").mkdir()
    for name in ("m", "z"):
        (source / name / "x.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    code, said = tiny(source)
    assert code == 3
    assert len(said) == 2
    assert said[0].startswith("rejected: m: one or more; found none; ")  # and then why
    assert said[0].endswith("/in/m/x.txt: binary data (PNG)")
    assert said[1].startswith("warned: z: 1 of 2 inputs rejected: ")
    assert said[1].endswith("/in/z/x.txt: binary data (PNG)")
    assert statuses(tiny.output) == {"a": "analysed", "m": "rejected", "z": "warned"}


def test_a_report_of_many_bad_inputs_has_a_short_line(tiny):
    records = [f'{{"id": "a{i}", "text": ""}}' for i in range(30)] + ['{"id": "b", "text": "It rains."}'] * 20
    put(tiny.path / "in/a/a.jsonl", "\n".join(records))
    put(tiny.path / "in/b/b.jsonl", "\n".join(['{"text": "It rains."}'] * 20))
    code, (one, other) = tiny(tiny.path / "in")
    assert code == 3
    assert one.startswith("warned: a: 30 of 50 inputs rejected: ")
    assert one.count("its text is empty") == 12
    assert one.endswith("line 12; and 18 more")
    assert other.count("same text as 'b:1': record ") == 12
    assert other.endswith("record 13; and 7 more")


def test_none_made(tiny):
    source = manifest(tiny.path, a="1 / 0", b='raise ValueError("no\\nway")')
    code, said = tiny(source)
    assert code == 6
    assert said == [
        "rejected: a: failed at cell 4: ZeroDivisionError: division by zero",
        "rejected: b: failed at cell 4: ValueError: no\\nway",
        "python -m analysis batch: nothing could be analysed",
    ]
    assert "No report was made." in (tiny.output / "index.html").read_text()


def test_a_report_for_which_memory_does_not_suffice_stops_no_other(tiny):
    unmapped = 'raise ImportError("x.so: failed to map segment from shared object")'
    source = manifest(tiny.path, a="raise MemoryError", b=unmapped, c="1")
    code, said = tiny(source)
    assert code == 3
    assert said == [
        "rejected: a: failed at cell 4: not enough memory",
        "rejected: b: failed at cell 4: not enough memory",
    ]
    assert statuses(tiny.output) == {"a": "rejected", "b": "rejected", "c": "analysed"}


@pytest.mark.parametrize(
    ("options", "said"),
    [
        pytest.param(["--jobs", "0"], "--jobs is 1 or more", id="no job at a time"),
        pytest.param(["--jobs", "-1"], "--jobs is 1 or more", id="fewer"),
        pytest.param(["--timeout", "0"], "--timeout is above 0", id="no time"),
        pytest.param(["--timeout", "nan"], "--timeout is above 0", id="no number of seconds"),
        pytest.param(["--timeout", "inf"], "--timeout is above 0 and at most", id="more than can be waited for"),
        pytest.param(["--output", ""], "--output names a folder; found ''", id="no output"),
        pytest.param(["-p", "none", "1"], "has no parameter 'none'", id="no such parameter"),
        pytest.param(["-p", "sources", "x"], "sources is set by the command itself", id="a parameter of the command"),
        pytest.param(["--notebook", "none"], "there is no notebook 'none'; there are tiny", id="no such notebook"),
    ],
)
def test_wrong_usage_writes_nothing(options, said, tiny):
    code, lines = tiny(articles(tiny.path / "in", "a"), *options)
    assert code == 2
    assert len(lines) == 1
    assert said in lines[0]
    assert not tiny.output.exists()


@pytest.mark.parametrize(
    ("given", "said"),
    [
        pytest.param(["-p", "unit", "chapter"], "unit accepts sentence, paragraph; found 'chapter'", id="a word"),
        pytest.param(["-p", "seed", "-1"], "seed is 0 or more and min_count 1 or more; found -1 and 1", id="a number"),
        pytest.param(["-p", "aliases", "no.csv"], "'no.csv': cannot be read", id="a file"),
        pytest.param(["--map", "lead=body"], "found 'lead=body'", id="a column"),
        pytest.param(
            ["--notebook", "explore"], "explore.ipynb is for JupyterLab", id="no notebook that writes a report"
        ),
        pytest.param(["--notebook", "corpus", "-p", "jobs", "0"], "jobs is 1 or more; found 0", id="of a corpus"),
    ],
)
def test_a_setting_that_no_report_accepts_is_said_once_and_writes_nothing(given, said, tmp_path, capsys):
    source = articles(tmp_path / "in", "a", "b")
    assert main(["batch", str(source), "--output", str(tmp_path / "out"), *given]) == 2
    [line] = capsys.readouterr().err.splitlines()
    assert said in line
    assert not (tmp_path / "out").exists()


def test_a_parameter_of_an_entry_goes_before_that_of_all(tiny):
    source = tiny.path / "m.csv"
    articles(tiny.path / "in", "one")
    source.write_text("name,sources,how\na,in/one,\nb,in/one,x = 2\nc,in/one,1 / 0\n")
    code, said = tiny(source, "-p", "how", "x = 1")
    assert (code, len(said)) == (3, 1)
    told = {name: json.loads((tiny.output / name / "run.json").read_text())["parameters"]["how"] for name in "ab"}
    assert told == {"a": "x = 1", "b": "x = 2"}


def test_a_name_forges_no_line(tiny):
    source = articles(tiny.path / "in", "a", "b\nrejected: a: no\x1b[2J")
    code, said = tiny(source)
    assert code == 3
    assert len(said) == 1
    assert said[0].startswith("rejected: b\\nrejected: a: no\\x1b[2J: a path holds no line break")
    assert [line.split(" ", 1)[1][:20] for line in (tiny.output / "batch.log").read_text().splitlines()] == [
        "2 reports, 1 made al", "analysed: a", "2 of 2 reports liste",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param('"a\\0b"', "a\\x00b", id="a zero byte"),
        pytest.param('"=1+1"', "=1+1", id="a formula"),
        pytest.param('"\\u202Egnp"', "\\u202egnp", id="letters that turn the line"),
        pytest.param("東" * 300, "東" * 300, id="three hundred letters of another script"),
        pytest.param("<script>alert(1)</script>", "<script>alert(1)</script>", id="markup"),
        pytest.param("../../out of here", "../../out of here", id="a way out"),
    ],
)
def test_a_name_may_be_anything(name, shown, tiny):
    articles(tiny.path / "in", "one")
    (tiny.path / "in/one/x.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    (tiny.path / "m.yaml").write_text(f"- {{name: {name}, sources: in/one}}\n", encoding="utf-8")
    code, said = tiny(tiny.path / "m.yaml")
    assert (code, len(said)) == (3, 1)
    assert said[0].startswith(f"warned: {shown}: 1 of 2 inputs rejected: ")
    [folder] = tiny.made()
    assert (tiny.output / "index.html").read_text(encoding="utf-8").count(f"{folder}/report.html") == 1
    assert [entry["folder"] for entry in entries(tiny.output)] == [folder]


def test_the_log_goes_on_and_says_each_report(tiny):
    source = manifest(tiny.path, a="", b="1 / 0")
    assert tiny(source, "--jobs", "1")[0] == 3
    assert tiny(source, "--jobs", "1", "--quiet")[0] == 3
    lines = [line.split(" ", 1)[1] for line in (tiny.output / "batch.log").read_text().splitlines()]
    assert lines == [
        "2 reports, 0 made already or refused, 2 to make", "analysed: a",
        "rejected: b: failed at cell 4: ZeroDivisionError: division by zero", "2 of 2 reports listed",
        "2 reports, 1 made already or refused, 1 to make",
        "rejected: b: failed at cell 4: ZeroDivisionError: division by zero", "2 of 2 reports listed",
    ]  # fmt: skip


# ------------------------------------------------------------------ what is made again


def test_only_what_has_changed_is_made_again(tiny):
    source = articles(tiny.path / "in", "a", "b", "c")
    assert tiny(source) == (0, [])
    first, held = tiny.made(), contents(tiny.output)
    assert tiny(source) == (0, [])
    assert tiny.made() == first
    assert contents(tiny.output) == held
    (source / "b" / "a.txt").write_text("Another text.")
    assert tiny(source) == (0, [])
    assert [name for name, when in tiny.made().items() if when != first[name]] == ["b"]
    second = tiny.made()
    (tiny.output / "c" / "tables" / "articles.csv").unlink()
    assert tiny(source) == (0, [])
    assert [name for name, when in tiny.made().items() if when != second[name]] == ["c"]
    third = tiny.made()
    assert tiny(source, "--force") == (0, [])
    assert [name for name, when in sorted(tiny.made().items()) if when != third[name]] == ["a", "b", "c"]
    fourth = tiny.made()
    assert tiny(source, "-p", "how", "x = 1") == (0, [])
    assert [name for name, when in sorted(tiny.made().items()) if when != fourth[name]] == ["a", "b", "c"]


def test_what_failed_is_done_again_and_a_warning_is_said_again(tiny):
    source = manifest(tiny.path, a="", b=f'open("{tiny.path}/there")')
    (tiny.path / "in/one/x.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    code, said = tiny(source)
    assert (code, [line.split(":")[:2] for line in said]) == (3, [["warned", " a"], ["rejected", " b"]])
    first = tiny.made()
    (tiny.path / "there").touch()
    code, said = tiny(source)
    assert (code, [line.split(":")[:2] for line in said]) == (3, [["warned", " a"], ["warned", " b"]])
    assert tiny.made()["a"] == first["a"]
    assert sorted(tiny.made()) == ["a", "b"]


def test_what_is_made_again_is_not_made_until_it_is_done(tiny, monkeypatch):
    source = articles(tiny.path / "in", "a", "b")
    assert tiny(source) == (0, [])
    before = (source / "b" / "a.txt").read_text()
    (source / "b" / "a.txt").write_text("Another text.")
    seen = []

    def killed_in_the_middle(*_):  # the files of `b` may be of two runs now
        seen.append(sorted(ledger.read_keys(tiny.output)))
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("analysis.batch.run.work_through", killed_in_the_middle)
        assert tiny(source) == (
            130,
            [f"python -m analysis batch: interrupted; what is done is listed in {tiny.output}"],
        )
    assert seen == [["a"]]
    (source / "b" / "a.txt").write_text(before)
    first = tiny.made()
    assert tiny(source) == (0, [])
    assert [name for name, when in tiny.made().items() if when != first[name]] == ["b"]


def test_one_that_is_gone_is_listed_no_more(tiny):
    source = articles(tiny.path / "in", "a", "b")
    assert tiny(source) == (0, [])
    (source / "b" / "a.txt").unlink()
    (source / "b").rmdir()
    assert tiny(source) == (0, [])
    assert statuses(tiny.output) == {"a": "analysed"}
    assert 'href="b/report.html"' not in (tiny.output / "index.html").read_text()


def test_a_report_that_can_be_made_no_more_stays_and_is_not_passed_off_as_new(tiny):
    source = articles(tiny.path / "in", "a", "b")
    assert tiny(source) == (0, [])
    (source / "b" / "a.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(50))
    assert tiny(source)[0] == 3
    assert statuses(tiny.output) == {"a": "analysed", "b": "rejected"}
    page = (tiny.output / "index.html").read_text()
    assert (tiny.output / "b" / "report.html").exists()
    assert 'href="b/report.html"' not in page
    assert "In b/ there is still the report of an earlier run" in page
    assert entries(tiny.output)[1]["outputs"] == []


@pytest.mark.parametrize("text", ["torn", "", "{}\n", "[]\n", "\xff\n"])
def test_a_finished_report_whose_ledger_is_damaged_is_made_again(text, tiny):
    source = articles(tiny.path / "in", "a", "b")
    assert tiny(source) == (0, [])
    first = tiny.made()
    (tiny.output / "a" / "ledger.jsonl").write_bytes(text.encode("latin-1"))
    assert tiny(source) == (0, [])
    assert [name for name, when in tiny.made().items() if when != first[name]] == ["a"]


def test_a_report_whose_tables_cannot_be_read_is_named_and_stops_no_other(tiny):
    source = articles(tiny.path / "in", "a", "b")
    assert tiny(source) == (0, [])
    (tiny.output / "a" / "tables" / "keyness.parquet").write_bytes(b"none of its own: making it again leaves it there")
    code, (said,) = tiny(source)
    assert code == 3
    assert said.startswith(f"rejected: a: failed: the tables in {tiny.output / 'a'} cannot be read (")
    assert statuses(tiny.output) == {"a": "rejected", "b": "analysed"}


# ------------------------------------------------------------------ faults


@pytest.mark.parametrize("engine", ["forked", pytest.param("kernel", marks=pytest.mark.slow)])
def test_a_cell_that_kills_its_process_or_hangs_stops_no_other(engine, tiny):
    mark = f"PARALLAX_MARK_{uuid4().hex}"
    child = 'import subprocess; subprocess.Popen(["sleep", "600"])' if engine == "forked" else ""
    source = manifest(
        tiny.path, a="", dies=f"{child}\n\n    os.kill(os.getpid(), signal.SIGKILL)", exits="os._exit(0)",
        hangs=f"{child}\n\n    time.sleep(600)", z="",
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(mark, "1")
        code, said = tiny(source, "--engine", engine, "--timeout", "3" if engine == "forked" else "10", "--jobs", "2")
    assert code == 3
    assert [line.split(":")[1].strip() for line in said] == ["dies", "exits", "hangs"]
    limit = "3" if engine == "forked" else "10"
    assert [line.split("failed: ")[1] for line in said] == [
        "kernel died at cell 4", "kernel died at cell 4", f"cell 4 took longer than {limit} s",
    ]  # fmt: skip
    assert sorted(tiny.made()) == ["a", "z"]
    assert not [path for path in tiny.output.rglob("*") if path.name.startswith(".")]
    for _ in range(500):
        if not processes_with(mark):
            break
        time.sleep(0.01)
    assert processes_with(mark) == []


def test_a_report_whose_maker_dies_is_named(tiny):
    how = "os.kill(os.getppid(), signal.SIGKILL); time.sleep(600)"
    code, said = tiny(manifest(tiny.path, a="", b=how))
    assert code == 3
    assert said == ["rejected: b: failed: the process that made it died"]


def test_a_full_disk_in_a_report_ends_the_batch_and_keeps_what_is_done(tiny):
    full = f'if not os.path.exists("{tiny.path}/x"): raise OSError(28, os.strerror(28))'
    source = manifest(tiny.path, a="", b=full, c="")
    code, said = tiny(source, "--jobs", "1")
    assert code == 5
    assert said == ["python -m analysis batch: cannot write the output: [Errno 28] No space left on device"]
    assert statuses(tiny.output) == {"a": "analysed", "b": "rejected"}
    assert "2 of 3 reports listed" in (tiny.output / "batch.log").read_text()
    (tiny.path / "x").touch()
    first = tiny.made()
    assert tiny(source, "--jobs", "1") == (0, [])
    assert tiny.made()["a"] == first["a"]
    assert sorted(tiny.made()) == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("number", "ends"),
    [
        (errno.ENOSPC, True),
        (errno.EDQUOT, True),
        (errno.EROFS, True),
        (errno.EFBIG, True),
        (errno.EIO, True),
        (errno.EACCES, False),
    ],
)
@pytest.mark.parametrize("told", [pytest.param(True, id="by a notebook"), pytest.param(False, id="by the page")])
def test_what_ends_a_batch_since_nothing_can_be_written(number, ends, told, tmp_path, monkeypatch):
    whole = OSError(number, os.strerror(number))

    def fail(*_, **__):
        raise OSError(str(whole)) if told else whole  # of what a notebook raises only the text is left

    monkeypatch.setattr("analysis.report.run_notebook", fail)
    job = Job("in/a", None, "a", "a", ("in/a",))
    outcome = make_report(job, tmp_path / "n.ipynb", {}, str(tmp_path / "a"), engine="forked", seconds=1)
    assert (outcome.status, outcome.unwritable) == ("rejected", ends)
    assert outcome.reason == f"cannot be written: {whole}"
    assert not (tmp_path / "a").exists()


def test_a_report_that_may_not_write_elsewhere_stops_no_other(tiny):
    code, said = tiny(manifest(tiny.path, a="raise PermissionError(13, os.strerror(13))", b=""))
    assert (code, said) == (3, ["rejected: a: cannot be written: [Errno 13] Permission denied"])


@pytest.mark.parametrize("name", ["append", "write"])
def test_a_full_disk_at_the_ledger(name, tiny, monkeypatch):
    source = articles(tiny.path / "in", "a", "b")

    def full(*_):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "ledger.jsonl")

    with monkeypatch.context() as patch:
        patch.setattr(ledger, name, full)
        code, said = tiny(source)
    assert code == 5
    assert said == ["python -m analysis batch: cannot write the output ledger.jsonl: No space left on device"]
    assert tiny(source) == (0, [])
    held = contents(tiny.output)
    assert tiny(source, "--force") == (0, [])
    assert contents(tiny.output) == held


def test_files_that_may_not_grow(tiny):
    source = articles(tiny.path / "in", "a")
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3000, resource.RLIM_INFINITY))"
    done = tiny.start(source, first=limit)
    out, err = done.communicate(timeout=60)
    assert (done.returncode, out) == (5, "")
    assert err.splitlines()[0].startswith("python -m analysis batch: cannot write the output")
    assert len(err.splitlines()) == 1
    assert tiny.made() == {}
    assert tiny(source) == (0, [])
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] == resource.RLIM_INFINITY


@pytest.mark.parametrize(
    "place", [pytest.param("/proc/none", id="read-only"), pytest.param("file", id="a file in its place")]
)
def test_an_output_that_cannot_be_written(place, tiny):
    (tiny.path / "file").touch()
    tiny.output = tiny.path / place
    code, said = tiny(articles(tiny.path / "in", "a"))
    assert code == 5
    assert len(said) == 1
    assert said[0].startswith(f"python -m analysis batch: cannot write the output {tiny.path / place}: ")


def test_two_batches_in_one_folder(tiny):
    source = articles(tiny.path / "in", "a")
    with locked(tiny.output):
        code, said = tiny(source)
    assert code == 4
    assert len(said) == 1
    assert f"another run is writing to {tiny.output}; wait for it" in said[0]
    assert tiny(source) == (0, [])


def test_a_report_that_is_being_written_by_another_is_left_to_it(tiny):
    source = articles(tiny.path / "in", "a", "b")
    with locked(tiny.output / "a"):
        code, said = tiny(source)
    assert code == 3
    assert len(said) == 1
    assert said[0].startswith("rejected: a: another run is writing to ")
    assert sorted(tiny.made()) == ["b"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("number", "code", "said"),
    [
        pytest.param(signal.SIGINT, 130, "interrupted; what is done is listed in", id="interrupted"),
        pytest.param(signal.SIGTERM, 143, "terminated; what is done is listed in", id="terminated"),
        pytest.param(signal.SIGKILL, -9, "", id="killed"),
    ],
)
def test_a_batch_that_is_stopped_keeps_what_is_done_and_goes_on(number, code, said, tiny):
    wait = f'open("{tiny.path}/on", "w"); time.sleep(0 if os.path.exists("{tiny.path}/go") else 600)'
    source = manifest(tiny.path, a="", b=wait, c="")
    mark = f"PARALLAX_MARK_{uuid4().hex}"
    done = tiny.start(source, "--jobs", "1", env=os.environ | {mark: "1"})
    wait_for(tiny.path / "on")
    done.send_signal(number)
    out, err = done.communicate(timeout=60)
    assert (done.returncode, out) == (code, "")
    assert err.splitlines() == ([f"python -m analysis batch: {said} {tiny.output}"] if said else [])
    assert statuses(tiny.output) == {"a": "analysed"}
    for _ in range(500):
        if not processes_with(mark):
            break
        time.sleep(0.01)
    assert processes_with(mark) == []
    (tiny.path / "go").touch()
    first = tiny.made()
    assert tiny(source, "--jobs", "1") == (0, [])
    assert tiny.made()["a"] == first["a"]
    held = contents(tiny.output)
    assert not [name for name in held if "/." in f"/{name}"]
    tiny.output = tiny.path / "undisturbed"
    assert tiny(source) == (0, [])
    assert contents(tiny.output) == held


@pytest.mark.slow
def test_a_batch_that_is_killed_at_any_moment_ends_as_an_undisturbed_one(tiny):
    source = articles(tiny.path / "in", "a", "b", "c")
    undisturbed = Tiny(tiny.path / "other", tiny._capsys)
    assert undisturbed(source) == (0, [])
    for moment in ("a/.stage/tables/articles.parquet", "b/report.html", "index.html"):
        done = tiny.start(source, "--jobs", "2")
        wait_for(tiny.output / moment)
        done.kill()
        done.communicate(timeout=60)
    assert tiny(source, "--jobs", "2") == (0, [])
    assert contents(tiny.output) == contents(undisturbed.output)


@pytest.mark.slow
def test_without_a_terminal_nothing_moves_the_cursor_and_closed_streams_are_no_trouble(tiny):
    source = articles(tiny.path / "in", "a")
    done = tiny.start(source)
    assert done.communicate(timeout=60) == (f"{tiny.output / 'index.html'}\n", "")
    done = tiny.start(source, "--force", first="sys.stdout = sys.stderr = None; os.close(1); os.close(2)")
    assert done.communicate(timeout=60) == ("", "")
    assert done.returncode == 0


@pytest.mark.slow
@pytest.mark.parametrize("options", [pytest.param([], id="a bar"), pytest.param(["--quiet"], id="quiet")])
def test_on_a_terminal_a_bar_has_rate_and_time_left(options, tiny):
    source = articles(tiny.path / "in", "a", "b")
    own, other = os.openpty()
    termios.tcsetwinsize(own, (24, 100))
    done = tiny.start(source, "--jobs", "1", *options, stdout=subprocess.DEVNULL, stderr=other)
    os.close(other)
    said = b""
    while True:
        try:
            read = os.read(own, 10_000)
        except OSError:  # so ends a terminal
            break
        if not read:
            break
        said += read
    os.close(own)
    assert done.wait(timeout=60) == 0
    if options:
        assert said == b""
    else:
        assert b"2/2" in said
        assert b"report/s" in said or b"s/report" in said
        assert b"<" in said
