"""What workers of a cluster are given to do in tests: they import this file, and nothing of the tests else."""

import os
import signal
import time
from pathlib import Path


def double(job):
    return 2 * job


def fail_at_two(job):
    return 1 / (job - 2)


def die_once(job, *, folder):
    mark = Path(folder, str(job))
    if job in (1, 4) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def always_die(job):
    if job == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return job


def take_too_much(job):
    if job == 3:
        held = bytearray(os.urandom(1)) * 900_000_000
        time.sleep(60)
        return len(held)
    return job
