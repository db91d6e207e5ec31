# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Import: what lies in the team folder, laptop by laptop, before any of it is taken in.

Rules, each with a test:

* Looking changes nothing: nothing is taken in, sealed or sent until somebody says so.
* What leaves with it is said before the button is pressed.
* What waits and what was set aside is named with its reason; nothing is lost.
"""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _, ngettext
from storage import audit
from sync.outcome import Exchanged, Previewed
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.buttons import button
from ui.kit.card import Card, across, clear, down, ground, holding, reading
from ui.kit.chip import Chip, ChipText
from ui.kit.empty import Empty
from ui.kit.keycap import Keycap
from ui.kit.labels import Line, Part, label
from ui.kit.notice import Notice
from ui.pages.importing_back import TakingBack
from ui.pages.importing_cards import brings_card, left_card, waiting_card
from ui.pages.importing_open import OpenQuestions, Questions, Strip
from ui.pages.sharing_progress import SharingProgress
from ui.places import Place
from ui.session import Session
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S


class ImportPage(QWidget):
    """Look, then take in.

    Signals:
        go: a `Place` to be taken to.
    """

    go = Signal(object)
    help_topic = "import"

    def __init__(self, session: Session, dialogs: Dialogs, *, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._dialogs, self._exchanging = session, dialogs, exchanging
        self.found: tuple[Previewed, ...] = ()
        self._leaves = Line([], "small")
        self._state = Chip(_("Not looked yet"), "neutral", icon="inbox")
        self._body = QVBoxLayout()
        self.notice = Notice("", "ok")
        self.trouble = Notice("", "warn")
        self.open = Strip(session)
        self.open.settle.connect(self.show_questions)
        for hidden in (self.notice, self.trouble):
            hidden.hide()
        self.apply = button(_("&Take them in"), "primary", icon="package-check")
        self.apply.clicked.connect(self.take_in)
        QShortcut(QKeySequence("Ctrl+Return"), self, self.take_in)
        self._lay_out()
        exchanging.previewed.connect(self._show_found)
        exchanging.stage.connect(self.progress.show_stage)
        exchanging.done.connect(self._show_done)
        exchanging.failed.connect(self._show_failed)
        exchanging.changed_running.connect(self._show_running)
        self._fill(_not_looked())

    def look(self) -> None:
        """Look into the team folder."""
        self._clear_notices()
        self._exchanging.start(rehearse=True)

    def take_in(self) -> None:
        """Take in what the look found."""
        if self._exchanging.rehearsed:
            self._exchanging.apply()

    def put_off(self) -> None:
        """Leave what was found where it is."""
        self._exchanging.forget()
        self.found = ()
        self._foot.hide()
        self._state.set_chip(ChipText(_("Not looked yet"), "neutral", "inbox"))
        self._fill(_not_looked())

    def show_lately(self) -> None:
        """List what was taken in lately, so that it can be taken back."""
        self.taking_back = TakingBack(self._session)
        self.taking_back.go.connect(self.go)
        self._begin(self.taking_back)

    def show_questions(self, found: Questions) -> None:
        """List what only the coordinator can settle."""
        self.open.hide()  # they stand below now
        self.settling = OpenQuestions(self._session, found)
        self._begin(self.settling)

    def _begin(self, one: TakingBack | OpenQuestions) -> None:
        self._clear_notices()
        self.put_off()
        one.closed.connect(self._leave)
        one.done.connect(self._show_settled)
        self._fill(reading(one))
        one.start()

    def _leave(self) -> None:
        self.put_off()
        self.open.ask()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_settled(self, words: str) -> None:
        self._leave()
        _tell(self.notice, words)

    def show_place(self, _place: Place) -> None:
        """Look when the page is opened, unless that was done already."""
        self.open.ask()
        if not self._exchanging.running and not self._exchanging.rehearsed:
            self.look()

    def _lay_out(self) -> None:
        self._again = again = button(_("&Look into the folder"), icon="refresh-cw")
        again.clicked.connect(self.look)
        stick = button(
            _("USB s&tick…"), icon="usb", name=_("Import from a stick or another folder")
        )
        stick.clicked.connect(self._look_at_stick)
        self.back = button(_("Take one &back…"), icon="undo-2")
        self.back.setToolTip(_("Take back a bundle that came in by mistake"))
        self.back.clicked.connect(self.show_lately)
        head = label(_("Import"), "h1", weight=BOLD)
        title = across(head, self._state, None, self.back, again, stick, gap=M)
        self.progress = SharingProgress()
        self.progress.stop.connect(self._exchanging.stop)
        self.progress.hide()
        self._foot = self._make_foot()
        upper = down(
            title, self.progress, self.notice, self.trouble, self.open, gap=10, margins=(L, M, L, S)
        )
        self._body.setContentsMargins(L, 0, L, M)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(upper)
        whole.addLayout(self._body, 1)
        whole.addWidget(self._foot)

    def _clear_notices(self) -> None:
        self._exchanging.forget()
        self.notice.hide()
        self.trouble.hide()

    def _make_foot(self) -> QWidget:
        not_yet = button(_("&Not yet"))
        not_yet.clicked.connect(self.put_off)
        words = down(
            Line([Part(_("Each bundle comes in whole, or is set aside"), weight=SEMI)]),
            self._leaves,
            gap=1,
        )
        row = across(
            words, not_yet, Keycap(_("Ctrl+Enter")), self.apply, gap=M, margins=(L, S, L, S)
        )
        row.setStretch(0, 1)
        foot = ground("footer", row)
        foot.hide()
        return foot

    def _say_leaves(self, pending: int) -> None:
        self._leaves.set_parts([Part(_leaves(pending), "muted")])

    def _fill(self, widget: QWidget) -> None:
        clear(self._body)
        if isinstance(widget, Empty):  # on a sheet, as everywhere
            card = Card()
            card.add(widget, 1)
            widget = card
        self._body.addWidget(widget, 1)

    def _show_found(self, found: Sequence[Previewed]) -> None:
        self.found = tuple(found)
        self._foot.setVisible(bool(found))
        self._again.set_words(_("&Look again"))
        when = f"{self._session.now():%H:%M}"
        self._state.set_chip(
            ChipText(
                _("Looked at %(when)s. Your casebook has not changed.") % {"when": when},
                "ok",
                "shield-check",
            )
        )
        count = len(found)
        self.apply.set_words(
            ngettext("&Take in %(n)d bundle", "&Take in %(n)d bundles", count) % {"n": count}
        )
        if not found:
            self._fill(_nothing_new())
            return
        row = QHBoxLayout()
        row.setSpacing(M)
        row.addWidget(reading(waiting_card(self.found, self._session.today())), 3)
        row.addWidget(reading(brings_card(self.found)), 7)
        row.setContentsMargins(0, 0, 0, 0)
        self._fill(holding(row))
        self._session.ask(
            audit.to_share, self._say_leaves, shows=nothing, owner=self, name="pending"
        )
        self.apply.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_done(self, outcome: Exchanged) -> None:
        self.found = ()
        self._foot.hide()
        self._state.set_chip(
            ChipText(
                _("Imported at %(when)s") % {"when": f"{self._session.now():%H:%M}"}, "ok", "check"
            )
        )
        _tell(self.notice, outcome.words)
        self.open.ask()
        self._fill(
            Empty("inbox", _("Nothing more waits"), why=_("Look again at any time."), tone="ok")
            if not outcome.waiting and not outcome.aside
            else reading(left_card(outcome))
        )

    def _show_failed(self, error: CaseworkError) -> None:
        _tell(self.trouble, str(error))

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        self.progress.setVisible(running)
        self.apply.setEnabled(not running)

    def _look_at_stick(self) -> None:
        folder = self._dialogs.folder(_("The stick, or another folder"))
        if folder is not None:
            self._clear_notices()
            self._exchanging.start(folder=str(folder), rehearse=True)


def _nothing_new() -> Empty:
    return Empty(
        "inbox",
        _("Nothing new lies in the folder"),
        why=_("Everything your colleagues have shared is in your casebook already."),
        tone="ok",
    )


def _leaves(pending: int) -> str:
    if not pending:
        return _("Nothing of yours waits to leave.")
    words = ngettext(
        "%(n)d change of yours leaves with it; it stands on Sharing.",
        "%(n)d changes of yours leave with it; they stand on Sharing.",
        pending,
    )
    return words % {"n": pending}


def _tell(notice: Notice, words: str) -> None:
    notice.say(words)
    notice.show()
    notice.announce()


def _not_looked() -> Empty:
    return Empty(
        "inbox",
        _("The bundles waiting in the team folder will stand here"),
        why=_("Nothing is taken in until you say so."),
    )
