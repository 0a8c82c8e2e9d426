"""Terms as a table and as a view: all that were tested, searched, sorted, and what is said where there is none."""

import re

import pytest
from conftest import tables_of

from analysis.inputs.files import InputError
from analysis.show.terms import SORTED_BY, find_terms, show_terms

#: A uses "bridge" four times and "bridges" twice more often than B, B "river" alone; "ferry" is used once.
A = "The bridge opened. The bridge stood. A bridge shook. That bridge fell. Bridges rust. Bridges rust. A ferry came."
B = "The river rose. A River rose. That river fell. The bridge shook. Bridges rust."


@pytest.fixture(scope="module")
def tables():
    return tables_of({"a": A, "b": B}, attribution="none")


def first_cells(shown):
    return re.findall(r'<th scope="row">(.*?)</th>', shown.html)


def test_every_tested_term_stands_in_every_group_with_its_counts(tables):
    found = find_terms(tables)
    assert set(found["term"]) == {"bridge", "bridges", "river", "rust"}
    assert len(found) == 2 * tables["detectable"]["n_tested"][0]
    row = found[(found["group"] == "a") & (found["term"] == "bridge")].iloc[0]
    assert (row["n"], row["n_elsewhere"], row["n_sentences"], row["name"]) == (4, 1, 4, "a")
    assert not found["passes"].any()


def test_a_term_that_its_group_does_not_use_is_written_as_the_other_writes_it(tables):
    found = find_terms(tables)
    assert found[(found["group"] == "a") & (found["term"] == "river")]["surface"].tolist() == ["river"]


@pytest.mark.parametrize(
    ("search", "shown"),
    [
        pytest.param("BRIDGE", {"bridge", "Bridges"}, id="in any case, also inside a word"),
        pytest.param("river’s", {"river"}, id="as terms are compared"),
        pytest.param("rive", {"river"}, id="the beginning of a word"),
    ],
)
def test_a_search_keeps_the_terms_with_these_letters(tables, search, shown):
    # each in one row: that of the text which uses it more
    assert sorted(first_cells(show_terms(tables, search=search))) == sorted(shown)


def test_terms_are_sorted_by_the_column_asked_for(tables):
    by_name = first_cells(show_terms(tables, by="surface"))
    one_group = [cell for cell in by_name if cell not in ("river", "rose", "fell", "shook")]
    assert one_group == sorted(one_group)
    counts = re.findall(r'</th><td class="short">a</td><td class="number">(\d+)', show_terms(tables, by="n").html)
    assert counts == sorted(counts, reverse=True)
    assert counts[0] == "4"


@pytest.mark.parametrize("by", SORTED_BY)
def test_every_column_can_be_sorted_by(tables, by):
    assert show_terms(tables, by=by).text.startswith("Terms ")


def test_as_many_as_asked_for_are_shown_of_each_group(tables):
    assert len(first_cells(show_terms(tables, k=1))) == 2


@pytest.mark.parametrize(
    ("search", "said"),
    [
        pytest.param(
            "zebra",
            "“zebra” is not found: 0 uses in a (19 words searched), 0 uses in b (14 words searched).",
            id="no use",
        ),
        pytest.param(
            "ferry",
            "No term with “ferry” in it is used often enough to be tested: 1 use in a (19 words searched), "
            "0 uses in b (14 words searched).",
            id="too rare",
        ),
        pytest.param("the", "“the” is a stop word, and this run tests none.", id="a stop word"),
        pytest.param(
            "bridge fell",
            "Tested are single words; “bridge fell” has 2. Words in context show where it is used.",
            id="two words",
        ),
        pytest.param(
            "zebra<b>",
            "Tested are single words; “zebra<b>” has 2. Words in context show where it is used.",
            id="markup is inert",
        ),
    ],
)
def test_what_is_not_shown_is_explained_in_a_sentence(tables, search, said):
    shown = show_terms(tables, search=search)
    assert shown.text == said
    assert "<b>" not in shown.html


def test_a_column_that_is_none_is_refused_with_those_there_are(tables):
    with pytest.raises(InputError, match=r"^by accepts z, surface, .*; found 'size'$"):
        show_terms(tables, by="size")


def test_a_search_without_a_word_is_refused(tables):
    with pytest.raises(InputError, match="'12' has none"):
        show_terms(tables, search="12")
