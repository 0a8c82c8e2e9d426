"""What found the attributions, and how well it agrees with people: the figures that were measured of it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.attribution import ENGINES
from analysis.attribution.counts import SURE
from analysis.attribution.engines import check_engine, engine_name
from analysis.attribution.trained.files import CARD, MODELS, digest, read_description
from analysis.attribution.trained.scores import MODEL, READERS, RULES, measured
from analysis.claims.claim import format_value
from analysis.paths import project_path
from analysis.show.shown import Shown, joined, remark, show_table

#: Characters of a hash that tell two models apart at sight.
_SHOWN = 12
_PRECISELY = ".2f"
_WHERE = f"analysis/attribution/trained/models/{{}}/{CARD}"


def show_engine(attribution: str, models: Path = MODELS) -> Shown:
    """Show how often an engine was right on annotated articles and how many it missed, and what doubtful means.

    Parameters
    ----------
    attribution : {"accurate", "rules", "none"} or folder of a model
        The setting of an engine.
    models : Path, optional
        The folder of the models; beside the first of them stand the figures of the rules too.

    Raises
    ------
    InputError
        No engine has that name, or what is written of its model cannot be read.
    """
    check_engine(attribution)
    if attribution == "none":
        return remark("No attributions were looked for: text that is attributed to others counts as the author's.")
    trained = attribution != "rules"
    own = attribution not in ENGINES
    folder = project_path(attribution) if own else models / (attribution if trained else ENGINES[0])
    figures = measured(folder, MODEL if trained else RULES)
    about = _about_model(folder, "" if own else _WHERE.format(attribution)) if trained else ""
    name = engine_name(attribution)
    if figures is None:
        return remark(f"The engine “{name}” was not measured on annotated articles as it is now.{about}")
    return joined([_table(name, figures, own=own), remark(_reading(figures, own=own) + about)])


def _table(attribution: str, figures: Mapping[str, Any], *, own: bool) -> Shown:
    """The agreement in content and source, of statements and of all that was found."""
    scored = [
        {"what": what, **figures[name]["joint"], "readers": float("nan") if own or name != "all" else READERS["joint"]}
        for name, what in (("statements", "Statements"), ("all", "All attributions"))
    ]
    columns = {
        "what": "What", "annotated": "Annotated", "found": "Found", "matched": "Right", "precision": "Precision",
        "recall": "Recall", "f1": "F1", "readers": "F1 of two people",
    }  # fmt: skip
    caption = f"What the engine “{attribution}” finds in {format_value(figures['articles'])} articles annotated by hand"
    formats = dict.fromkeys(("precision", "recall", "f1", "readers"), _PRECISELY)
    return show_table(pd.DataFrame(scored), columns, caption, formats)


def _reading(figures: Mapping[str, Any], *, own: bool) -> str:
    """Say how the table is read, and what doubtful means."""
    parts = [
        "Right is what has half of the words said, and the source. Precision is the share of those found that are "
        "right, recall the share of those annotated that are found; F1 joins them. Statements leaves out attitudes, "
        "and cues that no list holds."
    ]
    doubt = figures["doubt"]
    if doubt.keys() >= {"doubtful", "sure"}:
        parts.append(
            f"Doubtful is what has a confidence below {format_value(SURE, _PRECISELY)}: {_share(doubt['doubtful'])} "
            f"were right, and {_share(doubt['sure'])} of the others."
        )
    if not own:
        parts.append("The articles tell of one campaign in one country: expect less on other news.")
    return " ".join(parts)


def _share(one: Mapping[str, Any]) -> str:
    return f"{format_value(one['right'], '%')} % of {format_value(one['n'])}"


def _about_model(folder: Path, where: str) -> str:
    """Say which model it is, on how many articles it was trained, and where more is said of it."""
    n_articles = format_value(read_description(folder)["articles"])
    card = where or f"{CARD} in its folder, if it has one,"
    return f" Its model, trained on {n_articles} other articles, is {digest(folder)[:_SHOWN]}; {card} says more of it."
