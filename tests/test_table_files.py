"""Tables as files: the bytes that pandas would write, however a table keeps its strings."""

import io
import math

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.table_files import csv_of, csv_of_parquet, parquet_of, read_table

ROWS = {
    "text": ["a", None, 'zé, "b"\n\r\tc', ""],
    "n": [1, -2, 2**60, 0],
    "share": [0.1, math.nan, math.inf, -1e-300],
    "is": [True, False, True, False],
}


def table(storage, n=4):
    made = pd.DataFrame({name: values[:n] for name, values in ROWS.items()})
    return made.astype(
        {"text": pd.StringDtype(storage, na_value=np.nan), "n": "int64", "share": "float64", "is": "bool"}
    )


@pytest.mark.parametrize("storage", ["python", "pyarrow"])
@pytest.mark.parametrize("n", [pytest.param(4, id="some rows"), pytest.param(0, id="no row")])
def test_the_bytes_are_those_of_pandas(storage, n):
    assert parquet_of(table(storage, n)) == table("pyarrow", n).to_parquet(index=False, write_statistics=["text"])
    assert csv_of(table(storage, n)) == table("pyarrow", n).to_csv(index=False, lineterminator="\r\n")


@pytest.mark.parametrize("n", [pytest.param(4, id="some rows"), pytest.param(0, id="no row")])
def test_a_table_is_read_as_pandas_reads_it(tmp_path, n):
    path = tmp_path / "a.parquet"
    path.write_bytes(parquet_of(table("python", n)))
    pd.testing.assert_frame_equal(read_table(path), pd.read_parquet(path))


@pytest.mark.parametrize(
    "content", [pytest.param(b"", id="empty"), pytest.param(b"PAR1 no more", id="torn"), pytest.param(None, id="gone")]
)
def test_what_is_no_table_is_refused(tmp_path, content):
    path = tmp_path / "a.parquet"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises((OSError, ValueError)):
        read_table(path)


def test_a_part_can_be_passed_over_by_its_first_column():
    group = pq.ParquetFile(io.BytesIO(parquet_of(table("python")[["n", "text"]]))).metadata.row_group(0)
    assert (group.column(0).statistics.min, group.column(0).statistics.max) == (-2, 2**60)
    assert not group.column(1).is_stats_set


def test_columns_of_other_types_are_left_to_pandas():
    odd = pd.DataFrame({"when": pd.to_datetime(["2026-05-04", None])})
    assert parquet_of(odd) == odd.to_parquet(index=False)
    assert csv_of(odd) == 'when\r\n2026-05-04 00:00:00\r\n""\r\n'


def test_rows_after_a_choice_are_written_by_themselves():
    chosen = table("python").iloc[[2, 0]]
    assert csv_of(chosen) == chosen.to_csv(index=False, lineterminator="\r\n")
    pd.testing.assert_frame_equal(
        pd.read_parquet(io.BytesIO(parquet_of(chosen))), table("pyarrow").iloc[[2, 0]].reset_index(drop=True)
    )


ODD = {
    "text": ["=a", "-", "＝1,", "\n", '"', 'a "b", c', "a\rb", "é\x00", " +1", None, "", "plain"],
    "=name": ["a", "b", None, "d", "e", "f", "g", "h", "i", "j", "k", "'l"],
    "n": [0, -1, 2**62, 10, 4, 5, 6, 7, 8, 9, 10, 11],
    "share": [1.0, -0.0, math.nan, math.inf, -math.inf, 1e16, 1e-7, 0.1, 123456789012345680.0, 5e-324, 1 / 3, 100.0],
}


@pytest.mark.parametrize("header", [True, False])
@pytest.mark.parametrize(
    ("names", "rows"),
    [
        pytest.param(list(ODD), slice(None), id="formulas, quotation marks, line ends, what is missing, odd numbers"),
        pytest.param(["=name", "n"], slice(None), id="nothing to put in quotation marks"),
        pytest.param(["=name", "n"], slice(0, 0), id="no row"),
        pytest.param(["text"], slice(None), id="one column, whose empty cells are marked"),
        pytest.param(["is", "n"], slice(None), id="a type that Arrow writes otherwise"),
    ],
)
def test_what_was_written_as_parquet_becomes_the_csv_of_its_table(names, rows, header, tmp_path):
    given = pd.DataFrame(ODD).astype({"text": "str", "=name": "str"}).assign(**{"is": [True, False] * 6})[names]
    given = given.iloc[rows].reset_index(drop=True)
    path = tmp_path / "given.parquet"
    path.write_bytes(parquet_of(given))
    assert csv_of_parquet(path, header=header).decode() == csv_of(given, header=header)
