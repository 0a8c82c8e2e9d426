"""Excerpts, as a whole report writes and shows them: nothing of it gives an uncited sentence away."""

import ast
import json

import pytest
from conftest import compared
from leaks import find_leaks, written_texts

from analysis.corpus import read_corpus
from analysis.excerpts import MOST_CITED
from analysis.findings import find_claims
from analysis.paths import PROJECT
from analysis.report import NOTEBOOKS
from analysis.withheld import cited_sentences, uncited_runs

pytestmark = pytest.mark.slow


def play(notebook, folder, **parameters):
    """Run the cells of a notebook here, and save what each shows into the folder beside what it writes."""
    held = {}
    for number, cell in enumerate(json.loads((NOTEBOOKS / notebook).read_text(encoding="utf-8"))["cells"]):
        if cell["cell_type"] != "code":
            continue
        body = ast.parse("".join(cell["source"])).body
        last = body.pop() if isinstance(body[-1], ast.Expr) else None
        exec(compile(ast.Module(body, []), notebook, "exec"), held)
        if "parameters" in cell["metadata"].get("tags", []):
            held |= parameters | {"output": str(folder)}
        if last and hasattr(shown := eval(compile(ast.Expression(last.value), notebook, "eval"), held), "html"):
            (folder / f"cell-{number}.html").write_text(shown.html, encoding="utf-8")
            (folder / f"cell-{number}.txt").write_text(shown.text, encoding="utf-8")


@pytest.fixture(scope="module")
def outlets(tmp_path_factory):
    """A file of two outlets with three articles each: parts of the seeds."""
    path = tmp_path_factory.mktemp("outlets") / "articles.jsonl"
    articles, _ = read_corpus(str(PROJECT / "seeds"))
    records = []
    for outlet, text in zip(("x", "y"), articles["text"], strict=True):
        lines = [line for line in text.split("\n") if len(line) > 150]
        for part in range(3):
            records.append({"id": f"{outlet}{part}", "outlet": outlet, "text": "\n\n".join(lines[part::3])})
    path.write_text("\n".join(map(json.dumps, records)), encoding="utf-8")
    return path


@pytest.mark.parametrize("group_by", [pytest.param("", id="articles"), pytest.param("outlet", id="groups")])
def test_a_report_of_excerpts_gives_no_uncited_sentence_away(tmp_path, outlets, group_by):
    sources = str(outlets) if group_by else "seeds"
    play("comparison.ipynb", tmp_path, sources=sources, group_by=group_by, text="excerpts")
    articles, _ = read_corpus(sources, group_by=group_by)
    tables, settings = compared(articles, group_by=group_by)
    cited = cited_sentences(tables, find_claims(tables, settings), MOST_CITED)
    runs = uncited_runs(tables, cited)
    written = written_texts(tmp_path)
    assert len(runs) > 100
    assert len([name for name in written if name.startswith("cell-")]) > 60
    assert find_leaks(written, runs) == []


def test_a_full_report_gives_them_away(tmp_path):
    play("comparison.ipynb", tmp_path, sources="seeds")
    tables, settings = compared(read_corpus("seeds")[0])
    runs = uncited_runs(tables, cited_sentences(tables, find_claims(tables, settings), MOST_CITED))
    leaking = {name.split(".")[0] for name, _ in find_leaks(written_texts(tmp_path), runs)}
    assert {"articles", "attributions", "cell-50"} <= {name.removeprefix("tables/") for name in leaking}
