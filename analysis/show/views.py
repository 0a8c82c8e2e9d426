"""The tables of the report, each cut to what a reader needs; the full ones are in tables/."""

from __future__ import annotations

from collections.abc import Mapping
from math import floor, isnan
from typing import Any

import pandas as pd

from analysis.attribution.counts import STATEMENTS, SURE, is_doubtful
from analysis.attribution.doubts import DOUBTFUL, with_doubt
from analysis.claims.cells import NAMED, Tables
from analysis.claims.claim import format_value
from analysis.claims.opening import headlines
from analysis.evidence import LEVEL
from analysis.inputs.files import accept
from analysis.names import (
    BOILERPLATE_NAMES,
    FIELD_NAMES,
    METRIC_NAMES,
    article_names,
    group_names,
    in_order,
    with_surface,
)
from analysis.power import POWER
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, remark, show_table
from analysis.text import stop_words
from analysis.voices import in_voices
from analysis.withheld import is_withheld

#: How the column of an interval is headed.
INTERVAL = f"{format_value(LEVEL, '%')} % interval"


def intervals(rows: pd.DataFrame, lower: str, upper: str, spec: str) -> list[str]:
    """Write each interval as "low to high"; an open end as such, a missing one as a dash."""
    ends = zip(rows[lower], rows[upper], strict=True)
    return ["–" if pd.isna(low) or pd.isna(high) else f"{_end(low, spec)} to {_end(high, spec)}" for low, high in ends]


def _end(value: float, spec: str) -> str:
    return "open" if abs(value) == float("inf") else format_value(value, spec)


def show_headlines(tables: Tables) -> Shown:
    """Show the headline and the first sentence of each article side by side, with what is known of it."""
    names = article_names(tables["articles"])
    anchors = Anchors(tables)
    rows = headlines(tables).merge(tables["articles"][["article_id", "title", "path", *FIELD_NAMES]], on="article_id")
    rows["name"] = [names[article_id].value for article_id in rows["article_id"]]
    rows["headline"] = rows["headline"].fillna(rows["title"])
    links = {
        column: [
            None if pd.isna(start) else anchors.first(article_id, start, end)
            for article_id, start, end in zip(
                rows["article_id"], rows[f"{column}_start"], rows[f"{column}_end"], strict=True
            )
        ]
        for column in ("headline", "lead")
    }
    columns = {"name": "Article", "headline": "Headline", "lead": "First sentence"}
    columns |= {field: name.capitalize() for field, name in FIELD_NAMES.items()} | {"path": "File"}
    return show_table(rows, columns, "How each article opens; a dash is not stated", links=links)


def show_coverage(tables: Tables) -> Shown:
    """Show what was read and searched in each group, what was set aside by kind, and how many marks pair up."""
    names = group_names(tables["articles"])
    rows = tables["coverage"].assign(name=tables["coverage"]["group"].map(names))
    columns = {"name": "Text", "n_articles": "Articles", "n_words": "Words", "n_sentences": "Sentences"}
    columns |= {f"n_{kind}": f"Set aside: {what}" for kind, what in BOILERPLATE_NAMES.items()}
    columns |= {
        "n_marks": "Quotation marks", "n_paired": "Paired", "n_quotations": "Quotations", "n_unsourced": "Unsourced",
        "n_statements": "Statements", "n_statements_sure": "Without doubtful attributions", "n_attitudes": "Attitudes",
    }  # fmt: skip
    return show_table(rows, columns, "What was read, set aside (in words) and searched; headings count as words")


def show_detectable(tables: Tables) -> Shown:
    """Show how small a difference in the use of a term the evidence gate can see at these lengths."""
    names = group_names(tables["articles"])
    rows = tables["detectable"]
    rows = rows.assign(name=rows["group"].map(names), unit=rows["unit"].fillna("withheld"))
    columns = {
        "name": "Text", "n_words": "Words", "n_words_elsewhere": "Words elsewhere", "n_tested": "Terms tested",
        "n_passed": "Terms that pass", "n_units": "Units", "unit": "Unit", "n_needed": "Uses that pass, none elsewhere",
        "detectable_rate": f"Rate per 1,000 that passes in {format_value(POWER, '%')} % of texts",
    }  # fmt: skip
    caption = "The smallest difference that can be seen: fewest uses, against none elsewhere, that pass the gate"
    return show_table(rows, columns, caption, {"n_needed": ".0f", "detectable_rate": ".1f"})


def show_phrases(tables: Tables, k: int = 2 * NAMED, *, voices: str = "all") -> Shown:
    """Show the phrases of two and three words that each group uses most; counts only, nothing is tested."""
    names = group_names(tables["articles"])
    groups = tables["articles"].set_index("article_id")["group"]
    counts = in_voices(tables["term_counts"], voices)
    phrases = counts[counts["order"] > 1].assign(group=counts["article_id"].map(groups))
    phrases = phrases.groupby(["group", "order", "term"], as_index=False)[["n"]].sum()
    phrases = phrases[(phrases["n"] > 1) & ~phrases["term"].map(_begins_or_ends_with_stop_word).astype(bool)]
    phrases = (
        phrases.sort_values(["n", "order", "term"], ascending=[False, False, True]).groupby("group", sort=False).head(k)
    )
    phrases = in_order(names, phrases)
    phrases = with_surface(phrases, tables)
    phrases["name"] = phrases["group"].map(names)
    columns = {"surface": "Phrase", "name": "Text", "n": "Uses"}
    return show_table(phrases, columns, f"Phrases used more than once: at most {k} for each side; counts, no test")


def _begins_or_ends_with_stop_word(phrase: str) -> bool:
    words = phrase.split(" ")
    return words[0] in stop_words() or words[-1] in stop_words()


def show_readability(tables: Tables) -> Shown:
    """Show every readability metric of each group with its interval."""
    names = group_names(tables["articles"])
    rows = tables["readability_by_group"]
    metrics = [metric for metric in METRIC_NAMES if metric in set(rows["metric"])]
    wide = pd.DataFrame({"metric": [METRIC_NAMES[metric] for metric in metrics]})
    columns = {"metric": "Metric"}
    for group, name in names.items():
        own = rows[rows["group"] == group].set_index("metric").loc[metrics]
        values = ["–" if pd.isna(value) else format_value(float(value), ".2f") for value in own["value"]]
        wide[group] = [
            f"{value} ({interval})" if interval != "–" else value
            for value, interval in zip(values, intervals(own, "lower", "upper", ".2f"), strict=True)
        ]
        columns[group] = f"{name} ({INTERVAL})"
    for group, name in list(names.items())[: 1 if len(names) == 2 else None]:
        own = rows[rows["group"] == group].set_index("metric").loc[metrics]
        wide[f"p of {group}"] = ["–" if pd.isna(p) else format_value(float(p), "p") for p in own["p"]]
        columns[f"p of {group}"] = "p of the difference" if len(names) == 2 else f"p, {name} against the others"
    return show_table(wide, columns, "Readability; higher is harder, except for Flesch reading ease")


def show_sources(tables: Tables, k: int = 2 * NAMED) -> Shown:
    """Show the sources of each group that are given most words, and where in its text each first has a statement.

    A source is followed by how many of its attributions are doubtful.
    """
    names = group_names(tables["articles"])
    anchors = Anchors(tables)
    rows = tables["sources"].groupby("group", sort=False).head(k).reset_index(drop=True)
    places = [anchors.of((row.article_id, row.start, row.end)) for row in rows_of(rows)]
    rows = rows.assign(
        name=rows["group"].map(names),
        source=[with_doubt(row.source, row.n, row.n_sure) for row in rows_of(rows)],
        first=[place[0][1] if place else "–" for place in places],
        at=["–" if pd.isna(position) else f"{position:.0%}".replace("%", "\u00a0%") for position in rows["position"]],
    )
    columns = {
        "source": "Source", "name": "Text", "source_type": "Type", "n": "Statements",
        "n_sure": "Without doubtful attributions", "n_words": "Words",
        "first": "First in sentence", "at": "At this share of the text",
    }  # fmt: skip
    links = {"first": [place[0][0] if place else None for place in places]}
    caption = f"Sources given most words: at most {k} for each side; a person under one name where it is certain"
    return show_table(rows, columns, caption, links=links)


def show_statements(tables: Tables) -> Shown:
    """Show how many statements of each group fall into each category, and how many without the doubtful ones.

    Share and interval are of all, the doubtful ones too.
    """
    names = group_names(tables["articles"])
    counts = tables["attribution_counts"]
    counts = counts[counts["dimension"] != "sentences"]
    wide = counts[counts["group"] == next(iter(names))][["dimension", "category"]].reset_index(drop=True)
    columns = {"category": "Category", "what": "Of"}
    for group, name in names.items():
        own = counts[counts["group"] == group].reset_index(drop=True)
        figures = zip(own["n"], own["share"], intervals(own, "lower", "upper", "%"), strict=True)
        wide[group] = [
            f"{n}" if pd.isna(share) else f"{n} ({format_value(share, '%')}\u00a0%, {ends})"
            for n, share, ends in figures
        ]
        wide[f"sure of {group}"] = own["n_sure"]
        columns |= {group: f"{name} (share, {INTERVAL})", f"sure of {group}": f"{name} without doubtful attributions"}
    wide["what"] = wide["dimension"].map({"kind": "kind", "source_type": "source", "cue_class": "cue"})
    return show_table(wide, columns, "Statements by kind, source and cue; intervals take them for independent")


def show_counted(statements: str) -> Shown:
    """Say what counts as a statement, where it is not what a report counts: one of `STATEMENTS`."""
    named = accept("statements", statements, tuple(STATEMENTS))
    return remark(f"Counted as statements below: {STATEMENTS[named]}.")


def show_attributions(tables: Tables) -> Shown:
    """Show every attribution that was found, in the order of the texts, with a link to its sentence.

    A doubtful one is marked in words, beside its confidence.
    """
    names = article_names(tables["articles"])
    anchors = Anchors(tables)
    rows = tables["attributions"].reset_index(drop=True)
    links = {"place": [anchors.at(row.article_id, f"s{row.sentence}") for row in rows_of(rows)]}
    doubts = zip(rows["confidence"], is_doubtful(rows), strict=True)
    rows = rows.assign(
        inside=["" if pd.isna(number) else f"{number:.0f}" for number in rows["nested_in"]],
        place=[f"{names[row.article_id].value} {row.sentence}" for row in rows_of(rows)],
        confidence=[confidence_of(float(value), doubtful=bool(doubt)) for value, doubt in doubts],
    )
    columns = {
        "place": "Sentence", "attribution": "Number", "inside": "Inside", "confidence": "Confidence",
        "source": "Source", "speaker": "Speaker", "cue": "Cue", "content": "Content", "act": "Act", "kind": "Kind",
        "modality": "Modality", "source_type": "Source type", "cue_class": "Cue class",
    }  # fmt: skip
    caption = "Attributions found" + (
        f". One with a confidence below {SURE} is {DOUBTFUL}: more likely wrong than right, in source or content. "
        f"One given by hand has none, and is not {DOUBTFUL}"
    ) * (len(rows) > 0)
    return show_table(rows, columns, caption, links=links)


def confidence_of(value: float, *, doubtful: bool) -> str:
    """Write a confidence, marked where it is too low; a dash where there is none.

    Rounded down, so that a doubtful one never reads as if it reached `SURE`.
    """
    if isnan(value):
        return "–"
    return format_value(floor(value * 100 + 1e-9) / 100, ".2f") + f" {DOUBTFUL}" * doubtful


def show_removed(tables: Tables) -> Shown:
    """Show every stretch that was set aside as boilerplate, with its kind and the reason."""
    names = article_names(tables["articles"])
    anchors = Anchors(tables)
    texts = tables["articles"].set_index("article_id")["text"]
    rows = tables["regions"][tables["regions"]["kind"] == "boilerplate"].reset_index(drop=True)
    rows = rows.assign(
        name=[names[article_id].value for article_id in rows["article_id"]],
        kind=rows["boilerplate"].map(BOILERPLATE_NAMES),
        words=[_n_words(texts[row.article_id][row.start : row.end]) for row in rows_of(rows)],
        stretch=[_shortened(texts[row.article_id][row.start : row.end]) for row in rows_of(rows)],
    )
    links = {"stretch": [anchors.at(row.article_id, f"r{row.start}") for row in rows_of(rows)]}
    columns = {"stretch": "Begins", "name": "Article", "kind": "Kind", "words": "Words", "reason": "Reason"}
    return show_table(rows, columns, "Set aside as boilerplate", {"words": ".0f"}, links=links)


def _n_words(stretch: str) -> float:
    """The words of a stretch; NaN where excerpts keep it from being shown."""
    return float("nan") if is_withheld(stretch) else len(stretch.split())


def _shortened(text: str, longest: int = 60) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else line[:longest].rsplit(" ", 1)[0] + " …"


def show_notes(tables: Tables) -> Shown:
    """Show every remark on an article: what was withheld or is uncertain, and why."""
    names = article_names(tables["articles"])
    rows = tables["notes"].assign(name=[names[article_id].value for article_id in tables["notes"]["article_id"]])
    return show_table(rows, {"name": "Article", "subject": "About", "note": "Note"}, "Remarks on single articles")


def show_inputs(ledger: pd.DataFrame) -> Shown:
    """Show what became of each input: analysed, read with a warning, or rejected, and why."""
    columns = {"path": "Input", "status": "Status", "reason": "Remark", "sha256": "SHA-256"}
    rows = ledger.assign(sha256=ledger["sha256"].str.slice(0, 12))
    return show_table(rows, columns, "Inputs of this run; the whole hash is in the ledger")


def show_settings(parameters: Mapping[str, Any]) -> Shown:
    """Show the settings of the run."""
    rows = pd.DataFrame({"name": list(parameters), "value": [str(value) for value in parameters.values()]})
    return show_table(rows, {"name": "Setting", "value": "Value"}, "Settings of this run")


def show_article_readability(tables: Tables) -> Shown:
    """Show every readability metric of each article, without interval: one text is compared with nothing."""
    names = article_names(tables["articles"])
    wide = pd.DataFrame({"metric": list(METRIC_NAMES.values())})
    for row in tables["readability"].to_dict("records"):
        wide[row["article_id"]] = [
            "–" if pd.isna(row[metric]) else format_value(row[metric], ".2f") for metric in METRIC_NAMES
        ]
    columns = {"metric": "Metric"} | {article_id: name.value for article_id, name in names.items()}
    return show_table(
        wide, columns, "Readability; higher is harder, except for Flesch reading ease. Reading time in seconds"
    )


def show_common_terms(tables: Tables, k: int = 4 * NAMED, *, voices: str = "all") -> Shown:
    """Show the words each article uses most, stop words left out; counts only."""
    names = article_names(tables["articles"])
    counts = in_voices(tables["term_counts"], voices)
    words = counts[(counts["order"] == 1) & ~counts["term"].isin(stop_words())]
    words = words.groupby(["article_id", "term"], as_index=False)[["n", "n_sentences"]].sum()
    words = words.sort_values(["n", "term"], ascending=[False, True]).groupby("article_id", sort=False).head(k)
    words = words.assign(name=[names[article_id].value for article_id in words["article_id"]])
    columns = {"term": "Term", "name": "Article", "n": "Uses", "n_sentences": "Sentences"}
    return show_table(words, columns, f"Words used most: at most {k} for each article")
