# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A letter or a picture: attached, shown, and taken out only when somebody asks."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.casework.attachments import FORM, content_of
from desktop_app.casework.people import Role
from desktop_app.casework.records import Edit
from storage import parts as kept
from sync.parts import attach, content
from tests.dialogs import QuietDialogs
from tests.logged import logged
from tests.sync.test_parts import LETTER, put
from tests.ui.conftest import SignIn
from tests.ui.crew import Crew
from tests.ui.file_desk import Page
from tests.ui.office import Office
from tests.ui.test_pictures import jpeg, scene
from ui.kit.note_edit import NoteEdit
from ui.pages.attaching import AttachingPanel
from ui.pages.attachment_view import AttachmentView
from ui.pages.doorstep import DoorstepPage
from ui.pages.record import RecordPage
from ui.places import Place
from ui.session import Session


@pytest.fixture
def photo(tmp_path: Path) -> Path:
    """Return a photograph on the disk, as a telephone makes it."""
    place = tmp_path / "Letter from housing \u202egpj.jpg"
    place.write_bytes(jpeg(scene(900, 600)))
    return place


def panel_of(page: Page) -> AttachingPanel:
    panel = page.page.panel
    assert isinstance(panel, AttachingPanel)
    return panel


def attached(office: Office, client: bytes, raw: bytes, *, to: str = "partners") -> bytes:
    """Attach something without the window; return the record."""
    record = office.new()
    edit = Edit(FORM, record, client, to, {"title": "Letter", "kind": "picture"})
    attach(office.store, edit, raw, now_ms=office.clock.now_ms(), random=os.urandom)
    return record


class Sheet:
    """The record page with one attachment."""

    def __init__(self, qtbot: QtBot, session: Session, dialogs: QuietDialogs) -> None:
        self.qtbot, self.session = qtbot, session
        self.page = RecordPage(session, dialogs)
        qtbot.addWidget(self.page)
        self.page.resize(1178, 718)
        self.page.show()

    def open(self, office: Office, record: bytes) -> AttachmentView:
        client = office.record(record).client
        self.page.show_place(Place("record", client, record, FORM))
        self.settle()
        (view,) = self.page.findChildren(AttachmentView)
        return view

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.session.busy)


def test_a_photo_is_chosen_named_and_saved_into_the_vault_alone(
    page: Page, office: Office, photo: Path
) -> None:
    client = office.client()
    page.open(client, form="attachment")
    panel = panel_of(page)
    panel._dialogs.answers["open_file"] = photo  # type: ignore[attr-defined]
    QTest.mouseClick(panel.choose, Qt.MouseButton.LeftButton)
    page.settle()
    assert panel.picked is not None
    assert panel.view.answers()["title"] == "Letter from housing gpj"
    page.fill(note="They offer a room from Monday.")
    page.save()
    (record,) = office.of(client, FORM)
    assert record.text("kind") == "picture"
    assert record.text("note") == "They offer a room from Monday."
    raw = content(office.store, record)
    assert raw is not None
    assert raw.startswith(b"\xff\xd8\xff")
    assert b"Secret" not in raw
    assert photo.name not in str(record.answers)
    assert page.titles()[0] == "Letter from housing gpj"


def test_alt_and_f_ask_for_a_file_wherever_the_keyboard_is_in_the_panel(
    page: Page, office: Office, photo: Path, qtbot: QtBot
) -> None:
    page.open(office.client(), form="attachment")
    panel = panel_of(page)
    panel._dialogs.answers["open_file"] = photo  # type: ignore[attr-defined]
    for name in ("", "title", "note"):
        panel.picked = None
        panel.view.go_to(name)
        focus = QApplication.focusWidget()
        assert focus is not None
        QTest.keyClick(focus, Qt.Key.Key_F, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda: panel.picked is not None)


def test_the_panel_asks_for_no_more_height_than_a_small_window_has(
    page: Page, office: Office, photo: Path
) -> None:
    page.open(office.client(), form="attachment")
    panel = panel_of(page)
    panel.take(photo)
    page.settle()
    assert page.page.minimumSizeHint().height() <= 498
    assert panel._ground.height() >= panel._small.height()
    page.page.resize(1037, 498)
    page.settle()
    assert panel._words.height() >= panel._words.heightForWidth(panel._words.width())


def test_nothing_but_the_vault_is_written(
    page: Page, office: Office, photo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
        monkeypatch.setenv(name, str(home))
    before = sorted(one.name for one in tmp_path.rglob("*"))
    page.open(office.client(), form="attachment")
    panel_of(page).take(photo)
    page.settle()
    page.save()
    files = sorted(one.name for one in tmp_path.rglob("*"))
    assert [one for one in files if one not in before] == []
    assert list(home.rglob("*")) == []


def test_a_file_is_dropped_on_the_page(page: Page, office: Office, photo: Path) -> None:
    page.open(office.client())
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(photo))])
    copy, left, no = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier(0)
    entered = QDragEnterEvent(QPoint(5, 5), copy, dropped, left, no)
    page.page.dragEnterEvent(entered)
    assert entered.isAccepted()
    page.page.dropEvent(QDropEvent(QPoint(5, 5), copy, dropped, left, no))
    page.settle()
    assert panel_of(page).picked is not None
    web = QMimeData()
    web.setUrls([QUrl("https://example.org/letter.jpg")])
    entered = QDragEnterEvent(QPoint(5, 5), copy, web, left, no)
    entered.ignore()
    page.page.dragEnterEvent(entered)
    assert not entered.isAccepted()


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"%PDF-1.7\n", "PDF"),
        (b"MZ\x90\x00\x03", "no picture"),
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "damaged"),
    ],
)
@pytest.mark.qt_log_ignore("PNG", "png")
def test_what_cannot_be_taken_in_is_said_and_nothing_is_saved(
    page: Page, office: Office, tmp_path: Path, raw: bytes, why: str
) -> None:
    client = office.client()
    page.open(client, form="attachment")
    panel = panel_of(page)
    (tmp_path / "letter.jpg").write_bytes(raw)
    panel.take(tmp_path / "letter.jpg")
    page.settle()
    assert panel.trouble.isVisible()
    assert why in panel.trouble.text()
    page.fill(title="Letter")
    page.save()
    assert "Choose a file first" in panel.trouble.text()
    assert office.of(client, FORM) == []
    assert not kept.held(office.store)
    page.page.beside.put_away()
    page.settle()
    page.page._open_draft(FORM, b"")
    assert page.went[-1] == Place("client", client=client, form=FORM), "its file is chosen again"


def test_it_can_be_kept_to_fewer_readers(
    office: Office, sign_in: SignIn, qtbot: QtBot, photo: Path
) -> None:
    client = office.client()
    page = Page(qtbot, sign_in(Role.NURSE))
    page.open(client, form="attachment")
    panel = panel_of(page)
    panel.take(photo)
    page.settle()
    readers = panel._questions.readers
    assert readers is not None
    readers.set_value("health")
    page.save()
    (record,) = office.of(client, FORM)
    assert record.audience == "health"


def test_a_picture_is_shown_made_larger_by_keys_and_its_key_never_said(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    record = attached(office, office.client(), jpeg(scene(900, 600)))
    sheet = Sheet(qtbot, session, QuietDialogs())
    view = sheet.open(office, record)
    assert view.picture is not None
    assert not view.said.isVisible()
    paper = view.picture.paper
    qtbot.waitUntil(lambda: paper.width() > 40)
    before = paper.width()
    QTest.keyClicks(view.picture, "+")
    assert view.picture.paper.width() == pytest.approx(before * 1.5, abs=2)
    QTest.keyClicks(view.picture, "--")
    assert view.picture.paper.width() == before
    where = content_of(office.record(record))
    assert where is not None
    shown = [one.accessibleName() for one in sheet.page.findChildren(QWidget)]
    assert where.key.hex() not in " ".join(shown)


def test_a_text_is_shown_as_text(qtbot: QtBot, session: Session, office: Office) -> None:
    record = attached(office, office.client(), b"Dear Dean,\n<b>come</b> on Monday.")
    view = Sheet(qtbot, session, QuietDialogs()).open(office, record)
    assert view.text is not None
    assert view.text.toPlainText() == "Dear Dean,\n<b>come</b> on Monday."
    assert view.text.isReadOnly()


def test_what_a_colleague_sent_is_not_believed_either(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    record = attached(office, office.client(), b"MZ\x90\x00" + bytes(100))
    view = Sheet(qtbot, session, QuietDialogs()).open(office, record)
    assert view.shown is None
    assert "cannot be shown" in view.said.text()
    assert not view.copy.isVisible()


def test_what_is_on_its_way_appears_when_it_comes(
    qtbot: QtBot, session: Session, office: Office
) -> None:
    record = attached(office, office.client(), jpeg(scene(900, 600)))
    where = content_of(office.record(record))
    assert where is not None
    part = kept.get(office.store, where.parts[0])
    assert part is not None
    office.store.write("DELETE FROM part")
    sheet = Sheet(qtbot, session, QuietDialogs())
    view = sheet.open(office, record)
    assert "on its way" in view.said.text()
    kept.put(office.store, [(where.parts[0], part)])
    session.changed.emit(frozenset({record}))
    sheet.settle()
    (view,) = sheet.page.findChildren(AttachmentView)
    assert view.picture is not None


def test_a_copy_leaves_only_for_somebody_with_a_reason_and_is_logged_first(
    qtbot: QtBot, session: Session, office: Office, tmp_path: Path
) -> None:
    client = office.client()
    record = attached(office, client, jpeg(scene(900, 600)))
    place = tmp_path / "out.jpg"
    dialogs = QuietDialogs(ask_text="For the hearing", save_file=place)
    sheet = Sheet(qtbot, session, dialogs)
    view = sheet.open(office, record)
    view.copy.click()
    sheet.settle()
    assert place.read_bytes() == content(office.store, office.record(record))
    (log,) = logged(office.store, "export")
    assert log.answers["reason"] == "For the hearing"
    assert log.answers["clients"] == [client.hex()]
    place.unlink()
    dialogs.answers["ask_text"] = ""
    view.copy.click()
    sheet.settle()
    assert not place.exists()
    assert len(logged(office.store, "export")) == 1


def test_a_colleague_sees_it_after_both_have_shared(ann: Crew, bell: Crew) -> None:
    letter = put(ann.laptop)
    ann.exchange()
    outcome = bell.exchange()
    assert letter in outcome.touched
    assert content(bell.laptop.store, bell.laptop.record(letter)) == LETTER


def test_at_the_doorstep_it_is_attached_to_the_visit_and_what_was_typed_stays(
    qtbot: QtBot, session: Session, office: Office, photo: Path
) -> None:
    client = office.client()
    visit = office.save("visit", {"at": "2026-11-23T15:00", "state": "planned"}, client=client)
    page = DoorstepPage(session, QuietDialogs(open_file=photo))
    qtbot.addWidget(page)
    page.resize(1178, 690)
    page.show()
    page.show_place(Place("visit", client=client, record=visit))
    qtbot.waitUntil(lambda: page.visit is not None and not session.busy)
    assert page.visit is not None
    page.visit.words.note.setPlainText("He showed me the letter.")
    page.visit.words.attach.click()
    panel = page.attaching
    assert isinstance(panel, AttachingPanel)
    assert panel is not None
    panel.choose.click()
    qtbot.waitUntil(lambda: panel.picked is not None and not session.busy)
    panel.save()
    qtbot.waitUntil(lambda: page.attaching is None and not session.busy)
    (record,) = office.of(client, FORM)
    assert record.text("belongs_to") == visit.hex()
    assert page.visit.isVisible()
    assert page.visit.words.note.toPlainText() == "He showed me the letter."


def test_a_file_dropped_on_a_note_does_not_leave_its_path_there(
    qtbot: QtBot, look: None, photo: Path
) -> None:
    note = NoteEdit("Note")
    qtbot.addWidget(note)
    dropped = QMimeData()
    dropped.setUrls([QUrl.fromLocalFile(str(photo))])
    dropped.setText(str(photo))
    assert not note.canInsertFromMimeData(dropped)
    words = QMimeData()
    words.setText("plain words")
    assert note.canInsertFromMimeData(words)
