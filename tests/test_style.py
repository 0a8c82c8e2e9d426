"""A view brings its own style into a notebook, touches nothing around it, and leaves it behind in the page."""

import re

import pandas as pd
import pytest

from analysis.report import write_page
from analysis.show.shown import Shown, remark, show_table
from analysis.show.style import styled, unstyled

#: What JupyterLab says of every table in an output, and of the text around it.
FRONT_END = """
.jp-RenderedHTMLCommon table { table-layout: fixed; margin-left: auto; font-size: 12px; }
.jp-RenderedHTMLCommon td, .jp-RenderedHTMLCommon th { vertical-align: middle; padding: 0.5em; border: none; }
.jp-RenderedHTMLCommon:not(.jp-RenderedMarkdown) td { text-align: right; }
"""
TABLE = show_table(pd.DataFrame({"term": ["river"], "kind": ["plain"]}), {"term": "Term", "kind": "Kind"}, "Terms")
MARKS = Shown(
    '<p><b class="source content attitude"><mark class="also">Ann</mark></b> <mark class="content">hopes</mark></p>',
    "Ann hopes",
)


def shown_in(browser, view, *, ink="rgb(0, 0, 0)", variables=""):
    """A page as a front end makes one, with a view in it, and an own table and remark beside."""
    page = browser.new_page()
    page.set_content(
        f"<style>{FRONT_END} :root {{ {variables} }}</style>"
        f'<body style="color: {ink}"><div class="jp-RenderedHTMLCommon">{view._repr_html_()}</div>'
        '<table id="theirs"><tr><td class="short">x</td></tr></table><p id="remark" class="none">y</p>'
        '<p id="bold" class="source">z</p></body>'
    )
    return page


def style_of(page, selector, name):
    return page.eval_on_selector(selector, f"one => getComputedStyle(one)['{name}']")


@pytest.mark.parametrize(("root", "told"), [pytest.param("10px", 14, id="as the classic notebook sets it"),
                                            pytest.param("20px", 20, id="as a reader may want it")])  # fmt: skip
def test_sizes_follow_the_page_but_not_below_what_can_be_read(browser, root, told):
    page = shown_in(browser, TABLE)
    page.add_style_tag(content=f"html {{ font-size: {root}; }}")
    assert float(style_of(page, ".parallax table", "fontSize")[:-2]) == pytest.approx(0.85 * told)


def test_a_table_looks_alike_in_a_front_end_that_sets_tables_otherwise(browser):
    page = shown_in(browser, TABLE)
    assert style_of(page, ".parallax td", "textAlign") == "left"
    assert style_of(page, ".parallax td", "borderBottomStyle") == "solid"
    assert style_of(page, ".parallax table", "tableLayout") == "auto"
    page.close()


def test_what_stands_beside_a_view_keeps_its_own_style(browser):
    marked = '<b class="source">Ann</b>'
    page = shown_in(browser, Shown(TABLE.html + marked + remark("None.").html, ""))
    assert style_of(page, ".parallax .source", "fontWeight") == "700"
    assert style_of(page, "#bold", "fontWeight") == "400"
    assert style_of(page, "#theirs td", "whiteSpace") == "normal"
    assert style_of(page, "#remark", "color") == "rgb(0, 0, 0)"
    page.close()


def test_elements_that_mark_where_no_style_is_left_have_no_look_of_their_own(browser):
    page = shown_in(browser, MARKS, ink="rgb(9, 9, 9)")
    assert style_of(page, ".parallax b", "fontWeight") == "400"
    for mark in (".parallax .also", ".parallax .content:not(b)"):
        assert style_of(page, mark, "backgroundColor") == "rgba(0, 0, 0, 0)"
        assert style_of(page, mark, "color") == "rgb(9, 9, 9)"
    assert style_of(page, ".parallax .also", "backgroundImage") == "none"
    assert style_of(page, ".parallax .content:not(b)", "backgroundImage") != "none"
    page.close()


@pytest.mark.parametrize(
    ("ink", "variables", "red"),
    [
        pytest.param("rgb(0, 0, 0)", "", 0, id="dark text"),
        pytest.param("rgb(255, 255, 255)", "", 255, id="light text on a dark page"),
        pytest.param("rgb(0, 0, 0)", "--jp-content-font-color1: rgb(255, 255, 255)", 255, id="as JupyterLab says"),
    ],
)
def test_colours_are_those_of_the_text_around(browser, ink, variables, red):
    page = shown_in(browser, remark("None."), ink=ink, variables=variables)
    colour = re.findall(r"[\d.]+", style_of(page, ".parallax .none", "color").removeprefix("color(srgb"))
    assert float(colour[0]) in (red, red / 255)
    assert float(colour[-1]) == pytest.approx(0.75)
    page.close()


@pytest.mark.parametrize(
    ("variables", "colour"),
    [
        pytest.param("", "rgb(9, 9, 9)", id="that of the text where nothing is said"),
        pytest.param("--jp-content-link-color: rgb(1, 1, 1)", "rgb(1, 1, 1)", id="as JupyterLab says"),
        pytest.param("--vscode-textLink-foreground: rgb(2, 2, 2)", "rgb(2, 2, 2)", id="as VS Code says"),
        pytest.param("--colab-anchor-color: rgb(3, 3, 3)", "rgb(3, 3, 3)", id="as Colab says"),
    ],
)
def test_links_are_underlined_in_the_colour_of_links(browser, variables, colour):
    page = shown_in(browser, Shown('<p><a href="#a1-s1">A 1</a></p>', ""), ink="rgb(9, 9, 9)", variables=variables)
    assert style_of(page, ".parallax a", "color") == colour
    assert style_of(page, ".parallax a", "textDecorationLine") == "underline"
    page.close()


@pytest.mark.parametrize(
    ("html", "has", "lacks"),
    [
        pytest.param('<p class="none">x</p>', ".none", "td.short", id="a remark has no rules of tables"),
        pytest.param("<table></table>", "td.short", ".cue", id="a table has no rules of marks"),
        pytest.param('<i class="source cue"></i>', ".cue", "td.short", id="the second of two classes"),
    ],
)
def test_only_the_rules_that_a_view_needs_go_along(html, has, lacks):
    assert f"{has} {{" in styled(html)
    assert f"{lacks} {{" not in styled(html)


@pytest.mark.parametrize("html", ["<p>x</p>", "", "<div>\n<style>p {}</style></div>", "</style></div>"])
def test_what_is_put_around_a_view_comes_off_again(html):
    assert unstyled(styled(html)) == html
    assert unstyled(html) == html


def test_a_view_brings_a_few_kilobytes_at_most():
    everything = '<table><p class="none evidence summary columns uses source cue content text kind key removed">'
    assert len(styled(everything)) < 6_000
    assert len(styled("<p>x</p>")) < 900


def test_the_page_has_the_view_without_the_style_of_a_notebook():
    from nbformat import v4

    output = v4.new_output("display_data", {"text/html": TABLE._repr_html_(), "text/plain": repr(TABLE)})
    page = write_page(v4.new_notebook(cells=[v4.new_code_cell("", outputs=[output])]))
    assert TABLE.html in page
    assert "parallax" not in page
    assert page.count("<style>") == 1
    assert "td.short {" in page
    assert "max-width: 42rem" in page
