"""A notebook of somebody else's: saved with what it showed, never trusted here, and opened in a real JupyterLab."""

import os
import subprocess
import sys

import nbformat
import pytest
from lab import Lab
from lab_server import running_lab

from analysis.live.views import VIEWS

pytestmark = pytest.mark.slow

#: What a stranger may have added; each runs where outputs are trusted.
PLANTED = "<p>planted</p><script>window.__run = 1</script><img src='data:,' onerror='window.__run = 2' alt=''>"
#: In each view of the seeds, something that is an article's, and something that is said of it.
WORDS = {
    "terms": ("B: 8 uses in 764 words, dispersion 0.51", "led by Azerbaijani Foreign Minister"),
    "texts": ("set aside as boilerplate", "Iranian President Leaves Baku"),
    "sources": ("Sources given most words", "Reports from regional aviation analysts"),
    "labels": ("Labels: every expression", "Jewish state"),
    "overlap": ("Event check", "war triggered by Hamas"),
    "readability": ("Flesch–Kincaid", "Readability of A by paragraph"),
    "claims": ("pass the evidence gate", "“Azerbaijani” has a higher rate"),
}


@pytest.fixture(scope="module")
def strangers(browser, tmp_path_factory):
    """The notebook, run by a program that signs nothing, and opened on a server that has seen no notebook before."""
    with running_lab(tmp_path_factory.mktemp("untrusted")) as server:
        path = (
            server.project / "notebooks" / f"{server.set_parameters('explore', 'strangers', attribution='rules')}.ipynb"
        )
        done = subprocess.run(
            [sys.executable, "-m", "nbconvert", "--execute", "--to", "notebook", "--inplace", str(path)], check=False,
            env=os.environ | {"PYTHONPATH": str(server.project)}, capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        notebook = nbformat.read(path, as_version=4)
        planted = nbformat.v4.new_output("display_data", {"text/html": PLANTED})
        notebook.cells.append(nbformat.v4.new_code_cell("None", outputs=[planted], execution_count=99))
        nbformat.write(notebook, path)
        lab = Lab(browser, server)
        lab.open("strangers")
        lab.ours.get_by_text("planted").wait_for()
        yield lab
        lab.close()


def test_nothing_in_it_runs(strangers):
    assert strangers.page.evaluate("window.__run") is None
    assert strangers.ours.locator("script, [onerror], .jupyter-widgets").count() == 0
    assert strangers.console == []
    assert strangers.abroad == []


def test_the_views_that_it_was_saved_with_are_all_known():
    assert set(WORDS) == set(VIEWS)


def test_source_cue_and_content_look_apart_where_no_style_is_left(strangers):
    cell = strangers.page.locator(".jp-CodeCell").filter(has_text='open_panel(exploration, "texts")')
    assert cell.locator(".jp-OutputArea-output style").count() == 0
    looks = [
        cell.locator(f"article .{role}").first.evaluate(
            "one => (({fontWeight, fontStyle, backgroundColor}) => [fontWeight, fontStyle, backgroundColor])"
            "(getComputedStyle(one))"
        )
        for role in ("source", "cue", "content")
    ]
    plain = ["400", "normal", "rgba(0, 0, 0, 0)"]
    assert [[was != own for was, own in zip(plain, look, strict=True)] for look in looks] == [
        [True, False, False], [False, True, False], [False, False, True],
    ]  # fmt: skip


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_can_be_read(strangers, name):
    cell = strangers.page.locator(".jp-CodeCell").filter(has_text=f'open_panel(exploration, "{name}")')
    for words in WORDS[name]:
        found = cell.locator(".jp-OutputArea-output").get_by_text(words).first
        found.scroll_into_view_if_needed()
        assert found.is_visible()
    strangers.picture(f"untrusted-{name}", start=f".jp-CodeCell:has-text('\"{name}\"') .jp-OutputArea-output")
