"""Whose words an article consists of."""

from __future__ import annotations

from itertools import groupby
from typing import Any

import pandas as pd
from markupsafe import Markup

from analysis.claims.cells import Tables
from analysis.lesson.folding import lines
from analysis.lesson.marking import place_namer
from analysis.lesson.rates import words_of
from analysis.lesson.words import PASSAGES, passages
from analysis.names import article_names
from analysis.nouns import how_many
from analysis.schema import each_article
from analysis.show.shown import Shown, joined, remark, show_table
from analysis.text import split_words
from analysis.voices import COUNTED, SPOKEN, paint_voices


def words_by_voice(tables: Tables) -> pd.DataFrame:
    """Count the words of each article in each voice, none being a figure too; boilerplate is left out.

    Returns
    -------
    DataFrame
        article_id, voice, n, n_total and share, by article and in the order of `COUNTED`; no share of no words.
    """
    counts = tables["term_counts"]
    sums = counts[counts["order"] == 1].groupby(["article_id", "voice"])["n"].sum()
    rows = [
        (own, voice, int(sums.get((own, voice), 0)), total)
        for own, total in words_of(tables).items()
        for voice in COUNTED
    ]
    frame = pd.DataFrame(rows, columns=["article_id", "voice", "n", "n_total"])
    return frame.assign(share=frame["n"] / frame["n_total"].where(frame["n_total"] > 0))


def show_voices(tables: Tables) -> Shown:
    """Show how many words of each article are the author's own, and how many stand in another voice.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    """
    names = article_names(tables["articles"])
    rows = words_by_voice(tables)
    rows = rows.assign(name=[names[own].value for own in rows["article_id"]])
    columns = {"voice": "Voice", "name": "Article", "n": "Words", "n_total": "Of", "share": "Share, %"}
    caption = "Whose words: attributed are those of others without quotation marks, quoted those inside them"
    return show_table(rows, columns, caption, {"share": "%"})


def show_voice_steps(tables: Tables, k: int = PASSAGES) -> Shown:
    """Show how the words of each passage are put into voices by hand, the sums, and what the function gives.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives.
    k : int
        Passages shown, at most, from the first; the sums are of all.
    """
    spoken = {
        article.article_id: paint_voices(len(article.text), rows)
        for article, rows in each_article(tables["articles"], tables["voices"])
    }
    listed = passages(tables)
    found = [_by_voice(row, text, spoken[row.article_id]) for row, text in listed]
    if not any(found):
        return remark("There is no word to put into a voice.")
    items, told, place_of = [], [], place_namer(tables)
    for (row, text), stretches in zip(listed[:k], found[:k], strict=True):
        if not stretches:  # a passage of numbers or marks has no word, and is shown as it stands
            plain = " ".join(text[row.start : row.end].split())
            html = Markup.escape(plain)
        else:
            html = Markup(" ").join(
                Markup("{} <sub>{}</sub>").format(
                    words if voice == "author" else Markup("<u>{}</u>").format(words), _said(voice, n)
                )
                for words, voice, n in stretches
            )
            plain = " ".join(f"{words} [{_said(voice, n)}]" for words, voice, n in stretches)
        items.append(Markup("<p>{}. {}</p>").format(place_of(row), html))
        told.append(f"{place_of(row)}. {plain}")
    sums = [
        _sum(voice, [[n for _, own, n in stretches if own == voice] for stretches in found], k) for voice in COUNTED
    ]
    given = words_by_voice(tables).groupby("voice", sort=False)["n"].sum()
    by_function = ", ".join(f"{voice} {int(given[voice]):,}" for voice in COUNTED)
    shown = Shown(str(Markup("").join(items)), "\n".join(told))
    return joined([shown, lines(*sums, f"By the function: {by_function}.")])


def _by_voice(row: Any, text: str, spoken: bytearray) -> list[tuple[str, str, int]]:
    """The stretches of a passage in one voice, none if it has no word: the text, the voice and the number of words."""
    words = split_words(text, row.start, row.end)
    stretches: list[tuple[str, str, int]] = []
    at = row.start
    for voice, run in groupby(enumerate(words), key=lambda pair: SPOKEN[spoken[pair[1].start]]):
        numbers = [number for number, _ in run]
        following = numbers[-1] + 1
        # a mark that opens or closes a quotation stands with what it belongs to
        end = row.end if following == len(words) else _edge(spoken, words[following - 1].end, words[following].start)
        stretches.append((" ".join(text[at:end].split()), voice, len(numbers)))
        at = end
    return stretches


def _edge(spoken: bytearray, end: int, start: int) -> int:
    """Where the next voice begins, between the end of a word and the start of the next."""
    return next(at for at in range(end, start + 1) if spoken[at] == spoken[start])


def _said(voice: str, n: int) -> str:
    return f"{voice}, {how_many(n, 'word')}"


def _sum(voice: str, counts: list[list[int]], k: int) -> str:
    """Add up the words of one voice, passage by passage; those that are not shown are one number."""
    shown = [n for passage in counts[:k] for n in passage]
    rest = sum(n for passage in counts[k:] for n in passage)
    parts = [f"{n:,}" for n in shown] + ([f"{rest:,} not shown"] if rest else [])
    total = sum(shown) + rest
    return f"{voice}: {' + '.join(parts)} = {total:,}" if len(parts) > 1 else f"{voice}: {total:,}"
