"""What was measured of a model, kept beside it: agreement with annotated articles, and how far confidence holds."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.attribution.counts import SURE
from analysis.attribution.trained.files import SCORES, SETTINGS, digest, digest_of_weights
from analysis.folder import write_file
from analysis.inputs.files import InputError

if TYPE_CHECKING:
    from analysis.attribution.score import Agreements
    from analysis.attribution.trained.evaluation import Evaluation

#: Under which names figures are kept: of the model, of the rules on the same articles, of models trained on parts.
MODEL, RULES, FOLDS = "model", "rules", "folds"
#: How well two people agreed who annotated the same articles of PolNeAR, F1; other articles than those measured here.
READERS = {"joint": 0.748, "cue": 0.802, "content": 0.791}
_PLACES = 4


def figures_of(one: Evaluation) -> dict[str, Any]:
    """Return the figures of an evaluation, as they are kept; none that depends on the machine.

    Returns
    -------
    dict
        `articles` and `attributions`: how many there are, annotated. `all` and `statements`: for content, joint and
        cue, the shares and counts of an `Agreement`. `reliability`: a row for each range of confidence. `doubt`: the
        same for what is doubtful and what is sure, where there is any.
    """
    split = (0.0, SURE, 1.0)
    return {
        "articles": len(one.texts),
        "attributions": sum(len(gold) for _, gold, _ in one.texts),
        "all": _agreements(one.agreement()),
        "statements": _agreements(one.agreement(statements=True)),
        "reliability": [_range(row) for row in one.reliability()],
        "doubt": {"sure" if row[0] == SURE else "doubtful": _range(row) for row in one.reliability(split)},
    }


def _agreements(found: Agreements) -> dict[str, dict[str, float]]:
    return {
        what: {
            "matched": score.matched,
            "found": score.predicted,
            "annotated": score.annotated,
            "precision": round(score.precision, _PLACES),
            "recall": round(score.recall, _PLACES),
            "f1": round(score.f1, _PLACES),
        }
        for what, score in found.items()
    }


def _range(row: tuple[float, float, int, float, float, float, float]) -> dict[str, float]:
    names = ("from", "to", "n", "confidence", "right", "lower", "upper")
    return {name: round(value, _PLACES) for name, value in zip(names, row, strict=True)}


def identity(folder: Path) -> dict[str, str]:
    """Return what decides a model's figures: the model itself, and the weights of confidence."""
    return {"model.json": digest(folder), "confidence.csv": digest_of_weights()}


def settings_of(description: Mapping[str, Any]) -> dict[str, Any]:
    """Return what decides the figures of models that are trained on parts: settings, and the weights of confidence."""
    return {name: description[name] for name in SETTINGS} | {"confidence.csv": digest_of_weights()}


def read_scores(folder: Path) -> dict[str, Any]:
    """Read what was measured of a model; empty if nothing was.

    Raises
    ------
    InputError
        The file is not what `save_scores` writes.
    """
    path = folder / SCORES
    try:
        scores = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(scores, dict):
            raise ValueError("no object")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        raise InputError(
            f"expected figures as `python -m analysis.attribution evaluate --save` writes them in {str(path)!r}, "
            f"which cannot be read ({error}); remove it, and measure anew"
        ) from None
    return scores


def measured(folder: Path, name: str) -> dict[str, Any] | None:
    """Return the figures of a model, or of the rules; None if there are none, or of another model or other weights.

    A change of the word lists or of the code goes unseen: after one, measure again.
    """
    figures: dict[str, Any] | None = read_scores(folder).get(name)
    if figures is None or (name == MODEL and figures.get("measured") != identity(folder)):
        return None
    return figures


def save_scores(folder: Path, figures: Mapping[str, Mapping[str, Any]]) -> None:
    """Write figures under their names, beside what stands there under other names; whole or not at all."""
    every = read_scores(folder) | dict(figures)
    write_file(folder / SCORES, json.dumps(every, indent=1, ensure_ascii=False, sort_keys=True) + "\n")
