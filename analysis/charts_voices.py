"""The charts of who is given a voice, and where; what doubtful attributions add can be told apart without colour."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib as mpl
import pandas as pd
from matplotlib.axes import Axes

from analysis.attribution.counts import DIMENSIONS, asserted_statements, attributed_sentences, without_doubtful
from analysis.claims.cells import Tables
from analysis.claims.claim import Name, format_value
from analysis.drawing import (
    FAINT,
    GREY,
    MARKERS,
    ROW,
    STYLE,
    Chart,
    add_bar,
    add_legend,
    add_line,
    beside,
    colours,
    draw_interval,
    label_rows,
    name_rows,
    new_figure,
    shortened,
)
from analysis.evidence import LEVEL
from analysis.names import article_names, group_names
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.tables import BODY_KINDS

#: With more sides than this, counts no longer fit beside the rows.
_COUNTS_BESIDE = 4
_LEVEL = format_value(LEVEL, "%")
_WITHOUT = "without doubtful attributions"
_LABELS = {"source_type": "Source type", "cue_class": "Cue class"}
#: Strokes that leave the paper to be seen, in any colour.
_HATCH = "///////"


def chart_voices(tables: Tables) -> Chart:
    """Draw who is given a voice: the share of statements by source type and by cue class, with Wilson's interval.

    Where leaving out the doubtful attributions changes a share, an upright stroke marks what it is without them.

    Parameters and returns are those of `chart_keyness`; rows are ATTRIBUTION_COUNTS rows, with `n_total_sure` and
    `share_sure`, which are `n_total` and `share` without the doubtful attributions.
    """
    names = group_names(tables["articles"])
    counts = tables["attribution_counts"]
    rows = counts[counts["dimension"].isin(list(_LABELS))]
    rows = rows.assign(n_total_sure=rows.groupby(["group", "dimension"])["n_sure"].transform("sum"))
    rows = rows.assign(share_sure=(rows["n_sure"] / rows["n_total_sure"]).where(rows["n_total_sure"] > 0))
    title = f"Share of statements, {_LEVEL} % intervals"
    step = ROW * max(1, len(names) / 2)
    figure, panels = new_figure(title, [step * len(DIMENSIONS[dimension]) + 0.5 for dimension in _LABELS])
    with mpl.rc_context(STYLE):
        for panel, (dimension, label) in zip(panels, _LABELS.items(), strict=True):
            panel.set_title(label)
            panel.set_xlim(-2, 102)
            label_rows(panel, DIMENSIONS[dimension])
            _draw_shares(panel, rows[rows["dimension"] == dimension], dimension, names)
        strokes = _strokes(rows)
        panels[-1].set_xlabel(
            "share of its statements, per cent" + f"\nupright stroke: {_WITHOUT}" * bool(strokes.any())
        )
    add_legend(figure, list(names.values()))
    totals = "; ".join(
        f"{names[row.group]}: {how_many(row.n_total, 'statement')}, {row.n_total_sure} {_WITHOUT}"
        for row in rows_of(rows.drop_duplicates("group"))
    )
    caption = (
        f"Share of the statements of each text with {_LEVEL} % Wilson interval ({totals}). Intervals take statements "
        f"for independent. Hollow: none found. An upright stroke: the share {_WITHOUT}, where that is another."
        + (
            f" At the right: counts, in the order of the legend; in brackets {_WITHOUT}, where these are fewer."
            if len(names) <= _COUNTS_BESIDE
            else ""
        )
    )
    described = [
        f"{row.category} in {names[row.group]}: {row.n} of {row.n_total}"
        + f" ({row.n_sure} of {row.n_total_sure} {_WITHOUT})" * (row.n_total_sure < row.n_total)
        for row in rows_of(rows[rows["n"] > 0])
    ]
    alt = "Statements by source type and cue class. " + ("; ".join(described) or "None found") + "."
    return Chart("voices", title, caption, alt, rows.reset_index(drop=True), figure)


def _strokes(rows: pd.DataFrame) -> pd.Series:
    """Whether each share is another without the doubtful attributions; not where all attributions are doubtful."""
    return rows["share_sure"].notna() & (rows["share_sure"] != rows["share"])


def _draw_shares(panel: Axes, rows: pd.DataFrame, dimension: str, names: Mapping[str, str]) -> None:
    """Draw the shares of every side in the categories of one panel, and the counts beside them."""
    categories = list(DIMENSIONS[dimension])
    palette = colours(len(names))
    for place, group in enumerate(names):
        shift = 0.34 * (place / max(1, len(names) - 1) - 0.5)
        own = rows[(rows["group"] == group) & (rows["n_total"] > 0)]
        for row, stroke in zip(rows_of(own), _strokes(own), strict=True):
            y = categories.index(str(row.category)) + shift
            draw_interval(
                panel, y, 100 * float(row.share), 100 * float(row.lower), 100 * float(row.upper),
                colour=palette[place], marker=MARKERS[place % len(MARKERS)], filled=bool(row.n),
            )  # fmt: skip
            if stroke:
                add_line(panel, [100 * float(row.share_sure)], [y], marker="|", markersize=10, markeredgewidth=1.6,
                         color=palette[place], linestyle="none", zorder=4)  # fmt: skip
    if len(names) <= _COUNTS_BESIDE:
        for y, category in enumerate(categories):
            found = {row.group: row for row in rows_of(rows[rows["category"] == category])}
            beside(panel, y, " · ".join(_written(found[group].n, found[group].n_sure) for group in names))


def _written(n: int, n_sure: int) -> str:
    """A count, with what remains without the doubtful attributions in brackets if that is less."""
    return f"{n} ({n_sure})" if n_sure < n else f"{n}"


def chart_positions(tables: Tables) -> Chart:
    """Draw where in each article the sentences with attributed statements stand: one strip for each article.

    A sentence that carries doubtful attributions only is hatched.

    Parameters and returns are those of `chart_keyness`; rows are sentences with their place, 0 to 1, the kind of
    statement they carry (direct if any part is quoted) and whether any of them is not doubtful (`sure`).
    """
    names = article_names(tables["articles"])
    rows = _carrying(tables)
    title = "Sentences that carry a statement"
    figure, (panel,) = new_figure(title, [0.55 * len(names) + 0.75])
    with mpl.rc_context(STYLE):
        panel.set_xlim(0, 100)
        name_rows(panel, [shortened(name.value, 18) for name in names.values()])
        panel.set_ylim(len(names) - 0.4, -0.6)
        panel.set_xlabel("place in the body of the text, per cent")
        for y, article_id in enumerate(names):
            add_bar(panel, 0, y - 0.25, 100, 0.5, facecolor="white", edgecolor=FAINT, linewidth=0.8)
            _draw_sentences(panel, y, rows[rows["article_id"] == article_id])
        dark, light = colours(2)
        keys = [
            mpl.patches.Patch(color=dark, label="direct or mixed"),
            mpl.patches.Patch(color=light, label="indirect"),
        ]
        if ((rows["kind"] != "none") & ~rows["sure"]).any():
            hatched = mpl.patches.Patch(facecolor="white", edgecolor=GREY, hatch=_HATCH, label="doubtful only")
            keys.append(hatched)
        panel.legend(
            handles=keys, loc="lower right", bbox_to_anchor=(1.0, 1.0), ncols=len(keys), frameon=False, borderpad=0
        )
    told = _told(rows, names)
    caption = (
        "Each strip is one text from its first sentence to its last; a bar is a sentence that carries a statement "
        f"({told}). Full height: direct or mixed; half height: indirect. Hatched: doubtful attributions only."
    )
    places = "; ".join(
        f"{names[article_id].value} at " + (", ".join(_places(rows[rows["article_id"] == article_id])) or "none")
        for article_id in names
    )
    alt = f"Attributed sentences ({told}). Places in per cent: {places}."
    return Chart("positions", title, caption, alt, rows.reset_index(drop=True), figure)


def _carrying(tables: Tables) -> pd.DataFrame:
    """Every sentence of the body with its place and what it carries."""
    body = tables["sentences"][tables["sentences"]["kind"].isin(BODY_KINDS)]
    statements = asserted_statements(tables["attributions"])
    rows = body[["article_id", "sentence", "start", "end"]].assign(kind="none")
    for kinds, label in ((["indirect"], "indirect"), (["direct", "mixed"], "direct")):
        carrying = attributed_sentences(body, statements[statements["kind"].isin(kinds)], tables["spans"])
        rows.loc[carrying.index, "kind"] = label
    sure = attributed_sentences(body, without_doubtful(statements), tables["spans"])
    lengths = rows.groupby("article_id")["end"].transform("max") - rows.groupby("article_id")["start"].transform("min")
    first = rows.groupby("article_id")["start"].transform("min")
    return rows.assign(
        left=(rows["start"] - first) / lengths, right=(rows["end"] - first) / lengths, sure=rows.index.isin(sure.index)
    )


def _draw_sentences(panel: Axes, y: int, rows: pd.DataFrame) -> None:
    """Draw the sentences of one article that carry a statement."""
    dark, light = colours(2)
    for row in rows_of(rows[rows["kind"] != "none"]):
        tall = row.kind == "direct"
        colour, height = (dark, 0.5) if tall else (light, 0.28)
        add_bar(
            panel, 100 * row.left, y - height / 2, 100 * (row.right - row.left), height, linewidth=0.4,
            facecolor=colour if row.sure else "white", edgecolor="white" if row.sure else colour,
            hatch="" if row.sure else _HATCH,
        )  # fmt: skip


def _told(rows: pd.DataFrame, names: Mapping[str, Name]) -> str:
    """How many sentences of each article carry a statement, and how many one that is not doubtful."""
    told = []
    for article_id, name in names.items():
        own = rows[rows["article_id"] == article_id]
        carrying, sure = int((own["kind"] != "none").sum()), int(own["sure"].sum())
        told.append(f"{name.value}: {carrying} of {how_many(len(own), 'sentence')}, {sure} {_WITHOUT}")
    return "; ".join(told)


def _places(rows: pd.DataFrame) -> list[str]:
    """Where the sentences of one article that carry a statement stand, in per cent; doubtful ones are marked."""
    carrying = rows[rows["kind"] != "none"]
    return [f"{100 * row.left:.0f}" + " (doubtful)" * (not row.sure) for row in rows_of(carrying)]
