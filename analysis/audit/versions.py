"""With which versions a run was made, by its own account, where they are not those that are here."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.audit.stored import Stored
from analysis.store import versions

#: Packages and libraries whose versions can change how a picture is compressed, and nothing that is seen of it.
DRAWING = ("matplotlib", "wordcloud", "numpy", "pillow", "zlib")
#: Packages whose versions can change a picture, or the page or notebook that it stands in.
RENDERING = ("parallax", *DRAWING, "papermill", "nbconvert")


def version_notes(stored: Stored) -> list[str]:
    """Say which versions differ from those that made the run; such a difference is none of the run's.

    Returns
    -------
    list of str
        One line, or none if all are the same.
    """
    other = [f"{name} {then} (here {here})" for name, then, here in _differing(stored)]
    return [f"note: the run was made with {', '.join(other)}"] if other else []


def other_versions(stored: Stored, names: Sequence[str]) -> list[str]:
    """Return which of these packages have another version here than the run recorded: what was recorded, and ours."""
    return [f"{name} {then}, here {here}" for name, then, here in _differing(stored) if name in names]


def doubt(stored: Stored, what: str) -> str:
    """Say what would settle whether a picture or page was changed by hand; nothing if the versions are the same.

    What a run recorded of its versions can be edited like all else, so that it excuses no difference.
    """
    other = other_versions(stored, RENDERING)
    settled = f"with the same versions it can be told whether the {what} was changed"
    return f"; made with {', '.join(other)}: {settled}" if other else ""


def _differing(stored: Stored) -> list[tuple[str, str, str]]:
    """Each name whose version differs, with the version recorded and the one here."""
    here = versions()
    said = {name: stored.run[name] for name in here}
    then, now = (
        {"parallax": each["parallax"], "python": each["python"], **dict(each["packages"])} for each in (said, here)
    )
    return [
        (name, str(then.get(name, "none")), str(now.get(name, "none")))
        for name in dict.fromkeys([*now, *then])
        if then.get(name) != now.get(name)
    ]
