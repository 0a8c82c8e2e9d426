"""Every word has one voice, and a run chooses whose words it counts."""

import pytest
from conftest import make_articles, tables_of

from analysis.claims.terms import occurrences
from analysis.inputs.files import InputError
from analysis.language import language_notes
from analysis.passages import find_sentences, removed_passages
from analysis.pipeline import compare
from analysis.show.views import show_common_terms, show_phrases
from analysis.tables import REGIONS
from analysis.voices import COUNTED, chosen_voices

PAGE = (
    "Council votes on bridge\n\nThe mayor said that the bridge would be built. “We start in May,” she added.\n\n"
    "Critics warned of the cost. The council met at noon.\n\nRelated Articles\n\nFerry fares rise again\n\nNo ferry fares for pupils\n\n"
    "Share this article"
)
RIVER = "River rises again\n\nThe river rose over the town. Nobody was hurt when the river rose."


@pytest.fixture(scope="module")
def tables():
    return tables_of({"a": PAGE, "b": RIVER})


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        pytest.param("all", COUNTED, id="all leaves boilerplate out"),
        pytest.param("quoted, author", ("author", "quoted"), id="some, in one order whatever theirs"),
        pytest.param("author,author", ("author",), id="each once"),
        pytest.param("all,boilerplate", (*COUNTED, "boilerplate"), id="all and what was set aside"),
    ],
)
def test_voices_are_chosen(setting, expected):
    assert chosen_voices(setting) == expected


@pytest.mark.parametrize("setting", ["", "editor", "author,", "Author"])
def test_what_is_no_voice_is_named(setting):
    with pytest.raises(InputError, match="voices accepts all, author"):
        chosen_voices(setting)


def test_every_word_of_the_page_has_one_voice(tables):
    counts = tables["term_counts"]
    words = counts[(counts["order"] == 1) & (counts["article_id"] == "a")].groupby("voice")["n"].sum().to_dict()
    assert words == {"author": 13, "headline": 4, "attributed": 8, "quoted": 4, "boilerplate": 14}
    assert sum(words.values()) == 43
    assert "author" not in set(tables["voices"]["voice"])  # whose is what no row covers


def test_the_words_of_sentences_and_those_set_aside_are_told_apart(tables):
    counts = tables["sentence_terms"][tables["sentence_terms"]["order"] == 1]
    aside = counts["voice"] == "boilerplate"
    assert (counts.loc[aside, "sentence"] < 0).all()
    assert (counts.loc[~aside, "sentence"] > 0).all()
    assert counts.loc[~aside, "n"].sum() == tables["sentences"]["n_words"].sum()


def test_what_was_set_aside_is_a_passage_for_each_region(tables):
    passages = removed_passages(tables["articles"], tables["regions"])
    assert passages["sentence"].tolist() == [-1, -2, -3, -4]
    text = tables["articles"]["text"].iloc[0]
    assert [text[row.start : row.end] for row in passages.itertuples()] == [
        "Related Articles",
        "Ferry fares rise again",
        "No ferry fares for pupils",
        "Share this article",
    ]


def test_boilerplate_counts_only_if_it_is_asked_for(tables):
    measures = {name: tables[name] for name in ("articles", "regions", "sentences", "voices", "sentence_terms")}
    assert "ferry" not in set(tables["keyness"]["term"])
    both = tables | compare(tables | measures, voices="all,boilerplate")
    row = both["keyness"].set_index(["group", "term"]).loc[("a", "ferry")]
    assert row["n"] == 2
    assert both["detectable"].set_index("group").loc["a", "n_words"] == 43
    found = occurrences(both, "ferry", {"voices": "all,boilerplate"})
    assert found["voice"].tolist() == ["boilerplate", "boilerplate"]
    assert occurrences(both, "ferry", {"voices": "all"}).empty


def test_the_authors_own_words_stand_beside_those_of_all_voices(tables):
    every, author = (tables[name].set_index(["group", "term"])["n"] for name in ("keyness", "keyness_author"))
    assert every["a", "bridge"] == 2
    assert ("a", "bridge") not in author.index
    assert author["a", "mayor"] == 1
    assert tables["detectable_author"]["n_words"].tolist() == [13, 13]


@pytest.mark.parametrize("view", [show_common_terms, show_phrases], ids=lambda view: view.__name__)
def test_a_table_of_terms_has_the_same_switch(tables, view):
    assert "ferry fares" not in view(tables, voices="all").text.lower()
    assert view(tables, voices="author").text != view(tables, voices="all,boilerplate").text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("قال الوزير إن الجسر آمن", ["language"], id="few words in another script"),
        pytest.param("Мост открыт Bridge open now", [], id="most words in Latin script"),
        pytest.param("12 34.", [], id="no words"),
    ],
)
def test_a_short_text_in_another_script_is_not_english(text, expected):
    articles = make_articles({"a": text})
    sentences = find_sentences(articles, REGIONS.frame())
    assert language_notes(articles, sentences)["subject"].tolist() == expected
