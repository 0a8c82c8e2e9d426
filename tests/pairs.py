"""Makers of synthetic articles, and the whole path from articles to summary, quick and kept for each content.

Every case is made from words written here and from a fixed seed. None of it is news, and nobody in it is real.
"""

from __future__ import annotations

import random
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from inspect import signature
from typing import Any

import pytest
from conftest import DEFAULTS, make_articles

from analysis import pipeline, robustness
from analysis.analyses import read_analyses
from analysis.corpus import read_corpus
from analysis.findings import find_claims, write_claims, write_summary
from analysis.measures import measure
from analysis.paths import PROJECT
from analysis.placebo import placebo

#: Draws of a quick run: enough for an adjusted p of .005, and for the critical value to exist.
PERMUTATIONS, DRAWS, HALVES = 199, 100, 40
#: So many of the analyses in which a finding is tried, from the top of their file.
ANALYSES = 5


#: The settings of a run with every parameter at its default, the folders aside.
SETTINGS = DEFAULTS | {"sources": "", "output": ""}
#: The settings that are passed on as they are; others name files.
PASSED = {"clean", "attribution", "group_by", "voices", "stop_words", "min_count", "seed", "unit"}


@dataclass(frozen=True)
class Case:
    """Articles to compare: (article_id, text) in the order of the sources, and further columns of ARTICLES."""

    texts: tuple[tuple[str, str], ...]
    columns: tuple[tuple[str, tuple[str | None, ...]], ...] = ()
    group_by: str = ""
    settings: tuple[tuple[str, Any], ...] = ()

    def reordered(self, order):
        """The same articles, in another order of the sources."""
        columns = tuple((name, tuple(values[at] for at in order)) for name, values in self.columns)
        return replace(self, texts=tuple(self.texts[at] for at in order), columns=columns)

    def swapped(self):
        """The groups in reverse order; articles of one group keep theirs."""
        groups = dict(self.columns).get(self.group_by) or [name for name, _ in self.texts]
        order = list(dict.fromkeys(groups))[::-1]
        return self.reordered(sorted(range(len(self.texts)), key=lambda at: order.index(groups[at])))

    def renamed(self, names):
        """The same articles under other ids; labels, outlets and groups are renamed with `names` too."""
        texts = tuple((names.get(name, name), text) for name, text in self.texts)
        columns = tuple((name, tuple(names.get(value, value) for value in values)) for name, values in self.columns)
        return replace(self, texts=texts, columns=columns)

    def articles(self):
        """ARTICLES."""
        return make_articles(dict(self.texts), **{name: list(values) for name, values in self.columns})


@dataclass(frozen=True)
class Run:
    """What the whole path gives for a case."""

    case: Case
    tables: dict[str, Any]
    parameters: dict[str, Any]
    claims: tuple[Any, ...] = field(default=())

    @property
    def groups(self):
        """The groups, in the order of the sources."""
        return list(dict.fromkeys(self.tables["articles"]["group"]))

    @property
    def group_of(self):
        """The group of each article."""
        return dict(zip(self.tables["articles"]["article_id"], self.tables["articles"]["group"], strict=True))

    @property
    def text_of(self):
        """The text of each article."""
        return dict(zip(self.tables["articles"]["article_id"], self.tables["articles"]["text"], strict=True))

    @property
    def summary(self):
        """The written summary."""
        return write_summary(self.claims)

    @property
    def records(self):
        """The claims as JSON."""
        return write_claims(self.claims, self.tables)

    def saying(self, claims):
        """The same run with other claims."""
        return replace(self, claims=tuple(claims))


@contextmanager
def quickly():
    """Fewer random draws and analyses, as long as it lasts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pipeline, "PERMUTATIONS", PERMUTATIONS)
        patch.setattr(pipeline, "DRAWS", DRAWS)
        patch.setattr(pipeline, "placebo", partial(placebo, halves=HALVES))
        patch.setattr(robustness, "read_analyses", lambda: read_analyses()[:ANALYSES])
        yield


@lru_cache(maxsize=256)
def measured(case):
    """Measure each article of a case."""
    return measure(case.articles(), **_accepted(measure, case))


@lru_cache(maxsize=256)
def compared(case):
    """Measure and compare a case."""
    with quickly():
        measures = measured(case)
        return measures | pipeline.compare(measures, **_accepted(pipeline.compare, case))


def _accepted(function, case):
    """The settings of a case that a function takes."""
    settings = SETTINGS | dict(case.settings) | {"group_by": case.group_by}
    return {name: settings[name] for name in PASSED & set(signature(function).parameters)}


@lru_cache(maxsize=256)
def summarise(case):
    """Go the whole path: the run of a case, with its claims."""
    with quickly():
        parameters = pipeline.run_settings(**SETTINGS | dict(case.settings) | {"group_by": case.group_by})
        tables = compared(case)
        tables = tables | pipeline.check(case.articles(), tables, parameters)
        return Run(case, tables, parameters, tuple(find_claims(tables, parameters)))


def pair(one, other, names=("east", "west"), **columns):
    """A case of two articles."""
    given = tuple((name, tuple(values)) for name, values in columns.items())
    return Case(tuple(zip(names, (one, other), strict=True)), given)


@lru_cache
def seeds():
    """The two seed articles as a case."""
    articles, _ = read_corpus(str(PROJECT / "seeds"))
    texts = tuple(zip(articles["article_id"], articles["text"], strict=True))
    return Case(texts, (("label", tuple(articles["label"])),))


# ---------------------------------------------------------------------------------------------- makers of prose

NOUNS = (
    "bridge",
    "council",
    "river",
    "harbour",
    "budget",
    "school",
    "market",
    "station",
    "road",
    "vote",
    "winter",
    "tax",
)
VERBS = ("closed", "reached", "crossed", "opened", "changed", "followed", "met", "left", "passed", "joined")
SPEAKERS = ("Mara Lind", "the mayor", "Toma Reve", "the water board", "a spokesman", "Ines Okoro", "critics")
CUES = ("said", "warned", "noted", "claimed", "added", "denied", "confirmed")


def sentence(rng, nouns=NOUNS):
    """One sentence of seven to fourteen words, half of them stop words."""
    a, b, c = rng.sample(nouns, 3)
    endings = ("", f" after the {c}", f" and the {c} was there", f" in the year of the {c}", " before it was too late")
    return f"The {a} {rng.choice(VERBS)} the {b}{rng.choice(endings)}."


def story(seed, *, sentences=14, nouns=NOUNS, planted="", every=1, said=0, quotes="“”", title=True):
    """An article: a title, then paragraphs of three sentences.

    `planted` stands in every `every`-th sentence; `said` of ten sentences are statements, in turn indirect and direct.
    """
    rng = random.Random(seed)
    lines = []
    for place in range(sentences):
        line = sentence(rng, nouns)
        if planted and place % every == 0:
            line = line[:-1] + f" with the {planted}."
        if rng.random() * 10 < said:
            who, cue = rng.choice(SPEAKERS), rng.choice(CUES)
            inner = line[0].lower() + line[1:-1]
            line = f"{who[0].upper()}{who[1:]} {cue} that {inner}."
            if rng.random() < 0.5:
                line = f"{quotes[0]}{inner[0].upper()}{inner[1:]},{quotes[1]} {who} {cue}."
        lines.append(line)
    paragraphs = [" ".join(lines[at : at + 3]) for at in range(0, len(lines), 3)]
    heads = [f"{rng.choice(nouns).capitalize()} and {rng.choice(nouns)} in the news"] if title else []
    return "\n\n".join([*heads, *paragraphs])


FRENCH = (
    "Le président a quitté la capitale dimanche soir après une visite officielle marquée par des tensions. Le maire a"
    " déclaré que le pont serait construit. "
)
FURNITURE = "Share this article\n\nRelated Articles\n\nNo More Articles"
ODD = (
    "The “council’s” vote — so-called “reform” — cost £3.5m… “We’ll see,‘ she said. ‹Non›, »nein«, „doch“ and 「hai」"
    " were heard.\n\n“Nobody came.\n\n“Nobody stayed,” the mayor said. The naïve café’s co‑op re‐opened\u00a0at 3\u202fp.m."
    " in İzmir; the e\u0301lite \u200bzero\u200dwidth 😀 crowd of ﬁfty left. " * 2
)
HOSTILE = (
    "<b>Council</b> {n} votes & <script>alert(1)</script> $x_1$ %s {0.__class__} \\n [link](http://x.invalid) `code`."
    " The # mayor said that the **bridge** was ![img](y) closed ” by “ {name} at | noon |. * The {term} is 5 < 6 > 4."
    " “}{ <i>” he said. The bridge was closed with “quoted ”quotes“ inside”. --- \n\n1. The bridge was there.\n\n- {rest}"
)
RECIPE = (
    "Lentil soup for four\n\nIngredients\n\n- 250 g of red lentils\n- 2 carrots\n- 1 onion\n\nChop the onion and fry it in"
    " the oil. Add the lentils, the carrots and the water. Cook for 25 minutes. Season with salt. Serve it hot with the"
    " bread. The soup keeps for 3 days. The soup may be frozen. The soup is cheap. The soup is good."
)
SPORT = (
    "Rovers 3–1 United: late goals decide it\n\nRovers beat United 3–1 on 4 May 2026 before 12,480 people. The first"
    " goal came after 12 minutes, the last in the 89th. “We were lucky,” the coach said. United had 61% of the ball and"
    " 14 corners. The goal was given after 2 minutes of delay. Rovers now have 42 points from 21 games. The next game is"
    " on 11.05.2026 at 7.30 p.m. The goal of the day was the third. A goal like it is seen once in 10 years."
)
RESULT = (
    "United lose 1–3 at Rovers\n\nUnited lost 3–1 on Monday, 4 May, before a crowd of 12,840. The first goal came in the"
    " 12th minute. The keeper said that the second goal was his. The goal, the 100th of the season, was checked for 3"
    " minutes. “It was no goal,” he said. United stay at 38 points. The goal of 2019 came to mind. The referee gave 5"
    " yellow cards and added 6 minutes."
)
QUOTED = "\n\n".join(f"“{sentence(random.Random(number))[:-1]},” said Mara Lind." for number in range(12))
POEM = "The river runs,\nthe river runs away,\nand who will say\nwhat the river said today?\n\nThe river ran.\nThe river will remain."


def twin(text, **words):
    """The same text with words exchanged for others of the same length and number of syllables."""
    for word, other in words.items():
        text = text.replace(word, other).replace(word.capitalize(), other.capitalize())
    return text


def rewritten(text):
    """Another version of an article: its second paragraph gone, two words exchanged, a sentence added."""
    parts = text.split("\n\n")
    return "\n\n".join([*parts[:1], *parts[2:], "The council was not heard."]).replace("closed", "shut", 2)


#: What texts are made of at random: words, names, and what cuts, quotes, lists and hides.
FRAGMENTS = [
    *NOUNS, "the", "of", "and", "was", "in", "said", "that", "Mara Lind", "“Yes”", "“", "”", '"', "'s", ". ", ".\n\n", ". The",
    ",", "—", "1,200", "on 3 May", "U.S.", "\n- ", "\n\n", "according to", "?", "!", "Related Articles", "{", "}", "<p>",
]  # fmt: skip


#: Two articles each. The first few are quick and cover most branches of the summary.
PAIRS = {
    "planted on both sides": pair(story(1, planted="tunnel", said=6), story(2, planted="ferry", said=6)),
    "one text twice": pair(story(5, said=4), story(5, said=4)),
    "hostile text and labels": pair(HOSTILE, story(8, sentences=8), label=["<b>{n}</b>", "“Courier” & [x](y)"]),
}
MORE_PAIRS = {
    "one side not English": pair(story(7, sentences=8, said=4), FRENCH * 5),
    "one side empty after cleaning": pair(story(6, said=3), FURNITURE),
    "mirrored": pair(
        story(13, planted="wharf", said=5), twin(story(13, planted="wharf", said=5), wharf="crane", river="rover")
    ),
    "one sentence each": pair("The bridge was closed.", "The river rose."),
    "both empty after cleaning": pair(FURNITURE, "Edit Content\n\nShare the Article"),
    "two versions of one article": pair(story(17, said=4), rewritten(story(17, said=4))),
    "odd punctuation": pair(ODD, story(18, sentences=6)),
    "labels out of the vocabulary": pair(
        story(19, planted="tunnel", said=3), story(20, said=3), label=["scores", "higher rate"]
    ),
    "labels that turn the line": pair(
        story(21, planted="tunnel"), story(22), label=["\u202eretteh \u05d0\u05d1 7", "tab\tand\nbreak\u0007"]
    ),
    "labels with blanks around them": pair(story(52, planted="tunnel"), story(53), label=[" Gazette ", "*Courier* "]),
    "names that are numbers": pair(story(27, planted="tunnel"), story(28), names=("1", "-2.5 % of 3")),
    "a recipe and a poem": pair(RECIPE, POEM),
    "numbers that disagree": pair(SPORT, RESULT),
    "one side all quotations": pair(QUOTED, story(29, sentences=10)),
    "a long text and a short one": pair(story(31, sentences=60, planted="tunnel", every=3), story(32, sentences=4)),
    "statements everywhere": pair(story(33, said=10), story(34, said=10)),
    "only stop words": pair("The of and. It was the of.", "And it was. Of the."),
    "metadata on one side": pair(
        story(40), story(41), outlet=["The Gazette", None], author=[None, "A. Writer"], published=["2026-05-04"] * 2
    ),
    "the author's voice alone": replace(
        pair(story(42, planted="tunnel", said=5), story(43, said=5)), settings=(("voices", "author"),)
    ),
    "stop words in, attributions not looked for": replace(
        pair(story(44, said=5), story(45, said=5)), settings=(("stop_words", "in"), ("attribution", "none"))
    ),
}  # fmt: skip


def many(n, size=1, **told):
    """`n` groups of `size` articles by outlet; of one article each if `size` is 1."""
    planted = ("tunnel", "ferry", "wharf", "crane", "lock", "buoy", "mast", "quay")
    texts, outlets = [], []
    for group in range(n):
        for copy in range(size):
            number = 100 * group + copy
            texts.append((f"text{number}", story(number, sentences=9, planted=planted[group], said=3, **told)))
            outlets.append(f"Outlet {'XYZUVWST'[group]}")
    return Case(tuple(texts), (("outlet", tuple(outlets)),), "outlet" if size > 1 else "")


#: Three to eight articles, and groups by outlet.
GROUPS = {
    "three articles": many(3),
}
MORE_GROUPS = {
    "two outlets of five": many(2, 5),
    "eight articles": many(8),
    "five articles, one of them empty and one not English": Case(
        (*many(3).texts, ("empty", FURNITURE), ("foreign", FRENCH * 5))
    ),
    "three outlets of five": many(3, 5),
    "two outlets of two": many(2, 2),
    "three texts, two of them the same": Case(
        (("p", story(50, said=3)), ("q", story(50, said=3)), ("r", story(51, planted="tunnel", said=3)))
    ),
}

#: Cases of which the names are changed.
RENAMED = (
    {"the seeds": seeds()}
    | PAIRS
    | MORE_PAIRS
    | {
        name: (GROUPS | MORE_GROUPS)[name]
        for name in ("three articles", "two outlets of five", "three texts, two of them the same")
    }
)
