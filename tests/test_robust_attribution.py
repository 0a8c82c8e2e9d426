"""Both engines on text that nobody writes, in threads and processes, and where a model cannot be read."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context

import pandas as pd
import pytest
from conftest import make_articles
from growth import assert_linear
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.__main__ import main
from analysis.attribution import engines, find_attributions
from analysis.attribution.engines import extractor
from analysis.attribution.trained.files import DESCRIPTION, LINKER, MODELS, TAGGER
from analysis.attribution.trained.model import Model
from analysis.inputs.files import InputError
from analysis.passages import find_sentences
from analysis.paths import PROJECT
from analysis.tables import ATTRIBUTIONS, REGIONS, SPANS

BOTH = ("accurate", "rules")
STORY = (
    "The vote is off, Ann Lee said on Monday.\n\n“We go home,” said Ben Oda, the mayor. “All of us.”\n\n"
    "According to the report, nobody was hurt. Officials denied that it had rained.\n\n"
)


def read(text, engine):
    """The tables of one article whose sentences are those that a run finds."""
    articles = make_articles({"a": text})
    return find_attributions(articles, find_sentences(articles, REGIONS.frame()), engine)


def check(text, engine):
    """Hold that all spans lie in the text, and that the tables quote it."""
    found, spans = read(text, engine)
    ATTRIBUTIONS.check(found)
    SPANS.check(spans)
    parts = {}
    for row in spans.itertuples():
        assert 0 <= row.start < row.end <= len(text)
        parts.setdefault((row.attribution, row.role), []).append(text[row.start : row.end])
    for row in found.itertuples():
        for role in ("source", "cue", "content"):
            written = getattr(row, role)
            assert " … ".join(parts.get((row.attribution, role), [])) == ("" if pd.isna(written) else written)
        assert row.content
    return len(found)


#: What is repeated, and how often in the long test.
HOSTILE = {
    "a megabyte of words": ("word ", 200_000),
    "half a megabyte of cues": ("he said that ", 40_000),
    "names and cues": ("Ann Lee told Ben Oda that she said no, ", 3_000),
    "a cue after each quotation": ("“a” he said, ", 5_000),
    "a cue before each quotation": ("he said: “a b” and ", 5_000),
    "straight marks": ('"', 100_000),
    "opening marks": ("“", 100_000),
    "closing marks": ("”", 100_000),
    "single marks": ("‘", 30_000),
    "apostrophes": ("’", 30_000),
    "doubled marks": ("''", 30_000),
    "guillemets": ("«", 30_000),
    "closing guillemets": ("»", 30_000),
    "mixed marks": ("\"“‘'«»”’``''„", 4_000),
    "marks around words": ("\"a “b ‘c 'd «e» f” g’ ``h '' „i ", 2_000),
    "quotations that are never closed": ("“a he said ", 6_000),
    "quotations that go on in each paragraph": ("“a b\n\n", 10_000),
    "dashes": ("—", 40_000),
    "dashes between names": ("Lee — ", 10_000),
    "colons": (":", 40_000),
    "labels of speakers": ("Lee: “no” ", 5_000),
    "no letters": ("1 - 2; ", 20_000),
    "one token of a megabyte": ("a", 1_000_000),
    "tokens of ten thousand letters": ("x" * 10_000 + " said ", 60),
    "line breaks": ("\n", 1_000_000),
    "spaces that do not break": ("\u00a0", 1_000_000),
    "zero width": ("\u200b", 60_000),
    "combining marks": ("\u0301", 60_000),
    "emoji": ("👩‍👩‍👧 said ", 8_000),
    "right to left": ("\u202eשלום he said ", 5_000),
    "NUL": ("he\0said\0that ", 8_000),
    "short paragraphs": ("He said no.\n\n", 6_000),
    "paragraphs of a letter": ("a\n\n", 20_000),
    "brackets": ("(a ", 12_000),
    "nobody is named": ("who asked not to be named, ", 10_000),
    "one in another": ("Lee said that ", 8_000),
}


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize("piece", [pytest.param(piece, id=name) for name, (piece, _) in HOSTILE.items()])
def test_spans_are_verbatim_in_odd_text(piece, engine):
    check(piece * max(1, min(200, 4_000 // len(piece))), engine)
    check(f"Ann Lee said {piece * 9} no. {STORY}{piece}", engine)


MANY = pytest.mark.parametrize(("piece", "n"), [pytest.param(*repeated, id=name) for name, repeated in HOSTILE.items()])


@pytest.mark.slow
@pytest.mark.parametrize("engine", BOTH)
@MANY
def test_a_great_deal_of_odd_text_is_read(piece, n, engine):
    check("Ann Lee said: " + piece * n, engine)


@pytest.mark.growth
@pytest.mark.parametrize("engine", BOTH)
@MANY
def test_odd_text_takes_linear_time(piece, n, engine):
    assert_linear(lambda text: check(text, engine), lambda n: "Ann Lee said: " + piece * n, n)


PIECES = [
    "Ann Lee", "the mayor", "he", "said", "says", "told them", "that", "according to", "denied", "claims", "“", "”",
    '"', "'", "‘", "’", "''", "``", "«", "»", "„", "—", "-", ":", ";", ",", ".", "?", "…", "\n", "\n\n", "- ", "> ",
    "(", ")", "12", "3.5%", "U.S.", "Mr.", "don't", "Lee's", "Ä", "ﬁ", "İ", "ß", "\u0301", "\u200b", "\u00a0", "\0",
    "\u202e", "👩‍👧", "中文", "שלום", "&", "@", "who asked not to be named", "in a statement", "no", "it rained",
]  # fmt: skip


@pytest.mark.parametrize("engine", BOTH)
@settings(derandomize=True, max_examples=80, deadline=None)
@given(pieces=st.lists(st.sampled_from(PIECES), max_size=40), joined=st.sampled_from(["", " "]))
def test_spans_are_verbatim_whatever_is_read(pieces, joined, engine):
    check(joined.join(pieces), engine)


@pytest.mark.parametrize("engine", BOTH)
@pytest.mark.parametrize(
    "text",
    [
        pytest.param("", id="nothing"),
        pytest.param("\ud800 he said \udc80 that it rained, \udfff", id="halves of characters, which no table holds"),
    ],
)
def test_text_that_no_table_holds_is_read_all_the_same(text, engine):
    blocks = [(0, len(text))] if text else []
    for one in extractor(engine)(text, blocks, blocks):
        for start, end in (*one.source, *one.cue, *one.content):
            assert 0 <= start < end <= len(text)


@pytest.fixture(scope="module")
def stories():
    """Articles with their sentences, each a little different, and what is found in them one after the other."""
    texts = {f"a{n}": STORY.replace("Monday", f"day {n}").replace("hurt", "hurt, " * (n % 7)) * 3 for n in range(24)}
    articles = make_articles(texts)
    sentences = find_sentences(articles, REGIONS.frame())
    single = [(articles.iloc[n : n + 1], sentences[sentences["article_id"] == f"a{n}"]) for n in range(len(texts))]
    return single, [find_attributions(*one) for one in single]


def assert_same(found, expected):
    for tables, others in zip(found, expected, strict=True):
        for table, other in zip(tables, others, strict=True):
            pd.testing.assert_frame_equal(table, other)


def test_threads_find_what_one_finds(stories):
    single, expected = stories
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)  # threads take turns as often as they can
    try:
        with ThreadPoolExecutor(4) as pool:
            assert_same(pool.map(lambda one: find_attributions(*one), single), expected)
    finally:
        sys.setswitchinterval(interval)


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize(
    "method", [pytest.param("fork", id="forked"), pytest.param("spawn", id="spawned", marks=pytest.mark.slow)]
)
def test_processes_find_what_one_finds(stories, method):
    single, expected = stories  # the model is open by now
    with ProcessPoolExecutor(2, mp_context=get_context(method)) as pool:
        assert_same(pool.map(find_attributions, *zip(*single, strict=True)), expected)


@pytest.mark.slow
def test_dask_finds_what_one_finds(stories):
    from distributed import Client, LocalCluster

    single, expected = stories
    with (
        LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):
        assert_same(client.gather(client.map(find_attributions, *zip(*single, strict=True))), expected)
        assert len({os.getpid(), *client.run(os.getpid).values()}) == 3  # each worker is a process of its own


def damage(folder, change):
    """Change what a model says of itself."""
    path = folder / DESCRIPTION
    path.write_text(json.dumps(change(json.loads(path.read_text(encoding="utf-8")))), encoding="utf-8")


DAMAGES = [
    pytest.param(shutil.rmtree, "No such file", id="no folder"),
    *(pytest.param(lambda at, name=name: (at / name).unlink(), name, id=f"no {name}") for name in (TAGGER, LINKER)),
    pytest.param(
        lambda at: (at / TAGGER).write_bytes((at / LINKER).read_bytes()), "not the file that", id="another file"
    ),
    pytest.param(lambda at: (at / DESCRIPTION).write_text("{", encoding="utf-8"), "Expecting", id="cut short"),
    pytest.param(lambda at: damage(at, lambda _: []), "holds no JSON object", id="a list"),
    *(
        pytest.param(
            lambda at, key=key: damage(at, lambda told: {name: told[name] for name in told if name != key}),
            f"lacks '{key}', so that another version wrote it",
            id=f"{key} is missing",
        )
        for key in ("files", "clusters", "leaning")
    ),
    pytest.param(lambda at: damage(at, lambda told: told | {"files": {}}), f"lacks '{TAGGER}'", id="files are unnamed"),
    pytest.param(lambda at: damage(at, lambda told: told | {"leaning": {"O": 0}}), "lacks 'B-S'", id="other tags"),
]


@pytest.fixture
def models(tmp_path, monkeypatch):
    """A folder of models that is this test's own."""
    shutil.copytree(MODELS, tmp_path / "models")
    monkeypatch.setattr(engines, "MODELS", tmp_path / "models")
    return tmp_path / "models"


class TestNoModel:
    @pytest.mark.parametrize(("damaged", "cause"), DAMAGES)
    def test_the_cause_is_told_with_what_to_do(self, models, damaged, cause):
        damaged(models / "accurate")
        with pytest.raises(InputError) as error:
            Model(models / "accurate")
        told = str(error.value)
        assert told.startswith(f"no model for attribution can be read from {str(models / 'accurate')!r} (")
        assert cause in told
        assert told.endswith(
            "; install the package anew, or take the rules: report -p attribution rules, measure --attribution rules"
        )

    def test_measure_says_so_in_one_line_and_writes_nothing(self, models, tmp_path, capsys):
        (models / "accurate" / TAGGER).unlink()
        given = ["measure", str(PROJECT / "seeds"), "--output", str(tmp_path / "out")]
        assert main(given) == 2
        told = [line for line in capsys.readouterr().err.splitlines() if "warned" not in line]
        assert len(told) == 1
        assert "no model for attribution can be read" in told[0]
        assert not (tmp_path / "out").exists()
        assert main([*given, "--attribution", "rules"]) == 0
        assert (tmp_path / "out" / "tables" / "attributions.csv").exists()

    def test_settings_are_refused_before_anything_is_measured(self, models):
        from analysis.pipeline import run_settings

        shutil.rmtree(models)
        with pytest.raises(InputError, match="no model for attribution can be read"):
            run_settings(attribution="accurate")
        assert run_settings(attribution="rules")["attribution"] == "rules"

    def test_without_the_library_of_the_tagger_the_rules_still_work(self, tmp_path):
        def run(*arguments):
            code = "import sys; sys.modules['pycrfsuite'] = None; from analysis.__main__ import main; sys.exit(main(sys.argv[1:]))"
            given = ["measure", "seeds", "--output", str(tmp_path / "out"), *arguments]
            return subprocess.run(
                [sys.executable, "-c", code, *given], cwd=PROJECT, capture_output=True, text=True, check=False
            )

        done = run()
        assert done.returncode == 2
        assert "pycrfsuite" in done.stderr
        assert "take the rules" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()
        assert run("--attribution", "rules").returncode == 0

    @pytest.mark.slow
    def test_a_report_says_so_in_one_line_and_rules_need_no_model(self, tmp_path):
        for name in ("analysis", "notebooks", "seeds"):
            shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("models", "__pycache__"))

        def run(*arguments):
            given = ["report", "seeds", "--output", str(tmp_path / "out"), *arguments]
            return subprocess.run(
                [sys.executable, "-m", "analysis", *given], cwd=tmp_path, capture_output=True, text=True, check=False
            )

        done = run("-p", "attribution", "accurate")
        assert done.returncode == 2, done.stderr
        assert f"can be read from '{tmp_path / 'analysis'}" in done.stderr
        assert "Traceback" not in done.stderr
        assert not (tmp_path / "out").exists()
        done = run("-p", "attribution", "rules")
        assert done.returncode == 0, done.stderr
        assert (tmp_path / "out" / "report.html").exists()


@pytest.mark.slow
def test_a_megabyte_takes_little_memory():
    code = """
from analysis.attribution.engines import extractor
text = "he said that a word and " * 40_000
extractor("accurate")(text, [(0, len(text))], [(0, len(text))])
status = open("/proc/self/status").read()  # getrusage would tell of the parent, where that was larger
print(int(status.split("VmHWM:")[1].split()[0]) / 1024)
"""
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    assert float(done.stdout) <= 500
