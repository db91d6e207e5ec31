# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One exchange, step by step: the vault's steps on its thread, the folder's on another.

`Exchanging` begins runs and tells the pages about them; this is only the order of the steps. An
answer that comes back after its run has ended is dropped. Taking in gives the vault to whoever
waits for it, and goes on behind them.
"""

import os
from collections.abc import Callable, Generator, Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from math import inf
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.store import Store
from sync.arriving import Arrival, Here, all_here
from sync.carry import Carried, Errand, Looked, carry, look, send, tidy
from sync.exchange import Exchange, keep_parts, refresh
from sync.outcome import Arrived, Aside, Exchanged, Previewed
from sync.parts import Fetched, fetch
from sync.preview import previewing
from sync.receipts import silence
from sync.rehearsal import Rehearsal, Rehearsing
from sync.seat import seat_of
from sync.share import Share
from ui.session import Session
from ui.worker import Worker

LAST_SHARED = "last_shared"
"""Setting inside the vault: when this laptop last exchanged, ISO local time."""

REACHED = "folder_reached"
"""Setting inside the vault: when the team folder itself was last reached, ISO local time."""

NOTES = "exchange_notes"
"""Setting inside the vault: what else the last exchange had to tell, in sentences."""

T = TypeVar("T")
Step = tuple[int, int]
Sent = tuple[tuple[str, ...], CaseworkError | None]


@dataclass(frozen=True, slots=True)
class Stage:
    """How far an exchange is: what it is doing, and of how many bundles how many are done.

    `here` is how much of the team's work is here, while a great deal of it is on its way.
    """

    words: str
    done: int = 0
    all: int = 0
    here: Here | None = None


@dataclass(frozen=True, slots=True)
class Ways:
    """What a run works with, and whom it tells.

    Attributes:
        session: whose vault.
        carrier: the folder's thread.
        owner: answers are dropped when it is gone.
        tell: hears every `Stage`, from any thread.
        looked: hears what lies in the folder.
        ended: hears what came of it.
    """

    session: Session
    carrier: Worker
    owner: QObject
    tell: Callable[[Stage], None]
    looked: Callable[[list[Previewed]], None]
    ended: Callable[[Exchanged], None]


class Run:
    """One exchange under way, or a look that rests until it is applied or forgotten."""

    def __init__(self, share: Share, ways: Ways, *, is_team_folder: bool) -> None:
        self.share, self.is_team_folder = share, is_team_folder
        self.stopped = self.resting = self.over = False
        self.rehearsal: Rehearsal | None = None
        self.stays_out: list[Aside] = []
        self._ways = ways
        self._asked: Future[Any] | None = None
        self._steps: Generator[Any, None, None] | None = None
        self._waited_s = -inf
        self._arrival = Arrival()

    @property
    def failed_in_store(self) -> bool:
        """Say whether this run's own last step in the vault failed, not some page's question."""
        asked = self._asked
        return asked is not None and asked.done() and asked.exception() is not None

    def rehearse(self) -> None:
        """Fetch, and say what it is: nothing is sealed, nothing is sent, nothing is taken in."""
        self._begin(self._fetch)

    def exchange(self) -> None:
        """Seal, send, fetch and take in."""
        self._begin(self._look)

    def leave(self) -> None:
        """End for good, before the vault is closed: what is half taken in must not outlive it."""
        self.stopped = self.over = True
        steps = self._steps
        if steps is not None:
            self._ways.session.work(lambda _store: steps.close())

    def _begin(self, then: Callable[[Errand], None]) -> None:
        self._tell(_("Looking into the team folder…"))
        now_ms, stick = self._ways.session.clock.now_ms(), not self.is_team_folder

        def begin(store: Store) -> Errand:
            self._going = Exchange(store, now_ms=now_ms, random=os.urandom, stick=stick)
            return self._going.begin()

        self._store(begin, then)

    def _fetch(self, errand: Errand) -> None:
        quiet, session = replace(errand, outbox=()), self._ways.session
        now_ms = session.clock.now_ms()

        def show(carried: Carried) -> None:
            found: list[Previewed] = []
            store = self._going.store
            trial = Rehearsing(store, session.team, session.me, session.now())
            out = self.stays_out.append
            steps = previewing(store, carried, now_ms=now_ms, hear=trial.hear, stays_out=out)
            self._in_turns(
                steps, found.extend, lambda: self._rehearse(found, trial, more=carried.more)
            )

        self._away(lambda: self._carried(quiet), show)

    def _rehearse(self, found: list[Previewed], trial: Rehearsing, *, more: bool) -> None:
        """Work out what taking it in would do; a stop leaves that out and no more."""

        def rest() -> None:
            self.rehearsal = None if self.stopped else trial.found(more_lies_there=more)
            self.stopped, self.resting = False, True
            self._ways.looked(found)

        told = _telling(self._tell, _("Rehearsing: record %(n)d of %(all)d"))
        self._in_turns(_until(trial.steps(), lambda: self.stopped), told, rest)

    def _look(self, errand: Errand) -> None:
        self._away(lambda: look(self.share, errand), self._seal)

    def _seal(self, looked: Looked) -> None:
        self._tell(_("Sealing what you wrote…"))
        self._store(lambda _store: self._going.seal(looked), self._refresh)

    def _refresh(self, errand: Errand) -> None:
        told = _telling(self._tell, _("Bringing records up to date: %(n)d of %(all)d"))
        self._in_turns(
            refresh(self._going, lambda: self.stopped), told, lambda: self._carry(errand)
        )

    def _carry(self, errand: Errand) -> None:
        self._tell(_("Sending and fetching…"))
        self._away(lambda: self._carried(errand), self._take_in)

    def _carried(self, errand: Errand) -> Carried:
        return carry(self.share, errand, progress=self._fetching, cancelled=lambda: self.stopped)

    def _take_in(self, carried: Carried) -> None:
        going, total, count = self._going, len(carried.bundles), 0
        steps = going.take_in(carried, self._quiet_s)
        if self.is_team_folder:
            steps = self._arrival.following(steps, going.store, carried, lambda: _arrived(going))

        def tell(taken: int) -> None:
            nonlocal count
            going.stopped = self.stopped
            if taken:
                count += taken
                words = _("Taking in bundle %(n)d of %(all)d") % {"n": count, "all": total}
                self._tell(words, count, total)
            elif count == total:
                self._tell(_("Bringing the list of clients up to date…"), count, total)

        def then() -> None:
            going.stopped = going.stopped or self.stopped
            if carried.more and not going.stopped:
                self._store(lambda _store: going.errand(), self._carry)
            else:
                self._end()

        self._in_turns(steps, tell, then)

    def _in_turns(
        self,
        steps: Generator[T, None, None],
        hear: Callable[[T], None],
        then: Callable[[], None],
    ) -> None:
        """Take steps in the vault, and give it to whoever waits for it in between."""
        self._steps = steps

        def go_on(_store: Store) -> bool:
            while not self.over and (step := next(steps, None)) is not None:
                hear(step)
                if self._ways.session.waited_for:
                    return False
            steps.close()
            return True

        def went_on(whole: bool) -> None:  # noqa: FBT001  the answer of the one above
            if whole:
                then()
            else:
                self._store(go_on, went_on)

        self._store(go_on, went_on)

    def _quiet_s(self) -> float:
        """Return for how many seconds nobody has waited; Stop waits for nothing either."""
        now = monotonic()
        if self.stopped or self._ways.session.waited_for:
            self._waited_s = now
        return now - self._waited_s

    def _end(self) -> None:
        now_s = self._ways.session.clock.now_ms() / 1000

        def away(errand: Errand) -> None:
            self._away(
                lambda: _leave(self.share, errand, now_s),
                lambda sent: self._fetch_parts(errand, sent),
            )

        self._store(lambda _store: self._going.end(), away)

    def _fetch_parts(self, errand: Errand, sent: Sent) -> None:
        """Fetch letters and pictures, a portion at a time; what is not there is on its way."""
        if not errand.parts or self.stopped:
            self._conclude(sent)
            return
        self._tell(_("Fetching letters and pictures…"))

        def keep(fetched: Fetched) -> None:
            self._store(
                lambda _store: keep_parts(self._going, errand, fetched),
                lambda left: self._fetch_parts(left, sent),
            )

        self._away(lambda: fetch(self.share, errand.team, errand.parts), keep)

    def _conclude(self, sent: Sent) -> None:
        now, team = self._ways.session.now().isoformat(timespec="minutes"), self.is_team_folder
        self._store(
            lambda store: _concluded(store, self._going, sent, now, is_team_folder=team),
            self._ways.ended,
        )

    def _store(self, work: Callable[[Store], Any], then: Callable[[Any], None]) -> None:
        def back(result: Any) -> None:
            if not self.over:
                then(result)

        self._asked = self._ways.session.work(work, back, owner=self._ways.owner)

    def _away(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None:
        def back(result: Any) -> None:
            if not self.over:
                then(result)

        self._ways.carrier.do(work, back, owner=self._ways.owner)

    def _fetching(self, done: int, total: int) -> None:
        self._tell(_("Fetching %(n)d of %(all)d") % {"n": done, "all": total}, done, total)

    def _tell(self, words: str, done: int = 0, total: int = 0) -> None:
        self._ways.tell(Stage(words, done, total, self._arrival.here))


def _leave(share: Share, errand: Errand, now_s: float) -> Sent:
    """Send what the end of an exchange made."""
    tidy(share, errand, now_s=now_s)
    return send(share, errand)


def _telling(tell: Callable[[str, int, int], None], words: str) -> Callable[[Step], None]:
    """Return what tells how much of how much is done."""
    return lambda step: tell(words % {"n": step[0], "all": step[1]}, *step)


def _arrived(going: Exchange) -> Sequence[Arrived]:
    return going.in_hand.arrived if going.in_hand is not None else ()


def _concluded(
    store: Store, going: Exchange, sent: Sent, now: str, *, is_team_folder: bool
) -> Exchanged:
    """Keep that a run has ended, and when; return what came of it."""
    outcome = going.outcome(*sent)
    for name in (LAST_SHARED, REACHED) if is_team_folder else (LAST_SHARED,):
        store.put(name, now)
    _keep_notes(store, outcome, going.now_ms)
    if is_team_folder and not going.stopped:
        all_here(store)
    return outcome


def _keep_notes(store: Store, outcome: Exchanged, now_ms: int) -> None:
    """Keep what an exchange had to tell; of the coordinator's silence a page asks anew."""
    seat = seat_of(store)
    quiet = silence(store, seat, now_ms=now_ms) if seat is not None else []
    store.put(NOTES, [one for one in outcome.notes if one not in quiet])


def _until(steps: Iterator[T], stopped: Callable[[], bool]) -> Generator[T, None, None]:
    """Yield steps until somebody says stop."""
    for step in steps:
        if stopped():
            return
        yield step
