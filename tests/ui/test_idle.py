# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Locking by itself, with clocks a test can turn."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from ui.idle import IdleLock


class Clocks:
    def __init__(self) -> None:
        self.wall = 1_000_000.0
        self.steady = 500.0

    def pass_awake(self, seconds: float) -> None:
        self.wall += seconds
        self.steady += seconds


def _key() -> QKeyEvent:
    return QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "a")


def _lock(clocks: Clocks, parent: QObject) -> IdleLock:
    return IdleLock(5, wall=lambda: clocks.wall, steady=lambda: clocks.steady, parent=parent)


def test_it_locks_when_nobody_touched_it_for_the_limit(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    lock = _lock(clocks, parent)
    clocks.pass_awake(299)
    assert not lock.check()
    clocks.pass_awake(1)
    with qtbot.waitSignal(lock.due):
        assert lock.check()


def test_a_touch_begins_the_time_anew(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    lock = _lock(clocks, parent)
    clocks.pass_awake(290)
    assert not lock.eventFilter(parent, _key())
    clocks.pass_awake(290)
    assert not lock.check()


def test_the_first_key_after_a_long_sleep_does_not_reach_the_casebook(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    lock = _lock(clocks, parent)
    clocks.wall += 12 * 3600  # asleep: the steady clock stood still
    with qtbot.waitSignal(lock.due):
        assert lock.eventFilter(parent, _key())


def test_a_clock_set_back_does_not_put_the_lock_off(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    lock = _lock(clocks, parent)
    clocks.pass_awake(300)
    clocks.wall -= 10 * 365 * 86400
    with qtbot.waitSignal(lock.due):
        assert lock.check()


def test_other_events_are_not_touches(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    lock = _lock(clocks, parent)
    clocks.pass_awake(299)
    assert not lock.eventFilter(parent, QEvent(QEvent.Type.Paint))
    clocks.pass_awake(2)
    with qtbot.waitSignal(lock.due):
        lock.check()


def test_it_says_each_second_how_long_nobody_has_touched_it(qtbot: QtBot) -> None:
    clocks, parent = Clocks(), QObject()
    lock = _lock(clocks, parent)
    heard: list[float] = []
    lock.rested.connect(heard.append)
    clocks.pass_awake(150)
    lock.tick()
    lock.eventFilter(parent, _key())
    clocks.pass_awake(10)
    lock.tick()
    assert heard == [150, 10], "a touch is no rest, however long it was before"
    clocks.pass_awake(290)
    with qtbot.waitSignal(lock.due):
        lock.tick()
    assert heard == [150, 10]
