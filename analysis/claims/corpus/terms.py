"""Claims about the terms of groups: which pass the evidence gate, each for the group that differs most."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.association import ALPHA
from analysis.claims.cells import Tables, listed, parameter, row_cells
from analysis.claims.claim import Cell, Claim, Name, Quotation, Section, Span, Word
from analysis.claims.corpus.cells import named_groups, others
from analysis.evidence import LEVEL
from analysis.groups.terms import past_the_gate, stated_terms
from analysis.schema import rows_of
from analysis.voices import chosen_voices

#: Terms past the gate that are stated for each group, at most.
TERMS_STATED = 3


def term_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """State how many terms pass the gate, and the first of each group.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `compare_groups` gives.
    parameters : mapping
        The run's settings.
    """
    section = Section("Terms that differ", "terms", parameters)
    if (voices := parameters.get("voices", "all")) != "all":
        text, parts = listed(("{voice_@}", {"voice": Word(voice)}) for voice in chosen_voices(voices))
        section.say("voices", f"Terms are counted in these voices only: {text}.", parts)
    groups = named_groups(tables)
    _state_languages(section, tables, groups)
    stated = stated_terms(tables["group_keyness"])
    own = {group: stated[stated["group"] == group] for group in groups}
    if tables["groups"]["evidence"].any():
        _state_gate(section, tables, max(map(len, own.values())) > TERMS_STATED)
    for group, name in groups.items():
        for term in own[group]["term"].head(TERMS_STATED):
            _state_term(section, tables, group, name, term)
    return section.claims


def _state_languages(section: Section, tables: Tables, groups: Mapping[str, Name]) -> None:
    """How many articles are not English, where some are: then terms tell languages apart."""
    rows = {name: row_cells(tables, "groups", group=group) for group, name in groups.items()}
    foreign = [(name, cells) for name, cells in rows.items() if cells["n_foreign"].value]
    if foreign:
        text, parts = listed(
            ("{n_foreign_@} of {n_counted_@} in {name_@}", {"name": name, **cells}) for name, cells in foreign
        )
        section.say(
            "languages",
            f"Not all articles are English: terms may differ by language alone. Not English: {text}.",
            parts,
        )


def _state_gate(section: Section, tables: Tables, more: bool) -> None:
    """How many terms pass in each group, `more` than are stated; of two groups, which mirror each other, as higher."""
    family = row_cells(tables, "group_limits", group=str(tables["groups"]["group"].iloc[0]))
    names = named_groups(tables)
    parts: dict[str, Any] = {
        "n_tested": family["n_tested"],
        "alpha": parameter("alpha", ALPHA),
        "min_count": parameter("min_count", section.parameters["min_count"]),
        "named": parameter("terms stated for each group", TERMS_STATED),
    }
    passed = past_the_gate(tables["group_keyness"])
    n_passed = int(passed["term"].nunique())
    if not family["n_tested"].value:
        template = "No term is used often enough to be tested (at least {min_count} uses in all)."
    elif not n_passed:
        template = (
            "None of {n_tested} tested {n_tested:term|terms} passes the evidence gate (adjusted\u00a0p at most "
            "{alpha:.2f}): no term is called different."
        )
    else:
        which = "terms past the gate"
        if len(names) == 2:
            passed, which = passed[passed["log_ratio"] > 0], f"{which}, log_ratio > 0"
        own = passed["group"].value_counts()
        text, counts = listed(
            (
                "{n_@} in {name_@}",
                {"n": Cell(int(own.get(group, 0)), "group_keyness", {"group": group}, which), "name": name},
            )
            for group, name in names.items()
        )
        parts |= counts | {"n_passed": Cell(n_passed, "group_keyness", {}, "terms past the gate")}
        template = (
            "Of {n_tested} tested {n_tested:term|terms}, {n_passed} {n_passed:passes|pass} the evidence gate "
            "(adjusted\u00a0p at most {alpha:.2f}), "
            + ("with a higher rate: " if len(names) == 2 else "each in one group or more: ")
            + text
        )
        template += "; stated are the first {named} of each group, of those that differ most in it." if more else "."
    section.say("evidence gate", template, parts, main="n_passed" if n_passed else None)


def quote_term(tables: Tables, group: str, term: str) -> tuple[Quotation, list[Span]]:
    """A term as it is written where it is shown, in its group if it is used there; and all places that are shown."""
    shown = tables["group_excerpts"][tables["group_excerpts"]["term"] == term]
    own = shown[shown["group"] == group]
    row = next(rows_of(shown if own.empty else own))
    spans = [(str(use.article_id), int(use.start), int(use.end)) for use in rows_of(shown)]
    return Quotation(row.surface, row.article_id, int(row.start), int(row.end)), spans


def _state_term(section: Section, tables: Tables, group: str, name: Name, term: str) -> None:
    """One term past the gate: uses, articles and rates on both sides, log ratio with its interval, adjusted p."""
    cells = row_cells(tables, "group_keyness", group=group, term=term)
    searched = row_cells(tables, "group_limits", group=group)
    cells |= {"n_words": searched["n_words"], "n_words_elsewhere": searched["n_words_elsewhere"]}
    quotation, spans = quote_term(tables, group, term)
    direction = "higher" if cells["log_ratio"].value > 0 else "lower"
    here = (
        "{n} {n:use|uses} in {n_articles} {n_articles:article|articles} ({rate:.1f} per thousand words)"
        if cells["n"].value
        else "not found in it ({n_words} {n_words:word|words} searched)"
    )
    there = (
        "against {n_elsewhere} {n_elsewhere:use|uses} in {n_articles_elsewhere} "
        "{n_articles_elsewhere:article|articles} of {rest} ({rate_elsewhere:.1f} per thousand words)"
        if cells["n_elsewhere"].value
        else "not found in {rest} ({n_words_elsewhere} {n_words_elsewhere:word|words} searched)"
    )
    section.say(
        "keyness",
        f"{{term}} has a {direction} rate in {{name}}: {here}, {there}; log ratio {{log_ratio:.1f}} "
        f"({interval_template(cells)}), adjusted\u00a0p\u00a0{{p_adjusted:p}}.",
        {
            "term": quotation, "name": name, "rest": others(group, tables), "level": parameter("level", LEVEL), **cells,
        },
        main="log_ratio",
        interval=("lower", "upper"),
        spans=spans,
    )  # fmt: skip


def interval_template(cells: Mapping[str, Cell]) -> str:
    """The template of an interval, or of the one bound that it has."""
    if cells["upper"].value == float("inf"):
        return "{level:%}\u00a0% bound: at least {lower:.1f}"
    if cells["lower"].value == -float("inf"):
        return "{level:%}\u00a0% bound: at most {upper:.1f}"
    return "{level:%}\u00a0% interval {lower:.1f} to {upper:.1f}"
