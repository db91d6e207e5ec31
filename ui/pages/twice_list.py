# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The list of what was written twice: what is to settle, then what was settled otherwise."""

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.casework.forms import forms
from desktop_app.casework.words import _, ngettext
from ui import theme
from ui.in_sight import InSight
from ui.kit.buttons import button
from ui.kit.card import across, down, scrolling
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import Part, label
from ui.kit.row import Lead, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.pages import twice_words
from ui.pages.twice_facts import Matter
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import M, S

WIDE, SLIM = 320, 264
MOST = 100
"""Questions listed at once; the others come once these are settled."""


class MatterList(QFrame):
    """The list.

    Signals:
        chosen: key of the question the keyboard is on.
        entered: a person wants to go on to its answers.
        everything_wanted: not one client's alone, all that is open.
    """

    chosen = Signal(str)
    entered = Signal()
    everything_wanted = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._marked = session, ""
        self.setProperty("look", "card")
        self._title = label(_("Written twice"), "h1", weight=BOLD)
        self.count = Chip("", "neutral", icon="git-merge")
        self.rows = RowList(_("Written twice"))
        self.rows.current_changed.connect(self.chosen)
        self.rows.opened.connect(lambda _key: self.entered.emit())
        self.everything = button(_("Show &all that is open"), "quiet", icon="list", small=True)
        self.everything.clicked.connect(self.everything_wanted)
        inner = QWidget()
        inner.setLayout(down(self.rows, None, margins=(0, 0, 4, 0)))
        head = across(self._title, None, self.count, margins=(8, 0, 4, 0))
        area = scrolling(inner)
        InSight(area, also=lambda: self.rows.rows.get(self._marked))
        whole = down(head, area, self.everything, gap=S, margins=(6, M, 6, S))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.rows)

    def set_roomy(self, *, roomy: bool) -> None:
        """Take the width there is."""
        self.setFixedWidth(theme.px(WIDE if roomy else SLIM))
        self._title.role = "h1" if roomy else "h2"
        self._title.setFont(theme.font(self._title.role, BOLD))

    def set_matters(self, found: Sequence[Matter], current: str, *, of_one: bool) -> None:
        """Show other questions; the keyboard stays where it is, if that is still there.

        Args:
            found: what is open and what is told, each the latest first.
            current: key of the question that is shown; it is listed whatever else is not.
            of_one: whether they are one client's alone.
        """
        to_settle = [one for one in found if one.open]
        told = [one for one in found if not one.open]
        words = ngettext("%(n)d open", "%(n)d open", len(to_settle)) % {"n": len(to_settle)}
        chip = ChipText(words, "warn", "git-merge")
        self.count.set_chip(chip if to_settle else ChipText(_("None open"), "ok", "check"))
        self.everything.setVisible(of_one)
        self.rows.setVisible(bool(found))
        heads = ((_("To settle"), to_settle), (_("Settled, for you to know"), told))
        self.rows.set_sections(
            [
                RowSection(head, tuple(map(self._row, _listed(some, current))), _end(some))
                for head, some in heads
                if some
            ]
        )

    def mark(self, key: str) -> None:
        """Show which question stands beside the list, wherever the keyboard is."""
        self._marked = key
        for each, row in self.rows.rows.items():
            tone = "accent" if each == key else ""
            if row.item().tone != tone:
                self.rows.set_row(replace(row.item(), tone=tone))

    def take_focus(self) -> None:
        """Put the keyboard back into the list."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.rows.current():
            self.rows.go_to(self.rows.current())

    def _row(self, matter: Matter) -> RowItem:
        shipped = forms().get(matter.record.form)
        title = _(shipped.title) if shipped else _("Something a newer Tandem wrote")
        said = _("Objection: %(asked)s") if matter.objected else "%(asked)s"
        icon = "message-square" if matter.objected else "git-merge"
        who = twice_words.people_words(matter, self._session)
        return RowItem(
            key=matter.key,
            lead=Lead(icon, "warn" if matter.open else "neutral"),
            name=matter.name or title,
            because=(Part(said % {"asked": matter.asked}), Part(f"  {who}", "muted")),
        )


def _listed(some: Sequence[Matter], current: str) -> list[Matter]:
    return [one for at, one in enumerate(some) if at < MOST or one.key == current]


def _end(some: Sequence[Matter]) -> str:
    more = len(some) - MOST
    return ngettext("%(n)d more", "%(n)d more", more) % {"n": more} if more > 0 else ""
