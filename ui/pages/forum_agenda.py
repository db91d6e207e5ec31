# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The agenda at the left of a forum: everybody once, under headings, done ones ticked."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from desktop_app.casework.due import Due
from desktop_app.casework.forum import heading
from desktop_app.casework.names import fold
from desktop_app.casework.records import RecordId
from desktop_app.casework.reference import reference
from desktop_app.casework.words import _
from ui import theme
from ui.kit.card import across, down, scrolling
from ui.kit.keycap import Keycap
from ui.kit.labels import Part, label
from ui.kit.row import Lead, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.kit.search_field import SearchField
from ui.pages.forum_facts import Agenda
from ui.tokens import S

WIDE, SLIM = 250, 216


class AgendaList(QFrame):
    """The list.

    Signals:
        chosen: client (bytes) whose card is wanted.
    """

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("look", "bar")
        self._found: Agenda | None = None
        self._called: Callable[[str], str] = str
        self.finding = SearchField(_("Find: a name or reference"), short=_("Find"))
        self.finding.textEdited.connect(lambda _text: self._fill())
        self.finding.returnPressed.connect(self._take_first)
        self.rows = RowList(_("Agenda"))
        self.rows.current_changed.connect(self._moved)
        self.nobody = label("", tone="muted", wrap=True)
        self.nobody.setContentsMargins(6, 0, 6, 0)
        self.nobody.hide()
        inner = QWidget()
        inner.setLayout(down(self.nobody, self.rows, None, margins=(0, 0, 4, 0)))
        self.hint = label(
            _("It built itself from dates, misses, releases and scores."),
            "small",
            tone="muted",
            wrap=True,
        )
        self.hint.setContentsMargins(6, 0, 6, 0)
        look = across(Keycap("F"), self.finding, gap=6, margins=(6, 0, 6, 0))
        whole = down(look, scrolling(inner), self.hint, gap=S, margins=(6, S, 2, S))
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setFocusProxy(self.rows)
        self._filling, self._roomy = False, True
        theme.on_change(self._take_width)

    def set_roomy(self, *, roomy: bool) -> None:
        """Take the width there is."""
        if roomy != self._roomy:
            self._roomy = roomy
            self._fill()
        self.hint.setVisible(roomy)
        self._take_width()

    def _take_width(self) -> None:
        self.setFixedWidth(theme.px(WIDE if self._roomy else SLIM))

    def show_agenda(self, found: Agenda, called: Callable[[str], str]) -> None:
        """Show who is on the agenda."""
        self._found, self._called = found, called
        self._fill()

    def start_finding(self) -> None:
        """Let somebody type whom they look for."""
        self.finding.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.finding.selectAll()

    def _fill(self) -> None:
        found = self._found
        if found is None:
            return
        wanted = fold(self.finding.text())
        sections: dict[str, list[Due]] = {}
        for due in found.dues:
            if not wanted or wanted in fold(due.name) or wanted in fold(reference(due.client)):
                sections.setdefault(heading(due), []).append(due)
        self._filling = True
        as_row = partial(_row, found=found, called=self._called, roomy=self._roomy)
        self.rows.set_sections(
            [_section(head, some, found, as_row) for head, some in sections.items()]
        )
        self._filling = False
        self.nobody.setText(_("Nobody on the agenda is called so."))
        self.nobody.setVisible(not sections and bool(wanted))  # else it stands in the middle

    def _take_first(self) -> None:
        """Show the first of those found, and the whole agenda again."""
        if not self.rows.rows:
            return
        first = next(iter(self.rows.rows))
        self.finding.clear()
        self._fill()
        self.rows.go_to(first)
        self.chosen.emit(bytes.fromhex(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give up finding with Esc."""
        if event.key() == Qt.Key.Key_Escape and self.finding.hasFocus():
            self.finding.clear()
            self._fill()
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        super().keyPressEvent(event)

    def go_to(self, client: RecordId) -> None:
        """Put the keyboard on somebody."""
        if client.hex() in self.rows.rows:
            self.rows.go_to(client.hex())

    def _moved(self, key: str) -> None:
        if key and not self._filling:
            self.chosen.emit(bytes.fromhex(key))


def _section(
    head: str, some: Sequence[Due], found: Agenda, as_row: Callable[[Due], RowItem]
) -> RowSection:
    done = sum(one.client in found.recorded for one in some)
    end = _("%(done)d of %(all)d") % {"done": done, "all": len(some)}
    return RowSection(head, tuple(as_row(one) for one in some), end)


def _row(due: Due, *, found: Agenda, called: Callable[[str], str], roomy: bool) -> RowItem:
    """Return somebody as a row; a name has a line each for surname and forename."""
    entry = found.recorded.get(due.client)
    lead, said = Lead("circle", "neutral"), reference(due.client)
    name, _comma, forename = called(due.name).partition(", ")
    if forename:
        said = f"{forename} · {said}" if roomy else forename
    if entry is not None:
        skipped = bool(entry.skipped)
        lead = Lead("circle-minus" if skipped else "circle-check", "neutral" if skipped else "ok")
        said = _("%(ref)s, skipped") % {"ref": said} if skipped else said
    return RowItem(due.client.hex(), lead, name, because=(Part(said, "muted"),))
