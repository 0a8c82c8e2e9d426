"""The tables of the report on a corpus, and the sentences behind its findings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.claims.claim import Claim, format_value
from analysis.claims.corpus.cells import named_groups
from analysis.evidence import LEVEL
from analysis.groups.terms import shown_terms, stated_terms
from analysis.names import METRIC_NAMES
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.shown import Anchors, Shown, joined, remark, show_claims, show_table

#: Terms shown for each group, at most.
TERMS_SHOWN = 10
#: How the type of a source that is not named is called.
_NOBODY = {"none": "none: a pronoun, or nobody"}
#: Of the groups that are compared as one, so many are listed.
_SMALLER = 50
#: Inputs with trouble that are listed, at most.
_TROUBLES = 50
#: Characters of a sentence that are shown on either side of a term.
_AROUND = 160
_INTERVAL = f"{format_value(LEVEL, '%')} % interval"


def _names(tables: Tables) -> dict[str, str]:
    return {group: name.value for group, name in named_groups(tables).items()}


def between(rows: pd.DataFrame, spec: str) -> list[str]:
    """Write the interval of each row as "low to high"; an open end as such, a missing one as a dash."""
    return [
        "–" if pd.isna(low) or pd.isna(high) else f"{_end(low, spec)} to {_end(high, spec)}"
        for low, high in zip(rows["lower"], rows["upper"], strict=True)
    ]


def _end(value: float, spec: str) -> str:
    return "open" if abs(value) == float("inf") else format_value(value, spec)


def show_group_claims(claims: Sequence[Claim], tables: Tables) -> Shown:
    """Show the summary: every sentence numbered, with links to the sentences of articles that stand behind it."""
    none_removed = {"regions": pd.DataFrame({"kind": [], "article_id": [], "start": []})}
    return show_claims(claims, dict(tables) | none_removed, whole=False)


def show_groups(tables: Tables) -> Shown:
    """Show what each group consists of, what is not stated of its articles, and the terms in most of them."""
    rows = tables["groups"].assign(name=tables["groups"]["group"].map(_names(tables)))
    for name in ("first_day", "last_day"):
        rows[name] = rows[name].fillna("not stated")
    columns = {
        "name": "Group", "n_articles": "Articles", "n_counted": "Counted, copies aside", "n_words": "Words",
        "first_day": "First day", "last_day": "Last day", "terms": "Terms in most articles",
    }  # fmt: skip
    known = {
        "name": "Group", "n_dated": "Dated", "n_without_outlet": "Without outlet", "n_without_author": "Without author",
        "n_without_url": "Without address", "n_foreign": "Not English", "n_scored": "Scored for readability",
        "n_statements": "Statements",
    }  # fmt: skip
    parts = [
        show_table(rows, columns, "The groups; the terms say what a group is about, not how it differs"),
        show_table(rows, known, "What is stated of all articles, and what is found in those counted"),
    ]
    smaller = tables["smaller_groups"]
    if len(smaller):
        more = f", the first {_SMALLER} of {len(smaller)}; the tables have all" if len(smaller) > _SMALLER else ""
        caption = f"The smaller groups, which are compared as one{more}"
        parts.append(show_table(smaller.head(_SMALLER), {"value": "Group", "n_articles": "Articles"}, caption))
    return joined(parts)


def show_group_limits(tables: Tables) -> Shown:
    """Show how small a difference the evidence gate can see in each group."""
    rows = tables["group_limits"]
    rows = rows.assign(name=rows["group"].map(_names(tables)))
    columns = {
        "name": "Group", "n_words": "Words", "n_words_elsewhere": "Words elsewhere", "n_tested": "Terms tested",
        "n_untested": "Frequent, not tested", "n_passed": "Terms that pass", "n_needed": "Uses that pass",
        "pack": "Articles dealt together", "permutations": "Permutations",
    }  # fmt: skip
    caption = "The smallest difference that can be seen: uses, each in another article, against none elsewhere"
    return show_table(rows, columns, caption, {"n_needed": ".0f"})


def show_group_terms(tables: Tables, k: int = TERMS_SHOWN) -> Shown:
    """Show the terms that differ most, past the gate or not, with uses, articles, rates and evidence."""
    rows = shown_terms(tables["group_keyness"], k)
    rows = rows.assign(name=rows["group"].map(_names(tables)), interval=between(rows, ".1f"))
    columns = {
        "term": "Term", "name": "Group", "n": "Uses", "n_elsewhere": "Uses elsewhere", "n_articles": "Articles",
        "n_articles_elsewhere": "Articles elsewhere", "rate": "Per 1,000 words", "rate_elsewhere": "Elsewhere",
        "log_ratio": "Log ratio", "interval": _INTERVAL, "burst": "Burst", "p_adjusted": "Adjusted p",
        "dispersion": "Dispersion",
    }  # fmt: skip
    formats = dict.fromkeys(("rate", "rate_elsewhere", "log_ratio", "burst"), ".1f")
    formats |= {"p_adjusted": "p", "dispersion": ".2f"}
    caption = (
        f"Terms: at most {k} for each group, those that the summary may state and then those that differ most, by the "
        "statistic of the gate; a log ratio below zero is a lower rate"
    )
    return show_table(rows, columns, caption, formats)


def show_group_excerpts(tables: Tables, claims: Sequence[Claim] = ()) -> Shown:
    """Show the terms past the gate in sentences of every group, a few from different articles, with their ids.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `compare_groups` gives.
    claims : sequence of Claim
        The summary, for the links back.
    """
    excerpts = tables["group_excerpts"]
    if excerpts.empty:
        return remark("No term passes the evidence gate: there is nothing to show in context.")
    regions = pd.DataFrame({"kind": [], "article_id": [], "start": []})
    anchors = Anchors(dict(tables) | {"regions": regions}, claims, whole=False)
    placed: set[str] = set()
    names = _names(tables)
    keyness = tables["group_keyness"]
    holding = {(row.group, row.term): row.n_articles for row in rows_of(keyness[["group", "term", "n_articles"]])}
    searched = tables["groups"].set_index("group")["n_counted"]
    stated = stated_terms(keyness).drop_duplicates("term").set_index("term")["group"]
    html, text = [], []
    for term, shown in excerpts.groupby("term", sort=False):
        heading = f"{term}: differs most in {names[stated[term]]}"
        parts, lines = [], [heading]
        for group, name in names.items():
            own = shown[shown["group"] == group]
            n = holding[group, str(term)]
            many = how_many(searched[group], "article")
            told = f"{n} of {many}" if n else f"not found ({many} searched)"
            found = f"{name}: {told}"
            items = [_excerpt(row, anchors, placed) for row in rows_of(own)]
            parts.append(Markup("<h5>{}</h5><ul>{}</ul>").format(found, Markup("").join(items)) if items
                         else Markup("<h5>{}</h5>").format(found))  # fmt: skip
            lines += [found, *(f"  {_around(row)} ({row.article_id})" for row in rows_of(own))]
        html.append(Markup("<details><summary>{}</summary>{}</details>").format(heading, Markup("").join(parts)))
        text.append("\n".join(lines))
    return Shown(str(Markup("").join(html)), "\n\n".join(text))


def _around(row: Any) -> str:
    """The term in its sentence, shortened on both sides, on one line."""
    return " ".join("".join(_pieces(row)).split())


def _pieces(row: Any) -> tuple[str, str, str]:
    """What stands before the term, the term, and what follows."""
    at, text = int(row.sentence_start), str(row.text)
    before, after = text[: row.start - at], text[row.end - at :]
    before = before if len(before) <= _AROUND else f"… {before[-_AROUND:]}"
    after = after if len(after) <= _AROUND else f"{after[:_AROUND]} …"
    return before, text[row.start - at : row.end - at], after


def _excerpt(row: Any, anchors: Anchors, placed: set[str]) -> Markup:
    """A sentence with the term marked; where it stands for the first time, the claims that cite it lead here."""
    anchor = anchors.at(row.article_id, f"s{row.sentence}")
    own = Markup(' id="{}"').format(anchor) if anchor not in placed else Markup("")
    placed.add(anchor)
    links = [
        Markup('<a href="#claim-{}" aria-label="claim {} of the summary">{}</a>').format(claim, number, number)
        for number, claim in anchors.cited.get(anchor, [])
    ]
    back = Markup('<sup class="back">{}</sup>').format(Markup(" ").join(links)) if links else Markup("")
    return Markup(
        '<li{}><span class="context"><bdi>{}<b>{}</b>{}</bdi></span>{} <span class="where">{}, {} voice</span></li>'
    ).format(own, *_pieces(row), back, row.article_id, row.voice)


def show_group_readability(tables: Tables) -> Shown:
    """Show the distribution of each metric in each group, and the difference of its mean from that of the others."""
    names = _names(tables)
    rows = tables["group_readability"]
    rows = rows[rows["metric"].isin(list(METRIC_NAMES))]
    rows = rows.assign(
        name=rows["group"].map(names), metric=rows["metric"].map(METRIC_NAMES), interval=between(rows, ".2f")
    )
    columns = {
        "metric": "Metric", "name": "Group", "n_articles": "Articles", "p05": "5 %", "q1": "25 %", "median": "50 %",
        "q3": "75 %", "p95": "95 %", "mean": "Mean", "mean_elsewhere": "Mean elsewhere", "difference": "Difference",
        "interval": _INTERVAL, "p_adjusted": "Adjusted p",
    }  # fmt: skip
    values = ("p05", "q1", "median", "q3", "p95", "mean", "mean_elsewhere", "difference")
    order = {name: place for place, name in enumerate(METRIC_NAMES.values())}
    rows = rows.sort_values("metric", key=lambda metric: metric.map(order), kind="stable", ignore_index=True)
    caption = "Readability over articles; higher is harder, except for Flesch reading ease"
    return show_table(rows, columns, caption, dict.fromkeys(values, ".2f") | {"p_adjusted": "p"})


def show_group_sources(tables: Tables) -> Shown:
    """Show how many statements of each group are given to which type of source, with the interval over articles."""
    rows = tables["group_sources"]
    rows = rows[(rows["period"] == "") & (rows["n_total"] > 0)]
    rows = rows.assign(name=rows["group"].map(_names(tables)), source_type=rows["source_type"].replace(_NOBODY))
    rows["interval"] = between(rows, "%")
    columns = {
        "source_type": "Source type", "name": "Group", "n_statements": "Statements", "n_total": "Of",
        "share": "Per cent", "interval": _INTERVAL, "n_articles": "Articles with any",
    }  # fmt: skip
    return show_table(rows, columns, "Statements by source type; intervals over articles", {"share": "%"})


def show_inputs_summed(ledger: pd.DataFrame) -> Shown:
    """Show how many inputs became what, and those with trouble: at most so many, the others are in the ledger."""
    counts = ledger.groupby("status").size().rename("n").reset_index()
    trouble = ledger[ledger["status"] != "analysed"]
    more = f", the first {_TROUBLES} of {len(trouble)}" if len(trouble) > _TROUBLES else ""
    columns = {"path": "Input", "status": "Status", "reason": "Remark"}
    return joined([
        show_table(counts, {"status": "Status", "n": "Inputs"}, "What became of the inputs"),
        show_table(trouble.head(_TROUBLES), columns, f"Inputs with a remark{more}; the ledger has all"),
    ])  # fmt: skip
