"""Which lines of a page belong together."""

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.page.blocks import is_address, is_bullet, is_closed, mark_length, split_blocks

WRAPPED = """Bees of the upper valley

The keepers have lost nearly a third of their colonies after a cold
April that brought frost to the orchards for three weeks. They flew and
they starved, a keeper said.

The union wants the province to pay for sugar syrup and for new queens.
Without bees the plums will not set, and without plums the town has no
fair. A spokesman said that it would read the figures."""


def blocks(text):
    return [text[start:end] for start, end in split_blocks(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("", [], id="nothing has no block"),
        pytest.param(" \n\t\n\u00a0", [], id="white space alone has no block"),
        pytest.param("One.\n\nTwo.", ["One.", "Two."], id="a blank line ends a paragraph"),
        pytest.param("One.\n \t\nTwo.", ["One.", "Two."], id="a line of spaces is blank"),
        pytest.param("One.\r\n\r\nTwo.", ["One.", "Two."], id="Windows line ends make blank lines too"),
        pytest.param("One.\r\nTwo.", ["One.", "Two."], id="a Windows line end is one break, not two"),
        pytest.param("One.\u2028Two.", ["One.", "Two."], id="a line separator breaks a line"),
        pytest.param("  One.  \n", ["One."], id="blocks are trimmed"),
        pytest.param("\u00a0One two.\u00a0", ["One two."], id="no-break spaces are trimmed"),
        pytest.param("First sentence here.\nSecond sentence here.", ["First sentence here.", "Second sentence here."],
                     id="one paragraph a line where a sentence ends with the line"),
        pytest.param("It failed, according to\nthe ministry.", ["It failed, according to\nthe ministry."],
                     id="a line that goes on in lower case is a wrap"),
        pytest.param("The talks had failed again by noon, according to\nAnn Oak of the ministry.",
                     ["The talks had failed again by noon, according to\nAnn Oak of the ministry."],
                     id="a long line does not end in a preposition"),
        pytest.param("This film is from the\nBlue Channel.", ["This film is from the\nBlue Channel."],
                     id="no line ends in an article"),
        pytest.param("They met Ann Oak, the mayor,\nBob Elm and others.",
                     ["They met Ann Oak, the mayor,\nBob Elm and others."],
                     id="no line ends in a comma"),
        pytest.param("What they fought for\nThe war began in May.", ["What they fought for", "The war began in May."],
                     id="a heading may end in a preposition"),
        pytest.param("Home\nnews\nsport", ["Home", "news", "sport"], id="a menu in lower case is no wrapped sentence"),
        pytest.param("He named the sources:\nthe mayor.", ["He named the sources:", "the mayor."],
                     id="a colon ends a line"),
        pytest.param("We asked the mayor and the\n- first point", ["We asked the mayor and the", "- first point"],
                     id="a bullet begins a block whatever stands before it"),
        pytest.param("• One\n• Two", ["• One", "• Two"], id="each bullet is a block"),
        pytest.param("* One that is long and goes\n  on here.\n* Two",
                     ["* One that is long and goes\n  on here.", "* Two"], id="a wrapped bullet is one block"),
        pytest.param("1. One\n2) Two", ["1. One", "2) Two"], id="numbers of a list begin blocks"),
        pytest.param("It happened in\n2024. Nobody knew.", ["It happened in", "2024. Nobody knew."],
                     id="a year is not the number of a list, nor a wrap for that"),
        pytest.param("# The sea and the\nIt is wide.", ["# The sea and the", "It is wide."],
                     id="a marked heading ends with its line"),
        pytest.param("Some of the sources were these four\nexample.com\nexample.org",
                     ["Some of the sources were these four", "example.com", "example.org"],
                     id="addresses are never joined"),
    ],
)  # fmt: skip
def test_blocks(text, expected):
    assert blocks(text) == expected


def test_hard_wrapped_page_joins_whole_paragraphs():
    assert [block.split("\n")[0] for block in blocks(WRAPPED)] == [
        "Bees of the upper valley",
        "The keepers have lost nearly a third of their colonies after a cold",
        "The union wants the province to pay for sugar syrup and for new queens.",
    ]


def test_hard_wrapped_page_splits_after_a_line_that_had_room():
    text = WRAPPED.replace("syrup and for new queens.\nWithout", "it.\nWithout")
    assert len(blocks(text)) == 4


def test_sentences_of_like_length_on_lines_of_their_own_are_not_wrapped():
    sentences = [
        f"The {name} of the town was asked about the old stone quay." for name in ("mayor", "baker", "judge", "clerk")
    ]
    assert blocks("\n".join(sentences)) == sentences


def test_dash_wrapped_to_the_front_of_a_line_is_no_bullet():
    text = WRAPPED.replace("They flew and\nthey starved,", "The boats came\n– they starved,")
    assert len(blocks(text)) == 3


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        pytest.param("It is over.", True, id="full stop"),
        pytest.param("“It is over.”", True, id="full stop inside quotation marks"),
        pytest.param("*It is over.*", True, id="full stop inside emphasis"),
        pytest.param("(It is over.)", True, id="full stop inside brackets"),
        pytest.param("終わった。", True, id="ideographic full stop"),
        pytest.param("هل انتهى؟", True, id="Arabic question mark"),
        pytest.param("It is over", False, id="no mark"),
        pytest.param("Mayor: ‘It is over’", False, id="closing quotation mark alone"),
        pytest.param("It is over:", False, id="colon"),
        pytest.param("Talks with the U.S.", False, id="a headline may end in an initialism"),
        pytest.param("He said after a long day of talks in the capital that nobody had expected help of any kind"
                     " from the U.S.", True, id="a long stretch that ends in an initialism is a sentence"),
        pytest.param("", False, id="nothing"),
    ],
)  # fmt: skip
def test_closed(stretch, expected):
    assert is_closed(stretch) is expected


@pytest.mark.parametrize(
    ("stretch", "expected"),
    [
        pytest.param("example.com", True, id="domain"),
        pytest.param("En.Example-News.co", True, id="subdomain and hyphen"),
        pytest.param("https://example.com/a?b=1", True, id="path and query"),
        pytest.param("example.com reports", False, id="more words"),
        pytest.param("end.", False, id="word with a full stop"),
        pytest.param("3.5", False, id="number"),
        pytest.param("U.S.", False, id="initialism"),
    ],
)
def test_address(stretch, expected):
    assert is_address(stretch) is expected


@pytest.mark.parametrize(
    ("block", "length", "bullet"),
    [
        pytest.param("- One", 2, True, id="hyphen"),
        pytest.param("•  One", 3, True, id="bullet and two spaces"),
        pytest.param("12. One", 4, True, id="number"),
        pytest.param("## One", 3, False, id="heading mark is no bullet"),
        pytest.param("-5 degrees", 0, False, id="minus sign"),
        pytest.param("2024. One", 0, False, id="year"),
        pytest.param("#one", 0, False, id="hashtag"),
        pytest.param("**Bold** start", 0, False, id="bold"),
    ],
)
def test_marks(block, length, bullet):
    assert (mark_length(block), is_bullet(block)) == (length, bullet)


PIECES = st.sampled_from(
    ["The ", "sea", " and", "\n", "\r\n", "\n\n", ". ", "- ", "1. ", "# ", "\u00a0", "\u2028", "“", "a.b", "é"]
)
TEXTS = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=80))


@settings(derandomize=True, max_examples=150, deadline=None)
@given(TEXTS)
def test_every_character_but_white_space_stands_in_one_block(text):
    spans = split_blocks(text)
    inside = [i for start, end in spans for i in range(start, end)]
    assert inside == sorted(set(inside))
    assert {i for i, character in enumerate(text) if not character.isspace()} <= set(inside)


@settings(derandomize=True, max_examples=150, deadline=None)
@given(TEXTS)
def test_blocks_are_trimmed_and_not_empty(text):
    found = blocks(text)
    assert found == [block.strip() for block in found if block.strip()]


@pytest.mark.growth
@pytest.mark.parametrize("unit", ["a\n", "\n", "- a\n", "the\n", "a.", "- ", "# ", "www.a.", "U.", '"', "\r\n"])
def test_time_is_linear(unit):
    assert_linear(split_blocks, lambda n: unit * n, 20_000)
