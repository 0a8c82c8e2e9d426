"""The command that makes the report of the present choices."""

from __future__ import annotations

from analysis.live.choices import Choices

#: The parameters of article.ipynb, which is for a single article.
_OF_ONE = ("columns", "clean", "attribution", "aliases", "wording", "corrections")


def report_command(choices: Choices, n_articles: int, output: str) -> list[str]:
    """Return the command that makes the report of these choices: of the comparison, or of a single article.

    Examples
    --------
    >>> print(*report_command(Choices("seeds", voices="author"), 2, "outputs/mine"))
    report seeds --output outputs/mine -p voices author
    """
    given = {name: value for name, value in choices.changed().items() if name not in ("sources", "statements")}
    notebook: list[str] = []
    if n_articles == 1:
        notebook = ["--notebook", "article"]
        given = {name: value for name, value in given.items() if name in _OF_ONE}
    sources = [_path(line.strip()) for line in choices.sources.split("\n") if line.strip()]
    parameters = [part for name, value in given.items() for part in ("-p", name, str(value))]
    return ["report", *sources, "--output", _path(output), *notebook, *parameters]


def report_code(command: list[str]) -> str:
    """Write code that runs a command of this package, in a process of its own as the button does.

    Examples
    --------
    >>> print(report_code(report_command(Choices("seeds"), 2, "it's mine")))
    import subprocess
    import sys
    <BLANKLINE>
    subprocess.run(
        [sys.executable, "-m", "analysis", 'report', 'seeds', '--output', "it's mine"],
        check=False,
    )
    """
    given = ", ".join(map(repr, command))
    run = f'subprocess.run(\n    [sys.executable, "-m", "analysis", {given}],\n    check=False,\n)'
    return f"import subprocess\nimport sys\n\n{run}"


def _path(name: str) -> str:
    """A path as a command takes it: none looks like an option."""
    return f"./{name}" if name.startswith("-") else name
