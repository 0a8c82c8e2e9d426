"""The page of a notebook: what nbconvert would write for a reader, without its second pass where that changes nothing."""

import pytest
from bs4 import BeautifulSoup
from nbformat import v4

from analysis import report
from analysis.report import write_page


def _notebook(data, heading="Summary"):
    output = v4.new_output("display_data", data)
    return v4.new_notebook(
        cells=[v4.new_markdown_cell(f"# Title\n\n## {heading}"), v4.new_code_cell("", outputs=[output])]
    )


def _parsed(page):
    return BeautifulSoup(page, "html.parser")


def test_a_page_says_the_same_as_nbconverts(monkeypatch):
    notebook = _notebook({"text/html": '<p class="a" id="b">A &amp; B — “c”<br>d</p><img src="data:," alt="a chart">'})
    page = write_page(notebook)
    monkeypatch.setattr(report, "_render", lambda shown: report._exporter().from_notebook_node(shown)[0])
    assert str(_parsed(page)) == str(_parsed(write_page(notebook)))


@pytest.mark.parametrize(
    ("data", "described"),
    [
        pytest.param({"text/html": '<img src="data:," alt="a chart">'}, "a chart", id="its own"),
        pytest.param({"text/html": '<img alt="" src="data:,">'}, "", id="none wanted"),
        pytest.param({"image/png": "AAAA"}, "No description has been provided for this image", id="none given"),
        pytest.param(
            {"text/html": '<img src="data:," data-alt="x"><p alt="y">'}, "No description has been provided for this image",
            id="that of something else",
        ),
    ],
)  # fmt: skip
def test_every_image_has_a_description(data, described):
    (image,) = _parsed(write_page(_notebook(data))).find_all("img")
    assert image["alt"] == described


@pytest.mark.parametrize("heading", ['Who is "given" a voice', "Who is 'given' a voice"])
def test_quotes_in_a_heading_are_not_in_its_anchor(heading):
    page = _parsed(write_page(_notebook({"text/plain": ""}, heading)))
    assert page.h2["id"] == "who-is-given-a-voice"
    assert page.nav.a["href"] == "#who-is-given-a-voice"
    assert page.nav.a.text == heading


def test_what_a_widget_says_in_words_is_shown():
    page = write_page(
        _notebook({"application/vnd.jupyter.widget-view+json": {"model_id": "x"}, "text/plain": "Slider"})
    )
    assert "Slider" in page
    assert "<script" not in page
