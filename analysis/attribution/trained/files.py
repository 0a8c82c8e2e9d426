"""The files of a trained model, and by what it is known; nothing here loads one."""

from __future__ import annotations

import json
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from analysis.inputs.files import InputError

#: The models that come with the package.
MODELS = Path(__file__).parent / "models"
#: The files of a model: the tagger and the linker as python-crfsuite writes them, and all else.
TAGGER, LINKER, DESCRIPTION = "tagger.crfsuite", "linker.crfsuite", "model.json"
#: What can be done where the model of an engine cannot be read.
REMEDY = "install the package anew, or take the rules: report -p attribution rules, measure --attribution rules"
#: Beside them: what was measured, and what a person should know.
SCORES, CARD = "scores.json", "CARD.md"
#: How much each evidence of confidence counts; models share it.
WEIGHTS = "confidence.csv"
#: What a description says of how a model is trained, whatever it is trained on.
SETTINGS = ("seed", "tagger", "linker", "leaning")


def digest(folder: Path) -> str:
    """Return by what a model is known: the SHA-256 of its description, which holds those of its other files.

    Raises
    ------
    InputError
        There is no description.
    """
    try:
        return sha256((folder / DESCRIPTION).read_bytes()).hexdigest()
    except OSError as error:
        raise _not_read(folder, error) from None


def digest_of_weights() -> str:
    """Return the SHA-256 of the weights of confidence."""
    return sha256(resources.files("analysis").joinpath("data", WEIGHTS).read_bytes()).hexdigest()


def read_description(folder: Path) -> dict[str, Any]:
    """Read what a model says of itself.

    Raises
    ------
    InputError
        There is no description, or it is not JSON.
    """
    try:
        description: dict[str, Any] = json.loads((folder / DESCRIPTION).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _not_read(folder, error) from None
    return description


def _not_read(folder: Path, error: Exception) -> InputError:
    return InputError(
        f"expected a model in {str(folder)!r}, whose {DESCRIPTION} cannot be read ({error}); a folder that "
        "`python -m analysis.attribution train` has written is accepted"
    )
