"""The forks in which a batch makes its reports: in the order done, whatever becomes of one, and none is left."""

import os
import signal
import threading
import time
from pathlib import Path

import pytest

from analysis.workers.pool import work_through


def children():
    """The processes that this one has started and that are there, ended or not."""
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text().split()


@pytest.fixture(autouse=True)
def none_is_left():
    before = children()
    yield
    assert children() == before


def test_results_come_in_the_order_in_which_they_are_done(tmp_path):
    def work(job):
        while not (tmp_path / str(job)).exists():
            time.sleep(0.01)
        return job * 10

    turn = [2, 0, 1]
    (tmp_path / "2").touch()
    seen = []
    for result in work_through(range(3), work, 3):
        seen.append(result)
        for job in turn[len(seen) :][:1]:  # the next may end now
            (tmp_path / str(job)).touch()
    assert seen == [(2, 20), (0, 0), (1, 10)]


def test_the_next_job_begins_before_the_result_of_the_last_is_seen_to(tmp_path):
    def work(job):
        (tmp_path / str(job)).touch()

    for job, _ in work_through(range(3), work, 1):
        following = tmp_path / str(min(job + 1, 2))
        for _ in range(6_000):
            if following.exists():
                break
            time.sleep(0.01)
        assert following.exists(), f"nothing was begun after {job}"


def test_no_more_at_a_time_than_asked(tmp_path):
    def work(job):
        (tmp_path / f"{job}.on").touch()
        on = len([*tmp_path.glob("*.on")])
        time.sleep(0.05)
        (tmp_path / f"{job}.on").unlink()
        return on

    assert max(result for _, result in work_through(range(6), work, 2)) <= 2
    assert [job for job, _ in work_through(range(4), work, 1)] == [0, 1, 2, 3]


@pytest.mark.parametrize(
    "die",
    [
        pytest.param(lambda: os._exit(3), id="exits at once"),
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGKILL), id="is killed"),
        pytest.param(lambda: os.kill(os.getpid(), signal.SIGTERM), id="is asked to end"),
        pytest.param(lambda: 1 / 0, id="raises"),
        pytest.param(lambda: threading.Lock(), id="gives what cannot be sent"),
        pytest.param(lambda: (_ for _ in ()).throw(SystemExit), id="leaves Python"),
        pytest.param(lambda: (_ for _ in ()).throw(KeyboardInterrupt), id="is interrupted"),
    ],
)
@pytest.mark.parametrize("at_once", [1, 2])
def test_one_that_dies_gives_nothing_and_stops_no_other(die, at_once, capfd):
    def work(job):
        return die() if job == 1 else job * 10

    assert sorted(work_through(range(4), work, at_once), key=lambda one: one[0]) == [
        (0, 0),
        (1, None),
        (2, 20),
        (3, 30),
    ]
    assert capfd.readouterr() == ("", "")


def test_a_result_may_be_large():
    assert dict(work_through([1, 2], lambda job: "x" * (job * 1_000_000), 2)) == {
        1: "x" * 1_000_000,
        2: "x" * 2_000_000,
    }


def test_nothing_to_do_is_nothing_done():
    assert [*work_through([], lambda job: job, 2)] == []


def sleep_long(path):
    def work(job):
        if job == 0:
            while not (path / "2").exists():
                time.sleep(0.01)
            return 0
        own = os.fork()  # what a job starts ends with it
        (path / str(job if own else 2)).write_text(str(os.getpid()))
        time.sleep(600)
        return job

    return work


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt])
def test_an_exception_where_results_are_taken_ends_all(error, tmp_path):
    with pytest.raises(error):
        for _ in work_through([1, 0], sleep_long(tmp_path), 2):
            raise error
    for name in ("1", "2"):
        number = int((tmp_path / name).read_text())
        for _ in range(1000):  # one that the job had started is reaped by whoever takes orphans
            if not Path(f"/proc/{number}").exists() or ") Z " in Path(f"/proc/{number}/stat").read_text():
                break
            time.sleep(0.01)
        else:
            pytest.fail(f"process {number} was left")


def test_whoever_stops_taking_results_ends_all(tmp_path):
    results = work_through([1, 0], sleep_long(tmp_path), 2)
    assert next(results) == (0, 0)
    results.close()


def test_the_jobs_are_those_of_the_caller_and_nothing_comes_back_but_the_result():
    known = {"a": 1}

    def work(_):
        known["a"] = 2
        os.environ["PARALLAX_TEST_POOL"] = "x"
        os.chdir("/")
        return known["a"]

    here = Path.cwd()
    assert [*work_through(["job"], work, 1)] == [("job", 2)]
    assert known == {"a": 1}
    assert "PARALLAX_TEST_POOL" not in os.environ
    assert Path.cwd() == here
