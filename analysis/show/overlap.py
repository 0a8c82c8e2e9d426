"""Two texts side by side: aligned sentences, shared runs, and actors in one only."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from markupsafe import Markup

from analysis.claims.cells import NAMED, Tables
from analysis.overlap.align import SHARED_WORDS, SIMILAR
from analysis.overlap.runs import SHINGLE
from analysis.schema import rows_of
from analysis.show.offices import with_other_names
from analysis.show.pairs import why_withheld, with_names, with_stretches
from analysis.show.shown import Anchors, Shown, framed, joined, show_table

#: How dates and numbers that agree or differ are marked, on a page and in plain text.
_RELATIONS = {"agrees": ("u", "="), "differs": ("mark", "≠")}


def show_aligned(tables: Tables) -> Shown:
    """Show the aligned sentences side by side; dates and numbers in them that agree or differ are marked."""
    if (reason := why_withheld(tables)) is not None:
        return reason
    caption = (
        f"Sentences that say much the same (cosine of tf·idf at least {SIMILAR}, {SHARED_WORDS} content words or more "
        "in both): underlined dates and numbers agree, marked ones differ"
    )
    aligned = with_names(tables, tables["aligned"])
    if aligned.empty:
        return show_table(aligned, {"name": "Text"}, caption)
    anchors = Anchors(tables)
    places = {(row.article_id, row.sentence): row for row in rows_of(tables["sentences"])}
    texts = tables["articles"].set_index("article_id")["text"]
    pairs = tables["fact_pairs"]
    marks = [(row.article_id, row.start, row.end, row.other_id, row.relation) for row in rows_of(pairs)]
    marks += [(row.other_id, row.other_start, row.other_end, row.article_id, row.relation) for row in rows_of(pairs)]
    lines, plain = [], []
    for row in rows_of(aligned):
        cells, words = [], []
        sides = ((row.article_id, row.sentence, row.other_id), (row.other_id, row.other_sentence, row.article_id))
        for (article_id, number, other_id), name in zip(sides, (row.name, row.other_name), strict=True):
            own = [
                (start, end, relation)
                for one, start, end, other, relation in marks
                if (one, other) == (article_id, other_id)
            ]
            html, text = _marked(texts[article_id], places[article_id, number], own)
            link = Markup('<a href="#{}">{} {}</a>').format(anchors.at(article_id, f"s{number}"), name, number)
            cells.append(Markup('<td class="long">{} {}</td>').format(link, html))
            words.append(f"{name} {number}: {text}")
        lines.append(
            Markup('<tr>{}<td class="number">{}</td></tr>').format(Markup("").join(cells), f"{row.similarity:.2f}")
        )
        plain.append(" | ".join(words))
    head = Markup(
        '<th scope="col">Text</th><th scope="col">Other text</th><th scope="col" class="number">Similarity</th>'
    )
    return Shown(str(framed(caption, head, lines)), "\n".join([caption, *plain]))


def _marked(text: str, sentence: Any, marks: Iterable[tuple[int, int, str]]) -> tuple[Markup, str]:
    """A sentence with its facts marked, as HTML and as plain text."""
    inside = {start: (end, relation) for start, end, relation in marks if sentence.start <= start < sentence.end}
    edges = sorted({sentence.start, sentence.end, *inside, *(end for end, _ in inside.values())})
    html, plain = [], []
    for left, right in pairwise(edges):
        piece = " ".join(text[left:right].split("\n"))
        if left in inside:
            tag, sign = _RELATIONS[inside[left][1]]
            html.append(Markup("<{tag}>{piece}</{tag}>").format(tag=Markup(tag), piece=piece))
            plain.append(f"[{sign} {piece}]")
        else:
            html.append(Markup.escape(piece))
            plain.append(piece)
    return Markup("").join(html), "".join(plain)


def show_shared(tables: Tables, k: int = 2 * NAMED) -> Shown:
    """Show the longest shared runs of each two texts, and how much of each stands in the other, quotations apart."""
    if (reason := why_withheld(tables)) is not None:
        return reason
    runs = tables["shared_runs"].groupby(["article_id", "other_id"], sort=False).head(k)
    runs, links = with_stretches(tables, with_names(tables, runs))
    columns = {
        "first": "Run", "n_words": "Words", "name": "Text", "voice": "There", "second": "In the other",
        "other_name": "Other text",
        "other_voice": "There",
    }  # fmt: skip
    shown = show_table(
        runs, columns, f"Runs of {SHINGLE} words or more in both: at most {k} for each two texts", links=links
    )
    shares = with_names(tables, tables["overlap"])
    columns = {
        "name": "Text", "other_name": "Other text", "part": "Part", "n_shingles": "Runs of words",
        "n_shared": "In the other",
        "containment": "Share, %", "jaccard": "Jaccard, %",
    }  # fmt: skip
    caption = (
        f"How many runs of {SHINGLE} words of each text stand in the other; quoted: inside quotation marks in both"
    )
    return joined([shown, show_table(shares, columns, caption, {"containment": "%", "jaccard": "%"})])


def show_actors(tables: Tables, k: int = 2 * NAMED) -> Shown:
    """Show the actors found in one text and not in another, with the words searched; the same number for each side.

    What a text says of another name of theirs follows, and how names are joined.
    """
    if (reason := why_withheld(tables)) is not None:
        return reason
    anchors = Anchors(tables)
    rows = tables["actors_only"].groupby(["article_id", "other_id"], sort=False).head(k)
    rows = with_names(tables, rows)
    links = {"actor": [anchors.first(row.article_id, row.start, row.end) for row in rows_of(rows)]}
    columns = {
        "actor": "Actor", "kind": "Kind", "name": "Found in", "n": "Uses", "other_name": "Not found in",
        "n_words_searched": "Words searched",
    }  # fmt: skip
    caption = f"Actors found in one text and not in the other: at most {k} for each side"
    return with_other_names(show_table(rows, columns, caption, links=links), tables, rows["actor"].tolist(), anchors)
