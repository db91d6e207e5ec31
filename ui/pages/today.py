# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today: what is due, in order, each row with its reason and its answers; the week at the right.

Rows are answered where they stand: S seen, N not seen, R rebook. An answered row becomes its own
receipt and leaves only when Today is opened again. The sentence under the date is counted by a
rule and says nothing the rule does not know.
"""

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.boards import todays
from desktop_app.casework.due import CaseFile, Due
from desktop_app.casework.records import RecordId
from desktop_app.casework.today import summary_sentence
from desktop_app.casework.words import _
from storage.store import Draft
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.buttons import button
from ui.kit.card import Card, scrolling
from ui.kit.empty import Empty
from ui.kit.notice import announce
from ui.kit.row_list import RowList, RowSection
from ui.pages import today_doing
from ui.pages.beside import Beside, begin_on_a_client, claim_focus
from ui.pages.boards_follow import GoingThrough
from ui.pages.form_panel import FormPanel
from ui.pages.minutely import Minutely
from ui.pages.row_answers import answer_row
from ui.pages.today_answers import Answered
from ui.pages.today_asking import Asking
from ui.pages.today_coming import long_day, week
from ui.pages.today_facts import Gathered
from ui.pages.today_head import TodayHead
from ui.pages.today_missed import chain_strip
from ui.pages.today_week import SLIM, WIDE, WeekCard
from ui.pages.today_words import jumps, parts, sections, state_words
from ui.places import Place
from ui.session import Session
from ui.tokens import L, S

STACKED, NARROW, LOW = 860, 1100, 560
"""Widths and height, at text size 1, below which the page gives way."""


class TodayPage(QWidget):
    """What one person should see and do today.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)
    help_topic = "today"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.gathered: Gathered | None = None
        self.asking = Asking(session, self, self._show)
        self.files: Mapping[RecordId, CaseFile] = {}
        self.receipts: dict[str, tuple[Due, Answered]] = {}
        self._shown: list[RowSection] = []
        self._opening = True
        self.head = TodayHead(visits=session.may_write("visit"))
        self.head.jumped.connect(self._jump)
        self.head.pack.clicked.connect(lambda: self.go.emit(Place("visit_pack")))
        self.rows = RowList(_("What is due today"))
        self.rows.answered.connect(lambda key, code: answer_row(self, key, code, "today"))
        self.rows.opened.connect(lambda key: self.rows.answered.emit(key, today_doing.OPEN))
        self.rows.current_changed.connect(lambda _key: self._teach())
        self.week = WeekCard()
        self.week.opened.connect(self._open_from_week)
        self.week.all_opened.connect(lambda: self.go.emit(Place("clinic")))
        self._build()
        self.following = GoingThrough(session, self)
        self.following.went.connect(lambda _left: self.refresh())
        Minutely(self, self.refresh)
        session.changed.connect(self._changed)
        session.drafted.connect(lambda _draft: self._changed(frozenset()))

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, _place: Place) -> None:
        """Open Today: what was answered before has gone."""
        self.receipts.clear()
        self._opening = True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def refresh(self) -> None:
        """Ask what is due now."""
        self.asking.everything()

    def keep(self, due: Due, answered: Answered | None) -> None:
        """Let a row stand as the receipt of what was answered; None takes the receipt away."""
        if answered is None:
            self.receipts.pop(due.key, None)
        else:
            self.receipts[due.key] = (due, answered)
            announce(self, f"{due.name}, {state_words(answered)[0]}")
        self._fill()

    def open_panel(self, panel: FormPanel) -> None:
        """Show a panel in the place of the week."""
        self.beside.open(panel)

    def tell(self, notice: QWidget) -> None:
        """Let something quiet stand between the day and its rows."""
        self._whole.insertWidget(1, notice)

    def file(self, client: RecordId) -> CaseFile | None:
        """Return the whole case file of the client of the row that is answered."""
        return self.files.get(client)

    def draft(self, due: Due) -> Draft | None:
        """Return the draft a row is about."""
        return self.gathered.drafts.get((due.client, due.record)) if self.gathered else None

    def due(self, key: str) -> Due | None:
        """Return the due thing of a row."""
        if key in self.receipts:
            return self.receipts[key][0]
        dues = self.gathered.dues if self.gathered else ()
        return next((one for one in dues if one.key == key), None)

    def _build(self) -> None:
        inner = QWidget()
        self._inner = QVBoxLayout(inner)
        self._inner.setContentsMargins(0, 0, 4, 0)
        self._inner.addWidget(self.rows)
        self._inner.addStretch(1)
        self._area = scrolling(inner)
        everybody = button(_("Look at your clients"), icon="users")
        everybody.clicked.connect(lambda: self.go.emit(Place("clients")))
        self._nothing = Empty(
            "sun",
            _("Nothing that has reached this laptop is due for you"),
            why=_("Visits due, releases, missed appointments and drafts will stand here."),
            act=everybody,
            tone="ok",
        )
        self._nothing.hide()
        card = Card()
        card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        card.add(self._area, 1)
        card.add(self._nothing, 1)
        self.beside = Beside(card, self.week)
        self.beside.closed.connect(lambda: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        self._whole = whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S + 2)
        whole.setSpacing(S)
        whole.addWidget(self.head)
        whole.addWidget(self.beside, 1)
        self.setFocusProxy(self.rows)

    def _show(self, gathered: Gathered) -> None:
        self.gathered = gathered
        self.following.follow(gathered.shown, todays())
        today = self.session.today()
        dues = list(gathered.dues)
        left, arrived = gathered.shown.left, gathered.facts.all_arrived
        said = summary_sentence(dues, all_arrived=arrived, left=left)
        self.head.set_sentence(long_day(today), parts(said))
        self.head.set_jumps(jumps(dues))
        self.head.set_empty(empty=not dues)
        self.week.set_week(*week(gathered.coming, dues, gathered.files, today=today))
        self._fill()
        if self._opening:
            self._opening = left > 0 and not any(due.client for due in dues)
            begin_on_a_client(self.rows, dues)
            claim_focus(self, self.rows)

    def _fill(self) -> None:
        """Lay the rows out anew, unless nothing about them is different."""
        gathered, session = self.gathered, self.session
        if gathered is None:
            return
        shown = sections(gathered.dues, self.receipts, now=session.now())
        self._nothing.setVisible(not shown and not gathered.shown.left)
        self._area.setVisible(bool(shown))
        if shown == self._shown:
            return
        self._shown = shown
        extras = {
            due.key: partial(chain_strip, due.chain, session.team, session.now())
            for due in gathered.dues
            if due.chain is not None and due.key not in self.receipts
        }
        self.rows.set_sections(shown, extras)
        self._teach()

    def _teach(self) -> None:
        """Teach the keys of the row the keyboard is on."""
        rows = (row for section in self._shown for row in section.rows)
        self.head.teach(next((one for one in rows if one.key == self.rows.current()), None))

    def _jump(self, heading: str) -> None:
        section = next((one for one in self._shown if one.heading == heading), None)
        if section is not None:
            self.rows.go_to(section.rows[0].key)
            self._area.ensureWidgetVisible(self.rows.rows[section.rows[-1].key], 0, 8)
            self._area.ensureWidgetVisible(self.rows.rows[section.rows[0].key], 0, 32)

    def _open_from_week(self, key: str) -> None:
        kind, _colon, client = key.partition(":")
        if kind == "client":
            self.go.emit(Place("client", client=bytes.fromhex(client)))

    def _changed(self, touched: frozenset[RecordId]) -> None:
        """Look again, unless nobody is looking: opening the page looks again anyway."""
        self.asking.touch(touched)
        if self.isVisible():
            self.asking.again()

    def _fit(self) -> None:
        """Give way: first the taught keys, then the width of the week, then its place."""
        scale = max(theme.current().text_scale, 1.0)
        wide = self.width() / scale
        self.head.set_small(small=wide < NARROW or self.height() / scale < LOW)
        beneath = self._inner.indexOf(self.week) >= 0
        if wide < STACKED and not beneath:
            self.beside.give_side()
            self.week.setMinimumWidth(0)
            self.week.setMaximumWidth(16_777_215)
            self._inner.insertWidget(1, self.week)
            self.week.set_whole(whole=True)
        elif wide >= STACKED and beneath:
            self._inner.removeWidget(self.week)
            self.week.set_whole(whole=False)
            self.beside.take_side(self.week)
        self.beside.set_side_width(theme.px(WIDE if wide >= NARROW else SLIM))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give way to a small window."""
        super().resizeEvent(event)
        self._fit()
