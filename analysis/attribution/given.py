"""Which sources each group of articles gives words to, a person counted once under all names that are certain."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import pandas as pd

from analysis.attribution.antecedents import PRONOUNS
from analysis.attribution.counts import asserted_statements, is_doubtful
from analysis.names import in_order
from analysis.pieces import count_words
from analysis.positions import Positions
from analysis.schema import each_article
from analysis.stretches import Stretches
from analysis.tables import LABELS, SENTENCES, SOURCES

#: Words that begin a source and are no name.
_NO_NAMES = (*PRONOUNS, "the")
_KEY = ["article_id", "attribution"]


def statements_by_source(
    articles: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame, labels: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say whose each asserted statement is, and where its source stands: what `name_sources` says of these alone.

    Parameters are those of `name_sources`.
    """
    return name_sources(articles, asserted_statements(attributions), spans, labels)


def name_sources(
    articles: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame, labels: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Say whose each attribution is, and where its source stands.

    A person is known by the name of the label ledger, so that "Ann Lee" and "Mayor Lee" are one source where the
    article leaves no doubt; any other source is known by its words. A pronoun or office that is certain to stand for
    a name counts as that name, as a named person.

    Parameters
    ----------
    articles, attributions, spans : DataFrame
        ARTICLES (with `group`), ATTRIBUTIONS and SPANS.
    labels : DataFrame, optional
        LABELS; without them every source is known by its words.

    Returns
    -------
    DataFrame
        The attributions with a source, in their order: article_id, attribution, group, sentence, source_type,
        `source` (the name), `folded` (the name case folded, by which sources are told apart), `sure` (whether it is
        not doubtful), start and end; and
        `name_start` and `name_end`, which for a pronoun are where its speaker is named first.
    """
    places: list[tuple[Any, ...]] = []
    persons = LABELS.frame() if labels is None else labels[labels["kind"].isin(("person", "name"))]
    sources = spans[spans["role"] == "source"]
    for article, own_sources, own_labels, statements in each_article(articles, sources, persons, attributions):
        ordered = Stretches(own_labels)
        actors = {" ".join(label.surface.split()): str(label.actor) for label in ordered}
        speakers = {row.attribution: row.speaker for row in statements if isinstance(row.speaker, str)}
        named = {speaker: _first(article.text, speaker) for speaker in dict.fromkeys(speakers.values())}
        for span in own_sources:
            person = _person(article.text, span, ordered)
            speaker = speakers.get(span.attribution)
            name = _actor(speaker, actors) if speaker else None
            start, end = _place(article.text, span, named.get(speaker) if speaker else None)
            places.append((article.article_id, span.attribution, span.start, span.end, person, name, start, end))
    columns = [*_KEY, "start", "end", "person", "speaker_name", "name_start", "name_end"]
    first = pd.DataFrame(places, columns=columns).sort_values([*_KEY, "start"])
    made = attributions[attributions["source"].notna()].merge(first.drop_duplicates(_KEY), on=_KEY)
    made = made.merge(articles[["article_id", "group"]], on="article_id")
    written = made["source"].str.split().str.join(" ")
    certain = made["person"].notna() & (made["source_type"] == "named person")
    known = made["person"].where(certain, made["speaker_name"])
    resolved = made["speaker_name"].notna() & made["source_type"].isin(("none", "office or role"))
    made["source_type"] = made["source_type"].mask(resolved, "named person")
    made = made.assign(source=known.where(known.notna(), written))
    # "Critics" and "critics" are one source
    made = made.assign(folded=made["source"].str.casefold(), sure=~is_doubtful(made))
    kept = ["group", "sentence", "source_type", "source", "folded", "sure", "start", "end", "name_start", "name_end"]
    return made[[*_KEY, *kept]]


def _actor(speaker: str, actors: Mapping[str, str]) -> str:
    """How the label ledger calls a speaker, also without "Mr"; the speaker's name where it has none."""
    return actors.get(speaker) or actors.get(speaker.partition(" ")[2]) or speaker


def _first(text: str, name: str) -> tuple[int, int] | None:
    """Where a name stands first in a text; None if it does not."""
    words = name.split()
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(map(re.escape, words)) + r"(?!\w)")
    at = text.find(words[0]) if words else -1  # by itself: what begins with an assertion is not found as fast
    while at >= 0:
        if found := pattern.match(text, at):
            return found.span()
        at = text.find(words[0], at + 1)
    return None


def _place(text: str, span: Any, named: tuple[int, int] | None) -> tuple[int, int]:
    """Where a source is named: its own place if it holds a name or nobody's is known, else where that is first."""
    words = text[span.start : span.end].split()
    own = any(word[0].isupper() and word.casefold() not in _NO_NAMES for word in words)
    return (span.start, span.end) if named is None or own else named


def _person(text: str, span: Any, labels: Stretches[Any]) -> str | None:
    """The one person that a source names; None if it names none or several, or somebody of theirs ("Lee's lawyer")."""
    inside = labels.touching(span.start, span.end)
    owns = any(text[label.end : span.end].startswith(("'", "’")) for label in inside)
    return str(inside[0].actor) if len({label.actor for label in inside}) == 1 and not owns else None


def sources_by_group(
    articles: pd.DataFrame,
    attributions: pd.DataFrame,
    spans: pd.DataFrame,
    sentences: pd.DataFrame | None = None,
    labels: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Count the asserted statements and the words given to each source, and find where it first has one.

    Parameters
    ----------
    articles, attributions, spans : DataFrame
        ARTICLES (with `group`), ATTRIBUTIONS and SPANS.
    sentences : DataFrame, optional
        SENTENCES; without them no position is given.
    labels : DataFrame, optional
        LABELS, by which the names of a person are one source; see `statements_by_source`.

    Returns
    -------
    DataFrame
        SOURCES, groups in the order of `articles`, most words first, ties by name; without named sources, empty.
    """
    words: list[tuple[Any, ...]] = []
    positions: dict[str, Positions] = {}
    nothing = SENTENCES.frame() if sentences is None else sentences
    contents = spans[spans["role"] == "content"]
    for article, own_contents, own_sentences in each_article(articles, contents, nothing):
        positions[article.article_id] = Positions(article.text, own_sentences)
        for span in own_contents:
            words.append((article.article_id, span.attribution, count_words(article.text, span.start, span.end)))
    per_statement = pd.DataFrame(words, columns=[*_KEY, "n_words"]).groupby(_KEY, as_index=False)["n_words"].sum()
    made = statements_by_source(articles, attributions, spans, labels)
    starts = zip(made["article_id"], made["name_start"], strict=True)
    where = [positions[article_id].of(start) for article_id, start in starts]
    made = made.merge(per_statement, on=_KEY, how="left").assign(position=where)
    by = ["group", "folded", "source_type"]
    found = made.groupby(by, as_index=False).agg(
        n=("attribution", "size"), n_sure=("sure", "sum"), n_words=("n_words", "sum")
    )
    earliest = made.sort_values(["position", "start"], kind="stable").drop_duplicates(by)
    earliest = earliest.assign(start=earliest["name_start"], end=earliest["name_end"])
    found = found.merge(earliest[[*by, "source", "article_id", "start", "end", "sentence", "position"]], on=by)
    found = found.sort_values(["n_words", "folded", "source_type"], ascending=[False, True, True])
    found = in_order(dict.fromkeys(articles["group"]), found)
    return SOURCES.frame({name: found[name] for name in SOURCES.names})
