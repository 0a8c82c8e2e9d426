"""What was measured of an engine: kept beside its model, written into its card, shown in the report, held by the audit."""

import gzip
import json
import re
from importlib import resources

import pytest

from analysis import show_engine, store
from analysis.attribution import Attribution
from analysis.attribution.__main__ import main
from analysis.attribution.engine import CONFIDENCE
from analysis.attribution.trained import scores as kept
from analysis.attribution.trained.card import TEMPLATE, write_card
from analysis.attribution.trained.evaluation import Evaluation
from analysis.attribution.trained.files import CARD, DESCRIPTION, MODELS, SCORES, digest, read_description
from analysis.attribution.trained.scores import figures_of, measured, read_scores, save_scores, settings_of
from analysis.attribution.trained.training import settings
from analysis.inputs.files import InputError

NAMES, VERBS = ["Ann Lee", "The mayor", "Ben Oda", "The council"], ["said", "says", "announced"]


def article(at):
    """An article with one attribution, of a handful of words."""
    name, verb = NAMES[at % len(NAMES)], VERBS[at % len(VERBS)]
    text = f"It rained in Norport.\n{name} {verb} the bridge {at} is closed.\nNobody was hurt."
    places = {"source": name, "cue": verb, "content": f"the bridge {at} is closed"}
    spans = {role: [[text.index(words), text.index(words) + len(words)]] for role, words in places.items()}
    return {"id": str(at), "publisher": f"paper {at % 3}", "text": text, "attributions": [spans]}


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """A folder of annotated articles."""
    folder = tmp_path_factory.mktemp("data")
    for name, n in (("train", 12), ("dev", 5)):
        lines = "".join(json.dumps(article(at)) + "\n" for at in range(n))
        (folder / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    return folder


@pytest.fixture(scope="module")
def finished(data, tmp_path_factory):
    """The folder of models: one, trained, measured, and with its card."""
    folder = tmp_path_factory.mktemp("models")
    model = str(folder / "accurate")
    assert main(["train", "--data", str(data), "--output", model, "--date", "2026-02-03"]) == 0
    assert main(["evaluate", "--data", str(data), "--model", model, "--save"]) == 0
    assert main(["crossvalidate", "--data", str(data), "--folds", "2", "--save", model]) == 0
    assert main(["crossvalidate", "--data", str(data), "--by", "publisher", "--save", model]) == 0
    assert main(["card", "--model", model]) == 0
    return folder


@pytest.fixture
def models(finished, tmp_path):
    """A copy of them, to be changed."""
    folder = tmp_path / "models"
    (folder / "accurate").mkdir(parents=True)
    for path in (finished / "accurate").iterdir():
        (folder / "accurate" / path.name).write_bytes(path.read_bytes())
    return folder


def change(folder, name, *keys, value):
    """Change what a JSON file of a model holds."""
    held = json.loads((folder / name).read_text(encoding="utf-8"))
    inner = held
    for key in keys[:-1]:
        inner = inner[key]
    inner[keys[-1]] = value
    (folder / name).write_text(json.dumps(held), encoding="utf-8")


TEXT = "Lee said no. Oda hopes so. Kim said yes."


def found(text, source, cue, content, confidence):
    """An attribution by its words."""
    spans = [((text.index(words), text.index(words) + len(words)),) for words in (source, cue, content)]
    return Attribution(*spans, "statement", "indirect", "named person", "neutral", "asserted", confidence)


class TestFigures:
    GOLD = (
        {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 11]]},
        {"source": [[13, 16]], "cue": [[17, 22]], "content": [[23, 25]]},
        {"source": [[27, 30]], "cue": [[31, 35]], "content": [[36, 39]]},
    )
    FOUND = (found(TEXT, "Lee", "said", "no", 0.9), found(TEXT, "Lee", "hopes", "yes", 0.45))

    def figures(self, *found):
        return figures_of(Evaluation([(TEXT, list(self.GOLD), list(found))], 9, 1.0, []))

    def test_shares_and_counts(self):
        figures = self.figures(*self.FOUND)
        assert (figures["articles"], figures["attributions"]) == (1, 3)
        assert figures["all"]["joint"] == {
            "annotated": 3, "f1": 0.4, "found": 2, "matched": 1, "precision": 0.5, "recall": 0.3333,
        }  # fmt: skip
        assert figures["all"]["content"]["matched"] == 2
        assert figures["statements"]["joint"]["annotated"] == 2  # "hopes" tells of an attitude

    def test_confidence_by_range_and_by_doubt(self):
        figures = self.figures(*self.FOUND)
        assert [(one["from"], one["n"], one["right"]) for one in figures["reliability"]] == [(0.4, 1, 0), (0.9, 1, 1)]
        assert {name: (one["n"], one["right"]) for name, one in figures["doubt"].items()} == {
            "doubtful": (1, 0), "sure": (1, 1),
        }  # fmt: skip

    def test_what_is_just_sure_enough_is_sure(self):
        assert [*self.figures(found(TEXT, "Lee", "said", "no", 0.5))["doubt"]] == ["sure"]

    def test_nothing_found_has_no_reliability(self):
        figures = self.figures()
        assert (figures["reliability"], figures["doubt"]) == ([], {})
        assert figures["all"]["joint"]["precision"] == 0

    def test_no_figure_depends_on_the_machine(self):
        assert figures_of(Evaluation([], 9, 1.0, [])) == figures_of(Evaluation([], 9, 7.0, []))


class TestKeeping:
    def test_other_names_are_left_as_they_are(self, tmp_path):
        save_scores(tmp_path, {"model": {"n": 1}, "rules": {"n": 2}})
        save_scores(tmp_path, {"folds": {"n": 3}, "rules": {"n": 4}})
        assert read_scores(tmp_path) == {"model": {"n": 1}, "rules": {"n": 4}, "folds": {"n": 3}}
        assert [path.name for path in tmp_path.iterdir()] == [SCORES]

    def test_the_order_of_writing_does_not_show(self, tmp_path):
        for name, keys in (("a", "xy"), ("b", "yx")):
            for key in keys:
                save_scores(tmp_path / name, {key: {"n": 1, "m": 2}})
        assert (tmp_path / "a" / SCORES).read_bytes() == (tmp_path / "b" / SCORES).read_bytes()

    @pytest.mark.parametrize("content", ["", "{", "[]", "\udcff"])
    def test_a_damaged_file_is_named(self, tmp_path, content):
        (tmp_path / SCORES).write_bytes(content.encode("utf-8", "surrogateescape"))
        with pytest.raises(InputError, match=r"scores\.json.*remove it, and measure anew"):
            read_scores(tmp_path)

    def test_the_command_keeps_what_it_measured(self, finished):
        scores = read_scores(finished / "accurate")
        assert {*scores} == {"model", "rules", "folds", "by publisher"}
        assert (scores["model"]["file"], scores["model"]["articles"]) == ("dev.jsonl.gz", 5)
        assert scores["model"]["publishers"] == ["paper 0", "paper 1", "paper 2"]
        assert {name: one["articles"] for name, one in scores["folds"]["parts"].items()} == {"fold 1": 6, "fold 2": 6}
        assert {*scores["by publisher"]["parts"]} == {"paper 0", "paper 1", "paper 2"}
        assert scores["by publisher"]["together"]["attributions"] == 12
        assert "seconds" not in json.dumps(scores)
        by_rules, by_model = ([row["confidence"] for row in scores[name]["reliability"]] for name in ("rules", "model"))
        assert CONFIDENCE["clause"] in by_rules
        assert CONFIDENCE["clause"] not in by_model

    def test_measuring_again_changes_no_byte(self, models, data):
        before = (models / "accurate" / SCORES).read_bytes()
        assert main(["evaluate", "--data", str(data), "--model", str(models / "accurate"), "--save"]) == 0
        assert (models / "accurate" / SCORES).read_bytes() == before

    def test_figures_are_of_the_model_that_was_measured(self, models):
        folder = models / "accurate"
        assert measured(folder, "model")
        change(folder, DESCRIPTION, "leaning", "O", value=0.5)
        assert measured(folder, "model") is None
        assert measured(folder, "rules")

    def test_figures_are_of_the_weights_that_were_measured(self, models, monkeypatch):
        monkeypatch.setattr(kept, "digest_of_weights", lambda: "other")
        assert measured(models / "accurate", "model") is None

    @pytest.mark.parametrize(
        ("arguments", "said"),
        [
            pytest.param(["evaluate", "--data", ".", "--save"], "name it with --model", id="a place for the figures"),
            pytest.param(["train", "--data", ".", "--output", ".", "--date", "3 May"], "invalid", id="a day"),
        ],
    )
    def test_wrong_usage_is_refused(self, arguments, said, capsys):
        with pytest.raises(SystemExit, match="2"):
            main(arguments)
        assert said in capsys.readouterr().err

    @pytest.mark.parametrize("command", ["crossvalidate", "card"])
    def test_a_folder_without_a_model_is_refused_at_once(self, command, data, tmp_path, capsys):
        given = ["--model", str(tmp_path)] if command == "card" else ["--data", str(data), "--save", str(tmp_path)]
        with pytest.raises(SystemExit, match="1"):
            main([command, *given])
        assert "expected a model in" in capsys.readouterr().err


class TestDate:
    def test_the_same_day_gives_the_same_files(self, finished, data, tmp_path):
        assert main(["train", "--data", str(data), "--output", str(tmp_path), "--date", "2026-02-03"]) == 0
        for path in tmp_path.iterdir():
            assert path.read_bytes() == (finished / "accurate" / path.name).read_bytes()

    def test_without_one_none_is_given(self, finished, data, tmp_path):
        assert main(["train", "--data", str(data), "--output", str(tmp_path)]) == 0
        dated = read_description(finished / "accurate")
        assert dated.pop("trained") == "2026-02-03"
        assert read_description(tmp_path) == dated

    def test_a_description_holds_the_settings(self, finished):
        assert (
            settings_of(read_description(finished / "accurate")) == settings_of(settings(1)) != settings_of(settings(2))
        )


class TestCard:
    def test_the_card_of_the_shipped_model_is_what_the_command_writes(self):
        assert write_card(MODELS / "accurate") == (MODELS / "accurate" / CARD).read_text(encoding="utf-8")

    def test_it_says_what_was_measured_when_and_of_what(self, finished):
        card = (finished / "accurate" / CARD).read_text(encoding="utf-8")
        assert "Trained on 12 articles with 12 attributions, and measured on 5 others with 5" in card
        assert "of 3 US publishers (paper 0, paper 1, paper 2)" in card
        assert "| **this model** | 1.000 | 1.000 | 1.000 | 1.000 |" in card
        assert "| models trained without a publisher, on that publisher | 1.000 |" in card
        assert "| fold 2 | 6 | 1.000 |" in card
        assert "Trained on 2026-02-03, with the seed 1" in card
        assert f"| `model.json` | 0.0 | `{digest(finished / 'accurate')}` |" in card
        assert "| sure | 5 |" in card
        assert "other settings" not in card
        assert "\n\n\n" not in card
        assert "{" not in card

    @pytest.mark.parametrize(
        ("keys", "value", "line"),
        [
            pytest.param(("model", "all", "joint", "f1"), 0.123, "| **this model** | 0.123 |", id="a score"),
            pytest.param(("rules", "statements", "joint", "f1"), 0.321, "0.321 |\n| **this model**", id="of the rules"),
            pytest.param(("model", "all", "cue", "matched"), 4321, "| model | all | cue | 5 | 5 | 4,321 |", id="a count"),
            pytest.param(("model", "doubt", "sure", "right"), 0.456, "| 0.456 |", id="a share that is right"),
            pytest.param(("folds", "parts", "fold 1", "all", "cue", "f1"), 0.789, "| fold 1 | 6 | 1.000 | 0.789 |", id="a fold"),
            pytest.param(("folds", "measured", "seed"), 7, "other settings or other weights", id="folds of another kind"),
        ],
    )  # fmt: skip
    def test_every_figure_comes_from_the_files(self, models, keys, value, line):
        change(models / "accurate", SCORES, *keys, value=value)
        assert line in write_card(models / "accurate")

    def test_no_figure_is_typed_into_the_prose(self):
        prose = re.sub(r"\{\{.*?\}\}|\{%.*?%\}", "", TEMPLATE.read_text(encoding="utf-8"))
        typed = [r"PolNeAR 1\.0", r"2015/16", r"2018", r"\bF1\b", r"SHA-256", r"95 %"]
        assert re.findall(r"\S*\d\S*", re.sub("|".join(typed), "", prose)) == []

    def test_folds_need_not_have_been_scored(self, models):
        held = read_scores(models / "accurate")
        (models / "accurate" / SCORES).unlink()
        save_scores(models / "accurate", {name: held[name] for name in ("model", "rules")})
        card = write_card(models / "accurate")
        assert "fold" not in card
        assert "\n\n\n" not in card

    def test_it_tells_when_no_day_was_noted(self, models):
        held = read_description(models / "accurate")
        del held["trained"]
        (models / "accurate" / DESCRIPTION).write_text(json.dumps(held), encoding="utf-8")
        change(models / "accurate", SCORES, "model", "measured", "model.json", value=digest(models / "accurate"))
        assert "on a day that was not noted" in write_card(models / "accurate")

    def test_a_model_that_was_not_measured_has_no_card(self, models):
        (models / "accurate" / SCORES).unlink()
        with pytest.raises(InputError, match=r"needs its figures; run `evaluate --model .* --save` first"):
            write_card(models / "accurate")

    def test_figures_of_another_model_are_refused(self, models):
        change(models / "accurate", DESCRIPTION, "seed", value=2)
        with pytest.raises(InputError, match=r"measured with another model\.json or other weights"):
            write_card(models / "accurate")

    def test_what_each_step_brought_is_shown_as_it_is_written(self, models, tmp_path):
        (tmp_path / "card.md.j2").write_text(TEMPLATE.read_text(encoding="utf-8"), encoding="utf-8")
        assert "What each step brought" not in write_card(models / "accurate", tmp_path / "card.md.j2")
        steps = 'step,joint,cue,content,speech\nrules,.5,.6,.7,\n"words, a|b",.6,.7,.8,.9\n'
        (tmp_path / "steps.csv").write_text(steps, encoding="utf-8")
        card = write_card(models / "accurate", tmp_path / "card.md.j2")
        assert "| rules | .5 | .6 | .7 | – |\n| words, a\\|b | .6 | .7 | .8 | .9 |\n" in card

    def test_a_model_of_other_articles_has_its_own_prose(self, models, tmp_path):
        (tmp_path / "own.md").write_text("Of {{ model.articles }} letters.\n", encoding="utf-8")
        assert main(["card", "--model", str(models / "accurate"), "--template", str(tmp_path / "own.md")]) == 0
        assert (models / "accurate" / CARD).read_text(encoding="utf-8") == "Of 12 letters.\n"

    def test_a_place_that_nothing_fills_is_named(self, models, tmp_path):
        (tmp_path / "own.md").write_text("Of {{ letters }}.\n", encoding="utf-8")
        with pytest.raises(InputError, match=r"own\.md.*'letters' is undefined"):
            write_card(models / "accurate", tmp_path / "own.md")

    def test_the_files_are_part_of_the_package(self):
        package = resources.files("analysis")
        for name in ("templates/card/card.md.j2", "templates/card/steps.csv"):
            assert package.joinpath(name).is_file()
        for name in (DESCRIPTION, SCORES, CARD):
            assert package.joinpath("attribution/trained/models/accurate", name).is_file()


class TestShown:
    """What the report says of the engine that found its attributions."""

    READING = (
        "Right is what has half of the words said, and the source. Precision is the share of those found that are right, "
        "recall the share of those annotated that are found; F1 joins them. Statements leaves out attitudes, and cues that "
        "no list holds. {}The articles tell of one campaign in one "
        "country: expect less on other news."
    )

    def test_a_trained_engine(self, models):
        for name in ("all", "statements"):
            change(models / "accurate", SCORES, "model", name, "joint", "precision", value=0.814)
        change(models / "accurate", SCORES, "model", "doubt", "doubtful", value={"n": 1234, "right": 0.4})
        change(models / "accurate", SCORES, "model", "doubt", "sure", value={"n": 4321, "right": 0.9})
        table, prose = show_engine("accurate", models).text.split("\n\n")
        assert [line.split() for line in table.splitlines()] == [
            ["What", "the", "engine", "“accurate”", "finds", "in", "5", "articles", "annotated", "by", "hand"],
            ["What", "Annotated", "Found", "Right", "Precision", "Recall", "F1", "F1", "of", "two", "people"],
            ["Statements", "5", "5", "5", "0.81", "1.00", "1.00", "–"],
            ["All", "attributions", "5", "5", "5", "0.81", "1.00", "1.00", "0.75"],
        ]
        doubt = (
            "Doubtful is what has a confidence below 0.50: 40 % of 1,234 were right, and 90 % of 4,321 of the others. "
        )
        model = (
            f" Its model, trained on 12 other articles, is {digest(models / 'accurate')[:12]}; "
            "analysis/attribution/trained/models/accurate/CARD.md says more of it."
        )
        assert prose == self.READING.format(doubt) + model

    def test_the_rules(self, models):
        change(models / "accurate", SCORES, "rules", "all", "joint", "recall", value=0.472)
        change(models / "accurate", SCORES, "rules", "doubt", value={"sure": {"n": 5, "right": 1.0}})
        table, prose = show_engine("rules", models).text.split("\n\n")
        assert "What the engine “rules” finds in 5 articles annotated by hand" in table
        assert table.splitlines()[-1].split()[-3] == "0.47"
        assert prose == self.READING.format("")

    def test_the_rules_need_no_model(self, models):
        for path in (models / "accurate").iterdir():
            if path.name != SCORES:
                path.unlink()
        assert "“rules” finds in 5 articles" in show_engine("rules", models).text

    def test_no_engine(self, tmp_path):
        assert show_engine("none", tmp_path).text == (
            "No attributions were looked for: text that is attributed to others counts as the author's."
        )

    def test_rules_that_were_not_measured(self, tmp_path):
        said = "The engine “rules” was not measured on annotated articles as it is now."
        assert show_engine("rules", tmp_path).text == said

    def test_a_model_that_is_another_than_the_measured_one(self, models):
        change(models / "accurate", DESCRIPTION, "seed", value=2)
        shown = show_engine("accurate", models).text
        assert shown.startswith("The engine “accurate” was not measured on annotated articles as it is now. Its model,")
        assert digest(models / "accurate")[:12] in shown

    def test_a_name_that_is_no_engine(self):
        with pytest.raises(InputError, match=r"attribution accepts accurate, rules, none, .*; found 'fast'"):
            show_engine("fast")

    @pytest.mark.parametrize("engine", ["accurate", "rules"])
    def test_the_shipped_engines_were_measured(self, engine):
        assert "Precision is the share" in show_engine(engine).text


class TestRecorded:
    """A run records which model made it, so that an audit with another one says so."""

    def test_each_model_stands_among_the_data(self, models, monkeypatch):
        monkeypatch.setattr(store, "MODELS", models)
        recorded = store.data_hashes()
        assert recorded["models/accurate/model.json"] == digest(models / "accurate")
        assert [name for name in recorded if "/" in name] == [
            "models/accurate/model.json",
            "models/accurate/scores.json",
        ]
        change(models / "accurate", DESCRIPTION, "seed", value=2)
        changed = store.data_hashes()
        assert [name for name in recorded if recorded[name] != changed[name]] == ["models/accurate/model.json"]

    def test_without_models_the_rest_is_recorded(self, tmp_path, monkeypatch):
        monkeypatch.setattr(store, "MODELS", tmp_path / "none")
        assert "cues.csv" in store.data_hashes()
        assert not [name for name in store.data_hashes() if "/" in name]
