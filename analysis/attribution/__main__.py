"""`python -m analysis.attribution`: train a model on annotated articles, and score an engine against some."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m analysis.attribution", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    training = commands.add_parser("train", help="train a model on DIR/train.jsonl.gz")
    training.add_argument("--data", type=Path, required=True, metavar="DIR")
    training.add_argument("--output", type=Path, required=True, metavar="MODEL", help="folder for the model's files")
    training.add_argument("--seed", type=int, default=1)
    scoring = commands.add_parser("evaluate", help="score an engine against DIR/dev.jsonl.gz")
    scoring.add_argument("--data", type=Path, required=True, metavar="DIR")
    scoring.add_argument("--model", type=Path, metavar="MODEL", help="folder of a model; without it, the rules")
    options = parser.parse_args(arguments)

    from analysis.attribution.trained.evaluation import evaluate
    from analysis.attribution.trained.training import read_annotated, train

    if options.command == "train":
        train(list(read_annotated(options.data / "train.jsonl.gz")), options.output, options.seed)
        return 0
    for line in evaluate(read_annotated(options.data / "dev.jsonl.gz"), options.model):
        print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
