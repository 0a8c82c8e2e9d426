"""The rules that are about measures, charts, files and processes: see `test_rules.py` for those about sentences."""

import ast
import csv
import os
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pandas as pd
import pytest
from corpora import made_articles, made_text, write_measured
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pairs import GROUPS, MORE_GROUPS, MORE_PAIRS, PAIRS, Case, compared, measured, pair, seeds, story, summarise
from rules_checks import NEVER, is_never, vocabulary, words_of

import analysis
from analysis.attribution import ENGINES
from analysis.attribution.counts import KINDS
from analysis.attribution.engines import engine_name
from analysis.drawing import FAINT, GREY, INK
from analysis.names import FIELD_NAMES, METRIC_NAMES
from analysis.paths import PROJECT
from analysis.readability import COMPARED
from analysis.text import split_words, stop_words
from analysis.voices import VOICE_NAMES
from analysis.wording import find_wording
from analysis.wording_lists import read_wording

pytestmark = pytest.mark.slow
#: Measures alone, no claims: drawn from anew by Hypothesis.
MANY = settings(
    max_examples=14, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)


# ------------------------------------------------------------------------------------------ 6, quotation marks moved


def sentences_of(case, number=0):
    """The body's sentences of one article: (start, end)."""
    article_id = case.texts[number][0]
    rows = measured(case)["sentences"]
    rows = rows[(rows["article_id"] == article_id) & (rows["kind"] == "sentence")]
    return list(zip(rows["start"], rows["end"], strict=True))


def changed(case, text, number=0):
    """The case with another text in one place."""
    texts = list(case.texts)
    texts[number] = (texts[number][0], text)
    return Case(tuple(texts), case.columns, case.group_by, case.settings)


def count(case, table, term, **key):
    """The uses of a term in a table of a case."""
    rows = compared(case)[table]
    rows = rows[rows["term"] == term]
    for column, value in key.items():
        rows = rows[rows[column] == value]
    return int(rows["n"].sum())


QUOTED = pair(story(60, title=False, planted="regime"), story(61))


@MANY
@given(st.integers(0, 99), st.integers(0, 99), st.sampled_from(["“”", '""', "«»"]))
def test_rule_6_a_word_moved_into_quotation_marks_is_the_authors_once_less(place, which, marks):
    text = QUOTED.texts[0][1]
    places = sentences_of(QUOTED)
    start, end = places[place % len(places)]
    words = [word for word in split_words(text, start, end) if word.term not in stop_words()]
    word = words[which % len(words)]
    quoted = changed(QUOTED, f"{text[: word.start]}{marks[0]}{text[word.start : word.end]}{marks[1]}{text[word.end :]}")
    key = {"article_id": QUOTED.texts[0][0], "order": 1}
    before, after = (count(case, "term_counts", word.term, **key, voice="author") for case in (QUOTED, quoted))
    assert after == before - 1
    assert count(quoted, "term_counts", word.term, **key) == count(QUOTED, "term_counts", word.term, **key)
    group = {"group": QUOTED.texts[0][0]}
    assert count(quoted, "keyness", word.term, **group) == count(QUOTED, "keyness", word.term, **group)
    assert (
        count(quoted, "keyness_author", word.term, **group) == count(QUOTED, "keyness_author", word.term, **group) - 1
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param("The regime fell.", "The “regime” fell.", id="the word alone"),
        pytest.param("The regime fell, and terrorists won.", "The “regime” fell, and terrorists won.", id="one of two"),
        pytest.param("The regime fell.", "“The regime fell,” the mayor said.", id="the sentence"),
        pytest.param("The regime fell.", "The mayor said that the regime fell.", id="into the mouth of somebody"),
    ],
)
def test_rule_6_a_loaded_word_moved_into_quotation_marks_is_found_once_less(before, after):
    rest = " The river rose after the winter, and the bridge was closed. Nobody crossed it for the year."
    uses = []
    for text in (before + rest, after + rest):
        tables = measured(pair(text, "The bridge was there."))
        uses.append(len(find_wording(tables["articles"], tables["sentences"], tables["voices"], read_wording())))
    assert uses[1] == uses[0] - 1


# ---------------------------------------------------------------------------------------- 13, ties; 14, doubled; 15, monotone


def test_rule_13_paragraphs_in_another_order_give_the_same_lists():
    case = pair(story(62, title=False, said=6), story(63))
    paragraphs = case.texts[0][1].split("\n\n")
    turned = changed(case, "\n\n".join(paragraphs[::-1]))
    for statistic in ("words given to sources", "wording"):
        there, back = (
            [claim.text.casefold() for claim in summarise(one).claims if claim.statistic == statistic]
            for one in (case, turned)
        )
        assert there
        assert there == back


def body(case, number):
    """The prose of an article: its sentences, a paragraph each, so that nothing but words is repeated."""
    text = case.texts[number][1]
    return "\n\n".join(text[start:end] for start, end in sentences_of(case, number))


DOUBLED = {
    "planted on both sides": PAIRS["planted on both sides"],
    "the seeds": seeds(),
    **{name: MORE_PAIRS[name] for name in ("statements everywhere", "odd punctuation", "a long text and a short one")},
}


@pytest.mark.parametrize("number", [0, 1])
@pytest.mark.parametrize("case", DOUBLED.values(), ids=DOUBLED)
def test_rule_14_an_article_appended_to_itself_keeps_its_rates(case, number):
    prose = body(case, number)
    once = changed(case, prose, number)
    twice = changed(case, f"{prose}\n\n{prose}", number)
    group = case.texts[number][0]
    for name in ("keyness", "keyness_author"):
        rows = [compared(one)[name] for one in (once, twice)]
        one, two = (table[table["group"] == group].set_index("term").sort_index() for table in rows)
        assert (two["n"] == 2 * one["n"]).all()
        for column in ("rate", "rate_elsewhere"):
            pd.testing.assert_series_equal(one[column], two[column])
        both_sides = (one["n"] > 0) & (one["n_elsewhere"] > 0)
        ratios = [np.log2(rates["rate"][both_sides] / rates["rate_elsewhere"][both_sides]) for rates in (one, two)]
        pd.testing.assert_series_equal(*ratios)
    metrics = [compared(one)["readability_by_group"] for one in (once, twice)]
    told = [table[(table["group"] == group) & (table["metric"] != "smog_index")] for table in metrics]
    told = [table.set_index("metric")["value"] for table in told]
    if told[0].notna().all():  # a text of under 100 words is not scored, and twice that is
        pd.testing.assert_series_equal(*told)


@MANY
@given(
    st.sampled_from([DOUBLED[name] for name in DOUBLED if name != "odd punctuation"]),
    st.integers(0, 99),
    st.integers(0, 99),
    st.sampled_from([0, 1]),
)
def test_rule_15_one_more_use_never_moves_a_term_towards_the_other_side(case, place, which, number):
    text = case.texts[number][1]
    before = compared(case)["keyness"]
    terms = sorted(set(before.loc[before["tested"], "term"]))
    term = terms[which % len(terms)]
    places = sentences_of(case, number)
    start, end = places[place % len(places)]
    words = split_words(text, start, end)
    assume(len(words) > 1)
    after = changed(case, f"{text[: words[1].start]}{term} {text[words[1].start :]}", number)
    group = case.texts[number][0]
    tables = [before, compared(after)["keyness"]]
    rows = [table[(table["group"] == group) & (table["term"] == term)].iloc[0] for table in tables]
    assert rows[1]["n"] == rows[0]["n"] + 1
    assert rows[1]["n_elsewhere"] == rows[0]["n_elsewhere"]
    assert rows[1]["rate"] - rows[1]["rate_elsewhere"] >= rows[0]["rate"] - rows[0]["rate_elsewhere"]
    assert rows[1]["log_ratio"] >= rows[0]["log_ratio"]
    assert rows[1]["g2"] >= rows[0]["g2"] - 1e-9 or rows[0]["log_ratio"] < 0


# ------------------------------------------------------------------------------------------------------- 17, charts


ALL_CHARTS = {name: getattr(analysis, name) for name in analysis.__all__ if name.startswith("chart_")}
OF_GROUPS = {name: chart for name, chart in ALL_CHARTS.items() if name.startswith(("chart_group", "chart_events"))}
CHARTS = {name: chart for name, chart in ALL_CHARTS.items() if name not in OF_GROUPS}
DRAWN = {"the seeds": seeds(), "hostile text and labels": PAIRS["hostile text and labels"]} | GROUPS | {
    name: MORE_GROUPS[name] for name in ("two outlets of five", "eight articles")
}  # fmt: skip
on_charts = pytest.mark.parametrize("chart", CHARTS.values(), ids=CHARTS)
on_drawn = pytest.mark.parametrize("case", DRAWN.values(), ids=DRAWN)
NEUTRAL = {mpl.colors.to_hex(colour) for colour in (INK, GREY, FAINT, "white", "black")}


def colours_of(figure):
    """Every colour of a figure's lines, areas, texts and pictures."""
    found = set()
    for artist in figure.findobj():
        for get in ("get_color", "get_markerfacecolor", "get_markeredgecolor", "get_facecolor", "get_edgecolor"):
            if hasattr(artist, get) and artist.get_visible():
                value = getattr(artist, get)()
                for one in value if isinstance(value, np.ndarray) and value.ndim == 2 else [value]:
                    if not isinstance(one, str) or one not in ("none", "auto"):
                        found.add(mpl.colors.to_hex(one))
    return found


def is_of_the_palette(colour):
    """Tell whether a colour is grey, or one of cividis, which no party has and colour-blind readers can tell apart."""
    r, g, b = (np.array(mpl.colors.to_rgb(colour))).tolist()
    if colour in NEUTRAL or max(abs(r - g), abs(g - b)) < 0.01:
        return True
    known = np.array([mpl.colormaps["cividis"](place)[:3] for place in range(256)])
    return bool((np.abs(known - [r, g, b]).max(axis=1) < 0.02).any())


@on_charts
@on_drawn
def test_rule_17_no_party_has_the_colours(chart, case):
    drawn = chart(summarise(case).tables)
    assert [colour for colour in colours_of(drawn.figure) if not is_of_the_palette(colour)] == []


@pytest.fixture(scope="module")
def groups(tmp_path_factory):
    """Three outlets of six articles, compared: the first has a term of its own, and two report one event."""
    own = {"Courier": ["The harbour pilots met."], "Gazette": [], "Post": ["Mayor Ann Lee said: “We wait.”"]}
    shared = ["Smoke rose over the Quarry Street bakery fire on Monday night."] * 3
    texts = {
        outlet: [
            made_text(6 * place + number, [*said, *(shared if place < 2 and not number else [])]) for number in range(6)
        ]
        for place, (outlet, said) in enumerate(own.items())
    }
    articles = made_articles(texts, published=[f"2026-0{number % 3 + 1}-0{number % 5 + 1}" for number in range(18)])
    return analysis.compare_groups(write_measured(tmp_path_factory.mktemp("groups"), articles), permutations=99)


@pytest.mark.parametrize("chart", OF_GROUPS.values(), ids=OF_GROUPS)
def test_rule_17_holds_for_charts_of_groups(chart, groups):
    drawn = chart(groups)
    assert [colour for colour in colours_of(drawn.figure) if not is_of_the_palette(colour)] == []
    by_label = {}
    for panel in drawn.figure.axes:
        if panel.axison:
            by_label.setdefault(panel.get_xlabel(), set()).add(panel.get_xlim())
    assert all(len(found) == 1 for found in by_label.values())
    for group in groups["groups"]["group"]:
        assert group in drawn.alt


@pytest.mark.parametrize("colour", ["#e9141d", "#0015bc", "#ff0000", "#0000ff", "#12b6cf"])
def test_rule_17_a_party_colour_would_be_found(colour):
    assert not is_of_the_palette(colour)
    figure = mpl.figure.Figure()
    figure.subplots().plot([0, 1], color=colour)
    assert colour in colours_of(figure)


@on_charts
@on_drawn
def test_rule_17_panels_of_one_unit_have_one_axis(chart, case):
    drawn = chart(summarise(case).tables)
    by_label = {}
    for panel in drawn.figure.axes:
        if panel.axison:
            by_label.setdefault(panel.get_xlabel(), set()).add(panel.get_xlim())
    limits = [found for label, found in by_label.items() if "unit" not in label and "points" not in label]
    assert all(len(found) == 1 for found in limits)
    sides = len(summarise(case).groups)
    if len([panel for panel in drawn.figure.axes if panel.axison]) == sides and drawn.name == "keyness":
        assert len({panel.get_xlim() for panel in drawn.figure.axes if panel.axison}) == 1


@on_charts
@on_drawn
def test_rule_17_alt_text_says_what_the_rows_say(chart, case):
    run = summarise(case)
    drawn = chart(run.tables)
    assert drawn.alt.strip()
    assert drawn.caption.strip()
    names = [name for value in {*run.groups, *run.text_of} for name in [str(value)]]
    labels = [label for label in run.tables["articles"]["label"] if isinstance(label, str)]
    text = drawn.alt
    words = [
        str(value)
        for column in drawn.rows.select_dtypes(["object", "string", "str"])
        for value in drawn.rows[column].dropna()
    ]
    for name in sorted({*names, *labels, *words}, key=len, reverse=True):
        text = text.replace(name, " ")
    values = run.tables["attribution_counts"], run.tables["placebo_by_group"], run.tables["detectable"], drawn.rows
    known = np.concatenate([frame.select_dtypes("number").to_numpy(dtype=float).ravel() for frame in values])
    known = np.concatenate([known, 100 * known, [len(drawn.rows), 95, 5, 0.05]])
    known = (
        np.concatenate([known, drawn.rows.groupby(drawn.rows.columns[0]).size().to_numpy()])
        if len(drawn.rows)
        else known
    )
    for number in re.findall(r"(?<![\w.])−?\d[\d,]*(?:\.\d+)?(?![\w])", text):
        value = float(number.replace(",", "").replace("−", "-").rstrip("."))
        decimals = len(number.partition(".")[2])
        near = np.abs(np.abs(known[np.isfinite(known)]) - abs(value)).min()
        assert near <= 0.5 * 10**-decimals + 1e-9, f"{number} of the alt text is in no row"


@on_charts
def test_rule_17_exchanging_the_sources_draws_the_same_rows(chart):
    case = seeds()
    there, back = (chart(summarise(one).tables).rows for one in (case, case.swapped()))
    if chart is CHARTS["chart_readability"]:  # of two texts, the difference is drawn from the first
        back = back.assign(
            group=case.texts[0][0], difference=0 - back["difference"], value=back["value_elsewhere"],
            difference_lower=0 - back["difference_upper"], difference_upper=0 - back["difference_lower"],
        )  # fmt: skip
        columns = ["group", "metric", "difference", "difference_lower", "difference_upper", "p"]
        there, back = there[columns], back[columns]
    if chart is CHARTS["chart_placebo"]:  # likewise
        there, back = (
            rows.drop(columns=["group", "surface"]).assign(higher=rows["higher"].abs()) for rows in (there, back)
        )
    shared = [column for column in there.columns if column not in ("size", "path")]
    assert sorted(map(repr, there[shared].to_numpy().tolist())) == sorted(map(repr, back[shared].to_numpy().tolist()))


@on_charts
@on_drawn
def test_rule_10_charts_too_never_say_some_words(chart, case):
    drawn = chart(summarise(case).tables)
    assert [word for word in words_of(f"{drawn.title} {drawn.caption}") if is_never(word)] == []


# ------------------------------------------------------------------------------------------------ 4, the vocabulary file


CLAIMS = sorted(Path(str(resources.files("analysis"))).joinpath("claims").rglob("*.py"))


def strings_of(path):
    """The strings of a module that are not docstrings, each with the call it stands in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef) and ast.get_docstring(node):
            silent.add(id(node.body[0].value))
        if isinstance(node, ast.Call):
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            quiet = {
                "say": node.args[:1],
                "parameter": node.args[:1],
                "Cell": node.args,
                "count_rows": node.args[:1],
                "Section": node.args[1:2],
            }
            errors = node.args if name.endswith("Error") else []
            silent |= {id(part) for argument in [*quiet.get(name, []), *errors] for part in ast.walk(argument)}
    return [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent
    ]


def spoken(string):
    """The words that a template says: those outside its fields, and the alternatives inside them."""
    whole = re.sub(r"\{[^{}]*$|^[^{}]*\}", " ", string)  # the end of a field that begins in another string
    without = re.sub(r"\{[^{}|]*\}", " ", whole)
    without = re.sub(r"\{[^{}:]*:([^{}|]*)\|([^{}]*)\}", r" \1 \2 ", without)
    return {part for word in words_of(without) for part in re.split("[–-]", word)}


@pytest.mark.parametrize("path", CLAIMS, ids=lambda path: path.stem)
def test_rule_4_whatever_an_article_makes_a_module_say_is_in_the_vocabulary(path):
    said = {word for string in strings_of(path) if " " in string.strip() for word in spoken(string)}
    assert sorted(said - vocabulary()) == []


#: Words that sentences take from tables, names and settings.
TAKEN = [
    *(METRIC_NAMES[metric] for metric in COMPARED),
    *FIELD_NAMES.values(),
    *KINDS,
    *ENGINES,
    engine_name("a folder"),
    *VOICE_NAMES,
]


def test_rule_4_names_of_measures_are_in_the_vocabulary():
    assert sorted({word for name in TAKEN for word in spoken(name)} - vocabulary()) == []


def test_rule_4_the_vocabulary_has_no_word_that_nobody_says():
    said = {word for path in CLAIMS for string in strings_of(path) for word in spoken(string)}
    said |= {word for name in TAKEN for word in spoken(name)}
    assert sorted(vocabulary() - said) == []


def test_rule_10_the_vocabulary_has_no_word_that_is_never_said():
    assert sorted(word for word in vocabulary() if is_never(word)) == []
    assert len(NEVER) > 20


def test_rule_4_every_line_of_the_vocabulary_is_lower_case_words_or_a_heading():
    text = resources.files("analysis").joinpath("data/vocabulary.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        assert line.startswith("#") or line == line.lower(), line


# ----------------------------------------------------------------------------------------------------- 20, byte equality


def written(run):
    """Everything that is said and stored of a run."""
    tables = "".join(f"{name}\n{frame.to_csv(index=False)}" for name, frame in run.tables.items())
    return f"{run.summary}\n{run.records}\n{tables}"


def test_rule_20_the_same_inputs_give_the_same_bytes():
    case = PAIRS["planted on both sides"]
    assert written(summarise(case)) == written(summarise.__wrapped__(case))


AGAIN = """
import hashlib
import os, sys
sys.path.insert(0, "tests")
if sys.argv[1] == "reversed":
    scandir, listdir = os.scandir, os.listdir

    class Reversed:
        def __init__(self, *args):
            self.entries = list(scandir(*args))[::-1]
        def __enter__(self):
            return iter(self.entries)
        def __exit__(self, *_):
            pass
        def __iter__(self):
            return iter(self.entries)

    os.scandir, os.listdir = Reversed, lambda *args: listdir(*args)[::-1]
import test_rules_measures as rules
from pairs import Case, summarise
from analysis.corpus import read_corpus
for folder, group_by in ((sys.argv[2], ""), (sys.argv[3], "outlet")):
    articles, ledger = read_corpus(folder, group_by=group_by)
    texts = tuple(zip(articles["article_id"], articles["text"]))
    columns = (("outlet", tuple(None if x != x else x for x in articles["outlet"])),)
    run = summarise(Case(texts, columns, group_by))
    for part in rules.written(run).split("\\n"):
        print(hashlib.sha256(part.encode("utf-8", "surrogatepass")).hexdigest())
    print(ledger.to_csv(index=False))
"""


def test_rule_20_bytes_depend_on_no_hash_seed_time_zone_language_or_order_of_a_folder(tmp_path):
    groups = tmp_path / "groups"
    groups.mkdir()
    case = MORE_GROUPS["two outlets of five"]
    with (groups / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["article_id", "outlet"])
        rows.writerows(zip([name for name, _ in case.texts], dict(case.columns)["outlet"], strict=True))
    for name, text in case.texts:
        (groups / f"{name}.txt").write_text(text, encoding="utf-8")
    told = []
    for order, environment in {
        "as it is": {"PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
        "reversed": {"PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo", "LC_ALL": "C", "LANG": "tr_TR.UTF-8"},
    }.items():
        done = subprocess.run(
            [sys.executable, "-c", AGAIN, order, str(PROJECT / "seeds"), str(groups)],
            check=False, cwd=PROJECT, capture_output=True, text=True, timeout=240, env=os.environ | environment,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told.append(done.stdout)
    assert len(told[0].splitlines()) > 100
    assert told[0] == told[1]
