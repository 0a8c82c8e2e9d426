"""The articles themselves, with what was found in them marked: who says what, what was set aside, what was corrected.

Of a text that was cut to excerpts, what was kept out is named with its length and not shown.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.attribution.counts import is_doubtful
from analysis.attribution.doubts import DOUBTFUL
from analysis.claims.cells import Tables
from analysis.claims.claim import Claim
from analysis.names import BOILERPLATE_NAMES, article_names, choose_articles
from analysis.nouns import how_many
from analysis.schema import each_article
from analysis.show.shown import Anchors, Shown
from analysis.stretches import Stretches
from analysis.tables import CORRECTIONS
from analysis.withheld import PLACEHOLDER, is_withheld

#: The roles, and the elements that mark them: what JupyterLab leaves of a notebook that it does not trust has no style.
_ROLES = {"source": "b", "cue": "i", "content": "mark"}
_DOUBTFUL = Markup(' <small class="doubtful">{} attribution</small>').format(DOUBTFUL)
_TAGS = {"title": "h4", "heading": "h5", "bullet": "li", "sentence": "p"}
_KEPT_OUT = re.compile(f"{PLACEHOLDER}+")


def show_articles(tables: Tables, claims: Sequence[Claim] = (), article: str = "") -> Shown:
    """Show each article's own text, with attributions and corrections marked and links back to the claims.

    A doubtful attribution is marked in words where it ends.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives, or `keep_excerpts` leaves of it.
    claims : sequence of Claim
        The summary, for the links back.
    article : str
        Ids or names of the articles that are shown, joined by commas; all, if not said.

    Raises
    ------
    InputError
        There is no such article.
    """
    chosen = set(choose_articles(tables["articles"], article))
    anchors = Anchors(tables, claims)
    names = article_names(tables["articles"])
    corrections = tables.get("corrections", CORRECTIONS.frame())
    corrections = corrections[corrections["status"] == "applied"]
    doubtful = is_doubtful(tables["attributions"])
    parts = [_key(bool(claims), len(corrections) > 0, bool(doubtful.any()))]
    attributions = tables["attributions"].assign(doubtful=doubtful)
    measures = (tables["sentences"], tables["regions"], attributions, tables["spans"])
    shown = tables["articles"][tables["articles"]["article_id"].isin(chosen)]
    for one, *rows in each_article(shown, *measures, corrections):
        anchor = anchors.at(one.article_id, "text")
        heading = Markup('<article class="text" id="{}"><h3>{}</h3><p class="side">{}</p>{}')
        _, _, own, *_ = rows
        marked = _how_many_marked(own)
        parts.append(heading.format(anchor, names[one.article_id].value, marked, _back(anchors, anchor)))
        parts += _blocks(one, anchors, *rows)
        parts.append(Markup("</article>"))
    texts = [
        f"{names[one.article_id].value}\n{_how_many_marked(own)}\n"
        f"{_KEPT_OUT.sub(PLACEHOLDER, _marked(one.text, spans))}"
        for one, own, spans in each_article(shown, attributions, _of(tables["spans"], attributions))
    ]
    return Shown(str(Markup("").join(parts)), "\n\n".join(texts))


def _how_many_marked(attributions: Sequence[Any]) -> str:
    return f"{how_many(len(attributions), 'attribution')} marked"


def _of(spans: pd.DataFrame, attributions: pd.DataFrame) -> pd.DataFrame:
    """The spans of these attributions, and whether each is doubtful."""
    keys = ["article_id", "attribution"]
    return spans.merge(attributions[[*keys, "doubtful"]], on=keys)


def _marked(text: str, spans: Sequence[Any]) -> str:
    """A text for a terminal, with what is marked in square brackets after the name of its role, and doubt as such."""
    marks = [(span.start, 2, f"[{span.role}: ") for span in spans] + [(span.end, 0, "]") for span in spans]
    last = {span.attribution: span.end for span in sorted(spans, key=lambda span: span.end) if span.doubtful}
    marks += [(end, 1, f" [{DOUBTFUL} attribution]") for end in set(last.values())]
    for at, _, mark in sorted(marks, key=lambda mark: mark[:2], reverse=True):
        text = text[:at] + mark + text[at:]
    return text


def _key(cited: bool, corrected: bool, doubtful: bool) -> Markup:
    return Markup(
        '<p class="key">Marked: <b class="source">source</b>, <i class="cue">cue</i>, '
        '<mark class="content">content</mark> of a statement; beliefs and wishes are marked '
        '<mark class="content attitude">like this</mark>; '
        'what was set aside as boilerplate stands behind a line, with its <span class="kind">kind</span>. '
        "{}{}{}</p>"
    ).format(
        Markup("An attribution that is more likely wrong than right is followed by{}. ").format(_DOUBTFUL) * doubtful,
        Markup('What a person corrected is followed by <small class="corrected">corrected</small>. ') * corrected,
        "Small numbers lead back to the summary." if cited else "",
    )


def _blocks(
    article: Any,
    anchors: Anchors,
    sentences: list[Any],
    regions: list[Any],
    attributions: list[Any],
    spans: list[Any],
    corrections: list[Any],
) -> Iterator[Markup]:
    """Paragraphs, bullets, headings and removed stretches, in the order of the text."""
    acts = {row.attribution: row.act for row in attributions}
    marks = Stretches(spans)
    last = {span.attribution: span.end for span in sorted(spans, key=lambda span: span.end)}
    doubts = sorted({last[row.attribution] for row in attributions if row.doubtful and row.attribution in last})
    whole = [row for row in corrections if row.what == "region"]
    parts = [row for row in corrections if row.what != "region"]
    blocks: list[tuple[int, str, Markup]] = []
    for _, group in groupby(sentences, key=lambda row: row.paragraph):
        own = list(group)
        inner = Markup(" ").join(_sentence(article, anchors, row, marks, acts, doubts, parts) for row in own)
        blocks.append((own[0].start, own[0].kind, inner + _corrected(whole, own[0].start, own[-1].end)))
    for region in regions:
        if region.kind == "boilerplate":
            anchor = anchors.at(article.article_id, f"r{region.start}")
            html = Markup('<p class="removed" id="{}"><span class="kind">{}</span> {}{}{}</p>').format(
                anchor,
                BOILERPLATE_NAMES[region.boilerplate],
                _readable(article.text[region.start : region.end]),
                _corrected(whole, region.start, region.end),
                _back(anchors, anchor),
            )
            blocks.append((region.start, "removed", html))
    for kind, group_of in groupby(sorted(blocks), key=lambda block: block[1]):
        inner = Markup("").join(
            html if kind == "removed" else Markup("<{tag}>{html}</{tag}>").format(tag=Markup(_TAGS[kind]), html=html)
            for _, _, html in group_of
        )
        yield Markup("<ul>{}</ul>").format(inner) if kind == "bullet" else inner


def _readable(stretch: str, n_words: int | None = None) -> str | Markup:
    """A stretch of text; one that was kept out only as such, with the number of its words where it was counted."""
    if not is_withheld(stretch):
        return stretch
    length = "" if n_words is None else f": {how_many(n_words, 'word')}"
    return Markup('<span class="withheld">[not shown{}]</span>').format(length)


def _corrected(corrections: list[Any], start: int, end: int) -> Markup:
    """The mark of each correction whose stretch ends in this one, or of a whole block that holds it."""
    marks = [
        Markup(' <small class="corrected" title="{}: {} ({})">corrected</small>').format(row.value, row.why, row.who)
        for row in corrections
        if row.start < end and row.end > start and (row.what == "region" or row.end <= end)
    ]
    return Markup("").join(marks)


def _sentence(
    article: Any,
    anchors: Anchors,
    row: Any,
    marks: Stretches[Any],
    acts: Mapping[Any, str],
    doubts: list[int],
    corrections: list[Any],
) -> Markup:
    """One sentence with its marks, its anchor and the numbers of the claims that cite it."""
    anchor = anchors.at(article.article_id, f"s{row.sentence}")
    sentence = Markup('<span id="{}">{}{}</span>')
    if is_withheld(article.text[row.start : row.end]):
        hidden = _readable(article.text[row.start : row.end], row.n_words)
        return sentence.format(anchor, hidden + _corrected(corrections, row.start, row.end), _back(anchors, anchor))
    inside = [
        (max(span.start, row.start), min(span.end, row.end), (span.role, acts[span.attribution]))
        for span in marks.touching(row.start, row.end)
    ]
    doubted = doubts[bisect_right(doubts, row.start) : bisect_right(doubts, row.end)]
    ends = [*doubted, *(one.end for one in corrections if row.start < one.end <= row.end)]
    edges = sorted({row.start, row.end, *ends, *(edge for start, end, _ in inside for edge in (start, end))})
    pieces = []
    for left, right in pairwise(edges):
        whats = {what for start, end, what in inside if start <= left and end >= right}
        piece = article.text[left:right]
        roles = [role for role in _ROLES if any(what[0] == role for what in whats)]
        attitude = all(act == "attitude" for _, act in whats)
        pieces.append(_mark(roles, piece, attitude=attitude) if roles else Markup.escape(piece))
        pieces.append(_DOUBTFUL * (right in doubted))
        pieces.append(_corrected([one for one in corrections if one.end == right], left, right))
    return sentence.format(anchor, Markup("").join(pieces), _back(anchors, anchor))


def _mark(roles: Sequence[str], piece: str, *, attitude: bool) -> Markup:
    """A piece of text in one role or more: the outer element has all classes, those inside only go without style."""
    inner = Markup.escape(piece)
    for role in roles[:0:-1]:
        inner = Markup('<{tag} class="also">{inner}</{tag}>').format(tag=Markup(_ROLES[role]), inner=inner)
    classes = " ".join([*roles, *["attitude"] * attitude])
    return Markup('<{tag} class="{classes}">{inner}</{tag}>').format(
        tag=Markup(_ROLES[roles[0]]), classes=classes, inner=inner
    )


def _back(anchors: Anchors, anchor: str) -> Markup:
    """Links from a passage to the claims that cite it, by their numbers."""
    links = [
        Markup('<a href="#claim-{}" aria-label="claim {} of the summary">{}</a>').format(claim, number, number)
        for number, claim in anchors.cited.get(anchor, [])
    ]
    return Markup('<sup class="back">{}</sup>').format(Markup(" ").join(links)) if links else Markup("")
