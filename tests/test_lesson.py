"""What is worked by hand is what the functions give, and the answers of exercises come from the tables."""

import ast
import re
from pathlib import Path

import nbformat
import numpy as np
import pytest
from conftest import make_articles

import analysis
from analysis.association import log_likelihood, log_ratio
from analysis.formulas import Counts, score
from analysis.inputs.files import InputError
from analysis.lesson.aligned import show_alignment_steps
from analysis.lesson.certainty import show_certainty_steps
from analysis.lesson.collocates import find_beside, show_collocate_steps
from analysis.lesson.detectable import show_detectable_steps
from analysis.lesson.differences import difference_lines, show_difference_steps
from analysis.lesson.dispersion import show_dispersion_steps
from analysis.lesson.ends import end_lines
from analysis.lesson.event import show_event_steps
from analysis.lesson.example import small_example, small_pair, small_unsaid
from analysis.lesson.exercises import EXERCISES, show_exercise
from analysis.lesson.folding import show_lesson
from analysis.lesson.formula import LINEAR, show_formula, worked
from analysis.lesson.halves import halves
from analysis.lesson.intervals import draw, show_interval_steps
from analysis.lesson.keyness import g2_lines, show_keyness_steps, z_lines
from analysis.lesson.labels import show_label_steps
from analysis.lesson.rates import commonest_term, show_rates, uses_of, words_of
from analysis.lesson.reading import read_both, show_reading_steps
from analysis.lesson.shared import show_run_steps
from analysis.lesson.shares import share_lines, show_share_steps
from analysis.lesson.shuffles import deal, show_shuffles
from analysis.lesson.steps import show_attribution_steps
from analysis.lesson.voices import show_voice_steps, show_voices, words_by_voice
from analysis.lesson.wording import show_wording_steps
from analysis.lesson.words import show_sentences, show_words
from analysis.measures import measure
from analysis.show.shown import Shown
from analysis.syllables import judge_word, split_syllables

VIEWS = [
    show_words, show_sentences, show_formula, show_rates, show_attribution_steps, show_shuffles, show_voice_steps,
    show_share_steps, show_label_steps, show_wording_steps, show_dispersion_steps, show_collocate_steps,
    show_certainty_steps,
]  # fmt: skip
#: Those that take two articles.
OF_TWO = [
    show_run_steps, show_alignment_steps, show_event_steps, show_keyness_steps, show_interval_steps,
    show_difference_steps, show_detectable_steps, show_reading_steps,
]  # fmt: skip
HOSTILE = "<script>alert(1)</script> & {n}"


def measured(*texts):
    return measure(make_articles({f"t{at}": text for at, text in enumerate(texts)}), attribution="rules")


@pytest.fixture(scope="module")
def example():
    return measure(small_example(), attribution="rules")


def visible(shown):
    """What a page shows, without its markup."""
    return re.sub(r"<[^>]+>", " ", shown.html)


# The small example ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pattern", "what"),
    [
        pytest.param(r"\w+-\w+", "hyphen", id="a hyphenated word"),
        pytest.param(r"\w's ", "possessive", id="a possessive"),
        pytest.param(r"\bSt\. [A-Z]", "dot", id="an abbreviation with a dot that ends no sentence"),
        pytest.param(r"\b\d+ ", "number", id="a number"),
        pytest.param(r"“[^”]+”", "quotation", id="a direct quotation"),
    ],
)
def test_the_example_has_what_a_lesson_needs(pattern, what):
    assert re.search(pattern, small_example()["text"][0]), what


@pytest.mark.parametrize("engine", ["accurate", "rules"])
def test_the_example_has_a_headline_short_and_long_sentences_and_statements_of_two_kinds(engine):
    tables = measure(small_example(), attribution=engine)
    assert tables["sentences"]["kind"].tolist() == ["title", *["sentence"] * 5]
    lengths = tables["sentences"]["n_words"]
    assert lengths.min() < 6 < 30 < lengths.max()
    assert {"direct", "indirect"} <= set(tables["attributions"]["kind"])
    assert commonest_term(tables) == "bridge"


# Words and sentences --------------------------------------------------------------------------------------------------


def test_every_word_has_a_number_and_nothing_else_has():
    text = "In 2024 the co-op – Ann's – grew."
    assert show_words(measured(text)).text.splitlines()[0] == (
        "1. In[1] 2024 the[2] co-op[3] – Ann's[4] – grew[5]. (5 words)"
    )


def test_words_are_summed_as_they_are_measured(example):
    told = show_words(example).text.splitlines()[-1]
    n = int(example["readability"]["n_words"][0])
    assert f"{n} words in sentences and 7 in headings" in told
    assert words_of(example) == {"small-example": n + 7}


def test_of_a_long_text_the_rest_is_counted_and_not_shown():
    shown = show_words(measured("It rains. It pours. It dries."), k=1)
    assert "pours" not in shown.text
    assert "With 2 passages more that are not shown: 6 words" in shown.text


def test_sentences_are_counted_and_headings_are_not(example):
    shown = show_sentences(example)
    row = example["readability"].iloc[0]
    last = shown.text.splitlines()[-1].split()
    assert last == [
        "all",
        *(
            str(row[name])
            for name in ("n_words", "n_letters", "n_syllables", "n_polysyllables", "n_long_words", "n_difficult_words")
        ),
    ]
    assert "Coun·cil" not in shown.text


def test_of_many_sentences_the_rest_is_one_line():
    lines = show_sentences(measured("It rains. It pours. It dries."), k=1).text.splitlines()
    assert [line.split()[:3] for line in lines[-3:]] == [["1", "2", "7"], ["2", "more", "4"], ["all", "6", "21"]]


@pytest.mark.parametrize(
    ("word", "parted"),
    [
        pytest.param("engineer", "en·gi·neer", id="parted where both agree"),
        pytest.param("city", None, id="printers part no single letter"),
        pytest.param("town’s", "town’s", id="a possessive adds none"),
        pytest.param("long-term", "long-term", id="a hyphen parts"),
        pytest.param("heavy", None, id="dictionary and hyphenation disagree"),
        pytest.param("NATO", None, id="capitals are not parted"),
    ],
)
def test_syllables_are_parted_only_where_it_is_known_where(word, parted):
    assert split_syllables(word) == parted
    if parted:
        assert len(re.split("[·-]", parted)) == judge_word(word).syllables


# Formulas, rates, statements ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("metric", LINEAR)
def test_a_formula_by_hand_is_the_function(metric):
    constant, ratios = LINEAR[metric]
    for values in np.random.default_rng(1).integers(1, 99, (20, len(Counts._fields))):
        counts = dict(zip(Counts._fields, values, strict=True))
        by_hand = constant + sum(one.factor * counts[one.above] / counts[one.below] for one in ratios)
        assert by_hand == pytest.approx(float(score(values, [metric])[metric]))


@pytest.mark.parametrize("metric", LINEAR)
def test_the_sum_that_is_shown_adds_up(seeds, metric):
    """What is written is worked out again, from its own digits."""
    *_, by_hand, by_function = worked(next(seeds["readability"].itertuples()), metric)
    written, total = by_hand.split(") = ")[1].split(" = ")
    again = eval(written.replace("−", "-").replace("×", "*"))
    assert again == pytest.approx(float(total.replace("−", "-")), abs=0.1)
    assert by_function == f"By the function: {total}."


def test_a_formula_is_told_for_a_short_text_with_the_reason_why_the_report_does_not(example):
    assert "By the function: 68.62." in show_formula(example).text
    assert "The report gives no score for fewer than 100 words" in show_formula(example).text


def test_a_formula_with_no_word():
    assert "There is no word in a sentence" in show_formula(measured("4 – 5")).text


def test_a_formula_that_is_no_sum_is_refused(example):
    with pytest.raises(InputError, match=r"metric accepts flesch_reading_ease, .*; found 'smog_index'"):
        show_formula(example, "smog_index")


def test_a_rate_by_hand():
    told = show_rates(measured("The old bridge is the bridge."), "bridge").text
    assert "2 uses among 6 words." in told
    assert "Rate: 2 / 6 × 1,000 = 333.3 per 1,000 words." in told
    assert "Share: 2 / 6 = 33.3\u00a0%." in told
    assert "Log ratio" not in told


def test_two_texts_have_a_log_ratio():
    told = show_rates(measured("The bridge is a bridge.", "The road was old."), "bridge").text
    by_function = float(log_ratio(2, 0, 5, 4))
    assert f"= {by_function:.2f} doublings." in told
    assert told.endswith(f"By the function: {by_function:.2f}.")


def test_a_statement_is_taken_apart():
    told = show_attribution_steps(measured("It rained. The mayor said that the bridge was closed.")).text
    assert "1. [source: The mayor] [cue: said] [content: that the bridge was closed]." in told


def test_of_many_statements_the_first_are_taken_apart():
    told = show_attribution_steps(measured("Ann Lee said it is over. Bo Ray said it is wet."), k=1).text
    assert "Bo Ray" not in told
    assert "Statements taken apart: 1 of 2" in told


# The gate -------------------------------------------------------------------------------------------------------------


def test_shuffles_keep_sentences_uses_and_words():
    dealt = deal(measured("Rain fell. Rain fell. Rain fell. It dried up. It dried up. It dried up."), "rain", 9)
    assert dealt.labels.sum(1).tolist() == [3] * 10
    assert dealt.uses.sum(1).tolist() == [3] * 10
    assert dealt.words.sum(1).tolist() == [15] * 10
    assert dealt.uses[0].tolist() == [3, 0]
    assert dealt.difference[0] == 500


def test_p_is_the_share_that_reaches_the_difference():
    dealt = deal(measured("Rain fell. Rain fell. It dried. It dried."), "rain", 99)
    as_large = [abs(row) >= 500 - 1e-9 for row in dealt.difference[1:]]
    assert dealt.reached == sum(as_large)
    assert dealt.p == (1 + sum(as_large)) / 100
    assert 0.2 < dealt.p < 0.5  # two of the six ways to deal four sentences


def test_equal_sides_are_reached_by_every_shuffle():
    dealt = deal(measured("Rain fell. It dried.", "Rain fell. It dried."), "rain", 9)
    assert (dealt.reached, dealt.p) == (9, 1)


def test_a_seed_gives_the_same_shuffles_and_another_others():
    tables = measured("Rain fell. It dried. Rain fell. It dried. Rain fell. It dried.")
    one, again, other = (deal(tables, "rain", seed=seed).labels.tolist() for seed in (1, 1, 2))
    assert one == again != other


def test_of_many_sentences_it_is_not_listed_which_go_where():
    assert "In first half" in show_shuffles(measured("It rained. " * 12), "rained").text
    assert "In first half" not in show_shuffles(measured("It rained. " * 13), "rained").text


@pytest.mark.parametrize(
    ("texts", "shuffles", "found"),
    [
        pytest.param(["It rains."] * 3, 5, "3 articles and 5 shuffles", id="three articles"),
        pytest.param(["It rains."], 0, "1 articles and 0 shuffles", id="no shuffle"),
    ],
)
def test_what_cannot_be_shuffled_is_refused(texts, shuffles, found):
    with pytest.raises(InputError, match=found):
        show_shuffles(measured(*texts), "rains", shuffles)


# Voices, labels, loaded words, dispersion, collocates, shares ---------------------------------------------------------


def test_words_are_put_into_voices_and_summed():
    told = show_voice_steps(measured("Ann left “it all” today. It dried.")).text
    assert "1. Ann left [author, 2 words] “it all” [quoted, 2 words] today. [author, 1 word]" in told
    assert "author: 2 + 1 + 2 = 5" in told
    assert told.endswith("By the function: author 5, headline 0, attributed 0, quoted 2.")


def test_words_that_are_not_shown_are_summed():
    assert "author: 2 + 4 not shown = 6" in show_voice_steps(measured("It rains. It pours. It dries."), k=1).text


def test_a_passage_without_a_word_is_shown_as_it_stands():
    shown = show_voice_steps(measured("It rains. 2024. It pours."))
    assert shown.text.splitlines()[:3] == [
        "1. It rains. [author, 2 words]",
        "2. 2024.",
        "3. It pours. [author, 2 words]",
    ]
    assert "<p>2. 2024.</p>" in shown.html


def test_passages_of_two_articles_have_the_names_of_their_articles():
    told = show_voice_steps(measured("It rains.", "It pours.")).text
    assert told.splitlines()[:2] == ["t0 1. It rains. [author, 2 words]", "t1 1. It pours. [author, 2 words]"]


def test_an_actor_is_counted_under_each_expression():
    told = show_label_steps(measured("The EU met. The European Union left the EU.")).text
    assert "1. The [EU: European Union] met." in told
    assert [line.split()[-4:] for line in told.splitlines()[-2:]] == [
        ["1,", "2", "2", "2"],
        ["organisation", "2", "1", "1"],
    ]


def test_a_listed_word_counts_in_the_authors_voice_only():
    told = show_wording_steps(measured("A protest grew. “The protest is a riot,” said the mayor.")).text
    assert "protest: one 0 (1 in other voices), other 1 (1 in other voices). By the function: one 0, other 1." in told


def test_a_word_in_one_of_two_equal_paragraphs_is_not_spread():
    told = show_dispersion_steps(measured("Rain fell. Rain fell.\n\nIt dried up. Now."), "rain").text
    assert "Half the sum of the differences: 1.000 / 2 = 0.500." in told
    assert "Dispersion: 0.500 / 0.500 = 1.00" in told
    assert "By the function: 1.00." in told
    assert "Position of the first use: 0 words before it, 0 / 8 = 0.0\u00a0%." in told


def test_words_beside_a_term_are_counted_up_to_the_window():
    found = find_beside(measured("Rain wet two three four five six. Rain wet. It dried."), "rain")
    assert (found.word, found.together, found.n, found.beside, found.words) == ("wet", 2, 2, 6, 9)
    assert found.expected == pytest.approx(2 * 6 / 9)


def test_a_passage_with_the_word_beside_the_term_is_shown_before_others():
    told = show_collocate_steps(
        measured("Rain fell. Rain is wet. It dried. Rain came, wet. Rain poured."), "rain", k=1
    ).text
    assert "2. [Rain: the term] is [wet: beside it].\nNot shown: 3 further passages." in told


@pytest.mark.parametrize(("n", "total"), [(3, 9), (0, 5), (5, 5)])
def test_the_interval_of_a_share_by_hand_is_the_function(n, total):
    *_, reach, _, by_function = share_lines(n, total)
    middle = float(share_lines(n, total)[0].split(" = ")[1].rstrip("."))
    far = float(reach.split(" = ")[1].rstrip("."))
    lower, upper = map(float, re.findall(r"[\d.]+", by_function)[:2])
    assert 100 * (middle - far) == pytest.approx(lower, abs=0.15)
    assert 100 * (middle + far) == pytest.approx(upper, abs=0.15)


@pytest.mark.parametrize(
    ("shown", "text", "told"),
    [
        pytest.param(show_shuffles, "Rain fell. It dried. " * 3, r"shuffle 4 .*\n\nOf 8 shuffles more, \d are as large\.\n\d+ of 12 ", id="shuffles"),
        pytest.param(show_label_steps, "Iran won. " * 7, r"1, 2, 3, 4, 5 and 2 more +7 +7", id="sentences of an expression"),
        pytest.param(show_share_steps, "Ann Lee said that it is wet. The mayor said that it is dry. Bo Ray said that it rains. Cy Orr said that it snows.", r"the first 3 of 4 sources", id="sources"),
        pytest.param(show_dispersion_steps, "Rain fell.\n\nRain fell on.\n\nRain fell.\n\nRain fell.\n\nRain fell.\n\nIt dried. It dried.", r"2 paragraphs more, their differences summed +6 +0\.400", id="paragraphs"),
    ],
)  # fmt: skip
def test_of_what_is_long_the_first_are_shown_and_the_rest_is_counted(shown, text, told):
    assert re.search(told, shown(measured(text)).text)


@pytest.mark.parametrize(
    ("view", "rule"),
    [
        pytest.param(show_sentences, "An asterisk marks a word", id="sentences"),
        pytest.param(show_certainty_steps, "An attitude is believed", id="certainty"),
        pytest.param(show_shuffles, "A report shuffles 4,999 times", id="shuffles"),
    ],
)
def test_a_rule_that_was_just_said_is_not_said_again(example, view, rule):
    assert rule in view(example).text
    assert rule not in view(example, again=True).text + view(example, again=True).html


def test_what_is_not_shown_of_paragraphs_is_in_the_sum():
    told = show_dispersion_steps(
        measured("Rain fell.\n\n" * 4 + "Snow fell.\n\nSnow fell on us. It dried.\n\nNow."), "rain"
    ).text
    differences = [
        float(line.split()[-1]) for line in told.splitlines() if re.match(r" *(\d|\d paragraphs .*) +\d", line)
    ]
    assert sum(differences) == pytest.approx(float(re.search(r"differences: (\S+) / 2", told)[1]), abs=0.003)


def test_of_listed_words_and_contrasts_the_first_are_shown():
    text = "A protest grew. A riot came. Rebels won. A regime fell. The wall held. A massacre followed. Terror grew."
    told = show_wording_steps(measured(text), k=1).text
    assert "the first 3 of " in told
    assert re.search(r"By the function: [^\n]*\nAnd \d more\.$", told)
    assert "Not shown: " in told


def test_a_long_content_is_known_by_its_beginning():
    told = show_exercise(
        measured("The mayor said that it rains on the old bridge and on the new one."), "statements"
    ).text
    assert told.endswith("The mayor – said – that it rains on the old bridge and …")


# What takes two texts -------------------------------------------------------------------------------------------------


def test_runs_of_two_texts_are_counted():
    told = show_run_steps(measured("One two three four five six ran.", "One two three four five six walked off.")).text
    assert "3. three four five six ran: here only" in told
    assert "= 0.667. By the function: 0.667." in told
    assert "Share of all runs: 2 / (3 + 4 − 2) = 0.400. By the function: 0.400." in told
    assert "The longest: 6 words, “One two three four five six”." in told


def test_the_two_examples_report_one_event():
    pair = measure(small_pair(), attribution="rules")
    told = show_event_steps(pair).text
    assert "By hand: same." in told
    assert told.endswith("By the function: same.")
    assert (
        "Words of both openings, names left out: 18 (anne, bridge, carry, council, engineer, euros, ferry, heavy and 10 more)."
        in told
    )
    assert "In one of them only, with the weight: austrian 2.565, examined" in show_alignment_steps(pair).text
    assert "Similarity: 22.730 / (5.414 × 6.517) = 0.64.\nBy the function: 0.64;" in show_alignment_steps(pair).text


@pytest.mark.parametrize(
    ("texts", "days", "share", "versions", "verdict"),
    [
        pytest.param(["One two three four five six."] * 2, (1, 1), "2 / 2 runs of 5 words = 1.00 of a, 2 / 2 runs of 5 words = 1.00 of b", "Yes", "same", id="copies"),
        pytest.param(["One two three four five six."] * 2, (1, 8), "2 / 2 runs of 5 words = 1.00 of a, 2 / 2 runs of 5 words = 1.00 of b", "Yes", "same", id="copies seven days apart"),
        pytest.param(["One two three four five six."] * 2, (1, 9), "2 / 2 runs of 5 words = 1.00 of a, 2 / 2 runs of 5 words = 1.00 of b", "Yes", "related", id="copies eight days apart"),
        pytest.param(["One two three four five six.", "One two three four five or so."], (1, 1), "1 / 2 runs of 5 words = 0.50 of a, 1 / 3 runs of 5 words = 0.33 of b", "Yes", "same", id="one half of one is in the other"),
        pytest.param(["One two three four five ten six.", "One two three four five or so."], (1, 1), "1 / 3 runs of 5 words = 0.33 of a, 1 / 3 runs of 5 words = 0.33 of b", "No", "unclear", id="less than half"),
        pytest.param(["It rains."] * 2, (1, 1), "neither has a run of 5 words", "No", "unclear", id="no run"),
    ],
)  # fmt: skip
def test_versions_are_the_same_event_unless_something_is_against_it(texts, days, share, versions, verdict):
    dated = make_articles(dict(zip("ab", texts, strict=True)), published=[f"2024-05-{day:02}" for day in days])
    told = show_event_steps(measure(dated, attribution="rules")).text
    assert f"Share of one's prose that stands in the other: {share}." in told
    assert f"versions of one text. Are they? {versions}." in told
    assert told.endswith(f"By hand: {verdict}. By the function: {verdict}.")
    assert ("Against one event: none. Nothing? Yes." in told) == (days[1] < 9)


@pytest.mark.parametrize(
    ("texts", "question", "verdict"),
    [
        pytest.param(("France and Spain repair a bridge.", "A bridge that Spain and France repair."), "2 or more actors and 2 or more such words? Yes.", "related", id="two states and two words of the openings"),
        pytest.param(("France and Spain repair a bridge.", "A road that Spain and France repair."), "2 or more actors and 2 or more such words? No.", "unclear", id="two states and one word"),
        pytest.param(("France repairs a bridge.", "A bridge that France repairs."), "2 or more actors and 2 or more such words? No.", "unclear", id="one state and two words"),
        pytest.param(("NATO went to France.", "In France it met NATO."), "not all of them states? Yes.", "related", id="two actors that are not all states"),
        pytest.param(("Old lorries broke heavy bridges. Rain drowned four ferries.", "Heavy lorries broke old bridges. Four ferries drowned in rain."), "3. Sentences that say much the same: 2 pairs. 2 or more? Yes.", "related", id="two pairs of sentences"),
    ],
)  # fmt: skip
def test_what_makes_two_texts_related_is_asked_and_spelled_out(texts, question, verdict):
    told = show_event_steps(measured(*texts)).text
    assert question in told
    assert "Else “related” takes a yes to any of 2, 3, 4 and 6, whatever is against it." in told
    assert told.endswith(f"By hand: {verdict}. By the function: {verdict}.")


def test_copies_that_are_not_english_are_unclear_and_it_is_said_why():
    text = "Heute regnet es in der Stadt sehr stark und die Leute bleiben im Haus. " * 5
    told = show_event_steps(measured(text, text)).text
    assert "versions of one text. Are they? Yes." in told
    assert told.endswith(
        "so are texts that are not both English, whatever they share.\nBy hand: unclear. By the function: unclear."
    )


def test_the_verdict_by_hand_is_that_of_the_function_for_the_seeds(seeds):
    told = show_event_steps(seeds).text
    assert re.search(r"By hand: (\w+)\.", told)[1] == re.search(r"By the function: (\w+)\.$", told)[1]


@pytest.mark.parametrize("view", OF_TWO, ids=lambda view: view.__name__)
@pytest.mark.parametrize(
    "texts", [pytest.param(["", ""], id="empty"), pytest.param(["Es regnet.", "It rains."], id="not English")]
)
def test_two_texts_with_nothing_in_common_have_a_sentence_in_place(view, texts):
    assert view(measured(*texts)).text.endswith(".")


@pytest.mark.parametrize("view", OF_TWO, ids=lambda view: view.__name__)
def test_hostile_text_of_two_is_inert(view):
    text = f"The mayor said that {HOSTILE} it rained on the old bridge on Monday."
    articles = make_articles({"a": text, f"b{HOSTILE}": text}, label=[HOSTILE, "B"])
    shown = view(measure(articles, attribution="rules"))
    assert "<script" not in shown.html
    assert "&amp;lt;" not in shown.html
    assert not re.search(r'href=|id="', shown.html)


@pytest.mark.parametrize("view", OF_TWO, ids=lambda view: view.__name__)
def test_what_takes_two_refuses_one(view, example):
    with pytest.raises(InputError, match="this lesson takes two articles; found 1"):
        view(example)


# How far differences can be trusted ----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def pair():
    return measure(small_pair(), attribution="rules")


@pytest.mark.parametrize(
    ("counts", "g2"),
    [
        pytest.param((20, 5, 800, 800), "9.78", id="more in the first"),
        pytest.param((5, 20, 800, 800), "−9.78", id="more in the second"),
        pytest.param((6, 3, 1000, 500), "0.00", id="equal rates"),
        pytest.param((5, 0, 800, 800), "6.95", id="none in the second"),
    ],
)
def test_four_cells_by_hand_are_the_function(counts, g2):
    *_, by_hand, by_function = g2_lines(*counts)
    assert by_hand.endswith(f"= {g2}.")
    assert by_function.startswith(f"By the function: {g2}.")
    z = z_lines(*counts)[-2]
    assert re.search(r" = (\S+)\. By", z)[1] == re.search(r"function: (\S+)\.$", z)[1]


def test_a_term_of_two_texts_has_four_cells(pair):
    told = show_keyness_steps(pair, "council").text
    assert "3, 1, 96, 86; expected 2.13, 1.87, 96.87, 85.13." in told
    assert "= 0.82.\nBy the function: 0.82." in told


def test_a_term_that_neither_uses_has_no_cells(pair):
    assert show_keyness_steps(pair, "zebra").text == "This takes a term that is used, and a word on each side."


def test_sentences_are_drawn_from_their_own_text():
    drawn = draw(measured("Rain fell. Rain fell. It dried.", "Rain fell. It is dry now."), "rain", 30)
    assert set(drawn.words[0]) == {6}
    assert set(drawn.words[1]) <= {4, 6, 8}
    assert (drawn.uses[1] <= 2).all()
    assert drawn.holding == [2, 1]


@pytest.mark.parametrize("draws", [1, 2, 12, 45])
def test_ends_by_hand_are_the_quantiles(draws):
    values = np.random.default_rng(draws).normal(size=draws)
    lower, upper = (float(line.split(" = ")[1].rstrip(".").replace("−", "-")) for line in end_lines(values)[-2:])
    assert [lower, upper] == pytest.approx(np.quantile(values, [0.025, 0.975]).tolist(), abs=0.006)


@pytest.mark.parametrize("term", ["bridge", "council", "thirty"])
def test_the_interval_by_hand_is_the_function_from_the_same_draws(pair, term):
    told = show_interval_steps(pair, term).text
    ends = [re.search(rf"{end} end: .* = (\S+)\.", told)[1] for end in ("Lower", "Upper")]
    assert f"By the function, from the same draws: {' to '.join(ends)}." in told


@pytest.mark.parametrize(
    "texts", [("Rain fell. Rain fell.", "It dried. It dried."), ("It dried. It dried.", "Rain fell. Rain fell.")]
)
def test_where_one_text_has_no_use_there_is_a_bound(texts):
    told = show_interval_steps(measured(*texts), "rain").text
    assert "log₂(0.224 / 0.776 × 4 / 4) = −1.80, at least." in told
    assert told.endswith("By the function: −1.80 at least.")


def test_the_interval_is_of_one_word(pair):
    with pytest.raises(InputError, match="a term of one word; found 'old bridge'"):
        show_interval_steps(pair, "old bridge")
    with pytest.raises(InputError, match="one draw or more; found 0"):
        show_interval_steps(pair, "bridge", 0)


@pytest.mark.parametrize("counts", [(8, 11, 0, 7), (1, 3, 2, 3), (0, 4, 4, 4)])
def test_the_interval_of_a_difference_by_hand_is_the_function(counts):
    *_, lower, upper, by_function, _ = difference_lines(*counts)
    ends = [line.rstrip(".").rsplit(" = ", 1)[1] for line in (lower, upper)]
    assert by_function == f"By the function: {' to '.join(ends)}."


def test_zero_is_in_the_interval_or_not():
    assert difference_lines(8, 11, 0, 7)[-1] == "Zero is outside: by this measure the shares differ."
    assert difference_lines(1, 3, 2, 3)[-1].startswith("Zero is inside: ")


def test_uses_that_pass_are_counted_up_to(pair):
    told = show_detectable_steps(pair).text
    assert re.search(r"4\s+5\.12\s+no\n\s+5\s+6\.43\s+yes", told)
    assert "By the function: 5 uses" in told
    assert "So 80\u00a0% of such texts would pass. By the function: 67.0 per 1,000 for 80\u00a0%." in told


def test_where_no_number_of_uses_passes_that_is_said():
    told = show_detectable_steps(measured("Rain fell. Rain fell.", "Rain fell. It dried.")).text
    assert told.endswith("By the function: no number of uses would pass at these lengths.")


def test_formulas_drawn_and_shuffled_by_hand_are_the_function(seeds):
    rows = read_both(seeds, 2000, 4999).rows
    given = seeds["readability_by_group"]
    given = given[given["group"] == given["group"].iloc[0]].set_index("metric").loc[rows["metric"]]
    for name, there in {
        "difference": "difference",
        "lower": "difference_lower",
        "upper": "difference_upper",
        "p": "p",
    }.items():
        assert rows[name].tolist() == pytest.approx(given[there].tolist()), name


def test_a_text_is_called_harder_if_formulas_agree():
    easy = "The dog ran to me and the cat sat by it. It is a good day for us. "
    hard = (
        "The representatives of the municipality acknowledged considerable uncertainty in the administration. "
        "It is the comprehensive reorganisation of interdepartmental infrastructure that necessitates a postponement. "
    )
    tables = measured(easy * 9, hard * 9)
    told = show_reading_steps(tables).text
    assert "By hand: t1 is harder; in agreement: " in told
    assert told.endswith("By the function: t1 is harder.")


def test_formulas_that_judge_words_alike_do_not_make_a_text_harder(seeds):
    rows = read_both(seeds, 2000, 4999).rows
    assert set(rows.loc[rows["passes"], "family"]) == {"syllables"}
    assert rows["passes"].sum() == 2
    told = show_reading_steps(seeds).text
    assert "By hand: neither is called harder.\nBy the function: neither is called harder." in told


def test_short_texts_are_compared_and_not_scored(pair):
    told = show_reading_steps(pair).text
    assert "Small example 8.26, Other example 7.13. Difference: 1.13." in told
    assert "By hand: neither is called harder." in told
    assert "a text of fewer than 100 words is not scored" in told


@pytest.mark.parametrize("engine", ["accurate", "rules"])
def test_the_third_example_has_what_is_not_counted(engine):
    told = show_certainty_steps(measure(small_unsaid(), attribution=engine)).text
    assert "1 attitude, 2 not made, 1 inside" in told
    assert "An attitude is believed, feared or wished, not said" in told


def test_a_doubtful_statement_is_made_and_counted_apart():
    told = show_certainty_steps(measure(small_unsaid(), attribution="accurate")).text
    assert "Left: 6 − 1 − 2 − 1 = 2 made. By the function: 2." in told
    assert "Of these 1 doubtful, with a confidence below 0.5. Without: 2 − 1 = 1. By the function: 1." in told


def test_where_all_were_made_the_counts_say_so(example):
    assert "3 − 0 − 0 − 0 = 3 made. By the function: 3." in show_certainty_steps(example).text


# Folding and exercises ------------------------------------------------------------------------------------------------


def test_a_lesson_is_folded_open_or_left_out():
    step = Shown("<p>One.</p>", "One.")
    assert show_lesson("A < B", step).html.startswith(
        '<details class="lesson"><summary><b>A &lt; B</b> (1 minute)</summary><p>One.'
    )
    assert show_lesson("T", step, lesson="open").html.startswith('<details class="lesson" open>')
    assert show_lesson("T", step, lesson="off") == Shown("", "")
    assert show_lesson("T", step).text == "T (1 minute)\n\nOne."
    with pytest.raises(InputError, match="lesson accepts folded, open, off; found 'on'"):
        show_lesson("T", step, lesson="on")


@pytest.mark.parametrize(("n", "time"), [(0, "1 minute"), (120, "1 minute"), (121, "2 minutes"), (240, "2 minutes")])
def test_a_lesson_says_how_long_it_takes(n, time):
    told = "word " * n
    assert show_lesson("T", Shown(told, told)).text.startswith(f"T ({time})\n")


def test_all_lessons_make_an_hour_and_half_of_it_leads_to_the_gate(tmp_path):
    """The cells of the notebook, run with all lessons open: the minutes that their titles tell."""
    path = Path(__file__).parent.parent / "notebooks" / "article.ipynb"
    named, lessons = {}, []
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            continue
        *steps, last = ast.parse(cell.source).body
        if not isinstance(last, ast.Expr):
            exec(cell.source, named)
            if "parameters" in cell.metadata.get("tags", []):
                named |= {"lesson": "open", "attribution": "rules", "output": str(tmp_path)}
            continue
        exec(compile(ast.Module(steps, []), "cell", "exec"), named)
        shown = eval(compile(ast.Expression(last.value), "cell", "eval"), named)
        if isinstance(shown, Shown) and (told := re.match(r"(.+) \((\d+) minutes?\)\n", shown.text)):
            lessons.append((told[1], int(told[2])))
    titles = [title for title, _ in lessons]
    gate = titles.index("Sentences, shuffled") + 2
    assert len(lessons) > 30
    assert 45 <= sum(time for _, time in lessons) <= 60
    assert sum(time for _, time in lessons[:gate]) <= 35


@pytest.mark.parametrize(
    ("name", "text", "answer"),
    [
        pytest.param("words", "It rains. The co-op of 2024 grew in the town's oldest part.", "9 words: The, co-op, of, grew, in, the, town's, oldest, part.", id="the sentence that is hardest to count"),
        pytest.param("syllables", "The engineer ran.", "3 syllables: en·gi·neer. The word is on the list of familiar ones.", id="the longest word"),
        pytest.param("rate", "The bridge is the bridge.", "2 uses among 5 words.\nRate: 2 / 5 × 1,000 = 400.0 per 1,000 words.\nShare: 2 / 5 = 40.0\u00a0%.", id="rate"),
        pytest.param("statements", "The mayor said that it rains.", "1 statement found.\nThe mayor – said – that it rains", id="statements"),
        pytest.param("statements", "It rains.", "No statement was found: nobody is quoted or cited, or nothing was looked for.", id="no statement"),
        pytest.param("voices", "The mayor said that it rains.", "author: 3 / 6 = 50.0\u00a0%\nattributed: 3 / 6 = 50.0\u00a0%", id="voices"),
        pytest.param("labels", "The EU met. The European Union left the EU.", "“EU”: 2 uses\n“European Union”: 1 use", id="expressions as they are written"),
        pytest.param("gate", "It rains.", "There is nothing to shuffle: that takes a term and two sentences.", id="a single sentence"),
        pytest.param("certainty", "The mayor did not say that it rains.", "that it rains: not made\n1 attribution: 0 attitudes, 1 not made, 0 inside another's words.\nLeft: 1 − 0 − 1 − 0 = 0 made. By the function: 0.\nOf these 0 doubtful, with a confidence below 0.5. Without: 0 − 0 = 0. By the function: 0.", id="a statement that was not made"),
        pytest.param("differences", "The mayor said that it rains.", "That takes two statements.", id="a single statement"),
        pytest.param("keyness", "It rains.", "That takes a term and two sentences.", id="a single sentence has no halves"),
        pytest.param("interval", "Rain fell. It dried.", "That takes a term, and two sentences a half.", id="a sentence in each half"),
        pytest.param("interval", "Rain fell. Rain fell. Snow thaws. Ice melts.", "“fell” is not found in second half (4 words searched). However often its sentences are drawn anew, there is nothing that could vary: in the place of an interval there is a bound.\n2 sentences of first half have it. Were the share of this side below 0.05 ^ (1 / 2) = 0.224, that all fall to it would be rarer than 1 in 20.\nAs a log ratio: log₂(0.224 / 0.776 × 4 / 4) = −1.80, at least.\nBy the function: −1.80 at least.", id="a term of one half has a bound"),
        pytest.param("readability", "Rain fell. It dried.", "That takes English, and two sentences in each half.", id="no two sentences to draw"),
        pytest.param("detectable", "Rain fell. It dried.", "That takes a term that is tested.", id="no term used often enough"),
        pytest.param("detectable", "Rain fell. Rain fell. It rains. Rain fell.", "By the function: no number of uses would pass at these lengths.", id="too short for any difference"),
        pytest.param("words", "4 – 5", "None: the text has no sentence with a word in it.", id="no word"),
    ],
)  # fmt: skip
def test_an_answer_is_worked_out_from_the_article(name, text, answer):
    asked, _, told = show_exercise(measured(text), name).text.partition("\n\nAnswer:\n")
    assert asked.startswith("Exercise. ")
    assert told == answer


@pytest.mark.parametrize("text", ["Rain fell. Rain fell. It dried.", "Rain\n\nRain fell. Rain fell. It dried. Now."])
def test_the_halves_of_an_article_are_parted_as_the_gate_parts_them(text):
    tables = measured(text)
    parted, dealt = halves(tables), deal(tables, "rain")
    assert list(words_of(parted).values()) == dealt.words[0].tolist()
    assert list(uses_of(parted, "rain").values()) == dealt.uses[0].tolist()
    texts = parted["articles"]["text"]
    assert "".join(one if one != " " else other for one, other in zip(*texts, strict=True)) == text
    assert halves(measured("It rains.")) is None


HALF = "Rain fell on the old bridge. It dried. Rain fell again. "


def told_of(name, text):
    asked, _, told = show_exercise(measured(text), name).text.partition("\n\nAnswer:\n")
    return asked, told


def test_the_interval_that_is_asked_for_is_the_function_from_the_same_draws():
    asked, told = told_of("interval", HALF * 2 + "It rains. " + HALF)
    ratios = [
        float(one) for one in re.search(r"the log ratio is (.*?)\. Between", asked)[1].replace("−", "-").split(", ")
    ]
    ends = [float(re.search(rf"{end} end: .* = (\S+)\.", told)[1].replace("−", "-")) for end in ("Lower", "Upper")]
    assert len(ratios) == 12
    assert ends == pytest.approx(np.quantile(ratios, [0.025, 0.975]).tolist(), abs=0.011)
    assert f"By the function, from the same draws: {ends[0]:.2f} to {ends[1]:.2f}.".replace("-", "−") in told
    assert f"Is zero between them? {'It is' if ends[0] <= 0 <= ends[1] else 'It is not'}." in told


def test_whether_zero_is_inside_is_said_both_ways(seeds, example):
    inside, outside = (show_exercise(tables, "interval").text for tables in (seeds, example))
    assert re.search(r"is −0\.47.*, 1\.87\. Between", inside)
    assert "Is zero between them? It is.\n" in inside
    assert re.search(r"is 0\.86.*, 3\.00\. Between", outside)
    assert "Is zero between them? It is not.\n" in outside


def test_the_shuffles_of_readability_that_reach_the_difference_are_those_that_are_listed():
    hard = "The representatives of the municipality acknowledged considerable uncertainty. "
    asked, told = told_of("readability", "The dog ran. " * 9 + hard * 9)
    shuffled = [
        float(one) for one in re.search(r"the difference is (.*?)\. How", asked)[1].replace("−", "-").split(", ")
    ]
    difference = float(re.search(r"before rounding: (\S+)\.\n", told)[1].replace("−", "-"))
    reached = sum(abs(one) >= abs(difference) - 0.01 for one in shuffled)
    assert (len(shuffled), reached) == (12, 0)
    assert "As large, above or below zero: 0. p = (1 + 0) / (1 + 12) = 0.08." in told
    assert re.search(r"shuffles: −\S+ to −\S+, p = 0\.000\d\. It passes: ", told)
    assert "It does not pass: " in told_of("readability", HALF * 6)[1]


def test_the_uses_that_are_asked_for_are_the_first_that_reach_g2(seeds):
    asked, _, told = show_exercise(seeds, "detectable").text.partition("\n\nAnswer:\n")
    wanted, needed = float(re.search(r"reach (\S+)\. How", asked)[1]), int(re.search(r"function: (\d+) use", told)[1])
    n, there = (int(re.search(rf"(\d+) words{of}", asked)[1]) for of in (r"\?$", r" of the second"))
    assert float(log_likelihood(needed - 1, 0, n, there)) < wanted <= float(log_likelihood(needed, 0, n, there))
    assert re.search(r"= (\S+)\.\nWith one use less, it is (\S+)\. By", told).groups() == tuple(
        f"{float(log_likelihood(uses, 0, n, there)):.2f}" for uses in (needed, needed - 1)
    )


def test_where_g2_alone_does_not_decide_the_uses_it_is_said_why():
    asked, told = told_of("detectable", HALF * 6)
    assert "its G2 is to reach 5.46." in asked
    assert "With one use less, it is 5.80, but is dealt to one side too easily. By the function: 5 uses." in told


@pytest.mark.parametrize("name", EXERCISES)
@pytest.mark.parametrize(
    "texts", [pytest.param([""], id="empty"), pytest.param(["Es regnet heute sehr stark."], id="not English")]
)
def test_any_article_can_be_asked_about(name, texts):
    assert "Answer:\n" in show_exercise(measured(*texts), name).text


@pytest.mark.parametrize("name", EXERCISES)
def test_an_answer_is_hidden_until_it_is_wanted(example, name):
    html = show_exercise(example, name, lesson="open").html
    assert html.count("<details>") == 1
    before, answer = html.split("<summary>Answer</summary>")
    assert all(line not in before for line in re.findall("<p>(.*?)</p>", answer))
    assert show_exercise(example, name, lesson="off") == Shown("", "")


def test_of_several_articles_the_first_is_asked_about():
    assert "rain" in show_exercise(measured("Rain fell, rain.", "Snow fell, snow."), "rate").text


def test_of_several_articles_the_shares_of_the_first_are_shown():
    first, other = "The mayor said that it rains.", "“It dries,” said the council. “It dries up,” said the mayor."
    assert show_share_steps(measured(first, other)).text == show_share_steps(measured(first)).text


def test_an_exercise_that_there_is_not_is_refused(example):
    with pytest.raises(InputError, match=r"exercise accepts words, syllables, .*; found 'spelling'"):
        show_exercise(example, "spelling")


# Every view -----------------------------------------------------------------------------------------------------------


def test_words_are_counted_in_every_voice_and_sum_to_all(example):
    rows = words_by_voice(example)
    assert rows["voice"].tolist() == ["author", "headline", "attributed", "quoted"]
    assert rows["n"].sum() == words_of(example)["small-example"] == rows["n_total"][0]
    assert rows["share"].sum() == pytest.approx(1)
    assert dict(zip(rows["voice"], rows["n"], strict=True))["quoted"] == 8
    assert words_by_voice(measured(""))["share"].isna().all()


@pytest.mark.parametrize("view", [*VIEWS, show_voices], ids=lambda view: view.__name__)
def test_hostile_text_is_inert_and_still_there(view):
    articles = make_articles({f"a{HOSTILE}": f"The mayor said that {HOSTILE} it rained. It dried."}, label=[HOSTILE])
    shown = view(measure(articles, attribution="rules"))
    assert "<script" not in shown.html
    assert "&amp;lt;" not in shown.html, "escaped twice"
    assert shown.text


@pytest.mark.parametrize("view", VIEWS, ids=lambda view: view.__name__)
def test_an_empty_text_has_a_sentence_in_place(view):
    shown = view(measured(""))
    assert shown.text.rstrip().endswith(".")
    assert not re.search(r"\bnan\b", shown.text)


@pytest.mark.parametrize("view", [*VIEWS, show_voices], ids=lambda view: view.__name__)
def test_a_lesson_leads_to_no_place_of_the_page_it_stands_in(example, view):
    assert not re.search(r'href=|id="', view(example).html)


@pytest.mark.parametrize(
    "view", [show_words, show_formula, show_rates, show_certainty_steps, *OF_TWO], ids=lambda view: view.__name__
)
def test_page_and_text_say_the_same(example, pair, view):
    shown = view(pair if view in OF_TWO else example)
    words = re.findall(r"\w+", visible(shown).replace("&#39;", "'"))
    assert set(re.findall(r"[^\W\d]{4,}", shown.text)) <= {word.rstrip("0123456789") for word in words}


def test_the_lessons_are_public_names():
    lessons = {view.__name__ for view in (*VIEWS, *OF_TWO, show_voices, show_exercise, show_lesson)}
    assert lessons | {"small_example", "small_pair", "small_unsaid"} <= set(analysis.__all__)
