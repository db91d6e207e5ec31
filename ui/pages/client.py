# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The client page: who it is, what to beware of, what happened, what comes next.

The alert stands before any address. What can be done is only what the person's roles may write.
Booking and changing the setting stand beside the timeline and block nothing.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from desktop_app.casework.attachments import FORM
from desktop_app.casework.audience import HEALTH
from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from storage import listing, reads
from storage.store import Draft, Store
from ui import theme
from ui.dialogs import Dialogs
from ui.kit.alert_bar import AlertBar
from ui.kit.card import down, holding, scrolling
from ui.kit.empty import Empty
from ui.kit.overflow import OverflowRow
from ui.kit.person_banner import PersonBanner
from ui.kit.undo_bar import UndoBar
from ui.pages import client_doing, client_reads
from ui.pages.attaching import dropped_file
from ui.pages.beside import Beside, claim_focus
from ui.pages.client_actions import made_actions, made_buttons
from ui.pages.client_cards import SideCards
from ui.pages.client_file import ClientFile, client_file
from ui.pages.client_joined import Joined, joined
from ui.pages.client_missed import missed_lines
from ui.pages.client_posture import posture_lines
from ui.pages.client_timeline import ALERTS
from ui.pages.client_timeline_card import TimelineCard, Told
from ui.pages.draft_places import place_of_draft
from ui.pages.form_panel import FormPanel
from ui.pages.plan_facts import Weeks, weeks_of
from ui.pages.side_line import SideItem
from ui.places import Place
from ui.session import Session
from ui.tokens import L, M

SIDE, SLIM_SIDE = 312, 280


@dataclass(frozen=True, slots=True)
class Shown:
    """What the page asks the store for, in one go.

    Attributes:
        file: the file, ready to show; None for a client who is not held.
        files: every client who is this person, the one they are shown as first.
        joined: what makes these one.
        past: what happened.
        drafts: what the reader has begun about them.
        missed: appointments that were, where they add up.
        weeks: how their last weeks went, for whoever holds health.
        posture: how much attention they get, and who agreed.
    """

    file: ClientFile | None
    files: tuple[RecordId, ...] = ()
    joined: tuple[Joined, ...] = ()
    past: Told = field(default_factory=Told)
    drafts: tuple[Draft, ...] = ()
    missed: tuple[SideItem, ...] = ()
    weeks: Weeks = field(default_factory=Weeks)
    posture: tuple[SideItem, ...] = ()


def shown_of(client: RecordId, shown: Shown) -> Sight | None:
    """Return what the page shows, for the audit; None for a client who is not held."""
    if shown.file is None:
        return None
    records = [*shown.file.records, *shown.past.past.records, *shown.weeks.records]
    return sight("client", records, clients=[client, *shown.files])


def question(
    client: RecordId, session: Session, past: Callable[[Store], Told]
) -> Callable[[Store], Shown]:
    """Return what to ask the vault for the case file of a client, and `past` for what happened."""
    team, now, me = session.team, session.now(), session.me.id
    holds_health = HEALTH in session.me.audiences

    def ask(store: Store) -> Shown:
        record = reads.client(store, client)
        if record is None:
            return Shown(None)
        files = tuple(store.whole(client))
        standing = client_reads.standing(store, client, now=now)
        made = client_file(
            record,
            standing,
            team,
            now=now,
            namesakes=client_reads.namesakes(store, record),
            twice=client_reads.answered_twice(store, client),
            files=files,
            seen=listing.last_seen(store, client),
        )
        drafts = [one for one in store.drafts() if one.client in files and one.author == me]
        missed = missed_lines(store, made.client.id, team, now=now)
        weeks = weeks_of(store, client, now.date()) if holds_health else Weeks()
        posture = posture_lines(store, made.client.id, made.records, session)
        return Shown(
            made,
            files,
            joined(store, files),
            past(store),
            tuple(drafts),
            missed,
            weeks,
            posture,
        )

    return ask


class ClientPage(QWidget):
    """One client.

    Signals:
        go: a `Place` to go to.
    """

    go = Signal(object)
    help_topic = "client"

    def __init__(self, session: Session, dialogs: Dialogs) -> None:
        super().__init__()
        self.session, self.dialogs = session, dialogs
        self.client: RecordId = b""
        self._asked: RecordId = b""
        self.files: tuple[RecordId, ...] = ()
        self.file: ClientFile | None = None
        self._drafts: tuple[Draft, ...] = ()
        self._wanted, self._opening = "", False
        self._actions = OverflowRow(
            made_buttons(session, self.do), made_actions(session, self, self.do)
        )
        self.banner = PersonBanner(self._actions)
        self.alert = AlertBar()
        self.alert.opened.connect(self._open_alerts)
        self.timeline = TimelineCard(session)
        self.timeline.opened.connect(self._open)
        self.timeline.drafted.connect(self._open_draft)
        self.side = side = SideCards(session)
        side.opened.connect(self._open)
        side.wanted.connect(self.do)
        side.board.connect(lambda board: self.go.emit(Place("boards", form=board)))
        side.asked.connect(self._answer)
        side.parted.connect(lambda one: client_doing.open_parting(self, one))
        side.compared.connect(
            lambda other: self.go.emit(Place("joining", client=self.client, record=other))
        )
        self.undo = UndoBar()
        self.setAcceptDrops(True)
        self._build()
        session.changed.connect(self._changed)
        session.drafted.connect(self._drafted)
        self._show(Shown(None), known=False)

    @property
    def panel(self) -> FormPanel | None:
        """Return the panel that is open."""
        return self.beside.panel

    def show_place(self, place: Place) -> None:
        """Show a client; what was shown of another one goes at once."""
        client = place.client or b""
        if client != self._asked:
            self.beside.put_away()
            self.client = self._asked = client
            self.undo.end()
            self.timeline.forget()
            self._show(Shown(None), known=False)
        self._wanted, self._opening = place.form or "", True
        self.refresh()

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.banner, self.alert, *self.beside.parts()]

    def do(self, code: str) -> None:
        """Do one of the things that can be done."""
        client_doing.do(self, code)

    def refresh(self) -> None:
        """Ask for the case file as it is now."""
        client, session = self._asked, self.session
        if client:
            ask = question(client, session, self.timeline.question(client))
            shows = partial(shown_of, client)
            session.ask(ask, self._show, shows=shows, owner=self, name="file")

    def open_panel(self, panel: FormPanel) -> None:
        """Show a panel beside the timeline, in the place of the cards."""
        self.beside.open(panel)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take a letter or a picture, from whoever may attach one."""
        may = self.file is not None and self.session.may_write(FORM)
        if may and dropped_file(event.mimeData()) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open the panel that attaches what was dropped."""
        place = dropped_file(event.mimeData())
        if place is not None:
            event.acceptProposedAction()
            client_doing.open_attaching(self, place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the cards a width they are read at."""
        super().resizeEvent(event)
        roomy = self.width() > theme.px(1100)
        self.beside.set_side_width(theme.px(SIDE if roomy else SLIM_SIDE))

    def _build(self) -> None:
        self._nobody = Empty(
            "user-x",
            _("This client is not on this laptop."),
            why=_("The record may not have arrived yet, or you may not hold it."),
        )
        self._nobody.hide()
        self.beside = Beside(self.timeline, scrolling(self.side))
        self.beside.closed.connect(lambda: self.timeline.setFocus(Qt.FocusReason.OtherFocusReason))
        self.beside.setContentsMargins(L, M, M, M)
        file = down(self.banner, self.alert, gap=0)
        file.addWidget(self.beside, 1)
        self._file = holding(file)  # shown and hidden whole: nothing is laid out twice
        self._file.hide()
        whole = down(gap=0)
        whole.addWidget(self._nobody, 1)
        whole.addWidget(self._file, 1)
        whole.addWidget(self.undo)
        self.setLayout(whole)

    def _show(self, shown: Shown, *, known: bool = True) -> None:
        file, opening = shown.file, self._opening
        others = opening or shown.joined != self.side.joined.shown
        self.file, self._drafts = file, shown.drafts
        self.files = tuple(dict.fromkeys((self._asked, *shown.files)))
        if file is not None:  # filled before it is shown
            self._fill(file, shown)
        self._nobody.setVisible(file is None and known)
        self._file.setVisible(file is not None)
        if file is None:
            return
        # Laid out now: a paint that was due before would show it half done.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)
        self.timeline.list.lay_out()
        if opening:
            self._opening = False
            claim_focus(self, self.timeline)
        if others:
            self.side.perhaps.look(self.client)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.do(wanted)

    def _fill(self, file: ClientFile, shown: Shown) -> None:
        self.client = file.client.id
        self.banner.set_person(file.name, file.facts, states=file.states)
        alert = file.alert
        self.alert.set_alert(alert.danger, alert.detail, alert.set_by, count=alert.count)
        self.alert.setVisible(alert.count > 0)
        self.side.fill(file, shown.joined, shown.missed, shown.posture, shown.weeks.drawn)
        self.timeline.set_past(
            self._asked,
            shown.past,
            shown.drafts,
            alerts=any(one.form == "alert" for one in file.records),
            withdrawn=file.withdrawn,
        )

    def _changed(self, touched: frozenset[bytes]) -> None:
        if not touched.isdisjoint(self.files) and self.isVisible():
            self.refresh()

    def _drafted(self, draft: Draft) -> None:
        if draft.client in self.files and self.isVisible():
            self.refresh()

    def _open(self, record: RecordId) -> None:
        self.go.emit(Place("record", client=self.client, record=record))

    def _open_draft(self, form: str, record: RecordId) -> None:
        begun = (one.client for one in self._drafts if (one.form, one.record) == (form, record))
        about = next(begun, self.client)
        self.go.emit(place_of_draft(about, form, record))

    def _open_alerts(self) -> None:
        if self.file is None:
            return
        if self.file.alert.count == 1:
            self._open(self.file.alert.record)
        else:
            self.timeline.show_only(ALERTS)

    def _answer(self, place: tuple[str, bytes, str]) -> None:
        form, record, _field = place
        self.go.emit(Place("record", client=self.client, record=record, form=form))
