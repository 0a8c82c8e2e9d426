"""The headline figures of a report, read from its tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.association import ALPHA
from analysis.batch.work import DamagedError
from analysis.claims.corpus.cells import named_groups
from analysis.names import group_names
from analysis.sides import foreign_groups
from analysis.table_files import read_table
from analysis.tables.batch import BATCH, BATCH_CORPUS

#: The metric of the headline.
_METRIC = "flesch_kincaid_grade"
_COVERAGE = ("n_articles", "n_words", "n_sentences", "n_removed")
#: What rests on attributions: missing where none was looked for.
_STATEMENTS = ("n_statements", "n_statements_sure", "attributed", "attributed_lower", "attributed_upper")


def headline_figures(folder: Path, report: str) -> pd.DataFrame:
    """Read the headline figures of a finished report.

    Parameters
    ----------
    folder : Path
        The report's folder, with its tables.
    report : str
        Its name.

    Returns
    -------
    DataFrame
        BATCH, or BATCH_CORPUS of a report on a corpus, one row for each group in the order of the report; empty if the
        report compares no groups.

    Raises
    ------
    DamagedError
        A table is not what the report has written.
    """
    try:
        return _figures(folder, report)
    except (OSError, ValueError, LookupError, TypeError, AttributeError, NotImplementedError) as error:
        raise DamagedError(f"the tables in {folder} cannot be read ({type(error).__name__}: {error})") from error


def _figures(folder: Path, report: str) -> pd.DataFrame:
    if (folder / "tables" / "group_keyness.parquet").exists():
        return _corpus_figures(folder, report)
    if not (folder / "tables" / "keyness.parquet").exists():
        return BATCH.frame()
    read = {
        name: read_table(folder / "tables" / f"{name}.parquet")
        for name in (
            "coverage", "detectable", "keyness", "readability_by_group", "attribution_counts", "event_check", "notes",
        )
    }  # fmt: skip
    articles = read_table(folder / "tables" / "articles.parquet", ("article_id", "group", "label"))
    called, foreign = group_names(articles), foreign_groups(articles, read["notes"])
    looked = _looked_for_statements(folder)
    event = read["event_check"]["verdict"].iloc[0] if len(read["event_check"]) == 1 else None
    detectable = read["detectable"].set_index("group")
    grades = _rows(read["readability_by_group"], "metric", _METRIC)
    shares = _rows(read["attribution_counts"], "dimension", "sentences")
    rows: list[dict[str, Any]] = []
    for covered in read["coverage"].to_dict("records"):
        group = covered["group"]
        terms = _terms(read["keyness"], group)
        grade, share = grades.get(group, {}), shares.get(group, {})
        row = {
            "report": report, "folder": folder.name, "group": group, "name": called[group],
            **{name: covered[name] for name in _COVERAGE},
            "n_statements": covered["n_statements"], "n_statements_sure": covered["n_statements_sure"],
            "n_tested": detectable["n_tested"].get(group, 0), "n_passed": detectable["n_passed"].get(group, 0),
            "n_terms": len(terms), "terms": ", ".join(terms) or None,
            "grade": grade.get("value"), "grade_lower": grade.get("lower"), "grade_upper": grade.get("upper"),
            "grade_difference": grade.get("difference"), "grade_difference_lower": grade.get("difference_lower"),
            "grade_difference_upper": grade.get("difference_upper"),
            "attributed": share.get("share"), "attributed_lower": share.get("lower"),
            "attributed_upper": share.get("upper"), "event": event,
        }  # fmt: skip
        rows.append(row if looked and group not in foreign else row | dict.fromkeys(_STATEMENTS))
    return BATCH.frame([[row[name] for name in BATCH.names] for row in rows])


def _corpus_figures(folder: Path, report: str) -> pd.DataFrame:
    """BATCH_CORPUS of one report."""
    from analysis.groups.terms import stated_terms  # not every batch is of corpora

    groups, limits, keyness, reading = (
        read_table(folder / "tables" / f"{name}.parquet")
        for name in ("groups", "group_limits", "group_keyness", "group_readability")
    )
    limited, grades = limits.set_index("group"), _rows(reading, "metric", _METRIC)
    stated, called = stated_terms(keyness), named_groups({"groups": groups})
    looked = _looked_for_statements(folder)
    rows: list[dict[str, Any]] = []
    for found in groups.to_dict("records"):
        group = found["group"]
        terms = _terms(stated, group)
        grade = grades.get(group, {})
        rows.append({
            "report": report, "folder": folder.name, "group": group, "name": called[group].value,
            "n_groups": len(groups),
            **{name: found[name] for name in ("n_articles", "n_counted", "n_words", "n_scored")},
            "n_statements": found["n_statements"] if looked and found["n_foreign"] < found["n_counted"] else None,
            "n_tested": limited["n_tested"][group], "n_passed": limited["n_passed"][group],
            "n_terms": len(terms), "terms": ", ".join(terms) or None,
            "grade": grade.get("mean"), "grade_difference": grade.get("difference"),
            "grade_difference_lower": grade.get("lower"), "grade_difference_upper": grade.get("upper"),
        })  # fmt: skip
    return BATCH_CORPUS.frame([[row[name] for name in BATCH_CORPUS.names] for row in rows])


def _looked_for_statements(folder: Path) -> bool:
    """Whether the run of a report looked for attributions at all."""
    run = json.loads((folder / "run.json").read_text(encoding="utf-8"))
    return bool(run["parameters"]["attribution"] != "none")


def _rows(table: pd.DataFrame, column: str, value: str) -> dict[str, dict[str, Any]]:
    """The row of each group that has a value in a column."""
    return {row["group"]: row for row in table[table[column] == value].to_dict("records")}  # type: ignore[misc]


def _terms(keyness: pd.DataFrame, group: str) -> list[str]:
    """The terms that pass the gate and that the group uses more often, the strongest first."""
    own = keyness[(keyness["group"] == group) & (keyness["p_adjusted"] <= ALPHA) & (keyness["log_ratio"] > 0)]
    return own.sort_values(["g2", "term"], ascending=[False, True])["term"].tolist()
