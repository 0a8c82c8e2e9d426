"""In how many reasonable analyses each finding holds.

A finding is a term that passes the evidence gate, or a difference of the stated readability formula that passes its
test. Which findings there are depends on choices that could have been made otherwise; those tried stand in a file,
fixed beforehand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from analysis.analyses import Analysis, read_analyses
from analysis.association import ALPHA, log_ratio
from analysis.evidence import unit_of_evidence
from analysis.influence import UNITS_NEEDED, Finding, adjusted_p, influence_on_readability, influence_on_terms
from analysis.keyness import Gated, past_the_gate, put_through_gate
from analysis.lemmas import by_lemma, lemma
from analysis.passages import all_passages
from analysis.readability import STATED, compare_units, count_units, is_difference, n_compared
from analysis.schema import rows_of
from analysis.sides import foreign_groups
from analysis.tables import ANALYSES, FINDINGS_BY_ANALYSIS, ROBUSTNESS
from analysis.text import stop_words as english_stop_words
from analysis.units import Counted, Units, count_uses
from analysis.voices import chosen_voices

Tables = Mapping[str, pd.DataFrame]


def robustness(
    measures: Mapping[str, Tables],
    comparison: Tables,
    *,
    clean: str = "on",
    voices: str = "all",
    stop_words: str = "out",
    unit: str = "sentence",
    min_count: int = 3,
    seed: int = 1,
    permutations: int = 4999,
    draws: int = 2000,
    analyses: Sequence[Analysis] | None = None,
) -> dict[str, pd.DataFrame]:
    """Check every finding in each of the analyses fixed beforehand, and without each paragraph in turn.

    A term holds in an analysis if it (or its lemma) passes the gate there in the same direction. A difference of
    readability holds if its interval is clear of zero and its p passes. Analyses that make no difference to what is
    tested count once: lemmas and stop words do not bear on readability, nor the voices on texts without quotations.
    Analyses that can never test a finding do not count for it.

    Parameters
    ----------
    measures : mapping of {"on", "off"} to tables
        What `measure` gives, with boilerplate set aside and without.
    comparison : mapping of str to DataFrame
        `articles`, `keyness` and `readability_by_group` of the run, as `compare` gives them. Of two groups a finding
        is stated for the one where it is higher; of more, a term for the one with the largest G2, in whichever
        direction (of equal ones, for each).
    clean, voices, stop_words, unit, min_count, seed
        The settings of the run.
    permutations, draws : int
        Of each test and interval.
    analyses : sequence of Analysis, optional
        By default those of data/analyses.csv.

    Returns
    -------
    dict of str to DataFrame
        `analyses`: ANALYSES, in the order of the file. `findings_by_analysis`: FINDINGS_BY_ANALYSIS, by finding and
        then analysis. `robustness`: ROBUSTNESS, terms in the order of KEYNESS, then readability. All three are empty
        where evidence is withheld.
    """
    articles = comparison["articles"]
    drawn = unit_of_evidence(articles["group"].tolist(), unit)
    if drawn is None:
        return _tables([], [], [])
    n_groups = articles["group"].nunique()
    n_read = n_compared(comparison["readability_by_group"])
    own = measures[clean]
    english = _english(articles, own["notes"])
    passages = all_passages(articles, own["sentences"], own["regions"])
    counted = count_uses(articles, passages, own["sentence_terms"], chosen_voices(voices))
    draw: dict[str, Any] = {"seed": seed, "permutations": permutations}
    gate = {"min_count": min_count, **draw}

    terms, differences = _term_findings(comparison, n_groups), _readability_findings(comparison, n_read)
    influences = [
        *influence_on_terms(terms, articles, passages, counted, drawn, stop_words=stop_words == "in", **gate),
        *influence_on_readability(differences, english, own["sentences"], drawn, n_read, draws=draws, **draw),
    ]
    fixed = read_analyses() if analyses is None else list(analyses)
    gates = _gates(terms, measures, articles, fixed, **gate)
    scores = _scores(measures, english, fixed, draws=draws, **draw) if differences else {}
    rows, summary = [], []
    for place, (finding, influence) in enumerate(zip([*terms, *differences], influences, strict=True)):
        if finding.statistic == "keyness":
            checked = _count_once([(one.name, gates[one].checks[place]) for one in fixed])
        else:
            checked = _count_once([(one.name, _check_difference(finding, scores[one], n_read)) for one in fixed])
        rows += [(*finding[:3], *one) for one in checked]
        counting = [one.holds for one in checked if one.counted]
        summary.append((*finding[:3], sum(counting), len(counting), *influence))
    counts = [(*one, gates[one].n_tested, gates[one].n_passed) for one in fixed]
    return _tables(counts, rows, summary)


class _Check(NamedTuple):
    """What an analysis says of a finding; `kind` is the same where all that bears on the answer is."""

    difference: float
    p: float
    holds: bool
    testable: bool
    kind: tuple[Any, ...]


class _Checked(NamedTuple):
    """The columns of FINDINGS_BY_ANALYSIS after the finding."""

    analysis: str
    difference: float
    p: float
    holds: bool
    same_as: str | None
    counted: bool


class _Run(NamedTuple):
    """What the gate of one analysis says: of all terms, and of each finding. The uses themselves are not kept."""

    n_tested: int
    n_passed: int
    checks: list[_Check]


def _tables(
    counts: list[tuple[Any, ...]], rows: list[tuple[Any, ...]], summary: list[tuple[Any, ...]]
) -> dict[str, pd.DataFrame]:
    return {
        "analyses": ANALYSES.frame(counts),
        "findings_by_analysis": FINDINGS_BY_ANALYSIS.frame(rows),
        "robustness": ROBUSTNESS.frame(summary),
    }


def _count_once(checks: Sequence[tuple[str, _Check]]) -> list[_Checked]:
    """Count the first of each kind among the analyses that can test the finding."""
    first: dict[tuple[Any, ...], str] = {}
    found = []
    for name, check in checks:
        same = first.setdefault(check.kind, name) if check.testable else name
        found.append(_Checked(name, *check[:3], None if same == name else same, check.testable and same == name))
    return found


def _term_findings(comparison: Tables, n_groups: int) -> list[Finding]:
    """The terms that pass the gate: of two groups, for the one in which it is higher; of more, for the most distinct.

    Of three groups, one that uses a term often makes the others differ from the rest as well: that is one finding.
    """
    passed = past_the_gate(comparison["keyness"], n_groups)
    return [Finding(row.group, "keyness", row.term, 1 if row.log_ratio > 0 else -1) for row in rows_of(passed)]


def _readability_findings(comparison: Tables, n_groups: int) -> list[Finding]:
    """The differences of the stated formula that pass; of two groups, for the one in which it is higher."""
    rows = comparison["readability_by_group"]
    rows = rows[(rows["metric"] == STATED) & is_difference(rows, n_groups)]
    if n_groups == 2:
        rows = rows[rows["difference"] > 0]
    return [Finding(row.group, "readability", STATED, 1 if row.difference > 0 else -1) for row in rows_of(rows)]


def _english(articles: pd.DataFrame, notes: pd.DataFrame) -> pd.DataFrame:
    """The articles of the groups whose texts are all English: those whose readability is compared."""
    return articles[~articles["group"].isin(foreign_groups(articles, notes))]


def _gates(
    findings: Sequence[Finding],
    measures: Mapping[str, Tables],
    articles: pd.DataFrame,
    fixed: Sequence[Analysis],
    **settings: Any,
) -> dict[Analysis, _Run]:
    """Put the terms of every analysis through the gate, and check the findings; what analyses share is done once."""
    lemmas: dict[str, pd.DataFrame] = {}
    counted: dict[tuple[str, str, str], Counted] = {}
    by_key: dict[tuple[str, str, str, str, str | None], _Run] = {}
    runs = {}
    for one in fixed:
        clean = _first_alike(measures, one.clean)
        source = (one.words, clean, one.voices)
        if source not in counted:
            tables = measures[clean]
            terms = tables["sentence_terms"]
            if one.words == "lemma":
                if clean not in lemmas:
                    lemmas[clean] = by_lemma(terms)
                terms = lemmas[clean]
            counted[source] = count_uses(articles, tables["sentences"], terms, chosen_voices(one.voices))
        unit = unit_of_evidence(articles["group"].tolist(), one.unit)
        key = (*source, one.stop_words, unit)
        if key not in by_key:
            gated = put_through_gate(counted[source], unit, stop_words=one.stop_words == "in", **settings)
            kind = _kind(gated.units)
            checks = [_check_term(finding, one, counted[source], gated, kind) for finding in findings]
            n_passed = int((gated.result.p_adjusted <= ALPHA).any(axis=0).sum())
            by_key[key] = _Run(int(gated.tested.sum()), n_passed, checks)
        runs[one] = by_key[key]
    return runs


def _first_alike(measures: Mapping[str, Tables], clean: str) -> str:
    """The first choice of `clean` whose tables are those of this one: where nothing is set aside, both are the same."""
    return next(name for name, tables in measures.items() if tables is measures[clean])


def _kind(units: Units) -> bytes:
    """What is the same where units are: their words and uses, whichever terms those are of, in whichever order."""
    columns = sorted(sha256(column.tobytes()).digest() for column in units.counts.T)
    return sha256(b"".join([units.labels.tobytes(), units.words.tobytes(), *columns])).digest()


def _check_term(finding: Finding, analysis: Analysis, counted: Counted, gated: Gated, kind: bytes) -> _Check:
    """Check a term in an analysis: log ratio and adjusted p are missing where it is not tested."""
    wanted = lemma(finding.term) if analysis.words == "lemma" else finding.term
    side = counted.groups.index(finding.group)
    testable = _both_sides(gated.units.labels == side) and (
        analysis.stop_words == "in" or wanted not in english_stop_words()
    )
    place = bisect_left(counted.terms, wanted)
    if counted.terms[place : place + 1] != [wanted] or not gated.tested[place]:
        return _Check(np.nan, np.nan, False, testable, (kind, None))
    group, term, n = (counted.entries[name].to_numpy() for name in ("group", "term", "n"))
    words = np.bincount(group, n, len(counted.groups))
    uses = np.bincount(group, np.where(term == place, n, 0), len(counted.groups))
    ratio = float(log_ratio(uses[side], uses.sum() - uses[side], words[side], words.sum() - words[side]))
    p = adjusted_p(gated, side, place)
    column = gated.units.counts[:, int(gated.tested[:place].sum())]
    return _Check(ratio, p, p <= ALPHA and finding.sign * ratio > 0, testable, (kind, column.tobytes()))


def _both_sides(own: NDArray[np.bool_]) -> bool:
    """Say whether a side, and all others together, have units enough."""
    return bool(min(own.sum(), (~own).sum()) >= UNITS_NEEDED)


class _Scores(NamedTuple):
    """The readability of one analysis."""

    table: pd.DataFrame
    groups: list[str]
    labels: NDArray[np.int64]
    kind: bytes


def _scores(
    measures: Mapping[str, Tables], articles: pd.DataFrame, fixed: Sequence[Analysis], **settings: Any
) -> dict[Analysis, _Scores]:
    """Compare the readability of the articles in every analysis; what analyses share is computed once."""
    scored: dict[tuple[str, str, str], _Scores] = {}
    runs = {}
    for one in fixed:
        clean = _first_alike(measures, one.clean)
        key = (clean, one.voices, one.unit)
        if key not in scored:
            sentences = measures[clean]["sentences"]
            if one.voices != "all":
                sentences = _spoken_by(one.voices, sentences, measures[clean]["sentence_terms"])
            unit = unit_of_evidence(articles["group"].tolist(), one.unit)
            groups, units = count_units(articles, sentences, unit)
            table = compare_units(groups, units, withheld=unit is None, metrics=(STATED,), **settings)
            labels = units.index.get_level_values("group").to_numpy(dtype=np.int64)
            scored[key] = _Scores(table, groups, labels, labels.tobytes() + units.to_numpy(dtype=float).tobytes())
        runs[one] = scored[key]
    return runs


def _spoken_by(voice: str, sentences: pd.DataFrame, sentence_terms: pd.DataFrame) -> pd.DataFrame:
    """Keep the sentences more than half of whose words are in a voice."""
    words = sentence_terms[sentence_terms["order"] == 1]
    key = ["article_id", "sentence"]
    spoken = words.assign(own=words["n"].where(words["voice"] == voice, 0)).groupby(key)[["own", "n"]].sum()
    kept = spoken.index[2 * spoken["own"] > spoken["n"]]
    return sentences[pd.MultiIndex.from_frame(sentences[key]).isin(kept)]


def _check_difference(finding: Finding, scores: _Scores, n_groups: int) -> _Check:
    """Check a difference of the stated formula in an analysis: it is missing where a side has too few words."""
    side = scores.groups.index(finding.group)
    row = scores.table.iloc[[side]]
    difference, p = float(row["difference"].iloc[0]), float(row["p"].iloc[0])
    holds = bool(is_difference(row, n_groups).iloc[0]) and finding.sign * difference > 0
    testable = _both_sides(scores.labels == side) and not np.isnan(difference)
    return _Check(difference, p, holds, testable, (scores.kind,))
