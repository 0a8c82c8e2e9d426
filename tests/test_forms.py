"""Where a word is asked for, the other forms of it that occur are named with their uses."""

import pytest
from conftest import make_articles, tables_of

from analysis.lemmas import is_form_of
from analysis.measures import measure
from analysis.show.contexts import show_concordance
from analysis.show.forms import forms_line, words_of
from analysis.show.terms import show_terms

A = "A visit began. The visits went on. Visits ended. A visitor came. Iranians spoke. The news is new."
B = "They visited him. Ann Lee said that the visit is over. An Iranian left. The men met a man."


@pytest.fixture(scope="module")
def tables():
    return tables_of({"a": A, "b": B})


def line(tables, term, voices="all"):
    return forms_line(tables, term, words_of(tables, voices))


@pytest.mark.parametrize(
    ("term", "forms"),
    [
        pytest.param("visit", "visits (a 2, b 0), visited (a 0, b 1)", id="those used most first, no visitor"),
        pytest.param("VISITED", "visit (a 1, b 1), visits (a 2, b 0)", id="in any case, of as many by the alphabet"),
        pytest.param("visiting", "visit (a 1, b 1), visits (a 2, b 0), visited (a 0, b 1)", id="of a form that does not occur"),
        pytest.param("man", "men (a 0, b 1)", id="whatever the dictionary calls a form"),
        pytest.param("Iranian", "Iranians (a 1, b 0)", id="of a people, which the dictionary lists by itself"),
        pytest.param("iranians", "Iranian (a 0, b 1)", id="the same, in small letters"),
        pytest.param("news", "", id="an s is not always a plural's"),
        pytest.param("ended", "", id="none"),
        pytest.param("a visit", "", id="of several words none is looked for"),
    ],
)  # fmt: skip
def test_the_other_forms_of_a_word(tables, term, forms):
    assert line(tables, term) == (f"Other forms that occur: {forms}." if forms else "")


def test_forms_are_counted_in_the_voices_asked_for(tables):
    assert line(tables, "visits", "attributed") == "Other forms that occur: visit (a 0, b 1)."


def test_groups_sum_their_articles_and_of_many_those_are_named_that_use_it():
    texts = dict.fromkeys("abcdefg", "It rained.") | {"g": "It snowed."}
    measures = measure(make_articles(texts))
    two = measures | {"articles": measures["articles"].assign(group=["x", "y"] * 3 + ["x"])}
    assert line(two, "rain") == "Other forms that occur: rained (x 3, y 3)."
    assert line(measures, "snow") == "Other forms that occur: snowed (g 1)."


def test_words_that_it_is_part_of_by_a_hyphen_are_named_by_themselves():
    texts = {
        "a": "A state-backed mill. The state's mill. Anti-state songs.",
        "b": "State-backed. The states. Estates-run.",
    }
    tables = tables_of(texts, attribution="none")
    told = "Other forms that occur: states (a 0, b 1). With a hyphen: State-backed (a 1, b 1), {} (a 1, b 0)."
    assert line(tables, "state") == told.format("Anti-state")
    assert line(tables, "run") == "With a hyphen: Estates-run (a 0, b 1)."
    assert line(tables, "state-backed") == ""


def test_a_form_is_written_as_most_often_whichever_text_comes_first():
    texts = {"a": "Drones. A drone came.", "b": "It had drones. So drones rose, and drones fell."}
    tables = tables_of(texts, attribution="none")
    turned = tables_of(dict(reversed(texts.items())), attribution="none")
    assert line(tables, "drone") == "Other forms that occur: drones (a 1, b 3)."
    assert line(turned, "drone") == "Other forms that occur: drones (b 3, a 1)."


def test_the_line_stands_in_both_views_on_a_page_and_in_a_terminal(tables):
    told = "Other forms that occur: visits (a 2, b 0), visited (a 0, b 1)."
    for shown in (show_concordance(tables, "visit"), show_terms(tables, search="visit")):
        assert f"{told}</p>" in shown.html
        assert told in shown.text
    tested = tables_of({"a": "A storm came. A storm rose. A storm fell.", "b": "Two storms went."}, attribution="none")
    found = show_terms(tested, search="storm")
    assert found.text.endswith("\n\nOther forms that occur: storms (a 0, b 1).")
    assert found.html.endswith('<p class="none">Other forms that occur: storms (a 0, b 1).</p>')
    missing = show_terms(tables, search="visiting").text
    assert missing.startswith("“visiting” is not found: 0 uses in a ")
    assert missing.endswith(". Other forms that occur: visit (a 1, b 1), visits (a 2, b 0), visited (a 0, b 1).")


def test_names_of_texts_are_inert():
    shown = show_concordance(tables_of({"a": A, "b": B}, label=["<i>", None], attribution="none"), "visited")
    assert "visits (&lt;i&gt; 2, b 0)" in shown.html
    assert "<i>" not in shown.html


@pytest.mark.parametrize(
    ("one", "other", "names", "same"),
    [
        pytest.param("drones", "drone", False, True, id="by the dictionary"),
        pytest.param("houthis", "houthi", False, True, id="an s, of a word that it does not hold"),
        pytest.param("israelis", "israeli", True, True, id="an s, of a name that it lists by itself"),
        pytest.param("israelis", "israeli", False, False, id="the same, where it is no name"),
        pytest.param("news", "new", True, False, id="too short"),
        pytest.param("houthis", "hout", True, False, id="another ending"),
    ],
)
def test_what_is_a_form_of_a_word(one, other, names, same):
    assert is_form_of(one, other, names=names) == is_form_of(other, one, names=names) == same
