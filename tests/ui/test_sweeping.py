# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Circular garbage is taken apart on the window's thread, whoever made it."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.sweeping import Sweeping


@pytest.fixture
def sweeping(qtbot: QtBot) -> Iterator[Sweeping]:
    parent = QObject()
    yield Sweeping(parent)
    assert not gc.isenabled(), "and the tests' own goes on"


def circle() -> "weakref.ref[QWidget]":
    """Make a widget nobody holds but itself."""
    page = QWidget()
    page.itself = page  # type: ignore[attr-defined]
    return weakref.ref(page)


def much() -> list[list[int]]:
    """Make so much that Python would look for garbage by itself."""
    return [[number] for number in range(5_000)]


def test_a_page_is_not_taken_apart_on_another_thread(sweeping: Sweeping) -> None:
    gone = circle()
    other = threading.Thread(target=much)
    other.start()
    other.join()
    assert gone() is not None
    gc.collect()


def test_it_is_taken_apart_on_the_windows_thread(sweeping: Sweeping) -> None:
    gone, threads = circle(), list[int]()
    page = gone()
    assert page is not None
    page.destroyed.connect(lambda: threads.append(threading.get_ident()))
    del page
    held = much()
    sweeping.look()
    assert held
    assert gone() is None
    assert threads == [threading.get_ident()]
