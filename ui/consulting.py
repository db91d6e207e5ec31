# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Consulting: the one way anything of the casework gets from the vault to a screen.

A question is asked, what its answer shows is written to the audit, and only then does the answer
leave the store's thread. Rules, each with a test:

* The entry is on the disk before the answer is handed over. Looking again at the same within ten
  minutes writes nothing; it is counted, and the count is written with the next entry.
* Opening somebody's file shows what colleagues kept to the police only once its reader has said
  why; until then it is answered as if those records were not held. Lists that Tandem itself puts
  together, and what one wrote oneself, need no reason.
* Whoever opens a client who is not theirs is asked why as well, unless the coordinator decided
  otherwise. Nothing waits for it: the entry says that no reason was given, until one is.
* Where the entry cannot be written, what is for police only or health only is not shown. The rest
  is, and its entries are held until there is room; beyond 200 of them nothing more is shown.
* An answer that was worked out before, and cannot be asked again without those, is then not shown
  at all: what is said instead names nobody, and no entry is held that says otherwise.
"""

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from desktop_app.casework import audit as entries
from desktop_app.casework import same_person
from desktop_app.casework.audience import AUDIT, HEALTH, PARTNERS, POLICE
from desktop_app.casework.audit import CASEWORK, NOT_SAID, OWN_LIST, Repeats, Sight
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import NO_CLIENT, Answers, Edit, Record, RecordId, new_id
from desktop_app.casework.words import _
from storage import audit, reads
from storage.errors import LaptopFull, LaptopRefuses
from storage.store import Store
from ui.clock import Clock

T = TypeVar("T")
Shows = Callable[[T], Sight | None]
"""Says what an answer will show; None for nothing of the casework."""
OPENING = ("client", "timeline", "record", "visit", "plan", "outcome")
"""Where somebody chose whose file to open, and can be asked why."""
MOST_HELD = 200
RULE = "team_rule"
"""The form of what the coordinator decided for the whole team."""


class NotWritten(CaseworkError):
    """What was asked for is not shown, because that it was could not be written down."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This laptop's disk is full, so Tandem can no longer write down who looked at "
                "what, and shows nothing more. All that was saved is safe. Free some space, then "
                "open it again."
            )
        )


def nothing(_answer: object) -> None:
    """Say that an answer shows nothing of the casework."""


def rule(store: Store) -> Record | None:
    """Return what the coordinator decided for the team; the latest, should there be more."""
    held = reads.records(store, form=RULE)
    return max(held, key=lambda one: (one.recorded_at, one.id), default=None)


def asked_by(decided: Record) -> bool:
    """Say whether a rule has people asked."""
    return decided.text("ask_why") != "no"


def asks_why(store: Store) -> bool:
    """Say whether the team is asked why somebody opens a client who is not theirs.

    It is, until the coordinator decides otherwise: a reason is part of the log of Data Protection
    Act 2018 s.62(2), and a false one is evidence.
    """
    decided = rule(store)
    return decided is None or asked_by(decided)


@dataclass(frozen=True, slots=True)
class Answered(Generic[T]):
    """An answer, and what has to be said with it.

    Attributes:
        answer: what the store said.
        client: whose file was opened; empty for nobody's in particular.
        kept_back: how many records are left out until a reason is given.
        written: False when the entry could not be written.
        asks_why: whether its reader is asked why it was opened, because it is not one of theirs.
    """

    answer: T
    client: RecordId = NO_CLIENT
    kept_back: int = 0
    written: bool = True
    asks_why: bool = False


@dataclass(slots=True)
class Consulting:
    """What one signed-in person looked at, on the store's thread; reasons come from the window's.

    Attributes:
        me: person id of who looks.
        clock: tells the time.
    """

    me: str
    clock: Clock
    _repeats: Repeats = field(default_factory=Repeats)
    _reasons: dict[RecordId, tuple[str, str]] = field(default_factory=dict)
    _held: list[Edit] = field(default_factory=list)
    _unsaid: dict[RecordId, list[RecordId]] = field(default_factory=dict)
    _rule: bool | None = None

    def answer(
        self,
        store: Store,
        question: Callable[[Store], T],
        shows: Shows[T],
        unwritten: Callable[[T], T] | None = None,
    ) -> Answered[T]:
        """Ask, write down what the answer shows, and return it.

        Args:
            store: the vault.
            question: asks it.
            shows: what the answer shows.
            unwritten: of an answer that was worked out before: what is said where that it is shown
                cannot be written down; it shows nobody.

        Raises:
            NotWritten: too much waits to be written down.
        """
        answer = question(store)
        seen = shows(answer)
        if seen is None:
            return Answered(answer)
        client = seen.clients[0] if seen.how in OPENING and seen.clients else NO_CLIENT
        before = len(seen.kept)
        asked = self._must_say_why(seen, client)
        if asked:
            with audit.kept_back(store, {POLICE}, but_of=self.me):
                answer = question(store)
            seen = shows(answer) or entries.sight(seen.how, clients=seen.clients)
        asks_why = self._asks_why(store, client)
        holds = unwritten is None
        if self._written(store, seen, client, asks_why=asks_why, holds=holds):
            return Answered(answer, client, before - len(seen.kept), asks_why=asks_why)
        if unwritten is not None:
            return Answered(unwritten(answer), client)
        if seen.audiences & {POLICE, HEALTH}:
            with audit.kept_back(store, {POLICE, HEALTH}):
                answer = question(store)
        return Answered(answer, client, written=False)

    def give_reason(self, client: RecordId, code: str, words: str = "") -> None:
        """Say why a client's file is looked at; it holds until the casebook is locked."""
        self._reasons[client] = (code, words)

    def alterations(self, store: Store, edits: Sequence[Edit]) -> list[Edit]:
        """Return the entries that go with a save: of what joins two files, or not for partners."""
        found = []
        for edit in edits:
            joins = edit.form == same_person.FORM
            if edit.audience == PARTNERS and not joins:
                continue
            held = store.record(edit.record)
            if joins and (
                joined := same_person.entry(edit, held, record=self._new(), at=self._at())
            ):
                found.append(joined)
            decides = held is not None and not held.conflicts.keys().isdisjoint(edit.answers)
            entry = entries.alteration(
                edit, new=held is None, decides=decides, record=self._new(), at=self._at()
            )
            found += [entry] if entry else []
        return found

    def finish(self, store: Store) -> None:
        """Write what is still counted or held, now that the casebook closes."""
        last = [
            *self._held,
            *self._said_since(),
            *self._repeats.counts(self.clock.now_ms(), ending=True),
        ]
        if last:
            with suppress(CaseworkError):
                store.save(last, now_ms=self.clock.now_ms())

    def _must_say_why(self, seen: Sight, client: RecordId) -> bool:
        others = seen.police_by - {self.me}
        return bool(client and others) and client not in self._reasons

    def look_again(self) -> None:
        """Read the team's rule again before it is next needed."""
        self._rule = None

    def _asks_why(self, store: Store, client: RecordId) -> bool:
        """Say whether to ask why this client is opened; almost always without the vault."""
        if not client or client in self._reasons:
            return False
        if self._rule is None:
            self._rule = asks_why(store)
        return self._rule and not reads.works_with(store, self.me, client)

    def _said_since(self) -> list[Edit]:
        """Return the reasons given since for what was written without one."""
        edits = []
        for client in self._unsaid.keys() & self._reasons.keys():
            code, words = self._reasons[client]
            said: Answers = {"reason": code, **({"reason_words": words} if words else {})}
            edits += [
                Edit(entries.CONSULTATION, entry, NO_CLIENT, AUDIT, said)
                for entry in self._unsaid.pop(client)
            ]
        return edits

    def _written(
        self, store: Store, seen: Sight, client: RecordId, *, asks_why: bool, holds: bool
    ) -> bool:
        """Write an entry unless it is a repeat; False when there is no room for it."""
        now_ms = self.clock.now_ms()
        fresh, said = self._repeats.fresh(seen, now_ms), self._said_since()
        if fresh is None and not self._held and not said:
            return True
        waiting = [*self._held, *said, *self._repeats.counts(now_ms)]
        if fresh is None:
            return self._saved(store, waiting, waiting, now_ms)
        entry = self._entry(fresh, client, asks_why=asks_why)
        whole = [*waiting, entry]
        written = self._saved(store, whole, whole if holds else waiting, now_ms)
        if written or holds:
            if asks_why:
                self._unsaid.setdefault(client, []).append(entry.record)
            self._repeats.keep(fresh, entry, now_ms)
        return written

    def _entry(self, fresh: Sight, client: RecordId, *, asks_why: bool) -> Edit:
        usual = CASEWORK if client or not fresh.clients else OWN_LIST
        usual = NOT_SAID if asks_why else usual
        reason, words = self._reasons.get(client, (usual, ""))
        return entries.consultation(
            fresh, record=self._new(), at=self._at(), reason=reason, words=words
        )

    def _saved(self, store: Store, entries: list[Edit], held: list[Edit], now_ms: int) -> bool:
        """Save entries; where there is no room, hold some of them until there is."""
        try:
            store.save(entries, now_ms=now_ms)
        except (LaptopFull, LaptopRefuses):
            self._held = held[:MOST_HELD]
            if len(held) > MOST_HELD:
                raise NotWritten from None
            return False
        self._held = []
        return True

    def _new(self) -> RecordId:
        return new_id(self.clock.now_ms(), os.urandom(10))

    def _at(self) -> str:
        return self.clock.now().isoformat(timespec="minutes")
