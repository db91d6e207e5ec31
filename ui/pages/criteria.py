# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Criteria: the versions there are, what each asks, who has agreed, and writing another one.

Rules, each with a test:

* What people are scored by is the version every agency has agreed to; the page says which, or what
  is missing.
* Whoever works for an agency that has to agree can say what it says, of exactly these words.
* The example Tandem ships with is offered as a start and is nobody's criteria.
* The coordinator says which agencies have to agree and how many places the programme has.
"""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.forms import form
from desktop_app.casework.matrix import (
    Standing,
    Version,
    agencies_of,
    in_force,
    standing,
    versions,
)
from desktop_app.casework.matrix_writing import Written, example, following
from desktop_app.casework.records import NO_CLIENT, RecordId
from desktop_app.casework.words import _
from storage.store import Store
from ui import theme
from ui.consulting import RULE, nothing, rule
from ui.kit.buttons import button
from ui.kit.card import across, clear, down, holding, reading
from ui.kit.empty import Empty
from ui.kit.labels import label
from ui.pages.beside import Beside, claim_focus
from ui.pages.choosing_read import Room, room
from ui.pages.criteria_editor import CriteriaEditor
from ui.pages.criteria_side import rule_card, versions_card
from ui.pages.criteria_version import AgreedCard, VersionCard, agreement_plan
from ui.pages.form_panel import FormPanel, Plan
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

SIDE, TIGHT = 310, 260


class CriteriaPage(QWidget):
    """The criteria.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "choosing"

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.room: Room | None = None
        self.shown: RecordId = b""
        self.editor: CriteriaEditor | None = None
        self.sentence = label("", tone="muted", wrap=True)
        self.write = button(_("&Write a version"), icon="pencil")
        self.write.clicked.connect(self._begin)
        self._main, self._side = QVBoxLayout(), QVBoxLayout()
        self._opening = True
        self._lay_out()
        session.changed.connect(self._changed)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, place: Place) -> None:
        """Show the criteria; with a record, that version."""
        self._opening = True
        self.shown = place.record or self.shown
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask for everything anew."""
        day = self.session.today()
        self.session.ask(
            lambda store: room(store, day), self._show, shows=nothing, owner=self, name="criteria"
        )

    def begin(self, begin: Written | None = None) -> None:
        """Write a version: from the one that is shown, or from the example."""
        version = self._version()
        start = begin or (following(version) if version is not None else example())
        self.beside.put_away()
        editor = CriteriaEditor(self.session, start, version.id if version else b"")
        editor.saved.connect(self._written)
        editor.closed.connect(self._put_away)
        self.editor = editor
        clear(self._main)
        self._main.addWidget(editor, 1)
        self.write.hide()
        QTimer.singleShot(0, editor, editor.start)  # once it is laid out

    def _begin(self) -> None:
        self.begin()

    def sign(self) -> None:
        """Say what one's agency says of the version that is shown."""
        version = self._version()
        if version is not None:
            self.beside.open(
                FormPanel(self.session, agreement_plan(self.session, version), NO_CLIENT)
            )

    def decide(self) -> None:
        """Say which agencies have to agree, and how many places there are."""

        def ask(store: Store) -> Plan:
            decided = rule(store)
            return Plan(
                RULE,
                _("Agencies and places"),
                _("Save"),
                record=decided,
                leave_out=tuple(
                    one for one in _rule_fields() if one not in ("agencies", "programme_places")
                ),
                says=(_("It counts on each laptop once it has shared."),),
            )

        def opened(plan: Plan) -> None:
            self.beside.open(FormPanel(self.session, plan, NO_CLIENT))

        self.session.ask(ask, opened, shows=nothing, owner=self, name="rule")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give what stands beside as much as there is room for."""
        super().resizeEvent(event)
        low = self.width() < theme.px(950)
        self.beside.set_side_width(theme.px(TIGHT if low else SIDE))

    def _changed(self, _touched: object) -> None:
        if self.isVisible():
            self.refresh()

    def _lay_out(self) -> None:
        self._side.setSpacing(M)
        self._side.setContentsMargins(0, 0, 4, 0)
        self._main.setContentsMargins(0, 0, 0, 0)
        head = across(label(_("Criteria"), "h1", weight=BOLD), None, self.write, gap=S)
        self.beside = Beside(holding(self._main), reading(holding(self._side)))
        self.beside.closed.connect(self.refresh)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, M, L, M)
        whole.setSpacing(S)
        whole.addLayout(down(head, self.sentence, gap=2))
        whole.addWidget(self.beside, 1)

    def _written(self) -> None:
        self.editor, self.shown = None, b""
        self._opening = True
        self.refresh()

    def _put_away(self) -> None:
        self.editor = None
        self._opening = True
        self.refresh()

    def _version(self) -> Version | None:
        held = versions(self.room.team) if self.room is not None else []
        wanted = next((one for one in held if one.id == self.shown), None)
        counts = in_force(self.room.team, self.session.team) if self.room is not None else None
        return wanted or (held[-1] if held and self.shown == b"" else None) or counts

    def _show(self, found: Room) -> None:
        self.room = found
        if self.editor is not None:
            return
        team = self.session.team
        version, counts = self._version(), in_force(found.team, team)
        words = (
            _("Everybody is scored by “%(called)s”.") % {"called": counts.called}
            if counts is not None
            else _("No criteria are in force yet: nobody is scored until every agency agrees.")
        )
        self.sentence.setText(words)
        clear(self._main)
        clear(self._side)
        self.write.setVisible(self.session.may_write("matrix") and version is not None)
        if version is None:
            self._main.addWidget(self._nothing(), 1)
        else:
            stands = standing(version, found.team, team)
            card = VersionCard(
                version, stands, counts=counts is not None and counts.id == version.id
            )
            self._main.addWidget(card, 1)
            self._side.addWidget(self._agreed(version, stands))
            if self._opening:
                self._opening = False
                claim_focus(self, card)
        self._side.addWidget(versions_card(self.session, found, counts, self._choose))
        change = self.decide if self.session.may_write(RULE) else None
        self._side.addWidget(rule_card(self.session, found, change))
        self._side.addStretch(1)

    def _nothing(self) -> Empty:
        act = button(_("Begin from the &example"), icon="scale")
        act.clicked.connect(lambda: self.begin(example()))
        if not self.session.may_write("matrix"):
            act.hide()
        why = _(
            "The partners choose by criteria they have agreed on. Tandem ships with an example to "
            "be argued over; nothing in it is decided."
        )
        return Empty("scale", _("The criteria of the partners will stand here"), why=why, act=act)

    def _agreed(self, version: Version, stands: Standing) -> AgreedCard:
        found = self.room.team if self.room is not None else ()
        agency = self.session.me.agency.casefold().strip()
        named = {one.casefold().strip() for one in agencies_of(found, self.session.team)}
        may = self.session.may_write("agreement") and agency in named and not version.example
        card = AgreedCard(self.session, stands, may=may)
        card.wanted.connect(self.sign)
        return card

    def _choose(self, version: RecordId) -> None:
        self.shown, self._opening = version, False
        self.refresh()
        self.setFocus(Qt.FocusReason.OtherFocusReason)


def _rule_fields() -> tuple[str, ...]:
    return tuple(one.name for one in form(RULE).field)
