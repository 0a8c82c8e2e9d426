"""A report beside its floor, a batch beside papermill alone, and where the time of a report goes.

The floor is what a report cannot do without: papermill on a notebook that imports pandas and pyplot and draws one
figure, then nbconvert to HTML, in one process. Times are wall clock, the median of three.
"""

from __future__ import annotations

import os
import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.articles import texts
from bench.clocks import PROJECT, command, seconds

FLOOR = """
import nbformat, papermill
from nbconvert import HTMLExporter
cell = nbformat.v4.new_code_cell("import pandas\\nimport matplotlib.pyplot as plt\\nfigure, axes = plt.subplots()\\naxes.plot([1, 2])\\nfigure")
done = papermill.execute_notebook(nbformat.v4.new_notebook(cells=[cell]), None, kernel_name="python3", progress_bar=False)
HTMLExporter().from_notebook_node(done)
"""
#: Reports of a batch, and how many of them papermill makes beside it.
REPORTS, PLAIN = 100, 5
#: The choices of a report where none is made.
DEFAULTS = {
    "attribution": "accurate", "clean": "on", "voices": "all", "stop_words": "out", "min_count": 3, "unit": "sentence",
    "seed": 1,
}  # fmt: skip


def report() -> Iterator[str]:
    """A report of the seeds beside its floor."""
    floor = seconds(command("-c", FLOOR))
    with tempfile.TemporaryDirectory() as folder:
        spent = seconds(command("-m", "analysis", "report", "seeds", "--output", f"{folder}/seeds"))
    yield f"  floor: papermill with one figure, then HTML  {floor:6.2f} s"
    yield f"  report on the seeds                          {spent:6.2f} s    {spent / floor:.2f} × floor (goal 1.50)"


def batch() -> Iterator[str]:
    """How long many reports take in one batch, beside the papermill command on one after the other."""
    written = texts(2 * REPORTS)
    with tempfile.TemporaryDirectory() as temporary:
        events, made = Path(temporary, "events"), Path(temporary, "made")
        for number in range(REPORTS):
            folder = events / f"event-{number:03}"
            folder.mkdir(parents=True)
            for name, text in zip("ab", written[2 * number : 2 * number + 2], strict=True):
                (folder / f"{name}.txt").write_text(text, encoding="utf-8")
        cores = os.cpu_count() or 1
        together = seconds(
            command("-m", "analysis", "batch", str(events), "--output", str(made), "--jobs", str(cores), "--quiet"), 1
        )
        plain, pages = [], []
        for number in range(PLAIN):
            name, output = f"event-{number:03}", Path(temporary, "plain", f"{number}")
            output.mkdir(parents=True)
            given = ["-p", "sources", str(events / name), "-p", "output", str(output)]
            notebook = [str(PROJECT / "notebooks" / "comparison.ipynb"), str(output / "run.ipynb")]
            plain.append(
                seconds(command("-m", "papermill", *notebook, *given, "-k", "python3", "--no-progress-bar"), 1)
            )
            page = ["--to", "html", notebook[1], "--log-level", "ERROR"]
            pages.append(seconds(command("-m", "nbconvert", *page), 1))
            differing = [
                path.name for path in sorted((output / "tables").iterdir())
                if path.read_bytes() != (made / name / "tables" / path.name).read_bytes()
            ]  # fmt: skip
            assert not differing, f"the batch and papermill differ in {differing}"
    each = statistics.mean(plain)
    yield f"  {REPORTS} reports in {together:.1f} s on {cores} cores; papermill alone {each:.2f} s each (of {PLAIN})"
    both = each + statistics.mean(pages)
    yield (
        f"  {each * REPORTS / together:.1f} × as fast (goal 8.0), same tables byte for byte; beside papermill and then "
        f"nbconvert, which give a page as the batch does ({both:.2f} s each), {both * REPORTS / together:.1f} ×"
    )


def stages() -> Iterator[str]:
    """Seconds of each stage of a report, each run once in this process after the imports."""
    taken = {}
    clock = time.perf_counter()

    def lap(name: str) -> None:
        nonlocal clock
        taken[name] = time.perf_counter() - clock
        clock = time.perf_counter()

    import analysis
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
    charts = [
        analysis.chart_keyness(tables), analysis.chart_placebo(tables), analysis.chart_readability(tables),
        analysis.chart_voices(tables), analysis.chart_positions(tables), analysis.chart_word_clouds(tables),
    ]  # fmt: skip
    _ = [chart.svg for chart in charts]
    lap("draw")
    with tempfile.TemporaryDirectory() as folder:
        analysis.save_run(folder, tables, ledger, settings, claims, charts)
    lap("save")
    total = sum(taken.values())
    for name, spent in taken.items():
        yield f"  {name:<45}{spent:6.2f} s    {spent / total:4.0%}"
