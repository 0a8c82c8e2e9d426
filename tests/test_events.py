"""Articles on one event are found by what they are about and when, in every group alike."""

import random

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles, plain
from corpora import write_measured
from scipy.sparse import csr_array

from analysis.copies.find import find_copies
from analysis.events.find import find_events
from analysis.events.gather import gather
from analysis.events.vectors import Units, read_units
from analysis.inputs.files import InputError
from analysis.measured import Measured
from analysis.tables import TABLES

DECLARED = {table.name: table for table in TABLES}
_FIRST = ("ban", "cor", "del", "fin", "gar", "hol", "jun", "lam", "mor", "nes", "pul", "rad", "sim", "tor", "vel")
_COMMON = [first + second for first in _FIRST for second in ("der", "mit", "tosk", "pal", "rin", "gat", "lon", "fes")]


def report(event, seed, words=90, own=0.35):
    """A report on an event: so much of it in the event's own words, the rest in words that every report may use."""
    draw = random.Random(f"{event} {seed}")
    names = [f"{event}{ending}" for ending in ("burg", "ia", "stead", "ov", "ane", "ek", "ville", "mark", "son", "ura")]
    text = [draw.choice(names) if draw.random() < own else draw.choice(_COMMON) for _ in range(words)]
    return " ".join(" ".join(text[at : at + 9]).capitalize() + "." for at in range(0, words, 9))


def corpus(folder, rows, parts=1):
    """A measured corpus of (outlet, day, text)."""
    outlets, days, texts = (list(column) for column in zip(*rows, strict=True))
    articles = make_articles({f"{name}-{at}": text for at, (name, text) in enumerate(zip(outlets, texts, strict=True))},
                             outlet=outlets, published=days)  # fmt: skip
    return write_measured(folder, articles, attribution="none", parts=parts)


def found_in(measured):
    """All tables of events, with the outlets as groups."""
    placed = measured.query(
        """SELECT article_id, outlet AS "group", CASE WHEN published LIKE '2026-__-__' THEN published END AS day
        FROM articles ORDER BY 2, sha256(text)"""
    )
    return find_events(measured, placed.astype("str"), find_copies(measured).articles)


def sets_of(tables):
    return {frozenset(own) for _, own in tables["event_articles"].groupby("event")["article_id"]}


#: Three events in three outlets, one of them in all, and articles that stand alone.
ROWS = [
    ("Gazette", "2026-05-04", report("dun", 1)), ("Courier", "2026-05-04", report("dun", 2)),
    ("Herald", "2026-05-06", report("dun", 3)), ("Gazette", "2026-05-05", report("dun", 4)),
    ("Gazette", "2026-05-04", report("kal", 1)), ("Herald", "2026-05-04", report("kal", 2)),
    ("Courier", "2026-06-20", report("bren", 1)), ("Courier", "2026-06-21", report("bren", 2)),
    ("Gazette", "2026-05-04", report("sor", 1)), ("Courier", "2026-05-05", report("tarn", 1)),
    ("Herald", "2026-06-21", report("eller", 1)),
]  # fmt: skip
EVENTS = {
    frozenset(("Gazette-0", "Courier-1", "Herald-2", "Gazette-3")),
    frozenset(("Gazette-4", "Herald-5")),
    frozenset(("Courier-6", "Courier-7")),
}


def test_known_events_are_found_and_nothing_else(tmp_path):
    tables = found_in(corpus(tmp_path, ROWS))
    for name, table in tables.items():
        DECLARED[name].check(table)
    assert sets_of(tables) == EVENTS


def test_coverage_says_what_was_found_and_what_was_searched(tmp_path):
    tables = found_in(corpus(tmp_path, ROWS))
    first, second, third = tables["events"].itertuples(index=False)
    assert (first.n_articles, first.n_groups, first.first_day, first.last_day) == (4, 3, "2026-05-04", "2026-05-06")
    assert "dunburg" in first.terms or "dunia" in first.terms
    assert (second.n_articles, second.n_groups, second.n_groups_searched) == (2, 2, 3)
    assert (third.n_articles, third.n_groups, third.n_groups_searched) == (2, 1, 2)  # the Gazette has nothing in June
    coverage = {(row.event, row.group): row for row in tables["event_coverage"].itertuples()}
    assert (coverage[1, "Herald"].n_articles, coverage[1, "Herald"].first_day) == (1, "2026-05-06")
    nothing = coverage[2, "Courier"]
    assert (nothing.n_articles, nothing.n_words, nothing.n_searched, nothing.n_words_searched) == (0, 0, 2, 180)
    assert (3, "Gazette") not in coverage
    by_group = tables["events_by_group"].set_index("group")
    assert by_group.loc["Courier"].tolist() == [4, 4, 3, 2, 3, 1]
    assert by_group.loc["Gazette"].tolist() == [4, 4, 3, 2, 2, 0]


def test_the_same_subject_weeks_later_is_another_event(tmp_path):
    later = [("Gazette", "2026-05-04", report("dun", 1)), ("Courier", "2026-05-05", report("dun", 2)),
             ("Gazette", "2026-07-01", report("dun", 3)), ("Courier", "2026-07-02", report("dun", 4)),
             ("Herald", "2026-07-02", report("kal", 1))]  # fmt: skip
    pairs = {frozenset(("Gazette-0", "Courier-1")), frozenset(("Gazette-2", "Courier-3"))}
    assert sets_of(found_in(corpus(tmp_path / "dated", later))) == pairs
    undated = [(outlet, None, text) for outlet, _, text in later]
    tables = found_in(corpus(tmp_path / "undated", undated))
    assert sets_of(tables) == {frozenset().union(*pairs)}
    assert tables["events"]["first_day"].isna().all()
    assert tables["event_coverage"]["n_searched"].tolist() == [2, 2, 1]


@pytest.mark.parametrize(
    ("day", "together"),
    [
        pytest.param("2026-05-07", True, id="three days later"),
        pytest.param("2026-05-08", False, id="four days later"),
        pytest.param("2026-05-01", True, id="three days before"),
        pytest.param("2026-04-30", False, id="four days before"),
        pytest.param("May 20, 2026", True, id="a day that is no ISO date is not guessed"),
    ],
)
def test_two_articles_on_one_event_are_three_days_apart_at_most(tmp_path, day, together):
    rows = [("A", "2026-05-04", report("dun", 1)), ("B", day, report("dun", 2)), ("B", "2026-05-04", report("kal", 1))]
    assert bool(sets_of(found_in(corpus(tmp_path, rows)))) is together


@pytest.mark.parametrize(
    ("other", "together"),
    [
        pytest.param("2026-05-06", {frozenset(("A-0", "B-1", "C-2"))}, id="near in time: all three"),
        pytest.param("2026-07-01", {frozenset(("A-0", "C-2"))}, id="far apart: with that it is more like"),
        pytest.param(None, {frozenset(("A-0", "B-1", "C-2"))}, id="another one without a day: all three"),
    ],
)
def test_an_article_without_a_day_joins_an_event_and_links_no_two(tmp_path, other, together):
    alike = report("dun", 1)
    rows = [("A", "2026-05-04", alike), ("B", other, report("dun", 2)), ("C", None, f"{alike} Dunburg dunia again."),
            ("A", "2026-05-05", report("kal", 1))]  # fmt: skip
    assert sets_of(found_in(corpus(tmp_path, rows))) == together


def test_copies_of_one_day_are_one_text_of_an_event(tmp_path):
    text = report("dun", 1)
    rows = [(name, "2026-05-04", text) for name in "ABCD"] + [("A", "2026-05-04", report("kal", 1))]
    tables = found_in(corpus(tmp_path, rows))
    (event,) = tables["events"].itertuples()
    assert (event.n_articles, event.n_texts, event.n_groups) == (4, 1, 4)
    assert np.isnan(event.likeness)


def test_no_event_where_no_two_articles_are_alike(tmp_path):
    tables = found_in(corpus(tmp_path, [("A", None, report("dun", 1)), ("B", None, report("kal", 1))]))
    assert all(tables[name].empty for name in ("events", "event_articles", "event_coverage"))
    assert tables["events_by_group"]["n_articles"].tolist() == [1, 1]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("…", id="no word"),
        pytest.param("12 13 14", id="numbers"),
        pytest.param("the of and", id="stop words"),
    ],
)
def test_an_article_with_no_term_is_on_no_event(tmp_path, text):
    rows = [*ROWS[:2], ROWS[4], ("A", "2026-05-04", text), ("B", "2026-05-04", text + " ")]
    assert sets_of(found_in(corpus(tmp_path, rows))) == {frozenset(("Gazette-0", "Courier-1"))}


def test_events_in_another_script(tmp_path):
    one = "大桥 关闭 维修 市长 渡轮 冬天 商店 河流。"
    rows = [
        ("A", None, one + "甲 乙。"),
        ("B", None, one + "丙 丁。"),
        ("B", None, "学校 足球 比赛 胜利 教练 球门 观众 冠军。"),
    ]
    assert sets_of(found_in(corpus(tmp_path, rows))) == {frozenset(("A-0", "B-1"))}


@pytest.mark.parametrize("parts", [pytest.param(1, id="one file"), pytest.param(3, id="parts")])
def test_order_parts_and_names_change_nothing_but_names(tmp_path, parts):
    before = found_in(corpus(tmp_path / "one", ROWS))
    names = {"Gazette": "X", "Courier": "Y", "Herald": "W"}
    order = [7, 2, 9, 0, 5, 3, 10, 8, 1, 6, 4]
    moved = [(names[ROWS[at][0]], *ROWS[at][1:]) for at in order]
    after = found_in(corpus(tmp_path / "two", moved, parts))
    ids = {f"{ROWS[at][0]}-{at}": f"{names[ROWS[at][0]]}-{place}" for place, at in enumerate(order)}
    assert {frozenset(map(ids.get, own)) for own in sets_of(before)} == sets_of(after)
    pd.testing.assert_frame_equal(
        before["events"].drop(columns="article_id"), after["events"].drop(columns="article_id")
    )
    key = ["event", "group"]
    renamed = before["event_coverage"].assign(group=before["event_coverage"]["group"].map(names))
    pd.testing.assert_frame_equal(
        plain(renamed).sort_values(key, ignore_index=True),
        plain(after["event_coverage"]).sort_values(key, ignore_index=True),
    )


def test_weights_by_hand(tmp_path):
    rows = [
        ("A", None, "Bridge bridge ferry."),
        ("A", None, "Bridge ferry ferry."),
        ("B", None, "Ferry harbour. Bridge."),
    ]
    measured = corpus(tmp_path, rows)
    units = read_units(measured, pd.Series(["A-0", "A-1", "B-2"]))
    assert units.terms == ["bridge", "ferry", "harbour"]
    vectors = units.vectors.toarray()
    twice = 1 + np.log(2)  # both terms are in all articles, and weigh the same but for how often they are used
    assert vectors[units.article_ids.index("A-0")] == pytest.approx(np.array([twice, 1, 0]) / np.hypot(twice, 1))
    rare = np.log(1 + 3 / 1) / np.log(1 + 3 / 3)  # a term of one article of three against those of all
    assert vectors[units.article_ids.index("B-2")] == pytest.approx(np.array([1, 1, rare]) / np.sqrt(2 + rare**2))
    assert np.isnan(units.days).all()


def units_of(vectors, days=None):
    made = np.array(vectors, dtype=float)
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    days = [float("nan")] * len(made) if days is None else days
    return Units([f"a{at}" for at in range(len(made))], np.array(days), csr_array(made), ["t"] * made.shape[1])


def test_a_chain_of_likeness_is_cut_where_the_mean_is_too_low():
    # neighbours have a cosine of .5, those further apart none: a chain would join all six
    chain = [[1, 1, 0, 0, 0, 0, 0], [0, 1, 1, 0, 0, 0, 0], [0, 0, 1, 1, 0, 0, 0],
             [0, 0, 0, 1, 1, 0, 0], [0, 0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 0, 1, 1]]  # fmt: skip
    assert max(np.bincount(gather(units_of(chain), alike=0.4))) == 2


def test_what_has_no_day_brings_two_of_one_day_together_as_little_as_two_of_different_days():
    vectors = [[4, 0, 1], [0, 4, 1], [1, 1, 0]]  # the third is like both, which have next to nothing in common
    assert gather(units_of(vectors, [7.0, 7.0, float("nan")]), alike=0.3) == [0, 1, 0]
    assert gather(units_of(vectors), alike=0.3) == [0, 0, 0]


@pytest.mark.parametrize("share", [pytest.param(0.1, id="few without a day"), pytest.param(0.6, id="most without")])
def test_the_days_of_an_event_follow_each_other(share):
    draw = np.random.default_rng(8)
    vectors = draw.random((120, 9)) ** 5
    days = np.sort(draw.integers(0, 90, 120)).astype(float)
    days[int(120 * (1 - share)) :] = np.nan
    found = np.array(gather(units_of(vectors, days), alike=0.5))
    assert any(np.isnan(days[found == first]).any() and (found == first).sum() > 2 for first in set(found))
    for first in set(found):
        own = days[found == first]
        assert (np.diff(np.sort(own[~np.isnan(own)])) <= 3).all()
    stated = ~np.isnan(days)
    alone = np.array(gather(units_of(vectors[stated], days[stated]), alike=0.5))
    assert (found[stated] == alone).all()  # what has no day moves nothing among those that have one


def test_a_large_part_is_parted_at_a_higher_likeness(monkeypatch):
    monkeypatch.setattr("analysis.events.gather._MOST", 3)
    near, far = [10, 1, 0], [0, 1, 10]
    vectors = [near, near, [1, 3, 1], far, far]
    assert gather(units_of(vectors), alike=0.3) == [0, 0, 2, 3, 3]


def test_blocks_find_what_one_look_finds(monkeypatch):
    draw = np.random.default_rng(4)
    vectors = draw.random((60, 12)) ** 6
    days = np.sort(draw.integers(0, 20, 60)).astype(float)
    days[50:] = np.nan
    whole = gather(units_of(vectors, days), alike=0.6)
    monkeypatch.setattr("analysis.events.gather._BLOCK", 7)
    assert gather(units_of(vectors, days), alike=0.6) == whole
    assert 1 < len(set(whole)) < 60


def test_a_folder_without_its_terms_is_refused(tmp_path):
    measured = corpus(tmp_path, ROWS[:2])
    (measured.folder / "tables" / "term_counts.parquet").unlink()
    with pytest.raises(InputError, match="has no term_counts"):
        found_in(Measured(tmp_path))
