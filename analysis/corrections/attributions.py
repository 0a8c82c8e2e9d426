"""Corrections of who is said to say what: attributions removed, changed and added."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.attribution.nested import innermost
from analysis.corrections.grammar import STRETCHES, Change, Span, parse_change
from analysis.corrections.reading import Page
from analysis.corrections.status import MisfitError, check_text, with_verdicts
from analysis.schema import each_article
from analysis.tables import ATTRIBUTIONS, SPANS

_MISSING = float("nan")
_REMOVED = "all of it"


@dataclass
class _Held:
    """An attribution while it is corrected: its number, its columns, its spans by role, and who changed what."""

    number: int
    fields: dict[str, Any]
    found: dict[str, tuple[Span, ...]]
    spans: dict[str, tuple[Span, ...]]
    #: What was changed, to what, and by which correction.
    changes: dict[str, tuple[Any, int]] = field(default_factory=dict)

    @property
    def begins(self) -> int:
        """Its first character."""
        return min(start for role in STRETCHES for start, _ in self.spans[role])

    def stood_at(self, stretch: Span) -> bool:
        """Whether its cue or content, as found, is this stretch: one part, or all from the first to the last."""
        return any(
            stretch in parts or (len(parts) > 1 and stretch == (parts[0][0], parts[-1][1]))
            for parts in (self.found["cue"], self.found["content"])
        )

    def note(self, key: str, value: Any, correction: int) -> None:
        """Put down a change; raise `MisfitError` if another correction changed the same to something else."""
        for held in {key, _REMOVED} if key != _REMOVED else set(self.changes):
            was, by = self.changes.get(held, (value, correction))
            if was != value and by != correction:
                raise MisfitError(f"Contradicts correction {by}, which is of the same attribution.")
        self.changes[key] = (value, correction)


def correct_attributions(
    attributions: pd.DataFrame,
    spans: pd.DataFrame,
    articles: pd.DataFrame,
    sentences: pd.DataFrame,
    corrections: pd.DataFrame,
    withheld: Collection[str] = (),
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Remove, change and add attributions as a person says.

    A correction is of the attributions that were found, whatever else is corrected, so that the order of corrections
    does not matter. The attributions of an article with corrections are numbered anew, by position; the confidence of
    what a person changed or added is missing. What stands inside another then is told anew from the spans: what stood
    in one that was removed stands in the next around it, or by itself.

    Parameters
    ----------
    attributions, spans, articles, sentences, corrections : DataFrame
        ATTRIBUTIONS, SPANS, ARTICLES, SENTENCES and CORRECTIONS.
    withheld : collection of str
        The articles in which attributions were not looked for.

    Returns
    -------
    (DataFrame, DataFrame, DataFrame)
        ATTRIBUTIONS and SPANS, and CORRECTIONS with the status of those of attributions.
    """
    wanted = corrections[corrections["what"] == "attribution"]
    if wanted.empty:
        return attributions, spans, corrections
    rows: list[tuple[Any, ...]] = []
    span_rows: list[tuple[Any, ...]] = []
    verdicts: dict[int, str | None] = {}
    unread = set(withheld)
    for article, found, parts, own, given in each_article(articles, attributions, spans, sentences, wanted):
        if not given:
            rows += [tuple(row) for row in found]
            span_rows += [tuple(span) for span in parts]
            continue
        page = Page(article.text, own)
        held = [_held(row, parts) for row in found]
        for row in given:
            try:
                if article.article_id in unread:
                    raise MisfitError("Attributions were not looked for in this text.")
                check_text(article.text, row)
                held += _apply(page, held, row)
                verdicts[row.correction] = None
            except MisfitError as misfit:
                verdicts[row.correction] = str(misfit)
        kept = sorted((one for one in held if _REMOVED not in one.changes), key=lambda one: one.begins)
        outer = innermost([one.spans for one in kept])
        for place, one in enumerate(kept, start=1):
            rows.append((article.article_id, place, *_columns(one, outer[place - 1])))
            span_rows += [(article.article_id, place, role, *span) for role in STRETCHES for span in one.spans[role]]
    return ATTRIBUTIONS.frame(rows), SPANS.frame(span_rows), with_verdicts(corrections, verdicts)


def _held(row: Any, parts: Sequence[Any]) -> _Held:
    own = [span for span in parts if span.attribution == row.attribution]
    spans = {role: tuple((span.start, span.end) for span in own if span.role == role) for role in STRETCHES}
    return _Held(row.attribution, row._asdict(), dict(spans), dict(spans))


def _apply(page: Page, held: Sequence[_Held], row: Any) -> list[_Held]:
    """Do what one correction says; return what it adds."""
    change = parse_change(row.value)
    page.check(change, row.start, row.end)
    if change.adds:
        return [_new(page, change, row)]
    meant = [one for one in held if one.stood_at((row.start, row.end))]
    if not meant:
        raise MisfitError("No attribution has this stretch as its cue or content.")
    if change.remove:
        for one in meant:
            one.note(_REMOVED, True, row.correction)
        return []
    if len(meant) > 1:
        raise MisfitError(f"Is the cue or content of {len(meant)} attributions; their cues tell them apart.")
    for key, value in {**change.words, **change.spans}.items():
        meant[0].note(key, value, row.correction)
    _fill(page, meant[0], change)
    return []


def _new(page: Page, change: Change, row: Any) -> _Held:
    """An attribution that a person adds; it is no one's to correct, so it was found nowhere."""
    nowhere: dict[str, tuple[Span, ...]] = dict.fromkeys(STRETCHES, ())
    blank = {**dict.fromkeys(ATTRIBUTIONS.names), "act": change.adds, "modality": "asserted"}
    whole = Change(words=change.words, spans={**nowhere, **change.spans, "content": ((row.start, row.end),)})
    one = _Held(-row.correction, blank, nowhere, dict(nowhere))
    _fill(page, one, whole)
    return one


def _fill(page: Page, one: _Held, change: Change) -> None:
    """Set what a change gives, and what follows from it unless a person gave that too."""
    one.spans |= change.spans
    follows: dict[str, Any] = {role: page.verbatim(one.spans[role]) for role in change.spans}
    told = page.describe(one.spans)
    if "source" in change.spans:
        follows |= {"source_type": told.source_type, "speaker": None, "speaker_chain": None}
    if "cue" in change.spans:
        follows["cue_class"] = told.cue_class
    if "content" in change.spans:
        follows["kind"] = told.kind
    given = {key: value for key, (value, _) in one.changes.items() if key in ("source_type", "cue_class", "kind")}
    one.fields |= {**follows, **given, **change.words, "sentence": page.sentence_at(one.begins), "confidence": _MISSING}


def _columns(one: _Held, outer: int | None) -> tuple[Any, ...]:
    """The columns of ATTRIBUTIONS after article and number; what it stands inside, by its place, has its new number."""
    nested = _MISSING if outer is None else outer + 1
    return tuple({**one.fields, "nested_in": nested}[name] for name in ATTRIBUTIONS.names[2:])
