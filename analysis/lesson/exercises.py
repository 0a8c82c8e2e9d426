"""Questions about the article that is read, each with its answer worked out from the tables, and folded away."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.inputs.files import accept
from analysis.lesson import questions, questions_of_halves
from analysis.lesson.folding import NOTHING, lines, question
from analysis.lesson.formula import worked
from analysis.lesson.rates import commonest_term, commonest_terms, rate_lines, uses_of, words_of
from analysis.lesson.shuffles import SHUFFLES, deal, gate_lines
from analysis.lesson.steps import statements_listed
from analysis.lesson.voices import words_by_voice
from analysis.lesson.words import first_article, passages, surfaces_of
from analysis.nouns import how_many
from analysis.schema import rows_of
from analysis.settings import ACCEPTED
from analysis.show.shown import Shown
from analysis.syllables import judge_word, split_syllables
from analysis.tables import BODY_KINDS
from analysis.wording_lists import read_wording

#: A sentence of so many words can be counted without losing count, if there is one.
_SHORT, _LONG = 8, 25
#: Statements that an answer lists, at most.
_LISTED = 5
_NO_SENTENCE = "None: the text has no sentence with a word in it."


def show_exercise(tables: Tables, name: str, *, lesson: str = "folded", wording: str = "") -> Shown:
    """Ask something of the article that is read, and keep the answer folded away until it is wanted.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        What `measure` gives; of several articles the first is asked about.
    name : str
        What the question is on, one of `EXERCISES`.
    lesson : {"folded", "open", "off"}
        Off: nothing is asked. An answer is always folded.
    wording : str
        The file of two-sided lists that `measure` was given; empty: the built-in lists.

    Returns
    -------
    Shown
        The text form has the answer in lines of its own, after "Answer:".

    Raises
    ------
    InputError
        There is no such exercise, or `lesson` is none of the three.
    """
    ask = EXERCISES[accept("exercise", name, tuple(EXERCISES))]
    if accept("lesson", lesson, ACCEPTED["lesson"]) == "off":
        return NOTHING
    asked, answer = ask(first_article(tables) | {"wording": read_wording(wording)})
    return question(asked, lines(*answer))


def _words(tables: Tables) -> tuple[str, list[str]]:
    found = [(row, text) for row, text in passages(tables, BODY_KINDS) if row.n_words]
    if not found:
        return "How many words has the first sentence?", [_NO_SENTENCE]

    def traps(row: object, text: str) -> tuple[bool, int]:
        """Whether a sentence is of a length to count, and how many of its words or marks one could stumble over."""
        pieces = list(surfaces_of(row, text))
        fit = _SHORT <= len(pieces) - 1 <= _LONG
        return fit, sum(any(map(str.isdigit, before)) + (not word.isalpha()) for before, word in pieces)

    row, text = max(found, key=lambda pair: traps(*pair))
    words = [word for _, word in surfaces_of(row, text) if word]
    return (
        f"How many words are counted in this sentence? “{' '.join(text[row.start : row.end].split())}”",
        [f"{how_many(len(words), 'word')}: {', '.join(words)}."],
    )


def _syllables(tables: Tables) -> tuple[str, list[str]]:
    words = {word for row, text in passages(tables, BODY_KINDS) for _, word in surfaces_of(row, text) if word}
    if not words:
        return "How many syllables has the longest word?", [_NO_SENTENCE]
    longest = min(words, key=lambda word: (-judge_word(word).syllables, word))
    judgement = judge_word(longest)
    parted = split_syllables(longest)
    familiar = "not on the list of familiar ones" if judgement.difficult else "on the list of familiar ones"
    answer = f"{how_many(judgement.syllables, 'syllable')}{f': {parted}' if parted else ''}. The word is {familiar}."
    return f"How many syllables has “{longest}”, and is it on the list of familiar words?", [answer]


def _rate(tables: Tables) -> tuple[str, list[str]]:
    term = commonest_term(tables)
    ((n, words),) = zip(uses_of(tables, term).values(), words_of(tables).values(), strict=True) if term else ((0, 0),)
    if not term:
        return "How often is the commonest word used, per 1,000 words?", ["There is no word but stop words."]
    asked = f"“{term}” is used {how_many(n, 'time')} among {how_many(words, 'word')}. What is its rate, and its share?"
    return asked, rate_lines(n, words)


def _reading_ease(tables: Tables) -> tuple[str, list[str]]:
    return _scored(tables, "flesch_reading_ease", "Flesch reading ease")


def _reading_grade(tables: Tables) -> tuple[str, list[str]]:
    return _scored(tables, "flesch_kincaid_grade", "Flesch–Kincaid grade")


def _scored(tables: Tables, metric: str, called: str) -> tuple[str, list[str]]:
    row = next(rows_of(tables["readability"]))
    counted = (
        f"{how_many(row.n_sentences, 'sentence')}, {how_many(row.n_words, 'word')} and "
        f"{how_many(row.n_syllables, 'syllable')}"
    )
    return f"The article has {counted}. What is its {called}?", worked(row, metric)


def _statements(tables: Tables) -> tuple[str, list[str]]:
    found = statements_listed(tables)
    asked = "Who is quoted or cited in this article, by which cue, and for what? Mark it on paper, then compare."
    if not found:
        return asked, ["No statement was found: nobody is quoted or cited, or nothing was looked for."]
    more = [f"{len(found) - _LISTED} more stand in the table of attributions."] if len(found) > _LISTED else []
    return asked, [f"{how_many(len(found), 'statement')} found.", *found[:_LISTED], *more]


def _voices(tables: Tables) -> tuple[str, list[str]]:
    rows = [row for row in rows_of(words_by_voice(tables)) if row.n]
    asked = f"Of the {how_many(sum(row.n for row in rows), 'word')} of this article, which share is in which voice?"
    if not rows:
        return asked, ["There is no word."]
    return asked, [
        f"{row.voice}: {row.n:,} / {row.n_total:,} = {format_value(100 * row.share, '.1f')}\u00a0%" for row in rows
    ]


def _gate(tables: Tables) -> tuple[str, list[str]]:
    terms = commonest_terms(tables, 2)  # of the commonest, the lesson tells
    dealt = deal(tables, terms[-1]) if terms else None
    if dealt is None:
        return "Could chance make such a difference?", [
            "There is nothing to shuffle: that takes a term and two sentences."
        ]
    (uses, uses_other), (words, words_other) = dealt.uses[0], dealt.words[0]
    asked = (
        f"“{dealt.term}” is used {how_many(int(uses), 'time')} among the {words:,} words of the first half, and "
        f"{how_many(int(uses_other), 'time')} among the {words_other:,} of the second. With the sentences shuffled "
        f"{how_many(SHUFFLES, 'time')}, the difference of the rates is as large in {dealt.reached}. What is p?"
    )
    return asked, gate_lines(dealt)


#: What can be asked about, and what asks it: a question, and the lines of its answer.
EXERCISES: Mapping[str, Callable[[Tables], tuple[str, list[str]]]] = {
    "words": _words,
    "syllables": _syllables,
    "rate": _rate,
    "reading ease": _reading_ease,
    "reading grade": _reading_grade,
    "statements": _statements,
    "voices": _voices,
    "gate": _gate,
    "labels": questions.labels,
    "loaded words": questions.loaded_words,
    "dispersion": questions.dispersion,
    "collocates": questions.collocates,
    "shares": questions.shares,
    "runs": questions.runs,
    "event": questions.event,
    "certainty": questions.certainty,
    "differences": questions.differences,
    "keyness": questions.keyness,
    "interval": questions_of_halves.interval,
    "readability": questions_of_halves.readability,
    "detectable": questions_of_halves.detectable,
}
