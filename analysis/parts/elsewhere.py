"""Have parts measured by the workers of a cluster."""

from __future__ import annotations

import ctypes
import gc
import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

from analysis.attribution.engines import DEFAULT, ENGINES
from analysis.cluster.pool import work_through_cluster
from analysis.parts.part import Measured, Part, measure_part
from analysis.parts.pieces import Work
from analysis.paths import project_path

if TYPE_CHECKING:
    from distributed import Client

#: Options of GNU's allocator by number: from how many free bytes on it gives them back, and from how many on what it is
#: asked for is got from the system by itself; what both are while a part is measured, and by default.
_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
_KEPT, _LARGE, _USUAL = 100_000_000, 32_000_000, 131_072


def workers_elsewhere(client: Client, settings: Mapping[str, str]) -> Work:
    """Return what has parts measured by the workers of a cluster: they get the articles, and give the tables back.

    Parameters
    ----------
    client : Client
        Of `connected`.
    settings : mapping
        Those of `measure`. The files of a model of one's own travel with each part.
    """
    work = partial(_measure_part, settings=settings, model=_own_model(settings.get("attribution", DEFAULT)))
    rounds = 0

    def work_through(parts: Iterable[Part]) -> Iterator[tuple[Part, Measured | None]]:
        nonlocal rounds
        rounds += 1
        # What comes in a second round may be what workers die of: it shall not take another part with it.
        yield from work_through_cluster(parts, work, client, at_once=None if rounds == 1 else 1)

    return work_through


def _own_model(engine: str) -> dict[str, bytes]:
    """The files of a model that is not of this package; none for the engines by name."""
    if engine in ENGINES:
        return {}
    return {path.name: path.read_bytes() for path in sorted(project_path(engine).iterdir()) if path.is_file()}


def _measure_part(part: Part, settings: Mapping[str, str], model: Mapping[str, bytes]) -> Measured:
    """Measure a part, on a worker."""
    with _keeping_memory():
        measured = measure_part(part, {**settings, **({"attribution": str(_laid_out(model))} if model else {})})
    _freeze()
    return measured


@contextmanager
def _keeping_memory() -> Iterator[None]:
    """Have this process keep what it frees for its next use, where its allocator is that of GNU.

    Dask has its workers give freed memory back at once; to get it again takes a sixth of the time of a part.
    """
    library = ctypes.CDLL(None)
    set_option = getattr(library, "mallopt", None)
    if set_option is None:
        yield
        return
    set_option(_MMAP_THRESHOLD, _LARGE)
    set_option(_TRIM_THRESHOLD, _KEPT)
    try:
        yield
    finally:
        set_option(_TRIM_THRESHOLD, int(os.environ.get("MALLOC_TRIM_THRESHOLD_", _USUAL)))
        library.malloc_trim(0)


@cache
def _freeze() -> None:
    """Let the search for garbage pass over what this process has loaded by now: it takes a fifth of the time."""
    gc.collect()
    gc.freeze()


def _laid_out(model: Mapping[str, bytes]) -> Path:
    """Write a model where this worker keeps its files, once."""
    from distributed import get_worker

    digest = hashlib.sha256()
    for name, content in model.items():
        digest.update(f"{name} {len(content)} ".encode() + content)
    here = Path(get_worker().local_directory)
    folder = here / f"model-{digest.hexdigest()}"
    if not folder.exists():
        temporary = Path(mkdtemp(dir=here))
        for name, content in model.items():
            (temporary / name).write_bytes(content)
        try:
            temporary.rename(folder)
        except OSError:  # another thread has been quicker
            if not folder.exists():
                raise
    return folder
