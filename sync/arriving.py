# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How much of what the team wrote is here, while a great deal of it is on its way.

A new laptop takes in years of work, and its person works meanwhile. Nothing is ever taken in
without what its author had seen, so what is here is a true beginning of what was written; it is
not all of it, and every page says so until it is. Rules, each with a test:

* It is said from the first portion on, through a lock, a stop and a folder that went away, until
  everything that lay in the folder is here.
* How many records there will be is a guess, said as one: what came so far, by its size, and the
  size of what is left. How many changes a bundle holds stands inside it, locked.
* An everyday exchange is not worth a word.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from time import monotonic

from desktop_app.casework.words import _, ngettext
from storage.store import Store
from sync.carry import Carried
from sync.outcome import Arrived

ARRIVING = "sync.arriving"
"""Setting: how many records are here and about how many there will be; None when all is here."""
MUCH = 4 << 20
"""So many bytes of bundles take more than a moment."""
SURE_AFTER_S = 3.0
"""Before that, nobody knows how long it takes."""


@dataclass(frozen=True, slots=True)
class Here:
    """How much is here.

    Attributes:
        records: how many changes came so far.
        in_all: about how many there will be; 0 while nobody knows.
        left_s: about how many seconds are left; None while nobody knows.
    """

    records: int = 0
    in_all: int = 0
    left_s: float | None = None

    @property
    def words(self) -> str:
        """Return it in words."""
        if not self.records:
            return _("Reading what the team wrote…")
        here, in_all = f"{self.records:,}", f"{self.in_all:,}"
        if self.left_s is None:
            words = _("%(here)s of about %(all)s records are here.")
            return words % {"here": here, "all": in_all}
        words = _("%(here)s of about %(all)s records are here, %(time)s to go.")
        return words % {"here": here, "all": in_all, "time": _time(self.left_s)}


@dataclass(slots=True)
class Arrival:
    """Follows one exchange. Every method is called on the vault's thread."""

    clock: Callable[[], float] = monotonic
    here: Here | None = None
    _records: int = 0
    _before: int = 0
    _counted: int = 0
    _done: float = 0.0
    _portion: list[int] = field(default_factory=lambda: [0, 0, 0])
    _ahead: int = 0
    _begun: float | None = None

    def following(
        self,
        steps: Generator[int, None, None],
        store: Store,
        carried: Carried,
        arrived: Callable[[], Sequence[Arrived]],
    ) -> Generator[int, None, None]:
        """Take the steps of taking in a portion, and keep how far it is.

        Args:
            steps: each yields how many bundles it took.
            store: the vault.
            carried: the portion.
            arrived: returns all that arrived in this exchange so far.
        """
        with closing(steps):
            self.portion(store, carried)
            for taken in steps:
                self.took(store, arrived(), taken)
                yield taken

    def portion(self, store: Store, carried: Carried) -> None:
        """Begin with a portion that was fetched."""
        first = self._begun is None
        size, bundles = sum(len(raw) for _path, raw in carried.bundles), len(carried.bundles)
        self._done += self._portion[0]
        self._portion, self._ahead = [size, bundles, 0], carried.ahead
        if first:
            self._begun = self.clock()
            self.here = here(store)
            self._before = self.here.records if self.here else 0
        if self.here is None and size + carried.ahead >= MUCH:
            self.here = Here()
            _keep(store, self.here)

    def took(self, store: Store, arrived: Sequence[Arrived], bundles: int) -> None:
        """Note that so many bundles were taken in, the last of all that arrived."""
        if self.here is None or not bundles:
            return
        new, self._counted = arrived[self._counted :], len(arrived)
        self._records += sum(sum(one.items.values()) for one in new)
        self._portion[2] += bundles
        size, count, taken = self._portion
        done = self._done + size * min(1.0, taken / max(1, count))
        left = self._done + size - done + self._ahead
        in_all = self._before + self._records * (1 + left / max(1.0, done))
        records = self._before + self._records
        self.here = Here(records, max(records, _about(in_all)), self._left_s(done, left))
        _keep(store, self.here)

    def _left_s(self, done: float, left: float) -> float | None:
        passed = self.clock() - (self._begun or 0.0)
        return passed * left / done if passed >= SURE_AFTER_S and done else None


def expect(store: Store) -> None:
    """Note that this laptop has just come into a team, and holds nothing of it yet."""
    _keep(store, Here())


def here(store: Store) -> Here | None:
    """Return how much is here while a great deal is on its way; None when all is here."""
    kept = store.get(ARRIVING)
    if not isinstance(kept, dict):
        return None
    records, in_all = kept.get("records"), kept.get("in_all")
    if isinstance(records, int) and isinstance(in_all, int):
        return Here(records, in_all)
    return Here()


def all_here(store: Store) -> None:
    """Note that everything that lay in the folder is here."""
    if store.get(ARRIVING) is not None:
        store.put(ARRIVING, None)


def _keep(store: Store, now: Here) -> None:
    store.put(ARRIVING, {"records": now.records, "in_all": now.in_all})


def _about(number: float) -> int:
    """Return a number as somebody would say it who guesses: two figures, then noughts."""
    return int(round(number, 2 - len(str(int(number)))))


def _time(left_s: float) -> str:
    """Return how long that is, in words."""
    minutes = round(left_s / 60)
    if not minutes:
        return _("less than a minute")
    words = ngettext("about %(n)d minute", "about %(n)d minutes", minutes)
    return words % {"n": minutes}
