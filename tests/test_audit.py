"""The audit: a run that holds passes, and whatever is changed in one afterwards is named first."""

import json
import re
import shutil

import pandas as pd
import pytest
from conftest import run
from PIL import Image

from analysis.__main__ import main
from analysis.audit import (
    NO_PAGE,
    DifferenceError,
    audit_run,
    check_inputs,
    check_stored,
    compare_runs,
    open_run,
    run_again,
)
from analysis.audit.difference import differs, first_difference
from analysis.audit.stored import find_by_parameters
from analysis.claims.cells import row_cells
from analysis.claims.claim import Name, Quotation, Section
from analysis.corpus import read_corpus
from analysis.inputs.files import InputError, one_line
from analysis.measures import measure, measure_in_parts
from analysis.paths import PROJECT
from analysis.report import NOTEBOOKS, declared_parameters
from analysis.store import file_hashes, save_run

pytestmark = pytest.mark.slow

A, B = "000_b24c2845fada964e", "002_bf24cc7feecbbb8d"
TEXTS = {
    "a.txt": "The council met on Monday. The mayor said that the bridge would be built over the river this year.\n" * 8,
    "b.txt": "Snow fell on the hills. “It is cold,” the shepherd said on Tuesday, and the sheep stayed in the valley.\n"
    * 4,
}


# How a run is tampered with -------------------------------------------------------------------------------------------


def text_of(name, old, new):
    """Replace the first match of a pattern in a text file."""

    def tamper(folder):
        content = (folder / name).read_bytes().decode()
        changed = re.sub(old, new, content, count=1)
        assert changed != content
        (folder / name).write_bytes(changed.encode())

    return tamper


def json_of(name, change):
    """Change what a JSON file holds, and write it as the program does."""

    def tamper(folder):
        content = json.loads((folder / name).read_text(encoding="utf-8"))
        changed = change(content)
        content = content if changed is None else changed
        (folder / name).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")

    return tamper


def claims(change):
    return json_of("claims.json", change)


def settings(change):
    return json_of("run.json", change)


def notebook(change):
    """Change the executed notebook, and write it as the program does."""

    def tamper(folder):
        content = json.loads((folder / "report.ipynb").read_text(encoding="utf-8"))
        change(content)
        written = json.dumps(content, indent=1, ensure_ascii=False)
        (folder / "report.ipynb").write_text(written, encoding="utf-8")

    return tamper


def output(change):
    """Change the outputs of the notebook's first cell that has any."""
    return notebook(lambda held: change(next(cell["outputs"] for cell in held["cells"] if cell.get("outputs"))))


def injected(held):
    return next(cell for cell in held["cells"] if "injected-parameters" in cell["metadata"]["tags"])


def both(*tampers):
    def tamper(folder):
        for each in tampers:
            each(folder)

    return tamper


def recorded(**versions):
    """Let run.json say that the run was made with other versions."""
    return settings(lambda said: said["packages"].update(versions))


def png(change):
    """Change the picture of a PNG figure, which is written without further compression."""

    def tamper(folder):
        path = folder / "figures/keyness.png"
        with Image.open(path) as picture:
            picture.load()
            change(picture)
            picture.save(path, compress_level=0, dpi=picture.info["dpi"])

    return tamper


def without_a_page(folder):
    """As plain papermill leaves a run: no page, no executed notebook, no lock, and none of them named."""
    for name in ("report.html", "report.ipynb", "run.lock"):
        (folder / name).unlink()
    text_of("ledger.jsonl", '"report.html", "report.ipynb", ', "")(folder)
    text_of("ledger.jsonl", '"report.html", "report.ipynb", ', "")(folder)


def table(name, change):
    """Change a table and write it as Parquet."""

    def tamper(folder):
        path = folder / "tables" / f"{name}.parquet"
        changed = change(pd.read_parquet(path))
        changed.to_parquet(path, index=False)

    return tamper


def removed(name):
    return lambda folder: (folder / name).unlink()


def added(name, content="x"):
    def tamper(folder):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(content, encoding="utf-8")

    return tamper


def drop(held, key):
    del held[key]


def one_more(part):
    part["value"] += 1


def renumbered(records):
    for number, record in enumerate(records, start=1):
        record["number"] = number
    return records


def quoting(records):
    """The first claim that quotes, and its quotation."""
    return next((record, part) for record in records for part in record["inputs"].values() if "quotation" in part)


def misquote(records):
    record, part = quoting(records)
    quoted = part["quotation"]
    part["quotation"] = quoted[:-1] + ("x" if quoted[-1] != "x" else "y")
    record["text"] = record["text"].replace(quoted, part["quotation"])


def misplace(records):
    _, part = quoting(records)
    part["start"] += 1
    part["end"] += 1


def consistent_lie(records):
    """A number changed wherever its claim holds it: only the inputs can tell."""
    record, cell = next(
        (record, part)
        for record in records
        for part in record["inputs"].values()
        if type(part.get("value")) is int and part["value"] > 99 and str(part["value"]) in record["text"]
    )
    record["text"] = record["text"].replace(str(cell["value"]), str(cell["value"] + 1), 1)
    if record["value"] == cell["value"]:
        record["value"] += 1
    cell["value"] += 1


def first_named(folder, again, sources=()):
    """What the audit names first; nothing if all holds."""
    try:
        stored = open_run(folder, sources)
        for _ in [*check_stored(stored), *compare_runs(stored, again)]:
            pass
    except DifferenceError as error:
        return str(error)
    return None


# Tables alone: `measure` ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    """Two inputs in `in`, their tables in `out`, and in `again` the same tables made anew."""
    folder = tmp_path_factory.mktemp("measured")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        (folder / "in").mkdir()
        for name, text in TEXTS.items():
            (folder / "in" / name).write_text(text, encoding="utf-8")
        parameters = {"clean": "on", "attribution": "rules"}
        articles, ledger = read_corpus("in")
        save_run("out", measure_in_parts(articles, **parameters), ledger, {"sources": "in", **parameters})
        run_again(open_run(folder / "out"), folder / "again")
    return folder


@pytest.fixture
def here(measured, tmp_path, monkeypatch):
    """A copy of them, to be tampered with, as the current folder."""
    shutil.copytree(measured, tmp_path / "here")
    monkeypatch.chdir(tmp_path / "here")
    return tmp_path / "here"


def test_tables_that_hold(here):
    lines = list(audit_run(here / "out"))
    assert lines[0].startswith("inputs: 2 texts, files beside them: 0, ")
    assert any(re.fullmatch(r"tables: 1\d tables, \d+ rows, .*", line) for line in lines)


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        pytest.param(text_of("../in/a.txt", "Monday", "Sunday"), r"in/a\.txt: the text of article 'a' is not the one that the run read", id="a letter of an input"),
        pytest.param(removed("../in/a.txt"), r"inputs: the run read an article 'a'; the sources do not hold it now", id="an input that is gone"),
        pytest.param(added("../in/articles.csv", "article_id,label\na,A\n"), r"in/articles\.csv: the run did not read this file; it is there now", id="a sidecar more"),
        pytest.param(settings(lambda said: said["texts"].update(a="0" * 64)), r"in/a\.txt: the text of article 'a'", id="the hash of a text"),
        pytest.param(settings(lambda said: said["data"].update({"cues.csv": "0" * 64})), r"data file cues\.csv: not the file that the run read", id="the hash of a data file"),
        pytest.param(settings(lambda said: said["data"].update({"models/accurate/model.json": "0" * 64})), r"data file models/accurate/model\.json: not the file that the run read", id="the hash of a model"),
        pytest.param(settings(lambda said: drop(said["texts"], "b")), r"run\.json, texts\.b: found nothing", id="a text that is no longer recorded"),
        pytest.param(settings(lambda said: said.update(note="approved")), r"run\.json, note: found \"approved\", expected nothing", id="a word added to run.json"),
        pytest.param(text_of("run.json", '"python"', '"parallax": "0", "python"'), r"run\.json, line 2: .* is not as the program writes JSON", id="a key that stands twice"),
        pytest.param(text_of("ledger.jsonl", r"a\.txt", "z.txt"), r"ledger\.jsonl, line 1, path", id="a path of the ledger"),
        pytest.param(text_of("ledger.jsonl", r"[^\n]*\n", ""), r"ledger\.jsonl, line 1", id="a line of the ledger"),
        pytest.param(text_of("tables/codebook.md", "exclusive", "inclusive"), r"tables/codebook\.md, line 3: found \".*inclusive", id="a word of the codebook"),
        pytest.param(table("sentences", lambda rows: rows.assign(n_words=rows["n_words"] + (rows.index == 2))), r"tables/sentences\.parquet, row article_id=a, sentence=3, column 'n_words': found \d+, expected \d+", id="a number in Parquet"),
        pytest.param(table("readability", lambda rows: rows.assign(lix=rows["lix"] + 1e-6)), r"tables/readability\.parquet, row article_id=a, column 'lix'", id="a small change of a score"),
        pytest.param(table("sentences", lambda rows: rows.drop(index=1)), r"tables/sentences\.parquet: row article_id=a, sentence=2 follows from the inputs; it is not there", id="a row dropped"),
        pytest.param(table("sentences", lambda rows: rows.iloc[:-1]), r"tables/sentences\.parquet: row article_id=b, sentence=\d+ follows from the inputs; it is not there", id="the last row dropped"),
        pytest.param(table("notes", lambda rows: pd.concat([rows, rows.head(1).assign(subject="taste")])), r"tables/notes\.parquet: row article_id=a, subject=taste does not follow from the inputs", id="a row added"),
        pytest.param(table("sentences", lambda rows: rows.iloc[[1, 0, *range(2, len(rows))]]), r"tables/sentences\.parquet: row 1: found \"row article_id=a, sentence=2\"", id="rows exchanged"),
        pytest.param(table("articles", lambda rows: rows.rename(columns={"outlet": "owner"})), r"tables/articles\.parquet: columns", id="a column renamed"),
        pytest.param(table("sentences", lambda rows: rows.astype({"n_words": "float64"})), r"tables/sentences\.parquet, column 'n_words': type: found \"float64\"", id="a column of another type"),
        pytest.param(table("articles", lambda rows: rows.assign(outlet="The Gazette").astype({"outlet": "str"})), r"tables/articles\.parquet, row article_id=a, column 'outlet': found \"The Gazette\", expected null", id="a value where one is missing"),
        pytest.param(text_of("tables/readability.csv", r"(\r\na,)(\d)", r"\g<1>9\2"), r"tables/readability\.csv, row article_id=a, column 'n_sentences'", id="a number in CSV"),
        pytest.param(text_of("tables/articles.csv", "council", "cabinet"), r"tables/articles\.csv, row article_id=a, column 'text': found \".*The cabinet met.*\", expected \".*The council met", id="a word of an article in CSV"),
        pytest.param(text_of("tables/sentences.csv", r"\r\na,1,[^\r]*", ""), r"tables/sentences\.csv: row article_id=a, sentence=1 follows", id="a row dropped from CSV"),
        pytest.param(text_of("tables/sentences.csv", r"\r\na,1,", "\r\n'a,1,"), r"tables/sentences\.csv: row article_id=a, sentence=1 follows", id="an apostrophe in CSV"),
        pytest.param(text_of("tables/sentences.csv", r"\r\n(a,1,)", r"\r\n,\1"), r"tables/sentences\.csv, row 1: cells: found", id="a cell more in CSV"),
        pytest.param(text_of("tables/readability.csv", r",(\d+\.\d+),", r",\g<1>x,"), r"tables/readability\.csv, row article_id=a, column '\w+': found \"\d+\.\d+x\"", id="a number in CSV that is none"),
        pytest.param(text_of("tables/attributions.csv", r",,", ",none,"), r"tables/attributions\.csv, row article_id=a, attribution=1, column '\w+': found \"none\", expected \"\"", id="a word in CSV where none is"),
        pytest.param(removed("tables/voices.csv"), r"tables/voices\.csv: the run wrote this file; it is not there", id="a table missing"),
        pytest.param(removed("tables/voices.parquet"), r"tables/voices\.parquet: the run wrote this file; it is not there", id="a Parquet table missing"),
        pytest.param(added("tables/scores.csv"), r"tables/scores\.csv: the run writes no such file", id="a table more"),
        pytest.param(added("tables/voices.parquet"), r"tables/voices\.parquet: no Parquet", id="a table that is none"),
        pytest.param(added("claims.json", "[]"), r"claims\.json", id="claims where none were made"),
        pytest.param(added("claims.json", "[]\n"), r"claims\.json: the run writes no such file", id="a list of no claims where none were made"),
        pytest.param(added("verdict.md"), r"verdict\.md: the run writes no such file", id="a file more"),
        pytest.param(added("report.html"), r"report\.html: the run writes no such file", id="a page of tables, which have none"),
        pytest.param(added("figures/keyness.png"), r"figures: the run writes no such file", id="figures of tables, which have none"),
        pytest.param(added("run.lock", "../../mine.txt\n"), r"run\.lock: the run writes no file '\.\./\.\./mine\.txt'", id="a file that the next run would remove"),
        pytest.param(added("run.lock", "tables/voices.csv\nsummary.md\n"), r"run\.lock: the run writes no file 'summary\.md'", id="a file in the lock that the run would not write"),
        pytest.param(added("run.lock", "run.json\ntables/voices.csv\n"), None, id="a lock holds that names what is there"),
        pytest.param(added(".DS_Store"), None, id="a hidden file holds"),
        pytest.param(added("claims.json", '[\n {\n  "number": 1\n }\n]\n'), r"claims\.json: claim number 1 has no id", id="a claim where none was made"),
    ],
)  # fmt: skip
def test_what_is_changed_in_tables_is_named(here, tamper, named):
    tamper(here / "out")
    found = first_named(here / "out", here / "again")
    assert re.match(named, found) if named else found is None, found


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        pytest.param(added("../in/c.txt", "More of it."), r"ledger\.jsonl, line 3: the run did not read this input: '.*c\.txt'", id="an input more"),
        pytest.param(settings(lambda said: said["parameters"].update(attribution="none")), r"tables/attributions\.parquet: row article_id=a, attribution=1 does not follow from the inputs", id="a setting"),
        pytest.param(settings(lambda said: said["parameters"].update(clean="maybe")), r"run\.json: the run cannot be made again with its parameters: clean accepts on, off", id="a setting that is none"),
    ],
)  # fmt: skip
def test_what_only_a_second_run_can_tell_is_named(here, tamper, named):
    tamper(here / "out")
    with pytest.raises(DifferenceError, match=named):
        list(audit_run(here / "out"))


def test_a_file_that_a_setting_names_is_an_input(here):
    (here / "aliases.csv").write_text("Tehran,Iran\n", encoding="utf-8")
    settings(lambda said: said["parameters"].update(aliases="aliases.csv"))(here / "out")
    hashes = file_hashes({"sources": "in", "voices": "all", "aliases": "aliases.csv"})
    assert list(hashes) == ["aliases.csv"]
    settings(lambda said: said["files"].update(hashes))(here / "out")
    assert check_inputs(open_run(here / "out"))[1].startswith("inputs: 2 texts, files beside them: 1, ")
    (here / "aliases.csv").write_text("Tehran,Iraq\n", encoding="utf-8")
    with pytest.raises(DifferenceError, match=r"^aliases\.csv: not the file that the run read \(SHA-256 \w+…, in run"):
        check_inputs(open_run(here / "out"))


def naming_aliases(here, path):
    """Let the run say that it was given a file of aliases, and put one where it says."""
    (here / path).parent.mkdir(exist_ok=True)
    (here / path).write_text("Tehran,Iran\n", encoding="utf-8")
    settings(lambda said: said["parameters"].update(aliases=path))(here / "out")
    settings(lambda said: said["files"].update(file_hashes({"aliases": path})))(here / "out")


@pytest.mark.parametrize("place", ["elsewhere/names.csv", "names.csv", "elsewhere/in/names.csv"])
def test_a_file_that_a_setting_names_is_looked_for_beside_the_sources(here, place):
    naming_aliases(here, "lists/names.csv")
    (here / "elsewhere").mkdir()
    (here / "in").rename(here / "elsewhere/in")
    sources = ["in" if place == "names.csv" else "elsewhere/in"]
    if place == "names.csv":
        (here / "elsewhere/in").rename(here / "in")
    (here / "lists/names.csv").rename(here / place)
    stored = open_run(here / "out", sources)
    assert stored.settings["aliases"] == place
    assert stored.parameters["aliases"] == "lists/names.csv"
    assert check_inputs(stored)[1].startswith("inputs: 2 texts, files beside them: 1, ")
    (here / place).write_text("Tehran,Iraq\n", encoding="utf-8")
    with pytest.raises(DifferenceError, match=r"^names\.csv: not the file that the run read \(SHA-256 \w+…, in run"):
        check_inputs(open_run(here / "out", sources))


def test_of_files_of_one_name_the_one_that_the_run_read_is_taken(here):
    naming_aliases(here, "names.csv")
    (here / "elsewhere").mkdir()
    (here / "in").rename(here / "elsewhere/in")
    shutil.copy(here / "names.csv", here / "elsewhere/names.csv")
    assert open_run(here / "out", ["elsewhere/in"]).settings["aliases"] == "names.csv"
    (here / "names.csv").write_text("Tehran,Iraq\n", encoding="utf-8")
    assert open_run(here / "out", ["elsewhere/in"]).settings["aliases"] == "elsewhere/names.csv"


def test_a_file_that_a_setting_names_and_is_nowhere(here, capsys):
    naming_aliases(here, "lists/names.csv")
    (here / "lists/names.csv").unlink()
    (here / "in").rename(here / "elsewhere")
    assert main(["audit", "out", "--sources", "elsewhere"]) == 2
    tried = ", ".join(f"{here}/{place}" for place in ("lists/names.csv", "names.csv", "elsewhere/names.csv"))
    assert capsys.readouterr().err == (
        "python -m analysis audit: the file 'lists/names.csv', which the run was given as aliases, is not found; tried "
        f"{tried}; run the audit from where the run started, or put the file beside the sources\n"
    )


def test_rounding_is_no_difference(here):
    table("readability", lambda rows: rows.assign(lix=rows["lix"] * (1 + 1e-13)))(here / "out")
    assert first_named(here / "out", here / "again") is None


def test_inputs_that_were_moved_are_known_by_their_names(here):
    (here / "in").rename(here / "elsewhere")
    with pytest.raises(InputError, match=r"is not found at .*/in; .*--sources"):
        list(audit_run(here / "out"))
    assert list(audit_run(here / "out", ["elsewhere"]))
    (here / "elsewhere/a.txt").rename(here / "elsewhere/aa.txt")
    with pytest.raises(DifferenceError, match="an article 'a'"):
        list(audit_run(here / "out", ["elsewhere"]))


def test_absolute_sources_can_be_audited_from_anywhere(here, monkeypatch):
    assert main(["measure", str(here / "in"), "--output", str(here / "absolute")]) == 0
    (here / "deep/er").mkdir(parents=True)
    monkeypatch.chdir(here / "deep/er")
    assert list(audit_run(here / "absolute"))
    text_of("absolute/tables/articles.csv", "in/a.txt", "in/z.txt")(here)
    with pytest.raises(DifferenceError, match=r"tables/articles\.csv, row article_id=a, column 'path': found \"in/z"):
        list(audit_run(here / "absolute"))


def test_versions_that_differ_are_a_note(here):
    settings(lambda said: said["packages"].update(pandas="0.1"))(here / "out")
    assert next(iter(audit_run(here / "out"))).startswith("note: the run was made with pandas 0.1 (here ")


# Claims by themselves -------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def claimed(tmp_path_factory):
    """A run with claims, made without a notebook."""
    folder = tmp_path_factory.mktemp("claimed")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    articles, ledger = read_corpus(str(folder))
    tables = measure(articles)
    parameters = {"sources": str(folder), "seed": 1}
    opening = Section("What was compared", "opening", parameters)
    for name in ("a", "b"):
        parts = {"name": Name(name, name), **row_cells(tables, "readability", article_id=name)}
        counted = "{name}: {n_words} {n_words:word|words} in {n_sentences} {n_sentences:sentence|sentences}."
        opening.say("coverage", counted, parts, main="n_words", spans=[(name, 0, 99)])
    for name in ("a", "b"):
        quotation = Quotation(TEXTS[f"{name}.txt"][4:27], name, 4, 27)
        opening.say("lead", "{name} opens: {lead}.", {"name": Name(name, name), "lead": quotation})
    terms = Section("Terms", "terms", parameters)
    terms.say("evidence withheld", "No term is tested.", spans=[("a", 0, 99), ("b", 0, 99)])
    save_run(folder / "out", tables, ledger, parameters, [*opening.claims, *terms.claims])
    return folder / "out"


CLAIM = r"claims\.json: claim '[a-z-]+\d+'"


@pytest.mark.parametrize(
    ("change", "named"),
    [
        pytest.param(lambda records: records[0].update(text=re.sub(r"\d+", lambda n: str(int(n[0]) + 1), records[0]["text"], count=1)), rf"{CLAIM}, its text, against the input 'n_words': found \"\d+\", expected \"\d+\"", id="a number in the text"),
        pytest.param(lambda records: one_more(records[0]["inputs"]["n_words"]), rf"{CLAIM}, its text, against the input 'n_words'", id="an input cell"),
        pytest.param(lambda records: records[0].update(text=records[0]["text"].replace("words", "terms")), rf"{CLAIM}, its text, against the input|{CLAIM}, its text: found", id="a word of the text"),
        pytest.param(lambda records: records[0].update(text=records[0]["text"] + " Shame!"), rf"{CLAIM}, its text: ' Shame!' stands after", id="words after the text"),
        pytest.param(lambda records: records[0].update(template="In 1999 " + records[0]["template"]), rf"{CLAIM}: a template may not contain a typed number", id="a typed number in the template"),
        pytest.param(misquote, rf"{CLAIM}: its quotation, against \d+ to \d+ of '[ab]'", id="the words of a quotation"),
        pytest.param(misplace, rf"{CLAIM}: its quotation, against \d+ to \d+ of '[ab]'", id="the span of a quotation"),
        pytest.param(lambda records: quoting(records)[1].update(article_id="c"), rf"{CLAIM}: it quotes an article 'c'", id="the article of a quotation"),
        pytest.param(lambda records: records[-1]["spans"].append({"article_id": "a", "start": 0, "end": 99999}), rf"{CLAIM}: its span 0 to 99999 is not in the text of 'a'", id="a span beyond the text"),
        pytest.param(lambda records: records[1]["parameters"].update(seed=2), rf"{CLAIM}, parameters\.seed, against parameters in run\.json: found 2, expected 1", id="a setting of a claim"),
        pytest.param(lambda records: records[1]["articles"].update(a="0"), rf"{CLAIM}, articles\.a, against texts in run\.json", id="the hash of an article"),
        pytest.param(lambda records: records[:2] + records[3:], rf"{CLAIM}: its number: found 4, expected 3", id="a claim deleted"),
        pytest.param(lambda records: [records[1], records[0], *records[2:]], rf"{CLAIM}: its number: found 2, expected 1", id="claims exchanged"),
        pytest.param(lambda records: renumbered([records[1], records[0], *records[2:]]), r"claims\.json: claim number 1: its id: found \"opening-2\"", id="claims exchanged and numbered anew"),
        pytest.param(lambda records: [*records, records[0]], rf"{CLAIM}: its number", id="a claim that stands twice"),
        pytest.param(lambda records: drop(records[0]["inputs"], "n_words"), rf"{CLAIM}: template .* has no part 'n_words'", id="an input removed"),
        pytest.param(lambda records: drop(records[0], "spans"), rf"{CLAIM}: not as the program writes a claim \(KeyError: 'spans'\)", id="a field removed"),
        pytest.param(lambda records: records[0]["inputs"]["n_words"].update(value=None), rf"{CLAIM}: an input cannot be written as its template says", id="a number that is none"),
        pytest.param(lambda records: records[0]["inputs"].update(n_words="many"), rf"{CLAIM}: an input is none that the program knows: 'many'", id="an input that is none"),
        pytest.param(lambda records: {"claims": records}, r"claims\.json: a list of claims is expected", id="no list of claims"),
    ],
)  # fmt: skip
def test_what_is_changed_in_a_claim_is_named_without_a_second_run(claimed, tmp_path, change, named):
    shutil.copytree(claimed, tmp_path / "out")
    claims(change)(tmp_path / "out")
    with pytest.raises(DifferenceError, match=named):
        list(check_stored(open_run(tmp_path / "out")))


def test_claims_that_hold_are_counted(claimed):
    said = list(check_stored(open_run(claimed)))[-1]
    records = json.loads((claimed / "claims.json").read_text(encoding="utf-8"))
    quotations = sum("quotation" in part for record in records for part in record["inputs"].values())
    assert re.fullmatch(
        rf"claims\.json: {len(records)} claims, {quotations} quotations, \d+ numbers, \d+ spans hold", said
    )


# The whole report -----------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def again(report, tmp_path_factory):
    """The session's report, made again from its inputs."""
    folder = tmp_path_factory.mktemp("again")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PROJECT)
        run_again(open_run(report), folder)
    return folder


@pytest.mark.slow
def test_a_report_holds(report, again, monkeypatch):
    monkeypatch.chdir(PROJECT)
    assert first_named(report, again) is None


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        pytest.param(text_of("summary.md", r"\d+ words", "9999 words"), r"summary\.md, line \d+: found \".*9999", id="a number of the summary"),
        pytest.param(text_of("summary.md", "# Summary\n", "# Summary\n\nA is right.\n"), r"summary\.md, line 3: found \"A is right\.\", expected", id="a sentence more in the summary"),
        pytest.param(claims(consistent_lie), r"claims\.json: claim '[a-z]+-\d+', text: found \".*\", expected \"", id="a lie that its claim agrees with"),
        pytest.param(claims(lambda records: drop(records[0]["spans"], -1)), r"claims\.json: claim 'headlines-1', spans\[\d+\]: found nothing", id="a span removed"),
        pytest.param(claims(lambda records: records[0].update(statistic="taste")), r"claims\.json: claim 'headlines-1', statistic: found \"taste\"", id="the name of a statistic"),
        pytest.param(claims(lambda records: renumbered(records[:-1])), r"claims\.json: claim '[a-z]+-\d+' follows from the inputs; it is not there", id="the last claim deleted"),
        pytest.param(claims(lambda records: renumbered([*records, records[-1] | {"id": "verdict-1"}])), r"claims\.json: claim 'verdict-1' does not follow from the inputs", id="a claim added"),
        pytest.param(claims(lambda records: [dict(reversed(record.items())) for record in records]), None, id="keys in another order say the same"),
        pytest.param(settings(lambda said: said["parameters"].update(seed=2)), r"claims\.json: claim 'headlines-1', parameters\.seed, against parameters in run\.json: found 1, expected 2", id="a setting"),
        pytest.param(settings(lambda said: said["texts"].update({A: "0" * 64})), rf"seeds/{A}\.txt: the text of article '{A}'", id="the hash of a text"),
        pytest.param(settings(lambda said: said["files"].update({"seeds/articles.csv": "0" * 64})), r"seeds/articles\.csv: not the file that the run read", id="the hash of a sidecar"),
        pytest.param(text_of("report.html", r"(<li id=\"claim-opening-1\"><p>.*?)(\d+)", r"\g<1>1\2"), r"report\.html, sentence of claim 'opening-1'", id="a number of a sentence in the page"),
        pytest.param(text_of("report.html", 'id="claim-opening-2"', 'id="claim-opening-9"'), r"report\.html, sentence of claim|report\.html", id="an anchor in the page"),
        pytest.param(text_of("report.html", "It takes no side", "It takes a side"), r"report\.html, after the anchor '.*': found \".*takes a side", id="a word of the page's prose"),
        pytest.param(text_of("report.html", r"(<td class=\"number\">)(\d)", r"\g<1>9\2"), r"report\.html, after the anchor", id="a number of a table in the page"),
        pytest.param(text_of("report.html", r'alt="', 'alt="Wrong: '), r"report\.html, after the anchor '.*': found \"Wrong: ", id="an alternative text"),
        pytest.param(text_of("report.html", r"<figcaption>", "<figcaption>Wrong: "), r"report\.html, after the anchor '.*': found \"Wrong: ", id="a caption"),
        pytest.param(text_of("report.html", r"<title>", "<title>Wrong: "), r"report\.html, after the anchor '.*': found \"Wrong: ", id="the title"),
        pytest.param(text_of("report.html", r'href="#a1-', 'href="#a2-'), r"report\.html, line \d+: the words are the same, markup or a picture is not", id="a link to another passage"),
        pytest.param(text_of("report.html", r"</style>", "p {display: none}</style>"), r"report\.html, script, address or style: found .*display: none", id="words hidden by style"),
        pytest.param(text_of("report.html", r"base64,....", "base64,AAAA"), r"report\.html, line \d+: the words are the same, markup or a picture is not", id="a picture of the page"),
        pytest.param(removed("report.html"), r"report\.html: the run wrote this file; it is not there", id="the page gone"),
        pytest.param(text_of("report.ipynb", "It takes no side", "It takes a side"), r"report\.ipynb, cell 1, source\[\d+\]: found \".*takes a side", id="a word of the notebook"),
        pytest.param(text_of("report.ipynb", "<figcaption>", "<figcaption>Wrong: "), r"report\.ipynb, cell \d+, outputs\[0\]\.data\.text/html\[\d+\]: found \".*Wrong: ", id="an output of the notebook"),
        pytest.param(text_of("report.ipynb", r"base64,....", "base64,AAAA"), r"report\.ipynb, cell \d+, outputs\[0\]\.data\.text/html.*base64,AAAA(?!.*made with)", id="a picture of the notebook"),
        pytest.param(both(recorded(matplotlib="3.0"), text_of("report.ipynb", r"base64,....", "base64,AAAA")), r"report\.ipynb, cell .*base64,AAAA.*; made with matplotlib 3\.0, here ", id="a picture of the notebook, and another version"),
        pytest.param(output(lambda outputs: outputs[0]["data"].update({"image/png": "AAAA"})), r"report\.ipynb, cell 9, outputs\[0\]\.data\.image/png: found \"AAAA\", expected nothing", id="a picture added to an output of the notebook"),
        pytest.param(output(lambda outputs: outputs[0]["data"].update({"application/javascript": "alert(1)"})), r"report\.ipynb, cell 9, outputs\[0\]\.data\.application/javascript", id="a script added to an output of the notebook"),
        pytest.param(output(lambda outputs: outputs[0]["metadata"].update(trusted=True)), r"report\.ipynb, cell 9, outputs\[0\]\.metadata\.trusted", id="metadata of an output of the notebook"),
        pytest.param(output(lambda outputs: outputs.append({"name": "stdout", "output_type": "stream", "text": ["A lies.\n"]})), r"report\.ipynb, cell 9, outputs\[1\]: found .*stdout", id="a stream more in the notebook"),
        pytest.param(output(lambda outputs: outputs.append({"output_type": "error", "ename": "A lies", "evalue": "", "traceback": []})), r"report\.ipynb, cell 9, outputs\[1\]: found .*A lies", id="an error more in the notebook"),
        pytest.param(output(lambda outputs: outputs.append({"output_type": "verdict"})), r"report\.ipynb, cell 9, outputs\[1\]: found .*verdict", id="an output of a kind that there is not"),
        pytest.param(output(lambda outputs: outputs[0].update(output_type="display_data")), r"report\.ipynb, cell 9, outputs\[0\]\.output_type", id="the kind of an output"),
        pytest.param(output(lambda outputs: outputs.insert(0, {"name": "stderr", "output_type": "stream", "text": ["Matplotlib is building the font cache; this may take a moment.\n"]})), None, id="what a library says on its first run holds"),
        pytest.param(output(lambda outputs: outputs[0].update(execution_count=99)), None, id="a counter of the notebook holds"),
        pytest.param(notebook(lambda held: held["cells"][0]["metadata"].update(collapsed=True)), r"report\.ipynb, cell 1, metadata\.collapsed: found true, expected nothing", id="metadata of a cell"),
        pytest.param(notebook(lambda held: held["cells"][0]["metadata"]["papermill"].update(duration=9.0)), None, id="how long a cell took holds"),
        pytest.param(notebook(lambda held: held["cells"][0]["metadata"]["papermill"].update(status="failed")), r"report\.ipynb, cell 1, metadata\.papermill\.status", id="how a cell ended"),
        pytest.param(notebook(lambda held: held["cells"].append(held["cells"][0])), r"report\.ipynb, cell \d+: the run has (\d+) cells; found \d+", id="a cell more in the notebook"),
        pytest.param(notebook(lambda held: held["cells"].pop()), r"report\.ipynb, cell \d+: the run has (\d+) cells; found \d+", id="a cell less in the notebook"),
        pytest.param(notebook(lambda held: held["cells"][0].update(cell_type="raw")), r"report\.ipynb, cell 1, cell_type: found \"raw\"", id="the kind of a cell"),
        pytest.param(notebook(lambda held: held["metadata"].update(title="A lies")), r"report\.ipynb, metadata\.title: found \"A lies\"", id="a title of the notebook"),
        pytest.param(notebook(lambda held: held["metadata"]["papermill"]["input_path"]["cells"].pop()), r"report\.ipynb, metadata\.papermill\.input_path", id="the notebook that the run says it started from"),
        pytest.param(notebook(lambda held: held["metadata"]["language_info"].update(version="3.99")), None, id="the version of Python of a notebook holds"),
        pytest.param(notebook(lambda held: held["metadata"]["kernelspec"].update(display_name="My Python")), None, id="the name of a kernel holds"),
        pytest.param(notebook(lambda held: drop(held["metadata"], "papermill")), r"report\.ipynb: not as papermill writes it \(KeyError", id="a notebook without the trace of a run"),
        pytest.param(notebook(lambda held: injected(held)["source"].append("# approved")), r"report\.ipynb, cell 3, its lines sorted, line \[\d\]: found \".*approved", id="a remark among the injected parameters"),
        pytest.param(notebook(lambda held: held["metadata"]["papermill"]["parameters"].update(sources="lies")), r"report\.ipynb, parameter 'sources', against run\.json: found \"lies\", expected \"seeds\"", id="an injected parameter"),
        pytest.param(notebook(lambda held: held["metadata"]["papermill"]["parameters"].update(verdict="A")), r"report\.ipynb, parameter 'verdict', against run\.json: found \"A\", expected nothing", id="an injected parameter that there is not"),
        pytest.param(text_of("report.ipynb", r'\n "nbformat"', '\n "metadata": {},\n "nbformat"'), r"report\.ipynb, line \d+: not as the program writes a notebook", id="a key of the notebook that stands twice"),
        pytest.param(added("report.ipynb", "[1]"), r"report\.ipynb: no notebook \(it has no cells\)", id="a notebook that is none"),
        pytest.param(added("verdict.md"), r"verdict\.md: the run writes no such file", id="a file more"),
        pytest.param(added("extra/a.txt"), r"extra: the run writes no such file", id="a folder more"),
        pytest.param(added("figures/thesis.png"), r"figures/thesis\.png: the run writes no such file", id="a figure more"),
        pytest.param(added("tables/verdict.md"), r"tables/verdict\.md: the run writes no such file", id="a file more among the tables"),
        pytest.param(both(removed("report.html"), text_of("ledger.jsonl", '"report.html", ', ""), text_of("ledger.jsonl", '"report.html", ', "")), r"report\.html: the run wrote this file; it is not there", id="the page gone, and from the ledger, but named in the lock"),
        pytest.param(both(removed("report.html"), removed("run.lock"), text_of("ledger.jsonl", '"report.html", ', ""), text_of("ledger.jsonl", '"report.html", ', "")), r"report\.html: the run wrote this file; it is not there", id="the page gone, from ledger and lock, beside its notebook"),
        pytest.param(text_of("ledger.jsonl", '"report.html", ', ""), r"ledger\.jsonl, line 1, outputs", id="the page gone from the ledger alone"),
        pytest.param(removed("figures/keyness.svg"), r"figures/keyness\.svg: the run wrote this file; it is not there", id="a figure gone"),
        pytest.param(text_of("figures/keyness.svg", r"#[0-9a-f]{6}", "#abcdef"), r"figures/keyness\.svg: not the picture that the inputs give", id="a colour of a figure"),
        pytest.param(both(recorded(matplotlib="3.0"), text_of("figures/keyness.svg", r"#[0-9a-f]{6}", "#abcdef")), r"figures/keyness\.svg: not the picture that the inputs give; made with matplotlib 3\.0, here [\d.]+: with the same versions it can be told whether the picture was changed$", id="a colour of a figure, and another version"),
        pytest.param(both(settings(lambda said: said.update(python="3.0")), text_of("figures/keyness.svg", r"#[0-9a-f]{6}", "#abcdef")), r"figures/keyness\.svg: not the picture that the inputs give$", id="a colour of a figure, and another Python"),
        pytest.param(both(recorded(pandas="0.1"), text_of("figures/keyness.svg", r"#[0-9a-f]{6}", "#abcdef")), r"figures/keyness\.svg: not the picture that the inputs give$", id="a colour of a figure, and another version of what draws nothing"),
        pytest.param(both(recorded(matplotlib="3.0"), text_of("report.html", r"base64,....", "base64,AAAA")), r"report\.html, line \d+: the words are the same, markup or a picture is not; made with matplotlib 3\.0, here [\d.]+: with the same versions it can be told whether the page was changed$", id="a picture of the page, and another version"),
        pytest.param(both(recorded(matplotlib="3.0"), text_of("report.html", 'href="#a1-', 'href="#a2-')), r"report\.html, line \d+: the words are the same, markup or a picture is not; made with", id="a link to another passage, and another version"),
        pytest.param(both(recorded(nbconvert="0.1"), text_of("report.html", r"</main>", "<script>alert(1)</script></main>")), r"report\.html, script, address or style: found \"<script\"", id="a script, and another version"),
        pytest.param(png(lambda picture: picture.putpixel((9, 9), (1, 2, 3))), r"figures/keyness\.png: not the picture that the inputs give$", id="a dot of a figure"),
        pytest.param(both(recorded(pillow="1.0"), png(lambda picture: picture.putpixel((9, 9), (1, 2, 3)))), r"figures/keyness\.png: not the picture that the inputs give; made with pillow 1\.0, here ", id="a dot of a figure, and another version"),
        pytest.param(png(bool), r"figures/keyness\.png: not the picture that the inputs give$", id="another compression, and the same versions"),
        pytest.param(both(recorded(pillow="1.0"), png(bool)), None, id="another compression holds, with another version"),
        pytest.param(both(recorded(numpy="1.0"), added("figures/keyness.png")), r"figures/keyness\.png: not the picture that the inputs give; made with numpy 1\.0", id="a picture that is none, and another version"),
        pytest.param(table("keyness", lambda rows: rows.assign(log_ratio=-rows["log_ratio"])), r"tables/keyness\.parquet, row group=.*, term=.*, column 'log_ratio': found -?\d", id="the direction of a log ratio"),
        pytest.param(text_of("tables/keyness.csv", r"(\r\n[^,]+,[^,]+,)(\d+)", r"\g<1>9\2"), r"tables/keyness\.csv, row group=.*, term=.*, column 'n': found \"9\d+\"", id="a count in CSV"),
    ],
)  # fmt: skip
def test_what_is_changed_in_a_report_is_named(report, again, tmp_path, monkeypatch, tamper, named):
    monkeypatch.chdir(PROJECT)
    shutil.copytree(report, tmp_path / "out")
    tamper(tmp_path / "out")
    found = first_named(tmp_path / "out", again)
    assert re.match(named, found) if named else found is None, found


@pytest.mark.slow
def test_a_letter_of_an_input_stops_the_audit_before_anything_is_made(report, tmp_path):
    shutil.copytree(PROJECT / "seeds", tmp_path / "seeds")
    text_of(f"seeds/{B}.txt", "Azerbaijan", "Azerbaijam")(tmp_path)
    done = run("audit", report, "--sources", tmp_path / "seeds")
    assert done.returncode == 7
    assert re.fullmatch(
        rf"python -m analysis audit: .*seeds/{B}\.txt: the text of article '{B}' is not .*\n", done.stderr
    )
    assert done.stdout == ""


@pytest.fixture(scope="module")
def moved(tmp_path_factory):
    """A small report whose inputs were moved since, with a file that a setting names; and the same made again."""
    folder = tmp_path_factory.mktemp("moved")
    (folder / "in").mkdir()
    for name, text in TEXTS.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    head, row = "article_id,what,start,end,value,who,why", "a,region,0,31,chrome,ann,a menu"
    (folder / "by hand.csv").write_text(f"{head}\n{row}\n", encoding="utf-8")
    given = ("-p", "corrections", "by hand.csv")
    done = run("report", "in/a.txt", "in/b.txt", "--output", "out", *given, cwd=folder)
    assert done.returncode == 0, done.stderr
    (folder / "somewhere/else & further").mkdir(parents=True)
    for name in ("in", "by hand.csv"):
        (folder / name).rename(folder / "somewhere/else & further" / name)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        run_again(open_run(folder / "out", MOVED), folder / "again")
    return folder


MOVED = ["somewhere/else & further/in/a.txt", "somewhere/else & further/in/b.txt"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        pytest.param(bool, None, id="a run whose inputs were moved holds"),
        pytest.param(text_of("report.html", 'href="#a1-', 'href="#a2-'), r"report\.html, line \d+: the words are the same, markup or a picture is not$", id="a link to another passage"),
        pytest.param(text_of("report.html", r"base64,....", "base64,AAAA"), r"report\.html, line \d+: the words are the same, markup or a picture is not$", id="a picture of the page"),
        pytest.param(text_of("report.html", r">in/a\.txt<", ">in/z.txt<"), r"report\.html, after the anchor .*: found \"in/z\.txt", id="a path of the page"),
        pytest.param(text_of("report.html", r">by hand\.csv<", ">no hand.csv<"), r"report\.html, after the anchor .*: found \"no hand\.csv", id="the name of a file that a setting names"),
        pytest.param(text_of("report.ipynb", r"base64,....", "base64,AAAA"), r"report\.ipynb, cell \d+, outputs\[0\]\.data\.text/html", id="a picture of the notebook"),
        pytest.param(text_of("report.ipynb", r"( )in/a\.txt", r"\1in/z.txt"), r"report\.ipynb, cell \d+, outputs\[0\]\.data\.text/plain: found \".*in/z\.txt", id="a path of the notebook"),
        pytest.param(text_of("figures/keyness.svg", r"#[0-9a-f]{6}", "#abcdef"), r"figures/keyness\.svg: not the picture that the inputs give$", id="a colour of a figure"),
        pytest.param(text_of("run.json", "by hand.csv", "no hand.csv"), r"claims\.json: claim 'headlines-1', parameters\.corrections|.*not found", id="the name of a file in run.json"),
    ],
)  # fmt: skip
def test_a_report_whose_inputs_were_moved_is_compared_whole(moved, tmp_path, monkeypatch, tamper, named):
    monkeypatch.chdir(moved)
    shutil.copytree(moved / "out", tmp_path / "out")
    tamper(tmp_path / "out")
    try:
        found = first_named(tmp_path / "out", moved / "again", MOVED)
    except InputError as error:
        found = str(error)
    assert re.match(named, found) if named else found is None, found


@pytest.mark.slow
def test_the_command_on_inputs_that_were_moved(moved):
    done = run("audit", "out", "--sources", *MOVED, cwd=moved)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[-1] == "out: everything holds"
    assert any(line.startswith("report.html: ") for line in lines)


@pytest.mark.slow
def test_a_run_without_a_page_holds_and_says_that_there_is_none(report, again, tmp_path, monkeypatch, capsys):
    """As plain papermill leaves it: no page, no executed notebook, no lock."""
    monkeypatch.chdir(PROJECT)
    shutil.copytree(report, tmp_path / "out")
    without_a_page(tmp_path / "out")
    monkeypatch.setattr(
        "analysis.audit.run_again", lambda _, folder, **__: shutil.copytree(again, folder, dirs_exist_ok=True)
    )
    assert main(["audit", str(tmp_path / "out")]) == 0
    *_, said, last = capsys.readouterr().out.splitlines()
    assert said == NO_PAGE
    assert last == f"{tmp_path / 'out'}: all that is there holds; no page"
    assert main(["audit", str(report)]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == f"{report}: everything holds"


@pytest.mark.slow
def test_a_report_of_one_article_holds(tmp_path):
    done = run("report", "seeds", "--notebook", "article", "-p", "article", B, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    done = run("audit", tmp_path / "out")
    assert done.returncode == 0, done.stderr


# Wrong usage ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("make", "found"),
    [
        pytest.param(lambda _: None, "nothing there", id="no folder"),
        pytest.param(lambda path: path.mkdir(), "no run.json in it", id="a folder that no run has left"),
        pytest.param(lambda path: path.write_text("x"), "a file", id="a file"),
    ],
)
def test_what_is_no_run(tmp_path, capsys, make, found):
    make(tmp_path / "out")
    assert main(["audit", str(tmp_path / "out")]) == 2
    said = capsys.readouterr().err
    assert f"audit takes the folder of a run, with its run.json and tables/; found {found}: '" in said


def test_a_run_that_is_being_written(here, capsys):
    import fcntl

    with (here / "out/run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert main(["audit", "out"]) == 4
    assert "a run is writing to out" in capsys.readouterr().err


def test_an_input_that_is_not_found_says_where_it_was_looked_for(here, monkeypatch, capsys):
    monkeypatch.chdir(PROJECT)
    assert main(["audit", str(here / "out")]) == 2
    said = capsys.readouterr().err
    assert f"the source 'in' is not found at {PROJECT}/in; run the audit from where the run started" in said
    assert "--sources" in said


def test_every_notebook_is_known_by_its_parameters():
    for path in NOTEBOOKS.glob("*.ipynb"):
        recorded = dict.fromkeys([*(declared_parameters(path).keys() - {"output"}), "syllables"])
        assert find_by_parameters(recorded) == path
    assert find_by_parameters({"sources": "", "clean": "", "attribution": ""}) is None


@pytest.mark.parametrize(
    ("stored", "expected", "found"),
    [
        pytest.param([1, 2], [1, 2], None, id="equal"),
        pytest.param({"a": 1.0}, {"a": 1.0 + 1e-12}, None, id="rounding"),
        pytest.param({"a": 1}, {"a": True}, ("a", 1, True), id="a number is no truth value"),
        pytest.param({"a": [1]}, {"a": [1, 2]}, ("a[1]", "nothing", 2), id="a shorter list"),
        pytest.param({"a": {}, "b": 1}, {"a": {}}, ("b", 1, "nothing"), id="a key more"),
        pytest.param(None, 0, ("", None, 0), id="null is not zero"),
    ],
)
def test_the_first_difference_of_two_values(stored, expected, found):
    difference = first_difference(stored, expected)
    assert (difference and tuple(str(v) if repr(v) == "nothing" else v for v in difference)) == found


def test_a_difference_is_shown_where_it_is():
    message = str(differs("here", "x" * 500 + "left" + "y" * 500, "x" * 500 + "right" + "y" * 500))
    assert re.fullmatch(r'here: found "…x{30}left.{1,60}…", expected "…x{30}right.{1,60}…"', message)


def test_no_character_of_an_input_moves_the_cursor():
    assert one_line("a\x1b[2Jb\u202ec\nd\u00a0e") == "a\\x1b[2Jb\\u202ec\\nd\u00a0e"
