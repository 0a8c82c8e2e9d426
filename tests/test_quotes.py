"""Which stretches stand in quotation marks, and that a stray mark costs one of them at most."""

from __future__ import annotations

import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.quotes import QuoteCoverage, pair_quotes, quote_coverage


@pytest.mark.parametrize(
    ("text", "quotations"),
    [
        pytest.param("", [], id="empty text"),
        pytest.param("“Yes,” he said.", ["“Yes,”"], id="curly"),
        pytest.param('He said "yes" and "no."', ['"yes"', '"no."'], id="straight"),
        pytest.param(
            "''I go,'' he said. ``You stay,'' she said.", ["''I go,''", "``You stay,''"], id="two apostrophes"
        ),
        pytest.param("'' So, '' he said.", [], id="two apostrophes between spaces open nothing"),
        pytest.param("«Oui», dit-il. „Ja“, sagt er.", ["«Oui»", "„Ja“"], id="guillemets and low marks"),
        pytest.param("”Yes,” he said.", ["”Yes,”"], id="closing mark used to open"),
        pytest.param("‘So what,’ he said.", ["‘So what,’"], id="single curly"),
        pytest.param("It’s Lee's (‘so’) and it's 'no' too.", ["‘so’", "'no'"], id="single marks after apostrophes"),
        pytest.param("It’s\n'no' too.", ["'no'"], id="a single mark that opens a line"),
        pytest.param(
            "‘The officials’ view,’ he said.", ["‘The officials’ view,’"], id="possessive inside single marks"
        ),
        pytest.param("The ‘officials’ left.", ["‘officials’"], id="single mark after s, when there is no better one"),
        pytest.param("Iran’s man, the officials’ plan, the ’90s.", [], id="apostrophes"),
        pytest.param("It's the officials' rock 'n' roll.", [], id="straight apostrophes"),
        pytest.param("“He said ‘no’ twice,” she said.", ["“He said ‘no’ twice,”"], id="only the outermost"),
        pytest.param("'He said \"no\" twice,' she said.", ["'He said \"no\" twice,'"], id="double inside single"),
        pytest.param("''Say 'no,' '' she said.", ["''Say 'no,' ''"], id="closing mark after a space"),
        pytest.param('"Over\nit," he said.', ['"Over\nit,"'], id="hard-wrapped line"),
        pytest.param("“One.\n\n“Two,” she said.", ["“One.", "“Two,”"], id="reopened in the next paragraph"),
        pytest.param('"One.\n"Two.\n"Three."', ['"One.', '"Two.', '"Three."'], id="three paragraphs, no blank line"),
        pytest.param('Some "stray mark.\n\nThen "a good" one.', ['"a good"'], id="stray opening mark costs itself"),
        pytest.param("A “stray mark.\n\nIt closes.” Here.", [], id="no quotation across a blank line"),
        pytest.param('A 6\' 2" man said "yes" there.', ['"yes"'], id="inches"),
    ],
)
def test_quotations(text: str, quotations: list[str]) -> None:
    assert [text[start:end] for start, end in pair_quotes(text)] == quotations


def test_only_the_stretch_asked_for_is_read() -> None:
    text = '"a" "b" "c"'
    assert pair_quotes(text, 4, 7) == [(4, 7)]


@pytest.mark.parametrize(
    ("text", "seen", "paired"),
    [
        pytest.param("Nothing here, it’s said.", 0, 0, id="apostrophes are no marks"),
        pytest.param('"a" and “b”', 4, 4, id="all paired"),
        pytest.param('"a" and "b', 3, 2, id="one left over"),
        pytest.param("“a\n\n“b”", 3, 3, id="a reopened quotation is paired"),
        pytest.param("the ‘best’ one", 2, 2, id="single marks count where they pair"),
    ],
)
def test_coverage(text: str, seen: int, paired: int) -> None:
    assert quote_coverage(text) == QuoteCoverage(seen, paired)


@settings(derandomize=True, max_examples=200, deadline=None)
@given(st.text(alphabet="ab S.,\n\"“”‘’'«»`„", max_size=60))
def test_spans_are_ordered_disjoint_and_inside(text: str) -> None:
    end = 0
    for left, right in pair_quotes(text):
        assert end <= left < right <= len(text)
        end = right
    coverage = quote_coverage(text)
    assert 0 <= coverage.paired <= coverage.seen


@settings(derandomize=True, max_examples=100, deadline=None)
@given(st.lists(st.sampled_from(["“Yes,” he said.", "She left.", '"No," he said.']), max_size=6), st.integers(0, 6))
def test_a_stray_mark_costs_at_most_one_paragraph(paragraphs: list[str], at: int) -> None:
    stray = [*paragraphs[:at], "A stray “mark.", *paragraphs[at:]]
    found = [stray_text[start:end] for stray_text in ["\n\n".join(stray)] for start, end in pair_quotes(stray_text)]
    clean = [text[start:end] for text in ["\n\n".join(paragraphs)] for start, end in pair_quotes(text)]
    assert [quote for quote in found if "mark" not in quote] == clean


@pytest.mark.growth
@pytest.mark.parametrize("unit", ['"', "“a ", "”", "‘a", "'s ‘a", "''", "“a\n\n", '\n"a', "'a "])
def test_time_is_linear(unit: str) -> None:
    assert_linear(pair_quotes, lambda n: unit * n, 100_000)
