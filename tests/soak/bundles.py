# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Bundles: a million that somebody tampered with, offered to a laptop that waits for the true ones.

Most are altered by somebody who can write to the share and nothing more; one in four by a member of
the team, who can open the outer lock and close it again, but cannot sign for a colleague. None may
be let in, and whatever is wrong with one must come out as a reason, not as an error.
"""

import random
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from storage.check import check
from storage.store import Store
from sync import seals, wire
from sync.intake import Intake, intake
from sync.reasons import SetAside
from sync.seat import Seat, seat_of
from tests.bench.figures import Memory
from tests.soak.figures import note, scratch, small, tell
from tests.soak.workplace import Workplace, workplace
from tests.sync.bombs import bombs

MUTANTS, BY_MEMBERS = 1_000_000, 0.25
AT_ONCE = 10_000
SLOWEST_MS, LARGEST_MIB = 100.0, 64.0
_FRONT = len(wire.MAGIC) + 16


@dataclass(slots=True)
class Tally:
    """What came of the mutants.

    Attributes:
        tried: how many were offered.
        accepted: how many were let in.
        unclean: what else than a reason came out, by its name.
        reasons: how many were refused for each reason.
        slowest_ms: the longest one took.
        largest_mib: the most memory one took.
    """

    tried: int = 0
    accepted: int = 0
    unclean: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    slowest_ms: float = 0.0
    largest_mib: float = 0.0


def flipped(raw: bytearray, dice: random.Random, _others: Sequence[bytes]) -> None:
    """Flip a few bits."""
    for _time in range(dice.choice((1, 1, 1, 2, 8))):
        raw[dice.randrange(len(raw))] ^= 1 << dice.randrange(8)


def cut(raw: bytearray, dice: random.Random, _others: Sequence[bytes]) -> None:
    """Lose the end, the beginning or a piece in the middle."""
    start, stop = sorted((dice.randrange(len(raw) + 1), dice.randrange(len(raw) + 1)))
    del raw[slice(*dice.choice(((start, None), (0, stop), (start, stop))))]


def grown(raw: bytearray, dice: random.Random, _others: Sequence[bytes]) -> None:
    """Add bytes at the end or in the middle."""
    at = dice.choice((len(raw), dice.randrange(len(raw))))
    raw[at:at] = dice.randbytes(dice.randint(1, 200))


def blanked(raw: bytearray, dice: random.Random, _others: Sequence[bytes]) -> None:
    """Overwrite a piece with zeros, ones or chance."""
    start = dice.randrange(len(raw))
    size = min(dice.randint(1, 64), len(raw) - start)
    raw[start : start + size] = dice.choice((bytes(size), b"\xff" * size, dice.randbytes(size)))


def spliced(raw: bytearray, dice: random.Random, others: Sequence[bytes]) -> None:
    """Put a piece of another bundle in the place of this one's."""
    other = dice.choice(others)
    start = dice.randrange(min(len(raw), len(other)))
    stop = dice.choice((None, start + dice.randint(1, 300)))
    raw[start:stop] = other[start:stop]


Alteration = Callable[[bytearray, random.Random, Sequence[bytes]], None]
ALTERATIONS: tuple[Alteration, ...] = (flipped, cut, grown, blanked, spliced)


class Forger:
    """Makes mutants of true bundles, the same on every run but for their sealing."""

    def __init__(self, true: Sequence[bytes], seat: Seat, *, seed: int = 0) -> None:
        self._true, self._seat = true, seat
        self._inner = [self._opened(raw) for raw in true]
        self._dice = random.Random(f"mutants {seed}")  # noqa: S311
        self._known = {*true, *self._inner}

    def mutants(self, count: int) -> Iterator[bytes]:
        """Yield mutants; none is a true bundle."""
        for _number in range(count):
            member = self._dice.random() < BY_MEMBERS
            whole = self._altered(self._inner if member else self._true)
            yield self._closed(whole) if member else whole

    def _altered(self, some: Sequence[bytes]) -> bytes:
        while True:
            raw = bytearray(self._dice.choice(some))
            self._dice.choice(ALTERATIONS)(raw, self._dice, some)
            if bytes(raw) not in self._known:
                return bytes(raw)

    def _opened(self, raw: bytes) -> bytes:
        key = self._seat.team_keys[raw[len(wire.MAGIC) : _FRONT]]
        return seals.unlock(key, raw[_FRONT:], bound_to=raw[:_FRONT] + self._seat.chain.team)

    def _closed(self, inner: bytes) -> bytes:
        own = self._seat.team_key()
        front, nonce = wire.MAGIC + own.key_id, self._dice.randbytes(24)
        bound_to = front + self._seat.chain.team
        return front + seals.lock(own.key, inner, bound_to=bound_to, nonce=nonce)


def offered(store: Store, seat: Seat, some: Iterator[bytes], now_ms: int) -> Tally:
    """Offer mutants one by one at the border, then what is let in to the vault."""
    tally, going = Tally(), intake(store, seat, now_ms=now_ms)
    for raw in some:
        _try(tally, lambda raw=raw: going.border.let_in(raw))  # type: ignore[misc]
        if tally.tried % (10 * AT_ONCE) == 0:
            note(f"{tally.tried:,} offered, {tally.accepted} let in")
    return tally


def blown_up() -> Tally:
    """Read bombs: bundles that are small to send and huge to read."""
    tally = Tally()
    for _what, read in bombs():
        _try(tally, read)
    return tally


def _try(tally: Tally, act: Callable[[], object]) -> None:
    tally.tried += 1
    memory, begun = Memory(collect=False), time.perf_counter()
    try:
        act()
        tally.accepted += 1
    except SetAside as refused:
        tally.reasons[refused.reason.value] += 1
    except Exception as error:  # noqa: BLE001  whatever it is, it is what is looked for
        tally.unclean[type(error).__name__] += 1
    tally.slowest_ms = max(tally.slowest_ms, (time.perf_counter() - begun) * 1_000)
    tally.largest_mib = max(tally.largest_mib, memory.extra_mb())


def taken_in(store: Store, seat: Seat, some: Sequence[bytes], now_ms: int) -> Intake:
    """Take files in as an exchange does, with all that follows from it."""
    going = intake(store, seat, now_ms=now_ms)
    going.offer((f"{number:06d}.bundle", raw) for number, raw in enumerate(some))
    list(going.steps())
    going.set_aside(lambda _path: True)
    return going


def true_bundles(made: Workplace, known: frozenset[bytes]) -> list[bytes]:
    """Return the bundles on the share that the laptop does not hold."""
    found = [one.read_bytes() for one in sorted(made.share.rglob("*.bundle"))]
    return [raw for raw in found if raw not in known]


def main() -> None:
    """Measure."""
    count, few = (20_000, 500) if small() else (MUTANTS, AT_ONCE)
    with scratch() as place:
        made = workplace(place / "made")
        store = Store.open(made.vault, made.key())
        seat = seat_of(store)
        if seat is None:
            raise SystemExit("the laptop is in no team")
        held = frozenset(row[0] for row in store.rows("SELECT raw FROM bundle_raw"))
        true = true_bundles(made, held)
        forger = Forger(true, seat)
        tally = offered(store, seat, forger.mutants(count), made.now_ms)
        note(f"{dict(tally.reasons)} {dict(tally.unclean)}")
        before = store.rows("SELECT id, live FROM record ORDER BY id")
        arrived = len(taken_in(store, seat, list(forger.mutants(few)), made.now_ms).arrived)
        altered = store.rows("SELECT id, live FROM record ORDER BY id") != before
        findings = len(check(store))
        let_in = len(taken_in(store, seat, true, made.now_ms).arrived)
        store.close()
    tell("Bundles: mutants offered", tally.tried, "", MUTANTS, at_least=True)
    tell("Bundles: mutants let in", tally.accepted, "", 0)
    tell("Bundles: mutants that caused anything but a reason", tally.unclean.total(), "", 0)
    tell("Bundles: longest a mutant took", round(tally.slowest_ms, 1), "ms", SLOWEST_MS)
    tell("Bundles: most memory a mutant took", round(tally.largest_mib, 1), "MiB", LARGEST_MIB)
    bombs_of = blown_up()
    wrong = bombs_of.accepted + bombs_of.unclean.total()
    tell(f"Bundles: of {bombs_of.tried} bombs, not refused for a reason", wrong, "", 0)
    tell("Bundles: longest a bomb took", round(bombs_of.slowest_ms, 1), "ms", SLOWEST_MS)
    tell("Bundles: most memory a bomb took", round(bombs_of.largest_mib, 1), "MiB", LARGEST_MIB)
    tell(f"Bundles: taken in of {few:,} mutants in an exchange", arrived, "", 0)
    tell("Bundles: faults they left in the vault", findings + altered, "", 0)
    name = f"Bundles: of {len(true)} true ones, taken in after all that (control)"
    tell(name, let_in, "", len(true), at_least=True)


if __name__ == "__main__":
    main()
