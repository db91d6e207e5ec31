# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The agenda at the left of a forum: everybody once, under headings, done ones ticked."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.casework.due import Due
from desktop_app.casework.forum import heading
from desktop_app.casework.records import RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import down, scrolling
from ui.kit.labels import Part, label
from ui.kit.row import Lead, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.pages.forum_facts import Agenda
from ui.tokens import M, S

WIDE, SLIM = 250, 200


class AgendaList(QFrame):
    """The list.

    Signals:
        chosen: client (bytes) whose card is wanted.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self.rows = RowList(_("Agenda"))
        self.rows.current_changed.connect(self._moved)
        inner = QWidget()
        inner.setLayout(down(self.rows, None, margins=(0, 0, 4, 0)))
        self.hint = label(
            _("It built itself from dates, misses, releases and scores. Up and Down: next person."),
            "small",
            tone="muted",
            wrap=True,
        )
        whole = down(scrolling(inner), self.hint, gap=S, margins=(6, S, 2, M))
        whole.setStretch(0, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.rows)
        self._filling = False

    def set_roomy(self, *, roomy: bool) -> None:
        """Take the width there is."""
        self.setFixedWidth(theme.px(WIDE if roomy else SLIM))
        self.hint.setVisible(roomy)

    def show_agenda(self, found: Agenda, called: Callable[[str], str]) -> None:
        """Show who is on the agenda."""
        sections: dict[str, list[Due]] = {}
        for due in found.dues:
            sections.setdefault(heading(due), []).append(due)
        self._filling = True
        self.rows.set_sections(
            [_section(head, some, found, called) for head, some in sections.items()]
        )
        self._filling = False

    def go_to(self, client: RecordId) -> None:
        """Put the keyboard on somebody."""
        if client.hex() in self.rows.rows:
            self.rows.go_to(client.hex())

    def _moved(self, key: str) -> None:
        if key and not self._filling:
            self.chosen.emit(bytes.fromhex(key))


def _section(
    head: str, some: Sequence[Due], found: Agenda, called: Callable[[str], str]
) -> RowSection:
    done = sum(one.client in found.recorded for one in some)
    end = _("%(done)d of %(all)d") % {"done": done, "all": len(some)}
    return RowSection(head, tuple(_row(one, found, called) for one in some), end)


def _row(due: Due, found: Agenda, called: Callable[[str], str]) -> RowItem:
    entry = found.recorded.get(due.client)
    lead, said = Lead("circle", "neutral"), reference(due.client)
    if entry is not None:
        skipped = bool(entry.skipped)
        lead = Lead("circle-minus" if skipped else "circle-check", "neutral" if skipped else "ok")
        said = _("%(ref)s, skipped") % {"ref": said} if skipped else said
    return RowItem(due.client.hex(), lead, called(due.name), because=(Part(said, "muted"),))
