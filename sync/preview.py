# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A look at bundles that were fetched: what each would bring and what it waits for.

Nothing is taken in by it; a test holds it to that.
"""

from collections.abc import Callable, Generator, Mapping

from storage.store import Store
from sync.carry import Carried
from sync.intake import intake
from sync.order import Staged
from sync.outcome import Previewed
from sync.reading import Reading
from sync.seat import seat_of

Hear = Callable[[Staged, Reading, Mapping[int, int]], None]
"""Hears of a bundle that would come in: itself, what was read of it, what its author had seen."""


def unheard(_one: Staged, _reading: Reading, _vector: Mapping[int, int]) -> None:
    """Nobody wants to hear of it."""


def preview(store: Store, carried: Carried, *, now_ms: int) -> list[Previewed]:
    """Return what each bundle that was fetched would bring, without taking anything in."""
    return [one for some in previewing(store, carried, now_ms=now_ms) for one in some]


def previewing(
    store: Store, carried: Carried, *, now_ms: int, hear: Hear = unheard
) -> Generator[list[Previewed], None, None]:
    """Yield the same, a little at a time; others may work in the vault in between.

    Args:
        store: the vault.
        carried: what was fetched.
        now_ms: UTC milliseconds.
        hear: hears of every bundle that would come in, such as a rehearsal's.
    """
    seat = seat_of(store)
    if seat is None:
        return
    trial = intake(store, seat, now_ms=now_ms, trial=True)
    for _some in trial.offering(carried.bundles):
        yield []
    for one in trial.order.due():
        reading = trial.reader.read(one)
        hear(one, reading, trial.vectors.at(one))
        trial.note(one, reading)
        yield [Previewed(one.path, trial.arrived[-1])]
    for one, needs in trial.order.waiting():
        trial.note(one, trial.reader.read(one))
        yield [Previewed(one.path, trial.arrived[-1], tuple(trial.waits(one, needs)))]
