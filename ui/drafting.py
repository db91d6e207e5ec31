# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Drafting: what is typed lies in the vault within a second, and waits for its author.

Rules, each with a test:

* A draft is kept 0.8 s after the last key, and at least once a second while typing goes on.
* It is written by the store's thread; typing never waits for it.
* It belongs to one form, one client, one record (or a new one) and one author. Opening an old
  record never touches the draft of a new one.
* Leaving the page, hiding it, locking and closing hand over what has been typed first.
* Once saved, or discarded, nothing kept late can bring it back.
"""

from collections.abc import Callable
from datetime import date, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_app.casework.dates import say_short
from desktop_app.casework.records import Answers, RecordId
from desktop_app.casework.words import _
from storage.store import Draft, Store
from ui.clock import local
from ui.consulting import nothing
from ui.session import Session

PAUSE_MS, LONGEST_MS = 800, 1_000
AT_FIELD = "_at"
"""Reserved answer of a draft: the field the cursor stood in."""


class Drafting(QObject):
    """Keeps the draft of one open form.

    Signals:
        kept: local time at which what had been typed was safe in the vault.
    """

    kept = Signal(object)

    def __init__(
        self,
        session: Session,
        form: str,
        *,
        client: RecordId,
        record: RecordId = b"",
        typed: Callable[[], Answers],
        parent: QObject,
        older: RecordId = b"",
    ) -> None:
        """Watch over a form.

        Args:
            session: whose vault keeps it.
            form: name of the form.
            client: whom it is about.
            record: the record being altered; empty for a new one.
            typed: gives what has been typed so far, asked for when a draft is due.
            parent: the page; the draft ends with it.
            older: a record `record` takes the place of: a draft of that one is gone on with.
        """
        super().__init__(parent)
        self._session, self._form, self._typed = session, form, typed
        self._client, self._record, self._older = client, record, older
        self._done, self._waiting, self._lies = False, False, False
        self._pause = self._timer(PAUSE_MS)
        self._longest = self._timer(LONGEST_MS)
        session.drafted.connect(self._heard)
        session.closing.connect(self.flush)

    @property
    def waiting(self) -> bool:
        """Say whether something was typed that is not yet handed over."""
        return self._waiting

    @property
    def holds(self) -> bool:
        """Say whether there is a draft: it lies in the vault, or will within a second."""
        return self._waiting or self._lies

    def taken_up(self) -> None:
        """Note that an older draft stands in the form."""
        self._lies = True

    def touched(self) -> None:
        """Note that something was typed."""
        if self._done:
            return
        self._waiting = True
        self._pause.start()
        if not self._longest.isActive():
            self._longest.start()

    def flush(self) -> None:
        """Hand over what has been typed now, if anything was."""
        if not self._waiting or self._done:
            return
        self._rest()
        self._lies = True
        self._session.keep_draft(
            self._form, self._typed(), client=self._client, record=self._record
        )

    def drop(self) -> None:
        """Forget the draft for good: it was saved."""
        self._done = True
        self.forget()

    def forget(self) -> None:
        """Forget the draft: its author discarded it. What is typed next is kept again."""
        self._rest()
        self._lies = False
        for record in dict.fromkeys((self._record, self._older or self._record)):
            self._session.drop_draft(self._form, client=self._client, record=record)

    def fetch(self, then: Callable[[Draft | None], None]) -> None:
        """Ask for the draft that waits, if one does."""
        form, client, me = self._form, self._client, self._session.me.id
        records = dict.fromkeys((self._record, self._older or self._record))

        def find(store: Store) -> Draft | None:
            waits = (draft_of(store, form, client=client, record=one, author=me) for one in records)
            return next((one for one in waits if one is not None), None)

        def found(draft: Draft | None) -> None:
            self._lies = self._lies or draft is not None
            then(draft)

        self._session.ask(find, found, shows=nothing, owner=self, name="draft")

    def _rest(self) -> None:
        self._waiting = False
        self._pause.stop()
        self._longest.stop()

    def _timer(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(self.flush)
        return timer

    def _heard(self, draft: Draft) -> None:
        if (draft.form, draft.client, draft.record) == (self._form, self._client, self._record):
            self.kept.emit(kept_at(draft))


def draft_of(
    store: Store, form: str, *, client: RecordId, record: RecordId, author: str
) -> Draft | None:
    """Return the draft of one form, client, record and author, if there is one."""
    key = (form, client, record, author)
    return next(
        (one for one in store.drafts() if (one.form, one.client, one.record, one.author) == key),
        None,
    )


def draft_words(draft: Draft, today: date) -> str:
    """Return when a draft is from, with its day when that is not today."""
    at = kept_at(draft)
    when = f"{at:%H:%M}"
    if at.date() != today:
        when = f"{say_short(at.date().isoformat(), today)}, {when}"
    return _("Draft from %(time)s") % {"time": when}


def kept_at(draft: Draft) -> datetime:
    """Return when a draft was kept, in local time."""
    return local(draft.at_ms)
