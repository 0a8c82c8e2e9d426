"""The forked engine: a notebook's outputs are those of a kernel, its process is gone when it ends, and nothing leaks."""

import ast
import contextlib
import io
import json
import os
import random
import re
import select
import signal
import subprocess
import sys
import textwrap
import tomllib
import warnings
from pathlib import Path

import matplotlib.pyplot as plt
import nbformat
import numpy as np
import papermill
import pytest
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill.engines import papermill_engines

from analysis.folder import staged
from analysis.forked.engine import ForkedEngine
from analysis.paths import PROJECT
from analysis.report import find_notebook, run_notebook, save_report
from analysis.workers.process import fork

papermill_engines.register("forked", ForkedEngine)
_COLOURS = re.compile(r"\x1b\[[0-9;]*m")
_OWN_NAMES = re.compile(r"/tmp/ipykernel_\d+/\d+\.py|<ipython-input-\d+-\w+>|\b\d+\.py|0x[0-9a-f]+")


def notebook(*cells, tags=()):
    """A notebook of these cells, each a code cell with these tags."""
    made = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell(cell, metadata={"tags": list(tags)}) for cell in cells]
    )
    made.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    made.metadata.papermill = {}
    return made


def execute(made, engine="forked", seconds=60, **more):
    """Run all cells, whatever they raise: the engine alone, since papermill refuses a notebook that shows an error."""
    return papermill_engines.execute_notebook_with_engine(
        engine, made, "python3", progress_bar=False, execution_timeout=seconds, **more
    )


def run_cells(*cells, **settings):
    return execute(notebook(*cells), **settings).cells


def value(cell):
    """What the last expression of a cell was."""
    assert [output.output_type for output in cell.outputs] == ["execute_result"], cell.outputs
    return ast.literal_eval(cell.outputs[0].data["text/plain"])


def shown(cell):
    """What stands under a cell, without what differs between any two runs: addresses, names of files, colours."""
    streams = dict.fromkeys(("stdout", "stderr"), "")
    rest = []
    for output in cell.outputs:
        if output.output_type == "stream":  # a kernel sends the two by turns, as it comes to it
            streams[output.name] += output.text
        elif output.output_type == "error":
            rest.append(("error", output.ename, output.evalue, _COLOURS.sub("", output.traceback[-1])))
        else:
            rest.append((output.output_type, dict(output.data), dict(output.metadata), output.get("execution_count")))
    return json.loads(_OWN_NAMES.sub("_", json.dumps([cell.execution_count, streams, rest])))


def ended(number):
    """Whether a process ends, or has ended: half a minute is for whoever kills it to be obeyed."""
    try:
        watched = os.pidfd_open(number)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([watched], [], [], 30)[0])
    finally:
        os.close(watched)


def script(text, *arguments, **settings):
    """Run Python in a process of its own, which knows this file as `here`."""
    start = f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\nimport test_forked as here\n"
    settings = {"capture_output": True, "text": True, "timeout": 120, "cwd": PROJECT} | settings
    command = [sys.executable, "-c", start + textwrap.dedent(text), *map(str, arguments)]
    return subprocess.run(command, check=False, **settings)


# ------------------------------------------------------------------ the same as a kernel

KINDS = {
    "value": "1 + 1",
    "both streams and a value": "import sys\nprint('a')\nprint('b', file=sys.stderr)\nprint('c', end='')\n3",
    "display and HTML": "from IPython.display import HTML, display\ndisplay('d')\ndisplay(HTML('<b>h</b>'))",
    "display with a name": "handle = display('before', display_id='named')",
    "update of an earlier cell": "handle.update('after')",
    "update in the same cell": "display(1, display_id='own'); display(2, display_id='own', update=True)",
    "clear_output": "from IPython.display import clear_output\nprint('gone')\nclear_output()\nprint('kept')",
    "clear_output that waits": "display('gone')\nclear_output(wait=True)\nprint('kept')",
    "clear_output that waits in vain": "display('kept')\nclear_output(wait=True)",
    "inline figures": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]);",
    "two figures": "plt.figure(figsize=(1, 1)); plt.figure(figsize=(1, 2)); None",
    "svg figures": "%config InlineBackend.figure_format = 'svg'\nplt.rcParams['svg.hashsalt'] = 'a'\nplt.title('svg'); print('s');",
    "png again": "plt.close('all')\n%config InlineBackend.figure_format = 'png'",
    "table": "import pandas as pd\npd.DataFrame({'a': [1.5, None], 'b': ['x', '<y>']})",
    "await": "import asyncio\nawait asyncio.sleep(0)\nasync def answer():\n    return 42\nawait answer()",
    "shell": "!echo from the shell",
    "shell into a name": "lines = !echo caught\nlines[0]",
    "bash": "%%bash\necho out\necho err >&2",
    "captured": "%%capture kept\nprint('caught')",
    "what was captured": "kept.stdout",
    "html magic": "%%html\n<i>x</i>",
    "semicolon": "5;",
    "last value": "_, Out[1], In[1]",
    "None": "None",
    "comment": "# nothing",
    "blank": " \n ",
    "loop of displays": "for i in range(3): display(i)",
    "carriage return": "print('a', end='\\r'); print('b')",
    "warning": "import warnings\nwarnings.warn('careful', stacklevel=1)",
    "log": "import logging\nlogging.getLogger('own').warning('logged')",
    "image": "from IPython.display import Image\nImage(b'\\x89PNG\\r\\n\\x1a\\n', format='png')",
    "raw data": "display({'application/json': {'a': [1]}, 'text/plain': 't'}, raw=True)",
    "long text": "print('y' * 300_000)",
    "long value": "list(range(2000))",
    "class": "class Outer:\n    class Inner:\n        def __repr__(self):\n            return 'inner'\nOuter.Inner()",
    "nested functions": "def outer(n):\n    return lambda m: n * m\nouter(2)(3)",
    "pickle": "import pickle\ndef double(n):\n    return 2 * n\npickle.loads(pickle.dumps(double))(4), type(pickle.loads(pickle.dumps(Outer()))).__name__",
    "main": "import sys\n__name__, double.__module__, sys.modules['__main__'].double is double",
    "fork": "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n    print(pool.map(double, range(3)))",
    "spawn": "with multiprocessing.get_context('spawn').Pool(1) as pool:\n    print(pool.map(abs, [-1]))",
    "executor": "from concurrent.futures import ProcessPoolExecutor\nwith ProcessPoolExecutor(1) as pool:\n    print(list(pool.map(double, [1])))",
    "threads": "import threading\nt = threading.Thread(target=print, args=('thread',))\nt.start()\nt.join()",
    "subprocess": "import subprocess\nsubprocess.run([sys.executable, '-c', 'print(7)'], capture_output=True, text=True).stdout",
    "stream": "sys.stdout.write('w'), sys.stdout.isatty(), sys.stdout.encoding.lower()",
    "module beside the notebook": "import beside\nbeside.WORD",
    "error": "1 / 0",
    "error in a function": "def fails():\n    raise ValueError('é')\nfails()",
    "assert": "assert 1 == 2, 'message'",
    "syntax error": "def (",
    "keyboard interrupt": "raise KeyboardInterrupt",
    "exit": "sys.exit(3)",
    "str that raises": "class Mute(Exception):\n    def __str__(self):\n        raise KeyError('no')\nraise Mute()",
    "after an error": "'goes on'",
}  # fmt: skip


@pytest.mark.slow
def test_outputs_are_those_of_a_kernel(tmp_path, monkeypatch):
    """One run of each for all kinds of cells, in a folder with a module that the notebook imports."""
    (tmp_path / "beside.py").write_text("WORD = 'here'\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "0")  # the date of a drawing
    monkeypatch.syspath_prepend(PROJECT)
    runs = {
        engine: execute(notebook(*KINDS.values(), tags=["raises-exception"]), engine)
        for engine in ("nbclient", "forked")
    }
    by_kernel, by_fork = (dict(zip(KINDS, map(shown, runs[engine].cells), strict=True)) for engine in runs)
    assert by_fork == by_kernel
    assert runs["forked"].metadata.language_info == runs["nbclient"].metadata.language_info
    assert all(cell.metadata.papermill.status == "completed" for cell in runs["forked"].cells)
    nbformat.validate(runs["forked"])


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        pytest.param("print('\\ud800')", "\\ud800\n", id="printed"),
        pytest.param("from IPython.display import HTML\nHTML('\\ud800')", "\\ud800", id="displayed"),
        pytest.param("raise ValueError('\\ud800')", "\\ud800", id="raised"),
        pytest.param("print('\\U0001f600 é')", "\U0001f600 é\n", id="a whole character stays"),
    ],
)
def test_half_a_pair_of_surrogates_is_written_out(cell, expected, tmp_path):
    """No file can hold it."""
    done = execute(notebook(cell), output_path=str(tmp_path / "out.ipynb"))
    [output] = nbformat.read(tmp_path / "out.ipynb", 4).cells[0].outputs
    assert output == done.cells[0].outputs[0]
    assert (output.get("text") or output.get("evalue") or output.data["text/html"]) == expected


def test_cells_that_are_not_run():
    made = notebook("1", "2", "", "x = 3\nx")
    made.cells[1].metadata.tags = ["skip-execution"]
    made.cells.insert(1, nbformat.v4.new_markdown_cell("1 / 0"))
    cells = execute(made).cells
    assert [cell.get("execution_count") for cell in cells] == [1, None, None, None, 2]
    assert [len(cell.get("outputs", ())) for cell in cells] == [1, 0, 0, 0, 1]


@pytest.mark.parametrize("seconds", [pytest.param(n, id=str(n)) for n in (None, 0, -1)])
def test_no_limit_of_time(seconds):
    assert value(run_cells("__import__('time').sleep(0.01)\n1", seconds=seconds)[0]) == 1


@pytest.mark.slow
def test_there_is_nobody_to_ask():
    done = script(
        """
        sys.stdin.read(1)  # the rest waits in a buffer of this process
        print(here.run_cells("import sys; sys.stdin.read()", "input()")[0].outputs[0].data["text/plain"])
        """,
        input="secret " * 10,
    )
    assert (done.stdout, done.returncode) == ("''\n", 0), done.stderr


@pytest.mark.slow
def test_what_a_cell_logs_stands_under_it_and_nowhere_else(tmp_path):
    done = script(
        """
        import logging
        logging.basicConfig(filename=sys.argv[1], level=logging.DEBUG)
        [cell] = here.run_cells("import logging; logging.getLogger('own').warning('w'); logging.getLogger('own').info('i'); logging.root.level")
        print(cell.outputs[0].text.strip(), cell.outputs[1].data['text/plain'])
        """,
        tmp_path / "log",
    )
    assert (done.stdout, done.stderr) == ("w 30\n", "")
    assert (tmp_path / "log").read_text() == ""


@pytest.mark.slow
def test_a_process_that_draws_and_has_a_shell_may_run_notebooks():
    done = script(
        """
        import matplotlib_inline.backend_inline
        from IPython.core.interactiveshell import InteractiveShell
        shell = InteractiveShell.instance()
        here.plt.switch_backend("agg")
        here.plt.figure()
        cells = here.run_cells("import matplotlib.pyplot as plt", "plt.plot([1]);", "1 + 2")
        print([[list(output.data) for output in cell.outputs] for cell in cells], here.value(cells[2]))
        print(InteractiveShell.instance() is shell, here.plt.get_backend(), here.plt.get_fignums())
        """
    )
    assert done.stdout.splitlines() == ["[[], [['text/plain', 'image/png']], [['text/plain']]] 3", "True agg [1]"], (
        done.stderr
    )


# ------------------------------------------------------------------ a run that fails


@pytest.mark.parametrize(
    ("cell", "name", "message"),
    [
        pytest.param("raise ValueError('x')", "ValueError", "x", id="exception"),
        pytest.param("def (", "SyntaxError", "invalid syntax", id="syntax error"),
        pytest.param("import sys; sys.exit(3)", "SystemExit", "3", id="exit with a code"),
        pytest.param("raise KeyboardInterrupt", "KeyboardInterrupt", "", id="interrupt"),
        pytest.param("class E(Exception):\n    def __str__(self): raise KeyError('no')\nraise E()", "KeyError", "'no'", id="str raises"),
        pytest.param("class E(BaseException): pass\nraise E('x')", "E", "x", id="class of its own, no Exception"),
        pytest.param("input()", "EOFError", "EOF when reading a line", id="nobody answers"),
        pytest.param("1 +", "SyntaxError", "invalid syntax", id="half an expression"),
    ],
)  # fmt: skip
def test_an_error_stops_the_run_and_says_where(cell, name, message, tmp_path):
    made = notebook("1", cell, "open('never', 'w')")
    with pytest.raises(papermill.PapermillExecutionError) as raised:
        papermill.execute_notebook(made, str(tmp_path / "out.ipynb"), engine_name="forked", progress_bar=False, cwd=str(tmp_path))  # fmt: skip
    error = raised.value
    assert (error.cell_index, error.exec_count, error.ename, error.source) == (1, 2, name, cell)
    assert error.evalue.startswith(message)
    assert not (tmp_path / "never").exists()
    written = [cell for cell in nbformat.read(tmp_path / "out.ipynb", 4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in written] == [1, 2, None]
    assert [cell.metadata.papermill.exception for cell in written] == [False, True, None]


@pytest.mark.parametrize("cell", ["import sys; sys.exit()", "import sys; sys.exit(0)", "exit()", "quit()"])
def test_an_exit_without_a_code_ends_the_run_well(cell, tmp_path):
    made = notebook("1", cell, "open('never', 'w')")
    done = papermill.execute_notebook(made, None, engine_name="forked", progress_bar=False, cwd=str(tmp_path))
    assert [cell.execution_count for cell in done.cells] == [1, 2, None]
    assert not (tmp_path / "never").exists()


def test_an_error_that_is_expected_does_not_stop_the_run():
    made = notebook("1 / 0", "2")
    made.cells[0].metadata.tags = ["raises-exception"]
    first, second = execute(made).cells
    assert first.outputs[0].ename == "ZeroDivisionError"
    assert first.metadata.papermill.exception is False
    assert value(second) == 2


BACKGROUND = """
import os, subprocess, sys, time
def note(*numbers):
    with open({path!r}, "a") as notes:
        notes.write("".join(f"{{number}}\\n" for number in numbers))
child = subprocess.Popen(["sleep", "1000"])
shell = subprocess.Popen(["sh", "-c", "trap '' TERM; sleep 1000 & echo $! >> {path}; wait"])
forked = os.fork()
if not forked:
    time.sleep(1000)
while not os.path.getsize({path!r}) if os.path.exists({path!r}) else True:
    time.sleep(0.01)
note(os.getpid(), child.pid, shell.pid, forked)
"""
ENDS = [
    pytest.param("os._exit(3)", DeadKernelError, "kernel died at cell 2", id="exits at once"),
    pytest.param("os._exit(0)", DeadKernelError, "kernel died at cell 2", id="exits at once, and says all is well"),
    pytest.param("os.kill(os.getpid(), 9)", DeadKernelError, "kernel died at cell 2", id="kills itself"),
    pytest.param("import ctypes, faulthandler; faulthandler.disable(); ctypes.string_at(0)", DeadKernelError, "kernel died at cell 2", id="segfault"),
    pytest.param("import time; time.sleep(1000)", CellTimeoutError, "cell 2 took longer than", id="sleeps"),
    pytest.param("import signal; signal.pthread_sigmask(0, range(1, 30))\nsum(range(10**15))", CellTimeoutError, "cell 2 took longer than", id="busy, and deaf to signals"),
    pytest.param("None", None, "", id="ends well"),
    pytest.param("1 / 0", None, "", id="fails"),
]  # fmt: skip
linux = pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="asks Linux for the end of a process")


def children():
    """The processes that this one has forked, those too that have ended and wait for it."""
    found = set()
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):  # it has ended since
            parent = path.read_text().rpartition(")")[2].split()[1]
            found |= {int(path.parent.name)} if int(parent) == os.getpid() else set()
    return found


def _noted(path):
    numbers = sorted({int(line) for line in Path(path).read_text().split()})
    assert len(numbers) == 5, numbers
    return numbers


@linux
@pytest.mark.parametrize(("cell", "kind", "message"), ENDS)
def test_nothing_that_a_run_has_started_outlives_it(cell, kind, message, tmp_path):
    """Three processes in the background and one behind a shell that is deaf to a polite end."""
    made = notebook("1", BACKGROUND.format(path=str(tmp_path / "numbers")), cell)
    before = children()
    seconds = 4 if kind is CellTimeoutError else 60
    if kind:
        with pytest.raises(kind, match=message):
            execute(made, seconds=seconds)
    else:
        execute(made, seconds=seconds)
    assert all(map(ended, _noted(tmp_path / "numbers")))
    assert value(made.cells[0]) == 1, "what was done before is kept"
    assert children() <= before, "none is left, nor waits to be waited for"


@linux
@pytest.mark.slow
@pytest.mark.parametrize(
    ("ending", "hanging"),
    [
        pytest.param(signal.SIGKILL, "time.sleep(1000)", id="killed while a cell sleeps"),
        pytest.param(signal.SIGKILL, "sum(range(10**15))", id="killed while a cell lets nothing else run"),
        pytest.param(signal.SIGTERM, "time.sleep(1000)", id="asked to end"),
    ],
)
def test_nothing_outlives_the_process_that_runs_it(ending, hanging, tmp_path):
    numbers = tmp_path / "numbers"
    cells = ["import time", BACKGROUND.format(path=str(numbers)), f"open({str(tmp_path / 'on')!r}, 'w')\n{hanging}"]
    text = f"import test_forked as here\nhere.run_cells(*{cells!r})"
    command = [sys.executable, "-c", text]
    with subprocess.Popen(command, cwd=Path(__file__).parent, env=os.environ | {"PYTHONPATH": str(PROJECT)}) as parent:  # fmt: skip
        try:
            for _ in range(6000):
                if (tmp_path / "on").exists() or parent.poll() is not None:
                    break
                select.select([], [], [], 0.01)
        finally:
            parent.send_signal(ending)
    assert parent.returncode == -ending
    assert all(map(ended, _noted(numbers)))


@linux
def test_nothing_outlives_a_fork_that_runs_it_when_that_is_ended(tmp_path):
    """As a batch does when it is interrupted: it knows of the fork, not of what the fork runs."""
    numbers, on = tmp_path / "numbers", tmp_path / "on"
    cells = ["import time", BACKGROUND.format(path=str(numbers)), f"open({str(on)!r}, 'w')\ntime.sleep(1000)"]
    process = fork(lambda _: run_cells(*cells))
    for _ in range(6000):
        if on.exists():
            break
        select.select([], [], [], 0.01)
    process.end()
    assert all(map(ended, _noted(numbers)))


def test_a_fork_that_a_cell_makes_does_not_answer_for_it():
    """One that goes on behind the cell would do all that follows a second time."""
    cells = run_cells("import os\nnumber = os.fork()", "number > 0", "3")
    assert [value(cell) for cell in cells[1:]] == [True, 3]


def test_what_keeps_a_cell_from_being_shown_is_told():
    with pytest.raises(DeadKernelError, match=r"kernel died at cell 0: .*pickle"):
        run_cells("display({'text/plain': lambda: 1}, raw=True)")


# ------------------------------------------------------------------ nothing leaks

VANDAL = """
import builtins, gc, locale, logging, os, random, signal, sys, warnings
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd
os.environ["LEAK"] = "1"; os.environ.pop("PATH", None); os.chdir("/"); os.umask(0)
mpl.rcParams["font.size"] = 99; plt.switch_backend("svg"); plt.figure()
pd.options.display.max_rows = 1; np.seterr(all="raise"); np.set_printoptions(precision=1)
random.seed(1); np.random.seed(1); sys.path.insert(0, "/leak"); sys.argv.append("leak")
pd.leak = builtins.leak = 1; json_dumps = __import__("json").dumps; __import__("json").dumps = None
warnings.simplefilter("ignore"); signal.signal(signal.SIGUSR2, signal.SIG_IGN); signal.signal(signal.SIGINT, signal.SIG_IGN)
opened = [open(os.devnull) for _ in range(20)]; sys.modules["__main__"].leak = 1; sys.modules["leak"] = sys
logging.getLogger().addHandler(logging.StreamHandler()); logging.disable(); sys.setrecursionlimit(5000); gc.disable()
sys.stdout = sys.stderr = sys.excepthook = sys.displayhook = None; x = 1
"""
STATE = """
import builtins, gc, json, logging, os, random, signal, sys, warnings
import matplotlib as mpl, matplotlib.pyplot as plt, numpy as np, pandas as pd
old = os.umask(0); os.umask(old)
[sorted(os.environ.items()), os.getcwd(), old, str(mpl.rcParams), mpl.get_backend(), plt.get_fignums(), pd.options.display.max_rows,
 np.geterr(), np.get_printoptions()["precision"], sys.path, sys.argv, hasattr(pd, "leak"), hasattr(builtins, "leak"), json.dumps([1]),
 str(warnings.filters), str(signal.getsignal(signal.SIGUSR2)), str(signal.getsignal(signal.SIGINT)), len(os.listdir("/proc/self/fd")),
 hasattr(sys.modules["__main__"], "leak"), "leak" in sys.modules, len(logging.getLogger().handlers), logging.root.manager.disable,
 sys.getrecursionlimit(), gc.isenabled(), "x" in globals(), sys.stdout is None]
"""


def _state_of_parent():
    here = {}
    *first, last = ast.parse(STATE).body
    exec(compile(ast.Module(first, []), "state", "exec"), here)
    state = eval(compile(ast.Expression(last.value), "state", "eval"), here)
    arrays = [part.tolist() if isinstance(part, np.ndarray) else part for part in np.random.get_state(legacy=True)]
    hooks = [
        sys.stdout,
        sys.stderr,
        sys.stdin,
        sys.displayhook,
        sys.excepthook,
        sys.modules["__main__"],
        dict(vars(signal)),
    ]
    return [
        state,
        random.getstate(),
        arrays,
        hooks,
        sorted(set(vars(__import__("builtins"))) - {"_"}),
        signal.pthread_sigmask(0, ()),
    ]


def test_a_run_leaves_neither_its_parent_nor_the_next_run_other_than_they_were():
    run_cells(STATE)  # whatever is imported at a first run
    plt.close("all")
    before = _state_of_parent()
    first, _ = execute(notebook(STATE, VANDAL)).cells
    second, _ = execute(notebook(STATE, VANDAL)).cells
    assert value(second) == value(first)
    assert _state_of_parent() == before


def test_the_vandal_of_these_tests_does_change_all_that_is_looked_at():
    """Within one run: else the test above would hold of whatever a run leaves behind."""
    before, _, after = run_cells(STATE, VANDAL, STATE.replace("import builtins", "import builtins, importlib").replace("json.dumps", "__import__('json').dumps or str"))  # fmt: skip
    pairs = list(zip(value(before), value(after), strict=True))
    same = [place for place, (one, other) in enumerate(pairs) if one == other]
    assert same == [13, 25], "the dumps that is called here, and a stream that is set anew for each cell"


def test_what_the_parent_makes_of_warnings_is_its_own():
    """Here they are errors, and kept."""
    with warnings.catch_warnings(record=True) as kept:
        [cell] = run_cells("import warnings; warnings.warn('careful', stacklevel=1)")
    assert "UserWarning: careful" in cell.outputs[0].text
    assert kept == []
    with pytest.raises(UserWarning, match="here"):
        warnings.warn("here", stacklevel=1)


def test_a_parent_whose_output_is_closed(monkeypatch):
    closed = io.StringIO()
    closed.close()
    monkeypatch.setattr(sys, "stdout", closed)
    assert value(run_cells("1")[0]) == 1


DRAWS = (
    "import random, numpy as np\nrandom.random(), float(np.random.random()), float(np.random.default_rng().random())"
)


def test_two_runs_draw_different_numbers():
    random.seed(1)
    np.random.seed(1)
    drawn = [number for _ in range(2) for number in value(run_cells(DRAWS)[0])]
    assert len(set(drawn)) == 6
    random.seed(1)
    assert random.random() not in drawn


def test_a_seed_that_a_cell_sets_holds():
    seeded = f"import random, numpy as np\nrandom.seed(1); np.random.seed(1)\n{DRAWS}"
    one, other = (value(run_cells(seeded)[0])[:2] for _ in range(2))
    assert one == other


def test_what_comes_past_python_stands_under_its_cell():
    first, second, third = run_cells(
        "import os, sys; print('a'); os.write(1, b'b'); _ = os.system('echo c; echo d >&2'); print('e')",
        "sys.__stdout__.write('f'); sys.__stdout__.flush(); os.write(2, b'\\xff'); None",
        "5",
    )
    assert [[(output.name, output.text) for output in cell.outputs] for cell in (first, second)] == [
        [("stdout", "a\ne\nbc\n"), ("stderr", "d\n")],
        [("stdout", "f"), ("stderr", "\\xff")],
    ]
    assert value(third) == 5


def test_outputs_go_where_papermill_was_asked_to_write_them(caplog):
    out, err = io.StringIO(), io.StringIO()
    with caplog.at_level("INFO", logger="papermill"):
        run_cells(
            "import sys; print('a'); print('b', file=sys.stderr)",
            "3",
            log_output=True,
            stdout_file=out,
            stderr_file=err,
        )
    assert (out.getvalue(), err.getvalue()) == ("a\n", "b\n")
    told = [(record.levelname, record.getMessage()) for record in caplog.records if record.name == "papermill"]
    assert [one for one in told if one[1] in ("a\n", "b\n", "3")] == [
        ("INFO", "a\n"), ("WARNING", "b\n"), ("INFO", "3"),
    ]  # fmt: skip


@pytest.mark.parametrize(("allowed", "counts"), [(False, [1, None]), (True, [1, 2])])
def test_after_a_cell_that_fails_others_run_only_where_errors_are_allowed(allowed, counts):
    cells = run_cells("1 / 0", "2", allow_errors=allowed)
    assert [cell.execution_count for cell in cells] == counts


def test_nothing_of_the_cells_is_written_where_the_parent_writes_and_nothing_twice(tmp_path):
    done = script(
        """
        import os
        kept = open(sys.argv[1], "w")
        kept.write("kept,")
        print("waiting", end=" ")
        print("too", end=" ", file=sys.stderr)
        here.run_cells(
            "import os, sys; print('cell'); print('cell', file=sys.stderr)",
            "for stream in (sys.__stdout__, sys.__stderr__): print('cell', file=stream, flush=True)",
            "os.write(1, b'cell'); os.write(2, b'cell'); os.system('echo cell; echo cell >&2')",
            "import faulthandler, gc; gc.collect(); import os; os.fork(); None",
        )
        print("done")
        """,
        tmp_path / "kept",
    )
    assert (done.stdout, done.stderr, done.returncode) == ("waiting done\n", "too ", 0)
    assert (tmp_path / "kept").read_text() == "kept,"


@pytest.mark.slow
@pytest.mark.parametrize("home", ["missing", "/proc", "empty"])
def test_a_run_writes_nothing_to_a_home_and_asks_no_network(home, tmp_path):
    """A folder that is not there, one that nobody can write to, and an empty one."""
    places = {name: tmp_path / name for name in ("empty", "temporary", "matplotlib", "work")}
    for place in places.values():
        place.mkdir()
    variables = {
        name: text for name, text in os.environ.items() if not name.startswith(("IPYTHON", "JUPYTER", "XDG", "HOME"))
    }
    variables |= {"TMPDIR": str(places["temporary"]), "MPLCONFIGDIR": str(places["matplotlib"])}
    variables["HOME"] = str(tmp_path / home)
    done = script(
        """
        import os
        def refuse(event, arguments):
            if event in ("socket.connect", "socket.bind", "socket.getaddrinfo", "socket.sendto"):
                os._exit(9)
            written = event == "open" and arguments[1] and set(str(arguments[1])) & set("wax+")
            if (event == "os.mkdir" or written) and str(arguments[0]) != os.devnull:
                os._exit(8)
        sys.addaudithook(refuse)
        cells = here.run_cells("from IPython.display import HTML; HTML('x')", "%time 1", "print(2)")
        print([len(cell.outputs) for cell in cells])
        """,
        env=variables,
        cwd=places["work"],
    )
    assert (done.stdout, done.stderr, done.returncode) == ("[1, 2, 1]\n", "", 0)
    assert [list(places[name].iterdir()) for name in ("empty", "temporary", "work")] == [[], [], []]
    assert not (tmp_path / "missing").exists()


@pytest.mark.slow
@pytest.mark.parametrize("closed", ["<&-", "<&- >&- 2>&-"])
def test_a_parent_without_standard_streams(closed, tmp_path):
    text = f"import test_forked as here; open({str(tmp_path / 'told')!r}, 'w').write(str(here.value(here.run_cells('1 + 1')[0])))"
    command = ["sh", "-c", f'exec "$0" -c "$1" {closed}', sys.executable, text]
    done = subprocess.run(command, cwd=Path(__file__).parent, env=os.environ | {"PYTHONPATH": str(PROJECT)}, check=False, capture_output=True, text=True)  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "told").read_text() == "2"


# ------------------------------------------------------------------ as it is used


@pytest.mark.slow
def test_papermill_knows_the_engine_by_its_entry_point(tmp_path):
    """As the project declares it, in the metadata that an installation would write."""
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    info = tmp_path / "path" / "known-0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: known\nVersion: 0\n")
    (info / "entry_points.txt").write_text(
        "".join(
            f"[{group}]\n" + "".join(f"{name} = {at}\n" for name, at in named.items())
            for group, named in declared.items()
        )
    )
    made = notebook("word = 'default'", "import os\nword, os.getppid() == caller")
    made.cells[0].metadata.tags = ["parameters"]
    made.cells.insert(1, nbformat.v4.new_code_cell("import pathlib\ncaller = int(pathlib.Path(f'/proc/{os.getppid()}/stat').read_text().split()[0]) if (os := __import__('os')) else 0"))  # fmt: skip
    nbformat.write(made, tmp_path / "in.ipynb")
    command = [
        sys.executable,
        "-m",
        "papermill",
        "in.ipynb",
        "out.ipynb",
        "--engine",
        "forked",
        "-p",
        "word",
        "given",
        "--no-progress-bar",
    ]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120,
        env=os.environ | {"PYTHONPATH": os.pathsep.join([str(tmp_path / "path"), str(PROJECT)])},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert value(nbformat.read(tmp_path / "out.ipynb", 4).cells[-1]) == ("given", True)


TWO = {
    "ann.txt": "The mayor opened the bridge on Monday. \"It is safe,\" the mayor said. Nobody was hurt.\n",
    "bob.txt": "The bridge opened late. Critics said the mayor had hidden the cost of 5 million.\n",
}  # fmt: skip


@pytest.mark.slow
def test_the_comparison_is_the_same_by_both_engines(tmp_path):
    """Every file byte for byte, but for those that hold times."""
    for name, text in TWO.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    output = tmp_path / "out"
    files = {}
    for engine in ("kernel", "forked"):
        with staged(output) as stage:
            done = run_notebook(
                find_notebook("comparison"),
                {
                    "sources": "\n".join(str(tmp_path / name) for name in TWO),
                    "output": str(stage),
                    "attribution": "rules",
                },
                engine=engine,
            )
            save_report(done, stage, str(output))
        found = [path for path in sorted(output.rglob("*")) if path.is_file()]
        files[engine] = {path.relative_to(output).as_posix(): path.read_bytes() for path in found}
        output.rename(tmp_path / engine)
    assert files["forked"].keys() == files["kernel"].keys()
    assert {"report.html", "summary.md", "claims.json", "tables/keyness.parquet"} <= files["forked"].keys()
    differing = {name for name, data in files["forked"].items() if data != files["kernel"][name]}
    assert differing <= {"run.json", "ledger.jsonl", "report.ipynb", "run.lock"}
