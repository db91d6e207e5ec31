# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The store thread: answers come back on the window's thread, stale ones never."""

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from desktop_app.casework.errors import CaseworkError
from tests.ui.watched import Watched
from ui.worker import Worker


@pytest.fixture
def worker(qtbot: QtBot) -> Worker:
    return Worker("test")


def test_an_answer_arrives_on_the_thread_that_asked(qtbot: QtBot, worker: Worker) -> None:
    threads: list[int] = []
    worker.do(threading.get_ident, threads.append)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads != [threading.get_ident()]
    arrived: list[int] = []
    worker.do(lambda: 1, lambda _one: arrived.append(threading.get_ident()))
    qtbot.waitUntil(lambda: arrived == [threading.get_ident()])
    worker.close()


def test_only_the_newest_question_of_a_name_is_answered(qtbot: QtBot, worker: Worker) -> None:
    owner, heard = QObject(), list[int]()
    for number in range(5):
        worker.do(lambda n=number: n, heard.append, owner=owner, name="search")  # type: ignore[misc]
    with qtbot.waitSignal(worker.settled):
        pass
    assert heard == [4]
    worker.close()


def test_a_question_that_was_asked_anew_meanwhile_is_not_worked_out(
    qtbot: QtBot, worker: Worker
) -> None:
    owner, worked, heard = QObject(), list[int](), list[int]()
    held = threading.Event()
    worker.do(held.wait)

    def work(number: int) -> int:
        worked.append(number)
        return number

    for number in range(3):
        worker.do(lambda n=number: work(n), heard.append, owner=owner, name="search")  # type: ignore[misc]
    held.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert worked == heard == [2]
    worker.close()


def test_what_is_asked_for_later_is_begun_once_all_before_it_was_answered(
    qtbot: QtBot, worker: Worker
) -> None:
    owner, told, held = QObject(), list[str](), threading.Event()
    worker.do(held.wait, lambda _done: told.append("first"))
    begun = list[list[str]]()
    worker.do_later(lambda: begun.append([*told]), lambda _done: None, owner=owner)
    worker.do(lambda: None, lambda _done: told.append("asked since"))
    held.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert begun == [["first", "asked since"]]
    worker.do_later(lambda: begun.append([]), lambda _done: None, owner=owner)
    assert worker.busy
    qtbot.waitUntil(lambda: not worker.busy)
    assert len(begun) == 2
    worker.close()


def test_an_answer_to_a_page_that_is_gone_is_dropped(qtbot: QtBot, worker: Worker) -> None:
    owner, heard = QObject(), list[int]()
    held = threading.Event()
    worker.do(held.wait)
    worker.do(lambda: 1, heard.append, owner=owner)
    owner.deleteLater()
    qtbot.waitUntil(lambda: not _alive(owner))
    held.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == []
    worker.close()


def test_an_unexpected_error_becomes_a_calm_sentence_without_content(
    qtbot: QtBot, worker: Worker
) -> None:
    def fails() -> None:
        raise KeyError("Leanne Croft")

    with qtbot.waitSignal(worker.failed) as caught:
        worker.do(fails)
    error = caught.args[0]
    assert isinstance(error, CaseworkError)
    assert "KeyError" in str(error)
    assert "Croft" not in str(error)
    worker.close()


def test_work_that_takes_long_is_told_of_until_it_is_done(qtbot: QtBot, worker: Worker) -> None:
    heard, held = list[bool](), threading.Event()
    worker.slow.connect(heard.append)
    worker._wonder.setInterval(0)
    worker.do(held.wait)
    worker.do(lambda: None)
    qtbot.waitUntil(lambda: heard == [True])
    held.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == [True, False]
    worker.close()


def test_that_it_is_done_is_told_also_where_its_answer_asks_for_more(
    qtbot: QtBot, worker: Worker
) -> None:
    heard, held = list[bool](), threading.Event()
    worker.slow.connect(heard.append)
    worker._wonder.setInterval(0)

    def ask_more(_answer: object) -> None:
        worker.do(lambda: None)

    worker.do(held.wait, ask_more)
    qtbot.waitUntil(lambda: heard == [True])
    worker._wonder.setInterval(60_000)
    held.set()
    qtbot.waitUntil(lambda: not worker.busy)
    assert heard == [True, False]
    worker.close()


def test_of_short_work_nothing_is_told(qtbot: QtBot, worker: Worker) -> None:
    heard: list[bool] = []
    worker.slow.connect(heard.append)
    with qtbot.waitSignal(worker.settled):
        worker.do(lambda: None)
    assert heard == []
    assert not worker._wonder.isActive()
    worker.close()


def test_the_window_says_that_the_vault_is_still_at_work(watched: Watched) -> None:
    said, held = watched.book.frame.status.at_work, threading.Event()
    watched.session._worker._wonder.setInterval(0)
    watched.session.work(lambda _store: held.wait())
    watched.qtbot.waitUntil(lambda: said.text() == "Still at work in the casebook…")
    assert said.isVisible()
    held.set()
    watched.settle()
    assert said.isHidden()


def test_closing_finishes_what_is_queued(qtbot: QtBot, worker: Worker) -> None:
    done: list[int] = []
    for number in range(3):
        worker.do(lambda n=number: done.append(n))  # type: ignore[misc]
    worker.close()
    assert done == [0, 1, 2]


def _alive(thing: QObject) -> bool:
    import shiboken6  # noqa: PLC0415  asked for here only

    return bool(shiboken6.isValid(thing))
