"""The rules of what a summary may say, each held on the seeds, on synthetic pairs, and on more than two articles.

The checks are in `rules_checks.py`, the articles in `pairs.py`; that each check can fail is tested in
`test_rules_checks.py`. Rules about measures, charts, files and processes are in `test_rules_measures.py`.
"""

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pairs import FRAGMENTS, GROUPS, MORE_GROUPS, MORE_PAIRS, PAIRS, RENAMED, Case, many, pair, seeds, story, summarise
from rules_checks import (
    CHECKS,
    check_absence,
    check_alike,
    check_cells,
    check_comparatives,
    check_ids,
    check_intervals,
    check_mirror,
    check_never,
    check_no_verdict,
    check_nothing_passes,
    check_numbers,
    check_opening,
    check_quotations,
    check_records,
    check_renaming,
    check_same_fields,
    check_scope,
    check_self,
    check_summary,
    check_swap,
    check_ties,
    check_verb,
    check_vocabulary,
    check_whose_figures,
)

pytestmark = pytest.mark.slow

SLOW = pytest.mark.slow
QUICK = {"the seeds": seeds()} | PAIRS
LONG = MORE_PAIRS | GROUPS | MORE_GROUPS
PAIRED = PAIRS | MORE_PAIRS


def on(cases, slow, expected=None):
    """Parameters: the quick cases, then those that only the slow tests run; `expected` names rules not yet kept."""
    marks = {name: pytest.mark.xfail(strict=True, reason=reason) for name, reason in (expected or {}).items()}
    return pytest.mark.parametrize(
        "case",
        [
            pytest.param(
                case, id=name, marks=[*([SLOW] if name in slow else []), *([marks[name]] if name in marks else [])]
            )
            for name, case in cases.items()
        ],
    )


on_all = on(QUICK | LONG, LONG)


def holds(wrong):
    """Fail with what is wrong, a line each."""
    assert not wrong, "\n".join(map(str, wrong))


@on(QUICK | LONG, set(QUICK | LONG) - {"planted on both sides"})
def test_rule_1_exchanging_the_sources_exchanges_the_sides(case):
    holds(check_swap(summarise(case), summarise(case.swapped())))


ONE_TEXT = {name: pair(case.texts[0][1], case.texts[0][1]) for name, case in ({"the seeds": seeds()} | PAIRED).items()}
ALL_BUT_ONE = set(ONE_TEXT) - {"one text twice"}


@on(ONE_TEXT, ALL_BUT_ONE)
def test_rule_2_a_text_and_itself_do_not_differ(case):
    holds(check_self(summarise(case)))


@on(ONE_TEXT, ALL_BUT_ONE)
def test_rule_2_of_a_text_and_itself_the_same_is_said(case):
    holds(check_alike(summarise(case)))


@on({"mirrored": MORE_PAIRS["mirrored"], "one text twice": PAIRS["one text twice"]}, {"mirrored"})
def test_rule_2_texts_of_one_shape_are_told_in_sentences_of_one_shape(case):
    holds(check_mirror(summarise(case)))


def other_names(case):
    """Names in another order of the alphabet, and of another kind, for articles and for groups."""
    ids = [name for name, _ in case.texts]
    names = {name: f"renamed {len(ids) - place}" for place, name in enumerate(ids)}  # renamed 2, renamed 1
    outlets = dict.fromkeys(dict(case.columns).get("outlet", ())) if case.group_by else {}
    return names | {outlet: f"Other {9 - place}" for place, outlet in enumerate(outlets)}


@on(RENAMED, set(RENAMED) - {"planted on both sides"})
def test_rule_3_renaming_changes_nothing_but_names(case):
    names = other_names(case)
    holds(check_renaming(summarise(case), summarise(case.renamed(names)), names))


@pytest.mark.slow
def test_rule_3_no_outlet_is_looked_up():
    def by(*outlets):
        case = pair(story(1, planted="tunnel", said=4), story(2, said=4), outlet=outlets)
        return [claim.text for claim in summarise(case).claims]

    assert by("Fox News", "The Guardian") == by("The Guardian", "Fox News") == by("Pravda", "X")


@on_all
def test_rule_4_without_quotations_every_word_is_in_the_vocabulary(case):
    holds(check_vocabulary(summarise(case)))


@on_all
def test_rule_5_quotations_are_verbatim(case):
    holds(check_quotations(summarise(case)))


@on_all
def test_rule_7_every_sentence_has_an_id(case):
    holds(check_ids(summarise(case)))


@on_all
def test_rule_7_every_number_is_that_of_its_claim(case):
    holds(check_numbers(summarise(case)))


@on_all
def test_rule_7_every_cell_is_found_again_in_its_table(case):
    holds(check_cells(summarise(case)))


@on_all
def test_rule_7_every_sentence_is_written_again_from_claims_json(case):
    holds(check_records(summarise(case)))


@on_all
def test_rule_7_the_summary_is_its_claims(case):
    holds(check_summary(summarise(case)))


@on_all
def test_rule_8_each_side_has_the_same_fields(case):
    holds(check_same_fields(summarise(case)))


@on_all
def test_rule_8_figures_stand_under_the_name_they_belong_to(case):
    holds(check_whose_figures(summarise(case)))


@on_all
def test_rule_9_comparatives_only_past_the_gate(case):
    holds(check_comparatives(summarise(case)))


@on_all
def test_rule_10_absence_is_bounded(case):
    holds(check_absence(summarise(case)))


@on_all
def test_rule_10_some_words_are_never_said(case):
    holds(check_never(summarise(case)))


@on_all
def test_rule_11_one_verb_introduces_either_article(case):
    holds(check_verb(summarise(case)))


@on_all
def test_rule_12_no_score_no_winner_no_verdict(case):
    holds(check_no_verdict(summarise(case)))


@on_all
def test_rule_13_the_same_k_for_each_side_and_ties_by_term(case):
    holds(check_ties(summarise(case)))


@on_all
def test_rule_16_a_number_with_an_interval_has_it_in_its_sentence(case):
    holds(check_intervals(summarise(case)))


@on_all
def test_rule_18_opening_lines(case):
    holds(check_opening(summarise(case)))


@on_all
def test_rule_19_where_nothing_passes_the_summary_says_so(case):
    holds(check_nothing_passes(summarise(case)))


@on_all
def test_rule_21_the_scope_is_stated(case):
    holds(check_scope(summarise(case)))


def test_what_the_cases_hold():
    """The cases would prove little if nothing passed in any, or everything in all."""
    runs = {name: summarise(case) for name, case in QUICK.items()}
    passed = {name: int(run.tables["detectable"]["n_passed"].iloc[0]) for name, run in runs.items()}
    assert passed["planted on both sides"] >= 2
    assert passed["one text twice"] == 0
    assert len(PAIRED) >= 20
    terms = runs["planted on both sides"].tables["keyness"].query("p_adjusted <= 0.05 and log_ratio > 0")
    assert set(terms["term"]) >= {"tunnel", "ferry"}
    assert set(terms["group"]) == {"east", "west"}


TEXTS = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=60).map(" ".join)
LABELS = st.one_of(
    st.none(), st.text(st.characters(codec="utf-8"), min_size=1, max_size=12).filter(lambda name: name == name.strip())
)


@pytest.mark.slow
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


@pytest.mark.slow
@pytest.mark.parametrize("n", [4])
def test_any_order_of_several_articles_reorders_the_summary(n):
    case = many(n)
    run = summarise(case)
    order = [*range(1, n), 0]
    holds(check_swap(run, summarise(case.reordered(order))))
