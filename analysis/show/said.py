"""All that one source is given to say, think or wish, in the order of the texts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.attribution.choose import content_voices, names_of_sources, sources_named
from analysis.attribution.counts import is_doubtful
from analysis.attribution.doubts import with_doubt
from analysis.chosen import folded, listing
from analysis.claims.cells import Tables
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.schema import each_article
from analysis.show.shown import Anchors, Shown, note, remark, visible
from analysis.show.views import confidence_of

#: What opens a content that brings its own marks.
_QUOTED = ("“", '"', "‘", "«")
_ROLES = ("source", "cue", "content")


def show_said(tables: Tables, source: str, k: int | None = None) -> Shown:
    """Show all that a source is given to say, in order, with act, kind, cue, voice and confidence.

    Attitudes and what was not said are shown too, and named as such. The source is followed by how many of its
    attributions are doubtful.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together, or `choose_attributions` leaves of it.
    source : str
        A source as `sources_named` lists it, or as it is written in a text: where that is certain to stand for one
        name, all that this name is given is shown, else only what stands beside these words.
    k : int, optional
        Attributions shown for each article, at most.
    """
    named = names_of_sources(tables).reset_index(drop=True)
    own = named[_is_of(named, tables["attributions"], folded(source))]
    if own.empty:
        known = [visible(name) for name in sources_named(tables)]
        words, names = _words_searched(tables), article_names(tables["articles"])
        places = [f"{name.value} ({how_many(words[one], 'word')} searched)" for one, name in names.items()]
        return remark(
            f"“{source}” is not found as a source among {how_many(len(tables['attributions']), 'attribution')} in "
            f"{listing(places)}; sources are: {listing(known)}."
        )
    heading = own["source"].iloc[0] if own["folded"].nunique() == 1 else source
    rows = _described(tables, own)
    heading = with_doubt(visible(heading), len(rows), int((~rows["doubtful"]).sum()))
    parts, lines = [Markup("<h4>{}</h4>").format(heading)], [heading]
    anchors, names = Anchors(tables), article_names(tables["articles"])
    absent, searched = [], _words_searched(tables)
    for article, attributions, spans in each_article(tables["articles"], rows, tables["spans"]):
        name = names[article.article_id].value
        if not attributions:
            absent.append(f"{name} ({how_many(searched[article.article_id], 'word')} searched)")
            continue
        n, shown = len(attributions), attributions[: len(attributions) if k is None else k]
        counted = how_many(n, "attribution") if len(shown) == n else f"the first {len(shown)} of {n} attributions"
        pieces = _pieces(article.text, spans)
        items = [_item(row, pieces.get(row.attribution, {}), anchors) for row in shown]
        parts.append(Markup("<h5>{}: {}</h5>").format(name, counted))
        parts.append(Markup('<ol class="uses">{}</ol>').format(Markup("").join(html for html, _ in items)))
        lines += [f"  {name}: {counted}", *(f"    {line}" for _, line in items)]
    if absent:
        said = f"Not found as a source in {listing(absent)}."
        parts.append(note(said))
        lines.append(f"  {said}")
    return Shown(str(Markup("").join(parts)), "\n".join(lines))


def _words_searched(tables: Tables) -> dict[str, int]:
    """Count the words of each article in which attributions are looked for: title, headings and body."""
    words = tables["sentences"].groupby("article_id")["n_words"].sum()
    return {article_id: int(words.get(article_id, 0)) for article_id in tables["articles"]["article_id"]}


def _is_of(named: pd.DataFrame, attributions: pd.DataFrame, asked: str) -> pd.Series:
    """Which attributions are of a source: by its name, else by a form that is its own, else by the words alone."""
    if (own := named["source"].map(folded) == asked).any():
        return own
    key = ["article_id", "attribution"]
    texts = named[key].merge(attributions[[*key, "source", "speaker"]], on=key, how="left")
    written = pd.Series(False, index=named.index)
    for column in ("source", "speaker"):
        written |= texts[column].fillna("").map(folded) == asked
    names = set(named.loc[written, "folded"])
    return named["folded"].isin(names) if len(names) == 1 else written


def _described(tables: Tables, own: pd.DataFrame) -> pd.DataFrame:
    """The attributions chosen, with the voices of their content and their confidence as it is written."""
    key = ["article_id", "attribution"]
    rows = tables["attributions"].merge(own[key], on=key)
    doubtful = is_doubtful(rows)
    doubts = zip(rows["confidence"], doubtful, strict=True)
    written = [confidence_of(float(value), doubtful=bool(doubt)) for value, doubt in doubts]
    voices = [" and ".join(found) for found in content_voices(tables, rows)]
    return rows.assign(written=pd.Series(written, dtype="str"), voice=pd.Series(voices, dtype="str"), doubtful=doubtful)


def _pieces(text: str, spans: list[Any]) -> dict[int, dict[str, str]]:
    """For each attribution the words of its source, cue and content, with … between pieces that stand apart."""
    found: dict[int, dict[str, list[str]]] = {}
    for span in sorted(spans, key=lambda span: int(span.start)):
        roles = found.setdefault(span.attribution, {})
        roles.setdefault(span.role, []).append(visible(text[span.start : span.end]))
    return {number: {role: " … ".join(of) for role, of in roles.items()} for number, roles in found.items()}


def _item(row: Any, pieces: Mapping[str, str], anchors: Anchors) -> tuple[Markup, str]:
    """One attribution, for a page and for a terminal."""
    anchor = anchors.at(row.article_id, f"s{row.sentence}")
    label = anchors.label(row.article_id, row.sentence)
    where = [row.act if row.modality == "asserted" else f"{row.modality} {row.act}", row.kind]
    where += [f"{row.voice} voice"] if row.voice else []
    where.append("given by hand" if pd.isna(row.confidence) else f"confidence {row.written}")
    marked = Markup(" ").join(
        Markup('<span class="{}{}">{}</span>').format(
            role, " attitude" if role == "content" and row.act == "attitude" else "", pieces[role]
        )
        for role in _ROLES
        if role in pieces
    )
    item = Markup('<li><span class="context">{}</span> <span class="where"><a href="#{}">{}</a>, {}</span></li>')
    said = [" ".join(pieces[role].split()) for role in _ROLES if role in pieces]
    if "content" in pieces and said[-1][:1] not in _QUOTED:
        said[-1] = f"“{said[-1]}”"
    return item.format(marked, anchor, label, ", ".join(where)), f"{' | '.join(said)} ({', '.join([label, *where])})"
