"""The trained engine: how an article is read, tagged, decoded and linked, and what a model's files promise."""

import gzip
import json
from itertools import pairwise

import numpy as np
import pytest
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.attribution.__main__ import main
from analysis.attribution.describe import describe
from analysis.attribution.engines import extractor
from analysis.attribution.trained import extraction
from analysis.attribution.trained.confidence import confidence, evidence, fitted_weights
from analysis.attribution.trained.cueless import find_speakers_of_cueless
from analysis.attribution.trained.decoding import TAGS, Piece, Tagged, likeliest, piece, pieces
from analysis.attribution.trained.evaluation import fit_confidence
from analysis.attribution.trained.extraction import extract_trained, spans_of
from analysis.attribution.trained.features import token_features
from analysis.attribution.trained.guards import guarded
from analysis.attribution.trained.linking import Linked, link, pair_features
from analysis.attribution.trained.model import DESCRIPTION, LINKER, TAGGER, Model
from analysis.attribution.trained.orphans import find_cues
from analysis.attribution.trained.reading import read
from analysis.attribution.trained.rivals import in_pieces, most_probable
from analysis.attribution.trained.training import group_words, lines_of, linked_pairs, read_annotated, train
from analysis.inputs.files import InputError

LEE = "Ann Lee said the vote is off."


def read_lines(text):
    return read(text, *lines_of(text))


def annotated(text, source, cue, content):
    """An attribution by its words, each of which stands in the text once."""
    return {
        role: [[text.index(words), text.index(words) + len(words)]] if words else []
        for role, words in (("source", source), ("cue", cue), ("content", content))
    }


def articles(n=12):
    """Articles with one attribution each, of a handful of words."""
    names, verbs = ["Ann Lee", "The mayor", "Ben Oda", "The council"], ["said", "says", "announced"]
    made = []
    for at in range(n):
        name, verb = names[at % len(names)], verbs[at % len(verbs)]
        text = f"It rained in Norport.\n{name} {verb} the bridge {at} is closed.\nNobody was hurt."
        one = annotated(text, name, verb, f"the bridge {at} is closed")
        made.append({"id": str(at), "publisher": f"paper {at % 3}", "text": text, "attributions": [one]})
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """The files of a model trained on the articles above."""
    place = tmp_path_factory.mktemp("model")
    train(articles(), place)
    return place


class TestReading:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            pytest.param("He didn't go.", ["He", "didn't", "go", "."], id="apostrophes stay inside a word"),
            pytest.param("Lee’s U.S. co-op", ["Lee", "’s", "U.S.", "co-op"], id="dots and hyphens stay inside a word"),
            pytest.param("''Go,'' she said", ["''", "Go", ",", "''", "she", "said"], id="doubled marks are one token"),
        ],
    )
    def test_tokens(self, text, expected):
        assert read_lines(text).words == expected

    def test_a_token_with_two_roles_keeps_the_weightier(self):
        reading = read_lines(LEE)
        both = annotated(LEE, "Ann Lee said", "said", "the vote is off")
        assert reading.tags([both]) == ["B-S", "I-S", "B-Q", "B-C", "I-C", "I-C", "I-C", "O"]

    def test_quotations_and_sentences_have_edges(self):
        reading = read_lines("“No,” he said. “Yes.”")
        assert [word for word, quoted in zip(reading.words, reading.quoted, strict=True) if quoted] == [
            "“", "No", ",", "”", "“", "Yes", ".", "”",
        ]  # fmt: skip
        assert "".join(reading.sentence_edges) in ("BEBE", "BE")

    def test_only_what_stands_in_paragraphs_is_read(self):
        reading = read("Menu. Ann Lee said no.", [(6, 22)], [(6, 22)])
        assert reading.words[0] == "Ann"


class TestFeatures:
    def test_each_token_has_as_many(self):
        (first, second) = token_features(read_lines(f"{LEE}\nNo."), [{}, {}])
        assert len(first) == 8
        assert len({len(row) for row in [*first, *second]}) == 1

    def test_no_token_sees_past_its_paragraph(self):
        (alone,) = token_features(read_lines("It rained."), [{}, {}])
        _, between, _ = token_features(read_lines(f"{LEE}\nIt rained.\n{LEE}"), [{}, {}])
        assert alone == between

    def test_words_used_alike_share_a_group(self):
        texts = [["the", "cat", "sat"], ["the", "dog", "sat"], ["a", "cat", "ran"], ["a", "dog", "ran"]] * 30
        assert group_words(texts, 1) == [{}, {}]  # too few words to tell
        rng = np.random.default_rng(1)
        words = [f"w{n}" for n in range(80)]
        many = [["the", word, "sat"] if n % 2 else ["a", word, "ran"] for n, word in enumerate(words) for _ in range(9)]
        rng.shuffle(many)
        large, small = group_words(many, 1)
        assert large.keys() == small.keys() >= set(words)
        assert group_words(many, 1) == [large, small]


def probabilities(*tags):
    """How probable each tag is: nearly certain."""
    found = np.full((len(tags), len(TAGS)), 0.01)
    found[np.arange(len(tags)), [TAGS.index(tag) for tag in tags]] = 0.94
    return found


class TestDecoding:
    def test_the_likeliest_tags_are_chosen_in_each_paragraph(self):
        one, other = probabilities("B-S", "B-Q", "B-C", "I-C"), probabilities("O")
        chosen = likeliest([one, other], np.zeros(len(TAGS)))
        assert [[TAGS[tag] for tag in tags] for tags in chosen] == [["B-S", "B-Q", "B-C", "I-C"], ["O"]]

    def test_nothing_goes_on_that_has_not_begun(self):
        (tags,) = likeliest([probabilities("I-C", "O", "I-S")], np.zeros(len(TAGS)))
        assert all(TAGS[tag][0] != "I" for tag in tags[:1])
        assert all(TAGS[tag][0] != "I" or TAGS[before][2:] == TAGS[tag][2:] for before, tag in pairwise(tags))

    def test_leaning_makes_a_tag_likelier(self):
        doubtful = probabilities("O")
        doubtful[0, TAGS.index("B-S")] = 0.4
        lean = np.zeros(len(TAGS))
        lean[TAGS.index("B-S")] = 1.0
        assert [TAGS[tag] for tag in likeliest([doubtful], lean)[0]] == ["B-S"]
        assert [TAGS[tag] for tag in likeliest([doubtful], 0 * lean)[0]] == ["O"]

    def test_tags_become_spans(self):
        tags = [TAGS.index(tag) for tag in ("B-S", "I-S", "O", "B-C", "B-C")]
        assert [piece[:3] for piece in pieces(tags, Tagged(10, 15, np.ones((5, len(TAGS)))))] == [
            ("S", 10, 12), ("C", 13, 14), ("C", 14, 15),
        ]  # fmt: skip

    def test_a_span_is_as_probable_as_its_role_and_its_ends(self):
        tagged = Tagged(10, 14, probabilities("O", "B-C", "I-C", "I-C"))
        whole, short = piece("C", 11, 14, tagged), piece("C", 11, 13, tagged)
        assert (whole.sure, whole.begins, whole.ends) == pytest.approx((0.95, 0.94, 1.0), abs=1e-4)
        assert short.ends == pytest.approx(0.06)
        assert piece("C", 12, 14, tagged).begins == pytest.approx(0.01)
        assert piece("S", 11, 12, tagged).sure == pytest.approx(0.02, abs=1e-4)

    def test_no_paragraph_has_no_tags(self):
        assert likeliest([], np.zeros(len(TAGS))) == []

    @settings(derandomize=True, max_examples=50, deadline=None)
    @given(st.lists(st.lists(st.sampled_from(TAGS), min_size=1, max_size=6), min_size=1, max_size=4))
    def test_many_paragraphs_together_are_each_by_itself(self, paragraphs):
        rows = [probabilities(*tags) for tags in paragraphs]
        zero = np.zeros(len(TAGS))
        assert likeliest(rows, zero) == [likeliest([row], zero)[0] for row in rows]


class TestLinking:
    READING = read_lines("Ann Lee said no and Ben Oda said yes.")
    FOUND = (
        Piece("S", 0, 2, 1.0), Piece("Q", 2, 3, 1.0), Piece("C", 3, 4, 1.0),
        Piece("S", 5, 7, 1.0), Piece("Q", 7, 8, 1.0), Piece("C", 8, 9, 1.0),
    )  # fmt: skip

    def nearest(self, _role, pairs):
        return [
            0.9 if any(one.startswith("nearest=") and one.endswith("True") for one in pair) else 0.1 for pair in pairs
        ]

    def test_each_cue_takes_what_belongs_to_it(self):
        linked = link(self.READING, self.FOUND, self.nearest)
        assert [[(piece.start, piece.end) for role in one for piece in role] for one in linked] == [
            [(0, 2), (2, 3), (3, 4)], [(5, 7), (7, 8), (8, 9)],
        ]  # fmt: skip

    def test_a_cue_without_content_waits_for_one(self):
        (waiting,) = link(self.READING, self.FOUND[:2], self.nearest)
        assert waiting == Linked(self.FOUND[:1], self.FOUND[1:2], ())

    def test_a_content_that_no_cue_goes_with_stands_alone(self):
        reading = read_lines("“No.” It rained.")
        said = Piece("C", 0, 4, 1.0)
        assert link(reading, [said], self.nearest) == [Linked((), (), (said,))]

    def test_a_pair_is_described_by_what_stands_between(self):
        features = pair_features(self.READING, self.FOUND, self.FOUND[1], self.FOUND[5])
        assert {"o=R", "nQ=R1", "nC=R1", "nS=R1", "pat=RCSQ", "cue=Rsaid"} <= set(features)

    def test_pairs_of_annotated_spans_say_whether_they_belong_together(self):
        text = self.READING.text
        first = {"source": [[0, 7]], "cue": [[8, 12]], "content": [[13, 15]]}
        second = {"source": [[20, 27]], "cue": [[28, 32]], "content": [[33, 36]]}
        reading = read_lines(text)
        labels = [label for _, label in linked_pairs(reading, reading.tags([first, second]), [first, second])]
        assert labels.count("yes") == 4
        assert len(labels) == 8


class TestCueless:
    @pytest.mark.parametrize(
        ("text", "found", "expected"),
        [
            pytest.param(
                "Ann Lee said:\n“No. Never.”", ["S0-2 Q2-3", "C4-10"], ["Ann Lee|said|“No. Never.”"],
                id="a cue at the end of a paragraph has the next one",
            ),
            pytest.param(
                "Ann Lee said “no.\n“Never.”", ["S0-2 Q2-3 C3-6", "C6-10"], ["Ann Lee|said|“no.+“Never.”"],
                id="a quotation goes on in the next paragraph",
            ),
            pytest.param(
                "Ann Lee said “no.\n“Go.\n“Now.”", ["S0-2 Q2-3 C3-6", "C6-9", "C9-13"],
                ["Ann Lee|said|“no.+“Go.+“Now.”"], id="and in the one after that",
            ),
            pytest.param(
                "Ann Lee said no.\n“Never.”", ["S0-2 Q2-3 C3-4", "C5-9"], ["Ann Lee|said|no"],
                id="not after a statement without quotation marks",
            ),
            pytest.param(
                "Ann Lee said “no.”\nIt rained, and “Never.”", ["S0-2 Q2-3 C3-7", "C11-15"], ["Ann Lee|said|“no.”"],
                id="not in a paragraph that says more",
            ),
            pytest.param("“No.” — Ann Lee, mayor", ["C0-4"], ["Ann Lee||“No.”"], id="a signature after a dash"),
            pytest.param("“No.” — as they had hoped", ["C0-4"], [], id="a dash without a name"),
            pytest.param("No rain — Ann Lee", ["C0-2"], [], id="no quotation to be signed"),
            pytest.param("Ann Lee said and left.", ["S0-2 Q2-3"], [], id="a cue with nothing said"),
            pytest.param("“No.”", ["C0-4"], [], id="nobody's quotation"),
        ],
    )  # fmt: skip
    def test_whose_it_is(self, text, found, expected):
        reading = read_lines(text)
        paragraphs = []
        for place, written in zip(reading.paragraphs, found, strict=True):
            spans = [(one[0], *map(int, one[1:].split("-"))) for one in written.split()]
            pieces_here = [Piece(role, start, end, 1.0) for role, start, end in spans]
            by_role = {role: tuple(piece for piece in pieces_here if piece.role == role) for role in "SQC"}
            paragraphs.append((place, [Linked(by_role["S"], by_role["Q"], by_role["C"])]))
        told = [
            "|".join("+".join(text[start:end] for start, end in spans) for spans in spans_of(reading, one).values())
            for one in find_speakers_of_cueless(reading, paragraphs)
        ]
        assert told == expected


class TestOrphans:
    TEXT = "Ann Lee hinted the vote is off. It rained."

    def found_with(self, *cues, sources=()):
        """What becomes of "the vote is off" where some words may be its cue or its source."""
        reading = read_lines(self.TEXT)
        rows = probabilities(*["O"] * len(reading))
        for word, tag, value in [
            *((word, "B-Q", value) for word, value in cues),
            *((word, "B-S", value) for word, value in sources),
        ]:
            rows[reading.words.index(word), TAGS.index(tag)] = value
        said = Piece("C", 3, 7)
        nearest = TestLinking().nearest
        return reading, find_cues(reading, Tagged(0, len(reading), rows), [said], [Linked((), (), (said,))], nearest)

    @pytest.mark.parametrize(
        ("cues", "sources", "expected"),
        [
            pytest.param([("hinted", 0.3)], [], "|hinted", id="a word that may be a cue"),
            pytest.param([("hinted", 0.3)], [("Lee", 0.4)], "Lee|hinted", id="and one that may be a source"),
            pytest.param([("hinted", 0.05)], [], "|", id="none that is too unlikely"),
            pytest.param([("rained", 0.9)], [], "|", id="none of another sentence"),
            pytest.param([("vote", 0.9)], [], "|", id="none inside what is said"),
            pytest.param([("hinted", 0.3), ("Lee", 0.2)], [], "|Lee hinted", id="with the word beside it that is half as likely"),
        ],
    )  # fmt: skip
    def test_the_likeliest_word_of_the_sentence_is_the_cue(self, cues, sources, expected):
        reading, (one,) = self.found_with(*cues, sources=sources)
        words = ["+".join(" ".join(reading.words[piece.start : piece.end]) for piece in role) for role in one[:2]]
        assert "|".join(words) == expected

    def test_what_has_a_cue_is_left_as_it_is(self):
        reading = read_lines(self.TEXT)
        whole = Linked((), (Piece("Q", 2, 3),), (Piece("C", 3, 7),))
        tagged = Tagged(0, len(reading), probabilities(*["O"] * len(reading)))
        assert find_cues(reading, tagged, [*whole.cue, *whole.content], [whole], TestLinking().nearest) == [whole]

    def test_a_source_that_was_found_goes_before_one_that_may_be(self):
        reading = read_lines(self.TEXT)
        rows = probabilities(*["O"] * len(reading))
        rows[2, TAGS.index("B-Q")] = 0.3
        source, said = Piece("S", 0, 2), Piece("C", 3, 7)
        (one,) = find_cues(
            reading, Tagged(0, len(reading), rows), [source, said], [Linked((), (), (said,))], TestLinking().nearest
        )
        assert one.source == (source,)


class TestConfidence:
    def evidence_of(self, text, source, cue, content, sure=0.9):
        reading = read_lines(text)
        spans = annotated(text, source, cue, content)
        pieces = {
            role: tuple(
                Piece(role, (inside := reading.tokens_in(tuple(span)))[0], inside[-1] + 1, sure) for span in spans[role]
            )
            for role in spans
        }
        linked = Linked(pieces["source"], pieces["cue"], pieces["content"])
        return evidence(
            reading, linked, describe(text, [], *(list(map(tuple, spans[role])) for role in spans)), "model"
        )

    def test_it_names_what_it_looks_at(self):
        found = self.evidence_of(LEE, "Ann Lee", "said", "the vote is off")
        assert found["source"] == found["cue"] == found["content"] == pytest.approx(np.log(9))
        assert found["length"] == pytest.approx(np.log(4))
        assert {"model", "source: named person", "cue: verb", "opens with: det", "indirect", "asserted"} <= set(found)
        assert found["rule"] > 0.5

    def test_a_missing_source_is_told_with_what_stands_for_the_cue(self):
        assert "no source, cue: noun" in self.evidence_of(
            "Allegations surfaced that it rained.", "", "Allegations", "that it rained"
        )

    def test_a_cue_of_no_list_is_told(self):
        found = self.evidence_of("Ann Lee wubbed that it rained.", "Ann Lee", "wubbed", "that it rained")
        assert {"cue: unknown", "the rules have none", "opens with: that"} <= set(found)

    def test_more_certain_spans_make_it_higher(self):
        weights = fitted_weights()
        low, high = (
            confidence(self.evidence_of(LEE, "Ann Lee", "said", "the vote is off", sure), weights)
            for sure in (0.6, 0.99)
        )
        assert 0 < low < high < 1

    def test_weights_are_fitted_to_what_is_right(self):
        judged = [({"always": 1.0, "quoted": float(n % 2)}, n % 2 == 1) for n in range(40)]
        assert fit_confidence(judged)["quoted"] > 1
        assert fit_confidence(judged[:1]) == {}


class TestGuards:
    """What is not meant, however probable it is."""

    def guarded(self, text, source, cue, content):
        """Which roles are left, as their initials; None if nothing is."""
        reading = read_lines(text)
        spans = annotated(text, source, cue, content)
        one = Linked(*(
            tuple(Piece(code, (tokens := reading.tokens_in(span))[0], tokens[-1] + 1) for span in spans[role])
            for role, code in (("source", "S"), ("cue", "Q"), ("content", "C"))
        ))  # fmt: skip
        left = guarded(reading, one)
        return left and "".join(code for code, pieces in zip("SQC", left, strict=True) if pieces)

    @pytest.mark.parametrize(
        ("text", "source", "cue", "content", "left"),
        [
            pytest.param("Both sides met, amid allegations that it rained.", "Both sides", "allegations", "that it rained", "QC", id="a noun after a mark is nobody's"),
            pytest.param("The sides went amid allegations that it rained.", "The sides", "allegations", "that it rained", "QC", id="or after a verb"),
            pytest.param("Lee said amid allegations that it rained she left.", "Lee", "allegations", "that it rained", "QC", id="or after a cue"),
            pytest.param("Both sides' allegations that it rained are new.", "Both sides", "allegations", "that it rained", "SQC", id="a noun of its owner stays"),
            pytest.param("Smith, in a statement, that he was absent.", "Smith", "in a statement", "that he was absent", "SQC", id="and one that says where it was said"),
            pytest.param("Smith, by allegation: “We go.”", "Smith", "allegation", "“We go.”", "SQC", id="and any with a quotation"),
            pytest.param("Both sides, he claims, agree.", "he", "claims", "agree", "SQC", id="a verb has its subject wherever it stands"),
            pytest.param("He met the speaker to discuss it.", "the speaker", "to discuss", "it", None, id="what somebody is met for is not said"),
            pytest.param("He met Lee, the speaker, to discuss it.", "the speaker", "to discuss", "it", None, id="nor after a mark"),
            pytest.param("The speaker rose to say it rains.", "The speaker", "to say", "it rains", "SQC", id="with a verb between, it may be"),
            pytest.param("Biden to announce that tariffs end.", "Biden", "to announce", "that tariffs end", "SQC", id="a headline is of its subject"),
            pytest.param("It rained. Biden to announce that tariffs end.", "Biden", "to announce", "that tariffs end", "SQC", id="wherever the sentence stands"),
            pytest.param("The scandal led Brown to deny that he ran.", "Brown", "to deny", "that he ran", "SQC", id="who is led to say it says it"),
            pytest.param("He met Jones, the first senator to suggest that they vote.", "the first senator", "to suggest", "that they vote", "SQC", id="and who is the first to"),
            pytest.param("In Ohio Trump to reporters: “I won.”", "Trump", "to reporters", "“I won.”", "SQC", id="to whom it is said is no infinitive"),
            pytest.param("It is known for denying Iran a road.", "It", "denying", "Iran a road", None, id="denied is what is not given"),
            pytest.param("They denied Ann May Lee the floor.", "They", "denied", "Ann May Lee the floor", None, id="to anyone"),
            pytest.param("They denied Ann May Oda Lee the floor.", "They", "denied", "Ann May Oda Lee the floor", "SQC", id="whose name is not too long"),
            pytest.param("They denied the mayor's claims.", "They", "denied", "the mayor's claims", "SQC", id="or what is not true"),
            pytest.param("They denied Ann Lee was there.", "They", "denied", "Ann Lee was there", "SQC", id="or that it is"),
            pytest.param("They denied Iran the aggressor had won.", "They", "denied", "Iran the aggressor had won", "SQC", id="however it begins"),
            pytest.param("They denied on Monday Iran a road.", "They", "denied", "Iran a road", "SQC", id="or what stands further off"),
            pytest.param("They told Iran a lie.", "They", "told", "Iran a lie", "SQC", id="another verb may take two"),
            pytest.param("“We go.” Lee.", "Lee", "", "“We go.”", "SC", id="without a cue nothing is guarded"),
        ],
    )  # fmt: skip
    def test_what_is_left(self, text, source, cue, content, left):
        assert self.guarded(text, source, cue, content) == left

    def test_the_extractor_heeds_them(self, monkeypatch):
        text = "Smith phoned the BBC to say that he was safe."
        whole = [(0, len(text))]
        assert extractor("accurate")(text, whole, whole) == []
        monkeypatch.setattr(extraction, "guarded", lambda _, one: one)
        (found,) = extractor("accurate")(text, whole, whole)
        assert [text[start:end] for start, end in found.source] == ["the BBC"]


class TestRivals:
    @pytest.mark.parametrize(
        ("rivals", "kept"),
        [
            pytest.param(["Q2-3 C3-9 0.6", "Q2-3 C3-6 0.7"], [1], id="of two with the same cue the more probable"),
            pytest.param(["Q2-3 C3-9 0.7", "Q5-6 C6-9 0.6"], [0], id="none inside what is said"),
            pytest.param(["Q2-3 C3-9 0.6", "Q5-6 C6-9 0.7"], [1], id="none around what is more probable"),
            pytest.param(["Q2-3 C3-5 0.6", "Q7-8 C8-9 0.7"], [0, 1], id="both where they have nothing in common"),
            pytest.param(["S0-2 Q2-3 C3-5 0.6", "S0-2 Q7-8 C8-9 0.7"], [0, 1], id="both of one source"),
            pytest.param(["Q2-3 C3-5 0.6", "Q2-3 C3-5 0.6"], [0], id="the first of equals"),
            pytest.param([], [], id="none of none"),
        ],
    )
    def test_which_are_kept(self, rivals, kept):
        candidates = []
        for rival in rivals:
            *spans, sure = rival.split()
            of = {
                role: tuple(Piece(one[0], *map(int, one[1:].split("-"))) for one in spans if one[0] == role)
                for role in "SQC"
            }
            candidates.append((Linked(of["S"], of["Q"], of["C"]), float(sure)))
        assert most_probable(candidates) == kept

    def test_what_the_rules_found_is_as_probable_as_a_model_says(self):
        reading = read_lines(f"It rained.\n{LEE}")
        tagged = [Tagged(0, 3, probabilities("O", "O", "O")), Tagged(3, 11, probabilities(*["O"] * 8))]
        (one,) = in_pieces(reading, tagged, reading.ruled)
        assert [(piece.role, piece.start, piece.end) for role in one for piece in role] == [
            ("S", 3, 5), ("Q", 5, 6), ("C", 6, 10),
        ]  # fmt: skip
        assert all(piece.sure == pytest.approx(0.02, abs=1e-4) for role in one for piece in role)

    def test_what_the_model_has_missed_the_rules_can_find(self, folder, monkeypatch):
        monkeypatch.setattr(Model, "find_in", lambda *_: [])
        text = "According to Ann Lee, it rained."
        (found,) = extract_trained(text, [(0, 32)], [(0, 32)], Model(folder))
        assert [text[start:end] for start, end in found.content] == ["it rained"]


class TestModel:
    def test_it_finds_what_it_was_shown(self, folder):
        text = "The mayor said the bridge 3 is closed.\nIt rained."
        blocks = [(0, 38), (39, 49)]
        (found,) = extract_trained(text, blocks, blocks, Model(folder))
        assert [text[start:end] for part in (found.source, found.cue, found.content) for start, end in part] == [
            "The mayor", "said", "the bridge 3 is closed",
        ]  # fmt: skip
        assert (found.act, found.kind, found.source_type) == ("statement", "indirect", "office or role")
        assert 0.5 < found.confidence <= 1

    def test_the_same_articles_make_the_same_model(self, folder, tmp_path):
        train(articles(), tmp_path)
        for name in (TAGGER, LINKER, DESCRIPTION):
            assert (tmp_path / name).read_bytes() == (folder / name).read_bytes()

    @pytest.mark.parametrize("name", [TAGGER, LINKER, DESCRIPTION])
    @pytest.mark.parametrize(
        "damage",
        [
            pytest.param(lambda path: path.unlink(), id="missing"),
            pytest.param(lambda path: path.write_bytes(path.read_bytes()[:-9]), id="cut short"),
        ],
    )
    def test_a_file_that_is_missing_or_damaged_is_named_with_what_to_do(self, folder, tmp_path, name, damage):
        for file in folder.iterdir():
            (tmp_path / file.name).write_bytes(file.read_bytes())
        damage(tmp_path / name)
        with pytest.raises(InputError, match=r"no model for attribution can be read from .*-p attribution rules"):
            Model(tmp_path)

    @settings(derandomize=True, max_examples=60, deadline=None)
    @given(text=st.text(st.sampled_from("Ann Lee said “no” \n.,'\"«»Äم0"), max_size=60))
    def test_spans_are_verbatim_whatever_is_read(self, folder, text):
        reading = read_lines(text)
        blocks = [(reading.starts[a], reading.ends[b - 1]) for a, b in reading.paragraphs if a < b]
        for one in extract_trained(text, blocks, blocks, Model(folder)):
            for start, end in (*one.source, *one.cue, *one.content):
                assert 0 <= start < end <= len(text)
            assert one.content
            assert 0 < one.confidence <= 1


def test_annotated_articles_are_read_gzipped_or_not(tmp_path):
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(one) for one in articles(2)) + "\n\n", encoding="utf-8")
    assert [one["id"] for one in read_annotated(path)] == ["0", "1"]


def test_the_command_trains_a_model_and_scores_it_and_the_rules(tmp_path, capsys):
    lines = "".join(json.dumps(one) + "\n" for one in articles())
    for name in ("train", "dev"):
        (tmp_path / f"{name}.jsonl.gz").write_bytes(gzip.compress(lines.encode()))
    assert main(["train", "--data", str(tmp_path), "--output", str(tmp_path / "model")]) == 0
    assert main(["evaluate", "--data", str(tmp_path), "--model", str(tmp_path / "model")]) == 0
    printed = capsys.readouterr().out
    assert "all        joint    F1 1.000   precision 1.000   recall 1.000" in printed
    assert "statements joint    F1 1.000   precision 1.000   recall 1.000" in printed
    assert main(["evaluate", "--data", str(tmp_path)]) == 0
    assert [line.split()[1] for line in capsys.readouterr().out.splitlines()[:3]] == ["content", "joint", "cue"]
    assert main(["crossvalidate", "--data", str(tmp_path), "--folds", "2"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line[0] in "ft"] == ["fold 1: 6 articles", "fold 2: 6 articles", "together"]
    assert main(["crossvalidate", "--data", str(tmp_path), "--by", "publisher"]) == 0
    printed = capsys.readouterr().out.splitlines()
    assert [line for line in printed if line[0] in "pt"] == ["paper 0: 4 articles", "paper 1: 4 articles", "paper 2: 4 articles", "together"]  # fmt: skip


@pytest.mark.growth
def test_very_many_spans_are_linked_in_linear_time():
    def made(n):
        found = [
            Piece(role, 3 * at + place, 3 * at + place + 1, 1.0) for at in range(n) for place, role in enumerate("SQC")
        ]
        return read_lines(" ".join(["Lee said no."] * n)), found

    assert len(link(*made(100), TestLinking().nearest)) > 50
    assert_linear(lambda given: link(*given, TestLinking().nearest), made, 4000)
