"""Words in context: verbatim, inside the sentence, with a way back to it, and the same for each text."""

import re

import pytest
from conftest import make_articles, tables_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution.given import sources_by_group
from analysis.claims.claim import Claim
from analysis.excerpts import keep_excerpts
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.positions import Positions
from analysis.schema import rows_of
from analysis.show.contexts import SHOWN, chosen_terms, contexts, show_collocates, show_concordance
from analysis.show.views import show_sources
from analysis.tables import SOURCES


def tables(groups=None, **texts):
    articles = make_articles(texts)
    measured = measure(articles)
    return measured if groups is None else measured | {"articles": measured["articles"].assign(group=groups)}


WORDS = "one two three four five six seven eight nine"


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        pytest.param("The oil price rose.", "The ", " price rose.", id="the whole of a short sentence"),
        pytest.param("It rained. The oil fell. It snowed.", "The ", " fell.", id="never past its sentence"),
        pytest.param(f"Then {WORDS} oil {WORDS} then.", "two three four five six seven eight nine ", " one two three four five six seven eight", id="eight words on either side"),
        pytest.param("Extraordinarily internationalisation-minded commentators bought oil industrialisation's representatives notwithstanding misunderstandings.", "internationalisation-minded commentators bought ", " industrialisation's representatives notwithstanding", id="sixty characters on either side, no word cut"),
        pytest.param("A red\toil  well.", "A red\t", "  well.", id="verbatim, white space too"),
        pytest.param("Oil.", "", ".", id="nothing before it"),
        pytest.param("Crude-oil oil", "Crude-oil ", "", id="nothing after it"),
        pytest.param("Iran’s oil’s price.", "Iran’s ", "’s price.", id="a possessive is no part of the term"),
        pytest.param("x" * 80 + " oil " + "y" * 80 + ".", "", "", id="a word too long is left out"),
    ],
)  # fmt: skip
def test_around_a_use(text, left, right):
    found = contexts(tables(a=text), "oil").iloc[-1]
    assert (found["left"], found["right"]) == (left, right)


@given(st.text(alphabet="oil .\n“”-’aé", max_size=120))
@settings(max_examples=12, deadline=None)
def test_contexts_are_verbatim_and_inside_the_sentence(text):
    measured = tables(a=text)
    spans = measured["sentences"].set_index("sentence")[["start", "end"]]
    for row in rows_of(contexts(measured, "oil")):
        first, last = row.start - len(row.left), row.end + len(row.right)
        assert text[first:last] == row.left + row.surface + row.right
        assert spans.at[row.sentence, "start"] <= first
        assert last <= spans.at[row.sentence, "end"]
        assert (row.cut_left, row.cut_right) == (
            first > spans.at[row.sentence, "start"],
            last < spans.at[row.sentence, "end"],
        )
        assert 0 <= row.position < 1


def test_position_is_the_share_of_the_words_before():
    assert contexts(tables(a="Oil fell. It rained oil."), "oil")["position"].tolist() == [0, 4 / 5]


def test_a_text_without_words_has_no_position():
    assert Positions("", []).of(0) != Positions("", []).of(0)


def test_voices_restrict_what_is_found():
    measured = tables(a="Oil fell. “Oil fell,” said Ann Lee.")
    assert contexts(measured, "oil", "quoted")["voice"].tolist() == ["quoted"]
    assert len(contexts(measured, "oil")) == 2
    with pytest.raises(InputError, match="voices accepts"):
        contexts(measured, "oil", "loud")


def test_the_concordance_has_a_column_for_each_text():
    shown = show_concordance(tables(a="The oil fell.", b="It rained.\n\nOil rose, and oil fell."), "oil, rain")
    assert shown.text.splitlines() == [
        "“oil”",
        "  a: 1 use",
        "    The [oil] fell. (a 1, author voice, at 33\u00a0% of the text)",
        "  b: 2 uses",
        "    [Oil] rose, and oil fell. (b 2, author voice, at 29\u00a0% of the text)",
        "    Oil rose, and [oil] fell. (b 2, author voice, at 71\u00a0% of the text)",
        "“rain”",
        "  Other forms that occur: rained (a 0, b 1).",
        "  not found in a (3 words searched)",
        "  not found in b (7 words searched)",
    ]
    assert shown.html.count('<section class="column">') == 4
    assert '<a href="#a2-s2">b 2</a>' in shown.html


def test_the_words_searched_are_those_of_the_voices():
    shown = show_concordance(tables(a="“Oil fell,” said Ann Lee.", b="It rained."), "oil", "author")
    assert "not found in a (3 words searched)" in shown.text


def test_exchanging_the_texts_exchanges_the_columns():
    texts = {"a": "The oil fell.", "b": "It rained."}
    one = show_concordance(tables(**texts), "oil").text.splitlines()
    other = show_concordance(tables(**dict(reversed(texts.items()))), "oil").text.splitlines()
    assert one == [other[0], *other[2:], other[1]]


def test_a_long_list_is_cut_and_says_so():
    shown = show_concordance(tables(a="Oil fell. " * (SHOWN + 5), b="Oil fell."), "oil")
    assert f"a: the first {SHOWN} of {SHOWN + 5} uses" in shown.text
    assert shown.html.count("<li>") == SHOWN + 1


def test_groups_and_more_than_two():
    shown = show_concordance(tables(["x", "y", "x", "z"], a="Oil fell.", b="Oil.", c="An oil.", d=""), "oil")
    assert "  x: 2 uses\n    [Oil] fell. (a 1" in shown.text
    assert "(c 1," in shown.text
    assert "not found in z (0 words searched)" in shown.text


HOSTILE = "<script>alert(1)</script> oil & {n} \"x\" 'y' </li>"


def test_hostile_text_and_term_are_inert():
    shown = show_concordance(tables(a=HOSTILE, b="</section>"), "oil, <i>section</i>")
    assert "<script" not in shown.html
    assert "<i>" not in shown.html
    assert "&lt;script&gt;" in shown.html
    assert shown.html.count("<section") == shown.html.count("</section>") == 4


@pytest.mark.parametrize(
    ("given_terms", "chosen"),
    [
        pytest.param("oil", ["oil"], id="one"),
        pytest.param(" oil ,red line,, ", ["oil", "red line"], id="several, white space and empty ones aside"),
        pytest.param("oil, Oil, OIL’s", ["oil"], id="each term once"),
    ],
)
def test_terms_that_are_asked_for(given_terms, chosen):
    assert chosen_terms({}, given_terms) == chosen


def test_a_term_needs_a_word():
    with pytest.raises(InputError, match="begin with a letter; '24' has none"):
        show_concordance(tables(a="In 24.", b=""), "24")


def test_by_default_the_terms_past_the_gate(seeds):
    passed = seeds["keyness"].query("p_adjusted <= 0.05 and log_ratio > 0")["term"]
    assert {term.casefold() for term in chosen_terms(seeds)} == set(passed)
    assert "not found in A (" in show_concordance(seeds).text


def test_by_default_the_highest_z_of_each_where_none_passes():
    text = "Taxes rise. Taxes fall. Taxes stay. "
    both = tables_of({"a": text, "b": text.replace("Taxes", "Rivers")})
    assert chosen_terms(both | {"keyness": both["keyness"].assign(p_adjusted=1.0)}) == ["Taxes", "Rivers"]
    assert "“Taxes”" in show_concordance(both | {"keyness": both["keyness"].assign(p_adjusted=1.0)}).text


@pytest.mark.parametrize("view", [show_concordance, show_collocates])
def test_nothing_tested_is_said(view):
    assert view(tables_of({"a": "It rained.", "b": ""})).text.startswith("No term is used often enough to be tested")


def test_collocates_have_the_same_rows_for_each_side():
    shown = show_collocates(tables(a="Red oil fell. Red oil rose. Red hill. Blue hill stood.", b="It rained."), "oil")
    assert re.search(r"red +a +2 +1\.3 +3 +", shown.text)
    assert re.search(r"none found +b +– +– +– +–", shown.text)
    assert "counts, no test" in shown.text


# Where each source first appears

SAID = "It rained. The mayor said that it is over. Ann Lee said that it is not. The mayor said that it is so."


def sources(measured):
    return sources_by_group(measured["articles"], measured["attributions"], measured["spans"], measured["sentences"])


def test_a_source_has_the_place_of_its_first_statement():
    found = SOURCES.check(sources(tables(a=SAID))).set_index("source")
    columns = ["n", "article_id", "start", "end", "sentence", "position"]
    assert found.loc["The mayor", columns].tolist() == [2, "a", 11, 20, 2, 2 / 23]
    assert found.loc["Ann Lee", columns].tolist() == [1, "a", 43, 50, 3, 9 / 23]


def test_in_a_group_the_earliest_counts_whatever_the_order():
    texts = {"a": SAID, "b": "Ann Lee said that it is not. It rained."}
    for names in (["a", "b"], ["b", "a"]):
        found = sources(tables(["x", "x"], **{name: texts[name] for name in names})).set_index("source")
        assert found.loc["Ann Lee", ["n", "article_id", "position"]].tolist() == [2, "b", 0]


def test_without_sentences_no_position_is_given():
    measured = tables(a=SAID)
    found = sources_by_group(measured["articles"], measured["attributions"], measured["spans"])
    assert found["position"].isna().all()
    assert found["start"].tolist() == sources(measured)["start"].tolist()


@pytest.mark.parametrize(
    ("pronoun", "said"), [("He", "He said"), ("They", "They said"), ("she", "“It is over,” she said")]
)
def test_a_pronoun_names_nobody(pronoun, said):
    text = f"{said} that it is over." if said[0] != "“" else f"{said}."
    assert sources(tables(a=text))[["source", "source_type"]].to_numpy().tolist() == [[pronoun, "none"]]


def test_the_view_of_sources_shows_where(seeds):
    shown = show_sources(seeds | {"sources": sources(seeds)})
    assert "First in sentence" in shown.text
    assert re.search(r"Abbas Araghchi +B +named person +3 +3 +52 +B 12 +40\u00a0%", shown.text)
    assert '<a href="#a2-s12">B 12</a>' in shown.html


def test_of_excerpts_no_use_that_is_kept_out_is_called_missing():
    """Words are counted in the whole text, so that the count stands where the sentence does not."""
    whole = tables(
        a="The oil fell. Oil rose here. It rained long. Men left.", b="Snow fell. It rained oil. Ice came. Men slept."
    )
    cited = [Claim("x-1", "X", "x", "It.", {}, spans=(("a", 0, 13), ("b", 0, 10)))]
    cut = keep_excerpts(whole, cited)
    assert show_concordance(cut, "oil, ice, hail, men left").text.splitlines() == [
        "“oil”",
        "  a: 1 of 2 uses, from the sentences that are kept",
        "    The [oil] fell. (a 1, author voice, at 9\u00a0% of the text)",
        "  1 use in b, in sentences that are kept out",
        "“ice”",
        "  not found in a (11 words searched)",
        "  1 use in b, in sentences that are kept out",
        "“hail”",
        "  not found in a (11 words searched)",
        "  not found in b (9 words searched)",
        "“men left”",
        "  not found in the sentences of a that are kept; the others are kept out",
        "  not found in the sentences of b that are kept; the others are kept out",
    ]
    assert "kept out" in show_collocates(cut, "oil").text
    late = keep_excerpts(whole, [Claim("x-1", "X", "x", "It.", {}, spans=(("a", 14, 28),))])
    assert contexts(late, "oil")["position"].tolist() == contexts(whole, "oil")["position"].tolist()[1:2]
