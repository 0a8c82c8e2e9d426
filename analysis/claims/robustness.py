"""Claims about findings: in how many analyses each holds, and without how many paragraphs it is lost."""

from __future__ import annotations

import pandas as pd
import regex

from analysis.association import ALPHA
from analysis.claims.cells import Tables
from analysis.claims.claim import Cell, Part, Quotation, Span, look_up
from analysis.names import article_names

# A paragraph is known by so many of its first words.
_OPENING = regex.compile(r"\S++(?:\s++\S++){0,3}+")


def finding_cells(tables: Tables, group: str, statistic: str, term: str) -> dict[str, Cell] | None:
    """Look a finding up in ROBUSTNESS; of two groups, it may stand there for the other one.

    Returns
    -------
    dict of str to Cell, or None
        None where the finding was not checked: evidence is withheld, or there is no such table.
    """
    table = tables.get("robustness")
    if table is None or table.empty:
        return None
    rows = table[(table["statistic"] == statistic) & (table["term"] == term)]
    if tables["articles"]["group"].nunique() > 2:
        rows = rows[rows["group"] == group]
    if rows.empty:
        return None
    return look_up("robustness", table, {"group": rows["group"].iloc[0], "statistic": statistic, "term": term})


def robustness_sentence(
    tables: Tables, group: str, statistic: str, term: str
) -> tuple[str, dict[str, Part], list[Span]]:
    """Say in how many analyses a finding holds, and without how many paragraphs it is lost.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        With `robustness`, ARTICLES and SENTENCES.
    group : str
        The group that the finding is stated for.
    statistic : {"keyness", "readability"}
    term : str
        The term, or the metric.

    Returns
    -------
    template, parts, spans
        One sentence, whose fields begin with `robust_`, so that they can stand beside those of another; an empty
        template where the finding was not checked, or no analysis can test it.
    """
    cells = finding_cells(tables, group, statistic, term)
    if cells is None or not cells["n_analyses"].value:
        return "", {}, []
    parts: dict[str, Part] = {f"robust_{name}": cell for name, cell in cells.items()}
    template = "It holds in {robust_n_holds} of {robust_n_analyses} {robust_n_analyses:analysis|analyses}"
    spans: list[Span] = []
    p = "adjusted\u00a0p" if statistic == "keyness" else "p"
    if not cells["n_tried"].value:
        return f"{template}.", parts, spans
    whole = pd.isna(cells["paragraph"].value)
    tried = (
        "{robust_n_tried} {robust_n_tried:article|articles}"
        if whole
        else "{robust_n_tried} {robust_n_tried:paragraph|paragraphs}"
    )
    if cells["n_tried"].value < cells["n_pieces"].value:
        tried += " tried"
    if not cells["rests"].value:
        return f"{template}, and without any one of {tried}.", parts, spans
    article_id = str(cells["article_id"].value)
    parts["robust_article"] = article_names(tables["articles"])[article_id]
    if cells["n_lost"].value == 1:
        template += f"; left out alone, {{robust_n_lost}} of {tried} loses it: "
    else:
        template += f"; left out alone, {{robust_n_lost}} of {tried} lose it, chiefly "
    if whole:
        template += "{robust_article}"
    else:
        start, end = int(cells["start"].value), int(cells["end"].value)
        parts["robust_opening"] = opening_of(tables["articles"], article_id, start, end)
        spans = [(article_id, start, end)]
        template += "that of {robust_article} beginning {robust_opening}"
    if pd.isna(cells["p_without"].value):
        template += " (too little is left to test it)"
    elif cells["p_without"].value > ALPHA:  # else lost by its interval, or by the smaller p that several groups need
        template += f" ({p}\u00a0{{robust_p_without:p}})"
    return f"{template}.", parts, spans


def opening_of(articles: pd.DataFrame, article_id: str, start: int, end: int) -> Quotation:
    """Quote a paragraph by its first words."""
    text = articles.loc[articles["article_id"] == article_id, "text"].iloc[0]
    found = _OPENING.search(text, start, end)
    first, last = found.span() if found else (start, end)
    return Quotation(text[first:last], article_id, first, last)
