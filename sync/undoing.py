# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking back a bundle: changes that undo what it brought, signed by whoever takes it back.

Nothing is removed: the bundle stays in the log, and what takes it back is a change like any other,
which everybody gets, sees, and can alter again. Rules, each with a test:

* A record the bundle made is withdrawn; an answer it gave goes back to what it was before.
* What somebody has built on stays, and is named: an answer given since, a record that names the
  bundle's, or one about a client it brought. What stays keeps what it names, and its client.
* What cannot be taken back here stays, and is named too: a sealed account, what this person may not
  write, a form of a newer Tandem, what this laptop may not read.
* Where two answers stood before, the two of them decide; nobody decides for them by the way.
* What the audit holds is never taken back.
* The order in which laptops hear of it does not matter.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from desktop_app.casework.audience import AUDIT, may_write
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.forms import forms
from desktop_app.casework.records import (
    NO_CLIENT,
    WITHDRAWN,
    Answers,
    Change,
    Edit,
    Record,
    link,
    trail_entries,
)
from desktop_app.casework.words import _
from storage import ledger, reads
from storage.store import Store
from sync.history import Past, history, staged
from sync.outcome import Arrived, author_of
from sync.reading import Reader
from sync.seat import Seat, seat_of

LATELY, _LOOKED_AT = 20, 500
"""How many bundles are listed, and among how many of the last, one's own among them."""


class Stays(StrEnum):
    """Why something a bundle brought is not taken back."""

    BUILT_ON = "built_on"
    TWO_ANSWERS = "two_answers"
    SEALED = "sealed"
    NOT_YOURS = "not_yours"
    NEWER = "newer"

    @property
    def words(self) -> str:
        """Return it in a sentence."""
        return {
            Stays.BUILT_ON: _("Somebody has gone on from it since."),
            Stays.TWO_ANSWERS: _("Two answers stood before; their authors decide."),
            Stays.SEALED: _("It is sealed; only its author can correct it."),
            Stays.NOT_YOURS: _("People of your role may not change it."),
            Stays.NEWER: _("It is of a newer kind of form."),
        }[self]


@dataclass(frozen=True, slots=True)
class Left:
    """Something that stays: the record, its form, whom it is about, and why."""

    record: bytes
    form: str
    client: bytes
    why: Stays


@dataclass(frozen=True, slots=True)
class Undoing:
    """What taking back a bundle would do.

    Attributes:
        edits: what is to be saved: the withdrawn records first.
        left: what stays.
        unread: audiences whose part of the bundle this laptop may not read; it stays.
    """

    edits: tuple[Edit, ...] = ()
    left: tuple[Left, ...] = ()
    unread: tuple[str, ...] = ()


class NoSuchBundle(CaseworkError):
    """The bundle is not in this casebook."""


@dataclass(frozen=True, slots=True)
class Lately:
    """A bundle that was taken in: its feed and number, and what it brought."""

    feed: int
    seq: int
    brought: Arrived


def lately(store: Store, *, latest: int = LATELY) -> list[Lately]:
    """Return the bundles of others that were taken in last, the newest first."""
    seat = seat_of(store)
    if seat is None:
        return []
    feeds, reader = ledger.feeds(store), Reader(seat)
    others = {number for number, feed in feeds.items() if feed.device != seat.me.device}
    wanted = [one for one in reads.latest_bundles(store, _LOOKED_AT) if one[0] in others][:latest]
    found = []
    for held in reversed(ledger.bundles_of(store, wanted)):
        device = feeds[held.feed].device
        one = staged(seat, held, device)
        reading = reader.read(one)
        items = Counter(change.form for change in reading.changes)
        author, at = author_of(seat.team, device), one.header.ts_last
        brought = Arrived(author, held.seq, at, items, tuple(reading.unread))
        found.append(Lately(held.feed, held.seq, brought))
    return found


def undoing(store: Store, feed: int, seq: int, *, reason: str) -> Undoing:
    """Return what takes a bundle back, without doing it.

    Args:
        store: the vault.
        feed: number of the feed it stands in.
        seq: its number there.
        reason: why; it stands with every record that is withdrawn.

    Raises:
        NoSuchBundle: it is not here.
    """
    seat, held = seat_of(store), ledger.bundle(store, feed, seq)
    if seat is None or held is None:
        raise NoSuchBundle(_("This bundle is not in your casebook. Nothing was changed."))
    reading = Reader(seat).read(staged(seat, held, ledger.feeds(store)[feed].device))
    by_record: dict[bytes, list[Change]] = defaultdict(list)
    for change in reading.changes:
        if change.audience != AUDIT:
            by_record[change.record].append(change)
    going = _Undoing(store, seat, (feed, seq), reason)
    records = store.records(sorted(by_record))
    going.settle_what_stays(records)
    for record in records:
        going.take_back(record, by_record[record.id])
    return Undoing((*going.withdrawn, *going.altered), tuple(going.left), tuple(reading.unread))


class _Undoing:
    """A bundle on its way back, record by record."""

    def __init__(self, store: Store, seat: Seat, bundle: tuple[int, int], reason: str) -> None:
        self._store, self._bundle, self._reason = store, bundle, reason
        self._roles = seat.team.persons[seat.person].roles
        self._goes: set[bytes] = set()
        self.withdrawn: list[Edit] = []
        self.altered: list[Edit] = []
        self.left: list[Left] = []

    def settle_what_stays(self, records: Sequence[Record]) -> None:
        """Find which records the bundle made may go: none that is named by something that stays."""
        made = [one for one in records if one.created == self._bundle and one.withdrawn is None]
        going = [
            one
            for one in made
            if self._why_not(one) is None and trail_entries(one.trail) == [self._bundle]
        ]
        self._goes = {one.id for one in going}
        while held := [one for one in going if one.id in self._goes and self._is_named(one)]:
            self._goes -= {one.id for one in held}

    def take_back(self, record: Record, changes: Sequence[Change]) -> None:
        """Take back what the bundle did to one record."""
        made_here = record.created == self._bundle
        if record.id in self._goes:
            self.withdrawn.append(_edit(record, {WITHDRAWN: self._reason}))
        elif made_here and record.withdrawn is not None:
            return
        elif (why := self._why_not(record)) is not None or made_here:
            why = why or Stays.BUILT_ON
            self.left.append(Left(record.id, record.form, record.client, why))
        else:
            self._put_back(record, changes)

    def _why_not(self, record: Record) -> Stays | None:
        form = forms().get(record.form)
        if form is None:
            return Stays.NEWER
        if not may_write(form, self._roles):
            return Stays.NOT_YOURS
        return Stays.SEALED if form.sealed else None

    def _is_named(self, record: Record) -> bool:
        """Say whether a record that stays names this one, or is about this client."""
        if record.client == NO_CLIENT:
            return False
        about = record.id if record.form == "client" else None
        name = link(record.id)
        return any(
            other.id not in self._goes and (other.client == about or _names(other, name))
            for other in reads.records(self._store, client=record.client)
            if other.form != "client" and other.audience != AUDIT
        )

    def _put_back(self, record: Record, changes: Sequence[Change]) -> None:
        """Give each answer of the bundle back as it was before, unless somebody has gone on."""
        before = [past for past in history(self._store, record) if not self._is_of(past)]
        answers: Answers = {}
        why: Stays | None = None
        for field in sorted({name for change in changes for name in change.answers}):
            live = [one for one in record.live if field in one.answers]
            if not any((one.feed, one.seq) == self._bundle for one in live):
                why = Stays.BUILT_ON
                continue
            others = [one for one in live if (one.feed, one.seq) != self._bundle]
            if len({repr(one.answers[field]) for one in others}) > 1:
                why = Stays.TWO_ANSWERS
                continue
            given = [past.change.answers[field] for past in before if field in past.change.answers]
            was = others[-1].answers[field] if others else given[-1] if given else None
            if was != record.answers.get(field) or others:
                answers[field] = was
        if answers:
            self.altered.append(_edit(record, answers))
        if why is not None:
            self.left.append(Left(record.id, record.form, record.client, why))

    def _is_of(self, past: Past) -> bool:
        return (past.change.feed, past.change.seq) == self._bundle


def _edit(record: Record, answers: Answers) -> Edit:
    return Edit(record.form, record.id, record.client, record.audience, answers)


def _names(record: Record, name: str) -> bool:
    """Say whether an answer of a record links to another."""
    return any(
        value == name or (isinstance(value, list) and name in value)
        for value in record.answers.values()
    )
