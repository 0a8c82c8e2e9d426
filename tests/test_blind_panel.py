"""The form of the blind reading: what is refused is a sentence in place, and nothing is unmasked before it is recorded."""

import sys
from types import SimpleNamespace

import IPython
import nbformat
import pytest
from conftest import make_articles, put, run, tables_of

from analysis.blind.export import save_blind
from analysis.blind.judgement import read_judgements, record_judgement
from analysis.blind.show import show_judgement, show_questions
from analysis.inputs.files import InputError
from analysis.live.asking import ask_blind, is_shown_to_a_reader
from analysis.live.blind_panel import BlindPanel
from analysis.measures import measure

TEXTS = {
    "north-paper": "On Monday the regime closed the bridge. The mayor told the Daily Gazette that it was in a hurry.",
    "south-paper": "The government closed a bridge yesterday. A clerk said that repairs were due.",
}
MASKED = ("Daily Gazette", "Monday", "regime", "north-paper", "south-paper")
ANSWERS = {"reading": "text one", "voices": "no difference", "wording": "text two", "event": "yes"}
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def tables():
    return tables_of(TEXTS, attribution="rules", outlet=["Daily Gazette", None])


@pytest.fixture
def panel(tables, tmp_path):
    return BlindPanel(tables, str(tmp_path / "j.csv"), folder=str(tmp_path / "out"))


def answer(panel, **answers):
    for name, given in (ANSWERS | answers).items():
        panel.answers[name].value = given


def press(panel):
    """Press the button, and let the page say that it has sent everything."""
    panel.record.click()
    panel.keeper.answered = panel.keeper.asked


def held(widget):
    """All that the page is sent of a widget and of what is in it."""
    return str(widget.get_state()) + "".join(held(child) for child in getattr(widget, "children", ()))


def found(panel):
    return [word for word in MASKED if word in held(panel.widget)]


# Where there is a form ------------------------------------------------------------------------------------------------


def shell(parent):
    return lambda: SimpleNamespace(get_parent=lambda: parent)


@pytest.mark.parametrize(
    ("get_ipython", "expected"),
    [
        pytest.param(lambda: None, False, id="a script"),
        pytest.param(lambda: SimpleNamespace(), False, id="a shell in a terminal, or a fork"),
        pytest.param(shell(None), False, id="a kernel that was asked nothing"),
        pytest.param(shell({"header": {}, "metadata": {}}), False, id="what runs a notebook unseen"),
        pytest.param(shell({"metadata": {"cellId": "a1b2"}}), True, id="a program that shows the cell"),
    ],
)
def test_a_form_is_for_a_reader_who_sits_before_it(tables, monkeypatch, get_ipython, expected):
    monkeypatch.setattr(IPython, "get_ipython", get_ipython)
    assert is_shown_to_a_reader() == expected
    asked = ask_blind(tables, "j.csv")
    if expected:
        assert isinstance(asked, BlindPanel)
    else:
        assert asked == show_questions(tables)


@pytest.fixture
def before_a_reader(monkeypatch):
    monkeypatch.setattr(IPython, "get_ipython", shell({"metadata": {"cellId": "a1b2"}}))


@pytest.mark.usefixtures("before_a_reader")
@pytest.mark.parametrize("library", ["ipywidgets", "anywidget"])
def test_where_widgets_are_missing_the_questions_say_so(tables, monkeypatch, library):
    monkeypatch.setitem(sys.modules, library, None)
    for module in ("blind_panel", "form", "writer"):
        monkeypatch.delitem(sys.modules, f"analysis.live.{module}", raising=False)
    asked = ask_blind(tables, "j.csv")
    assert asked.text == (
        f"There is no form here, since {library} is not installed; answers are given as a setting.\n\n"
        f"{show_questions(tables).text}"
    )


@pytest.mark.usefixtures("before_a_reader")
def test_what_the_notebook_gives_stands_in_the_form(tables):
    asked = ask_blind(tables, "outputs/mine.csv", "ann", "in May")
    assert (asked.reader.value, asked.when.value, asked.file.value) == ("ann", "in May", "outputs/mine.csv")
    assert asked.folder.value == "outputs/mine-export"


@pytest.mark.usefixtures("before_a_reader")
def test_one_text_is_refused():
    with pytest.raises(InputError, match="two or more of them; found 1"):
        ask_blind(measure(make_articles({"a": "It rains."}), attribution="rules"), "j.csv")


def test_a_program_without_widgets_gets_the_questions(tables, panel):
    bundle = panel._repr_mimebundle_()
    assert "application/vnd.jupyter.widget-view+json" in bundle
    assert bundle["text/html"] == show_questions(tables)._repr_html_()
    assert bundle["text/plain"] == show_questions(tables).text


# What is asked --------------------------------------------------------------------------------------------------------


def test_each_question_is_the_label_of_its_field(panel):
    fields = panel.answers
    assert fields["reading"].description == "Which text is harder to read?"
    assert [value for _, value in fields["reading"].options] == ["", "text one", "text two", "no difference"]
    assert [value for _, value in fields["event"].options] == ["", "yes", "no", "cannot tell"]
    assert fields["remarks"].value == ""


def test_the_texts_are_there_with_what_is_masked_left_out(panel):
    assert "closed a bridge yesterday" in panel.texts.value
    assert "[outlet or author, several words]" in panel.texts.value
    assert found(panel) == []


# What is recorded -----------------------------------------------------------------------------------------------------


def test_recorded_answers_lift_the_masks(tables, panel, tmp_path):
    answer(panel, remarks="Short.")
    panel.reader.value, panel.when.value = "ann", "in May"
    press(panel)
    judgements = read_judgements(str(tmp_path / "j.csv"))
    assert dict(zip(judgements["question"], judgements["answer"], strict=True)) == ANSWERS | {"remarks": "Short."}
    assert set(judgements["reader"]) == {"ann"}
    assert set(judgements["recorded"]) == {"in May"}
    assert panel.body.value == show_judgement(tables, (), judgements, "ann")._repr_html_()
    assert f"The judgement is recorded in {tmp_path / 'j.csv'}. The masks are lifted" in panel.state.value
    assert found(panel) == list(MASKED)
    assert panel.outcome.layout.display == ""


def test_nothing_is_recorded_before_all_that_was_entered_has_arrived(panel, tmp_path):
    answer(panel, wording="text one")
    panel.record.click()
    assert not (tmp_path / "j.csv").exists()
    panel.answers["wording"].value = "text two"  # sent after the press, since it waited for its turn
    panel.keeper.answered = panel.keeper.asked
    assert read_judgements(str(tmp_path / "j.csv")).set_index("question")["answer"]["wording"] == "text two"


@pytest.mark.parametrize(
    ("answers", "fields", "content", "said"),
    [
        pytest.param({"event": ""}, {}, None, "found no answer to event", id="a question without an answer"),
        pytest.param({}, {}, "a,b\n1,2\n", "it has a, b", id="a file that holds something else"),
        pytest.param({}, {}, b"\xff\xfe\x00", "is not UTF-8", id="a file that cannot be read"),
        pytest.param({}, {"file": " "}, None, "found no name of one", id="no file"),
        pytest.param({}, {"file": "/proc/nowhere/j.csv"}, None, "cannot be written", id="a folder that cannot be made"),
        pytest.param({}, {"file": f"/proc/{HOSTILE}"}, None, "&lt;img src=x", id="a file with a hostile name"),
    ],
)
def test_what_is_refused_is_a_sentence_and_all_that_was_entered_stays(panel, tmp_path, answers, fields, content, said):
    if content is not None:
        put(tmp_path / "j.csv", content)
    answer(panel, remarks="Short.", **answers)
    panel.reader.value = "ann"
    for name, value in fields.items():
        getattr(panel, name).value = value
    press(panel)
    assert "Not recorded: " in panel.state.value
    assert said in panel.state.value
    assert HOSTILE not in panel.state.value
    assert {name: field.value for name, field in panel.answers.items()} == ANSWERS | {"remarks": "Short."} | answers
    assert panel.reader.value == "ann"
    assert found(panel) == []
    assert panel.outcome.layout.display == "none"
    assert [path.read_bytes() for path in tmp_path.iterdir()] == ([] if content is None else [_bytes(content)])


def _bytes(content):
    return content if isinstance(content, bytes) else content.encode()


def test_what_the_page_has_in_its_fields_counts_whatever_came_before_it(panel):
    fields = [*panel.answers.values(), panel.reader, panel.when, panel.file]
    shown = {
        field.model_id: 2 if field.has_trait("index") else value
        for field, value in zip(fields, ["", "", "", "", "as seen", "cy", "", panel.file.value], strict=True)
    }
    for field in panel.answers.values():
        if field.has_trait("index"):
            field.index = 1
    assert panel.keeper.fields == list(shown)
    panel.keeper.ask()
    panel.keeper.set_state({"entered": shown, "answered": panel.keeper.asked})
    recorded = read_judgements(panel.file.value)
    wanted = [field.options[2][1] for field in panel.answers.values() if field.has_trait("index")]
    assert recorded["answer"].tolist() == [*wanted, "as seen"]
    assert set(recorded["reader"]) == {"cy"}


def test_after_a_refusal_the_rest_can_be_answered_and_recorded(panel, tmp_path):
    answer(panel, event="")
    press(panel)
    panel.answers["event"].value = "no"
    press(panel)
    assert len(read_judgements(str(tmp_path / "j.csv"))) == 4


def test_a_reader_who_has_judged_these_texts_is_refused_and_sees_nothing(tables, panel, tmp_path):
    record_judgement(str(tmp_path / "j.csv"), tables, ANSWERS, "ann")
    before = (tmp_path / "j.csv").read_bytes()
    answer(panel, event="no")
    panel.reader.value = "ann"
    press(panel)
    assert "a judgement is recorded once" in panel.state.value
    assert found(panel) == []
    assert (tmp_path / "j.csv").read_bytes() == before


def test_what_others_judged_lifts_no_mask_and_each_reader_judges_in_the_same_file(tables, panel, tmp_path):
    record_judgement(str(tmp_path / "j.csv"), tables, ANSWERS, "ann")
    assert found(panel) == []
    answer(panel)
    panel.reader.value = "ben"
    press(panel)
    assert found(panel) == list(MASKED)
    panel.reader.value = "cy"  # what was recorded is exported, whatever is typed after
    panel.export.click()
    assert "Exported to the folder" in panel.exported.value
    assert read_judgements(str(tmp_path / "out" / "judgement.csv"))["reader"].unique().tolist() == ["ann", "ben"]


def test_once_the_masks_are_lifted_nothing_more_is_recorded(panel, tmp_path):
    answer(panel)
    press(panel)
    before = (tmp_path / "j.csv").read_bytes()
    assert all(field.disabled for field in (*panel.answers.values(), panel.reader, panel.when, panel.file))
    panel.reader.value = "ben"
    press(panel)
    assert "Not recorded: a judgement is recorded before the masks are lifted" in panel.state.value
    assert (tmp_path / "j.csv").read_bytes() == before
    assert found(panel) == list(MASKED)


# What is exported -----------------------------------------------------------------------------------------------------


def test_both_are_exported_and_the_folder_is_named(tables, panel, tmp_path):
    answer(panel)
    press(panel)
    panel.export.click()
    assert f"Exported to the folder {tmp_path / 'out'}: judgement.csv, beside.csv, beside.html." in panel.exported.value
    save_blind(tmp_path / "same", tables, (), read_judgements(str(tmp_path / "j.csv")))
    for made in (tmp_path / "same").iterdir():
        assert (tmp_path / "out" / made.name).read_bytes() == made.read_bytes()


@pytest.mark.parametrize(
    ("folder", "judged", "said"),
    [
        pytest.param("out", False, "found none, it is recorded first", id="before a judgement"),
        pytest.param(" ", True, "found no name of one", id="no folder"),
        pytest.param("/proc/nowhere", True, "cannot be written", id="a folder that cannot be made"),
    ],
)
def test_an_export_that_cannot_be_made_is_a_sentence(panel, folder, judged, said):
    if judged:
        answer(panel)
        press(panel)
    panel.folder.value = folder
    panel.export.click()
    assert "Not exported: " in panel.exported.value
    assert said in panel.exported.value
    assert panel.folder.value == folder
    assert (found(panel) == list(MASKED)) == judged


# Where nobody sits before it ------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["kernel", "forked"])
def test_what_is_run_for_nobody_is_plain_and_holds(tmp_path, engine):
    for name, text in TEXTS.items():
        put(tmp_path / "in" / f"{name}.txt", text)
    put(tmp_path / "in/articles.csv", "article_id,outlet\nnorth-paper,Daily Gazette\n")
    settings = ("-p", "judgement", tmp_path / "j.csv", "-p", "attribution", "rules")
    out = tmp_path / "out"
    done = run("report", tmp_path / "in", "--notebook", "blind", "--output", out, "--engine", engine, *settings)
    assert done.returncode == 0, done.stderr
    executed = nbformat.read(out / "report.ipynb", as_version=4)
    (cell,) = (cell for cell in executed.cells if cell.source.startswith("ask_blind("))
    assert [set(output.data) for output in cell.outputs] == [{"text/html", "text/plain"}]
    assert "Which text is harder to read?" in cell.outputs[0].data["text/plain"]
    assert "widgets" not in executed.metadata
    for word in MASKED:
        assert word not in (out / "report.html").read_text(encoding="utf-8")
        assert word not in str([cell.outputs for cell in executed.cells if cell.cell_type == "code"])
    done = run("audit", out)
    assert done.returncode == 0, done.stdout + done.stderr
