# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Agreements: what organisations agreed to tell one another, and which are to be looked at again.

Everybody reads it; the coordinator writes one down, renews it (R), changes it (C), ends it (E).
The one to be reviewed first stands first; what was renewed or ended stands last and is kept.
"""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.records import NO_CLIENT, Edit, Record, RecordId
from desktop_app.casework.sharing_agreements import FORM, Register, SharingAgreement, register
from desktop_app.casework.words import _
from storage import reads
from storage.store import Store
from ui import theme
from ui.consulting import nothing
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, holding, scrolling
from ui.kit.empty import Empty
from ui.kit.labels import label
from ui.kit.notice import announce
from ui.kit.row_list import RowList
from ui.pages.agreements_doing import change_plan, new_plan, renewal_of, renewal_plan
from ui.pages.agreements_rows import CHANGE, END, RENEW, ReadCard, sections
from ui.pages.beside import Beside, claim_focus
from ui.pages.form_panel import FormPanel, Plan
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

SIDE, TIGHT, NARROW = 330, 270, 1000


class AgreementsPage(QWidget):
    """The register of information-sharing agreements.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "team"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.may = session.may_write(FORM)
        self.register: Register | None = None
        self._place, self._opening = Place("agreements"), True
        self._said: tuple[SharingAgreement | None, list[SharingAgreement]] = (None, [])
        self.write = button(_("&Write one down"), icon="plus")
        self.write.clicked.connect(lambda: self._ask(new_plan()))
        self.rows = RowList(_("Agreements"))
        self.rows.answered.connect(self._answer)
        self.rows.current_changed.connect(self._read)
        self.rows.opened.connect(lambda _key: self._to_side())
        self._list, self._side = QVBoxLayout(), QVBoxLayout()
        self._lay_out()
        session.changed.connect(self._changed)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, place: Place) -> None:
        """Show the agreements; with a record, that one; with a form, the draft of it."""
        self._place, self._opening = place, True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask for everything anew."""
        day = self.session.today()

        def ask(store: Store) -> Register:
            return register(reads.records(store, form=FORM), day)

        self.session.ask(ask, self._show, shows=nothing, owner=self, name="agreements")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what stands beside as much as there is room for."""
        super().resizeEvent(event)
        low = self.width() < theme.px(NARROW)
        self.beside.set_side_width(theme.px(TIGHT if low else SIDE))

    def _lay_out(self) -> None:
        self._list.setContentsMargins(0, 0, 4, 0)
        self._list.addWidget(self.rows)
        self._list.addStretch(1)
        self._area = scrolling(holding(self._list))
        self._nothing = self._empty()
        self._nothing.hide()
        card = Card()
        card.layout().setContentsMargins(6, 6, 6, 6)  # type: ignore[union-attr]
        card.add(self._area, 1)
        card.add(self._nothing, 1)
        self._side.setContentsMargins(0, 0, 4, 0)
        self._read_here = holding(self._side)
        self.beside = Beside(card, self._read_here)
        self.beside.closed.connect(lambda: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        about = _("What organisations have agreed in writing to tell one another, and until when.")
        head = across(label(_("Agreements"), "h1", weight=BOLD), None, self.write, gap=S)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, M, L, M)
        whole.setSpacing(S)
        whole.addLayout(down(head, label(about, tone="muted"), gap=2))
        whole.addWidget(self.beside, 1)
        self.setFocusProxy(self.rows)

    def _empty(self) -> Empty:
        act = button(_("Write &one down"), "primary", icon="plus")
        act.clicked.connect(lambda: self._ask(new_plan()))
        why = _(
            "Write down what was signed between the agencies, what allows it, and when it is to "
            "be looked at again. Tandem says so four weeks before."
        )
        if not self.may:
            act.hide()
            why = _("The coordinator writes down what the agencies signed, for all to read.")
        return Empty("file-check", _("No agreement is written down yet"), why=why, act=act)

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def _show(self, found: Register) -> None:
        self.register = found
        empty = not (found.standing or found.over)
        self.write.setVisible(self.may and not empty)
        self._area.setVisible(not empty)
        self._nothing.setVisible(empty)
        self._give_way(empty=empty)
        self.rows.set_sections(sections(found, self.session.today(), may=self.may))
        named = found.find(self._place.record or b"")
        if self._opening and named is not None:
            to = self.rows.go_to if self.rows.focus_key() else self.rows.mark
            to(named.id.hex())
        self._read(self.rows.current())
        if self._opening:
            self._opening = False
            claim_focus(self, self._nothing if empty else self.rows)
            if self._place.form == FORM:
                self._go_on(found)

    def _give_way(self, *, empty: bool) -> None:
        """Leave the whole width to the list while there is nothing to read beside it."""
        given = self.beside.give_side()
        if empty and given is not None:
            given.hide()
        elif not empty:
            self.beside.take_side(self._read_here)

    def _go_on(self, found: Register) -> None:
        """Take a draft up again: of a change, of a renewal, or of a new one."""
        key = self._place.record or b""
        old, renewed = found.find(key), found.find(renewal_of(key))
        if self.may:
            if old is not None:
                self._ask(change_plan(old.record))
            else:
                self._ask(renewal_plan(renewed.record) if renewed is not None else new_plan())

    def _answer(self, key: str, code: str) -> None:
        one = self._found(key)
        if one is None:
            return
        plans: Mapping[str, Callable[[Record], Plan]] = {
            RENEW: renewal_plan,
            CHANGE: change_plan,
            END: lambda record: change_plan(record, ends=True),
        }
        self._ask(plans[code](one.record))

    def _ask(self, plan: Plan) -> None:
        panel = FormPanel(self.session, plan, NO_CLIENT)
        panel.saved.connect(self._saved)
        self.beside.open(panel)

    def _saved(self, edit: Edit) -> None:
        self._place, self._opening = Place("agreements", record=edit.record), True
        announce(self, _("Kept."))
        self.refresh()

    def _found(self, key: str) -> SharingAgreement | None:
        named: RecordId = bytes.fromhex(key)
        return self.register.find(named) if self.register is not None and key else None

    def _read(self, key: str) -> None:
        """Show at the side what the row the keyboard is on is about."""
        one = self._found(key)
        before = self.register.before(one) if one is not None and self.register else []
        if self._said == (one, before):
            return  # whoever reads it there stays there
        self._said = (one, before)
        clear(self._side)
        if one is not None:
            self._side.addWidget(ReadCard(self.session, one, before), 1)

    def _to_side(self) -> None:
        item = self._side.itemAt(0)
        card = item.widget() if item is not None else None
        if card is not None:
            card.setFocus(Qt.FocusReason.TabFocusReason)
