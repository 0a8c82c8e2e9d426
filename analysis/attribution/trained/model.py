"""A trained model: its files, and what it finds in an article."""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from threading import local
from typing import Any

import numpy as np
import pycrfsuite

from analysis.attribution.trained.cueless import find_speakers_of_cueless
from analysis.attribution.trained.decoding import TAGS, Array, Tagged, likeliest, pieces
from analysis.attribution.trained.features import token_features
from analysis.attribution.trained.files import DESCRIPTION, LINKER, REMEDY, TAGGER, digest
from analysis.attribution.trained.linking import Linked, link
from analysis.attribution.trained.orphans import find_cues
from analysis.attribution.trained.reading import Reading
from analysis.inputs.files import InputError


class Model:
    """A tagger and a linker; several threads may use one at once, and so may processes that are forked.

    Parameters
    ----------
    folder : Path
        With the files `TAGGER`, `LINKER` and `DESCRIPTION`.

    Raises
    ------
    InputError
        A file is missing, lacks something, or is not the one that `DESCRIPTION` was written with.
    """

    def __init__(self, folder: Path) -> None:
        try:
            self.description: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
            if not isinstance(self.description, dict):
                raise ValueError(f"{DESCRIPTION} holds no JSON object")
            self._files = [_read(folder / name, self.description["files"][name]) for name in (TAGGER, LINKER)]
            self._opened = _Opened(*self._files)
            self.clusters: list[dict[str, str]] = [dict(groups) for groups in self.description["clusters"]]
            self.leaning = np.array([float(self.description["leaning"][tag]) for tag in TAGS])
        except KeyError as error:
            raise _not_read(folder, f"its description lacks {error}, so that another version wrote it") from None
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise _not_read(folder, str(error)) from None

    def probabilities(self, features: Sequence[Sequence[str]]) -> Array:
        """Return how probable each tag of `TAGS` is for each token of a paragraph."""
        tagger = self._opened.tagger
        tagger.set(features)
        known = tagger.labels()
        marginal, places = tagger.marginal, range(len(features))
        found = np.zeros((len(features), len(TAGS)))
        for at, tag in enumerate(TAGS):
            if tag in known:
                found[:, at] = [marginal(tag, place) for place in places]
        return found

    def judge(self, role: str, pairs: Sequence[list[str]]) -> list[float]:
        """Return how probable it is that a cue and a source, S, or content, C, belong together, for each pair."""
        linker, found = self._opened.linker, []
        for features in pairs:
            linker.set([[role + feature for feature in features]])
            found.append(float(linker.marginal("yes", 0)))
        return found

    def tag(self, reading: Reading) -> list[Tagged]:
        """Return how probable each tag is for each token of an article, by paragraphs; empty ones are left out."""
        ranges = [one for one in reading.paragraphs if one[0] < one[1]]
        features = (rows for rows in token_features(reading, self.clusters) if rows)
        return [Tagged(*place, self.probabilities(rows)) for place, rows in zip(ranges, features, strict=True)]

    def find_in(self, reading: Reading, tagged: Sequence[Tagged]) -> list[Linked]:
        """Find the likeliest attributions of an article, in pieces of tokens, in order of position."""
        tags = likeliest([one.probabilities for one in tagged], self.leaning)
        linked = []
        for one, chosen in zip(tagged, tags, strict=True):
            found = pieces(chosen, one)
            here = find_cues(reading, one, found, link(reading, found, self.judge), self.judge)
            linked.append(((one.start, one.end), here))
        return find_speakers_of_cueless(reading, linked)


class _Opened(local):
    """A tagger and a linker, each thread its own: between `set` and `marginal` they hold what they are asked about.

    They read the bytes that they are given without a copy, which have to be kept.
    """

    def __init__(self, tagger: bytes, linker: bytes) -> None:
        self.tagger, self.linker = pycrfsuite.Tagger(), pycrfsuite.Tagger()
        self.tagger.open_inmemory(tagger)
        self.linker.open_inmemory(linker)


def _read(path: Path, expected: str) -> bytes:
    content = path.read_bytes()
    if sha256(content).hexdigest() != expected:
        raise ValueError(f"{path.name} is not the file that the model was saved with")
    return content


def _not_read(folder: Path, cause: str) -> InputError:
    return InputError(f"no model for attribution can be read from {str(folder)!r} ({cause}); {REMEDY}")


def opened(folder: Path) -> Model:
    """Return the model of a folder; it is read once, and again where it was trained anew in its place."""
    described = (folder / DESCRIPTION).is_file()  # without a description, the model says what is missing
    return _opened(folder, digest(folder) if described else "")


@cache
def _opened(folder: Path, _: str) -> Model:
    return Model(folder)
