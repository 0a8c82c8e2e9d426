"""Claims about terms: which pass the evidence gate, how small a difference could have passed, what is used most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.association import ALPHA
from analysis.claims.cells import (
    NAMED,
    Tables,
    cell,
    elsewhere,
    listed,
    parameter,
    row_cells,
    sides,
    spans_of,
    whole_text,
)
from analysis.claims.claim import Cell, Claim, Name, Part, Quotation, Section, Word
from analysis.evidence import ARTICLES_NEEDED, LEVEL
from analysis.terms import concordance


def occurrences(tables: Tables, term: str, parameters: Mapping[str, Any], group: str | None = None) -> pd.DataFrame:
    """Find every use of a term in the run's voices, in one group or in all: the CONCORDANCE rows."""
    articles = tables["articles"]
    chosen = articles if group is None else articles[articles["group"] == group]
    found = concordance(chosen, tables["sentences"], term, tables["voices"])
    voices = parameters.get("voices", "all")
    return found if voices == "all" else found[found["voice"].isin([voice.strip() for voice in voices.split(",")])]


def quote_term(tables: Tables, term: str, group: str) -> Quotation:
    """Quote a term by its commonest form in a group, or in the first that uses it: SURFACE_FORMS, with its place."""
    forms = tables["surface_forms"][tables["surface_forms"]["term"] == term]
    own = forms[forms["group"] == group]
    row = (forms if own.empty else own).iloc[0]
    return Quotation(str(row["surface"]), str(row["article_id"]), int(row["start"]), int(row["end"]))


def term_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """Which terms pass the evidence gate, how small a difference could have passed, and what is used most.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    parameters : mapping
        The run's settings.

    Returns
    -------
    list of Claim
    """
    section = Section("Which terms set the articles apart", "terms", parameters)
    keyness = tables["keyness"]
    limits = {"alpha": parameter("alpha", ALPHA), "level": parameter("level", LEVEL)}
    if (voices := parameters.get("voices", "all")) != "all":
        chosen, parts = listed(("{voice_@}", {"voice": Word(voice.strip())}) for voice in voices.split(","))
        section.say("voices", f"Terms are counted in these voices only: {chosen}.", parts, spans=whole_text(tables))
    if tables["detectable"]["unit"].isna().all():
        section.say(
            "evidence withheld",
            "Evidence on terms is withheld, since some groups hold too few articles for it: figures are descriptive. "
            "It needs one article in each group, or {needed} in each.",
            {"needed": parameter("articles needed in each group", ARTICLES_NEEDED)},
            spans=whole_text(tables),
        )
    else:
        _gate_findings(section, tables, limits)
    words = "Words" if parameters.get("stop_words") == "in" else "Content words"
    for group, name in sides(tables):
        ranked = keyness[(keyness["group"] == group) & (keyness["n"] > 0)].sort_values(
            ["n", "term"], ascending=[False, True]
        )
        items, spans = [], []
        for term in ranked["term"].head(NAMED):
            fields: dict[str, Part] = {
                "term": quote_term(tables, term, group),
                "n": cell(tables, "keyness", "n", group=group, term=term),
            }
            items.append(("{term_@} ({n_@})", fields))
            spans += spans_of(occurrences(tables, term, parameters, group))
        text, parts = listed(items)
        section.say(
            "most frequent terms",
            f"{words} used most in {{name}}: {text}." if items else f"{words} used most in {{name}}: none found.",
            {"name": name, **parts},
            spans=spans or whole_text(tables, group),
        )
    return section.claims


def _gate_findings(section: Section, tables: Tables, limits: dict[str, Cell]) -> None:
    """How many terms pass the gate, then each of them for the group whose rate differs."""
    groups = sides(tables)
    family = row_cells(tables, "detectable", group=groups[0][0])
    passed = tables["keyness"][tables["keyness"]["p_adjusted"] <= ALPHA]
    if len(groups) == 2:  # each difference stands in the table twice, once from either side
        passed = passed[passed["log_ratio"] > 0]
    if not family["n_tested"].value:
        template = "No term is used often enough to be tested (at least {min_count} uses in all)."
    elif not family["n_passed"].value:
        template = (
            "None of {n_tested} tested {n_tested:term|terms} passes the evidence gate (adjusted p at most "
            "{alpha:.2f}): no term is called different."
        )
    else:
        template = (
            "Of {n_tested} tested {n_tested:term|terms}, {n_passed} {n_passed:passes|pass} the evidence gate "
            "(adjusted p at most {alpha:.2f})"
        )
        several = (passed["group"].value_counts() > NAMED).any()
        template += "; stated are the first {named} of each text." if several else "."
    section.say(
        "evidence gate",
        template,
        {
            **{name: family[name] for name in ("n_tested", "n_passed")},
            **limits,
            "named": parameter("terms stated for each text", NAMED),
            "min_count": parameter("min_count", section.parameters.get("min_count")),
        },
        main="n_passed",
        spans=whole_text(tables),
    )
    for group, name in groups:
        own = passed[passed["group"] == group].sort_values("term")
        own = own.sort_values("z", key=abs, ascending=False, kind="stable").sort_values("p_adjusted", kind="stable")
        for term in own["term"].head(NAMED):
            _state_term(section, tables, group, name, term, limits)
        if own.empty and len(passed):
            section.say(
                "evidence gate",
                "No term has a higher rate in {name} past the gate."
                if len(groups) == 2
                else "No term has a higher or lower rate in {name} past the gate.",
                {"name": name},
                spans=whole_text(tables, group),
            )


def _state_term(section: Section, tables: Tables, group: str, name: Name, term: str, limits: dict[str, Cell]) -> None:
    """One term past the gate: rates on both sides, log ratio with its interval or bound, adjusted p."""
    cells = row_cells(tables, "keyness", group=group, term=term)
    searched = row_cells(tables, "detectable", group=group)
    cells |= {"n_words": searched["n_words"], "n_words_elsewhere": searched["n_words_elsewhere"]}
    direction = "higher" if cells["log_ratio"].value > 0 else "lower"
    here = (
        "{n} {n:use|uses} in {n_sentences} {n_sentences:sentence|sentences} ({rate:.1f} per thousand words)"
        if cells["n"].value
        else "not found in it ({n_words} words searched)"
    )
    there = (
        "against {n_elsewhere} in {rest} ({rate_elsewhere:.1f} per thousand words)"
        if cells["n_elsewhere"].value
        else "not found in {rest} ({n_words_elsewhere} words searched)"
    )
    section.say(
        "keyness",
        f"{{term}} has a {direction} rate in {{name}}: {here}, {there}; log ratio {{log_ratio:.1f}} "
        f"({{level:%}}\u00a0% {_interval(cells)}), adjusted\u00a0p\u00a0{{p_adjusted:p}}.",
        {"term": quote_term(tables, term, group), "name": name, "rest": elsewhere(group, tables), **cells, **limits},
        main="log_ratio",
        interval=("lower", "upper"),
        spans=spans_of(occurrences(tables, term, section.parameters)),
    )


def _interval(cells: dict[str, Cell]) -> str:
    """The template of an interval, or of the one bound that it has."""
    if cells["upper"].value == float("inf"):
        return "bound: at least {lower:.1f}"
    if cells["lower"].value == -float("inf"):
        return "bound: at most {upper:.1f}"
    return "interval {lower:.1f} to {upper:.1f}"
