"""What every summary must keep to: one function for each rule, which says where a run breaks it.

A check takes a `pairs.Run` (two of them, where a rule is about two summaries) and returns a list of what is wrong: empty
if nothing is. Checks see claims, parts and tables, not particular sentences, so that they hold for whatever is stated. They
do not trust `Claim.pieces` or `Claim.own_words`: `decompose` takes a sentence apart anew.
"""

from __future__ import annotations

import csv
import json
import math
import re
import string
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache, wraps
from html import escape as html_escape
from html import unescape as html_unescape
from importlib import resources
from itertools import groupby
from typing import Any

import mistune
import pandas as pd

from analysis.association import ALPHA
from analysis.claims.claim import Cell, Name, Quotation, Word
from analysis.tables import TABLES
from analysis.terms import concordance
from analysis.text import split_words

DECLARED = {table.name: table for table in TABLES}

# ------------------------------------------------------------------------------------------- a sentence, taken apart


def kept(function):
    """Remember what a function gave for the very object it was given; the object stays alive, and with it its id."""
    memory = {}

    @wraps(function)
    def remembering(thing, *rest):
        key = (id(thing), *rest)
        if key not in memory:
            memory[key] = thing, function(thing, *rest)
        return memory[key][1]

    return remembering


@dataclass(frozen=True)
class Piece:
    """A stretch of a sentence: the program's own words, a number, a quotation, or a name."""

    kind: str
    text: str
    part: Any = None
    spec: str = ""


class UnexplainedError(ValueError):
    """A sentence is not its template filled with its parts."""


_NUMBER = re.compile(r"−?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?")


#: A quotation that ends as a sentence does.
_ENDED = re.compile(r"[.?!…]’?”$")


@kept
def decompose(claim):
    """Take a sentence apart, from left to right, along its template.

    Raises
    ------
    UnexplainedError
        What stands in the sentence is not what the template and the parts say.
    """
    found, at = [], 0

    def take(kind, expected, part=None, spec=""):
        nonlocal at
        if not claim.text.startswith(expected, at):
            raise UnexplainedError(f"expected {expected!r} at {at} of {claim.text!r}")
        found.append(Piece(kind, expected, part, spec))
        at += len(expected)

    for literal, field, spec, _ in string.Formatter().parse(claim.template):
        if literal.startswith(".") and found and found[-1].kind == "quotation" and _ENDED.search(found[-1].text):
            literal = literal[1:]  # the quotation ends the sentence
        if literal:
            take("own", literal)
        if field is None:
            continue
        part, spec = claim.parts[field], spec or ""
        if isinstance(part, Quotation):
            take("quotation", f"“{part.value}”", part)
        elif isinstance(part, Name):
            take("name", part.value, part)
        elif isinstance(part, Word):
            take("own", part.value, part)
        elif not isinstance(part, Cell):  # an actor: a canonical name, out of the alias table
            take("actor", part.value, part)
        elif isinstance(part.value, str):
            take("own", part.value, part)
        elif "|" in spec:
            take("own", spec.split("|")[0 if part.value == 1 else 1], part, spec)
        elif number := _NUMBER.match(claim.text, at):
            take("number", number[0], part, spec)
        else:
            raise UnexplainedError(f"expected a number at {at} of {claim.text!r}")
    if at != len(claim.text):
        raise UnexplainedError(f"{claim.text[at:]!r} is left over of {claim.text!r}")
    return found


def own_voice(claim):
    """What is left of a sentence without its numbers, names and quotations."""
    return " ".join(piece.text for piece in decompose(claim) if piece.kind == "own")


def words_of(text):
    """The words of a text, lower case."""
    return [word.lower() for word in re.findall(r"[^\W\d_](?:[^\W\d_]|[–'-](?=[^\W\d_]))*", text)]


def own_words(claim):
    """The words of the program's own voice in a claim, hyphens and dashes apart."""
    return [part for word in words_of(own_voice(claim)) for part in re.split("[–-]", word)]


def vocabulary():
    """The words of the closed vocabulary."""
    lines = resources.files("analysis").joinpath("data/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    return {
        part for line in lines if not line.startswith("#") for word in line.split() for part in re.split("[–-]", word)
    }


# --------------------------------------------------------------------------------------- whom a claim is about


def group_of(run, part):
    """The group that a part belongs to; None if to none, or if its figure is the same for all."""
    if isinstance(part, Name):
        return part.group
    if isinstance(part, Quotation):
        return run.group_of.get(part.article_id)
    if isinstance(part, Cell):
        return None if _shared(run, part) else key_group(run, part)
    return None


def key_group(run, cell):
    """The group whose row a figure stands in; None for a row about a pair of texts, or about none."""
    return None if "other_id" in cell.key else cell.key.get("group", run.group_of.get(cell.key.get("article_id")))


def _shared(run, cell):
    """Tell whether a figure is the same for every group, like the number of tested terms."""
    frame = run.tables.get(cell.table)
    if frame is None or cell.column not in frame or "group" not in cell.key:
        return False
    others = tuple((name, value) for name, value in cell.key.items() if name != "group")
    return _one_value(frame, cell.column, others)


@kept
def _one_value(frame, column, key):
    rows = frame.loc[matching(frame, dict(key)), column]
    return len(rows) > 1 and rows.nunique(dropna=False) == 1


def about(run, claim):
    """The groups that a claim names, quotes or takes figures from."""
    parts = [part for part in claim.parts.values() if not (isinstance(part, Quotation) and _in_all(run, part))]
    return {group for part in parts if (group := group_of(run, part)) is not None}


def given_figures(run, claim):
    """The groups whose figures a claim gives, those that are the same for all among them."""
    return {key_group(run, part) for part in claim.parts.values() if isinstance(part, Cell)} - {None}


def subject(run, claim):
    """The group that a sentence names first; without a name, the one whose figures it gives, if it is one."""
    named = [piece.part.group for piece in decompose(claim) if piece.kind == "name"]
    groups = {group_of(run, part) for part in claim.parts.values() if isinstance(part, Cell)} - {None}
    return named[0] if named else next(iter(groups)) if len(groups) == 1 else None


def is_single(run, claim):
    """Tell whether a claim is about one group alone."""
    return len(about(run, claim)) == 1 and subject(run, claim) is not None


_ABSENT = re.compile(
    r"\b(none found|not found|no|none|not scored|not looked for|withheld|nothing|without)\b", re.IGNORECASE
)


def states_absence(claim):
    """Tell whether a claim says that there is none, or why there is no figure."""
    return bool(_ABSENT.search(own_voice(claim)))


_WITHHELD = re.compile(r"\b(not looked for|not scored|not compared|withheld|not english|no sentence)\b", re.IGNORECASE)


def withholds(claim):
    """Tell whether a claim says that something cannot be measured."""
    return bool(_WITHHELD.search(own_voice(claim)))


def matching(frame, key):
    """Which rows have this key."""
    chosen = pd.Series(True, index=frame.index)
    for name, value in key.items():
        chosen &= frame[name] == value
    return chosen


def _rendered(run, claim):
    """The pieces that are not the program's own, each with the group it belongs to; to none, if a quotation stands in all."""
    return [
        (
            None if piece.kind == "quotation" and _in_all(run, piece.part) else group_of(run, piece.part),
            piece.kind,
            piece.text,
        )
        for piece in decompose(claim)
        if piece.kind != "own"
    ]


def _in_all(run, quoted):
    return all(quoted.value.casefold() in text.casefold() for text in run.text_of.values())


# ----------------------------------------------------------------------------------------------------- 1, swap


def check_swap(run, back):
    """Exchange of the sources exchanges the sides, and nothing else.

    `back` is the run with the sources in another order. Each sentence of one run is in the other, in one of three ways:
    word for word; as a list of sides, whose items stand in the order of the sources; or, between two sides, as a
    difference taken the other way round, each name and each figure being that of the other side. And the exchange is
    visible: where each side has sentences of one kind, the first is about the first source.
    """
    wrong = _check_same_rows(run, back)
    unmatched = []
    left = defaultdict(list)
    for claim in back.claims:
        left[_fingerprint(claim)].append(claim)
    for claim in run.claims:
        if left[_fingerprint(claim)]:
            left[_fingerprint(claim)].pop()
        else:
            unmatched.append(claim)
    rest = [claim for claims in left.values() for claim in claims]
    for claim in unmatched:
        partner = next((one for one in rest if _is_exchange(run, claim, back, one)), None)
        if partner is None:
            wrong.append(f"has no counterpart when the sources are exchanged: {claim.text}")
        else:
            rest.remove(partner)
    wrong += [f"is there only when the sources are exchanged: {claim.text}" for claim in rest]
    for one in (run, back):
        wrong += _check_first_comes_first(one)
    if [subject(run, claim) for claim in run.claims] == [subject(back, claim) for claim in back.claims]:
        wrong.append("the order of the sources changes nothing that a reader sees")
    return wrong


def _fingerprint(claim):
    return claim.section, claim.statistic, claim.text, frozenset(claim.spans)


def _is_exchange(run, claim, back, other):
    if (claim.section, claim.statistic) != (other.section, other.statistic):
        return False
    return _is_same_list(run, claim, back, other) or _is_reversed_difference(run, claim, back, other)


def _is_same_list(run, claim, back, other):
    """The same items for each side, sides in the order of the sources."""
    here, there = _rendered(run, claim), _rendered(back, other)
    if Counter(here) != Counter(there) or Counter(own_words(claim)) != Counter(own_words(other)):
        return False
    if any(  # the items of each side keep their order
        [item for item in here if item[0] == group] != [item for item in there if item[0] == group]
        for group in run.groups
    ):
        return False
    own = {group for group, kind, _ in here if kind == "number"} - {None}
    if own and not given_figures(run, claim) >= _names(claim) and "none" not in own_words(claim):  # of one side alone
        return False
    return all(_names_in_order(one, items) for one, items in ((run, here), (back, there)))


def _names_in_order(run, items):
    """Tell whether the groups are first named in the order of the sources."""
    named = list(dict.fromkeys(group for group, kind, _ in items if kind == "name"))
    return named == [group for group in run.groups if group in named]


def _is_reversed_difference(run, claim, back, other):
    """The same template, with every name, quotation and figure taken from the other side."""
    if len(run.groups) != 2 or len(_names(claim)) != 2 or claim.template != other.template:
        return False
    exchanged = dict(zip(run.groups, run.groups[::-1], strict=True))
    if subject(back, other) != exchanged[subject(run, claim)]:
        return False
    for name, part in claim.parts.items():
        partner = other.parts[name]
        if type(part) is not type(partner):
            return False
        if isinstance(part, Name | Quotation):
            if group_of(back, partner) != exchanged[group_of(run, part)] and part != partner:
                return False
        elif isinstance(part, Cell) and "group" in part.key:
            key = {**part.key, "group": exchanged[part.key["group"]]}
            if not matching(run.tables[part.table], key).any():  # the table has the difference once, for either side
                key = dict(part.key)
            if (partner.table, partner.column, dict(partner.key)) != (part.table, part.column, key):
                return False
        elif isinstance(part, Cell) and "article_id" in part.key:
            if group_of(back, partner) not in (exchanged.get(group_of(run, part)), None):
                return False
        elif part != partner:
            return False
    return not check_cells(back.saying([other]))


def _check_first_comes_first(run):
    """Where every group has claims of a kind of its own, the first of them is about the first source."""
    wrong = []
    kinds = defaultdict(list)
    for claim in run.claims:
        if is_single(run, claim):
            kind = (claim.section, claim.statistic, states_absence(claim), withholds(claim))
            kinds[kind].append(subject(run, claim))
    for kind, subjects in kinds.items():
        if set(subjects) == set(run.groups) and subjects[0] != run.groups[0]:
            wrong.append(f"{kind} begins with {subjects[0]!r}, but the first source is {run.groups[0]!r}")
    return wrong


def _check_same_rows(run, back, tables=None):
    """Every table has the same rows, in whatever order."""
    wrong = []
    for name in tables or run.tables:
        one, other = (_sorted_rows(each.tables[name]) for each in (run, back))
        if one != other:
            only = next((a, b) for a, b in zip([*one, None], [*other, None], strict=False) if a != b)
            wrong.append(f"table {name} has other rows when the sources are exchanged: {only}")
    return wrong


@kept
def _sorted_rows(frame):
    """Rows in one order; a row about a pair of texts is the same whichever of them it begins with."""
    columns = sorted(frame.columns)
    partners = {name: f"other_{name}" for name in columns} | {"article_id": "other_id"}
    turned = {a: b for name, other in partners.items() if other in columns for a, b in ((name, other), (other, name))}
    rows = [repr(tuple(row[name] for name in columns)) for row in frame.to_dict("records")]
    if "other_id" in columns:
        mirrored = frame.rename(columns=turned)[columns].to_dict("records")
        rows = [min(one, repr(tuple(row[name] for name in columns))) for one, row in zip(rows, mirrored, strict=True)]
    return sorted(rows)


# ----------------------------------------------------------------------------------------------------- 2, self


_COMPARATIVES = {
    "more", "less", "fewer", "higher", "lower", "greater", "smaller", "larger", "longer", "shorter", "harder", "easier",
    "stronger", "weaker", "better", "worse", "oftener", "rarer", "wider", "narrower", "heavier", "lighter", "sooner", "later",
    "earlier",
}  # fmt: skip
_DIFFERENCES = {"log_ratio", "g2", "z", "difference"}


def check_self(run):
    """Two articles of one text do not differ: no comparative, and no difference but zero."""
    wrong = [f"compares a text with itself: {claim.text}" for claim in run.claims if comparatives(claim)]
    for name in ("keyness", "keyness_author", "readability_by_group", "attribution_counts"):
        frame = run.tables[name]
        for column in _DIFFERENCES & set(frame.columns):
            if (frame[column].fillna(0) != 0).any():
                wrong.append(f"{name}.{column} is not zero for a text and itself")
    for claim in run.claims:
        for part in claim.parts.values():
            if (
                isinstance(part, Cell)
                and part.column in _DIFFERENCES
                and part.value != 0
                and "placebo" not in part.table
            ):
                wrong.append(f"states a difference of a text from itself: {claim.text}")
    return wrong


def check_alike(run):
    """Of two articles of one text, the same is said: the same sentences with the same figures, to the last digit."""
    wrong = []
    told = {group: _told_of(run, group) for group in run.groups}
    first, *others = told
    for other in others:
        one, two = Counter(told[first]), Counter(told[other])
        wrong += [f"of one text and itself, different things are said: only of {first!r}, {what}" for what in one - two]
        wrong += [f"of one text and itself, different things are said: only of {other!r}, {what}" for what in two - one]
    return wrong


def _told_of(run, group):
    """All that is said of one group, without its name: kind of claim, template where it stands alone, and figures."""
    told = []
    for claim in run.claims:
        groups = about(run, claim)
        if groups == {group}:
            told.append((claim.statistic, claim.template, *_figures(run, claim, group)))
        elif group in groups and len(groups) > 1:
            told.append((claim.statistic, *_figures(run, claim, group)))
    return told


def _figures(run, claim, group):
    return [text for whose, kind, text in _rendered(run, claim) if whose == group and kind in ("number", "quotation")]


def check_mirror(run):
    """Of two texts of one shape, sentences of one shape are said, and as many: the same kinds, fields and k."""
    shapes = {
        group: Counter(
            (claim.section, claim.statistic, claim.template)
            for claim in run.claims
            if subject(run, claim) == group and (is_single(run, claim) or len(_names(claim)) == 1)
        )
        for group in run.groups
    }
    first, *others = shapes
    return [
        f"{group!r} and {first!r} have texts of one shape, but not sentences: {shape}"
        for group in others
        for shape in (shapes[first] - shapes[group]) + (shapes[group] - shapes[first])
    ]


def _names(claim):
    return {part.group for part in claim.parts.values() if isinstance(part, Name)}


# ------------------------------------------------------------------------------------------------- 3, renaming


def check_renaming(run, renamed, names):
    """Under other names everything stays, but the names: every sentence in its place, every cell of every table."""
    wrong = []
    translated = {**names, **{group: names.get(group, group) for group in run.groups}}
    if len(run.claims) != len(renamed.claims):
        wrong.append(f"{len(run.claims)} claims became {len(renamed.claims)}")
    for claim, other in zip(run.claims, renamed.claims, strict=False):
        if (claim.id, claim.statistic, claim.template) != (other.id, other.statistic, other.template):
            wrong.append(f"became another sentence under other names: {claim.text} – {other.text}")
            continue
        for one, two in zip(decompose(claim), decompose(other), strict=True):
            if one.kind == "name":
                same = translated.get(one.part.group, one.part.group) == two.part.group
            else:
                same = one.text == two.text and _group_free(one.part, translated) == _group_free(two.part, {})
            if not same:
                wrong.append(f"changed with the names: {one.text!r} became {two.text!r} in {other.text}")
        if {(translated.get(name, name), *rest) for name, *rest in claim.spans} != set(other.spans):
            wrong.append(f"rests on other passages under other names: {claim.text}")
    for name, frame in run.tables.items():
        here = frame.drop(columns=["path", "label", "outlet"], errors="ignore")
        there = renamed.tables[name][here.columns]
        for column in here.select_dtypes(include=["object", "string", "str"]):
            if column in ("article_id", "other_id", "group"):
                here = here.assign(**{column: here[column].map(lambda value: translated.get(value, value))})
        if not here.astype("object").equals(there.astype("object")):
            column = next(c for c in here if not here[c].astype("object").equals(there[c].astype("object")))
            wrong.append(f"{name}.{column} changed with the names")
    return wrong


def _group_free(part, names):
    if isinstance(part, Cell):
        return part.table, part.column, {name: names.get(value, value) for name, value in part.key.items()}
    if isinstance(part, Quotation):
        return names.get(part.article_id, part.article_id), part.start, part.end
    return part


# ----------------------------------------------------------------------------------------------- 4, vocabulary


@cache
def canonical_names():
    """The names that the alias table gives: what stands in any of its cells."""
    table = resources.files("analysis").joinpath("data/aliases.csv")
    lines = table.read_text(encoding="utf-8").splitlines() if table.is_file() else []
    return {cell.strip() for row in csv.reader(line for line in lines if not line.startswith("#")) for cell in row}


#: Never, in the program's own voice. The beginning of a word is enough where it ends in a hyphen.
NEVER = (
    "omit-", "ignor-", "fail-", "bias-", "propagand-", "mislead-", "slant-", "balance-", "unbalance-", "objective-",
    "admit-", "claims", "claimed", "claiming", "hide-", "conceal-", "distort-", "spin", "fake", "neglect-", "overlook-",
    "partisan-", "neutrality", "trust-", "credib-", "reliab-", "honest-", "dishonest-", "li-es", "winner", "wins", "loser",
    "best", "worst", "better", "worse", "verdict", "rating", "rank-", "unfair-", "fair", "extrem-", "radical-",
)  # fmt: skip


def check_vocabulary(run):
    """Strip quotations, names and numbers, and every word that remains is in the vocabulary file; headings too."""
    known = vocabulary()
    wrong = []
    for claim in run.claims:
        try:
            own = own_words(claim)
        except UnexplainedError as error:
            wrong.append(str(error))
            continue
        wrong += [
            f"{piece.text!r} is no canonical name: {claim.text}"
            for piece in decompose(claim)
            if piece.kind == "actor" and piece.text not in canonical_names()
        ]
        unknown = {*own, *words_of(claim.section)} - known
        wrong += [f"{word!r} is not in the vocabulary: {claim.text}" for word in sorted(unknown)]
    return wrong


def check_never(run):
    """No word of judgement, whatever the vocabulary holds."""
    return [
        f"{word!r} in the program's own voice: {claim.text}"
        for claim in run.claims
        for word in [*own_words(claim), *words_of(claim.section)]
        if is_never(word)
    ]


def is_never(word):
    """Tell whether a word may not be said."""
    return any(word.startswith(stem[:-1]) if stem.endswith("-") else word == stem for stem in NEVER)


_TAG = re.compile(r"</?(?:strong|li|p|h1|h2)>|<ol[^>]*>|</ol>")


def check_summary(run):
    """Read as Markdown, the summary is its claims: headings, and each sentence once, in its place, with its number; no more.

    Nothing in a sentence is markup, but for the names of the groups, which may stand in bold; and nothing turns its
    direction: a control is shown by its code, and what runs from right to left stands in an isolate.
    """
    html = mistune.html(run.summary)
    wrong = []
    if turning := sorted(
        {c for c in _ISOLATE.sub("", run.summary) if _turns(c)} | {c for c in run.summary if _is_control(c)}
    ):
        wrong.append(f"the summary holds what could turn a line: {turning}")
    if strange := set(re.findall(r"<[^>]*>", _TAG.sub("", html))):
        wrong.append(f"the summary holds markup: {sorted(strange)}")
    headings = list(dict.fromkeys(claim.section for claim in run.claims))
    if [_plain(found) for found in re.findall(r"<h\d>(.*?)</h\d>", html, re.DOTALL)] != [
        "Summary",
        *map(_plain, headings),
    ]:
        wrong.append("the summary has other headings than its claims")
    items = re.findall(r"<li>(.*?)</li>", html, re.DOTALL)
    starts = [int(start or 1) for start in re.findall(r"<ol(?: start=\"(\d+)\")?>", html)]
    first = {
        heading: place for place, claim in reversed([*enumerate(run.claims, start=1)]) for heading in [claim.section]
    }
    if starts != [first[heading] for heading in headings]:
        wrong.append(f"the sentences are numbered {starts}, not {[first[heading] for heading in headings]}")
    if len(items) != len(run.claims):
        wrong.append(f"the summary has {len(items)} sentences, and there are {len(run.claims)} claims")
    if beside := _plain(re.sub(r"<(li|h\d)>.*?</\1>", "", html, flags=re.DOTALL)):
        wrong.append(f"beside headings and sentences stands {beside!r}")
    if re.findall(r"^(\d+)\. ", run.summary, re.MULTILINE) != [str(place) for place in range(1, len(run.claims) + 1)]:
        wrong.append("the sentences are not numbered one by one")
    for item, claim in zip(items, run.claims, strict=False):
        if _plain(_bare(item)) != _plain(html_escape(claim.text)):
            wrong.append(f"{_plain(item)!r} is not what the claim says: {claim.text!r}")
        names = {_plain(html_escape(piece.text)) for piece in decompose(claim) if piece.kind == "name"}
        bold = {_plain(_bare(found)) for found in re.findall(r"<strong>(.*?)</strong>", item, re.DOTALL)}
        if bold and bold != names:
            wrong.append(f"in bold are {bold}, not the names {names}: {claim.text!r}")
    return wrong


_ISOLATE = re.compile("\u2068[^\u2068\u2069\\n]*\u2069")
_CODE = re.compile(r"\[U\+([0-9A-F]{4,6})\]")


def _turns(character):
    return unicodedata.bidirectional(character) in ("R", "AL", "AN") or character in "\u2068\u2069"


def _is_control(character):
    """Unseen characters other than breaks, tabs, isolates as the summary sets them, and what belongs to a word."""
    return unicodedata.category(character) in ("Cc", "Cf") and character not in "\n\t\u2068\u2069\u00ad\u200c\u200d"


def _bare(html):
    """A sentence of the summary as the claim has it: without isolates, and codes as the controls they stand for."""
    return _CODE.sub(lambda found: chr(int(found[1], 16)), re.sub("[\u2068\u2069]", "", html))


def _plain(html):
    """Text as a reader sees it, blanks and line breaks alike."""
    return " ".join(html_unescape(re.sub(r"<[^>]*>", "", html)).split())


# ------------------------------------------------------------------------------- 5, verbatim, and what is quoted


def check_quotations(run):
    """Each quotation is text[start:end] of its article, in quotation marks, and every span lies inside its text."""
    wrong = []
    for claim in run.claims:
        for piece in decompose(claim):
            if piece.kind == "quotation":
                quoted = piece.part
                text = run.text_of.get(quoted.article_id, "")
                if not 0 <= quoted.start < quoted.end <= len(text) or text[quoted.start : quoted.end] != quoted.value:
                    wrong.append(f"{quoted.value!r} is not what stands at {quoted.start}–{quoted.end}: {claim.text}")
                if piece.text != f"“{quoted.value}”":
                    wrong.append(f"{quoted.value!r} is quoted without its marks: {claim.text}")
                if (quoted.article_id, quoted.start, quoted.end) not in claim.spans:
                    wrong.append(f"{quoted.value!r} is quoted but not among the spans: {claim.text}")
        for article_id, start, end in claim.spans:
            if not 0 <= start < end <= len(run.text_of.get(article_id, "")):
                wrong.append(f"a span lies outside its text: {article_id} {start}–{end} of {claim.text}")
    return wrong


# --------------------------------------------------------------------------------- 7, ids, numbers, recomputation


def recompute(run, claim, cell):
    """Work out a figure that is no column of a table, from the rows that match its key; None if nothing says how."""
    rows = run.tables[cell.table]
    rows = rows[matching(rows, cell.key)]
    if summed := re.fullmatch(r"sum\((\w+)\)", cell.column):
        return int(rows[summed[1]].sum())
    if cell.column == "number of rows":
        return len(rows)
    if cell.column == "articles without":
        return len(set(run.tables["articles"]["article_id"]) - set(rows["article_id"]))
    if cell.column == "number of pairs":
        return len(rows[["article_id", "other_id"]].drop_duplicates())
    if cell.column == "other sources with as many words":  # without the one that the sentence quotes
        return int((rows["source_type"] != "none").sum()) - 1
    if "p_adjusted" not in rows:
        return None
    passing = (rows["p_adjusted"] <= ALPHA) & (rows["log_ratio"] > 0)
    if cell.column == "terms past the gate":
        return int(passing.sum())
    if cell.column == "other terms past the gate":  # without those that the sentence quotes
        quoted = [part for part in claim.parts.values() if isinstance(part, Quotation)]
        return int(passing.sum()) - sum(run.group_of[one.article_id] == cell.key["group"] for one in quoted)
    return None


def check_ids(run):
    """Every sentence has an id of its own, and a statistic."""
    ids = Counter(claim.id for claim in run.claims)
    wrong = [f"the id {claim_id!r} stands for {n} sentences" for claim_id, n in ids.items() if n > 1]
    wrong += [f"has no id or no statistic: {claim.text}" for claim in run.claims if not (claim.id and claim.statistic)]
    return wrong


def check_numbers(run):
    """Every number in a sentence is the value of a cell, as it is written; and no digit stands anywhere else."""
    wrong = []
    for claim in run.claims:
        try:
            pieces = decompose(claim)
        except UnexplainedError as error:
            wrong.append(str(error))
            continue
        for piece in pieces:
            if piece.kind == "own" and re.search(
                r"(?<![A-Za-z])\d", piece.text
            ):  # the name of a measure may have one: G2
                wrong.append(f"a number that is no cell: {piece.text!r} in {claim.text}")
            if piece.kind == "number" and not is_written(piece.text, piece.part.value, piece.spec):
                wrong.append(f"{piece.text} stands for {piece.part.value}: {claim.text}")
        if re.search(r"\b(nan|inf|True|False)\b", own_voice(claim)):
            wrong.append(f"a missing value in words: {claim.text}")
    return wrong


def is_written(text, value, spec):
    """Tell whether a number as printed is a value, to the decimals that are printed."""
    if not math.isfinite(value):
        return False
    printed = float(text.replace(",", "").replace("−", "-"))
    decimals = len(text.partition(".")[2])
    scale = 100 if spec.endswith("%") else 1
    return abs(printed - scale * value) <= 0.5 * 10**-decimals + 1e-9


def check_cells(run):
    """Every cell is what its table says, at its key and column, and every setting is that of the run."""
    wrong = []
    for claim in run.claims:
        cells = {**claim.parts, "value": claim.value, "lower": claim.lower, "upper": claim.upper}
        for cell in (part for part in cells.values() if isinstance(part, Cell)):
            if problem := _cell_problem(run, claim, cell):
                wrong.append(f"{problem}: {claim.text}")
    return wrong


def _cell_problem(run, claim, cell):
    if cell.table == "parameters":
        given = run.parameters.get(cell.key["name"], cell.value)
        return None if given == cell.value else f"{cell.key['name']} is {given}, not {cell.value}"
    if cell.table not in run.tables:
        return f"there is no table {cell.table!r}"
    frame = run.tables[cell.table]
    unknown = [name for name in cell.key if name not in frame]
    if unknown:
        return f"{cell.table} has no column {unknown[0]!r}"
    rows = frame[matching(frame, cell.key)]
    if cell.column not in frame:
        found = recompute(run, claim, cell)
        if found is None:
            return f"{cell.table} has no column {cell.column!r}, and nothing says how to recompute it"
        return None if found == cell.value else f"{cell.table}: {cell.column} is {found}, not {cell.value}"
    if len(rows) != 1:
        return f"{cell.table} has {len(rows)} rows for {dict(cell.key)}"
    found = rows[cell.column].iloc[0]
    same = found == cell.value or (pd.isna(found) and pd.isna(cell.value))
    return None if same else f"{cell.table}.{cell.column} is {found}, not {cell.value}"


def check_records(run):
    """claims.json holds every sentence with all that it takes to write it again, and says of which texts."""
    records = json.loads(run.records)
    wrong = []
    if [record["id"] for record in records] != [claim.id for claim in run.claims]:
        wrong.append("claims.json has other claims than the summary")
    for record in records:
        again = _written_again(record)
        if again != record["text"]:
            wrong.append(f"cannot be written again from claims.json: {record['text']!r} became {again!r}")
        if set(record["articles"]) != set(run.text_of):
            wrong.append(f"does not name its texts: {record['text']}")
    return wrong


def _written_again(record):
    """Fill a record's template: numbers are checked by `is_written` and taken as they stand."""
    out = ""
    for literal, field, spec, _ in string.Formatter().parse(record["template"]):
        out += literal
        if field is None:
            continue
        part = record["inputs"].get(field, {})
        if "quotation" in part:
            out += f"“{part['quotation']}”"
        elif "value" not in part or isinstance(part["value"], str):
            out += str(next((part[name] for name in ("name", "word", "actor", "value") if name in part), "?"))
        elif "|" in (spec or ""):
            out += spec.split("|")[0 if part["value"] == 1 else 1]
        else:
            number = _NUMBER.match(record["text"], len(out))
            out += number[0] if number and is_written(number[0], part["value"], spec or "") else "?"
    return out


def check_whose_figures(run):
    """In a sentence that names one group, every figure is that group's."""
    wrong = []
    for claim in run.claims:
        names = _names(claim)
        if len(names) == 1:
            figures = {group_of(run, p) for p in claim.parts.values() if isinstance(p, Cell)} - {None}
            wrong += [f"figures of {other!r} under the name of another: {claim.text}" for other in figures - names]
    return wrong


# ------------------------------------------------------------------------------------- 8 and 13, the same for each


#: Remarks on what limits one text, or on two that are alike: they stand where it is so, and not where it is not.
_ONE_SIDED = {"note", "two versions of one text"}


def check_same_fields(run):
    """Each group gets every kind of sentence that another gets, with the same fields, or a sentence that there is none."""
    wrong = []
    fields = defaultdict(lambda: defaultdict(set))
    told, excused = defaultdict(set), defaultdict(set)

    def is_stated(claim):
        return subject(run, claim) is not None and not states_absence(claim) and not withholds(claim)

    for claim in run.claims:
        whose = subject(run, claim)
        kind = (claim.section, claim.statistic)
        if whose is None or claim.statistic in _ONE_SIDED:
            continue
        if withholds(claim):
            excused[claim.section] |= {whose, *_names(claim)}
        told[kind] |= {whose, *given_figures(run, claim), *_names(claim)}
        if is_single(run, claim) and not states_absence(claim):
            fields[kind][whose].add(_fields(claim))
    for kind, groups in told.items():
        if any(is_stated(claim) for claim in run.claims if (claim.section, claim.statistic) == kind):
            missing = [group for group in run.groups if group not in groups | excused[kind[0]]]
            wrong += [f"{kind} is stated for {sorted(groups)}, and nothing for {group!r}" for group in missing]
        if len({frozenset(found) for found in fields[kind].values()}) > 1:
            wrong.append(f"{kind} has other fields for one group than for another: {dict(fields[kind])}")
    return wrong


def _fields(claim):
    """Which figures a sentence gives: tables and columns; how long its lists are does not count."""
    return frozenset((part.table, part.column) for part in claim.parts.values() if isinstance(part, Cell))


#: What the items of a list are called in its table, and the figure they go by.
_ITEMS = {
    "keyness": ("term", "n"), "sources": ("source", "n_words"), "wording_counts": ("expression", "n"),
    "label_ledger": ("expression", "n"),
}  # fmt: skip


def check_ties(run):
    """Lists go by their figure, then by the alphabet; k is the same for each side, as far as there are as many."""
    lists = defaultdict(list)
    for claim in run.claims:
        cells = [piece.part for piece in decompose(claim) if piece.kind == "number"]
        for (table, column), item in (((name, of[1]), of[0]) for name, of in _ITEMS.items()):
            listed = [cell for cell in cells if (cell.table, cell.column) == (table, column) and item in cell.key]
            by_list = groupby(
                listed, key=lambda cell: {name: cell.key[name] for name in ("group", "actor") if name in cell.key}
            )
            lists[claim.statistic, table] += [(key, list(own)) for key, own in by_list if claim.statistic != "keyness"]
    wrong = []
    for (statistic, table), found in lists.items():
        k = max((len(cells) for _, cells in found), default=0)
        item, column = _ITEMS[table]
        for key, cells in found:
            rows = run.tables[table][matching(run.tables[table], key)]
            rows = rows[(rows[column] > 0) & ~rows[item].str.casefold().isin(_PRONOUNS)]
            pairs = list(zip(-rows[column], rows[item], strict=True))
            stated = [(-cell.value, cell.key[item]) for cell in cells]
            ranked = sorted(pairs), sorted(pairs, key=lambda pair: (pair[0], pair[1].casefold()))
            if stated not in [order[:k] for order in ranked]:
                wrong.append(f"{statistic} of {dict(key)} are not the first {k} by {column}, then by {item}: {stated}")
        sides = {key.get("group") for key, _ in found}
        wrong += [
            f"{statistic} lists nothing of {group!r}, and {k} of another"
            for group in run.groups
            if found and group not in sides and len(_listable(run, table, group)) and not _is_withheld(run, group)
        ]
    return wrong + _check_stated_terms(run)


def _listable(run, table, group):
    item, column = _ITEMS[table]
    rows = run.tables[table]
    return rows[(rows["group"] == group) & (rows[column] > 0) & ~rows[item].str.casefold().isin(_PRONOUNS)]


def _is_withheld(run, group):
    return any(withholds(claim) and group in _names(claim) for claim in run.claims)


def _check_stated_terms(run):
    """Of the terms past the gate, each side has as many stated as another, as far as it has them.

    Of several groups, those with a higher rate may be stated alone, for all of them alike.
    """
    stated = Counter(subject(run, claim) for claim in run.claims if claim.statistic == "keyness")
    table = run.tables["keyness"]
    passed = table[table["p_adjusted"] <= ALPHA]
    k = max(stated.values(), default=0)
    higher, either = (rows["group"].value_counts() for rows in (passed[passed["log_ratio"] > 0], passed))
    ways = [higher] if len(run.groups) == 2 else [higher, either]
    if any(all(stated[group] == min(k or 1, there.get(group, 0)) for group in run.groups) for there in ways):
        return []
    return [f"{dict(stated)} terms are stated, and there are {higher.to_dict()} with a higher rate"]


_PRONOUNS = ("he", "she", "they", "it", "i", "we", "you", "who", "which", "that", "this", "these", "those")


# ---------------------------------------------------------------------------------------------- 9, comparatives


_NEGATED = re.compile(r"^(no|none|nor)\b", re.IGNORECASE)
#: Phrases that hold such a word and compare no side with another.
_NOT_COMPARED = re.compile(r"\blonger texts than\b|\bor more\b|\bmore\s+(?=(was|were)\s+set aside)")


def comparatives(claim):
    """The words of comparison in a sentence that says that something is so."""
    own = _NOT_COMPARED.sub(" ", own_voice(claim)).strip()
    return [] if _NEGATED.match(own) else sorted(set(words_of(own)) & _COMPARATIVES)


def check_comparatives(run):
    """ "More", "higher", "harder" and the like stand only where the evidence gate, or its like, is passed, and the right way round."""
    wrong = []
    limit = ALPHA if len(run.groups) == 2 else ALPHA / len(run.groups)
    for claim in run.claims:
        found = comparatives(claim)
        if not found:
            if _NEGATED.match(own_voice(claim).strip()) and "higher" in words_of(own_voice(claim)):
                wrong += _check_denial(run, claim)
            continue
        cells = [part for part in claim.parts.values() if isinstance(part, Cell)]
        gates = [cell for cell in cells if cell.column == "p_adjusted"]
        tests = [cell for cell in cells if cell.column == "p"]
        passed = [cell for cell in cells if cell.column in ("n_passed", "terms past the gate")]
        if not (gates or tests or passed):
            wrong.append(f"{found} without a test: {claim.text}")
        if any(not cell.value <= ALPHA for cell in gates) or any(not cell.value <= limit for cell in tests):
            wrong.append(f"{found} though the test is not passed: {claim.text}")
        for cell in gates:
            row = run.tables[cell.table][matching(run.tables[cell.table], cell.key)].iloc[0]
            if ("higher" in found) != (row["rate"] > row["rate_elsewhere"]) and {"higher", "lower"} & set(found):
                wrong.append(f"{found} the wrong way round: {claim.text}")
        for cell in tests:
            row = run.tables[cell.table][matching(run.tables[cell.table], cell.key)].iloc[0]
            if not (row["difference_lower"] > 0 or row["difference_upper"] < 0):
                wrong.append(f"{found} though the interval holds zero: {claim.text}")
            if ("harder" in found) != (row["difference"] > 0) and {"harder", "easier"} & set(found):
                wrong.append(f"{found} the wrong way round: {claim.text}")
    return wrong


def _check_denial(run, claim):
    """That no term has a higher rate is true."""
    table = run.tables["keyness"]
    own = table[table["group"].isin(_names(claim)) & (table["p_adjusted"] <= ALPHA)]
    return [f"denies what the table says: {claim.text}"] if (own["log_ratio"] > 0).any() else []


# --------------------------------------------------------------------------------------------------- 10, absence


_LACKING = {"absent", "missing", "lack", "lacks", "lacking", "unmentioned", "never", "silent", "silence", "unreported"}


#: Of whatever may be absent; nothing is said to be.
_OF_WHATEVER = re.compile(
    r"\babsent elsewhere passes\b|\bwhat one (of them )?lacks is given as not found\b", re.IGNORECASE
)


def check_absence(run):
    """What a side has not reads "not found in Y (n words searched)", n being the words of Y; and it is not there."""
    wrong = []
    for claim in run.claims:
        if not states_absence(claim) and not _LACKING & set(own_words(claim)):
            continue
        if about(run, claim) and not _OF_WHATEVER.search(own_voice(claim)):
            wrong += [f"{word!r} of an absence: {claim.text}" for word in sorted(_LACKING & set(own_words(claim)))]
        pieces = decompose(claim)
        for place, piece in enumerate(pieces):
            if piece.kind != "own" or not re.search(r"\bnot found in\b", piece.text):
                continue
            wrong += _check_bounded(run, claim, pieces, place)
    return wrong


def _check_bounded(run, claim, pieces, place):
    """One "not found in": the name, the words searched, and nothing found there."""
    after = pieces[place:]
    text = "".join(piece.text for piece in after)
    named = [piece.part.group for piece in after[1:2] if piece.kind == "name"]
    if not re.search(r"not found in .+? \([\d,]+ words? searched\)", text, re.DOTALL):
        return [f"an absence without the words searched: {claim.text}"]
    in_it = re.search(r"not found in it\b", pieces[place].text)
    where = subject(run, claim) if in_it else named[0] if named else None
    number = next(piece for piece in after if piece.kind == "number")
    inside = [where] if where else [group for group in run.groups if group != subject(run, claim)]
    searched = _words_searched(run, inside)
    wrong = []
    if number.part.value not in searched:
        wrong.append(
            f"{number.part.value} words are said to be searched in {inside}, not {sorted(searched)}: {claim.text}"
        )
    quoted = [piece.part for piece in pieces[:place] if piece.kind == "quotation"]
    if quoted and claim.statistic == "keyness" and run.parameters["voices"] == "all":
        articles = run.tables["articles"]
        elsewhere = articles[articles["group"].isin(inside)]
        if split_words(quoted[0].value) and len(concordance(elsewhere, run.tables["sentences"], quoted[0].value)):
            wrong.append(f"is found there: {claim.text}")
    return wrong


def _words_searched(run, groups):
    """The words of some groups, in the voices of the run, or of the author, or in all."""
    counts = run.tables["term_counts"]
    own = counts[(counts["order"] == 1) & counts["article_id"].map(run.group_of).isin(groups)]
    own = own[own["voice"] != "boilerplate"] if run.parameters["clean"] == "on" else own
    chosen = run.parameters["voices"]
    voices = set(own["voice"]) if chosen == "all" else {voice.strip() for voice in chosen.split(",")}
    return {
        int(own["n"].sum()),
        int(own.loc[own["voice"].isin(voices), "n"].sum()),
        int(own.loc[own["voice"] == "author", "n"].sum()),
    }


# --------------------------------------------------------------------------------------------------- 11 and 12


#: Verbs that give somebody the word. The program's own is "states".
_REPORTING = {
    "says", "said", "claims", "alleges", "insists", "argues", "admits", "warns", "writes",
    "tells", "asserts", "maintains", "notes", "reveals", "confirms", "acknowledges", "declares", "announces", "contends",
    "concedes", "explains", "stresses", "believes", "thinks", "suggests", "implies", "proclaims",
}  # fmt: skip


def check_verb(run):
    """One verb introduces what either article says, and kinds of sentence go on alike after either name."""
    wrong = []
    following = defaultdict(lambda: defaultdict(set))
    for claim in run.claims:
        pieces = decompose(claim)
        for word in own_words(claim):
            if word in _REPORTING:
                wrong.append(f"{word!r} introduces a text: {claim.text}")
        if pieces[0].kind == "name" and len(pieces) > 1 and is_single(run, claim) and not states_absence(claim):
            following[claim.section, claim.statistic][subject(run, claim)].add(tuple(words_of(pieces[1].text)[:1]))
    for kind, by_group in following.items():
        if len({frozenset(words) for words in by_group.values()}) > 1:
            wrong.append(f"{kind} goes on differently after each name: {dict(by_group)}")
    return wrong


_VERDICTS = {
    "bias", "slant", "score", "rating", "rank", "winner", "trust", "credibility", "partisanship", "lean", "leaning",
    "sentiment", "polarity", "stance", "truth", "quality", "verdict", "fairness", "balance", "index",
}  # fmt: skip
#: Scores that are published readability formulas.
_PUBLISHED = {"dale_chall_score", "smog_index", "coleman_liau_index", "automated_readability_index"}
#: Verdicts on whether two texts report one event: not on the texts.
_OF_EVENTS = {"event_check"}


def check_no_verdict(run):
    """No composite score, no winner, no verdict on truth or intent: neither a column nor a sentence."""
    wrong = []
    for name, frame in run.tables.items():
        for column in frame.columns:
            if column not in _PUBLISHED and name not in _OF_EVENTS and _VERDICTS & set(column.split("_")):
                wrong.append(f"{name}.{column} is a verdict")
    for claim in run.claims:
        own = set(own_words(claim))
        if {"truth", "intent"} & own and "not" not in own:
            wrong.append(f"speaks of truth or intent: {claim.text}")
        if (_VERDICTS - {"truth", "score", "index"}) & own or {"true", "false", "wrong", "correct", "right"} & own:
            wrong.append(f"is a verdict: {claim.text}")
        if "score" in own and not any(
            isinstance(part, Word) and "score" in part.value for part in claim.parts.values()
        ):
            wrong.append(f"gives a score: {claim.text}")
    return wrong


# ---------------------------------------------------------------------------------------------------- 16, intervals


def intervals_of(table):
    """Which columns of a table have an interval, and in which columns: from their names, and from what they are said to be."""
    names = table.names
    found = {}
    for column in table.columns:
        if column.name.endswith("_lower") and column.name.removesuffix("_lower") in names:
            found[column.name.removesuffix("_lower")] = (column.name, column.name.removesuffix("_lower") + "_upper")
    if "lower" in names and "upper" in names:
        meaning = next(column.meaning for column in table.columns if column.name == "lower")
        stated = re.search(r"interval of (\w+)", meaning)
        owner = stated[1] if stated and stated[1] in names else names[names.index("lower") - 1]
        found[owner] = ("lower", "upper")
    return found


def check_intervals(run):
    """A number with an interval in its table has it in its sentence: both ends, or the one there is."""
    wrong = []
    intervals = {name: intervals_of(table) for name, table in DECLARED.items()}
    for claim in run.claims:
        numbers = [piece.part for piece in decompose(claim) if piece.kind == "number"]
        given = {(cell.table, cell.column, tuple(sorted(map(str, cell.key.items())))) for cell in numbers}
        for cell in numbers:
            for end in intervals.get(cell.table, {}).get(cell.column, ()):
                row = run.tables[cell.table][matching(run.tables[cell.table], cell.key)].iloc[0]
                finite = pd.notna(row[end]) and math.isfinite(row[end])
                if finite and (cell.table, end, tuple(sorted(map(str, cell.key.items())))) not in given:
                    wrong.append(f"{cell.column} without its {end}, {row[end]:.3f}: {claim.text}")
    return wrong


# -------------------------------------------------------------------------------------- 18, 19 and 21, what is said


def check_opening(run):
    """The opening lines say what was set aside, which metadata are missing, the event check, engines, seed, and coverage."""
    first = list(dict.fromkeys(claim.section for claim in run.claims))[:1]
    opening = [claim for claim in run.claims if claim.section in first]
    cells = [part for claim in opening for part in claim.parts.values() if isinstance(part, Cell)]
    own = {word for claim in opening for word in own_words(claim)}
    wrong = []
    notes, articles = run.tables["notes"], run.tables["articles"]
    foreign = notes.loc[notes["subject"] == "language", "article_id"]
    unsearched = set(articles.loc[articles["article_id"].isin(foreign), "group"])
    for group in run.groups:
        columns = ["n_words", "n_sentences", "n_removed"]
        if run.parameters["attribution"] != "none" and group not in unsearched:  # sources were looked for
            columns += ["n_quotations", "n_unsourced"]
        for column in columns:
            if not any((c.table, c.column, c.key.get("group")) == ("coverage", column, group) for c in cells):
                wrong.append(f"the opening lines do not say {column} of {group!r}")
    lacking = run.tables["coverage"].set_index("group")["not_stated"]
    said = {word for cell in cells if cell.column == "not_stated" for word in cell.value.split(", ")}
    said |= {word for word in own if word in ("outlet", "author", "date", "address")}
    missing = {field for value in lacking for field in value.split(", ") if field}
    wrong += [f"the opening lines do not say that {field!r} is not stated" for field in sorted(missing - said)]
    if not {"outlet", "stated"} <= own and "metadata" not in {claim.statistic for claim in opening}:
        wrong.append("the opening lines say nothing of metadata")
    if "seed" not in {cell.key.get("name") for cell in cells}:
        wrong.append("the opening lines do not say the seed")
    if not any(
        isinstance(part, Word) and part.value == run.parameters["attribution"]
        for c in opening
        for part in c.parts.values()
    ):
        wrong.append("the opening lines do not say the engine of attribution")
    if not any(claim.statistic == "event check" for claim in opening):
        wrong.append("the opening lines do not say whether the texts report the same event")
    return wrong


def check_nothing_passes(run):
    """Where nothing passes, the summary says so, with the smallest difference that would have passed, for each group."""
    wrong = []
    detectable = run.tables["detectable"]
    if detectable["unit"].isna().all() or detectable["n_passed"].any():
        return wrong
    gate = [claim for claim in run.claims if claim.statistic == "evidence gate"]
    if not any(_NEGATED.match(own_voice(claim).strip()) for claim in gate):
        wrong.append("nothing passes the gate, and the summary does not say so")
    cells = [part for claim in run.claims for part in claim.parts.values() if isinstance(part, Cell)]
    for row in detectable.itertuples():
        if not row.n_tested:  # then it is the fewest uses of a tested term
            stated = any(cell.key.get("name") == "min_count" for cell in cells)
        elif pd.isna(row.n_needed):  # then there is no such number, which is to be said
            stated = any(
                row.group in _names(claim) and states_absence(claim)
                for claim in run.claims
                if "detectable" in claim.statistic
            )
        else:
            stated = any(
                (c.table, c.column, c.key.get("group")) == ("detectable", "n_needed", row.group) for c in cells
            )
        if not stated:
            wrong.append(
                f"nothing passes the gate, and the summary does not say what would have passed in {row.group!r}"
            )
    if any("higher" in comparatives(claim) or "lower" in comparatives(claim) for claim in run.claims):
        wrong.append("nothing passes the gate, and a rate is called higher or lower")
    return wrong


def check_scope(run):
    """The last words say that evidence concerns these texts, not their outlets."""
    last = [claim for claim in run.claims if claim.section == run.claims[-1].section] if run.claims else []
    said = [" ".join(words_of(own_voice(claim))) for claim in last]
    stated = any("these texts not their outlets" in text and "evidence" in text for text in said)
    return [] if stated else ["the scope is not stated"]


#: The rules that one run is held against.
CHECKS = {
    "4 closed vocabulary": check_vocabulary,
    "5 verbatim quotations": check_quotations,
    "7 every sentence has an id": check_ids,
    "7 every number is its claim's": check_numbers,
    "7 every cell is recomputed from its table": check_cells,
    "7 every sentence is written again from claims.json": check_records,
    "7 the summary is its claims": check_summary,
    "8 the same fields for each side": check_same_fields,
    "8 figures stand under the right name": check_whose_figures,
    "9 comparatives past the gate only": check_comparatives,
    "10 absence is bounded": check_absence,
    "10 words that are never said": check_never,
    "11 one verb": check_verb,
    "12 no verdict": check_no_verdict,
    "13 the same k, ties by term": check_ties,
    "16 intervals": check_intervals,
    "18 opening lines": check_opening,
    "19 nothing passes": check_nothing_passes,
    "21 scope": check_scope,
}
