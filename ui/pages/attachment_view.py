# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A letter or a picture, shown inside Tandem and nowhere else.

Rules, each with a test:

* It is opened in memory: no other program sees it, and no file is written.
* What a colleague sent is typed by its content and decoded as carefully as what came from outside.
* While a part of it is on its way, that is said calmly; it appears by itself when it has come.
* A copy leaves Tandem only when somebody asks, says for whom and why, and that is logged first.
"""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop_app.casework.attachments import Kind, NotTaken, kind_of, plain_text
from desktop_app.casework.audit import sight, taken_out
from desktop_app.casework.records import Record
from desktop_app.casework.words import _
from storage.store import Saved, Store
from sync.parts import content
from sync.seals import NotOpened
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import across
from ui.kit.notice import Notice
from ui.pages.client_taking_out import write_out
from ui.pictures import decoded
from ui.session import Session

STEPS = (1.0, 1.5, 2.0, 3.0)
TALLEST, TEXT_HIGH = 620, 360


class Shown:
    """What is shown: the kind, the bytes, and a picture's dots."""

    def __init__(self, raw: bytes) -> None:
        self.raw = raw
        self.kind = kind_of(raw)
        self.image = QImage() if self.kind is Kind.TEXT else decoded(raw, self.kind)
        self.text = plain_text(raw) if self.kind is Kind.TEXT else ""


class Paper(QWidget):
    """A picture at the size it is looked at."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self.image = image
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_wide(self, wide: int) -> None:
        """Show it this wide."""
        self.setFixedSize(wide, max(1, round(wide * self.image.height() / self.image.width())))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw it."""
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawImage(self.rect(), self.image)
            painter.setPen(theme.color("line"))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))


class PictureView(QScrollArea):
    """A picture that fits the width, and can be made larger and moved by keys."""

    def __init__(self, image: QImage, name: str) -> None:
        super().__init__()
        self.step = 0
        self.paper = Paper(image, name)
        self.setWidget(self.paper)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(name)
        self.setAccessibleDescription(_("Plus and minus make it larger and smaller."))
        theme.look().changed.connect(self._fit)

    def zoom(self, by: int) -> None:
        """Make it larger or smaller by a step."""
        self.step = min(max(0, self.step + by), len(STEPS) - 1)
        self._fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Make it larger with plus and smaller with minus; arrows move it."""
        if event.text() in ("+", "=", "-"):
            self.zoom(-1 if event.text() == "-" else 1)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the width there is."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        """Show it as wide as there is room, but no small picture larger than it is."""
        image = self.paper.image
        room = max(80, self.width() - 16)
        tall = theme.px(TALLEST)
        whole = min(room, theme.px(image.width()), round(tall * image.width() / image.height()))
        self.paper.set_wide(max(1, round(max(40, whole) * STEPS[self.step])))
        high = min(tall, round(max(40, whole) * image.height() / image.width()))
        self.setFixedHeight(high + 16)

    def sizeHint(self) -> QSize:
        """Return a little; it takes the width there is."""
        return QSize(200, self.height())


class AttachmentView(QWidget):
    """The content of one attachment, with what can be done with it."""

    def __init__(self, session: Session, dialogs: Dialogs, record: Record) -> None:
        super().__init__()
        self._session, self._dialogs, self._record = session, dialogs, record
        self.shown: Shown | None = None
        self.picture: PictureView | None = None
        self.text: QPlainTextEdit | None = None
        self.said = Notice(_("Opening…"), "neutral")
        self.larger = button(_("Larger"), icon="plus", small=True)
        self.smaller = button(_("Smaller"), icon="minus", small=True)
        self.copy = button(_("Save a copy outside Tandem"), icon="download", small=True)
        self.larger.clicked.connect(lambda: self._zoom(1))
        self.smaller.clicked.connect(lambda: self._zoom(-1))
        self.copy.clicked.connect(self.take_out)
        self._acts = across(self.larger, self.smaller, None, self.copy)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 8)
        self._column.addLayout(self._acts)
        self._column.addWidget(self.said)
        self._offer()
        session.changed.connect(self._changed)
        self._ask()

    def come_after(self, before: QWidget) -> None:
        """Be reached with Tab right after another widget, not after all that was there first."""
        for one in (self.larger, self.smaller, self.copy):
            self.setTabOrder(before, one)
            before = one

    def take_out(self) -> None:
        """Write a copy where the person chooses, once it is logged for whom and why."""
        shown, dialogs = self.shown, self._dialogs
        if shown is None:
            return
        recipient = dialogs.ask_text(_("For whom is the copy? It is not encrypted."))
        reason = dialogs.ask_text(_("What for? It is recorded.")) if recipient else None
        if not recipient or not reason:
            return
        ending = shown.kind.ending
        place = dialogs.save_file(_("Save a copy outside Tandem"), suggest=f"attachment.{ending}")
        if place is not None:
            self._write(place, recipient, reason)

    def _write(self, place: Path, recipient: str, reason: str) -> None:
        shown, session = self.shown, self._session
        if shown is None:
            return
        raw = shown.raw
        log = taken_out(
            {
                "recipient": recipient,
                "reason": reason,
                "what": "other",
                "what_note": _("A letter or picture"),
                "format": "other",
            },
            [self._record.client],
            record=session.new_record(),
            at=session.now().isoformat(timespec="minutes")[:16],
            records=1,
        )

        def logged(_saved: Saved) -> None:
            session.aside(lambda: write_out(place, raw), self._written, owner=self)

        session.save([log], logged)

    def _written(self, _nothing: None) -> None:
        words = _("Saved where you chose. It is not encrypted there: whoever has it can see it.")
        self.said.say(words)
        self.said.show()
        self.said.announce()

    def _ask(self) -> None:
        record, session = self._record, self._session

        def ask(store: Store) -> bytes | NotOpened | None:
            try:
                return content(store, record)
            except NotOpened as refused:
                return refused

        session.ask(
            ask,
            self._decode,
            shows=lambda raw: sight("record", [record]) if isinstance(raw, bytes) else None,
            owner=self,
            name="content",
        )

    def _decode(self, raw: bytes | NotOpened | None) -> None:
        if raw is None:
            self.said.say(
                _(
                    "This is on its way. It appears here when the laptop it was attached on has "
                    "shared it, and you have shared since."
                )
            )
            return
        if isinstance(raw, NotOpened):
            self._broken()
            return

        def decode() -> Shown | None:
            try:
                return Shown(raw)
            except NotTaken:
                return None

        self._session.aside(decode, self._show, owner=self)

    def _show(self, shown: Shown | None) -> None:
        if shown is None:
            self._broken()
            return
        if self.shown is not None:
            return
        self.shown = shown
        self.said.hide()
        name = self._record.text("title") or _("Letter or picture")
        if shown.kind is Kind.TEXT:
            self.text = QPlainTextEdit(shown.text)
            self.text.setReadOnly(True)
            self.text.setTabChangesFocus(True)
            self.text.setAccessibleName(name)
            lines = shown.text.count("\n") + len(shown.text) // 80 + 2
            high = lines * theme.metrics().lineSpacing() + 20
            self.text.setFixedHeight(min(high, theme.px(TEXT_HIGH)))
        else:
            self.picture = PictureView(shown.image, name)
        opened: QWidget | None = self.picture or self.text
        if opened is not None:
            self._column.addWidget(opened)
            self.setTabOrder(self.copy, opened)
        self._offer()

    def _broken(self) -> None:
        self.said.say(
            _(
                "This cannot be shown: what came is damaged, or is no picture and no text. The "
                "record stands. Ask whoever attached it to attach it again."
            )
        )

    def _offer(self) -> None:
        self.copy.setVisible(self.shown is not None and self._session.may_write("export"))
        self.larger.setVisible(self.picture is not None)
        self.smaller.setVisible(self.picture is not None)

    def _zoom(self, by: int) -> None:
        if self.picture is not None:
            self.picture.zoom(by)

    def _changed(self, touched: frozenset[bytes]) -> None:
        if self._record.id in touched and self.shown is None:
            self._ask()
