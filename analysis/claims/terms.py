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
from analysis.claims.claim import Cell, Claim, Name, Part, Quotation, Section
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
    """Quote a term by its commonest form in a group: the SURFACE_FORMS row, with its first place."""
    forms = tables["surface_forms"]
    row = forms[(forms["group"] == group) & (forms["term"] == term)].iloc[0]
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
    if tables["detectable"]["unit"].isna().all():
        section.say(
            "evidence withheld",
            "Term evidence is withheld, since some groups hold too few articles for it: figures are descriptive. "
            "Evidence needs one article in each group, or {needed} in each.",
            {"needed": parameter("articles needed in each group", ARTICLES_NEEDED)},
            spans=whole_text(tables),
        )
    else:
        _gate_findings(section, tables, limits)
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
            f"Content words used most in {{name}}: {text}."
            if items
            else "Content words used most in {name}: none found.",
            {"name": name, **parts},
            spans=spans or whole_text(tables, group),
        )
    return section.claims


def _gate_findings(section: Section, tables: Tables, limits: dict[str, Cell]) -> None:
    keyness = tables["keyness"]
    tested = keyness[keyness["tested"]]
    passed = tested[(tested["p_adjusted"] <= ALPHA) & (tested["log_ratio"] > 0)]
    counts = {
        "n_tested": Cell(int(tested["term"].nunique()), "keyness", {"tested": True}, "term"),
        "n_passed": Cell(int(passed["term"].nunique()), "keyness", {"tested": True}, "p_adjusted"),
    }
    section.say(
        "evidence gate",
        "Of {n_tested} {n_tested:term|terms} tested, {n_passed} {n_passed:passes|pass} the evidence gate "
        "(adjusted p at most {alpha:.2f})."
        if len(passed)
        else "None of the {n_tested} tested terms passes the evidence gate (adjusted p at most {alpha:.2f}): "
        "the texts are too short, or too alike, to tell their terms apart.",
        {**counts, **limits},
        main="n_passed",
        spans=whole_text(tables),
    )
    needed = [(name, cell(tables, "detectable", "n_needed", group=group)) for group, name in sides(tables)]
    text, parts = listed(("{n_@:.0f} in {name_@}", {"n": n, "name": name}) for name, n in needed if pd.notna(n.value))
    if text:
        section.say(
            "smallest detectable difference",
            f"Fewest uses, against none elsewhere, that would pass: {text}.",
            parts,
            spans=whole_text(tables),
        )
    for group, name in sides(tables):
        own = passed[passed["group"] == group].sort_values(["p_adjusted", "z", "term"], ascending=[True, False, True])
        for term in own["term"].head(NAMED):
            _state_term(section, tables, group, name, term, limits)
        if own.empty and len(passed):
            section.say(
                "evidence gate",
                "No term has a higher rate in {name} past the evidence gate.",
                {"name": name},
                spans=whole_text(tables, group),
            )


def _state_term(section: Section, tables: Tables, group: str, name: Name, term: str, limits: dict[str, Cell]) -> None:
    cells = row_cells(tables, "keyness", group=group, term=term)
    rest = tables["coverage"][tables["coverage"]["group"] != group]["n_words"].sum()
    cells |= {"n_searched": Cell(int(rest), "coverage", {"group": f"not {group}"}, "n_words")}
    against = (
        "against {n_elsewhere} in {rest} ({rate_elsewhere:.1f})"
        if cells["n_elsewhere"].value
        else "not found in {rest} ({n_searched} words searched)"
    )
    two_sided = all(abs(cells[end].value) != float("inf") for end in ("lower", "upper"))
    interval = "interval {lower:.1f} to {upper:.1f}" if two_sided else "bound: at least {lower:.1f}"
    section.say(
        "keyness",
        "{term} has a higher rate in {name}: {n} {n:use|uses} in {n_sentences} {n_sentences:sentence|sentences} "
        f"({{rate:.1f}} per thousand words), {against}; log ratio {{log_ratio:.1f}} ({{level:%}} % {interval}), "
        "adjusted p {p_adjusted:p}.",
        {
            "term": quote_term(tables, term, group),
            "name": name,
            "rest": elsewhere(group, tables),
            **cells,
            **limits,
        },
        main="log_ratio",
        interval=("lower", "upper"),
        spans=spans_of(occurrences(tables, term, section.parameters)),
    )
