"""Attributions inside what others say: which are found, in which they stand, and what counts leave out."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest
from conftest import make_articles
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st
from test_attribution import PIECES, read
from test_corrections import row, table

from analysis.attribution.counts import asserted_statements
from analysis.attribution.engine import Attribution
from analysis.attribution.nested import innermost, with_nested
from analysis.corrections.attributions import correct_attributions
from analysis.measures import measure
from analysis.tables import ATTRIBUTIONS

Row = tuple[str, str, str, int | None]


def nested(text: str) -> list[Row]:
    """Return (source, cue, content, outer) of each attribution that the rules find, verbatim."""
    return [(*(words(text, spans) for spans in (a.source, a.cue, a.content)), a.nested_in) for a in whole(text)]


def whole(text: str) -> list[Attribution]:
    return with_nested(read(text), text)


def words(text: str, spans: Any) -> str:
    return " … ".join(text[start:end] for start, end in spans)


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        pytest.param(
            "Lee said that Ray warned that it rained.",
            [("Ray", "warned", "that it rained", 0)],
            id="clause in a clause",
        ),
        pytest.param(
            "Lee said Ray believes it is over.", [("Ray", "believes", "it is over", 0)], id="a belief, no that"
        ),
        pytest.param(
            "Lee said that Ray warned that Kim knew that it rained.",
            [("Ray", "warned", "that Kim knew that it rained", 0), ("Kim", "knew", "that it rained", 1)],
            id="a chain of three",
        ),
        pytest.param(
            "Lee said that Ray maintains “full control” of it.", [], id="a quotation that is a name for something"
        ),
        pytest.param(
            "Lee said that Ray maintains “it is over” for good.",
            [("Ray", "maintains", "“it is over” for good", 0)],
            id="a quotation with a verb",
        ),
        pytest.param(
            "“According to officials, the plant is shut,” Lee said.",
            [("officials", "According to", "the plant is shut", 0)],
            id="a cue without a verb",
        ),
        pytest.param(
            "“The mayor said that it is over,” Lee said.",
            [("The mayor", "said", "that it is over", 0)],
            id="inside a quotation, without its marks",
        ),
        pytest.param(
            "“Ray told me, ‘It is over,’” Lee said.", [("Ray", "told", "‘It is over,’", 0)], id="a quotation in another"
        ),
        pytest.param(
            "“Ray told me, ‘Kim said that it is over,’” Lee said.",
            [("Ray", "told", "‘Kim said that it is over,’", 0), ("Kim", "said", "that it is over", 1)],
            id="a chain through two quotations",
        ),
        pytest.param(
            "“It rained. Ray said that it is over. Kim warned that it is late,” Lee said.",
            [("Ray", "said", "that it is over", 0), ("Kim", "warned", "that it is late", 0)],
            id="two of one",
        ),
        pytest.param(
            "“It is over,” said Lee. “Ray said that it is late.”",
            [("Ray", "said", "that it is late", 0)],
            id="the second part of a content",
        ),
        pytest.param(
            "“It rained,” said Lee. “Ray said that it is late.\n\n“We go.”",
            [("Ray", "said", "that it is late", 0)],
            id="a quotation that is closed in the next paragraph",
        ),
        pytest.param(
            "Lee said that it rained and that “Ray said that it is over.”",
            [("Ray", "said", "that it is over", 0)],
            id="a quotation inside an indirect content",
        ),
        pytest.param(
            "“We go,” Kim said, according to Lee.", [("Kim", "said", "“We go,”", 0)], id="who told of the quotation"
        ),
    ],
)
def test_what_stands_inside(text: str, inner: list[Row]) -> None:
    found = nested(text)
    assert [row for row in found if row[3] is not None] == inner
    assert found[0][3] is None


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Lee said that it is over.", id="one alone"),
        pytest.param("Lee said it is over. Ray warned that it rained.", id="the next sentence"),
        pytest.param("Lee warned of floods, adding that dams may break.", id="a second cue of the same source"),
        pytest.param("Oslo denied it, with Lee insisting that it was false.", id="a cue outside the content"),
        pytest.param("The vote, she said, is off.", id="a cue between two parts of its content"),
        pytest.param("“It is over,” said Lee, who warned that it rained.", id="said about the source"),
        pytest.param("“I think that it is over,” Lee said.", id="what one says of oneself"),
        pytest.param("“I’ve said that it is over,” Lee said.", id="what one says of oneself, contracted"),
        pytest.param("Lee accused others of hiding facts and insisting that it rained.", id="a subject outside"),
        pytest.param("Lee praised Ray for suggesting that it rained.", id="a participle without a subject"),
        pytest.param("Lee said that government requests it has received rose.", id="a noun"),
        pytest.param("Lee said that Ray wants to go.", id="an intent"),
        pytest.param("Lee said that Ray denied the charge.", id="an object is no clause"),
        pytest.param("Lee said that the claim that it rained was false.", id="a noun of speech"),
        pytest.param("Lee said that Ray said when he left.", id="a time"),
        pytest.param("“It ignited something that said that it is over,” Lee said.", id="what cannot speak"),
        pytest.param("“They write a song, and he is glad,” Lee said.", id="an object before a further clause"),
        pytest.param(
            "“Ann opposes it, believing that any of the policies or comments that discriminate are wrong,” Lee said.",
            id="a noun after another",
        ),
        pytest.param("Lee said it was the film “He Said, She Said” again.", id="a title"),
    ],
)
def test_what_does_not_stand_inside(text: str) -> None:
    assert [row for row in nested(text) if row[3] is not None] == []


def test_numbers_point_to_where_an_attribution_stands() -> None:
    text = (
        "It rained. “Ray warned that it is late,” Lee said. Kim said that Bo Ray says that it is over. Ann Lee said so."
    )
    assert [(row[0], row[3]) for row in nested(text)] == [("Lee", None), ("Ray", 0), ("Kim", None), ("Bo Ray", 2)]


def one(content: tuple[int, int], cue: tuple[int, int]) -> Attribution:
    return Attribution((), (cue,), (content,), "statement", "indirect", "none", None, "asserted", 0.9)


def test_any_engine_may_give_the_outermost() -> None:
    text = "Lee’s view that Ray warned that it rained."
    found = with_nested([one((11, 41), (6, 10))], text)
    assert [(words(text, a.source), a.nested_in) for a in found] == [("", None), ("Ray", 0)]


@pytest.mark.parametrize("cue", [pytest.param((13, 17), id="its cue"), pytest.param((12, 14), id="a part of it")])
def test_the_own_cue_is_never_nested(cue: tuple[int, int]) -> None:
    text = "The day, Lee said, is over."
    assert len(with_nested([one((0, 26), cue)], text)) == 1


def test_an_empty_list_stays_empty() -> None:
    assert with_nested([], "Lee said that Ray warned that it rained.") == []


@pytest.mark.parametrize(
    ("spans", "expected"),
    [
        pytest.param([], [], id="none"),
        pytest.param([((0, 3), (4, 40)), ((5, 8), (9, 20))], [None, 0], id="one in another"),
        pytest.param([((5, 8), (9, 20)), ((0, 3), (4, 40))], [1, None], id="in any order"),
        pytest.param([((0, 3), (4, 40)), ((5, 8), (9, 40)), ((10, 12), (13, 40))], [None, 0, 1], id="the innermost"),
        pytest.param([((0, 3), (4, 20)), ((18, 19), (22, 30))], [None, None], id="only its cue inside"),
        pytest.param([((0, 3), (4, 29)), ((5, 8), (9, 30))], [None, None], id="its last character outside"),
        pytest.param([((0, 3), (6, 30)), ((5, 8), (9, 30))], [None, None], id="its first character outside"),
        pytest.param([((0, 3), (4, 20)), ((21, 24), (25, 30))], [None, None], id="beside"),
        pytest.param([((4, 8), (4, 20)), ((4, 8), (4, 20))], [None, None], id="neither of two alike"),
    ],
)
def test_innermost(spans: list[tuple[tuple[int, int], tuple[int, int]]], expected: list[int | None]) -> None:
    assert innermost([{"source": [], "cue": [cue], "content": [content]} for cue, content in spans]) == expected


QUOTED = [*PIECES, "“Ray said that", "‘Kim said,’", "’”", "it is over”", "Bo Ray believes", "that it rained", "“", "”"]


@settings(derandomize=True, max_examples=400, deadline=None)
@given(st.lists(st.sampled_from(QUOTED), max_size=25))
def test_nested_stands_inside_a_part_of_the_content_of_its_outer(pieces: list[str]) -> None:
    text = " ".join(pieces)
    outermost = read(text)
    found = with_nested(outermost, text)
    assert [a for a in found if a.nested_in is None] == outermost
    assert len({a.cue for a in found}) == len({a.cue for a in outermost}) + len(found) - len(outermost)
    for at, a in enumerate(found):
        if a.nested_in is not None:
            outer = found[a.nested_in]
            spans = (*a.source, *a.cue, *a.content)
            assert a.nested_in < at
            assert any(all(left <= start < end <= right for start, end in spans) for left, right in outer.content)
            assert not any(start < e and s < end for start, end in a.cue for s, e in outer.cue)
            assert all(text[start:end].strip() for start, end in spans)


@pytest.mark.growth
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("he said that " * 20_000, id="nobody stops saying"),
        pytest.param("Lee said that Ray says “" * 10_000, id="nothing is closed"),
        pytest.param("Lee said that " + "‘“" * 30_000 + "Ray said it is over" + "”’" * 30_000, id="marks in marks"),
    ],
)
def test_odd_input_takes_linear_time(text: str) -> None:
    assert_linear(lambda given: with_nested(*given), lambda n: (read(text[:n]), text[:n]), len(text))


STORY = "Lee said that Ray warned that Kim knew that it rained. It is late."


@pytest.fixture(scope="module")
def measured() -> dict[str, pd.DataFrame]:
    return measure(make_articles({"a": "Ray said that it rained.", "b": STORY}))


def test_table_numbers_the_outer_one(measured: dict[str, pd.DataFrame]) -> None:
    found = ATTRIBUTIONS.check(measured["attributions"])
    columns = ["article_id", "attribution", "source", "nested_in"]
    assert found[columns].fillna(0).to_numpy().tolist() == [
        ["a", 1, "Ray", 0],
        ["b", 1, "Lee", 0],
        ["b", 2, "Ray", 1],
        ["b", 3, "Kim", 2],
    ]


def test_only_the_outermost_count_as_statements(measured: dict[str, pd.DataFrame]) -> None:
    made = asserted_statements(measured["attributions"])
    assert made["source"].tolist() == ["Ray", "Lee"]


def test_nested_changes_no_voice_and_no_speaker() -> None:
    text = "Bo Ray left. “Ray said it is over,” Ann Lee said. He said that Lee warned that it rained."
    tables = measure(make_articles({"a": text}))
    found = tables["attributions"]
    assert found.loc[found["nested_in"].notna(), "source"].tolist() == ["Ray", "Lee"]
    assert found.loc[found["nested_in"].notna(), ["speaker", "speaker_chain"]].isna().all(axis=None)
    voices = tables["voices"]
    spoken = [(text[row.start : row.end], row.voice) for row in voices.itertuples()]
    assert spoken == [("“Ray said it is over,”", "quoted"), ("that Lee warned that it rained", "attributed")]


def corrected(*rows: Any) -> list[tuple[str, float]]:
    """Return source and outer, 0 for none, of the attributions of the story after corrections."""
    tables = measure(make_articles({"a": STORY}))
    names = ("attributions", "spans", "articles", "sentences")
    found, spans, judged = correct_attributions(*(tables[name] for name in names), table(*rows))
    assert judged["status"].tolist() == ["applied"] * len(rows)
    ATTRIBUTIONS.check(found)
    assert set(spans["attribution"]) == set(found["attribution"])
    return list(zip(found["source"].fillna("nobody"), found["nested_in"].fillna(0), strict=True))


def at(stretch: str) -> str:
    start = STORY.index(stretch)
    return f"{start}-{start + len(stretch)}"


@pytest.mark.parametrize(
    ("stretch", "value", "expected"),
    [
        pytest.param("said", "kind=mixed", [("Lee", 0), ("Ray", 1), ("Kim", 2)], id="what stays stands where it stood"),
        pytest.param("said", "none", [("Ray", 0), ("Kim", 1)], id="without the outermost the next is outermost"),
        pytest.param("warned", "none", [("Lee", 0), ("Kim", 1)], id="without the middle one the chain is closed"),
        pytest.param("knew", "none", [("Lee", 0), ("Ray", 1)], id="without the innermost the others stay"),
        pytest.param(
            "said",
            f"content={at('that Ray warned')}",
            [("Lee", 0), ("Ray", 0), ("Kim", 2)],
            id="what no longer holds it all is not around it",
        ),
        pytest.param(
            "It is late",
            "statement",
            [("Lee", 0), ("Ray", 1), ("Kim", 2), ("nobody", 0)],
            id="what is added outside stands by itself",
        ),
        pytest.param(
            "it rained",
            "statement",
            [("Lee", 0), ("Ray", 1), ("Kim", 2), ("nobody", 3)],
            id="what is added inside stands in the innermost",
        ),
    ],
)
def test_corrections_tell_anew_what_stands_where(stretch: str, value: str, expected: list[tuple[str, float]]) -> None:
    assert corrected(row(stretch, value, "attribution", text=STORY)) == expected
