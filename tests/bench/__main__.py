"""Speed, memory and calibration, as ratios measured in one run: `make bench`, or `make bench BENCH="measures scale"`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator

from bench import attribution, evidence, exploring, groups, libraries, measures, reports, scale

SECTIONS: dict[str, list[tuple[str, Callable[[], Iterator[str]]]]] = {
    "reports": [
        ("report", reports.report),
        ("batch", reports.batch),
        ("stages of a report, once in one process", reports.stages),
    ],
    "measures": [
        ("readability", measures.readability),
        ("measure, terms and readability", measures.measuring),
        ("what of that libraries take", libraries.libraries),
    ],
    "explore": [("views of an exploration, the measures being kept", exploring.exploring)],
    "scale": [
        ("corpora", scale.scale),
        ("what a core-hour buys", scale.costs),
        ("report on a corpus", scale.corpus_report),
    ],
    "attribution": [("extraction of attributions, one core, from raw text", attribution.extraction)],
    "evidence": [
        ("evidence", evidence.evidence),
        ("calibration of the gate", evidence.calibration),
        ("calibration of the gate of groups", groups.group_calibration),
    ],
}


def main(chosen: list[str]) -> None:
    """Measure and print the sections that were chosen; all of them where none was."""
    if unknown := set(chosen).difference(SECTIONS):
        sys.exit(f"sections are {', '.join(SECTIONS)}; found {', '.join(sorted(unknown))}")
    for name in chosen or SECTIONS:
        for title, lines in SECTIONS[name]:
            print(title, flush=True)
            for line in lines():
                print(line, flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
