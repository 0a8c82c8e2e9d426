"""How fast attributions are found, on one core."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator

from bench.articles import texts as written
from bench.clocks import PROJECT

ARTICLES = 200
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


def extraction() -> Iterator[str]:
    """How fast each engine reads, beside the rules; how long its model takes to load, and the memory of the process."""
    from analysis.attribution.trained.training import lines_of

    texts = [(text, *lines_of(text)) for text in written(ARTICLES)]
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
