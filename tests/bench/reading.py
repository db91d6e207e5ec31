# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Searching as one types, and opening a client's page: what people feel, over growing caseloads.

Each query is asked letter by letter, as it is typed, whole and misspelt, by nickname and by birth
date. A page is asked for, answered by the store's thread, laid out and painted whole; the client
has two thousand events. Both are measured over caseloads ten and a hundred times as large as well:
they may grow, but not as fast as the caseload does.
"""

import os
import random
import statistics
import time
from datetime import UTC, date, datetime

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QEventLoop, QObject, QTimer, qInstallMessageHandler
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from desktop_app.casework.records import Edit
from storage import reads
from sync.seat import seat_of
from tests.bench.figures import note, p95, scratch, small, tell
from tests.bench.invented import START_MS, Invented, Laptop, two_laptops
from ui import theme
from ui.app import spare_what_stays
from ui.clock import Clock
from ui.dialogs import ScreenDialogs
from ui.pages.client import ClientPage
from ui.places import Place
from ui.session import Session

LIMIT_MS, GROWTH = 50.0, 10.0
EVENTS = 2_000
QUERIES, OPENINGS, WARM = 60, 60, 4
FEWEST, LATE_MS = 5, 300


class Steady(Clock):
    """A clock that stands still, so that pages say the same on every run."""

    def now(self) -> datetime:
        """Return the same moment, always."""
        return datetime.fromtimestamp(START_MS / 1000, tz=UTC).replace(tzinfo=None)

    def now_ms(self) -> int:
        """Return the same moment, always."""
        return START_MS

    def today(self) -> date:
        """Return the same day, always."""
        return self.now().date()


class Painted(QObject):
    """Watches for the first paint of the timeline with the entries of the client who is wanted.

    The rest of the page is painted in the same go, before Qt goes back to waiting.
    """

    def __init__(self, page: ClientPage) -> None:
        super().__init__(page)
        self.wanted = b""
        self._page = page
        page.timeline.list.viewport().installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Note a paint, and let it happen."""
        file = self._page.file
        if event.type() is QEvent.Type.Paint and file and file.client.id == self.wanted:
            self.wanted = b""
        return False


def main() -> None:
    """Measure."""
    sizes = (200, 2_000, 4_000, 20_000) if small() else (1_000, 10_000, 20_000, 100_000)
    app = QApplication([])
    qInstallMessageHandler(lambda *_said: None)  # what it says of any window without a screen
    theme.choose(app, "light")
    searching, opening = {}, {}
    with scratch() as place:
        laptop, _other = two_laptops(place)
        invented = Invented("reading")
        busy = [invented.client() for _number in range(4)]
        laptop.save(busy)
        worker = laptop.me
        for client in busy:
            events = list(invented.visits(EVENTS // 2, [client.record], worker))
            laptop.save([*events, *(invented.account(one) for one in events)])
        held = list(busy)
        for size in sizes:
            more = [invented.client() for _number in range(size - len(held))]
            laptop.save(more)
            laptop.exchange()  # as at the end of any day: hardly anything waits to be shared
            held += more
            searching[size] = p95(_search(laptop, held)) * 1000
            opened = _open(laptop, busy)
            opening[size] = p95(opened) * 1000
            usual = statistics.median(opened) * 1000
            note(
                f"{size:,} clients: search {searching[size]:.1f} ms,"
                f" page {opening[size]:.1f} ms, usually {usual:.1f} ms"
            )
        laptop.store.close()
    app.quit()
    few, some, gate, many = sizes
    tell(f"Search as one types, {gate:,} clients, p95", searching[gate], "ms", LIMIT_MS)
    tell(
        f"A client's page, {EVENTS:,} events, {gate:,} clients, p95", opening[gate], "ms", LIMIT_MS
    )
    for what, found in (("Search", searching), ("A client's page", opening)):
        for less, more_of in ((few, some), (some, many)):
            growth = found[more_of] / found[less]
            tell(f"{what}: {less:,} to {more_of:,} clients", growth, "x", GROWTH)


def _search(laptop: Laptop, held: list[Edit]) -> list[float]:
    times = []
    for typed in _typed(held):
        begun = time.perf_counter()
        reads.search(laptop.store, typed, limit=12)
        times.append(time.perf_counter() - begun)
    return times


def _typed(held: list[Edit]) -> list[str]:
    """Return what people type, letter by letter."""
    dice = random.Random("typed")  # noqa: S311  the same on every run
    found = []
    for client in dice.sample(held, min(QUERIES, len(held))):
        surname, forename = (str(client.answers[name]) for name in ("surname", "forename"))
        whole = f"{surname} {forename}"
        found += [whole[:end] for end in range(1, len(whole) + 1)]
        found += [surname.replace("e", "ea", 1), surname.replace("ll", "l"), forename[:3]]
        found.append(str(client.answers["born"]))
    return found


def _open(laptop: Laptop, busy: list[Edit]) -> list[float]:
    """Open one busy client after another on the one page there is, as the window does."""
    seat = seat_of(laptop.store)
    assert seat is not None
    session = Session(laptop.store, me=seat.person, team=seat.team, clock=Steady())
    page = ClientPage(session, ScreenDialogs())
    page.resize(1180, 700)
    page.show()
    painted = Painted(page)
    spare_what_stays()  # as the program does once somebody has signed in
    times = []
    for number in range(OPENINGS + WARM):
        client = busy[number % len(busy)].record
        painted.wanted = client
        begun = time.perf_counter()
        page.show_place(Place("client", client=client))
        while painted.wanted:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        took = time.perf_counter() - begun
        _prove(page, wait_ms=LATE_MS if number < WARM else 0)
        if number >= WARM:
            times.append(took)
    page.close()
    return times


def _prove(page: ClientPage, *, wait_ms: int) -> None:
    """Prove that what was painted first is what stands when there is nothing more to come."""
    first, late = _seen(page), QEventLoop()
    QTimer.singleShot(wait_ms, late.quit)
    late.exec()
    page.repaint()
    assert len(page.timeline.list.items.rows) >= FEWEST, "there is nothing on the timeline"
    assert _seen(page) == first, "the page was not whole when its timeline was painted"


def _seen(page: ClientPage) -> QImage:
    return page.screen().grabWindow(page.winId()).toImage()


if __name__ == "__main__":
    main()
