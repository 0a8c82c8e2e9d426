"""Settings are refused before anything is measured, with the message that the measure itself would give."""

import json

import pytest

from analysis.corrections import read_corrections
from analysis.inputs.files import InputError
from analysis.labels import read_aliases
from analysis.paths import PROJECT
from analysis.pipeline import run_settings
from analysis.settings import check_settings
from analysis.terms import read_term
from analysis.wording_lists import read_wording


@pytest.mark.parametrize(
    ("setting", "value", "message"),
    [
        pytest.param("text", "excerpt", r"text accepts full, excerpts; found 'excerpt'", id="text"),
        pytest.param("unit", "word", r"unit accepts sentence, paragraph; found 'word'", id="unit"),
        pytest.param("stop_words", "", r"stop_words accepts in, out; found ''", id="stop words"),
        pytest.param("clean", "yes", r"clean accepts on, off; found 'yes'", id="clean"),
        pytest.param("attribution", "rule", r"attribution accepts accurate, rules, none, or the folder of a model, .*; found 'rule'", id="attribution"),
        pytest.param("voices", "editor", r"voices accepts all, author, .*; found 'editor'", id="a voice"),
        pytest.param("voices", "", r"voices accepts all, author, .*; found ''", id="no voice"),
        pytest.param("terms", "oil, 2024", r"a term is one or more words, .*; ' 2024' has none", id="a term without a word"),
        pytest.param("columns", "text:body", r"a mapping is NAME=COLUMN, .*; found 'text:body'", id="columns"),
        pytest.param("seed", -1, r"seed is 0 or more and min_count 1 or more; found -1 and 1", id="seed"),
        pytest.param("min_count", 0, r"seed is 0 or more and min_count 1 or more; found 0 and 0", id="fewest uses"),
    ],
)  # fmt: skip
def test_a_setting_that_is_not_accepted_is_refused(setting, value, message):
    with pytest.raises(InputError, match=message):
        run_settings(**{setting: value})


@pytest.mark.parametrize(
    ("setting", "read"),
    [
        pytest.param("aliases", read_aliases, id="aliases"),
        pytest.param("wording", read_wording, id="wording"),
        pytest.param("corrections", read_corrections, id="corrections"),
    ],
)
@pytest.mark.parametrize(
    "content", [pytest.param(None, id="no such file"), pytest.param("a,b\n1,2\n", id="other columns")]
)
def test_a_file_is_refused_as_its_reader_refuses_it(tmp_path, setting, read, content):
    path = tmp_path / "file.csv"
    if content:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError) as later:
        read(str(path))
    with pytest.raises(InputError) as before:
        run_settings(**{setting: str(path)})
    assert str(before.value) == str(later.value)
    assert "file.csv" in str(before.value)


def test_what_is_accepted_or_not_given_is_left_as_it_is():
    given = {"text": "excerpts", "voices": "author, quoted", "terms": " ,nowhere said,", "aliases": "", "seed": 0}
    check_settings({})
    check_settings(given)
    assert given.items() <= run_settings(**given).items()


@pytest.mark.parametrize("name", ["comparison", "article", "blind"])
def test_notebooks_check_the_settings_before_they_read_the_sources(name):
    cells = json.loads((PROJECT / "notebooks" / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
    source = "\n".join("".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")
    assert source.index("settings = run_settings(") < source.index("= read_corpus(") < source.index("measure(\n")


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        pytest.param("Iran’s", (1, "iran"), id="without a possessive"),
        pytest.param(" war  machine ", (2, "war machine"), id="two words"),
    ],
)
def test_a_term_is_read_as_it_counts(term, expected):
    assert read_term(term) == expected
