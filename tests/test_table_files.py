"""Tables as files: the bytes that pandas would write, however a table keeps its strings."""

import io
import math

import numpy as np
import pandas as pd
import pytest

from analysis.table_files import csv_of, parquet_of

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
    assert parquet_of(table(storage, n)) == table("pyarrow", n).to_parquet(index=False)
    assert csv_of(table(storage, n)) == table("pyarrow", n).to_csv(index=False, lineterminator="\r\n")


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
