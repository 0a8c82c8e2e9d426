"""Formats: docx, json, Parquet, and what is packed with gz or zst; damage and bombs among them."""

import gzip
import io
import json
import random
import re
import struct
import tracemalloc
import warnings
import zipfile
import zlib
from datetime import date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import put
from growth import assert_linear

from analysis.corpus import read_corpus, rejection_lines, warning_lines
from analysis.inputs import docx, json_text, pages
from analysis.inputs.columns import Columns
from analysis.inputs.json_records import json_records
from analysis.inputs.stream import Limits, iter_records, kind_of
from analysis.inputs.trouble import Unreadable
from analysis.tables import ARTICLES, LEDGER

SENTENCE = "The two ministers met in Baku on Friday, officials said, and spoke about trade and security for hours."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def read(*names, **settings):
    articles, ledger = read_corpus(list(names), **settings)
    ARTICLES.check(articles)
    LEDGER.check(ledger)
    return articles, ledger


def cause(name, content, **settings):
    """Why one input is rejected; it stands beside a good one, which has to survive."""
    put("good.txt", SENTENCE)
    put(name, content)
    articles, ledger = read("good.txt", name, **settings)
    assert articles["article_id"].tolist() == ["good"]
    (line,) = rejection_lines(ledger)
    return line.removeprefix(f"rejected: {name}: ")


def zstd(data):
    out = pa.BufferOutputStream()
    with pa.CompressedOutputStream(out, "zstd") as stream:
        stream.write(data)
    return out.getvalue().to_pybytes()


PACK = {"gz": lambda data: gzip.compress(data, mtime=0), "zst": zstd}


def jsonl(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


# --- what a file is -------------------------------------------------------------------------------------------------


def archive(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in files.items():
            packed.writestr(name, content)
    return out.getvalue()


def parquet(table, **settings):
    out = io.BytesIO()
    pq.write_table(pa.table(table), out, **settings)
    return out.getvalue()


def document(body, head="", **parts):
    main = f'{head}<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    return archive(**{"[Content_Types].xml": "<Types/>", "word/document.xml": main} | parts)


def paragraph(text, style="", run=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{properties}<w:r>{run}<w:t>{text}</w:t></w:r></w:p>"


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.txt", b"\x89PNG\r\n", "binary data (PNG)", id="a picture called txt"),
        pytest.param("a.parquet", b"\xff\xd8\xff\xe0", "binary data (JPEG)", id="a picture called parquet"),
        pytest.param("a.docx", b"%PDF-1.7", "binary data (PDF)", id="a PDF called docx"),
        pytest.param("a.pdf", b"%PDF-1.7", "binary data (PDF)", id="a PDF called what it is"),
        pytest.param(
            "a.csv", archive(**{"xl/workbook.xml": "<x/>"}), "binary data (xlsx workbook)", id="a workbook called csv"
        ),
        pytest.param("a.docx", archive(a="b"), "binary data (ZIP archive)", id="an archive called docx"),
        pytest.param("a.txt", archive(), "binary data (ZIP archive)", id="an empty archive"),
        pytest.param(
            "a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1", "binary data (old office document such as doc, or a locked one)",
            id="a locked docx",
        ),
        pytest.param(
            "a.docx", SENTENCE, "no docx document: it is no ZIP archive, or has lost its beginning",
            id="a text called docx",
        ),
        pytest.param("a.parquet", SENTENCE, "no Parquet: it does not begin with PAR1", id="a text called parquet"),
        pytest.param("a.txt.gz", PACK["gz"](b"\x89PNG"), "binary data (PNG)", id="a picture, packed"),
        pytest.param("a.txt.gz", PACK["gz"](PACK["gz"](b"x")), "binary data (gzip)", id="packed twice"),
        pytest.param(
            "a.docx.gz", PACK["gz"](archive()),
            "a docx document packed with gzip; unpack it first, since it is packed by itself", id="a docx, packed",
        ),
    ],
)  # fmt: skip
def test_content_that_is_not_what_is_read_is_named(name, content, expected):
    assert cause(name, content) == expected


def test_a_packed_file_says_in_its_name_what_is_packed():
    assert cause("a.gz", PACK["gz"](b"x")).startswith("its name does not say what is packed in it")
    assert cause("a.py.gz", PACK["gz"](b"x")).startswith("a .py file; accepted are txt")


@pytest.mark.parametrize(
    ("name", "content", "warned"),
    [
        pytest.param("a.txt", document(paragraph("x")), "called .txt, but it holds a docx document", id="a docx called txt"),
        pytest.param("a.csv", parquet({"text": ["x"]}), "called .csv, but it holds Parquet", id="Parquet called csv"),
        pytest.param("a.json", '{"text": "x"}\n{"text": "y"}\n', "called .json, but it holds JSON Lines", id="JSON Lines called json"),
        pytest.param("a.csv", '{"text": "x"}\n', "called .csv, but it holds JSON Lines", id="JSON Lines called csv"),
        pytest.param("a.jsonl", '[\n{"text": "x"}]', "called .jsonl, but it holds a JSON array", id="an array called jsonl"),
        pytest.param("a.jsonl", PACK["gz"](b'{"text": "x"}'), "", id="packed, though the name does not say so"),
        pytest.param("a.jsonl.gz", '{"text": "x"}', "", id="not packed, though the name says so"),
        pytest.param("a.jsonl.gz", PACK["zst"](b'{"text": "x"}'), "", id="packed with the other of the two"),
        pytest.param("A.JSON", '{"text": "x"}', "", id="capitals"),
        pytest.param("a.tsv", "id\ttext\n1\tx\n", "", id="tsv"),
        pytest.param("a.ndjson", '{"text": "x"}', "", id="ndjson"),
    ],
)  # fmt: skip
def test_content_goes_before_the_name(name, content, warned):
    put(name, content)
    articles, ledger = read(name)
    assert articles["text"][0] == "x"
    said = [line.startswith(f"warned: {name}: {warned}") for line in warning_lines(ledger)]
    assert said == [True] * bool(warned)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_rows_end_in_any_way_that_lines_do(end):
    put("a.csv", end.join(["id,text", "1,x", "2,y", ""]))
    assert read("a.csv")[0]["text"].tolist() == ["x", "y"]


# --- docx -----------------------------------------------------------------------------------------------------------

TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Year</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Tons</w:t></w:r></w:p></w:tc></w:tr>"
    "<w:tr><w:tc><w:p><w:r><w:t>2024</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr></w:tbl>"
)
ITEM = "<w:p><w:pPr><w:numPr/></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>"
CORE = (
    '<cp:coreProperties xmlns:cp="c" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
    "<dc:title>Stated</dc:title><dc:creator>Ann Lee</dc:creator><dcterms:created>2024-05-19T10:00:00Z</dcterms:created>"
    "</cp:coreProperties>"
)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        pytest.param(paragraph("One.") + "<w:p/>" + paragraph("Two."), "One.\n\nTwo.", id="paragraphs; empty ones are none"),
        pytest.param(paragraph("A.") + TABLE + paragraph("B."), "A.\n\nYear | Tons\n2024 | \n\nB.", id="a table in its place"),
        pytest.param(TABLE.replace("<w:p/>", TABLE), "Year | Tons\n2024 | Year Tons 2024", id="a table in a cell"),
        pytest.param(ITEM.format("rail") + ITEM.format("road") + paragraph("B."), "- rail\n- road\n\nB.", id="a list"),
        pytest.param("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>", "a\tb\nc", id="tabs and breaks"),
        pytest.param("<w:p><w:r><w:t>spl</w:t></w:r><w:r><w:t>it</w:t></w:r></w:p>", "split", id="runs join"),
        pytest.param(
            '<w:p><w:hyperlink r:id="x" xmlns:r="r"><w:r><w:t>link</w:t></w:r></w:hyperlink></w:p>', "link",
            id="the words of a link",
        ),
        pytest.param(
            "<w:p><w:ins><w:r><w:t>in</w:t></w:r></w:ins><w:del><w:r><w:delText>out</w:delText></w:r></w:del></w:p>",
            "in", id="what is struck out is not there, what was put in is",
        ),
        pytest.param("<w:p><w:moveFrom><w:r><w:t>away</w:t></w:r></w:moveFrom><w:r><w:t>x</w:t></w:r></w:p>", "x", id="moved away"),
        pytest.param(
            "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>x</w:t></w:r></w:p>", "x", id="a field's code"
        ),
        pytest.param(
            '<w:p><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
            "<w:r><w:t>once</w:t></w:r></mc:Choice><mc:Fallback><w:r><w:t>once</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
            "once", id="two forms of one thing",
        ),
        pytest.param(f"<w:sdt><w:sdtContent>{paragraph('held')}</w:sdtContent></w:sdt>", "held", id="inside a control"),
        pytest.param(paragraph("Tom &amp; Ann &#8220;said&#8221;"), "Tom & Ann “said”", id="characters by number"),
    ],
)  # fmt: skip
def test_text_of_a_document(body, expected):
    put("a.docx", document(body))
    articles, ledger = read("a.docx")
    assert articles["text"].tolist() == [expected]
    assert ledger["status"].tolist() == ["analysed"]
    assert ledger["encoding"].isna().all()


def test_hidden_text_of_a_document_is_left_out_and_counted():
    seen = paragraph("seen") + paragraph("shown", run='<w:rPr><w:vanish w:val="false"/></w:rPr>')
    put("a.docx", document(seen + paragraph("SECRET", run="<w:rPr><w:vanish/></w:rPr>")))
    articles, ledger = read("a.docx")
    assert articles["text"].tolist() == ["seen\n\nshown"]
    assert ledger["reason"].tolist() == ["left out: hidden runs: 1"]


@pytest.mark.parametrize(
    ("body", "parts", "title"),
    [
        pytest.param(paragraph("Head", "Title") + paragraph("x"), {"docProps/core.xml": CORE}, "Head", id="shown goes first"),
        pytest.param(paragraph("x"), {"docProps/core.xml": CORE}, "Stated", id="stated in the properties"),
        pytest.param(
            paragraph("Kopf", "Titel") + paragraph("x"),
            {"word/styles.xml": f'<w:styles xmlns:w="{W}"><w:style w:styleId="Titel"><w:name w:val="Title"/></w:style></w:styles>'},
            "Kopf", id="the style by its name, whatever its id",
        ),
        pytest.param(paragraph("Kopf", "Titel") + paragraph("x"), {}, None, id="a style that is not known is none"),
    ],
)  # fmt: skip
def test_title_of_a_document(body, parts, title):
    put("a.docx", document(body, **parts))
    articles, _ = read("a.docx")
    assert articles["title"].fillna("-").tolist() == [title or "-"]
    if parts.get("docProps/core.xml"):
        assert articles.loc[0, ["author", "created"]].tolist() == ["Ann Lee", "2024-05-19T10:00:00Z"]
        assert articles["published"].isna().all()


def test_what_is_left_out_of_a_document_is_said():
    put(
        "a.docx",
        document(
            paragraph("x"), **{"word/vbaProject.bin": b"\0", "word/footnotes.xml": "<broken", "word/comments.xml": ""}
        ),
    )
    articles, ledger = read("a.docx")
    assert articles["text"].tolist() == ["x"]
    assert ledger["reason"].tolist() == ["left out: footnotes, comments, macros"]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(document(paragraph("x"))[:-30], "damaged ZIP archive of ", id="cut off"),
        pytest.param(document("<w:p>"), "damaged docx: word/document.xml is not XML (", id="broken XML"),
        pytest.param(document(""), "no text: the document has neither paragraphs nor tables with text", id="empty"),
        pytest.param(
            archive(**{"word/document.xml": f'<w:document xmlns:w="{W}"/>'}),
            "no docx document: word/document.xml has no body", id="no body",
        ),
        pytest.param(document("<w:sdt>" * 300 + "</w:sdt>" * 300), "damaged docx: word/document.xml is not XML (", id="nested beyond measure"),
        pytest.param(
            document(paragraph("&a;"), head='<!DOCTYPE x [<!ENTITY a "aaaa">]>'),
            "word/document.xml declares a document type, which no docx document does", id="an entity",
        ),
    ],
)  # fmt: skip
def test_documents_that_cannot_be_read(content, expected):
    assert cause("a.docx", content).startswith(expected)


def test_a_damaged_part_of_a_document_is_named():
    content = bytearray(document(paragraph("".join(map(chr, range(97, 123))) * 50)))
    at = content.index(b"word/document.xml") + len("word/document.xml")
    content[at + 8 : at + 12] = bytes(value ^ 255 for value in content[at + 8 : at + 12])
    assert cause("a.docx", bytes(content)).startswith("damaged docx: word/document.xml cannot be unpacked (")


def test_a_locked_part_of_a_document_is_named():
    content = bytearray(document(paragraph("x")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        for found in re.finditer(re.escape(mark), bytes(content)):
            content[found.start() + offset] |= 1
    assert cause("a.docx", bytes(content)).startswith("a locked docx: ")


def test_entities_in_a_document_are_never_expanded():
    nested = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<!DOCTYPE x [<!ENTITY e0 "aaaaaaaaaa">{nested}]>'
    tracemalloc.start()
    assert "word/document.xml" in cause("a.docx", document(paragraph("&e11;"), head=bomb))
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()


def test_no_reference_in_a_document_is_resolved(monkeypatch):
    put("secret", "SECRET")
    outside = f'<!DOCTYPE x [<!ENTITY s SYSTEM "{Path("secret").absolute().as_uri()}">]>'
    said = cause("a.docx", document(paragraph("&s;"), head=outside))
    assert "SECRET" not in said
    relations = '<Relationships xmlns="r"><Relationship Id="a" Target="http://example.org/t.dotm" TargetMode="External"/></Relationships>'
    opened = []
    monkeypatch.setattr("socket.socket.connect", lambda *_: opened.append("connection"))
    put("b.docx", document(paragraph("x"), **{"word/_rels/document.xml.rels": relations}))
    assert read("b.docx")[0]["text"].tolist() == ["x"]
    assert opened == []


def test_a_document_that_unpacks_to_too_much_is_stopped(monkeypatch):
    monkeypatch.setattr(docx, "MAX_UNPACKED_BYTES", 100_000)
    bomb = document(paragraph("x" * 1_000_000))
    tracemalloc.start()
    said = cause("a.docx", bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert said == f"unpacks to more than 100,000 bytes from {len(bomb):,}; at most 100,000 are read"
    assert peak < 1_000_000
    shared = document(paragraph("x" * 60_000), **{"word/styles.xml": f"<a>{'y' * 60_000}</a>"})
    assert cause("b.docx", shared).startswith("unpacks to more than ")


def test_the_text_of_a_document_is_limited_like_any_other():
    put("a.docx", document(paragraph("x" * 1001)))
    limits = Limits(article=1000)
    assert cause("a.docx", document(paragraph("x" * 1001)), limits=limits) == "1,001 bytes; at most 1,000 are read"


# --- json -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param('[{"text": "a"}, {"text": "b"}]', ["a", "b"], id="an array"),
        pytest.param(' [\n\n{"text": "a"}\n,\n{"text": "b"}\n] \n', ["a", "b"], id="blanks wherever they may stand"),
        pytest.param('{"articles": [{"text": "a"}, {"text": "b"}]}', ["a", "b"], id="an array under a common key"),
        pytest.param(
            '{"status": "ok", "count": 2, "Data": [{"text": "a"}], "next": {"articles": []}}',
            ["a"],
            id="with other keys before and behind",
        ),
        pytest.param('{"title": "t", "text": "a"}', ["a"], id="one object"),
        pytest.param('{"text": "a", "items": [], "rows": [1]}', ["a"], id="one object with lists that hold no objects"),
        pytest.param('[{"text": "]}, {"}]', ["]}, {"], id="brackets in a text"),
        pytest.param('\ufeff[{"text": "a"}]', ["a"], id="a byte order mark"),
        pytest.param('[{"text": "a", "more": {"b": [1, {"c": "}"}]}}]', ["a"], id="values within"),
    ],
)
def test_json(content, expected):
    put("a.json", content)
    assert read("a.json")[0]["text"].tolist() == expected


def test_json_of_any_length_is_read_in_pieces():
    long = [{"id": n, "text": f"{n} " + '\\"é{[' * (n % 400)} for n in range(3000)]
    put("a.json", json.dumps(long))
    put("b.json", json.dumps({"articles": long}, ensure_ascii=False, indent=1))
    for name in ("a.json", "b.json"):
        assert [record.fields["text"] for record in iter_records(Path(name))] == [item["text"] for item in long]


def test_records_of_json_have_line_and_hash_of_what_is_written():
    put("a.json", '[\n{"text": "a"},\n\n {"text":"b"}]')
    first, second = iter_records(Path("a.json"))
    assert (first.number, first.line, first.raw) == (1, 2, '{"text": "a"}')
    assert (second.number, second.line, second.raw) == (2, 4, '{"text":"b"}')


@pytest.mark.parametrize(
    ("content", "kept", "expected"),
    [
        pytest.param('[{"text": "a"},\n{"text": "b', ["a"], "not JSON (Unterminated string starting at); what follows is not read: line 2", id="torn in a record"),
        pytest.param('[{"text": "a"}\n', ["a"], "not JSON (',' or ']' expected, found ''); what follows is not read: line 1", id="torn between records"),
        pytest.param('[{"text": "a"}\n{"text": "b"}]', ["a"], "not JSON (',' or ']' expected, found '{'); what follows is not read: line 1", id="no comma"),
        pytest.param('[{"text": "a"}] x', ["a"], "not JSON ('x' after its end: line 1)", id="more behind the end"),
        pytest.param('[{"text": "a"}, 7, {"text": "b"}]', ["a", "b"], "a JSON number where an object with the key 'text' was expected: line 1", id="no object"),
        pytest.param('[{"text": "a"}, {"text": "x", "text": "y"}, {"text": "b"}]', ["a", "b"], "a key stands twice: line 1", id="a key twice"),
        pytest.param(f'[{{"text": "a"}}, {{"text": "x", "n": {"9" * 9999}}}, {{"text": "b"}}]', ["a", "b"], "a number with more digits than can be read: line 1", id="too long a number"),
        pytest.param('[{"text": "a"},\n' + "[" * 90000, ["a"], "JSON nested too deeply; what follows is not read: line 2", id="too deep"),
        pytest.param('{"news": [{"text": "a"}], "articles": [{"text": "b"}]}', ["a"], "arrays of records under 'news' and 'articles'; only the first was read", id="two arrays"),
        pytest.param("7", [], "no JSON array of objects, and no object; it begins with '7'", id="a number"),
        pytest.param("", [], "no JSON array of objects, and no object; there is nothing in it", id="empty"),
        pytest.param("[]", [], "0 records; 1 to 1,000,000 are read", id="an empty array"),
        pytest.param('{"a": 1}', [], "no key 'text' (--map text=COLUMN says which it is); its keys are 'a', and no array of objects stands under any of 'articles', 'data', 'documents', 'docs', 'hits', 'items', 'news', 'records', 'results', 'rows', 'stories'", id="neither text nor array"),
    ],
)  # fmt: skip
def test_json_that_is_damaged_or_odd(content, kept, expected):
    put("a.json", content)
    articles, ledger = read("a.json")
    assert articles["text"].tolist() == kept
    assert rejection_lines(ledger) == [f"rejected: a.json: {expected}"]


def test_json_is_the_same_wherever_its_pieces_end(monkeypatch):
    monkeypatch.setattr(json_text, "_PIECE", 1)
    content = (
        '{"n": 1234, "ok": true, "articles": [{"text": "a\\u00e9", "k": -12.5e3} ,\n{"text": "\\\\"}], "last": null}'
    )
    whole = list(json_records(iter([content]), 1000, Columns(keys=True)))
    assert [record.fields["text"] for record in whole] == ["aé", "\\"]
    for size in (1, 2, 3, 7):
        pieces = (content[at : at + size] for at in range(0, len(content), size))
        assert list(json_records(pieces, 1000, Columns(keys=True))) == whole


def test_a_value_without_end_is_given_up():
    put("a.json", '[{"text": "a"}, {"text": "' + "x" * 900_000)
    articles, ledger = read("a.json", limits=Limits(article=1000))
    assert articles["text"].tolist() == ["a"]
    assert rejection_lines(ledger) == [
        "rejected: a.json: a record of more than 8,000 characters, or no JSON; what follows is not read: line 1"
    ]


def test_a_record_without_end_is_not_held():
    put("a.json", '[{"text": "a"}, {"text": "' + "x" * 100_000 + '"}]')
    put("b.jsonl", '{"text": "a"}\n{"text": "' + "x" * 100_000 + '"}\n{"text": "c"}\n')
    put("c.csv", "text\na\n" + "x" * 100_000 + '\nc\n"d\n' + "e\n" * 9000)
    articles, ledger = read("a.json", "b.jsonl", "c.csv", limits=Limits(article=1000))
    assert articles["text"].tolist()[:5] == ["a", "a", "c", "a", "c"]
    assert rejection_lines(ledger)[:4] == [
        "rejected: a.json: its text has 100,000 bytes; at most 1,000 are read: line 1",
        "rejected: b.jsonl: a line of more than 8,000 characters; at most 8,000 are read: line 2",
        "rejected: c.csv: a line of more than 8,000 characters; at most 8,000 are read: line 3",
        "rejected: c.csv: broken quotation marks (a cell of more than 8,000 characters): line 5",
    ]


# --- Parquet --------------------------------------------------------------------------------------------------------

ROWS = {"id": [7, 8, 9], "text": ["a", "b\u2028", None], "outlet": ["X", None, ""]}


@pytest.fixture(params=[pytest.param(False, id="columns at once"), pytest.param(True, id="cell by cell")])
def cells(request, monkeypatch):
    """Both ways in which cells are read: of few bytes together, and of many."""
    if request.param:
        monkeypatch.setattr("analysis.inputs.parquet._TOGETHER", 0)


@pytest.mark.usefixtures("cells")
@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({}, id="as usual"),
        pytest.param({"row_group_size": 1}, id="a row group for each row"),
        pytest.param({"use_dictionary": False, "compression": "zstd"}, id="without dictionary, zstd"),
        pytest.param({"compression": "none", "data_page_version": "2.0"}, id="not packed, the newer pages"),
        pytest.param({"compression": "gzip", "write_statistics": False}, id="gzip, without statistics"),
        pytest.param({"compression": "brotli", "write_page_checksum": True}, id="brotli, with checksums"),
    ],
)
def test_parquet_however_it_was_written(settings):
    put("a.parquet", parquet(ROWS, **settings))
    articles, ledger = read("a.parquet")
    assert articles[["article_id", "text"]].to_numpy().tolist() == [["7", "a"], ["8", "b\u2028"]]
    assert articles["outlet"].fillna("-").tolist() == ["X", "-"]
    assert rejection_lines(ledger) == ["rejected: a.parquet: its text is empty: record 3"]
    assert ledger["record"].tolist() == [1, 2, 3]


@pytest.mark.usefixtures("cells")
@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(pa.large_string(), id="long strings"),
        pytest.param(pa.string_view(), id="string views"),
        pytest.param(pa.dictionary(pa.int32(), pa.string()), id="dictionary"),
    ],
)
def test_strings_of_every_kind_are_text(kind):
    put("a.parquet", parquet({"text": pa.array(["a", "b", "a"]).cast(kind)}))
    assert read("a.parquet")[0]["text"].tolist() == ["a", "b", "a"]


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        pytest.param(pa.array([1, 2]), "its column 'text', taken for text, is int64, not string", id="numbers"),
        pytest.param(pa.array([b"a", b"b"]), "its column 'text', taken for text, is binary, not string", id="bytes"),
        pytest.param(pa.array([["a"], ["b"]]), "its column 'text', taken for text, is list<element: string>, not string", id="lists"),
    ],
)  # fmt: skip
def test_text_that_is_no_string_is_named(values, expected):
    assert cause("a.parquet", parquet({"text": values})) == expected


@pytest.mark.usefixtures("cells")
def test_values_of_parquet_are_written_as_they_would_be_in_json():
    put(
        "a.parquet",
        parquet(
            {
                "text": ["a"], "published": [date(2024, 5, 19)], "seen": [datetime(2024, 5, 19, 10, 30)],
                "author": [["Ann", "Ben"]], "n": [1.5], "flag": [True], "nothing": pa.array([float("nan")]),
                "image": [b"\x89PNG"], "place": [{"city": "Baku"}], "a.b": ["dotted"],
            }
        ),
    )  # fmt: skip
    articles, _ = read("a.parquet")
    row = articles.loc[0].dropna().to_dict()
    assert {name: row[name] for name in row.keys() - {"article_id", "group", "path", "text"}} == {
        "published": "2024-05-19", "seen": "2024-05-19T10:30:00", "author": '["Ann", "Ben"]', "n": "1.5",
        "flag": "true", "place": '{"city": "Baku"}', "a.b": "dotted",
    }  # fmt: skip


@pytest.mark.usefixtures("cells")
def test_text_of_parquet_that_is_not_utf8_is_named_and_the_others_kept():
    bad = pa.array([b"good", b"caf\xe9", b"fine"]).cast(pa.binary()).view(pa.string())
    put("a.parquet", parquet({"text": bad}))
    articles, ledger = read("a.parquet")
    assert articles["text"].tolist() == ["good", "fine"]
    assert rejection_lines(ledger) == ["rejected: a.parquet: its 'text' is not UTF-8 at byte 3: record 2"]


def test_parquet_without_text_names_its_columns():
    assert cause("a.parquet", parquet({"id": [1], "tale": ["x"]})) == (
        "no column 'text' (--map text=COLUMN says which it is); its schema names 'id', 'tale'"
    )
    assert cause("b.parquet", parquet({"text": pa.array([], pa.string())})) == "0 records; 1 to 1,000,000 are read"


def test_damaged_parquet_is_named_and_other_row_groups_are_kept():
    texts = [f"{n} {SENTENCE}" for n in range(4)]
    content = parquet(
        {"text": texts},
        row_group_size=2,
        compression="none",
        use_dictionary=False,
        write_statistics=False,
        write_page_checksum=True,
    )
    assert cause("cut.parquet", content[:-20]).startswith("damaged Parquet (")
    second = content.index(b"2 The two")
    put("page.parquet", content[:second] + b"x" + content[second + 1 :])
    articles, ledger = read("page.parquet")
    assert articles["text"].tolist() == texts[:2]
    (line,) = rejection_lines(ledger)
    assert line.startswith("rejected: page.parquet: damaged Parquet in row group 2 (")
    first = content.index(b"0 The two")
    put("first.parquet", content[: first - 30] + b"\xff" * 30 + content[first:])
    articles, _ = read("first.parquet")
    assert articles["text"].tolist() == texts[2:]
    assert articles["article_id"].tolist() == ["first:3", "first:4"]


def test_a_page_that_announces_too_much_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(pages, "MAX_PAGE_BYTES", 100_000)
    bomb = parquet({"text": ["x" * 2_000_000]}, compression="zstd", use_dictionary=False)
    before = pa.total_allocated_bytes()
    peak = pa.default_memory_pool().max_memory()
    said = cause("a.parquet", bomb)
    assert re.fullmatch(r"a page that unpacks to 2,000,0\d\d bytes; at most 100,000 are read", said)
    assert pa.total_allocated_bytes() - before < 1_000_000
    assert pa.default_memory_pool().max_memory() - peak < 1_500_000


def test_many_rows_that_share_a_long_text_are_stopped_within_the_budget():
    bomb = parquet(
        {"text": pa.DictionaryArray.from_arrays(pa.array([0] * 30_000), ["x" * 100_000])}, compression="zstd"
    )
    assert len(bomb) == 535
    tracemalloc.start()
    with pytest.raises(Unreadable, match=r"unpacks to more than 10,000,000 bytes from 535; at most 10,000,000 are"):
        for _ in iter_records(put("a.parquet", bomb)):
            pass
    assert tracemalloc.get_traced_memory()[1] < 5_000_000
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        pytest.param([0x15, 20, 0x15, 40, 0x15, 60, 0], {1: 10, 2: 20, 3: 30}, id="each field one further"),
        pytest.param([0x05, 4, 20, 0x05, 6, 1, 0], {2: 10, 3: -1}, id="fields by their own numbers"),
        pytest.param([0x11, 0x12, 0x15, 8, 0], {3: 4}, id="truth values have no bytes of their own"),
        pytest.param([0x18, 2, 99, 99, 0x17, *[9] * 8, 0x13, 9, 0x15, 0x80, 0x02, 0], {4: 128}, id="strings, floats, bytes"),
        pytest.param([0x1C, 0x15, 2, 0, 0x19, 0x25, 2, 2, 0x1B, 1, 0x55, 2, 2, 0x1B, 0, 0x15, 6, 0], {5: 3}, id="structs, lists, maps"),
        pytest.param([0x19, 0xF1, 2, 1, 1, 0x15, 2, 0], {2: 1}, id="a long list of truth values"),
    ],
)  # fmt: skip
def test_integers_of_a_page_header(data, fields):
    reader = pages.Compact(bytes(data))
    assert reader.struct() == fields
    assert reader.at == len(data)


def test_what_is_no_page_header_is_named():
    whole = parquet({"text": ["a"]}, compression="none")
    for junk in (b"\xff" * 40, b"\x1c" * 40, b"\0" * 40, b"\x1d" * 40):
        put("a.parquet", b"PAR1" + junk[: len(whole) - 100] + whole[4 + len(junk) :])
        (line,) = rejection_lines(read("a.parquet")[1])
        assert line.startswith("rejected: a.parquet: damaged Parquet in row group 1 (no page at byte ")


def test_metadata_that_lie_about_the_size_change_nothing(monkeypatch):
    honest = parquet({"text": ["x" * 11_000_000]}, compression="zstd", use_dictionary=False)
    size = pq.ParquetFile(io.BytesIO(honest)).metadata.row_group(0).column(0).total_uncompressed_size
    footer = struct.unpack("<I", honest[-8:-4])[0]
    told = honest[-8 - footer : -8].replace(varint(size), varint(300))
    lying = honest[: -8 - footer] + told + struct.pack("<I", len(told)) + b"PAR1"
    column = pq.ParquetFile(io.BytesIO(lying)).metadata.row_group(0).column(0)
    assert column.total_uncompressed_size == 300
    monkeypatch.setattr(pq.ParquetFile, "iter_batches", lambda *_, **__: pytest.fail("it was unpacked"))
    assert cause("a.parquet", lying).startswith("unpacks to more than 10,000,000 bytes from ")


def varint(value):
    """A positive integer as Parquet's footer writes it."""
    value, out = value << 1, b""
    while value > 127:
        out, value = out + bytes([value & 127 | 128]), value >> 7
    return out + bytes([value])


# --- gz and zst -----------------------------------------------------------------------------------------------------

DRAWS = random.Random(1)  # what it gives cannot be packed
LINES = jsonl(*({"id": n, "text": f"{n} {DRAWS.randbytes(20).hex()}"} for n in range(2000))).encode()


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize(
    ("name", "content"),
    [
        pytest.param("a.txt", "One.\r\nTwo é\n".encode(), id="txt"),
        pytest.param("a.csv", b'id,text\n1,"a\r\nb"\n', id="csv"),
        pytest.param("a.jsonl", LINES, id="jsonl"),
        pytest.param("a.json", b'[{"text": "a"}, {"text": "b"}]', id="json"),
        pytest.param("a.csv", b"\xff\xfe" + "id,text\n1,é\n".encode("utf-16-le"), id="UTF-16"),
        pytest.param("a.csv", "id,text\n1,é\n".encode("cp1252"), id="cp1252"),
    ],
)
def test_packed_files_are_read_as_if_they_were_not(name, content, ending):
    put(name, content)
    Path("packed").mkdir()
    packed = Path("packed") / f"{name}.{ending}"
    packed.write_bytes(PACK[ending](content))
    (plain, ledger), (unpacked, other) = read(name), read(str(packed))
    same = ["article_id", "text", "group"]
    assert unpacked[same].equals(plain[same])
    same = ["record", "status", "reason", "encoding", "sha256"]
    assert other[same].equals(ledger[same])


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_parts_that_were_packed_one_by_one_are_one_file(ending):
    put(f"a.jsonl.{ending}", PACK[ending](LINES[:5000]) + PACK[ending](LINES[5000:]))
    assert len(read(f"a.jsonl.{ending}")[0]) == 2000


@pytest.mark.parametrize(
    ("ending", "packing"), [pytest.param("gz", "gzip", id="gz"), pytest.param("zst", "Zstandard", id="zst")]
)
def test_of_a_packed_file_that_is_cut_off_the_whole_records_are_kept(ending, packing):
    whole = jsonl(*({"text": f"{n} {DRAWS.randbytes(200).hex()}"} for n in range(1500))).encode()
    packed = PACK[ending](whole)
    cut = len(packed) * 2 // 3
    put(f"a.jsonl.{ending}", packed[:cut])
    articles, ledger = read(f"a.jsonl.{ending}")
    assert 500 < len(articles) < 1001
    assert (
        "".join(jsonl({"text": text}) for text in articles["text"]).encode()
        == whole[: whole.index(f'{{"text": "{len(articles)} '.encode())]
    )
    (line,) = rejection_lines(ledger)
    said = f"rejected: a.jsonl.{ending}: cut off at byte {cut:,}, inside what is packed with {packing}; "
    unpacked = int(line.removeprefix(said).removesuffix(" bytes could be unpacked before that").replace(",", ""))
    kept = whole.index(f'{{"text": "{len(articles)} '.encode())
    assert kept <= unpacked < kept + len(whole) // 1500 + 2, "of what was unpacked, all but a torn line is kept"
    assert ledger["record"].isna().sum() == 1
    assert warning_lines(ledger) == []


def test_of_what_is_cut_off_inside_its_only_block_nothing_is_kept_and_that_is_said():
    packed = PACK["zst"](LINES[:9000])
    expected = f"cut off at byte {len(packed) - 9:,}, inside what is packed with Zstandard; 0 bytes could be unpacked"
    assert cause("a.jsonl.zst", packed[:-9]) == f"{expected} before that"


@pytest.mark.parametrize("name", ["a.csv.gz", "a.json.gz"])
def test_what_is_torn_by_the_cut_is_no_record(name):
    rows = [{"id": str(n), "text": DRAWS.randbytes(50).hex()} for n in range(500)]
    whole = (
        json.dumps(rows) if ".json" in name else "id,text\n" + "".join(f"{row['id']},{row['text']}\n" for row in rows)
    )
    put(name, PACK["gz"](whole.encode())[:-3000])
    articles, ledger = read(name)
    assert 10 < len(articles) < 500
    assert articles["text"].tolist() == [row["text"] for row in rows[: len(articles)]]
    assert len(rejection_lines(ledger)) == 1


def test_of_a_packed_file_with_a_false_byte_all_before_it_is_kept():
    blocks = zlib.compressobj(
        0, wbits=31
    )  # not compressed, so that a false byte spoils nothing but the check at the end
    packed = bytearray(blocks.compress(LINES) + blocks.flush())
    packed[-6] ^= 1
    put("a.jsonl.gz", bytes(packed))
    articles, ledger = read("a.jsonl.gz")
    assert len(articles) == 2000
    (line,) = rejection_lines(ledger)
    assert line == f"rejected: a.jsonl.gz: damaged at byte {len(packed) - 4:,} of {len(packed):,} packed with gzip"
    put("b.jsonl.gz", PACK["gz"](LINES) + b"\0" * 50)
    articles, ledger = read("b.jsonl.gz")
    assert len(articles) == 2000
    assert "damaged at byte" in rejection_lines(ledger)[0]
    block = bytearray(PACK["zst"](LINES))
    block[20:24] = b"\xff\xff\xff\xff"
    assert cause("c.jsonl.zst", bytes(block)).startswith("damaged at byte ")


def test_a_packed_article_that_is_cut_off_is_no_article():
    assert cause("a.txt.gz", PACK["gz"](SENTENCE.encode())[:-20]).startswith("cut off at byte ")


@pytest.mark.parametrize("ending", ["gz", "zst"])
@pytest.mark.parametrize(
    ("name", "head", "line"),
    [
        pytest.param("a.csv", "id,text\n", "1,xx", id="csv"),
        pytest.param("a.jsonl", "", '{"text": "xx"}', id="jsonl"),
        pytest.param("a.json", "[7\n", ",7", id="json"),
        pytest.param("b.json", "", "[[[[", id="nothing but brackets"),
        pytest.param("b.jsonl", "", "xxxx", id="a line without end"),
    ],
)
def test_bombs_are_stopped_while_they_unpack(name, head, line, ending):
    end = "" if name.startswith("b") else "\n" + " " * 9990
    bomb = PACK[ending]((head + f"{line}{end}" * (30_000_000 // len(line + end))).encode())
    put(f"{name}.{ending}", bomb)
    before = pa.default_memory_pool().max_memory()
    tracemalloc.start()
    with pytest.raises(Unreadable) as stopped:
        for _ in iter_records(Path(f"{name}.{ending}"), limits=Limits(article=100_000)):
            pass
    assert tracemalloc.get_traced_memory()[1] < 8_000_000
    tracemalloc.stop()
    assert pa.default_memory_pool().max_memory() - before < 20_000_000
    expected = f"unpacks to more than 10,000,000 bytes from {len(bomb):,}; at most 10,000,000 are read"
    assert str(stopped.value) in (expected, "JSON nested too deeply; what follows is not read: line 1")


@pytest.mark.parametrize("ending", ["gz", "zst"])
def test_an_article_that_is_a_bomb_is_stopped_while_it_unpacks(ending):
    bomb = PACK[ending](b"x" * 30_000_000)
    expected = f"unpacks to more than 5,000,000 bytes from {len(bomb):,}; at most 5,000,000 are read"
    assert cause(f"a.txt.{ending}", bomb) == expected


def test_text_that_packs_well_is_no_bomb():
    put("a.csv.gz", PACK["gz"](("text\n" + "x y z\n" * 200_000).encode()))
    assert sum(1 for _ in iter_records(Path("a.csv.gz"))) == 200_000


# --- streams --------------------------------------------------------------------------------------------------------


def many(count):
    """Records of one kilobyte, as the lines of a file."""
    body = "The two ministers met in Baku. " * 32
    for number in range(count):
        yield json.dumps({"id": number, "text": f"{number} {body}"}) + "\n"


def write_jsonl(name, count):
    Path(name).write_text("".join(many(count)))


def write_csv(name, count):
    Path(name).write_text(
        "id,text\n" + "".join(f'{n},"{json.loads(line)["text"]}"\n' for n, line in enumerate(many(count)))
    )


def write_json(name, count):
    Path(name).write_text(f"[{','.join(many(count))}]")


def write_packed(name, count):
    Path(name).write_bytes(PACK[name.rsplit(".")[-1]]("".join(many(count)).encode()))


def write_parquet(name, count):
    rows = [json.loads(line) for line in many(count)]
    Path(name).write_bytes(parquet({"text": [row["text"] for row in rows]}, row_group_size=2000))


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("a.jsonl", write_jsonl, id="jsonl"),
        pytest.param("a.csv", write_csv, id="csv"),
        pytest.param("a.json", write_json, id="json"),
        pytest.param("a.parquet", write_parquet, id="Parquet"),
        pytest.param("a.jsonl.gz", write_packed, id="gz"),
        pytest.param("a.jsonl.zst", write_packed, id="zst"),
    ],
)
def test_a_stream_takes_no_more_memory_for_a_longer_file(name, write):
    def peak(count):
        write(name, count)
        tracemalloc.start()
        assert sum(1 for _ in iter_records(Path(name))) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    peak(10)
    assert peak(8000) < 1.2 * peak(2000) + 100_000


def test_a_byte_order_mark_is_taken_off_once_and_long_characters_survive_where_pieces_meet():
    texts = ["é" * 1000 + str(number) for number in range(400)]
    put("a.jsonl", b"\xef\xbb\xbf" + "".join(f'{{"text": "{text}"}}\n' for text in texts).encode())
    articles, ledger = read("a.jsonl")
    assert articles["text"].tolist() == texts
    assert set(ledger["reason"]) == {"byte order mark removed"}


def test_damage_in_a_long_file_is_placed():
    lines = ["é" * 1000 + "\n"] * 400
    content = ("text\n" + "".join(lines)).encode()
    at = 700_000
    at += content[at - 1 : at + 1] == "é".encode()
    put("a.csv", content[:at] + b"\xff" + content[at:])
    _, ledger = read("a.csv")
    expected = f"damaged UTF-8: broken characters shown as U+FFFD: 1, the first at byte {at} (0xff)"
    assert ledger["reason"][0] == expected
    put("b.csv", content[:at] + b"\0" + content[at:])
    (line,) = rejection_lines(read("b.csv")[1])
    assert line == f"rejected: b.csv: binary data, or UTF-16 without its byte order mark (byte {at} is NUL)"


def test_records_come_before_the_rest_of_the_file_is_read():
    put("a.jsonl", '{"text": "a"}\n{"text": "b"}\n')
    records = iter_records(Path("a.jsonl"))
    assert next(records).fields == {"text": "a"}
    put("b.txt", SENTENCE)
    with pytest.raises(Unreadable, match="one article, not records"):
        iter_records(Path("b.txt"))


def test_no_file_stays_open():
    put("a.jsonl", LINES)
    put("b.jsonl.gz", PACK["gz"](LINES))
    put("c.parquet", parquet(ROWS))
    before = len([*Path("/proc/self/fd").iterdir()])
    with warnings.catch_warnings():
        warnings.simplefilter("error", ResourceWarning)
        for name in ("a.jsonl", "b.jsonl.gz", "c.parquet"):
            kind_of(Path(name))
            next(iter_records(Path(name)))
            read(name)
    assert len([*Path("/proc/self/fd").iterdir()]) == before


# --- anything -------------------------------------------------------------------------------------------------------

WHOLE = {
    "a.docx": document(paragraph("Head", "Title") + TABLE + ITEM.format("x"), **{"docProps/core.xml": CORE}),
    "a.parquet": parquet({"text": ["abc " * 20, "def"] * 9, "id": [*range(18)], "authors": [["a"], None] * 9}),
    "b.parquet": parquet({"text": ["abc " * 20, "def"] * 9}, row_group_size=5, data_page_version="2.0"),
    "a.jsonl.gz": PACK["gz"](LINES[:2000]),
    "a.jsonl.zst": PACK["zst"](LINES[:2000]),
    "a.json": b'{"status": "ok", "articles": [{"text": "a\\u00e9", "x": [1, {"b": null}]}, {"text": "b"}], "n": 12}',
    "a.csv": b'id,text\r\n1,"a ""q"" b"\r\n2,c\r\n',
    "a.jsonl": LINES[:500],
}


@pytest.mark.parametrize("name", WHOLE)
def test_no_damage_is_more_than_a_line_in_the_ledger(name):
    draws = random.Random(name)
    for _ in range(60):
        content = bytearray(WHOLE[name])
        for _ in range(draws.randint(1, 4)):
            at = draws.randrange(len(content) or 1)
            if draws.random() < 0.6:
                content[at : at + 1] = bytes([draws.randrange(256)])
            elif draws.random() < 0.5:
                del content[at : at + draws.randint(1, 30)]
            else:
                content[at:at] = draws.randbytes(draws.randint(1, 8))
        put(name, bytes(content))
        articles, ledger = read(name)
        assert len(ledger)
        assert ledger.loc[ledger["status"] == "rejected", "reason"].notna().all()
        assert articles["text"].str.strip().ne("").all()


@pytest.mark.growth
@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("a.jsonl", "[", id="brackets"),
        pytest.param("a.json", "[", id="brackets in an array"),
        pytest.param("a.json", '[{"', id="objects that do not end"),
        pytest.param("a.json", "[{} ", id="arrays without commas"),
        pytest.param("a.json", '{"a": ', id="objects in objects"),
        pytest.param("a.json", "[1,", id="numbers"),
        pytest.param("a.json", " ", id="blanks"),
        pytest.param("a.json", '[{"text": "\\\\', id="back slashes"),
        pytest.param("a.csv", '"', id="quotation marks"),
        pytest.param("a.csv", 'text\n"a"', id="quoted cells"),
        pytest.param("a.csv", "\r", id="line ends"),
        pytest.param("a.csv", ",", id="commas"),
        pytest.param("a.csv", "\xc3", id="longer characters"),
    ],
)
def test_time_to_read_grows_with_the_length(name, unit):
    def consume(content):
        put(name, content)
        try:
            for _ in iter_records(Path(name)):
                pass
        except Unreadable:
            pass

    assert_linear(consume, lambda n: unit * n, 20_000)
