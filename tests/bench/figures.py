# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Measuring: time, memory, and how a figure is told."""

import argparse
import gc
import json
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path


def small() -> bool:
    """Say whether this is a rehearsal on few records."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--small", action="store_true")
    return bool(parser.parse_args().small)


def tell(name: str, figure: float | None, unit: str, limit: float) -> None:
    """Tell one figure; it is met when it is at most the limit. None is not measured, not met."""
    rounded = None if figure is None else float(f"{figure:.3g}")
    met = figure is not None and figure <= limit
    one = {"name": name, "figure": rounded, "unit": unit, "limit": limit, "met": met}
    sys.stdout.write(json.dumps(one) + "\n")
    sys.stdout.flush()
    note(f"{name}: {rounded} {unit}")


def note(text: str) -> None:
    """Say what is going on."""
    sys.stderr.write(f"    {text}\n")
    sys.stderr.flush()


def seconds(work: Callable[[], object]) -> float:
    """Return how long something takes, once, with everything thrown away before it.

    What the bench itself holds, up to a million changes, is on no laptop: Python does not look
    through it for what may be thrown away in the middle of the work.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def p95(times: Sequence[float]) -> float:
    """Return the time that 95 of 100 stay under."""
    return statistics.quantiles(times, n=20)[-1]


@contextmanager
def scratch() -> Iterator[Path]:
    """Give a folder on a real disk: a file system in memory would flatter every commit."""
    place = Path(__file__).parent.parent.parent / "build"
    place.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=place) as folder:
        yield Path(folder)


class Memory:
    """The greatest memory a piece of work takes beyond what was there before it."""

    def __init__(self, *, collect: bool = True) -> None:
        if collect:
            gc.collect()
        try:
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
        except OSError:
            note("the greatest memory cannot be reset here; it is counted from the beginning")
        self._before = self._now("VmRSS")

    def extra_mb(self) -> float:
        """Return the greatest memory since, less what was there, in megabytes."""
        return (self._now("VmHWM") - self._before) / 1024

    def _now(self, name: str) -> float:
        try:
            status = Path("/proc/self/status").read_text(encoding="ascii")
        except OSError:
            return float(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
        return float(next(line for line in status.splitlines() if line.startswith(name)).split()[1])
