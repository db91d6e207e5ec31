# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The store thread: everything that touches the vault happens here, one thing after another.

The window never waits for it. A question goes in, its answer comes back to the window's own
thread. An answer nobody waits for any more (the page is gone, a newer question was asked) is
dropped, and where that is known before it is worked out, it is not. What a page can be painted
without is asked for later: two threads of Python take turns, and would slow each other down.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from ui.tokens import FRAME_MS

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor


WONDER_MS = 800
"""Work that takes longer is told of: milliseconds."""


Ticket = tuple[tuple[int, str], int]
"""Whose question it is, its name, and which of its name; the last one is the newest."""


@dataclass(frozen=True, slots=True)
class _Task:
    """A piece of work, and who gets what comes of it."""

    work: Callable[[], Any]
    then: Callable[[Any], None] | None
    owner: QObject | None
    ticket: Ticket | None


@dataclass(frozen=True, slots=True)
class _Done:
    """A finished piece of work on its way back to the window's thread."""

    future: "Future[Any]"
    task: _Task


class Worker(QObject):
    """One thread with a queue, whose answers arrive on the thread that made it.

    Signals:
        failed: a `CaseworkError` to show; anything unexpected is put into a calm sentence first.
        settled: nothing is under way any more.
        slow: True when work takes so long that somebody begins to wonder, False when it is done.
    """

    failed = Signal(object)
    settled = Signal()
    slow = Signal(bool)
    _back = Signal(object)

    def __init__(self, name: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._name = name
        self._pool: ThreadPoolExecutor | None = None
        self._newest: dict[tuple[int, str], int] = {}
        self._under_way = self._asked = self._begun = self._answered = 0
        self._waiting: list[tuple[int, _Task]] = []
        self._closed = False
        self._wonder = QTimer(self)
        self._wonder.setSingleShot(True)
        self._wonder.setInterval(WONDER_MS)
        self._wonder.timeout.connect(self._say_slow)
        self._said_slow = False
        self._back.connect(self._arrived, Qt.ConnectionType.QueuedConnection)

    @property
    def busy(self) -> bool:
        """Say whether work is under way."""
        return self._under_way > 0

    @property
    def waited_for(self) -> bool:
        """Say whether more is queued behind what is under way; for who is under way to ask."""
        return self._asked > self._begun

    def do(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None] | None = None,
        *,
        owner: QObject | None = None,
        name: str = "",
    ) -> "Future[Any]":
        """Do `work` on the thread, then hand its result to `then` on this one.

        Args:
            work: what to do.
            then: who gets the result.
            owner: `then` is dropped when this object is gone by then.
            name: with an owner, only the newest work of this name is answered, and an older one
                that has not begun is not done at all: for questions, never for what writes.
        """
        self._count()
        return self._submit(_Task(work, then, owner, self._ticket(owner, name)))

    def do_later(
        self,
        work: Callable[[], Any],
        then: Callable[[Any], None],
        *,
        owner: QObject,
        name: str = "",
    ) -> None:
        """Do the same once all that was asked for before was answered, and had time to be painted.

        It counts as under way at once.
        """
        self._count()
        task = _Task(work, then, owner, self._ticket(owner, name))
        self._waiting.append((self._asked, task))
        self._begin_waiting()

    def _count(self) -> None:
        if not self._under_way:
            self._wonder.start()
        self._under_way += 1

    def _ticket(self, owner: QObject | None, name: str) -> Ticket | None:
        if owner is None or not name:
            return None
        key = (id(owner), name)
        number = self._newest[key] = self._newest.get(key, 0) + 1
        return key, number

    def _submit(self, task: _Task) -> "Future[Any]":
        self._asked += 1
        future = self._thread().submit(self._begin, task)
        future.add_done_callback(lambda done: self._report(_Done(done, task)))
        return future

    def _begin_waiting(self) -> None:
        ready = [task for after, task in self._waiting if after <= self._answered]
        self._waiting = [one for one in self._waiting if one[0] > self._answered]
        for task in ready:
            QTimer.singleShot(FRAME_MS, self, partial(self._submit_waiting, task))

    def _submit_waiting(self, task: _Task) -> None:
        if not self._closed:
            self._submit(task)

    def close(self) -> None:
        """Finish what is queued, then end the thread. Answers on their way are dropped."""
        self._closed = True
        self._wonder.stop()
        self._thread().shutdown(wait=True)

    def leave(self) -> None:
        """End without waiting: for work that may hang, such as on a folder that is gone."""
        self._closed = True
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _thread(self) -> "ThreadPoolExecutor":
        """Return the thread; the first page is there before there is anything to do."""
        if self._pool is None:
            from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415  slow to load

            self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix=self._name)
        return self._pool

    def _begin(self, task: _Task) -> Any:
        self._begun += 1  # on this thread only, as `_asked` on the other: neither needs a lock
        return None if self._is_stale(task) else task.work()

    def _is_stale(self, task: _Task) -> bool:
        return task.ticket is not None and self._newest.get(task.ticket[0]) != task.ticket[1]

    def _report(self, done: _Done) -> None:
        if not self._closed:
            self._back.emit(done)

    def _arrived(self, done: _Done) -> None:
        self._under_way -= 1
        self._answered += 1
        if not self._closed:
            self._deliver(done)
            self._begin_waiting()
        if self._under_way == 0:
            self._wonder.stop()
            if self._said_slow:  # even if what was asked with the answer was quick
                self._said_slow = False
                self.slow.emit(False)  # noqa: FBT003  the signal's own
            self.settled.emit()

    def _say_slow(self) -> None:
        self._said_slow = True
        self.slow.emit(True)  # noqa: FBT003  the signal's own

    def _deliver(self, done: _Done) -> None:
        error = done.future.exception()
        if error is not None:
            self.failed.emit(_in_words(error))
            return
        task = done.task
        gone = task.owner is not None and not shiboken6.isValid(task.owner)
        if task.then is not None and not gone and not self._is_stale(task):
            task.then(done.future.result())


def _in_words(error: BaseException) -> CaseworkError:
    """Turn anything unexpected into a sentence without content; the cause stays attached."""
    if isinstance(error, CaseworkError):
        return error
    calm = CaseworkError(
        _(
            "Something went wrong inside Tandem (%(kind)s). What was saved is safe. "
            "Please lock, sign in again and try once more."
        )
        % {"kind": type(error).__name__}
    )
    calm.__cause__ = error
    return calm
