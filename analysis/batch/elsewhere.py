"""Make the reports of a batch on the workers of a cluster, from files that are taken along, and write them here."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from analysis.batch.jobs import Job
from analysis.batch.shipment import NoShipmentError, Shipment, lay_out, pack
from analysis.batch.work import Outcome, make_report, unwritten
from analysis.cluster.apart import do_apart, end_idle
from analysis.cluster.pool import work_through_cluster
from analysis.folder import LOCK, staged, write_files
from analysis.paths import project_path

if TYPE_CHECKING:
    from distributed import Client

#: What holds no path.
_NO_TEXT = (".parquet", ".png")


class Order(NamedTuple):
    """A report to be made: the arguments of `make_report`."""

    job: Job
    notebook: Path
    parameters: Mapping[str, Any]
    output: str
    engine: str
    seconds: float


class _Parcel(NamedTuple):
    """A report to be made on another machine: the notebook and the inputs with it, and what a process does first."""

    order: Order
    notebook: bytes
    shipment: Shipment
    warm: Callable[[], object]


class _Made(NamedTuple):
    """What came of a report on another machine, and its files by their path in its folder."""

    outcome: Outcome
    files: Mapping[str, bytes]


def make_elsewhere(
    orders: Iterable[Order], client: Client, warm: Callable[[], object]
) -> Iterator[tuple[Job, Outcome | None]]:
    """Make reports on the workers of a cluster and put each in its place here.

    The inputs of a report are read here and travel with it, so that a worker needs no folder in common with this
    machine. What cannot travel, such as a report with a FIFO among its inputs, is made on this machine at the end.

    Parameters
    ----------
    orders : iterable of Order
    client : Client
        Of `connect`.
    warm : callable
        What a process does once before it makes reports.

    Yields
    ------
    (Job, Outcome or None)
        As each is done; None where the process that made it has died.
    """
    kept: list[Order] = []

    def parcels() -> Iterator[_Parcel]:
        for order in orders:
            try:
                shipment = pack(order.job.sources, order.parameters)
            except NoShipmentError:
                kept.append(order)
            else:
                yield _Parcel(order, order.notebook.read_bytes(), shipment, warm)

    for parcel, made in work_through_cluster(parcels(), _on_worker, client):
        yield parcel.order.job, _save(made, parcel.order.output) if made else None
    try:
        for order in kept:
            yield order.job, do_apart(warm, make_here, order)
    finally:
        end_idle()


def make_here(order: Order, _: str = "") -> Outcome:
    """Make a report on this machine."""
    return make_report(
        order.job, order.notebook, order.parameters, order.output, engine=order.engine, seconds=order.seconds
    )


def _on_worker(parcel: _Parcel) -> _Made | None:
    """Make a report, on a worker."""
    from distributed import get_worker

    return do_apart(parcel.warm, _unpack_and_make, parcel, get_worker().local_directory)


def _unpack_and_make(parcel: _Parcel, folder: str) -> _Made:
    """Make a report of what was taken along, in a process and a folder that are its own."""
    root = f"{os.path.realpath(folder)}/root"
    notebook = Path(folder, parcel.order.notebook.name)
    try:
        notebook.write_bytes(parcel.notebook)
        lay_out(parcel.shipment, root)
    except OSError as error:
        return _Made(Outcome("rejected", f"on a worker cannot be written: {error}".replace(root, "")), {})
    outcome = make_here(parcel.order._replace(notebook=notebook))
    outcome = replace(outcome, reason=outcome.reason.replace(root, ""))
    if outcome.unwritable:  # there, which says nothing of here
        return _Made(Outcome("rejected", f"on a worker {outcome.reason}"), {})
    if outcome.status == "rejected":
        return _Made(outcome, {})
    output = project_path(parcel.order.output).absolute()
    found = (path for path in sorted(output.rglob("*")) if path.is_file() and path.name != LOCK)
    return _Made(outcome, {path.relative_to(output).as_posix(): _read(path, root) for path in found})


def _read(path: Path, root: str) -> bytes:
    """What is in a file, without the folder that a message of the system may have named."""
    content = path.read_bytes()
    if path.suffix in _NO_TEXT:
        return content
    for written in {root, json.dumps(root)[1:-1]}:
        content = content.replace(written.encode(), b"")
    return content


def _save(made: _Made, output: str) -> Outcome:
    """Put a report that was made elsewhere in its place."""
    if made.outcome.status == "rejected":
        return made.outcome
    try:
        with staged(project_path(output).absolute()) as stage:
            write_files((stage / name, content) for name, content in made.files.items())
    except OSError as error:
        return unwritten(error)
    return made.outcome
