# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taking something out of Tandem: for whom, why and where to are asked, it is logged, then written.

Rules, each with a test:

* What leaves is logged first: the record of it is durable in the vault before a file is written.
* The suggested name of the file is nobody's.
* What is written says at its foot who took it out, when, for whom and why.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.casework.audit import taken_out
from desktop_app.casework.codes import codes
from desktop_app.casework.dates import say_whole
from desktop_app.casework.forms import Problem, form
from desktop_app.casework.records import Answers, Edit, Json, RecordId
from desktop_app.casework.words import _
from storage.store import Saved, Store
from ui.dialogs import Dialogs
from ui.kit.segment import Segment
from ui.pages.form_panel import FormPanel, Plan
from ui.session import Session

ASKED = ("recipient", "reason")


def nothing_locks() -> str:
    """Return what should be known of every file."""
    return _(
        "Nothing locks this file: whoever has it can read it. That it was taken out, by whom and "
        "why, is recorded first."
    )


@dataclass(frozen=True, slots=True)
class Leaves:
    """What is taken out.

    Attributes:
        what: a code of the form, for the log.
        title: heading of the panel.
        says: what should be known before it is.
        name: the suggested name of the file, without its ending.
        formats: endings to choose from, each with its words; the first is chosen.
        about: the clients it is about, for the log.
        warns: what should be known before anything else.
        preset: answers known already.
        check: what has to be put right here beyond what the form itself asks.
    """

    what: str
    title: str
    says: str
    name: str
    formats: Sequence[tuple[str, str]]
    about: Sequence[RecordId] = ()
    warns: tuple[str, ...] = ()
    preset: Mapping[str, Json] = field(default_factory=dict)
    check: Callable[[Answers], list[Problem]] | None = None


class ExportPanel(FormPanel):
    """Asks for whom and why, then where to; a child writes the file."""

    def __init__(
        self, session: Session, dialogs: Dialogs, leaves: Leaves, client: RecordId = b""
    ) -> None:
        """Ask what is to be asked.

        Args:
            session: who takes it out.
            dialogs: asks where to.
            leaves: what is taken out.
            client: whose page it is asked on.
        """
        self._dialogs, self._leaves = dialogs, leaves
        rest = tuple(one.name for one in form("export").field if one.name not in ASKED)
        act = _("Choose where")
        plan = Plan(
            "export",
            leaves.title,
            act,
            preset=leaves.preset,
            leave_out=rest,
            says=(*leaves.warns, leaves.says),
            check=leaves.check,
        )
        super().__init__(session, plan, client)
        self.format = Segment(leaves.formats, _("Format"), value=leaves.formats[0][0])
        if len(leaves.formats) > 1:
            self.put_choice(self.format)

    def client_of(self, _record: RecordId) -> RecordId:
        """Return nobody: the entry itself is about nobody in particular."""
        return b""

    def write(self, store: Store, place: Path, ending: str, made: str) -> None:
        """Write it, now that the vault knows of it; on the store's thread, far from any widget.

        Args:
            store: the vault.
            place: where it goes.
            ending: the format that was chosen.
            made: who takes it out, when, for whom and why.

        Raises:
            NotWritten: it could not be written there.
        """
        raise NotImplementedError

    def save(self) -> None:
        """Ask where to, log it, and write the file."""
        if not self._questions.may_be_saved():
            return
        session, ending, leaves = self._session, self.format.value(), self._leaves
        place = self._dialogs.save_file(self.plan.title, suggest=f"{leaves.name}.{ending}")
        if place is None:
            return
        self.act.setEnabled(False)
        known = [one.code for one in codes("export_format").code]
        kind = ending if ending in known else "other"
        asked = {**self._questions.answers(), "what": leaves.what, "format": kind}
        at = session.now().isoformat(timespec="minutes")
        log = taken_out(asked, leaves.about, record=session.new_record(), at=at)
        made = self._made(log)

        def written(_nothing: None) -> None:
            self._questions.drafting.drop()
            self.saved.emit(log)
            self.closed.emit()

        def logged(_saved: Saved) -> None:
            session.work(lambda store: self.write(store, place, ending, made), written, owner=self)

        session.save([log], logged)

    def _made(self, log: Edit) -> str:
        """Return who takes it out, when, for whom and why."""
        said = {
            "name": self._session.me.name,
            "when": say_whole(str(log.answers["happened_at"])),
            "whom": log.answers.get("recipient", ""),
            "why": log.answers.get("reason", ""),
        }
        return _("Taken out by %(name)s on %(when)s for %(whom)s: %(why)s") % said
