"""The name behind each source: the fullest that the text gives it, also for a pronoun or a description, where certain.

A speaker that is missing is a gap, a wrong one puts words into somebody's mouth: what could be either of two is left
missing. Nobody's gender is guessed; only what a text itself says ("Ms Lee", "his wife, Ann") tells "he" from "she".
"""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan
from typing import Any

import pandas as pd

from analysis.attribution.antecedents import PRONOUNS, Antecedents
from analysis.attribution.beside import TITLES, called, person_nouns
from analysis.attribution.capitals import DEPARTMENTS
from analysis.attribution.lexicon import word_set
from analysis.attribution.mentions import Mention, Names, Span, find_names
from analysis.schema import each_article
from analysis.tables import ATTRIBUTIONS, BODY_KINDS

#: A speaker, and the expressions that lead to it; None where not certain.
Speaker = tuple[str | None, str | None]

#: Before a name, these make it a part of the source.
_JOINS = word_set("and or of for to from in at with by including like that which who")

#: Before a name, these make it open whether "who" stands for it or for what is before it.
_TIES = word_set("of for and or by from with to")
#: Characters of a name, and of what is before it, that are read before "who".
_NAME = 60


def find_speakers(
    articles: pd.DataFrame, sentences: pd.DataFrame, attributions: pd.DataFrame, spans: pd.DataFrame,
    labels: pd.DataFrame,
) -> pd.DataFrame:  # fmt: skip
    """Name the source of each attribution where the article leaves no doubt, but for those inside another's words.

    Parameters
    ----------
    articles, sentences, attributions, spans, labels : DataFrame
        ARTICLES, SENTENCES, ATTRIBUTIONS, SPANS and LABELS; labels only tell what is a person and what is none.

    Returns
    -------
    DataFrame
        ATTRIBUTIONS with `speaker` and `speaker_chain`, rows as they were.

    Examples
    --------
    >>> resolve("Mayor Lee left. She said no.", [(0, 15), (16, 28)], [(((16, 19),), "none")])
    [('Lee', 'She → Lee')]
    """
    named: dict[tuple[str, int], tuple[str | None, str | None]] = {}
    speaking = articles[articles["article_id"].isin(attributions["article_id"])]
    for article, read, rows, own, known in each_article(speaking, sentences, attributions, spans, labels):
        stretches = [(row.start, row.end) for row in read if row.kind in BODY_KINDS]
        sources: dict[int, list[Span]] = {}
        for span in own:
            if span.role == "source":
                sources.setdefault(span.attribution, []).append((span.start, span.end))
        outermost = [row for row in rows if isnan(row.nested_in)]
        asked = [(tuple(sources.get(row.attribution, ())), row.source_type) for row in outermost]
        found = resolve(article.text, stretches, asked, known)
        named |= {(row.article_id, row.attribution): one for row, one in zip(outermost, found, strict=True)}
    keys = list(zip(attributions["article_id"], attributions["attribution"], strict=True))
    told = [named.get(key, (None, None)) for key in keys]
    columns = {"speaker": [one for one, _ in told], "speaker_chain": [chain for _, chain in told]}
    return ATTRIBUTIONS.frame({name: columns.get(name, attributions[name]) for name in ATTRIBUTIONS.names})


def resolve(
    text: str,
    sentences: Sequence[Span],
    sources: Sequence[tuple[tuple[Span, ...], str]],
    labels: Sequence[Any] = (),
) -> list[Speaker]:
    """Name each source of one text, given its spans and its source type; one in several parts is left missing.

    "He" and "she" stand for whoever is certain; "they", "it", "I" and "we" are never resolved.
    """
    whole = {spans[0]: kind for spans, kind in sources if len(spans) == 1}
    speaking = [span for span, kind in whole.items() if kind == "named person"]
    offices = [span for span, kind in whole.items() if kind == "office or role" and "," in text[slice(*span)]]
    names = find_names(text, sentences, [*speaking, *((text.index(",", *span), span[1]) for span in offices)], labels)
    heads = {span: head for span, kind in whole.items() if (head := _head(names, span, kind))}
    antecedents = Antecedents(names, sentences, whole, heads)
    return [
        _name(names, spans[0], heads.get(spans[0]), antecedents)
        if len(spans) == 1 and kind != "anonymous"
        else (None, None)
        for spans, kind in sources
    ]


def _head(names: Names, span: Span, kind: str) -> Mention | None:
    """The name that a source is, or holds as its head; None for somebody of theirs, and for several.

    A person may have the name after an office and a comma; anything else has to be named, and no more.
    """
    text, at = names.text, span[0]
    if kind in ("group", "anonymous") or text[slice(*span)].casefold() in PRONOUNS:
        return None
    for part in text[slice(*span)].split(","):
        end = at + len(part)
        named = [m for m in names.within(at, end) if m.key in names.fullest]
        if named:
            last = named[-1]
            lead = {word.casefold() for word in text[at : last.start].split()}
            whole = not text[last.end : end].strip(" .")
            if last.person:
                if whole and _is_own(text[at : last.start].casefold().split()):
                    return last
            elif kind != "named person":
                return last if whole and at == span[0] and lead <= {"the"} and last.key in names.proper else None
        at = end + 1
    return None


def _is_own(lead: Sequence[str]) -> bool:
    """Whether what stands before a name is its bearer's office: "the secretary of state", not "the wife of Mayor"."""
    if "of" in lead[1:-1]:
        at = lead.index("of")
        held = lead[at + 1 :]
        if lead[at - 1] in TITLES and set(held) <= DEPARTMENTS | {"the"}:
            lead = [*lead[:at], *held]
    return _JOINS.isdisjoint(lead)


def _before_who(names: Names, at: int) -> Mention | None:
    """The person whom a clause with "who" is set off from: "said Ann Lee, who …"; not "a friend of Ann Lee, who …"."""
    near = names.within(max(0, at - _NAME), at)
    if not near or not near[-1].person or near[-1].owner or names.narrative[near[-1].end : at].strip(" ") != ",":
        return None
    before = names.narrative[max(0, near[-1].start - _NAME) : near[-1].start].split()
    lower = next((word for word in reversed(before) if not word[0].isupper() and word not in person_nouns()), "")
    return near[-1] if lower not in _TIES and not any(word[-1] in ",;" for word in before[-1:]) else None


def _name(names: Names, span: Span, head: Mention | None, antecedents: Antecedents) -> Speaker:
    """The name of a source: that of its pronoun, its own, or that of the only one whom the text calls so."""
    words = names.text[slice(*span)]
    if words.casefold() == "who":
        named = _before_who(names, span[0])
        return _told(names, named.key, [words, names.text[named.start : named.end]]) if named else (None, None)
    if words.casefold() in PRONOUNS:
        found = antecedents.found.get(span)
        return _told(names, found.key, antecedents.trail[span[0]]) if found else (None, None)
    written = " ".join(words.split())
    if head:
        alone = not head.person and head.start == span[0] and " " not in written
        return (written, None) if alone else _told(names, head.key, [written])  # what ends like "Twitter" is another's
    phrase = words.split(",")[0].split()
    if len(phrase) < 2 or phrase[0].casefold() != "the" or any(word[:1].isupper() for word in phrase[1:]):
        return None, None
    bearer = names.bearer(called(phrase), span[0])
    return _told(names, bearer, [written]) if bearer else (None, None)


def _told(names: Names, key: str, trail: Sequence[str]) -> Speaker:
    """The fullest name of a bearer, and the steps to it; no chain where the source is that name."""
    name = names.fullest.get(key)
    if name is None or key in names.shared:
        return None, None
    steps = [" ".join(step.split()) for step in (*trail, name)]
    steps = [step for at, step in enumerate(steps) if not at or step.casefold() != steps[at - 1].casefold()]
    return name, " → ".join(steps) if len(steps) > 1 else None
