# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Import: what lies in the team folder, laptop by laptop, before any of it is taken in.

Rules, each with a test:

* Looking changes nothing: nothing is taken in, sealed or sent until somebody says so.
* What leaves with it is said before the button is pressed.
* What waits and what was set aside is named with its reason; nothing is lost.
"""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage import audit
from sync.outcome import Exchanged, Previewed
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.exchanging import Exchanging
from ui.kit.buttons import Button, button
from ui.kit.card import Card, clear, down, reading
from ui.kit.empty import Empty
from ui.kit.notice import Notice
from ui.pages.importing_aside import ASIDE, StaysOut, tried_again
from ui.pages.importing_brings import Brings, found_view, sight_of, unnamed
from ui.pages.importing_cards import left
from ui.pages.importing_foot import Foot
from ui.pages.importing_head import Head
from ui.pages.importing_matters import KEEPS_ITS_FOOT, STICK, Matters, Panel
from ui.pages.sharing_progress import SharingProgress
from ui.places import Place
from ui.session import Session
from ui.tokens import L, M, S


class ImportPage(QWidget):
    """Look, then take in.

    Signals:
        go: a `Place` to be taken to.
        share_wanted: the team folder is to be chosen.
    """

    go = Signal(object)
    share_wanted = Signal()
    help_topic = "import"

    def __init__(self, session: Session, dialogs: Dialogs, *, exchanging: Exchanging) -> None:
        super().__init__()
        self._session, self._dialogs, self._exchanging = session, dialogs, exchanging
        self.found: tuple[Previewed, ...] = ()
        self._foot = Foot()
        self._foot.put_off.connect(self.put_off)
        self._foot.wanted.connect(self.take_in)
        self.apply = self._foot.apply
        self._head = Head()
        self._head.look.connect(self.look)
        self.back = self._head.back
        self._body = QVBoxLayout()
        self.notice = Notice("", "ok")
        self.trouble = Notice("", "warn")
        self.outside = StaysOut()
        self.matters = Matters(session, dialogs, exchanging)
        self._head.lately.connect(self.matters.show_lately)
        self._head.stick.connect(self.matters.choose_stick)
        self._head.sheet.connect(lambda: self.go.emit(Place("sheets")))
        self.matters.take_in.connect(self._look_into)
        self.matters.opened.connect(self._open_panel)
        self.matters.closed.connect(self._leave)
        self.matters.done.connect(self._show_settled)
        self.matters.again.connect(self.try_again)
        self.matters.go.connect(self.go)
        self._tried: frozenset[str] = frozenset()
        self._clear_notices()
        self.setFocusProxy(self.apply)  # whoever comes back to a look goes on there
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
        if not self._exchanging.share:
            self._say_no_folder()
            return
        self._exchanging.start(rehearse=True)

    def take_in(self) -> None:
        """Take in what the look found."""
        if self._exchanging.rehearsed:
            self._exchanging.apply()

    def put_off(self) -> None:
        """Leave what was found where it is."""
        self._exchanging.forget()
        self.found = ()
        self.matters.open.forget()
        self._foot.hide()
        self._fill(_not_looked())

    def try_again(self) -> None:
        """Look again, and say what of the things set aside can come in now."""
        self._tried = frozenset(one.path for one in self.matters.aside.found)
        self.look()

    def _open_panel(self, panel: Panel) -> None:
        self._clear_notices()
        self.put_off()
        self._fill(panel if isinstance(panel, KEEPS_ITS_FOOT) else reading(panel))
        panel.start()

    def _leave(self) -> None:
        self.put_off()
        self.matters.ask()
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_settled(self, words: str) -> None:
        self._leave()
        self._head.say_settled()
        _tell(self.notice, words)

    def show_place(self, place: Place) -> None:
        """Look when the page is opened, unless that was done already."""
        self.matters.ask()
        if place.form == ASIDE:
            self.matters.show_aside()
        elif place.form == STICK:
            self.matters.choose_stick()
        elif not self._exchanging.share:
            self._say_no_folder()
        elif not self._exchanging.running and not self._exchanging.rehearsed:
            self.look()

    def set_share(self, _share: str) -> None:
        """Look into another team folder."""
        self.put_off()
        self._head.say_not_looked()
        self.look()

    def _say_no_folder(self) -> None:
        choose = button(_("&Choose the folder"), "primary", icon="folder-open")
        choose.clicked.connect(self.share_wanted)
        self._fill(_no_folder(choose, _to_sheets(self.go.emit)))
        choose.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self) -> None:
        self.progress = SharingProgress()
        self.progress.stop.connect(self._exchanging.stop)
        self.progress.hide()
        upper = down(
            self._head,
            self.progress,
            self.notice,
            self.trouble,
            self.outside,
            self.matters,
            gap=10,
            margins=(L, M, L, S),
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
        for one in (self.notice, self.trouble, self.outside):
            one.hide()

    def _fill(self, widget: QWidget) -> None:
        clear(self._body)
        if isinstance(widget, Empty):  # on a sheet, as everywhere
            card = Card()
            card.add(widget, 1)
            widget = card
        self._body.addWidget(widget, 1)

    def _show_found(self, found: Sequence[Previewed]) -> None:
        self.found = tuple(found)
        self._foot.offer(self.found)
        self._head.say_looked(f"{self._session.now():%H:%M}")
        self.matters.ask()
        if self._tried:
            _tell(self.notice, tried_again(self._tried, self.found))
            self._tried = frozenset()
        self.outside.show_found(self._exchanging.stays_out)
        if not found:
            whole = not self._exchanging.stays_out
            self._fill(_nothing_new(_to_sheets(self.go.emit), whole=whole))
            return
        session = self._session
        brings = Brings(self.found, self._exchanging.rehearsal, session.team, session.today())
        session.ask(
            lambda _store: brings,
            self._show_brings,
            shows=sight_of,
            owner=self,
            name="brings",
            unwritten=unnamed,
        )
        session.ask(audit.to_share, self._foot.say_leaves, shows=nothing, owner=self, name="leaves")

    def _show_brings(self, brings: Brings) -> None:
        if not self._exchanging.rehearsed:  # it was put off meanwhile
            return
        self._fill(found_view(brings))

    def _show_done(self, outcome: Exchanged) -> None:
        self.found = ()
        self._foot.hide()
        self.outside.hide()
        self._head.say_imported(f"{self._session.now():%H:%M}", came=bool(outcome.items))
        _tell(self.notice, outcome.words)
        self.matters.ask()
        self._fill(left(outcome))

    def _show_failed(self, error: CaseworkError) -> None:
        self._tried = frozenset()
        _tell(self.trouble, str(error))

    def _show_running(self, running: bool) -> None:  # noqa: FBT001  a Qt slot
        held = self.apply.hasFocus() or self.progress.isAncestorOf(self.window().focusWidget())
        if running:
            self.progress.show()
        if held:  # else Qt would hand the keyboard on, to the lock
            goes_to = self.progress.stop_button if running else self._head.again
            goes_to.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.setVisible(running)
        self.apply.setEnabled(not running)

    def _look_into(self, folder: str) -> None:
        self._clear_notices()
        self._exchanging.start(folder=folder, rehearse=True)


def _to_sheets(go: Callable[[Place], None]) -> Button:
    """Return the other way in: the lists a team has now."""
    sheet = button(_("From a spreadsheet…"), icon="columns-2")
    sheet.clicked.connect(lambda: go(Place("sheets")))
    return sheet


def _nothing_new(sheet: Button, *, whole: bool) -> Empty:
    all_here = _("Everything your colleagues have shared is in your casebook already.")
    rest_here = _("Everything else that lies there is in your casebook already.")
    return Empty(
        "inbox",
        _("Nothing new lies in the folder") if whole else _("Nothing new can come in"),
        why=all_here if whole else rest_here,
        act=sheet,
        tone="ok" if whole else "neutral",
    )


def _tell(notice: Notice, words: str) -> None:
    notice.say(words)
    notice.show()
    notice.announce()


def _no_folder(choose: Button, sheet: Button) -> Empty:
    return Empty(
        "folder-open",
        _("No team folder has been chosen yet"),
        why=_("What your colleagues share lies there. A stick can be looked at without it."),
        act=choose,
        also=sheet,
    )


def _not_looked() -> Empty:
    return Empty(
        "inbox",
        _("The bundles waiting in the team folder will stand here"),
        why=_("Nothing is taken in until you say so."),
    )
