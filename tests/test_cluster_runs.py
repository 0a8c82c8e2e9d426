"""`batch` and `measure` on a cluster: what comes out is what comes out on this machine, byte for byte."""

import json
import os
import signal
from pathlib import Path

import pandas as pd
import pytest
from batches import Tiny, contents, processes_with
from clusters import cluster
from conftest import put

from analysis.__main__ import main
from analysis.cluster.apart import do_apart, end_idle
from analysis.parts.run import Settings, measure_sources
from analysis.parts.spool import Size

pytestmark = pytest.mark.slow
PNG = b"\x89PNG\r\n\x1a\n" + bytes(50)


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    with cluster(tmp_path_factory.mktemp("cluster"), n=2) as made:
        yield made


# ------------------------------------------------------------------ batch


@pytest.fixture
def tiny(tmp_path, capsys):
    return Tiny(tmp_path, capsys)


def told(folder, name):
    """What a run says of itself, but for its times."""
    said = json.loads((folder / name / "run.json").read_text())
    return {key: value for key, value in said.items() if key not in ("started", "seconds")}


def test_reports_are_those_of_this_machine(two, tiny):
    source = tiny.path / "in"
    put(source / "plain/a.txt", "One. Two.")
    put(source / "plain/articles.csv", "article_id,outlet\na,Gazette\n")
    put(source / "warned/a.txt", "One.")
    put(source / "warned/b.txt", PNG)
    put(source / "none/b.txt", PNG)
    put(source / "pipe/a.txt", "One.")
    os.mkfifo(source / "pipe/b.txt")  # cannot travel: made here
    put(source / "odd name 'é'/a.txt", "One.")
    manifest = tiny.path / "m.yaml"
    entries = dict.fromkeys(("plain", "warned", "none", "pipe", "odd name 'é'"), "")
    entries |= {
        "fails": "1 / 0",
        "dies": "os.kill(os.getpid(), signal.SIGKILL)",
        "changes its process": "os.environ['HOME'] = 'x'; os.umask(0)",
        "reads": f"open({str(source / 'plain/a.txt')!r})",
    }
    manifest.write_text(json.dumps([
        {"name": name, "sources": f"in/{name if (source / name).exists() else 'plain'}", "parameters": {"how": how}}
        for name, how in entries.items()
    ]))  # fmt: skip
    here = tiny(manifest, "--jobs", "2")
    tiny.output.rename(tiny.path / "local")
    there = tiny(manifest, "--scheduler", two.address)
    assert there == here
    assert here[0] == 3
    local, far = contents(tiny.path / "local"), contents(tiny.output)
    assert sorted(far) == sorted(local)
    assert [name for name in local if far[name] != local[name]] == []
    for name in sorted(path.parent.name for path in tiny.output.glob("*/run.json")):
        assert told(tiny.output, name) == told(tiny.path / "local", name)
        for file in ("ledger.jsonl", "run.lock"):
            assert (tiny.output / name / file).read_text() == (tiny.path / "local" / name / file).read_text()
    assert (tiny.output / "ledger.jsonl").read_text() == (tiny.path / "local" / "ledger.jsonl").read_text()
    assert tiny(manifest, "--scheduler", two.address) == here  # of what is made already, nothing is made again


#: Kills the worker of the report that runs this, once.
KILL = """
number = os.getpid()
while b"spawn_main" not in open(f"/proc/{{number}}/cmdline", "rb").read():
    number = int(open(f"/proc/{{number}}/stat").read().rsplit(")", 1)[1].split()[1])
if not os.path.exists({mark!r}):
    open({mark!r}, "w").close()
    os.kill(number, signal.SIGKILL)
    time.sleep(600)
"""


def test_a_worker_that_is_killed_while_it_makes_a_report_costs_none(two, tiny):
    put(tiny.path / "in/one/a.txt", "One.")
    mark = tiny.path / "mark"
    how = {"a": "", "b": KILL.format(mark=str(mark)), "c": ""}
    entries = [{"name": name, "sources": "in/one", "parameters": {"how": code}} for name, code in how.items()]
    put(tiny.path / "m.yaml", json.dumps(entries))
    assert tiny(tiny.path / "m.yaml", "--scheduler", two.address) == (0, [])
    assert mark.exists()
    assert sorted(tiny.made()) == ["a", "b", "c"]


def test_a_kernel_may_run_the_cells(two, tiny):
    put(tiny.path / "in/one/a.txt", "One.")
    assert tiny(tiny.path / "in", "--engine", "kernel", "--scheduler", two.address) == (0, [])
    assert sorted(tiny.made()) == ["one"]


def test_an_unreachable_scheduler_writes_nothing(tiny, capsys):
    put(tiny.path / "in/one/a.txt", "One.")
    code, said = tiny(tiny.path / "in", "--scheduler", "nonsense")
    assert (code, len(said)) == (2, 1)
    assert "--scheduler is an address as tcp://10.0.0.1:8786" in said[0]
    code = main(["measure", str(tiny.path / "in"), "--output", str(tiny.output), "--scheduler", "nonsense"])
    assert (code, capsys.readouterr().err.count("\n")) == (2, 1)
    assert not tiny.output.exists()


# ------------------------------------------------------------------ a process beside this one


def nothing():
    pass


def numbers(job, folder):
    Path(folder, "x").touch()
    return job, os.getpid(), os.getppid(), folder


def dies(job, _):
    os.kill(os.getppid() if job == "beside" else os.getpid(), signal.SIGKILL)


@pytest.fixture
def _seen(monkeypatch):
    """Let a process beside this one find this file."""
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parent), prepend=os.pathsep)
    yield
    end_idle()


@pytest.mark.usefixtures("_seen")
def test_each_job_has_a_process_and_a_folder_of_its_own(tmp_path):
    first, second = (do_apart(nothing, numbers, job, str(tmp_path)) for job in "ab")
    assert (first[0], second[0]) == ("a", "b")
    assert first[1] != second[1]
    assert first[2] == second[2] != os.getpid()  # forks of the same process, which is not this one
    assert [*tmp_path.iterdir()] == []


@pytest.mark.usefixtures("_seen")
def test_a_job_whose_process_dies_gives_nothing(tmp_path):
    assert do_apart(nothing, dies, "itself", str(tmp_path)) is None
    assert do_apart(nothing, numbers, "a", str(tmp_path))[0] == "a"
    assert do_apart(nothing, dies, "beside", str(tmp_path)) is None
    assert do_apart(nothing, numbers, "b", str(tmp_path))[0] == "b"


# ------------------------------------------------------------------ measure


def corpus(path, n=10):
    """Records with texts that differ, one of them without a text, and two with the same id."""
    texts = [f"The mayor said on day {'I' * number} that the bridge will close. “No,” she said." for number in range(n)]
    records = [
        {"id": f"a{number % (n - 1)}", "text": text, "topic": "x" * (number % 3)} for number, text in enumerate(texts)
    ]
    records.insert(4, {"id": "no text"})
    put(path, "".join(json.dumps(record) + "\n" for record in records))


def measured(output, scheduler=None, **chosen):
    settings = {"clean": "on", "attribution": "rules"} | chosen
    given = Settings(("in.jsonl",), "", settings, jobs=2, quiet=True, size=Size(3), scheduler=scheduler)
    ledger = []
    assert measure_sources(given, output.absolute(), ledger.append) == 10
    return contents(output), pd.concat(ledger)


@pytest.mark.parametrize(
    "chosen",
    [
        pytest.param({"attribution": "accurate"}, id="everything"),
        pytest.param({"measures": "terms,readability", "attribution": "none"}, id="some measures"),
        pytest.param({"attribution": "own"}, id="a model of one's own"),
    ],
)
def test_tables_are_those_of_this_machine(chosen, two, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    corpus("in.jsonl")
    if chosen["attribution"] == "own":
        from analysis.attribution.trained.files import MODELS

        Path("own").symlink_to(MODELS / "accurate")
    local, ledger = measured(tmp_path / "local", **chosen)
    far, ledger_far = measured(tmp_path / "far", two.address, **chosen)
    assert sorted(name for name in far if name.startswith("tables/articles.parquet/")) == [
        f"tables/articles.parquet/part-0000{number}.parquet" for number in range(4)
    ]
    assert sorted(local) == sorted(far)
    assert [name for name in local if local[name] != far[name]] == []
    pd.testing.assert_frame_equal(ledger, ledger_far)


def test_no_process_is_left(tmp_path):
    with cluster(tmp_path, n=1) as made:
        assert made.address
    assert processes_with(str(tmp_path)) == []
