"""Charts say what their rows say, on the same axes for every side."""

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from conftest import make_articles

from analysis.charts import chart_keyness, chart_positions, chart_readability, chart_voices
from analysis.clouds import chart_word_clouds
from analysis.drawing import colours
from analysis.pipeline import compare, measure

CHARTS = [chart_keyness, chart_readability, chart_voices, chart_positions, chart_word_clouds]


@pytest.fixture(params=CHARTS, ids=lambda chart: chart.__name__)
def chart(request):
    return request.param


def changed(tables, name, column, value):
    """The tables with every cell of one column replaced."""
    return tables | {name: tables[name].assign(**{column: value}).astype({column: tables[name][column].dtype})}


@pytest.mark.parametrize(
    ("chart", "name", "column", "value", "said"),
    [
        pytest.param(chart_keyness, "keyness", "n", 77, "77 against", id="uses"),
        pytest.param(chart_keyness, "keyness", "log_ratio", 1.5, "log ratio 1.5", id="log ratio"),
        pytest.param(chart_keyness, "surface_forms", "surface", "Zebra", "Zebra in A", id="the term as it is written"),
        pytest.param(chart_readability, "readability_by_group", "difference", 4.25, "4.2 (", id="difference"),
        pytest.param(chart_voices, "attribution_counts", "n", 88, "88 of", id="statements"),
        pytest.param(chart_word_clouds, "keyness", "rate", 9.5, " 9.5", id="rate"),
    ],
)
def test_alt_text_changes_with_the_cell_it_describes(seeds, chart, name, column, value, said):
    before, after = chart(seeds), chart(changed(seeds, name, column, value))
    assert said not in before.alt
    assert said in after.alt


def test_the_caption_counts_what_is_drawn(seeds):
    drawn = chart_keyness(seeds)
    passed = int((drawn.rows["p_adjusted"] <= 0.05).sum())
    assert f"{passed} of {len(drawn.rows)} shown pass" in drawn.caption
    none = chart_keyness(changed(seeds, "keyness", "p_adjusted", 0.5))
    assert "0 of 20 shown pass" in none.caption


def test_alt_text_says_of_each_term_whether_it_passes(seeds):
    for p, passing in ((0.01, 20), (0.5, 0)):
        assert chart_keyness(changed(seeds, "keyness", "p_adjusted", p)).alt.count(", passes") == passing


def test_a_hollow_mark_has_not_passed_the_gate(seeds):
    for p, filled in ((0.05, True), (0.0501, False)):
        panel = chart_keyness(changed(seeds, "keyness", "p_adjusted", p)).figure.axes[0]
        marks = [line for line in panel.lines if line.get_marker() == "o"]
        assert marks
        assert all((mark.get_markerfacecolor() != "white") == filled for mark in marks)


def test_every_side_has_the_same_axis_and_the_same_number_of_terms(seeds):
    drawn = chart_keyness(seeds, k=4)
    assert len({panel.get_xlim() for panel in drawn.figure.axes}) == 1
    assert drawn.rows["group"].value_counts().tolist() == [4, 4]


def test_the_same_rate_has_the_same_size_in_every_cloud(seeds):
    rows = chart_word_clouds(seeds).rows
    assert rows["group"].nunique() == 2
    ratio = rows["size"] / rows["rate"]
    assert np.allclose(rows["size"], rows["rate"] * ratio.iloc[0], atol=1)


def test_a_cloud_shows_no_stop_word_and_no_stripped_s(seeds):
    terms = set(chart_word_clouds(seeds).rows["term"])
    assert not terms & {"the", "of", "s", "u", "and"}


def test_positions_are_sentences_of_the_body(seeds):
    rows = chart_positions(seeds).rows
    assert ((rows["left"] >= 0) & (rows["right"] <= 1)).all()
    carrying = seeds["attribution_counts"].query("dimension == 'sentences'")["n"].tolist()
    assert (rows["kind"] != "none").groupby(rows["article_id"], sort=False).sum().tolist() == carrying


@pytest.mark.slow
def test_drawing_twice_gives_the_same_bytes(seeds, chart):
    one, other = chart(seeds), chart(seeds)
    assert (one.svg, one.png) == (other.svg, other.png)
    assert one.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("n", range(1, 9))
def test_colours_differ_in_grey_and_stand_out_on_white(n):
    grey = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b in map(mpl.colors.to_rgb, colours(n))]
    assert len(grey) == n
    assert (np.diff(grey) > 0.02).all()
    assert max(grey) < 0.6


TINY = {"a": "It rains. It pours.", "b": "Snow fell. Snow melted."}


def test_where_there_is_nothing_to_draw_the_chart_says_so(chart):
    measures = measure(make_articles(TINY))
    drawn = chart(measures | compare(measures))
    assert drawn.svg
    assert drawn.alt.strip()


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 8])
def test_more_than_two_articles_and_long_names(n, chart):
    names = [f"a-very-long-name-of-an-article-file-that-goes-on-and-on-{number}" for number in range(n)]
    text = "The council of the town said that the bridge would be built over the river this year. " * 10
    measures = measure(
        make_articles({name: text + f"Town {'x' * place} wins. " * 4 for place, name in enumerate(names, start=1)})
    )
    drawn = chart(measures | compare(measures))
    assert drawn.png


def test_markup_and_mathematics_in_a_text_are_drawn_as_they_stand():
    odd = "The $\\foo$ of <b>oil</b> & {gas} rose. " * 8
    measures = measure(make_articles({"$x_1$": odd, "<img src=x>": "Snow fell on the town. " * 8}))
    tables = measures | compare(measures)
    for chart in CHARTS:
        html = chart(tables)._repr_html_()
        assert "<img src=x>" not in html
        assert html.count("<img ") == 1


def test_a_chart_is_shown_as_a_figure_with_its_words(seeds):
    drawn = chart_keyness(seeds)
    html = drawn._repr_html_()
    assert html.startswith("<figure")
    assert pd.Series([drawn.caption[:40], "data:image/svg+xml;base64,"]).map(lambda part: part in html).all()
    assert repr(drawn) == f"{drawn.title}\n{drawn.alt}"
