# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A window over a real vault: the look, an invented team, somebody signed in."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.casework.people import Role, Team
from storage import ledger, recovery, unlock
from storage.backup import RECOVERY
from storage.store import Store
from storage.unlock import FLOOR
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, copy_of_four, team_of_four
from tests.ui.crew import Crew
from tests.ui.desk import TOLD, Desk
from tests.ui.door import Door
from tests.ui.file_desk import Page
from tests.ui.joining import Arrive, FirstTime, Lowe
from tests.ui.life import Life
from tests.ui.morning import Morning
from tests.ui.office import (
    BELLO,
    LING,
    LOWE,
    OSEI,
    SHAH,
    Office,
    OfficeClock,
    small_team,
    with_analyst,
)
from tests.ui.watched import Case, Watched
from ui import enrolment, theme
from ui.enrolment import Newcomer
from ui.session import Session
from ui.sweeping import Sweeping
from ui.theme import Theme

WHO = {
    Role.KEY_WORKER: OSEI,
    Role.OFFICER: SHAH,
    Role.NURSE: BELLO,
    Role.COORDINATOR: LOWE,
    Role.ANALYST: LING,
}
SignIn = Callable[[str], Session]


@pytest.fixture(autouse=True, scope="session")
def garbage_is_looked_for_where_it_may_be(qapp: QApplication) -> None:
    """Let no test's widget be taken apart beside the window's thread, as in the program."""
    Sweeping(qapp)


@pytest.fixture(autouse=True)
def nothing_stays_on_the_screen(qapp: QApplication) -> Iterator[None]:
    """Take down what a test leaves behind: each later change of theme would dress it once more."""
    stays = set(qapp.topLevelWidgets())  # of a fixture that serves a whole module
    yield
    for widget in set(qapp.topLevelWidgets()) - stays:
        widget.deleteLater()
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def look(qapp) -> Iterator[None]:  # type: ignore[no-untyped-def]
    """Wear the light theme; take off whatever a test puts on."""
    theme.apply(qapp, Theme())
    yield
    theme.apply(qapp, Theme())


@pytest.fixture
def clock() -> OfficeClock:
    """Return a clock that stands on Monday 23 November 2026, 15:04."""
    return OfficeClock()


@pytest.fixture
def team() -> Team:
    """Return the small invented team."""
    return small_team()


@pytest.fixture
def vault(tmp_path: Path) -> Iterator[Store]:
    """Return a new encrypted vault."""
    folder = tmp_path / "vault"
    folder.mkdir()
    store = Store.create(folder, bytearray(range(32)))
    yield store
    store.close()


@pytest.fixture
def office(vault: Store, clock: OfficeClock) -> Office:
    """Return the key worker's vault, and colleagues who write into it."""
    return Office(vault, clock)


@pytest.fixture
def trouble(request: pytest.FixtureRequest, look: None) -> Iterator[list[str]]:
    """Return what a person was told of trouble; a test that expects none does not ask for it."""
    told: list[str] = []
    yield told
    if "trouble" not in request.node.function.__code__.co_varnames:
        assert told == [], "a person was told of trouble"


@pytest.fixture
def sign_in(
    vault: Store,
    team: Team,
    clock: OfficeClock,
    qtbot: QtBot,
    trouble: list[str],
) -> Iterator[SignIn]:
    """Return what signs somebody in to the vault, by their role."""
    opened: list[Session] = []

    def open_for(role: str) -> Session:
        there = with_analyst(team) if role == Role.ANALYST else team
        session = Session(vault, me=WHO[Role(role)], team=there, clock=clock)
        session.failed.connect(lambda error: trouble.append(str(error)))
        opened.append(session)
        return session

    yield open_for
    for session in opened:
        qtbot.waitUntil(lambda session=session: not session.busy)  # type: ignore[misc]
        session.closing.emit()
        session._worker.close()


@pytest.fixture
def session(sign_in: SignIn, office: Office) -> Session:
    """Return the session of K. Osei, key worker."""
    return sign_in(Role.KEY_WORKER)


@pytest.fixture
def door(qtbot: QtBot, session: Session) -> Door:
    """Return the doorstep page of the key worker."""
    return Door(qtbot, session)


@pytest.fixture
def lee(office: Office) -> bytes:
    """Return a client, known as Lee."""
    return office.client()


@pytest.fixture
def morning(qtbot: QtBot, session: Session) -> Morning:
    """Return the key worker's Today."""
    return Morning(qtbot, session)


@pytest.fixture
def page(qtbot: QtBot, session: Session) -> Page:
    """Return the client page of the key worker."""
    return Page(qtbot, session)


@pytest.fixture(scope="session")
def made_four(tmp_path_factory: pytest.TempPathFactory) -> tuple[Four, Path]:
    """Make the team of four laptops every test gets a copy of."""
    place = tmp_path_factory.mktemp("four")
    made = team_of_four(place, HostileShare())
    made.close()
    return made, place


@pytest.fixture
def four(made_four: tuple[Four, Path], tmp_path: Path) -> Iterator[Four]:
    """Give four laptops of one team, and their share."""
    copied = copy_of_four(*made_four, tmp_path / "four")
    yield copied
    copied.close()


@pytest.fixture
def crews(qtbot: QtBot, four: Four, look: None) -> Iterator[Callable[[str], Crew]]:
    """Return what signs one of the four in on their own laptop, by name."""
    opened: list[Crew] = []

    def sign_in_as(name: str) -> Crew:
        crew = Crew(qtbot, four, next(one for one in four if one.name == name))
        opened.append(crew)
        return crew

    yield sign_in_as
    for crew in opened:
        crew.close()


@pytest.fixture
def ann(crews: Callable[[str], Crew]) -> Crew:
    """Return the key worker of the four at her laptop."""
    return crews("Ann")


@pytest.fixture
def shah(crews: Callable[[str], Crew]) -> Crew:
    """Return the officer of the four at his laptop."""
    return crews("Shah")


@pytest.fixture
def grant(crews: Callable[[str], Crew]) -> Crew:
    """Return the coordinator of the four at his laptop."""
    return crews("Grant")


@pytest.fixture
def bell(crews: Callable[[str], Crew]) -> Crew:
    """Return the nurse of the four at her laptop."""
    return crews("Bell")


@pytest.fixture
def case(qtbot: QtBot, vault: Store, clock: OfficeClock, tmp_path: Path) -> Case:
    """Return an officer's vault with a client whom every page has something to say of."""
    return Case(qtbot, vault, clock, tmp_path)


@pytest.fixture
def watched(case: Case, sign_in: SignIn) -> Iterator[Watched]:
    """Return the officer's whole window, under watch."""
    opened = Watched(case.qtbot, sign_in(Role.OFFICER), case.store, case.folder)
    yield opened
    opened.close()


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """Return the team's folder."""
    made = tmp_path / "share"
    made.mkdir()
    return made


@pytest.fixture
def arrive(tmp_path: Path, qtbot: QtBot, clock: OfficeClock, look: None) -> Iterator[Arrive]:
    """Return what opens a laptop for the first time, by its name."""
    laptops: list[FirstTime] = []

    def open_it(name: str) -> FirstTime:
        made = FirstTime(qtbot, tmp_path / name, clock)
        laptops.append(made)
        return made

    yield open_it
    for one in laptops:
        one.close()


@pytest.fixture
def lowe(arrive: Arrive, qtbot: QtBot, share: Path, clock: OfficeClock) -> Iterator[Lowe]:
    """Return the coordinator of a team founded a moment ago."""
    made = Lowe(qtbot, arrive("lowe"), share, clock)
    yield made
    made.close()


@pytest.fixture(scope="session")
def made_life(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """Make a laptop with one vault and a recovery key; return its home and the paper."""
    home = tmp_path_factory.mktemp("home")
    (home / "share").mkdir()
    who = Newcomer(
        "M. Lowe", "Police", "Laptop 1", home / "share", TOLD, team="Saltings", cost=FLOOR
    )
    opened = enrolment.found(home, who, now_ms=OfficeClock().now_ms())
    seed = recovery.new_seed()
    unlock.add_recovery(opened.place.folder, TOLD, recovery.public_of(seed))
    with opened.store.transaction():
        ledger.put_key(opened.store, RECOVERY, recovery.public_of(seed))
    opened.store.close()
    return home, " ".join(recovery.words_of(seed))


@pytest.fixture
def life(
    made_life: tuple[Path, str], tmp_path: Path, qtbot: QtBot, clock: OfficeClock, look: None
) -> Iterator[Life]:
    home = tmp_path / "home"
    shutil.copytree(made_life[0], home)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    desk = Desk(qtbot, app, home, clock)
    yield Life(desk, made_life[1], tmp_path / "stick")
    desk.close()
    theme.choose(app, "light")
