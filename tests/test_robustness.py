"""In how many analyses a finding holds, what it rests on, and what is said of it."""

from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from conftest import compared, make_articles, plain

from analysis.analyses import CHOICES, Analysis, read_analyses
from analysis.claims.claim import Section
from analysis.claims.robustness import robustness_sentence
from analysis.influence import _chosen, _Tried, _worst
from analysis.inputs.files import InputError
from analysis.keyness import keyness, put_through_gate
from analysis.measures import measure_passages
from analysis.readability import readability_by_group
from analysis.robustness import _term_findings, robustness
from analysis.schema import rows_of
from analysis.show.checks import _result, show_robustness
from analysis.tables import ANALYSES, FINDINGS_BY_ANALYSIS, ROBUSTNESS, SURFACE_FORMS, TABLES
from analysis.voices import chosen_voices

pytestmark = pytest.mark.slow

NAN = float("nan")
QUICK = {"permutations": 199, "draws": 99}
BASE = Analysis("base", "form", "out", "sentence", "on", "all")


def measured(texts, groups=None):
    """Measure texts without boilerplate: whether it is set aside makes no difference."""
    tables = _measured(*texts.items(), groups=tuple((groups or texts).items()))
    return {clean: dict(tables) for clean in ("on", "off")}


@cache
def _measured(*texts, groups):
    articles = make_articles(dict(texts))
    if groups != texts:
        articles["group"] = [dict(groups)[name] for name, _ in texts]
    return measure_passages(articles)


def check(measures, analyses=None, **settings):
    """Compare, then check what is found; tables of the comparison and of the checks together."""
    own = measures["on"]
    run = {name: value for name, value in settings.items() if name in ("unit", "seed")} | QUICK
    terms, _ = keyness(
        own["articles"],
        own["sentences"],
        own["sentence_terms"],
        voices=chosen_voices(settings.get("voices", "all")),
        stop_words=settings.get("stop_words") == "in",
        **run,
    )
    english = own["articles"][
        ~own["articles"]["article_id"].isin(own["notes"].query("subject == 'language'")["article_id"])
    ]
    grades = readability_by_group(english, own["sentences"], **run)
    comparison = {"articles": own["articles"], "keyness": terms, "readability_by_group": grades}
    comparison["surface_forms"] = SURFACE_FORMS.frame()
    found = robustness(measures, comparison, analyses=analyses, **QUICK, **settings)
    for table in (ANALYSES, FINDINGS_BY_ANALYSIS, ROBUSTNESS):
        table.check(found[table.name])
    return own | comparison | found


def finding(tables, term):
    rows = tables["robustness"]
    return rows[rows["term"] == term].iloc[0]


def by_analysis(tables, term):
    rows = tables["findings_by_analysis"]
    return rows[rows["term"] == term].set_index("analysis")


FILLER = ["The council met again on Monday", "Nobody said when the work would end", "It rained on the quay for hours"]


def story(*paragraphs):
    """An article of paragraphs, each a list of sentences."""
    return "\n\n".join(". ".join(sentences) + "." for sentences in paragraphs)


PLAIN = story(*[FILLER] * 7)
SPREAD = story(*[["The harbour is closed", "Ships left the harbour", FILLER[2]]] * 7)
LUMP = story(*[FILLER] * 4, ["The harbour of the harbour is a harbour"] * 8, *[FILLER] * 2)
WHICH = story(*[["The quay, which was wet, was shut", "The road, which was dry, was not", FILLER[2]]] * 7)


def test_a_finding_in_every_paragraph_is_not_carried_by_one():
    found = finding(check(measured({"a": SPREAD, "b": PLAIN}), [BASE]), "harbour")
    assert found["group"] == "a"
    assert found[["n_holds", "n_analyses", "n_pieces", "n_tried", "n_lost"]].tolist() == [1, 1, 14, 14, 0]
    assert not found["rests"]
    assert found["p_without"] <= 0.05


def test_a_finding_in_one_paragraph_is_carried_by_it():
    tables = check(measured({"a": LUMP, "b": PLAIN}), [BASE])
    found = finding(tables, "harbour")
    assert found["rests"]
    assert found[["article_id", "paragraph", "n_tried"]].tolist() == ["a", 5, 14]
    assert LUMP[int(found["start"]) : int(found["end"])] == LUMP.split("\n\n")[4]
    assert np.isnan(found["p_without"])  # no use is left to be tested


@pytest.mark.slow
def test_uses_left_elsewhere_are_tested_again():
    text = LUMP + "\n\n" + story(["The harbour is closed", FILLER[0]], ["A harbour is deep", FILLER[1], "The harbour"])
    found = finding(check(measured({"a": text, "b": PLAIN}), [BASE]), "harbour")
    assert found["rests"]
    assert found["paragraph"] == 5
    assert found["p_without"] > 0.05
    assert found["n_lost"] < found["n_tried"] == 16


def test_a_paragraph_that_holds_no_use_may_lose_a_finding():
    many = "\n\n".join([FILLER[0] + "."] * 3 + [". ".join(FILLER * 8) + "."])
    found = finding(
        check(measured({"a": story(*[["The harbour is closed"]] * 5, FILLER), "b": many}), [BASE]), "harbour"
    )
    assert found["rests"]
    assert found[["article_id", "paragraph"]].tolist() == ["b", 4]
    assert found["p_without"] > 0.05


@pytest.mark.parametrize(
    ("other", "n_tried"),
    [
        pytest.param([FILLER * 7], 7, id="the only paragraph of a side"),
        pytest.param([FILLER * 7, FILLER[:1]], 8, id="a paragraph beside a single sentence"),
        pytest.param([FILLER * 6, FILLER[:2]], 9, id="two paragraphs of two sentences or more", marks=pytest.mark.slow),
    ],
)
def test_what_its_side_cannot_spare_is_not_left_out(other, n_tried):
    found = finding(check(measured({"a": SPREAD, "b": story(*other)}), [BASE]), "harbour")
    assert found[["n_pieces", "n_tried"]].tolist() == [n_tried, n_tried]


def test_of_many_paragraphs_those_that_hold_the_term_are_left_out_before_the_longest(monkeypatch):
    text = story(*[["The harbour is closed"]] * 7, *[FILLER] * 4)
    measures = measured({"a": text, "b": PLAIN})
    monkeypatch.setattr("analysis.influence._MOST", 8)
    tables = check(measures, [BASE])
    assert finding(tables, "harbour")[["n_pieces", "n_tried"]].tolist() == [18, 8]
    spared, words = np.arange(4), np.array([3, 9, 5, 9])
    monkeypatch.setattr("analysis.influence._MOST", 3)
    assert _chosen(spared, words, np.array([0]), 2) == [0, 1, 3]
    assert _chosen(spared, words, np.array([]), 2) == [1, 2, 3]
    assert _chosen(spared, words, np.array([]), 4) == [1]
    assert _chosen(spared[[0, 2]], words, np.array([]), 2) == [0, 2]


@pytest.mark.slow
def test_one_gate_serves_all_terms(monkeypatch):
    gates = []
    monkeypatch.setattr(
        "analysis.influence.put_through_gate", lambda *a, **k: gates.append(1) or put_through_gate(*a, **k)
    )
    tables = check(measured({"a": SPREAD, "b": SPREAD.replace("harbour", "bridge").replace("Ships", "Cars")}), [BASE])
    assert len(tables["robustness"]) > 1
    assert len(gates) == 14


@pytest.mark.parametrize(
    ("tried", "piece", "n_lost"),
    [
        pytest.param([(1, 0.01, True), (2, 0.04, True)], 2, 0, id="the largest p"),
        pytest.param([(1, 0.03, False), (2, 0.04, True)], 1, 1, id="one lost by its interval before a larger p that holds"),
        pytest.param([(1, 0.2, False), (2, NAN, False), (3, 0.3, False)], 2, 3, id="no p before any"),
        pytest.param([(1, 0.2, False), (2, 0.2, False)], 1, 2, id="of equal ones, the first"),
    ],
)  # fmt: skip
def test_the_paragraph_that_matters_most(tried, piece, n_lost):
    passages = pd.DataFrame({"article_id": "a", "paragraph": [1, 2, 3], "start": [0, 1, 2], "end": [1, 2, 3]})
    found = _worst([_Tried((0, at), p, holds) for at, p, holds in tried], make_articles({"a": "abc"}), passages, 5)
    assert (found.paragraph, found.n_lost, found.rests) == (piece, n_lost, n_lost > 0)
    assert (found.n_pieces, found.n_tried) == (5, len(tried))


@pytest.mark.slow
def test_only_the_runs_voices_are_left_out_and_tested():
    quoted = story(*[["“The harbour is closed”, the mayor said", "He spoke of “the harbour” again", FILLER[2]]] * 3)
    measures = measured({"a": LUMP + "\n\n" + quoted, "b": PLAIN})
    every, author = (finding(check(measures, [BASE], voices=voices), "harbour") for voices in ("all", "author"))
    assert every["n_tried"] == author["n_tried"] == 17
    assert author["rests"]
    assert np.isnan(author["p_without"])


@pytest.mark.slow
def test_the_run_itself_is_among_the_analyses():
    tables = check(measured({"a": SPREAD, "b": LUMP}))
    own = tables["keyness"].query("group == 'a' and p_adjusted <= 0.05 and log_ratio > 0").set_index("term")
    assert len(own)
    for term in own.index:
        base = by_analysis(tables, term).loc["base"]
        assert base[["difference", "p"]].tolist() == own.loc[term, ["log_ratio", "p_adjusted"]].tolist()
        assert base["holds"]
    grades = tables["readability_by_group"].query("metric == 'flesch_kincaid_grade'").set_index("group")
    base = by_analysis(tables, "flesch_kincaid_grade").loc["base"]
    assert base[["difference", "p"]].tolist() == grades.loc[base["group"], ["difference", "p"]].tolist()
    counts = tables["analyses"].set_index("analysis")
    assert counts.loc["base", "n_tested"] == tables["keyness"].query("group == 'a'")["tested"].sum()
    passed = tables["keyness"].query("p_adjusted <= 0.05")["term"].nunique()
    assert counts.loc["base", "n_passed"] == passed


@pytest.mark.slow
@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": SPREAD, "b": LUMP}, id="two articles"),
        pytest.param({"a": SPREAD, "b": PLAIN, "c": LUMP}, id="three articles"),
    ],
)
def test_order_and_names_of_the_sources_change_nothing_else(texts):
    some = read_analyses()[::5]
    there = check(measured(texts), some)
    names = {"a": "z", "b": "y", "c": "x"}
    renamed = {names[name]: text for name, text in texts.items()}
    back = check(measured(dict(reversed(renamed.items()))), some)
    assert len(there["robustness"])
    for name, key in (("robustness", list(ROBUSTNESS.key)), ("findings_by_analysis", list(FINDINGS_BY_ANALYSIS.key))):
        one = there[name].assign(group=there[name]["group"].map(names))
        if "article_id" in one:
            one["article_id"] = one["article_id"].map(names)
        pd.testing.assert_frame_equal(
            plain(one).sort_values(key, ignore_index=True),
            plain(back[name]).sort_values(key, ignore_index=True),
            check_exact=True,
        )
    pd.testing.assert_frame_equal(there["analyses"], back["analyses"], check_exact=True)


@pytest.mark.slow
def test_of_three_articles_one_that_stands_out_is_one_finding():
    other = PLAIN.replace("rained", "snowed")
    tables = check(measured({"a": SPREAD, "b": PLAIN, "c": other}), [BASE])
    assert tables["keyness"].query("term == 'harbour' and p_adjusted <= 0.05")["group"].nunique() > 1
    assert tables["robustness"].query("term == 'harbour'")["group"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("g2", "groups"),
    [
        pytest.param([30.0, -20.0, -9.0], ["a"], id="more in one than in the two others"),
        pytest.param([20.0, -30.0, 9.0], ["b"], id="less in one than in the two others"),
        pytest.param([30.0, -30.0, -9.0], ["a", "b"], id="more in one as much as less in another"),
        pytest.param([30.0, 40.0, 50.0], ["b"], id="the largest of those that pass"),
    ],
)
def test_a_term_is_a_finding_of_the_group_with_the_largest_g2(g2, groups):
    columns = {"group": list("abc"), "term": "harbour", "g2": g2, "p_adjusted": [0.01, 0.01, 0.2], "log_ratio": g2}
    found = _term_findings({"keyness": pd.DataFrame(columns)}, 3)
    assert [one.group for one in found] == groups
    assert [one.sign for one in found] == [1 if g2["abc".index(one.group)] > 0 else -1 for one in found]


@pytest.mark.parametrize(
    ("a", "b", "term", "settings", "counted", "same"),
    [
        pytest.param(SPREAD, PLAIN, "harbour", {}, ["base", "in-author", "in-paragraph", "paragraph-author"], 12, id="no quotation, no boilerplate, no form but one"),
        pytest.param(WHICH, PLAIN, "which", {"stop_words": "in"}, ["in-author", "in-paragraph"], 6, id="a stop word is never tested where they are left out", marks=pytest.mark.slow),
        pytest.param(SPREAD, " ".join(PLAIN.split("\n\n")), "harbour", {}, ["base", "in-author"], 6, id="one paragraph is never tested by paragraphs"),
    ],
)  # fmt: skip
def test_analyses_count_once_and_only_where_they_can_test(a, b, term, settings, counted, same):
    tables = check(measured({"a": a, "b": b}), **settings)
    rows = by_analysis(tables, term)
    assert len(rows) == 16
    counting = rows[rows["counted"]]
    found = finding(tables, term)
    assert found[["n_holds", "n_analyses"]].tolist() == [counting["holds"].sum(), len(counting)]
    assert sorted(counting.index) == sorted(counted)
    assert not counting["same_as"].notna().any()
    repeated = rows[rows["same_as"].notna()]
    assert len(repeated) == same
    for row in repeated.itertuples():
        first = counting.loc[row.same_as]
        assert (row.p, row.holds) == (first["p"], first["holds"])
    assert not rows["holds"][~rows["counted"] & rows["same_as"].isna()].any()


def alone(name, value):
    return [BASE, BASE._replace(**{"name": "other", name: value})]


FORMS = [f"{word} {rest}" for word in ("Ships", "Ship") for rest in ("left port", "came back", "are here")]
QUOTED = story(*[["“The harbour is closed”, the mayor said", "He called it “the harbour of the poor”", FILLER[2]]] * 7)


@pytest.mark.parametrize(
    ("texts", "term", "choice", "value", "settings", "holds"),
    [
        pytest.param([SPREAD, PLAIN], "harbour", "words", "lemma", {}, True, id="a word that is its own lemma", marks=pytest.mark.slow),
        pytest.param(
            [SPREAD.replace("harbour", "harbours"), PLAIN], "harbours", "words", "lemma", {}, True,
            id="a form looked up by its lemma",
        ),
        pytest.param(
            [SPREAD.replace("harbour", "harbours"), SPREAD], "harbours", "words", "lemma", {}, False,
            id="a form whose other form the other side uses",
        ),
        pytest.param([SPREAD, PLAIN], "harbour", "stop_words", "in", {}, True, id="stop words beside a strong term", marks=pytest.mark.slow),
        pytest.param([WHICH, PLAIN], "which", "stop_words", "in", {"stop_words": "in"}, True, id="a stop word where they are tested"),
        pytest.param([SPREAD, PLAIN], "harbour", "unit", "paragraph", {}, True, id="seven paragraphs of seven", marks=pytest.mark.slow),
        pytest.param([LUMP, PLAIN], "harbour", "unit", "paragraph", {}, False, id="one paragraph of seven"),
        pytest.param([SPREAD, PLAIN], "harbour", "voices", "author", {}, True, id="the author's own word", marks=pytest.mark.slow),
        pytest.param([QUOTED, PLAIN], "harbour", "voices", "author", {}, False, id="a word of quotations"),
    ],
)  # fmt: skip
def test_a_choice_that_bears_on_a_term(texts, term, choice, value, settings, holds):
    tables = check(measured(dict(zip("ab", texts, strict=True))), alone(choice, value), **settings)
    found = by_analysis(tables, term)
    assert found.loc["other", "holds"] == holds
    if "stop_words" in settings:
        assert not found.loc["base", "holds"]  # where stop words are left out, it is not tested
        assert np.isnan(found.loc["base", "p"])
        assert found["counted"].tolist() == [False, True]
        assert not finding(tables, term)["rests"]  # where a paragraph is left out, the run's own settings hold
    else:
        assert found.loc["base", "holds"]
    assert finding(tables, term)["n_holds"] == found["holds"][found["counted"]].sum()


@pytest.mark.slow
def test_uncleaned_texts_are_another_choice():
    measures = measured({"a": SPREAD, "b": PLAIN})
    terms = measures["off"]["sentence_terms"]
    measures["off"]["sentence_terms"] = terms[terms["term"] != "harbour"].reset_index(drop=True)
    found = by_analysis(check(measures, alone("clean", "off")), "harbour")
    assert found["holds"].tolist() == [True, False]
    assert found[["difference", "p"]].isna().any(axis=1).tolist() == [False, True]


def test_the_other_direction_is_not_the_same_finding():
    measures = measured({"a": SPREAD, "b": PLAIN})
    for name in ("sentences", "sentence_terms"):
        table = measures["off"][name]
        measures["off"][name] = table.assign(article_id=table["article_id"].map({"a": "b", "b": "a"}).astype("str"))
    found = by_analysis(check(measures, alone("clean", "off")), "harbour").loc["other"]
    assert found["p"] <= 0.05
    assert found["difference"] < 0
    assert not found["holds"]


EASY, HARD = (
    "The cat sat on the mat",
    "International negotiations of the diplomats deteriorated considerably in the interim",
)
HARDER = story(*[[HARD, EASY, HARD]] * 8)
EASIER = story(*[[EASY, EASY, EASY]] * 8)


@pytest.mark.slow
def test_a_difference_of_readability_is_checked_too():
    tables = check(measured({"a": EASIER, "b": HARDER}))
    found = finding(tables, "flesch_kincaid_grade")
    assert found[["group", "statistic"]].tolist() == ["b", "readability"]
    assert found["n_analyses"] == 2  # nor do voices and boilerplate, of which these texts have none
    assert found["n_holds"] == 2
    assert not found["rests"]
    assert found["n_tried"] == 16


@pytest.mark.slow
def test_a_difference_of_readability_that_one_paragraph_makes():
    one = story([HARD] * 9, *[[EASY, EASY, EASY]] * 8)
    tables = check(measured({"a": EASIER, "b": one}), [BASE, BASE._replace(name="other", unit="paragraph")])
    found = finding(tables, "flesch_kincaid_grade")
    assert found["rests"]
    assert found[["article_id", "paragraph"]].tolist() == ["b", 1]
    assert found["p_without"] == 1
    more = one + "\n\n" + story([HARD, EASY, EASY], [HARD, EASY, EASY])
    found = finding(check(measured({"a": EASIER, "b": more}), [BASE]), "flesch_kincaid_grade")
    assert found["rests"]
    assert found["p_without"] > 0.05  # what is left still differs, but not enough
    assert by_analysis(tables, "flesch_kincaid_grade")["holds"].tolist() == [True, False]


@pytest.mark.slow
def test_readability_in_the_authors_voice_leaves_out_what_others_say():
    quoted = story(*[[EASY, f"“{HARD}”, he said"]] * 12)
    plain = story(*[[EASY, EASY]] * 12)
    tables = check(measured({"a": quoted, "b": plain}), alone("voices", "author"))
    found = by_analysis(tables, "flesch_kincaid_grade")
    assert found["holds"].tolist() == [True, False]


@pytest.mark.slow
def test_texts_that_are_not_english_have_no_readability():
    french = story(*[["Le président a quitté la capitale", "Le port de la ville est fermé depuis dimanche"]] * 8)
    tables = check(measured({"a": HARDER, "b": EASIER, "c": french}), [BASE])
    found = by_analysis(tables, "flesch_kincaid_grade").set_index("group")
    assert found.index.tolist() == ["a"]  # of the two that are left the difference is one
    alone = by_analysis(check(measured({"a": HARDER, "b": EASIER}), [BASE]), "flesch_kincaid_grade").set_index("group")
    assert found.loc["a", "difference"] == alone.loc["a", "difference"]


def groups_of(size, one=SPREAD, other=PLAIN):
    texts = {
        f"{group}{n}": f"{text}\n\nDay {n} was long." for group, text in (("x", one), ("y", other)) for n in range(size)
    }
    return measured(texts, {name: name[0] for name in texts})


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"x": "12 34 56.", "y": "99!"}, id="no words"),
        pytest.param({"x": "“The oil is gone.”", "y": "“The gas is fine.”"}, id="no word of the author's"),
    ],
)
def test_texts_without_a_unit_in_some_analysis_have_no_finding(texts):
    tables, _ = compared(make_articles(texts), quick=True)
    assert tables["robustness"].empty
    assert (tables["analyses"]["n_passed"] == 0).all()


def test_where_evidence_is_withheld_nothing_is_checked():
    tables = check(groups_of(2))
    assert all(tables[name].empty for name in ("analyses", "findings_by_analysis", "robustness"))


@pytest.mark.slow
def test_in_large_groups_an_article_is_left_out_and_its_unit_is_no_choice():
    tables = check(groups_of(5))
    found = finding(tables, "harbour")
    assert found[["n_holds", "n_analyses", "n_tried"]].tolist() == [
        3,
        3,
        10,
    ]  # stop words, and of them lemmas (was, is)
    assert not found["rests"]
    assert found[["paragraph", "start", "end"]].isna().all()
    assert found["article_id"].startswith("x")
    tables = check(groups_of(5), [BASE, BASE._replace(name="other", unit="paragraph")])
    assert finding(tables, "harbour")["n_analyses"] == 1
    assert len(tables["analyses"]) == 2


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param({"a": SPREAD, "b": SPREAD}, id="identical"),
        pytest.param({"a": SPREAD, "b": ""}, id="one side empty", marks=pytest.mark.slow),
        pytest.param({"a": "Oil.", "b": "Gas."}, id="one word each"),
        pytest.param({"a": PLAIN, "b": PLAIN, "c": PLAIN}, id="three alike", marks=pytest.mark.slow),
    ],
)
def test_no_finding_is_checked_as_none(texts):
    tables = check(measured(texts))
    assert tables["robustness"].empty
    assert tables["findings_by_analysis"].empty
    assert len(tables["analyses"]) == 16
    assert (tables["analyses"]["n_passed"] == 0).all()


def test_the_analyses_are_a_balanced_half_of_all():
    fixed = read_analyses()
    assert fixed[0] == BASE
    assert len(fixed) == 16
    for some in combinations(range(5), 4):  # so of any choice, pair and three as well
        chosen = {tuple(one[1:][place] for place in some) for one in fixed}
        assert len(chosen) == 16
    for one in fixed:
        changed = [value for value, default in zip(one[1:], BASE[1:], strict=True) if value != default]
        assert one.name == ("-".join(changed) or "base")


HEAD = "name,words,stop_words,unit,clean,voices\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        pytest.param("", r"should have the columns name, words, .*; it has \[\]", id="empty file"),
        pytest.param("name,words\n", r"it has \['name', 'words'\]", id="columns missing"),
        pytest.param(HEAD.strip() + ",who\n", r"'voices', 'who'\]", id="unknown column"),
        pytest.param(HEAD, "one line for each analysis; it has none", id="no analysis"),
        pytest.param(HEAD + "# x\na,stem,in,sentence,on,all", "line 3: words may be form or lemma; found 'stem'", id="value"),
        pytest.param(HEAD + "a,form,in,word,on,all", "unit may be sentence or paragraph; found 'word'", id="unit"),
        pytest.param(HEAD + "a,form,in", "line 2: a line has 6 values; found 3", id="values missing"),
        pytest.param(
            HEAD + "a,form,in,sentence,on,all\na,form,out,sentence,on,all", "line 3: the name a stand", id="name twice"
        ),
        pytest.param(
            HEAD + "a,form,in,sentence,on,all\n\nb,form,in,sentence,on,all",
            "line 4: the choices form, in, sentence, on, all stand in line 2 already",
            id="choices twice",
        ),
    ],
)  # fmt: skip
def test_a_file_of_analyses_with_a_mistake(tmp_path, text, message):
    (tmp_path / "mine.csv").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=message):
        read_analyses(tmp_path / "mine.csv")


def test_a_file_of_analyses_in_another_order_of_columns(tmp_path):
    (tmp_path / "mine.csv").write_text(
        "# why\nvoices,clean,unit,stop_words,words,name\nauthor,off,paragraph,in,lemma,x\n"
    )
    assert read_analyses(tmp_path / "mine.csv") == [Analysis("x", *(accepted[1] for accepted in CHOICES.values()))]


TEXT = "Taxes rise, and\nthey rise again today. Taxes fall."


def stated(*row, groups=("g", "c"), label=("Gazette", "Courier")):
    """Tables with one checked finding; group, statistic and term aside, the row is that of ROBUSTNESS."""
    empty = {table.name: table.frame() for table in TABLES}
    articles = make_articles(dict.fromkeys(groups, TEXT), label=list(label))
    return empty | {"articles": articles, "robustness": ROBUSTNESS.frame([row])}


TERM = ("g", "keyness", "taxes")
GRADE = ("g", "readability", "flesch_kincaid_grade")
PLACE = ("c", 2.0, 0.0, 49.0)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param((*TERM, 13, 16, 31, 31, 13, True, *PLACE, 0.345), "It holds in 13 of 16 analyses; left out alone, 13 of 31 paragraphs lose it, chiefly that of Courier beginning “Taxes rise, and\nthey” (adjusted\u00a0p\u00a00.345).", id="many paragraphs lose it"),
        pytest.param((*TERM, 9, 16, 31, 31, 1, True, *PLACE, 0.14), "It holds in 9 of 16 analyses; left out alone, 1 of 31 paragraphs loses it: that of Courier beginning “Taxes rise, and\nthey” (adjusted\u00a0p\u00a00.140).", id="one paragraph loses it"),
        pytest.param((*TERM, 16, 16, 31, 31, 0, False, *PLACE, 0.02), "It holds in 16 of 16 analyses, and without any one of 31 paragraphs.", id="none loses it"),
        pytest.param((*TERM, 16, 16, 99, 60, 0, False, *PLACE, 0.02), "It holds in 16 of 16 analyses, and without any one of 60 paragraphs tried.", id="not all were tried"),
        pytest.param((*TERM, 16, 16, 99, 60, 2, True, *PLACE, 0.2), "It holds in 16 of 16 analyses; left out alone, 2 of 60 paragraphs tried lose it, chiefly that of Courier beginning “Taxes rise, and\nthey” (adjusted\u00a0p\u00a00.200).", id="some of those tried lose it"),
        pytest.param((*TERM, 0, 1, 1, 1, 1, True, *PLACE, NAN), "It holds in 0 of 1 analysis; left out alone, 1 of 1 paragraph loses it: that of Courier beginning “Taxes rise, and\nthey” (too little is left to test it).", id="nothing is left"),
        pytest.param((*TERM, 3, 16, 10, 10, 2, True, "g", NAN, NAN, NAN, 0.3), "It holds in 3 of 16 analyses; left out alone, 2 of 10 articles lose it, chiefly Gazette (adjusted\u00a0p\u00a00.300).", id="articles lose it"),
        pytest.param((*TERM, 3, 16, 10, 10, 0, False, "g", NAN, NAN, NAN, 0.03), "It holds in 3 of 16 analyses, and without any one of 10 articles.", id="no article loses it"),
        pytest.param((*TERM, 3, 16, 0, 0, 0, False, None, NAN, NAN, NAN, NAN), "It holds in 3 of 16 analyses.", id="nothing was left out"),
        pytest.param((*GRADE, 6, 8, 27, 27, 0, False, *PLACE, 0.032), "It holds in 6 of 8 analyses, and without any one of 27 paragraphs.", id="readability"),
        pytest.param((*GRADE, 6, 8, 27, 27, 1, True, *PLACE, 0.032), "It holds in 6 of 8 analyses; left out alone, 1 of 27 paragraphs loses it: that of Courier beginning “Taxes rise, and\nthey”.", id="readability lost by its interval"),
    ],
)  # fmt: skip
def test_sentences(row, expected):
    tables = stated(*row)
    for group in ("g", "c"):  # of two groups, it is the same finding from either side
        template, parts, spans = robustness_sentence(tables, group, *row[1:3])
        section = Section("Terms", "terms", {})
        section.say("keyness", template, parts, spans=spans)
        assert section.claims[0].text == expected
        assert list(section.claims[0].spans) == ([("c", 0, 20), ("c", 0, 49)] if "“" in expected else [])
        assert parts["robust_n_holds"].value == row[3]


@pytest.mark.parametrize(
    ("tables", "key"),
    [
        pytest.param({}, TERM, id="no such table"),
        pytest.param({"robustness": ROBUSTNESS.frame()}, TERM, id="evidence withheld"),
        pytest.param({"robustness": stated(*TERM, 0, 0, 1, 1, 1, True, *PLACE, 0.1)["robustness"]}, TERM, id="no analysis can test it"),
        pytest.param({"robustness": stated(*TERM, 1, 1, 1, 1, 1, True, *PLACE, 0.1)["robustness"]}, GRADE, id="another finding"),
        pytest.param(
            {
                "robustness": stated(*TERM, 1, 1, 1, 1, 1, True, *PLACE, 0.1)["robustness"],
                "articles": make_articles(dict.fromkeys("gcd", TEXT)),
            },
            ("c", *TERM[1:]),
            id="of three groups, another one's",
        ),
    ],
)  # fmt: skip
def test_what_was_not_checked_is_not_stated(tables, key):
    tables = {"articles": make_articles(dict.fromkeys("gc", TEXT))} | tables
    assert robustness_sentence(tables, *key) == ("", {}, [])


def test_what_is_shown():
    tables = check(measured({"a": LUMP, "b": SPREAD.replace("harbour", "b<i>ridge")}), alone("unit", "paragraph"))
    tables["surface_forms"] = SURFACE_FORMS.frame([("a", "harbour", "Harbour", 24, "a", 0, 7)])
    tables["articles"] = tables["articles"].assign(label=["Gazette", "<Courier>"])
    shown = show_robustness(tables)
    lines = [" ".join(line.split()) for line in shown.text.splitlines()]
    assert "Harbour, Gazette" in lines[1]
    assert any(line.startswith("1 as written left out sentence set aside all") for line in lines)
    assert any(line.startswith("2 as written left out paragraph set aside all") for line in lines)
    assert any("Harbour, Gazette 1 of 2 1 of 14 Gazette The harbour of the … not tested" in line for line in lines)
    assert "<Courier>" not in shown.html
    assert "&lt;Courier&gt;" in shown.html
    assert 'href="#a1-s' in shown.html


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        pytest.param((1.0, 0.01, True, None, True), "yes, 0.010", id="it holds"),
        pytest.param((1.0, 0.2, False, None, True), "no, 0.200", id="it does not"),
        pytest.param((NAN, NAN, False, None, True), "no, too rare", id="too rare"),
        pytest.param((NAN, NAN, False, None, False), "cannot be tested", id="it never could"),
        pytest.param((1.0, 0.01, True, "second", False), "same as 2", id="the same as another"),
    ],
)
def test_what_is_shown_of_an_analysis(row, expected):
    rows = FINDINGS_BY_ANALYSIS.frame([(*TERM, "third", *row)])
    assert _result(next(rows_of(rows)), ["first", "second", "third"]) == expected


def test_a_run_without_a_finding_shows_the_analyses():
    shown = show_robustness(check(measured({"a": PLAIN, "b": PLAIN}), alone("unit", "paragraph")))
    assert shown.text.startswith("The analyses fixed beforehand; this run has no finding to check in them")
    assert len(shown.text.splitlines()) == 4


def test_withheld_evidence_is_said():
    shown = show_robustness(check(groups_of(2)))
    assert shown.text == "Evidence is withheld: there is no finding to check."
    assert shown.html == f'<p class="none">{shown.text}</p>'
