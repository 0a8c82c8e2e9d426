"""What articles share: aligned sentences, numbers that agree or differ, runs of words, actors in one only."""

import csv

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given, settings
from hypothesis import strategies as st
from overlap_material import FOLDER, TEXTS, compared, make_labels, pair, said

from analysis.claims.overlap import overlap_findings
from analysis.corpus import read_corpus
from analysis.measures import measure
from analysis.overlap import compare_overlap, withheld
from analysis.overlap.actors import actors_in_one
from analysis.overlap.align import align_sentences
from analysis.overlap.pairs import pair_facts
from analysis.overlap.runs import find_overlap
from analysis.paths import PROJECT
from analysis.quotes import pair_quotes
from analysis.show.overlap import show_actors, show_aligned, show_shared
from analysis.tables import (
    ACTORS_ONLY,
    ALIGNED,
    EVENT_CHECK,
    EVENT_EVIDENCE,
    FACT_PAIRS,
    FACTS,
    LABELS,
    NOTES,
    OVERLAP,
    SENTENCES,
    SHARED_RUNS,
    VOICES,
)
from analysis.text import split_words

#: On the agency story the threshold was chosen; on the others it was only tried.
CHOSEN_ON = [("wire", "rewrite_close"), ("wire", "rewrite_free"), ("rewrite_close", "rewrite_free")]
TRIED_ON = [("report_1", "report_2"), ("fire_1", "fire_2")]
UNRELATED = [
    ("library", "harvest"),
    ("wire", "library"),
    ("wire", "report_1"),
    ("fire_1", "wire"),
    ("harvest", "report_2"),
]
TABLES = (FACTS, ALIGNED, FACT_PAIRS, SHARED_RUNS, OVERLAP, ACTORS_ONLY, EVENT_CHECK, EVENT_EVIDENCE)


def aligned(one, other):
    """The aligned sentences of two texts of the folder, by their first words."""
    tables = pair(one, other)
    texts = {
        (row.article_id, row.sentence): TEXTS[row.article_id][row.start : row.end]
        for row in tables["sentences"].itertuples()
    }
    return {
        (texts[row.article_id, row.sentence], texts[row.other_id, row.other_sentence])
        for row in tables["aligned"].itertuples()
    }


def expected(one, other):
    with (FOLDER / "aligned.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if (row["article_id"], row["other_id"]) == (one, other)]
    return [(row["opening"], row["other_opening"]) for row in rows]


def score(pairs):
    """Right, found and expected pairs of sentences."""
    right = found = wanted = 0
    for names in pairs:
        openings, got = expected(*names), aligned(*names)
        hits = [o for o in openings if any(a.startswith(o[0]) and b.startswith(o[1]) for a, b in got)]
        right, found, wanted = right + len(hits), found + len(got), wanted + len(openings)
    return right, found, wanted


@pytest.mark.parametrize(
    ("pairs", "precision", "recall"),
    [
        pytest.param(CHOSEN_ON, 24 / 26, 24 / 27, id="an agency story and its rewrites"),
        pytest.param(TRIED_ON, 9 / 12, 9 / 13, id="independent reports, and two fires with like sentences"),
    ],
)
def test_alignment_against_pairs_listed_by_hand(pairs, precision, recall):
    right, found, wanted = score(pairs)
    assert right / found >= precision
    assert right / wanted >= recall


@pytest.mark.parametrize("names", UNRELATED, ids=" and ".join)
def test_sentences_of_unlike_articles_are_not_aligned(names):
    assert not aligned(*names)


def lines(**texts):
    """Articles whose lines are sentences, each a paragraph of its own."""
    articles = make_articles({name: "\n\n".join(own) for name, own in texts.items()})
    measures = measure(articles, clean="off")
    return measures["articles"], measures["sentences"].assign(kind="sentence"), measures["voices"]


def numbered(**texts):
    articles, sentences, _ = lines(**texts)
    found = align_sentences(articles, sentences)
    ALIGNED.check(found)
    return list(zip(found["sentence"], found["other_sentence"], strict=True))


FILL = ["Rain fell on the coast.", "Snow closed every mountain pass."]


@pytest.mark.parametrize(
    ("one", "other", "pairs"),
    [
        pytest.param(["The mayor opened the new bridge.", *FILL], ["Yesterday the mayor opened a bridge.", "Cows grazed quietly."], [(1, 1)], id="most words shared"),
        pytest.param(["The mayor spoke at length about taxes.", *FILL], ["The mayor slept.", "Cows grazed quietly."], [], id="one shared word is not enough"),
        pytest.param(["In 2021, 23 of 40 fell.", *FILL], ["In 2021, 23 of 40 rose.", "Cows grazed."], [], id="numbers do not align"),
        pytest.param(["It was and they were.", *FILL], ["It was and they were.", "Cows grazed."], [], id="stop words do not align"),
        pytest.param(["Bridge opened today.", "Rain.", "Bridge opened today."], ["Bridge opened today.", "Snow.", "Bridge opened today."], [(1, 1), (3, 3)], id="equal sentences at like places"),
        pytest.param(["Bridge opened today.", "Rain.", "Snow.", "Bridge opened today."], ["Hail.", "Fog.", "Wind.", "Bridge opened today."], [(4, 4)], id="of equal sentences the one at a like place"),
        pytest.param(["Bridge opened today.", "Bridge opened today."], ["Bridge opened today.", "Cows grazed."], [(1, 1)], id="each sentence once"),
        pytest.param([], ["Bridge opened today."], [], id="an empty article"),
        pytest.param(["…"], ["…"], [], id="no words at all"),
    ],
)  # fmt: skip
def test_which_sentences_are_aligned(one, other, pairs):
    assert numbered(a=one, b=other) == pairs


def fact_pairs(one, other):
    """Relation, value and other value of the facts of two sentences that are taken for aligned."""
    articles, sentences, _ = lines(a=[one], b=[other])
    sentences = sentences.assign(start=0, end=[len(one), len(other)]).drop_duplicates("article_id")
    from analysis.overlap.facts import find_facts

    found = pair_facts(find_facts(articles, sentences), ALIGNED.frame([("a", "b", 1, 1, 1.0, 9)]))
    FACT_PAIRS.check(found)
    return [(row.relation, row.value, row.other_value) for row in found.itertuples()]


@pytest.mark.parametrize(
    ("one", "other", "relations"),
    [
        pytest.param("It hurt 23 people.", "It hurt twenty-three people.", [("agrees", "23", "23")], id="digits and words"),
        pytest.param("It hurt 23 people.", "It hurt 24 people.", [("differs", "23", "24")], id="another value"),
        pytest.param("It hurt 23 people.", "It hurt 24 sheep and cows.", [], id="another unit is not compared"),
        pytest.param("It hurt 23.", "It hurt 24.", [], id="what counts nothing is not said to differ"),
        pytest.param("It hurt 23.", "It hurt 23.", [("agrees", "23", "23")], id="but may agree"),
        pytest.param("It cost 3 million crowns.", "It cost 4 million crowns.", [("differs", "3000000", "4000000")], id="money"),
        pytest.param("It cost $3.", "It cost €4.", [], id="another currency is not compared"),
        pytest.param("It rose 3 per cent.", "It rose 4%.", [("differs", "3", "4")], id="per cent"),
        pytest.param("On March 4, 2025 it rose.", "On 4 March it rose.", [("agrees", "2025-03-04", "--03-04")], id="a date given in part"),
        pytest.param("On March 4 it rose.", "On March 5 it rose.", [("differs", "--03-04", "--03-05")], id="another day"),
        pytest.param("In 2021 it rose.", "On March 5 it rose.", [], id="dates with nothing in common are not compared"),
        pytest.param("On Monday it rose.", "On Tuesday it rose.", [("differs", "Monday", "Tuesday")], id="weekdays"),
        pytest.param("Today it rose.", "Today it rose.", [], id="today is not compared"),
        pytest.param("3 men and 4 men met 5 men.", "3 men met 9 men.", [("agrees", "3", "3")], id="two left on one side are not set against one"),
        pytest.param("3 men met 4 men.", "3 men met 9 men.", [("agrees", "3", "3"), ("differs", "4", "9")], id="one left on each side"),
    ],
)  # fmt: skip
def test_facts_that_agree_or_differ(one, other, relations):
    assert fact_pairs(one, other) == relations
    assert fact_pairs(other, one) == [(relation, b, a) for relation, a, b in relations]


def runs(one, other):
    articles, sentences, voices = lines(a=one, b=other)
    found, shares = find_overlap(articles, sentences, voices)
    SHARED_RUNS.check(found)
    OVERLAP.check(shares)
    texts = articles.set_index("article_id")["text"]
    return [
        (texts["a"][row.start : row.end], row.n_words, row.voice, row.other_voice) for row in found.itertuples()
    ], shares


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param(["one two three four five"], ["one two three four five"], [("one two three four five", 5, "prose", "prose")], id="five words"),
        pytest.param(["one two three four"], ["one two three four"], [], id="four are none"),
        pytest.param(["zero one two three four five six"], ["minus one two three four five seven"], [("one two three four five", 5, "prose", "prose")], id="as long as both go on alike"),
        pytest.param(["One two: three – four, five’s"], ["one two three four five"], [("One two: three – four, five’s", 5, "prose", "prose")], id="case, punctuation and possessives do not matter"),
        pytest.param(["killed 23 people in town"], ["killed 24 people in town"], [], id="numbers are words of a run"),
        pytest.param(["killed 23 people in town"], ["killed 23 people in town"], [("killed 23 people in town", 5, "prose", "prose")], id="the same number"),
        pytest.param(["one two three.", "four five six."], ["one two three.", "four five six."], [], id="a run ends with its sentence"),
        pytest.param(["one two three four five.", "six seven."], ["one two three four five.", "six seven."], [("one two three four five", 5, "prose", "prose")], id="and does not go on in the next"),
        pytest.param(["“one two three four five”"], ["“one two three four five”"], [("one two three four five", 5, "quoted", "quoted")], id="a shared quotation"),
        pytest.param(["“one two three four five”"], ["one two three four five"], [("one two three four five", 5, "quoted", "prose")], id="a quotation of one is the prose of the other"),
        pytest.param(["“one two three four five” six seven eight nine ten"], ["“one two three four five” six seven eight nine ten"], [("one two three four five", 5, "quoted", "quoted"), ("six seven eight nine ten", 5, "prose", "prose")], id="a run ends with the quotation"),
    ],
)  # fmt: skip
def test_shared_runs(one, other, expected):
    assert runs(one, other)[0] == expected


def test_containment_differs_by_direction_and_jaccard_does_not():
    _, shares = runs(["one two three four five six seven"], ["one two three four five"])
    prose = shares[shares["part"] == "prose"].set_index("article_id")
    assert prose.loc["a", ["n_shingles", "n_shared"]].tolist() == [3, 1]
    assert prose.loc["a", "containment"] == pytest.approx(1 / 3)
    assert prose.loc["b", "containment"] == 1
    assert prose["jaccard"].tolist() == pytest.approx([1 / 3, 1 / 3])


def test_quotations_count_apart_from_prose():
    one = ["“we must act now and together” he said to them all yesterday"]
    _, shares = runs(one, ["She wrote that “we must act now and together” in her letter to the town"])
    counts = shares[shares["article_id"] == "a"].set_index("part")
    assert counts.loc["quoted", "containment"] == 1
    assert counts.loc["prose", "containment"] == 0
    assert counts.loc["all", "n_shingles"] > counts.loc["quoted", "n_shingles"] + counts.loc["prose", "n_shingles"]


def test_a_text_without_runs_has_no_share():
    _, shares = runs(["Too short."], ["one two three four five"])
    assert shares.loc[shares["article_id"] == "a", "containment"].isna().all()
    assert shares.loc[shares["article_id"] == "b", "containment"].dropna().tolist() == [0, 0]


@pytest.mark.slow
def test_a_sentence_repeated_a_thousand_times_is_one_run():
    found, _ = runs(["one two three four five."] * 1000, ["one two three four five."] * 1000)
    assert len(found) == 1


def actors_only(one, other, by="listed"):
    articles, sentences, _ = lines(a=one, b=other)
    labels = make_labels(articles, sentences, by=by)
    found = actors_in_one(articles, sentences, labels)
    ACTORS_ONLY.check(found)
    return [(row.article_id, row.actor, row.n, row.n_words_searched) for row in found.itertuples()]


def test_actors_in_one_only_come_with_the_words_searched():
    found = actors_only(["Iran met Hamas.", "Hamas left."], ["Iran spoke."])
    assert found == [("a", "Hamas", 2, 2)]
    assert actors_only(["Iran spoke."], ["Iran met Hamas.", "Hamas left."]) == [("b", "Hamas", 2, 2)]


def test_an_actor_under_another_expression_is_found():
    articles, sentences, _ = lines(a=["Jerusalem spoke."], b=["The Jewish state spoke."])
    rest = ("capital", "x", "x", "listed", 0.0)
    labels = LABELS.frame([
        ("a", 0, 9, 1, "author", "Israel", "state", *rest),
        ("b", 4, 16, 1, "author", "Israel", "state", *rest),
    ])  # fmt: skip
    assert actors_in_one(articles, sentences, labels).empty


def test_a_name_that_a_label_missed_is_not_called_missing():
    articles, sentences, _ = lines(a=["Tobias Renholt spoke."], b=["A Renholt was there."])
    label = (
        "a",
        0,
        14,
        1,
        "author",
        "Tobias Renholt",
        "name",
        "name",
        "tobias renholt",
        "Tobias Renholt",
        "found",
        0.0,
    )
    assert actors_in_one(articles, sentences, LABELS.frame([label])).empty
    articles, sentences, _ = lines(a=["Tobias Renholt spoke."], b=["A renholt is a kind of ship."])
    assert len(actors_in_one(articles, sentences, LABELS.frame([label]))) == 1


# ---- properties of the whole


def swapped(frame, table):
    """A table of pairs with its sides exchanged, rows in a fixed order."""
    sides = {
        "article_id": "other_id",
        "sentence": "other_sentence",
        "start": "other_start",
        "end": "other_end",
        "value": "other_value",
        "voice": "other_voice",
    }
    there = (
        {here: there for here, there in sides.items() if there in frame.columns} if "other_id" in frame.columns else {}
    )
    back = {there: here for here, there in there.items()}
    return ordered(frame.rename(columns=there | back)[table.names], table)


def ordered(frame, table):
    return frame.sort_values([*table.key, *[name for name in table.names if name not in table.key]], ignore_index=True)


WORDS = (
    "river",
    "bridge",
    "mayor",
    "23 people",
    "24 people",
    "opened",
    "Monday",
    "March 4",
    "Iran",
    "Hamas",
    "“we act now”",
)
LINES = st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=6)


def shared_by(first, second, *texts):
    """What two articles share whose lines are sentences, without the cost of reading them."""
    articles = make_articles({first: "\n".join(texts[0]), second: "\n".join(texts[1])})
    rows, voices = [], []
    for name, own in zip((first, second), texts, strict=True):
        start = 0
        for number, line in enumerate(own, start=1):
            rows.append((name, number, number, start, start + len(line), "sentence", len(split_words(line)), *[0] * 6))
            start += len(line) + 1
        voices += [(name, *span, "quoted") for span in pair_quotes("\n".join(own))]
    sentences = SENTENCES.frame(rows)
    labels = make_labels(articles, sentences)
    return compare_overlap(articles, sentences, VOICES.frame(voices), labels, NOTES.frame())


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(LINES, LINES)
def test_exchanging_two_articles_exchanges_sides_and_nothing_else(one, other):
    here, there = shared_by("a", "b", one, other), shared_by("b", "a", other, one)
    for table in (ALIGNED, FACT_PAIRS, SHARED_RUNS, EVENT_CHECK, EVENT_EVIDENCE):
        name = table.name
        if name == "fact_pairs":  # the unit is that of the first of two, singular or plural
            here[name], there[name] = (frame.assign(unit="") for frame in (here[name], there[name]))
        pd.testing.assert_frame_equal(ordered(here[name], table), swapped(there[name], table), check_dtype=False)
    for table in (OVERLAP, ACTORS_ONLY, FACTS):
        pd.testing.assert_frame_equal(ordered(here[table.name], table), ordered(there[table.name], table))


@pytest.mark.parametrize("names", [*CHOSEN_ON, *TRIED_ON], ids=" and ".join)
def test_exchanging_the_invented_articles_exchanges_sides(names):
    here, there = pair(*names), pair(*names[::-1])
    for table in (ALIGNED, SHARED_RUNS, EVENT_CHECK, EVENT_EVIDENCE):
        pd.testing.assert_frame_equal(ordered(here[table.name], table), swapped(there[table.name], table))


@pytest.mark.parametrize("name", TEXTS)
def test_an_article_against_itself(name):
    tables = compared({"x": TEXTS[name], "y": TEXTS[name]})
    shares = tables["overlap"]
    assert shares.loc[shares["n_shingles"] > 0, "containment"].eq(1).all()
    assert (tables["aligned"]["sentence"] == tables["aligned"]["other_sentence"]).all()
    assert (tables["aligned"]["similarity"] == 1).all()
    assert (tables["fact_pairs"]["relation"] == "agrees").all()
    assert tables["actors_only"].empty


def test_renaming_changes_names_only():
    here = pair("report_1", "report_2")
    there = compared({"zeta": TEXTS["report_1"], "alpha": TEXTS["report_2"]})
    for table in TABLES:
        named = there[table.name].replace({"zeta": "report_1", "alpha": "report_2"})
        pd.testing.assert_frame_equal(here[table.name], named)


def test_a_third_article_changes_nothing_between_two():
    two = pair("report_1", "report_2")
    three = compared({"report_1": TEXTS["report_1"], "wire": TEXTS["wire"], "report_2": TEXTS["report_2"]})
    for table in TABLES[1:]:
        frame = three[table.name]
        frame = frame[(frame["article_id"] != "wire") & (frame["other_id"] != "wire")].reset_index(drop=True)
        pd.testing.assert_frame_equal(two[table.name], frame)


@pytest.mark.parametrize(
    ("articles", "reason"),
    [
        pytest.param(make_articles({"a": "x", "b": "y"}), None, id="two articles"),
        pytest.param(make_articles({"a": "x"}), "one", id="one article"),
        pytest.param(make_articles(dict.fromkeys("abcdefghi", "x")), "many", id="nine articles"),
        pytest.param(make_articles({"a": "x", "b": "y", "c": "z"}, group=["g", "g", "h"]), "groups", id="groups"),
    ],
)
def test_what_is_compared_two_by_two(articles, reason):
    assert withheld(articles) == reason


def test_where_nothing_is_compared_every_table_is_empty_and_of_its_kind():
    tables = compared({"a": "The storm hit on 3 May.", "b": "Rain.", "c": "Snow."}, group=["g", "g", "h"])
    assert len(tables["facts"]) == 1
    for table in TABLES:
        table.check(tables[table.name])
        assert table is FACTS or tables[table.name].empty


# ---- sentences


def test_overlap_sentences_of_one_event():
    assert said(pair("wire", "rewrite_free"), overlap_findings) == [
        "5 runs of 5 words or more are shared, 2 of them inside quotation marks in both; the longest has 18 words.",
        "10 pairs of sentences say much the same; of the dates and numbers in them, 6 agree and 2 differ: “142 passengers” in "
        "wire and “140 passengers” in rewrite_free, “1.4 million crowns” in wire and “1.6 million crowns” in rewrite_free.",
        "Of the names recognised in wire, not found in rewrite_free (242 words searched): none found.",
        "Of the names recognised in rewrite_free, not found in wire (234 words searched): Truelsby.",
    ]


def test_what_is_absent_is_not_stated_unless_the_event_is_the_same():
    assert said(pair("fire_1", "fire_2"), overlap_findings) == [
        "5 runs of 5 words or more are shared, 0 of them inside quotation marks in both; the longest has 10 words.",
        "5 pairs of sentences say much the same; of the dates and numbers in them, 2 agree and 0 differ.",
    ]


def test_overlap_sentences_where_nothing_is_shared():
    assert said(pair("library", "harvest"), overlap_findings) == [
        "No run of 5 words is shared, and no two sentences say much the same.",
    ]


def test_overlap_of_several_texts_is_one_sentence():
    tables = compared({name: TEXTS[name] for name in ("wire", "rewrite_free", "library")})
    assert said(tables, overlap_findings) == [
        "Of 3 pairs of texts, 1 shares a run of 5 words or more, and 1 has sentences that say much the same."
    ]


def test_the_seeds_share_no_run_and_no_sentence():
    articles, _ = read_corpus(str(PROJECT / "seeds"))
    tables = compared(dict(zip(articles["article_id"], articles["text"], strict=True)))
    sentences = said(tables, overlap_findings)
    assert sentences == ["No run of 5 words is shared, and no two sentences say much the same."]


def test_an_unlisted_name_is_quoted_and_a_listed_one_is_not():
    tables = pair("wire", "rewrite_free")
    tables["labels"] = tables["labels"].assign(by="found")
    assert said(tables, overlap_findings)[-1].endswith("searched): “Truelsby”.")


# ---- views

HOSTILE = "<script>alert(1)</script> 23 people & {n} opened the “new bridge of the town today” on Monday, March 4."


@pytest.mark.parametrize("view", [show_actors, show_aligned, show_shared], ids=lambda view: view.__name__)
def test_views_are_escaped_and_stand_without_anything_shared(view):
    tables = compared({"a<b>": HOSTILE + " Iran spoke.", "b": HOSTILE + " Hamas spoke."}, label=["<i>", None])
    shown = view(tables)
    assert "<script" not in shown.html
    assert "<i>" not in shown.html
    assert "<b>" not in shown.html
    assert shown.text
    assert view(compared({"a": "", "b": ""})).text
    assert "groups" in view(compared({"a": "x", "b": "y", "c": "z"}, group=["g", "g", "h"])).text


def test_numbers_in_aligned_sentences_are_marked():
    shown = show_aligned(pair("wire", "rewrite_free"))
    assert "<mark>142 passengers</mark>" in shown.html
    assert "<mark>140 passengers</mark>" in shown.html
    assert "<u>300 metres</u>" in shown.html
    assert "[≠ 142 passengers]" in shown.text


def test_each_side_has_as_many_actors_at_most():
    many = "Iran met Israel. Armenia met Russia. Lebanon met Yemen. Iraq met Hamas. Aliyev met Araghchi."
    shown = show_actors(compared({"a": many, "b": "Rain fell."}), k=3)
    assert shown.text.count(" a ") == 3
