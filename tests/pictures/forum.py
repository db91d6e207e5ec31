# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a case forum: who is here, a card in the room, names shown, something missing, the
minutes."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui import theme
from ui.open_casebook import OpenCasebook
from ui.pages.forum import ForumPage
from ui.places import Place
from ui.theme import Theme

if TYPE_CHECKING:
    from tests.pictures.run import Gallery


def draw_forum(gallery: "Gallery", book: OpenCasebook) -> None:
    """Draw a forum of the coordinator's, from its start to its minutes."""
    page = book.frame.page("forum")
    assert isinstance(page, ForumPage)
    gallery.go(book, Place("boards", form="forum"))
    _draw(gallery, book, "coordinator_boards_forum")
    gallery.go(book, Place("forum"))
    for pill in list(page.start.people.values())[:3]:
        pill.setChecked(True)
    _draw(gallery, book, "coordinator_forum_start")
    page.begin()
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_card")
    held = page.held
    held.bar.choose("R" if "relax" in held.bar.courses else "L")
    held.bar.why.setText("Seen every week, nothing new since September")
    held.bar.what.setText("Ring the landlord")
    held.bar.by.set_value("2026-11-27")
    held.bar.add.click()
    held.bar.dissent.setText("Would wait for court on Friday")
    _draw(gallery, book, "coordinator_forum_decided")
    held.record()
    held.toggle_privacy()
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_lacks")
    held.toggle_privacy()
    while held.agenda is not None and held._left():
        held.bar.choose("K" if "keep" in held.bar.courses else "I")
        held.bar.why.setText("As the partners see it")
        for pill in held.bar.people.values():
            pill.setChecked(True)
        held.bar.dissent.clear()
        held.record()
        _settle(gallery, book)
    held.close_forum()
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_minutes")
    gallery.go(book, Place("today"))


def _draw(gallery: "Gallery", book: OpenCasebook, name: str) -> None:
    app = QApplication.instance()
    for scheme, size, _scale, end in gallery.looks:
        if isinstance(app, QApplication):
            theme.apply(app, Theme(scheme, theme.current().text_scale))
        book.window.resize(*size)
        book.window.show()
        gallery.keep_settled(book, f"{name}{end}")


def _settle(gallery: "Gallery", book: OpenCasebook) -> None:
    gallery.wait(lambda: not book.session.busy)
