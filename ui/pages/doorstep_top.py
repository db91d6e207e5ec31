# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The top of the doorstep: who, then what is dangerous, then how to reach them safely.

It never scrolls away, and stands before any address.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.safe_contact import SafeLine
from desktop_app.casework.words import _
from ui import theme
from ui.kit.alert_bar import AlertBar
from ui.kit.buttons import button
from ui.kit.chip import Chip, ChipText
from ui.kit.flow import FlowLayout
from ui.kit.labels import IconMark, Words, label
from ui.kit.person_banner import fact
from ui.theme import BOLD, SEMI

_KINDS = {"do": ("check", "ok"), "dont": ("x", "bad"), "say": ("message-square", "info")}


class Who(QFrame):
    """Whose door it is, on one line.

    Signals:
        helped: a person wants help.
    """

    helped = Signal()

    def __init__(self, *, helps: bool = True) -> None:
        """Make a line.

        Args:
            helps: whether it offers help; not where the window's own bar does.
        """
        super().__init__()
        self.setProperty("look", "header")
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(16, 6, 12, 6)
        self._row.setSpacing(14)
        self.name: Words = label("", "h1", weight=BOLD)
        self._facts, self._states = QWidget(), QWidget()
        self._flow = FlowLayout(self._facts, gap=16, line_gap=2)
        self._chips = FlowLayout(self._states, line_gap=2)
        self._help = button(_("Help"), "quiet", icon="circle-help", name=_("Help with this page"))
        self._help.clicked.connect(self.helped)
        if not helps:
            self._help.hide()
        self._row.addWidget(self.name)
        self._row.addWidget(self._facts, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self._states, 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addStretch(1)
        self._row.addWidget(self._help)

    def set_person(
        self, name: str, facts: Sequence[tuple[str, str]], states: Sequence[ChipText]
    ) -> None:
        """Say who it is, with the states that matter at a door."""
        self.name.setText(name)
        self.setAccessibleName(", ".join([name, *(f"{key} {value}" for key, value in facts)]))
        _clear(self._flow)
        _clear(self._chips)
        for key, value in facts:
            self._flow.addWidget(fact(key, value))
        self._states.setVisible(bool(states))
        for state in states:
            self._chips.addWidget(Chip(state.text, state.tone, icon=state.icon))

    def set_low(self, *, low: bool) -> None:
        """Take less height."""
        self.name.role = "h2" if low else "h1"
        self.name.setFont(theme.font(self.name.role, BOLD))
        self.setMinimumHeight(theme.px(40 if low else 46))
        edge = 3 if low else 6
        self._row.setContentsMargins(16, edge, 12, edge)


class SafeContact(QFrame):
    """How to reach them safely: do, don't, say."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "header")
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 5, 16, 5)
        row.setSpacing(14)
        row.addWidget(label(_("Safe contact"), "small", tone="muted", weight=SEMI))
        self._held = QWidget()
        self._flow = FlowLayout(self._held, gap=18, line_gap=2)
        self._lines: tuple[SafeLine, ...] = ()
        self._role = "body"
        row.addWidget(self._held, 1)

    def set_lines(self, lines: Sequence[SafeLine]) -> None:
        """Show the rules; say so when nobody ever asked."""
        self._lines = (*lines,) or (
            SafeLine("none", _("Never asked. Ask before you ring, text, write or leave anything.")),
        )
        _clear(self._flow)
        for line in self._lines:
            self._flow.addWidget(_shown(line, self._role))
        self.setAccessibleName(
            _("Safe contact: %(rules)s") % {"rules": "; ".join(one.words for one in self._lines)}
        )

    def set_narrow(self, *, narrow: bool) -> None:
        """Take smaller letters, so that the rules stay on one line where they can."""
        role = "small" if narrow else "body"
        if role != self._role:
            self._role = role
            self.set_lines(self._lines)


class Top(QWidget):
    """Who, safety, safe contact.

    Signals:
        alerts_wanted: a person wants to see all alerts.
    """

    alerts_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.who = Who()
        self.alert = AlertBar()
        self.alert.opened.connect(self.alerts_wanted)
        self.alert.hide()
        self.safe = SafeContact()
        for part in (self.who, self.alert, self.safe):
            column.addWidget(part)


def _shown(line: SafeLine, role: str) -> QWidget:
    icon, tone = _KINDS.get(line.kind, ("circle-help", "warn"))
    pair = QWidget()
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(6)
    row.addWidget(IconMark(icon, tone, size=14))
    row.addWidget(label(line.words, role, weight=SEMI if line.kind == "dont" else theme.REGULAR))
    return pair


def _clear(flow: FlowLayout) -> None:
    while (item := flow.takeAt(0)) is not None:
        old = item.widget()
        if old is not None:
            old.hide()
            old.deleteLater()
