"""Questions on what actors are called, on loaded words, on where and beside what words stand, and on what is shared."""

from __future__ import annotations

from analysis.attribution.counts import asserted_statements
from analysis.claims.cells import Tables
from analysis.claims.claim import format_value
from analysis.lesson.certainty import certainty_lines, verdicts
from analysis.lesson.collocates import collocate_lines, find_beside
from analysis.lesson.differences import difference_lines
from analysis.lesson.dispersion import dispersion_lines, rows_with_uses
from analysis.lesson.folding import first_few, opening
from analysis.lesson.keyness import g2_lines
from analysis.lesson.labels import actors_in, expressions_for
from analysis.lesson.rates import commonest_term
from analysis.lesson.shared import run_lines, runs_of
from analysis.lesson.shares import share_lines
from analysis.lesson.shuffles import deal
from analysis.lesson.wording import listed_words
from analysis.lesson.words import passages
from analysis.nouns import how_many
from analysis.overlap import find_facts
from analysis.overlap.common import most_named
from analysis.overlap.days import first_day
from analysis.overlap.runs import SHINGLE
from analysis.schema import each_article, rows_of
from analysis.tables import BODY_KINDS
from analysis.wording_lists import SIDES

#: Attributions and words that an answer lists, at most.
_LISTED = 8
Asked = tuple[str, list[str]]


def labels(tables: Tables) -> Asked:
    """By which expressions the actor with most of them is called."""
    named = actors_in(tables["labels"])
    if not named:
        return "Which actors are named, and by which expressions?", ["None was found, or the text is not English."]
    actor = max(named, key=lambda name: len(expressions_for(tables["labels"], name)))
    found = expressions_for(tables["labels"], actor)
    asked = f"By which expressions is {actor} called in this article, and how often by each?"
    return asked, [f"“{expression}”: {how_many(n, 'use')}" for expression, n in found]


def loaded_words(tables: Tables) -> Asked:
    """Which words of one contrast the article uses, and in whose voice; the contrast with most uses."""
    lists = tables["wording"]
    found = listed_words(tables, lists)
    contrast = found["contrast"].mode().iloc[0] if len(found) else lists["contrast"].iloc[0]
    listed = lists[lists["contrast"] == contrast]
    sides = "; ".join(f"{side}: {', '.join(listed.loc[listed['side'] == side, 'expression'])}" for side in SIDES)
    asked = f"Which of these words does the article use, and which of them in its author's voice? {sides}."
    own = found[found["contrast"] == contrast]
    told = [
        f"“{row.surface}”, sentence {row.sentence}, list {row.side}, {row.voice} voice: "
        f"{'counted' if row.voice == 'author' else 'not counted'}"
        for row in rows_of(own)
    ]
    return asked, first_few(told, _LISTED) or ["None of them was found, or the text is not English."]


def dispersion(tables: Tables) -> Asked:
    """How evenly the commonest term is spread."""
    term = commonest_term(tables)
    if not term:
        return "How evenly is the commonest word spread?", ["There is no word but stop words."]
    rows = rows_with_uses(tables, term)
    n = len(rows.attrs["words"])
    asked = (
        f"In how many of its {how_many(n, 'paragraph')} does this article use “{term}”? Is its dispersion nearer to "
        "0 or 1?"
    )
    used = sum(map(bool, rows.attrs["n"]))
    return asked, [f"In {used} of {n}.", *dispersion_lines(rows)]


def collocates(tables: Tables) -> Asked:
    """Whether a word stands beside the commonest term more often than elsewhere."""
    found = find_beside(tables)
    if found is None:
        return "Which word stands beside the commonest one?", ["No word but stop words stands twice or more beside it."]
    asked = (
        f"“{found.word}” is used {how_many(found.n, 'time')} among {how_many(found.words, 'word')}; {found.beside:,} "
        f"of these stand beside “{found.term}”, among them {how_many(found.together, 'use')} of “{found.word}”. How "
        "many would be expected there?"
    )
    return asked, collocate_lines(found)[1:]


def shares(tables: Tables) -> Asked:
    """Which share of the statements is direct."""
    made = asserted_statements(tables["attributions"])
    if made.empty:
        return "Which share of the statements is direct?", ["There is no statement to count."]
    n = int((made["kind"] == "direct").sum())
    asked = f"{n} of {how_many(len(made), 'statement')} are direct. Which share is that, and between what may it lie?"
    return asked, [f"{n} / {len(made)} = {format_value(100 * n / len(made), '.1f')}\u00a0%", *share_lines(n, len(made))]


def runs(tables: Tables) -> Asked:
    """How many runs of five words a sentence has."""
    found = [runs_of(row, text) for row, text in passages(tables, BODY_KINDS)]
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    best = min((own for own in found if own.runs), key=lambda own: len(own.runs), default=None)
    if best is None:
        return f"How many runs of {SHINGLE} words has the first sentence?", [f"No sentence has {SHINGLE} words."]
    written = " ".join(texts[best.row.article_id][best.row.start : best.row.end].split())
    return f"Which runs of {SHINGLE} words has this sentence? “{written}”", run_lines(best)


def event(tables: Tables) -> Asked:
    """What of this article the event check would hold against another."""
    asked = "By which day does this article date what it reports, and whom does it name most, states aside?"
    facts = find_facts(tables["articles"], tables["sentences"])
    article, own, named = next(each_article(tables["articles"], facts, tables["labels"]))
    day, most = first_day(article.text, own), most_named(named)
    return asked, [
        "No day that dates the report." if day is None else f"“{' '.join(article.text[day.start : day.end].split())}”.",
        "Nobody named was found, or the text is not English."
        if most is None
        else f"{most.actor}: {how_many(sum(row.actor == most.actor for row in named), 'use')}.",
    ]


def certainty(tables: Tables) -> Asked:
    """Which attributions are statements that were made, and which of them are doubtful."""
    found = tables["attributions"]
    asked = (
        "Which attributions of this article are attitudes, which were not made, which are inside another's words, and "
        "which of the others are doubtful?"
    )
    if found.empty:
        return asked, ["No attribution was found."]
    told = [
        f"{opening(row.content)}: {verdict}"
        for row, verdict in zip(rows_of(found), verdicts(found), strict=True)
        if verdict != "made"
    ]
    return asked, [*first_few(told, _LISTED), *certainty_lines(found)]


def differences(tables: Tables) -> Asked:
    """Whether the share of direct statements differs between the halves of the statements."""
    direct = (asserted_statements(tables["attributions"])["kind"] == "direct").tolist()
    if len(direct) < 2:
        return "Does the share of direct statements differ between the halves of the article?", [
            "That takes two statements."
        ]
    middle = (len(direct) + 1) // 2
    n, n_other = sum(direct[:middle]), sum(direct[middle:])
    asked = (
        f"Of the first {how_many(middle, 'statement')} {n} are direct, of the other {len(direct) - middle} {n_other}. "
        "Which is the difference of the shares, and is zero in its interval?"
    )
    return asked, difference_lines(n, middle, n_other, len(direct) - middle)


def keyness(tables: Tables) -> Asked:
    """How strongly the commonest term is tied to one half of the article."""
    dealt = deal(tables)
    if dealt is None:
        return "Is the commonest word tied to one half of the article?", ["That takes a term and two sentences."]
    (n, n_other), (words, words_other) = (tuple(map(int, counts[0])) for counts in (dealt.uses, dealt.words))
    asked = (
        f"“{dealt.term}” is used {how_many(n, 'time')} among the {words:,} words of the first half, and "
        f"{how_many(n_other, 'time')} among the {words_other:,} of the second. Which are the four cells, what is "
        "expected in each, and what is G2?"
    )
    return asked, g2_lines(n, n_other, words, words_other)
