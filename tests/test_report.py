"""The whole path, as a user runs it: papermill, the page, the folder, the command and its exit codes."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pandas as pd
import pytest
from conftest import put, run

from analysis.paths import PROJECT
from analysis.tables import TABLES

pytestmark = pytest.mark.slow
SEEDS = PROJECT / "seeds"
A, B = "000_b24c2845fada964e", "002_bf24cc7feecbbb8d"
PARTS = {
    "articles",
    "regions",
    "sentences",
    "voices",
    "sentence_terms",
    "term_counts",
    "readability",
    "attributions",
    "spans",
    "labels",
    "loaded_wording",
    "notes",
    "corrections",
}
COMPARED = {
    "keyness",
    "keyness_author",
    "detectable",
    "detectable_author",
    "placebo",
    "placebo_by_group",
    "analyses",
    "findings_by_analysis",
    "robustness",
    "facts",
    "aligned",
    "fact_pairs",
    "shared_runs",
    "overlap",
    "actors_only",
    "event_check",
    "event_evidence",
    "label_ledger",
    "wording",
    "wording_counts",
    "surface_forms",
    "readability_by_group",
    "attribution_counts",
    "sources",
    "coverage",
}


def names(folder):
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_everything_promised_is_there_and_nothing_else(report):
    tables = {f"tables/{name}.{ending}" for name in PARTS | COMPARED for ending in ("csv", "parquet")}
    charts = ("keyness", "placebo", "word_clouds", "readability", "voices", "positions")
    figures = {f"figures/{name}.{ending}" for name in charts for ending in ("png", "svg")}
    alone = {
        "report.html",
        "report.ipynb",
        "summary.md",
        "claims.json",
        "ledger.jsonl",
        "run.json",
        "run.lock",
        "tables/codebook.md",
    }
    assert names(report) == tables | figures | alone


def test_the_page_is_small_and_asks_for_nothing(report):
    page = (report / "report.html").read_text(encoding="utf-8")
    assert len(page.encode()) < 3_000_000
    assert "<script" not in page
    assert "default-src 'none'" in page
    assert not re.findall(r"""(?:src|href)=["'](?!data:|#)[^"']*""", page)
    assert "read_corpus" not in page, "the page shows code"


def test_every_link_leads_somewhere_and_every_anchor_is_unique(report):
    page = (report / "report.html").read_text(encoding="utf-8")
    anchors = re.findall(r'\bid="([^"]*)"', page)
    assert len(anchors) == len(set(anchors))
    assert set(re.findall(r'href="#([^"]*)"', page)) <= set(anchors)


def test_every_claim_is_in_page_summary_and_json_and_links_there_and_back(report):
    page = (report / "report.html").read_text(encoding="utf-8")
    claims = json.loads((report / "claims.json").read_text(encoding="utf-8"))
    summary = (report / "summary.md").read_text(encoding="utf-8")
    plain = re.sub(r"\\(.)", r"\1", summary.replace("**", ""))
    for claim in claims:
        assert f'id="claim-{claim["id"]}"' in page
        assert f"{claim['number']}. {claim['text']}" in plain
        if claim["spans"]:
            assert f'href="#claim-{claim["id"]}"' in page, claim["text"]
    assert {claim["id"] for claim in claims if not claim["spans"]} == {"opening-6"}


def test_the_summary_is_three_hundred_to_six_hundred_words(report):
    assert 300 <= len((report / "summary.md").read_text(encoding="utf-8").split()) <= 600


def test_quotations_are_verbatim_and_spans_are_inside(report):
    texts = pd.read_parquet(report / "tables/articles.parquet").set_index("article_id")["text"]
    for claim in json.loads((report / "claims.json").read_text(encoding="utf-8")):
        for part in claim["inputs"].values():
            if "quotation" in part:
                assert texts[part["article_id"]][part["start"] : part["end"]] == part["quotation"]
        for span in claim["spans"]:
            assert 0 <= span["start"] < span["end"] <= len(texts[span["article_id"]])


def test_every_number_of_a_claim_is_a_cell_of_a_table(report):
    for claim in json.loads((report / "claims.json").read_text(encoding="utf-8")):
        for name, part in claim["inputs"].items():
            if part.get("table", "parameters") == "parameters":
                continue
            table = pd.read_parquet(report / f"tables/{part['table']}.parquet")
            for column, value in part["key"].items():
                table = table[table[column] == value]
            if part["column"] == "number of rows":
                assert part["value"] == len(table), name
                continue
            if part["column"] not in table:  # a count of some of the rows that the key chooses; audited, not looked up
                assert 0 <= part["value"] <= len(table), name
                continue
            cell = table[part["column"]].item()
            assert (pd.isna(cell) and part["value"] is None) or cell == part["value"] or abs(cell) == float("inf"), name


def test_the_tables_are_what_the_schema_says(report):
    declared = {table.name: table for table in TABLES}
    for name in PARTS | COMPARED:
        declared[name].check(pd.read_parquet(report / f"tables/{name}.parquet"))
    codebook = (report / "tables/codebook.md").read_text(encoding="utf-8")
    assert re.findall(r"^## (\w+)$", codebook, re.MULTILINE) == [
        path.stem
        for path in sorted((report / "tables").glob("*.parquet"), key=lambda path: codebook.index(f"## {path.stem}\n"))
    ]


def test_the_run_is_described(report):
    described = json.loads((report / "run.json").read_text(encoding="utf-8"))
    assert described["parameters"]["seed"] == 1
    assert described["parameters"]["sources"] == "seeds"
    assert set(described["texts"]) == {A, B}
    assert described["packages"]["pandas"] == pd.__version__
    entries = [json.loads(line) for line in (report / "ledger.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(entry["path"], entry["status"]) for entry in entries] == [
        (f"seeds/{A}.txt", "analysed"),
        (f"seeds/{B}.txt", "analysed"),
    ]
    assert all("report.html" in entry["outputs"] for entry in entries)


def test_the_notebook_is_executed_and_names_the_folder_asked_for(report):
    notebook = nbformat.read(report / "report.ipynb", as_version=4)
    assert all(cell.execution_count for cell in notebook.cells if cell.cell_type == "code")
    assert ".stage" not in (report / "report.ipynb").read_text(encoding="utf-8")


def test_the_same_inputs_give_the_same_bytes(report, tmp_path):
    settings = {"PYTHONHASHSEED": "7", "LC_ALL": "C", "TZ": "Asia/Tokyo"}
    done = run("report", "seeds", "--output", tmp_path / "again", env=os.environ | settings)
    assert done.returncode == 0, done.stderr
    for name in sorted(names(report) - {"run.json", "ledger.jsonl", "report.ipynb"}):
        assert (report / name).read_bytes() == (tmp_path / "again" / name).read_bytes(), name


def test_plain_papermill_writes_everything_but_the_page(report, tmp_path):
    papermill = Path(sys.executable).with_name("papermill")
    arguments = [
        "notebooks/comparison.ipynb",
        tmp_path / "mine.ipynb",
        "-p",
        "sources",
        "seeds",
        "-p",
        "output",
        tmp_path / "mine",
    ]
    subprocess.run([papermill, *arguments], check=True, cwd=PROJECT, capture_output=True, timeout=120)
    assert names(tmp_path / "mine") == names(report) - {"report.html", "report.ipynb", "run.lock"}
    assert (tmp_path / "mine/summary.md").read_bytes() == (report / "summary.md").read_bytes()


def sentences(folder):
    return [claim["text"] for claim in json.loads((folder / "claims.json").read_text(encoding="utf-8"))]


def test_exchanging_the_sources_exchanges_the_sides(report, tmp_path):
    done = run("report", SEEDS / f"{B}.txt", SEEDS / f"{A}.txt", "--output", tmp_path / "swapped")
    assert done.returncode == 0, done.stderr
    there, back = sentences(report), sentences(tmp_path / "swapped")
    named = [text.replace(A, "A").replace(B, "B") for text in back]
    assert len(there) == len(named)
    assert [text[:2] for text in named if " states: " in text] == ["B ", "A "], (
        "the order of the sources is the order of the sentences"
    )
    keyness = [
        pd.read_parquet(folder / "tables/keyness.parquet").set_index(["group", "term"]).sort_index()
        for folder in (report, tmp_path / "swapped")
    ]
    pd.testing.assert_frame_equal(*keyness, check_exact=True)
    difference = "A minus B is 2.6 grades (95\u00a0% interval 0.7 to 4.5, p\u00a00.010);"
    exchanged = "B minus A is −2.6 grades (95\u00a0% interval −4.5 to −0.7, p\u00a00.010);"
    assert any(text.startswith(difference) for text in there)
    assert any(text.startswith(exchanged) for text in named)


def test_an_article_and_itself_do_not_differ(tmp_path):
    for name in ("one", "two"):
        shutil.copy(SEEDS / f"{A}.txt", tmp_path / f"{name}.txt")
    done = run("report", tmp_path / "one.txt", tmp_path / "two.txt", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert "same text as 'one'" in done.stderr
    said = " ".join(sentences(tmp_path / "out"))
    assert "None of " in said
    assert "No difference in reading grade was found" in said
    assert "higher" not in said
    keyness = pd.read_parquet(tmp_path / "out/tables/keyness.parquet")
    assert (keyness["log_ratio"] == 0).all()
    assert (keyness["g2"] == 0).all()


def test_groups_by_a_metadata_column(tmp_path):
    texts = {path.stem: path.read_text(encoding="utf-8") for path in SEEDS.glob("*.txt")}
    lines = [
        {"id": f"{name}-{copy}", "text": text, "outlet": outlet}
        for (name, text), outlet in zip(texts.items(), ("North", "South"), strict=True)
        for copy in (1, 2)
    ]
    (tmp_path / "all.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    done = run("report", tmp_path / "all.jsonl", "--output", tmp_path / "out", "-p", "group_by", "outlet")
    assert done.returncode == 0, done.stderr
    said = sentences(tmp_path / "out")
    assert any(" in North with 2 articles" in text for text in said)
    assert any(text.startswith("Evidence on terms is withheld") for text in said)


def test_three_articles(tmp_path):
    text = (SEEDS / f"{B}.txt").read_text(encoding="utf-8")
    (tmp_path / "third.txt").write_text(text.replace("Azerbaijani", "Bulgarian"), encoding="utf-8")
    done = run("report", SEEDS / f"{A}.txt", SEEDS / f"{B}.txt", tmp_path / "third.txt", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    said = sentences(tmp_path / "out")
    assert any(
        "“Bulgarian” has a higher rate in third" in text and "not found in the other texts" in text for text in said
    )


def test_the_article_notebook(tmp_path):
    done = run("report", "seeds", "--notebook", "article", "-p", "article", B, "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert {"report.html", "tables/attributions.csv", "figures/positions.png"} <= names(tmp_path / "out")
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "BrightU.AI" in page
    assert "Aviation specialists" not in page


def test_measure_writes_the_tables_of_each_article(report, tmp_path):
    done = run("measure", "seeds", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    made = {f"tables/{name}.{ending}" for name in PARTS for ending in ("csv", "parquet")}
    assert names(tmp_path / "out") == made | {"tables/codebook.md", "run.json", "ledger.jsonl", "run.lock"}
    assert (tmp_path / "out/tables/term_counts.csv").read_bytes() == (report / "tables/term_counts.csv").read_bytes()


def test_help_lists_the_parameters_of_the_notebook():
    done = run("report", "--help")
    assert done.returncode == 0
    assert "seed (int, default 1): where the random draws start" in done.stdout
    other = run("report", "--notebook", "article", "--help")
    assert "article_id of the one to read" in other.stdout


PROSE = (
    "The council met on Monday to discuss the new bridge across the river, and the mayor said that it would be built. "
    * 8
)


@pytest.mark.parametrize(
    ("files", "arguments", "code", "line"),
    [
        pytest.param({"a.txt": "", "b.txt": PROSE}, [], 6, r"rejected: .*a\.txt: ", id="an empty file leaves one article"),
        pytest.param({"a.txt": ""}, [], 6, "nothing could be analysed", id="nothing but an empty file"),
        pytest.param({"a.txt": PROSE}, [], 2, "compares two articles or more; found 1", id="a single article"),
        pytest.param({"a.txt": b"\x89PNG\r\n\x1a\n\0\0", "b.txt": PROSE, "c.txt": PROSE + "More."}, [], 3, r"rejected: .*a\.txt: binary data \(PNG\)", id="a picture among texts"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "groupby", "outlet"], 2, r"comparison\.ipynb has no parameter 'groupby'; it declares sources, output, group_by", id="a misspelt parameter"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "seed", "one"], 2, "declares seed as int; found 'one'", id="a parameter of another type"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "clean", "maybe"], 2, "'maybe'", id="a value that the setting does not have"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "attribution", "magic"], 2, "'magic'", id="an engine that does not exist"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "voices", "editor"], 2, "'editor'", id="a voice that does not exist"),
        pytest.param({"a.txt": "", "b.txt": PROSE, "c.txt": PROSE + "So."}, ["-p", "voices", "editor"], 2, "'editor'", id="wrong usage beside a rejected file"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "output", "x"], 2, "output is set by the command itself", id="a parameter that the command sets"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "seed", "-1"], 2, "seed is 0 or more", id="a seed below zero"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "group_by", "outlet"], 2, "all 2 articles have the same outlet", id="a single group"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["-p", "group_by", "colour"], 2, "colour", id="a column that does not exist"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["--notebook", "explore"], 2, "explore.ipynb is for JupyterLab; found 'explore'; there are article, blind, comparison, corpus", id="a notebook that writes no report"),
        pytest.param({"a.txt": PROSE, "b.txt": PROSE + "So."}, ["--notebook", "poem"], 2, "there is no notebook 'poem'; there are article, blind, comparison, corpus, explore", id="a notebook that does not exist"),
    ],
)  # fmt: skip
def test_bad_input_is_one_clear_line(tmp_path, files, arguments, code, line):
    (tmp_path / "in").mkdir()
    for name, content in files.items():
        (tmp_path / "in" / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    done = run("report", *sorted((tmp_path / "in").iterdir()), "--output", tmp_path / "out", *arguments)
    assert done.returncode == code, done.stderr
    assert re.search(line, done.stderr), done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert (tmp_path / "out").exists() == (code in (0, 3)), "something was half written"


@pytest.mark.parametrize("command", ["report", "measure"])
def test_nothing_is_written_into_a_folder_that_is_read(tmp_path, command):
    put(tmp_path / "in" / "a.txt", PROSE)
    put(tmp_path / "in" / "b.txt", PROSE + "So.")
    done = run(command, tmp_path / "in", "--output", tmp_path / "in" / ".." / "in")
    assert done.returncode == 2
    assert "is read, and what is written there would be too; choose another --output" in done.stderr
    assert sorted(path.name for path in (tmp_path / "in").iterdir()) == ["a.txt", "b.txt"]


def test_a_source_that_is_not_there(tmp_path):
    done = run("report", tmp_path / "no such.txt", "--output", tmp_path / "out")
    assert done.returncode == 2
    assert "no such.txt" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("command", ["report", "measure"])
def test_an_output_that_cannot_be_written(tmp_path, command):
    (tmp_path / "file").write_text("mine")
    done = run(command, "seeds", "--output", tmp_path / "file")
    assert done.returncode == 5
    assert "cannot write" in done.stderr
    assert (tmp_path / "file").read_text() == "mine"


def test_an_output_in_use(tmp_path):
    import fcntl

    with (tmp_path / "run.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        done = run("measure", "seeds", "--output", tmp_path)
    assert done.returncode == 4
    assert "another run" in done.stderr


def test_text_that_is_not_english_is_counted_and_the_rest_withheld(tmp_path):
    french = (
        "Le président a quitté la capitale dimanche soir après une visite officielle marquée par des tensions. " * 12
    )
    (tmp_path / "fr.txt").write_text(french, encoding="utf-8")
    (tmp_path / "en.txt").write_text(PROSE, encoding="utf-8")
    done = run("report", tmp_path / "fr.txt", tmp_path / "en.txt", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    said = " ".join(sentences(tmp_path / "out"))
    assert "The text of fr is not English: readability and attribution are withheld." in said
    assert "Readability of fr is not scored" in said
    assert pd.read_parquet(tmp_path / "out/tables/readability.parquet")["lix"].isna().tolist() == [True, False]


@pytest.mark.parametrize("name", ["braces {title}", 'a\'b "c"', "<img src=x onerror=alert(1)>", "=cmd", "नमस्ते"])
def test_odd_names_and_hostile_texts_are_inert(tmp_path, name):
    hostile = (
        "<script>alert(1)</script> <img src=http://x.invalid/y> $\\foo$ {n} %s **bold** [link](javascript:alert(1))"
    )
    safe = name.replace("/", "")
    (tmp_path / f"{safe}.txt").write_text(f"{hostile}\n\n{PROSE}", encoding="utf-8")
    (tmp_path / "other.txt").write_text(PROSE + hostile, encoding="utf-8")
    done = run("report", tmp_path / f"{safe}.txt", tmp_path / "other.txt", "--output", tmp_path / f"out {safe}")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / f"out {safe}" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "<img src=http" not in page
    assert "onerror=alert" not in page.replace("&gt;", "").replace("&lt;img src=x onerror=alert", "")


def test_a_run_does_not_read_what_a_run_has_left_and_leaves_strangers_alone(tmp_path):
    for name, text in (("a", PROSE), ("b", PROSE + "More.")):
        (tmp_path / f"{name}.txt").write_text(text, encoding="utf-8")
    for _ in range(2):
        done = run("measure", tmp_path, "--output", tmp_path / "out")
        assert done.returncode == 0, done.stderr
    assert pd.read_parquet(tmp_path / "out/tables/articles.parquet")["article_id"].tolist() == ["a", "b"]
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures/thesis.png").write_bytes(b"mine")
    assert run("measure", tmp_path / "a.txt", "--output", tmp_path).returncode == 0
    assert (tmp_path / "figures/thesis.png").read_bytes() == b"mine"


@pytest.mark.parametrize("name", ["nl\nfile.txt", " blank.txt", "odd\udcff.txt"])
def test_a_path_that_the_notebook_could_not_be_told_is_refused(tmp_path, name):
    (tmp_path / name).write_text(PROSE, encoding="utf-8")
    done = run("report", name, "seeds", "--output", tmp_path / "out", cwd=tmp_path)
    assert done.returncode == 2
    assert "a path holds no line break" in done.stderr


def test_hard_texts_make_a_report(tmp_path):
    texts = {
        "thai": "คณะรัฐมนตรีเห็นชอบโครงการสะพานใหม่ข้ามแม่น้ำ " * 4,
        "chinese": "总统周日离开首都。" * 40,
        "a\u2028b": PROSE,
        "long": f"{'x' * 272} {PROSE} " * 4,
    }
    lines = [json.dumps({"id": name, "text": text, "=1+1": "x"}) for name, text in texts.items()]
    (tmp_path / "hard.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    done = run("report", tmp_path / "hard.jsonl", "--output", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    said = sentences(tmp_path / "out")
    assert not any(text.startswith("chinese carries") for text in said)
    assert "()" not in " ".join(said)
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "Warning" not in page
    assert str(tmp_path) not in (tmp_path / "out/report.html").read_text(encoding="utf-8").replace(
        f"{tmp_path}/hard.jsonl", ""
    )
    assert "'=1+1" in (tmp_path / "out/tables/articles.csv").read_text(encoding="utf-8").splitlines()[0]


def test_a_reader_that_has_gone_away_does_not_make_the_run_a_failure(tmp_path):
    command = f"{sys.executable} -m analysis measure seeds --output {tmp_path / 'out'} >&-; echo $?"
    done = subprocess.run(["bash", "-c", command], check=True, cwd=PROJECT, capture_output=True, text=True, timeout=120)
    assert done.stdout.strip() == "0", done.stderr
    assert (tmp_path / "out/ledger.jsonl").exists()


@pytest.mark.slow
def test_a_full_disk_ends_a_report_with_one_line_and_leaves_nothing_half_written(report, tmp_path):
    import resource

    command = ("report", "seeds", "--output", tmp_path / "out")
    size = (report / "report.html").stat().st_size // 2
    done = run(*command, preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size)))
    assert done.returncode == 5, done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()
