"""How well an engine agrees with annotated articles, and how far its confidence can be believed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any

from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.attribution.classes import UNKNOWN, head_of_cue
from analysis.attribution.engine import Attribution
from analysis.attribution.engines import extract_by_rules
from analysis.attribution.score import Agreements, agreement, match_attributions, same_source
from analysis.attribution.trained.extraction import ORIGINS, candidates, choose
from analysis.attribution.trained.model import Model
from analysis.attribution.trained.training import lines_of, train
from analysis.evidence import wilson_interval
from analysis.inputs.files import InputError

#: The bounds between which confidence is looked at.
BINS = (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0)


@dataclass(frozen=True)
class Evaluation:
    """Annotated articles beside what an engine finds in them, and how long it took."""

    texts: list[tuple[str, Sequence[Mapping[str, Any]], list[Attribution]]]
    n_words: int
    seconds: float
    #: Of whatever a model took for an attribution, the evidence of its confidence and whether it is right.
    judged: list[tuple[dict[str, float], bool]]

    def agreement(self, statements: bool = False) -> Agreements:
        """How well found and annotated agree; with `statements`, attitudes are neither required nor punished."""
        scored = [(text, gold, [vars(one) for one in found]) for text, gold, found in self.texts]
        return agreement(scored, _is_statement if statements else None)

    def reliability(
        self, bins: Sequence[float] = BINS
    ) -> Iterator[tuple[float, float, int, float, float, float, float]]:
        """Of each range of confidence: its bounds, how many were found, mean confidence, share that is right, interval.

        Right is what `joint` of `agreement` counts: half of the words of the content, and the source.
        """
        for lower, upper in pairwise(bins):
            inside = [(sure, right) for sure, right in self._judged if lower <= sure < upper or sure == upper == 1]
            if inside:
                n, n_right = len(inside), sum(right for _, right in inside)
                low, high = (float(end) for end in wilson_interval(n_right, n))
                yield lower, upper, n, sum(sure for sure, _ in inside) / n, n_right / n, low, high

    @cached_property
    def _judged(self) -> list[tuple[float, bool]]:
        """The confidence of each attribution that was found, and whether it is right."""
        return [
            (one.confidence, right)
            for text, gold, found in self.texts
            for one, right in zip(found, are_right(text, gold, found), strict=True)
        ]


def are_right(text: str, gold: Sequence[Mapping[str, Any]], found: Sequence[Attribution]) -> list[bool]:
    """Say of each attribution that was found whether an annotated one has half of the words of both, and the source."""
    spans = [vars(one) for one in found]
    matched = match_attributions(text, gold, spans)
    return [j in matched and same_source(text, gold[matched[j]], one) for j, one in enumerate(spans)]


def _is_statement(text: str, one: Mapping[str, Any]) -> bool:
    """Whether an annotated attribution tells of speech or writing: its cue is listed as such, or it has none."""
    words = [word.lower() for start, end in one.get("cue", ()) for word in text[start:end].split()]
    _, cue = head_of_cue(words)
    return not words or (cue is not UNKNOWN and cue.act == "statement")


def evaluate(articles: Iterable[Mapping[str, Any]], folder: Path | None) -> Evaluation:
    """Find the attributions of annotated articles.

    Parameters
    ----------
    articles : iterable of mapping
        What `read_annotated` gives.
    folder : Path, optional
        A model; without one, the rules are scored.
    """
    model = Model(folder) if folder else None
    texts: list[tuple[str, Sequence[Mapping[str, Any]], list[Attribution]]] = []
    judged: list[tuple[dict[str, float], bool]] = []
    n_words, spent = 0, 0.0
    for article in articles:
        text, gold = article["text"], article["attributions"]
        begin = process_time()
        sentences, blocks = lines_of(text)
        if model is None:
            found = extract_by_rules(text, sentences, blocks)
        else:
            every = list(candidates(text, sentences, blocks, model))
            found = choose(every)
        spent += process_time() - begin
        n_words += len(text.split())
        texts.append((text, gold, found))
        if model is not None:
            for origin in ORIGINS:
                own = [one for one in every if origin in one.evidence]
                right = are_right(text, gold, [one.attribution for one in own])
                judged += [(one.evidence, ok) for one, ok in zip(own, right, strict=True)]
    return Evaluation(texts, n_words, spent, judged)


def cross_validate(
    articles: Sequence[Mapping[str, Any]], part_of: Callable[[int, Mapping[str, Any]], str], seed: int = 1
) -> Iterator[tuple[str, Evaluation]]:
    """Train on all parts but one and score on that, for each part.

    Parameters
    ----------
    articles : sequence of mapping
    part_of : callable
        Takes the number of an article and the article; names the part that it belongs to.
    seed : int

    Raises
    ------
    InputError
        There are fewer than two parts: nothing would be left to train on.
    """
    parts = [part_of(number, article) for number, article in enumerate(articles)]
    if len(set(parts)) < 2:
        raise InputError(f"expected articles in two parts or more; found {len(set(parts))}")
    for name in dict.fromkeys(parts):
        with TemporaryDirectory() as folder:
            others = [article for article, part in zip(articles, parts, strict=True) if part != name]
            train(others, Path(folder), seed)
            own = (article for article, part in zip(articles, parts, strict=True) if part == name)
            yield name, evaluate(own, Path(folder))


def together(evaluations: Iterable[Evaluation]) -> Evaluation:
    """Join the evaluations of several parts."""
    every = list(evaluations)
    return Evaluation(
        [text for one in every for text in one.texts],
        sum(one.n_words for one in every),
        sum(one.seconds for one in every),
        [one for each in every for one in each.judged],
    )


def fit_confidence(judged: Sequence[tuple[Mapping[str, float], bool]]) -> dict[str, float]:
    """Fit how much each evidence counts, in log odds, by logistic regression; by name.

    Parameters
    ----------
    judged : sequence of (evidence, whether it is right)
        Of articles that the model was not trained on.

    Returns
    -------
    dict of str to float
        Empty where all are right or none is: there is nothing to tell apart.
    """
    if len({right for _, right in judged}) < 2:
        return {}
    vectors = DictVectorizer()
    fitted = LogisticRegression(fit_intercept=False, max_iter=5000)
    fitted.fit(vectors.fit_transform([found for found, _ in judged]), [right for _, right in judged])
    return {name: float(weight) for name, weight in zip(vectors.feature_names_, fitted.coef_[0], strict=True)}


def lines(one: Evaluation) -> Iterator[str]:
    """Write an evaluation as lines of a table: agreement for all and for statements, speed, reliability."""
    for name, statements in (("all", False), ("statements", True)):
        for what, score in one.agreement(statements).items():
            yield (
                f"{name:<10} {what:<8} F1 {score.f1:.3f}   precision {score.precision:.3f}   recall {score.recall:.3f}"
            )
    yield f"{one.n_words / one.seconds:,.0f} words/s" if one.seconds else "no time was measured"
    yield "confidence    n      mean   right"
    for lower, upper, n, mean, share, low, high in one.reliability():
        yield f"{lower:.1f} to {upper:.1f} {n:>6}     {mean:.3f}   {share:.3f} ({low:.3f} to {high:.3f})"
