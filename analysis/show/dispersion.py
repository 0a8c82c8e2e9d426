"""Where in each article a term is used: a strip with a line at each use."""

from __future__ import annotations

import math
from collections import Counter
from itertools import accumulate
from typing import Any

import numpy as np
import pandas as pd
from markupsafe import Markup

from analysis.association import dp_norm
from analysis.chosen import listing
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.show.contexts import chosen_terms, contexts, kept_out, nothing_asked
from analysis.show.shown import Anchors, Shown, note, remark
from analysis.voices import COUNTED, chosen_voices, in_voices

#: How wide a strip is: in its own units, and in characters.
_WIDTH, _CHARACTERS = 1000, 60
_KEY = (
    "Each strip is an article from its first searched word to its last; thin lines are its paragraphs, thick ones the "
    "uses. Dispersion (DP, Gries 2008, normalised) is 0 evenly over the paragraphs, 1 all in the shortest."
)


def show_dispersion(tables: Tables, term: str = "", voices: str = "all") -> Shown:
    """Show where in each article terms are used: a strip with a line at each use, the counts, and the dispersion.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    term : str
        Terms, separated by commas; by default those of `show_concordance`.
    voices : str
        "all", or the voices whose uses are shown, joined by commas.

    Raises
    ------
    InputError
        A term has no word in it, or there is no such voice.
    """
    terms = chosen_terms(tables, term)
    if not terms:
        return nothing_asked()
    if kept_out(tables):
        return remark("The places of a term are shown in whole texts only; here most sentences are kept out.")
    names, anchors = article_names(tables["articles"]), Anchors(tables)
    paragraphs, bounds = _paragraphs(tables, voices), _bounds(tables)
    parts, lines = [Markup('<p class="key">{}</p>').format(_KEY)], [_KEY]
    for one in terms:
        parts.append(Markup("<h4>“{}”</h4>").format(one))
        lines.append(f"“{one}”")
        found = contexts(tables, one, voices)
        places = tables["sentences"][["article_id", "sentence", "paragraph"]]
        found = found.merge(places, on=["article_id", "sentence"], how="left")
        by_article = dict(iter(found.groupby("article_id", sort=False)))
        absent = []
        for article_id, name in names.items():
            sizes = paragraphs.get(article_id, {})
            searched = f"{how_many(sum(sizes.values()), 'word')}"
            if article_id not in by_article:
                absent.append(f"{name.value} ({searched} searched)")
                continue
            own = by_article[article_id]
            told = f"{name.value}: {how_many(len(own), 'use')} in {searched}{_dispersion(own, sizes)}"
            parts.append(_strip(own, told, bounds[article_id], anchors))
            lines += [f"  {told}", f"  {_typed(own)}"]
        if absent:
            said = f"Not found in {listing(absent)}."
            parts.append(note(said))
            lines.append(f"  {said}")
    return Shown(str(Markup("").join(parts)), "\n".join(lines))


def _paragraphs(tables: Tables, voices: str) -> dict[str, dict[int, int]]:
    """For each article, how many words each paragraph has in these voices; paragraphs without any are left out."""
    sentences = tables["sentences"]
    if set(chosen_voices(voices)) >= set(COUNTED):
        rows = sentences.assign(n=sentences["n_words"])
    else:
        words = tables["sentence_terms"]
        words = in_voices(words[words["order"] == 1], voices)
        rows = words.merge(sentences[["article_id", "sentence", "paragraph"]], on=["article_id", "sentence"])
    return _by_paragraph(rows[rows["n"] > 0])


def _bounds(tables: Tables) -> dict[str, list[float]]:
    """For each article, which share of its searched words stands before each paragraph but the first."""
    lengths = _by_paragraph(tables["sentences"].assign(n=tables["sentences"]["n_words"]))
    return {
        article_id: [end / max(1, sum(own.values())) for end in accumulate(own.values())][:-1]
        for article_id, own in lengths.items()
    }


def _by_paragraph(rows: pd.DataFrame) -> dict[str, dict[int, int]]:
    """Sum `n` over each paragraph of each article, in the order of the text."""
    sums = rows.groupby(["article_id", "paragraph"], sort=False)["n"].sum().reset_index()
    found: dict[str, dict[int, int]] = {}
    for row in rows_of(sums):
        found.setdefault(row.article_id, {})[row.paragraph] = row.n
    return found


def _dispersion(uses: pd.DataFrame, sizes: dict[int, int]) -> str:
    """Write the dispersion of uses over the paragraphs of an article; nothing where it has but one."""
    numbers = {paragraph: place for place, paragraph in enumerate(sizes)}
    counts = Counter(numbers[paragraph] for paragraph in uses["paragraph"].tolist())
    value = dp_norm(list(sizes.values()), [*counts], np.zeros(len(counts), int), [*counts.values()], 1)[0]
    return "" if math.isnan(value) else f", dispersion {format_value(float(value), '.2f')}"


def _strip(uses: pd.DataFrame, told: str, bounds: list[float], anchors: Anchors) -> Markup:
    """One article's strip as a picture with a description, and links to the sentences under it."""
    first, last = (
        f"{format_value(float(end), '%')}\u00a0%" for end in (uses["position"].min(), uses["position"].max())
    )
    where = f"at {first} of the text" if len(uses) == 1 else f"the first at {first} of the text, the last at {last}"
    marks = Markup(
        '<path d="{}" stroke-width="1" stroke-opacity="0.4"></path><path d="{}" stroke-width="3"></path>'
    ).format(_lines(bounds, 10), _lines(uses["position"].tolist(), 0))
    return Markup(
        '<div class="strip"><p class="side">{told}</p><svg role="img" aria-label="{told}, {where}" '
        'viewBox="0 0 {width} 20" preserveAspectRatio="none" width="100%" height="20" stroke="currentColor">'
        '<rect width="{width}" height="20" fill="none" stroke-opacity="0.4"></rect>{marks}</svg>{links}</div>'
    ).format(
        told=told, where=where, width=_WIDTH, marks=marks, links=anchors.links(_spans(uses))
    )  # fmt: skip


def _lines(positions: list[float], top: int) -> str:
    """The path of upright lines from `top` to the bottom of a strip."""
    return " ".join(f"M{round(position * _WIDTH)} {top}V20" for position in positions)


def _spans(uses: pd.DataFrame) -> list[Any]:
    return [(row.article_id, row.start, row.end) for row in rows_of(uses)]


def _typed(uses: pd.DataFrame) -> str:
    """The strip in characters: a stroke where there is a use, a dot where there is none."""
    used = {min(_CHARACTERS - 1, int(position * _CHARACTERS)) for position in uses["position"]}
    return "".join("|" if place in used else "·" for place in range(_CHARACTERS))
