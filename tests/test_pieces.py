"""The words of a text piece by piece are those of the whole, and what is remembered is bounded."""

import sys
from itertools import chain

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import memo
from analysis.memo import Memo
from analysis.numbered import number_pieces
from analysis.pieces import PIECES, count_words, split_pieces, surfaces
from analysis.text import split_words

TEXT = st.text(alphabet=st.sampled_from(list("aBs é.’'-—\n\"“”1… \t\x1c\x85\u0301\u3000中Ⅳ")), max_size=60)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(TEXT, st.integers(0, 20), st.integers(0, 60))
def test_pieces_have_the_words_of_their_stretch(text, start, end):
    words, pieces = split_words(text, start, end), split_pieces(text, start, end)
    assert [term for piece in pieces for term in PIECES[piece].terms] == [word.term for word in words]
    assert [word for piece in pieces for word in surfaces(piece)] == [text[word.start : word.end] for word in words]
    assert count_words(text, start, end) == len(words)


@settings(max_examples=300, derandomize=True, deadline=None)
@given(st.lists(TEXT, max_size=8))
def test_pieces_are_numbered_as_python_splits_them(stretches):
    pieces = [stretch.split() for stretch in stretches]
    read = number_pieces(stretches)
    assert read.distinct == list(dict.fromkeys(chain.from_iterable(pieces)))
    assert read.lengths.tolist() == list(map(len, pieces))
    assert [read.distinct[number] for number in read.number] == list(chain.from_iterable(pieces))


def test_all_that_is_white_space_to_python_parts_pieces():
    spaces = [chr(code) for code in range(sys.maxunicode + 1) if chr(code).isspace()]
    others = [chr(code) for code in range(0x80, 0x3100) if not chr(code).isspace()]
    assert number_pieces([f"a{space}b" for space in spaces]).distinct == ["a", "b"]
    assert number_pieces([f"a{other}b" for other in others]).lengths.max() == 1


@pytest.mark.parametrize(
    ("piece", "opens", "closes"),
    [
        pytest.param("oil", True, True, id="a word alone"),
        pytest.param("Mr.", True, True, id="the dot of an abbreviation"),
        pytest.param("allies’", True, True, id="a closing apostrophe"),
        pytest.param("U.S.", True, True, id="an abbreviation's own dots"),
        pytest.param("“oil", False, True, id="an opening mark"),
        pytest.param("oil,", True, False, id="a comma"),
        pytest.param("oil...", True, False, id="an ellipsis"),
        pytest.param("a,0a", True, False, id="what looks like the last word again is none after a digit"),
        pytest.param("0a,a", False, True, id="nor before the first"),
        pytest.param("–", False, False, id="no word"),
    ],
)
def test_words_belong_together_with_those_beside_their_piece(piece, opens, closes):
    assert (PIECES[piece].opens, PIECES[piece].closes) == (opens, closes)


def test_a_memo_asks_once_and_keeps_the_older_half_when_full(monkeypatch):
    asked = []
    lengths = Memo(lambda word: asked.append(word) or len(word))
    monkeypatch.setattr(memo, "KEPT", 4)
    assert [lengths[word] for word in ("a", "bc", "a", "def", "ghij", "klmno", "a", "def")] == [1, 2, 1, 3, 4, 5, 1, 3]
    assert asked == ["a", "bc", "def", "ghij", "klmno", "def"]
    assert list(lengths) == ["a", "bc", "klmno", "def"]


def test_a_memo_keeps_no_long_strings():
    lengths = Memo(len)
    assert lengths["x" * (memo.LONGEST + 1)] == memo.LONGEST + 1
    assert not lengths
