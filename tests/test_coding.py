"""The sheet that a person judges blind, and the agreement of two that come back."""

import numpy as np
import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

from analysis.coding import DECOY_EVERY, read_tables, sample_sheet, save_sample
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.reliability import ANSWERS, agreement, alpha
from analysis.store import save_table
from analysis.tables.coding import AGREEMENT, KEY, SHEET

TO_FILL = ["is_attribution", "act", "kind", "source_type", "cue_class"]
TEXTS = {
    "g": "“The vote is off,” Ann Lee said. It rained. Bo Ray denied the claim. Men waited. Cy Fox said it was late.",
    "c": "The mayor said the port was closed. Rivers rose. “It is over. We go home,” Di Ash warned. Snow fell.",
}


@pytest.fixture(scope="module")
def tables():
    return measure(make_articles(TEXTS, outlet=["The Gazette", "The Courier"]))


def meaning(sample):
    """What each row of a sheet is, in its order."""
    return list(zip(sample.key["article_id"], sample.key["attribution"].fillna(0), sample.key["sentence"], strict=True))


class TestSheet:
    def test_the_sheet_and_its_key(self, tables):
        sheet, key = sample_sheet(tables, 7)
        SHEET.check(sheet)
        KEY.check(key)
        assert sheet["item"].tolist() == key["item"].tolist()
        assert sheet["item"].str.fullmatch("i[0-9a-f]{10}").all()
        assert sheet[TO_FILL].isna().all(axis=None)

    def test_the_sheet_is_blind(self, tables):
        written = sample_sheet(tables, 7).sheet.to_csv()
        for told in ("Gazette", "Courier", ".txt", "neutral", "direct", "statement", "named person", "0.8"):
            assert told not in written

    def test_the_key_leads_to_the_attribution(self, tables):
        sheet, key = sample_sheet(tables, 7)
        found = key.merge(tables["attributions"], on=["article_id", "attribution"], suffixes=("", "_found"))
        marked = sheet[sheet["cue"].notna()]
        assert found["sentence"].tolist() == found["sentence_found"].tolist()
        assert found["cue"].tolist() == marked["cue"].tolist()
        assert found["content"].tolist() == marked["content"].tolist()
        assert all(row.cue in row.passage for row in marked.itertuples())

    def test_neighbours_stand_beside_the_sentence_where_the_content_runs_on(self, tables):
        passages = sample_sheet(tables, 20).sheet["passage"]
        assert "“It is over. We go home,” Di Ash warned." in passages.tolist()

    def test_one_in_five_has_nothing_marked(self, tables):
        sheet, key = sample_sheet(tables, 6)
        assert sheet["content"].isna().sum() == 6 // DECOY_EVERY
        unmarked = key[key["attribution"].isna()]
        carrying = tables["attributions"][["article_id", "sentence"]]
        assert unmarked.merge(carrying, on=["article_id", "sentence"]).empty

    def test_every_article_gives_as_many_as_any_other(self):
        texts = {
            name: " ".join(f"{who} said it was {name}{n}." for n, who in enumerate(["Ann Lee"] * times))
            for name, times in {"a": 9, "b": 1, "c": 4}.items()
        }
        key = sample_sheet(measure(make_articles(texts)), 7).key
        assert key["article_id"].value_counts().to_dict() == {"a": 3, "b": 1, "c": 3}

    def test_where_there_are_no_more_the_sheet_is_shorter(self, tables):
        assert len(sample_sheet(tables, 500).sheet) == len(tables["attributions"]) + 4
        assert sample_sheet(tables, 500).sheet["item"].is_unique

    def test_the_same_texts_give_the_same_sheet_whatever_their_names_and_order(self, tables):
        renamed = measure(make_articles({"x": TEXTS["c"], "y": TEXTS["g"]}))
        assert sample_sheet(renamed, 6).sheet.equals(sample_sheet(tables, 6).sheet)

    def test_another_seed_gives_another_sheet(self, tables):
        samples = [meaning(sample_sheet(tables, 6, seed)) for seed in range(1, 6)]
        assert samples[0] == meaning(sample_sheet(tables, 6, 1))
        assert len({tuple(one) for one in samples}) > 1

    @pytest.mark.parametrize(("n", "seed"), [(0, 1), (-3, 1), (5, -1)])
    def test_a_sheet_has_a_passage(self, tables, n, seed):
        with pytest.raises(InputError, match=f"a sheet has 1 passage or more, and a seed of 0 or more; found n {n}"):
            sample_sheet(tables, n, seed)

    def test_without_attributions_there_is_nothing_to_judge(self):
        with pytest.raises(InputError, match="no attribution was found"):
            sample_sheet(measure(make_articles({"a": "It rained."})))

    def test_sheet_and_key_are_written_side_by_side_and_never_over_others(self, tables, tmp_path):
        sample = sample_sheet(tables, 6)
        sheet, key = save_sample(sample, str(tmp_path / "new" / "ann.csv"))
        assert (sheet.name, key.name) == ("ann.csv", "ann.key.csv")
        assert pd.read_csv(sheet)["item"].tolist() == sample.sheet["item"].tolist()
        written = pd.read_csv(key, dtype="str")
        numbers = sample.key["attribution"]
        assert written["attribution"].dropna().tolist() == [f"{number:.0f}" for number in numbers.dropna()]
        assert written["attribution"].isna().tolist() == numbers.isna().tolist()
        with pytest.raises(InputError, match=r"ann\.csv' is already there, and may have been filled"):
            save_sample(sample, str(sheet))
        with pytest.raises(InputError, match=r"a sheet is a \.csv file; found 'ann\.xlsx'"):
            save_sample(sample, "ann.xlsx")

    def test_no_cell_is_a_formula(self, tmp_path):
        sample = sample_sheet(measure(make_articles({"a": "=1+1 is wrong, Ann Lee said."})))
        assert sample.sheet["passage"].tolist() == ["=1+1 is wrong, Ann Lee said."]
        sheet, _ = save_sample(sample, str(tmp_path / "ann.csv"))
        assert pd.read_csv(sheet)["passage"].tolist() == ["'=1+1 is wrong, Ann Lee said."]


class TestFolder:
    def test_tables_are_read_from_a_run(self, tables, tmp_path):
        for name in ("articles", "sentences", "attributions", "spans"):
            save_table(tmp_path / "tables", name, tables[name])
        assert sample_sheet(read_tables(str(tmp_path)), 6).sheet.equals(sample_sheet(tables, 6).sheet)

    def test_a_folder_that_is_no_run_is_named(self, tmp_path):
        with pytest.raises(InputError, match=r"is no folder of a run: it has no tables/articles\.parquet"):
            read_tables(str(tmp_path))

    def test_a_run_that_kept_its_texts_out_cannot_be_sampled(self, tables, tmp_path):
        for name in ("articles", "sentences", "attributions", "spans"):
            save_table(tmp_path / "tables", name, tables[name].assign(text_sha256="0"))
        with pytest.raises(InputError, match=r"keeps the articles out .*--sources"):
            read_tables(str(tmp_path))


NAN = float("nan")
#: The example of the library, three readers and fifteen units: nominal .691.
THREE = [
    [NAN, NAN, NAN, NAN, NAN, 3, 4, 1, 2, 1, 1, 3, 3, NAN, 3],
    [1, NAN, 2, 1, 3, 3, 4, 3, NAN, NAN, NAN, NAN, NAN, NAN, NAN],
    [NAN, NAN, 2, 1, 3, 4, 4, NAN, 2, 1, 1, 3, 3, NAN, 4],
]
#: Krippendorff 2011, part C: four readers, twelve units, nominal .743.
FOUR = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, NAN, NAN, NAN],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NAN, 3],
    [NAN, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NAN],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NAN],
]
#: Krippendorff 2011, part B: two readers, twelve units, five values, nominal .692.
TWO = [list("aabbdcccedda"), list("babbbccceddd")]
#: Krippendorff 2011, part A: two readers, ten units, two values, .095.
BINARY = [[0, 1, 0, 0, 0, 0, 0, 0, 1, 0], [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]]


def by_hand(codes):
    """1 − observed / expected disagreement, from the coincidences, as Krippendorff (2011) sets them out."""
    values = sorted({value for row in codes for value in row if value == value})
    coincidences = np.zeros((len(values), len(values)))
    for unit in zip(*codes, strict=True):
        known = [values.index(value) for value in unit if value == value]
        for i, one in enumerate(known):
            for j, other in enumerate(known):
                if i != j:
                    coincidences[one, other] += 1 / (len(known) - 1)
    totals, n = coincidences.sum(axis=0), coincidences.sum()
    observed = n - np.trace(coincidences)
    expected = (n * n - (totals**2).sum()) / (n - 1)
    return 1 - observed / expected


def as_codes(rows):
    order = sorted({value for row in rows for value in row if value == value})
    return np.array([[order.index(value) if value == value else NAN for value in row] for row in rows], dtype=float)


@pytest.mark.parametrize(
    ("codes", "published"),
    [
        pytest.param(BINARY, 0.095, id="two readers, two values: Krippendorff 2011, A"),
        pytest.param(TWO, 0.692, id="two readers, five values: Krippendorff 2011, B"),
        pytest.param(FOUR, 0.743, id="four readers, values missing: Krippendorff 2011, C"),
        pytest.param(THREE, 0.691, id="three readers, values missing"),
    ],
)
def test_alpha_is_the_published_one(codes, published):
    assert round(by_hand(codes), 3) == published
    assert alpha(as_codes(codes)) == pytest.approx(by_hand(codes), abs=1e-12)


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 2)), min_size=1, max_size=12))
def test_alpha_is_the_same_whoever_is_first_and_in_whatever_order(pairs):
    codes = np.array(pairs, dtype=float).T
    value = alpha(codes)
    assert np.isnan(value) == (len(set(codes.ravel())) < 2)
    for other in (codes[::-1], codes[:, ::-1]):
        assert alpha(other) == pytest.approx(value, nan_ok=True)


class TestAgreement:
    @pytest.fixture
    def write(self, tmp_path):
        def write(name, rows, columns=("item", *TO_FILL), separator=","):
            path = tmp_path / f"{name}.csv"
            pd.DataFrame(rows, columns=list(columns)).to_csv(path, index=False, sep=separator)
            return str(path)

        return write

    YES = ("yes", "statement", "direct", "named person", "neutral")
    NO = ("no", None, None, None, None)

    def test_each_question_has_its_figures(self, write):
        first = [
            ("i1", *self.YES),
            ("i2", *self.YES),
            ("i3", *self.NO),
            ("i4", *self.NO),
            ("i5", None, None, None, None, None),
        ]
        second = [
            ("i5", *self.YES),
            ("i4", *self.NO),
            ("i3", *self.YES),
            ("i2", "YES ", "attitude", "Direct", "group", None),
            ("i1", *self.YES),
        ]
        found = agreement(write("one", first), write("two", second, separator=";"))
        AGREEMENT.check(found)
        rows = found.set_index("question")
        assert rows["n_items"].tolist() == [5] * 5
        assert rows["n_both"].tolist() == [4, 2, 2, 2, 1]
        assert rows["same"].tolist() == [0.75, 0.5, 1.0, 0.5, 1.0]
        # is_attribution: 8 values, 5 yes and 3 no; one pair of four differs: 1 − 7 · 2 / (2 · 5 · 3)
        assert rows.loc["is_attribution", "alpha"] == pytest.approx(1 - 7 * 2 / 30)
        assert rows.loc["act", "alpha"] == pytest.approx(0)
        assert (
            rows.loc["is_attribution", "lower"]
            <= rows.loc["is_attribution", "alpha"]
            <= rows.loc["is_attribution", "upper"]
        )

    def test_without_variation_alpha_is_missing_and_says_why(self, write):
        rows = [("i1", *self.YES), ("i2", *self.YES)]
        found = agreement(write("one", rows), write("two", rows)).set_index("question")
        assert found[["alpha", "lower", "upper"]].isna().all(axis=None)
        assert found.loc["kind", "note"] == "every answer is 'direct', so that chance cannot be told apart"
        assert found["same"].tolist() == [1.0] * 5

    def test_what_nobody_answered_twice_says_so(self, write):
        found = agreement(
            write("one", [("i1", *self.YES), ("i2", *self.NO)]), write("two", [("i1", *self.NO), ("i2", *self.YES)])
        )
        kind = found.set_index("question").loc["kind"]
        assert kind["note"] == "no item was answered by both"
        assert kind["n_both"] == 0
        assert pd.isna(kind["same"])

    def test_it_is_the_same_again_and_turned_round(self, write):
        draw = np.random.default_rng(3)
        sheets = [
            write(name, [(f"i{n}", *(self.YES if draw.random() < 0.6 else self.NO)) for n in range(30)])
            for name in ("one", "two")
        ]
        found = agreement(*sheets)
        assert found.equals(agreement(*sheets))
        assert agreement(*sheets[::-1])["alpha"].equals(found["alpha"])
        low, value, high = found.iloc[0][["lower", "alpha", "upper"]]
        assert low < value < high

    def test_the_interval_is_that_of_items_drawn_anew(self, write):
        answers = [(0, 0)] * 6 + [(1, 1)] * 4 + [(0, 1)] * 2 + [(1, 0)]
        first, second = (
            [(f"i{n}", *(self.NO, self.YES)[pair[who]]) for n, pair in enumerate(answers)] for who in (0, 1)
        )
        found = agreement(write("one", first), write("two", second), seed=5).iloc[0]
        draw = np.random.default_rng([5, 0])
        codes = 1 - np.array(answers).T
        values = [by_hand(codes[:, draw.integers(0, 13, 13)].tolist()) for _ in range(2000)]
        assert found[["lower", "upper"]].tolist() == pytest.approx(np.percentile(values, [2.5, 97.5]).tolist())

    def test_a_filled_sheet_comes_back(self, tables, tmp_path):
        sample = sample_sheet(tables, 6)
        sheet, _ = save_sample(sample, str(tmp_path / "ann.csv"))
        filled = pd.read_csv(sheet).assign(is_attribution=["yes", "no"] * 3)
        filled.to_csv(tmp_path / "ann filled.csv", index=False)
        found = agreement(str(tmp_path / "ann filled.csv"), str(tmp_path / "ann filled.csv"))
        assert found.loc[0, ["n_items", "n_both", "same", "alpha"]].tolist() == [6, 6, 1.0, 1.0]

    @pytest.mark.parametrize(
        ("rows", "message"),
        [
            pytest.param([("i1", *YES)], r"two\.csv lacks 1 of the 2 items of .*one\.csv, first 'i2'; both must be of one sample", id="a row is missing"),
            pytest.param([("i1", *YES), ("i2", *NO), ("i3", *NO)], r"one\.csv lacks 1 of the 3 items of .*two\.csv, first 'i3'", id="a row too many"),
            pytest.param([("i1", "maybe", None, None, None, None), ("i2", *NO)], r"two\.csv, line 2: is_attribution is yes, no, or empty; found 'maybe'", id="an answer that is none"),
            pytest.param([("i1", *YES), ("i2", "yes", "statement", "spoken", None, None)], r"line 3: kind is direct, indirect, mixed, or empty; found 'spoken'", id="a kind that is none"),
            pytest.param([("i1", *YES), ("i2", "no", "statement", None, None, None)], "line 3: act is answered where is_attribution is yes, and empty elsewhere", id="an act of no attribution"),
            pytest.param([("i1", *YES), ("i1", *NO)], "line 3: the item 'i1' stands twice", id="an item twice"),
            pytest.param([("i1", *YES), (None, *NO)], "line 3: the item '' has no name", id="an item without a name"),
            pytest.param([("i1", *[None] * 5), ("i2", *[None] * 5)], r"two\.csv: nothing is filled in", id="an empty sheet"),
        ],
    )  # fmt: skip
    def test_sheets_that_do_not_match_are_refused(self, write, rows, message):
        one = write("one", [("i1", *self.YES), ("i2", *self.NO)])
        with pytest.raises(InputError, match=message):
            agreement(one, write("two", rows))

    @pytest.mark.parametrize(
        ("columns", "message"),
        [
            pytest.param(("name", *TO_FILL), "no column 'item'", id="no item"),
            pytest.param(("item", *TO_FILL[:4], "note"), "no column 'cue_class'; a sheet has the columns item, is_attribution", id="no cue class"),
        ],
    )  # fmt: skip
    def test_columns_that_are_missing_are_named(self, write, columns, message):
        one = write("one", [("i1", *self.YES)], columns)
        with pytest.raises(InputError, match=message):
            agreement(one, one)

    def test_a_file_that_is_not_there_is_named(self):
        with pytest.raises(InputError, match=r"nowhere\.csv: cannot be read"):
            agreement("nowhere.csv", "nowhere.csv")

    def test_the_questions_are_those_of_the_sheet(self):
        assert list(ANSWERS) == SHEET.names[-5:] == TO_FILL
