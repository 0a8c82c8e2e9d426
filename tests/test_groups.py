"""The groups of a corpus: who stands where, what is tested, what passes, and what none of it depends on."""

import hashlib
import random

import numpy as np
import pandas as pd
import pytest
from conftest import plain
from corpora import made_articles, made_text, write_measured
from scipy import sparse

from analysis.groups.compare import compare_groups
from analysis.groups.excerpts import KEPT_OUT
from analysis.groups.gate import gate
from analysis.groups.place import MOST_GROUPS, Placed, place_corpus, smaller_groups
from analysis.groups.readability import holm, welch
from analysis.groups.sources import share_interval
from analysis.groups.terms import Family, group_keyness, past_the_gate, stated_terms
from analysis.groups.weigh import sums_of, weigh, whole_of
from analysis.inputs.files import InputError, TooFewError
from analysis.tables import TABLES
from analysis.withheld import PLACEHOLDER

DECLARED = {table.name: table for table in TABLES}
FLOOD = ("The minister said the flood was large.", "A flood came.")
RAIN = ('"It rained," Mary Smith said.',)


def three(n=12):
    """Three outlets that tell of nothing, rain and a flood."""
    return {
        "Courier": [made_text(100 + i) for i in range(n)],
        "Herald": [made_text(200 + i, own=RAIN) for i in range(n)],
        "Gazette": [made_text(i, own=FLOOD) for i in range(n)],
    }


def days(n):
    return [f"2026-0{1 + i % 3}-0{1 + i % 9}" for i in range(n)]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory):
    return write_measured(tmp_path_factory.mktemp("corpus"), made_articles(three(), published=days(36)))


@pytest.fixture(scope="module")
def tables(corpus):
    return compare_groups(corpus, permutations=199)


def compared(folder, articles, **settings):
    parts = settings.pop("parts", 1)
    return compare_groups(write_measured(folder, articles, parts=parts), permutations=199, **settings)


def test_every_table_is_as_it_is_declared(tables):
    for name, table in tables.items():
        DECLARED[name].check(table)


# Who stands where


def placed(folder, articles, group_by="outlet", copies=None):
    path = folder / "tables" / "articles.parquet"
    path.parent.mkdir(parents=True)
    articles.to_parquet(path, index=False)
    from analysis.measured import Measured

    return place_corpus(Measured(folder), group_by, copies)


def sized(**sizes):
    return made_articles({name: [f"{name} {i}." for i in range(n)] for name, n in sizes.items()})


def test_the_largest_group_comes_first(tmp_path):
    assert placed(tmp_path, sized(a=1, b=3, c=2)).groups["group"].tolist() == ["b", "c", "a"]


def test_groups_do_not_differ_in_white_space_alone(tmp_path):
    articles = sized(a=3).assign(outlet=["The Gazette", "The  Gazette ", "Gazette"]).astype("str")
    groups = placed(tmp_path, articles).groups
    assert groups[["group", "n_articles"]].to_numpy().tolist() == [["The Gazette", 2], ["Gazette", 1]]


def test_months_come_in_their_order(tmp_path):
    articles = sized(a=4).assign(published=["2026-03-01", "2026-01-05", "2026-03-02", "2026-02-09"]).astype("str")
    groups = placed(tmp_path, articles, "month").groups
    assert groups["group"].tolist() == ["2026-01", "2026-02", "2026-03"]
    assert groups["first_day"].tolist() == ["2026-01-05", "2026-02-09", "2026-03-01"]
    assert groups["last_day"].tolist() == ["2026-01-05", "2026-02-09", "2026-03-02"]


def test_a_month_is_one_of_twelve_and_a_day_need_not_be_right(tmp_path):
    published = ["2026-01-05", "2026-02-30", "2026-13-01", "0000-00-00", "0000-05-01", "yesterday"]
    groups = placed(tmp_path, sized(a=6).assign(published=published).astype("str"), "month").groups
    assert groups[["group", "n_articles", "n_dated"]].to_numpy().tolist() == [
        ["2026-01", 1, 1], ["2026-02", 1, 0], ["(not stated)", 4, 0]
    ]  # fmt: skip


def test_a_group_may_be_called_what_stands_for_small_ones(tmp_path):
    name = "(3 smaller groups)"
    articles = sized(**{name: 3}, **{f"g{i}": 2 for i in range(MOST_GROUPS - 2)}, x=1, y=1, z=1)
    groups = placed(tmp_path, articles).groups.set_index("group")
    assert groups.index.is_unique
    assert groups.loc[[name, f"({name})"], ["n_groups", "n_articles"]].to_numpy().tolist() == [[1, 3], [3, 3]]


def test_long_names_are_cut_and_stay_apart(tmp_path):
    long = "x" * 10_000
    groups = placed(tmp_path, sized(**{long: 3, f"{long}y": 2, "x" * 100: 1})).groups
    assert groups["n_articles"].tolist() == [3, 2, 1]
    assert groups["group"].str.len().tolist() == [100] * 3
    assert groups["group"].str[:89].tolist() == ["x" * 89] * 3


def test_a_column_goes_before_the_month_of_the_date(tmp_path):
    articles = sized(a=2).assign(published="2026-03-01", month=["May", "June"]).astype("str")
    assert set(placed(tmp_path, articles, "month").groups["group"]) == {"May", "June"}


@pytest.mark.parametrize(
    "published",
    [
        pytest.param(None, id="no date"),
        pytest.param("  ", id="a blank one"),
        pytest.param("last Monday", id="words"),
        pytest.param("4.5.2026", id="another order"),
        pytest.param("2026-02-30", id="a day that its month does not have"),
        pytest.param("2026-13-01", id="a month that no year has"),
        pytest.param("0000-00-00", id="zeros"),
        pytest.param("0000-01-01", id="a year that was none"),
    ],
)
def test_an_article_without_a_day_is_not_dated_and_still_counts(tmp_path, published):
    articles = sized(a=2, b=2).assign(published=["2026-03-01", published, "2026-03-02", "2026-03-02"]).astype("str")
    groups = placed(tmp_path, articles).groups.set_index("group")
    assert groups.loc["a", ["n_articles", "n_counted", "n_dated"]].tolist() == [2, 2, 1]
    assert groups.loc["a", ["first_day", "last_day"]].tolist() == ["2026-03-01", "2026-03-01"]


def test_what_is_not_stated_is_counted_and_stands_together(tmp_path):
    articles = sized(a=3).assign(outlet=["a", None, " "], author=["x", None, "y"]).astype("str")
    groups = placed(tmp_path, articles).groups.set_index("group")
    assert groups["n_articles"].to_dict() == {"(not stated)": 2, "a": 1}
    assert groups["n_without_outlet"].to_dict() == {"(not stated)": 2, "a": 0}
    assert groups["n_without_author"].sum() == 1


def test_of_copies_in_one_group_one_is_counted(tmp_path):
    groups = placed(tmp_path, made_articles({"a": ["One.", "One.", "Two."], "b": ["One."]})).groups
    assert groups.set_index("group")["n_counted"].to_dict() == {"a": 2, "b": 1}


def test_copies_may_be_named(tmp_path):
    articles = made_articles({"a": ["One.", "Two.", "Three."], "b": ["Four."]})
    copies = pd.DataFrame({"article_id": ["a-0", "a-2", "b-0"], "cluster": [7, 7, 7]})
    found = placed(tmp_path, articles, copies=copies)
    assert found.groups.set_index("group")["n_counted"].to_dict() == {"a": 2, "b": 1}


def test_which_copy_is_counted_is_decided_by_its_text(tmp_path):
    articles = made_articles({"a": ["One.", "Two."], "b": ["Four."]})
    copies = pd.DataFrame({"article_id": ["a-0", "a-1"], "cluster": ["x", "x"]})
    kept = set(placed(tmp_path, articles, copies=copies).articles["article_id"]) & {"a-0", "a-1"}
    first = min(("a-0", "One."), ("a-1", "Two."), key=lambda each: hashlib.sha256(each[1].encode()).hexdigest())
    assert kept == {first[0]}


def test_small_groups_beyond_the_most_are_one(tmp_path):
    sizes = {f"g{i:02}": 40 - i for i in range(MOST_GROUPS + 3)}
    found = placed(tmp_path, sized(**sizes))
    groups = found.groups
    assert len(groups) == MOST_GROUPS
    assert groups["group"].iloc[-1] == "(4 smaller groups)"
    assert groups["n_groups"].tolist() == [1] * (MOST_GROUPS - 1) + [4]
    assert groups["n_articles"].iloc[-1] == sum(list(sizes.values())[-4:])
    assert smaller_groups(found).to_numpy().tolist() == [
        ["(4 smaller groups)", name, sizes[name]] for name in list(sizes)[-4:]
    ]


@pytest.mark.parametrize("n", [pytest.param(1, id="the fewest articles"), pytest.param(99, id="the most")])
def test_what_is_not_stated_is_a_group_of_its_own_whatever_its_size(tmp_path, n):
    articles = sized(x=n, **{f"g{i:02}": 40 - i for i in range(MOST_GROUPS + 3)})
    articles = articles.assign(outlet=articles["outlet"].mask(articles["outlet"] == "x"))
    found = placed(tmp_path, articles)
    assert len(found.groups) == MOST_GROUPS
    sizes = dict(zip(found.groups["group"], found.groups["n_articles"], strict=True))
    assert sizes["(not stated)"] == n
    assert smaller_groups(found)["value"].tolist() == [f"g{i:02}" for i in range(MOST_GROUPS - 2, MOST_GROUPS + 3)]


def test_where_no_group_is_too_small_none_is_listed(tmp_path):
    assert smaller_groups(placed(tmp_path, sized(a=2, b=1))).empty


def test_smaller_months_stand_after_the_others_in_their_order(tmp_path):
    months = [f"20{year}-{month:02}" for year in (25, 26) for month in range(1, 9)]
    published = [f"{month}-01" for i, month in enumerate(months) for _ in range(2 if i % 5 else 1)] + ["soon"] * 9
    articles = sized(a=len(published)).assign(published=published).astype("str")
    found = placed(tmp_path, articles, "month")
    names = found.groups["group"].tolist()
    assert names[:-2] == sorted(names[:-2])
    assert names[-2:] == ["(not stated)", "(6 smaller groups)"]
    assert smaller_groups(found)["value"].tolist() == sorted(set(months) - set(names))


@pytest.mark.parametrize(
    ("articles", "group_by", "message"),
    [
        pytest.param(sized(a=2, b=2), "region", r"no column 'region' to group by; the articles have 'article_id'.*'month'", id="no such column"),
        pytest.param(sized(a=2, b=2), "text", "no column 'text' to group by", id="the text is no group"),
        pytest.param(sized(a=2), "outlet", r"all 2 articles have the same outlet: 'a'", id="one group"),
    ],
)  # fmt: skip
def test_what_cannot_be_grouped_is_refused(tmp_path, articles, group_by, message):
    with pytest.raises(InputError, match=message):
        placed(tmp_path, articles, group_by)


@pytest.mark.parametrize("n", [pytest.param(0, id="none"), pytest.param(1, id="one")])
def test_too_few_articles_are_refused(tmp_path, n):
    with pytest.raises(TooFewError, match=f"two articles or more; found {n}"):
        placed(tmp_path, sized(a=1).head(n))


def test_a_column_of_any_name_is_no_sql(tmp_path):
    articles = sized(a=2).assign(**{'x" FROM articles; --': ["one", "two"]})
    assert set(placed(tmp_path, articles, 'x" FROM articles; --').groups["group"]) == {"one", "two"}


# What passes


def test_terms_of_one_group_alone_pass_and_no_others(tables):
    found = stated_terms(tables["group_keyness"])
    found = found[found["log_ratio"] > 0].groupby("group")["term"].agg(set).to_dict()
    assert found["Herald"] == {"mary smith", "rained", "smith said"}
    assert found["Gazette"] >= {"flood", "flood came", "minister said"}
    assert "Courier" not in found


def test_a_word_with_the_counts_of_a_longer_term_is_not_stated(tables):
    stated, passed = stated_terms(tables["group_keyness"]), past_the_gate(tables["group_keyness"])
    assert {"mary", "mary smith"} <= set(passed["term"])
    assert "mary" not in set(stated["term"])
    assert "flood" in set(stated["term"])  # it stands in two terms, in neither always


def test_counts_are_those_of_the_articles(tables):
    row = tables["group_keyness"].set_index(["group", "term"]).loc[("Gazette", "flood")]
    n_words = tables["groups"].set_index("group")["n_words"]
    assert row[["n", "n_elsewhere", "n_articles", "n_articles_elsewhere"]].tolist() == [24, 0, 12, 0]
    assert row["rate"] == pytest.approx(24_000 / n_words["Gazette"])
    assert (row["upper"], row["dispersion"] < 0.1) == (float("inf"), True)


def test_the_words_are_those_of_the_readers_count(corpus, tables):
    counted = corpus.query(
        'SELECT outlet, sum(n) AS n FROM term_counts JOIN articles USING (article_id) WHERE "order" = 1 GROUP BY outlet'
    )
    assert counted.set_index("outlet")["n"].to_dict() == tables["groups"].set_index("group")["n_words"].to_dict()


def test_no_stop_word_begins_or_ends_a_term_unless_asked(corpus, tables):
    assert not {"the", "the flood", "flood was"} & set(tables["group_keyness"]["term"])
    asked = compare_groups(corpus, stop_words="in", permutations=19)
    assert {"the", "the flood", "flood was"} <= set(asked["group_keyness"]["term"])


def test_voices_are_chosen(corpus):
    author = compare_groups(corpus, voices="author", permutations=19)["group_keyness"]
    assert "rained" not in set(author["term"])
    quoted = compare_groups(corpus, voices="quoted", permutations=19)["group_keyness"]
    assert set(quoted["term"]) == {"rained"}


def test_few_uses_are_not_tested(corpus):
    assert compare_groups(corpus, min_count=1_000, permutations=19)["group_keyness"].empty


def test_articles_without_a_word_have_no_terms(tmp_path):
    found = compared(tmp_path, made_articles({"a": [f"{i} …" for i in range(6)], "b": [f"{i} !" for i in range(6)]}))
    assert found["groups"]["n_words"].tolist() == [0, 0]
    assert found["group_keyness"].empty


def test_in_four_articles_a_term_is_not_tested(tmp_path):
    texts = three()
    texts["Gazette"] = [made_text(i, own=["A flood came. " * 3] if i < 4 else ()) for i in range(12)]
    assert "flood" not in set(compared(tmp_path, made_articles(texts))["group_keyness"]["term"])


def test_an_article_with_a_term_in_two_voices_is_one_article(tmp_path):
    texts = three()
    both = ["A flood came.", '"A flood came," Mary Smith said.']
    texts["Gazette"] = [made_text(i, own=both if i < 4 else ()) for i in range(12)]
    assert "flood" not in set(compared(tmp_path, made_articles(texts))["group_keyness"]["term"])


@pytest.mark.parametrize("n", [1, 2, 4])
def test_a_group_of_few_articles_gets_figures_without_evidence(tmp_path, n):
    texts = three()
    texts["Gazette"] = texts["Gazette"][:n]
    found = compared(tmp_path, made_articles(texts), min_count=1)
    own = found["group_keyness"].loc[found["group_keyness"]["group"] == "Gazette"]
    assert own[["p", "p_adjusted", "q", "lower", "upper"]].isna().all(axis=None)
    assert own["rate"].notna().all()
    others = found["group_keyness"].loc[found["group_keyness"]["group"] != "Gazette"]
    assert others["p_adjusted"].notna().all()
    assert found["groups"].set_index("group")["evidence"].to_dict() == {
        "Courier": True,
        "Herald": True,
        "Gazette": False,
    }


def test_five_articles_are_enough(tmp_path):
    texts = three()
    texts["Gazette"] = texts["Gazette"][:5]
    assert compared(tmp_path, made_articles(texts))["groups"]["evidence"].all()


def test_where_the_others_are_few_nothing_has_evidence(tmp_path):
    texts = {name: own[:4] if name != "Courier" else own for name, own in three().items() if name != "Herald"}
    found = compared(tmp_path, made_articles(texts))
    assert not found["groups"]["evidence"].any()
    assert found["group_keyness"]["p_adjusted"].isna().all()


# What nothing depends on


def same(one, other, rename=None):
    """Whether two comparisons hold the same rows but for names."""
    for name in ("groups", "group_keyness", "group_limits", "group_readability", "group_sources"):
        left, right = one[name], other[name]
        if rename:
            left = left.assign(group=left["group"].map(rename).astype("str"))
        key = list(DECLARED[name].key)
        left, right = (plain(frame).sort_values(key, ignore_index=True) for frame in (left, right))
        pd.testing.assert_frame_equal(left, right, check_exact=True, obj=name)


def test_the_order_of_the_articles_and_the_number_of_files_change_nothing(tmp_path, tables):
    articles = made_articles(three(), published=days(36))
    shuffled = articles.sample(frac=1, random_state=3, ignore_index=True)
    other = compared(tmp_path, shuffled, parts=5)
    for name, table in tables.items():
        pd.testing.assert_frame_equal(table, other[name], check_exact=True, obj=name)


def test_new_names_change_names_alone(tmp_path, tables):
    names = {"Courier": "Zebra", "Herald": "<b>A</b>", "Gazette": "'; DROP TABLE articles; --"}
    renamed = {names[name]: texts for name, texts in three().items()}
    other = compared(tmp_path, made_articles(renamed, published=days(36)))
    same(tables, other, names)
    assert [names[group] for group in tables["groups"]["group"]] == other["groups"]["group"].tolist()


def test_two_groups_mirror_each_other(tmp_path):
    texts = {name: own for name, own in three().items() if name != "Courier"}
    keyness = compared(tmp_path, made_articles(texts))["group_keyness"]
    one, other = (keyness[keyness["group"] == name].set_index("term").sort_index() for name in texts)
    assert one["log_ratio"].tolist() == (-other["log_ratio"]).tolist()
    np.testing.assert_allclose(one["lower"], -other["upper"], rtol=1e-12)
    assert one["p_adjusted"].tolist() == other["p_adjusted"].tolist()
    assert one["p"].tolist() == other["p"].tolist()


def test_the_same_articles_in_two_groups_do_not_differ(tmp_path):
    own = [text for texts in three().values() for text in texts]
    found = compared(tmp_path, made_articles({"a": own, "b": own}))
    assert past_the_gate(found["group_keyness"]).empty
    assert found["group_keyness"]["log_ratio"].abs().max() < 1e-12
    assert (found["group_readability"]["difference"].dropna().abs() < 1e-12).all()


def test_an_article_printed_many_times_is_one_piece_of_evidence(tmp_path, tables):
    texts = three()
    texts["Gazette"] = [*texts["Gazette"], *[texts["Gazette"][3]] * 9]
    other = compared(tmp_path, made_articles(texts, published=[*days(36), *["2026-01-01"] * 9]))
    columns = [name for name in tables["group_keyness"] if name != "term"]
    pd.testing.assert_frame_equal(tables["group_keyness"][columns], other["group_keyness"][columns], check_exact=True)
    assert other["groups"].set_index("group")["n_articles"]["Gazette"] == 21


def test_the_seed_is_all_that_moves_a_p_value(corpus, tables):
    again = compare_groups(corpus, permutations=199)
    other = compare_groups(corpus, permutations=199, seed=2)
    pd.testing.assert_frame_equal(tables["group_keyness"], again["group_keyness"], check_exact=True)
    assert tables["group_keyness"]["p"].tolist() != other["group_keyness"]["p"].tolist()
    assert tables["group_keyness"]["lower"].tolist() == other["group_keyness"]["lower"].tolist()


# The gate


def uses_of(draw, sizes, length=(500,), burst=1.0, n_terms=60):
    """Uses of terms whose rate goes from article to article, in groups whose articles differ in length alone."""
    sides = np.repeat(np.arange(len(sizes)), sizes)
    words = np.array([length[side % len(length)] for side in sides], dtype=float)
    rates = 0.02 / np.arange(3, n_terms + 3) * draw.gamma(1 / burst, burst, size=(sides.size, n_terms))
    uses = draw.poisson(words[:, None] * rates)
    return sparse.csr_array(uses[:, ((uses > 0).sum(0) >= 5)].astype(np.float32)), words, sides


def passing(sizes, times, **made):
    """In how many of some corpora without a difference any term passes."""
    found = 0
    for number in range(times):
        uses, words, sides = uses_of(np.random.default_rng(number), sizes, **made)
        said = gate(uses, words, sides, np.ones(len(sizes), dtype=bool), permutations=99, seed=number)
        found += bool((said.p_adjusted <= 0.05).any())
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "made"),
    [
        pytest.param((30, 30), {"burst": 0.1}, id="words that come evenly"),
        pytest.param((30, 30), {"burst": 8.0}, id="words that come in bursts"),
        pytest.param((20, 20, 20, 20), {"burst": 5.0}, id="several groups"),
        pytest.param((15, 120), {"burst": 8.0, "length": (1500, 500)}, id="a small group of long articles"),
        pytest.param((15, 120), {"burst": 8.0, "length": (300, 900)}, id="a small group of short articles"),
    ],
)
def test_where_nothing_differs_any_term_passes_about_one_time_in_twenty(sizes, made):
    assert passing(sizes, 100, **made) <= 12  # of 100; at .05, more come up one time in seven hundred


def test_a_corpus_dealt_in_packs_says_what_one_dealt_by_articles_says(monkeypatch):
    uses, words, sides = uses_of(np.random.default_rng(5), (150, 300, 50), burst=3.0)
    uses = uses.tolil()
    uses[:150, 40] = 4
    uses = uses.tocsr()
    tested = np.ones(3, dtype=bool)
    singly = gate(uses, words, sides, tested, permutations=999, seed=1)
    monkeypatch.setattr("analysis.groups.gate.DEALT_SINGLY", 100)
    monkeypatch.setattr("analysis.groups.gate.PACKS", 250)
    packed = gate(uses, words, sides, tested, permutations=999, seed=1)
    assert (singly.pack, packed.pack) == (1, 2)
    assert packed.critical == pytest.approx(singly.critical, rel=0.2)
    assert np.corrcoef(singly.p.ravel(), packed.p.ravel())[0, 1] > 0.98
    assert singly.p_adjusted[0, 40] == packed.p_adjusted[0, 40] == 0.001


def test_uses_that_all_stand_in_one_article_weigh_less():
    words, sides = np.full(20, 100.0), np.repeat([0, 1], 10)
    spread, heap = np.zeros((20, 1)), np.zeros((20, 1))
    spread[:8], heap[0] = 1, 8
    weighed = []
    for uses in (spread, heap):
        some = sparse.csr_array(uses)
        whole = whole_of(some, words)
        weighed.append(weigh(sums_of(some, words, sides, 2), whole, np.array([[uses.sum()], [0.0]]))[0][0, 0])
    assert weighed[0] > 4 * weighed[1]


def test_exchanging_the_sides_exchanges_what_is_weighed():
    uses, words, sides = uses_of(np.random.default_rng(1), (8, 12), length=(400, 600))
    whole = whole_of(uses, words)
    one, other = (weigh(sums_of(uses, words, some, 2), whole)[0] for some in (sides, 1 - sides))
    np.testing.assert_allclose(one, other[::-1])
    np.testing.assert_allclose(one[0], one[1])


def keyness_of(uses, words, sides, permutations=99):
    """GROUP_KEYNESS of made uses, the terms called t00, t01, …"""
    n_sides = int(sides.max()) + 1
    groups = pd.DataFrame({"group": [f"g{side}" for side in range(n_sides)], "evidence": True})
    articles = pd.DataFrame({"article_id": "a", "number": range(sides.size), "side": sides, "day": ""})
    terms = pd.DataFrame({"order": 1, "term": [f"t{column:02}" for column in range(uses.shape[1])]})
    family = Family(terms, uses, words, 0)
    return group_keyness(Placed(groups, articles, articles), family, permutations=permutations, seed=1)["group_keyness"]


def test_a_term_in_many_articles_here_and_one_elsewhere_passes():
    sides, words = np.repeat([0, 1], [60, 200]), np.full(260, 300.0)
    uses = np.zeros((260, 3))
    uses[:30, 0] = uses[100, 0] = 1
    uses[::9, 1] = uses[::7, 2] = 1
    found = keyness_of(sparse.csr_array(uses), words, sides).set_index(["group", "term"]).loc["g0"]
    assert (found["p_adjusted"] <= 0.05).to_dict() == {"t00": True, "t01": False, "t02": False}
    assert found.at["t00", "lower"] > 2


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sizes", "burst"),
    [pytest.param((12, 12), 3.0, id="few articles"), pytest.param((60, 200), 5.0, id="many articles")],
)
def test_the_interval_of_a_log_ratio_holds_it_as_often_as_it_says(sizes, burst):
    held = found = 0
    for number in range(30):
        uses, words, sides = uses_of(np.random.default_rng(number), sizes, burst=burst, length=(500, 800))
        keyness = keyness_of(uses, words, sides, permutations=1)
        own = keyness[keyness["group"] == "g0"]
        held += int(((own["lower"] <= 0) & (own["upper"] >= 0)).sum())
        found += len(own)
    assert 0.92 <= held / found <= 0.99


# Readability and sources


def test_articles_in_other_languages_are_counted_and_not_scored(tmp_path):
    german = "Der Fluss stieg wieder in der Stadt, und alle Leute gingen mit ihren Sachen auf einen Berg. " * 12
    texts = three()
    texts["Courier"][0] = german
    found = compared(tmp_path, made_articles(texts))
    groups = found["groups"].set_index("group")
    assert groups["n_foreign"].to_dict() == {"Courier": 1, "Herald": 0, "Gazette": 0}
    assert groups.at["Courier", "n_counted"] == 12
    assert groups.at["Courier", "n_scored"] <= 11


def test_means_are_over_articles(corpus, tables):
    scores = corpus.query("SELECT outlet, lix FROM readability JOIN articles USING (article_id) WHERE lix IS NOT NULL")
    rows = tables["group_readability"].set_index(["group", "metric"]).xs("lix", level="metric")
    assert rows["n_articles"].to_dict() == {name: int((scores["outlet"] == name).sum()) for name in rows.index}


@pytest.mark.parametrize(
    ("own", "rest", "expected"),
    [
        pytest.param([1, 1, 1], [1, 1], (0, 0, 1), id="no difference, no spread"),
        pytest.param([2, 2, 2], [1, 1], (1, 1, 0), id="a difference, no spread"),
    ],
)
def test_welch_without_spread(own, rest, expected):
    assert welch(np.array(own, dtype=float), np.array(rest, dtype=float)) == expected


def test_holm_is_monotone_and_at_most_one():
    assert holm([0.5, 0.5, 0.9]) == [1.0, 1.0, 1.0]
    assert holm([]) == []


def test_a_share_over_clusters_is_wider_than_over_cases():
    single, clustered = share_interval([1, 0] * 20, [1] * 40), share_interval([4, 0] * 5, [4] * 10)
    assert clustered[1] - clustered[0] > single[1] - single[0]


@pytest.mark.parametrize("counted", [pytest.param(0, id="none"), pytest.param(3, id="all")])
def test_a_share_of_none_or_all_has_an_interval_inside_zero_to_one(counted):
    lower, upper = share_interval([counted] * 10, [3] * 10)
    assert 0 <= lower < upper <= 1
    assert upper - lower > 0.2


@pytest.mark.slow
def test_the_interval_of_a_share_holds_it_as_often_as_it_says():
    held, draw = 0, random.Random(1)
    for _ in range(400):
        totals = [draw.randint(1, 12) for _ in range(30)]
        chances = [draw.betavariate(1, 3) for _ in totals]
        counts = [sum(draw.random() < chance for _ in range(n)) for n, chance in zip(totals, chances, strict=True)]
        lower, upper = share_interval(counts, totals)
        held += lower <= 0.25 <= upper
    assert held >= 0.92 * 400


def test_sources_are_counted_by_month_and_in_all(tables):
    rows = tables["group_sources"].set_index(["group", "period", "source_type"]).sort_index()
    assert rows.at[("Herald", "", "named person"), "n_statements"] == 12
    months = [rows.at[("Herald", month, "named person"), "n_statements"] for month in ("2026-01", "2026-02", "2026-03")]
    assert sum(months) == 12
    assert rows.loc["Herald", "few"].all()  # twelve statements are few


# What is shown


def test_excerpts_are_verbatim_and_nothing_else_of_the_texts_is_kept(tables):
    texts = tables["articles"].set_index("article_id")["text"]
    for row in tables["group_excerpts"].itertuples():
        assert texts[row.article_id][row.start : row.end] == row.surface
        assert texts[row.article_id][row.sentence_start : row.sentence_end] == row.text
    kept = sum(len(text.replace(KEPT_OUT, "")) for text in texts)
    assert kept == sum(row.end - row.start for row in tables["sentences"].itertuples())
    assert KEPT_OUT == PLACEHOLDER


def test_excerpts_come_from_different_articles_of_every_group_that_has_the_term(tables):
    shown = tables["group_excerpts"]
    assert not shown.duplicated(["term", "article_id"]).any()
    assert shown[shown["term"] == "said"].groupby("group").size().to_dict() == {"Gazette": 3, "Herald": 3}


def test_hashes_are_those_of_the_whole_texts(corpus, tables):
    whole = corpus.query("SELECT article_id, text FROM articles").set_index("article_id")["text"]
    for row in tables["articles"].itertuples():
        assert row.text_sha256 == hashlib.sha256(whole[row.article_id].encode()).hexdigest()
