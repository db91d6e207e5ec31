# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The card of a client's timeline: filters above, two hundred entries, then "Show older"."""

from collections.abc import Iterable, Sequence
from itertools import chain

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.words import _, ngettext
from storage.store import Draft
from ui.kit.buttons import button
from ui.kit.empty import Empty
from ui.kit.labels import label
from ui.kit.pills import FilterPills
from ui.kit.timeline import Timeline, TimelineItem
from ui.pages import client_timeline
from ui.pages.client_file import ClientFile
from ui.pages.client_timeline import ALL, PAGE
from ui.session import Session
from ui.theme import SEMI


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
        self._file: ClientFile | None = None
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
        whole = QVBoxLayout(self)
        whole.setContentsMargins(8, 10, 6, 6)
        whole.setSpacing(4)
        whole.addLayout(self._head)
        whole.addWidget(self.list, 1)
        whole.addWidget(self._none, 1)
        whole.addWidget(self.older, 0, Qt.AlignmentFlag.AlignHCenter)
        self._whole = whole
        self.setFocusProxy(self.list)

    def set_file(self, file: ClientFile, drafts: Sequence[Draft]) -> None:
        """Show a case file; the filter and the chosen entry stay."""
        self._file, self._drafts = file, tuple(drafts)
        offered = client_timeline.filters(file.records)
        if offered != self._offered:
            self._offer(offered)
        self._fill()

    def forget(self) -> None:
        """Let go of the client that was shown."""
        self._file, self._drafts, self._which, self._limit = None, (), ALL, PAGE
        self.list.set_items([])
        self._offered = []

    def show_only(self, which: str) -> None:
        """Choose a filter."""
        self._which, self._limit = which, PAGE
        if self.filters is not None:
            self.filters.set_value(which)
        self._fill()
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
        self._fill()
        self.list.scrollToTop()

    def _show_older(self) -> None:
        self._limit += PAGE
        self._fill()

    def _fill(self) -> None:
        file, session = self._file, self._session
        if file is None:
            return
        today = session.today()
        now = session.now().isoformat(timespec="minutes")[:16]
        shown = client_timeline.chosen(file.records, self._which, now=now)
        entries: Iterable[TimelineItem] = client_timeline.items(
            shown[: self._limit],
            file.records,
            session.team,
            me=session.me,
            today=today,
            unsent=file.unsent,
        )
        drafts = (
            client_timeline.draft_items(self._drafts, today=today) if self._which == ALL else []
        )
        self.list.set_items(chain(drafts, entries))
        more = len(shown) - self._limit
        self.older.setVisible(more > 0)
        words = ngettext("Show older (%(n)d more)", "Show older (%(n)d more)", more)
        self.older.set_words(words % {"n": more})
        self._say_nothing(none=not shown and not drafts)

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
        self._whole.insertWidget(2, self._none, 1)
        self._none.show()

    def _open(self, record: bytes) -> None:
        draft = client_timeline.draft_of(record)
        if draft is None:
            self.opened.emit(record)
        else:
            self.drafted.emit(*draft)
