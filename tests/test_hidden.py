"""Hidden characters: told of, left in, and no false alarm over what belongs to a script."""

import pytest
from growth import assert_linear

from analysis.corpus import read_corpus, warning_lines
from analysis.inputs.hidden import hidden_characters

NAMES = {
    "zero": "zero-width characters",
    "turn": "characters that turn the direction",
    "tag": "tag characters",
    "alike": "words with letters of another script",
}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("pa\u200bper", "zero: 1 at 2", id="zero-width space"),
        pytest.param("a\u2060b\u2060", "zero: 2 at 1", id="word joiner"),
        pytest.param("a\ufeffb", "zero: 1 at 1", id="byte order mark inside"),
        pytest.param("pa\u200dper", "zero: 1 at 2", id="a joiner between Latin letters"),
        pytest.param("a \u202etxt.exe", "turn: 1 at 2", id="right-to-left override"),
        pytest.param("a \u2067b\u2069", "turn: 2 at 2", id="isolates"),
        pytest.param("a\U000e0041\U000e0042b", "tag: 1 at 1", id="a word in tag characters"),
        pytest.param("the sаme", "alike: 1 at 4", id="a Cyrillic a in a Latin word"),
        pytest.param("Ροme аnd Paris", "alike: 2 at 0", id="Greek and Cyrillic letters"),
        pytest.param("o\u200be \u202e", "zero: 1 at 1; turn: 1 at 4", id="two kinds"),
    ],
)
def test_hidden_characters_are_counted_and_placed(text, expected):
    said = []
    for part in expected.split("; "):
        kind, count, _, place = part.replace(":", "").split()
        said.append(f"{NAMES[kind]}: {count}, the first at character {place}")
    assert hidden_characters(text) == f"hidden characters left in: {'; '.join(said)}"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Plain, “quoted” – and café.", id="Latin text"),
        pytest.param("می‌خواهم", id="Persian joins and parts with them"),
        pytest.param("क्‍ष", id="so does Hindi"),
        pytest.param("👩‍🚀 and 👨‍👩‍👧", id="emoji"),
        pytest.param("🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f", id="the flag of England"),
        pytest.param("\u2067שלום\u2069 said", id="directions where letters run from right to left"),
        pytest.param("Путин said «да»", id="two scripts, word by word"),
        pytest.param("the Ω-test, 5 μm, Δt, NF-κB and β2", id="symbols"),
        pytest.param("soft\u00adhyphen and no\u00a0break", id="what typesetters use"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_belongs_to_a_script_is_not_hidden(text):
    assert hidden_characters(text) == ""


def test_hidden_characters_are_a_warning_and_stay_in_the_text(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text("pa\u200bper", encoding="utf-8")
    (tmp_path / "b.csv").write_text("text\nplain\nthe s\u0430me\n", encoding="utf-8")
    articles, ledger = read_corpus(".")
    assert articles["text"].tolist() == ["pa\u200bper", "plain", "the s\u0430me"]
    assert warning_lines(ledger) == [
        "warned: a.txt: hidden characters left in: zero-width characters: 1, the first at character 2",
        "warned: b.csv: hidden characters left in: words with letters of another script: 1, the first at character 4: line 3",
    ]


@pytest.mark.growth
@pytest.mark.parametrize(
    "unit",
    [
        "\u200b",
        "a\u200d",
        "\u202e",
        "\U000e0041",
        "a\u0430",
        "\u0430",
        "a\u03b1 ",
        "\U0001f3f4\U000e0067",
        "\u0590\u202e",
    ],
)
def test_time_grows_with_the_length(unit):
    assert_linear(hidden_characters, lambda n: unit * n, 80_000)
