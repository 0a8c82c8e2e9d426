"""Reading: what becomes of every kind of input, good and bad."""

import csv
import io
import json
import os
import random
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import put
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.corpus import InputError, assign_groups, read_corpus, rejection_lines, warning_lines
from analysis.inputs import reading
from analysis.inputs.stream import Limits
from analysis.tables import ARTICLES, LEDGER

SENTENCE = "The two ministers met in Baku on Friday, officials said, and spoke about trade and security for hours."
OTHER = "Both sides agreed to open a new railway line across the border before the end of the coming year."


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def jsonl(*records):
    return "".join(json.dumps(record) + "\n" for record in records)


def page(body, head=""):
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>"


def read(*names, **settings):
    articles, ledger = read_corpus(list(names) or ".", **settings)
    ARTICLES.check(articles)
    LEDGER.check(ledger)
    return articles, ledger


def texts(*names):
    return read(*names)[0]["text"].tolist()


def ids(*names):
    return read(*names)[0]["article_id"].tolist()


def cause(name, content, **settings):
    """Why one named input is rejected; it stands beside a good one, which has to survive."""
    put("good.txt", SENTENCE)
    put(name, content)
    articles, ledger = read("good.txt", name, **settings)
    assert articles["article_id"].tolist() == ["good"]
    (line,) = rejection_lines(ledger)
    prefix = f"rejected: {name}: "
    assert line.startswith(prefix)
    return line.removeprefix(prefix)


# --- the text is the file's own -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.txt", b"One.\r\nTwo.\rThree.\n", "One.\r\nTwo.\rThree.\n", id="line ends are kept as they are"),
        pytest.param("a.txt", b"  One \n\n", "  One \n\n", id="white space around the text is kept"),
        pytest.param(
            "a.md", b"# T\n\n*x* [y](http://z)\n", "# T\n\n*x* [y](http://z)\n", id="Markdown is kept as written"
        ),
        pytest.param("a.txt", "e\u0301 ﬁ \u200b\u202e".encode(), "e\u0301 ﬁ \u200b\u202e", id="nothing is normalised"),
        pytest.param("a.csv", b"id,text\n1,NA\n", "NA", id="NA is a text"),
        pytest.param("a.csv", b'text\n"say ""a, b""\r\nnow"\n', 'say "a, b"\r\nnow', id="a quoted cell, unquoted"),
        pytest.param("a.csv", b"text;id\na, b;1\n", "a, b", id="semicolons separate if the header says so"),
        pytest.param("a.csv", b"id\ttext\n1\ta, b\n", "a, b", id="tabs separate if the header says so"),
        pytest.param("a.csv", b" Text ,ID\nx y,1\n", "x y", id="case and spaces of a column's name do not matter"),
        pytest.param("a.jsonl", b'{"text": "a\\u0000\\u2028b"}', "a\0\u2028b", id="escapes are what they stand for"),
        pytest.param("a.jsonl", '{"text": "a\u2028b"}'.encode(), "a\u2028b", id="a line separator ends no line"),
        pytest.param("a.jsonl", b'{"text": "\\ud83d\\ude00"}', "\U0001f600", id="a surrogate pair is one character"),
    ],
)
def test_text_is_code_point_for_code_point(name, content, expected):
    put(name, content)
    assert texts(name) == [expected]


words = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).filter(str.strip)


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.lists(words, min_size=1, max_size=3, unique=True))
def test_any_text_comes_back_from_jsonl(given_texts):
    put("a.jsonl", jsonl(*({"text": text} for text in given_texts)))
    assert texts("a.jsonl") == given_texts
    put("b.jsonl", "".join(json.dumps({"text": text}, ensure_ascii=False) + "\r\n" for text in given_texts))
    assert texts("b.jsonl") == given_texts


@settings(derandomize=True, max_examples=25, deadline=None)
@given(st.lists(words.map(lambda text: text.replace("\0", "0")), min_size=1, max_size=3, unique=True))
def test_any_text_comes_back_from_csv(given_texts):
    out = io.StringIO(newline="")
    csv.writer(out).writerows([["id", "text"], *enumerate(given_texts)])
    put("a.csv", out.getvalue())
    assert texts("a.csv") == given_texts


@settings(derandomize=True, max_examples=25, deadline=None)
@given(words.map(lambda text: text.replace("\0", "0")))
def test_any_text_comes_back_from_txt_after_a_byte_order_mark(text):
    put("a.txt", b"\xef\xbb\xbf" + text.encode())
    assert texts("a.txt") == [text]


# --- encodings ------------------------------------------------------------------------------------------------------

RUSSIAN = "Президент Ирана прибыл в Баку на официальный визит, сообщили в пятницу."
BAD_BYTE = "“Агрее”, he said.".encode() + b" caf\xe9."


@pytest.mark.parametrize(
    ("content", "text", "encoding", "reason"),
    [
        pytest.param("café".encode(), "café", "utf-8", None, id="UTF-8 needs no word"),
        pytest.param("café".encode("utf-8-sig"), "café", "utf-8", "byte order mark removed", id="UTF-8 with a mark"),
        pytest.param(
            b"\xff\xfe" + "café".encode("utf-16-le"), "café", "utf-16-le", "byte order mark removed", id="UTF-16"
        ),
        pytest.param(
            b"\xff\xfe\0\0" + "é".encode("utf-32-le"), "é", "utf-32-le", "byte order mark removed", id="UTF-32"
        ),
    ],
)
def test_certain_encodings_are_no_warning(content, text, encoding, reason):
    put("a.txt", content)
    articles, ledger = read("a.txt")
    assert articles["text"].tolist() == [text]
    assert ledger[["status", "encoding"]].to_numpy().tolist() == [["analysed", encoding]]
    assert ledger["reason"].fillna("").tolist() == [reason or ""]


@pytest.mark.parametrize(
    ("content", "text", "reason"),
    [
        pytest.param(
            b"It\x92s \x93over\x94.", "It’s “over”.", "byte 2 (0x92) is not UTF-8; guessed to be cp1252",
            id="Windows quotes",
        ),
        pytest.param(b"A \xa35 fee.", "A £5 fee.", "byte 2 (0xa3) is not UTF-8; guessed to be cp1252", id="a pound"),
        pytest.param(
            "Où est l'été ?".encode("latin-1"), "Où est l'été ?", "byte 1 (0xf9) is not UTF-8; guessed to be cp1252",
            id="French, which several encodings fit",
        ),
        pytest.param(
            RUSSIAN.encode("cp1251"), RUSSIAN, "byte 0 (0xcf) is not UTF-8; guessed to be cp1251", id="Cyrillic"
        ),
        pytest.param(
            BAD_BYTE, "“Агрее”, he said. caf\ufffd.",
            "damaged UTF-8: broken characters shown as U+FFFD: 1, the first at byte 30 (0xe9)",
            id="one bad byte in UTF-8 spoils nothing else",
        ),
        pytest.param(
            "“Over”".encode()[:-1], "“Over\ufffd",
            "damaged UTF-8: broken characters shown as U+FFFD: 1, the first at byte 7 (0xe2)",
            id="cut off inside a character",
        ),
        pytest.param(
            b"\xef\xbb\xbfcaf\xe9!", "caf\ufffd!",
            "damaged UTF-8: broken characters shown as U+FFFD: 1, the first at byte 6 (0xe9); byte order mark removed",
            id="the mark says UTF-8, so nothing is guessed",
        ),
    ],
)  # fmt: skip
def test_doubtful_encodings_are_stated_with_the_place(content, text, reason):
    put("a.txt", content)
    articles, ledger = read("a.txt")
    assert articles["text"].tolist() == [text]
    assert warning_lines(ledger) == [f"warned: a.txt: {reason}"]


@pytest.mark.parametrize(
    ("declared", "encoding", "used", "warned"),
    [
        pytest.param("windows-1251", "cp1251", "cp1251", False, id="declared, and true"),
        pytest.param("KOI8-R", "koi8-r", "koi8_r", False, id="declared in capitals"),
        pytest.param("iso-8859-1", "utf-8", "utf-8", True, id="declared Latin-1, but UTF-8 beyond doubt"),
        pytest.param("utf-8", "cp1251", "cp1251", True, id="declared UTF-8, but it is not"),
        pytest.param("rot13", "utf-8", "utf-8", False, id="a codec that is no encoding is not used"),
        pytest.param("unicode_escape", "utf-8", "utf-8", False, id="nor one that unescapes"),
    ],
)
def test_page_declares_its_encoding(declared, encoding, used, warned):
    body = f"<article><h1>Визит</h1><p>{RUSSIAN}</p><p>{RUSSIAN}!</p></article>"
    put("a.html", page(body, f'<meta charset="{declared}">').encode(encoding))
    articles, ledger = read("a.html")
    assert RUSSIAN in articles["text"][0]
    assert ledger["encoding"][0] == used
    assert (ledger["status"][0] == "warned") is warned


def test_declaration_of_a_page_in_ascii_is_no_matter():
    put("a.html", page(ARTICLE, '<meta charset="iso-8859-2">'))
    assert read("a.html")[1]["status"].tolist() == ["analysed"]


# --- what is refused, by name and with the reason -------------------------------------------------------------------

ACCEPTED = (
    "accepted are txt, md, html, htm, docx, csv, tsv, json, jsonl, ndjson and parquet, "
    "and those of text with .gz or .zst behind"
)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.txt", b"", "no text: the file is empty", id="empty"),
        pytest.param("a.txt", b"\xef\xbb\xbf", "no text: the file is empty", id="nothing but a byte order mark"),
        pytest.param(
            "a.md", " \n\u00a0\t".encode(), "no text: the file holds nothing but white space",
            id="white space",
        ),
        pytest.param("a.txt", b"\x89PNG\r\n\x1a\n", "binary data (PNG)", id="a picture called txt"),
        pytest.param("a.html", b"%PDF-1.7 text", "binary data (PDF)", id="a PDF called html"),
        pytest.param(
            "a.csv", b"PK\x03\x04", "damaged ZIP archive of 4 bytes (File is not a zip file)",
            id="the beginning of an archive called csv",
        ),
        pytest.param("a.txt", b"{\\rtf1 Hello}", "binary data (RTF)", id="RTF, though it is printable"),
        pytest.param(
            "a.txt", "hello".encode("utf-16-le"), "binary data, or UTF-16 without its byte order mark (byte 1 is NUL)",
            id="NUL",
        ),
        pytest.param(
            "a.txt", b"\xff\xfea", "damaged utf-16-le: byte 2 of 3 does not fit (truncated data)",
            id="torn UTF-16",
        ),
        pytest.param(
            "a.txt", b"a\x01\x02\xff\xfe\xfd",
            "binary data (byte 3 (0xff) is not UTF-8, and there are control characters)",
            id="control characters",
        ),
        pytest.param("a.doc", b"x", f"a .doc file; {ACCEPTED}", id="a format that is not read"),
        pytest.param("a.py", b"x", f"a .py file; {ACCEPTED}", id="a program"),
        pytest.param("notes", b"x", f"no suffix; {ACCEPTED}", id="no suffix"),
        pytest.param("a.html", b"", "no text: the file is empty", id="empty page"),
        pytest.param("a.html", "<meta " * 9, "no article text was found in this page", id="page without body"),
        pytest.param("a.html", "<!-- -->", "no article text was found in this page", id="page of comments"),
        pytest.param("a.html", page("<nav></nav>"), "no article text was found in this page", id="page without text"),
        pytest.param(
            "a.html", page("<p hidden>" + SENTENCE), "no article text was found in this page",
            id="page with hidden text alone",
        ),
        pytest.param("a.csv", b"", "no column 'text' (--map text=COLUMN says which it is); its first line names none", id="empty table"),
        pytest.param("a.csv", b"id,text\n", "0 records; 1 to 1,000,000 are read", id="table without rows"),
        pytest.param("a.jsonl", b"\n\n", "0 records; 1 to 1,000,000 are read", id="no records"),
        pytest.param(
            "a.csv", b"id,tale\n1,x\n", "no column 'text' (--map text=COLUMN says which it is); its first line names 'id', 'tale'",
            id="no column text",
        ),
        pytest.param(
            "a.csv", b"text,Text\na,b\n",
            "the column 'text' stands twice; its first line names 'text', 'Text'",
            id="two columns text",
        ),
        pytest.param(
            "a.jsonl", b"[1]\n", "a JSON list where an object with the key 'text' was expected: line 1",
            id="no object",
        ),
        pytest.param("a.jsonl", b"\n" + b"[" * 90000, "JSON nested too deeply: line 2", id="too deep"),
        pytest.param(
            "a.jsonl", b'{"text": 5}', "its 'text' is a JSON number, not a string: line 1",
            id="text is a number",
        ),
        pytest.param(
            "a.jsonl", b'{"text": null}', "its 'text' is a JSON null, not a string: line 1",
            id="text is null",
        ),
        pytest.param(
            "a.jsonl", b'{"id": "x", "tale": "y"}', "no key 'text' (--map text=COLUMN says which it is); its keys are 'id', 'tale': line 1",
            id="no key text",
        ),
        pytest.param("a.jsonl", b'{"text": "a", "text": "b"}', "a key stands twice: line 1", id="two keys text"),
        pytest.param(
            "a.jsonl", b'{"text": "a", "id": ' + b"9" * 9999 + b"}",
            "a number with more digits than can be read: line 1",
            id="too long a number",
        ),
        pytest.param("a.jsonl", b'{"text": " "}', "its text is nothing but white space: line 1", id="blank record"),
        pytest.param("a.csv", b"id,text\n1,\n", "its text is empty: line 2", id="empty cell"),
    ],
)  # fmt: skip
def test_rejected_with_the_reason_while_the_rest_goes_on(name, content, expected):
    assert cause(name, content) == expected


def test_bad_records_are_named_by_line_and_good_ones_kept():
    put("a.jsonl", jsonl({"text": "one"}) + '{"text": "torn\n\n' + jsonl({"text": "two"}) + '{"text": "cut off')
    put("b.csv", 'id,text\n1,"spans\ntwo lines"\n2,b,c\n3,"quo"te\n4,good\n5,"cut off')
    articles, ledger = read("a.jsonl", "b.csv")
    assert articles["text"].tolist() == ["one", "two", "spans\ntwo lines", "good"]
    assert articles["article_id"].tolist() == ["a:1", "a:3", "1", "4"]
    assert rejection_lines(ledger) == [
        "rejected: a.jsonl: not JSON (Unterminated string starting at character 9): line 2",
        "rejected: a.jsonl: not JSON (Unterminated string starting at character 9): line 5",
        "rejected: b.csv: 3 cells where the first line has 2: line 4",
        "rejected: b.csv: broken quotation marks (',' expected after '\"'): line 5",
        "rejected: b.csv: broken quotation marks (unexpected end of data): line 7",
    ]
    assert ledger["record"].tolist() == [1, 2, 3, 4, 1, 2, 3, 4, 5]


def test_missing_file_among_others_is_rejected_by_name():
    put("a.txt", SENTENCE)
    articles, ledger = read("a.txt", "b.txt")
    assert len(articles) == 1
    assert rejection_lines(ledger) == ["rejected: b.txt: no such file or folder"]


@pytest.mark.parametrize(
    ("sources", "named"),
    [
        pytest.param("nowhere.txt", "'nowhere.txt'", id="a missing file"),
        pytest.param("x\ny", "'x', 'y'", id="several, all missing"),
        pytest.param("", "''", id="nothing at all"),
        pytest.param([], "''", id="an empty list"),
        pytest.param([""], "''", id="an empty name is not the current folder"),
        pytest.param("https://example.org/a.html", "'https://example.org/a.html'", id="an address is not fetched"),
        pytest.param(["a\0b", "\ud800"], r"'a\x00b', '\ud800'", id="names that no file can have"),
    ],
)
def test_sources_that_do_not_exist(sources, named):
    with pytest.raises(InputError) as error:
        read_corpus(sources)
    assert str(error.value).startswith(f"no file or folder {named};")


SMALL = Limits(article=1000, file=3000, records=2)


@pytest.mark.parametrize(
    ("name", "content", "expected"),
    [
        pytest.param("a.txt", "x" * 1001, "1,001 bytes; at most 1,000 are read", id="an article"),
        pytest.param("a.csv", "text\n" + "x" * 2996, "3,001 bytes; at most 3,000 are read", id="a file of records"),
        pytest.param(
            "b.csv", "text\n" + "é" * 501, "its text has 1,002 bytes; at most 1,000 are read: line 2", id="a record"
        ),
    ],
)
def test_limits_name_both_sizes(name, content, expected):
    assert cause(name, content, limits=SMALL) == expected


def test_records_up_to_the_limit_are_kept():
    put("a.jsonl", jsonl(*[{"text": f"x{number}"} for number in range(3)]))
    articles, ledger = read("a.jsonl", limits=SMALL)
    assert articles["text"].tolist() == ["x0", "x1"]
    assert rejection_lines(ledger) == ["rejected: a.jsonl: more than 2 records; at most 2 are read"]
    put("b.jsonl", jsonl({"text": "y0"}, {"text": "y1"}))
    assert rejection_lines(read("b.jsonl", limits=SMALL)[1]) == []


def test_what_is_as_large_as_the_limit_is_read():
    put("g.txt", "x" * 1000)
    put("g.csv", "text\n" + "y" * 1000)
    articles, _ = read("g.txt", "g.csv", limits=SMALL)
    assert articles["text"].str.len().tolist() == [1000, 1000]


def test_further_columns_are_limited(monkeypatch):
    monkeypatch.setattr(reading, "MAX_FURTHER_COLUMNS", 2)
    wide = jsonl({"text": "x", "a": "1", "b": "2", "c": "3"})
    assert cause("d.jsonl", wide) == "more than 2 different columns beside those of articles"
    put("f.jsonl", jsonl({"text": "x", "a": "1", "b": "2"}, {"text": "y", "c": "3"}))
    assert read("f.jsonl")[1]["status"].tolist() == ["analysed", "rejected"]


def test_only_regular_files_are_read():
    put("a.txt", SENTENCE)
    os.mkfifo("pipe.txt")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("plug.txt")
    Path("folder.txt").mkdir()
    put("folder.txt/b.txt", OTHER)
    articles, ledger = read("a.txt", "pipe.txt", "plug.txt", "/dev/zero", "folder.txt")
    assert articles["article_id"].tolist() == ["a", "b"]
    lines = rejection_lines(ledger)
    assert lines[:2] == [
        "rejected: pipe.txt: a FIFO; only regular files are read",
        "rejected: plug.txt: a socket; only regular files are read",
    ]
    assert lines[2].endswith("dev/zero: a device; only regular files are read")


def test_file_that_may_not_be_opened_is_rejected(monkeypatch):
    put("a.txt", SENTENCE)

    def refuse(*_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert rejection_lines(read("a.txt")[1]) == ["rejected: a.txt: cannot be read (Permission denied)"]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param("x\nrejected: b.txt: fake.txt", r"x\nrejected: b.txt: fake.txt", id="line feed"),
        pytest.param("x\rwarned.txt", r"x\rwarned.txt", id="carriage return"),
        pytest.param("x\x1b[2Jy.txt", r"x\x1b[2Jy.txt", id="cursor sequence"),
        pytest.param("x\u2028y.txt", r"x\u2028y.txt", id="line separator"),
        pytest.param("x\u202etxt.exe.txt", r"x\u202etxt.exe.txt", id="right-to-left override"),
        pytest.param("x\udce9.txt", r"x\udce9.txt", id="a byte that is not UTF-8"),
    ],
)
def test_no_name_forges_a_line(name, shown):
    Path(name).write_bytes(b"")
    assert rejection_lines(read(".")[1]) == [f"rejected: {shown}: no text: the file is empty"]


def test_no_content_forges_a_line():
    put("a.csv", 'id,"x\nrejected: b.txt"\n1,2\n')
    put("b.jsonl", '{"a\\nrejected: c": 1}')
    lines = rejection_lines(read(".")[1])
    assert len(lines) == 2
    assert all("\n" not in line for line in lines)


def test_one_problem_is_said_once():
    Path("a.csv").write_bytes("id,text\n1,été à Bakou\n2,où est-il\n".encode("cp1252"))
    assert len(warning_lines(read("a.csv")[1])) == 1


# --- folders --------------------------------------------------------------------------------------------------------


def test_folder_is_read_in_the_order_of_its_paths_whatever_the_disk_says():
    names = ["b.txt", "a/z.txt", "c/a.md", "B.txt", "a.txt", "ä.txt", "10.txt", "9.txt"]
    random.Random(1).shuffle(names)
    for name in names:
        put(name, name)
    assert texts() == ["10.txt", "9.txt", "B.txt", "a/z.txt", "a.txt", "b.txt", "c/a.md", "ä.txt"]


def test_order_of_the_disk_does_not_matter(monkeypatch):
    for name in ("a.txt", "b.txt", "c/d.txt"):
        put(name, name)
    forward, scan = read()[0], os.scandir
    monkeypatch.setattr(os, "scandir", lambda path: reversed(list(scan(path))))
    assert read()[0].equals(forward)


def test_sources_keep_the_order_in_which_they_are_given():
    put("x/b.txt", "b")
    put("x/a.txt", "a")
    put("c.txt", "c")
    assert read_corpus("c.txt\n\n x \n")[0]["text"].tolist() == ["c", "a", "b"]
    assert texts("x", "c.txt") == ["a", "b", "c"]
    assert read_corpus(Path("x"))[0]["text"].tolist() == ["a", "b"]


def test_hidden_files_and_readmes_are_not_articles_but_other_files_are_named():
    put("a.txt", SENTENCE)
    for name in (".DS_Store", ".git/a.txt", "README", "README.md", "README_de.txt", "readme.txt"):
        put(name, OTHER)
    put("readme-culture.txt", "An article on what to read.")
    put("chart.png", b"\x89PNG")
    articles, ledger = read()
    assert articles["article_id"].tolist() == ["a", "readme-culture"]
    assert rejection_lines(ledger) == ["rejected: chart.png: binary data (PNG)"]
    assert ids("README.md", ".git/a.txt") == ["README", "a"]


def test_folder_without_articles_is_named():
    put("empty/articles.csv", "article_id,label\n")
    articles, ledger = read("empty")
    assert articles.empty
    assert rejection_lines(ledger) == ["rejected: empty: a folder without articles"]


def test_links_are_not_followed_out_of_a_folder():
    put("secret.txt", "secret")
    put("other/b.txt", OTHER)
    put("in/a.txt", SENTENCE)
    Path("in/away.txt").symlink_to(Path("secret.txt").absolute())
    Path("in/up").symlink_to("../other")
    Path("in/round").symlink_to(".")
    Path("in/lost.txt").symlink_to("nowhere")
    Path("in/loop.txt").symlink_to("loop.txt")
    Path("in/same.txt").symlink_to("a.txt")
    articles, ledger = read("in")
    assert articles["text"].tolist() == [SENTENCE, SENTENCE]
    assert rejection_lines(ledger) == [
        "rejected: in/away.txt: a link that leads out of the folder",
        "rejected: in/loop.txt: a link to nothing",
        "rejected: in/lost.txt: a link to nothing",
        "rejected: in/round: a link to a folder; these are not followed",
        "rejected: in/up: a link to a folder; these are not followed",
    ]
    Path("named.txt").symlink_to("secret.txt")
    assert texts("named.txt") == ["secret"]


def test_a_link_to_where_one_may_not_look_costs_no_other_file(monkeypatch):
    put("in/a.txt", SENTENCE)
    Path("in/locked.txt").symlink_to("a.txt")
    exists = Path.exists

    def refuse(path, **options):
        if path.name == "locked.txt":
            raise PermissionError(13, "Permission denied")
        return exists(path, **options)

    monkeypatch.setattr(Path, "exists", refuse)
    articles, ledger = read("in")
    assert articles["text"].tolist() == [SENTENCE]
    assert rejection_lines(ledger) == ["rejected: in/locked.txt: a link that cannot be followed (Permission denied)"]


# --- who an article is ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        pytest.param({"My story.v2.txt": "a"}, ["My story.v2"], id="the stem, verbatim"),
        pytest.param({"a.csv": "id,text\n007,x\n"}, ["007"], id="the record's id, verbatim"),
        pytest.param({"a.jsonl": '{"id": 7, "text": "x"}'}, ["7"], id="a number as it is written"),
        pytest.param({"a.csv": "article_id,text\nnull,x\n"}, ["null"], id="article_id and id are the same"),
        pytest.param({"a.csv": "id,text\n,x\n1,y\n ,z\n"}, ["a:1", "1", "a:3"], id="without id: stem and record"),
        pytest.param({"a.csv": "id,article_id,text\n1,n,x\n"}, ["n"], id="article_id goes before id"),
        pytest.param(
            {"x/a.txt": "1", "y/a.txt": "2"}, ["x/a.txt", "y/a.txt"],
            id="namesakes: the folder tells them apart",
        ),
        pytest.param({"p/x/a.txt": "1", "q/x/a.txt": "2"}, ["p/x/a.txt", "q/x/a.txt"], id="the folder's folder"),
        pytest.param({"x/a.md": "1", "x/a.txt": "2"}, ["a.md", "a.txt"], id="the suffix is enough"),
        pytest.param(
            {"a.csv": "id,text\n1,x\n", "b.csv": "id,text\n1,y\n"}, ["a.csv:1", "b.csv:1"],
            id="same id in two files",
        ),
        pytest.param({"a.csv": "id,text\n1,x\n1,y\n"}, ["1 (record 1)", "1 (record 2)"], id="same id twice in a file"),
        pytest.param({"a.txt": "x", "b.csv": "id,text\na,y\n"}, ["a.txt", "b.csv:a"], id="a file and a record"),
        pytest.param(
            {"a.csv": "id,text\nx/a.txt,1\n", "x/a.txt": "2", "y/a.txt": "3"},
            ["a.csv:x/a.txt", "x/a.txt", "y/a.txt"], id="an id that looks like a longer name",
        ),
    ],
)  # fmt: skip
def test_article_id(files, expected):
    for name, content in files.items():
        put(name, content)
    assert ids() == expected


@pytest.mark.parametrize(
    ("names", "expected", "warned"),
    [
        pytest.param(["x/a.txt", "x/a.txt"], ["a"], ["x/a.txt"], id="a file"),
        pytest.param(["x/a.txt", "./y/../x/a.txt"], ["a"], ["x/a.txt"], id="a file by two paths"),
        pytest.param(["x", "x", "x"], ["a", "1", "2"], ["x/a.txt", "x/b.csv", "x/chart.png"], id="a folder, with its records"),
        pytest.param(["x/b.csv", "x"], ["1", "2", "a"], ["x/b.csv"], id="a file and its folder: the first place counts"),
        pytest.param(["linked", "x/a.txt"], ["a", "1", "2"], ["x/a.txt"], id="a folder by a link to it"),
        pytest.param(["x/a.txt", "y/a.txt"], ["x/a.txt", "y/a.txt"], [], id="two files of one name are two"),
    ],
)  # fmt: skip
def test_what_is_named_twice_is_read_once_with_a_warning(names, expected, warned):
    put("x/a.txt", SENTENCE)
    put("x/b.csv", "id,text\n1,u\n2,v\n")
    put("x/chart.png", b"\x89PNG")
    put("y/a.txt", OTHER)
    Path("linked").symlink_to("x")
    articles, ledger = read(*names)
    assert articles["article_id"].tolist() == expected
    assert warning_lines(ledger) == [f"warned: {name}: named more than once, and taken once" for name in warned]
    assert not any("same text" in str(reason) for reason in ledger["reason"])
    assert ledger["sha256"].notna().sum() == len(articles) + ledger["status"].eq("rejected").sum()


def test_a_folder_named_after_its_own_subfolder_leaves_the_nearer_sidecar_to_count():
    put("x/articles.csv", "article_id,label\na,far\n")
    put("x/y/articles.csv", "article_id,label\na,near\nz,none\n")
    put("x/y/a.txt", SENTENCE)
    articles, ledger = read("x/y", "x")
    assert articles["label"].tolist() == ["near"]
    assert [line for line in warning_lines(ledger) if "'z'" in line] == [
        "warned: x/y/articles.csv: the article_id 'z' names no article; there are 'a': line 3"
    ]
    assert len(ledger) == 3


def test_same_text_twice_is_kept_apart_with_a_warning():
    put("a.txt", SENTENCE)
    put("b.md", SENTENCE)
    put("c.txt", SENTENCE + " ")
    articles, ledger = read()
    assert len(articles) == 3
    assert warning_lines(ledger) == ["warned: b.md: same text as 'a'"]


def test_of_records_with_the_same_text_each_is_named():
    put("a.jsonl", '{"id": "x", "text": "One."}\n{"id": "y", "text": "Two."}\n{"id": "z", "text": "One."}\n')
    _, ledger = read()
    assert warning_lines(ledger) == ["warned: a.jsonl: same text as 'x': record 3"]
    assert ledger["record"].tolist() == [1, 2, 3]


def test_same_id_twice_in_a_file_is_a_warning():
    put("a.csv", "id,text\n1,x\n1,y\n")
    expected = "warned: a.csv: record 1 of this file has the id '1' too; this one is called '1 (record 2)'"
    assert warning_lines(read()[1]) == [expected]


# --- metadata and groups --------------------------------------------------------------------------------------------


def test_missing_metadata_stay_missing():
    put("a.txt", "By Jane Doe\n\nMonday, 3 May 2021\n\n" + SENTENCE)
    articles, _ = read("a.txt")
    assert articles[["title", "outlet", "label", "author", "published", "url"]].isna().all(axis=None)


def test_metadata_of_records_are_taken_as_written():
    put("a.csv", "id,outlet,published,text,topic,\n1,NA,007,x,rail,index\n2, ,1.10,y,,\n")
    nothing = {"outlet": float("nan"), "label": None}
    put("b.jsonl", jsonl({"text": "z", "author": ["A", "B"], "topic": True, "published": 2021} | nothing))
    articles, _ = read()
    assert list(articles.columns) == [*ARTICLES.names, "topic"]
    assert articles["outlet"].fillna("-").tolist() == ["NA", "-", "-"]
    assert articles["label"].isna().all()
    assert articles["published"].tolist() == ["007", "1.10", "2021"]
    assert articles["author"].fillna("-").tolist() == ["-", "-", '["A", "B"]']
    assert articles["topic"].fillna("-").tolist() == ["rail", "-", "true"]


def test_columns_that_reading_sets_cannot_be_overwritten():
    put("a.jsonl", jsonl({"id": "1", "text": "x", "path": "/etc/passwd", "group": "g"}))
    articles, _ = read()
    assert articles.loc[0, ["path", "group"]].tolist() == ["a.jsonl", "1"]
    assert read_corpus(".", group_by="group")[0]["group"].tolist() == ["g"]


def test_sidecar_adds_metadata_by_article_id():
    put("in/a.txt", SENTENCE)
    put("in/b.txt", OTHER)
    put("in/articles.csv", "article_id,label,outlet,topic\nb,Left,,rail\na,,Gazette,\n")
    articles, ledger = read("in")
    assert articles["label"].fillna("-").tolist() == ["-", "Left"]
    assert articles["outlet"].fillna("-").tolist() == ["Gazette", "-"]
    assert articles["topic"].fillna("-").tolist() == ["-", "rail"]
    assert ledger["status"].tolist() == ["analysed", "analysed"]
    assert read("in/a.txt")[0]["outlet"].isna().all()


def test_sidecar_beats_the_record_and_the_nearer_sidecar_the_farther():
    put("in/a.jsonl", jsonl({"id": "1", "text": "x", "outlet": "own", "label": "own"}))
    put("in/deep/b.txt", OTHER)
    put("in/articles.csv", "article_id,outlet,label\n1,far,\nb,far,far\n")
    put("in/deep/articles.csv", "article_id,outlet,label\nb,near,\n")
    articles, _ = read("in")
    assert articles[["outlet", "label"]].to_numpy().tolist() == [["far", "own"], ["near", "far"]]


def test_each_folder_knows_its_articles_by_their_own_names():
    for side in ("left", "right"):
        put(f"{side}/a.txt", side)
        put(f"{side}/articles.csv", f"article_id,outlet\na,{side.title()}\n")
    articles, ledger = read("left", "right")
    assert articles["outlet"].tolist() == ["Left", "Right"]
    assert ledger["status"].tolist() == ["analysed", "analysed"]


KNOWN = "a sidecar has the column article_id and any of title, outlet, label, author, published, url and others"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        pytest.param(
            "article_id,label\nc,C\n", "warned: the article_id 'c' names no article; there are 'a', 'b': line 2",
            id="no such article",
        ),
        pytest.param(
            "article_id,label\na,A\na,B\n", "warned: the article_id 'a' stands twice; the first row counts: line 3",
            id="doubled",
        ),
        pytest.param("article_id,label\na,A,x\n", "rejected: 3 cells where the first line has 2: line 2", id="odd row"),
        pytest.param(
            "name,label\na,A\n", f"rejected: no column 'article_id'; its first line names 'name', 'label'; {KNOWN}",
            id="no article_id",
        ),
        pytest.param(
            "id,text\na,x\n", "warned: its column 'text' is not read: articles.csv in a folder holds metadata",
            id="texts in a sidecar",
        ),
        pytest.param(b"\x89PNG", f"rejected: binary data (PNG); {KNOWN}", id="a picture"),
        pytest.param(
            b"article_id,outlet\na,\x93Gazette\x94\n", "warned: byte 20 (0x93) is not UTF-8; guessed to be cp1252",
            id="guessed encoding",
        ),
    ],
)  # fmt: skip
def test_trouble_with_a_sidecar_is_said_and_the_articles_are_read(content, expected):
    put("a.txt", SENTENCE)
    put("b.txt", OTHER)
    put("articles.csv", content)
    articles, ledger = read()
    assert articles["text"].tolist() == [SENTENCE, OTHER]
    status, cause = expected.split(": ", 1)
    assert rejection_lines(ledger) + warning_lines(ledger) == [f"{status}: articles.csv: {cause}"]


def three_articles():
    put("a.csv", "id,outlet,topic,text\n1,Gazette,rail,x\n2,Courier,rail,y\n3,,rail,z\n")
    return read_corpus("a.csv")[0]


@pytest.mark.parametrize(
    ("group_by", "expected"),
    [
        pytest.param(None, ["1", "2", "3"], id="by default each article is its own group"),
        pytest.param("outlet", ["Gazette", "Courier", "(not stated)"], id="missing values are a group that says so"),
        pytest.param("title", None, id="a column nobody filled leaves one group"),
        pytest.param("topic", None, id="a further column, the same in all"),
        pytest.param("path", None, id="the file"),
    ],
)
def test_groups(group_by, expected):
    articles = three_articles()
    assert read_corpus("a.csv", group_by=group_by)[0]["group"].nunique() == (3 if expected else 1)
    if expected:
        assert assign_groups(articles, group_by)["group"].tolist() == expected
    else:
        with pytest.raises(
            ValueError, match=f"comparison compares groups, but all 3 articles have the same {group_by}: "
        ):
            assign_groups(articles, group_by)


def test_groups_do_not_differ_in_white_space_alone_and_ids_may():
    rows = [{"id": name, "outlet": outlet, "text": text} for name, outlet, text in (
        ("1", "The Gazette", "x"), ("1 ", " The  Gazette ", "y"), ("2", "The\u00a0Gazette", "z"), ("3", "Gazette", "v"),
    )]  # fmt: skip
    put("a.jsonl", "\n".join(map(json.dumps, rows)))
    articles = read_corpus("a.jsonl", group_by="outlet")[0]
    assert articles["group"].tolist() == ["The Gazette", "The Gazette", "The Gazette", "Gazette"]
    assert articles["outlet"].tolist() == [row["outlet"] for row in rows]
    assert read_corpus("a.jsonl")[0]["group"].nunique() == 4


def test_messages_about_groups():
    articles = three_articles()
    with pytest.raises(InputError, match=r"keyness compares groups, but .* have the same topic: 'rail'"):
        assign_groups(articles, "topic", caller="keyness")
    with pytest.raises(
        InputError, match=r"no column 'Outlet' to group by; the articles have 'article_id', 'group', 'title', "
    ):
        assign_groups(articles, "Outlet")
    with pytest.raises(InputError, match=r"no column 'text'"):
        read_corpus("a.csv", group_by="text")
    with pytest.raises(InputError, match=r"no column 'group'"):
        read_corpus("a.csv", group_by="group")
    with pytest.raises(InputError, match=r"comparison compares two articles or more; found 1: '1'"):
        assign_groups(articles[:1])
    with pytest.raises(InputError, match=r"comparison compares two articles or more; found none"):
        assign_groups(articles[:0].assign(group="x"))


def test_nothing_left_is_two_empty_tables_not_an_error():
    put("a.txt", b"")
    articles, ledger = read_corpus("a.txt", group_by="topic")
    assert articles.empty
    ARTICLES.check(articles)
    assert ledger["status"].tolist() == ["rejected"]


# --- pages ----------------------------------------------------------------------------------------------------------

ARTICLE = (
    f"<article><h1>Ministers  meet</h1><p>{SENTENCE}</p><ul><li>Rail.</li><li>Road.</li></ul><p>{OTHER}</p></article>"
)


def test_page_becomes_title_and_paragraphs_between_blank_lines():
    put("a.html", page("<nav><a href='/'>Home</a></nav>" + ARTICLE + "<footer>Imprint</footer>", "<title>Site</title>"))
    articles, ledger = read("a.html")
    assert articles["text"][0] == f"Ministers meet\n\n{SENTENCE}\n\n- Rail.\n- Road.\n\n{OTHER}"
    assert articles["title"][0] == "Ministers meet"
    assert ledger["reason"][0] == "extraction kept 41 of about 43 words; hidden elements left out: 0"


@pytest.mark.parametrize(
    "trick",
    [
        pytest.param("<p hidden>SECRET {}</p>", id="hidden"),
        pytest.param("<p style='color:red; Display : NONE'>SECRET {}</p>", id="not displayed"),
        pytest.param("<div style='visibility:hidden'><p>SECRET {}</p></div>", id="not visible"),
        pytest.param("<script>SECRET {}</script>", id="script"),
        pytest.param("<template><p>SECRET {}</p></template>", id="template"),
        pytest.param("<noscript><p>SECRET {}</p></noscript>", id="noscript"),
        pytest.param("<!-- <p>SECRET {}</p> -->", id="comment"),
    ],
)
def test_what_a_page_does_not_show_is_not_read(trick):
    put("a.html", page(ARTICLE.replace("<ul>", trick.format(OTHER) + "<ul>")))
    assert "SECRET" not in texts("a.html")[0]
    assert SENTENCE in texts("a.html")[0]


def test_entities_are_text_and_open_nothing():
    put("secret", "SECRET")
    tricks = f'<!DOCTYPE html [<!ENTITY s SYSTEM "{Path("secret").absolute()}"><!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>'
    body = ARTICLE.replace("officials", "&s; &b; &lt;script&gt;alert(1)&lt;/script&gt; &#x1F600; &#xD800; officials")
    put("a.html", tricks + f"<html><body>{body}</body></html>")
    (text,) = texts("a.html")
    assert "SECRET" not in text
    assert "aaaa" not in text
    assert "&s; &b; <script>alert(1)</script> \U0001f600 \ufffd officials" in text


def test_addresses_in_a_page_are_not_followed(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<base href="http://example.org/"><link rel="stylesheet" href="s.css">'
    put(
        "a.html", page('<iframe src="http://example.org"></iframe><img src="http://example.org/a.png">' + ARTICLE, head)
    )
    assert SENTENCE in texts("a.html")[0]


@pytest.mark.parametrize(
    ("head", "body", "expected"),
    [
        pytest.param("<title>Shown – Site</title>", "<h1>Shown</h1>", "Shown", id="the one heading"),
        pytest.param(
            "<meta property='og:title' content='Real'>", "<h1>Site</h1><h2>Real</h2>", "Real",
            id="what is declared and shown",
        ),
        pytest.param(
            "<meta property='og:title' content='Clickbait'>", "<h1>Shown</h1>", "Shown",
            id="shown beats declared",
        ),
        pytest.param("<title> In\nthe tab </title>", "", "In the tab", id="no heading: the page's title"),
    ],
)  # fmt: skip
def test_title_of_a_page(head, body, expected):
    put("a.html", page(f"{body}<p>{SENTENCE}</p><p>{OTHER}</p>", head))
    assert read("a.html")[0]["title"].tolist() == [expected]


def test_page_called_txt_is_read_as_a_page_with_a_warning():
    put("a.txt", "\n" + page(ARTICLE))
    articles, ledger = read("a.txt")
    assert articles["text"][0].startswith("Ministers meet\n\n")
    (line,) = warning_lines(ledger)
    assert line.startswith("warned: a.txt: called .txt, but it holds an HTML page and was read as one;")
    put("b.txt", "<html> is the first tag of a page.")
    assert texts("b.txt") == ["is the first tag of a page."]


def test_page_nested_beyond_measure_is_said_to_be_cut():
    put("a.html", page(ARTICLE + "<div>" * 3000 + SENTENCE))
    (line,) = warning_lines(read("a.html")[1])
    assert line.startswith("warned: a.html: broken page, what follows line 1 may be lost (Excessive depth")


def test_lone_surrogates_are_shown_and_keep_every_position():
    put("a.jsonl", '{"text": "ab\\ud800c", "outlet": "\\udfff"}')
    articles, ledger = read("a.jsonl")
    assert articles.loc[0, ["text", "outlet"]].tolist() == ["ab\ufffdc", "\ufffd"]
    assert warning_lines(ledger) == [
        "warned: a.jsonl: lone surrogates shown as U+FFFD, the first at character 2: line 1"
    ]


# --- the seeds and the cost -----------------------------------------------------------------------------------------


def test_seeds_are_read_as_they_are(monkeypatch):
    monkeypatch.chdir(Path(__file__).parents[1])
    articles, ledger = read("seeds")
    assert articles["label"].tolist() == ["A", "B"]
    assert [Path(row.path).read_bytes() == row.text.encode() for row in articles.itertuples()] == [True, True]
    assert ledger["status"].tolist() == ["analysed", "analysed"]


def test_where_jupyterlab_starts_paths_are_told_as_they_were_typed(monkeypatch):
    from analysis.paths import PROJECT

    monkeypatch.chdir(PROJECT / "notebooks")
    with pytest.raises(InputError, match=r"^no file or folder 'no/such/folder', 'no'; "):
        read_corpus("no/such/folder\nno")
    articles, ledger = read_corpus("seeds\nno/such/folder")
    assert set(articles["path"]) == {"seeds/000_b24c2845fada964e.txt", "seeds/002_bf24cc7feecbbb8d.txt"}
    assert rejection_lines(ledger) == ["rejected: no/such/folder: no such file or folder"]


def test_text_files_load_nothing_that_only_pages_need():
    put("a.txt", SENTENCE)
    code = "import sys; from analysis.corpus import read_corpus; read_corpus('a.txt'); print(*sys.modules)"
    env = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=env, check=True)
    assert not {"trafilatura", "lxml", "charset_normalizer"} & set(done.stdout.split())


def test_further_columns_come_in_the_order_of_the_articles_that_have_them():
    put("in/a.jsonl", jsonl({"id": "a", "text": SENTENCE}, {"id": "b", "text": OTHER, "section": "home"}))
    put("in/articles.csv", "article_id,topic\na,rail\n")
    articles, _ = read("in")
    assert articles.columns.tolist() == [*ARTICLES.names, "topic", "section"]
