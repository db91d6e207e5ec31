# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A look at bundles that were fetched: what each would bring, what it waits for, what stays out.

Rules, each with a test:

* Nothing is taken in by it.
* What only waits for another does not count as coming in.
* What would be set aside is told with its reason, a foreign or forged file too.
"""

from collections.abc import Callable, Generator, Mapping

from storage import ledger
from storage.store import Store
from sync.carry import Carried
from sync.intake import intake, waiting
from sync.order import Staged
from sync.outcome import Aside, Previewed
from sync.reading import Reading
from sync.seat import seat_of
from sync.set_aside import outside

Hear = Callable[[Staged, Reading, Mapping[int, int]], None]
"""Hears of a bundle that would come in: itself, what was read of it, what its author had seen."""


def unheard(_one: Staged, _reading: Reading, _vector: Mapping[int, int]) -> None:
    """Nobody wants to hear of it."""


def no_matter(_one: Aside) -> None:
    """Nobody wants to hear of it."""


def preview(store: Store, carried: Carried, *, now_ms: int) -> list[Previewed]:
    """Return what each bundle that was fetched would bring, without taking anything in."""
    return [one for some in previewing(store, carried, now_ms=now_ms) for one in some]


def previewing(
    store: Store,
    carried: Carried,
    *,
    now_ms: int,
    hear: Hear = unheard,
    stays_out: Callable[[Aside], None] = no_matter,
) -> Generator[list[Previewed], None, None]:
    """Yield the same, a little at a time; others may work in the vault in between.

    Args:
        store: the vault.
        carried: what was fetched.
        now_ms: UTC milliseconds.
        hear: hears of every bundle that would come in, such as a rehearsal's.
        stays_out: hears of every file that would be set aside; those that are already, with how
            often they were tried.
    """
    seat = seat_of(store)
    if seat is None:
        return
    trial = intake(store, seat, now_ms=now_ms, trial=True)
    kept = {row.path for row in ledger.set_aside(store) if row.raw}
    for _some in trial.offering(carried.bundles):
        yield []
    for one in trial.order.due():
        reading = trial.reader.read(one)
        hear(one, reading, trial.vectors.at(one))
        trial.note(one, reading)
        yield [Previewed(one.path, trial.arrived[-1], kept=one.path in kept)]
    for one, needs in trial.order.waiting():
        trial.note(one, trial.reader.read(one))
        waits = tuple(waiting(trial, one, needs))
        twice = trial.order.stopped_at(one)
        yield [Previewed(one.path, trial.arrived[-1], waits, twice, kept=one.path in kept)]
    for each in outside(store, seat, trial):
        stays_out(each)
