# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Figures of the soak: how one is told, kept and shown, and where the work may lie."""

import argparse
import json
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TypedDict

from tests.bench.figures import note, scratch

ROOT = Path(__file__).parent.parent.parent
RESULTS = ROOT / "build" / "soak.json"
_MEMORY = Path("/dev/shm")  # noqa: S108  a file system in memory, where there is one
__all__ = [
    "RESULTS",
    "ROOT",
    "Figure",
    "note",
    "piece",
    "quick_scratch",
    "scratch",
    "small",
    "table",
    "tell",
]


class Figure(TypedDict):
    """One figure, as it is written to build/soak.json."""

    name: str
    figure: float | None
    unit: str
    limit: float
    met: bool


def small() -> bool:
    """Say whether this is a rehearsal with few tries."""
    return bool(_asked().small)


def piece() -> int:
    """Say which piece of a part is to be run, from 1 on."""
    return int(_asked().piece)


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("piece", nargs="?", type=int, default=1)
    parser.add_argument("--small", action="store_true")
    return parser.parse_args()


def tell(
    name: str, figure: float | None, unit: str, limit: float, *, at_least: bool = False
) -> None:
    """Tell one figure.

    Args:
        name: what it is of.
        figure: what was measured; None is not measured, and never met.
        unit: of both.
        limit: what it may be at most.
        at_least: the limit is the least it may be.
    """
    met = figure is not None and (figure >= limit if at_least else figure <= limit)
    one = Figure(name=name, figure=figure, unit=unit, limit=limit, met=met)
    sys.stdout.write(json.dumps(one) + "\n")
    sys.stdout.flush()
    note(f"{name}: {figure} {unit}")


@contextmanager
def quick_scratch() -> Iterator[Path]:
    """Give a folder in memory where there is one: for what is read once and flushed for nobody."""
    place = _MEMORY if _MEMORY.is_dir() else None
    with tempfile.TemporaryDirectory(prefix="soak-", dir=place) as folder:
        yield Path(folder)


def table(figures: Sequence[Figure]) -> str:
    """Return figures as a table."""
    rows = [("", "figure", "limit", "")]
    for one in figures:
        told = "not measured" if one["figure"] is None else _plain(one["figure"], one["unit"])
        verdict = "met" if one["met"] else "NOT MET"
        rows.append((one["name"], told, _plain(one["limit"], one["unit"]), verdict))
    wide = [max(len(row[column]) for row in rows) for column in range(3)]
    return "\n".join(
        f"{name:{wide[0]}}  {figure:>{wide[1]}}  {limit:>{wide[2]}}  {verdict}".rstrip()
        for name, figure, limit, verdict in rows
    )


def _plain(figure: float, unit: str) -> str:
    number = f"{figure:,.0f}" if figure == int(figure) else f"{figure:,.1f}"
    return f"{number} {unit}".rstrip()
