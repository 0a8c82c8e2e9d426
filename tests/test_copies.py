"""Copies of one text in a corpus are found, whatever was cut, added or moved; unlike articles on one event are not."""

import random
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest
from conftest import plain
from corpora import made_articles, write_measured
from growth import assert_linear

from analysis.copies.alike import JACCARD, Sets, are_copies, join_copies, share
from analysis.copies.by_group import copies_by_group
from analysis.copies.find import find_copies
from analysis.copies.shingles import find_shingles, sign
from analysis.groups.compare import compare_groups
from analysis.inputs.files import InputError
from analysis.measured import Measured
from analysis.tables import TABLES

DECLARED = {table.name: table for table in TABLES}
_FIRST = ("ban", "cor", "del", "fin", "gar", "hol", "jun")
_WORDS = [first + second for first in _FIRST for second in ("der", "mit", "tosk", "pal", "rin")]


def story(seed, paragraphs=10, words=40):
    """A text of its own: paragraphs of sentences, whose runs of words no other story has."""
    draw = random.Random(seed)
    return ["".join(f"{' '.join(draw.choices(_WORDS, k=8)).capitalize()}. " for _ in range(words // 8)).strip()
            for _ in range(paragraphs)]  # fmt: skip


def text_of(paragraphs, headline="A headline"):
    return "\n\n".join([headline, *paragraphs])


WIRE, OTHER = story(1), story(2)
SHUFFLED = [WIRE[place] for place in (3, 0, 7, 5, 9, 1, 8, 2, 6, 4)]
COPIES = {
    "whole": text_of(WIRE),
    "cut to half": text_of(WIRE[:5]),
    "headline changed": text_of(WIRE, "Another headline of the same story"),
    "two paragraphs added": text_of([*OTHER[:2], *WIRE]),
    "order of the paragraphs changed": text_of(SHUFFLED),
    "a figure changed in each paragraph": text_of([paragraph.replace(".", " 12.", 1) for paragraph in WIRE]),
}
#: Two reports on one event, in words of their own.
EVENT = (
    "Dunmere votes to close the bridge\n\nThe council of Dunmere voted on Monday to close the old bridge for repairs. "
    "The work will cost two million and will take until spring, Mayor Ostrand said. Shops fear that customers will "
    "stay away. Buses are to be sent round by the harbour, and a ferry will carry people across the river.",
    "Bridge in Dunmere to be shut\n\nAfter a long debate, councillors in Dunmere have agreed that the old bridge must "
    "shut while it is mended. Mayor Ostrand put the bill at two million. It will reopen in spring. Traders said they "
    "expected a hard winter; a ferry and more buses are promised for those who have to get to the other side.",
)


def joined(shingles, looks=None):
    """The sets of some texts by their shingles; `looks` gets the place of each text that is looked at."""

    def look(place):
        if looks is not None:
            looks.append(place)
        return shingles[place]

    return join_copies(np.array([sign(own) for own in shingles]), np.array([len(own) for own in shingles]), look)


def sets_of(found):
    """The sets of copies, as sets of ids."""
    return {frozenset(own) for _, own in found.articles.groupby("cluster")["article_id"]}


def corpus(tmp_path, groups, parts=1, **columns):
    """A measured corpus of texts by group."""
    return write_measured(tmp_path, made_articles(groups, **columns), attribution="none", parts=parts)


def by_group(measured):
    """All tables of copies, with groups as the outlets, and the first article of each set in each group counted."""
    found = find_copies(measured)
    placed = measured.query('SELECT article_id, outlet AS "group" FROM articles ORDER BY 2, 1')
    clusters = placed["article_id"].map(found.articles.set_index("article_id")["cluster"])
    own = clusters.fillna(pd.Series(-placed.index.to_numpy() - 1.0, index=placed.index))
    return copies_by_group(
        measured, found, placed.assign(counted=~pd.DataFrame({"g": placed["group"], "c": own}).duplicated())
    )


@pytest.mark.parametrize("name", [pytest.param(name, id=name) for name in COPIES])
def test_a_copy_is_found(tmp_path, name):
    measured = corpus(tmp_path, {"A": [COPIES["whole"], text_of(OTHER)], "B": [COPIES[name], text_of(story(3))]})
    assert sets_of(find_copies(measured)) == {frozenset(("A-0", "B-0"))}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(*EVENT, id="two reports on one event"),
        pytest.param(text_of(WIRE), text_of([*WIRE[:3], *OTHER[:7]]), id="a third of the text"),
        pytest.param(text_of(WIRE), text_of(WIRE[:2]), id="a fifth of the text: a brief joins no round-up"),
        pytest.param(text_of(WIRE), WIRE[0][:60], id="a few words of the text"),
        pytest.param("In all 12 came from the north, 7 from the south.", "In all 13 came from the north, 9 from the south.",
                     id="a form with other figures"),
    ],
)  # fmt: skip
def test_what_is_no_copy_is_not_found(tmp_path, one, other):
    assert find_copies(corpus(tmp_path, {"A": [one], "B": [other]})).articles.empty


def test_a_round_up_does_not_join_the_briefs_it_is_made_of(tmp_path):
    briefs = [story(seed, paragraphs=2) for seed in range(5)]
    texts = [text_of(brief) for brief in briefs] + [text_of([paragraph for brief in briefs for paragraph in brief])]
    assert find_copies(corpus(tmp_path, {"A": texts, "B": [text_of(OTHER)]})).articles.empty


def test_an_article_added_to_itself_is_a_copy(tmp_path):
    found = find_copies(corpus(tmp_path, {"A": [text_of(WIRE)], "B": [text_of(WIRE + WIRE)]}))
    assert found.articles["jaccard"].min() > 0.98


def test_shingles_are_runs_of_five_words_and_numbers():
    text = "The co-op’s 12 ships sailed on."
    assert len(find_shingles(text, [(0, len(text))])) == 2  # the co-op 12 ships sailed; co-op 12 ships sailed on
    same = "the CO-OP 12 ships, sailed – on"
    assert find_shingles(same, [(0, len(same))]).tolist() == find_shingles(text, [(0, len(text))]).tolist()


@pytest.mark.parametrize("text", [pytest.param("", id="empty"), pytest.param("Only four words here.", id="four words")])
def test_fewer_words_than_a_shingle_are_not_compared(tmp_path, text):
    assert not len(find_shingles(text, [(0, len(text))]))
    measured = corpus(tmp_path, {"A": [text or "…"] * 2, "B": [text_of(WIRE)]})
    assert find_copies(measured).compared == {"B-0"}
    counts = by_group(measured)["copies_by_group"].set_index("group")
    assert counts.loc["A", ["n_articles", "n_compared", "n_copies"]].tolist() == [2, 0, 0]


def test_text_without_white_space_is_compared_by_what_stands_between_marks(tmp_path):
    text = "".join(f"第{number}句话说了一些事情，还有别的事情。" for number in "一二三四五六七八九十")
    found = find_copies(corpus(tmp_path, {"A": [text], "B": [f"另一个标题说明。{text}"], "C": [text_of(WIRE)]}))
    assert sets_of(found) == {frozenset(("A-0", "B-0"))}


def test_share_counts_runs_by_hand():
    one, other = np.array([1, 2, 3, 4], dtype=np.uint64), np.array([3, 4, 5], dtype=np.uint64)
    assert share(one, other) == (2, 2 / 5, 2 / 3)
    nothing = np.empty(0, dtype=np.uint64)
    assert np.isnan(share(nothing, nothing)[1:]).all()


@pytest.mark.parametrize(
    ("shared", "one", "other", "copies"),
    [
        pytest.param(50, 75, 75, True, id="a Jaccard similarity of exactly .5"),
        pytest.param(49, 75, 74, False, id="just below"),
        pytest.param(40, 50, 150, True, id=".8 of the shorter in one three times as long"),
        pytest.param(39, 50, 150, False, id="less of the shorter"),
        pytest.param(40, 50, 151, False, id="longer still"),
        pytest.param(29, 29, 80, False, id="too short for a share to tell"),
        pytest.param(30, 30, 80, True, id="just long enough"),
    ],
)
def test_copies_are_told_by_their_runs(shared, one, other, copies):
    first, second = np.arange(one, dtype=np.uint64), np.arange(one - shared, one - shared + other, dtype=np.uint64)
    assert are_copies(first, second) is are_copies(second, first) is copies


def test_candidates_leave_out_no_pair_that_all_pairs_find():
    texts = [text_of(story(seed)[: 4 + seed % 7] + story(seed // 3)[: seed % 11]) for seed in range(90)]
    shingles = sorted((find_shingles(text, [(0, len(text))]) for text in texts), key=lambda own: own.tobytes())
    found = joined(shingles)
    sets = Sets(len(shingles))
    for one in range(len(shingles)):
        for other in range(one):
            if are_copies(shingles[one], shingles[other]):
                sets.join(one, other)
    expected = [sets.of(place) for place in range(len(shingles))]
    assert 1 < len(set(expected)) < len(expected)
    assert found == expected


def test_signatures_estimate_the_jaccard_similarity():
    one, other = (find_shingles(text, [(0, len(text))]) for text in (COPIES["whole"], COPIES["cut to half"]))
    assert abs(np.mean(sign(one) == sign(other)) - share(one, other)[1]) < 0.15
    assert share(one, other)[1] < JACCARD + 0.05


def test_shingles_and_signatures_are_the_same_in_every_process():
    said = "from analysis.copies.shingles import *; s = find_shingles('{0}', [(0, 40)]); print(s.tolist(), sign(s)[:4])"
    said = said.format("One two three four five six seven eight.")
    done = [
        subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True, env={"PYTHONHASHSEED": seed}).stdout
        for seed in ("1", "2")
    ]  # fmt: skip
    assert done[0] == done[1]


GROUPS = {
    "Gazette": [COPIES["whole"], COPIES["cut to half"], text_of(OTHER), EVENT[0]],
    "Courier": [COPIES["headline changed"], text_of(story(5)), text_of(OTHER, "One more")],
    "Herald": [EVENT[1], text_of(story(6))],
}
DAYS = ["2026-05-04", "2026-05-05", None, "2026-05-04", "2026-05-03", None, "2026-06-01", None, "on Monday"]


def test_tables_say_what_each_group_has(tmp_path):
    tables = by_group(corpus(tmp_path, GROUPS, published=DAYS))
    for name, table in tables.items():
        DECLARED[name].check(table)
    largest, second = tables["copy_clusters"].itertuples(index=False)
    assert (largest.n_articles, largest.n_texts, largest.groups) == (3, 2, "Courier, Gazette")
    assert (largest.first_day, largest.last_day) == ("2026-05-03", "2026-05-05")
    assert (second.n_articles, second.n_texts, second.first_day) == (2, 1, "2026-06-01")
    counts = tables["copies_by_group"].set_index("group")
    assert counts.loc["Gazette"].tolist() == [4, 4, 3, 3, 1]
    assert counts.loc["Courier"].tolist() == [3, 3, 2, 2, 0]
    assert counts.loc["Herald"].tolist() == [2, 2, 0, 0, 0]
    shared = {(row.group, row.other): (row.n_clusters, row.n_articles) for row in tables["shared_copies"].itertuples()}
    assert shared == {("Courier", "Gazette"): (2, 2), ("Gazette", "Courier"): (2, 3)}


def test_copies_in_one_group_alone_are_in_no_other(tmp_path):
    tables = by_group(corpus(tmp_path, {"A": [COPIES["whole"], COPIES["cut to half"]], "B": [text_of(OTHER)]}))
    counts = tables["copies_by_group"].set_index("group")
    assert counts.loc["A"].tolist() == [2, 2, 2, 0, 1]
    assert tables["shared_copies"].empty


def test_an_opening_is_the_first_sentence_of_the_longest_text_as_it_stands(tmp_path):
    measured = corpus(tmp_path, GROUPS, published=DAYS)
    row = next(by_group(measured)["copy_clusters"].itertuples())
    text = measured.query("SELECT text FROM articles WHERE article_id = $asked", asked=row.article_id)["text"][0]
    assert text[row.start : row.end] == row.opening == WIRE[0].split(". ")[0] + "."


@pytest.mark.parametrize("parts", [pytest.param(1, id="one file"), pytest.param(4, id="parts")])
def test_order_parts_and_names_change_nothing_but_names(tmp_path, parts):
    before = by_group(corpus(tmp_path / "one", GROUPS, published=DAYS))
    names = {"Gazette": "A", "Courier": "B", "Herald": "C"}
    articles = made_articles(GROUPS, published=DAYS)
    ids = {old: f"{names[old.split('-')[0]]}-{old[-1]}" for old in articles["article_id"]}
    renamed = articles.assign(article_id=articles["article_id"].map(ids), outlet=articles["outlet"].map(names)).astype(
        "str"
    )
    shuffled = renamed.sample(frac=1, random_state=3).reset_index(drop=True)
    after = by_group(write_measured(tmp_path / "two", shuffled, attribution="none", parts=parts))
    pd.testing.assert_frame_equal(
        plain(before["copies"].assign(article_id=before["copies"]["article_id"].map(ids), group=before["copies"]["group"].map(names)))
        .drop(columns="counted").sort_values("article_id", ignore_index=True),
        plain(after["copies"]).drop(columns="counted").sort_values("article_id", ignore_index=True),
    )  # fmt: skip
    kept = ["n_articles", "n_texts", "n_groups", "first_day", "last_day", "start", "end", "opening"]
    pd.testing.assert_frame_equal(before["copy_clusters"][kept], after["copy_clusters"][kept])


def test_a_folder_without_its_regions_is_refused(tmp_path):
    measured = corpus(tmp_path, {"A": [EVENT[0]], "B": [EVENT[1]]})
    (measured.folder / "tables" / "regions.parquet").unlink()
    with pytest.raises(InputError, match="has no regions"):
        find_copies(Measured(tmp_path))


def _joined(texts):
    shingles = [find_shingles(text, [(0, len(text))]) for text in texts]
    return len(set(joined(shingles)))


@pytest.mark.growth
@pytest.mark.parametrize(
    "changed",
    [pytest.param("{0} more words stand here.", id="copies"), pytest.param("{0} {0}1 {0}2 {0}3 {0}4 " * 60, id="forms, which are none")],
)  # fmt: skip
def test_ten_thousand_texts_that_are_much_alike_take_no_longer_each(changed):
    def texts(n):
        return [f"{text_of(WIRE[:4])} {changed.format(f'x{n}y{number}')}" for number in range(n)]

    assert_linear(_joined, texts, 4000)


def test_all_copies_of_one_text_are_one_set_and_cost_one_look():
    whole = find_shingles(COPIES["whole"], [(0, len(COPIES["whole"]))])
    looks = []
    assert set(joined([np.append(whole, np.uint64(place)) for place in range(500)], looks)) == {0}
    assert len(looks) < 2 * 500 + 1000


@pytest.mark.parametrize(
    ("shared", "one", "other"),
    [
        pytest.param(200, 300, 300, id="a Jaccard similarity of .5"),
        pytest.param(240, 300, 500, id="a cut to three fifths with new sentences in it"),
        pytest.param(240, 300, 600, id="a cut to a half"),
        pytest.param(244, 300, 740, id="a brief of a long story"),
    ],
)
def test_the_least_alike_that_are_copies_are_candidates(shared, one, other):
    draw = np.random.default_rng(1)
    shingles = []
    for _ in range(150):
        drawn = np.unique(draw.integers(2**64, size=one + other - shared, dtype=np.uint64))
        drawn = draw.permutation(drawn)
        shingles += [np.sort(drawn[:one]), np.sort(drawn[one - shared :])]
    assert all(are_copies(*shingles[at : at + 2]) for at in range(0, 300, 2))
    assert joined(shingles) == [at - at % 2 for at in range(300)]


def test_texts_with_a_few_stock_paragraphs_are_seldom_looked_at():
    stock = [story(seed)[0] for seed in range(30)]
    draw = random.Random(1)
    looks = []
    texts = [text_of([*story(100 + number)[:5], *draw.sample(stock, 5)]) for number in range(120)]
    sets = joined([find_shingles(text, [(0, len(text))]) for text in texts], looks)
    assert len(set(sets)) == len(texts)
    assert len(looks) / 2 < len(texts)  # of seven thousand pairs


@pytest.mark.parametrize(("copies", "counted", "aside"), [("once", [2, 2], [1, 0]), ("all", [3, 2], [0, 0])])
def test_of_copies_one_counts_in_each_group_or_each_does(tmp_path, copies, counted, aside):
    texts = {
        "A": [COPIES["whole"], COPIES["cut to half"], text_of(story(7))],
        "B": [COPIES["headline changed"], text_of(story(8))],
    }
    measured = write_measured(tmp_path, made_articles(texts))
    tables = compare_groups(measured, group_by="outlet", copies=copies, permutations=9)
    assert tables["groups"].set_index("group").loc[["A", "B"], "n_counted"].tolist() == counted
    assert tables["copies_by_group"].set_index("group").loc[["A", "B"], "n_set_aside"].tolist() == aside
    assert tables["copies"]["counted"].sum() == 3 - sum(aside)
    quoted = tables["articles"].set_index("article_id")["text"]
    for row in tables["copy_clusters"].itertuples():
        assert quoted[row.article_id][row.start : row.end] == row.opening


def test_another_way_to_count_copies_is_refused(tmp_path):
    measured = write_measured(tmp_path, made_articles({"A": [EVENT[0]], "B": [EVENT[1]]}), attribution="none")
    with pytest.raises(InputError, match="twice"):
        compare_groups(measured, group_by="outlet", copies="twice")
