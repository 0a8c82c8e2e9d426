"""A person has the last word: what can be corrected, what is refused, and what is named when it does not fit."""

import tempfile
from contextlib import suppress
from pathlib import Path

import pandas as pd
import pytest
from conftest import make_articles
from hypothesis import given
from hypothesis import strategies as st

from analysis.attribution import find_attributions
from analysis.claims.claim import Section
from analysis.claims.corrections import state_corrections
from analysis.clean import clean
from analysis.corrections import (
    correct_attributions,
    correct_labels,
    correct_regions,
    correct_voices,
    corrections_of,
    join_corrections,
    name_unplaced,
    read_corrections,
)
from analysis.inputs.files import InputError
from analysis.passages import find_sentences, find_voices
from analysis.show.corrections import show_corrections
from analysis.show.texts import show_articles
from analysis.tables import ATTRIBUTIONS, CORRECTIONS, LABELS, REGIONS, SENTENCES, SPANS, VOICES

HEADER = "article_id,what,start,end,value,who,why"
PAGE = "Menu\n\nFerry sails\n\nThe ferry sails again, the port said today. Ann Lee denied it.\n\n- One boat\n\nRelated stories"
STATEMENT = "The ferry sails again, the port said today. Ann Lee denied it."


def row(stretch, value, what="region", *, text=PAGE, article_id="a", number=1, quoted=None, who="ann", why="a slip"):
    """A correction of the first place where `stretch` stands in `text`; a pair is start and end themselves."""
    start, end = stretch if isinstance(stretch, tuple) else (text.index(stretch), text.index(stretch) + len(stretch))
    return (number, article_id, what, start, end, value, quoted, who, why, None, None)


def table(*rows):
    return CORRECTIONS.frame((number, *given[1:]) for number, given in enumerate(rows, start=1))


def reasons(corrections):
    return corrections["reason"].tolist()


class TestReading:
    @pytest.fixture
    def write(self, tmp_path):
        def write(content, encoding="utf-8"):
            path = tmp_path / "corrections.csv"
            path.write_bytes(content.encode(encoding))
            return str(path)

        return write

    @pytest.mark.parametrize(
        ("content", "encoding"),
        [
            pytest.param(f"{HEADER}\na,region,0,4,chrome,ann,a menu\n", "utf-8", id="commas"),
            pytest.param(f"{HEADER}\na,region,0,4,chrome,ann,a menu\n", "utf-8-sig", id="byte order mark"),
            pytest.param(f"{HEADER}\na,region,0,4,chrome,ann,a menu\n".replace(",", ";"), "utf-8", id="semicolons"),
            pytest.param(f"{HEADER}\r\na,region,0,4,chrome,ann,a menu\r\n".replace(",", "\t"), "utf-8", id="tabs"),
            pytest.param("who,why,value,end,start,what,article_id\nann,a menu,chrome,4,0,region,a", "utf-8", id="other order"),
            pytest.param(f"{HEADER.upper()}\n a , region , 0 , 4 , chrome , ann , a menu \n", "utf-8", id="capitals and blanks"),
        ],
    )  # fmt: skip
    def test_a_file_is_read(self, write, content, encoding):
        found = read_corrections(write(content, encoding))
        assert found.iloc[0].dropna().to_dict() == {
            "correction": 1, "article_id": "a", "what": "region", "start": 0, "end": 4, "value": "chrome", "who": "ann",
            "why": "a menu",
        }  # fmt: skip
        CORRECTIONS.check(found)

    def test_no_file_is_no_correction(self):
        assert read_corrections("").equals(CORRECTIONS.frame())

    def test_the_text_of_the_stretch_is_kept(self, write):
        path = write(f'{HEADER},text\na,region,0,4,chrome,ann,x,"Me\nnu"\na,region,6,9,body,ann,x,\n')
        assert read_corrections(path)["text"].tolist()[0] == "Me\nnu"
        assert read_corrections(path)["text"].isna().tolist() == [False, True]

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            pytest.param("id,what\n", "has no column 'start'; accepted are article_id, what", id="columns are missing"),
            pytest.param(f"{HEADER},note\na,region,0,4,body,ann,x,y\n", "has the column 'note'; accepted are article_id, what", id="a column is unknown"),
            pytest.param("article_id,what,start,end,value,who\na,region,0,4,body,ann\n", "has no column 'why'", id="a column is missing"),
            pytest.param(f"{HEADER}\na,regoin,0,4,body,ann,x\n", "line 2: what is region, attribution, label or voice; found 'regoin'", id="what is unknown"),
            pytest.param(f"{HEADER}\na,region,x,4,body,ann,x\n", "line 2: start is a whole number of characters from 0; found 'x'", id="start is no number"),
            pytest.param(f"{HEADER}\na,region,0,-4,body,ann,x\n", "line 2: end is a whole number", id="end is negative"),
            pytest.param(f"{HEADER}\na,region,0,99999999999999999999,body,ann,x\n", "line 2: end is a whole number", id="end is beyond any text"),
            pytest.param(f"{HEADER}\na,region,4,4,body,ann,x\n", "line 2: end is greater than start; found start 4 and end 4", id="the stretch is empty"),
            pytest.param(f"{HEADER}\na,region,0,4,banner,ann,x\n", "line 2: a region is body, title, .*sources; found 'banner'", id="a region that is none"),
            pytest.param(f"{HEADER}\na,voice,0,4,narrator,ann,x\n", "line 2: a voice is author, headline, quoted or attributed; found 'narrator'", id="a voice that is none"),
            pytest.param(f"{HEADER}\na,label,0,4,state:,ann,x\n", "line 2: a label is ACTOR, KIND: ACTOR", id="a kind without an actor"),
            pytest.param(f"{HEADER}\na,attribution,0,4,gone,ann,x\n", "line 2: an attribution is corrected by none, or by act, .*found 'gone'", id="a change that is none"),
            pytest.param(f"{HEADER}\na,attribution,0,4,kind=spoken,ann,x\n", "line 2: kind accepts direct, indirect, mixed; found 'spoken'", id="a kind that is none"),
            pytest.param(f"{HEADER}\na,attribution,0,4,source=4,ann,x\n", "line 2: source is START-END, parts joined by \\+, or none; found '4'", id="a source without its end"),
            pytest.param(f"{HEADER}\na,attribution,0,4,content=none,ann,x\n", "line 2: content is START-END, parts joined by \\+; found 'none'", id="content cannot be none"),
            pytest.param(f"{HEADER}\na,attribution,0,4,kind=direct;kind=mixed,ann,x\n", "line 2: kind stands twice", id="a key twice"),
            pytest.param(f"{HEADER}\na,attribution,0,4,statement;act=attitude,ann,x\n", "line 2: what is added has its act from the first word", id="an act beside the act"),
            pytest.param(f"{HEADER}\na,region,0,4,body,,x\n", "line 2: who is empty", id="nobody corrected it"),
            pytest.param(f"{HEADER}\na,region,0,4,body,ann, \n", "line 2: why is empty", id="for no reason"),
            pytest.param(f"{HEADER}\na,region,0,4,body,ann\n", "line 2: 6 cells where the first line has 7", id="a cell is missing"),
            pytest.param(f"{HEADER}\na,region,0,9,body,ann,x\nb,region,0,9,body,ann,x\na,region,5,12,title,ann,x\n", "lines 2 and 4: two corrections contradict each other", id="two regions of one stretch"),
            pytest.param(f"{HEADER}\na,region,0,9,title,ann,x\na,region,20,30,title,ann,x\n", "lines 2 and 3: an article has one title", id="two titles"),
            pytest.param(f"{HEADER}\na,voice,0,9,quoted,ann,x\na,voice,8,12,author,ann,x\n", "lines 2 and 3: two corrections contradict", id="two voices of one stretch"),
            pytest.param(f"{HEADER}\na,label,0,9,Iran,ann,x\na,label,0,9,none,ann,x\n", "lines 2 and 3: two corrections contradict", id="a label and none"),
            pytest.param(f"{HEADER}\na,attribution,0,9,none,ann,x\na,attribution,0,9,kind=mixed,ann,x\n", "lines 2 and 3: two corrections contradict", id="removed and changed"),
            pytest.param(f"{HEADER}\na,attribution,0,9,kind=direct,ann,x\na,attribution,0,9,act=attitude;kind=mixed,ann,x\n", "lines 2 and 3: two corrections contradict", id="changed to two things"),
            pytest.param(f"{HEADER}\na,region,0,4,body,ann,x\na,region,0,4,body,ben,y\n", "lines 2 and 3: a correction stands twice", id="twice the same"),
        ],
    )  # fmt: skip
    def test_what_cannot_be_understood_is_refused(self, write, content, message):
        with pytest.raises(InputError, match=message):
            read_corrections(write(content))

    @pytest.mark.parametrize(
        "lines",
        [
            pytest.param("a,region,0,9,body,ann,x\na,region,9,12,title,ann,x", id="regions side by side"),
            pytest.param("a,region,0,9,body,ann,x\nb,region,0,9,title,ann,x", id="two articles"),
            pytest.param("a,region,0,9,body,ann,x\na,voice,0,9,quoted,ann,x", id="two things of one stretch"),
            pytest.param("a,region,0,9,chrome,ann,x\na,region,5,12,chrome,ann,x", id="the same of stretches that overlap"),
            pytest.param("a,label,0,9,Iran Air,ann,x\na,label,0,4,none,ann,x", id="a label taken away inside another"),
            pytest.param("a,attribution,0,9,kind=direct,ann,x\na,attribution,0,9,act=attitude,ann,x", id="two changes of one attribution"),
        ],
    )  # fmt: skip
    def test_what_can_both_hold_is_no_contradiction(self, write, lines):
        assert len(read_corrections(write(f"{HEADER}\n{lines}\n"))) == 2

    def test_a_file_that_is_not_there_is_named(self):
        with pytest.raises(InputError, match=r"nowhere\.csv: cannot be read"):
            read_corrections("nowhere.csv")

    def test_a_correction_of_no_article_is_named(self, write):
        found = read_corrections(
            write(f"{HEADER}\nb,region,0,4,body,ann,x\na,region,0,4,body,ann,x\n"), make_articles({"a": PAGE})
        )
        assert found["status"].tolist()[0] == "does not fit"
        assert reasons(found)[0] == "No article has this article_id; there are 'a'."
        assert found["status"].isna().tolist() == [False, True]

    @given(st.text(alphabet='a,;\t"\n=x0123-+ nonestatement:', max_size=80))
    def test_any_text_is_read_or_refused(self, tail):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "c.csv")
            path.write_text(f"{HEADER}\na,attribution,0,4,{tail}", encoding="utf-8")
            with suppress(InputError):
                CORRECTIONS.check(read_corrections(str(path)))


class TestRegions:
    ARTICLES = make_articles({"a": PAGE, "b": "Rain falls.\n\nIt rained all day."})

    def corrected(self, *rows):
        return correct_regions(clean(self.ARTICLES), self.ARTICLES, table(*rows))

    def kinds(self, regions, article_id="a"):
        text = self.ARTICLES.set_index("article_id")["text"][article_id]
        own = regions[regions["article_id"] == article_id]
        return [
            (text[r.start : r.end], r.boilerplate if isinstance(r.boilerplate, str) else r.kind)
            for r in own.itertuples()
        ]

    def test_before_any_correction(self):
        assert self.kinds(clean(self.ARTICLES)) == [
            ("Menu", "chrome"), ("Ferry sails", "title"), ("- One boat", "bullet"), ("Related stories", "teaser"),
        ]  # fmt: skip

    @pytest.mark.parametrize(
        ("stretch", "value", "expected"),
        [
            pytest.param("Related stories", "body", [("Menu", "chrome"), ("Ferry sails", "title"), ("- One boat", "bullet")], id="boilerplate becomes body"),
            pytest.param(STATEMENT, "caption", [("Menu", "chrome"), ("Ferry sails", "title"), (STATEMENT, "caption"), ("- One boat", "bullet"), ("Related stories", "teaser")], id="body becomes boilerplate"),
            pytest.param("Menu", "title", [("Menu", "title"), ("Ferry sails", "heading"), ("- One boat", "bullet"), ("Related stories", "teaser")], id="a title makes the other a heading"),
            pytest.param("- One boat", "heading", [("Menu", "chrome"), ("Ferry sails", "title"), ("One boat", "heading"), ("Related stories", "teaser")], id="the mark of a bullet stands outside a heading"),
            pytest.param("One boat", "sources", [("Menu", "chrome"), ("Ferry sails", "title"), ("- One boat", "sources"), ("Related stories", "teaser")], id="a stretch may begin after the mark"),
            pytest.param("- One boat\n\nRelated stories", "teaser", [("Menu", "chrome"), ("Ferry sails", "title"), ("- One boat", "teaser"), ("Related stories", "teaser")], id="several blocks are several regions"),
        ],
    )  # fmt: skip
    def test_a_block_is_what_a_person_says(self, stretch, value, expected):
        regions, corrections = self.corrected(row(stretch, value))
        assert self.kinds(regions) == expected
        assert corrections["status"].tolist() == ["applied"]
        assert corrections["reason"].isna().all()
        REGIONS.check(regions)

    def test_the_reason_says_who_and_why_and_others_keep_theirs(self):
        regions, _ = self.corrected(row("Menu", "title", why="set large", who="ben"))
        before = clean(self.ARTICLES)
        assert regions["reason"].tolist() == ["Corrected by hand: set large (ben)."] * 2 + before["reason"].tolist()[2:]
        assert self.kinds(regions, "b") == self.kinds(before, "b")

    @pytest.mark.parametrize(
        ("stretch", "value", "quoted", "reason"),
        [
            pytest.param("Ann Lee denied it.", "caption", None, f"Is no whole block: the paragraphs or lines it touches run from {PAGE.index(STATEMENT)} to {PAGE.index(STATEMENT) + len(STATEMENT)}.", id="part of a block"),
            pytest.param("The ferry sails again, the port said today.", "caption", None, f"Is no whole block: the paragraphs or lines it touches run from {PAGE.index(STATEMENT)} to {PAGE.index(STATEMENT) + len(STATEMENT)}.", id="the beginning of a block"),
            pytest.param((0, 5000), "body", None, f"Stands outside the text, which has {len(PAGE)} characters.", id="beyond the text"),
            pytest.param((0, 3), "body", None, "Cuts through a word at character 3.", id="the beginning of a word"),
            pytest.param((1, 4), "body", None, "Cuts through a word at character 1.", id="the end of a word"),
            pytest.param((4, 6), "body", None, "Holds nothing but white space.", id="no word"),
            pytest.param("Menu", "body", "Menus", "The text reads differently there.", id="another text"),
            pytest.param("- One boat\n\nRelated stories", "title", None, "A title is one block; this stretch holds 2.", id="a title of two blocks"),
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_left_undone_and_named(self, stretch, value, quoted, reason):
        regions, corrections = self.corrected(row(stretch, value, quoted=quoted))
        assert self.kinds(regions) == self.kinds(clean(self.ARTICLES))
        assert (corrections["status"].tolist(), reasons(corrections)) == (["does not fit"], [reason])

    def test_white_space_may_differ_from_the_text_given(self):
        _, corrections = self.corrected(
            row("- One boat\n\nRelated stories", "teaser", quoted="- One boat Related  stories ")
        )
        assert corrections["status"].tolist() == ["applied"]

    def test_the_sentences_follow(self):
        regions, _ = self.corrected(row("Related stories", "body"), row(STATEMENT, "chrome"))
        sentences = find_sentences(self.ARTICLES, regions)
        assert [PAGE[r.start : r.end] for r in sentences[sentences["article_id"] == "a"].itertuples()] == [
            "Ferry sails", "One boat", "Related stories",
        ]  # fmt: skip

    def test_together_equals_each(self):
        rows = [
            row("Menu", "title"),
            row("Rain falls.", "heading", text="Rain falls.\n\nIt rained all day.", article_id="b"),
        ]
        regions, corrections = self.corrected(*rows)
        parts = []
        for place in (0, 1):
            own = self.ARTICLES.iloc[place : place + 1].reset_index(drop=True)
            parts.append(correct_regions(clean(own), own, corrections_of(table(*rows), own)))
        assert pd.concat([part for part, _ in parts], ignore_index=True).equals(regions)
        assert join_corrections(table(*rows), [judged for _, judged in parts][::-1]).equals(corrections)

    def test_what_is_of_no_article_is_kept_with_those_of_any(self):
        given = name_unplaced(
            table(row("Menu", "body", article_id="x"), row("Menu", "body"), row("Menu", "body", article_id="b")),
            self.ARTICLES,
        )
        parts = [corrections_of(given, self.ARTICLES.iloc[place : place + 1]) for place in (0, 1)]
        assert [part["correction"].tolist() for part in parts] == [[1, 2], [1, 3]]
        assert join_corrections(given, parts).equals(given)

    def test_without_corrections_the_tables_are_the_same(self):
        before = clean(self.ARTICLES)
        regions, corrections = correct_regions(before, self.ARTICLES, CORRECTIONS.frame())
        assert regions is before
        assert corrections.empty


SAID = "The vote is off, Ann Lee said. “It is over,” Bo Ray warned. He thinks so."


class TestAttributions:
    ARTICLES = make_articles({"a": SAID})
    SENTENCES = find_sentences(ARTICLES, REGIONS.frame())

    def found(self):
        return find_attributions(self.ARTICLES, self.SENTENCES)

    def corrected(self, *rows, withheld=()):
        return correct_attributions(*self.found(), self.ARTICLES, self.SENTENCES, table(*rows), withheld)

    def summed(self, attributions):
        return [
            (row.attribution, row.act, row.source if isinstance(row.source, str) else None, row.cue, row.content)
            for row in attributions.itertuples()
        ]

    VOTE = (1, "statement", "Ann Lee", "said", "The vote is off")
    OVER = (2, "statement", "Bo Ray", "warned", "“It is over,”")

    def test_before_any_correction(self):
        assert self.summed(self.found()[0])[:2] == [self.VOTE, self.OVER]

    @pytest.mark.parametrize("stretch", ["said", "The vote is off"], ids=["by its cue", "by its content"])
    def test_an_attribution_is_removed_and_the_rest_numbered_anew(self, stretch):
        attributions, spans, corrections = self.corrected(row(stretch, "none", "attribution", text=SAID))
        assert self.summed(attributions)[0] == (1, *self.OVER[1:])
        assert corrections["status"].tolist() == ["applied"]
        assert set(spans["attribution"]) == set(attributions["attribution"])
        assert not any(SAID[s.start : s.end] == "said" for s in spans.itertuples())

    def test_single_fields_are_changed(self):
        value = "source_type=anonymous; cue_class=distancing; act=attitude; kind=mixed; modality=negated"
        attributions, _, _ = self.corrected(row("said", value, "attribution", text=SAID))
        first = attributions.iloc[0]
        assert first[["source_type", "cue_class", "act", "kind", "modality"]].tolist() == [
            "anonymous", "distancing", "attitude", "mixed", "negated",
        ]  # fmt: skip
        assert pd.isna(first["confidence"])
        assert attributions.iloc[1].equals(self.found()[0].iloc[1])

    def span(self, stretch):
        return f"{SAID.index(stretch)}-{SAID.index(stretch) + len(stretch)}"

    def test_another_source_brings_its_type_and_another_cue_its_class(self):
        value = f"source={self.span('Bo Ray')};cue={self.span('warned')}"
        first = self.corrected(row("said", value, "attribution", text=SAID))[0].iloc[0]
        assert first[["source", "source_type", "cue", "cue_class"]].tolist() == [
            "Bo Ray", "named person", "warned", "speech act",
        ]  # fmt: skip

    def test_what_a_person_gives_goes_before_what_follows(self):
        value = f"source={self.span('Bo Ray')};source_type=machine"
        assert self.corrected(row("said", value, "attribution", text=SAID))[0].iloc[0]["source_type"] == "machine"

    @pytest.mark.parametrize("turned", [False, True], ids=["in this order", "in the other"])
    def test_so_it_does_if_two_corrections_give_them(self, turned):
        rows = [
            row("said", "source_type=machine", "attribution", text=SAID),
            row("The vote is off", f"source={self.span('Bo Ray')}", "attribution", text=SAID),
        ]
        first = self.corrected(*(rows[::-1] if turned else rows))[0].iloc[0]
        assert first[["source", "source_type"]].tolist() == ["Bo Ray", "machine"]

    def test_a_source_may_be_taken_away(self):
        attributions, spans, _ = self.corrected(row("said", "source=none;cue=none", "attribution", text=SAID))
        first = attributions.iloc[0]
        assert pd.isna(first["source"])
        assert first["source_type"] == "none"
        assert pd.isna(first["cue"])
        assert pd.isna(first["cue_class"])
        assert spans.loc[spans["attribution"] == 1, "role"].tolist() == ["content"]

    def test_content_may_be_in_parts_and_the_kind_follows(self):
        value = f"content={self.span('The vote')}+{self.span('It is over')}"
        first = self.corrected(row("said", value, "attribution", text=SAID))[0].iloc[0]
        assert first[["content", "kind"]].tolist() == ["The vote … It is over", "mixed"]

    def test_an_attribution_is_added_in_its_place(self):
        value = f"attitude;source={self.span('He')};cue={self.span('thinks')}"
        attributions, spans, _ = self.corrected(
            row("said", "none", "attribution", text=SAID),
            row("warned", "none", "attribution", text=SAID),
            row((SAID.index(" so.") + 1, len(SAID) - 1), value, "attribution", text=SAID),
        )
        last = attributions.iloc[-1]
        assert last[["attribution", "act", "source", "cue", "content", "kind", "cue_class", "modality", "sentence"]].tolist() == [
            1, "attitude", "He", "thinks", "so", "indirect", "belief", "asserted", 3,
        ]  # fmt: skip
        assert [(s.role, SAID[s.start : s.end]) for s in spans.itertuples()] == [
            ("source", "He"), ("cue", "thinks"), ("content", "so"),
        ]  # fmt: skip
        ATTRIBUTIONS.check(attributions)
        SPANS.check(spans)

    @pytest.mark.parametrize(
        ("stretch", "value", "reason"),
        [
            pytest.param("Ann Lee", "none", "No attribution has this stretch as its cue or content.", id="a source names none"),
            pytest.param("The vote", "kind=direct", "No attribution has this stretch as its cue or content.", id="part of a content"),
            pytest.param("said", "source=0-2", "Cuts through a word at character 2.", id="a source that is half a word"),
            pytest.param("said", "source=0-999", f"Stands outside the text, which has {len(SAID)} characters.", id="a source beyond the text"),
        ],
    )  # fmt: skip
    def test_what_does_not_fit_is_left_undone_and_named(self, stretch, value, reason):
        attributions, _, corrections = self.corrected(row(stretch, value, "attribution", text=SAID))
        assert reasons(corrections) == [reason]
        assert self.summed(attributions) == self.summed(self.found()[0])

    def test_the_later_of_two_that_contradict_is_named(self):
        *_, corrections = self.corrected(
            row("said", "kind=direct", "attribution", text=SAID),
            row("The vote is off", "kind=mixed", "attribution", text=SAID),
        )
        assert corrections["status"].tolist() == ["applied", "does not fit"]
        assert reasons(corrections)[1] == "Contradicts correction 1, which is of the same attribution."

    @pytest.mark.parametrize("turned", [False, True], ids=["in this order", "in the other"])
    def test_changed_and_removed_contradict(self, turned):
        rows = [
            row("said", "kind=direct", "attribution", text=SAID),
            row("The vote is off", "none", "attribution", text=SAID),
        ]
        *_, corrections = self.corrected(*(rows[::-1] if turned else rows))
        assert corrections["status"].tolist() == ["applied", "does not fit"]

    def test_where_none_are_looked_for_none_is_corrected(self):
        *_, corrections = self.corrected(
            row("said", "none", "attribution", text=SAID), withheld=self.ARTICLES["article_id"]
        )
        assert reasons(corrections) == ["Attributions were not looked for in this text."]

    def test_nothing_is_added_outside_what_is_read(self):
        articles = make_articles({"a": PAGE})
        sentences = find_sentences(articles, clean(articles))
        given = table(row("Ferry sails", "statement", "attribution"))
        *_, corrections = correct_attributions(ATTRIBUTIONS.frame(), SPANS.frame(), articles, sentences, given)
        assert reasons(corrections) == ["Is not in what was searched: title, headings and body."]


class TestVoices:
    ARTICLES = make_articles({"a": SAID})
    SENTENCES = find_sentences(ARTICLES, REGIONS.frame())

    def corrected(self, *rows):
        attributions, spans = find_attributions(self.ARTICLES, self.SENTENCES)
        before = find_voices(self.ARTICLES, self.SENTENCES, attributions, spans, REGIONS.frame())
        voices, corrections = correct_voices(before, self.ARTICLES, self.SENTENCES, table(*rows))
        return [(SAID[v.start : v.end], v.voice) for v in voices.itertuples()], corrections

    @pytest.mark.parametrize(
        ("stretch", "value", "expected"),
        [
            pytest.param("Ann Lee", "headline", [("The vote is off", "attributed"), ("Ann Lee", "headline"), ("“It is over,”", "quoted")], id="the author's becomes another's"),
            pytest.param("The vote is off", "author", [("“It is over,”", "quoted")], id="another's becomes the author's"),
            pytest.param("vote", "quoted", [("The ", "attributed"), ("vote", "quoted"), (" is off", "attributed"), ("“It is over,”", "quoted")], id="part of a stretch"),
            pytest.param("The vote is off, Ann Lee said.", "quoted", [("The vote is off, Ann Lee said.", "quoted"), ("“It is over,”", "quoted")], id="more than a stretch"),
        ],
    )  # fmt: skip
    def test_a_stretch_has_the_voice_that_a_person_gives_it(self, stretch, value, expected):
        voices, corrections = self.corrected(row(stretch, value, "voice", text=SAID))
        assert [voice for voice in voices if "so" not in voice[0]] == expected
        assert corrections["status"].tolist() == ["applied"]

    def test_boilerplate_has_no_voice_to_correct(self):
        articles = make_articles({"a": PAGE})
        sentences = find_sentences(articles, clean(articles))
        _, corrections = correct_voices(VOICES.frame(), articles, sentences, table(row("Menu", "quoted", "voice")))
        assert reasons(corrections) == ["Is not in what was searched: title, headings and body."]

    @given(
        st.lists(st.sampled_from(SAID.split()), min_size=1, max_size=3),
        st.sampled_from(["author", "quoted", "attributed"]),
    )
    def test_voices_stay_disjoint_and_in_order(self, words, value):
        rows = [row(word, value, "voice", text=SAID) for word in dict.fromkeys(words)]
        before = VOICES.frame([("a", 0, 15, "attributed"), ("a", 31, 44, "quoted")])
        voices, _ = correct_voices(before, self.ARTICLES, self.SENTENCES, table(*rows))
        edges = voices[["start", "end"]].to_numpy().ravel().tolist()
        assert edges == sorted(edges)
        for one in rows:
            spoken = [v.voice for v in voices.itertuples() if v.start <= one[3] < v.end]
            assert spoken == ([] if value == "author" else [value])


class TestLabels:
    TEXT = "Iran’s envoy left Tehran. Tehran Park is quiet."
    ARTICLES = make_articles({"a": TEXT})
    SENTENCES = find_sentences(ARTICLES, REGIONS.frame())
    LABELS = LABELS.frame([
        ("a", 0, 4, 1, "author", "Iran", "state", "name", "iran", "Iran", "listed", 0.0),
        ("a", 18, 24, 1, "author", "Iran", "state", "capital", "tehran", "Tehran", "listed", 0.375),
        ("a", 26, 32, 2, "author", "Iran", "state", "capital", "tehran", "Tehran", "listed", 0.5),
    ])  # fmt: skip

    def corrected(self, *rows):
        voices = VOICES.frame([("a", 0, 25, "quoted")])
        labels, corrections = correct_labels(self.LABELS, self.ARTICLES, self.SENTENCES, voices, table(*rows))
        LABELS.check(labels)
        return labels, corrections

    def test_a_label_is_given_another_actor(self):
        labels, _ = self.corrected(row((18, 24), "place: Tehran", "label"))
        assert labels.iloc[1].tolist() == [
            "a",
            18,
            24,
            1,
            "quoted",
            "Tehran",
            "place",
            "name",
            "tehran",
            "Tehran",
            "corrected",
            0.375,
        ]
        assert labels.iloc[[0, 2]].reset_index(drop=True).equals(self.LABELS.iloc[[0, 2]].reset_index(drop=True))

    def test_a_label_takes_the_place_of_those_that_it_touches(self):
        labels, _ = self.corrected(row("Tehran Park", "Tehran Park", "label", text=self.TEXT))
        assert labels[["surface", "actor", "kind"]].to_numpy().tolist() == [
            ["Iran", "Iran", "state"], ["Tehran", "Iran", "state"], ["Tehran Park", "Tehran Park", "name"],
        ]  # fmt: skip

    def test_it_does_so_wherever_they_begin(self):
        labels, _ = self.corrected(row("left Tehran", "Iran Air", "label", text=self.TEXT))
        assert labels["surface"].tolist() == ["Iran", "left Tehran", "Tehran"]
        assert labels["form"].tolist() == ["name", "description", "capital"]

    def test_kind_and_form_are_those_of_the_actor_elsewhere(self):
        labels, _ = self.corrected(
            row("Tehran Park", "none", "label", text=self.TEXT), row("envoy", "Iran", "label", text=self.TEXT)
        )
        assert labels.iloc[1][["surface", "kind", "form", "expression"]].tolist() == [
            "envoy",
            "state",
            "description",
            "envoy",
        ]

    @pytest.mark.parametrize("stretch", ["Iran’s", "Iran"], ids=["with its possessive", "without"])
    def test_a_label_is_taken_away(self, stretch):
        labels, corrections = self.corrected(row(stretch, "none", "label", text=self.TEXT))
        assert labels["start"].tolist() == [18, 26]
        assert corrections["status"].tolist() == ["applied"]

    @pytest.mark.parametrize(
        ("stretch", "value", "reason"),
        [
            pytest.param("envoy", "none", "There is no label on this stretch.", id="no label is there"),
            pytest.param("Tehran. Tehran", "Iran", "Is not inside one sentence.", id="over two sentences"),
            pytest.param((24, 25), "Iran", "Holds no word.", id="a full stop"),
        ],
    )
    def test_what_does_not_fit_is_left_undone_and_named(self, stretch, value, reason):
        labels, corrections = self.corrected(row(stretch, value, "label", text=self.TEXT))
        assert labels.equals(self.LABELS)
        assert reasons(corrections) == [reason]


JUDGED = [("applied", None), ("applied", None), ("does not fit", "Cuts through a word at character 3.")]


def judged(rows):
    return CORRECTIONS.frame(
        (place, "a", "region", 0, 4, "body", None, "ann", "a <slip>", *one) for place, one in enumerate(rows, start=1)
    )


class TestShown:
    @pytest.mark.parametrize(
        ("rows", "parameters", "expected"),
        [
            pytest.param([], {}, [], id="no file, no sentence"),
            pytest.param([], {"corrections": "c.csv"}, [], id="a file without a correction, no sentence"),
            pytest.param(JUDGED[:1], {}, ["1 correction by hand was applied."], id="one"),
            pytest.param(JUDGED[:2], {}, ["2 corrections by hand were applied."], id="several"),
            pytest.param(JUDGED, {}, ["2 corrections by hand were applied; 1 does not fit its text."], id="one that does not fit"),
            pytest.param(JUDGED[:1] + JUDGED[2:] * 2, {}, ["1 correction by hand was applied; 2 do not fit their text."], id="several that do not fit"),
            pytest.param(JUDGED[2:] * 2, {}, ["2 corrections by hand do not fit their text."], id="none that fits"),
            pytest.param(JUDGED[2:], {}, ["1 correction by hand does not fit its text."], id="one, which does not fit"),
        ],
    )  # fmt: skip
    def test_the_sentence(self, rows, parameters, expected):
        section = Section("What was compared", "opening", parameters)
        state_corrections(section, {"corrections": judged(rows)})
        assert [claim.text for claim in section.claims] == expected
        assert all(claim.spans == (("a", 0, 4),) for claim in section.claims if "applied" in claim.text)
        assert all(claim.value.value == len(rows) for claim in section.claims if len(set(rows)) == 1)

    def test_without_a_table_nothing_is_said(self):
        section = Section("What was compared", "opening", {})
        state_corrections(section, {})
        assert section.claims == []

    def tables(self, *rows, article=PAGE):
        articles = make_articles({"a": article})
        regions, corrections = correct_regions(clean(articles), articles, table(*rows))
        sentences = find_sentences(articles, regions)
        attributions, spans = find_attributions(articles, sentences)
        attributions, spans, corrections = correct_attributions(attributions, spans, articles, sentences, corrections)
        _, corrections = correct_voices(VOICES.frame(), articles, sentences, corrections)
        return {
            "articles": articles, "regions": regions, "sentences": sentences, "attributions": attributions, "spans": spans,
            "corrections": corrections,
        }  # fmt: skip

    def test_each_is_listed_with_what_became_of_it(self):
        tables = self.tables(
            row("Ann Lee", "quoted", "voice", why="a <b>slip</b>"), row("Menu", "title"), row((0, 2), "body"),
            row("Menu", "body", article_id="x"),
        )  # fmt: skip
        shown = show_corrections({**tables, "corrections": name_unplaced(tables["corrections"], tables["articles"])})
        assert '<a href="#a1-s4">a 4</a>' in shown.html
        assert "<b>slip" not in shown.html
        assert "Cuts through a word at character 2." in shown.text
        assert "No article has this article_id; there are &#39;a&#39;." in shown.html
        assert [line.split()[0] for line in shown.text.splitlines()[2:]] == ["a", "a", "a", "x"]

    def test_none_is_said_to_be_none(self):
        assert show_corrections(self.tables()).text == "Corrections by hand: none."

    @pytest.mark.parametrize(
        ("given", "before", "after"),
        [
            pytest.param(row("Ann Lee", "quoted", "voice"), "Ann Lee", "", id="a stretch"),
            pytest.param(row("today. Ann Lee", "quoted", "voice"), "Ann Lee", "", id="once, where it ends"),
            pytest.param(row("Menu", "title"), '<h4><span id="a1-s1">Menu</span>', "</h4>", id="a block that is kept"),
            pytest.param(row("Related stories", "share"), "Related stories", "</p>", id="a block that is set aside"),
            pytest.param(row("denied", "none", "attribution"), "denied", " it", id="what is an attribution no more"),
        ],
    )
    def test_each_is_marked_in_the_text(self, given, before, after):
        html = show_articles(self.tables(given)).html
        mark = f' <small class="corrected" title="{given[5]}: a slip (ann)">corrected</small>'
        assert html.count(mark) == 1
        assert f"{before}{mark}{after}" in html or f"{before}</b>{mark}{after}" in html

    def test_without_corrections_nothing_is_marked(self):
        tables = self.tables()
        assert "corrected" not in show_articles(tables).html
        assert (
            show_articles({name: held for name, held in tables.items() if name != "corrections"}).html
            == show_articles(tables).html
        )


def test_what_does_not_fit_is_marked_nowhere():
    articles = make_articles({"a": PAGE})
    corrections = CORRECTIONS.frame([(*row("Menu", "body")[:9], "does not fit", "No.")])
    tables = {"articles": articles, "regions": clean(articles), "sentences": SENTENCES.frame(), "attributions": ATTRIBUTIONS.frame(), "spans": SPANS.frame(), "corrections": corrections}  # fmt: skip
    assert "corrected" not in show_articles(tables).html
