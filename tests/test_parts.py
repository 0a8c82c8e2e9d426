"""A corpus in parts: the same tables as in one, whatever happens on the way."""

import json
import os
import signal
from pathlib import Path

import pandas as pd
import pytest
from conftest import plain, put

from analysis.corpus import read_corpus
from analysis.folder import locked
from analysis.measures import MEASURED, MEASURES, measure
from analysis.parts.part import Measured, Part, digest_of, measure_part
from analysis.parts.pieces import DIED, measure_all
from analysis.parts.run import WORK, Settings, measure_sources
from analysis.parts.spool import Size
from analysis.workers.pool import work_through

SENTENCES = (
    "The mayor said the bridge will close on Monday.",
    "“It is safe,” the engineer told reporters.",
    "Snow fell on the hills, and the trains stood still.",
    "The council voted for the new road.",
)
QUICK = {"clean": "on", "attribution": "none", "measures": "terms,readability"}


@pytest.fixture(autouse=True)
def _here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)


def corpus(name="in.jsonl", n=8, first=0, **fields):
    """A file of records with texts of two sentences, each different."""
    records = [
        {
            "id": f"a{number}",
            "text": f"{SENTENCES[number % 4]} {SENTENCES[number // 4 % 4]} It was day {'I' * number}.",
            **fields,
        }
        for number in range(first, first + n)
    ]
    put(name, "".join(json.dumps(record) + "\n" for record in records))


def run(*sources, output="out", size=3, said=None, chosen=None, **settings):
    """Measure in parts of three articles; returns how many there were."""
    given = Settings(sources or ("in.jsonl",), "", chosen or QUICK, quiet=True, size=Size(size), **settings)
    pieces = [] if said is None else said
    return measure_sources(given, Path(output).absolute(), pieces.append)


def contents(folder):
    """What a run has left, but for what is of its time."""
    paths = [path for path in Path(folder).rglob("*") if path.is_file() and path.name != "run.lock"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths if path.name != "run.json"}


def rows(output, name):
    return pd.read_parquet(Path(output, "tables", f"{name}.parquet"))


def entries(output="out"):
    return [json.loads(line) for line in Path(output, "ledger.jsonl").read_text().splitlines()]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"text": ["ab", "c"], "topic": ["x", None]}, id="a letter that stands in the next text"),
        pytest.param({"text": ["a", "bc"], "topic": [None, "x"]}, id="what is said of the other article"),
        pytest.param({"text": ["a", "bc"], "topic": ["x", ""]}, id="nothing instead of what is missing"),
        pytest.param({"text": ["a", "bc"], "topics": ["x", None]}, id="a column of another name"),
        pytest.param({"text": ["a", "bc", ""], "topic": ["x", None, None]}, id="an article more"),
        pytest.param({"text": ["a", "bc"]}, id="a column less"),
    ],
)
def test_other_articles_have_another_digest(other):
    given = {"text": ["a", "bc"], "topic": ["x", None]}
    assert digest_of(pd.DataFrame(given)) == digest_of(pd.DataFrame(given).astype("str"))
    assert digest_of(pd.DataFrame(given)) != digest_of(pd.DataFrame(other))


def test_parts_hold_the_rows_that_one_run_would_write():
    corpus()
    assert run() == 8
    assert run(output="whole", size=8) == 8
    assert sorted(path.name for path in Path("out/tables/articles.parquet").iterdir()) == [
        "part-00000.parquet", "part-00001.parquet", "part-00002.parquet",
    ]  # fmt: skip
    assert Path("whole/tables/articles.parquet").is_file()
    names = {path.name for path in Path("whole/tables").iterdir()}
    assert {path.name for path in Path("out/tables").iterdir()} == names
    for name in sorted(names):
        if name.endswith(".parquet"):
            pd.testing.assert_frame_equal(rows("out", name[:-8]), rows("whole", name[:-8]))
        else:
            assert Path("out/tables", name).read_bytes() == Path("whole/tables", name).read_bytes()
    assert entries("out") == entries("whole")
    assert not Path("out", WORK).exists()


def test_a_part_of_everything_is_what_measure_gives():
    corpus(n=4)
    chosen = {"clean": "on", "attribution": "rules", "measures": ",".join(MEASURES)}
    run(chosen=chosen)
    expected = measure(read_corpus("in.jsonl")[0], attribution="rules")
    for name in MEASURED:
        pd.testing.assert_frame_equal(rows("out", name), plain(expected[name]))


def test_the_largest_table_is_written_in_parts_only_if_it_is_named():
    corpus(n=4)
    run(chosen={"clean": "on", "attribution": "none"})
    assert not Path("out/tables/sentence_terms.parquet").exists()
    assert Path("out/tables/loaded_wording.parquet").is_dir()


def test_the_number_of_workers_changes_nothing():
    corpus(n=10)
    run(jobs=1)
    run(output="two", jobs=2)
    assert contents("out") == contents("two")


@pytest.mark.parametrize(
    "sources",
    [
        pytest.param({"a.jsonl": 5, "b.jsonl": 5}, id="ids of another file, met when some parts are measured already"),
        pytest.param({"deep/a.jsonl": 7, "deep/articles.csv": "article_id,outlet,topic\na1,Gazette,x\na6,,y\n"}, id="a sidecar"),
        pytest.param({"a.jsonl": 3, "z.jsonl": {"section": "home"}}, id="a column that only the last part has"),
        pytest.param({"a.jsonl": 4, "b.bin": b"\x89PNG\r\n\x1a\n\0", "c.txt": "It rains.", "d.txt": "It rains."}, id="rejected and double"),
    ],
)  # fmt: skip
def test_names_and_what_is_said_of_articles_are_those_of_one_reading(sources):
    for name, content in sources.items():
        if isinstance(content, int):
            corpus(f"in/{name}", content)
        elif isinstance(content, dict):
            corpus(f"in/{name}", 2, first=20, **content)
        else:
            put(f"in/{name}", content)
    said = []
    run("in", said=said)
    articles, ledger = read_corpus("in")
    expected = measure(articles, attribution="none")["articles"]
    pd.testing.assert_frame_equal(rows("out", "articles"), plain(expected))
    pd.testing.assert_frame_equal(plain(pd.concat(said, ignore_index=True)), plain(ledger))
    parts = [*Path("out/tables/articles.parquet").iterdir()]
    assert {tuple(pd.read_parquet(part).columns) for part in parts} == {tuple(articles.columns)}


def stop_after(monkeypatch, n, error=KeyboardInterrupt):
    """Have a run stopped when it has kept some parts."""
    from analysis.parts.record import Record

    kept = []
    keep = Record.keep

    def spy(self, *given):
        if len(kept) == n:
            raise error
        kept.append(given[0])
        keep(self, *given)

    monkeypatch.setattr(Record, "keep", spy)
    return kept


def test_what_was_done_is_kept_and_not_done_again(monkeypatch):
    corpus(n=10)
    run(output="undisturbed")
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_after(patch, 2)
        run()
    assert not Path("out/tables").exists()
    with monkeypatch.context() as patch:
        again = stop_after(patch, 9)
        run()
    assert len(again) == 2
    assert contents("out") == contents("undisturbed")


def test_a_finished_run_is_not_done_again_but_where_something_has_changed(monkeypatch):
    corpus(n=10)
    run()
    before = contents("out")
    kept = stop_after(monkeypatch, 9)
    run()
    assert kept == []
    assert contents("out") == before
    changed = Path("in.jsonl").read_text().replace("It was day IIII.", "It was the fourth day.")
    put("in.jsonl", changed)
    run()
    assert kept == [1]
    assert rows("out", "articles")["text"].iloc[4].endswith("It was the fourth day.")
    run(chosen=QUICK | {"clean": "off"})
    assert sorted(kept[1:]) == [0, 1, 2, 3]
    kept.clear()
    run(chosen=QUICK | {"clean": "off"}, force=True)
    assert sorted(kept) == [0, 1, 2, 3]


@pytest.mark.parametrize("n", [0, 1, 5, 12])
def test_what_is_stopped_while_it_is_moved_in_is_completed(monkeypatch, n):
    corpus(n=7)
    run()
    corpus(n=10)
    moved = []
    replace = Path.replace

    def stop(self, target):
        if "stage" in self.parts:
            if len(moved) == n:
                raise KeyboardInterrupt
            moved.append(self)
        return replace(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(
            Path,
            "replace",
            lambda self, target: stop(self, target) if ".tmp" not in self.name else replace(self, target),
        )
        run()
    with monkeypatch.context() as patch:
        kept = stop_after(patch, 9)
        run()
    assert kept == []
    run(output="undisturbed")
    assert contents("out") == contents("undisturbed")


def test_what_was_moved_in_before_it_was_stopped_does_not_outlast_the_next_run(monkeypatch):
    corpus(n=7)
    moved = []
    replace = Path.replace

    def stop(self, target):
        if self.name == "ledger.jsonl":
            moved.append(self)
            raise KeyboardInterrupt
        return replace(self, target)

    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "replace", stop)
        run()
    assert moved
    assert Path("out/tables/term_counts.parquet").exists()
    run(chosen=QUICK | {"measures": "readability"})
    assert not Path("out/tables/term_counts.parquet").exists()


def test_a_part_that_was_damaged_is_done_again(monkeypatch):
    corpus(n=10)
    run()
    before = contents("out")
    Path("out/tables/readability.parquet/part-00001.parquet").write_bytes(b"PAR1")
    kept = stop_after(monkeypatch, 9)
    run()
    assert kept == [1]
    assert contents("out") == before


def test_a_torn_line_of_the_list_is_passed_over(monkeypatch):
    corpus(n=10)
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        stop_after(patch, 3)
        run()
    path = Path("out", WORK, "parts.jsonl")
    path.write_bytes(path.read_bytes()[:-20])
    kept = stop_after(monkeypatch, 9)
    run()
    assert len(kept) == 2
    run(output="undisturbed")
    assert contents("out") == contents("undisturbed")


def test_a_run_of_one_part_takes_the_place_of_one_in_parts_and_the_other_way_round():
    corpus(n=7)
    run()
    corpus(n=2)
    run()
    assert Path("out/tables/articles.parquet").is_file()
    assert not Path("out/parts.jsonl").exists()
    corpus(n=7)
    run()
    assert len(rows("out", "articles")) == 7
    corpus(n=4)
    run()
    assert len([*Path("out/tables/term_counts.parquet").iterdir()]) == 2


def dying(articles, how):
    """Work that ends its process, or raises, where one of these articles is measured."""

    def work(part):
        if set(part.articles["article_id"]) & set(articles):
            how()
        return measure_part(part, QUICK)

    return work


def parts_of(n, size):
    articles = read_corpus("in.jsonl")[0].head(n)

    def load(start):
        return lambda: articles.iloc[start : start + size].reset_index(drop=True)

    return [Part(place, 0, range(len(load(start)())), load(start)) for place, start in enumerate(range(0, n, size))]


@pytest.mark.parametrize(
    ("bad", "failed"),
    [
        pytest.param(["a2"], {0: [2]}, id="one article"),
        pytest.param(["a0", "a1", "a2", "a3"], {0: [0, 1, 2, 3]}, id="all of a part"),
        pytest.param(["a4", "a7"], {1: [0, 3]}, id="two"),
    ],
)
def test_an_article_whose_process_dies_is_found_and_costs_no_other(bad, failed):
    corpus()
    work = dying(bad, lambda: os.kill(os.getpid(), signal.SIGKILL))
    done = [
        *measure_all(
            parts_of(8, 4),
            lambda parts: work_through(parts, work, 2, each=5),
            lambda part: measure_part(part, QUICK),
        )
    ]
    assert {one.part.number: [place for place, _ in one.failed] for one in done if one.failed} == failed
    assert {cause for one in done for _, cause in one.failed} == {DIED}
    for one in done:
        left = parts_of(8, 4)[one.part.number].articles
        left = left[~left["article_id"].isin(bad)].reset_index(drop=True)
        if len(left):
            assert (
                one.measured.tables == measure_part(Part(0, 0, range(len(left)), lambda left=left: left), QUICK).tables
            )
        assert one.measured.rows["articles"] == len(left)


def test_a_process_that_dies_once_costs_nothing():
    corpus()

    def once():
        if not Path("died").exists():
            Path("died").touch()
            os._exit(1)

    work = dying(["a5"], once)
    calls = []

    def counted(parts):
        for part, measured in work_through(parts, work, 2, each=5):
            calls.append((part.number, len(part.places)))
            yield part, measured

    done = [*measure_all(parts_of(8, 4), counted, lambda part: measure_part(part, QUICK))]
    assert [one.failed for one in done] == [(), ()]
    assert sorted(calls) == [(0, 4), (1, 4), (1, 4)]


def test_an_article_that_cannot_be_measured_is_rejected_by_name(monkeypatch):
    corpus()
    from analysis.parts import part as module

    original = module.measure_in_parts

    def fails(articles, **settings):
        if (articles["article_id"] == "a4").any():
            raise ValueError("an odd article")
        return original(articles, **settings)

    with monkeypatch.context() as patch:
        patch.setattr(module, "measure_in_parts", fails)
        assert run() == 7
    line = entries()[4]
    assert (line["status"], line["reason"], line["outputs"]) == ("rejected", "ValueError: an odd article", [])
    assert rows("out", "articles")["article_id"].tolist() == [f"a{number}" for number in (0, 1, 2, 3, 5, 6, 7)]
    assert run() == 8  # it is tried again
    run(output="undisturbed")
    assert contents("out") == contents("undisturbed")


def test_two_runs_in_one_folder_do_not_meet():
    corpus()
    with locked(Path("out").absolute()), pytest.raises(OSError, match="another run is writing"):
        run()


def test_a_disk_that_is_full_costs_no_part_that_is_done(monkeypatch):
    corpus(n=10)
    with monkeypatch.context() as patch, pytest.raises(OSError, match="full"):
        stop_after(patch, 2, OSError(28, "the disk is full"))
        run()
    assert not Path("out/tables").exists()
    kept = stop_after(monkeypatch, 9)
    run()
    assert len(kept) == 2


def test_a_piece_can_be_sent_and_nothing_else_is_needed():
    import pickle

    corpus(n=4)
    (part,) = parts_of(4, 4)
    sent = pickle.loads(pickle.dumps(part.halves()[1]))
    measured = measure_part(sent, QUICK)
    assert isinstance(measured, Measured)
    assert measured.rows["articles"] == 2
    assert pickle.loads(pickle.dumps(measured)) == measured
