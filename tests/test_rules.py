"""The rules of what a summary may say, each held on the seeds, on synthetic pairs, and on more than two articles.

The checks are in `rules_checks.py`, the articles in `pairs.py`; that each check can fail is tested in
`test_rules_checks.py`. Rules about measures, charts, files and processes are in `test_rules_measures.py`.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pairs import FRAGMENTS, GROUPS, MORE_GROUPS, MORE_PAIRS, PAIRS, RENAMED, Case, many, pair, seeds, story, summarise
from rules_checks import CHECKS, check_alike, check_mirror, check_renaming, check_self, check_swap

pytestmark = pytest.mark.slow

PAIRED = PAIRS | MORE_PAIRS
ALL = {"the seeds": seeds()} | PAIRED | GROUPS | MORE_GROUPS


def on(cases):
    """Parameters: each case by its name."""
    return pytest.mark.parametrize("case", cases.values(), ids=cases)


def holds(wrong):
    """Fail with what is wrong, a line each."""
    assert not wrong, "\n".join(map(str, wrong))


@on(ALL)
def test_rule_1_exchanging_the_sources_exchanges_the_sides(case):
    holds(check_swap(summarise(case), summarise(case.swapped())))


ONE_TEXT = {name: pair(case.texts[0][1], case.texts[0][1]) for name, case in ({"the seeds": seeds()} | PAIRED).items()}


@on(ONE_TEXT)
def test_rule_2_a_text_and_itself_do_not_differ(case):
    holds(check_self(summarise(case)))


@on(ONE_TEXT)
def test_rule_2_of_a_text_and_itself_the_same_is_said(case):
    holds(check_alike(summarise(case)))


@on({"mirrored": MORE_PAIRS["mirrored"], "one text twice": PAIRS["one text twice"]})
def test_rule_2_texts_of_one_shape_are_told_in_sentences_of_one_shape(case):
    holds(check_mirror(summarise(case)))


def other_names(case):
    """Names in another order of the alphabet, and of another kind, for articles and for groups."""
    ids = [name for name, _ in case.texts]
    names = {name: f"renamed {len(ids) - place}" for place, name in enumerate(ids)}  # renamed 2, renamed 1
    outlets = dict.fromkeys(dict(case.columns).get("outlet", ())) if case.group_by else {}
    return names | {outlet: f"Other {9 - place}" for place, outlet in enumerate(outlets)}


@on(RENAMED)
def test_rule_3_renaming_changes_nothing_but_names(case):
    names = other_names(case)
    holds(check_renaming(summarise(case), summarise(case.renamed(names)), names))


def test_rule_3_no_outlet_is_looked_up():
    def by(*outlets):
        case = pair(story(1, planted="tunnel", said=4), story(2, said=4), outlet=outlets)
        return [claim.text for claim in summarise(case).claims]

    assert by("Fox News", "The Guardian") == by("The Guardian", "Fox News") == by("Pravda", "X")


@on(ALL)
@pytest.mark.parametrize("check", CHECKS.values(), ids=CHECKS)
def test_rule(check, case):
    holds(check(summarise(case)))


def test_what_the_cases_hold():
    """The cases would prove little if nothing passed in any, or everything in all."""
    planted, twice = (summarise(PAIRS[name]).tables for name in ("planted on both sides", "one text twice"))
    assert planted["detectable"]["n_passed"].iloc[0] >= 2
    assert twice["detectable"]["n_passed"].iloc[0] == 0
    assert len(PAIRED) >= 20
    terms = planted["keyness"].query("p_adjusted <= 0.05 and log_ratio > 0")
    assert set(terms["term"]) >= {"tunnel", "ferry"}
    assert set(terms["group"]) == {"east", "west"}


TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map(" ".join)
LABELS = st.one_of(
    st.none(), st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(lambda name: name == name.strip())
)


@settings(
    max_examples=5, derandomize=True, deadline=None, suppress_health_check=list(HealthCheck), phases=[Phase.generate]
)
@given(TEXTS, TEXTS, LABELS, LABELS)
def test_all_rules_hold_for_whatever_is_compared(one, other, label, other_label):
    case = Case((("x", one), ("y", other)), (("label", (label, other_label)),))
    run = summarise(case)
    for name, check in CHECKS.items():
        assert not check(run), name
    holds(check_swap(run, summarise(case.swapped())))


def test_any_order_of_several_articles_reorders_the_summary():
    case = many(4)
    holds(check_swap(summarise(case), summarise(case.reordered([1, 2, 3, 0]))))
