"""The engines by name: which there are, which is used, and that they stand behind the same tables."""

import shutil
import subprocess
import sys

import pytest
from conftest import make_articles, run

from analysis.attribution import DEFAULT, ENGINES, find_attributions
from analysis.attribution.engines import engine_name, extractor, folder_of
from analysis.attribution.trained.files import MODELS
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.tables import ATTRIBUTIONS, SPANS

TEXT = "Ann Lee said that the bridge is closed. “It is not,” the mayor told reporters."


def test_the_trained_model_is_the_default():
    assert DEFAULT == "accurate"
    assert ENGINES == ("accurate", "rules", "none")
    assert measure(make_articles({"a": TEXT}))["attributions"].equals(
        measure(make_articles({"a": TEXT}), attribution="accurate")["attributions"]
    )


def test_the_command_names_the_engines_there_are():
    said = " ".join(run("measure", "--help").stdout.split())
    assert all(engine in said for engine in ENGINES)
    assert f"{DEFAULT} (the default)" in said


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "none"])
def test_every_engine_fills_the_same_tables(engine):
    tables = measure(make_articles({"a": TEXT}), attribution=engine)
    ATTRIBUTIONS.check(tables["attributions"])
    SPANS.check(tables["spans"])
    found = tables["attributions"]
    assert found["source"].tolist() == ["Ann Lee", "the mayor"]
    assert found["kind"].tolist() == ["indirect", "direct"]
    assert found["confidence"].between(0, 1).all()


def test_no_engine_of_that_name():
    said = "attribution accepts accurate, rules, none, or the folder of a model, .*; found 'guess'"
    with pytest.raises(InputError, match=said):
        extractor("guess")


def test_a_model_of_ones_own_is_named_by_its_folder(tmp_path):
    own = tmp_path / "mine"
    shutil.copytree(MODELS / DEFAULT, own)
    articles = make_articles({"a": TEXT})
    assert folder_of(str(own)) == own
    assert measure(articles, attribution=str(own))["attributions"].equals(measure(articles)["attributions"])
    assert engine_name(str(own)) == "own model"


def test_none_finds_nothing():
    assert extractor("none") is None
    articles = make_articles({"a": TEXT})
    sentences = measure(articles, attribution="none")["sentences"]
    assert all(table.empty for table in find_attributions(articles, sentences, engine="none"))


def test_the_rules_need_nothing_of_the_model():
    code = "from analysis.attribution.engines import extractor; extractor('rules'); import sys; print([name for name in sys.modules if 'trained.model' in name or 'pycrf' in name])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
