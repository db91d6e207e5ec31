# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Attaching a letter or a picture: chosen or dropped, looked at, named, saved into the vault.

Rules, each with a test:

* A file is read, decoded and cleaned away from the window; nothing of it is written anywhere but
  into the vault.
* The name it came with is offered as a title, cleaned, and is otherwise forgotten.
* What cannot be taken in is said in a sentence, and nothing is saved.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel

from desktop_app.casework.attachments import FORM, Kind, NotTaken, clean_title
from desktop_app.casework.records import Answers, RecordId, link
from desktop_app.casework.words import _
from storage.store import Saved, Store
from sync.parts import attach
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import across, down, ground
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.pages.form_panel import FormPanel, Plan
from ui.pictures import cleaned, decoded, read_file
from ui.session import Session
from ui.tokens import S

WIDE, HIGH = 132, 96


@dataclass(frozen=True, slots=True)
class Picked:
    """A file that was looked at: what it is, the bytes to keep, how it looks small, its title."""

    kind: Kind
    content: bytes
    small: QImage
    title: str

    @property
    def words(self) -> str:
        """Return what will be kept, in words."""
        said = {
            "size": say_size(len(self.content)),
            "kind": _("Text") if self.kind is Kind.TEXT else _("Picture"),
        }
        return _("%(kind)s, %(size)s. What it said of place, camera and author is gone.") % said


def say_size(size: int) -> str:
    """Return a size in words."""
    if size < 1 << 20:
        return _("%(n)d KB") % {"n": max(1, round(size / 1024))}
    return _("%(n).1f MB") % {"n": size / (1 << 20)}


def look_at(place: Path) -> Picked | NotTaken:
    """Read and clean a file; return what it is, or why it cannot be taken in."""
    try:
        kind, content = cleaned(read_file(place))
    except NotTaken as refused:
        return refused
    small = QImage()
    if kind is not Kind.TEXT:
        bounds = Qt.AspectRatioMode.KeepAspectRatio, Qt.TransformationMode.SmoothTransformation
        small = decoded(content, kind).scaled(2 * WIDE, 2 * HIGH, *bounds)
    return Picked(kind, content, small, clean_title(place.name))


def dropped_file(dropped: QMimeData) -> Path | None:
    """Return the first file of this laptop that is dropped; None when there is none."""
    files = [one.toLocalFile() for one in dropped.urls() if one.isLocalFile()]
    return Path(files[0]) if files and files[0] else None


class AttachingPanel(FormPanel):
    """Asks for a file, shows what will be kept of it, and saves it."""

    def __init__(
        self,
        session: Session,
        dialogs: Dialogs,
        client: RecordId,
        place: Path | None = None,
        *,
        belongs_to: RecordId = b"",
        who: str = "",
    ) -> None:
        plan = Plan(
            FORM,
            _("Attach a letter or picture"),
            _("Attach"),
            leave_out=("kind", "belongs_to"),
            who=who,
        )
        super().__init__(session, plan, client)
        self._dialogs, self._belongs_to = dialogs, belongs_to
        self.picked: Picked | None = None
        self.trouble = Notice("", "bad")
        self.trouble.hide()
        self.choose = button(_("Choose a &file"), icon="folder-open")
        self.choose.clicked.connect(self.pick)
        self._small = QLabel()
        self._small.hide()
        self._words = label("", "small", tone="muted", wrap=True)
        self._ground = self._file()
        for place_in, one in ((2, self._ground), (3, self.trouble)):  # no wider than the questions
            self._whole.insertLayout(place_in, across(one, margins=(0, 0, S, 0)))
        self.setAcceptDrops(True)
        self._say(_("A photograph or scan (JPEG, PNG) or a plain text. You can also drop it here."))
        if place is not None:
            self.take(place)

    def _file(self) -> QFrame:
        """Return where the file is chosen, and what is known of it."""
        beside = down(self.choose, self._words, None, gap=6)
        beside.setAlignment(self.choose, Qt.AlignmentFlag.AlignLeft)
        row = across(self._small, beside, gap=12, margins=(10, 10, 10, 10))
        row.setAlignment(self._small, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        held: QFrame = ground("quote", row)
        # Else it, and the window with it, is as high as its words at their narrowest.
        held.setMinimumHeight(1)
        return held

    def start(self) -> None:
        """Put the cursor where the file is chosen, or into the first question."""
        if self.picked is None:
            self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            super().start()

    def pick(self) -> None:
        """Ask for a file."""
        kinds = _("Pictures and texts") + " (*.jpg *.jpeg *.png *.txt);;" + _("All files") + " (*)"
        place = self._dialogs.open_file(self.plan.title, kinds=kinds)
        if place is not None:
            self.take(place)

    def take(self, place: Path) -> None:
        """Look at a file, away from the window."""
        self.picked = None
        self.trouble.hide()
        self._small.hide()
        self.act.setEnabled(False)
        self._say(_("Looking at it…"))
        self._session.aside(lambda: look_at(place), self._looked, owner=self)

    def save(self) -> None:
        """Save it into the vault, unless something has to be put right first."""
        picked, asked, session = self.picked, self._questions, self._session
        if picked is None:
            self._refuse(_("Choose a file first. Nothing was saved."))
            return
        if not asked.may_be_saved():
            return
        known: Answers = {"kind": picked.kind.code}
        if self._belongs_to:
            known["belongs_to"] = link(self._belongs_to)
        edit = session.edit(
            FORM,
            {**asked.answers(), **known},
            client=self._client,
            narrowed_to=asked.narrowed_to(),
        )
        self.act.setEnabled(False)
        now_ms = session.clock.now_ms()

        def keep(store: Store) -> Saved:
            with store.transaction():
                store.save(session.alterations(store, [edit]), now_ms=now_ms)
                return attach(store, edit, picked.content, now_ms=now_ms, random=os.urandom)

        def done(saved: Saved) -> None:
            session.changed.emit(saved.touched)
            asked.drafting.drop()
            self.saved.emit(edit)
            self.closed.emit()

        session.work(keep, done, owner=self)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a file of this laptop."""
        if dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Look at the file that was dropped."""
        place = dropped_file(event.mimeData())
        if place is not None:
            event.acceptProposedAction()
            self.take(place)

    def _looked(self, found: Picked | NotTaken) -> None:
        self.act.setEnabled(True)
        if isinstance(found, NotTaken):
            self._say("")
            self._refuse(str(found))
            return
        self.picked = found
        self._say(found.words)
        self.choose.set_words(_("Choose another &file"))
        self._small.setVisible(not found.small.isNull())
        if not found.small.isNull():
            picture = QPixmap.fromImage(found.small)
            picture.setDevicePixelRatio(2 / (theme.px(100) / 100))
            self._small.setPixmap(picture)
        if found.title and not self.view.answers().get("title"):
            self.view.resume({"title": found.title})
            self._questions.drafting.touched()
        self.view.go_to("title")

    def _refuse(self, words: str) -> None:
        self.trouble.say(words)
        self.trouble.show()
        self.trouble.announce()

    def _say(self, words: str) -> None:
        self._words.setText(words)
        self._words.setVisible(bool(words))
