"""Small measured corpora: articles made of a few words, measured and written as `measure` writes them."""

from __future__ import annotations

import random

import pandas as pd

from analysis.measured import Measured
from analysis.measures import measure
from analysis.store import save_table

#: What every article says besides what its group does.
_SUBJECTS = ("The council", "A farmer", "The mayor", "One reader", "The river", "Our town", "A driver", "The school")
_VERBS = ("saw", "found", "built", "painted", "counted", "moved", "lost", "watched")
_OBJECTS = (
    "the bridge",
    "a field",
    "the market",
    "two horses",
    "the harbour",
    "an old house",
    "the road",
    "some trees",
)


def made_text(number, own=(), sentences=12):
    """An article of plain sentences, the same for the same number; `own` are sentences added to it."""
    draw = random.Random(number)
    plain = [f"{draw.choice(_SUBJECTS)} {draw.choice(_VERBS)} {draw.choice(_OBJECTS)}." for _ in range(sentences)]
    for place, sentence in enumerate(own):
        plain.insert(2 * place + 1, sentence)
    return " ".join(plain)


def made_articles(groups, **columns):
    """ARTICLES of groups: a mapping of outlet to the texts of its articles."""
    rows = [(f"{name}-{place}", name, text) for name, texts in groups.items() for place, text in enumerate(texts)]
    ids, outlets, texts = (list(column) for column in zip(*rows, strict=True))
    frame = pd.DataFrame({
        "article_id": ids, "group": ids, "title": None, "outlet": outlets, "label": None, "author": None,
        "published": None, "url": None, "path": [f"{name}.txt" for name in ids], "text": texts,
    })  # fmt: skip
    return frame.assign(**columns).astype("str")


def write_measured(folder, articles, *, attribution="rules", parts=1):
    """Measure articles and write their tables, in one file or, of each table, in parts."""
    step = -(-len(articles) // parts)
    for number in range(parts):
        for name, table in measure(articles.iloc[number * step : (number + 1) * step], attribution=attribution).items():
            if parts == 1:
                save_table(folder / "tables", name, table)
            else:
                path = folder / "tables" / f"{name}.parquet"
                path.mkdir(parents=True, exist_ok=True)
                table.to_parquet(path / f"part-{number:05}.parquet", index=False)
    return Measured(folder)
