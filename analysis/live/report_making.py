"""A report that is made in a process of its own, and how that ended: whoever opens its panel anew finds it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from threading import Thread

from analysis.live.calls import failed
from analysis.live.followed import Followed, tell_each
from analysis.paths import project_path
from analysis.show.shown import Shown, joined, remark


class Making:
    """The making of a report, one at a time.

    Attributes
    ----------
    said : Shown or None
        What there is to say of the last one, if any was begun.
    page : str
        Where its page is, once it is made; empty before.
    command : list of str
        What it was made by.
    """

    def __init__(self) -> None:
        self.said: Shown | None = None
        self.page = ""
        self.command: list[str] = []
        self._thread: Thread | None = None
        self._runs = False
        self._followers: list[Callable[[], None]] = []

    @property
    def runs(self) -> bool:
        """Whether one is being made."""
        return self._runs

    def follow(self, follower: Callable[[], None]) -> Callable[[], None]:
        """Call a function when one begins and ends. Return what ends that."""
        self._followers.append(follower)
        return lambda: self._followers.remove(follower)

    def start(self, command: Sequence[str], output: str) -> Thread:
        """Make the report by a command of this package into a folder; asked for again meanwhile, it is made once."""
        if self._thread and self._runs:
            return self._thread
        self._runs, self.command = True, [*command]
        self._thread = Thread(target=self._make, args=(command, output), daemon=True)
        self._tell(remark("The report is being made …"), "")
        self._thread.start()
        return self._thread

    def _make(self, command: Sequence[str], output: str) -> None:
        try:
            said, page = _made(command, output)
        except Exception as error:  # in a thread of its own nobody else would say so
            said, page = joined([remark("No report was made."), failed(error)]), ""
        self._runs = False
        self._tell(said, page)

    def _tell(self, said: Shown, page: str) -> None:
        self.said, self.page = said, page
        tell_each(self._followers)


def making_of(exploration: Followed) -> Making:
    """Return the making of reports of an exploration: the same for all who ask."""
    if exploration.report is None:
        exploration.report = Making()
    made: Making = exploration.report
    return made


def _made(command: Sequence[str], output: str) -> tuple[Shown, str]:
    """Make the report; return how that ended, and where its page is, if there is one."""
    run = [sys.executable, "-m", "analysis", *command]
    done = subprocess.run(run, check=False, capture_output=True, encoding="utf-8", errors="replace")
    if done.returncode not in (0, 3):
        lines = done.stderr.strip().splitlines() or [f"it ended with code {done.returncode}"]
        return remark(f"No report was made: {lines[-1]}"), ""
    rejected = "" if done.returncode == 0 else "; some inputs were rejected"
    return remark(f"The report is made{rejected}."), (project_path(output) / "report.html").as_posix()
