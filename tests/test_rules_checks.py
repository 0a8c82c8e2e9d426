"""Every check of `rules_checks.py` catches what it is there to catch: a test that cannot fail is a defect.

Each mutant changes the claims of a run the way a partisan or careless programmer might, and its check must find more than
it finds in the run as it is.
"""

import string
from dataclasses import dataclass, fields, replace
from functools import lru_cache

import pytest
import rules_checks as rules
from conftest import make_articles
from pairs import MORE_PAIRS, PAIRS, Run, summarise

from analysis.claims.claim import Actor, Cell, Claim, Name, Quotation, Word

pytestmark = pytest.mark.slow
BASE = PAIRS["planted on both sides"]
TWICE = PAIRS["one text twice"]


@lru_cache
def furnished(case):
    """The run of a case, with sentences of each kind for each side: its length, its opening, its words by count.

    Mutants change these, so that they need not follow the sentences of the report wherever those go.
    """
    run = summarise(case)
    own = []
    for group in run.groups:
        name = Name(group, group)
        counts = run.tables["coverage"].set_index("group").loc[group]
        length = {
            column: Cell(int(counts[column]), "coverage", {"group": group}, column)
            for column in ("n_words", "n_sentences")
        }
        own.append(("length", "{name} has {n_words} words in {n_sentences} sentences.", {"name": name, **length}))
    for group in run.groups:
        opening = Quotation(run.text_of[group][:5], group, 0, 5)
        own.append(("opening", "{name} states: {quoted}.", {"name": Name(group, group), "quoted": opening}))
    for group in run.groups:
        rows = run.tables["keyness"]
        rows = rows[(rows["group"] == group) & (rows["n"] > 0)].sort_values(["n", "term"], ascending=[False, True])
        parts = {"name": Name(group, group)}
        for place, term in enumerate(rows["term"].head(3)):
            start = run.text_of[group].casefold().index(term)
            parts[f"term_{place}"] = Quotation(
                run.text_of[group][start : start + len(term)], group, start, start + len(term)
            )
            parts[f"n_{place}"] = Cell(int(rows["n"].iloc[place]), "keyness", {"group": group, "term": term}, "n")
        own.append(("words", "{name}: {term_0} ({n_0}), {term_1} ({n_1}), {term_2} ({n_2}).", parts))
    claims = [
        Claim(f"own-{number}", run.claims[0].section, statistic, template, parts, spans=tuple(
            (part.article_id, part.start, part.end) for part in parts.values() if isinstance(part, Quotation)
        ))
        for number, (statistic, template, parts) in enumerate(own, start=1)
    ]  # fmt: skip
    return run.saying([run.claims[0], *claims, *run.claims[1:]])


# ------------------------------------------------------------------------------------------------ how claims are changed


def first(run, **wanted):
    """The place of the first claim with this statistic, subject, or word."""
    for place, claim in enumerate(run.claims):
        if (
            wanted.get("statistic") in (None, claim.statistic)
            and wanted.get("about") in (None, rules.subject(run, claim))
            and wanted.get("word", "") in claim.template
            and isinstance(next(iter(claim.parts.values()), None), wanted.get("begins", object))
            and all(any(isinstance(part, kind) for part in claim.parts.values()) for kind in wanted.get("has", ()))
        ):
            return place
    raise LookupError(f"no claim with {wanted}")


def put(run, place, *claims):
    """The run with other claims in one place."""
    return run.saying([*run.claims[:place], *claims, *run.claims[place + 1 :]])


def drop(**wanted):
    """A mutant: one claim is left out."""
    return lambda run: put(run, first(run, **wanted))


def reword(old, new, **wanted):
    """A mutant: words of a template are exchanged."""

    def mutate(run):
        place = first(run, **{"word": old} | wanted)
        claim = run.claims[place]
        return put(run, place, refilled(claim, claim.template.replace(old, new, 1)))

    return mutate


def cut(mark, **wanted):
    """A mutant: a sentence ends before a mark."""

    def mutate(run):
        place = first(run, word=mark, **wanted)
        claim = run.claims[place]
        return put(run, place, refilled(claim, claim.template.partition(mark)[0] + "."))

    return mutate


def refilled(claim, template):
    """A claim with another template, and of its parts those that it uses."""
    used = {name for _, name, _, _ in string.Formatter().parse(template)}
    return replace(claim, template=template, parts={name: part for name, part in claim.parts.items() if name in used})


def say(template, *, last=True, statistic="mutant", spans=(), **parts):
    """A mutant: a sentence more, in the last section or in the first. A part may be a function of the run."""

    def mutate(run):
        made = {name: part(run) if callable(part) else part for name, part in parts.items()}
        like = run.claims[-1 if last else 0]
        claim = Claim("mutant-1", like.section, statistic, template, made, spans=tuple(spans))
        return run.saying([*run.claims, claim] if last else [claim, *run.claims])

    return mutate


def change(kind, change_part, where=lambda _: True, **wanted):
    """A mutant: the first part of a kind, in the first claim that has it, is another."""

    def mutate(run):
        for place, claim in enumerate(run.claims):
            if wanted.get("statistic") not in (None, claim.statistic):
                continue
            for name, part in claim.parts.items():
                if isinstance(part, kind) and where(part):
                    return put(run, place, replace(claim, parts={**claim.parts, name: change_part(part)}))
        raise LookupError(f"no part of kind {kind}")

    return mutate


@dataclass(frozen=True)
class Retold(Claim):
    """A claim whose sentence is not what its template and its parts say."""

    told: str = ""

    @property
    def text(self):
        """The sentence, as it was typed."""
        return self.told


def retell(old, new, **wanted):
    """A mutant: the sentence is typed by hand."""

    def mutate(run):
        place = first(run, **wanted)
        claim = run.claims[place]
        assert old in claim.text
        given = {one.name: getattr(claim, one.name) for one in fields(Claim)}
        return put(run, place, Retold(**given, told=claim.text.replace(old, new, 1)))

    return mutate


@dataclass(frozen=True)
class Forged(Run):
    """A run whose written summary is not what its claims say."""

    written: str = ""

    @property
    def summary(self):
        """The summary, as it was forged."""
        return self.written


def forge(old, new):
    """A mutant: the written summary is changed after the claims were made."""

    def mutate(run):
        assert old in run.summary
        return Forged(run.case, run.tables, run.parameters, run.claims, run.summary.replace(old, new, 1))

    return mutate


def name_of(place):
    """The name of the first group, or of the second, as a part."""
    return lambda run: Name(run.groups[place], run.groups[place])


def quotation(word, place):
    """A word of an article, quoted where it stands."""

    def find(run):
        article_id = run.tables["articles"]["article_id"].iloc[place]
        start = run.text_of[article_id].index(word)
        return Quotation(word, article_id, start, start + len(word))

    return find


def words_searched(place):
    """The words of the first group, or of the second, as a cell."""

    def find(run):
        table = run.tables["coverage"]
        group = run.groups[place]
        return Cell(int(table.loc[table["group"] == group, "n_words"].iloc[0]), "coverage", {"group": group}, "n_words")

    return find


def shorter_list(run, **wanted):
    """The place of a list claim, and the claim without its last item."""
    place = first(run, **wanted)
    claim = run.claims[place]
    return put(run, place, refilled(claim, claim.template.rpartition(", {")[0] + "."))


def in_another_order(run):
    """The first two items of a list change places."""
    place = first(run, statistic="words", about="east")
    claim = run.claims[place]
    names = {f"{name}_{one}": claim.parts[f"{name}_{1 - one}"] for name in ("term", "n") for one in (0, 1)}
    return put(run, place, replace(claim, parts={**claim.parts, **names}))


def with_column(table, column, value):
    """A mutant: a table has another column, or other values in one."""
    return lambda run: replace(run, tables=run.tables | {table: run.tables[table].assign(**{column: value})})


def other_group(run_part):
    """The same figure, of the other group."""
    return replace(run_part, key={**run_part.key, "group": {"east": "west", "west": "east"}[run_part.key["group"]]})


def is_of_group(part):
    """Tell whether a cell stands in a row of one group and is a number."""
    return "group" in part.key and part.table == "keyness" and part.column == "n"


def hide_interval(run):
    """A log ratio is stated, its interval is not."""
    place = first(run, statistic="keyness")
    claim = run.claims[place]
    before, number, _ = claim.template.partition("log ratio {log_ratio:.1f}")
    return put(run, place, refilled(claim, f"{before}{number}."))


MUTANTS = [
    ("vocabulary", say("A zebra."), "a word that is not in the file"),
    ("vocabulary", say("{word}.", word=Word("tunnel")), "a word of an article passed off as a term of art"),
    ("vocabulary", say("{who}.", who=Actor("Mara Lind")), "a name that no alias table gives"),
    ("vocabulary", change(Name, lambda name: Word(name.value)), "a name passed off as a word"),
    ("vocabulary", lambda run: run.saying([replace(run.claims[0], section="Slander"), *run.claims[1:]]), "a heading"),
    ("vocabulary", retell("words", "zebras", statistic="length"), "a sentence that its template does not make"),
    ("never", say("{name} omits it.", name=name_of(1)), "omits"),
    ("never", say("{name} is misleading.", name=name_of(1)), "misleading"),
    ("never", say("{name} failed to.", name=name_of(1)), "an inflection of fails"),
    ("never", say("{name} claims it.", name=name_of(1)), "claims as the program's own verb"),
    ("never", say("A balanced text."), "praise"),
    ("quotations", change(Quotation, lambda one: replace(one, value=one.value.upper())), "other letters"),
    ("quotations", change(Quotation, lambda one: replace(one, end=one.end + 1)), "an end one further"),
    ("quotations", change(Quotation, lambda one: replace(one, article_id={"east": "west", "west": "east"}[one.article_id])), "the other's text"),
    ("quotations", lambda run: put(run, first(run, has=[Quotation]), replace(run.claims[first(run, has=[Quotation])], spans=())), "without its span"),
    ("quotations", say("It.", spans=[("east", 5, 999_999)]), "a span outside its text"),
    ("ids", lambda run: run.saying([*run.claims, run.claims[0]]), "two sentences of one id"),
    ("ids", lambda run: run.saying([replace(run.claims[0], statistic=""), *run.claims[1:]]), "no statistic"),
    ("numbers", retell(" 14 ", " 15 ", statistic="length"), "another number"),
    ("numbers", retell("words", "4 words", statistic="length"), "a number more"),
    ("numbers", change(Cell, lambda cell: replace(cell, value=str(cell.value)), lambda cell: isinstance(cell.value, int)), "a number as a word"),
    ("cells", change(Cell, lambda cell: replace(cell, value=cell.value + 1), is_of_group), "a figure one higher"),
    ("cells", change(Cell, other_group, is_of_group), "the other's row"),
    ("cells", change(Cell, lambda cell: replace(cell, column="n_bias"), is_of_group), "a column that is not there"),
    ("cells", change(Cell, lambda cell: replace(cell, table="hearsay"), is_of_group), "a table that is not there"),
    ("cells", change(Cell, lambda cell: replace(cell, value=2), lambda cell: cell.key.get("name") == "seed"), "another seed"),
    ("cells", say("{n} articles.", n=Cell(3, "articles", {}, "number of rows")), "a wrong count"),
    ("cells", lambda run: put(run, first(run, statistic="keyness"), replace((c := run.claims[first(run, statistic="keyness")]), value=replace(c.value, value=9.0))), "another main number"),
    ("records", retell(" 14 ", " 15 ", statistic="length"), "another number than in the record"),
    ("summary", forge("2. ", "3. "), "another number before a sentence"),
    ("summary", forge("words", "<b>words</b>"), "markup"),
    ("summary", forge("words", "**words**"), "a word in bold"),
    ("summary", forge("words", "words\u202e"), "an override"),
    ("summary", forge("words", "words\u2069"), "the end of an isolate"),
    ("summary", forge("words", "words \u05d0"), "a letter that runs leftwards, by itself"),
    ("summary", forge("## ", "## Not "), "another heading"),
    ("summary", lambda run: Forged(run.case, run.tables, run.parameters, run.claims, run.summary + "\nB is biased.\n"), "a sentence more"),
    ("summary", lambda run: Forged(run.case, run.tables, run.parameters, run.claims, run.summary.rpartition("\n\n")[0]), "a sentence less"),
    ("same_fields", drop(statistic="words", about="west"), "one side only"),
    ("same_fields", drop(statistic="opening", about="east"), "the other side only"),
    ("same_fields", say("{name} has {n} words.", name=name_of(1), n=words_searched(1)), "a kind of sentence for one side"),
    ("same_fields", cut(" in {", statistic="length", about="west"), "a field less for one side"),
    ("whose_figures", say("{name} has {n} words.", name=name_of(0), n=words_searched(1)), "the other's words"),
    ("comparatives", say("{name} has more words.", name=name_of(0)), "more, without a test"),
    ("comparatives", say("{name} is easier to read than {other}.", name=name_of(0), other=name_of(1)), "easier, without a test"),
    ("comparatives", change(Cell, lambda cell: replace(cell, value=0.2), lambda cell: cell.column == "p_adjusted", statistic="keyness"), "a test not passed"),
    ("comparatives", reword("a higher rate", "a lower rate", statistic="keyness"), "the wrong way round"),
    ("comparatives", say("No term has a higher rate in {name} past the gate.", name=name_of(0)), "a denial that is not true"),
    ("absence", say("{it} is not found in {name}.", it=quotation("ferry", 1), name=name_of(0)), "without the words searched"),
    ("absence", say("{it}: not found in {name} ({n} words searched).", it=quotation("ferry", 1), name=name_of(0), n=words_searched(1)), "with the words of the wrong side"),
    ("absence", say("{it}: not found in {name} ({n} words searched).", statistic="keyness", it=quotation("tunnel", 0), name=name_of(0), n=words_searched(0)), "what is found there"),
    ("absence", say("{name} lacks {it}: none found.", it=quotation("ferry", 1), name=name_of(0)), "lacks"),
    ("verb", reword("states", "warns", statistic="opening", about="west"), "another verb for one side"),
    ("verb", reword("states", "says", statistic="opening", about="east"), "another verb for the other side"),
    ("verb", reword("{name} has", "{name} only has", statistic="length", about="west"), "a particle for one side"),
    ("no_verdict", with_column("coverage", "bias_score", 0.7), "a column of bias"),
    ("no_verdict", say("{name} has a score of {n}.", name=name_of(0), n=words_searched(0)), "a score"),
    ("no_verdict", say("What {name} states is true.", name=name_of(0)), "true"),
    ("no_verdict", say("{name} intent is clear.", name=name_of(0)), "intent"),
    ("ties", lambda run: shorter_list(run, statistic="words", about="west"), "a shorter list for one side"),
    ("ties", lambda run: shorter_list(run, statistic="words", about="east"), "a shorter list for the other side"),
    ("ties", drop(statistic="words", about="east"), "no list for one side"),
    ("ties", in_another_order, "another order"),
    ("ties", drop(statistic="keyness", about="west"), "a term past the gate that is passed over"),
    ("intervals", hide_interval, "no interval"),
    ("intervals", say("{g:.1f}.", g=lambda run: next(p for c in run.claims for p in c.parts.values() if getattr(p, "table", "") == "readability_by_group" and p.column == "value")), "a grade without its interval"),
    ("opening", lambda run: run.saying([claim for claim in run.claims if "coverage" not in {getattr(p, "table", "") for p in claim.parts.values()}]), "no coverage"),
    ("opening", drop(word="eed {"), "no seed"),
    ("opening", drop(word="uotations without"), "no coverage of quotations"),
    ("opening", lambda run: run.saying([claim for claim in run.claims if not any(getattr(p, "column", "") == "not_stated" for p in claim.parts.values())]), "no metadata"),
    ("opening", lambda run: run.saying([claim for claim in run.claims if claim.statistic != "event check"][1:]), "no event check"),
    ("scope", drop(word="not their outlets"), "no scope"),
    ("scope", reword("not their outlets", "and their outlets"), "a wider scope"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("rule", "mutate"), [pytest.param(rule, mutate, id=f"{rule}: {what}") for rule, mutate, what in MUTANTS]
)
def test_a_mutant_is_caught(rule, mutate):
    assert set(getattr(rules, f"check_{rule}")(mutate(furnished(BASE)))) - found_anyway(rule)


@lru_cache
def found_anyway(rule):
    """What a check finds in the run as it is: nothing, unless the report breaks the rule."""
    return set(getattr(rules, f"check_{rule}")(furnished(BASE)))


@pytest.mark.parametrize(
    "mutate",
    [
        pytest.param(drop(statistic="evidence gate"), id="it is not said that nothing passes"),
        pytest.param(drop(statistic="smallest detectable difference"), id="it is not said what would have passed"),
        pytest.param(reword("None of", "Of", statistic="evidence gate"), id="that nothing passes becomes a count"),
        pytest.param(say("{name} has a higher rate.", name=name_of(0)), id="a rate is called higher all the same"),
    ],
)
def test_where_nothing_passes_a_mutant_is_caught(mutate):
    run = furnished(TWICE)
    assert set(rules.check_nothing_passes(mutate(run))) - set(rules.check_nothing_passes(run))


@pytest.mark.parametrize(
    ("check", "mutate"),
    [
        pytest.param("self", say("{name} has a higher rate.", name=name_of(0)), id="a comparative"),
        pytest.param("self", with_column("keyness", "log_ratio", 0.1), id="a difference in a table"),
        pytest.param("self", say("{d}.", d=Cell(0.5, "readability_by_group", {"group": "east"}, "difference")), id="a difference in a sentence"),
        pytest.param("alike", drop(statistic="words", about="west"), id="less about one"),
        pytest.param("alike", lambda run: shorter_list(run, statistic="words", about="east"), id="a shorter list about one"),
        pytest.param("alike", reword("{name} has", "{name} only has", statistic="length", about="west"), id="other words about one"),
        pytest.param("mirror", drop(statistic="opening", about="east"), id="no headline of one"),
        pytest.param("mirror", lambda run: shorter_list(run, statistic="words", about="west"), id="another k for one"),
    ],
)  # fmt: skip
def test_of_a_text_and_itself_a_mutant_is_caught(check, mutate):
    run, find = furnished(TWICE), getattr(rules, f"check_{check}")
    assert len(find(mutate(run))) > len(find(run)) or set(find(mutate(run))) - set(find(run))


# ------------------------------------------------------------------------------------ partisan ways to find and to state


def only_the_first(run):
    """Of each kind of sentence about one side, that about the first source alone."""
    return run.saying(
        [claim for claim in run.claims if not rules.is_single(run, claim) or rules.subject(run, claim) == run.groups[0]]
    )


def two_for_the_second(run):
    """The second source has a shorter list."""
    return shorter_list(run, statistic="words", about=run.groups[1])


def praise_for_the_first(run):
    """The first source is said to have more."""
    return reword("{name} has", "{name} even has", statistic="length", about=run.groups[0])(run)


def another_verb_for_the_second(run):
    """The second source does not state: it says."""
    return reword("states", "says", statistic="opening", about=run.groups[1])(run)


def sorted_by_name(run):
    """Whatever the order of the sources, sentences go by the alphabet."""
    return run.saying(sorted(run.claims, key=lambda claim: rules.subject(run, claim) or ""))


def last_one_first(run):
    """Headlines go in the order of the alphabet, all else in that of the sources."""
    places = [place for place, claim in enumerate(run.claims) if claim.statistic == "opening"]
    own = iter(sorted((run.claims[place] for place in places), key=lambda claim: rules.subject(run, claim)))
    return run.saying([next(own) if place in places else claim for place, claim in enumerate(run.claims)])


def difference_of_the_first(run):
    """The difference in readability is always that of the article called "east", whoever is named first."""
    place = first(run, statistic="readability difference")
    claim = run.claims[place]
    row = run.tables["readability_by_group"].query("group == 'east' and metric == 'flesch_kincaid_grade'").iloc[0]
    parts = {
        name: replace(part, value=float(row[part.column]), key={**part.key, "group": "east"})
        if isinstance(part, Cell) and part.table == "readability_by_group"
        else part
        for name, part in claim.parts.items()
    }
    return put(run, place, replace(claim, parts=parts))


def luck_of_the_first(run):
    """The interval of the first source is a little narrower."""
    table = run.tables["keyness"]
    own = table["lower"].where(table["group"] != run.groups[0], table["lower"] + 0.01)
    return replace(run, tables=run.tables | {"keyness": table.assign(lower=own)})


def names_at_random(run):
    """A list names its sides in the order of the alphabet, its figures in the order of the sources."""
    place = first(run, statistic="smallest detectable difference")
    claim = run.claims[place]
    names = iter(sorted((part for part in claim.parts.values() if isinstance(part, Name)), key=lambda name: name.value))
    parts = {name: next(names) if isinstance(part, Name) else part for name, part in claim.parts.items()}
    return put(run, place, replace(claim, parts=parts))


PARTISANS = [
    only_the_first, two_for_the_second, praise_for_the_first, another_verb_for_the_second, sorted_by_name,
    last_one_first, difference_of_the_first, luck_of_the_first, names_at_random,
]  # fmt: skip


@pytest.mark.parametrize("partisan", PARTISANS, ids=lambda function: function.__name__)
def test_a_partisan_is_caught_by_exchanging_the_sources(partisan):
    run, back = furnished(BASE), furnished(BASE.swapped())
    assert set(rules.check_swap(partisan(run), partisan(back))) - swapped_anyway()


@lru_cache
def swapped_anyway():
    """What the check finds in the runs as they are."""
    return set(rules.check_swap(furnished(BASE), furnished(BASE.swapped())))


def test_sorting_the_inputs_is_no_proof():
    run = furnished(BASE)
    assert rules.check_swap(run, run)


@pytest.mark.parametrize(
    "mutate",
    [
        pytest.param(reword("{name} has", "{name} even has", statistic="length", about="renamed 2"), id="words"),
        pytest.param(with_column("keyness", "z", 1.0), id="a table"),
        pytest.param(lambda run: run.saying(run.claims[::-1]), id="the order of the sentences"),
        pytest.param(lambda run: run.saying(run.claims[:-1]), id="a sentence less"),
        pytest.param(change(Cell, lambda cell: replace(cell, value=cell.value + 1), is_of_group), id="a figure"),
        pytest.param(lambda run: run.saying(replace(claim, spans=claim.spans[:1]) for claim in run.claims), id="the passages"),
    ],
)  # fmt: skip
def test_a_mutant_that_knows_the_names_is_caught_by_renaming(mutate):
    names = {"east": "renamed 2", "west": "renamed 1"}
    run, renamed = furnished(BASE), furnished(BASE.renamed(names))
    assert set(rules.check_renaming(run, mutate(renamed), names)) - set(rules.check_renaming(run, renamed, names))


# --------------------------------------------------------------------------------------------------- how they look


@pytest.mark.parametrize(
    ("text", "value", "spec", "expected"),
    [
        pytest.param("2.6", 2.6389, ".1f", True, id="rounded"),
        pytest.param("2.7", 2.6389, ".1f", False, id="rounded the wrong way"),
        pytest.param("−2.6", -2.6389, ".1f", True, id="a minus sign"),
        pytest.param("2.6", -2.6389, ".1f", False, id="the sign is lost"),
        pytest.param("1,234", 1234, "", True, id="thousands"),
        pytest.param("26", 0.2581, "%", True, id="a share in per cent"),
        pytest.param("0.26", 0.2581, "%", False, id="a share that is not in per cent"),
        pytest.param("5", float("nan"), "", False, id="a missing value"),
    ],
)
def test_how_a_number_is_written(text, value, spec, expected):
    assert rules.is_written(text, value, spec) is expected


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        pytest.param("omitted", True, id="inflected"),
        pytest.param("claims", True, id="as the program's own verb"),
        pytest.param("claim", False, id="a cue may be called one"),
        pytest.param("failure", True, id="of the same stem"),
        pytest.param("balance", True, id="praise"),
        pytest.param("states", False, id="the program's verb"),
        pytest.param("list", False, id="a word that begins alike"),
    ],
)
def test_what_is_never_said(word, expected):
    assert rules.is_never(word) is expected


def test_the_interval_of_every_table_has_an_owner():
    owners = {name: rules.intervals_of(table) for name, table in rules.DECLARED.items()}
    assert owners["keyness"] == {"log_ratio": ("lower", "upper")}
    assert owners["attribution_counts"]["share"] == ("lower", "upper")
    assert owners["readability_by_group"]["value"] == ("lower", "upper")
    assert owners["readability_by_group"]["difference"] == ("difference_lower", "difference_upper")


def test_a_sentence_is_taken_apart():
    claim = Claim(
        "x-1", "X", "s", "{q} has {n} {n:use|uses} ({s:%}\u00a0%) in {name} by {w}.",
        {
            "q": Quotation("1 {n}", "a", 0, 5), "n": Cell(1, "t", {}, "n"), "s": Cell(0.25, "t", {}, "s"),
            "name": Name("uses 3", "a"), "w": Word("Gunning fog"),
        },
    )  # fmt: skip
    pieces = rules.decompose(claim)
    assert (
        "".join(piece.text for piece in pieces)
        == claim.text
        == "“1 {n}” has 1 use (25\u00a0%) in uses 3 by Gunning fog."
    )
    assert [piece.text for piece in pieces if piece.kind == "number"] == ["1", "25"]
    assert rules.own_words(claim) == ["has", "use", "in", "by", "gunning", "fog"]


def test_articles_of_a_case_are_articles():
    assert BASE.articles().equals(make_articles(dict(BASE.texts)))
    assert MORE_PAIRS["metadata on one side"].swapped().swapped() == MORE_PAIRS["metadata on one side"]
