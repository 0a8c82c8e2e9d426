"""A line to the scheduler of a Dask cluster, whose workers run the same program as this machine."""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from analysis.cluster.sameness import described, difference
from analysis.inputs.files import InputError

if TYPE_CHECKING:
    from distributed import Client

#: Seconds for the scheduler to answer, and for its first worker to come.
SECONDS = 10.0
_ADDRESS = re.compile(r"(?:(?:tcp|tls)://)?(?:[^\s:/\[\]]+|\[[0-9A-Fa-f:.%]+\]):[0-9]+")
#: Parts hold texts and travel with their job, which Dask would warn of.
_SETTINGS = {"distributed.admin.large-graph-warning-threshold": "1TB"}


def connected(address: str | None) -> AbstractContextManager[Client | None]:
    """Give a client of a cluster for the time of a `with`, as `connect` does; nothing if no address is given."""
    return nullcontext() if address is None else connect(address)


@contextmanager
def connect(address: str, seconds: float = SECONDS) -> Iterator[Client]:
    """Give a client of a cluster for the time of a `with`, once its workers are seen to run the same program.

    Parameters
    ----------
    address : str
        Of the scheduler, as `tcp://10.0.0.1:8786`, or its file (`dask scheduler --scheduler-file`).
    seconds : float
        How long the scheduler may take to answer, and its first worker to come.

    Raises
    ------
    InputError
        It is no address, nobody answers there, the cluster has no worker, or a worker lacks this package or runs
        another version of anything that results depend on.
    """
    import dask
    from distributed import Client

    where: dict[str, Any] = {"scheduler_file": address} if _is_file(address) else {"address": _checked(address)}
    with dask.config.set(_SETTINGS), _quiet():
        try:
            with ThreadPoolExecutor(1) as beside:  # where this runs, a loop may run already
                beside.submit(asyncio.run, _greet(address, seconds)).result()
            client = Client(**where, timeout=seconds, set_as_default=False)
        except (OSError, ValueError, ImportError, MemoryError) as error:
            raise InputError(
                f"no scheduler answers at {address!r} within {seconds:g} s ({_cause(error)}); one is started with "
                "`dask scheduler`, which says its address"
            ) from None
        try:
            check_workers(client, address, seconds)
            yield client
        finally:
            with suppress(OSError):  # whoever is at the other end may have gone away
                client.close(timeout=seconds)


def check_workers(client: Client, address: str, seconds: float = SECONDS) -> None:
    """Refuse a cluster without workers, or with one that runs another program than this process.

    Raises
    ------
    InputError
    """
    here = described()
    told: dict[str, Any] = {}
    try:
        client.wait_for_workers(1, timeout=seconds)
        told |= client.run(described, on_error="return")
        told[address] = client.run_on_scheduler(described)
    except TimeoutError:
        raise InputError(
            f"the scheduler at {address!r} has no worker; one is started with `dask worker {address} --nthreads 1`"
        ) from None
    except ImportError as error:  # a scheduler has to understand what it hands on
        told[address] = error
    except OSError as error:
        raise InputError(f"the scheduler at {address!r} has gone away ({_cause(error)})") from None
    for there, program in sorted(told.items()):
        if isinstance(program, Exception):
            raise InputError(f"what runs at {there} lacks this program ({_cause(program)}); install it there")
        if differs := difference(here, program):
            raise InputError(f"at {there} {differs}, so that results may differ; install the same on all machines")


async def _greet(address: str, seconds: float) -> None:
    """Have a scheduler answer within some seconds: for one that says nothing, or no Dask, a client waits for ever."""
    from distributed.comm.core import connect as call
    from distributed.security import Security

    where = json.loads(Path(address).read_bytes())["address"] if _is_file(address) else address
    async with asyncio.timeout(seconds):
        comm = await call(where, timeout=seconds, **Security().get_connection_args("client"))
        try:
            await comm.write({"op": "identity", "reply": True})
            await comm.read()
        finally:
            comm.abort()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep Dask from writing to stderr: what goes wrong is said in one line, by whoever meets it."""
    loggers = [logging.getLogger(name) for name in logging.root.manager.loggerDict if name.startswith("distributed")]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)


def _is_file(address: str) -> bool:
    try:
        return Path(address).is_file()
    except (OSError, ValueError):  # no path at all
        return False


def _checked(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise InputError(
            f"--scheduler is an address as tcp://10.0.0.1:8786, or the file of a scheduler; found {address!r}"
        )
    return address


def _cause(error: BaseException) -> str:
    return str(error).rstrip(".") or type(error).__name__
