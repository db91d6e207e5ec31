# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The head of the client list: what narrows it, how it is sorted, and through which lens."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from ui import theme
from ui.kit.buttons import button, set_shortcut
from ui.kit.card import across
from ui.kit.drop_down import DropDown
from ui.kit.labels import label
from ui.kit.pills import Pills
from ui.kit.search_field import SearchField
from ui.kit.segment import Segment
from ui.pages.clients_ask import Narrow
from ui.pages.clients_rows import Lens, lens_for
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import M, S

PAUSE_MS = 120


class ClientsHead(QWidget):
    """What stands above the list.

    Signals:
        changed: something else is to be listed.
        looked_through: the list is to be seen through another lens.
        left: the cursor is to go into the list.
        twice: who may be here twice is to be looked at.
    """

    changed = Signal()
    looked_through = Signal()
    left = Signal()
    twice = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.lens = lens_for(session.me)
        works = {Role.KEY_WORKER, Role.NURSE, Role.OFFICER} & session.roles
        self.typed = SearchField(
            _("Narrow by name, nickname, reference or date of birth"),
            short=_("Narrow by name or reference"),
        )
        self.typed.setAccessibleName(_("Narrow the list by name"))
        self.narrow = Pills(
            [(one.value, one.words) for one in Narrow],
            _("Show only"),
            values=[Narrow.MINE] if works else [],
        )
        self.sorting = DropDown(
            [
                ("because", _("Who needs somebody first")),
                ("last_seen", _("Longest not seen first")),
                ("name", _("By name")),
            ],
            _("Sorted"),
            value="because" if self.lens is Lens.CARE else "name",
        )
        self.lenses = Segment(
            [(one.value, one.words) for one in Lens], _("Columns for"), value=self.lens, small=True
        )
        self.add = button(_("&Add a client"), "primary", icon="user-plus")
        set_shortcut(self.add, "Ctrl+Shift+N")
        self.doubles = button(_("Here &twice?"), "quiet", icon="copy", small=True)
        self._build()
        # In their places: else they are windows.
        self.doubles.setVisible(Role.COORDINATOR in session.roles)
        self.add.setVisible(session.may_write("client"))
        self._connect()
        theme.on_change(self._restyle)

    def _connect(self) -> None:
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self.changed)
        self.typed.textChanged.connect(lambda _text: self._pause.start())
        self.typed.returnPressed.connect(self.left)
        self.narrow.changed.connect(self.changed)
        self.sorting.chosen.connect(lambda _order: self.changed.emit())
        self.lenses.chosen.connect(self._look_through)
        self.doubles.setToolTip(_("Look for clients who may be here twice"))
        self.doubles.clicked.connect(self.twice)

    def words(self) -> str:
        """Return what the list is narrowed by."""
        return self.typed.text().strip()

    def narrowed(self) -> frozenset[Narrow]:
        """Return the filters that are on."""
        return frozenset(Narrow(code) for code in self.narrow.values())

    def order(self) -> str:
        """Return how the list is to be sorted."""
        return self.sorting.value()

    def sort_by(self, order: str) -> None:
        """Sort the list otherwise."""
        self.sorting.set_value(order)
        self.changed.emit()

    def clear(self) -> None:
        """Switch the filters off; what was typed stays."""
        self.narrow.set_values(())
        self.changed.emit()

    def _look_through(self, lens: str) -> None:
        self.lens = Lens(lens)
        self.looked_through.emit()

    def _build(self) -> None:
        title = label(_("Clients"), "h1", weight=BOLD)
        first = across(title, self.doubles, None, self.sorting, self.lenses, self.add, gap=M)
        second = across(gap=M)
        second.addWidget(self.typed, 0, Qt.AlignmentFlag.AlignTop)
        second.addWidget(self.narrow, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(S)
        whole.addLayout(first)
        whole.addLayout(second)

    def _restyle(self) -> None:
        self.typed.setFixedWidth(theme.px(300))
        # Pills are a little lower than a field: their first line stands in the middle of it.
        self.narrow.setContentsMargins(0, 2, 0, 0)
