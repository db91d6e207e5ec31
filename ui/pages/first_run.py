# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The first time on this laptop: a new team, joining one, a made-up one, or a vault kept elsewhere.

Rules, each with a test:

* One question a page; Back and Esc undo one step, and lose nothing that was typed before it.
* Nothing is made until the passphrase has been written down and typed once.
* A new team has a recovery key; nothing is made until its words are on paper.
* Once it is made the keepers' papers are offered; put off, they are offered on Today until made.
* Whoever was let in tries the team's recovery words once, or is asked again later.
* What was made is never made twice: once a request lies in the folder, Esc leaves it there.
* Whatever fails is said on the page it happened on, with everything still filled in.
"""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from ui import home as homes
from ui import theme
from ui.clock import Clock
from ui.dialogs import Dialogs
from ui.kit.buttons import HANG, button
from ui.kit.card import across, down, ground, holding, reading
from ui.kit.labels import label
from ui.kit.tile import Tile, TileChoice
from ui.theme import BOLD
from ui.tokens import XL, L, S
from ui.worker import Worker

if TYPE_CHECKING:
    from storage.unlock import Cost
    from ui.enrolment import Newcomer
    from ui.pages.first_run_join import Do, Joining
    from ui.pages.first_run_keepers import KeepersOffer
    from ui.pages.first_run_steps import Questions
    from ui.pages.sign_in import Opened

WIDE = 760
WAYS = ("join", "new", "made_up", "restore")


class FirstRun(QWidget):
    """The pages before there is a casebook to open.

    Signals:
        opened: an `Opened`: a vault was made, and is open.
        done: a vault lies ready; show the sign-in page.
        moved: the folder of a made-up team to open instead.
        backup_found: a folder that holds backups, to be put back from.
        help_wanted: F1.
    """

    opened = Signal(object)
    done = Signal()
    moved = Signal(object)
    backup_found = Signal(object)
    help_wanted = Signal(str)
    help_topic = "first_run"

    def __init__(
        self, home: Path, *, clock: Clock, dialogs: Dialogs, cost: "Cost | None" = None
    ) -> None:
        """Build the pages.

        Args:
            home: where this laptop's vaults lie.
            clock: tells the time.
            dialogs: asks and tells.
            cost: how much work one guess at a passphrase is; what suits the laptop when None.
        """
        super().__init__()
        self._home, self._clock, self._dialogs, self._cost = home, clock, dialogs, cost
        self._worker = Worker("first run", self)
        self._worker.failed.connect(self._refused)
        self._do: Do = partial(self._worker.do, owner=self)
        self._waiting: Opened | None = None
        self._offer: KeepersOffer | None = None
        self.steps = QStackedWidget()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.steps)
        self.choices = _Ways(may_go_back=bool(homes.vaults(home)))
        self.choices.chosen.connect(self.take)
        self.choices.back.connect(self.done)
        self._show(self.choices)

    def take(self, way: str) -> None:
        """Begin one of the four ways."""
        begin = {"new": self._ask_new, "join": self._ask_join, "made_up": self._make_up}
        begin.get(way, self._restore)()

    def wait_for_team(self, opened: "Opened") -> None:
        """Come back to a laptop that has asked to join and was not let in yet."""
        self._waiting = opened
        joining: Joining = _joining().Joining(opened, self, do=self._do, now_ms=self._clock.now_ms)
        joining.shown.connect(self._show)
        joining.left.connect(self._leave)
        joining.entered.connect(self._hand_over)
        joining.begin()

    def close_down(self) -> None:
        """Close what is open, and end the thread."""
        waiting, self._waiting = self._waiting, None
        if waiting is not None:
            self._worker.do(waiting.store.close)
        self._worker.close()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """F1 opens help, Esc goes back."""
        if event.key() == Qt.Key.Key_F1:
            self.help_wanted.emit(self.help_topic)
        elif event.key() == Qt.Key.Key_Escape:
            self._escape()
        else:
            super().keyPressEvent(event)

    def _escape(self) -> None:
        if self._worker.busy:
            return
        if self._offer is not None:
            self._offer.answered.emit(None)
        elif self._waiting is not None:
            self._leave()
        elif self.steps.currentWidget() is not self.choices:
            self._back()

    def _ask_new(self) -> None:
        step = _asks().new_team(self._folder)
        step.back.connect(self._back)
        step.forward.connect(lambda: self._ask_words(step, self._ask_paper, last=False))
        self._show(step)

    def _ask_join(self) -> None:
        step = _asks().join_team(self._folder)
        step.back.connect(self._back)
        step.forward.connect(lambda: self._ask_words(step, self._join))
        self._show(step)

    def _ask_words(
        self, asked: "Questions", then: Callable[["Newcomer"], None], *, last: bool = True
    ) -> None:
        enrolment = _enrolment()
        words = _asks().Words(enrolment.new_passphrase, act="" if last else _("&Go on"))
        words.back.connect(self._back)

        def go_on() -> None:
            given = asked.answers()
            then(
                enrolment.Newcomer(
                    name=given["name"],
                    agency=given["agency"],
                    laptop=given["laptop"],
                    share=Path(given["folder"]),
                    team=given.get("team", ""),
                    passphrase=words.passphrase,
                    cost=self._cost,
                )
            )

        words.forward.connect(go_on)
        self._show(words)

    def _ask_paper(self, who: "Newcomer") -> None:
        """Make the team's recovery key, and see its words onto paper."""
        paper = _papers().NewPaper(
            self, self._dialogs, team=who.team, laptop="", day=self._clock.today()
        )
        paper.shown.connect(self._show)
        paper.back.connect(self._back)
        paper.done.connect(lambda public: self._found(replace(who, recovery=public)))
        paper.begin()

    def _found(self, who: "Newcomer") -> None:
        self._busy(_("Making your casebook…"))
        now_ms = self._clock.now_ms()
        self._do(lambda: _enrolment().found(self._home, who, now_ms=now_ms), self._offer_papers)

    def _offer_papers(self, opened: "Opened") -> None:
        """The team is made: offer what should follow at once."""
        self._waiting = opened
        self._offer = offer = _keepers().KeepersOffer(opened.place.about.team)
        offer.answered.connect(lambda first: self._hand_over(replace(opened, first=first)))
        self._show(offer)

    def _join(self, who: "Newcomer") -> None:
        self._busy(_("Making your casebook…"))
        now_ms = self._clock.now_ms()
        self._do(lambda: _enrolment().ask(self._home, who, now_ms=now_ms), self.wait_for_team)

    def _make_up(self) -> None:
        place = self._home / homes.MADE_UP_FOLDER
        today = self._clock.today()
        self._show(_Busy(_("Making a made-up town. It takes some seconds.")))
        self._do(
            lambda: _enrolment().make_up(place, today=today), lambda _d: self.moved.emit(place)
        )

    def _restore(self) -> None:
        chosen = self._dialogs.folder(_("The folder of a backup, or of a casebook kept safe"))
        if chosen is not None:
            take_back = partial(_enrolment().take_back, self._home, chosen)
            self._do(take_back, partial(self._taken_back, chosen))

    def _taken_back(self, chosen: Path, backups: bool) -> None:  # noqa: FBT001  what came of it
        self.backup_found.emit(chosen) if backups else self.done.emit()

    def _hand_over(self, opened: "Opened") -> None:
        self._waiting = None
        self._worker.close()
        self.opened.emit(opened)

    def _leave(self) -> None:
        self.close_down()
        self.done.emit()

    def _folder(self) -> str:
        return str(self._dialogs.folder(_("Team folder")) or "")

    def _busy(self, words: str) -> None:
        step = self.steps.currentWidget()
        if isinstance(step, _asks().Step):
            step.act.setEnabled(False)
            step.act.set_words(words)

    def _refused(self, error: CaseworkError) -> None:
        step = self.steps.currentWidget()
        if isinstance(step, _asks().Step):
            step.act.setEnabled(True)
            step.act.set_words(_("&Try again"))
            step.say_wrong(str(error))
        else:
            self._show(self.choices)
            self._dialogs.tell(str(error))

    def _show(self, step: QWidget) -> None:
        if self.steps.indexOf(step) < 0:
            self.steps.addWidget(step)
        self.steps.setCurrentWidget(step)
        step.setFocus(Qt.FocusReason.OtherFocusReason)

    def _back(self) -> None:
        at = self.steps.currentIndex()
        old = self.steps.currentWidget()
        self.steps.setCurrentIndex(max(0, at - 1))
        if old is not None and old is not self.choices:
            self.steps.removeWidget(old)
            old.deleteLater()
        now = self.steps.currentWidget()
        if now is not None:
            now.setFocus(Qt.FocusReason.OtherFocusReason)


def _enrolment() -> ModuleType:
    """Return what makes vaults; it is slow to load, so the page is shown before."""
    return import_module("ui.enrolment")


def _papers() -> ModuleType:
    """Return the steps about recovery words."""
    return import_module("ui.pages.paper_steps")


def _keepers() -> ModuleType:
    """Return the step that offers the keepers' papers."""
    return import_module("ui.pages.first_run_keepers")


def _joining() -> ModuleType:
    """Return what waits to be let in."""
    return import_module("ui.pages.first_run_join")


def _asks() -> ModuleType:
    """Return the steps that follow, loaded then as well."""
    return import_module("ui.pages.first_run_steps")


class _Busy(QWidget):
    """Something is being made."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setLayout(down(None, across(None, label(words, "h3", tone="muted"), None), None))


class _Ways(QWidget):
    """The four ways to begin.

    Signals:
        chosen: a code of `WAYS`.
        back: the sign-in page is wanted again.
    """

    chosen = Signal(str)
    back = Signal()

    def __init__(self, *, may_go_back: bool) -> None:
        super().__init__()
        column = down(
            label(_("Welcome to Tandem"), "h1", weight=BOLD),
            label(_("What brings you to this laptop?"), tone="muted"),
            S,
            gap=S,
            margins=(XL, XL, XL, L),
        )
        self.buttons = {}
        for choice in self._offers():
            press = Tile(choice)
            press.setCheckable(False)
            press.setShortcut(QKeySequence(choice.key))
            press.clicked.connect(partial(self.chosen.emit, choice.code))
            column.addWidget(press)
            self.buttons[choice.code] = press
        if may_go_back:
            again = button(_("&Back to signing in"), "quiet", icon="arrow-left")
            again.clicked.connect(self.back)
            column.addLayout(across(again, None, margins=(-HANG, 0, 0, 0)))
        self._card = ground("card", column)
        foot = label(
            _("Works without a network. Nothing leaves this laptop until you share."),
            "small",
            tone="muted",
        )
        middle = across(None, self._card, None, margins=(L, S, L, S))
        inside = reading(holding(down(None, middle, None)))
        self.setLayout(down(inside, across(None, foot, None), margins=(0, 0, 0, L)))
        self.setFocusProxy(self.buttons["join"])
        theme.on_change(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the card one readable column wide."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._card.setFixedWidth(min(theme.px(WIDE), max(560, self.width() - 80)))

    def _offers(self) -> tuple[TileChoice, ...]:
        return (
            TileChoice(
                "join",
                _("Join a team"),
                _("Your coordinator has invited you. Most people begin here."),
                "users",
                "info",
                _("J"),
            ),
            TileChoice(
                "new",
                _("New team"),
                _("You are the coordinator, and the team does not use Tandem yet."),
                "flag",
                "info",
                _("N"),
            ),
            TileChoice(
                "made_up",
                _("Made-up team"),
                _("Try everything with an invented town. Nothing in it is real."),
                "database",
                "info",
                _("M"),
            ),
            TileChoice(
                "restore",
                _("Restore"),
                _("You have a backup, or a copy of a casebook's folder, from another place."),
                "archive",
                "info",
                _("R"),
            ),
        )
