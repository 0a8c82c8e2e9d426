"""Claims about attribution: who is given a voice. Counts carry no comparative."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.attribution.counts import DIMENSIONS, attributed_sentences
from analysis.claims.cells import Tables, cell, listed, parameter, row_cells, sides, spans_of, whole_text
from analysis.claims.claim import Claim, Name, Part, Quotation, Section, Span, Word
from analysis.evidence import LEVEL
from analysis.schema import rows_of
from analysis.tables import BODY_KINDS

#: How many sources are named for each side, at most.
SOURCES_NAMED = 3
#: Pronouns are not resolved, so that they are nobody's name.
_PRONOUNS = ("he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "these", "those")


def attribution_findings(tables: Tables, parameters: Mapping[str, Any]) -> list[Claim]:
    """Who is given a voice: statements by kind, source type and cue class, and the sources given most words.

    Counts carry no comparative. Parameters and returns are those of `term_findings`.
    """
    section = Section("Who is given a voice", "voice", parameters)
    if parameters.get("attribution") == "none":
        section.say("attribution", "Attributions were not looked for: attributed text counts as that of the author.")
        return section.claims
    level = parameter("level", LEVEL)
    notes = tables["notes"]
    foreign = notes.loc[notes["subject"] == "language", "article_id"]
    withheld = set(tables["articles"].loc[tables["articles"]["article_id"].isin(foreign), "group"])
    for group, name in sides(tables):
        if group in withheld:
            section.say(
                "attributions",
                "Attributions were not looked for in {name}: not all of its text is English.",
                {"name": name},
                spans=whole_text(tables, group),
            )
    read = [(group, name) for group, name in sides(tables) if group not in withheld]
    for group, name in read:
        carried = row_cells(tables, "attribution_counts", group=group, dimension="sentences", category="attributed")
        if not carried["n_total"].value:
            section.say("attributions", "{name} has no sentence that could carry a statement.", {"name": name})
            continue
        text, parts = _categories(tables, group, "kind")
        section.say(
            "attributions",
            "{name} carries {n_statements} {n_statements:statement|statements}"
            + (f" ({text})" if text else "")
            + ", in {n} of {n_total} {n_total:sentence|sentences} "
            "({share:%}\u00a0%, {level:%} % interval {lower:%} to {upper:%}).",
            {
                "name": name,
                "level": level,
                "n_statements": cell(tables, "coverage", "n_statements", group=group),
                **carried,
                **parts,
            },
            main="share",
            interval=("lower", "upper"),
            spans=_statement_spans(tables, group) or whole_text(tables, group),
        )
    for dimension, heading in {"source_type": "By source", "cue_class": "By cue"}.items():
        for group, name in read:
            text, parts = _categories(tables, group, dimension)
            section.say(
                f"statements by {dimension}",
                f"{heading}, {{name}}: {text or 'none found'}.",
                {"name": name, **parts},
                spans=_statement_spans(tables, group) or whole_text(tables, group),
            )
    for group, name in read:
        _state_sources(section, tables, group, name)
    return section.claims


def _categories(tables: Tables, group: str, dimension: str) -> tuple[str, dict[str, Part]]:
    """The count of every category of a dimension that any group has; the same for each group, zeros too."""
    counts = tables["attribution_counts"]
    found = set(counts.loc[(counts["dimension"] == dimension) & (counts["n"] > 0), "category"])
    return listed(
        (
            "{category_@} {n_@}",
            {
                "category": Word("none named" if category == "none" else category),
                "n": cell(tables, "attribution_counts", "n", group=group, dimension=dimension, category=category),
            },
        )
        for category in DIMENSIONS[dimension]
        if category in found
    )


def _statement_spans(tables: Tables, group: str) -> list[Span]:
    """The sentences of a group that carry a statement."""
    ids = tables["articles"].loc[tables["articles"]["group"] == group, "article_id"]
    attributions = tables["attributions"]
    own = attributions[attributions["article_id"].isin(ids) & (attributions["act"] == "statement")]
    body = tables["sentences"][tables["sentences"]["kind"].isin(BODY_KINDS)]
    return spans_of(attributed_sentences(body, own, tables["spans"]))


def _state_sources(section: Section, tables: Tables, group: str, name: Name) -> None:
    articles, attributions, spans = tables["articles"], tables["attributions"], tables["spans"]
    ids = articles.loc[articles["group"] == group, "article_id"]
    ranked = tables["sources"][tables["sources"]["group"] == group]
    ranked = ranked[~ranked["source"].str.casefold().isin(_PRONOUNS)].head(SOURCES_NAMED)
    items: list[tuple[str, dict[str, Part]]] = []
    behind: list[Span] = []
    for row in rows_of(ranked):
        own = attributions[attributions["article_id"].isin(ids) & (attributions["act"] == "statement")]
        same = own[own["source"].map(lambda text: " ".join(str(text).split()) == row.source)]  # noqa: B023
        places = spans[spans["role"] == "source"].merge(
            same[["article_id", "attribution"]], on=["article_id", "attribution"]
        )
        first = places.iloc[0]
        text = str(articles.set_index("article_id")["text"][first["article_id"]])[first["start"] : first["end"]]
        key = {"group": group, "source": row.source, "source_type": row.source_type}
        items.append(
            (
                "{source_@} ({n_words_@} {n_words_@:word|words})",
                {
                    "source": Quotation(text, str(first["article_id"]), int(first["start"]), int(first["end"])),
                    "n_words": cell(tables, "sources", "n_words", **key),
                },
            )
        )
        behind += spans_of(places)
    text, parts = listed(items)
    section.say(
        "words given to sources",
        f"Given most words in {{name}}: {text}." if items else "Given most words in {name}: none found.",
        {"name": name, **parts},
        spans=behind or whole_text(tables, group),
    )
