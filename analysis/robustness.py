"""In how many reasonable analyses each finding holds.

A finding is a term that passes the evidence gate, or a difference of the stated readability formula that passes its
test. Which findings there are depends on choices that could have been made otherwise; those tried stand in a file,
fixed beforehand.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.analyses import Analysis, read_analyses
from analysis.association import ALPHA, log_ratio
from analysis.evidence import unit_of_evidence
from analysis.influence import Finding, adjusted_p, influence_on_readability, influence_on_terms
from analysis.keyness import Gated, put_through_gate
from analysis.lemmas import by_lemma, lemma
from analysis.passages import removed_passages
from analysis.readability import STATED, is_difference, readability_by_group
from analysis.schema import rows_of
from analysis.tables import ANALYSES, FINDINGS_BY_ANALYSIS, ROBUSTNESS
from analysis.units import Counted, count_uses
from analysis.voices import chosen_voices

Tables = Mapping[str, pd.DataFrame]
# The choices that do not bear on readability.
_NOT_READABILITY = ("words", "stop_words")


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
    """Check every finding in each of the analyses fixed beforehand, and without one paragraph at a time.

    A term holds in an analysis if it (or its lemma) passes the gate there in the same direction. A difference of
    readability holds if its interval is clear of zero and its p passes. Analyses that differ only in a choice that
    does not bear on a finding count once for it: lemmas and stop words do not bear on readability, nor sentence or
    paragraph on groups of several articles, whose unit is the article.

    Parameters
    ----------
    measures : mapping of {"on", "off"} to tables
        What `measure` gives, with boilerplate set aside and without.
    comparison : mapping of str to DataFrame
        `articles`, `keyness` and `readability_by_group` of the run, as `compare` gives them. Of two groups a finding
        is stated for the one where it is higher, of more for each group in which it is higher or lower.
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
    own = measures[clean]
    english = _english(articles, own["notes"])
    passages = pd.concat([own["sentences"], removed_passages(articles, own["regions"])], ignore_index=True)
    counted = count_uses(articles, passages, own["sentence_terms"], chosen_voices(voices))
    draw: dict[str, Any] = {"seed": seed, "permutations": permutations}
    gate = {"min_count": min_count, **draw}

    terms, differences = _term_findings(comparison, n_groups), _readability_findings(comparison, n_groups)
    influences = [
        *influence_on_terms(terms, articles, passages, counted, drawn, stop_words=stop_words == "in", **gate),
        *influence_on_readability(differences, english, own["sentences"], drawn, n_groups, draws=draws, **draw),
    ]
    fixed = read_analyses() if analyses is None else list(analyses)
    gates = _gates(measures, articles, fixed, **gate)
    scores = _scores(measures, english, fixed, draws=draws, **draw) if differences else {}
    rows, summary = [], []
    for finding, influence in zip([*terms, *differences], influences, strict=True):
        if finding.statistic == "keyness":
            checked = [(one.name, *_check_term(finding, one, gates[one])) for one in _distinct(fixed, drawn)]
        else:
            distinct = _distinct(fixed, drawn, *_NOT_READABILITY)
            checked = [(one.name, *_check_difference(finding, scores[one], n_groups)) for one in distinct]
        rows += [(*finding[:3], *one) for one in checked]
        summary.append((*finding[:3], sum(holds for *_, holds in checked), len(checked), *influence))
    counts = [(*one, int(gates[one].gated.tested.sum()), gates[one].n_passed) for one in fixed]
    return _tables(counts, rows, summary)


class _Run(NamedTuple):
    """The gate of one analysis."""

    counted: Counted
    gated: Gated

    @property
    def n_passed(self) -> int:
        return int((self.gated.result.p_adjusted <= ALPHA).any(axis=0).sum())


def _tables(
    counts: list[tuple[Any, ...]], rows: list[tuple[Any, ...]], summary: list[tuple[Any, ...]]
) -> dict[str, pd.DataFrame]:
    return {
        "analyses": ANALYSES.frame(counts),
        "findings_by_analysis": FINDINGS_BY_ANALYSIS.frame(rows),
        "robustness": ROBUSTNESS.frame(summary),
    }


def _term_findings(comparison: Tables, n_groups: int) -> list[Finding]:
    """The terms that pass the gate; of two groups, each for the one in which it is higher."""
    passed = comparison["keyness"]
    passed = passed[passed["p_adjusted"] <= ALPHA]
    if n_groups == 2:
        passed = passed[passed["log_ratio"] > 0]
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
    foreign = articles["article_id"].isin(notes.loc[notes["subject"] == "language", "article_id"])
    return articles[~articles["group"].isin(articles.loc[foreign, "group"])]


def _distinct(fixed: Sequence[Analysis], drawn: str, *ignored: str) -> list[Analysis]:
    """The analyses that differ in what matters, the first of each kind."""
    kinds: dict[Analysis, Analysis] = {}
    for one in fixed:
        alike = one._replace(name="", **dict.fromkeys(ignored, ""))
        kinds.setdefault(alike._replace(unit="article") if drawn == "article" else alike, one)
    return list(kinds.values())


def _gates(
    measures: Mapping[str, Tables],
    articles: pd.DataFrame,
    fixed: Sequence[Analysis],
    **settings: Any,
) -> dict[Analysis, _Run]:
    """Put the terms of every analysis through the gate; what analyses share is computed once."""
    counted: dict[tuple[str, str, str], Counted] = {}
    gated: dict[tuple[str, str, str, str, str | None], Gated] = {}
    runs = {}
    for one in fixed:
        source = (one.words, one.clean, one.voices)
        if source not in counted:
            tables = measures[one.clean]
            terms = by_lemma(tables["sentence_terms"]) if one.words == "lemma" else tables["sentence_terms"]
            counted[source] = count_uses(articles, tables["sentences"], terms, chosen_voices(one.voices))
        unit = unit_of_evidence(articles["group"].tolist(), one.unit)
        key = (*source, one.stop_words, unit)
        if key not in gated:
            gated[key] = put_through_gate(counted[source], unit, stop_words=one.stop_words == "in", **settings)
        runs[one] = _Run(counted[source], gated[key])
    return runs


def _check_term(finding: Finding, analysis: Analysis, run: _Run) -> tuple[float, float, bool]:
    """Log ratio and adjusted p of a term in an analysis, missing where it is not tested, and whether it holds."""
    counted = run.counted
    wanted = lemma(finding.term) if analysis.words == "lemma" else finding.term
    place = bisect_left(counted.terms, wanted)
    if counted.terms[place : place + 1] != [wanted] or not run.gated.tested[place]:
        return np.nan, np.nan, False
    side = counted.groups.index(finding.group)
    entries = counted.entries
    words = np.bincount(entries["group"], entries["n"], len(counted.groups))
    own = entries[entries["term"] == place]
    uses = np.bincount(own["group"], own["n"], len(counted.groups))
    ratio = float(log_ratio(uses[side], uses.sum() - uses[side], words[side], words.sum() - words[side]))
    p = adjusted_p(run.gated, side, place)
    return ratio, p, p <= ALPHA and finding.sign * ratio > 0


def _scores(
    measures: Mapping[str, Tables], articles: pd.DataFrame, fixed: Sequence[Analysis], **settings: Any
) -> dict[Analysis, pd.DataFrame]:
    """Compare the readability of the articles in every analysis; what analyses share is computed once."""
    scored: dict[tuple[str, str, str], pd.DataFrame] = {}
    for one in fixed:
        key = (one.clean, one.voices, one.unit)
        if key not in scored:
            sentences = measures[one.clean]["sentences"]
            if one.voices != "all":
                sentences = _spoken_by(one.voices, sentences, measures[one.clean]["sentence_terms"])
            scored[key] = readability_by_group(articles, sentences, metrics=(STATED,), unit=one.unit, **settings)
    return {one: scored[one.clean, one.voices, one.unit] for one in fixed}


def _spoken_by(voice: str, sentences: pd.DataFrame, sentence_terms: pd.DataFrame) -> pd.DataFrame:
    """Keep the sentences more than half of whose words are in a voice."""
    words = sentence_terms[sentence_terms["order"] == 1]
    key = ["article_id", "sentence"]
    spoken = words.assign(own=words["n"].where(words["voice"] == voice, 0)).groupby(key)[["own", "n"]].sum()
    kept = spoken.index[2 * spoken["own"] > spoken["n"]]
    return sentences[pd.MultiIndex.from_frame(sentences[key]).isin(kept)]


def _check_difference(finding: Finding, scores: pd.DataFrame, n_groups: int) -> tuple[float, float, bool]:
    """Difference and p of the stated formula in an analysis, and whether it holds."""
    row = scores[scores["group"] == finding.group]
    difference, p = float(row["difference"].iloc[0]), float(row["p"].iloc[0])
    return difference, p, bool(is_difference(row, n_groups).iloc[0]) and finding.sign * difference > 0
