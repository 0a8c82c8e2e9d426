"""What of a page is the article: twenty-six layouts, the seeds, and what must never be taken out."""

import json
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.clean import clean, find_regions
from analysis.page.blocks import is_bullet, split_blocks
from analysis.page.furniture import read_block, wordings
from analysis.tables import REGIONS
from analysis.text import split_sentences

HERE = Path(__file__).parent
TRUTH = json.loads((HERE / "layouts" / "truth.json").read_text(encoding="utf-8"))
SEEDS = HERE.parent / "seeds"
BODY = (
    "The harbour board met on Monday and closed the quay until spring.\n\nIts chairman said the cost was not known.\n\n"
)


def read(name):
    return (HERE / "layouts" / f"{name}.txt").read_bytes().decode()


def line_spans(text):
    """Return start and end of each line, from 1."""
    start, spans = 0, {}
    for number, line in enumerate(text.split("\n"), 1):
        spans[number] = (start, start + len(line))
        start += len(line) + 1
    return spans


def lines_of(text, regions, kind):
    spans = line_spans(text).items()
    return [number for region in regions if region.kind == kind for number, (s, e) in spans if s <= region.start <= e]


def removed(text):
    return [
        (text[region.start : region.end], region.boilerplate) for region in find_regions(text) if region.boilerplate
    ]


def headings(text):
    return [text[region.start : region.end] for region in find_regions(text) if region.kind == "heading"]


def title(text):
    return next((text[region.start : region.end] for region in find_regions(text) if region.kind == "title"), None)


def paragraphs(text):
    ends = {region.end for region in find_regions(text)}
    return [(start, end) for start, end in split_blocks(text) if end not in ends]


layouts = pytest.mark.parametrize("name", [pytest.param(name, id=row["layout"]) for name, row in TRUTH.items()])


@layouts
def test_boilerplate_of_layout(name):
    text, truth = read(name), TRUTH[name]
    regions = find_regions(text)
    expected = {
        number: part["kind"]
        for part in truth["boilerplate"]
        for number in range(part["first"], part["last"] + 1)
        if text.split("\n")[number - 1].strip()
    }
    found = {
        number: region.boilerplate
        for region in regions
        for number, (start, end) in line_spans(text).items()
        if region.boilerplate and region.start < end and region.end > start and number not in truth["either"]
    }
    assert found == expected


@layouts
def test_parts_of_layout(name):
    text, truth = read(name), TRUTH[name]
    regions = find_regions(text)
    assert title(text) == truth["title"]
    assert [n for n in lines_of(text, regions, "heading") if n not in truth["either"]] == truth["headings"]
    assert lines_of(text, regions, "bullet") == truth["bullets"]
    assert truth["paragraphs"] <= len(paragraphs(text)) <= truth["paragraphs"] + len(truth["either"])


@pytest.mark.parametrize(
    ("name", "boilerplate", "title_words", "body", "sentences"),
    [
        pytest.param("000_b24c2845fada964e", 244, 9, 911, 31, id="page with chrome first and teasers last"),
        pytest.param(
            "002_bf24cc7feecbbb8d", 29, 12, 764 + 5, 33, id="page without a blank line (five bullet marks are words)"
        ),
    ],
)
def test_words_and_sentences_of_seed(name, boilerplate, title_words, body, sentences):
    text = (SEEDS / f"{name}.txt").read_bytes().decode()
    words = Counter()
    for region in find_regions(text):
        words[region.kind] += len(text[region.start : region.end].split())
    assert (words["boilerplate"], words["title"]) == (boilerplate, title_words)
    assert len(text.split()) - words["boilerplate"] - words["title"] == body
    spoken = paragraphs(text) + [(r.start, r.end) for r in find_regions(text) if r.kind == "bullet"]
    assert sum(len(split_sentences(text, start, end)) for start, end in spoken) == sentences


def test_wrapped_sentence_of_seed_is_one():
    text = (SEEDS / "002_bf24cc7feecbbb8d.txt").read_bytes().decode()
    found = [text[s:e] for start, end in paragraphs(text) for s, e in split_sentences(text, start, end)]
    assert any(sentence.startswith("According to\nBrightU.AI's Enoch, Israel used") for sentence in found)


def test_subheadings_of_seed_belong_to_the_body():
    text = (SEEDS / "002_bf24cc7feecbbb8d.txt").read_bytes().decode()
    assert headings(text) == ["The drone denial", "Can Iran-Azerbaijan ties survive the shadow of Israeli strikes?"]


@pytest.mark.parametrize(
    "tail",
    [
        pytest.param("Share this article with a friend and you share his opinion.", id="a sentence about sharing"),
        pytest.param("Related articles were found in his desk.", id="a sentence about related articles"),
        pytest.param("Sources include: a diary, two letters and a ledger that nobody has dated.",
                     id="sources in prose"),
        pytest.param("Sources of income include:\n\n- Rent\n- Shares", id="a list that a colon announces"),
        pytest.param("“Read more,” he said.", id="speech"),
        pytest.param("Advertisement, he said, is a vice.", id="a sentence that begins with an ad label"),
        pytest.param("We use cookies as a bribe.", id="cookies that are eaten"),
        pytest.param("Watch\n\nThe night watch was doubled and the gate was barred.",
                     id="a subheading that could head a video"),
        pytest.param("Video\n\nThe film was shot in two days.", id="a short last paragraph about a film"),
        pytest.param("Related news\n\nHe was asked about it again on Tuesday.", id="a paragraph that refers back"),
        pytest.param("More on the quay\n\nThe stones were laid by hand.\n\nThe mortar is older.",
                     id="two last short paragraphs"),
        pytest.param("Related articles\n\nThe board met twice.\n\nThey were told nothing, the mayor said.",
                     id="text goes on"),
        pytest.param("References\n\nThe board asked for references.", id="a subheading that could head sources"),
        pytest.param("Comments\n\nThe mayor made no comment.", id="a subheading that could head comments"),
        pytest.param("Facebook\n\nThe firm said no.\n\nTwitter\n\nThe firm said yes.", id="networks as subheadings"),
        pytest.param("The trial goes on. (AFP)", id="an agency's name after the last sentence"),
        pytest.param("*Ann Oak writes about harbours.*", id="italic author line"),
        pytest.param("It closes at six", id="a last line without a full stop"),
        pytest.param("Monday is the day.", id="a sentence of date words"),
        pytest.param("Last May", id="a last line of date words without a number"),
        pytest.param("Ash | Elm", id="two words beside a bar"),
        pytest.param("Share: the price of the boat rose.", id="a sentence after a colon"),
        pytest.param("Related articles\n\nThe board met twice and she said nothing.\n\nDivers came.", id="she said"),
        pytest.param("Related articles\n\n" + "the stones and the sea " * 13 + ".", id="a long paragraph is no teaser"),
        pytest.param("the stones and the sea " * 13 + "stay. (AFP/Ann Oak)", id="a long paragraph is no caption"),
        pytest.param("2 comments\n\nThe mayor laughed.", id="comments without a reader"),
        pytest.param("Ash 3, Elm 1\n\nOak 2, Yew 2\n\nFir 0, Box 4", id="a list of results without marks"),
    ],
)  # fmt: skip
def test_body_stays_in(tail):
    assert removed(BODY + tail) == []


@pytest.mark.parametrize(
    ("tail", "expected"),
    [
        pytest.param("Advertisement", ["chrome"], id="ad label"),
        pytest.param("© The Quay. All rights reserved.", ["chrome"], id="copyright line"),
        pytest.param("Read more: Quay to open", ["teaser"], id="teaser after a colon"),
        pytest.param("Related articles\n\nQuay to open\n\nBoats to sail", ["teaser"] * 3,
                     id="headlines under a heading"),
        pytest.param("Related articles\n\nThe board has hired divers.\n\nFerries sail at noon.", ["teaser"] * 3,
                     id="summaries"),
        pytest.param("Related stories\n\nQuay to open\n\nThe quay opens soon.\n\nBoats to sail\n\nThe boats sail soon.",
                     ["teaser"] * 5, id="headlines with summaries"),
        pytest.param("ALSO READ\n\nQuay to open\n\nThe tide fell.", ["teaser"] * 2, id="one headline inside the text"),
        pytest.param("Quay to open\n\n2 days ago\n\nBoats to sail\n\n3 days ago", ["teaser"] * 4,
                     id="headlines with their age"),
        pytest.param("Quay to open\n\n2 days ago", ["chrome"], id="one headline with its age stays, its age does not"),
        pytest.param("Related articles\n\nQuay to open\n\nBoats to sail\n\nThe tide fell.\n\nThe wind rose.",
                     ["teaser"] * 3, id="text after two headlines stays"),
        pytest.param("Related articles\n\nThe board met twice.\n\nAdvertisement\n\nThe mayor went home.",
                     ["chrome"], id="summaries are claimed at the end only"),
        pytest.param("Sources\n\nA diary\n\nAdvertisement\n\nThe mayor went home.",
                     ["chrome"], id="sources are listed at the end only"),
        pytest.param("Watch the video\n\nBoats leave the quay\n\nThe tide fell.\n\nAdvertisement\n\nThe wind rose.",
                     ["caption"] * 2 + ["chrome"], id="recording above furniture inside the text"),
        pytest.param("Watch the video\n\nBoats leave the quay\n\nThe tide fell.", ["caption"] * 2,
                     id="recording inside the text"),
        pytest.param("Boats. Photo: Ann Oak / Tidal\n\nAsh won", ["caption"], id="short line after a caption stays"),
        pytest.param("Facebook\n\nTwitter\n\nEmail", ["share"] * 3, id="share buttons one under another"),
        pytest.param("Facebook | X | Telegram", ["share"], id="share buttons on a line"),
        pytest.param("Boats at the quay. Photo: Ann Oak / Tidal", ["caption"], id="credit after a caption"),
        pytest.param("Boats at the quay. Photo/Ann Oak", ["caption"], id="credit after a stroke"),
        pytest.param("Boats at the quay. (AFP/Ann Oak)", ["caption"], id="photographer beside an agency"),
        pytest.param("Boats at the quay, Nov. 3. Ann Oak/AFP via Getty Images", ["caption"],
                     id="credit without brackets"),
        pytest.param("Watch\n\nThe board speaks in this clip.", ["caption"] * 2, id="recording and what points to it"),
        pytest.param("Sources:\n\nexample.com\n\nhttps://example.org/a", ["sources"] * 3,
                     id="addresses under a heading"),
        pytest.param("Sources: Harbour board; Town archive", ["sources"], id="sources on the heading's line"),
        pytest.param("No comments:\n\nPost a comment", ["chrome"] * 2, id="no comments"),
        pytest.param("2 comments\n\nann says:\n\nI sailed there once.\n\nReply", ["chrome"] * 4, id="comments"),
        pytest.param("Share", ["share"], id="one-word button at the end"),
        pytest.param("Share  this\u00a0article", ["share"], id="white space of several kinds between its words"),
        pytest.param("Copy link\n\nEnd of page", ["share", "chrome"], id="short line among furniture after the text"),
        pytest.param("---", ["chrome"], id="dividing line"),
    ],
)  # fmt: skip
def test_furniture_is_marked(tail, expected):
    assert [kind for _, kind in removed(BODY + tail)] == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        pytest.param("Quay closed", "Quay closed", id="two words"),
        pytest.param("Why was the quay closed?", "Why was the quay closed?", id="a question"),
        pytest.param("Menu\n\nQuay closed until spring", "Quay closed until spring", id="after a menu"),
        pytest.param("Quay closed until spring | The Tide\n\nBy Ann Oak\n\nQuay closed until spring",
                     "Quay closed until spring", id="after the page's own title"),
        pytest.param("# Quay closed", "Quay closed", id="without its heading mark"),
        pytest.param("Watch: Harbour board closes quay", "Watch: Harbour board closes quay", id="announced recording"),
        pytest.param("Harbour Board Closes Quay Until the Spring.", "Harbour Board Closes Quay Until the Spring.",
                     id="capitals and a full stop"),
        pytest.param("The harbour board has closed the quay until spring.", None, id="a short first sentence is none"),
        pytest.param("", None, id="none"),
    ],
)  # fmt: skip
def test_title(head, expected):
    assert title(f"{head}\n\n{BODY}") == expected


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        pytest.param("By Ann Oak, harbour correspondent", "chrome", id="byline"),
        pytest.param("3 March 2021, 09:15", "chrome", id="date"),
        pytest.param("Tide News Published 20 Oct, 2022 01:04pm", "chrome", id="agency and date"),
        pytest.param("5 min read", "chrome", id="reading time"),
        pytest.param("Home > News > Sea", "chrome", id="breadcrumbs"),
        pytest.param("Ann Oak", None, id="a bare name stays in"),
        pytest.param(
            "By the time the tide had turned nobody was left on the quay", None, id="standfirst that begins with By"
        ),
    ],
)
def test_lines_between_title_and_text(line, kind):
    assert removed(f"Quay closed until spring\n\n{line}\n\n{BODY}") == ([(line, kind)] if kind else [])


@pytest.mark.parametrize(
    "space",
    [pytest.param("  ", id="two spaces"), *(pytest.param(space, id=repr(space)) for space in "\n\t\xa0\u2028\x1c")],
)
def test_words_of_a_block_are_those_between_any_white_space(space):
    text = f"Related{space}stories today"
    block = read_block(text, 0, len(text))
    assert (block.key, block.n_words) == ("related stories today", 3)


def test_title_is_the_line_whose_words_the_text_takes_up():
    text = f"Tickets for the summer fair are now on sale\n\nHarbour board closes quay until spring\n\n{BODY}"
    assert (title(text), removed(text)) == ("Harbour board closes quay until spring", [])


def test_one_sentence_is_too_little_text_to_have_summaries_below():
    assert removed("Quay closed\n\nThe quay was closed on Monday.\n\nRelated articles\n\nDivers were hired.") == []


def test_questions_of_an_interview_are_no_headings():
    long = "the quay and the sea and the " * 4
    text = f"{BODY}Why close it?\n\nIt leaks.\n\nWho pays?\n\nWe do.\n\nWhat next?\n\nAll {long} town."
    assert headings(text) == []


def test_short_title_over_a_standfirst_stays_in():
    assert removed(f"Quay closed\n\nAfter a long dispute the harbour board has decided\n\n{BODY}") == []


@pytest.mark.parametrize(
    ("middle", "expected"),
    [
        pytest.param("A dear quay", ["A dear quay"], id="a short line"),
        pytest.param("Who pays?", ["Who pays?"], id="a question over a text"),
        pytest.param("“Who pays?”", [], id="a question in quotation marks is speech"),
        pytest.param("A dear quay:", [], id="a line that ends in a colon"),
        pytest.param("Oh quay\nOh stony quay\nOh dear", [], id="three lines in a row are verse"),
        pytest.param("## A dear quay.", ["A dear quay."], id="a heading mark"),
        pytest.param("10:40", [], id="one time of day"),
    ],
)  # fmt: skip
def test_headings(middle, expected):
    text = BODY + middle + "\n\nThe " + "quay and the sea and the " * 5 + "town."
    assert headings(text) == expected


def test_off_keeps_everything_in():
    articles = pd.DataFrame({"article_id": list(TRUTH), "text": [read(name) for name in TRUTH]})
    on, off = clean(articles), clean(articles, mode="off")
    assert set(off["kind"]) == {"title", "heading", "bullet"}
    assert off.equals(on[on["kind"] != "boilerplate"].reset_index(drop=True))
    REGIONS.check(on)


def test_unknown_mode_is_named():
    with pytest.raises(ValueError, match="'of'"):
        clean(pd.DataFrame({"article_id": ["a"], "text": ["b"]}), mode="of")


def test_reasons_are_sentences_without_a_number():
    reasons = {region.reason for name in TRUTH for region in find_regions(read(name))}
    assert not any(character.isdigit() for reason in reasons for character in reason)
    assert all(reason.endswith(".") for reason in reasons)


PIECES = st.sampled_from(
    ["Related articles", "Advertisement", "Watch", "Sources:", "example.com", "3 comments", "ann says:", "Share this",
     "Facebook", "By Ann Oak", "2 days ago", "- One", "# Quay", "12:40", "Who pays?", "Quay closed until spring",
     "The harbour board met on Monday and closed the quay.", "He said no.", "", "", "\u00a0"]
)  # fmt: skip
PAGES = st.one_of(st.lists(PIECES, max_size=14).map("\n".join), st.text(max_size=60))


@settings(derandomize=True, max_examples=150, deadline=None)
@given(PAGES)
def test_regions_are_whole_blocks_in_order(text):
    regions = find_regions(text)
    blocks = dict(split_blocks(text))
    ends = {end: start for start, end in blocks.items()}
    assert [r.start for r in regions] == sorted({r.start for r in regions})
    for region in regions:
        assert ends[region.end] <= region.start < region.end
        assert region.start == ends[region.end] or region.kind in ("title", "heading")
        assert (region.boilerplate is not None) == (region.kind == "boilerplate")


@settings(derandomize=True, max_examples=150, deadline=None)
@given(PAGES)
def test_a_page_with_a_sentence_keeps_a_block(text):
    blocks = split_blocks(text)
    taken = {region.end for region in find_regions(text) if region.boilerplate}
    assert not blocks or any(end not in taken for _, end in blocks)


@settings(derandomize=True, max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["The quay closed.", "She said no.", "Boats lay idle all day.", "- Rent."]), min_size=1)
)
def test_plain_prose_loses_nothing(sentences):
    text = "\n\n".join(sentences)
    assert removed(text) == []
    assert sum(r.kind == "bullet" for r in find_regions(text)) == sum(is_bullet(s) for s in sentences)


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit",
    ["a\n", "Facebook\n", "Related articles\n\n", "Watch\n", "3 comments\n", "Reply\n", "Sources:\n", "By A\n",
     "12:30\n",
     "Headline of some words\n2 days ago\n", "[a](", "# ", "(Photo: A ", "Who?\n", "More from a\n\nAbc def ghi.\n\n"],
)  # fmt: skip
def test_time_is_linear(unit):
    assert_linear(find_regions, lambda n: BODY + unit * n, 10_000)


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit", ["a", "a ", "share ", "get the a ", "most read ", "1 ", "1 comments", "latest from ", "x, ", "©"]
)
def test_wordings_are_linear(unit):
    assert_linear(lambda text: [pattern.match(text) for pattern in wordings().values()], lambda n: unit * n, 80_000)
