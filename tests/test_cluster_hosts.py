"""Two hosts that share nothing but a cable: the scheduler and the client on one, the workers on the other."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from clusters import Cluster
from conftest import put, run

from analysis.paths import PROJECT

pytestmark = pytest.mark.slow
IP = shutil.which("ip") or shutil.which("ip", path="/usr/sbin:/sbin")
OPTIONS = ("--measures", "terms,readability", "--attribution", "none", "--quiet")
#: Of a network that is for documentation alone.
NEAR, FAR = "192.0.2.1", "192.0.2.2"


def ip(*arguments):
    """Set up a network; what is not permitted here raises."""
    subprocess.run([IP, *arguments], check=True, capture_output=True, text=True, timeout=20)


@pytest.fixture
def hosts():
    """Two network namespaces, each with a loopback of its own, and a cable between them."""
    if IP is None:
        pytest.skip("two hosts need the command ip (Debian: apt-get install iproute2)")
    near, far = (f"plx-{os.getpid()}-{end}" for end in ("near", "far"))
    try:
        for name in (near, far):
            ip("netns", "add", name)
        ip("-n", near, "link", "add", "cable", "type", "veth", "peer", "name", "cable", "netns", far)
        for name, address in ((near, NEAR), (far, FAR)):
            ip("-n", name, "address", "add", f"{address}/24", "dev", "cable")
            ip("-n", name, "link", "set", "cable", "up")
            ip("-n", name, "link", "set", "lo", "up")
        yield near, far
    except subprocess.CalledProcessError as error:
        if os.environ.get("CI"):
            pytest.fail(f"continuous integration should permit network namespaces: {error.stderr}")
        pytest.skip(f"network namespaces are not permitted here: {error.stderr.strip()}")
    finally:
        for name in (near, far):
            subprocess.run([IP, "netns", "delete", name], check=False, capture_output=True, timeout=20)


def contents(folder):
    paths = [path for path in folder.rglob("*") if path.is_file() and path.name != "run.json"]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def test_two_hosts_measure_what_one_does(hosts, tmp_path):
    near, far = ([IP, "netns", "exec", name] for name in hosts)
    records = [{"id": f"a{n}", "text": f"On day {'I' * n} the bridge was closed."} for n in range(1200)]
    put(tmp_path / "in.jsonl", "".join(json.dumps(record) + "\n" for record in records))
    done = run(
        "measure",
        "in.jsonl",
        "--output",
        "local",
        *OPTIONS,
        cwd=tmp_path,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
    )
    assert done.returncode == 0, done.stderr
    cluster = Cluster(tmp_path / "cluster")
    cluster.folder.mkdir()
    try:
        cluster.scheduler(within=near, host=NEAR)
        assert cluster.address.startswith(f"tcp://{NEAR}:")
        cluster.worker(n=2, within=far, host=FAR)
        there = subprocess.run(
            [*near, sys.executable, "-m", "analysis", "measure", "in.jsonl", "--output", "far", *OPTIONS, "--scheduler",
             cluster.address], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(PROJECT)}, capture_output=True, text=True,
            check=False, timeout=120,
        )  # fmt: skip
    finally:
        cluster.end()
    assert (there.returncode, there.stderr) == (0, "")
    local, other = contents(tmp_path / "local"), contents(tmp_path / "far")
    assert sorted(name for name in other if Path(name).parent.name == "articles.parquet") == [
        f"tables/articles.parquet/part-0000{number}.parquet" for number in range(3)
    ]
    assert sorted(local) == sorted(other)
    assert [name for name in local if local[name] != other[name]] == []
