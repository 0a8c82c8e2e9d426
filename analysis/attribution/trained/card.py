"""The card of a model: what it is, what it was trained on, how well it does, and where it ends."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from hashlib import sha256
from importlib import resources
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined, TemplateError

from analysis.attribution.counts import SURE
from analysis.attribution.trained.extraction import LEAST
from analysis.attribution.trained.files import CARD, DESCRIPTION, read_description
from analysis.attribution.trained.scores import FOLDS, MODEL, READERS, RULES, identity, read_scores, settings_of
from analysis.attribution.trained.training import USES
from analysis.folder import write_file
from analysis.inputs.files import InputError

#: The prose of the card, with a place for each figure; beside it, what each step brought.
TEMPLATE, STEPS = Path(str(resources.files("analysis"))) / "templates" / "card" / "card.md.j2", "steps.csv"
#: How figures that models trained on parts have are named: "by publisher".
BY = "by "


def save_card(folder: Path, template: Path = TEMPLATE) -> None:
    """Write the card of a model beside it; whole or not at all."""
    write_file(folder / CARD, write_card(folder, template))


def write_card(folder: Path, template: Path = TEMPLATE) -> str:
    """Return the card of a model; every figure comes from its files, none from the prose.

    Parameters
    ----------
    folder : Path
        A model that was measured (`evaluate --save`).
    template : Path, optional
        The prose, as a Jinja template. The one of the package tells of PolNeAR: a model that is trained on other
        articles needs another. A file `steps.csv` beside it holds what each step brought.

    Raises
    ------
    InputError
        The model was not measured, or another one was; or the template cannot be read or filled.
    """
    description, scores = read_description(folder), read_scores(folder)
    if not {MODEL, RULES} <= scores.keys():
        raise InputError(f"the card of {str(folder)!r} needs its figures; run `evaluate --model {folder} --save` first")
    if scores[MODEL].get("measured") != identity(folder):
        raise InputError(
            f"the figures of {str(folder)!r} were measured with another {DESCRIPTION} or other weights of confidence; "
            f"run `evaluate --model {folder} --save` again"
        )
    environment = Environment(
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True
    )
    environment.filters |= {"share": "{:.3f}".format, "n": "{:,d}".format, "mb": _megabytes}
    held = {
        "name": folder.resolve().name,
        "model": description,
        "figures": scores[MODEL],
        "rules": scores[RULES],
        "folds": _of_parts(scores.get(FOLDS), description),
        "parted": {
            name.removeprefix(BY): _of_parts(figures, description)
            for name, figures in sorted(scores.items())
            if name.startswith(BY)
        },
        "readers": READERS,
        "steps": _steps(template.with_name(STEPS)),
        "files": _files(folder, description),
        "groups": [len(set(groups.values())) for groups in description["clusters"]],
        "grouped": len(description["clusters"][0]),
        "uses": USES,
        "doubtful_below": SURE,
        "left_out_below": LEAST,
    }
    try:
        return environment.from_string(template.read_text(encoding="utf-8")).render(held)
    except (OSError, ValueError, TemplateError) as error:
        raise InputError(f"no card can be written with the template {str(template)!r} ({error})") from None


def _of_parts(figures: Mapping[str, Any] | None, description: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return the figures of models that were trained on parts, with whether they were trained as this one is."""
    return {**figures, "alike": figures["measured"] == settings_of(description)} if figures else None


def _steps(path: Path) -> list[dict[str, str]]:
    """Read what each step brought; a cell that is empty was not measured."""
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [{name: cell.replace("|", "\\|") or "–" for name, cell in row.items()} for row in csv.DictReader(file)]


def _files(folder: Path, description: Mapping[str, Any]) -> list[tuple[str, int, str]]:
    """Name, size and SHA-256 of each file; of the tagger and the linker as the description has them."""
    hashes = dict(description["files"]) | {DESCRIPTION: sha256((folder / DESCRIPTION).read_bytes()).hexdigest()}
    return [(name, (folder / name).stat().st_size, digest) for name, digest in hashes.items()]


def _megabytes(n_bytes: int) -> str:
    return f"{n_bytes / 1e6:.1f}"
