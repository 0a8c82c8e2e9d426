"""What has to be the same on two machines for their results to be the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path

import analysis
from analysis.store import data_hashes, versions

#: What carries jobs and results from one machine to the other.
_CARRIERS = ("dask", "distributed", "cloudpickle")


@cache
def described() -> dict[str, str]:
    """Describe the program of this process: versions, code, data and models, what differs most often first.

    Returns
    -------
    dict of str to str
        What each thing is called in a message, and its version or hash.
    """
    told = versions()
    packages = told["packages"] | {name: metadata.version(name) for name in _CARRIERS}
    return {
        "Python": told["python"],
        "parallax": told["parallax"],
        **{str(name): str(version) for name, version in packages.items()},
        "the code of analysis": _code(),
        **{f"the data file {name}": digest for name, digest in data_hashes().items()},
    }


@cache
def fingerprint() -> str:
    """Return one hash of all that `described` says."""
    return hashlib.sha256(json.dumps(described()).encode()).hexdigest()


def difference(here: Mapping[str, str], there: Mapping[str, str]) -> str:
    """Name the first thing that is not the same here and there; nothing if all is.

    Examples
    --------
    >>> difference({"Python": "3.11.2", "pandas": "3.1"}, {"Python": "3.11.2", "pandas": "3.0"})
    'pandas is 3.0 there and 3.1 here'
    """
    for name in dict.fromkeys([*here, *there]):
        if here.get(name) != there.get(name):
            return f"{name} is {there.get(name, 'missing')[:12]} there and {here.get(name, 'missing')[:12]} here"
    return ""


def _code() -> str:
    """Hash the code of this package, which may be another under the same version."""
    folder = Path(str(analysis.__file__)).parent
    digest = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).parts):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()
