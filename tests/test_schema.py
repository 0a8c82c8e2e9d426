"""A table has its columns in their types, whatever its rows are built from, and its rows are plain values."""

import numpy as np
import pandas as pd
import pytest

from analysis.schema import _MANY, Column, Table, as_strings, owners_of, rows_of
from analysis.units import number_rows

TABLE = Table(
    "t", "word", ("n",),
    (
        Column("n", "int64", "uses"), Column("word", "str", "as written"), Column("share", "float64", "of all"),
        Column("kept", "bool", "whether it is"),
    ),
)  # fmt: skip
ROWS = [(3, "oil", 0.5, True), (1, None, None, False)]
DTYPES = ["int64", "str", "float64", "bool"]


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(ROWS, id="a list of tuples"),
        pytest.param(iter(ROWS), id="tuples as they come"),
        pytest.param(dict(zip(TABLE.names, zip(*ROWS, strict=True), strict=True)), id="tuples of columns"),
        pytest.param(pd.DataFrame(ROWS, columns=TABLE.names, index=[7, 7]), id="columns with an index of their own"),
    ],
)
def test_a_frame_has_its_types(rows):
    frame = TABLE.frame(dict(rows.items()) if isinstance(rows, pd.DataFrame) else rows)
    assert [str(dtype) for dtype in frame.dtypes] == DTYPES
    assert frame.index.tolist() == [0, 1]
    assert frame["n"].tolist() == [3, 1]
    assert frame["word"].isna().tolist() == frame["share"].isna().tolist() == [False, True]
    assert TABLE.check(frame) is frame


def test_an_empty_frame_has_its_types():
    assert [str(dtype) for dtype in TABLE.frame().dtypes] == DTYPES
    assert TABLE.frame({name: [] for name in TABLE.names}).dtypes.tolist() == TABLE.frame().dtypes.tolist()


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([(3, "oil", 0.5)], id="too few cells"),
        pytest.param([(3, "oil", 0.5, True, 1)], id="too many cells"),
        pytest.param([(3, "oil", 0.5, True), (3, "oil", 0.5, True, 1)], id="one row longer than the other"),
        pytest.param([(float("nan"), "oil", 0.5, True)], id="a whole number that is missing"),
        pytest.param({"n": [1, 2], "word": ["a"], "share": [0, 0], "kept": [True, True]}, id="columns of two lengths"),
    ],
)
def test_a_frame_of_other_rows_is_refused(rows):
    with pytest.raises(ValueError, match=r".+"):
        TABLE.frame(rows)


def test_rows_are_those_of_itertuples():
    frame = TABLE.frame(ROWS)
    rows = list(rows_of(frame))
    assert repr(rows) == repr(list(frame.itertuples(index=False, name="Row")))
    assert [type(cell) for cell in rows[0]] == [int, str, float, bool]
    assert list(rows_of(TABLE.frame())) == []


def test_rows_are_numbered_as_groupby_numbers_them():
    rng = np.random.default_rng(1)
    rows = pd.DataFrame({"article": rng.integers(0, 3, 99), "paragraph": rng.integers(-4, 4, 99)})
    for key in (["article"], ["article", "paragraph"], ["paragraph", "article"]):
        np.testing.assert_array_equal(number_rows(rows, key), rows.groupby(key).ngroup())
    assert number_rows(rows.head(0), ["article"]).tolist() == []


def test_columns_of_different_lengths_make_no_table():
    table = Table("t", "word", ("n",), (Column("n", "int64", "uses"), Column("word", "str", "as written")))
    with pytest.raises(ValueError, match=r"one length; these have \[1, 2\] rows"):
        table.frame({"n": [1, 2], "word": ["oil"]})


def test_a_table_shares_no_strings_with_the_one_it_is_made_from():
    table = Table("t", "word", ("word",), (Column("word", "str", "as written"),))
    given = table.frame([("oil",), ("gas",)])
    made = table.frame({"word": given["word"]})
    made.loc[0, "word"] = "coal"
    assert given["word"].tolist() == ["oil", "gas"]


@pytest.mark.parametrize("rows", [pytest.param(10, id="few"), pytest.param(_MANY + 10, id="many, kept by Arrow")])
def test_each_row_has_its_owner(rows):
    names = [f"a{number % 7}" for number in range(rows)]
    known = pd.DataFrame({"article_id": [f"a{number}" for number in (5, 3, 1, 0)]})
    asked = pd.DataFrame({"article_id": as_strings(names)})
    place = {"a5": 0, "a3": 1, "a1": 2, "a0": 3}
    assert owners_of(known, asked).tolist() == [place.get(name, -1) for name in names]
