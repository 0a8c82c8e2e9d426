"""Nothing of what is masked can be read before a judgement is recorded, and all the rest can."""

import html
import json
import re
from hashlib import sha256

import pandas as pd
import pytest
from conftest import compared, make_articles, put, run, tables_of

from analysis.blind.addresses import find_addresses
from analysis.blind.beside import figures_beside
from analysis.blind.dates import find_dates
from analysis.blind.export import judged_tables, save_blind
from analysis.blind.judgement import open_judgements, read_judgements, record_judgement
from analysis.blind.masks import blind_names, find_masks, mask_articles, masked_stretches, texts_key
from analysis.blind.passages import first_passages
from analysis.blind.publishers import find_publishers, publisher_names
from analysis.blind.questions import QUESTIONS, read_answers
from analysis.blind.show import show_blind, show_judgement, show_questions
from analysis.inputs.files import InputError
from analysis.measures import measure
from analysis.tables import BESIDE, JUDGEMENTS

GAZETTE = (
    "Bridge closed, says the Daily Gazette\n\nOn Monday, Dec. 8, the regime closed the bridge. The mayor told the "
    "Gazette’s Ann Lee that “the regime” was in a hurry. It had been open since 2021. The mayor said that it would "
    "open again in June."
)
COURIER = (
    "The government closed a bridge yesterday at 7 a.m. The Courier had asked for it. A spokesman told Daily Gazette "
    "that repairs were due. It is a regime of rules. A note by Bo Ray, 8/12/2025.\n\nShare this article"
)
ANSWERS = {"reading": "text one", "voices": "Text Two", "wording": "no difference", "event": "yes"}
HOSTILE = "<script>alert(1)</script> & {n}"
ANN = f"ann {HOSTILE}"


def measured(texts, **columns):
    return tables_of(texts, attribution="rules", **columns)


@pytest.fixture(scope="module")
def two():
    return measured(
        {"file-g": GAZETTE, "file-c": COURIER},
        outlet=["Daily Gazette", "The Courier"], label=["G", None], author=["Ann Lee", "By Bo Ray"],
        published=["2025-12-08", None], title=["Headline of its own", None], url=["https://www.gazette.example/1", None],
    )  # fmt: skip


def visible(shown):
    return html.unescape(re.sub(r"<[^>]+>", "", shown.html))


# What is masked -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("on Monday, Dec. 8, 2025", ["Monday", "Dec. 8, 2025"], id="weekday and day"),
        pytest.param("8 December or 2025-12-08", ["8 December", "2025-12-08"], id="day before month, ISO"),
        pytest.param("in May 2021, in 2022, the 1990s", ["May 2021", "2022", "1990s"], id="month, year, decade"),
        pytest.param("the August talks, Mondays too", ["August", "Mondays"], id="month and weekday alone"),
        pytest.param("8/12/2025, 08.12.25", ["8/12/2025", "08.12.25"], id="in figures"),
        pytest.param("Mon, 3 Jan and Sat. night, Wed-Fri", ["Mon, 3 Jan", "Sat.", "Wed-Fri"], id="short weekdays"),
        pytest.param("The sun sat; The Sun sat. Wed they were", [], id="words that short weekdays are too"),
        pytest.param("MONDAY, JANUARY 3, 2020, JAN 4, in january", ["MONDAY", "JANUARY 3, 2020", "JAN 4", "january"], id="in capitals and small letters"),
        pytest.param("an august man may march", [], id="words that months are too"),
        pytest.param("2020/01/03, 20200103, 2020-01-03T12:00:00Z", ["2020/01/03", "20200103", "2020-01-03T12:00:00Z"], id="year first, and with a time"),
        pytest.param("in 2019-20, mid-2021, a 2018 ruling, ’17, FY2016", ["2019-20", "2021", "2018", "’17", "FY2016"], id="years beside a hyphen, a noun, an apostrophe"),
        pytest.param("their 2000 soldiers, 12345678 people, it’s 20", [], id="numbers that are no years"),
        pytest.param("yesterday, tonight, at 7 a.m., last week", [], id="days and times that date nothing"),
        pytest.param("They may march. 2000 people, 3.5.1 and 10/12", [], id="verbs, numbers, versions"),
        pytest.param("2021 saw floods. “2022 was dry.” 2000 was wet.", ["2021", "2022", "2000"], id="years that open a sentence"),
        pytest.param("Both 2020 and 2021 were wet, between 2019 and May 2021", ["2020", "2021", "2019", "May 2021"], id="years after a word of time"),
        pytest.param("the 2016, 2018 and 2020 elections; 2011 or 2012, we thought", ["2016", "2018", "2020", "2011", "2012"], id="years joined to one that is found"),
        pytest.param("wet years such 2017, 2018 or May 2019 floods", ["2017", "2018", "May 2019"], id="years joined to one behind them"),
        pytest.param("then Euro 2024 began", ["2024"], id="a year after a name"),
        pytest.param("By 2000 votes, in 2021, 2000 people; Some 2012 were lost; by 1950 men", ["2021"], id="numbers after a word of time, a year, a capital"),
        pytest.param("It backed Resolution 1973. On Flight 1986, in Room 2020, on page 1999. Resolution 1970 was old", [], id="numbers of what has a number"),
        pytest.param("Resolutions 1970 and 1973. Flights 1980, 1981 or 1982.", [], id="numbers of several such"),
        pytest.param("Act No. 1973. Acts Nos. 1973 of 2004", ["2004"], id="a number called so"),
        pytest.param("in Resolution 1973 (2011), and Resolution 1973 in March 2011", ["2011", "March 2011"], id="the year beside such a number"),
        pytest.param("Education Act 1944, the Order 2005, Convention 1951", ["1944", "2005", "1951"], id="what is called by its year more often, or in doubt"),
        pytest.param("He said No. 2020 was wet. No 2020 budget; the resolution of 1973", ["2020", "2020", "1973"], id="years beside words that number, too"),
        pytest.param("on 08 Dec 25, 5-Dec-2025, Dec. 8-9, May 5th–6th; by 8 May 25 people", ["08 Dec 25", "5-Dec-2025", "Dec. 8-9", "May 5th–6th", "8 May"], id="dates to their end"),
        pytest.param("They voted no. 2016 changed much. He said No. 2019, the wet one", ["2016", "2019"], id="years after a no"),
        pytest.param("in Resolution 1973, 1974 and Flight 1986", ["1974"], id="one number, and a year in doubt"),
        pytest.param("Meet on Fri 3 pm or Sat, 4 pm", ["Fri", "Sat"], id="a short weekday before a time, without the blank"),
    ],
)  # fmt: skip
def test_dates_are_found_by_rule(text, found):
    assert [text[start:end] for start, end in find_dates(text)] == found


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        pytest.param("Gazette", "Gazette’s GAZETTE gazette Gazettes", ["Gazette", "GAZETTE"], id="one word as written"),
        pytest.param("Daily Gazette", "daily-gazette Daily\nGazette", ["daily-gazette", "Daily\nGazette"], id="several words in any case"),
        pytest.param("Daily Gazette", "DailyGazette #dailygazette @daily_gazette", ["DailyGazette", "dailygazette", "daily_gazette"], id="several words written as one"),
        pytest.param("Daily Gazette", "THE GAZETTE, a Gazette man’s, GAZETTE, gazettes", ["GAZETTE", "Gazette", "GAZETTE"], id="the last of several words that newspapers are called by"),
        pytest.param("Radio Free Harbour", "Harbour’s HARBOUR; THE HARBOUR", ["HARBOUR"], id="a last word that is any other"),
        pytest.param("Courier-Post", "courier post, CourierPost, the POST", ["courier post", "CourierPost", "POST"], id="words with a hyphen between them"),
        pytest.param("No one", "HARBOUR, Jan. 3 (Agency) – It rains.", ["Agency"], id="an agency at the beginning of a text"),
        pytest.param("No one", "The mayor (Agency) – it rains.", [], id="brackets after anything else"),
        pytest.param("Times of Harbour", "The Times of Harbour: the Harbour, of Harbour", ["Times of Harbour", "Harbour"], id="the last of several words after an article alone"),
        pytest.param("gazette.example", "at Gazette.Example", ["Gazette.Example"], id="a host in any case"),
        pytest.param("People's Post", "the People’s Post", ["People’s Post"], id="any apostrophe"),
        pytest.param("C++ News", "the C++ News", ["C++ News"], id="marks are no pattern"),
        pytest.param("Post", "Posts, Postman, 2Post", [], id="not inside a word"),
        pytest.param("MCDONALD", "McDonald mcdonald", ["McDonald"], id="one word in capitals"),
        pytest.param("eGazette", "eGazette EGAZETTE egazette", ["eGazette", "EGAZETTE"], id="one word that begins small"),
        pytest.param("AP", "AP Ap", ["AP"], id="two capitals as they are written"),
        pytest.param("Ann E", "Anne ANNE anne Ann-E AnnE", ["Ann-E", "AnnE"], id="a short word is not joined to another word"),
        pytest.param("NY Times", "NYTimes nytimes ny-times", ["NYTimes", "ny-times"], id="a short word is joined before a capital"),
        pytest.param("nytimes", "nytimes, NYTimes and Nytimes", ["nytimes", "NYTimes", "Nytimes"], id="one word in small letters that is no English word"),
        pytest.param("nytimes", "mynytimes nytimess", [], id="and not inside another"),
        pytest.param("time", "time TIME Time", ["time", "TIME"], id="one in small letters that is one"),
        pytest.param("Times of Harbour", "#timesofharbour", ["timesofharbour"], id="a short word between others is joined"),
    ],
)  # fmt: skip
def test_names_are_found_as_they_are_written(name, text, found):
    assert [text[start:end] for start, end in find_publishers([name], text)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("(https://a.example/2020/01/03).", ["https://a.example/2020/01/03"], id="a page, without the mark behind it"),
        pytest.param("www.a.example Gazette.com gazette.co.uk/x", ["www.a.example", "Gazette.com", "gazette.co.uk/x"], id="hosts"),
        pytest.param("ann.lee@paper.example", ["ann.lee@paper.example"], id="mail"),
        pytest.param("by @Paper_1: 3 @ 5", ["@Paper_1"], id="a handle"),
        pytest.param("It rains.It pours. The U.S. and i.e. 3.5", [], id="dots that make no address"),
        pytest.param("Spiegel.de, lemonde.fr, theguardian.co and gov.uk.", ["Spiegel.de", "lemonde.fr", "theguardian.co", "gov.uk"], id="hosts of countries"),
        pytest.param("at meduza.io or axios.app", ["meduza.io", "axios.app"], id="hosts with endings that are no words"),
        pytest.param("GAZETTE.COM or PAPER.DE", ["GAZETTE.COM", "PAPER.DE"], id="hosts in capitals"),
        pytest.param("It ended.Online readers said no.Info here, said.Media", [], id="a missing blank before a capital"),
        pytest.param("It rained.it poured.in rain, no.us", [], id="a missing blank before a word that is an ending too"),
        pytest.param("It ended.online readers, ended.de they", [], id="a missing blank in small letters, after a form that ends a sentence"),
        pytest.param("by trend.az, bbc.co.uk, spiegel.de, stern.de, trend.online, voices.online, here.news, ours.press", ["trend.az", "bbc.co.uk", "spiegel.de", "stern.de", "trend.online", "voices.online", "here.news", "ours.press"], id="hosts in small letters, words that are listed so among them"),
        pytest.param("It ended.co.uk ended.com/x ended.az", ["ended.co.uk", "ended.com/x", "ended.az"], id="any word before an ending that begins no sentence"),
        pytest.param("talks ended.co-operation failed.de-escalation; the road.de facto it", [], id="a missing blank before a word that begins like an ending"),
        pytest.param("www.paper.it news.paper.it paper.it/x", ["www.paper.it", "news.paper.it", "paper.it/x"], id="an ending that is a word too, where more shows a host"),
    ],
)  # fmt: skip
def test_addresses_are_found_by_rule(text, found):
    assert [text[start:end] for start, end in find_addresses(text)] == found


@pytest.mark.parametrize("part", ["a.", "a", "-", "a.@", "ab.cd-"])
def test_the_search_for_addresses_ends_in_a_long_text_without_any(part):
    assert find_addresses(f"{part * 40_000} ") == []


@pytest.mark.parametrize(
    ("columns", "names"),
    [
        pytest.param({"outlet": ["The Gazette"]}, ["Gazette"], id="without its article"),
        pytest.param({"label": ["A"]}, [], id="one letter tells nothing"),
        pytest.param({"outlet": ["AP"]}, ["AP"], id="an outlet of two capitals"),
        pytest.param({"outlet": ["IT"]}, [], id="which are a stop word"),
        pytest.param({"author": ["BO RAY"]}, ["Bo Ray", "Ray"], id="an author in capitals"),
        pytest.param({"label": ["Other"]}, [], id="a stop word tells nothing"),
        pytest.param(
            {"author": ["By Ann Lee, Bo Ray and Cy Orr"]},
            ["Ann Lee", "Bo Ray", "Cy Orr", "Lee", "Orr", "Ray"],
            id="several authors",
        ),
        pytest.param({"url": ["http://[broken"]}, [], id="no address"),
        pytest.param({"url": ["https://www.nytimes.com/1"]}, ["nytimes.com", "nytimes"], id="a host, and its name"),
        pytest.param({"url": ["https://rt.com/1"]}, ["rt.com", "RT"], id="two letters, in capitals"),
        pytest.param({"outlet": ["nytimes.com"]}, ["nytimes.com", "nytimes"], id="an outlet called by its host"),
        pytest.param({"url": ["https://trend.az/1"]}, ["trend.az", "Trend"], id="a host named by an English word"),
        pytest.param({"url": ["https://news.bbc.co.uk/1"]}, ["news.bbc.co.uk", "BBC"], id="three letters, in capitals"),
        pytest.param(
            {"url": ["https://harbourpost.blogspot.com/1"]},
            ["harbourpost.blogspot.com", "harbourpost", "blogspot"],
            id="a part of a host that is no English word",
        ),
        pytest.param({"url": ["https://www.gov.uk/1"]}, ["gov.uk"], id="a host that is all ending"),
        pytest.param({"outlet": ["U.S. Gazette"], "label": ["U.S."]}, ["U.S. Gazette", "U.S."], id="dots in no host"),
    ],
)
def test_which_names_tell_a_text(columns, names):
    assert publisher_names(make_articles({"a": "It rains."}, **columns)) == names


def test_an_author_in_capitals_is_found_with_capitals_inside():
    names = publisher_names(make_articles({"a": "It rains."}, author=["ANNE MCDONALD"]))
    text = "McDonald said so, and mcdonald did."
    assert [text[start:end] for start, end in find_publishers(names, text)] == ["McDonald"]


def test_the_name_of_a_host_is_masked_in_any_case_and_a_word_only_with_a_capital():
    tables = measured(
        {"a": "It is in nytimes, says a reader. The trend is old.", "b": "Trend and NYTimes said so."},
        url=["https://www.nytimes.com/1", "https://trend.az/1"],
    )
    assert hidden(tables) == {"a": ["nytimes"], "b": ["Trend", "NYTimes"]}


def test_a_host_of_several_words_is_found_where_capitals_begin_them():
    names = publisher_names(make_articles({"a": "It rains."}, url=["https://harbourpost.com/1"]))
    text = "The Harbour Post, Harbour-Post and harbourpost said so; a harbour post, the Harbour Postman did not."
    found = [text[start:end] for start, end in find_publishers(names, text)]
    assert found == ["Harbour Post", "Harbour-Post", "harbourpost"]


def hidden(tables):
    texts = dict(zip(tables["articles"]["article_id"], tables["articles"]["text"], strict=True))
    return {own: [texts[own][mask.start : mask.end] for mask in masks] for own, masks in find_masks(tables).items()}


def test_names_of_either_dates_and_loaded_words_in_any_voice_are_masked(two):
    assert hidden(two) == {
        "file-g": ["Daily Gazette", "Monday", "Dec. 8", "regime", "Gazette", "Ann Lee", "regime", "2021", "June"],
        "file-c": ["Courier", "Daily Gazette", "regime", "Bo Ray", "8/12/2025"],
    }


@pytest.mark.parametrize("form", ["html", "text"])
def test_nothing_of_what_is_masked_can_be_read(two, form):
    shown = getattr(show_blind(two), form)
    stretches = {stretch for own in hidden(two).values() for stretch in own}
    for word in {*stretches, "file-g", "file-c", "Headline of its own", "gazette.example", "2025-12-08"}:
        assert word not in shown, word


def test_all_else_stands_verbatim_and_nothing_is_added(two):
    texts = dict(zip(two["articles"]["article_id"], two["articles"]["text"], strict=True))
    for own, masked in zip(blind_names(two), mask_articles(two), strict=True):
        whole = texts[own].partition("\n\nShare this article")[0]  # boilerplate is left out
        pieces = [re.escape(piece) for piece in re.split(r"\[[a-z, ]+\]", masked.text)]
        found = re.fullmatch("(.+?)".join(pieces), whole, re.DOTALL)
        assert list(found.groups()) == hidden(two)[own]
        assert " ".join(masked.text.split()) in " ".join(visible(show_blind(two)).split()) or len(masked.paragraphs) > 1


def test_it_is_said_that_in_doubt_masks_hide(two):
    shown = show_blind(two)
    assert shown.text.count("errs on the side of hiding") == 1 == visible(shown).count("errs on the side of hiding")


def test_a_block_tells_its_kind_and_whether_it_hides_several_words(two):
    gazette = next(masked for masked in mask_articles(two) if "hurry" in masked.text)
    assert gazette.text.splitlines()[2].startswith(
        "On [date], [date, several words], the [wording] closed the bridge. The mayor told the [outlet or author]’s "
        "[outlet or author, several words] that “the [wording]” was"
    )


def test_what_overlaps_is_one_mask_of_the_first_kind():
    tables = measured({"a": "It rains in Monday Post, it says.", "b": "It pours."}, outlet=["Monday Post", None])
    assert [(mask.kind, mask.end - mask.start) for mask in find_masks(tables)["a"]] == [("outlet or author", 11)]


def test_what_begins_or_ends_a_sentence_is_masked():
    tables = measured({"a": "Monday was wet. It rained until Monday", "b": "It pours."})
    (masked,) = (one.text for one in mask_articles(tables) if "rained" in one.text)
    assert masked == "[date] was wet. It rained until [date]"


def test_an_article_may_be_called_as_a_column_is(tmp_path):
    tables = measured({"of": "It rains.", "figure": "It pours."})
    shown = show_judgement(tables, (), record_judgement(str(tmp_path / "j.csv"), tables, ANSWERS), "")
    assert "words in the author's voice" in shown.text
    assert re.search("Text (one|two): figure", shown.text)


def test_the_order_is_that_of_the_texts_and_not_of_the_sources(two):
    turned = measured({"x": COURIER, "y": GAZETTE})
    order = [masked.text.split()[0] for masked in mask_articles(two)]
    assert [masked.text.split()[0] for masked in mask_articles(turned)] == order
    assert texts_key(turned) == texts_key(two)
    assert [masked.name for masked in mask_articles(two)] == ["Text one", "Text two"]


def test_of_many_texts_each_has_a_name():
    tables = measured({f"t{at}": f"It rained for {word} days." for at, word in enumerate("abcdefghijklm")})
    assert list(blind_names(tables).values())[-2:] == ["Text twelve", "Text 13"]


def test_of_a_text_that_is_not_english_it_is_said_what_was_not_looked_for():
    german = "Die Brücke wurde am Montag gesperrt, und niemand weiß, wann sie wieder geöffnet wird. " * 9
    shown = show_blind(measured({"a": german, "b": GAZETTE}))
    assert shown.text.count("looked for in English only") == 1
    assert shown.html.count("looked for in English only") == 1


@pytest.mark.parametrize(
    ("tables", "found"),
    [
        pytest.param(lambda: measure(make_articles({"a": GAZETTE}), attribution="rules"), "two or more of them; found 1", id="one text"),
        pytest.param(lambda: measure(make_articles({"a": "It rains.", "b": "It pours."}, group=["g", "g"]), attribution="rules"), "found groups of them", id="groups"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_blind_is_refused(tables, found):
    with pytest.raises(InputError, match=found):
        show_blind(tables())


# Judgements -----------------------------------------------------------------------------------------------------------


def test_what_is_recorded_is_read_again(two, tmp_path):
    path = str(tmp_path / "new" / "judgement.csv")
    assert read_judgements(path).empty
    made = record_judgement(path, two, ANSWERS | {"remarks": "=SUM(1)\nshort, “dry”"}, "ann", "in May")
    assert made["answer"].tolist() == ["text one", "text two", "no difference", "yes", "=SUM(1) short, “dry”"]
    assert set(made["texts"]) == {texts_key(two)}
    pd.testing.assert_frame_equal(read_judgements(path), made)
    assert ",'=SUM" in (tmp_path / "new/judgement.csv").read_text(encoding="utf-8").replace('"', "")
    JUDGEMENTS.check(made)


def test_readers_and_texts_stand_beside_each_other(two, tmp_path):
    path, other = str(tmp_path / "j.csv"), measured({"a": "It rains.", "b": "It pours."})
    record_judgement(path, two, ANSWERS, "ann")
    record_judgement(path, two, ANSWERS, "#ben")
    record_judgement(path, other, ANSWERS)
    held = read_judgements(path)
    assert held.groupby(["texts", "reader"], sort=False).size().tolist() == [4, 4, 4]
    assert held["reader"].unique().tolist() == ["ann", "#ben", ""]
    assert judged_tables(two, held, "ann")["judgements"]["reader"].unique().tolist() == ["ann", "#ben"]


def test_a_judgement_is_never_overwritten(two, tmp_path):
    path = tmp_path / "j.csv"
    record_judgement(str(path), two, ANSWERS, "ann")
    before = path.read_bytes()
    with pytest.raises(InputError, match=r"a judgement is recorded once; .*j\.csv' holds one of these texts by 'ann'"):
        record_judgement(str(path), two, ANSWERS | {"event": "no"}, " ann ")
    assert path.read_bytes() == before


def test_the_same_answers_again_change_nothing(two, tmp_path):
    path, given = tmp_path / "j.csv", "reading: text one; voices: text two; wording: no difference; event: yes"
    first = open_judgements(str(path), two, given, "ann")
    before = path.read_bytes()
    pd.testing.assert_frame_equal(open_judgements(str(path), two, given, "ann"), first)
    pd.testing.assert_frame_equal(open_judgements(str(path), two), first)
    assert path.read_bytes() == before
    with pytest.raises(InputError, match="a judgement is recorded once"):
        open_judgements(str(path), two, given.replace("yes", "no"), "ann")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        pytest.param({}, "found no answer to reading, voices, wording, event", id="no answer"),
        pytest.param(ANSWERS | {"event": " "}, "found no answer to event", id="an empty answer"),
        pytest.param(ANSWERS | {"bias": "text one"}, "a judgement answers reading, voices, wording, event, remarks; found 'bias'", id="an unknown question"),
        pytest.param(ANSWERS | {"reading": "Gazette"}, "the answer to reading accepts text one, text two, no difference; found 'gazette'", id="a name in the place of a text"),
        pytest.param(ANSWERS | {"reading": "text three"}, "found 'text three'", id="a text that there is not"),
        pytest.param(ANSWERS | {"event": "text one"}, "the answer to event accepts yes, no, cannot tell; found 'text one'", id="an answer to another question"),
    ],
)  # fmt: skip
def test_answers_that_are_not_accepted_record_nothing(two, tmp_path, answers, message):
    with pytest.raises(InputError, match=message):
        record_judgement(str(tmp_path / "j.csv"), two, answers)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("given", "message"),
    [
        pytest.param("reading text one", "found no colon in 'reading text one'", id="no colon"),
        pytest.param("event: yes; event: no", "found it twice in 'event: no'", id="twice"),
    ],
)
def test_answers_in_a_line_that_cannot_be_read(given, message):
    with pytest.raises(InputError, match=message):
        read_answers(given)


KEY = "0" * 64
HEAD = "texts,reader,recorded,question,answer\n"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param("", r"should have the columns texts, reader, .*; it has none", id="empty"),
        pytest.param("a,b\n1,2\n", "it has a, b", id="other columns"),
        pytest.param(HEAD + f"{KEY},ann\n", "line 2: each line has 5 cells; found 2", id="too few cells"),
        pytest.param(HEAD + "abc,ann,,event,yes\n", "line 2: .* found 'abc', 'event', 'yes'", id="no hash"),
        pytest.param(HEAD + f"{KEY},ann,,bias,yes\n", "line 2: .*'bias'", id="an unknown question"),
        pytest.param(HEAD + f"{KEY},ann,,event,\n", "line 2: .*, ''", id="an empty answer"),
        pytest.param(HEAD + f"{KEY},ann,,event,yes\n" * 2, "line 3: .*'ann' answers event twice", id="an answer twice"),
        pytest.param(HEAD + '"x\n', "line 2: not CSV", id="no CSV"),
        pytest.param(b"\xff\xfe\x00", "is not UTF-8", id="not UTF-8"),
    ],
)
def test_a_file_that_holds_no_judgements_is_refused_and_left_as_it_is(two, tmp_path, content, message):
    path = put(tmp_path / "j.csv", content)
    before = path.read_bytes()
    for attempt in (lambda: read_judgements(str(path)), lambda: record_judgement(str(path), two, ANSWERS)):
        with pytest.raises(InputError, match=message):
            attempt()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("path", "message"),
    [
        pytest.param("", "found no name of one", id="no path"),
        pytest.param(".", "folder", id="a folder"),
        pytest.param("/proc/nowhere/j.csv", "cannot be written", id="a folder that cannot be made"),
    ],
)
def test_a_path_that_cannot_be_one_is_refused(two, path, message):
    with pytest.raises(InputError, match=message):
        record_judgement(path, two, ANSWERS)


def test_a_line_that_was_taken_out_is_noticed(two, tmp_path):
    path = tmp_path / "j.csv"
    record_judgement(str(path), two, ANSWERS, "ann")
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    with pytest.raises(InputError, match="found no answer to event"):
        show_judgement(two, (), read_judgements(str(path)), "ann")


# Answers beside figures -----------------------------------------------------------------------------------------------


@pytest.fixture
def judged(two, tmp_path):
    return record_judgement(str(tmp_path / "j.csv"), two, ANSWERS | {"remarks": HOSTILE}, ANN)


def test_until_a_judgement_is_recorded_nothing_is_shown(two):
    shown = show_judgement(two, (), JUDGEMENTS.frame())
    assert shown.text.startswith(
        "When the file was read here, it held no judgement of these texts: nothing is unmasked."
    )
    assert "Gazette" not in shown.html + shown.text
    assert judged_tables(two, JUDGEMENTS.frame())["beside"].empty


def test_a_judgement_of_other_texts_lifts_no_mask(two, tmp_path):
    other = measured({"a": "It rains.", "b": "It pours."})
    held = record_judgement(str(tmp_path / "j.csv"), other, ANSWERS)
    shown = show_judgement(two, (), held)
    assert "but of 1 other comparison: nothing is unmasked" in shown.text
    assert "Gazette" not in shown.html
    with pytest.raises(InputError, match="what is exported is a judgement of these texts without a name; found none"):
        save_blind(tmp_path, two, (), held)


@pytest.mark.parametrize(
    ("recorded", "reader", "said"),
    [
        pytest.param(["ann"], "ann", "", id="own judgement"),
        pytest.param(["ann"], "  ann ", "", id="own judgement, the name with spaces around it"),
        pytest.param([""], "", "", id="a reader without a name has judged without a name"),
        pytest.param(["ann"], "ben", "No judgement of these texts by ben is recorded in the file: nothing is unmasked before. It holds judgements by 1 other reader;", id="somebody else's"),
        pytest.param(["ann", "cy"], "", "No judgement of these texts without a name is recorded in the file: nothing is unmasked before. It holds judgements by 2 other readers;", id="others', and a reader without a name"),
        pytest.param([""], "ann", "No judgement of these texts by ann is", id="somebody's without a name"),
        pytest.param(["Ann"], "ann", "No judgement of these texts by ann is", id="another name, however near"),
    ],
)  # fmt: skip
def test_masks_are_lifted_for_a_reader_only_after_that_readers_own_judgement(two, tmp_path, recorded, reader, said):
    for name in recorded:
        held = record_judgement(str(tmp_path / "j.csv"), two, ANSWERS, name)
    shown, judged = show_judgement(two, (), held, reader), judged_tables(two, held, reader)
    assert shown.text.startswith(said or "Which text is which")
    assert ("Gazette" in shown.html + shown.text) == (not said)
    assert (judged["beside"].empty, judged["judgements"].empty) == (bool(said), bool(said))
    if said:
        with pytest.raises(InputError, match="found none, record_judgement makes one"):
            save_blind(tmp_path / "out", two, (), held, reader)
        assert not (tmp_path / "out").exists()


def test_the_masks_are_lifted_and_each_answer_names_its_text(two, judged):
    shown = show_judgement(two, (), judged, ANN)
    first = next(iter(blind_names(two)))
    name = {"file-g": "G", "file-c": "file-c"}[first]
    assert f"text one: {name}" in shown.text
    for word in ("Daily Gazette", "The Courier", "Ann Lee", "2025-12-08", "Dec. 8"):
        assert word in shown.text
        assert word in visible(shown)
    assert all(one.question in shown.text for one in QUESTIONS)
    assert "neither decides the other" in shown.text


def test_what_readers_write_is_inert(two, judged):
    shown = show_judgement(two, (), judged, ANN)
    assert "<script" not in shown.html
    assert shown.html.count("&lt;script&gt;") >= 2


def test_figures_are_those_of_the_tables(seeds):
    figures = BESIDE.check(figures_beside(seeds))
    grades = seeds["readability_by_group"].query("metric == 'flesch_kincaid_grade'").set_index("group")
    counts = seeds["attribution_counts"].query("dimension == 'sentences'").set_index("group")
    own = figures.set_index(["figure", "article_id"])
    for group in grades.index:
        grade, share = own.loc["Flesch–Kincaid grade", group], own.loc["share of sentences with a statement", group]
        assert (grade.value, grade.lower, grade.upper, grade.n) == tuple(
            grades.loc[group, ["value", "lower", "upper", "n_sentences"]]
        )
        assert (share.value, share.lower, share.upper, share.n) == tuple(
            counts.loc[group, ["share", "lower", "upper", "n_total"]]
        )
        assert own.loc["different sources", group].value == (seeds["sources"]["group"] == group).sum()
    for row in seeds["wording_counts"].itertuples():
        assert own.loc[f"“{row.expression}”", row.group].value == row.n
    assert figures[figures["question"] == "event"]["says"].tolist() == seeds["event_check"]["verdict"].tolist()


def test_uses_of_loaded_words_are_not_added_up(two):
    wording = figures_beside(two).query("question == 'wording'")
    assert set(wording["figure"]) == {"“regime”"}
    assert dict(zip(wording["article_id"], wording["value"], strict=True)) == {"file-g": 1, "file-c": 1}


def test_where_no_listed_word_is_used_the_figure_is_none_found():
    wording = figures_beside(measured({"a": "It rains.", "b": "It pours."})).query("question == 'wording'")
    assert wording["figure"].tolist() == ["listed expressions"] * 2
    assert wording["value"].tolist() == [0, 0]


@pytest.mark.parametrize(
    ("question", "figure", "article", "sentence"),
    [
        pytest.param("reading", "Flesch–Kincaid grade", "file-g", None, id="a whole text has no sentence"),
        pytest.param("voices", "statements attributed", "file-g", "The mayor told the Gazette’s", id="the first statement"),
        pytest.param("voices", "different sources", "file-c", "A spokesman told", id="the first source"),
        pytest.param("wording", "“regime”", "file-g", "On Monday, Dec. 8, the regime", id="the first use, not the second"),
        pytest.param("wording", "“regime”", "file-c", "It is a regime of rules.", id="the first use in the other"),
        pytest.param("event", "aligned sentences", "file-c", "The government closed a bridge", id="the first that is aligned"),
    ],
)  # fmt: skip
def test_a_figure_leads_to_the_first_sentence_that_it_counts(two, judged, question, figure, article, sentence):
    figures = figures_beside(two).set_index(["question", "figure", "article_id"], drop=False)
    (anchor,) = first_passages(figures.loc[[(question, figure, article)]], two)
    shown = show_judgement(two, (), judged, ANN).html
    if sentence is None:
        assert anchor is None
    else:
        assert f'<a href="#{anchor}">' in shown
        assert visible_from(shown, anchor).startswith(sentence)


def visible_from(shown, anchor):
    """What can be read from an anchor on."""
    return html.unescape(re.sub(r"<[^>]+>", "", shown.partition(f'id="{anchor}"')[2].partition(">")[2]))


def test_where_nothing_is_counted_no_figure_leads_anywhere():
    tables = measured({"a": "It rains.", "b": "It pours."})
    assert set(first_passages(figures_beside(tables), tables)) == {None}


def test_of_two_texts_the_one_that_is_named_first_is_led_to():
    one, other = "The mayor opened the long bridge.", "Snow fell. The mayor opened the long bridge."
    for texts in ({"a": one, "b": other}, {"b": other, "a": one}):
        tables = measured(texts)
        rows = figures_beside(tables).query("question == 'event'")
        (row,), (anchor,) = rows.itertuples(), first_passages(rows, tables)
        place = list(texts).index(row.article_id) + 1
        assert anchor == f"a{place}-s{1 if row.article_id == 'a' else 2}"


def test_the_sentences_of_the_summary_on_the_same_subject_are_shown(seeds, tmp_path):
    from analysis.findings import find_claims

    claims = find_claims(seeds, compared.__globals__["DEFAULTS"] | {"syllables": "x", "permutations": 99, "draws": 50})
    held = record_judgement(str(tmp_path / "j.csv"), seeds, ANSWERS)
    shown = show_judgement(seeds, claims, held)
    number, claim = next((at, one) for at, one in enumerate(claims, 1) if one.section == "Reading level")
    assert f"{claim.text} ({number})" in shown.text
    assert not any(one.text in shown.text for one in claims if one.section == "Terms that differ")


def test_both_are_exported(two, judged, tmp_path):
    made = save_blind(tmp_path / "out", two, (), judged, ANN)
    assert [path.name for path in made] == ["judgement.csv", "beside.csv", "beside.html"]
    assert len(pd.read_csv(made[0])) == 5
    answers, figures = (pd.read_csv(path, keep_default_na=False) for path in made[:2])
    assert figures["question"].unique().tolist() == ["reading", "voices", "wording", "event"]
    assert set(answers["reader"]) == {ANN}
    assert set(answers["texts"]) == set(figures["texts"]) == {texts_key(two)}
    hashes = {own: sha256(text.encode()).hexdigest() for own, text in {"file-g": GAZETTE, "file-c": COURIER}.items()}
    assert dict(zip(figures["article_id"], figures["sha256"], strict=True)) == hashes
    of_two = figures[figures["question"] == "event"]
    assert of_two["other_sha256"].tolist() == [hashes[own] for own in of_two["other_id"]]
    assert set(figures.loc[figures["question"] != "event", "other_sha256"]) == {""}
    page = made[2].read_text(encoding="utf-8")
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    assert show_judgement(two, (), judged, ANN).html in page
    assert set(re.findall('href="#([^"]+)"', page)) <= set(re.findall('id="([^"]+)"', page))


def test_what_the_masks_hid_is_counted(two):
    rows = masked_stretches(two)
    counted = {(row.kind, row.stretch): row.n for row in rows.itertuples() if row.text == blind_names(two)["file-g"]}
    assert counted["wording", "regime"] == 2
    assert counted["date", "Dec. 8"] == 1


def test_questions_say_what_is_accepted(two):
    told = show_questions(two).text
    assert "text one, text two, no difference" in told
    assert "anything, or nothing" in told


# The notebook ---------------------------------------------------------------------------------------------------------


@pytest.mark.slow
def test_the_notebook_masks_until_it_is_told_a_judgement(tmp_path):
    put(tmp_path / "in/g.txt", GAZETTE)
    put(tmp_path / "in/c.txt", COURIER)
    put(tmp_path / "in/articles.csv", "article_id,outlet\ng,Daily Gazette\nc,The Courier\n")
    given = (
        "report",
        tmp_path / "in",
        "--notebook",
        "blind",
        "--output",
        tmp_path / "out",
        "-p",
        "judgement",
        tmp_path / "j.csv",
    )
    done = run(*given)
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "nothing is unmasked" in page
    assert "Daily Gazette" not in page
    assert not (tmp_path / "j.csv").exists()
    done = run(*given, "-p", "answers", "reading: text one; voices: text two; wording: no difference; event: yes")
    assert done.returncode == 0, done.stderr
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "Daily Gazette" in page
    assert len(pd.read_csv(tmp_path / "out/tables/judgements.csv")) == 4
    assert len(pd.read_csv(tmp_path / "out/tables/beside.csv")) > 4
    assert "judgements" in (tmp_path / "out/tables/codebook.md").read_text(encoding="utf-8")
    done = run("audit", tmp_path / "out")
    assert done.returncode == 0, done.stdout + done.stderr
    done = run(*given, "-p", "answers", "reading: Gazette; voices: text two; wording: no difference; event: yes")
    assert done.returncode == 2
    assert "the answer to reading accepts text one, text two, no difference; found 'gazette'" in done.stderr
    executed = json.loads((tmp_path / "out/report.ipynb").read_text(encoding="utf-8"))
    assert executed["cells"][0]["cell_type"] == "markdown"
