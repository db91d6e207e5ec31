# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card of a client's timeline: filters above, two hundred entries, then "Show older"."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.audit import Sight, sight
from desktop_app.casework.one_visit import FORM as VISIT
from desktop_app.casework.one_visit import Pair, join, part
from desktop_app.casework.records import RecordId
from desktop_app.casework.words import _
from storage.store import Draft, Store
from ui.kit.buttons import button
from ui.kit.empty import Empty
from ui.kit.labels import label
from ui.kit.pills import FilterPills
from ui.kit.timeline import Timeline
from ui.kit.timeline_entry import TimelineItem
from ui.pages import client_reads, client_timeline
from ui.pages.client_reads import Past
from ui.pages.client_timeline import ALL, PAGE
from ui.pages.one_visit_offer import Offers
from ui.session import Session
from ui.theme import SEMI


@dataclass(frozen=True, slots=True)
class Told:
    """What the card shows of a client.

    Attributes:
        past: what happened.
        unsent: records with changes that have not left this laptop.
    """

    past: Past = field(default_factory=Past)
    unsent: frozenset[RecordId] = frozenset()


def _shown_of(client: RecordId, told: Told) -> Sight:
    return sight("timeline", told.past.records, clients=[client])


class TimelineCard(QFrame):
    """What happened.

    Signals:
        opened: the record of an entry a person opened.
        drafted: form and record of the draft a person opened.
    """

    opened = Signal(bytes)
    drafted = Signal(str, bytes)

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setProperty("look", "card")
        self._session = session
        self._client: RecordId = b""
        self._drafts: tuple[Draft, ...] = ()
        self._which, self._limit = ALL, PAGE
        self._offered: list[tuple[str, str]] = []
        self.filters: FilterPills | None = None
        self.list = Timeline(_("Timeline"))
        self.list.opened.connect(self._open)
        self.older = button(_("Show older"), "quiet", icon="chevron-down", small=True)
        self.older.clicked.connect(self._show_older)
        self._head = QHBoxLayout()
        self._head.setContentsMargins(6, 0, 4, 0)
        self._head.setSpacing(12)
        head = label(_("Timeline"), "h3", weight=SEMI)
        head.setContentsMargins(0, 3, 0, 0)
        self._head.addWidget(head, 0, Qt.AlignmentFlag.AlignTop)
        self._none: QWidget = QWidget()
        self.offers = Offers()
        self.offers.answered.connect(self._one_or_two)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 10, 6, 6)
        whole.setSpacing(4)
        whole.addLayout(self._head)
        whole.addWidget(self.offers)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._none, 1)
        whole.addWidget(self.older, 0, Qt.AlignmentFlag.AlignHCenter)
        self._whole = whole
        self.setFocusProxy(self.list)

    def question(self, client: RecordId) -> Callable[[Store], Told]:
        """Return what to ask the vault for what is to be shown of a client."""
        which, limit, now = self._which, self._limit, self._session.now()

        def ask(store: Store) -> Told:
            return Told(
                client_reads.past(store, client, which, limit=limit, now=now),
                unsent=client_reads.unsent(store),
            )

        return ask

    def set_past(
        self,
        client: RecordId,
        told: Told,
        drafts: Sequence[Draft],
        *,
        alerts: bool,
        withdrawn: bool,
    ) -> None:
        """Show what happened; the filter and the chosen entry stay.

        Args:
            client: whose past it is.
            told: what happened.
            drafts: what the reader has begun.
            alerts: whether there are alerts to see.
            withdrawn: whether there is anything withdrawn to see.
        """
        self._client, self._drafts = client, tuple(drafts)
        offered = client_timeline.filters(alerts=alerts, withdrawn=withdrawn)
        if offered != self._offered:
            self._offer(offered)
        elif self.filters is not None and self.filters.value() != self._which:
            self.filters.set_value(self._which)
        self._fill(told)

    def forget(self) -> None:
        """Let go of the client that was shown."""
        self._client, self._drafts, self._which, self._limit = b"", (), ALL, PAGE
        self.list.set_items([])

    def show_only(self, which: str) -> None:
        """Choose a filter."""
        self._which, self._limit = which, PAGE
        if self.filters is not None:
            self.filters.set_value(which)
        self._again()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _offer(self, offered: list[tuple[str, str]]) -> None:
        self._offered = offered
        if self.filters is not None:
            self._head.removeWidget(self.filters)
            self.filters.hide()
            self.filters.deleteLater()
        if self._which not in dict(offered):
            self._which = ALL
        self.filters = FilterPills(offered, _("Show on the timeline"), value=self._which)
        self.filters.chosen.connect(self._choose)
        self._head.addWidget(self.filters, 1)

    def _choose(self, which: str) -> None:
        self._which, self._limit = which, PAGE
        self.list.scrollToTop()
        self._again()

    def _show_older(self) -> None:
        self._limit += PAGE
        self._again()

    def _again(self) -> None:
        """Ask for what another filter shows, or for more."""
        if self._client:
            question = self.question(self._client)
            shows = partial(_shown_of, self._client)
            self._session.ask(question, self._fill, shows=shows, owner=self, name="past")

    def _fill(self, told: Told) -> None:
        session = self._session
        today = session.today()
        entries: Iterable[TimelineItem] = client_timeline.items(
            told.past.shown,
            told.past.accounts,
            session.team,
            me=session.me,
            today=today,
            unsent=told.unsent,
        )
        drafts = (
            client_timeline.draft_items(self._drafts, today=today) if self._which == ALL else []
        )
        self.list.set_items(chain(drafts, entries))
        asks = told.past.offers if session.may_write(VISIT) else ()
        self.offers.set_pairs(asks, session.team, on=today)
        self.older.setVisible(told.past.more)
        self._say_nothing(none=not told.past.shown and not drafts)

    def _one_or_two(self, pair: Pair, one: bool) -> None:  # noqa: FBT001  a Qt slot
        """Keep what somebody said: one visit, or two."""
        self._session.save([join(pair) if one else part(pair)])
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _say_nothing(self, *, none: bool) -> None:
        """Say what will appear where there is nothing yet."""
        self.list.setVisible(not none)
        self._none.hide()
        if not none:
            return
        self._whole.removeWidget(self._none)
        self._none.deleteLater()
        if self._which == ALL:
            self._none = Empty(
                "history",
                _("Visits, appointments, notes and moves will stand here."),
                why=_("Nothing is recorded yet. The first visit begins the timeline."),
            )
        else:
            everything = button(_("Show everything"))
            everything.clicked.connect(lambda: self.show_only(ALL))
            self._none = Empty(
                "filter",
                _("Nothing of this kind is recorded."),
                why=_("The timeline shows only what was chosen above."),
                act=everything,
            )
        self._whole.insertWidget(self._whole.indexOf(self.list), self._none, 1)
        self._none.show()

    def _open(self, record: bytes) -> None:
        draft = client_timeline.draft_of(record)
        if draft is None:
            self.opened.emit(record)
        else:
            self.drafted.emit(*draft)
