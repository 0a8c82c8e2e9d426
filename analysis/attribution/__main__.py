"""`python -m analysis.attribution`: train a model on annotated articles, score an engine against some, tell of it."""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from analysis.inputs.files import InputError

_TRAINING, _SCORING = "train.jsonl.gz", "dev.jsonl.gz"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m analysis.attribution", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help=f"train a model on DIR/{_TRAINING}")
    training.add_argument("--output", type=Path, required=True, metavar="MODEL", help="folder for the model's files")
    training.add_argument("--date", type=_day, metavar="YYYY-MM-DD", help="the day that the model's files give")
    scoring = commands.add_parser("evaluate", help=f"score an engine against DIR/{_SCORING}")
    scoring.add_argument("--model", type=Path, metavar="MODEL", help="folder of a model; without it, the rules")
    scoring.add_argument("--save", action="store_true", help="write the figures, and those of the rules, into MODEL")
    crossing = commands.add_parser("crossvalidate", help=f"train on DIR/{_TRAINING} but a part, score on that")
    crossing.add_argument("--folds", type=int, default=5, metavar="K", help="how many parts (default: 5)")
    crossing.add_argument("--by", metavar="KEY", help="a part for each value of KEY of the articles, as `publisher`")
    crossing.add_argument("--save", type=Path, metavar="MODEL", help="write the figures into the folder of a model")
    telling = commands.add_parser("card", help="write MODEL/CARD.md from the model's files and figures")
    telling.add_argument("--model", type=Path, required=True, metavar="MODEL")
    telling.add_argument("--template", type=Path, metavar="FILE", help="the prose, for a model of other articles")
    for command in (training, scoring, crossing):
        command.add_argument("--data", type=Path, required=True, metavar="DIR")
    for command in (training, crossing):
        command.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    if options.command == "evaluate" and options.save and not options.model:
        parser.error("evaluate --save writes into the folder of a model; name it with --model")
    try:
        _COMMANDS[options.command](options)
    except InputError as error:
        parser.exit(1, f"{parser.prog}: {error}\n")
    return 0


def _train(options: argparse.Namespace) -> None:
    from analysis.attribution.trained.training import read_annotated, train

    train(list(read_annotated(options.data / _TRAINING)), options.output, options.seed, options.date)


def _evaluate(options: argparse.Namespace) -> None:
    from analysis.attribution.trained.evaluation import evaluate, lines
    from analysis.attribution.trained.scores import MODEL, RULES, figures_of, identity, save_scores
    from analysis.attribution.trained.training import read_annotated

    articles = list(read_annotated(options.data / _SCORING))
    one = evaluate(articles, options.model)
    _print(lines(one))
    if options.save:
        publishers = sorted({str(article["publisher"]) for article in articles if article.get("publisher")})
        about = {"file": _SCORING, "publishers": publishers}
        model = figures_of(one) | about | {"measured": identity(options.model)}
        save_scores(options.model, {MODEL: model, RULES: figures_of(evaluate(articles, None)) | about})


def _cross_validate(options: argparse.Namespace) -> None:
    from analysis.attribution.trained.evaluation import cross_validate, fit_confidence, lines, together
    from analysis.attribution.trained.files import read_description
    from analysis.attribution.trained.scores import FOLDS, figures_of, save_scores, settings_of
    from analysis.attribution.trained.training import read_annotated, settings

    def part(number: int, article: Mapping[str, Any]) -> str:
        return str(article.get(options.by)) if options.by else f"fold {number % options.folds + 1}"

    if options.save:
        read_description(options.save)  # not after an hour
    parts = {}
    for name, one in cross_validate(list(read_annotated(options.data / _TRAINING)), part, options.seed):
        parts[name] = one
        print(f"{name}: {len(one.texts)} articles")
        _print(lines(one))
    print("together")
    every = together(parts.values())
    _print(lines(every))
    table = csv.writer(sys.stdout, lineterminator="\n")  # an evidence may have a comma in its name
    table.writerow(("evidence", "weight"))
    table.writerows((name, f"{weight:.3f}") for name, weight in fit_confidence(every.judged).items())
    if options.save:
        figures = {
            "file": _TRAINING,
            "measured": settings_of(settings(options.seed)),
            "parts": {name: figures_of(one) for name, one in parts.items()},
            "together": figures_of(every),
        }
        save_scores(options.save, {f"by {options.by}" if options.by else FOLDS: figures})


def _tell(options: argparse.Namespace) -> None:
    from analysis.attribution.trained.card import TEMPLATE, save_card

    save_card(options.model, options.template or TEMPLATE)


_COMMANDS = {"train": _train, "evaluate": _evaluate, "crossvalidate": _cross_validate, "card": _tell}


def _day(text: str) -> str:
    """Read a day as the calendar has it."""
    return date.fromisoformat(text).isoformat()


def _print(table: Iterable[str]) -> None:
    for line in table:
        print(line, flush=True)


if __name__ == "__main__":
    sys.exit(main())
