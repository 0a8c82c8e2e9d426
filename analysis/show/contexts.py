"""Words in context: every use of a term in its sentence, the texts side by side, and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

import pandas as pd
import regex
from markupsafe import Markup

from analysis.association import ALPHA
from analysis.attribution.doubts import DOUBTFUL, is_doubtfully_attributed
from analysis.claims.cells import NAMED, Tables
from analysis.claims.claim import format_value
from analysis.collocates import WINDOW, collocates
from analysis.names import distinctive, group_names, in_order
from analysis.nouns import how_many
from analysis.positions import Positions
from analysis.schema import each_article, rows_of
from analysis.show.forms import forms_line, words_of
from analysis.show.shown import Anchors, Shown, joined, note, remark, show_table
from analysis.terms import concordance, read_term
from analysis.text import split_words
from analysis.voices import chosen_voices, in_voices

#: Uses of one term that are shown for each text, at most.
SHOWN = 20
# A context is as many words on either side, or as many characters, whichever is less.
_WORDS, _CHARACTERS = 8, 60
_TOKEN = regex.compile(r"\S++")


def contexts(tables: Tables, term: str, voices: str = "all") -> pd.DataFrame:
    """Find every use of a term with the words around it.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    term : str
        One or more words, in any spelling that counts as the same term.
    voices : str
        "all", or the voices whose uses are wanted, joined by commas.

    Returns
    -------
    DataFrame
        CONCORDANCE rows of these voices, `doubtful`, whether what puts a use into the attributed voice is doubtful, and
        what `with_context` adds.

    Raises
    ------
    InputError
        `term` has no word in it, or there is no such voice.
    """
    found = concordance(tables["articles"], tables["sentences"], term, tables["voices"])
    found = in_voices(found, voices)
    return with_context(found.assign(doubtful=is_doubtfully_attributed(found, tables)), tables)


def with_context(rows: pd.DataFrame, tables: Tables) -> pd.DataFrame:
    """Add what stands around each use to rows that have article_id, sentence, start and end.

    Returns
    -------
    DataFrame
        The rows, by article, with `group`; `left` and `right`, verbatim from the sentence; `cut_left` and `cut_right`,
        whether the sentence goes on there; and `position`, the share of the article's searched words that stand
        before the use, from 0 to 1.
    """
    added: list[tuple[Any, ...]] = []
    ordered = in_order(tables["articles"]["article_id"], rows, "article_id")
    for article, sentences, own in each_article(tables["articles"], tables["sentences"], ordered):
        spans = {row.sentence: (row.start, row.end) for row in sentences}
        positions = Positions(article.text, sentences if own else ())
        for row in own:
            start, end = spans[row.sentence]
            first, last = _left_edge(article.text, start, row.start), _right_edge(article.text, row.end, end)
            around = (article.text[first : row.start], article.text[row.end : last])
            added.append((article.group, *around, first > start, last < end, positions.of(row.start)))
    frame = pd.DataFrame(added, columns=["group", "left", "right", "cut_left", "cut_right", "position"])
    return ordered.assign(**{str(name): frame[name].to_numpy() for name in frame})


def _left_edge(text: str, start: int, stop: int) -> int:
    """Where the words before a use begin, not before its sentence."""
    first = max(start, stop - _CHARACTERS)
    tokens = [token.start() for token in _TOKEN.finditer(text, first, stop)]
    if first > start and not text[first - 1].isspace():
        tokens = tokens[1:]  # its beginning is cut off
    return tokens[-_WORDS:][0] if tokens else stop


def _right_edge(text: str, start: int, stop: int) -> int:
    """Where the words after a use end, not after its sentence."""
    last = min(stop, start + _CHARACTERS)
    tokens = [token.end() for token in islice(_TOKEN.finditer(text, start, last), _WORDS)]
    if tokens and tokens[-1] == last < stop and not text[last].isspace():
        tokens = tokens[:-1]  # its end is cut off
    return tokens[-1] if tokens else start


def chosen_terms(tables: Tables, term: str = "") -> list[str]:
    """Return the terms asked for, separated by commas; else those that pass the gate, else the highest z of each text.

    Terms that pass are at most `NAMED` for each text, those with the highest z.
    """
    if term.strip(" ,"):
        named = {_key(one): one.strip() for one in reversed(term.split(",")) if one.strip()}
        return list(named.values())[::-1]
    shown = distinctive(tables, NAMED)
    passing = shown[shown["p_adjusted"] <= ALPHA]
    rows = shown.groupby("group", sort=False).head(1) if passing.empty else passing
    return [str(form) for form in rows.drop_duplicates("term")["surface"]]


def _key(term: str) -> str:
    return " ".join(word.term for word in split_words(term)) or term.strip()


def show_concordance(tables: Tables, term: str = "", voices: str = "all", k: int = SHOWN) -> Shown:
    """Show the uses of terms in their sentences, a column for each text, with sentence, voice and position.

    A use that is in the attributed voice only by doubtful attributions is called so; other forms of a word that occur
    in these voices are named, with their uses.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` and `compare` give, together.
    term : str
        Terms, separated by commas; by default those that pass the evidence gate, else the one with the highest z of
        each text.
    voices : str
        "all", or the voices whose uses are shown, joined by commas.
    k : int
        Uses of a term that are shown for each text, at most.
    """
    terms = chosen_terms(tables, term)
    if not terms:
        return nothing_asked()
    words, anchors = words_of(tables, voices), Anchors(tables)
    searched = words.by_group()
    parts, lines = [], []
    for one in terms:
        found, counted = contexts(tables, one, voices), _uses_counted(tables, one, voices)
        parts.append(Markup("<h4>“{}”</h4>").format(one))
        lines.append(f"“{one}”")
        if others := forms_line(tables, one, words):
            parts.append(note(others))
            lines.append(f"  {others}")
        columns = []
        for group, name in group_names(tables["articles"]).items():
            own = found[found["group"] == group]
            total = counted.get(group, len(own)) if counted is not None else None
            heading = f"{name}: {_uses(len(own), k, total)}" if len(own) else name
            absent = f"not found in {name} ({how_many(searched[group], 'word')} searched)"
            if total is None:
                absent = f"not found in the sentences of {name} that are kept; the others are kept out"
            elif total:
                absent = f"{how_many(total, 'use')} in {name}, in sentences that are kept out"
            uses, told = use_list(own.head(k), anchors)
            columns.append(column(heading, uses if len(own) else note(absent)))
            lines += [f"  {heading}", *(f"    {line}" for line in told)] if len(own) else [f"  {absent}"]
        parts.append(side_by_side(columns))
    return Shown(str(Markup("").join(parts)), "\n".join(lines))


def nothing_asked() -> Shown:
    """Say that no term is shown, since none was asked for and none stands out."""
    return remark("No term is used often enough to be tested: none is shown without being asked for.")


def kept_out(tables: Tables) -> bool:
    """Tell whether only excerpts are left of the texts."""
    return "text_sha256" in tables["articles"]


def _uses_counted(tables: Tables, term: str, voices: str) -> dict[str, int] | None:
    """How often each group uses a term in its whole text, where only excerpts are left; None if that is not kept."""
    if not kept_out(tables):
        return {}
    order, wanted = read_term(term)
    counts = tables["term_counts"]
    counts = counts[(counts["order"] == order) & (counts["term"] == wanted)]
    if counts.empty and order > 1:
        return None
    rows = in_voices(counts, voices).merge(tables["articles"][["article_id", "group"]], on="article_id")
    return dict.fromkeys(tables["articles"]["group"], 0) | rows.groupby("group")["n"].sum().to_dict()


def _uses(n: int, k: int, total: int | None) -> str:
    if total is None:
        return f"{how_many(min(n, k), 'use')} in the sentences that are kept"
    if total > n:
        return f"{min(n, k)} of {total} uses, from the sentences that are kept"
    return f"the first {k} of {n} uses" if n > k else f"{how_many(n, 'use')}"


def use_list(rows: pd.DataFrame, anchors: Anchors) -> tuple[Markup, list[str]]:
    """Write uses in their contexts as a list for a page, and as lines for a terminal."""
    items, lines = [], []
    for row in rows_of(rows):
        before, after = "… " if row.cut_left else "", " …" if row.cut_right else ""
        anchor, label = anchors.of((row.article_id, row.start, row.end))[0]
        where = [f"{row.voice} voice"] if "voice" in rows else []
        where += [DOUBTFUL] if "doubtful" in rows and row.doubtful else []
        where.append(f"at {format_value(row.position, '%')}\u00a0% of the text")
        items.append(
            Markup(
                '<li><span class="context">{}{}<b>{}</b>{}{}</span> '
                '<span class="where"><a href="#{}">{}</a>, {}</span></li>'
            ).format(before, row.left, row.surface, row.right, after, anchor, label, ", ".join(where))
        )
        words = " ".join(f"{before}{row.left}[{row.surface}]{row.right}{after}".split())
        lines.append(f"{words} ({', '.join([label, *where])})")
    return Markup('<ol class="uses">{}</ol>').format(Markup("").join(items)), lines


def column(heading: str, body: Markup, level: int = 5) -> Markup:
    """One text's part of a comparison, under its heading of this level."""
    return Markup('<section class="column"><h{level}>{}</h{level}>{}</section>').format(heading, body, level=level)


def side_by_side(columns: Sequence[Markup]) -> Markup:
    """Columns of equal width where they fit, else one under another."""
    return Markup('<div class="columns">{}</div>').format(Markup("").join(columns))


def show_collocates(tables: Tables, term: str = "", k: int = 2 * NAMED, voices: str = "all") -> Shown:
    """Show the words beside a term in each group, those with the highest G2; counts and order, no test.

    Parameters
    ----------
    tables, term, voices
        As for `show_concordance`; of several terms, each gets a table.
    k : int
        Words shown for each group, at most.
    """
    terms = chosen_terms(tables, term)
    if not terms:
        return nothing_asked()
    if kept_out(tables):
        return remark("The words beside a term are counted in whole texts only; here most sentences are kept out.")
    return joined([show_table(*_collocate_table(tables, one, k, voices)) for one in terms])


def _collocate_table(tables: Tables, term: str, k: int, voices: str) -> Iterator[Any]:
    """What `show_table` needs for one term; a group without a word beside it has a row that says so."""
    names = group_names(tables["articles"])
    texts = (tables["articles"], tables["sentences"], term, tables["voices"])
    rows = collocates(*texts, spoken=chosen_voices(voices), counts=tables["term_counts"])
    rows = rows[rows["g2"] > 0].groupby("group", sort=False).head(k)
    missing = [group for group in names if group not in set(rows["group"])]
    rows = pd.concat([rows, pd.DataFrame({"group": missing, "collocate": ["none found"] * len(missing)})])
    rows = in_order(names, rows).assign(name=lambda frame: frame["group"].map(names))
    yield rows
    yield {
        "collocate": "Word", "name": "Text", "n_together": "Beside it", "expected": "Expected", "n": "In the text",
        "g2": "G2",
    }  # fmt: skip
    yield (
        f"Words at most {WINDOW} words from “{term}” in the same sentence, twice or more: at most {k} for each side, "
        "by G2 (four cells, beside it against elsewhere in the text); counts, no test"
    )
    yield {"n_together": ".0f", "n": ".0f", "expected": ".1f", "g2": ".1f"}
