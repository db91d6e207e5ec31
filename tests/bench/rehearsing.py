# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rehearsing a hundred thousand waiting changes, against taking them in; and giving way meanwhile.

What a rehearsal costs is held against the exchange that then takes the same changes in. Whoever
saves while it goes on waits for one step of it at most: the longest step is timed.
"""

import time
from dataclasses import replace
from datetime import datetime

from storage.store import Store
from sync.carry import carry
from sync.exchange import Exchange
from sync.preview import previewing
from sync.rehearsal import Rehearsal, Rehearsing
from sync.seat import seat_of
from sync.share import Share
from tests.bench.figures import Memory, scratch, seconds, small, tell
from tests.bench.sharing import way

LIMIT, LIMIT_MB, LIMIT_MS = 2.0, 200.0, 1_000.0


def rehearse(store: Store, share: Share, now_ms: int) -> tuple[Rehearsal, float]:
    """Rehearse what lies on a share; return what was found and the longest step in milliseconds."""
    seat = seat_of(store)
    assert seat is not None
    going = Exchange(store, now_ms=now_ms, random=bytes)
    carried = carry(share, replace(going.begin(), outbox=()))
    moment = datetime.fromtimestamp(now_ms / 1000)  # noqa: DTZ006  local, as the window has it
    trial = Rehearsing(store, seat.team, seat.team.persons[seat.person], moment)
    longest, begun = 0.0, time.perf_counter()
    for _some in previewing(store, carried, now_ms=now_ms, hear=trial.hear):
        longest, begun = max(longest, time.perf_counter() - begun), time.perf_counter()
    for _done in trial.steps():
        longest, begun = max(longest, time.perf_counter() - begun), time.perf_counter()
    return trial.found(more_lies_there=carried.more), longest * 1000


def main() -> None:
    """Measure."""
    count = 5_000 if small() else 100_000
    with scratch() as place:
        going = way(place)
        going.fill(count)
        changes = going.invented.changes(count, going.held, going.clients, going.one.me)
        going.one.save(changes)
        going.one.exchange()
        memory, begun = Memory(), time.perf_counter()
        found, longest = rehearse(going.other.store, going.other.share, going.other.now_ms)
        took, extra = time.perf_counter() - begun, memory.extra_mb()
        looked_at = sum(found.made.values()) + sum(found.altered.values())
        assert looked_at or found.unlooked
        taking = seconds(going.other.exchange)
        tell(f"Rehearsing {count:,} changes / taking them in", took / taking, "x", LIMIT)
        tell(f"Extra memory of rehearsing {count:,} changes", extra, "MB", LIMIT_MB)
        tell("Longest step of it, for which a save waits", longest, "ms", LIMIT_MS)
        going.close()


if __name__ == "__main__":
    main()
