# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The signed-in session: what pages may ask, save and share.

Signed out means there is no session. Locking closes it: what was typed is in the vault as a
draft, the store is closed, the threads end.
"""

import os
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from datetime import date, datetime
from functools import partial
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from desktop_app.casework import audience, forms, intake
from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Person, Role, Team
from desktop_app.casework.records import Answers, Edit, RecordId, new_id
from desktop_app.casework.words import _
from storage.store import Draft, Saved, Store
from sync.seat import seat_of
from ui.clock import Clock
from ui.consulting import Answered, Consulting, Shows
from ui.worker import Worker

T = TypeVar("T")


class Session(QObject):
    """One person signed in to their vault on this laptop.

    Signals:
        changed: a frozenset of record ids whose records, or clients, are no longer as shown.
        failed: a `CaseworkError` to show in its own words.
        drafted: the `Draft` that is now safe in the vault.
        settled: nothing is under way any more.
        slow: whether the vault is at something that takes longer than a person would expect.
        team_changed: the roster this laptop trusts has changed.
        kept_back: whose file was opened, how many of its records wait for a reason, and whether one
            is asked for because they are somebody else's client.
        unwritten: what is shown could not be written down; part of it is left out.
        closing: the vault is about to close; hand over what has been typed now.
    """

    changed = Signal(object)
    failed = Signal(object)
    drafted = Signal(object)
    settled = Signal()
    slow = Signal(bool)
    team_changed = Signal()
    kept_back = Signal(object, int, bool)
    unwritten = Signal()
    closing = Signal()

    def __init__(
        self, store: Store, *, me: str, team: Team, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._store, self._me = store, me
        self.team, self.clock = team, clock
        self._closed = False
        self._consulting = Consulting(me, clock)
        self._worker, self._aside = Worker("store", self), Worker("aside", self)
        for each in (self._worker, self._aside):
            each.failed.connect(self.failed)
        self._worker.settled.connect(self.settled)
        self._worker.slow.connect(self.slow)

    @property
    def me(self) -> Person:
        """Return who is signed in."""
        return self.team.persons[self._me]

    @property
    def roles(self) -> frozenset[Role]:
        """Return what the roster says they do."""
        return self.me.roles

    @property
    def busy(self) -> bool:
        """Say whether the store is at work, or something long beside it."""
        return self._worker.busy or self._aside.busy

    @property
    def waited_for(self) -> bool:
        """Say whether somebody waits for the store to be done with what it is at."""
        return self._worker.waited_for

    def now(self) -> datetime:
        """Return local time."""
        return self.clock.now()

    def today(self) -> date:
        """Return the local day."""
        return self.clock.today()

    def new_record(self) -> RecordId:
        """Return the id of a record about to be made."""
        return new_id(self.clock.now_ms(), os.urandom(10))

    def may_write(self, form: str) -> bool:
        """Say whether the person signed in may make and change records of a form."""
        return audience.may_write(forms.form(form), self.roles)

    def readers(self, of_audience: str) -> list[Person]:
        """Return everybody who may read an audience."""
        return audience.readers(of_audience, self.team)

    def ask(
        self,
        question: Callable[[Store], T],
        then: Callable[[T], None],
        *,
        shows: Shows[T],
        owner: QObject,
        name: str = "",
        unwritten: Callable[[T], T] | None = None,
        later: bool = False,
    ) -> None:
        """Ask the store, and hand the answer to `then` on the window's thread.

        Args:
            question: asked on the store's thread.
            then: gets the answer, unless `owner` is gone by then.
            shows: what the answer shows: written down before anybody sees it.
            owner: the page or widget that asks.
            name: what is asked; an older question of the same owner and name is not answered.
            unwritten: what `then` gets of an answer worked out before (`consulting`).
            later: asked once what was asked before was painted.
        """

        def tell(answered: Answered[T]) -> None:
            then(answered.answer)
            if answered.client:
                self.kept_back.emit(answered.client, answered.kept_back, answered.asks_why)
            if not answered.written:
                self.unwritten.emit()

        asked = partial(self._consulting.answer, self._store, question, shows, unwritten)
        do = self._worker.do_later if later else self._worker.do
        do(asked, tell, owner=owner, name=name)

    def give_reason(self, client: RecordId, code: str, words: str = "") -> None:
        """Say why a client's file is looked at; what waited for that is shown."""
        self._consulting.give_reason(client, code, words)
        self.changed.emit(frozenset({client}))

    def save(self, edits: Sequence[Edit], then: Callable[[Saved], None] | None = None) -> None:
        """Save, durably, all or nothing, what this person may; then say which records changed."""

        def saved(result: Saved) -> None:
            self.changed.emit(result.touched)
            if then is not None:
                then(result)

        now_ms, consulting, roles = self.clock.now_ms(), self._consulting, self.roles

        def save() -> Saved:
            more = consulting.alterations(self._store, _allowed(edits, roles))
            return self._store.save([*edits, *more], now_ms=now_ms)

        self._worker.do(save, saved)

    def alterations(self, store: Store, edits: Sequence[Edit]) -> list[Edit]:
        """Return what the audit is to say of edits that are saved in another way than `save`."""
        return self._consulting.alterations(store, edits)

    def edit(
        self,
        form: str,
        answers: Answers,
        *,
        client: RecordId,
        record: RecordId | None = None,
        narrowed_to: str = "",
    ) -> Edit:
        """Return an edit of a form; without a record, of a new one.

        Raises:
            NotAllowed: the form may not be narrowed that way.
        """
        if form == "client":
            answers = intake.with_tidy_names(answers)
        return Edit(
            form,
            record or self.new_record(),
            client,
            audience.audience_for(forms.form(form), narrowed_to),
            answers,
        )

    def keep_draft(
        self, form: str, answers: Answers, *, client: RecordId, record: RecordId = b""
    ) -> None:
        """Keep what has been typed, inside the vault, under this form, client and author."""
        draft = Draft(form, client, record, self._me, answers, self.clock.now_ms())
        self._worker.do(
            lambda: self._store.keep_draft(draft), lambda _done: self.drafted.emit(draft)
        )

    def drop_draft(self, form: str, *, client: RecordId, record: RecordId = b"") -> None:
        """Forget a draft that was saved or discarded."""
        self._worker.do(
            lambda: self._store.drop_draft(form, client, record, self._me),
            lambda _done: self.changed.emit(frozenset({client})),
        )

    def work(
        self,
        work: Callable[[Store], T],
        then: Callable[[T], None] | None = None,
        *,
        owner: QObject | None = None,
    ) -> "Future[Any]":
        """Do something longer with the store, such as taking bundles in."""
        return self._worker.do(lambda: work(self._store), then, owner=owner)

    def aside(self, work: Callable[[], T], then: Callable[[T], None], *, owner: QObject) -> None:
        """Do something long that does not touch the vault, such as decoding a picture."""
        self._aside.do(work, then, owner=owner)

    def refresh_team(self) -> None:
        """Read the roster and the team's rule again; an exchange may have brought newer ones."""
        self._consulting.look_again()

        def read(team: Team | None) -> None:
            if team is not None and team != self.team:
                self.team = team
                self.team_changed.emit()

        self._worker.do(lambda: _team_of(self._store), read, owner=self, name="team")

    def close(self) -> None:
        """Finish what is queued, close the vault and end. Closing twice does no harm."""
        if self._closed:
            return
        self._closed = True
        self.closing.emit()
        self._worker.do(lambda: self._consulting.finish(self._store))
        self._worker.do(self._store.close)
        self._worker.close()
        self._aside.leave()


def _team_of(store: Store) -> Team | None:
    seat = seat_of(store)
    return seat.team if seat else None


def _allowed(edits: Sequence[Edit], roles: frozenset[Role]) -> Sequence[Edit]:
    """Return the edits of somebody who may write them all: others would set aside the rest.

    Raises:
        NotAllowed: one of them may not be written in these roles.
    """
    for one in dict.fromkeys(each.form for each in edits):
        shipped = forms.forms().get(one)
        if shipped is not None and not audience.may_write(shipped, roles):
            words = _("Your role does not write this: %(form)s. Nothing was saved.")
            raise NotAllowed(words % {"form": _(shipped.title)})
    return edits
