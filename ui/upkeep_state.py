# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""How a vault stands: what it remembers of its backups and checks, and what lies in the folder.

What it remembers stands inside the vault: where somebody's backups lie is nobody else's business.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Self

from desktop_app.casework.elapsed import A_DAY_MS, elapsed
from desktop_app.casework.records import Json
from storage import holders
from storage.backup import Backup
from storage.copies import mark
from storage.store import Store

KEPT = "upkeep"
"""Setting inside the vault: what it remembers of its backups and checks."""
WEEK_MS = 7 * A_DAY_MS


@dataclass(frozen=True, slots=True)
class Known:
    """What a vault remembers. Times are UTC milliseconds; 0 is never.

    Attributes:
        folder: for backups; empty until somebody chose one.
        last_ms: when the last backup was made that counted.
        mark: how far the vault went then; see `copies.mark`.
        since_ms: when backups were first thought of.
        quick_ms: when it was last looked at quickly.
        full_ms: when every page was last looked at.
        damage: what that found damaged, in words.
        missing: what it found missing that colleagues have, in words.
        nudged: the day on which somebody said "not today", ISO.
    """

    folder: str = ""
    last_ms: int = 0
    mark: str = ""
    since_ms: int = 0
    quick_ms: int = 0
    full_ms: int = 0
    damage: Sequence[str] = ()
    missing: Sequence[str] = ()
    nudged: str = ""


@dataclass(frozen=True, slots=True)
class Lying:
    """What lies in the folder for backups.

    Attributes:
        there: whether the folder can be reached.
        same_disk: whether it lies on the vault's own disk; None when nobody can tell.
        backups: those that counted, newest first.
    """

    there: bool = False
    same_disk: bool | None = None
    backups: Sequence[Backup] = ()


@dataclass(frozen=True, slots=True)
class State:
    """All of it.

    Attributes:
        known: what the vault remembers.
        recovery: whether it has a recovery key; nothing could open a backup without one.
        drilled: when the words on the paper were last tried here, ISO; empty for never.
        newer: whether there is work the last backup does not hold.
        older: whether it was found to be older than it should be; see `storage.older`.
        looked: whether anybody has looked yet.
        lying: what lies in the folder.
    """

    known: Known = field(default_factory=Known)
    recovery: bool = False
    drilled: str = ""
    newer: bool = False
    older: bool = False
    looked: bool = False
    lying: Lying = field(default_factory=Lying)

    @classmethod
    def of(cls, store: Store) -> Self:
        """Return what the vault itself says."""
        known = remembered(store)
        recovery = holders.standing(store)
        return cls(
            known,
            bool(holders.named(store)),
            recovery.drilled,
            mark(store) != known.mark,
            store.older,
            looked=True,
        )

    @property
    def ready(self) -> bool:
        """Say whether a backup could be made now."""
        return self.recovery and self.lying.there

    def beside(self, lying: Lying) -> "State":
        """Return the same beside what lies in the folder."""
        return replace(self, lying=lying)

    def overdue(self, now_ms: int) -> bool:
        """Say whether there is work no backup of the last day holds."""
        return self.newer and all(
            elapsed(one, now_ms) >= A_DAY_MS for one in (self.known.last_ms, self.known.since_ms)
        )


def remembered(store: Store) -> Known:
    """Return what a vault remembers; what a newer Tandem added is left aside."""
    said = store.get(KEPT)
    kept: dict[str, Any] = said if isinstance(said, dict) else {}
    names = Known.__dataclass_fields__
    return Known(**{name: value for name, value in kept.items() if name in names})


def keep(store: Store, **what: Json) -> None:
    """Remember something more."""
    said = store.get(KEPT)
    store.put(KEPT, {**(said if isinstance(said, dict) else {}), **what})
