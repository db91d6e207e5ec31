# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An open casebook: the window with all its pages, for one person who has signed in."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.audience import AUDIT
from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.people import Role
from desktop_app.casework.retention import RETENTION
from desktop_app.casework.words import _, ngettext
from storage import audit, reads
from storage.store import Store
from sync.places import LIST
from ui import arriving_bar
from ui.consulting import nothing
from ui.dialogs import Dialogs
from ui.exchanging import LAST_SHARED, Exchanging
from ui.help_beside import HelpBeside
from ui.home import Settings, VaultPlace, write_about
from ui.looking import Looking
from ui.main_window import MainWindow
from ui.page_stack import Frame, PageEntry
from ui.pages.agreements import AgreementsPage
from ui.pages.audit import AuditPage
from ui.pages.boards import BoardsPage
from ui.pages.client import ClientPage
from ui.pages.clients import ClientsPage
from ui.pages.clinic import ClinicPage
from ui.pages.colleagues import ColleaguesPage
from ui.pages.colleagues_button import NewFromColleagues
from ui.pages.criteria import CriteriaPage
from ui.pages.doorstep import DoorstepPage
from ui.pages.forum import ForumPage
from ui.pages.importing import ImportPage
from ui.pages.joining import JoiningPage
from ui.pages.keepers import KeepersPage
from ui.pages.keys import KeysPage
from ui.pages.keys_reminder import remind_of_paper
from ui.pages.laptop import LaptopPage
from ui.pages.laptop_words import said_of_damage
from ui.pages.lost import LostPage
from ui.pages.ndtms import ReturnPage
from ui.pages.nudge import Nudge
from ui.pages.older import OlderPage
from ui.pages.outcome import OutcomePage
from ui.pages.plan import PlanPage
from ui.pages.plan_shown import PlanShown
from ui.pages.record import RecordPage
from ui.pages.retention import RetentionPage
from ui.pages.same_worker import SameWorkerPage
from ui.pages.scoring import ScoringPage
from ui.pages.scrutiny import ScrutinyPage
from ui.pages.settings import SettingsPage
from ui.pages.sharing import SharingPage
from ui.pages.sheets import SheetsPage
from ui.pages.team import TeamPage
from ui.pages.team_news import TeamNews
from ui.pages.today import TodayPage
from ui.pages.twice import TwicePage
from ui.pages.visit_pack import VisitPackPage
from ui.places import Place
from ui.search import Search
from ui.session import Session
from ui.sheets.waiting_again import WaitingAgain
from ui.upkeep import Upkeep
from ui.why_bar import put_up


class OpenCasebook(QObject):
    """Everything one signed-in person sees.

    Signals:
        lock_wanted: lock now.
        settings_chosen: the `Settings` as they now are.
    """

    lock_wanted = Signal()
    settings_chosen = Signal(object)

    def __init__(
        self,
        session: Session,
        place: VaultPlace,
        *,
        home: Path,
        settings: Settings,
        dialogs: Dialogs,
        facts: Sequence[tuple[str, str]],
        unclean: bool = False,
    ) -> None:
        super().__init__()
        self.session, self._place, self._home = session, place, home
        self._settings, self._dialogs, self._facts = settings, dialogs, facts
        self.exchanging = Exchanging(session, share=place.about.share, parent=self)
        self.upkeep = Upkeep(
            session,
            place.folder,
            lock_minutes=settings.lock_minutes,
            unclean=unclean,
            parent=self,
        )
        self.frame = MainWindow(
            self._entries(),
            name=session.me.name,
            role=session.me.role_title,
            made_up=session.team.made_up,
        )
        self.why = put_up(self.frame, session, dialogs)
        self.helping, _looks = HelpBeside(self.frame), Looking(session, self.frame)
        self.search = Search(session, self.frame.search, parent=self)
        self.search.go.connect(self.frame.go_to)
        self._connect()

    @property
    def window(self) -> QWidget:
        """Return the window."""
        return self.frame

    def begin(self, *, told: str = "", first: Place | None = None) -> None:
        """Open Today, or `first` with Today behind it, and say what should be known at once."""
        self.frame.show_page("today")
        if first is not None:
            self.go_to(first)
        self.frame.status.set_locks_after(self._settings.lock_minutes)
        self._count()
        if told:
            self.frame.banner.say(told, tone="warn")
        else:
            remind_of_paper(self.session, lambda words: self.frame.banner.say(words, tone="info"))
        self.frame.older.follow(self.session, self.exchanging, self.upkeep)
        arriving_bar.put_up(self.frame, self.session, self.exchanging)
        self.upkeep.begin()

    def close_down(self) -> None:
        """Hand over what was typed, close the vault, end the threads. Never asks, never fails."""
        self.exchanging.close_down()
        self.upkeep.close_down()
        self.session.close()
        self.window.hide()

    def _connect(self) -> None:
        frame, session = self.frame, self.session
        frame.lock_wanted.connect(self.lock_wanted)
        session.changed.connect(self._saved)
        session.drafted.connect(lambda _draft: self._say_saved(_("Draft saved")))
        session.failed.connect(self._say_trouble)
        session.slow.connect(frame.status.set_at_work)
        self.exchanging.done.connect(lambda _done: self._count())
        self.session.team_changed.connect(self._count)
        self.exchanging.previewed.connect(lambda found: self._say_waiting(len(found)))
        self.exchanging.done.connect(lambda _done: self._say_waiting(0))
        frame.older.wanted.connect(lambda: frame.show_page("older"))
        said = WaitingAgain(session, self).said
        said.connect(lambda words: frame.banner.say(words, tone="info"))
        self.upkeep.damaged.connect(lambda _found: self.frame.banner.say(said_of_damage()))

    def _entries(self) -> list[PageEntry]:
        session, dialogs = self.session, self._dialogs
        team = partial(TeamPage, session, dialogs, exchanging=self.exchanging)
        older = partial(OlderPage, session, exchanging=self.exchanging)
        today = partial(_today_page, session, dialogs, self.upkeep, self.exchanging)
        coordinates = Role.COORDINATOR in session.roles
        return [
            PageEntry("today", _("Today"), "sun", today),
            PageEntry("clients", _("Clients"), "users", partial(ClientsPage, session, dialogs)),
            PageEntry(
                "clinic", _("Appointments"), "calendar-days", partial(ClinicPage, session, dialogs)
            ),
            PageEntry(
                "boards", _("Programme"), "chart-column", partial(BoardsPage, session, dialogs)
            ),
            PageEntry("sharing", _("Sharing"), "refresh-cw", self._sharing_page),
            PageEntry(
                "import", _("Import"), "inbox" if coordinates else "", self._import_page, "sharing"
            ),
            PageEntry("older", _("An older casebook"), "", older, under="sharing"),
            PageEntry("team", _("Team"), "shield-check", team),
            self._forum(),
            *_team_pages(session, dialogs, self._home, self.exchanging),
            PageEntry(
                "audit",
                _("Audit"),
                "scroll-text" if AUDIT in session.me.audiences else "",
                partial(AuditPage, session, dialogs),
                under="clients",
            ),
            PageEntry("laptop", _("This laptop"), "laptop", self._laptop_page),
            PageEntry("settings", _("Settings"), "settings", self._settings_page),
            PageEntry("keys", _("Passphrase and keys"), "", self._keys_page, under="settings"),
            *_case_pages(session, dialogs),
            *_plan_pages(session, dialogs),
        ]

    def _forum(self) -> PageEntry:
        made = partial(ForumPage, self.session, self._dialogs)
        return PageEntry("forum", _("Case forum"), "", made, under="boards", frame=Frame.NONE)

    def _keys_page(self) -> KeysPage:
        return KeysPage(self.session, self._dialogs, self._home, laptop=self._place.about.laptop)

    def _laptop_page(self) -> LaptopPage:
        return LaptopPage(
            self.session, self._dialogs, upkeep=self.upkeep, settings=lambda: self._settings
        )

    def _sharing_page(self) -> SharingPage:
        page = SharingPage(self.session, self._dialogs, exchanging=self.exchanging)
        page.share_wanted.connect(lambda: self._choose_share(page))
        return page

    def _import_page(self) -> ImportPage:
        page = ImportPage(self.session, self._dialogs, exchanging=self.exchanging)
        page.share_wanted.connect(lambda: self._choose_share(page))
        return page

    def _settings_page(self) -> SettingsPage:
        page = SettingsPage(self._settings, share=self.exchanging.share, facts=list(self._facts))
        page.chosen.connect(self._choose_settings)
        page.share_wanted.connect(lambda: self._choose_share(page))
        return page

    def _choose_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.upkeep.lock_minutes = settings.lock_minutes
        self.frame.status.set_locks_after(settings.lock_minutes)
        self.settings_chosen.emit(settings)

    def _choose_share(self, page: SettingsPage | SharingPage | ImportPage) -> None:
        chosen = self._dialogs.folder(_("Team folder"))
        if chosen is None:
            return
        self.exchanging.share = str(chosen)
        for shown in {page, self.frame.page("settings")}:
            if isinstance(shown, SettingsPage | SharingPage | ImportPage):
                shown.set_share(str(chosen))
        about = replace(self._place.about, share=str(chosen))
        self._place = VaultPlace(self._place.folder, about)
        try:
            write_about(self._place.folder, about)
        except CaseworkError as error:  # it holds until the program ends
            self.session.failed.emit(error)

    def _saved(self, _touched: object) -> None:
        self._say_saved(_("Saved on this laptop"))
        self._count()

    def _say_saved(self, what: str) -> None:
        self.frame.status.set_saved(f"{what} {self.session.now():%H:%M}")

    def _say_trouble(self, error: CaseworkError) -> None:
        self.frame.banner.say(str(error))

    def _count(self) -> None:
        def ask(store: Store) -> tuple[int, bool, str]:
            team = reads.outbox_holds(store, LIST)
            return audit.to_share(store), team, str(store.get(LAST_SHARED) or "")

        def show(answer: tuple[int, bool, str]) -> None:
            waiting, team, shared = answer
            self.frame.status.set_to_share(waiting, team=team)
            words = ngettext("%(n)d change to share", "%(n)d changes to share", waiting)
            self.frame.set_badge("sharing", waiting, words % {"n": waiting})
            today = self.session.today()
            self.frame.status.set_last_shared(say_moment(shared, today) if shared else "")

        self.session.ask(ask, show, shows=nothing, owner=self, name="count")

    def _say_waiting(self, bundles: int) -> None:
        words = ngettext("%(n)d bundle waiting", "%(n)d bundles waiting", bundles)
        self.frame.set_badge("import", bundles, words % {"n": bundles})

    def go_to(self, place: Place) -> None:
        """Take the person somewhere."""
        self.frame.go_to(place)


def _today_page(
    session: Session, dialogs: Dialogs, upkeep: Upkeep, exchanging: Exchanging
) -> TodayPage:
    """Return Today, with what should be known before what is due."""
    page = TodayPage(session, dialogs)
    for told in (Nudge(session, upkeep), TeamNews(session, exchanging)):  # the last stands first
        told.go.connect(page.go)
        page.tell(told)
    news = NewFromColleagues(session)
    news.clicked.connect(lambda: page.go.emit(Place("colleagues")))
    page.head.offer(news)
    return page


def _team_pages(
    session: Session, dialogs: Dialogs, home: Path, exchanging: Exchanging
) -> list[PageEntry]:
    """Return the pages one comes to from Team."""
    keepers = partial(KeepersPage, session, dialogs, home, exchanging=exchanging)
    agreements = partial(AgreementsPage, session)
    lost = partial(LostPage, session, dialogs, exchanging=exchanging)
    return [
        PageEntry("keepers", _("Keepers"), "", keepers, under="team"),
        PageEntry("criteria", _("Criteria"), "", partial(CriteriaPage, session), under="team"),
        PageEntry("agreements", _("Agreements"), "", agreements, under="team"),
        PageEntry("lost", _("A lost laptop"), "", lost, under="team"),
        PageEntry(
            "retention",
            _("Keep or erase"),
            "archive" if session.may_write(RETENTION) else "",
            partial(RetentionPage, session, dialogs),
            under="team",
        ),
    ]


def _case_pages(session: Session, dialogs: Dialogs) -> list[PageEntry]:
    """Return the pages one comes to from others, which stand on no rail of their own."""
    return [
        PageEntry(
            "client", _("Client"), "", partial(ClientPage, session, dialogs), under="clients"
        ),
        PageEntry(
            "joining",
            _("One person, two files?"),
            "",
            partial(JoiningPage, session),
            under="clients",
        ),
        PageEntry(
            "record", _("Record"), "", partial(RecordPage, session, dialogs), under="clients"
        ),
        PageEntry(
            "sheets",
            _("From a spreadsheet"),
            "",
            partial(SheetsPage, session, dialogs),
            under="clients",
        ),
        PageEntry("scoring", _("Score"), "", partial(ScoringPage, session), under="clients"),
        PageEntry("ndtms", _("Return"), "", partial(ReturnPage, session, dialogs), under="clients"),
        PageEntry("twice", _("Written twice"), "", partial(TwicePage, session), under="sharing"),
        PageEntry(
            "visit",
            _("Visit"),
            "",
            partial(DoorstepPage, session, dialogs),
            under="clients",
            frame=Frame.SLIM,
        ),
    ]


def _plan_pages(session: Session, dialogs: Dialogs) -> list[PageEntry]:
    """Return the pages of what somebody wants, of how it goes, and what colleagues wrote."""
    plan, shown = partial(PlanPage, session, dialogs), partial(PlanShown, session)
    weeks = partial(OutcomePage, session)
    pack, same = partial(VisitPackPage, session, dialogs), partial(SameWorkerPage, session, dialogs)
    news = partial(ColleaguesPage, session, dialogs)
    return [
        PageEntry("colleagues", _("New from colleagues"), "", news, under="today"),
        PageEntry("plan", _("Plan"), "", plan, under="clients"),
        PageEntry("plan_shown", _("Your plan"), "", shown, under="clients", frame=Frame.NONE),
        PageEntry("outcome", _("The last four weeks"), "", weeks, under="clients"),
        PageEntry(
            "scrutiny",
            _("Postures for scrutiny"),
            "",
            partial(ScrutinyPage, session, dialogs),
            under="boards",
        ),
        PageEntry("visit_pack", _("Visit pack"), "", pack, under="today"),
        PageEntry("same_worker", _("Same key worker"), "", same, under="boards"),
    ]
