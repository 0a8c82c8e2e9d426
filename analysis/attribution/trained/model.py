"""A trained model: its files, and what it finds in an article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import pycrfsuite

from analysis.attribution.trained.decoding import TAGS, Array, likeliest, pieces
from analysis.attribution.trained.features import token_features
from analysis.attribution.trained.linking import Linked, link
from analysis.attribution.trained.reading import Reading
from analysis.inputs.files import InputError

#: The models that come with the package.
MODELS = Path(__file__).parent / "models"
#: The files of a model: the tagger and the linker as python-crfsuite writes them, and all else.
TAGGER, LINKER, DESCRIPTION = "tagger.crfsuite", "linker.crfsuite", "model.json"


class Model:
    """A tagger and a linker.

    Parameters
    ----------
    folder : Path
        With the files `TAGGER`, `LINKER` and `DESCRIPTION`.

    Raises
    ------
    InputError
        A file is missing or is not the one that `DESCRIPTION` was written with.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.description: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            for name, digest in self.description["files"].items():
                if sha256((folder / name).read_bytes()).hexdigest() != digest:
                    raise ValueError(f"{name} is not the file that the model was saved with")
            self._tagger, self._linker = (_opened(folder / name) for name in (TAGGER, LINKER))
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise InputError(
                f"no model for attribution can be read from {str(folder)!r} ({error}); install the package anew, or "
                "use -p attribution rules"
            ) from None
        self.clusters: list[dict[str, str]] = self.description["clusters"]
        self.leaning = np.array([self.description["leaning"][tag] for tag in TAGS])

    def probabilities(self, features: Sequence[list[str]]) -> Array:
        """Return how probable each tag of `TAGS` is for each token of a paragraph."""
        self._tagger.set(features)
        known = self._tagger.labels()
        found = np.zeros((len(features), len(TAGS)))
        for place, tag in enumerate(TAGS):
            if tag in known:
                found[:, place] = [self._tagger.marginal(tag, at) for at in range(len(features))]
        return found

    def judge(self, role: str, pairs: Sequence[list[str]]) -> list[float]:
        """Return how probable it is that a cue and a source, S, or content, C, belong together, for each pair."""
        found = []
        for features in pairs:
            self._linker.set([[f"{role}{feature}" for feature in features]])
            found.append(float(self._linker.marginal("yes", 0)))
        return found

    def find_in(self, reading: Reading) -> list[Linked]:
        """Find the attributions of an article, in pieces of tokens, in order of position."""
        ranges = [one for one in reading.paragraphs if one[0] < one[1]]
        features = [rows for rows in token_features(reading, self.clusters) if rows]
        probabilities = [self.probabilities(rows) for rows in features]
        linked = []
        for (start, _), tags, sure in zip(ranges, likeliest(probabilities, self.leaning), probabilities, strict=True):
            linked += link(reading, pieces(tags, sure, start), self.judge)
        return linked


def _opened(path: Path) -> Any:
    tagger = pycrfsuite.Tagger()
    tagger.open(str(path))
    return tagger


@cache
def shipped(name: str) -> Model:
    """Return a model that comes with the package; it is read once."""
    return Model(MODELS / name)
