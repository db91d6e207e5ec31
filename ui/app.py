# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Putting the parts together: from the double click to an open casebook, and back to a locked one.

Rules, each with a test:

* Locking always works: what was typed is handed to the vault, the vault is closed, the process
  ends and a bare sign-in page starts in a new one. No dialog and no page can refuse.
* Before anything is opened, core dumps are switched off and Qt is told to remember nothing.
* Whatever goes wrong unexpectedly is shown as one calm sentence, without anything of the casework.
"""

import ctypes
import gc
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Qt, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop_app import __version__
from desktop_app.casework import words
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from ui import home as homes
from ui import import_plainly, theme
from ui.capture import CaptureGuard, hider
from ui.clock import Clock
from ui.dialogs import Dialogs, ScreenDialogs
from ui.home import Settings, VaultPlace
from ui.sweeping import Sweeping

if TYPE_CHECKING:
    from ui.help import Help
    from ui.open_casebook import OpenCasebook
    from ui.pages.first_run import FirstRun
    from ui.pages.rescue import Rescue
    from ui.pages.sign_in import Opened

SIZE = (1366, 768)
SMALLEST = (1000, 540)
_PR_SET_DUMPABLE = 4  # of <sys/prctl.h>
PAINTED_MS = 100
"""By then the first page has been painted, and nobody has typed anything yet."""


class Tandem(QObject):
    """The running program: one of a sign-in page, the first-run pages or an open casebook."""

    def __init__(
        self,
        app: QApplication,
        home: Path,
        *,
        clock: Clock,
        dialogs: Dialogs,
        restart: Callable[[], None],
    ) -> None:
        """Start with what this laptop has: its vaults, or none yet.

        Args:
            app: the application.
            home: where this laptop's vaults lie.
            clock: tells the time.
            dialogs: asks and tells.
            restart: ends this process and starts a bare sign-in page in a new one.
        """
        super().__init__()
        self._app, self._home, self._clock, self._dialogs = app, home, clock, dialogs
        self._restart = restart
        self._settings = homes.settings(home)
        self._window: QWidget | None = None
        self.casebook: OpenCasebook | None = None
        self._fetching: Thread | None = None
        if self._settings.language:
            words.use(self._settings.language)
        wear(app, self._settings)
        self._guard = CaptureGuard(app, hider(), on=self._settings.capture_guard, parent=self)

    @property
    def window(self) -> QWidget | None:
        """Return the window that is shown."""
        return self._window

    def start(self, *, role: str = "") -> None:
        """Show the sign-in page, or the first-run pages where there is no vault yet.

        Args:
            role: in a made-up team, whose laptop to open at once; ignored in a real one.
        """
        places = homes.vaults(self._home)
        if not places:
            self._first_run()
            return
        from ui.pages.sign_in import SignIn  # noqa: PLC0415  a new laptop begins without it

        passphrase = homes.made_up_passphrase(self._home)
        places = _usual_first(places, role)
        page = SignIn(places, clock=self._clock, passphrase=passphrase, guard=self._guard)
        page.guard_chosen.connect(self._keep_out_of_pictures)
        page.opened.connect(self._opened)
        page.first_run.connect(self._first_run)
        page.rescue_wanted.connect(self._rescue)
        page.help_wanted.connect(self._show_help)
        self._show(page)
        self._fetch_ahead()
        if role and passphrase:
            page.fill_in()
            page.unlock()

    @property
    def home(self) -> Path:
        """Return where the vaults lie."""
        return self._home

    def move(self, home: Path) -> None:
        """Go on with the vaults of another folder, such as a made-up team's."""
        self._home = home
        self.start(role=Role.KEY_WORKER.value)

    def lock(self) -> None:
        """Lock now."""
        casebook, self.casebook = self.casebook, None
        if casebook is None:
            return
        try:
            casebook.close_down()
        finally:
            self._watch.end()
            self._restart()

    def _fetch_ahead(self) -> None:
        """Load the pages once the sign-in page can be seen, while somebody types their words."""
        if self._fetching is None:
            self._fetching = Thread(
                target=import_module, args=("ui.open_casebook",), name="fetch ahead", daemon=True
            )
            QTimer.singleShot(PAINTED_MS, self, self._fetching.start)

    def _first_run(self) -> None:
        self._show(self._first_pages())
        self._fetch_ahead()

    def _first_pages(self) -> "FirstRun":
        from ui.pages.first_run import FirstRun  # noqa: PLC0415  for a new laptop only

        page = FirstRun(self._home, clock=self._clock, dialogs=self._dialogs)
        page.opened.connect(self._opened)
        page.done.connect(self.start)
        page.moved.connect(self.move)
        page.backup_found.connect(self._restore_from)
        page.help_wanted.connect(self._show_help)
        return page

    def _rescue(self, place: VaultPlace, way: str) -> "Rescue":
        from ui.pages.rescue import Rescue  # noqa: PLC0415  only where something is wrong

        page = Rescue(place, clock=self._clock, dialogs=self._dialogs, way=way)
        page.done.connect(self.start)
        page.help_wanted.connect(self._show_help)
        self._show(page)
        return page

    def _restore_from(self, folder: Path) -> None:
        from ui.pages.rescue import place_for  # noqa: PLC0415  as above

        self._rescue(place_for(self._home), "").look_into(folder)

    def _opened(self, opened: "Opened") -> None:
        # Everything behind the sign-in page is read while the words are typed: see _fetch_ahead.
        from sync.seat import seat_of  # noqa: PLC0415
        from ui.open_casebook import OpenCasebook  # noqa: PLC0415
        from ui.session import Session  # noqa: PLC0415

        seat = seat_of(opened.store)
        if seat is None:
            page = self._first_pages()
            page.wait_for_team(opened)
            self._show(page)
            return
        session = Session(opened.store, me=seat.person, team=seat.team, clock=self._clock)
        self.casebook = OpenCasebook(
            session,
            opened.place,
            home=self._home,
            settings=self._settings,
            dialogs=self._dialogs,
            unclean=opened.unclean,
            facts=[
                (_("Laptop"), opened.place.about.laptop),
                (_("Team"), seat.team.name),
                (_("Signed in"), f"{session.me.name}, {session.me.role_title}"),
                (_("Tandem"), __version__),
                (_("Licence"), _("Apache-2.0; Qt under the LGPL. The texts are in its folder.")),
            ],
        )
        self.casebook.lock_wanted.connect(self.lock)
        self.casebook.settings_chosen.connect(self._wear)
        self._begin_watch()
        self._show(self.casebook.window)
        self.casebook.begin(told=opened.told, first=opened.first)
        QTimer.singleShot(0, self, spare_what_stays)

    def _begin_watch(self) -> None:
        from ui.watch import Watch  # noqa: PLC0415  nobody waits for it at the sign-in page

        self._watch = Watch(self._app, self._settings.lock_minutes, parent=self)
        self._watch.due.connect(self.lock)
        if self.casebook is not None:
            self._watch.rested.connect(self.casebook.upkeep.rest)

    def _keep_out_of_pictures(self, on: bool) -> None:  # noqa: FBT001  a Qt slot
        self._wear(replace(self._settings, capture_guard=on))

    def _wear(self, settings: Settings) -> None:
        if settings.capture_guard != self._settings.capture_guard:
            self._guard.switch(on=settings.capture_guard)
        changed_lock = settings.lock_minutes != self._settings.lock_minutes
        self._settings = settings
        try:
            homes.write_settings(self._home, settings)
        except CaseworkError as error:  # they hold until the program ends
            if self.casebook is not None:
                self.casebook.session.failed.emit(error)
        wear(self._app, settings)
        if changed_lock and self.casebook is not None:
            self._watch.set_minutes(settings.lock_minutes)

    def _show(self, window: QWidget) -> None:
        old, self._window = self._window, window
        window.setMinimumSize(*SMALLEST)
        if old is None:
            window.resize(*SIZE)
        else:
            window.setGeometry(old.geometry())
        window.setWindowTitle("Tandem")
        window.show()
        close_down = getattr(old, "close_down", None)
        if close_down is not None:
            close_down()
        if old is not None:
            old.hide()
            old.deleteLater()

    def _show_help(self, topic: str) -> None:
        self._help = help_window(topic)
        self._help.show()


def help_window(topic: str) -> "Help":
    """Return help in a window of its own: where there is no casebook to show it beside."""
    from ui.help import Help  # noqa: PLC0415  only when asked for: it is slow to lay out

    made = Help()
    made.setWindowTitle(_("Help"))
    made.closed.connect(made.close)
    made.show_topic(topic)
    made.resize(made.width(), 640)
    return made


def wear(app: QApplication, settings: Settings) -> None:
    """Put on the chosen colours and text size."""
    theme.choose(app, settings.scheme, text_scale=settings.text_percent / 100)


def spare_what_stays() -> None:
    """Have Python look for what nobody uses among new things only, not among all that is loaded.

    It stops everything while it looks; through all the modules and forms that takes longer than
    opening a page.
    """
    gc.collect()
    gc.freeze()


def harden() -> None:
    """Leave nothing behind: no core dumps, no Qt history of folders and files."""
    _keep_others_out()
    with suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415  not on Windows

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    for scope in (QSettings.Scope.UserScope, QSettings.Scope.SystemScope):
        # Qt's file dialog keeps the folders somebody visited; it is given nowhere to write them.
        QSettings.setPath(QSettings.Format.NativeFormat, scope, os.devnull)
        QSettings.setPath(QSettings.Format.IniFormat, scope, os.devnull)


def _keep_others_out() -> None:
    """Let no other program of this person read our memory, nor any folder lend us its libraries."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    elif sys.platform == "win32":
        ctypes.windll.kernel32.SetDllDirectoryW("")


def make_application(arguments: Sequence[str] = ()) -> QApplication:
    """Return the application, made the way Tandem needs it."""
    import_plainly()
    harden()
    QApplication.setHighDpiScaleFactorRoundingPolicy(
        Qt.HighDpiScaleFactorRoundingPolicy.PassThrough
    )
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication(["tandem", *arguments])
    if app.findChild(Sweeping) is None:
        Sweeping(app)
    app.setApplicationName("Tandem")
    app.setQuitOnLastWindowClosed(True)
    return app


def main(home: Path | None = None, *, role: str = "") -> int:
    """Open the window and stay until it is closed; return the exit status.

    Args:
        home: where this laptop's vaults lie; the usual place when None.
        role: in a made-up team, whose laptop to open at once.
    """
    app = make_application()
    place = (home or homes.default_home()).resolve()
    dialogs = ScreenDialogs()
    program = Tandem(
        app, place, clock=Clock(), dialogs=dialogs, restart=lambda: start_again(app, program.home)
    )
    QTimer.singleShot(0, lambda: program.start(role=role))
    status = app.exec()
    if program.casebook is not None:
        program.casebook.close_down()
    return status


def start_again(app: QApplication, home: Path) -> None:
    """End this process, memory and all, and start a bare sign-in page in its place."""
    command = [sys.executable]
    if not getattr(sys, "frozen", False):
        command += ["-m", "desktop_app"]
        os.chdir(Path(__file__).resolve().parent.parent)
    command += ["--home", str(home)]
    app.closeAllWindows()
    app.processEvents()
    os.execv(command[0], command)  # noqa: S606  our own program, with no shell in between


def _usual_first(places: Sequence[VaultPlace], role: str) -> list[VaultPlace]:
    """Put first the one to open: of the role asked for, else opened last, else a key worker's."""
    wanted = [one for one in places if role and one.about.role == role]
    latest = max((one.about.opened for one in places), default="")
    last = [one for one in places if one.about.opened == latest]
    usual = [one for one in last if one.about.role == Role.KEY_WORKER.value]
    chosen = (wanted or usual or last)[0]
    return [chosen, *(one for one in places if one is not chosen)]
