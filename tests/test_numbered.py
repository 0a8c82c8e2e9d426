"""The pieces of passages are those of each by itself, whatever order they stand in and whatever they are read with."""

import numpy as np
import pytest
from conftest import make_articles

from analysis import numbered
from analysis.numbered import in_parts
from analysis.piece_counts import COUNTED, count_passages
from analysis.tables import SENTENCE_COUNTS, SENTENCES

TEXTS = {"a": "Oil fell. Share this! Gas rose.", "b": "", "c": "No oil\x1cno gas."}
#: article, number, start and end; a negative number was set aside.
PASSAGES = [("c", 1, 0, 14), ("a", 1, 0, 9), ("a", -1, 10, 21), ("x", 1, 0, 3), ("a", 2, 22, 31), ("c", 2, 4, 4)]


def passages(rows):
    zeros = [0] * len(SENTENCE_COUNTS)
    return SENTENCES.frame([(name, number, 1, start, end, "sentence", *zeros) for name, number, start, end in rows])


def read(texts, rows):
    """The texts of the pieces of each passage, with the article and the row that it is said to be of."""
    found = []
    for part in in_parts(make_articles(texts), passages(rows)):
        names = list(texts)[part.articles]
        pieces = iter(part.pieces.distinct[number] for number in part.pieces.number)
        for owner, row, n in zip(part.owners, part.rows, part.pieces.lengths, strict=True):
            found.append((names[owner], int(row), [next(pieces) for _ in range(n)]))
    return found


@pytest.mark.parametrize("part", [1, 2, 250])
def test_passages_come_by_article_with_their_own_pieces(monkeypatch, part):
    monkeypatch.setattr(numbered, "PART", part)
    assert read(TEXTS, PASSAGES) == [
        ("a", 1, ["Oil", "fell."]),
        ("a", 2, ["Share", "this!"]),
        ("a", 4, ["Gas", "rose."]),
        ("c", 0, ["No", "oil–no", "gas."]),
        ("c", 5, []),
    ]


def test_what_is_set_aside_may_stand_anywhere():
    rows = [("a", -1, 0, 9), ("a", 1, 10, 21), ("a", -2, 22, 31)]
    assert [pieces for _, _, pieces in read(TEXTS, rows)] == [["Oil", "fell."], ["Share", "this!"], ["Gas", "rose."]]


def test_nothing_to_read_has_no_pieces():
    assert read(TEXTS, []) == []
    assert read({}, []) == []


def test_counts_are_those_of_each_passage():
    rows = [("a", 1, 0, 12), ("b", 1, 0, 0), ("c", 1, 0, 12), ("d", 1, 0, 0)]
    texts = {"a": "The oil fell", "b": "", "c": "Нефть or gas", "d": ""}
    ((part),) = in_parts(make_articles(texts), passages(rows))
    counts = dict(zip(COUNTED, count_passages(part.pieces).T.tolist(), strict=True))
    assert counts["n_words"] == [3, 0, 3, 0]
    assert counts["n_letters"] == [10, 0, 10, 0]
    assert counts["n_latin"] == [3, 0, 2, 0]
    assert counts["n_stop_words"] == [1, 0, 1, 0]


def test_the_pieces_of_sentences_are_numbered_once():
    articles, rows = make_articles(TEXTS), passages(PASSAGES)
    first, second = (next(in_parts(articles, rows[rows["sentence"] > 0])).pieces for _ in range(2))
    assert first is second
    assert np.isin(first.distinct, next(in_parts(articles, rows)).pieces.distinct).all()
