"""Claims about terms: which pass the evidence gate, for all voices and for the author's, and how far that holds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.association import ALPHA
from analysis.claims.cells import Tables, elsewhere, listed, parameter, row_cells, sides, spans_of, whole_text
from analysis.claims.claim import Cell, Claim, Name, Part, Quotation, Section, Span, Word
from analysis.claims.robustness import robustness_sentence
from analysis.evidence import ARTICLES_NEEDED, LEVEL
from analysis.keyness import past_the_gate
from analysis.passages import all_passages
from analysis.sides import foreign_groups
from analysis.terms import concordance
from analysis.voices import chosen_voices, in_voices

#: Terms past the gate that are stated for each side, at most.
TERMS_STATED = 3


def occurrences(tables: Tables, term: str, parameters: Mapping[str, Any], group: str | None = None) -> pd.DataFrame:
    """Find every use of a term in the run's voices, in one group or in all: the CONCORDANCE rows."""
    articles = tables["articles"]
    chosen = articles if group is None else articles[articles["group"] == group]
    passages = all_passages(chosen, tables["sentences"], tables["regions"])
    return in_voices(concordance(chosen, passages, term, tables["voices"]), parameters.get("voices", "all"))


def quote_term(tables: Tables, term: str, group: str) -> Quotation:
    """Quote a term by its commonest form in a group, or in the first that uses it: SURFACE_FORMS, with its place."""
    forms = tables["surface_forms"][tables["surface_forms"]["term"] == term]
    own = forms[forms["group"] == group]
    row = (forms if own.empty else own).iloc[0]
    return Quotation(str(row["surface"]), str(row["article_id"]), int(row["start"]), int(row["end"]))


def term_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """Which terms pass the evidence gate, for all voices and for the author's, and how far that holds.

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
    section = Section("Terms that differ", "terms", parameters)
    limits = {"alpha": parameter("alpha", ALPHA), "level": parameter("level", LEVEL)}
    if (voices := parameters.get("voices", "all")) != "all":
        chosen, parts = listed(("{voice_@}", {"voice": Word(voice)}) for voice in chosen_voices(voices))
        section.say("voices", f"Terms are counted in these voices only: {chosen}.", parts, spans=whole_text(tables))
    if 0 < len(foreign_groups(tables["articles"], tables["notes"])) < tables["articles"]["group"].nunique():
        section.say(
            "languages", "Not all texts are English: terms may differ by language alone.", spans=whole_text(tables)
        )
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
    return section.claims


def _gate_findings(section: Section, tables: Tables, limits: dict[str, Cell]) -> None:
    """How many terms pass the gate, each of them for the group whose rate differs, and how many pass for the author."""
    groups = sides(tables)
    family = row_cells(tables, "detectable", group=groups[0][0])
    passed = past_the_gate(tables["keyness"], len(groups))
    own = {group: passed[passed["group"] == group] for group, _ in groups}
    counts: dict[str, Part] = {}
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
        if len(groups) == 2:
            text, counts = listed(
                (
                    "{n_@} in {name_@}" if place else "{n_@} higher in {name_@}",
                    {"name": name, "n": Cell(len(own[group]), "keyness", {"group": group}, "terms past the gate")},
                )
                for place, (group, name) in enumerate(groups)
            )
            template += f": {text}"
        template += (
            "; stated are the first {named} of each text." if max(map(len, own.values())) > TERMS_STATED else "."
        )
    section.say(
        "evidence gate",
        template,
        {
            **{name: family[name] for name in ("n_tested", "n_passed")},
            **limits,
            **counts,
            "named": parameter("terms stated for each text", TERMS_STATED),
            "min_count": parameter("min_count", section.parameters.get("min_count")),
        },
        main="n_passed",
        spans=whole_text(tables),
    )
    for group, name in groups:
        ranked = own[group].assign(size=own[group]["z"].abs())
        ranked = ranked.sort_values(["p_adjusted", "size", "term"], ascending=[True, False, True])
        for term in ranked["term"].head(TERMS_STATED):
            _state_term(section, tables, group, name, term, limits)
    keyness = tables["keyness"]
    any_passed = set(keyness.loc[keyness["p_adjusted"] <= ALPHA, "group"])
    none = [(group, name) for group, name in groups if group not in any_passed]
    if len(groups) > 2 and none and len(passed):
        text, parts = listed(("{name_@}", {"name": name}) for _, name in none)
        section.say(
            "evidence gate",
            f"No term has a higher or lower rate past the gate in {text}.",
            parts,
            spans=[span for group, _ in none for span in whole_text(tables, group)],
        )
    _state_author(section, tables)


def _state_author(section: Section, tables: Tables) -> None:
    """Which terms pass where only the author's own words are counted."""
    if tables["detectable_author"].empty or section.parameters.get("voices", "all") == "author":
        return
    groups = sides(tables)
    family = row_cells(tables, "detectable_author", group=groups[0][0])
    passed = past_the_gate(tables["keyness_author"], len(groups))
    texts: list[str] = []
    parts: dict[str, Part] = {}
    spans: list[Span] = []
    for place, (group, name) in enumerate(groups):
        own = passed[passed["group"] == group].sort_values(["p_adjusted", "term"])
        items: list[tuple[str, dict[str, Part]]] = []
        for term, log_ratio in own[["term", "log_ratio"]].head(TERMS_STATED).itertuples(index=False):
            lower = " (lower)" if log_ratio < 0 else ""
            items.append((f"{{term_{place}_@}}{lower}", {f"term_{place}": quote_term(tables, term, group)}))
            spans += spans_of(occurrences(tables, term, {"voices": "author"}))
        text, quoted = listed(items)
        more = f" and {{more_{place}}} {{more_{place}:other|others}}" if len(own) > len(items) else ""
        texts.append(f"{text or 'none'}{more} in {{name_{place}}}")
        parts |= quoted | {f"name_{place}": name}
        key = {"group": group}
        parts[f"more_{place}"] = Cell(len(own) - len(items), "keyness_author", key, "other terms past the gate")
    section.say(
        "evidence gate, voice of the author",
        "In author voice alone, {n_passed} of {n_tested} {n_passed:passes|pass}"
        + (f": {'; '.join(texts)}." if len(passed) else "."),
        {**{name: family[name] for name in ("n_tested", "n_passed")}, **parts},
        main="n_passed",
        spans=spans or whole_text(tables),
    )


def _state_term(section: Section, tables: Tables, group: str, name: Name, term: str, limits: dict[str, Cell]) -> None:
    """One term past the gate: rates on both sides, log ratio with its interval or bound, adjusted p."""
    cells = row_cells(tables, "keyness", group=group, term=term)
    searched = row_cells(tables, "detectable", group=group)
    cells |= {"n_words": searched["n_words"], "n_words_elsewhere": searched["n_words_elsewhere"]}
    direction = "higher" if cells["log_ratio"].value > 0 else "lower"
    here = (
        "{n} {n:use|uses} ({rate:.1f} per thousand words)"
        if cells["n"].value
        else "not found in it ({n_words} {n_words:word|words} searched)"
    )
    there = (
        "against {n_elsewhere} in {rest} ({rate_elsewhere:.1f} per thousand words)"
        if cells["n_elsewhere"].value
        else "not found in {rest} ({n_words_elsewhere} {n_words_elsewhere:word|words} searched)"
    )
    robust, robust_parts, rests_on = robustness_sentence(tables, group, "keyness", term)
    section.say(
        "keyness",
        f"{{term}} has a {direction} rate in {{name}}: {here}, {there}; log ratio {{log_ratio:.1f}} "
        f"({_interval(cells)}), adjusted\u00a0p\u00a0{{p_adjusted:p}}. {robust}".rstrip(),
        {
            "term": quote_term(tables, term, group),
            "name": name,
            "rest": elsewhere(group, tables),
            "single": name if searched["n_units"].value == 1 else elsewhere(group, tables),
            "unit": Word(str(searched["unit"].value)),
            **cells,
            **limits,
            **robust_parts,
        },
        main="log_ratio",
        interval=("lower", "upper"),
        spans=[*spans_of(occurrences(tables, term, section.parameters)), *rests_on],
    )


def _interval(cells: dict[str, Cell]) -> str:
    """The template of an interval, of the one bound that it has, or of why there is neither."""
    if pd.isna(cells["lower"].value):
        return "no interval: a single {unit} in {single}"
    if cells["upper"].value == float("inf"):
        return "{level:%}\u00a0% bound: at least {lower:.1f}"
    if cells["lower"].value == -float("inf"):
        return "{level:%}\u00a0% bound: at most {upper:.1f}"
    return "{level:%}\u00a0% interval {lower:.1f} to {upper:.1f}"
