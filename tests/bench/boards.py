# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Today and every board of Programme over growing casebooks: opened, and after one change.

A page is asked for, answered by the store's thread, laid out and painted, its rows worked out
before, as they are while somebody works. Told besides is how long the vault takes on the next
morning, when none of them hold, and how long working all of them out takes altogether. A change is
one saved answer about a client who stands there; what is measured is working the rows out again,
before it is drawn. Whoever looks has every role, so that every board is theirs, and stands by
forty clients, as a key worker may; somebody stands on every board (see `caseload`).
"""

import os
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from desktop_app.casework.board import Board, Known
from desktop_app.casework.boards import boards_for, todays
from desktop_app.casework.limits import limits
from desktop_app.casework.people import Role, Team
from storage.board_rows import work_out
from storage.boards import go_through
from sync.seat import seat_of
from tests.bench.caseload import MINE, Caseload
from tests.bench.figures import note, p95, scratch, seconds, small, tell
from tests.bench.invented import Laptop, two_laptops
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
OPENINGS, LARGE_OPENINGS, CHANGES, WARM, PATIENCE_S = 24, 10, 40, 4, 20
CLOCK = Steady()


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
        caseload = Caseload(laptop.me, other.me, CLOCK.today())
        for size in sizes:
            while len(caseload.clients) < size:
                laptop.save(caseload.more(min(250, size - len(caseload.clients))))
            laptop.exchange()  # as at the end of any day: hardly anything waits to be shared
            team = _team(laptop)
            took = seconds(partial(_follow, laptop, team))
            note(f"{size:,} clients gone through and worked out in {took:.1f} s")
            session = Session(laptop.store, me=laptop.me, team=team, clock=CLOCK)
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


def _team(laptop: Laptop) -> Team:
    """Return the team, in which whoever looks has every role."""
    seat = seat_of(laptop.store)
    assert seat is not None
    me = replace(seat.team.persons[seat.person], roles=frozenset(Role))
    return replace(seat.team, persons={**seat.team.persons, me.id: me})


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
        first = fill(session._store, board, session.me, session.team, CLOCK.now(), most=AT_FIRST)
        assert first.dues, f"nobody stands on {board.name}"
        make = partial(BoardsPage, session, ScreenDialogs())
        found[board.name] = _open(session, make, board.name, openings)
    return found


def _open(
    session: Session, make: Callable[[], TodayPage | BoardsPage], board: str, openings: int
) -> float:
    times = [_opened(session, make, board) for _number in range(openings + WARM)]
    return p95(times[WARM:]) * 1000


def _opened(session: Session, make: Callable[[], TodayPage | BoardsPage], board: str) -> float:
    """Open a page; return how long it took until its rows were painted, in seconds."""
    spare_what_stays()
    begun = time.perf_counter()
    page = make()
    drawn = Drawn(page.rows)
    page.resize(1180, 700)
    page.show()
    page.show_place(Place("boards" if board else "today", form=board or None))
    _wait(lambda: drawn.done, f"nothing of {board or 'today'} was painted")
    took = time.perf_counter() - begun
    _wait(lambda: not session.busy, "the store was not done")
    page.close()
    page.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # or all would stay
    return took


def _wait(done: Callable[[], bool], what: str) -> None:
    """Wait as the program does, doing nothing; not for ever."""
    late = QTimer(singleShot=True)
    late.start(PATIENCE_S * 1000)
    while not done():
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        assert late.isActive(), f"{what} in {PATIENCE_S} s"


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
