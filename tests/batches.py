"""A small notebook for batches, and the command with it, here or in a process of its own."""

import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from analysis.__main__ import main
from analysis.paths import PROJECT

#: Reads and writes as the real ones do; `how` is code that runs between the two.
CELLS = (
    'sources: str = ""  # what is read\noutput: str = ""  # where it goes\nhow: str = ""  # what happens in between',
    "import os, signal, sys, time, warnings\nwarnings.simplefilter('default')\n"
    "from analysis.corpus import read_corpus\nfrom analysis.inputs.files import TooFewError\n"
    "from analysis.store import save_run",
    "articles, ledger = read_corpus(sources)\nif articles.empty:\n    raise TooFewError('one or more; found none')",
    "exec(how)",
    "save_run(output, {'articles': articles}, ledger, {'sources': sources, 'how': how})",
)
_SCRIPT = """
import os, signal, sys
from pathlib import Path
import analysis.batch.run, analysis.report
from analysis import __main__ as command
analysis.report.NOTEBOOKS = Path(sys.argv.pop(1))
analysis.batch.run.warm = lambda: None
{first}
signal.signal(signal.SIGTERM, command._terminate)
sys.exit(command.main())
"""


def write_notebook(path):
    """Write the small notebook."""
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in CELLS])
    for place, cell in enumerate(made.cells):
        cell.id = f"cell-{place}"
    made.cells[0].metadata["tags"] = ["parameters"]
    made.metadata.kernelspec = {"name": "python3", "language": "python", "display_name": "Python 3"}
    path.mkdir(parents=True, exist_ok=True)
    nbformat.write(made, path / "tiny.ipynb")
    return path


def articles(path, *names):
    """A folder of folders, with a short article in each."""
    for name in names:
        (path / name).mkdir(parents=True)
        (path / name / "a.txt").write_text(f"The mayor of {name} said so.", encoding="utf-8")
    return path


def manifest(path, **how):
    """A manifest in which each report reads the same article, and does what is said in between."""
    articles(path / "in", "one")
    lines = [f"- name: {name}\n  sources: in/one\n  parameters: {{how: '{code}'}}\n" for name, code in how.items()]
    (path / "m.yaml").write_text("".join(lines), encoding="utf-8")
    return path / "m.yaml"


def contents(folder):
    """Each file below a folder and what is in it, but for what may differ between two runs."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    differ = {"run.json", "report.ipynb", "ledger.jsonl", "batch.log", "run.lock"}
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.name not in differ}


class Tiny:
    """The command `batch` with the small notebook."""

    def __init__(self, path, capsys):
        self.path = path
        self.output = path / "out"
        self._capsys = capsys
        self._notebooks = write_notebook(path / "notebooks")

    def __call__(self, source, *options):
        """Run it in this process: its code, and what it said."""
        self._capsys.readouterr()
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("analysis.report.NOTEBOOKS", self._notebooks)
            patch.setattr("analysis.batch.run.warm", lambda: None)
            code = main(["batch", str(source), *self._options(options)])
        said = self._capsys.readouterr()
        assert said.out == (f"{self.output / 'index.html'}\n" if code in (0, 3) else "")
        return code, said.err.splitlines()

    def start(self, source, *options, first="", **settings):
        """Start it in a process of its own; `first` is code that runs before it."""
        settings = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "cwd": PROJECT} | settings
        script = _SCRIPT.format(first=first)
        command = [sys.executable, "-c", script, str(self._notebooks), "batch", str(source), *self._options(options)]
        return subprocess.Popen(command, **settings)

    def _options(self, options):
        return ["--notebook", "tiny", "--output", str(self.output), *options]

    def made(self):
        """When each report was last written."""
        return {path.parent.name: path.stat().st_mtime_ns for path in self.output.glob("*/report.html")}


def processes_with(text):
    """The numbers of the processes whose command line or variables hold a text."""
    found = []
    for path in Path("/proc").iterdir():
        if path.name.isdigit():
            try:
                held = (path / "cmdline").read_bytes() + (path / "environ").read_bytes()
                ended = ") Z " in (path / "stat").read_text()
            except OSError:
                continue
            if text.encode() in held and not ended:
                found.append(int(path.name))
    return found
