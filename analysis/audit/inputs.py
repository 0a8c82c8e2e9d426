"""Whether the inputs are still those that the run read: texts, the files that settings name, the package's data."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import zip_longest
from pathlib import PurePosixPath

import pandas as pd

from analysis.audit.difference import DifferenceError
from analysis.audit.parts import check_parts
from analysis.audit.stored import Stored
from analysis.corpus import read_corpus
from analysis.findings import text_hashes
from analysis.inputs.files import InputError
from analysis.inputs.stream import LIMITS, STREAMED
from analysis.measured import Measured
from analysis.parts.corpora import is_measured
from analysis.paths import project_path
from analysis.schema import rows_of
from analysis.store import data_hashes, file_hashes

#: Characters of a hash that tell two apart at sight.
_SHOWN = 12


def check_inputs(stored: Stored) -> tuple[dict[str, str], str]:
    """Read the sources again and hold them against the hashes that the run recorded.

    Returns
    -------
    (dict of article_id to text, str)
        The texts as they are read now, and what was checked.

    Raises
    ------
    InputError
        A source, or a file that a setting names, is not where it is looked for.
    DifferenceError
        A text or file is not the one that the run read.
    """
    run = stored.run
    sources = [line.strip() for line in stored.sources.split("\n") if line.strip()]
    absent = [line for line in sources if not project_path(line).exists()]
    if absent and len(absent) == len(sources):
        raise _not_found(absent[0])
    if stored.size:
        n_texts = check_parts(stored, stored.size)
        return {}, f"inputs: {n_texts} texts, {_check_files(stored)}"
    measured = "group_by" in stored.parameters and is_measured(stored.sources)
    articles = _measured_articles(stored) if measured else _read_articles(stored)
    hashes = text_hashes({"articles": articles})
    paths = dict(zip(articles["article_id"], articles["path"], strict=True))
    for article_id, digest in run["texts"].items():
        if article_id not in hashes:
            if absent:
                raise _not_found(absent[0])
            raise DifferenceError(f"inputs: the run read an article {article_id!r}; the sources do not hold it now")
        if hashes[article_id] != digest:
            what = f"the text of article {article_id!r} is not the one that the run read"
            raise DifferenceError(f"{paths[article_id]}: {what} ({_both(hashes[article_id], digest)})")
    of_tables = " of the tables measured before, which an audit of their own folder checks" if measured else ""
    said = f"inputs: {len(run['texts'])} texts{of_tables}, {_check_files(stored)}"
    return {row.article_id: row.text for row in rows_of(articles)}, said


def _read_articles(stored: Stored) -> pd.DataFrame:
    """ARTICLES of the sources as they are now."""
    limits = LIMITS if stored.notebook else STREAMED
    return read_corpus(stored.sources, columns=stored.parameters.get("columns"), limits=limits)[0]


def _measured_articles(stored: Stored) -> pd.DataFrame:
    """The articles that a run quotes, as the tables of its sources hold them: `measure` has written these."""
    tables = Measured(project_path(stored.sources.strip()))
    asked = {"asked": pd.DataFrame({"article_id": list(stored.run["texts"])}, dtype="str")}
    return tables.query("SELECT article_id, path, text FROM articles SEMI JOIN asked USING (article_id)", asked)


def _check_files(stored: Stored) -> str:
    """Hold what lies beside the articles against the hashes that the run recorded."""
    files, data = stored.run["files"], stored.run["data"]
    _check_hashes(files, file_hashes(stored.settings), moved=stored.moved)
    _check_hashes(data, data_hashes(), kind="data file ")
    return f"files beside them: {len(files)}, data files: {len(data)}: as the run read them"


def _not_found(source: str) -> InputError:
    place = project_path(source).absolute()
    return InputError(
        f"the source {source!r} is not found at {place}; run the audit from where the run started, or say with "
        f"--sources where the inputs are now"
    )


def _check_hashes(recorded: Mapping[str, str], now: Mapping[str, str], kind: str = "", *, moved: bool = False) -> None:
    """Compare two lists of files and their hashes; files that were moved together are known by their names alone."""
    old, new = (
        [(PurePosixPath(name).name if moved else name, digest) for name, digest in hashes.items()]
        for hashes in (recorded, now)
    )
    for one, other in zip_longest(old, new):
        if one == other:
            continue
        if one and one[0] not in dict(new):
            raise DifferenceError(f"{kind}{one[0]}: the run read this file; it is not there now")
        if other and other[0] not in dict(old):
            raise DifferenceError(f"{kind}{other[0]}: the run did not read this file; it is there now")
        name, digest = one or other or ("", "")
        there = dict(new)[name]
        raise DifferenceError(f"{kind}{name}: not the file that the run read ({_both(there, digest)})")


def _both(found: str, recorded: str) -> str:
    return f"SHA-256 {found[:_SHOWN]}…, in run.json {recorded[:_SHOWN]}…"
