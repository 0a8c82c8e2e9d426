import pandas as pd
import pytest

from analysis.inputs.files import InputError
from analysis.measured import Measured

ROWS = pd.DataFrame({"article_id": ["a", "b", "c"], "outlet": [None, "X", "Y"], "text": ["one", "two", "three"]})


def written(folder, parts):
    """Tables of articles, in one file or in parts."""
    path = folder / "tables" / "articles.parquet"
    path.parent.mkdir(parents=True)
    frame = ROWS.astype("str")
    if parts:
        path.mkdir()
        for number in range(len(frame)):
            frame.iloc[number : number + 1].to_parquet(path / f"part-{number:05}.parquet", index=False)
    else:
        frame.to_parquet(path, index=False)
    return Measured(folder)


@pytest.mark.parametrize("parts", [pytest.param(False, id="one file"), pytest.param(True, id="a folder of parts")])
def test_a_table_is_the_same_in_one_file_and_in_parts(tmp_path, parts):
    found = written(tmp_path, parts).query("SELECT * FROM articles ORDER BY article_id")
    pd.testing.assert_frame_equal(found, ROWS.astype("str"))


def test_a_value_stands_for_its_name_and_is_no_sql(tmp_path):
    measured = written(tmp_path, False)
    asked = "SELECT article_id FROM articles WHERE outlet = $outlet"
    assert measured.query(asked, outlet="X")["article_id"].tolist() == ["b"]
    assert measured.query(asked, outlet="' OR 1 = 1 --").empty


def test_a_column_without_a_value_is_text_all_the_same(tmp_path):
    found = written(tmp_path, False).query("SELECT outlet FROM articles WHERE article_id = 'a'")
    assert found["outlet"].dtype == "str"
    assert found["outlet"].isna().all()


def test_a_further_table_is_there_for_one_question(tmp_path):
    measured = written(tmp_path, True)
    chosen = {"chosen": pd.DataFrame({"article_id": ["c"]})}
    assert measured.query("SELECT text FROM articles JOIN chosen USING (article_id)", chosen)["text"].tolist() == [
        "three"
    ]
    with pytest.raises(Exception, match="chosen"):
        measured.query("SELECT * FROM chosen")


def test_a_quotation_mark_in_a_path_ends_no_name(tmp_path):
    assert len(written(tmp_path / "it's", True).query("SELECT * FROM articles")) == 3


def test_a_folder_without_articles_is_refused(tmp_path):
    with pytest.raises(InputError, match=r"tables/articles\.parquet"):
        Measured(tmp_path)


def test_what_a_query_puts_aside_does_not_lie_where_it_is_asked(tmp_path, monkeypatch):
    (tmp_path / "here").mkdir()
    (tmp_path / "aside").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "aside"))
    monkeypatch.setattr("analysis.measured._MEMORY", "40MB")
    measured = written(tmp_path, False)
    measured.query("SELECT count(*) FROM (SELECT DISTINCT i, md5(i::VARCHAR) FROM range(1000000) t(i))")
    assert [*(tmp_path / "here").iterdir()] == []
    assert len([*(tmp_path / "aside").iterdir()]) == 1
    del measured
    assert [*(tmp_path / "aside").iterdir()] == []
