"""What `measure` takes in the code of libraries alone, of which a program in Python can spare nothing."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from sentencex import segment

from analysis.measures import measure
from analysis.schema import each_article
from analysis.table_files import csv_of_parquet, parquet_of
from bench.articles import corpus
from bench.clocks import cpu

#: Articles that are read together, and written together, as `measure` does; and all of them.
_READ, _WRITTEN, _ARTICLES = 100, 500, 1_000
_SPACE = pa.scalar(" ", pa.large_string())


def libraries() -> Iterator[str]:
    """The calls of libraries that terms and readability need, on a settled vocabulary, beside reading and one scan."""
    articles = corpus(_ARTICLES, settled=True)
    texts: list[str] = articles["text"].tolist()
    measured = [
        measure(articles.iloc[first : first + _WRITTEN], measures="terms,readability")
        for first in range(0, _ARTICLES, _WRITTEN)
    ]
    parts = list(_stretches(articles, pd.concat([tables["sentences"] for tables in measured])))
    paragraphs = [line for text in texts for line in text.split("\n") if line]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "articles.parquet")
        pq.write_table(pa.table({"text": texts}), path)
        files: list[Path] = []
        for number, tables in enumerate(measured):
            for name in tables:
                files.append(Path(folder, f"{name}-{number}.parquet"))
                files[-1].write_bytes(parquet_of(tables[name]))

        def scan() -> None:
            for text in pq.read_table(path)["text"].to_pylist():
                re.findall(r"\w+", text)

        steps: dict[str, Callable[[], Any]] = {
            "sentences, by sentencex": lambda: [segment("en", paragraph) for paragraph in paragraphs],
            "words and terms, by Arrow and pandas": lambda: [_terms(part) for part in parts],
            "Parquet, by Arrow": lambda: [parquet_of(table) for tables in measured for table in tables.values()],
            "CSV, by Arrow": lambda: [csv_of_parquet(file) for file in files if "term_counts" not in file.name],
            "reading, hashes, ledger, and the way to another process": lambda: _carried(path),
        }
        floor = cpu(scan) / _ARTICLES
        taken = {name: cpu(step) / _ARTICLES for name, step in steps.items()}
    for name, each in taken.items():
        yield f"  {name:<58}{each * 1e6:6.0f} µs an article"
    together = sum(taken.values())
    yield f"  {'together':<58}{together * 1e6:6.0f} µs, {together / floor:.1f} × reading and one scan, before the first line of Python"


def _stretches(articles: pd.DataFrame, sentences: pd.DataFrame) -> Iterator[list[str]]:
    """The sentences of so many articles as are read together."""
    for first in range(0, _ARTICLES, _READ):
        yield [
            article.text[row.start : row.end]
            for article, own in each_article(articles.iloc[first : first + _READ], sentences)
            for row in own
        ]


def _terms(stretches: list[str]) -> None:
    """Split stretches at white space, number the pieces and the terms of two and three, and write those out."""
    split = pc.utf8_split_whitespace(pa.array(stretches, pa.large_string()))
    pieces = split.values.dictionary_encode()
    pieces.dictionary.to_pylist()
    number = np.asarray(pieces.indices, np.int64)
    terms, vocabulary = pieces.dictionary, pieces.dictionary
    longer, numbers = number, [number]
    for _ in range(2):
        keys, distinct = pd.factorize(longer[:-1] * len(vocabulary) + number[1 : longer.size])
        lead, last = np.divmod(distinct, len(vocabulary))
        terms = pc.binary_join_element_wise(terms.take(pa.array(lead)), vocabulary.take(pa.array(last)), _SPACE)
        longer = keys
        numbers.append(keys)
    together = np.concatenate(numbers)
    owner = np.arange(together.size) * _READ // together.size
    _, uses = pd.factorize(owner * (together.max(initial=0) + 1) + together)
    terms.take(pa.array(uses % max(1, len(terms))))


def _carried(path: Path) -> None:
    """Read texts, hash each as a record, a text and a part of a run, note it, and send it to another process and back."""
    texts = pq.read_table(path)["text"].to_pylist()
    for text in texts:
        data = text.encode()
        for _ in range(3):
            hashlib.sha256(data)
        json.dumps({"path": "corpus.parquet", "status": "analysed", "sha256": "0" * 64, "outputs": ["tables"]})
    pickle.load(io.BytesIO(pickle.dumps(texts)))
