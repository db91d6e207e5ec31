# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may be here twice: the pairs nobody has decided about, the likeliest first."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _, ngettext
from ui.exchange_run import Stage
from ui.kit.buttons import Button, button
from ui.kit.card import holding, reading
from ui.kit.chip import Chip, ChipText
from ui.kit.empty import Empty
from ui.kit.row_list import RowList, RowSection
from ui.pages import joining_facts, joining_words
from ui.pages.joining_facts import Likely
from ui.pages.joining_look import Look
from ui.pages.sharing_progress import SharingProgress
from ui.session import Session
from ui.tokens import S


class Said(QWidget):
    """One thing said in the middle of the page, in the place of what stood there."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._held: Empty | None = None

    def say(self, icon: str, head: str, why: str = "", *, act: Button | None = None) -> None:
        """Say something else."""
        if self._held is not None:
            self._column.removeWidget(self._held)
            self._held.hide()
            self._held.deleteLater()
        self._held = Empty(icon, head, why=why, act=act)
        self._column.addWidget(self._held)
        self._held.show()
        if act is not None:
            self.setFocusProxy(act)


class PairsList(QWidget):
    """The list, how far the look for it is, and what is said where there is nobody.

    Signals:
        opened: the `Likely` a person wants to look at.
        ready: there is something to put the keyboard on.
    """

    opened = Signal(object)
    ready = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self.pairs: dict[str, Likely] = {}
        self.look = Look(session, parent=self)
        self.look.stage.connect(self._say_stage)
        self.look.found.connect(self._show)
        self.look.ended.connect(self._say_stopped)
        self.count = Chip("", "neutral")
        self.count.hide()
        self.progress = SharingProgress()
        self.progress.stop_button.set_words(_("Sto&p"))
        self.progress.stop.connect(self.look.stop)
        self.rows = RowList(_("Who may be here twice"))
        self.rows.opened.connect(self._open)
        self.rows.answered.connect(lambda key, _code: self._open(key))
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.rows)
        column.addStretch(1)
        self._list, self.said = reading(holding(column)), Said()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(S)
        for each in (self.progress, self._list, self.said):
            whole.addWidget(each)
        self._list.hide()

    def begin(self) -> None:
        """Look through everybody, unless that is under way."""
        self._say("hourglass", _("Looking for who may be here twice"))
        self.look.begin()

    def decided(self, one: RecordId, other: RecordId) -> None:
        """Leave out a pair that was decided about, and see what that means for others."""
        held, gone = self.pairs.items(), {one, other}
        self.pairs = {key: pair for key, pair in held if {pair.one.id, pair.other.id} != gone}
        self._show_rows()
        self.look.again()

    def _open(self, key: str) -> None:
        self.opened.emit(self.pairs[key])

    def _say_stage(self, stage: Stage) -> None:
        if self.look.running:
            self.progress.show()
            self.progress.show_stage(stage)

    def _say_stopped(self) -> None:
        again = button(_("Look again"), "primary", icon="search")
        again.clicked.connect(self.begin)
        words = _("Nothing was changed.")
        self._say("copy", _("The look was stopped"), words, act=again)
        self.progress.hide()
        self.setFocusProxy(self.said)
        self.ready.emit()

    def _show(self, found: list[Likely]) -> None:
        self.progress.hide()
        self.pairs = {one.key: one for one in found}
        self._show_rows()

    def _show_rows(self) -> None:
        count = len(self.pairs)
        words = ngettext("%(n)d to look at", "%(n)d to look at", count) % {"n": count}
        self.count.set_chip(ChipText(words, "warn"))
        self.count.setVisible(bool(count))
        if not count:
            why = _(
                "Whoever is added is compared with everybody by name, sound, date of birth, "
                "telephone and home."
            )
            self.rows.set_sections([])
            self._say("circle-check", _("Nobody seems to be here twice"), why)
            return
        today = self._session.today()
        rows = tuple(joining_words.row(one, today) for one in self.pairs.values())
        end = _("More when these are decided") if count == joining_facts.MOST else ""
        self.rows.set_sections([RowSection("", rows, end=end)])
        self.said.hide()
        self._list.show()
        self.setFocusProxy(self.rows)
        self.ready.emit()

    def _say(self, icon: str, head: str, why: str = "", *, act: Button | None = None) -> None:
        self._list.hide()
        self.count.hide()
        self.said.say(icon, head, why, act=act)
        self.said.show()
