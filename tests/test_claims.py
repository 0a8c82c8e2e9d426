import json

import pandas as pd
import pytest

from analysis.claims.claim import Cell, Claim, Name, Quotation, Section, Word, format_value, look_up

TABLE = pd.DataFrame({"group": ["a", "b"], "n": [3, 1], "rate": [1.25, float("nan")]})


def number(value):
    return Cell(value, "keyness", {"group": "a"}, "n")


def claim(template, **parts):
    return Claim("terms-1", "Terms", "count", template, parts)


@pytest.mark.parametrize(
    ("value", "spec", "expected"),
    [
        pytest.param(1234, "", "1,234", id="a whole number is grouped by thousands"),
        pytest.param(-0.95, ".1f", "−0.9", id="a minus is a minus sign"),
        pytest.param(-0.04, ".1f", "−0.04", id="what is not zero is not written as zero"),
        pytest.param(-0.0, ".1f", "0.0", id="zero has no sign"),
        pytest.param(0.0004, "p", "0.0004", id="a small p keeps a digit"),
        pytest.param(0.04871, "p", "0.049", id="a p has three decimals"),
        pytest.param(0.333, "%", "33", id="a share in per cent"),
        pytest.param(1, "use|uses", "use", id="one is singular"),
        pytest.param(0, "use|uses", "uses", id="none is plural"),
        pytest.param("Gunning fog", "", "Gunning fog", id="a word stays"),
    ],
)
def test_a_value_is_written(value, spec, expected):
    assert format_value(value, spec) == expected


@pytest.mark.parametrize("value", [float("nan"), float("inf"), -float("inf")])
def test_a_sentence_never_states_what_is_not_finite(value):
    with pytest.raises(ValueError, match="finite"):
        format_value(value, ".1f")


@pytest.mark.parametrize(
    "template",
    [
        pytest.param("used 5 times", id="a digit"),
        pytest.param("the ٣ terms", id="a digit of another script"),
    ],
)
def test_a_typed_number_is_refused(template):
    with pytest.raises(ValueError, match="typed number"):
        claim(template)


def test_a_digit_in_a_format_is_no_typed_number():
    assert claim("{rate:.2f} per thousand", rate=number(1.25)).text == "1.25 per thousand"


def test_a_field_without_a_part_is_named():
    with pytest.raises(ValueError, match="no part 'n'; it has \\['m'\\]"):
        claim("{n} uses", m=number(1))


def test_a_sentence_is_rendered_from_its_parts():
    made = claim(
        "{term} has {n} {n:use|uses} in {name} by {metric}.",
        term=Quotation("Iran’s", "a", 3, 9),
        n=number(1),
        name=Name("Courier", "a"),
        metric=Word("Gunning fog"),
    )
    assert made.text == "“Iran’s” has 1 use in Courier by Gunning fog."
    assert made.own_words == "  has   use in   by Gunning fog."


@pytest.mark.parametrize(
    ("quoted", "expected"),
    [
        ("It will close.", "A says “It will close.”"),
        ("Will it close?", "A says “Will it close?”"),
        ("He said ‘now.’", "A says “He said ‘now.’”"),
        ("It will close", "A says “It will close”."),
        ("the U.S. side", "A says “the U.S. side”."),
    ],
)
def test_a_quotation_that_ends_as_a_sentence_does_ends_the_sentence(quoted, expected):
    claim = Claim("a-1", "A", "words", "A says {words}.", {"words": Quotation(quoted, "a", 0, len(quoted))})
    assert claim.text == expected


@pytest.mark.parametrize("hostile", ["{n}", "{0.__class__}", "}{", "<script>", "%s"])
def test_article_text_is_never_a_template(hostile):
    assert claim("{term} stands.", term=Quotation(hostile, "a", 0, 1)).text == f"“{hostile}” stands."


def test_a_cell_is_looked_up_with_its_place():
    assert look_up("keyness", TABLE, {"group": "b"})["n"] == Cell(1, "keyness", {"group": "b"}, "n")


@pytest.mark.parametrize("group", ["c", "A"])
def test_a_key_without_exactly_one_row_is_an_error(group):
    with pytest.raises(LookupError, match="one row"):
        look_up("keyness", TABLE, {"group": group})


def test_a_section_numbers_its_claims_and_keeps_only_the_parts_a_sentence_uses():
    section = Section("Terms", "terms", {"seed": 1})
    section.say("count", "{n} uses", {"n": number(2), "unused": number(9)}, main="n")
    section.say("count", "{q} stands.", {"q": Quotation("x", "a", 0, 1)}, spans=[("a", 0, 1), ("a", 5, 6)])
    first, second = section.claims
    assert (first.id, second.id) == ("terms-1", "terms-2")
    assert set(first.parts) == {"n"}
    assert first.value == number(2)
    assert second.spans == (("a", 0, 1), ("a", 5, 6))


def test_a_record_holds_the_sentence_its_cells_and_the_hashes():
    section = Section("Terms", "terms", {"seed": 1})
    lower, upper = number(0.5), number(float("inf"))
    section.say("count", "{n} uses", {"n": number(2), "low": lower, "high": upper}, main="n", interval=("low", "high"))
    record = section.claims[0].as_record({"a": "00ff"})
    assert json.loads(json.dumps(record, allow_nan=False)) == record
    assert record["text"] == "2 uses"
    assert record["value"] == 2
    assert record["interval"] == [0.5, None]
    assert record["inputs"]["n"] == {"value": 2, "table": "keyness", "key": {"group": "a"}, "column": "n"}
    assert record["articles"] == {"a": "00ff"}
