"""The words attribution is made of: cues, common verbs, kinds of source, and the closed classes of English.

The open lists are data (`analysis/data/cues.csv`, `sources.csv`, `anonymity.csv`, `verbs.txt`), each row with where it
comes from.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib import resources

SOURCE_TYPES = (
    "named person",
    "office or role",
    "institution or government",
    "group",
    "media outlet",
    "document",
    "machine",
    "anonymous",
    "none",
)
CUE_CLASSES = ("neutral", "distancing", "endorsing", "speech act", "belief")

#: The forms of a verb, in the order in which cues.csv lists them; further ones are spellings of the past.
BASE, THIRD, PAST, PARTICIPLE, ING = range(5)


def word_set(words: str) -> frozenset[str]:
    """Return words, separated by spaces, as a set."""
    return frozenset(words.split())


SUBJECT_PRONOUNS = word_set("he she they it i we you who everyone everybody someone somebody nobody")
DETERMINERS = word_set(
    "the a an this these those my his her its our their your some many several most both all each every any no another"
    " few more such one two three four five six seven eight nine ten dozens hundreds thousands half whose"
)
PREPOSITIONS = word_set(
    "of from in for at with to on by about against among amid after before between during into over under through"
    " toward towards without within across around behind near outside inside like than upon via despite including"
    " regarding per since until throughout above below beyond beside besides off onto versus out up down"
)
AUXILIARIES = word_set(
    "am is are was were be been being has have had having do does did will would can could may might must shall should"
    " isn't aren't wasn't weren't hasn't haven't hadn't doesn't don't didn't won't wouldn't can't couldn't cannot"
    " mustn't shouldn't ain't 'd 'll 're 've 'm"
)
NEGATIONS = word_set("not never neither nor no nobody none n't hardly rarely seldom without cannot")
MODALS = word_set("would could may might should must can shall will 'd 'll wouldn't couldn't shouldn't")
COORDINATORS = word_set("and but or nor yet")
SUBORDINATORS = word_set(
    "because although though while whereas if unless when where whenever as so whether once lest why how what"
)
RELATIVES = word_set("who which whom")
ADVERBS = word_set(
    "also then now later earlier again still even just once twice already often sometimes always never not ever yet"
    " too instead meanwhile however rather soon long since perhaps maybe almost nearly only quite very thus therefore"
    " nonetheless nevertheless indeed further furthermore moreover likewise though first back away here there"
)
TIME_WORDS = word_set(
    "monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow tonight january february march"
    " april june july august september october november december afterward afterwards morning evening afternoon"
    " night week month year"
)


@dataclass(frozen=True)
class Cue:
    """A word that can attribute: what it is, what it does, and what may follow it.

    `frames` are the words of cues.csv: clause (with or without "that"), that, quote, wh ("whether …"), to (infinitive),
    object, as, speech (a clause even without a verb we know); recipient ("told them that"), recipient-to ("urged them
    to"), object-to, on-to; after (the content may stand before: "…, he said"); noun (its forms are nouns as well);
    evidence-… (a study or official shows, an event does not); any other word is a preposition or particle.
    """

    lemma: str
    part: str
    cue_class: str
    act: str
    frames: frozenset[str]


def data_rows(name: str) -> list[dict[str, str]]:
    """Read a list of the package, a CSV file with a header."""
    text = resources.files("analysis").joinpath(f"data/{name}").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


def _cue(row: dict[str, str]) -> Cue:
    return Cue(row["lemma"], row["part"], row["cue_class"], row["act"], frozenset(row["frames"].split()))


@cache
def cue_forms() -> dict[str, list[tuple[Cue, int]]]:
    """Return for each word form the cues it can be, each with the number of the form in its row.

    A form that stands twice in a row ("said, said") keeps its first number: the context tells the two apart. Words
    without a frame are left out: they say what a cue is that was found otherwise, and find none.
    """
    forms: dict[str, list[tuple[Cue, int]]] = {}
    for row in data_rows("cues.csv"):
        if not row["frames"]:
            continue
        cue = _cue(row)
        slots: dict[str, int] = {}
        for number, form in enumerate(row["forms"].split()):
            spelling = ING if form.endswith("ing") else PAST
            slots.setdefault(form, number if number <= ING else spelling)
        for form, slot in slots.items():
            forms.setdefault(form, []).append((cue, slot))
    return forms


@cache
def classed_forms() -> dict[str, dict[str, Cue]]:
    """Return for each word form what it is as a cue, by part of speech; all single words of cues.csv."""
    forms: dict[str, dict[str, Cue]] = {}
    for row in data_rows("cues.csv"):
        for form in row["forms"].split():
            forms.setdefault(form, {}).setdefault(row["part"], _cue(row))
    return forms


@cache
def classed_phrases() -> dict[str, list[tuple[tuple[str, ...], Cue]]]:
    """Return the cues of several words ("call for"), as lemmas, by their first; longer ones first."""
    phrases: dict[str, list[tuple[tuple[str, ...], Cue]]] = {}
    for row in data_rows("cues.csv"):
        words = tuple(row["lemma"].split())
        if row["part"] == "phrase":
            phrases.setdefault(words[0], []).append((words, _cue(row)))
    return {first: sorted(some, key=lambda one: (-len(one[0]), one[0])) for first, some in phrases.items()}


@cache
def common_verbs() -> frozenset[str]:
    """Return the forms that are finite verbs or infinitives far more often than anything else."""
    lines = resources.files("analysis").joinpath("data/verbs.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


@cache
def source_terms() -> dict[str, str]:
    """Return the kind of source that a word or name, case folded, stands for."""
    return {row["term"]: row["source_type"] for row in data_rows("sources.csv")}


@cache
def anonymity_phrases() -> dict[str, dict[str, list[tuple[str, ...]]]]:
    """Return the phrases that tell of anonymity, as words: by form, and by their first word."""
    phrases: dict[str, dict[str, list[tuple[str, ...]]]] = {}
    for row in data_rows("anonymity.csv"):
        words = tuple(row["words"].split())
        phrases.setdefault(row["form"], {}).setdefault(words[0], []).append(words)
    return phrases
