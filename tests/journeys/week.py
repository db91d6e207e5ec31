# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A week of three people, three laptops, a team folder and two sticks.

week = Week(qtbot, app, place)
week.osei.sees("Unlock your casebook")
"""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from desktop_app.casework.calendar_words import say_moment
from desktop_app.casework.people import Role
from storage import entry, ledger
from storage.unlock import FLOOR
from sync import places
from sync.admission import found_team
from sync.share import FolderShare
from sync.team import NewPerson
from tests.journeys.hands import PATIENCE_MS, Hands, K, Keys, Waits, name_of, read
from tests.sync.laptops import Clock, Laptop, join_team
from tests.ui.desk import TOLD
from tests.ui.office import OfficeClock
from ui.exchanging import LAST_SHARED, REACHED
from ui.home import About, write_about

TEAM = "Saltings"
MONDAY = datetime.fromisoformat("2026-11-23T08:50")
LOWE = NewPerson(
    "Insp. M. Lowe",
    "Council",
    frozenset({Role.COORDINATOR}),
    frozenset({"partners", "coordination", "audit"}),
)
OSEI = NewPerson(
    "K. Osei", "Saltings Outreach", frozenset({Role.KEY_WORKER}), frozenset({"partners"})
)
SHAH = NewPerson(
    "PC R. Shah", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
)
Keep = Callable[[QWidget, str], None]
"""Told of every state worth a picture: the window, and what to call it."""


def nothing_to_keep(_window: QWidget, _name: str) -> None:
    """Keep no picture."""


class Founded(Laptop):
    """A laptop whose vault opens with a passphrase, before its owner sits down at it."""

    def __init__(self, name: str, home: Path, clock: Clock) -> None:
        self.name, self.clock, self.skew_ms = name, clock, 0
        self.folder = home / "vaults" / name.lower()
        self.folder.mkdir(parents=True)
        self.dice = random.Random(name)  # noqa: S311  a test's team
        self.store = entry.create(self.folder, TOLD, cost=FLOOR)


class Worker(Hands):
    """Somebody of the three at their laptop."""

    def __init__(self, week: "Week", name: str) -> None:
        self.week, self.name, self.holds = week, name, ""
        super().__init__(week.waits, week.app, week.place / name, week.clock)

    def enter(self) -> None:
        """Sign in."""
        self.sign_in(TOLD)
        self.sees("Today", "Lock now")

    def keep(self, name: str) -> None:
        """Let a picture of this window be kept; see that the keyboard can be trusted there."""
        self.rest()
        window, focus = self.front(), QApplication.focusWidget()
        assert not twice_taken(window), name
        assert name_of(focus or window) != "Lock now", name
        self.week.keep(window, name)

    def gone(self, words: str) -> None:
        """Wait until words stand on the screen no more."""
        self.qtbot.waitUntil(lambda: words not in read(self.front()), timeout=PATIENCE_MS)
        self.rest()

    def shared(self, *words: str) -> str:
        """Press Seal and share, until it is done and words stand there; return all."""
        self.clock.later()
        self.go("Sharing")
        self.press(K.Key_Return, Keys.ControlModifier)
        return self.sees(f"Last shared {self.moment()}", *words)

    def share_with(self, stick: Path, *words: str) -> str:
        """Share onto a stick from Sharing, until words stand there; return all."""
        self.clock.later()
        self.dialogs.answers["folder"] = stick
        self.go("Sharing")
        self.alt("U")
        return self.sees(f"Last shared {self.moment()}", *words)

    def look(self, *words: str, into: Path | None = None) -> str:
        """Look from Import into the team folder or a stick, until words stand there; return all."""
        self.clock.later()
        self.go("Import")
        if into is not None:
            self.sees("Looked at")
            self.clock.later()
            self.dialogs.answers["folder"] = into
            self.alt("U")
            self.holds = self.sees(f"What is on {into.name}", "new here")
            self.keep(f"monday_{into.name.replace(' ', '_')}_holds")
            self.alt("T")
        looked = f"Looked at {self.clock.at:%H:%M}. Your casebook has not changed."
        return self.sees(looked, *words)

    def take_in(self, *words: str) -> str:
        """Take in what the look found, until words stand there; return all."""
        self.clock.later()
        self.press(K.Key_Return, Keys.ControlModifier)
        return self.sees(f"Imported at {self.clock.at:%H:%M}", *words)

    def moment(self) -> str:
        """Return the time as the window says it."""
        return say_moment(self.clock.at.isoformat(timespec="minutes"), self.clock.at.date())

    def open_client(self, surname: str) -> str:
        """Find a client by name, and read their page."""
        self.press(K.Key_K, Keys.ControlModifier)
        self.write(surname)
        self.sees(surname.upper())
        self.press(K.Key_Down)
        self.press(K.Key_Return)
        return self.sees("Timeline")

    def visit(self, surname: str, note: str) -> None:
        """Record a visit at the door, by keys."""
        self.clock.later(30)
        self.open_client(surname)
        self.alt("V")
        self.sees("Were you able to see")
        self.press(K.Key_Y)
        self.alt("T")
        self.write(note)
        self.press(K.Key_Return, Keys.ControlModifier)
        self.sees("Record visit", note)


def twice_taken(window: QWidget) -> set[str]:
    """Return the letters that two buttons on the screen claim: Alt with one presses neither."""
    letters = [
        one.text().replace("&&", "").partition("&")[2][:1].lower()
        for one in window.findChildren(QAbstractButton)
        if one.isVisible() and one.isEnabled()
    ]
    return {one for one in letters if one and letters.count(one) > 1}


@dataclass
class Week:
    """Everything between Monday and Friday."""

    waits: Waits
    app: QApplication
    place: Path
    keep: Keep = nothing_to_keep

    def __post_init__(self) -> None:
        """Found the team on the Friday before, and let everybody sit down on Monday."""
        self.place = self.place.resolve()  # the roads are links
        self.share = self.place / "share"
        self.red, self.blue = self.place / "red stick", self.place / "blue stick"
        for folder in (self.share, self.red, self.blue):
            folder.mkdir(parents=True)
        self._roads = {name: self.place / f"road of {name}" for name in ("lowe", "osei", "shah")}
        for name in self._roads:
            self.connect(name)
        self._found()
        self.clock = OfficeClock()
        self.clock.at = MONDAY
        self.lowe, self.osei, self.shah = (Worker(self, name) for name in self._roads)

    def _found(self) -> None:
        friday = int(MONDAY.timestamp() * 1000) - 3 * 24 * 3_600_000
        clock, share = Clock(friday), FolderShare(self.share)
        lowe, osei, shah = three = [
            Founded(name.title(), self.place / name, clock) for name in self._roads
        ]
        found_team(
            lowe.store,
            TEAM,
            LOWE,
            laptop="Lowe's laptop",
            now_ms=clock.now_ms,
            random=lowe.dice.randbytes,
        )
        lowe.exchange(share)
        join_team(lowe, osei, share, OSEI)
        join_team(lowe, shah, share, SHAH, lead_of=("police",))
        croft = osei.save(
            "client", {"surname": "Croft", "forename": "Leanne", "phone": "07700 900100"}
        )
        osei.save(
            "assignment",
            {"worker": osei.seat.person, "duty": "key_worker", "from_on": "2026-11-20"},
            client=croft,
        )
        for _round in range(2):
            for one in three:
                clock.later(3_600_000)
                one.exchange(share)
        self.feeds = {one.name.lower(): self._feed(one) for one in three}
        for one, who in zip(three, (LOWE, OSEI, SHAH), strict=True):
            self._sign(one, who)
            for name in (LAST_SHARED, REACHED):
                one.store.put(name, "2026-11-20T16:50")
            one.close()

    def _feed(self, laptop: Laptop) -> str:
        own = ledger.own_feed(laptop.store)
        assert own is not None
        return laptop.seat.feed_folder(own.id)

    def _sign(self, laptop: Laptop, who: NewPerson) -> None:
        (role,) = who.roles
        name = laptop.name.lower()
        about = About(who.name, role.value, f"{laptop.name}'s laptop", TEAM, str(self._roads[name]))
        write_about(laptop.folder, about)

    def connect(self, name: str, *, there: bool = True) -> None:
        """Let a laptop reach the team folder, or not."""
        road = self._roads[name]
        if there:
            road.symlink_to(self.share, target_is_directory=True)
        else:
            road.unlink()

    def bundles(self, of: str, *, on: Path | None = None) -> list[Path]:
        """Return somebody's bundles on the share or a stick, the earliest first."""
        folder = (on or self.share) / self.feeds[of]
        return sorted(one for one in folder.iterdir() if places.numbered(one.name))

    def forge(self, of: str) -> Path:
        """Lay a stranger's bundle on the share, under the next number of somebody's."""
        clock, theirs = Clock(int(self.clock.at.timestamp() * 1000)), self.place / "stranger's"
        stranger = Laptop("Stranger", theirs / "vault", clock)
        found_team(
            stranger.store,
            TEAM,
            LOWE,
            laptop="Lowe's laptop",
            now_ms=clock.now_ms,
            random=stranger.dice.randbytes,
        )
        stranger.save("client", {"surname": "Croft", "forename": "Leanne", "phone": "0"})
        (theirs / "share").mkdir()
        stranger.exchange(FolderShare(theirs / "share"))
        stranger.close()
        (made,) = (theirs / "share").rglob("*.bundle")
        last = self.bundles(of)[-1]
        number, start = places.numbered(last.name) or (0, b"")
        name = places.bundle_name(number + 1, bytes(reversed(start)))
        return made.rename(last.with_name(name))

    def tomorrow(self) -> None:
        """Lock every laptop, sleep, and sign in at ten to nine."""
        for one in self.everybody:
            one.lock()
        days = (self.clock.at - MONDAY).days + 1
        self.clock.at = MONDAY.replace(day=MONDAY.day + days)
        for one in self.everybody:
            one.enter()

    @property
    def everybody(self) -> tuple[Worker, ...]:
        """Return the three."""
        return (self.lowe, self.osei, self.shah)

    def end(self) -> None:
        """Sign everybody out."""
        for one in self.everybody:
            one.end()
