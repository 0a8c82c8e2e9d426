"""What two texts share word for word: runs of five words, listed and counted by hand."""

from __future__ import annotations

from typing import Any, NamedTuple

from analysis.claims.cells import Tables
from analysis.inputs.files import InputError
from analysis.lesson.folding import lines
from analysis.lesson.words import passages
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.overlap.runs import SHINGLE
from analysis.pipeline import compare_articles
from analysis.schema import rows_of
from analysis.show.shown import Shown, joined, remark
from analysis.text import WORD_OR_NUMBER, as_term

#: Runs of one sentence that are written out, at most.
_LISTED = 4


class Runs(NamedTuple):
    """The runs of five words of a sentence, in order, and the sentence."""

    row: Any
    runs: list[tuple[str, ...]]


def runs_of(row: Any, text: str) -> Runs:
    """List the runs of five words or numbers in a sentence."""
    terms = [as_term(found[0]) for found in WORD_OR_NUMBER.finditer(text, row.start, row.end)]
    return Runs(row, [tuple(terms[at : at + SHINGLE]) for at in range(len(terms) - SHINGLE + 1)])


def both_of(tables: Tables) -> tuple[str, str]:
    """The ids of the two articles that a lesson takes.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    ids = tables["articles"]["article_id"].tolist()
    if len(ids) != 2:
        raise InputError(f"this lesson takes two articles; found {len(ids)}")
    return ids[0], ids[1]


def show_run_steps(tables: Tables) -> Shown:
    """Show which runs of five words two articles share: those of one sentence written out, then those of all counted.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, of two articles.

    Raises
    ------
    InputError
        There is another number of articles.
    """
    one, other = both_of(tables)
    found = [runs_of(row, text) for row, text in passages(tables)]
    here, there = ({run for own in found if own.row.article_id == side for run in own.runs} for side in (one, other))
    if not here or not there:
        return remark(f"There is no run of {SHINGLE} words on each side to compare.")
    names = article_names(tables["articles"])
    name, other_name = names[one].value, names[other].value
    shared, union = here & there, here | there
    best = max(
        (own for own in found if own.row.article_id == one), key=lambda own: sum(map(there.__contains__, own.runs))
    )
    overlap = compare_articles(tables)
    given = {(row.article_id, row.part): row for row in rows_of(overlap["overlap"])}
    longest = next(rows_of(overlap["shared_runs"]), None)
    told = [
        f"{name} has {how_many(len(here), 'run')} of {SHINGLE} words, {other_name} has {len(there):,}; a run that "
        f"stands twice counts once. {len(shared):,} are in both.",
        f"Share of {name}: {len(shared):,} / {len(here):,} = {len(shared) / len(here):.3f}. By the function: "
        f"{given[one, 'all'].containment:.3f}.",
        f"Share of {other_name}: {len(shared):,} / {len(there):,} = {len(shared) / len(there):.3f}. By the function: "
        f"{given[other, 'all'].containment:.3f}.",
        f"Share of all runs: {len(shared):,} / ({len(here):,} + {len(there):,} − {len(shared):,}) = "
        f"{len(shared) / len(union):.3f}. By the function: {given[one, 'all'].jaccard:.3f}.",
        f"Quotations apart: {given[one, 'prose'].n_shared:,} of {given[one, 'prose'].n_shingles:,} runs of prose and "
        f"{given[one, 'quoted'].n_shared:,} of {given[one, 'quoted'].n_shingles:,} inside quotation marks.",
    ]
    if longest is not None:
        texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
        written = " ".join(texts[one][longest.start : longest.end].split())
        told.append(
            f"Runs that follow each other are one. The longest: {how_many(longest.n_words, 'word')}, “{written}”."
        )
    return joined([lines(f"Sentence {best.row.sentence} of {name}:", *run_lines(best, there)), lines(*told)])


def run_lines(found: Runs, there: set[tuple[str, ...]] | None = None) -> list[str]:
    """Write out the runs of a sentence and, where another text is given, which of them it has."""
    n = len(found.runs) + SHINGLE - 1
    if not found.runs:
        return [f"A sentence of fewer than {SHINGLE} words has no run of {SHINGLE}."]
    counted = how_many(len(found.runs), "run")
    told = [f"{how_many(n, 'word or number', 'words and numbers')}: {n} − {SHINGLE} + 1 = {counted}."]
    for at, run in enumerate(found.runs[:_LISTED], start=1):
        ending = "" if there is None else ": in both" if run in there else ": here only"
        told.append(f"{at}. {' '.join(run)}{ending}")
    if len(found.runs) > _LISTED:
        told.append(f"And {len(found.runs) - _LISTED} more.")
    return told
