"""The words of the two-sided lists: looked for by one rule, in the author's voice alone, and never summed."""

import re
from importlib import resources

import pandas as pd
import pytest
from conftest import make_articles
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution import find_attributions
from analysis.claims.claim import Section
from analysis.claims.wording import state_wording
from analysis.clean import clean
from analysis.inputs.files import InputError
from analysis.language import language_notes
from analysis.passages import find_sentences, find_voices
from analysis.show.wording import show_wording
from analysis.tables import LOADED_WORDING, VOICES, WORDING, WORDING_COUNTS
from analysis.wording import find_wording, wording_by_group
from analysis.wording_lists import SIDES, read_wording

LISTS = WORDING.frame([
    ("armed groups", "one", "fighter", "compiled by hand", "2026"),
    ("armed groups", "one", "self-styled army", "compiled by hand", "2026"),
    ("armed groups", "other", "terror", "compiled by hand", "2026"),
    ("armed groups", "other", "terror proxy", "compiled by hand", "2026"),
    ("world order", "one", "globalist", "compiled by hand", "2026"),
    ("world order", "other", "world community", "compiled by hand", "2026"),
    ("government", "one", "government", "compiled by hand", "2026"),
    ("government", "other", "regime", "compiled by hand", "2026"),
    ("government", "other", "junta", "compiled by hand", "2026"),
])  # fmt: skip
FILLER = "The river rose again on the town, and the people went to the hill with all that they had. " * 3


def measured(lists=LISTS, **texts):
    """The tables of the texts that wording is found in, as `measure` makes them, and the three of wording."""
    articles = make_articles(texts)
    regions = clean(articles)
    sentences = find_sentences(articles, regions)
    notes = language_notes(articles, sentences)
    english = articles[~articles["article_id"].isin(notes["article_id"])]
    attributions, spans = find_attributions(english, sentences)
    voices = find_voices(articles, sentences, attributions, spans, regions)
    found = find_wording(english, sentences, voices, lists)
    tables = {"articles": articles, "regions": regions, "sentences": sentences, "notes": notes, "voices": voices}
    counts = wording_by_group(articles, lists, found)
    return tables | {"wording": lists, "loaded_wording": found, "wording_counts": counts}


def surfaces(text, lists=LISTS):
    return measured(lists, a=text)["loaded_wording"]["surface"].tolist()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("The regime fell.", ["regime"], id="a listed word"),
        pytest.param("REGIME change came.", ["REGIME"], id="whatever its case"),
        pytest.param("Both regimes fell.", ["regimes"], id="its regular plural"),
        pytest.param("It armed terror proxies there.", ["terror proxies"], id="the longest expression, in the plural"),
        pytest.param("The regime’s men and the junta's men came.", ["regime", "junta"], id="possessives, curly and straight, left out"),
        pytest.param("A globalist-engineered war came.", ["globalist"], id="a part of a compound"),
        pytest.param("A self styled army came, a self-styled army.", ["self styled army", "self-styled army"], id="a hyphen counts as a space"),
        pytest.param("They came with terror\nproxies.", ["terror\nproxies"], id="over a line break"),
        pytest.param("It spread terror, proxies came.", ["terror"], id="a comma breaks an expression"),
        pytest.param("It spread terror. Proxies came.", ["terror"], id="the end of a sentence breaks an expression"),
        pytest.param("The regimen and the terrorist came.", [], id="not inside another word"),
        pytest.param("The proxy came.", [], id="not a part of an expression"),
        pytest.param("He said the “regime” fell.", [], id="not in quotation marks"),
        pytest.param("The mayor said that the regime fell.", [], id="not in an indirect attribution"),
        pytest.param("“Terror” proxies came.", [], id="not if one of its words is quoted"),
        pytest.param(f"The regime falls\n\n{FILLER}\n\n{FILLER}", [], id="not in the title"),
        pytest.param(f"{FILLER}\n\nShare this article: the regime", [], id="not in boilerplate"),
        pytest.param("", [], id="not in an empty text"),
    ],
)  # fmt: skip
def test_found(text, found):
    assert surfaces(text) == found


@pytest.mark.parametrize(
    ("start", "end"),
    [pytest.param(0, 11, id="the first word is another's"), pytest.param(12, 19, id="the last word is another's")],
)
def test_every_word_must_be_the_authors(start, end):
    tables = measured(a="Some terror proxies came.")
    voices = VOICES.frame([("a", start, end, "attributed")])
    assert find_wording(tables["articles"], tables["sentences"], voices, LISTS).empty
    assert len(tables["loaded_wording"]) == 1


def test_where_it_stands():
    tables = measured(a="It is so. The regime fell.")
    LOADED_WORDING.check(tables["loaded_wording"])
    assert tables["loaded_wording"].to_numpy().tolist() == [
        ["a", 14, 20, 2, "government", "other", "regime", "regime", 4 / 6]
    ]


def test_a_form_with_a_row_of_its_own_belongs_to_that():
    lists = WORDING.frame([*LISTS.itertuples(index=False), ("government", "one", "regimes", "x", "2026")])
    assert measured(lists, a="Both regimes fell.")["loaded_wording"]["expression"].tolist() == ["regimes"]


@pytest.mark.parametrize("word", ["terror", "regime", "globalist"])
@pytest.mark.parametrize("sentence", [
    "The {} came back.", "It was the {}, and it was feared.", "After the {} fell, nobody spoke of the {}.",
    "The mayor said that it is over. The {} came back.",
])  # fmt: skip
def test_moving_a_word_into_quotation_marks_takes_one_from_its_count(word, sentence):
    before = sentence.replace("{}", word)
    after = sentence.replace("{}", f"“{word}”", 1).replace("{}", word)
    assert len(surfaces(before)) - len(surfaces(after)) == 1


@given(
    st.lists(
        st.sampled_from(["regime", "terror", "river", "“regime”", "fighter", "of", "proxy"]), min_size=1, max_size=12
    )
)
@settings(max_examples=20, deadline=None)
def test_every_use_is_verbatim_the_authors_and_apart(words):
    tables = measured(a=" ".join(words) + ".")
    text, found = tables["articles"]["text"][0], tables["loaded_wording"]
    quoted = tables["voices"]
    last = 0
    for row in found.itertuples():
        assert text[row.start : row.end] == row.surface
        assert row.start >= last
        last = row.end
        assert not any(one.start < row.end and row.start < one.end for one in quoted.itertuples())


def test_a_batch_is_its_articles():
    texts = {"a": "The regime fell.", "b": "", "c": "A fighter came. The junta fell."}
    together = measured(**texts)["loaded_wording"]
    apart = pd.concat([measured(**{name: text})["loaded_wording"] for name, text in texts.items()], ignore_index=True)
    pd.testing.assert_frame_equal(together, apart)


def test_counts_have_the_same_rows_for_each_group_zeros_too():
    counts = measured(a="The regime fell. The regimes fell.", b="A fighter came.")["wording_counts"]
    WORDING_COUNTS.check(counts)
    assert counts[["group", "expression", "n"]].to_numpy().tolist() == [
        ["a", "fighter", 0], ["a", "regime", 2], ["b", "fighter", 1], ["b", "regime", 0],
    ]  # fmt: skip


def test_groups_are_summed_over_their_articles():
    tables = measured(a="The regime fell.", b="The regime rose.", c="It rained.")
    articles = tables["articles"].assign(group=["x", "y", "x"])
    counts = wording_by_group(articles, LISTS, tables["loaded_wording"])
    assert counts[["group", "n"]].to_numpy().tolist() == [["x", 1], ["y", 1]]


@pytest.mark.growth
def test_time_is_linear():
    def find(tables):
        find_wording(tables["articles"], tables["sentences"], tables["voices"], LISTS)

    assert_linear(find, lambda n: measured(a="terror " * n), 16_000)


# The lists


def test_the_lists_are_two_sided_and_their_names_say_nothing():
    lists = WORDING.check(read_wording())
    for contrast, own in lists.groupby("contrast"):
        firsts = [own.loc[own["side"] == side, "expression"].str.casefold() for side in SIDES]
        assert min(map(len, firsts)) >= 2, contrast
        assert firsts[0].min() < firsts[1].min(), f"{contrast}: the sides are named by the alphabet"


def test_no_list_is_verdict_or_politics_in_name():
    names = " ".join(read_wording()["contrast"]).lower()
    assert not re.search(r"\b(bias|loaded|neutral|propaganda|wrong|correct|extreme|left-wing|right-wing)", names)


def test_every_row_names_its_source_and_date():
    lists = read_wording()
    assert lists["source"].str.len().min() > 5
    assert lists["date"].str.fullmatch(r"\d{4}(-\d\d-\d\d)?").all()


@pytest.mark.parametrize(
    ("word", "opposite"),
    [
        ("terrorist", "militant"), ("regime", "Iranian government"), ("massacre", "collateral damage"),
        ("aggression", "self-defence"), ("aggression", "counterterrorism"), ("war machine", "deterrence"),
        ("meddling", "constructive engagement"), ("coercion", "international sanction"), ("proxy", "axis of resistance"),
        ("globalist", "international community"), ("Jewish state", "Zionist entity"), ("genocide", "military campaign"),
        ("antisemitic", "criticism of Israel"), ("pro-life", "pro-choice"), ("climate change", "climate crisis"),
        ("death tax", "estate tax"), ("riot", "protest"), ("illegal immigrant", "undocumented"),
    ],
)  # fmt: skip
def test_a_word_and_its_opposite_stand_on_the_two_sides_of_one_contrast(word, opposite):
    lists = read_wording().set_index("expression")
    assert lists.at[word, "contrast"] == lists.at[opposite, "contrast"]
    assert lists.at[word, "side"] != lists.at[opposite, "side"]


HEADER = "contrast,side,expression,source,date\n"
PAIR = "c,one,river,x,2026\nc,other,stream,x,2026\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("contrast,side,word,source,date\n", "should have the columns contrast, side, expression, source, date, each once; it has contrast, side, word, source, date", id="an unknown column"),
        pytest.param("contrast,side,expression,source\n", "it has contrast, side, expression, source", id="a missing column"),
        pytest.param("", "it has none", id="an empty file"),
        pytest.param(HEADER + PAIR + "c,other,rivers,x,2026\nc,other,River,x,2026\n", "lines 2 and 5: an expression has one place; 'River' stands under the contrast 'c', side one and under the contrast 'c', side other", id="an expression on both sides"),
        pytest.param(HEADER + PAIR + "d,one,river,x,2026\n", "lists.csv, lines 2 and 4: an expression has one place; 'river' stands under the contrast 'c', side one and under the contrast 'd', side one", id="an expression in two contrasts"),
        pytest.param(HEADER + PAIR + "d,one,hill,x,2026\n", "lists.csv, line 4: a contrast needs expressions on both sides; the contrast 'd', side other has none", id="an empty side"),
        pytest.param(HEADER + "c,left,river,x,2026\n", "lists.csv, line 2: side accepts one and other; found 'left' for 'river'", id="an unknown side"),
        pytest.param(HEADER + "c,one,river,,2026\n", "lists.csv, line 2: each row fills the columns contrast, side, expression, source, date; found source empty", id="an empty cell"),
        pytest.param(HEADER + "# a remark\nc,one,river,x,2026,y\n", "lists.csv, line 3: each row fills the columns contrast, side, expression, source, date; found 6 cells", id="too many cells"),
        pytest.param(HEADER + "c,one,24,x,2026\n", "lists.csv, line 2: an expression has a word, which begins with a letter; found '24'", id="an expression without a word"),
        pytest.param(HEADER + 'c,one,"river,x,2026\n', "lists.csv, line 2: not CSV (unexpected end of data); one row a line is accepted", id="an open quotation mark"),
    ],
)  # fmt: skip
def test_lists_that_are_refused(tmp_path, content, message):
    path = tmp_path / "lists.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(message)):
        read_wording(str(path))


def test_ones_own_lists(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text(
        "\ufeff# a remark\ndate,side,contrast,expression,source\n2026,one,c, river  bank ,x\n\n2026,other,c,stream,x\n",
        encoding="utf-8",
    )
    assert read_wording(str(path)).to_numpy().tolist() == [
        ["c", "one", "river bank", "x", "2026"], ["c", "other", "stream", "x", "2026"],
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(None, r"the wording file '.*lists.csv': cannot be read \(No such file or directory\); a CSV file", id="no such file"),
        pytest.param(b"\xff\xfe\xff", r"the wording file '.*lists.csv' is not UTF-8 \(byte 0\); save it as UTF-8", id="another encoding"),
        pytest.param(b"#" * 5_000_001, r"5,000,001 bytes; at most 5,000,000 are read; a CSV file is accepted", id="larger than any list"),
    ],
)  # fmt: skip
def test_lists_that_cannot_be_read(tmp_path, content, message):
    path = tmp_path / "lists.csv"
    if content:
        path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        read_wording(str(path))


def test_a_device_or_folder_is_not_read(tmp_path):
    with pytest.raises(InputError, match="the wording file '/dev/zero': a device; only regular files are read"):
        read_wording("/dev/zero")
    with pytest.raises(InputError, match="a folder; only regular files are read"):
        read_wording(str(tmp_path))


def test_a_line_that_is_no_list_is_refused(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text("contrast,side,expression,source,date\n" + "x" * 200_000, encoding="utf-8")
    with pytest.raises(InputError, match=r"lists.csv, line 2: not CSV \(field larger than field limit \(131072\)\)"):
        read_wording(str(path))


# What is said and shown


def stated(tables, labels=("Gazette", "Courier", None)):
    articles = tables["articles"].assign(label=pd.Series(labels[: len(tables["articles"])], dtype="str"))
    section = Section("Wording", "wording", {})
    state_wording(section, tables | {"articles": articles})
    return section.claims


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        pytest.param("Both regimes fell. The regime fell. Terror came.", "A fighter came. The Junta fell. The junta fell.",
            ["“regime” (2), “Terror” (1)", "“junta” (2), “fighter” (1)"], id="by count, then alphabet, as it is listed where it is written so"),
        pytest.param("It rained.", "It rained.", ["none found", "none found"], id="none found is said for both"),
        pytest.param("Both regimes fell.", "", ["“regimes” (1)", "none found"], id="an empty text has none"),
        pytest.param("A fighter, a globalist, a junta, a regime, a government, a terror came.", "Terror came.",
            ["“fighter” (1), “globalist” (1), “government” (1), among others,", "“Terror” (1)"], id="three at most for each, and not how many others"),
        pytest.param("A fighter, a globalist, a junta, a regime came.", "Terror came.",
            ["“fighter” (1), “globalist” (1), “junta” (1), among others,", "“Terror” (1)"], id="one other"),
    ],
)  # fmt: skip
def test_sentence(first, second, expected):
    told = "Listed words in author voice: {} in Gazette; {} in Courier."
    assert [claim.text for claim in stated(measured(g=first, c=second))] == [told.format(*expected)]
    assert [claim.text for claim in stated(measured(g=second, c=first))] == [told.format(*expected[::-1])]


def test_it_is_withheld_where_the_text_is_not_english():
    german = "Der Fluss stieg wieder in der Stadt, und alle Leute gingen mit ihren Sachen auf einen Berg. " * 3
    assert [claim.text for claim in stated(measured(g="The regime fell. " + FILLER, c=german))] == [
        "Listed words were not looked for in Courier: not all of its text is English.",
        "Listed words in author voice: “regime” (1) in Gazette.",
    ]


def test_the_sentences_keep_to_the_closed_vocabulary():
    german = "Der Fluss stieg wieder in der Stadt, und alle Leute gingen mit ihren Sachen auf einen Berg. " * 3
    listed = resources.files("analysis").joinpath("data/vocabulary.txt").read_text(encoding="utf-8").splitlines()
    known = {word for line in listed if not line.startswith("#") for word in line.split()}
    for claim in stated(measured(a="The regime fell.", b="It rained.", c=german)):
        assert {word.lower() for word in re.findall(r"[^\W\d_][^\W\d_–'-]*", claim.own_words)} <= known


def test_a_claim_quotes_its_text_and_cites_every_use():
    tables = measured(g="Both regimes fell. The regime fell.", c="It rained.")
    claim = stated(tables)[0]
    assert {tables["articles"]["text"][0][start:end] for _, start, end in claim.spans} == {"regimes", "regime"}


def test_the_seeds_stay_within_their_words(seeds):
    lists = read_wording()
    found = find_wording(seeds["articles"], seeds["sentences"], seeds["voices"], lists)
    counts = wording_by_group(seeds["articles"], lists, found)
    section = Section("Wording", "wording", {})
    state_wording(section, seeds | {"loaded_wording": found, "wording_counts": counts})
    assert sum(len(claim.text.split()) for claim in section.claims) <= 60
    by_group = counts.set_index(["group", "expression"])["n"].unstack("group")
    first, second = seeds["articles"]["group"]
    for word in ("terror", "terrorist", "regime", "massacre", "atrocity", "antisemitic"):
        assert by_group.at[word, first] > 0, word
        assert by_group.at[word, second] == 0, word
    for word in ("genocide", "genocidal", "aggression", "war machine", "militarization", "Jewish state", "globalist"):
        assert by_group.at[word, second] > 0, word
        assert by_group.at[word, first] == 0, word


def test_the_view_lists_both_sides_for_each_text():
    shown = show_wording(measured(a="The regime fell to terror.", b="<b>regime</b> & fighter"))
    assert shown.text.count("    one: ") == shown.text.count("    other: ") == 4
    assert (
        "  a\n    one: none found\n    other: “terror” 1\n    The regime fell to [terror]. (a 1, at 80\u00a0% of the text)"
        in shown.text
    )
    assert "Looked for, none found in any text: world order." in shown.text
    assert "<b>regime</b> &amp;" not in shown.html.replace("<b>regime</b>&lt;/b&gt; &amp;", "")
    assert 'href="#a1-s1"' in shown.html
    assert "compiled by hand (2026)" in shown.html


def test_the_view_says_what_was_withheld():
    german = "Der Fluss stieg wieder in der Stadt, und alle Leute gingen mit ihren Sachen auf einen Berg. " * 3
    text = show_wording(measured(a="The regime fell. " + FILLER, b=german)).text
    assert "  b\n    not looked for: not all of the text is English" in text


def test_the_view_of_nothing():
    shown = show_wording(measured(a="It rained."))
    assert "none found in any text: armed groups, world order, government." in shown.text
