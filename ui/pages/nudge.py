# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The nudge on Today: work that no backup of the last day holds. Quiet, and once a day.

It never takes the focus. "Not today" is kept for the day; a made-up team is never nudged.
"""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.kit.notice import Notice
from ui.pages.laptop_words import said_when
from ui.places import Place
from ui.session import Session
from ui.upkeep import Upkeep
from ui.upkeep_state import State, keep


class Nudge(QWidget):
    """One sentence and two buttons, hidden while there is nothing to say.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)

    def __init__(self, session: Session, upkeep: Upkeep) -> None:
        super().__init__()
        self._session, self._upkeep = session, upkeep
        self.act = button("", small=True)
        self.act.clicked.connect(self._act)
        self.later = button(_("Not today"), "quiet", small=True)
        self.later.clicked.connect(self._not_today)
        self.notice = Notice("", "neutral", icon="archive", buttons=[self.act, self.later])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.notice)
        upkeep.changed.connect(self._show)
        self.hide()

    def _show(self, state: State) -> None:
        session = self._session
        said_no = state.known.nudged == session.today().isoformat()
        due = state.overdue(session.clock.now_ms()) and not said_no and not session.team.made_up
        if due:
            self.notice.say(self._words(state))
            self.act.set_words(_("Back up now") if state.ready else _("See to it"))
        self.setVisible(due)

    def _words(self, state: State) -> str:
        if not state.known.last_ms:
            return _("Nothing on this laptop is backed up yet.")
        when = said_when(state.known.last_ms, self._session.today())
        return _("The last backup is from %(when)s. Work has gone on since.") % {"when": when}

    def _act(self) -> None:
        if self._upkeep.state.ready:
            self._upkeep.back_up()
        self.go.emit(Place("laptop"))

    def _not_today(self) -> None:
        today = self._session.today().isoformat()
        self._session.work(lambda store: keep(store, nudged=today), owner=self)
        self.hide()
