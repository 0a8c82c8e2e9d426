"""Train a model on annotated articles."""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite
from scipy.sparse import csr_matrix
from sklearn.cluster import MiniBatchKMeans
from sklearn.decomposition import TruncatedSVD

from analysis.attribution.engine import Span
from analysis.attribution.trained.decoding import Piece, runs
from analysis.attribution.trained.features import token_features
from analysis.attribution.trained.files import DESCRIPTION, LINKER, TAGGER
from analysis.attribution.trained.linking import pair_features, pairs_of
from analysis.attribution.trained.reading import ROLES, Reading, read
from analysis.inputs.files import InputError
from analysis.text import split_sentences

#: What the tagger leans to, beyond what it was trained for: a source is missed more easily than another role.
LEANING = {"O": 0.0, "B-S": 1.0, "I-S": 1 / 3, "B-C": 0.0, "I-C": 0.0, "B-Q": 0.0, "I-Q": 0.0}
#: Groups of words that are used alike: how many large ones, and how many small ones.
CLUSTERS = (64, 256)
_TAGGER = {"c1": 0.0, "c2": 0.7, "max_iterations": 300, "feature.minfreq": 5, "feature.possible_transitions": True}
_LINKER = {"c1": 0.0, "c2": 1.0, "max_iterations": 300}
# A word needs as many uses to have a group; its neighbours are counted among the commonest.
USES, _NEIGHBOURS, _AXES = 4, 3000, 64


def read_annotated(path: Path) -> Iterator[dict[str, Any]]:
    """Read annotated articles: JSON Lines, gzipped or not, with `id`, `text` and `attributions`.

    Each attribution has `source`, `cue` and `content`: lists of [start, end] in code points, end exclusive.

    Raises
    ------
    InputError
        The file cannot be read, or a line is no such article.
    """
    try:
        data = path.read_bytes()
        lines = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8").split("\n")
    except (OSError, EOFError, ValueError) as error:
        raise InputError(f"expected annotated articles in {str(path)!r}, which cannot be read ({error})") from None
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _article(line, f"line {number} of {str(path)!r}")


def _article(line: str, where: str) -> dict[str, Any]:
    try:
        article = json.loads(line)
        length = len(article["text"])
        spans = [span for one in article["attributions"] for role in ROLES for span in one.get(role, ())]
        if not all(0 <= start < end <= length for start, end in spans):
            raise ValueError("a span lies outside the text")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise InputError(
            f"{where} is no annotated article ({error!r}); expected an object with text and attributions, each with "
            "source, cue and content as lists of [start, end]"
        ) from None
    return dict(article)


def lines_of(text: str) -> tuple[list[Span], list[Span]]:
    """Return the sentences and the paragraphs of an article whose paragraphs are its lines."""
    blocks = []
    at = 0
    for line in text.split("\n"):
        if line:
            blocks.append((at, at + len(line)))
        at += len(line) + 1
    return [span for block in blocks for span in split_sentences(text, *block)], blocks


def settings(seed: int) -> dict[str, Any]:
    """Return what a model is trained with, as its description says it."""
    return {"seed": seed, "tagger": _TAGGER, "linker": _LINKER, "leaning": LEANING}


def train(articles: Sequence[Mapping[str, Any]], folder: Path, seed: int = 1, date: str | None = None) -> None:
    """Train a model and write it.

    Parameters
    ----------
    articles : sequence of mapping
        What `read_annotated` gives.
    folder : Path
        Where the model's files go.
    seed : int
        Where the random draws of the groups of words start; the rest draws nothing.
    date : str, optional
        The day, YYYY-MM-DD, that the description gives; by itself it gives none, so that training can be repeated.
    """
    folder.mkdir(parents=True, exist_ok=True)
    readings = [read(article["text"], *lines_of(article["text"])) for article in articles]
    clusters = group_words([reading.words for reading in readings], seed)
    tagger, linker = (pycrfsuite.Trainer(algorithm="lbfgs", verbose=False) for _ in range(2))
    tagger.set_params(_TAGGER)
    linker.set_params(_LINKER)
    for reading, article in zip(readings, articles, strict=True):
        tags = reading.tags(article["attributions"])
        features = token_features(reading, clusters)
        for (start, end), rows in zip(reading.paragraphs, features, strict=True):
            if rows:
                tagger.append(rows, tags[start:end])
        for row, label in linked_pairs(reading, tags, article["attributions"]):
            linker.append([row], [label])
    tagger.train(str(folder / TAGGER))
    linker.train(str(folder / LINKER))
    description = {
        "articles": len(articles),
        "attributions": sum(len(article["attributions"]) for article in articles),
        **({"trained": date} if date else {}),
        **settings(seed),
        "files": {name: sha256((folder / name).read_bytes()).hexdigest() for name in (TAGGER, LINKER)},
        "clusters": clusters,
    }
    (folder / DESCRIPTION).write_text(json.dumps(description, ensure_ascii=False, indent=0) + "\n", encoding="utf-8")


def linked_pairs(
    reading: Reading, tags: Sequence[str], attributions: Sequence[Mapping[str, Any]]
) -> Iterator[tuple[list[str], str]]:
    """Give every pair of a cue with a source or content, as features, and whether one attribution has both."""
    owners: dict[str, list[set[int]]] = {}
    for code, role in (("S", "source"), ("C", "content"), ("Q", "cue")):
        owners[code] = [set() for _ in range(len(reading))]
        for number, one in enumerate(attributions):
            for span in one.get(role, ()):
                for token in reading.tokens_in((span[0], span[1])):
                    owners[code][token].add(number)
    for start, end in reading.paragraphs:
        found = [Piece(role, start + left, start + right, 1.0) for role, left, right in runs(tags[start:end])]
        for cue, other in pairs_of(found):
            whose, others = (set().union(*owners[piece.role][piece.start : piece.end]) for piece in (cue, other))
            features = [f"{other.role}{feature}" for feature in pair_features(reading, found, cue, other)]
            yield features, "yes" if whose & others else "no"


def group_words(texts: Iterable[Sequence[str]], seed: int) -> list[dict[str, str]]:
    """Group the words that are used alike: that have the same neighbours, one and two words off.

    Parameters
    ----------
    texts : iterable of sequence of str
        The tokens of each text.
    seed : int

    Returns
    -------
    list of dict of str to str
        For each number of `CLUSTERS`, the group of each word, case folded.

    References
    ----------
    Levy, Goldberg & Dagan 2015, "Improving distributional similarity": positive pointwise mutual information with
    smoothed contexts, then singular values.
    """
    lowered = [[word.lower() for word in words] for words in texts]
    uses = Counter(word for words in lowered for word in words)
    known = [word for word, n in sorted(uses.items(), key=lambda item: (-item[1], item[0])) if n >= USES]
    place = {word: at for at, word in enumerate(known)}
    width = min(_NEIGHBOURS, len(known))
    counts: Counter[tuple[int, int]] = Counter()
    for words in lowered:
        places = [place.get(word, -1) for word in words]
        for side, offset in enumerate((-2, -1, 1, 2)):
            for at, own in enumerate(places):
                if own >= 0 and 0 <= at + offset < len(places) and 0 <= places[at + offset] < width:
                    counts[own, side * width + places[at + offset]] += 1
    if len(known) <= _AXES:
        return [{} for _ in CLUSTERS]
    rows, columns = np.array(list(counts)).T
    observed = csr_matrix(
        (np.array(list(counts.values()), dtype=float), (rows, columns)), shape=(len(known), 4 * width)
    )
    total, by_row = observed.sum(), np.asarray(observed.sum(1)).ravel()
    by_column = np.asarray(observed.sum(0)).ravel() ** 0.75
    by_column *= total / by_column.sum()
    entries = observed.tocoo()
    information = np.log(entries.data * total / (by_row[entries.row] * by_column[entries.col] + 1e-9))
    weighted = csr_matrix((np.maximum(information, 0), (entries.row, entries.col)), shape=observed.shape)
    axes = TruncatedSVD(_AXES, random_state=seed).fit_transform(weighted)
    axes /= np.linalg.norm(axes, axis=1, keepdims=True) + 1e-9
    groups = []
    for n in CLUSTERS:
        chosen = MiniBatchKMeans(min(n, len(known)), random_state=seed, n_init=3, batch_size=2048).fit_predict(axes)
        groups.append({word: str(group) for word, group in zip(known, chosen, strict=True)})
    return groups
