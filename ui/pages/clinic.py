# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Appointments: one day at a time, your own first, a whole clinic marked from the keyboard.

A attended, D did not attend, C cancelled; B books the next one, T records a step into treatment,
Ctrl+Z takes the last mark back. Left and right change the day.
"""

from datetime import date, timedelta

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.dates import say_days
from desktop_app.casework.records import Record, RecordId
from desktop_app.casework.words import _
from storage import reads
from storage.store import Store
from ui.dialogs import Dialogs
from ui.kit.buttons import Button, button, icon_button, set_shortcut
from ui.kit.card import Card, across, down, scrolling
from ui.kit.empty import Empty
from ui.kit.labels import Line, Part, label
from ui.kit.row_list import RowList, RowSection
from ui.pages import clinic_doing
from ui.pages.beside import Beside, claim_focus
from ui.pages.clinic_words import STEP, Day, Marks, sections, summary
from ui.pages.form_panel import FormPanel
from ui.pages.today_answers import Answered
from ui.pages.today_coming import long_day
from ui.pages.today_facts import case_file
from ui.pages.today_head import taught
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, S

_STEPS = {int(Qt.Key.Key_Left): -1, int(Qt.Key.Key_Right): 1}


class ClinicPage(QWidget):
    """A day of appointments.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)
    help_topic = "clinic"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.shown = Day(session.today())
        self.answered: dict[RecordId, Answered] = {}
        self.booked: dict[RecordId, str] = {}
        self._sections: list[RowSection] = []
        self._opening = True
        self.title = label("", "h1", weight=BOLD)
        self.sentence = Line([])
        self.rows = RowList(_("Appointments of the day"))
        self.rows.answered.connect(self._answered)
        self.rows.opened.connect(lambda key: self._answered(key, "open"))
        self._build()
        QShortcut(QKeySequence("Ctrl+Z"), self, lambda: clinic_doing.undo_last(self))
        session.changed.connect(self._changed)
        self.show_day(session.today())

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, _place: Place) -> None:
        """Show the day once more."""
        self._opening = True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return self.beside.parts()

    def show_day(self, day: date) -> None:
        """Show another day; marks of the day before can no longer be taken back with one key."""
        self.shown = Day(day)
        self.answered.clear()
        self.booked.clear()
        self.title.setText(long_day(day))
        self.today.setVisible(day != self.session.today())
        self._fit()
        self.refresh()

    def refresh(self) -> None:
        """Ask for the day anew."""
        day = self.shown.on

        def ask(store: Store) -> Day:
            return gather(store, day)

        self.session.ask(ask, self._show, shows=shown_of, owner=self, name="day")

    def record(self, key: str) -> Record | None:
        """Return the appointment or the visit of a row."""
        wanted = bytes.fromhex(key.partition(":")[2])
        everything = (*self.shown.appointments, *self.shown.visits)
        return next((one for one in everything if one.id == wanted), None)

    def open_panel(self, panel: FormPanel) -> None:
        """Show a panel beside the list."""
        self.beside.open(panel)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take left and right before the frame that scrolls the rows does."""
        # Asked still while garbage is taken apart: then the frame is no longer known by name.
        if watched is getattr(self, "_area", None) and isinstance(event, QKeyEvent):
            step = _STEPS.get(event.key(), 0)
            if event.type() == QEvent.Type.KeyPress and step and not event.modifiers():
                self._step(step)
                return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the days where no row takes the arrows; record a step into treatment with T."""
        step = _STEPS.get(event.key(), 0)
        if step and not self._area.isVisible():
            self._step(step)
            return
        if event.text().upper() == "T" and self.rows.current():
            self._answered(self.rows.current(), STEP)
            return
        super().keyPressEvent(event)

    def _step(self, by: int) -> None:
        self.show_day(self.shown.on + timedelta(days=by))
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)

    def _pack_button(self) -> Button:
        made = button(_("Visit pack"), "quiet", icon="footprints", small=True)
        set_shortcut(made, "Ctrl+P")
        made.clicked.connect(
            lambda: self.go.emit(Place("visit_pack", form=self.shown.on.isoformat()))
        )
        return made

    def _taught(self) -> list[tuple[str, str]]:
        """Return the keys that do something for this person, and what."""
        marks = [("A", _("attended")), ("D", _("did not attend"))]
        marks += [("C", _("cancelled")), ("B", _("book next"))]
        marks = marks if self.session.may_write("appointment") else []
        step = [("T", _("treatment step"))] if self.session.may_write("treatment_step") else []
        return [("← →", _("day")), *marks, *step]

    def _build(self) -> None:
        back = icon_button("chevron-left", _("A day back"))
        on = icon_button("chevron-right", _("A day on"))
        self.today = button(_("&Today"))
        back.clicked.connect(lambda: self._step(-1))
        on.clicked.connect(lambda: self._step(1))
        self.today.clicked.connect(lambda: self.show_day(self.session.today()))
        self._keys = taught(self._taught())
        pack = self._pack_button()
        self._head = (back, on, self.title, self.today, pack)
        if not self.session.may_write("visit"):
            pack.hide()  # as on Today: they are down for none
        first = across(back, on, self.title, self.today, None, self._keys, pack, gap=S)
        inner = QWidget()
        inner.setLayout(down(self.rows, None, gap=0, margins=(0, 0, 4, 0)))
        self._area = scrolling(inner)
        self._area.installEventFilter(self)
        self._none = self._nothing()
        self._none.hide()
        card = Card()
        card.layout().setContentsMargins(6, 4, 6, 6)  # type: ignore[union-attr]
        card.add(self._area, 1)
        card.add(self._none, 1)
        self.beside = Beside(card)
        self.beside.closed.connect(lambda: self.rows.setFocus(Qt.FocusReason.OtherFocusReason))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(L, S, L, S + 2)
        whole.setSpacing(S)
        whole.addLayout(down(first, self.sentence, gap=2))
        whole.addWidget(self.beside, 1)
        self.setFocusProxy(self.rows)

    def _nothing(self) -> Empty:
        clients = _ChooseClient(_("Choose a client"), icon="users")
        clients.clicked.connect(lambda: self.go.emit(Place("clients")))
        return Empty(
            "calendar-days",
            _("Appointments and planned visits of the day will stand here"),
            why=_("Nothing that has reached this laptop is booked. Book from a client's page."),
            act=clients,
        )

    def _show(self, day: Day) -> None:
        if day.on != self.shown.on:
            return
        self.shown = day
        self.fill()
        if self._opening:
            self._opening = False
            claim_focus(self, self.rows if self._sections else self._none)

    def fill(self) -> None:
        """Lay the rows out anew, unless nothing about them is different."""
        session = self.session
        marks = Marks(dict(self.answered), dict(self.booked))
        shown = sections(self.shown, marks, me=session.me, team=session.team, now=session.now())
        away = say_days(self.shown.on, session.today())
        counted = summary(self.shown, session.me)
        self.sentence.set_parts([Part(f"{away[:1].upper()}{away[1:]}. ", "muted"), Part(counted)])
        self._none.setVisible(not shown)
        if not shown and self._area.isAncestorOf(self.window().focusWidget()):
            self._none.setFocus(Qt.FocusReason.OtherFocusReason)  # else Qt would hand it on
        self._area.setVisible(bool(shown))
        if shown != self._sections:
            self._sections = shown
            self.rows.set_sections(shown)

    def _answered(self, key: str, code: str) -> None:
        record = self.record(key)
        if record is not None:
            clinic_doing.answer(self, record, code)

    def _changed(self, _what: object) -> None:
        """Look again, unless nobody is looking: opening the page looks again anyway."""
        if self.isVisible():
            self.refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the taught keys out of a small window."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Leave the taught keys out where there is no room for all their words."""
        beside = [one for one in self._head if not one.isHidden()]
        wide = sum(one.sizeHint().width() + S for one in (*beside, self._keys))
        self._keys.setVisible(wide <= self.width() - 2 * L)


def shown_of(day: Day) -> Sight | None:
    """Return what a day shows, for the audit; None for a day without anybody."""
    shown = [*day.appointments, *day.visits]
    return sight("appointments", shown) if shown else None


def gather(store: Store, day: date) -> Day:
    """Return a day's appointments and visits. Asked on the store's thread."""
    on = day.isoformat()
    booked = reads.records(store, form="appointment", since=on, until=on, newest_first=False)
    visits = [
        one
        for one in reads.records(store, form="visit", since=on, until=on, newest_first=False)
        if one.text("state") == "planned"
    ]
    clients = {one.client for one in (*booked, *visits)}
    files = {client: one for client in clients if (one := case_file(store, client)) is not None}
    return Day(day, tuple(booked), tuple(visits), files)


class _ChooseClient(Button):
    """Stands where nothing is booked, and leaves the arrows to the page: they turn the days."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Pass the arrows on; Qt would take them for Tab."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.ignore()
            return
        super().keyPressEvent(event)
