# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The breach note of a lost laptop: read and altered here, taken out where a person chooses.

Rules, each with a test:

* What was altered is kept in the vault while it is typed; a lock loses nothing of it.
* What becomes known later, such as that the laptop is out, is followed where nobody has altered it.
* That it leaves is written into the audit before the file is.
* The paper and the text say the same.
"""

from PySide6.QtCore import QTimer
from PySide6.QtGui import QHideEvent

from desktop_app.casework.audit import taken_out
from desktop_app.casework.dates import say_moment
from desktop_app.casework.forms import form
from desktop_app.casework.records import Edit, RecordId
from desktop_app.casework.words import _
from desktop_app.reports.breach_note import breach_sheet, breach_text
from desktop_app.reports.pdf import pdf
from storage.store import Saved, Store
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, across
from ui.kit.labels import label
from ui.kit.note_edit import NoteEdit
from ui.kit.segment import Segment
from ui.pages.client_taking_out import ASKED, write_out
from ui.pages.form_panel import FormPanel, Plan
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


class NotePanel(FormPanel):
    """Asks for whom and why, then writes the note."""

    def __init__(self, session: Session, dialogs: Dialogs, text: str) -> None:
        self._dialogs, self._text = dialogs, text
        plan = Plan(
            "export",
            _("Save the breach note"),
            _("Choose where"),
            leave_out=tuple(one.name for one in form("export").field if one.name not in ASKED),
            says=(
                _(
                    "Nothing locks this file: whoever has it can read it. That it was taken out, "
                    "by whom and why, is recorded first."
                ),
            ),
        )
        super().__init__(session, plan, b"")
        self.format = Segment([("pdf", _("PDF")), ("txt", _("Text"))], _("Format"), value="pdf")
        self.put_choice(self.format)

    def client_of(self, _record: RecordId) -> RecordId:
        """Return nobody: the note names no client."""
        return b""

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        if not self._questions.may_be_saved():
            return
        session, ending = self._session, self.format.value()
        place = self._dialogs.save_file(self.plan.title, suggest=f"breach-note.{ending}")
        if place is None:
            return
        self.act.setEnabled(False)
        kind = "pdf" if ending == "pdf" else "other"
        asked = {**self._questions.answers(), "what": "breach_note", "format": kind}
        at = session.now().isoformat(timespec="minutes")
        log = taken_out(asked, [], record=session.new_record(), at=at)
        made, team, text = self._made(log), session.team.name, self._text

        def write(_store: Store) -> None:
            if ending == "pdf":
                write_out(place, pdf(breach_sheet(text, team=team, made=made)))
            else:
                write_out(place, breach_text(text, made=made))

        def written(_nothing: None) -> None:
            self._questions.drafting.drop()
            self.saved.emit(log)
            self.closed.emit()

        def logged(_saved: Saved) -> None:
            session.work(write, written, owner=self)

        session.save([log], logged)

    def _made(self, log: Edit) -> str:
        said = {
            "name": self._session.me.name,
            "when": say_moment(str(log.answers["happened_at"]), self._session.today()),
            "whom": log.answers.get("recipient", ""),
            "why": log.answers.get("reason", ""),
        }
        return _("Taken out by %(name)s on %(when)s for %(whom)s: %(why)s") % said
