# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The breach note of a lost laptop: read and altered here, taken out where a person chooses.

Rules, each with a test:

* What was altered is kept in the vault while it is typed; a lock loses nothing of it.
* What becomes known later, such as that the laptop is out, is followed where nobody has altered it.
* That it leaves is written into the audit before the file is.
* The paper and the text say the same.
"""

from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from desktop_app.casework.words import _
from desktop_app.reports.breach_note import breach_sheet, breach_text
from desktop_app.reports.pdf import pdf
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.labels import label
from ui.kit.note_edit import NoteEdit
from ui.kit.notice import Notice
from ui.pages.client_taking_out import write_out
from ui.pages.export_panel import ExportPanel, Leaves, nothing_locks
from ui.session import Session
from ui.tokens import S

KEPT = "breach.note"
"""Settings inside the vault, one for each laptop: the note as it was left."""
SOON_MS = 700


class NoteCard(Card):
    """The note."""

    def __init__(self, session: Session, device: bytes, text: str, drafted: str) -> None:
        """Show a note.

        Args:
            session: whose vault keeps it.
            device: of which laptop.
            text: the note as it stands.
            drafted: what is known now, as a draft.
        """
        super().__init__(_("5. The breach note"), role="h3", gap=S)
        self._session, self._device, self.drafted = session, device, drafted
        words = _(
            "A draft of what is known. What stands in square brackets only you can say. Keep it "
            "also where nobody needs to be told (UK GDPR art. 33(5))."
        )
        self.add(label(words, tone="muted", wrap=True))
        self.edit = NoteEdit(_("The breach note"), lines=22)
        self.edit.set_text(text)
        self.add(self.edit)
        self.save = button(_("&Save the note…"), "primary", icon="download")
        self.anew = button(_("&Begin it anew"), "quiet", icon="refresh-cw")
        self.add(across(self.save, self.anew, None, gap=S))
        self.said = Notice("", "ok")
        self.said.hide()
        self.add(self.said)
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.keep)
        self.edit.typed.connect(lambda _text: self._soon.start())

    @staticmethod
    def kept(store: Store, device: bytes) -> tuple[str, str]:
        """Return the note of a laptop as it was left, and the draft it follows; empty for none."""
        found = store.get(f"{KEPT}.{device.hex()}")
        text, drafted = found if isinstance(found, list) and len(found) == 2 else ("", "")
        return str(text), str(drafted)

    def text(self) -> str:
        """Return the note."""
        return self.edit.text()

    def begin(self, text: str) -> None:
        """Begin it anew."""
        self.drafted = text
        self.edit.setPlainText(text)
        self.keep()

    def keep(self) -> None:
        """Keep what was typed."""
        self._soon.stop()
        text, drafted, name = self.text(), self.drafted, f"{KEPT}.{self._device.hex()}"

        def put(store: Store) -> None:
            with store.transaction():
                store.put(name, [text, drafted])

        self._session.work(put)

    def hideEvent(self, event: QHideEvent) -> None:
        """Keep what was typed before the page goes."""
        if self._soon.isActive():
            self.keep()
        super().hideEvent(event)


class NotePanel(ExportPanel):
    """Asks for whom and why, then writes the note, which names no client."""

    def __init__(self, session: Session, dialogs: Dialogs, text: str) -> None:
        self._text, self._team = text, session.team
        leaves = Leaves(
            "breach_note",
            _("Save the breach note"),
            nothing_locks(),
            "breach-note",
            [("pdf", _("PDF")), ("txt", _("Text"))],
        )
        super().__init__(session, dialogs, leaves)

    def write(self, _store: Store, place: Path, ending: str, made: str) -> None:
        """Write the note."""
        if ending == "pdf":
            team = self._team
            sheet = breach_sheet(self._text, team=team.name, made=made, made_up=team.made_up)
            write_out(place, pdf(sheet))
        else:
            write_out(place, breach_text(self._text, made=made))
