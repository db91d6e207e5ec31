# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Circular garbage is taken apart on the window's thread, whoever made it."""

import gc
import threading
import weakref
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.pages.first_run_steps import Compare
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


def test_a_step_nobody_holds_is_taken_apart_without_a_word(look: None) -> None:
    """Qt asks a page still while Python takes it apart; it may not stumble over what is gone."""
    step = Compare()
    around = QWidget()
    around.itself, around.step = around, step  # type: ignore[attr-defined]
    QVBoxLayout(around).addWidget(step)
    around.show()
    QApplication.processEvents()
    step.wrong.show()  # its card is to be laid out once more
    gone = weakref.ref(step)
    del around, step
    gc.collect()
    assert gone() is None
