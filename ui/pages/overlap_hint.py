# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""While a visit or an appointment is given a day: who else sees the client that day.

Rules, each with a test:

* It is said as soon as the day is typed, and goes when another day is.
* Where another visits that day, one press makes it a joint visit instead of a second one.
* Services from outside the team are named, with their workers as they are recorded: they are not
  in the calendar, and only ringing them tells.
"""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QVBoxLayout

from desktop_app.casework.codes import codes
from desktop_app.casework.dates import as_date
from desktop_app.casework.due import CaseFile
from desktop_app.casework.overlap import (
    Other,
    Together,
    go_together,
    other_words,
    others_on,
    to_join,
)
from desktop_app.casework.records import Record
from desktop_app.casework.wording import listed
from desktop_app.casework.words import _, ngettext
from ui.kit.buttons import button
from ui.kit.card import down
from ui.kit.notice import Notice
from ui.pages.form_panel import FormPanel
from ui.session import Session
from ui.tokens import S

DAYS = {"visit": "at", "appointment": "booked_for"}
"""The field that says the day, by form."""


class OverlapHint(QObject):
    """Stands above the questions of a panel that books something."""

    def __init__(
        self,
        panel: FormPanel,
        session: Session,
        file: CaseFile,
        joined: Callable[[Together], None],
    ) -> None:
        """Watch a panel.

        Args:
            panel: asks for the visit or the appointment.
            session: whose it is.
            file: the client's case file.
            joined: gets what makes it one visit, once somebody wants that.
        """
        super().__init__(panel)
        self._panel, self._session, self._file, self._joined = panel, session, file, joined
        self._other: Other | None = None
        self.together = button(_("&Go together"), icon="handshake", small=True)
        self.together.clicked.connect(self._go_together)
        self.notice = Notice("", "info", icon="users", buttons=[self.together])
        self.notice.hide()
        self.others = Notice(_outside(file.client), "neutral", icon="phone")
        if not self.others.text():  # shown before it has a parent it would be a window of its own
            self.others.hide()
        column = panel.layout()
        if isinstance(column, QVBoxLayout):
            both = down(self.notice, self.others, gap=S, margins=(0, 0, S, 0))
            column.insertLayout(2, both)
        self.watch()

    def watch(self) -> None:
        """Watch the questions that are asked now."""
        self._panel.view.edited.connect(lambda _name: self.look())
        self.look()

    def look(self) -> None:
        """Say who else sees them on the day that stands there now."""
        plan, session = self._panel.plan, self._session
        day = _day(self._panel)
        found = self._others(day) if day is not None else []
        joint = to_join(found, "partners") if plan.form == "visit" else None
        self._other = joint
        self.together.setVisible(joint is not None)
        self.notice.setVisible(bool(found))
        if not found:
            return
        said = [other_words(one, session.team, on=session.today()) for one in found]
        words = ". ".join(said) + (_(": go together?") if joint else ".")
        if words != self.notice.text():
            self.notice.say(words)
            self.notice.announce()

    def _others(self, day: date) -> Sequence[Other]:
        own = self._panel.plan.record
        found = others_on(self._file.records, day, self._session.me.id)
        return [one for one in found if own is None or one.record.id != own.id]

    def _go_together(self) -> None:
        if self._other is None:
            return
        session = self._session
        made = go_together(
            self._other.record,
            session.me.id,
            team=session.team,
            now=session.now(),
            new=session.new_record,
            mine=_planned(self._panel.plan.record),
        )
        self._joined(made)


def _planned(record: Record | None) -> Record | None:
    """Return the visit that is given another day, where it is still planned."""
    planned = record is not None and record.form == "visit" and record.text("state") == "planned"
    return record if planned else None


def _day(panel: FormPanel) -> date | None:
    """Return the day that stands in the panel; None for none that can be read."""
    value = panel.view.answers().get(DAYS.get(panel.plan.form, ""))
    return as_date(value) if isinstance(value, str) else None


def _outside(client: Record) -> str:
    """Return which other services work with them, and their workers; empty for none."""
    schemes = client.answers.get("schemes")
    names = [codes("scheme").find(str(one)) for one in schemes] if isinstance(schemes, list) else []
    titles = [_(one.short or one.label) for one in names if one is not None]
    workers = client.text("other_workers").strip()
    if not titles and not workers:
        return ""
    words = ngettext(
        "%(services)s works with them too.", "%(services)s work with them too.", len(titles)
    )
    said = words % {"services": listed(titles)} if titles else ""
    return " ".join(one for one in (said, workers) if one)
