"""Excerpts: what claims cite stays verbatim and in place, and nothing gives the rest away."""

import hashlib
import json

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from leaks import find_leaks, readable, written_texts

from analysis.claims.claim import Claim, Quotation
from analysis.excerpts import keep_excerpts
from analysis.findings import find_claims, write_claims, write_summary
from analysis.measures import measure
from analysis.pipeline import compare, run_settings
from analysis.show import views
from analysis.show.corrections import show_corrections
from analysis.show.shown import show_claims
from analysis.show.terms import show_terms
from analysis.show.texts import show_articles
from analysis.store import save_table
from analysis.tables import CONCORDANCE, CORRECTIONS, SOURCES
from analysis.withheld import (
    PLACEHOLDER,
    cited_sentences,
    is_withheld,
    runs_of,
    uncited_runs,
)

pytestmark = pytest.mark.slow

SETTINGS = {
    "sources": "", "group_by": "", "voices": "all", "clean": "on", "attribution": "rules", "stop_words": "out",
    "min_count": 3, "unit": "sentence", "seed": 1, "aliases": "", "wording": "", "corrections": "",
}  # fmt: skip
TEXTS = {
    "g": "Ferry sails\n\nAnn Lee said the ferry sails again today on the grey old river.\nIt rained.\n\nShare this\n",
    "c": "Nothing moved on the cold grey river that day.\n\nThe port was closed, the mayor said.",
}


@pytest.fixture(scope="module")
def small():
    """Two short articles, measured once."""
    return measure(make_articles(TEXTS))


def cite(*spans, quotes=()):
    """A claim that cites these stretches of TEXTS, given as article_id and words."""
    places = [(name, TEXTS[name].index(words), TEXTS[name].index(words) + len(words)) for name, words in spans]
    parts = {
        f"q{n}": Quotation(words, *place)
        for n, (place, (_, words)) in enumerate(zip(places, spans, strict=True))
        if words in quotes
    }
    return Claim("t-1", "T", "test", "Said.", parts, spans=tuple(places))


def blank(text, *kept):
    """`text` as it should be cut, but for some stretches."""
    cut = [character if character in "\r\n" else PLACEHOLDER for character in text]
    for words in kept:
        start = text.index(words)
        cut[start : start + len(words)] = words
    return "".join(cut)


LONG = "Ann Lee said the ferry sails again today on the grey old river."


class TestTexts:
    @pytest.mark.parametrize(
        ("claims", "g", "c"),
        [
            pytest.param([], [], [], id="no claim leaves nothing"),
            pytest.param([cite(("g", "rained"))], ["It rained."], [], id="a stretch cites its whole sentence"),
            pytest.param([cite(("g", "river.\nIt"))], [LONG, "It rained."], [], id="a stretch over two sentences cites both"),
            pytest.param([cite(("g", "Ferry sails"))], ["Ferry sails"], [], id="a headline that is cited stays"),
            pytest.param([cite(("g", "today"), ("c", "mayor"))], [LONG], ["The port was closed, the mayor said."], id="each text on its own"),
            pytest.param([cite(("g", "Ferry sails\n\n" + LONG + "\nIt rained."))], [], [], id="the whole text cites no sentence"),
            pytest.param([cite(("g", "Share this"))], [], [], id="boilerplate is no sentence"),
        ],
    )  # fmt: skip
    def test_only_cited_sentences_stay(self, small, claims, g, c):
        cut = keep_excerpts(small, claims)["articles"]
        assert cut["text"].tolist() == [blank(TEXTS["g"], *g), blank(TEXTS["c"], *c)]

    def test_what_is_quoted_stays_though_it_is_the_whole_text(self):
        tables = measure(make_articles({"a": "One sentence only, and short."}))
        claim = Claim(
            "t-1",
            "T",
            "test",
            "{q}",
            {"q": Quotation("One sentence only, and short.", "a", 0, 29)},
            spans=(("a", 0, 29),),
        )
        assert keep_excerpts(tables, [claim])["articles"]["text"].tolist() == ["One sentence only, and short."]

    def test_a_claim_that_counts_many_passages_may_be_said_to_cite_none(self, small):
        many = cite(("g", "Ferry sails"), ("g", "today"), ("g", "rained"), ("c", "mayor"))
        assert [len(cited_sentences(small, [many], most)) for most in (None, 3, 2)] == [4, 4, 1]

    def test_positions_and_the_hash_of_the_whole_stay(self, small):
        cut = keep_excerpts(small, [cite(("g", "rained"))])
        assert cut["articles"]["text"].str.len().tolist() == [len(text) for text in TEXTS.values()]
        assert cut["articles"]["text_sha256"].tolist() == [
            hashlib.sha256(t.encode()).hexdigest() for t in TEXTS.values()
        ]
        assert cut["sentences"].equals(small["sentences"])
        assert cut["spans"].equals(small["spans"])

    def test_the_tables_given_are_left_as_they_are(self, small):
        before = {name: table.copy() for name, table in small.items()}
        keep_excerpts(small, [cite(("g", "rained"))])
        assert all(small[name].equals(before[name]) for name in before)

    @pytest.mark.parametrize(
        ("stretch", "expected"),
        [("███", True), ("██\n█ █", True), ("█ a", False), ("", False), (" ", False), ("word", False)],
    )
    def test_what_was_kept_out_is_known_by_its_placeholder(self, stretch, expected):
        assert is_withheld(stretch) is expected


class TestTables:
    def test_contents_outside_cited_sentences_go_and_names_stay(self, small):
        attributions = keep_excerpts(small, [cite(("c", "mayor"))])["attributions"].set_index("article_id")
        assert attributions.loc["c", ["source", "cue", "content"]].tolist() == [
            "the mayor",
            "said",
            "The port was closed",
        ]
        assert attributions.loc["g", ["cue", "content"]].tolist() == ["said", PLACEHOLDER]

    def test_of_a_long_source_the_first_words_stay_and_like_ones_are_one(self, small):
        given = SOURCES.frame({
            **{name: [None, None, None] for name in SOURCES.names},
            "group": ["g"] * 3, "source_type": ["group"] * 3, "n": [2, 1, 1],
            "n_sure": [1, 1, 0], "n_words": [9, 8, 7],
            "source": ["sails again today on the grey old", "sails again today on the grey", "Bo Ray"],
            **{name: [0, 0, 0] for name in ("start", "end", "sentence") if name in SOURCES.names},
        })  # fmt: skip
        cut = keep_excerpts({**small, "sources": given}, [])["sources"]
        assert cut[["source", "n", "n_sure", "n_words"]].to_numpy().tolist() == [
            [f"sails again today on {PLACEHOLDER}", 3, 2, 17],
            ["Bo Ray", 1, 0, 7],
        ]

    def test_terms_tell_nothing_of_their_order(self, small):
        cut = keep_excerpts(small, [])["term_counts"]
        assert set(cut.loc[cut["order"] > 1, "term"]) <= {"ferry sails", "the port"}
        for _, own in cut.groupby("article_id"):
            assert own["term"].is_monotonic_increasing
        cut = cut[cut["order"] == 1]
        ones = small["term_counts"][small["term_counts"]["order"] == 1]
        key = ["article_id", "term", "voice"]
        assert cut.sort_values(key, ignore_index=True).equals(ones.sort_values(key, ignore_index=True))

    def test_a_phrase_used_twice_stays(self):
        tables = measure(make_articles({"a": "Cold rivers rise. Old men wait. Cold rivers rise."}))
        counts = keep_excerpts(tables, [])["term_counts"]
        assert counts.loc[counts["order"] > 1, "term"].tolist() == ["cold rivers", "cold rivers rise", "rivers rise"]

    def test_phrases_that_together_give_a_sentence_away_go(self):
        twice = "Cold grey rivers rise and old men wait. " * 2 + "Cold rain fell. Cold rain fell."
        counts = keep_excerpts(measure(make_articles({"a": twice})), [])["term_counts"]
        assert counts.loc[counts["order"] > 1, "term"].tolist() == ["cold rain", "cold rain fell", "rain fell"]

    def test_places_of_words_outside_cited_sentences_go(self, small):
        forms = keep_excerpts({**small, **compare(small)}, [cite(("g", "rained"))])["surface_forms"]
        own = forms[forms["group"] == "g"].set_index("term")[["start", "end"]]
        assert (own.drop(["it", "rained", "it rained"], errors="ignore") == 0).all(axis=None)
        assert own.index.is_monotonic_increasing
        start, end = own.loc["rained"]
        assert TEXTS["g"][start:end] == "rained"

    def test_uses_outside_cited_sentences_go(self, small):
        uses = CONCORDANCE.frame(
            [
                ("g", 3, "author", TEXTS["g"].index("rained"), TEXTS["g"].index("rained") + 6, "rained"),
                ("g", 2, "author", 13, 16, "The"),
            ]
        )
        cut = keep_excerpts({**small, "concordance": uses}, [cite(("g", "rained"))])["concordance"]
        assert cut["surface"].tolist() == ["rained"]

    @pytest.mark.parametrize(
        ("cell", "kept"),
        [
            pytest.param("the ferry sails again", True, id="four words"),
            pytest.param("The ferry – sails again, TODAY", False, id="five words in a row, whatever stands between"),
            pytest.param("… today on the grey old …", False, id="from the middle of a sentence"),
            pytest.param("It rained on the ferry and", True, id="five words that stand nowhere in a row"),
            pytest.param("Nothing moved on the cold grey river", True, id="words of a sentence that is cited"),
        ],
    )
    def test_a_cell_of_any_table_that_gives_a_sentence_away_is_kept_out(self, small, cell, kept):
        other = pd.DataFrame({"group": [cell], "n": [1], "what": pd.Series([cell], dtype="str"), "none": [None]})
        cut = keep_excerpts({**small, "other": other}, [cite(("c", "cold grey"))])["other"]
        assert cut["what"].tolist() == [cell if kept else PLACEHOLDER]
        assert cut["group"].tolist() == [cell]

    @pytest.mark.parametrize("places", [(0, 9), (9, 0)], ids=["in the order of the text", "as they stand"])
    def test_short_cells_that_are_a_sentence_together_are_kept_out(self, small, places):
        cells = pd.Series(["sails again today", "on the grey"], dtype="str")
        other = pd.DataFrame({"article_id": "g", "start": places, "end": 99, "surface": cells})
        cut = keep_excerpts({**small, "other": other}, [])["other"]
        assert cut["surface"].tolist() == ["sails again today", PLACEHOLDER]

    def test_source_cue_and_content_give_nothing_away_together(self):
        tables = measure(make_articles({"a": "The old port mayor said it was late."}))
        row = keep_excerpts(tables, [])["attributions"].iloc[0]
        assert row[["source", "cue", "content"]].tolist() == ["The old port mayor", PLACEHOLDER, PLACEHOLDER]

    def test_a_title_that_only_an_uncited_sentence_gives_goes(self, small):
        titles = [keep_excerpts(small, claims)["articles"]["title"].iloc[0] for claims in ([], [cite(("g", "Ferry"))])]
        assert titles == [PLACEHOLDER, "Ferry sails"]

    def test_terms_by_sentence_are_not_given(self, small):
        assert set(small) - set(keep_excerpts(small, [])) == {"sentence_terms"}


class TestChecker:
    def test_runs_of_words(self):
        assert runs_of("The “ferry” sails; again 8 today, Ann’s", 5) == {
            ("the", "ferry", "sails", "again", "today"), ("ferry", "sails", "again", "today", "ann"),
        }  # fmt: skip
        assert runs_of("four words are none", 5) == set()

    def test_what_a_cited_sentence_says_too_gives_nothing_away(self):
        tables = measure(
            make_articles({"a": "The cold grey river rose today. He waited.", "b": "The cold grey river rose again."})
        )
        cited = cited_sentences(tables, [Claim("t", "T", "t", "T.", {}, spans=(("a", 4, 8),))])
        assert uncited_runs(tables, cited) == {("cold", "grey", "river", "rose", "again")}

    @pytest.mark.parametrize(
        ("text", "n"),
        [
            pytest.param("Iran, Iraq, Syria, Yemen, Lebanon.", 0, id="names one after the other are none"),
            pytest.param("Iran, Iraq, Syria, Yemen, they say.", 2, id="a run with one other word is one"),
        ],
    )
    def test_a_run_that_names_fill(self, text, n):
        tables = measure(make_articles({"a": text}))
        assert len(uncited_runs(tables, cited_sentences(tables, []))) == n

    def test_it_finds_what_the_full_tables_give_away(self, small):
        runs = uncited_runs(small, cited_sentences(small, []))
        leaking = {name.split(".")[0] for name, _ in find_leaks(readable({**small, **compare(small)}), runs)}
        assert {"articles", "attributions", "sentence_terms", "term_counts"} <= leaking

    @pytest.mark.parametrize(
        ("name", "content"),
        [
            pytest.param("a.md", "He wrote: *nothing moved* on the cold grey river.", id="Markdown"),
            pytest.param("a.html", "<p>Nothing <b>mov</b>ed on the</p> <p>cold grey</p>", id="a page, a word with tags in it"),
            pytest.param("a.html", "<p>Nothing</p><p>moved on</p><p>the</p><p>cold grey</p>", id="a page, words with tags between"),
            pytest.param("a.svg", '<svg aria-label="nothing moved on the cold grey">', id="a picture's description"),
            pytest.param("a.ipynb", json.dumps({"cells": [{"outputs": ["nothing moved ", "on the cold grey"]}]}), id="a notebook, over two lines"),
            pytest.param("deep/a.csv", "n,term\r\n1,nothing\r\n2,moved\r\n3,on\r\n4,the\r\n5,cold\r\n", id="a column, read downwards"),
            pytest.param("a.jsonl", '{"x": "Nothing moved on the cold"}\n', id="lines of JSON"),
        ],
    )  # fmt: skip
    def test_it_reads_every_kind_of_file(self, small, tmp_path, name, content):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
        assert find_leaks(written_texts(tmp_path), uncited_runs(small, cited_sentences(small, [])))

    def test_it_reads_tables(self, small, tmp_path):
        save_table(tmp_path, "articles", small["articles"])
        found = find_leaks(written_texts(tmp_path), uncited_runs(small, cited_sentences(small, [])))
        assert {name.split(".text")[0] for name, _ in found} == {"articles.csv", "articles.parquet"}


SHOWN = [
    show_articles, show_corrections, views.show_attributions, views.show_headlines, views.show_notes, views.show_phrases,
    views.show_readability, views.show_removed, views.show_sources, show_terms,
]  # fmt: skip


@pytest.fixture(scope="module")
def excerpts(seeds):
    """The seeds' tables, claims, and both cut to excerpts."""
    tables = {"corrections": CORRECTIONS.frame(), **seeds}
    claims = find_claims(tables, run_settings(**SETTINGS))
    return tables, claims, keep_excerpts(tables, claims), uncited_runs(tables, cited_sentences(tables, claims))


class TestSeeds:
    def test_something_is_kept_out_and_something_stays(self, excerpts):
        tables, claims, _, runs = excerpts
        assert len(runs) > 100
        assert 0 < len(cited_sentences(tables, claims)) < len(tables["sentences"])

    def test_no_table_gives_an_uncited_sentence_away(self, excerpts, tmp_path):
        _, _, cut, runs = excerpts
        assert find_leaks(readable(cut), runs) == []
        for name, table in cut.items():
            save_table(tmp_path, name, table)
        assert find_leaks(written_texts(tmp_path), runs) == []

    @pytest.mark.parametrize("show", SHOWN, ids=lambda show: show.__name__)
    def test_no_view_gives_an_uncited_sentence_away(self, excerpts, tmp_path, show):
        _, claims, cut, runs = excerpts
        shown = show(cut, claims) if show is show_articles else show(cut)
        (tmp_path / "a.html").write_text(shown.html, encoding="utf-8")
        (tmp_path / "a.txt").write_text(shown.text, encoding="utf-8")
        assert find_leaks(written_texts(tmp_path), runs) == []

    def test_the_checker_sees_what_the_views_show_of_full_texts(self, excerpts, tmp_path):
        tables, claims, _, runs = excerpts
        (tmp_path / "a.html").write_text(show_articles(tables, claims).html, encoding="utf-8")
        assert len({words for _, words in find_leaks(written_texts(tmp_path), runs)}) > 100

    def test_the_summary_and_its_links_are_the_same(self, excerpts, tmp_path):
        tables, claims, cut, runs = excerpts
        assert show_claims(claims, cut) == show_claims(claims, tables)
        (tmp_path / "summary.md").write_text(write_summary(claims), encoding="utf-8")
        (tmp_path / "claims.json").write_text(write_claims(claims, tables), encoding="utf-8")
        assert find_leaks(written_texts(tmp_path), runs) == []

    def test_each_quotation_is_verbatim_in_the_cut_texts(self, excerpts):
        _, claims, cut, _ = excerpts
        texts = cut["articles"].set_index("article_id")["text"]
        quotations = [part for claim in claims for part in claim.parts.values() if isinstance(part, Quotation)]
        assert quotations
        assert all(texts[part.article_id][part.start : part.end] == part.value for part in quotations)

    def test_phrases_are_shown_as_of_the_full_tables(self, excerpts):
        tables, _, cut, _ = excerpts
        assert views.show_phrases(cut) == views.show_phrases(tables)

    def test_a_text_shows_what_was_kept_out_by_its_length(self, excerpts):
        tables, claims, cut, _ = excerpts
        html = show_articles(cut, claims).html
        n = len(tables["sentences"]) - len(cited_sentences(tables, claims))
        removed = (tables["regions"]["kind"] == "boilerplate").sum()
        assert html.count('<span class="withheld">[not shown: ') == n
        assert html.count('<span class="withheld">[not shown]') == removed
        assert PLACEHOLDER not in html

    def test_everything_is_cut_the_same_again(self, excerpts):
        tables, claims, cut, _ = excerpts
        again = keep_excerpts(tables, claims)
        assert all(again[name].equals(cut[name]) for name in cut)


WORDS = st.lists(
    st.sampled_from(["rivers", "rise", "and", "men", "wait", "cold", "old", "U.S.", "8"]), min_size=1, max_size=9
)


@pytest.mark.slow
@settings(max_examples=15, deadline=None)
@given(st.lists(WORDS, min_size=1, max_size=5), st.data())
def test_whatever_is_cited_the_rest_is_kept_out(sentences, data):
    text = " ".join(" ".join(words).capitalize() + "." for words in sentences)
    articles = make_articles({"a": text})
    tables = measure(articles)
    start = data.draw(st.integers(0, len(text) - 1))
    claim = Claim("t", "T", "t", "T.", {}, spans=(("a", start, start + 1),))
    cut = keep_excerpts(tables, [claim])
    runs = uncited_runs(tables, cited_sentences(tables, [claim]))
    terms = cut.pop("term_counts")["term"]  # so few words may stand in a row by name alone
    assert find_leaks(readable(cut), runs) == []
    assert find_leaks(dict(zip(terms, terms, strict=True)), runs) == []
    [after] = cut["articles"]["text"]
    assert all(b in (a, PLACEHOLDER) for a, b in zip(text, after, strict=True))
