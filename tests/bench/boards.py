# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today and every board of Programme over growing casebooks: opened, and after one change.

A page is asked for, answered by the store's thread, laid out and painted, its rows worked out
before, as they are while somebody works. Told besides is how long the vault takes on the next
morning, when none of them hold, and how long working all of them out takes altogether. A change is
one saved answer about a client who stands there; what is measured is working the rows out again,
before it is drawn. Each client has forty events: visits, appointments kept and missed, a stay
somewhere. Whoever looks stands by forty clients, as a key worker may.
"""

import os
import random
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop_app.casework.board import Board, Known
from desktop_app.casework.boards import boards_for, todays
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Team
from desktop_app.casework.records import Answers, Edit
from storage.board_rows import work_out
from storage.boards import go_through
from sync.seat import seat_of
from tests.bench.figures import note, p95, scratch, seconds, small, tell
from tests.bench.invented import Invented, Laptop, two_laptops
from tests.bench.reading import Steady
from ui import theme
from ui.app import spare_what_stays
from ui.dialogs import ScreenDialogs
from ui.kit.row_list import RowList
from ui.pages.boards import BoardsPage
from ui.pages.boards_facts import asked, fill
from ui.pages.boards_rows import AT_FIRST
from ui.pages.today import TodayPage
from ui.pages.today_facts import gather
from ui.places import Place
from ui.session import Session

PAINT_MS, AGAIN_MS = 100.0, 10.0
EVENTS, MINE = 40, 40
OPENINGS, LARGE_OPENINGS, CHANGES, WARM, PATIENCE_S = 24, 10, 40, 4, 20
CLOCK = Steady()


class Caseload:
    """Invents clients with forty events each."""

    def __init__(self, me: str, other: str) -> None:
        self.me, self.other, self.clients = me, other, list[bytes]()
        self._dice = random.Random("boards")  # noqa: S311  the same on every run
        self._invented = Invented("boards")
        self._today = CLOCK.today()

    def more(self, count: int) -> list[Edit]:
        """Return so many more clients and all about them."""
        made = []
        for _number in range(count):
            client = self._invented.client()
            self.clients.append(client.record)
            made += [client, *self._life(client.record)]
        return made

    def missed(self, client: bytes) -> Edit:
        """Return one more appointment missed."""
        return self._appointment(client, 0, "not_attended")

    def _life(self, client: bytes) -> list[Edit]:
        dice, number = self._dice, len(self.clients)
        worker = self.me if number <= MINE else self.other
        duty: Answers = {"duty": "key_worker", "worker": worker, "from_on": "2024-10-01"}
        made = [self._edit("assignment", client, duty), self._stay(client)]
        seldom_seen = dice.random() < 0.1
        for back in range(18):
            days = 14 * back + dice.randint(1, 13) + (60 if seldom_seen else 0)
            made.append(self._visit(client, worker, days))
            state = "not_attended" if dice.random() < 0.15 else "attended"
            made.append(self._appointment(client, 14 * back + dice.randint(1, 13), state))
        if dice.random() < 0.1:
            told: Answers = {"accepted_on": self._day(dice.randint(2, 20)), "status": "waiting"}
            made.append(self._edit("treatment", client, told))
        if dice.random() < 0.1:
            alert: Answers = {"headline": "Dog", "set_on": self._day(40), "how_to_visit": "two"}
            made.append(self._edit("alert", client, alert))
        while len(made) < EVENTS:
            made.append(self._visit(client, worker, dice.randint(260, 700)))
        return made

    def _visit(self, client: bytes, worker: str, back: int) -> Edit:
        made = self._invented.visit(client, worker)
        outcome = self._dice.choice(("seen", "seen", "refused", "not_seen"))
        return Edit(
            "visit",
            made.record,
            client,
            "partners",
            {**made.answers, "at": f"{self._day(back)}T10:30", "kind": "home", "outcome": outcome},
        )

    def _appointment(self, client: bytes, back: int, state: str) -> Edit:
        told: Answers = {
            "booked_for": f"{self._day(back)}T09:00",
            "state": state,
            "kind": "nurse",
            "marked_on": self._day(back),
        }
        return self._edit("appointment", client, told)

    def _stay(self, client: bytes) -> Edit:
        inside = self._dice.random() < 0.15
        told: Answers = {"setting": "community", "from_on": self._day(300)}
        if inside:
            out = self._day(-self._dice.randint(1, 200))
            told |= {"setting": "sentenced", "expected_release_on": out}
        return self._edit("setting", client, told)

    def _edit(self, form: str, client: bytes, answers: Answers) -> Edit:
        return Edit(form, self._invented.new_id(), client, "partners", answers)

    def _day(self, back: int) -> str:
        return (self._today - timedelta(days=back)).isoformat()


class Drawn(QObject):
    """Watches for the first paint of the rows once they are there."""

    def __init__(self, rows: RowList) -> None:
        super().__init__(rows)
        self.done, self._rows = False, rows
        rows.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a paint, and let it happen."""
        if event.type() is QEvent.Type.Paint and not self._rows.is_empty:
            self.done = True
        return False


def main() -> None:
    """Measure."""
    sizes = (200, 400, 1_000) if small() else (1_000, 5_000, 20_000)
    app = QApplication([])
    qInstallMessageHandler(lambda *_said: None)  # what it says of any window without a screen
    theme.choose(app, "light")
    painted, again = {}, {}
    with scratch() as place:
        laptop, other = two_laptops(place)
        caseload = Caseload(laptop.me, other.me)
        for size in sizes:
            while len(caseload.clients) < size:
                laptop.save(caseload.more(min(250, size - len(caseload.clients))))
            laptop.exchange()  # as at the end of any day: hardly anything waits to be shared
            seat = seat_of(laptop.store)
            assert seat is not None
            took = seconds(partial(_follow, laptop, seat.team))
            note(f"{size:,} clients gone through and worked out in {took:.1f} s")
            session = Session(laptop.store, me=seat.person, team=seat.team, clock=CLOCK)
            openings = LARGE_OPENINGS if size == sizes[-1] else OPENINGS
            painted[size] = _paint(session, openings)
            _morning(session, size)
            again[size] = _change(laptop, session, caseload)
        laptop.store.close()
    app.quit()
    for size in sizes:
        gate = size == sizes[1]
        for what, found, limit in (("first", painted, PAINT_MS), ("again", again, AGAIN_MS)):
            slowest = max(found[size], key=lambda name: found[size][name])
            said = ", ".join(f"{name} {ms:.1f}" for name, ms in found[size].items())
            note(f"{size:,} clients, {what}: {said} ms")
            if gate:
                words = "First paint" if what == "first" else "After one change"
                name = f"{words} of the slowest board ({slowest}), {size:,} clients, p95"
                tell(name, found[size][slowest], "ms", limit)


def _follow(laptop: Laptop, team: Team) -> None:
    known = Known(team, limits(), CLOCK.now())
    while go_through(laptop.store, known, at_most=50):
        pass
    me = team.persons[laptop.me]
    for rule in (todays(), *(one.rule for one in boards_for(me))):
        while work_out(asked(laptop.store, rule, me, team, CLOCK.now()), at_most=50):
            pass


def _morning(session: Session, size: int) -> None:
    """Tell how long the vault takes for the first rows when none that are kept hold any more."""
    store, me, team = session._store, session.me, session.team
    then = CLOCK.now() + timedelta(days=1)
    found = {"today": 1000 * seconds(partial(gather, store, me, team, then))}
    for one in boards_for(me):
        found[one.name] = 1000 * seconds(partial(fill, store, one, me, team, then, most=AT_FIRST))
    said = ", ".join(f"{name} {ms:.1f}" for name, ms in found.items() if ms > 1)
    note(f"{size:,} clients, the first rows of a morning, unpainted: {said} ms")


def _paint(session: Session, openings: int) -> dict[str, float]:
    """Return how long each page takes to stand there, p95 in milliseconds."""
    found = {"today": _open(session, lambda: TodayPage(session, ScreenDialogs()), "", openings)}
    for board in boards_for(session.me):
        if not fill(session._store, board, session.me, session.team, CLOCK.now()).dues:
            note(f"nobody stands on {board.name}")
            continue
        make = partial(BoardsPage, session, ScreenDialogs())
        found[board.name] = _open(session, make, board.name, openings)
    return found


def _open(
    session: Session, make: Callable[[], TodayPage | BoardsPage], board: str, openings: int
) -> float:
    times = []
    for number in range(openings + WARM):
        spare_what_stays()
        begun = time.perf_counter()
        page = make()
        drawn = Drawn(page.rows)
        page.resize(1180, 700)
        page.show()
        page.show_place(Place("boards" if board else "today", form=board or None))
        until = begun + PATIENCE_S
        while not drawn.done and time.perf_counter() < until:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 5)
        assert drawn.done, "nothing stands there"
        if number >= WARM:
            times.append(time.perf_counter() - begun)
        _settle(session)
        page.close()
        page.deleteLater()
        QApplication.processEvents()
    return p95(times) * 1000


def _settle(session: Session) -> None:
    while session.busy:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _change(laptop: Laptop, session: Session, caseload: Caseload) -> dict[str, float]:
    """Return how long it takes to work rows out again after one change, p95 in milliseconds."""
    store, me, team, now = laptop.store, session.me, session.team, CLOCK.now()
    times: dict[str, list[float]] = {}
    held = gather(store, me, team, now)
    boards: Sequence[Board] = boards_for(me)
    filled = {one.name: fill(store, one, me, team, now, most=AT_FIRST) for one in boards}
    for number in range(CHANGES):
        client = caseload.clients[number % MINE]
        laptop.now_ms += 1
        touched = store.save([caseload.missed(client)], now_ms=laptop.now_ms).touched
        begun = time.perf_counter()
        held = gather(store, me, team, now, before=held, touched=touched)
        times.setdefault("today", []).append(time.perf_counter() - begun)
        for one in boards:
            begun = time.perf_counter()
            before = filled[one.name]
            filled[one.name] = fill(
                store, one, me, team, now, most=AT_FIRST, before=before, touched=touched
            )
            times.setdefault(one.name, []).append(time.perf_counter() - begun)
        if number % 12 == 11:  # as the pages do, a little at a time
            _follow(laptop, team)
    return {name: p95(some) * 1000 for name, some in times.items()}


if __name__ == "__main__":
    main()
