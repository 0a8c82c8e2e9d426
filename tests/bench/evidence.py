"""How long random draws take, and how often the gate errs where there is no difference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from bench.clocks import PROJECT, seconds

#: Pairs, halves and plantings of each line of the calibration, and permutations of each of their tests.
PAIRS, SHUFFLES = 1000, 499


def evidence() -> Iterator[str]:
    """Seconds of the random draws of two synthetic articles of a thousand words, and of the checks of the seeds."""
    import numpy as np
    from synthetic import make_text, units_of_texts

    import analysis
    from analysis import keyness
    from analysis.evidence import max_t
    from analysis.measures import measure
    from analysis.passages import removed_passages
    from analysis.pipeline import compare
    from analysis.placebo import placebo
    from analysis.robustness import robustness

    rng = np.random.default_rng(1)
    units, tested = units_of_texts([make_text(rng, 1000), make_text(rng, 1000)])
    size = f"2 articles of 1,000 words, {units.labels.size} sentences, {tested.size} terms"
    taken = {
        f"4,999 permutations, {size} (goal under 1.00)": seconds(
            lambda: max_t(units.counts, units.words, units.labels, 2, permutations=4999, rng=rng)
        ),
        f"10,000 bootstrap intervals, {size} (goal under 1.00)": seconds(
            lambda: keyness._intervals(units, 2, 10_000, rng)
        ),
    }
    lengthy, many = units_of_texts([make_text(rng, 40_000), make_text(rng, 40_000)])
    size = f"2 articles of 40,000 words, {lengthy.labels.size:,} sentences, {many.size:,} terms"
    # A generator draws each time; by words, since the long ones have forty times those of the short.
    long = seconds(lambda: max_t(lengthy.counts, lengthy.words, lengthy.labels, 2, permutations=4999, rng=rng))
    short = next(iter(taken.values()))
    taken[f"4,999 permutations, {size}"] = long
    yield f"  {long / short / 40:6.2f}      time for a word of the long / of the short articles, 4,999 permutations"
    articles, _ = analysis.read_corpus(str(PROJECT / "seeds"))
    on, off = measure(articles), measure(articles, clean="off")
    compared = on | compare(on)
    passages = pd.concat([on["sentences"], removed_passages(compared["articles"], on["regions"])], ignore_index=True)
    taken["placebo of the seeds, 400 halves of each"] = seconds(
        lambda: placebo(compared["articles"], passages, on["sentence_terms"])
    )
    checked: list[dict[str, pd.DataFrame]] = []
    spent = seconds(lambda: checked.append(robustness({"on": on, "off": off}, compared)))
    n_findings, n_analyses = len(checked[0]["robustness"]), len(checked[0]["analyses"])
    taken[f"robustness and influence of the seeds, {n_findings} findings, {n_analyses} analyses"] = spent
    for name, spent in taken.items():
        yield f"  {spent:6.2f} s    {name}"


def calibration() -> Iterator[str]:
    """Say how often the gate errs where there is no difference, and how often it finds one of the detectable rate."""
    import numpy as np
    from synthetic import (
        MILD,
        MIN_COUNT,
        STRONG,
        family_wise_error,
        independent_pairs,
        make_text,
        planted_power,
        random_halves,
        units_of_texts,
    )

    from analysis.corpus import read_corpus
    from analysis.measures import measure
    from analysis.units import count_uses, tested_terms, units_of

    def line(name: str, n: str, share: float, nominal: str) -> str:
        return f"  {name:<78}{share:6.3f}    ({n}; {nominal})"

    # Two standard errors of a share of .05 over so many.
    reach = 2 * (0.05 * 0.95 / PAIRS) ** 0.5
    level = f"nominal .050, two standard errors {reach:.3f}"
    rng = np.random.default_rng(1)
    yield (f"  family-wise error without a difference, {SHUFFLES} permutations a test")
    sources = {"10 synthetic texts": [units_of_texts([make_text(rng, 2000)])[0] for _ in range(10)]}
    measures = measure(read_corpus(str(PROJECT / "seeds"))[0])
    for name, article in measures["articles"].groupby("article_id", sort=False):
        counted = count_uses(article, measures["sentences"], measures["sentence_terms"])
        tested = np.flatnonzero(tested_terms(counted, MIN_COUNT, stop_words=False))
        sources[str(name)] = [units_of(counted, "sentence", tested)]
    for name, units in sources.items():
        error = family_wise_error(rng, random_halves(rng, units, PAIRS), SHUFFLES)
        yield line(f"random halves, {name}, sentence", f"{PAIRS} halves", error, f"{level}; by construction")
    unequal: dict[str, Any] = {"lengths": ((40, 50), (10, 20))}
    conditions: dict[str, dict[str, Any]] = {
        "words independent": {},
        "paragraphs of mild subjects": MILD,
        "paragraphs of strong subjects": STRONG,
        "45 and 15 words a sentence, 900 words each": unequal,
        "45 and 15 words a sentence, 1,500 and 500 words": unequal | {"n_words": (1500, 500)},
    }
    for name, options in conditions.items():
        for unit in ("sentence", "paragraph"):
            error = family_wise_error(rng, independent_pairs(rng, PAIRS, unit, **options), SHUFFLES)
            yield line(f"independent pairs, {name}, {unit}", f"{PAIRS} pairs", error, level)
    found, computed, towards = planted_power(rng, PAIRS, 1000, SHUFFLES)
    reach = 2 * (computed * (1 - computed) / PAIRS) ** 0.5
    yield ("  power for a planted term of the detectable rate, 1,000 words each")
    yield line(
        "passes",
        f"{PAIRS} pairs, one planting each",
        found,
        f"computed {computed:.3f}, two standard errors {reach:.3f}",
    )
    yield line(
        "of those that pass, in the direction planted", f"{round(found * PAIRS)} passes", towards, "nominal 1.000"
    )
