"""Columns: which of an input's columns or keys is the text, the title and so on, and what is never guessed."""

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from analysis.__main__ import main
from analysis.corpus import InputError, column_lines, read_corpus, rejection_lines, warning_lines
from analysis.inputs.columns import ALSO_CALLED, Columns, read_mapping
from analysis.inputs.trouble import Unreadable


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def csv(*names):
    """A CSV file of one row whose cells are their columns' names in capitals."""
    return f"{','.join(names)}\n{','.join(name.upper() for name in names)}\n"


def jsonl(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def read(name, content, **settings):
    Path(name).write_text(content)
    return read_corpus(name, **settings)


def fields(articles):
    """What is known of the first article beside what reading sets."""
    row = articles.drop(columns=["group", "path"]).loc[0].dropna().to_dict()
    return {name: str(value) for name, value in row.items()}


@pytest.mark.parametrize(
    ("names", "expected", "note"),
    [
        pytest.param(
            ("title", "text", "domain", "date", "description", "url", "image_url"),
            {
                "title": "TITLE", "text": "TEXT", "outlet": "DOMAIN", "published": "DATE", "description": "DESCRIPTION",
                "url": "URL", "image_url": "IMAGE_URL", "article_id": "a:1",
            },
            "'domain' taken for outlet, 'date' taken for published", id="a data set of crawled news",
        ),
        pytest.param(
            ("authors", "date_publish", "headline", "maintext", "source_domain", "link", "language"),
            {
                "author": "AUTHORS", "published": "DATE_PUBLISH", "title": "HEADLINE", "text": "MAINTEXT",
                "outlet": "SOURCE_DOMAIN", "url": "LINK", "language": "LANGUAGE", "article_id": "a:1",
            },
            "'maintext' taken for text, 'headline' taken for title, 'source_domain' taken for outlet, "
            "'authors' taken for author, 'date_publish' taken for published, 'link' taken for url", id="news-please",
        ),
        pytest.param(
            ("stories_id", "publish_date", "title", "url", "media_name", "media_url", "language", "text"),
            {
                "article_id": "STORIES_ID", "published": "PUBLISH_DATE", "title": "TITLE", "url": "URL",
                "outlet": "MEDIA_NAME", "media_url": "MEDIA_URL", "language": "LANGUAGE", "text": "TEXT",
            },
            "'stories_id' taken for article_id, 'media_name' taken for outlet, 'publish_date' taken for published",
            id="Media Cloud",
        ),
        pytest.param(
            ("DATE", "SourceCommonName", "DocumentIdentifier", "title", "sourcecountry", "text"),
            {
                "published": "DATE", "outlet": "SOURCECOMMONNAME", "url": "DOCUMENTIDENTIFIER", "title": "TITLE",
                "sourcecountry": "SOURCECOUNTRY", "text": "TEXT", "article_id": "a:1",
            },
            "'SourceCommonName' taken for outlet, 'DATE' taken for published, 'DocumentIdentifier' taken for url",
            id="GDELT",
        ),
        pytest.param(
            ("id", "article", "highlights"),
            {"article_id": "ID", "text": "ARTICLE", "highlights": "HIGHLIGHTS"}, "'article' taken for text",
            id="an article with its highlights",
        ),
        pytest.param(
            ("text", "content", "body"), {"text": "TEXT", "content": "CONTENT", "body": "BODY", "article_id": "a:1"},
            None, id="the exact name wins, and the others stay what they are",
        ),
        pytest.param(
            ("text", "outlet", "source", "publisher"),
            {"text": "TEXT", "outlet": "OUTLET", "source": "SOURCE", "publisher": "PUBLISHER", "article_id": "a:1"},
            None, id="nothing is looked for that is there",
        ),
        pytest.param(
            ("text", "source", "publisher"),
            {"text": "TEXT", "source": "SOURCE", "publisher": "PUBLISHER", "article_id": "a:1"},
            "'source' and 'publisher' could each be the outlet; name one with --map outlet=COLUMN",
            id="of two candidates for what is not needed neither is taken",
        ),
        pytest.param(
            (" Content ", "Sourcecountry"), {"text": " CONTENT ", "Sourcecountry": "SOURCECOUNTRY", "article_id": "a:1"},
            "' Content ' taken for text", id="case and spaces do not matter",
        ),
        pytest.param(
            ("text", "dateline", "resource", "links"),
            {"text": "TEXT", "dateline": "DATELINE", "resource": "RESOURCE", "links": "LINKS", "article_id": "a:1"},
            None, id="a name that holds another is not that name",
        ),
    ],
)  # fmt: skip
def test_columns_are_recognised_and_it_is_said(names, expected, note):
    articles, ledger = read("a.csv", csv(*names))
    assert fields(articles) == expected
    assert ledger["status"].tolist() == ["analysed"]
    assert column_lines(ledger) == ([f"noted: a.csv: columns: {note}"] if note else [])
    assert ledger["reason"].fillna("-").tolist() == [f"columns: {note}" if note else "-"]


RECORD = {"stories_id": 7, "content": "x", "headline": "T"}


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("a.jsonl", lambda path: path.write_text(jsonl(RECORD)), id="jsonl"),
        pytest.param("a.json", lambda path: path.write_text(json.dumps([RECORD])), id="json"),
        pytest.param(
            "a.parquet",
            lambda path: pq.write_table(pa.table({name: [value] for name, value in RECORD.items()}), path), id="Parquet",
        ),
    ],
)  # fmt: skip
def test_every_format_knows_the_same_columns(name, write):
    write(Path(name))
    articles, ledger = read_corpus(name)
    assert fields(articles) == {"article_id": "7", "text": "x", "title": "T"}
    taken = "'content' taken for text, 'stories_id' taken for article_id, 'headline' taken for title"
    assert column_lines(ledger) == [f"noted: {name}: columns: {taken}"]


def test_two_candidates_for_the_text_are_named_and_none_is_read():
    _, ledger = read("a.csv", csv("body", "content"))
    expected = "'body' and 'content' could each be the text; name one with --map text=COLUMN"
    assert rejection_lines(ledger) == [f"rejected: a.csv: {expected}"]
    assert fields(read("a.csv", csv("body", "content"), columns="text=content")[0])["text"] == "CONTENT"
    _, ledger = read("a.jsonl", jsonl({"body": "x", "content": "y"}, {"body": "x"}))
    assert rejection_lines(ledger) == [f"rejected: a.jsonl: {expected}: line 1"]


def test_records_of_one_file_are_read_by_one_key():
    articles, ledger = read(
        "a.jsonl", jsonl({"body": "x", "date": "1"}, {"content": "y"}, {"text": "z", "timestamp": "2"})
    )
    assert articles["text"].tolist() == ["x", "z"]
    assert articles["published"].fillna("-").tolist() == ["1", "-"]
    assert rejection_lines(ledger) == [
        "rejected: a.jsonl: 'content' could be the text, which is 'body' in other records: line 2"
    ]
    assert column_lines(ledger)[1:] == [
        "noted: a.jsonl: columns: 'timestamp' could be the published, which is 'date' in other records"
    ]


def test_a_mapping_goes_before_all_else_and_is_not_noted():
    articles, ledger = read(
        "a.csv", csv("text", "lead", "source", "key"), columns={"text": "lead", "outlet": "source", "id": "key"}
    )
    assert fields(articles) == {"text": "LEAD", "outlet": "SOURCE", "article_id": "KEY"}
    assert column_lines(ledger) == []
    assert warning_lines(ledger) == []


@pytest.mark.parametrize(
    ("content", "columns", "expected"),
    [
        pytest.param("text,b\nx,y\n", "text=body", "a.csv: no column 'body', which is to be its text; its first line names 'text', 'b'", id="the text"),
        pytest.param("text,b\nx,y\n", "outlet=paper", "a.csv: no column 'paper', which is to be its outlet; its first line names 'text', 'b'", id="anything else"),
        pytest.param("id;Lead\nx;y\n", "text=lead", "a.csv: no column 'lead', which is to be its text; its first line names 'id;Lead'", id="letter by letter"),
    ],
)  # fmt: skip
def test_a_mapped_column_that_is_not_there_is_no_other(content, columns, expected):
    articles, ledger = read("a.csv", content, columns=columns)
    assert articles.empty
    assert rejection_lines(ledger) == [f"rejected: {expected}"]


def test_of_records_each_may_lack_a_key_that_is_mapped_but_the_text():
    given = jsonl({"lead": "x", "paper": "P"}, {"lead": "y", "source": "S"}, {"text": "z"})
    articles, ledger = read("a.jsonl", given, columns="text=lead, outlet=paper")
    assert articles["text"].tolist() == ["x", "y"]
    assert articles["outlet"].fillna("-").tolist() == ["P", "-"]
    assert rejection_lines(ledger) == [
        "rejected: a.jsonl: no key 'lead', which is to be its text; its keys are 'text': line 3"
    ]


def test_a_mapping_does_not_touch_files_of_one_article():
    Path("a.txt").write_text("x")
    assert read_corpus("a.txt", columns="text=body")[0]["text"].tolist() == ["x"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("txet=body", "a mapping is NAME=COLUMN, NAME one of text, id, title, outlet, label, author, published, url; found 'txet=body'", id="a name that is none"),
        pytest.param("body", "a mapping is NAME=COLUMN, NAME one of text, id, title, outlet, label, author, published, url; found 'body'", id="no equals sign"),
        pytest.param("text=", "a mapping is NAME=COLUMN, NAME one of text, id, title, outlet, label, author, published, url; found 'text='", id="no column"),
        pytest.param("txet=a, text=b, lead=c", "a mapping is NAME=COLUMN, NAME one of text, id, title, outlet, label, author, published, url; found 'txet=a', 'lead=c'", id="all that is wrong at once"),
        pytest.param("text=a, text=b, id=c, url=c", "a mapping names each name and each column once; found 'text=b', 'url=c' again", id="all that stands twice"),
        pytest.param("text=a, text=b", "a mapping names each name and each column once; found 'text=b' again", id="a name twice"),
        pytest.param("text=a, title=a", "a mapping names each name and each column once; found 'title=a' again", id="a column twice"),
    ],
)  # fmt: skip
def test_a_mapping_that_cannot_be_meant_is_refused(given, message):
    Path("a.csv").write_text("text\nx\n")
    with pytest.raises(InputError) as error:
        read_corpus("a.csv", columns=given)
    assert str(error.value) == message


@pytest.mark.parametrize("given", [None, "", " , ", {}])
def test_no_mapping(given):
    assert read_mapping(given) == {}


def test_a_column_may_hold_an_equals_sign():
    assert read_mapping("text=a=b,article_id=c") == {"text": "a=b", "article_id": "c"}


def test_no_name_is_known_to_be_two_things():
    known = [name for names in ALSO_CALLED.values() for name in names]
    assert len(known) == len(set(known))
    assert all(name == name.strip().lower() for name in known)


def test_sidecars_know_no_other_names():
    with pytest.raises(Unreadable, match=r"no column 'article_id'"):
        Columns(needs="article_id", recognise=False).choose(["stories_id", "label"], "its first line names")


def test_a_measured_run_says_what_was_mapped_and_recognised(capsys):
    Path("a.csv").write_text('id,lead,date\n1,"The ministers met in Baku.",2024\n')
    columns = ["--map", "text=lead", "--map", "id=id", "--attribution", "none"]
    assert main(["measure", "a.csv", "--output", "out", *columns]) == 0
    assert "noted: a.csv: columns: 'date' taken for published\n" in capsys.readouterr().err
    assert json.loads(Path("out/run.json").read_text())["parameters"]["columns"] == "text=lead, id=id"
    assert main(["audit", "out"]) == 0
    assert main(["measure", "a.csv", "--output", "out", "--map", "text"]) == 2
    assert "a mapping is NAME=COLUMN" in capsys.readouterr().err


@pytest.mark.slow
def test_a_report_is_mapped_by_the_parameter_or_the_command_and_can_be_audited(capsys):
    told = [
        "The ministers met in Baku on Friday. They spoke of trade.",
        "The ministers spoke of a railway. Trade was no matter.",
    ]
    Path("a.jsonl").write_text(jsonl(*({"key": str(number), "lead": text} for number, text in enumerate(told))))
    plain = ["report", "a.jsonl", "-p", "attribution", "none"]
    assert main([*plain, "--output", "one", "--map", "text=lead", "--map", "id=key"]) == 0
    assert main([*plain, "--output", "two", "-p", "columns", "text=lead, id=key"]) == 0
    one, two = (Path(name, "claims.json").read_bytes() for name in ("one", "two"))
    assert one == two
    assert json.loads(Path("one/run.json").read_text())["parameters"]["columns"] == "text=lead, id=key"
    assert main(["audit", "one"]) == 0
    assert main([*plain, "--output", "three", "-p", "columns", "lead"]) == 2
    assert "a mapping is NAME=COLUMN" in capsys.readouterr().err
    assert main([*plain, "--output", "four", "-p", "columns", "text=lead", "--map", "id=key"]) == 2
    assert "--map and -p columns say the same thing; give one of them" in capsys.readouterr().err
