"""How the measures fit together: an article is measured by itself, and every count is conserved on its way."""

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corrections import no_corrections
from analysis.inputs.files import InputError
from analysis.measures import MEASURED, measure, measure_in_parts, measure_otherwise, measure_passages
from analysis.pipeline import choose_article, compare
from analysis.tables import TABLES

COUNCIL = "Council votes on bridge\n\nThe mayor said that the bridge would be built. “We start in May,” she added.\n\nCritics warned of the cost."
RIVER = "River rises again\n\nThe river rose, according to the water board. Nobody was hurt.\n\n- Two roads are closed.\n- The ferry stopped."
FRENCH = "Le président a quitté la capitale dimanche soir après une visite officielle marquée par des tensions. " * 4
DECLARED = {table.name: table for table in TABLES}


def named(tables, name):
    return {key: frame[frame["article_id"] == name].reset_index(drop=True) for key, frame in tables.items()}


def test_together_is_each_and_stacked():
    texts = {"a": COUNCIL, "b": RIVER, "c": FRENCH}
    together = measure(make_articles(texts))
    for name, text in texts.items():
        alone = measure(make_articles({name: text}))
        for key in MEASURED:
            pd.testing.assert_frame_equal(named(together, name)[key], alone[key])


def test_parts_are_the_whole(monkeypatch):
    monkeypatch.setattr("analysis.measures.PART", 2)
    texts = {name: COUNCIL.replace("bridge", name) for name in ("a", "b", "c", "d", "e")}
    articles = make_articles(texts | {"b": FRENCH, "e": FRENCH})
    whole, parts = measure(articles), measure_in_parts(articles)
    for key in MEASURED:
        pd.testing.assert_frame_equal(whole[key], parts[key])


def test_every_table_is_what_its_schema_says(seeds):
    for name, frame in seeds.items():
        DECLARED[name].check(frame)


WORDS = st.sampled_from(
    ["Iran", "the", "said", "“yes”", "he", "U.S.", "12", "Related Articles", "\n", "\n\n- ", ". ", "? "]
)


@pytest.mark.slow
@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.lists(WORDS, max_size=40))
def test_terms_of_one_word_sum_to_the_words_of_the_sentences(parts):
    tables = measure(make_articles({"a": " ".join(parts)}))
    counts = tables["term_counts"]
    words = counts.loc[(counts["order"] == 1) & (counts["voice"] != "boilerplate"), "n"].sum()
    assert words == tables["sentences"]["n_words"].sum()


@pytest.mark.slow
@settings(max_examples=40, derandomize=True, deadline=None)
@given(st.text(max_size=120))
def test_any_text_is_measured_and_every_span_is_inside(text):
    tables = measure(make_articles({"a": text}))
    for name in ("regions", "sentences", "voices", "spans"):
        frame = tables[name]
        assert ((frame["start"] >= 0) & (frame["start"] < frame["end"]) & (frame["end"] <= len(text))).all()
    for name in MEASURED:
        DECLARED[name].check(tables[name])


def test_spans_are_verbatim(seeds):
    texts = seeds["articles"].set_index("article_id")["text"]
    parts = seeds["spans"].merge(seeds["attributions"], on=["article_id", "attribution"])
    for row in parts.to_dict("records"):
        assert texts[row["article_id"]][row["start"] : row["end"]] in row[row["role"]]


def test_the_seeds_are_read_as_a_careful_reader_reads_them(seeds):
    coverage = seeds["coverage"].set_index("group")
    assert coverage["n_removed"].tolist() == [244, 29]
    assert abs(coverage["n_sentences"].iloc[0] - 31) <= 1
    assert abs(coverage["n_sentences"].iloc[1] - 33) <= 2
    texts = seeds["articles"].set_index("article_id")["text"]
    sentences = [texts[row.article_id][row.start : row.end] for row in seeds["sentences"].itertuples()]
    assert sum("According to\nBrightU.AI's Enoch, Israel used" in sentence for sentence in sentences) == 1
    for name, body in zip(texts.index, (911, 764 + 5), strict=True):
        regions = seeds["regions"][
            (seeds["regions"]["article_id"] == name) & seeds["regions"]["kind"].isin(["title", "boilerplate"])
        ]
        masked = sum(len(texts[name][row.start : row.end].split()) for row in regions.itertuples())
        assert abs(len(texts[name].split()) - masked - body) <= 0.02 * body


def test_with_cleaning_off_nothing_is_set_aside():
    text = COUNCIL + "\n\nShare this article\n"
    assert (measure(make_articles({"a": text}))["regions"]["kind"] == "boilerplate").any()
    assert not (measure(make_articles({"a": text}), clean="off")["regions"]["kind"] == "boilerplate").any()


def test_voices():
    tables = measure(make_articles({"a": COUNCIL}))
    voices = tables["term_counts"][tables["term_counts"]["order"] == 1].set_index("term")["voice"]
    assert voices["votes"] == "headline"
    assert voices["mayor"] == "author"
    assert voices["built"] == "attributed"
    assert voices["start"] == "quoted"


def test_without_attribution_attributed_text_is_the_authors():
    tables = measure(make_articles({"a": COUNCIL}), attribution="none")
    assert tables["attributions"].empty
    assert set(tables["voices"]["voice"]) == {"headline", "quoted"}


def test_a_text_that_is_not_english_is_noted_and_its_english_measures_withheld():
    tables = measure(make_articles({"a": FRENCH, "b": COUNCIL * 3}))
    assert tables["notes"].loc[tables["notes"]["subject"] == "language", "article_id"].tolist() == ["a"]
    assert tables["readability"].set_index("article_id")["lix"].isna().tolist() == [True, True]
    assert set(tables["attributions"]["article_id"]) == {"b"}
    assert "président" in set(tables["term_counts"]["term"])


@pytest.mark.parametrize(
    ("text", "noted"),
    [
        pytest.param(COUNCIL * 3 + "\n\n" + FRENCH, True, id="a French paragraph in an English text"),
        pytest.param(COUNCIL * 3 + "\n\nLe président a quitté la capitale dimanche.", False, id="a French sentence"),
        pytest.param(COUNCIL * 3, False, id="all English"),
        pytest.param(FRENCH + "\n\n" + FRENCH, False, id="all French is noted otherwise"),
    ],
)
def test_a_text_in_two_languages_is_noted(text, noted):
    notes = measure(make_articles({"a": text}))["notes"]
    assert ("languages" in set(notes["subject"])) == noted


def test_a_given_title_stays_and_a_missing_one_is_found():
    titles = measure(make_articles({"a": COUNCIL, "b": RIVER}, title=["Given", None]))["articles"]["title"]
    assert titles.tolist() == ["Given", "River rises again"]


def test_an_article_doubled_has_the_same_rates():
    body = COUNCIL.split("\n\n", 1)[1]
    once, twice = (
        compare(measure(make_articles({"a": text, "b": RIVER})))["keyness"] for text in (body, f"{body}\n\n{body}")
    )
    rates = [frame[frame["group"] == "a"].set_index("term")["rate"].sort_index() for frame in (once, twice)]
    pd.testing.assert_series_equal(*rates)


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        pytest.param(
            "voices",
            "author, editor",
            "voices accepts all, author, headline, attributed, quoted, boilerplate, joined by commas; found 'editor'",
            id="voice",
        ),
        pytest.param("stop_words", "some", "stop_words accepts in, out; found 'some'", id="stop words"),
        pytest.param("group_by", "colour", "colour", id="column"),
    ],
)
def test_a_setting_that_is_not_accepted_is_named(setting, value, message):
    with pytest.raises(InputError, match=message):
        compare(measure(make_articles({"a": COUNCIL, "b": RIVER})), **{setting: value})


@pytest.mark.parametrize(("setting", "value"), [("seed", -1), ("min_count", 0)])
def test_a_number_out_of_range_is_named(setting, value):
    with pytest.raises(InputError, match=f"found .*{value}"):
        compare(measure(make_articles({"a": COUNCIL, "b": RIVER})), **{setting: value})


@pytest.mark.parametrize(("setting", "value"), [("clean", "on,off"), ("clean", "maybe"), ("attribution", "magic")])
def test_a_measure_setting_that_is_not_accepted_is_named(setting, value):
    with pytest.raises(InputError, match=f"{setting} accepts .*; found '{value}'"):
        measure(make_articles({"a": COUNCIL}), **{setting: value})


def test_an_article_is_chosen_by_its_id_or_the_first():
    articles = make_articles({"a": COUNCIL, "b": RIVER})
    assert choose_article(articles, "b")["article_id"].tolist() == ["b"]
    assert choose_article(articles)["article_id"].tolist() == ["a"]
    with pytest.raises(InputError, match="no article has the id 'c'; there are a, b"):
        choose_article(articles, "c")


@pytest.mark.parametrize("clean", [("on", "off"), ("off", "on")])
def test_the_other_choice_of_cleaning_is_what_measuring_with_it_gives(clean):
    first, other = clean
    removed = f"Read more: {RIVER.splitlines()[0]}\n\n{COUNCIL}\n\nAll rights reserved."
    articles = make_articles({"a": COUNCIL, "b": removed, "c": RIVER})
    known = measure(articles, clean=first)
    found = measure_otherwise(articles, known, clean=other, corrections=no_corrections())
    whole = measure_passages(articles, clean=other)
    assert len(whole["sentences"]) != len(known["sentences"])
    for name in ("sentences", "sentence_terms"):
        pd.testing.assert_frame_equal(found[name], whole[name])


def test_where_both_choices_of_cleaning_find_the_same_nothing_is_measured_again(monkeypatch):
    articles = make_articles({"a": COUNCIL, "b": RIVER})
    known = measure(articles)
    monkeypatch.setattr("analysis.measures.measure_passages", None)
    assert measure_otherwise(articles, known, clean="off", corrections=no_corrections()) is known
