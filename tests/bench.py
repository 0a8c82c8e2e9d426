"""Speed, as ratios measured in one run: `make bench`.

The floor is what a report cannot do without: papermill on a notebook that imports pandas and pyplot and draws one
figure, then nbconvert to HTML, in one process. Times are wall clock, the median of three.
"""

from __future__ import annotations

import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
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
#: Reports of a batch, and how many of them papermill makes beside it.
REPORTS, PLAIN = 100, 5
#: The choices of a report where none is made.
DEFAULTS = {
    "attribution": "accurate", "clean": "on", "voices": "all", "stop_words": "out", "min_count": 3, "unit": "sentence",
    "seed": 1,
}  # fmt: skip
#: Pairs, halves and plantings of each line of the calibration, and permutations of each of their tests.
PAIRS, SHUFFLES = 1000, 499


def seconds(run: Callable[[], Any], times: int = 3) -> float:
    """Median wall time of a call."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        run()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def command(*arguments: str) -> Callable[[], Any]:
    """A call that runs this Python with some arguments, its modules compiled once as those of an installed package."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return lambda: subprocess.run(
        [sys.executable, *arguments], check=True, cwd=PROJECT, capture_output=True, env=settings
    )


def stages() -> dict[str, float]:
    """Seconds of each stage of a report, each run once in this process after the imports."""
    taken = {}
    clock = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        taken[name] = time.perf_counter() - clock
        clock = time.perf_counter()

    import analysis
    from analysis.batch.warm import draw_all
    from analysis.measures import measure
    from analysis.pipeline import check, compare

    names = [getattr(analysis, name) for name in analysis.__all__]
    lap(f"import the {len(names)} public names")
    articles, ledger = analysis.read_corpus(str(PROJECT / "seeds"))
    lap("read")
    measures = measure(articles)
    lap("measure")
    tables = measures | compare(measures)
    lap("compare")
    settings = analysis.run_settings(**DEFAULTS)
    tables |= check(articles, tables, settings)
    lap("check")
    claims = analysis.find_claims(tables, settings)
    lap("claims")
    analysis.show_claims(claims, tables), analysis.show_articles(tables, claims), analysis.show_robustness(tables)
    lap("show")
    charts = draw_all(tables)
    _ = [chart.svg for chart in charts]
    lap("draw")
    with tempfile.TemporaryDirectory() as folder:
        analysis.save_run(folder, tables, ledger, settings, claims, charts)
    lap("save")
    return taken


def evidence() -> dict[str, float]:
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
    return taken


def calibration() -> None:
    """Print how often the gate errs where there is no difference, and how often it finds one of the detectable rate."""
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

    def line(name: str, n: str, share: float, nominal: str) -> None:
        print(f"  {name:<78}{share:6.3f}    ({n}; {nominal})")

    # Two standard errors of a share of .05 over so many.
    reach = 2 * (0.05 * 0.95 / PAIRS) ** 0.5
    level = f"nominal .050, two standard errors {reach:.3f}"
    rng = np.random.default_rng(1)
    print(f"  family-wise error without a difference, {SHUFFLES} permutations a test")
    sources = {"10 synthetic texts": [units_of_texts([make_text(rng, 2000)])[0] for _ in range(10)]}
    measures = measure(read_corpus(str(PROJECT / "seeds"))[0])
    for name, article in measures["articles"].groupby("article_id", sort=False):
        counted = count_uses(article, measures["sentences"], measures["sentence_terms"])
        tested = np.flatnonzero(tested_terms(counted, MIN_COUNT, stop_words=False))
        sources[str(name)] = [units_of(counted, "sentence", tested)]
    for name, units in sources.items():
        error = family_wise_error(rng, random_halves(rng, units, PAIRS), SHUFFLES)
        line(f"random halves, {name}, sentence", f"{PAIRS} halves", error, f"{level}; by construction")
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
            line(f"independent pairs, {name}, {unit}", f"{PAIRS} pairs", error, level)
    found, computed, towards = planted_power(rng, PAIRS, 1000, SHUFFLES)
    reach = 2 * (computed * (1 - computed) / PAIRS) ** 0.5
    print("  power for a planted term of the detectable rate, 1,000 words each")
    line(
        "passes",
        f"{PAIRS} pairs, one planting each",
        found,
        f"computed {computed:.3f}, two standard errors {reach:.3f}",
    )
    line("of those that pass, in the direction planted", f"{round(found * PAIRS)} passes", towards, "nominal 1.000")


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


#: Loads the model in a process of its own, and finds the attributions of some articles.
EXTRACTION = """
import json, sys, time
from analysis.attribution.engines import extractor
import analysis.attribution.trained.extraction
start = time.perf_counter()
find = extractor(sys.argv[1])
loaded = time.perf_counter() - start
texts = json.load(sys.stdin)
start = time.process_time()
for text, sentences, blocks in texts:
    find(text, sentences, blocks)
spent = time.process_time() - start
status = open("/proc/self/status").read()  # getrusage would tell of the parent, where that was larger
print(loaded, spent, int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""


def extraction(articles: pd.DataFrame) -> Iterator[str]:
    """How fast each engine reads, beside the rules; how long its model takes to load, and the memory of the process."""
    from analysis.attribution.trained.training import lines_of

    texts = [(text, *lines_of(text)) for text in articles["text"]]
    n_words = sum(len(text.split()) for text, *_ in texts)
    taken = {}
    for engine in ("rules", "accurate"):
        done = subprocess.run(
            [sys.executable, "-c", EXTRACTION, engine], input=json.dumps(texts), capture_output=True, text=True,
            check=True, cwd=PROJECT,
        )  # fmt: skip
        loaded, taken[engine], memory = map(float, done.stdout.split())
        yield (
            f"  {engine:<9} {n_words / taken[engine]:9,.0f} words/s, {taken[engine] / taken['rules']:5.1f} × the time "
            f"of the rules; loaded in {loaded:.2f} s; {memory:.0f} MB"
        )


def batch() -> Iterator[str]:
    """How long many reports take in one batch, beside the papermill command on one after the other, without a page."""
    texts = corpus(2 * REPORTS)["text"].tolist()
    with tempfile.TemporaryDirectory() as temporary:
        events, made = Path(temporary, "events"), Path(temporary, "made")
        for number in range(REPORTS):
            folder = events / f"event-{number:03}"
            folder.mkdir(parents=True)
            for name, text in zip("ab", texts[2 * number : 2 * number + 2], strict=True):
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        cores = os.cpu_count() or 1
        together = seconds(
            command("-m", "analysis", "batch", str(events), "--output", str(made), "--jobs", str(cores), "--quiet"), 1
        )
        plain = []
        for number in range(PLAIN):
            name, output = f"event-{number:03}", Path(temporary, "plain", f"{number}")
            output.mkdir(parents=True)
            given = ["-p", "sources", str(events / name), "-p", "output", str(output)]
            notebook = [str(PROJECT / "notebooks" / "comparison.ipynb"), str(output / "run.ipynb")]
            plain.append(
                seconds(command("-m", "papermill", *notebook, *given, "-k", "python3", "--no-progress-bar"), 1)
            )
            differing = [
                path.name for path in sorted((output / "tables").iterdir())
                if path.read_bytes() != (made / name / "tables" / path.name).read_bytes()
            ]  # fmt: skip
            assert not differing, f"the batch and papermill differ in {differing}"
    each = statistics.mean(plain)
    yield f"  {REPORTS} reports in {together:.1f} s on {cores} cores; papermill alone {each:.2f} s each (of {PLAIN})"
    yield f"  {each * REPORTS / together:.1f} × as fast (goal 8.0), same tables byte for byte"


def main() -> None:
    """Measure and print."""
    floor = seconds(command("-c", FLOOR))
    with tempfile.TemporaryDirectory() as folder:
        report = seconds(command("-m", "analysis", "report", "seeds", "--output", f"{folder}/seeds"))
    print(f"floor: papermill with one figure, then HTML    {floor:6.2f} s")
    print(
        f"report on the seeds                            {report:6.2f} s    {report / floor:.2f} × floor (goal 2.50, then 1.50)"
    )
    print("batch")
    for line in batch():
        print(line)
    taken = stages()
    total = sum(taken.values())
    for name, spent in taken.items():
        print(f"  {name:<45}{spent:6.2f} s    {spent / total:4.0%} of the stages in one process")
    print("evidence")
    for name, spent in evidence().items():
        print(f"  {spent:6.2f} s    {name}")
    print("calibration of the gate")
    calibration()
    from analysis.attribution import ENGINES
    from analysis.measures import measure

    articles = corpus(ARTICLES)
    print("extraction of attributions, one core, from raw text")
    for line in extraction(articles):
        print(line)
    measure(articles.head(5))
    for engine in ENGINES:
        spent = seconds(lambda engine=engine: measure(articles, attribution=engine))
        print(f"measure on {ARTICLES} articles, attribution {engine:<8}      {ARTICLES / spent:6.0f} articles/s")


if __name__ == "__main__":
    main()
