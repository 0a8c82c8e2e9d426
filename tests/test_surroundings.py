"""What surrounds a run changes nothing of it, and what disturbs it costs nothing: `measure`, `report` and `batch`."""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd
import pytest
from batches import contents, processes_with
from conftest import put, run

from analysis.folder import LOCK, STAGE
from analysis.memory import LEAST, LEAST_OF_OTHERS
from analysis.paths import PROJECT

pytestmark = pytest.mark.slow

ARTICLES = {
    "in/bridge/ann.txt": "The mayor opened the bridge on Monday. “It is safe,” the mayor said. Nobody was hurt.\n",
    "in/bridge/bob.txt": "The bridge opened late. Critics said the mayor had hidden the cost of 5 million – İt ıs.\n",
    "in/bridge/articles.csv": "article_id,outlet,published\nann,Gazette,2026-05-04\nbob,Courier,2026-05-05\n",
}
COMMANDS = {
    "measure": ("measure", "in/bridge", "--attribution", "rules"),
    "report": ("report", "in/bridge", "-p", "attribution", "rules"),
    "batch": ("batch", "in", "-p", "attribution", "rules", "--jobs", "1"),
}
#: Python runs this first: of folders, the last name comes first.
BACKWARDS = """
import os
scan, listed = os.scandir, os.listdir
class Scanned(list):
    __enter__ = lambda self: self
    __exit__ = close = lambda self, *_: None
    __next__ = lambda self: self.pop()
    __iter__ = lambda self: iter(sorted(list.__iter__(self), key=lambda entry: entry.name, reverse=True))
os.scandir = lambda *given: Scanned(scan(*given))
os.listdir = lambda *given: sorted(listed(*given), reverse=True)
"""
#: Python runs this first: the run is killed, by whichever of its processes, when it is about to name a file so.
KILLED = """
import os, signal, sys
first = os.getpid()
def watch(event, arguments):
    if event in ("os.rename", "os.mkdir") and str(arguments[event == "os.rename"]).endswith(os.environ["KILLED_AT"]):
        os.kill(first, signal.SIGKILL)
sys.addaudithook(watch)
"""


def least(command):
    """The bytes of addresses with which a command begins."""
    return LEAST.get(command, LEAST_OF_OTHERS)


@pytest.fixture(scope="module")
def place():
    """A folder with articles in it, which any user can enter, read and write."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in ARTICLES.items():
            put(Path(folder, name), text)
        for path in (Path(folder), *Path(folder).rglob("*")):
            path.chmod(0o777 if path.is_dir() else 0o666)
        yield Path(folder)


@pytest.fixture(scope="module", params=COMMANDS)
def undisturbed(request, place):
    """The name of a command, and what it has written when nothing disturbed it."""
    done = started(place, request.param, place / f"{request.param} undisturbed")
    assert (done.returncode, done.stderr) == (0, "")
    return request.param, contents(place / f"{request.param} undisturbed")


def started(place, command, output, *, sources=(), within=(), variables=None, **settings):
    """Run a command in a folder, on other sources or inside another command if some are given."""
    variables = {**os.environ, **(variables or {})}
    variables["PYTHONPATH"] = os.pathsep.join([*variables.get("PYTHONPATH", "").split(os.pathsep), str(PROJECT)])
    name, source, *options = COMMANDS[command]
    words = [*within, sys.executable, "-m", "analysis", name, *(sources or [source]), *options, "--output", str(output)]
    settings = {"capture_output": True, "text": True, "timeout": 240} | settings
    return subprocess.run(words, check=False, cwd=place, env=variables, **settings)


def same(there, here):
    """Hold two runs against each other, file by file."""
    assert there.keys() == here.keys()
    assert not [name for name, data in there.items() if data != here[name]]


# ------------------------------------------------------------------ surroundings


def test_variables_folders_and_little_memory_change_no_byte(undisturbed, place, tmp_path):
    """No home, another language, time zone and hash seed, folders listed backwards, the least memory."""
    command, expected = undisturbed
    put(tmp_path / "sitecustomize.py", BACKWARDS)
    unset = ("HOME", "MPLCONFIGDIR", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "LANG", "LC_CTYPE")
    variables = dict.fromkeys(unset) | {
        "LC_ALL": "tr_TR.UTF-8" if "tr_TR.utf8" in known_locales() else "C", "PYTHONCOERCECLOCALE": "0",
        "PYTHONUTF8": "0", "TZ": "Pacific/Kiritimati", "PYTHONHASHSEED": "7", "PYTHONPATH": str(tmp_path),
    }  # fmt: skip
    words = ["env", *(f"--unset={name}" for name in unset)]
    done = started(
        place, command, place / f"{command} elsewhere", within=words,
        variables={name: text for name, text in variables.items() if text},
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (least(command), least(command))),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")
    same(contents(place / f"{command} elsewhere"), expected)


def known_locales():
    if shutil.which("locale") is None:
        return []
    return subprocess.run(["locale", "-a"], check=True, capture_output=True, text=True).stdout.split()


@pytest.fixture(scope="module")
def confined():
    """The words of a command inside which there is no network, and package and libraries can only be read.

    Where that can be had, by another user, to whom nothing belongs.
    """
    if shutil.which("unshare") is None:
        pytest.skip("unshare, of util-linux, is not installed")
    folders = {str(PROJECT), sys.prefix, *(path for path in sys.path if path.endswith("-packages"))}
    bound = " && ".join(
        f"mount --bind {path!r} {path!r} && mount -o remount,bind,ro {path!r}" for path in sorted(folders)
    )
    words = ["unshare", "-n", "-m"] if os.geteuid() == 0 else ["unshare", "-r", "-n", "-m"]
    words += ["sh", "-c", f'{bound} && exec "$@"', "sh"]
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip("setpriv, of util-linux, is not installed")
        words += ["setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"]
    tried = subprocess.run([*words, "true"], check=False, capture_output=True, text=True)
    if tried.returncode:
        pytest.skip(f"this system lets nobody be confined: {tried.stderr.strip()}")
    if subprocess.run([*words, "test", "-r", __file__], check=False).returncode:
        pytest.skip(f"another user may not read {PROJECT}")
    return words


def test_the_confinement_confines(confined):
    """Else the test after this one would say nothing."""
    script = f"""
import os, socket
for folder in ({str(PROJECT)!r}, {str(Path(pytest.__file__).parent)!r}):
    try:
        open(folder + "/written", "w")
    except OSError as problem:
        print(problem.errno)
try:
    socket.create_connection(("127.0.0.1", 9), 1)
except OSError as problem:
    print("no network" if problem.errno == 101 else problem)
print(os.geteuid())
"""
    done = subprocess.run([*confined, sys.executable, "-c", script], check=False, capture_output=True, text=True)
    *refused, network, user = done.stdout.splitlines()
    assert (len(refused), network) == (2, "no network"), done.stderr
    assert user == ("65534" if os.geteuid() == 0 else "0")  # root of nothing but its own name space


def test_without_network_and_rights_it_is_the_same(undisturbed, confined, place):
    command, expected = undisturbed
    done = started(place, command, place / f"{command} confined", within=confined)
    assert (done.returncode, done.stderr) == (0, "")
    same(contents(place / f"{command} confined"), expected)


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize(
    "share", [pytest.param(0.1, id="not even for the libraries"), pytest.param(1, id="a byte too little")]
)
def test_too_little_memory_is_one_line(command, share, place):
    size = int(least(command) * share) - 1
    done = started(
        place, command, place / "none", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (size, size))
    )
    assert (done.returncode, done.stdout) == (5, "")
    (line,) = done.stderr.splitlines()
    assert line.startswith(
        f"python -m analysis {command}: not enough memory: this process may have {size:,} bytes (ulimit -v); "
    )
    assert not (place / "none").exists()


# ------------------------------------------------------------------ a report that is disturbed


@pytest.fixture(scope="module")
def expected(place):
    """What an undisturbed report has written."""
    folder = place / "report undisturbed"
    if not folder.exists():  # the tests above may have made it
        assert started(place, "report", folder).returncode == 0
    return contents(folder)


def test_a_report_that_is_killed_at_any_moment_ends_as_an_undisturbed_one(expected, place, tmp_path):
    """When it begins, while its notebook writes tables, while it moves files in, and before the last of them."""
    put(tmp_path / "sitecustomize.py", KILLED)
    output = place / "killed"
    for moment in (
        f"killed/{STAGE}",
        f"{STAGE}/tables/articles.csv",
        "killed/tables/keyness.csv",
        "killed/ledger.jsonl",
    ):
        done = started(
            place, "report", output, variables={"KILLED_AT": moment, "PYTHONPATH": str(tmp_path)}, timeout=120
        )
        assert (done.returncode, done.stdout, done.stderr) == (-9, "", ""), moment
        assert not (output / "ledger.jsonl").exists(), "it says that all is in place"
        for name, data in contents(output).items():
            assert name.startswith(STAGE) or data == expected[name], "something is half written"
        ended(str(output))
    done = started(place, "report", output)
    assert (done.returncode, done.stderr) == (0, "")
    same(contents(output), expected)
    assert not (output / STAGE).exists()


def ended(text):
    """Wait until no process is left that was told a text."""
    for _ in range(500):
        if not processes_with(text):
            return
        time.sleep(0.02)
    pytest.fail("a process outlives the run")


def test_of_two_reports_in_one_folder_one_finishes_though_nobody_reads_what_it_says(expected, place):
    output = place / "two"
    words = [sys.executable, "-m", "analysis", *COMMANDS["report"], "--output", str(output)]
    variables = os.environ | {"PYTHONPATH": str(PROJECT)}
    with subprocess.Popen(["sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *words], cwd=place, env=variables) as first:
        while not (output / STAGE).exists():
            assert first.poll() is None
            time.sleep(0.01)
        first.send_signal(19)  # SIGSTOP: however slow the machine is, it is not done before the other has tried
        second = started(place, "report", output)
        first.send_signal(18)
        assert first.wait(timeout=120) == 0
    assert (second.returncode, second.stdout) == (4, "")
    assert second.stderr == (
        f"python -m analysis report: another run is writing to {output}; wait for it or choose another --output\n"
    )
    same(contents(output), expected)


def test_a_full_disk_leaves_an_earlier_report_as_it_was_and_the_next_run_completes(expected, place):
    output = place / "full"
    put(output / LOCK, "summary.md\n")
    put(output / "summary.md", "of an earlier run")
    size = len(expected["report.html"]) // 2
    done = started(place, "report", output, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert (done.returncode, done.stdout) == (5, "")
    assert len(done.stderr.splitlines()) == 1
    assert "cannot write the output" in done.stderr
    assert contents(output) == {"summary.md": b"of an earlier run"}
    done = started(place, "report", output)
    assert (done.returncode, done.stderr) == (0, "")
    same(contents(output), expected)


# ------------------------------------------------------------------ sources that do not hold still


#: Python runs this first: when the run opens one article, something is done to a source.
MOVING = """
import os, sys
first = os.getpid()
def watch(event, arguments):
    if event == "open" and str(arguments[0]).endswith("ann.txt") and "r" in str(arguments[1]):
        {done}
sys.addaudithook(watch)
"""
GONE = "os.path.exists('in/bridge/bob.txt') and os.unlink('in/bridge/bob.txt')"
CUT = "os.truncate('in/bridge/ann.txt', os.path.getsize('in/bridge/ann.txt') - 1)"
CHANGED = "changed while it was read; the same command again reads it as it is then"


@pytest.mark.parametrize(
    ("command", "done", "bad", "said"),
    [
        pytest.param("measure", GONE, "bob", "cannot be read (No such file or directory)", id="measure, one is gone before it is opened"),
        pytest.param("measure", CUT, "ann", CHANGED, id="measure, one is cut while it is read"),
        pytest.param("report", f"if os.getpid() != first: {GONE}", "bob", "cannot be read (No such file or directory)", id="report, one is gone when its notebook reads"),
        pytest.param("batch", CUT, "ann", CHANGED, id="batch, one is cut while it is read"),
    ],
)  # fmt: skip
def test_a_source_that_does_not_hold_still_is_named_and_the_others_are_kept(command, done, bad, said, tmp_path):
    names = ("ann", "bob", "cid", "dan")
    for name in names:
        put(tmp_path / f"in/bridge/{name}.txt", ARTICLES["in/bridge/bob.txt"] + f"So says {name}.\n")
    put(tmp_path / "path/sitecustomize.py", MOVING.format(done=done))
    sources = [f"in/bridge/{name}.txt" for name in names] if command == "report" else []
    ran = started(
        tmp_path, command, tmp_path / "out", sources=sources, variables={"PYTHONPATH": str(tmp_path / "path")}
    )
    assert ran.returncode == 3, ran.stderr
    (line,) = ran.stderr.splitlines()
    assert line.endswith(f"in/bridge/{bad}.txt: {said}")
    (table,) = (tmp_path / "out").rglob("articles.parquet")
    assert pd.read_parquet(table)["article_id"].tolist() == [name for name in names if name != bad]


def test_what_is_missing_to_run_at_all_is_one_line(tmp_path):
    put(tmp_path / "pandas.py", "raise ModuleNotFoundError(\"No module named 'pandas'\", name='pandas')")
    done = run("measure", "seeds", "--output", tmp_path / "out", env=os.environ | {"PYTHONPATH": str(tmp_path)})
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        "python -m analysis measure: No module named 'pandas'; requirements.txt lists what has to be installed\n"
    )
