from itertools import pairwise

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text import as_term, spelled_alike, split_sentences, split_words, stop_words


def terms(text):
    return [word.term for word in split_words(text)]


def sentences(text):
    return [text[start:end] for start, end in split_sentences(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Don’t stop", ["don't", "stop"], id="an apostrophe stays inside a word, straightened"),
        pytest.param("rock-solid co-op", ["rock-solid", "co-op"], id="so does a hyphen"),
        pytest.param("Iran’s IRAN's", ["iran", "iran"], id="a possessive s is stripped, curly or straight"),
        pytest.param(
            "the boys’ ‘talks’", ["the", "boys", "talks"], id="a closing apostrophe or quotation mark is none"
        ),
        pytest.param("Israel—the war – it", ["israel", "the", "war", "it"], id="dashes separate, glued or alone"),
        pytest.param("U.S. officials, U.S.-led", ["u.s.", "officials", "u.s.-led"], id="initials keep their dots"),
        pytest.param("the U.S.’s aim", ["the", "u.s.", "aim"], id="initials have a possessive too"),
        pytest.param("BrightU.AI’s example.com", ["brightu.ai", "example.com"], id="a name with a dot is one word"),
        pytest.param("the end.The next", ["the", "end", "the", "next"], id="a lost space after a full stop is none"),
        pytest.param("on Dec. 8, 2024", ["on", "dec"], id="numbers are no words"),
        pytest.param("3+3 20th 1990s 5pm", [], id="nor what begins with one"),
        pytest.param("G7 MH17 COVID-19", ["g7", "mh17", "covid-19"], id="a digit may follow a letter"),
        pytest.param("café Straße İzmir", ["café", "strasse", "i̇zmir"], id="case is folded in every script"),
        pytest.param("नमस्ते مَرحبا", ["नमस्ते", "مَرحبا"], id="marks belong to their letter"),
        pytest.param("— … 12 %", [], id="no letter, no word"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_words(text, expected):
    assert terms(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("U.S. cables say so. It rains.", ["U.S. cables say so.", "It rains."], id="U.S. at the start"),
        pytest.param("He met U.S. officials. She left.", ["He met U.S. officials.", "She left."], id="U.S. inside"),
        pytest.param("On Monday, Dec. 8, they met. It ended Dec. 9.", ["On Monday, Dec. 8, they met.", "It ended Dec. 9."], id="a month before a day"),
        pytest.param("Ask BrightU.AI's Enoch. See example.com for more.", ["Ask BrightU.AI's Enoch.", "See example.com for more."], id="a dot inside a name"),
        pytest.param("J. R. Smith met George W. Bush. They ate.", ["J. R. Smith met George W. Bush.", "They ate."], id="initials of persons"),
        pytest.param("He met Ms. Lee, Mr. Fox and Gov. Poe. All left.", ["He met Ms. Lee, Mr. Fox and Gov. Poe.", "All left."], id="titles"),
        pytest.param("“It is over.” She left.", ["“It is over.”", "She left."], id="a quotation mark after the full stop"),
        pytest.param('"No." He left. "Why?" asked Bo.', ['"No."', "He left.", '"Why?" asked Bo.'], id="straight marks, a question inside"),
        pytest.param("“It is over. I quit,” she said. He left.", ["“It is over. I quit,” she said.", "He left."], id="sentences inside a quotation stay with their speaker"),
        pytest.param("It is over, said Lee. “We go.", ["It is over, said Lee.", "“We go."], id="a quotation that is never closed"),
        pytest.param("Wait... what? He paused … then left.", ["Wait... what?", "He paused … then left."], id="ellipses inside"),
        pytest.param("He stopped... The crowd cheered.", ["He stopped...", "The crowd cheered."], id="an ellipsis at the end"),
        pytest.param("At 3 a.m. Tuesday it rained. At 5 p.m. He left.", ["At 3 a.m. Tuesday it rained.", "At 5 p.m.", "He left."], id="the time before a day"),
        pytest.param("It cost $3.5 million. Up 2.5 percent.", ["It cost $3.5 million.", "Up 2.5 percent."], id="decimals"),
        pytest.param("According to\nBo, it rained. She\nleft.", ["According to\nBo, it rained.", "She\nleft."], id="a line break is a space"),
        pytest.param("The drone denial", ["The drone denial"], id="a heading without a stop"),
        pytest.param("  \n ", [], id="blank"),
    ],
)  # fmt: skip
def test_sentences(text, expected):
    assert sentences(text) == expected


def test_positions_count_from_the_start_of_the_text():
    text = "é “A.” Bo left."
    assert split_sentences(text, 2) == [(2, 6), (7, 15)]
    assert [(word.start, word.end) for word in split_words(text, 7, 12)] == [(7, 9), (10, 12)]


@settings(max_examples=150, derandomize=True, deadline=None)
@given(st.text(alphabet=st.sampled_from(list("aB é.’'-—\n\"“”!?1… U.S.\t‏中")), max_size=80))
def test_spans_are_ordered_disjoint_and_lose_nothing(text):
    spans = split_sentences(text)
    assert all(start < end for start, end in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert "".join(text[start:end] for start, end in spans).split() == text.split() or [
        character for start, end in spans for character in text[start:end] if not character.isspace()
    ] == [character for character in text if not character.isspace()]
    for word in split_words(text):
        assert as_term(text[word.start : word.end]) == word.term
        assert any(character.isalpha() for character in word.term)


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(["Iran", "don’t", "U.S.", "12", "“oil”", "co-op"]), max_size=12))
def test_words_of_a_whole_are_the_words_of_its_parts(parts):
    assert terms(" ".join(parts)) == [term for part in parts for term in terms(part)]


@pytest.mark.growth
@pytest.mark.parametrize("piece", ["“a ", "a-", "U.", "a.b", "'s", "Ms. ", '. "A', "…", "中", "é́"])
def test_time_is_linear(piece):
    assert_linear(lambda text: (split_words(text), split_sentences(text)), lambda n: piece * n, 80_000)


def test_stop_words_are_terms_and_carry_no_content():
    assert {"the", "of", "it", "don't"} <= stop_words()
    assert not {"iran", "war", "said", "president"} & stop_words()
    assert all(as_term(word) == word for word in stop_words())


@pytest.mark.parametrize("word", ["İSTANBUL’S", "Straße's", "CO‑OP", "Σίσυφος", "ſO", "don’t", "U.S."])
def test_a_term_is_part_of_its_text_as_terms_are_written(word):
    assert as_term(word) in spelled_alike(f"The {word}, again")
