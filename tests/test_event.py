"""Whether two articles report one event: conservative, symmetric, with its evidence."""

import pandas as pd
import pytest
from conftest import make_articles
from overlap_material import TEXTS, compared, make_labels, pair, said

from analysis.claims.claim import Section
from analysis.claims.event import event_findings
from analysis.claims.overlap import overlap_findings
from analysis.corpus import read_corpus
from analysis.measures import measure
from analysis.overlap import compare_overlap
from analysis.overlap.days import compare_days, first_day
from analysis.overlap.facts import find_facts
from analysis.paths import PROJECT
from analysis.show.event import show_event_check
from analysis.tables import EVENT_CHECK, EVENT_EVIDENCE, NOTES, SENTENCES


def verdict(tables):
    (found,) = tables["event_check"]["verdict"]
    return found


@pytest.fixture(scope="module")
def two_seeds():
    articles, _ = read_corpus(str(PROJECT / "seeds"))
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    return compared(texts, label=["A", "B"])


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("wire", "rewrite_close", "same", id="an agency story and a close rewrite"),
        pytest.param("wire", "rewrite_free", "same", id="an agency story and a free rewrite"),
        pytest.param("rewrite_close", "rewrite_free", "same", id="two rewrites of one story"),
        pytest.param("report_1", "report_2", "same", id="two independent reports of one vote"),
        pytest.param("fire_1", "fire_2", "related", id="two fires in one town"),
        pytest.param("library", "harvest", "unclear", id="nothing in common"),
        pytest.param("wire", "report_1", "unclear", id="two towns, two days"),
        pytest.param("wire", "fire_1", "unclear", id="two accidents"),
    ],
)
def test_verdicts(one, other, expected):
    assert verdict(pair(one, other)) == expected
    assert verdict(pair(other, one)) == expected


def test_the_seeds_are_related_and_not_the_same(two_seeds):
    assert verdict(two_seeds) == "related"


@pytest.mark.parametrize(
    ("edit", "expected"),
    [
        pytest.param({}, "same", id="as they are"),
        pytest.param({"Thursday": "Tuesday"}, "related", id="another weekday"),
        pytest.param({"on Thursday the wind farm": "on Monday, June 2, the wind farm"}, "related", id="another date"),
        pytest.param({"18 turbines": "17 turbines"}, "related", id="one agreeing figure is too few where only the weekday agrees"),
        pytest.param({"18 turbines": "17 turbines", "on Thursday": "on Thursday, June 12,"}, "same", id="none is needed where the date agrees"),
        pytest.param({"on Thursday ": ""}, "same", id="the date of the meeting is the first day then"),
        pytest.param({"on Thursday ": "", "of June 12": ""}, "related", id="no day at all"),
    ],
)  # fmt: skip
def test_what_makes_and_unmakes_the_same_event(edit, expected):
    other = TEXTS["report_2"]
    for old, new in edit.items():
        assert old in other
        other = other.replace(old, new)
    tables = compared({"report_1": TEXTS["report_1"], "other": other})
    assert verdict(tables) == expected


def test_two_fires_told_in_like_words_on_the_same_weekday_are_not_the_same():
    later = TEXTS["fire_1"].replace("Monday, Feb. 3", "Monday").replace("Monday", "Monday, Feb. 17")
    tables = compared({"fire_1": TEXTS["fire_1"], "later": later})
    assert bool(tables["event_check"]["versions"].item())
    assert verdict(tables) == "related"


def test_the_same_weekday_of_other_weeks_is_not_the_same_where_publication_is_given():
    texts = {"report_1": TEXTS["report_1"], "report_2": TEXTS["report_2"]}
    assert verdict(compared(texts, published=["2025-06-12", "2025-06-13T08:00"])) == "same"
    assert verdict(compared(texts, published=["2025-06-12", "2025-07-10"])) == "related"
    assert verdict(compared(texts, published=["2025-06-12", "last July"])) == "same"


def test_without_names_in_both_there_is_no_same():
    texts = {"report_1": TEXTS["report_1"], "report_2": TEXTS["report_2"]}
    for name in ("Tarnford", "Morrowby", "Haldby", "Velden"):
        texts["report_2"] = texts["report_2"].replace(name, "Nobody")
    assert verdict(compared(texts)) == "related"


def test_a_shared_day_and_shared_names_without_shared_sentences_are_not_enough():
    one = "On Monday, June 2, Aliyev met Raisi in Gaza. A treaty on water was signed before lunch."
    other = "Aliyev and Raisi were both in Gaza on Monday, June 2. Football fans filled every street until midnight."
    assert verdict(compared({"a": one, "b": other})) == "related"


def test_states_alone_are_no_actors_of_one_event():
    lines = "On Monday, June 2, ships left the harbour. Iran and Israel sent heavy ships. Rain hid the coast."
    other = "On Monday, June 2, ships left a harbour. Iran, then Israel, sent ships. Fog hid that coast."
    tables = compared({"a": lines, "b": other})
    assert tables["event_check"][["n_states", "n_aligned"]].to_numpy().tolist() == [[2, 3]]
    assert verdict(tables) == "related"
    named = compared({"a": f"{lines} Aliyev stayed.", "b": f"{other} Aliyev stayed."})
    assert verdict(named) == "same"


def test_versions_of_a_text_without_names_are_related_whatever_is_against_it():
    line = "Rain will fall on the coast and the wind will turn to the west."
    assert verdict(compared({"a": line, "b": line}, published=["2025-01-01", "2025-03-01"])) == "related"


def test_who_is_named_most_on_either_side_and_not_on_the_other_speaks_against():
    rain = "Rain fell on the river and the bridge was closed. "
    tables = compared(
        {"a": f"{rain}Aliyev spoke. Aliyev left. Iran and Gaza.", "b": f"{rain}Raisi spoke. Raisi left. Iran and Gaza."}
    )
    evidence = tables["event_evidence"]
    assert evidence.loc[evidence["kind"] == "most named", "bearing"].tolist() == ["against"]
    tables = compared({"a": "Aliyev spoke. Aliyev left.", "b": "Raisi spoke. Raisi met Aliyev."})
    assert "most named" not in set(tables["event_evidence"]["kind"])


@pytest.mark.parametrize(
    ("one", "other", "items"),
    [
        pytest.param(
            "Some 14,000 vehicles cross it.", "It bears 14,000 vehicles.", ["14,000 vehicles"], id="thousands"
        ),
        pytest.param("It costs $3.2 million.", "They pay 3.2 million dollars.", ["3,200,000 dollars"], id="money"),
        pytest.param("It costs £1.", "They pay £1.", ["1 pound"], id="one of a currency"),
        pytest.param("They pay ¥500.", "It costs 500 yen.", ["500 yen"], id="a currency without a plural"),
        pytest.param(
            "An 11-minute talk.", "They spoke for 11 minutes.", ["11 minutes"], id="with and without a hyphen"
        ),
        pytest.param("A 14-country pact.", "Of 14 countries one left.", ["14 countries"], id="a plural in ies"),
        pytest.param("Some 40% left.", "Now 40 per cent left.", ["40 per cent"], id="percentages"),
        pytest.param("He met 20 men.", "She met 20 women.", [], id="other things counted"),
        pytest.param("He met 20 men.", "She met 21 men.", [], id="another number"),
    ],
)
def test_figures_in_both_are_written_as_in_a_report(one, other, items):
    evidence = compared({"a": one, "b": other})["event_evidence"]
    assert evidence.loc[evidence["kind"] == "number", "item"].tolist() == items


def day(text):
    sentences = SENTENCES.frame([("a", 1, 1, 0, len(text), "sentence", *[0] * 7)])
    facts = list(find_facts(make_articles({"a": text}), sentences).itertuples())
    found = first_day(text, facts)
    return None if found is None else text[found.start : found.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The meetings held on Monday, Dec. 8, come late.", "Monday, Dec. 8", id="weekday and date are one day"
        ),
        pytest.param(
            "On Tuesday morning, March 4, it sank.", "Tuesday morning, March 4", id="with the part of the day"
        ),
        pytest.param("They met Thursday.", "Thursday", id="a weekday"),
        pytest.param("They met Dec. 8.", "Dec. 8", id="a date"),
        pytest.param("After Hamas’s October 7, 2023 massacre they met.", None, id="a date that names an event"),
        pytest.param("Such as the October 7 massacre.", None, id="a date that names an event, with an article"),
        pytest.param("Since October 7 they met on Friday.", "Friday", id="since is background"),
        pytest.param("On the first Wednesday of each month.", None, id="a habit is no day"),
        pytest.param("Last May, in 2021 and in June 2025.", None, id="months and years are no day"),
        pytest.param(
            "They met on 31 February, on 45 March and on 30 February 2024.", None, id="a day that no calendar has"
        ),
        pytest.param("They met on 30 February, a Friday.", "Friday", id="the day beside one that no calendar has"),
        pytest.param("They met today.", None, id="today is no day of the calendar"),
        pytest.param("At the meeting of June 12 she spoke.", "June 12", id="of is not background"),
    ],
)
def test_the_day_an_article_gives(text, expected):
    assert day(text) == expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        pytest.param("Monday, Dec. 8", "Monday, December 8, 2025", "agree", id="to the date"),
        pytest.param("Monday, Dec. 8", "Monday", "weekdays agree", id="to the weekday"),
        pytest.param("Monday", "Tuesday", "differ", id="weekdays"),
        pytest.param("Dec. 8", "Dec. 9", "differ", id="dates"),
        pytest.param("Monday, Dec. 8", "Tuesday, Dec. 8", "differ", id="a weekday that contradicts"),
        pytest.param("Monday", "Dec. 8", "open", id="a weekday and a date"),
        pytest.param("Monday", "", "one side", id="one gives none"),
        pytest.param("", "", "none", id="neither gives one"),
    ],
)
def test_days_compared(one, other, expected):
    def read(text):
        sentences = SENTENCES.frame([("a", 1, 1, 0, len(text), "sentence", *[0] * 7)])
        return first_day(text, list(find_facts(make_articles({"a": text}), sentences).itertuples()))

    assert compare_days(read(one), read(other)) == expected
    assert compare_days(read(other), read(one)) == expected


def test_evidence_stands_at_its_spans(two_seeds):
    EVENT_CHECK.check(two_seeds["event_check"])
    evidence = EVENT_EVIDENCE.check(two_seeds["event_evidence"])
    texts = two_seeds["articles"].set_index("article_id")["text"]
    for row in evidence[evidence["kind"].isin(["person", "state"])].itertuples():
        assert texts[row.article_id][int(row.start) : int(row.end)] == row.item
        assert texts[row.other_id][int(row.other_start) : int(row.other_end)] == row.item
    (dated,) = evidence[evidence["kind"] == "day"].itertuples()
    assert pd.isna(dated.start)
    assert texts[dated.other_id][int(dated.other_start) : int(dated.other_end)] == "Monday, Dec. 8"


FOREIGN = NOTES.frame([("report_2", "language", "not English")])


UNCLEAR = (
    "The event check is unclear: names and days are looked for in English only, and not both texts are English; what is in "
    "one alone may be of another event."
)


@pytest.mark.parametrize(
    "other",
    [
        pytest.param(TEXTS["report_2"], id="though everything agrees"),
        pytest.param("Der Rat von Tarnford stimmte am 12. Juni ab. Agnes Morrowby und Jorun Haldby sprachen.", id="though names agree"),
        pytest.param("", id="nothing to compare"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("swapped", [False, True])
def test_articles_that_are_not_both_english_are_unclear_with_the_reason(other, swapped):
    texts = {"report_1": TEXTS["report_1"], "report_2": other}
    tables = compared(dict(reversed(texts.items())) if swapped else texts, notes=FOREIGN)
    assert verdict(tables) == "unclear"
    assert said(tables, event_findings) == [UNCLEAR]


def test_a_text_that_the_measures_take_for_another_language_is_unclear():
    german = "Der Rat von Tarnford stimmte am Donnerstag ab, und alle Leute gingen mit ihren Sachen nach Hause. " * 3
    articles = make_articles(
        {"a": f"On June 12 the council met. {german}", "b": f"On June 12 the council met. {german}"}
    )
    measures = measure(articles)
    tables = measures | compare_overlap(
        measures["articles"].assign(group=articles["group"]),
        *(measures[name] for name in ("sentences", "voices", "labels", "notes")),
    )
    assert measures["notes"]["subject"].tolist() == ["language", "language"]
    assert (verdict(tables), bool(tables["event_check"]["versions"].item())) == ("unclear", True)
    assert said(tables, event_findings)[0] == UNCLEAR


def test_pairs_that_are_not_both_english_are_counted():
    tables = compared({name: TEXTS[name] for name in ("report_1", "wire", "report_2")}, notes=FOREIGN)
    assert said(tables, event_findings) == [
        "Of 3 pairs of texts, the event check finds 0 on the same event, 0 related and 3 unclear, 2 of them with a text "
        "that is not English. What is in one alone may be of another event."
    ]


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": "", "b": ""}, id="both empty"),
        pytest.param({"a": "", "b": "The storm hit on Monday."}, id="one empty"),
        pytest.param({"a": "Snow.", "b": "The storm hit on Monday."}, id="one sentence each"),
    ],
)
def test_too_little_text_is_unclear(texts):
    tables = compared(texts)
    assert verdict(tables) == "unclear"
    assert said(tables, event_findings)
    assert show_event_check(tables).text


# ---- sentences


def test_the_seeds_in_words(two_seeds):
    found = said(two_seeds, event_findings)
    assert found == [
        "The event check finds the texts related, not clearly on the same event: both name Aliyev, 5 states and 1 place; A "
        "gives no date, B dates its event “Monday, Dec. 8”; what is in one alone may be of another event.",
    ]
    assert len(" ".join(found).split()) <= 45


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        pytest.param(("report_1", "report_2"), "The event check finds that the texts report the same event: both name Haldby, Morrowby, 1 place and 1 organisation; report_1 dates its event “Thursday, June 12”, report_2 dates its event “Thursday”; 7 pairs of sentences say much the same, and 2 figures are in both; what is in one alone is given as not found.", id="same"),
        pytest.param(("fire_1", "fire_2"), "The event check finds the texts related, not clearly on the same event: both name Quistley and 1 place; fire_1 dates its event “Monday, Feb. 3”, fire_2 dates its event “Saturday, Feb. 15”; what is in one alone may be of another event.", id="days that differ stand side by side"),
        pytest.param(("library", "harvest"), "The event check finds too little in common to say that the texts report the same event: no actor is found in both; neither text gives a date; what is in one alone may be of another event.", id="nothing in common"),
    ],
)  # fmt: skip
def test_verdict_in_words(names, expected):
    assert said(pair(*names), event_findings)[0] == expected


def test_two_versions_of_one_text_are_called_so():
    assert said(pair("wire", "rewrite_close"), event_findings)[1] == (
        "wire and rewrite_close are versions of one text: of the runs of 5 words in its prose, wire shares 63\u00a0%, rewrite_close "
        "77\u00a0%."
    )


def test_an_article_against_itself_is_a_version_of_itself_whatever_its_language():
    tables = compared(
        {"x": TEXTS["wire"], "y": TEXTS["wire"]}, notes=NOTES.frame([("x", "language", "no"), ("y", "language", "no")])
    )
    assert verdict(tables) == "unclear"
    assert tables["event_check"]["version_share"].item() == 1
    assert said(tables, event_findings) == [
        UNCLEAR,
        "x and y are versions of one text: of the runs of 5 words in its prose, x shares 100\u00a0%, y 100\u00a0%.",
    ]


def test_several_texts_are_counted_by_pairs():
    tables = compared({name: TEXTS[name] for name in ("wire", "rewrite_free", "fire_1", "fire_2")})
    assert said(tables, event_findings) == [
        "Of 6 pairs of texts, the event check finds 1 on the same event, 1 related and 4 unclear. What is in one alone "
        "may be of another event."
    ]


def test_groups_and_many_texts_are_withheld_in_a_sentence():
    groups = compared({"a": "Rain.", "b": "Snow.", "c": "Hail."}, group=["g", "g", "h"])
    assert said(groups, event_findings) == ["The event check compares single articles; it is not made for groups."]
    many = compared(dict.fromkeys("abcdefghi", "Rain."))
    assert said(many, event_findings) == [
        "The event check compares at most 8 articles two by two; here it is not made."
    ]


def test_the_view_prints_the_rule_and_escapes():
    tables = compared({"a": "<b>Aliyev</b> met Raisi on Monday.", "b": "Aliyev left on Monday."}, label=["<i>", None])
    shown = show_event_check(tables)
    assert "“Same” needs all of this" in shown.text
    assert "Where 50\u00a0% or more of the prose" in shown.text
    assert "Share of prose, %" in shown.text
    assert "<i>" not in shown.html
    assert "Aliyev" in shown.html


def test_labels_are_those_given():
    articles = make_articles({"a": "Aliyev met Raisi."})
    labels = make_labels(articles, SENTENCES.frame([("a", 1, 1, 0, 17, "sentence", *[0] * 7)]))
    assert labels["actor"].tolist() == ["Aliyev", "Raisi"]


def test_versions_of_one_text_among_several_are_named():
    tables = compared({name: TEXTS[name] for name in ("wire", "rewrite_close", "library")})
    assert said(tables, event_findings)[1:] == [
        "wire and rewrite_close are versions of one text: of the runs of 5 words in its prose, wire shares 63\u00a0%, "
        "rewrite_close 77\u00a0%. Evidence on terms counts both."
    ]


@pytest.mark.parametrize(
    ("names", "groups", "expected"),
    [
        pytest.param("abc", "xxy", "What texts share is looked for in pairs of single articles, not of groups.", id="groups"),
        pytest.param("abcdefghi", "abcdefghi", "What texts share is looked for among at most 8 articles, two by two.", id="many"),
    ],
)  # fmt: skip
def test_where_texts_are_not_compared_two_by_two_the_reason_is_said(names, groups, expected):
    articles = make_articles(dict.fromkeys(names, "It rained.")).assign(group=list(groups))
    section = Section("What they share", "shared", {})
    overlap_findings(
        section, {"articles": articles, "event_check": EVENT_CHECK.frame(), "sentences": SENTENCES.frame()}
    )
    assert [claim.text for claim in section.claims] == [expected]
