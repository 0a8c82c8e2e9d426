"""The engines that find attributions, by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from analysis.attribution.engine import Attribution, Span, extract, paragraphs
from analysis.attribution.trained.files import DESCRIPTION, MODELS, REMEDY
from analysis.attribution.verbless import is_cited, with_verbless
from analysis.inputs.files import InputError, printable
from analysis.paths import project_path

#: The engines by name, the default first: a trained model, the rules, and nothing at all.
ENGINES = ("accurate", "rules", "none")
DEFAULT = ENGINES[0]
_OWN = "own model"

#: What finds attributions: takes a text, its sentences and its paragraphs.
Extractor = Callable[[str, Sequence[Span], Sequence[Span]], list[Attribution]]


def extract_by_rules(text: str, sentences: Sequence[Span], blocks: Sequence[Span]) -> list[Attribution]:
    """Find who is said to say or think what in one text, with and without a verb that says so.

    Parameters and returns are those of `engine.extract`.
    """
    read = list(paragraphs(text, sentences, blocks))
    return with_verbless(extract(text, sentences, blocks, is_cited, read), text, sentences, blocks, read)


def check_engine(engine: str) -> str:
    """Return the setting of an engine: one of `ENGINES`, or the folder of a model.

    Raises
    ------
    InputError
        It is neither.
    """
    if engine not in ENGINES and not (project_path(engine) / DESCRIPTION).is_file():
        raise InputError(
            f"attribution accepts {', '.join(ENGINES)}, or the folder of a model, which holds {DESCRIPTION}; found "
            f"{printable(engine)!r}"
        )
    return engine


def folder_of(engine: str) -> Path | None:
    """Return where the model of an engine is; None for one that has none."""
    if engine in ("rules", "none"):
        return None
    return MODELS / engine if engine in ENGINES else project_path(engine)


def engine_name(engine: str) -> str:
    """Return how a report calls an engine: by its name, and a user's model so."""
    return engine if engine in ENGINES else _OWN


def extractor(engine: str) -> Extractor | None:
    """Return what finds attributions, by the setting of an engine; None for "none".

    Raises
    ------
    InputError
        It is no engine; or the model of the engine, or what loads it, cannot be read: the rules need neither.
    """
    folder = folder_of(check_engine(engine))
    if folder is None:
        return extract_by_rules if engine == "rules" else None
    # The rules have to work where the trained model does not, so that nothing of it is loaded for them.
    try:
        from analysis.attribution.trained.extraction import extract_trained
        from analysis.attribution.trained.model import opened
    except ImportError as error:
        raise InputError(f"no model for attribution can be loaded ({error}); {REMEDY}") from None
    return partial(extract_trained, model=opened(folder))
