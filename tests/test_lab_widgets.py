"""Widgets in a real JupyterLab: drawn offline, inert, answered by the kernel, and reached with the keyboard alone."""

import pytest
from conftest import put

pytestmark = pytest.mark.slow

HOSTILE = "<img src=x onerror=window.__run=1>"
#: Fields, lists, tabs, an upload and a table, and what they were last set to.
WIDGETS = (
    """
import anywidget, pandas as pd
from ipywidgets import HTML, Button, Checkbox, Dropdown, FileUpload, Tab, Text, VBox
from itables.widget import ITable
""",
    f"""
terms = ["flood", *(f"term {{n}}" for n in range(11)), {HOSTILE!r}]
table = ITable(pd.DataFrame({{"term": terms, {HOSTILE!r}: terms}}), select={{"style": "single", "keys": True}})
term, voice = Text(description="Term"), Dropdown(options=["all", "quoted"], description="Voice")
blind, file, show, said = Checkbox(description="Blind"), FileUpload(), Button(description="Show"), HTML()
""",
    """
def tell(_):
    names = [one.name for one in file.value]
    said.value = f"<p id='said'>{term.value}, {voice.value}, {blind.value}, {names}, {table.selected_rows}</p>"
for one in (term, voice, blind, file):
    one.observe(tell, "value")
table.observe(tell, "selected_rows")
show.on_click(tell)
""",
    # JupyterLab takes the keys of what has the focus and is no field of text, unless that itself says not to.
    """
class Keys(anywidget.AnyWidget):
    _esm = """
    '"""'
    """
    export default {render() {
        document.addEventListener("focusin", event => {
            if (event.target.closest(".own")) event.target.dataset.lmSuppressShortcuts = "true";
        });
    }}
    """
    '"""'
    """
own = VBox([
    Tab([VBox([term, voice, blind, show]), VBox([file, table])], titles=["Ask", "See"]), said, Keys(),
]).add_class("own")
own
""",
)


@pytest.fixture
def widgets(lab):
    """The widgets, drawn."""
    lab.open(lab.server.write_notebook("widgets", *WIDGETS))
    lab.restart_and_run_all()
    assert lab.cell_errors() == []
    lab.widget_ready(".own button")
    return lab


def says(text):
    """A condition: what the widgets were last set to."""
    return f"() => document.querySelector('#said')?.textContent === {text!r}"


def test_they_are_drawn_and_answer_without_any_other_machine(widgets, tmp_path):
    widgets.write("Term", "flood")
    widgets.pick("Voice", "quoted")
    widgets.tick("Blind")
    widgets.page.wait_for_function(says("flood, quoted, True, [], []"))
    widgets.write("Term", "rain")
    widgets.press("Show")
    widgets.tab("See")
    widgets.upload(put(tmp_path / "one.txt", "One."))
    widgets.page.wait_for_function(says("rain, quoted, True, ['one.txt'], []"))
    widgets.search("term 7")
    widgets.row("term 6").wait_for(state="detached")
    seen = widgets.measure(widgets.row("term 7").click, says("rain, quoted, True, ['one.txt'], [8]"))
    print(f"a chosen row is told of after {seen:.0f} ms")


def test_a_row_is_chosen_with_the_keyboard_alone(widgets):
    widgets.tab("See")
    widgets.row("flood").focus()
    widgets.keyboard("ArrowDown", "ArrowDown", "Space")
    widgets.page.wait_for_function(says(", all, False, [], [2]"))
    assert "term 1" in widgets.focused()
    widgets.keyboard("ArrowUp", "Enter", "d", "d")  # twice d takes a cell of the notebook away
    widgets.page.wait_for_function(says(", all, False, [], [1]"))
    assert len(widgets.outputs()) == len(WIDGETS)


def test_hostile_cells_of_a_table_are_shown_as_they_are(widgets):
    widgets.tab("See")
    widgets.search("onerror")
    assert widgets.row(HOSTILE).is_visible()
    assert HOSTILE in widgets.ours.locator("thead").inner_text()
    assert widgets.page.evaluate("window.__run") is None
    assert widgets.violations() == []
