# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a case forum: who is here, a card in the room, names shown, something missing, the
minutes."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from ui import theme
from ui.open_casebook import OpenCasebook
from ui.pages import forum_recording
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
    _work(gallery, book, page)
    held = page.held
    held.bar.choose("R" if "relax" in held.bar.courses else "L")
    held.bar.why.setText("Seen every week, nothing new since September")
    held.bar.steps.what.setText("Ring the landlord")
    held.bar.steps.by.set_value("2026-11-27")
    held.bar.steps.add.click()
    held.bar.dissent.setText("Would wait for court on Friday")
    _draw(gallery, book, "coordinator_forum_decided")
    held.record()
    held.toggle_privacy()
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_lacks")
    held.toggle_privacy()
    held.bar.agreed.set_agreed([])
    held.bar.dissent.clear()
    _checklist(gallery, book, page)
    _everybody(gallery, book, page)
    held.close_forum()
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_minutes")
    gallery.go(book, Place("today"))


def _work(gallery: "Gallery", book: OpenCasebook, page: ForumPage) -> None:
    """Draw somebody being found, and a score given in the room."""
    held = page.held
    held.list.finding.setText("ma")
    held.list.finding.textEdited.emit("ma")
    _draw(gallery, book, "coordinator_forum_find")
    held.list.finding.clear()
    held.list.finding.textEdited.emit("")
    held.score()
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_score")
    held.middle.put_away()


def _everybody(gallery: "Gallery", book: OpenCasebook, page: ForumPage) -> None:
    """Record everybody who is left."""
    held = page.held
    while held.agenda is not None and held.left():
        held.bar.choose("K" if "keep" in held.bar.courses else "I")
        held.bar.why.setText("As the partners see it")
        for pill in held.bar.agreed.people.values():
            pill.setChecked(True)
        held.bar.dissent.clear()
        held.record()
        _settle(gallery, book)


def _checklist(gallery: "Gallery", book: OpenCasebook, page: ForumPage) -> None:
    """Draw the end of somebody's targeting, and its checklist."""
    held = page.held
    on = [one.client for one in held.agenda.dues if one.order[0] == 7] if held.agenda else []
    held.list.go_to(on[0])
    held.show_client(on[0])
    _settle(gallery, book)
    held.bar.choose("X")
    held.bar.why.setText("Six months without an arrest")
    _draw(gallery, book, "coordinator_forum_removal")
    forum_recording.check(held)
    _settle(gallery, book)
    _draw(gallery, book, "coordinator_forum_checklist")
    held.middle.put_away()


def _draw(gallery: "Gallery", book: OpenCasebook, name: str) -> None:
    app = QApplication.instance()
    for scheme, size, _scale, end in gallery.looks:
        if isinstance(app, QApplication):
            theme.apply(app, Theme(scheme, theme.current().text_scale))
        book.window.show()
        for _twice in range(2):  # the letters give way first, and with them the smallest size
            book.window.resize(*size)
            _settle(gallery, book)
        gallery.keep_settled(book, f"{name}{end}")


def _settle(gallery: "Gallery", book: OpenCasebook) -> None:
    gallery.wait(lambda: not book.session.busy)
