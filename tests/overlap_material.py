"""The invented articles of tests/overlap, measured and compared, with labels made by hand."""

import re
from functools import cache
from pathlib import Path

import pandas as pd
from conftest import make_articles

from analysis.claims.claim import Section
from analysis.corpus import assign_groups
from analysis.measures import measure
from analysis.overlap import compare_overlap
from analysis.tables import LABELS

FOLDER = Path(__file__).parent / "overlap"
TEXTS = {path.stem: path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))}

#: Actors by what they are called; several expressions of one actor are listed apart.
ACTORS = {
    "person": "Quistley Ostrand Renholt Oskvold Lindqvall Truelsby Morrowby Haldby Stroom Brandreth Ekeby Aalby Aliyev Araghchi Pezeshkian Raisi Rask Moll",
    "state": "Iran Israel Azerbaijan Armenia Russia Lebanon Yemen Iraq",
    "place": "Dunmere Brennhaven Sorr Kalder Tarnford Ellerby Gaza",
    "organisation": "Northline Hamas Velden Hezbollah",
}  # fmt: skip
KINDS = {name: kind for kind, names in ACTORS.items() for name in names.split()}
_NAMES = re.compile("|".join(KINDS))


def make_labels(articles, sentences, by="listed"):
    """LABELS: every use of a name in `ACTORS`."""
    texts = articles.set_index("article_id")["text"]
    rows = []
    for row in sentences.itertuples():
        for found in _NAMES.finditer(texts[row.article_id], row.start, row.end):
            name = found[0]
            rows.append(
                (
                    row.article_id,
                    *found.span(),
                    row.sentence,
                    "author",
                    name,
                    KINDS[name],
                    "name",
                    name.lower(),
                    name,
                    by,
                    0.0,
                )
            )
    return LABELS.frame(rows)


def compared(texts, *, notes=None, group=None, **columns):
    """Everything that articles given by id and text share, with the tables that claims and views need."""
    measures = measure(make_articles(texts, **columns))
    articles = assign_groups(measures["articles"], None)
    if group:
        articles["group"] = pd.Series(group, dtype="str")
    labels = make_labels(articles, measures["sentences"])
    given = measures["notes"] if notes is None else notes
    shared = compare_overlap(articles, measures["sentences"], measures["voices"], labels, given)
    return measures | {"articles": articles, "labels": labels} | shared


@cache
def _pair(one, other):
    return compared({one: TEXTS[one], other: TEXTS[other]})


def pair(one, other):
    """Two articles of the folder, by name, in this order."""
    return dict(_pair(one, other))


def said(tables, find):
    """The sentences that a function of claims adds to a section."""
    section = Section("Section", "section", {})
    find(section, tables)
    return [claim.text for claim in section.claims]
