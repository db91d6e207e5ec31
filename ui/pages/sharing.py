# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Sharing: three sentences, the letter, and what became of the ones before."""

from datetime import date

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.store import Store
from sync.outcome import Exchanged
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.card import across, reading
from ui.kit.chip import Chip, ChipText
from ui.kit.labels import label
from ui.kit.notice import Notice
from ui.kit.stops import first_stop
from ui.pages.importing_matters import STICK
from ui.pages.sharing_facts import SharingFacts, sharing_facts, shown_of
from ui.pages.sharing_letter import Letter
from ui.pages.sharing_progress import SharingProgress
from ui.pages.sharing_sentences import Sentences
from ui.pages.sharing_side import Side
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD
from ui.tokens import L, M, S

SIDE_MOST, SIDE_LEAST, LOW, NARROW = 412, 280, 540, 820


class SharingPage(QWidget):
    """What leaves, what came, from whom, and when last.

    Signals:
        go: a `Place` to be taken to.
        share_wanted: the team folder is to be chosen.
    """

    go = Signal(object)
    share_wanted = Signal()
    help_topic = "sharing"

    def __init__(self, session: Session, dialogs: Dialogs, *, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._dialogs, self._exchanging = session, dialogs, exchanging
        self._latest: Exchanged | None = None
        self._facts = SharingFacts()
        self._missed = ("", "")  # when the folder was not reached, and when last before that
        self.letter = Letter()
        self.side = Side()
        self.side.go.connect(self.go)
        self.trouble = Notice("", "warn")
        self.outcome = Notice("", "ok")
        self._folder = Chip(_("No team folder yet"), "warn", icon="folder-open")
        self._where = label(session.me.name, tone="muted")
        self.progress = SharingProgress()
        self.progress.stop.connect(exchanging.stop)
        self._sentences = Sentences()
        self._lay_out()
        self.setFocusProxy(self.letter.seal)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.share)
        self.letter.seal_wanted.connect(self.share)
        exchanging.stage.connect(self.progress.show_stage)
        exchanging.done.connect(self._show_done)
        exchanging.failed.connect(self._show_failed)
        exchanging.changed_running.connect(self._show_running)
        session.changed.connect(lambda _touched: self._ask())
        session.team_changed.connect(self._ask)
        self._ask()

    def share(self) -> None:
        """Seal what waits and exchange with the team folder."""
        self.outcome.hide()
        self.trouble.hide()
        self._exchanging.start()

    def show_place(self, _place: Place) -> None:
        """Show how things stand now."""
        self._ask()

    def minimumSizeHint(self) -> QSize:
        """Return what the letter needs: what stands beside it gives way in a narrow page."""
        least, side = super().minimumSizeHint(), self._side_area
        beside = 0 if side.isHidden() else SIDE_LEAST + M
        return QSize(least.width() - beside, least.height())

    def panes(self) -> list[QWidget]:
        """Return the parts of the page, for F6."""
        return [self.letter, self.side]

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the sentences one line in a low window, and the letter all of a narrow page."""
        super().resizeEvent(event)
        self._side_area.setHidden(self.width() < NARROW)  # only with help open on a small screen
        low = self.height() < LOW
        self._whole.setContentsMargins(L, S if low else M, L, S if low else M)
        self._sentences.set_low(low=low)

    def _lay_out(self) -> None:
        stick = button(_("&USB stick…"), icon="usb", name=_("Share with a stick or another folder"))
        stick.clicked.connect(self._share_with_stick)
        what = button(_("&What is on a stick…"), "quiet")
        what.clicked.connect(lambda: self.go.emit(Place("import", form=STICK)))
        self._choose = button(_("&Choose the folder"), icon="folder-open", small=True)
        self._choose.clicked.connect(self.share_wanted)
        self._choose.setHidden(bool(self._exchanging.share))
        head = (label(_("Sharing"), "h1", weight=BOLD), self._where, self._folder, self._choose)
        title = across(*head, None, what, stick, gap=M)
        self._sentences.twice_wanted.connect(lambda: self.go.emit(Place("twice")))
        for hidden in (self.progress, self.trouble, self.outcome):
            hidden.hide()
        self._side_area = reading(self.side)
        self._side_area.setMinimumWidth(SIDE_LEAST)
        self._side_area.setMaximumWidth(SIDE_MOST)
        body = across(self.letter, self._side_area, gap=M)
        body.setStretch(0, 7)
        body.setStretch(1, 4)
        self._whole = whole = QVBoxLayout(self)
        whole.setSpacing(10)
        whole.addLayout(title)
        whole.addWidget(self._sentences)
        for widget in (self.progress, self.outcome, self.trouble):
            whole.addWidget(widget)
        whole.addLayout(body, 1)

    def _ask(self) -> None:
        team, today = self._session.team, self._session.today()
        now_ms = self._session.clock.now_ms()

        def ask(store: Store) -> SharingFacts:
            return sharing_facts(store, team, on=today, now_ms=now_ms)

        self._session.ask(ask, self._show, shows=shown_of, owner=self, name="sharing")

    def _show(self, facts: SharingFacts) -> None:
        self._facts, today = facts, self._session.today()
        self.letter.show_items(
            facts.leaving,
            facts.next_number,
            shared=bool(facts.shared),
            shut_out=facts.shut_out,
            team_waits=facts.team_waits,
        )
        self.side.show_facts(facts, today)
        self._sentences.say(facts, self._latest, today)
        me = self._session.me.name
        self._where.setText(f"{facts.laptop}, {me}" if facts.laptop else me)
        self._say_folder(facts)
        self._choose.setHidden(bool(self._exchanging.share))

    def set_share(self, _share: str) -> None:
        """Say that another team folder is used."""
        self._ask()

    def _say_folder(self, facts: SharingFacts) -> None:
        missed, before = self._missed
        unmet = missed if facts.reached == before else ""
        today = self._session.today()
        chip = _folder_chip(facts, today, unmet, chosen=bool(self._exchanging.share))
        self._folder.set_chip(chip)

    def _share_with_stick(self) -> None:
        folder = self._dialogs.folder(_("The stick, or another folder"))
        if folder is not None:
            self._exchanging.start(folder=str(folder))

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        seal, focus = self.letter.seal, self.window().focusWidget()
        self.progress.show()
        if running:  # whoever began it: what was said before is over
            self.outcome.hide()
            self.trouble.hide()
        stop = first_stop(self.progress)
        if running and seal.hasFocus() and stop is not None:  # else Qt would hand it on
            stop.setFocus(Qt.FocusReason.OtherFocusReason)
        seal.setEnabled(not running)
        if not running and self.progress.isAncestorOf(focus):
            seal.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.setVisible(running)

    def _show_done(self, outcome: Exchanged) -> None:
        self._latest = outcome
        if outcome.unsent:
            self.trouble.say(outcome.unsent)
            self.trouble.show()
        else:
            self.outcome.say(outcome.words)
            self.outcome.show()
            self.outcome.announce()
        self._ask()

    def _show_failed(self, error: CaseworkError) -> None:
        if self._exchanging.share:
            self._missed = (f"{self._session.now():%H:%M}", self._facts.reached)
            self._say_folder(self._facts)
        self.trouble.say(str(error))
        self.trouble.show()
        self.trouble.announce()


def _folder_chip(facts: SharingFacts, today: date, missed: str, *, chosen: bool) -> ChipText:
    """Return whether the team folder is chosen, and when it was last reached, or just was not."""
    reached = facts.reached
    if not chosen:
        return ChipText(_("No team folder yet"), "warn", "folder-open")
    if missed:
        words = _("Team folder not reached %(time)s") % {"time": missed}
        return ChipText(words, "warn", "folder-open")
    if not reached:
        return ChipText(_("Team folder chosen"), "neutral", "folder-open")
    words = _("Team folder reached %(when)s") % {"when": say_moment(reached, today)}
    fresh = reached.startswith(today.isoformat()) and not facts.shut_out
    return ChipText(words, "ok" if fresh else "neutral", "folder-open")
