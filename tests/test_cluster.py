"""Work on a real cluster: all results, whatever becomes of its workers; and whose workers are refused."""

import shutil
import socket
import threading
import time
from contextlib import suppress
from functools import partial

import pytest
from cluster_jobs import always_die, die_once, double, fail_at_two, take_too_much
from clusters import cluster, end

from analysis.cluster.connect import check_workers, connect, connected
from analysis.cluster.pool import work_through_cluster
from analysis.cluster.sameness import described, difference, fingerprint
from analysis.inputs.files import InputError
from analysis.paths import PROJECT


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two workers, each with a limit of memory."""
    with cluster(tmp_path_factory.mktemp("cluster"), n=2, memory="600MB") as made:
        yield made


@pytest.fixture
def client(two):
    with connect(two.address, 60) as opened:
        opened.wait_for_workers(2, timeout=60)
        yield opened


@pytest.mark.slow
class TestWork:
    def test_each_job_comes_once_with_its_result(self, client):
        assert sorted(work_through_cluster(range(20), double, client)) == [(job, 2 * job) for job in range(20)]
        assert [*work_through_cluster([], double, client)] == []
        assert [*work_through_cluster(range(5), double, client, at_once=1)] == [(job, 2 * job) for job in range(5)]

    def test_jobs_are_taken_as_there_is_room(self, client):
        taken = 0

        def jobs():
            nonlocal taken
            for job in range(30):
                taken += 1
                yield job

        ahead = [taken - done for done, _ in enumerate(work_through_cluster(jobs(), double, client))]
        assert max(ahead) <= 4  # two workers of one thread, and two jobs for each
        assert taken == 30

    def test_nothing_is_left_on_the_cluster(self, client):
        results = work_through_cluster(range(30), double, client)
        next(results)
        results.close()
        for _ in range(500):
            if not client.run_on_scheduler(lambda dask_scheduler: len(dask_scheduler.tasks)):
                return
            time.sleep(0.01)
        pytest.fail("tasks are left")

    def test_one_that_raises_gives_nothing_and_stops_no_other(self, client):
        assert sorted(work_through_cluster(range(4), fail_at_two, client)) == [
            (0, -0.5), (1, -1.0), (2, None), (3, 1.0),
        ]  # fmt: skip

    def test_a_worker_that_is_killed_costs_no_result(self, client, tmp_path):
        work = partial(die_once, folder=str(tmp_path))
        assert sorted(work_through_cluster(range(8), work, client)) == [(job, job) for job in range(8)]
        assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "4"]

    @pytest.mark.parametrize(
        "work",
        [
            pytest.param(always_die, id="kills its worker"),
            pytest.param(take_too_much, id="takes more memory than its worker has"),
        ],
    )
    def test_a_job_that_no_worker_survives_is_given_up_and_no_other(self, work, client):
        expected = [(job, None if job == 3 else job) for job in range(6)]
        assert sorted(work_through_cluster(range(6), work, client)) == expected


@pytest.mark.slow
class TestTrouble:
    def test_a_scheduler_that_has_gone_away_is_one_error(self, tmp_path):
        with cluster(tmp_path, n=1) as made, connect(made.address, 60) as opened:
            address = made.address
            with pytest.raises(InputError) as error:
                for _ in work_through_cluster(range(10), double, opened):
                    end(made.processes[0])
        assert str(error.value) == f"the scheduler at {address!r} has gone away"

    def test_a_cluster_whose_workers_are_gone_is_one_error(self, tmp_path):
        with cluster(tmp_path, n=1) as made, connect(made.address, 60) as opened:
            with pytest.raises(InputError) as error:
                for _ in work_through_cluster(range(10), double, opened, patience=0):
                    end(made.processes[1])
            assert str(error.value) == f"the scheduler at {made.address!r} has had no worker for 0 s"

    def test_a_cluster_without_workers_is_refused(self, tmp_path):
        with cluster(tmp_path, n=0) as made, pytest.raises(InputError) as error, connect(made.address, 1):
            pass
        assert str(error.value) == (
            f"the scheduler at {made.address!r} has no worker; one is started with `dask worker {made.address} "
            "--nthreads 1`"
        )

    @pytest.mark.parametrize(
        ("change", "said"),
        [
            pytest.param("more", "the code of analysis is", id="code that is not the same"),
            pytest.param("none", "lacks this program (", id="no such code"),
        ],
    )
    def test_a_worker_with_another_program_is_refused(self, change, said, tmp_path):
        other = tmp_path / "other"
        if change == "more":
            shutil.copytree(PROJECT / "analysis", other / "analysis", ignore=shutil.ignore_patterns("models"))
            with (other / "analysis" / "names.py").open("a") as file:
                file.write("# not the same\n")
        else:
            (other / "analysis").mkdir(parents=True)
            (other / "analysis" / "__init__.py").touch()
        with cluster(tmp_path / "cluster", n=1) as made, connect(made.address, 60) as opened:
            made.worker(settings={"PYTHONPATH": f"{other}:{PROJECT / 'tests'}"})
            opened.wait_for_workers(2, timeout=60)
            with pytest.raises(InputError, match=r"install it there|install the same on all machines") as error:
                check_workers(opened, made.address)
            assert said in str(error.value)
            if change == "more":
                with pytest.raises(InputError, match="on a worker that came later the code of analysis is"):
                    [*work_through_cluster(range(50), double, opened)]

    def test_the_file_of_a_scheduler_is_as_good_as_its_address(self, two):
        with connect(str(two.file), 60) as opened:
            assert opened.scheduler.address == two.address


@pytest.mark.parametrize(
    ("address", "said"),
    [
        pytest.param("nonsense", "--scheduler is an address as tcp://10.0.0.1:8786", id="a word"),
        pytest.param("", "found ''", id="nothing"),
        pytest.param("10.0.0.1", "found '10.0.0.1'", id="no port"),
        pytest.param("foo://10.0.0.1:1", "found 'foo://10.0.0.1:1'", id="another protocol"),
        pytest.param("tcp://a b:1", "found 'tcp://a b:1'", id="a blank"),
        pytest.param("\0", "found '\\x00'", id="no path either"),
        pytest.param(
            "tcp://127.0.0.1:1", "no scheduler answers at 'tcp://127.0.0.1:1' within 0.5 s", id="nobody there"
        ),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(address, said):
    with pytest.raises(InputError) as error, connect(address, 0.5):
        pass
    assert said in str(error.value)


@pytest.mark.parametrize(
    "answer",
    [pytest.param(b"", id="says nothing"), pytest.param(b"HTTP/1.0 400 Bad request\r\n\r\n", id="speaks otherwise")],
)
def test_what_listens_and_is_no_scheduler_is_refused(answer):
    held = []

    def serve():
        with suppress(OSError):
            while True:
                held.append(server.accept()[0])
                held[-1].sendall(answer)

    with socket.create_server(("127.0.0.1", 0)) as server:
        serving = threading.Thread(target=serve, daemon=True)
        serving.start()
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        with pytest.raises(InputError, match="no scheduler answers"), connect(address, 0.5):
            pass
        server.shutdown(socket.SHUT_RDWR)
        serving.join(5)
    for one in held:
        one.close()


def test_without_an_address_there_is_no_cluster():
    with connected(None) as opened:
        assert opened is None


def test_what_is_the_same_is_no_difference():
    assert difference(described(), described()) == ""
    assert len(fingerprint()) == 64


@pytest.mark.parametrize(
    ("here", "there", "said"),
    [
        pytest.param({"a": "1", "b": "2"}, {"a": "1", "b": "3"}, "b is 3 there and 2 here", id="another version"),
        pytest.param({"a": "1"}, {}, "a is missing there and 1 here", id="not there"),
        pytest.param({}, {"a": "1"}, "a is 1 there and missing here", id="not here"),
        pytest.param({"a": "1", "b": "2"}, {"b": "3", "a": "0"}, "a is 0 there and 1 here", id="the first of two"),
    ],
)
def test_the_first_difference_is_named(here, there, said):
    assert difference(here, there) == said


def test_described_tells_what_results_depend_on():
    told = described()
    assert {"Python", "parallax", "pandas", "distributed", "the code of analysis", "the data file cues.csv"} <= {*told}
    assert all(isinstance(value, str) and value for value in told.values())
