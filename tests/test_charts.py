"""Charts say what their rows say, on the same axes for every side."""

import io

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from conftest import compared, make_articles
from PIL import Image

from analysis.attribution.counts import attribution_counts
from analysis.charts import chart_keyness, chart_readability
from analysis.charts_placebo import chart_placebo
from analysis.charts_voices import chart_positions, chart_voices
from analysis.clouds import chart_word_clouds
from analysis.drawing import add_line, colours, new_figure

CHARTS = [chart_keyness, chart_placebo, chart_readability, chart_voices, chart_positions, chart_word_clouds]


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
        pytest.param(chart_placebo, "keyness", "g2", -77.7, "the largest G2 is 77.7", id="G2"),
        pytest.param(chart_placebo, "placebo_by_group", "upper", 7.7, "95 % at most 7.7", id="G2 of random halves"),
        pytest.param(chart_placebo, "detectable", "critical_g2", 7.7, "evidence gate is at 7.7", id="gate"),
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
    assert f"Of {len(drawn.rows)} terms shown, {passed} pass" in drawn.caption
    none = chart_keyness(changed(seeds, "keyness", "p_adjusted", 0.5))
    assert "Of 20 terms shown, 0 pass." in none.caption


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


def test_halves_and_terms_share_one_axis_that_holds_them_all(seeds):
    drawn = chart_placebo(seeds)
    halves, terms = drawn.figure.axes
    assert halves.get_xlim() == terms.get_xlim()
    assert halves.get_xlim()[0] == 0
    assert halves.get_xlim()[1] > max(drawn.rows["g2"].max(), seeds["detectable"]["critical_g2"].max())
    lines = [line.get_xdata()[0] for panel in (halves, terms) for line in panel.lines if line.get_linestyle() == "--"]
    assert lines == [seeds["detectable"]["critical_g2"].iloc[0]] * 2


def test_every_half_and_every_tested_term_is_drawn_once(seeds):
    drawn = chart_placebo(seeds)
    n_tested = int(seeds["detectable"]["n_tested"].iloc[0])
    kinds = drawn.rows["kind"].value_counts()
    assert kinds.to_dict() == {"halves": len(seeds["placebo"]), "between": n_tested}
    halves, terms = drawn.figure.axes
    assert sum(bar.get_height() != 0 for bar in halves.patches) > 10
    hollow = sum(len(marks.get_offsets()) for marks in terms.collections)
    assert hollow + int((drawn.rows["p_adjusted"] <= 0.05).sum()) == n_tested
    assert drawn.rows.loc[drawn.rows["kind"] == "between", "surface"].notna().all()


def test_terms_are_filled_and_named_only_past_the_gate(seeds):
    for p, filled in ((0.05, True), (0.0501, False)):
        drawn = chart_placebo(changed(seeds, "keyness", "p_adjusted", p))
        terms = drawn.figure.axes[1]
        hollow = sum(len(marks.get_offsets()) for marks in terms.collections)
        assert (hollow == 0) == filled
        named = {text.get_text() for text in terms.texts} & set(drawn.rows["surface"].dropna())
        assert bool(named) == filled
        assert ("Past the gate: none" in drawn.alt) != filled


def test_a_short_text_beside_a_long_one_has_no_halves():
    articles = make_articles({"Gazette": "The council of the town met again. " * 9, "Courier": "It rained."})
    drawn = chart_placebo(compared(articles, quick=True)[0])
    assert "Courier: none, too short or no term tested" in drawn.alt
    assert any("too short" in text.get_text() for text in drawn.figure.axes[0].texts)


def test_the_panel_says_why_halves_are_withheld(seeds):
    tables = changed(seeds, "placebo_by_group", "unit", None) | {"placebo": seeds["placebo"].iloc[:0]}
    drawn = chart_placebo(tables)
    assert drawn.alt == "Evidence is withheld: no text is divided into random halves."
    assert len(drawn.rows) == 0


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


def with_confidences(tables, *confidences):
    """The tables with these confidences, one for each attribution, compared anew."""
    found = tables["attributions"].assign(confidence=list(confidences))
    parts = tables["articles"], tables["sentences"], found, tables["spans"]
    return tables | {"attributions": found, "attribution_counts": attribution_counts(*parts)}


@pytest.fixture(scope="module")
def two_say():
    """Two statements in either of two articles."""
    texts = {"a": "Ann Lee said it is over. “It is wet,” critics claimed. It rained.", "b": "Bo Ray said it is dry. Critics claimed it is cold."}  # fmt: skip
    return compared(make_articles(texts), quick=True)[0]


def strokes(drawn):
    """Where the upright strokes of a chart stand, in per cent."""
    return [
        float(line.get_xdata()[0]) for panel in drawn.figure.axes for line in panel.lines if line.get_marker() == "|"
    ]


def hatched(drawn):
    """How many hatched sentences a chart has, its legend aside."""
    return sum(bool(bar.get_hatch()) for bar in drawn.figure.axes[0].patches)


def test_shares_without_doubtful_attributions_are_marked_where_they_differ(two_say):
    drawn = chart_voices(with_confidences(two_say, 0.3, 0.9, 0.9, 0.9))
    assert sorted(strokes(drawn)) == [0, 0, 100, 100]  # named person, neutral; group, distancing: of one text
    notes = [text.get_text() for text in drawn.figure.axes[0].texts if text.get_ha() == "left"]
    assert notes[:1] + notes[3:4] == ["1 (0) · 1", "1 · 1"]
    assert "upright stroke: without doubtful attributions" in drawn.figure.axes[-1].get_xlabel()
    assert "(a: 2 statements, 1 without doubtful attributions; b: 2 statements, 2 without" in drawn.caption
    assert "named person in a: 1 of 2 (0 of 1 without doubtful attributions); group in a: 1 of 2 (1 of 1" in drawn.alt
    assert "named person in b: 1 of 2; " in drawn.alt


@pytest.mark.parametrize("confidence", [pytest.param(0.9, id="none"), pytest.param(0.3, id="all")])
def test_where_all_or_none_are_doubtful_no_share_without_them_is_drawn(two_say, confidence):
    drawn = chart_voices(with_confidences(two_say, *[confidence] * 4))
    assert strokes(drawn) == []
    assert "stroke" not in drawn.figure.axes[-1].get_xlabel()


def test_a_sentence_with_doubtful_attributions_only_is_hatched(two_say):
    drawn = chart_positions(with_confidences(two_say, 0.9, 0.3, float("nan"), 0.9))
    assert hatched(drawn) == 1
    assert "(a: 2 of 3 sentences, 1 without doubtful attributions; b: 2 of 2 sentences, 2 without" in drawn.caption
    assert drawn.alt.count(" (doubtful)") == 1
    labels = [text.get_text() for text in drawn.figure.axes[0].get_legend().get_texts()]
    assert labels == ["direct or mixed", "indirect", "doubtful only"]


def test_where_no_attribution_is_doubtful_no_sentence_is_hatched(two_say):
    drawn = chart_positions(with_confidences(two_say, 0.9, 0.5, float("nan"), 0.9))
    assert hatched(drawn) == 0
    assert len(drawn.figure.axes[0].get_legend().get_texts()) == 2
    assert "(doubtful)" not in drawn.alt


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
    drawn = chart(compared(make_articles(TINY), quick=True)[0])
    assert drawn.svg
    assert drawn.alt.strip()


def test_a_cloud_is_the_picture_that_matplotlib_would_draw_of_it():
    tables = compared(make_articles({"a": "Rain fell. Rain fell again.", "b": "Snow fell. Snow lay."}), quick=True)[0]
    own, matplotlibs = chart_word_clouds(tables), chart_word_clouds(tables)
    for panel in matplotlibs.figure.axes:
        (picture,) = panel.images
        shade = np.asarray(picture.get_array())
        assert len(np.unique(shade)) > 2
        picture.remove()
        panel.imshow(np.stack([shade] * 3, axis=-1), interpolation="bilinear")
        panel.set_axis_off()
    one, other = (
        np.asarray(Image.open(io.BytesIO(chart.png)).reduce(2).convert("L"), float) for chart in (own, matplotlibs)
    )
    assert np.abs(one - other).max() < 64
    assert np.abs(one - other).mean() < 1


@pytest.mark.parametrize("ends", [pytest.param(True, id="ends with its panel"), pytest.param(False, id="reaches out")])
def test_room_is_made_for_a_mark_that_reaches_out_of_its_panel(ends):
    _, (panel,) = new_figure("", [1.0])
    add_line(panel, [0.5], [0.5], marker=">", clip_on=ends)
    assert panel.lines[0].get_in_layout() is not ends


def test_texts_of_one_word_have_empty_clouds():
    drawn = chart_word_clouds(compared(make_articles({"a": "Rain.", "b": "Snow."}), quick=True)[0])
    assert drawn.rows.empty
    assert drawn.svg


@pytest.mark.slow
@pytest.mark.parametrize("n", [3, 8])
def test_more_than_two_articles_and_long_names(n, chart):
    names = [f"a-very-long-name-of-an-article-file-that-goes-on-and-on-{number}" for number in range(n)]
    text = "The council of the town said that the bridge would be built over the river this year. " * 10
    articles = make_articles(
        {name: text + f"Town {'x' * place} wins. " * 4 for place, name in enumerate(names, start=1)}
    )
    drawn = chart(compared(articles, quick=True)[0])
    assert drawn.png


def test_markup_and_mathematics_in_a_text_are_drawn_as_they_stand():
    odd = "The $\\foo$ of <b>oil</b> & {gas} rose. " * 8
    tables, _ = compared(make_articles({"$x_1$": odd, "<img src=x>": "Snow fell on the town. " * 8}), quick=True)
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
