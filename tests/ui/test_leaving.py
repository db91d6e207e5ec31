# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The laptop is left: told over a real message bus, or in messages as Windows sends them."""

import ctypes
import subprocess
from collections.abc import Iterator
from ctypes import wintypes
from typing import Any

import pytest
from PySide6.QtCore import QObject
from PySide6.QtDBus import QDBusConnection, QDBusMessage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui.leaving import Leaving, WindowsTells

LOGIN = "org.freedesktop.login1"


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    """Run a message bus of our own; its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--print-address"]
    with subprocess.Popen(  # noqa: S603  fixed, and without a shell
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as running:
        assert running.stdout is not None
        yield running.stdout.readline().strip()
        running.terminate()


@pytest.fixture
def ears(bus: str, qapp: QApplication) -> Iterator[Leaving]:
    there = QDBusConnection.connectToBus(bus, "tandem")
    parent = QObject()
    listening = Leaving(qapp, parent=parent, system=there, desktop=there)
    yield listening
    QDBusConnection.disconnectFromBus("tandem")


def say(bus: str, interface: str, name: str, *values: object) -> None:
    """Tell everybody on the bus something, as the system does."""
    system = QDBusConnection.connectToBus(bus, "system")
    message = QDBusMessage.createSignal("/org/freedesktop", interface, name)
    message.setArguments([*values])
    assert system.send(message)
    QDBusConnection.disconnectFromBus("system")


@pytest.mark.parametrize(
    "told",
    [
        (f"{LOGIN}.Manager", "PrepareForSleep", True),
        (f"{LOGIN}.Session", "Lock"),
        ("org.gnome.ScreenSaver", "ActiveChanged", True),
        ("org.freedesktop.ScreenSaver", "ActiveChanged", True),
    ],
)
def test_a_laptop_that_is_left_locks(
    qtbot: QtBot, bus: str, ears: Leaving, told: tuple[Any, ...]
) -> None:
    with qtbot.waitSignal(ears.left):
        say(bus, *told)


def test_a_laptop_that_wakes_or_is_seen_again_does_not(
    qtbot: QtBot, bus: str, ears: Leaving
) -> None:
    heard: list[bool] = []
    ears.left.connect(lambda: heard.append(True))
    for told in (
        (f"{LOGIN}.Manager", "PrepareForSleep", False),
        ("org.gnome.ScreenSaver", "ActiveChanged", False),
    ):
        say(bus, *told)
    with qtbot.waitSignal(ears.left):  # one bus delivers in order: the others came before
        say(bus, f"{LOGIN}.Session", "Lock")
    assert heard == [True]


def test_nobody_is_heard_after_the_end(
    qtbot: QtBot, qapp: QApplication, bus: str, ears: Leaving
) -> None:
    heard: list[bool] = []
    ears.left.connect(lambda: heard.append(True))
    ears.end()
    say(bus, f"{LOGIN}.Session", "Lock")
    there = QDBusConnection.connectToBus(bus, "tandem")
    parent = QObject()
    other = Leaving(qapp, parent=parent, system=there, desktop=there)
    with qtbot.waitSignal(other.left):
        say(bus, f"{LOGIN}.Session", "Lock")
    assert heard == []


def test_a_laptop_without_a_message_bus_is_no_error(qapp: QApplication) -> None:
    nowhere, heard = QDBusConnection("nowhere"), list[bool]()
    parent = QObject()
    leaving = Leaving(qapp, parent=parent, system=nowhere, desktop=nowhere)
    leaving.left.connect(lambda: heard.append(True))
    QApplication.processEvents()
    leaving.end()
    assert not nowhere.isConnected()
    assert heard == [], "nor does it lock because of that"


@pytest.mark.parametrize(
    ("message", "what", "locks"),
    [
        (0x0218, 0x0004, 1),  # about to sleep
        (0x0218, 0x0012, 0),  # woken
        (0x02B1, 0x7, 1),  # locked
        (0x02B1, 0x2, 1),  # somebody else took the screen
        (0x02B1, 0x8, 0),  # unlocked
        (0x0100, 0x7, 0),  # a key
    ],
)
def test_windows_tells_it_in_messages(
    qapp: QApplication, message: int, what: int, locks: int
) -> None:
    heard: list[bool] = []
    told = WindowsTells(lambda: heard.append(True))
    sent = wintypes.MSG(message=message, wParam=what)
    assert told.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(sent)) == (False, 0)
    assert len(heard) == locks
    told.nativeEventFilter(b"xcb_generic_event_t", ctypes.addressof(sent))
    assert len(heard) == locks
