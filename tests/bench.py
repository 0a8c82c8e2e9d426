"""Speed, as ratios measured in one run: `make bench`.

The floor is what a report cannot do without: papermill on a notebook that imports pandas and pyplot and draws one
figure, then nbconvert to HTML, in one process. Times are wall clock, the median of three.
"""

from __future__ import annotations

import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

PROJECT = Path(__file__).resolve().parent.parent
FLOOR = """
import nbformat, papermill
from nbconvert import HTMLExporter
cell = nbformat.v4.new_code_cell("import pandas\\nimport matplotlib.pyplot as plt\\nfigure, axes = plt.subplots()\\naxes.plot([1, 2])\\nfigure")
done = papermill.execute_notebook(nbformat.v4.new_notebook(cells=[cell]), None, kernel_name="python3", progress_bar=False)
HTMLExporter().from_notebook_node(done)
"""
ARTICLES = 200


def seconds(run: Callable[[], Any], times: int = 3) -> float:
    """Median wall time of a call."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def command(*arguments: str) -> Callable[[], Any]:
    """A call that runs this Python with some arguments."""
    return lambda: subprocess.run([sys.executable, *arguments], check=True, cwd=PROJECT, capture_output=True)


def stages() -> dict[str, float]:
    """Seconds of each stage of a report, each run once in this process after the imports."""
    taken = {}
    clock = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        taken[name] = time.perf_counter() - clock
        clock = time.perf_counter()

    import analysis
    from analysis.pipeline import compare, measure

    names = [getattr(analysis, name) for name in analysis.__all__]
    lap(f"import the {len(names)} public names")
    articles, ledger = analysis.read_corpus(str(PROJECT / "seeds"))
    lap("read")
    measures = measure(articles)
    lap("measure")
    tables = measures | compare(measures)
    lap("compare")
    settings = analysis.run_settings(attribution="rules", seed=1)
    claims = analysis.find_claims(tables, settings)
    lap("claims")
    analysis.show_claims(claims, tables), analysis.show_articles(tables, claims)
    lap("show")
    charts = [
        analysis.chart_keyness(tables), analysis.chart_readability(tables), analysis.chart_voices(tables),
        analysis.chart_positions(tables), analysis.chart_word_clouds(tables),
    ]  # fmt: skip
    _ = [chart.svg for chart in charts]
    lap("draw")
    with tempfile.TemporaryDirectory() as folder:
        analysis.save_run(folder, tables, ledger, settings, claims, charts)
    lap("save")
    return taken


def evidence() -> dict[str, float]:
    """Seconds of the random draws of two articles of a thousand words, 80 terms tested."""
    import numpy as np

    from analysis.evidence import max_t, resampled_weights, sums_by_side
    from analysis.placebo import divide
    from analysis.units import Units

    rng = np.random.default_rng(1)
    counts, labels, words = rng.poisson(0.08, (66, 80)), np.repeat([0, 1], 33), np.full(66, 30)
    one = Units(labels[:33], words[:33].astype(float), counts[:33].astype(float))
    return {
        "4,999 permutations": seconds(lambda: max_t(counts, words, labels, 2, permutations=4999, rng=rng)),
        "10,000 bootstrap draws": seconds(
            lambda: sums_by_side(resampled_weights(labels, 10_000, rng), labels, counts, 2)
        ),
        "400 halves of each article": seconds(lambda: [divide(one, 400, rng) for _ in range(2)]),
    }


def calibration() -> None:
    """Print how often the gate errs where there is no difference, and how often it finds one of the detectable rate."""
    import numpy as np
    from synthetic import MIN_COUNT, family_wise_error, make_text, planted_power, units_of_texts

    from analysis.corpus import read_corpus
    from analysis.pipeline import measure
    from analysis.units import count_uses, tested_terms, units_of

    rng = np.random.default_rng(1)
    sources = {"10 synthetic texts": [units_of_texts([make_text(rng, 2000)])[0] for _ in range(10)]}
    measures = measure(read_corpus(str(PROJECT / "seeds"))[0])
    for name, article in measures["articles"].groupby("article_id", sort=False):
        counted = count_uses(article, measures["sentences"], measures["sentence_terms"])
        tested = np.flatnonzero(tested_terms(counted, MIN_COUNT, stop_words=False))
        sources[str(name)] = [units_of(counted, "sentence", tested)]
    for name, units in sources.items():
        error = family_wise_error(rng, units, halves=300, permutations=4999)
        print(f"  family-wise error, 300 halves, {name:<22}{error:6.3f}      (nominal .05, goal at most .077)")
    found, computed, towards = planted_power(rng, pairs=60, n_words=1000, plantings=10, permutations=999)
    print(
        f"  power for a planted term of the detectable rate    {found:6.3f}      (computed {computed:.3f}; 600 plantings)"
    )
    print(f"  of those that pass, in the direction planted       {towards:6.3f}")


def corpus(n: int) -> pd.DataFrame:
    """Articles of ten paragraphs drawn from the seeds' own."""
    from analysis.corpus import read_corpus

    articles, _ = read_corpus(str(PROJECT / "seeds"))
    paragraphs = [line for text in articles["text"] for line in text.split("\n") if len(line) > 150]
    rng = random.Random(1)
    texts = ["\n\n".join(rng.sample(paragraphs, 10)) for _ in range(n)]
    made = pd.concat([articles.head(1)] * n, ignore_index=True)
    ids = [f"article-{number}" for number in range(n)]
    return made.assign(article_id=ids, group=ids, title=None, label=None, text=texts).astype(
        {"title": "str", "label": "str"}
    )


def main() -> None:
    """Measure and print."""
    floor = seconds(command("-c", FLOOR))
    with tempfile.TemporaryDirectory() as folder:
        report = seconds(command("-m", "analysis", "report", "seeds", "--output", f"{folder}/seeds"))
    print(f"floor: papermill with one figure, then HTML    {floor:6.2f} s")
    print(f"report on the seeds                            {report:6.2f} s    {report / floor:.2f} × floor (goal 2.50)")
    taken = stages()
    total = sum(taken.values())
    for name, spent in taken.items():
        print(f"  {name:<45}{spent:6.2f} s    {spent / total:4.0%} of the stages in one process")
    print("evidence on two articles of 1,000 words")
    for name, spent in evidence().items():
        print(f"  {name:<45}{spent:6.2f} s    (goal under 1.00)")
    print("calibration of the gate")
    calibration()
    from analysis.pipeline import measure

    articles = corpus(ARTICLES)
    measure(articles.head(5))
    for engine in ("rules", "none"):
        spent = seconds(lambda engine=engine: measure(articles, attribution=engine))
        print(f"measure on {ARTICLES} articles, attribution {engine:<6}        {ARTICLES / spent:6.0f} articles/s")


if __name__ == "__main__":
    main()
