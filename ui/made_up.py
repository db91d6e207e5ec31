# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Putting the made-up team on this laptop: real vaults, a real share, months of real exchanges.

Everything goes the way a real team's work goes: invited, asked, compared, admitted, let in; typed
on one laptop, sealed, carried, checked and merged on the others. Rules, each with a test:

* A folder that holds anything is left alone.
* What made it can be made again: the same seed on the same day gives the same records. Keys and
  identities come from a seeded stream too, which is good for invented people only; a real team's
  come from the system.
* The passphrase, the recovery words and the keepers' papers stand in `made-up.toml`, which is
  written last: a team that is half made is no team. The passphrase costs the least it may, since
  everybody may read it.
"""

import shutil
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from hashlib import blake2b
from pathlib import Path

import msgspec

from desktop_app.casework import audience
from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.made_up import MadeUpTeam, first_day, made_up_team
from desktop_app.casework.made_up_cast import Colleague, town
from desktop_app.casework.made_up_pen import Written, last_workday, moment, workday
from desktop_app.casework.made_up_stays import share as day_after
from desktop_app.casework.people import Role
from desktop_app.casework.words import _
from storage import entry, holders, recovery
from storage.cost import FLOOR
from storage.store import Draft, Store
from sync.admission import admit, change_roles, found_team, led_here, let_in, take_out_laptop
from sync.admission import waiting_for as waiting_at
from sync.asking import ask_to_join, invite, requests
from sync.deciding import make_papers
from sync.exchange import exchange
from sync.seals import Random
from sync.seat import seated
from sync.share import FolderShare
from sync.taken_out import have_read
from sync.team import NewPerson
from ui import home as homes
from ui.made_up_papers import in_words, made_up_papers

Tell = Callable[[int, int], None]
READ = "today.read"
LAST_SHARED = "last_shared"
_LEADS = {Role.OFFICER: ("police",), Role.NURSE: ("health",)}
_SHARING_DAYS = (1, 4)
"""Weekdays on which everybody exchanges: Tuesday and Friday."""


class NotEmpty(CaseworkError):
    """Something lies where the made-up team was to go."""


def nobody(_done: int, _of: int) -> None:
    """Tell nobody how much is done."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for: how many clients and months, for which day, from which seed."""

    today: date
    clients: int
    months: int
    seed: int


@dataclass(slots=True)
class Laptop:
    """One colleague's laptop while the team is made."""

    who: Colleague
    folder: Path
    store: Store
    random: Random
    share: FolderShare

    def exchange(self, at: datetime) -> None:
        """Exchange at a moment of the past."""
        exchange(self.store, self.share, now_ms=milliseconds(at), random=self.random)

    def save(self, written: Iterable[Written]) -> None:
        """Save what was written, each at its own time, and see it onto the disk once."""
        with self.store.transaction():
            for one in written:
                self.store.save([one.edit], now_ms=milliseconds(one.at))


@dataclass(slots=True)
class Making:
    """A made-up team in the making."""

    place: Path
    wanted: Wanted
    tell: Tell
    laptops: dict[str, Laptop] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    done: int = 0

    @property
    def paper(self) -> bytearray:
        """Return the recovery key of the team."""
        return recovery.new_seed(random=stream(f"{self.wanted.seed}/recovery"))

    @property
    def coordinator(self) -> Laptop:
        """Return the coordinator's laptop."""
        found = (one for one in self.laptops.values() if one.who.role is Role.COORDINATOR)
        return next(found)

    def everybody_exchanges(self, at: datetime) -> None:
        """Let every laptop exchange, one after the other."""
        for laptop in self.laptops.values():
            laptop.exchange(at)

    def others_exchange(self, at: datetime) -> None:
        """Let every laptop but the coordinator's exchange."""
        for laptop in self.laptops.values():
            if laptop is not self.coordinator:
                laptop.exchange(at)

    def close(self) -> None:
        """Close every vault."""
        for laptop in self.laptops.values():
            laptop.store.close()


def make_team(
    place: Path,
    *,
    today: date,
    clients: int = 24,
    months: int = 6,
    seed: int = 1,
    tell: Tell = nobody,
) -> None:
    """Make a made-up team in a folder that is empty or not there yet.

    Args:
        place: the folder; a home as `ui.home` knows it.
        today: the day it is made for.
        clients: how many clients.
        months: how many months of work.
        seed: which of many such teams.
        tell: told how many of how many changes are made.

    Raises:
        NotEmpty: something lies there.
    """
    if place.exists() and (not place.is_dir() or any(place.iterdir())):
        raise NotEmpty(_("There is something in this folder already. Nothing was changed."))
    (place / "share").mkdir(parents=True)
    making = Making(place, Wanted(today, clients, months, seed), tell)
    try:
        _begin(making)
        _live(making)
    finally:
        making.close()
    _describe(making)


def milliseconds(at: datetime) -> int:
    """Return local time as UTC milliseconds."""
    return int(at.astimezone().timestamp() * 1000)


def stream(seed: str) -> Random:
    """Return a source of bytes that are the same every time; for made-up teams only."""
    pool: deque[int] = deque()
    counted = iter(range(1 << 62))

    def draw(size: int) -> bytes:
        while len(pool) < size:
            pool.extend(blake2b(f"{seed}/{next(counted)}".encode(), person=b"made-up").digest())
        return bytes(pool.popleft() for _place in range(size))

    return draw


def _start(making: Making) -> date:
    return first_day(making.wanted.today, making.wanted.months)


def _begin(making: Making) -> None:
    """Make the vaults and the team, the morning the initiative starts."""
    first = moment(_start(making), 8)
    for who in town().colleague:
        making.laptops[who.key] = _new_laptop(making, who)
    coordinator = making.coordinator
    found_team(
        coordinator.store,
        town().team,
        _person(coordinator.who),
        laptop=coordinator.who.laptop,
        now_ms=milliseconds(first),
        random=coordinator.random,
        recovery=recovery.public_of(making.paper),
        made_up=True,
    )
    coordinator.exchange(first)
    for laptop in making.laptops.values():
        if laptop is not coordinator:
            _join(coordinator, laptop, first)
    make_papers(
        coordinator.store,
        made_up_papers(stream, making.wanted.seed),
        now_ms=milliseconds(first),
        random=coordinator.random,
    )
    making.everybody_exchanges(first)
    making.everybody_exchanges(first)
    persons = seated(coordinator.store).team.persons.values()
    by_name = {one.name: one.id for one in persons}
    making.ids = {key: by_name[one.who.name] for key, one in making.laptops.items()}


def _new_laptop(making: Making, who: Colleague) -> Laptop:
    place, seed = making.place, making.wanted.seed
    folder = place / homes.VAULTS / who.key
    folder.mkdir(parents=True)
    random = stream(f"{seed}/{who.key}")
    store = entry.create(folder, town().passphrase, cost=FLOOR)
    return Laptop(who, folder, store, random, FolderShare(place / "share", random=random))


def _person(who: Colleague) -> NewPerson:
    roles = frozenset({who.role})
    return NewPerson(who.name, who.agency, roles, audience.by_default(roles))


def _join(coordinator: Laptop, laptop: Laptop, at: datetime) -> None:
    """Take a laptop through the whole way in."""
    now_ms = milliseconds(at)
    invitation = invite(coordinator.store, now_ms=now_ms, random=coordinator.random)
    words = ask_to_join(
        laptop.store,
        invitation,
        name=laptop.who.name,
        laptop=laptop.who.laptop,
        now_ms=now_ms,
        random=laptop.random,
    )
    laptop.exchange(at)
    coordinator.exchange(at)
    request = next(one for one in requests(coordinator.store) if one.words == words)
    admit(
        coordinator.store,
        request,
        _person(laptop.who),
        now_ms=now_ms,
        random=coordinator.random,
        lead_of=_LEADS.get(laptop.who.role, ()),
    )
    coordinator.exchange(at)
    laptop.exchange(at)
    for led in led_here(laptop.store):
        waiting = [one.id for one in waiting_at(laptop.store, led)]
        let_in(laptop.store, led, waiting, now_ms=now_ms, random=laptop.random)
    laptop.exchange(at)


def _live(making: Making) -> None:
    """Let the months go by."""
    wanted = making.wanted
    made = made_up_team(
        today=wanted.today,
        ids=making.ids,
        clients_wanted=wanted.clients,
        months=wanted.months,
        seed=wanted.seed,
    )
    last = last_workday(wanted.today)
    everything = sorted((*made.history, *made.apart), key=lambda one: one.at)
    leaving = [
        (workday(day_after(one.left, _start(making), wanted.today)), one.key)
        for one in town().colleague
        if one.left
    ]
    for day, written in _by_day(everything):
        _a_day(making, written, len(everything))
        gone = [one for one in leaving if one[0] <= day]
        for _left_on, key in gone:
            _leave(making, key, moment(day, 18))
        leaving = [one for one in leaving if one not in gone]
        if day.weekday() in _SHARING_DAYS and day != last:
            making.everybody_exchanges(moment(day, 18))
    evening = moment(last, 18, 5)
    # The coordinator shares before the others do, and finds their day on Import in the morning.
    making.coordinator.exchange(moment(last, 17, 30))
    making.others_exchange(evening)
    _spoil_one(making)
    making.others_exchange(evening)
    making.others_exchange(evening)
    _leave_open(making, made, evening)


def _by_day(written: Iterable[Written]) -> Iterable[tuple[date, list[Written]]]:
    days: dict[date, list[Written]] = {}
    for one in written:
        days.setdefault(one.at.date(), []).append(one)
    return days.items()


def _a_day(making: Making, written: list[Written], of: int) -> None:
    for key in dict.fromkeys(one.by for one in written):
        making.laptops[key].save(one for one in written if one.by == key)
    making.done += len(written)
    making.tell(making.done, of)


def _leave(making: Making, key: str, at: datetime) -> None:
    """Let a colleague leave: everything shared, the laptop handed back and taken out."""
    leaving = making.laptops[key]
    for _round in range(2):
        making.everybody_exchanges(at)
    device = seated(leaving.store).me.device
    leaving.store.close()
    shutil.rmtree(leaving.folder)
    del making.laptops[key]
    coordinator, now_ms = making.coordinator, milliseconds(at)
    take_out_laptop(coordinator.store, device, now_ms=now_ms, random=coordinator.random)
    change_roles(
        coordinator.store,
        making.ids[key],
        roles=frozenset({leaving.who.role}),
        audiences=frozenset(),
        active=False,
        now_ms=now_ms,
        random=coordinator.random,
    )
    for _round in range(2):
        making.everybody_exchanges(at)
    for laptop in making.laptops.values():  # weeks ago: nobody is to be told of it today
        have_read(laptop.store, seated(laptop.store))


def _spoil_one(making: Making) -> None:
    """Leave a file on the share that nobody can use, as a stick pulled too early would."""
    bundles = sorted((making.place / "share").glob("tandem-*/feeds/*/*.bundle"))
    whole = bundles[-1]
    number, _dash, _rest = whole.name.partition("-")
    cut = whole.with_name(f"{int(number) + 1:010d}-{'0' * 32}.bundle")
    cut.write_bytes(whole.read_bytes()[:-40])


def _leave_open(making: Making, made: MadeUpTeam, evening: datetime) -> None:
    """Write what is not shared yet, keep the drafts, and note what everybody has read."""
    for one in made.waiting:
        making.laptops[one.by].save([one])
    for typed in made.begun:
        author, at_ms = making.ids[typed.by], milliseconds(typed.at)
        draft = Draft(typed.form, typed.client, b"", author, typed.answers, at_ms)
        making.laptops[typed.by].store.keep_draft(draft)
    paper = " ".join(recovery.words_of(making.paper))
    read = sorted(one.hex() for one in made.read)
    shared = evening.isoformat(timespec="minutes")
    for laptop in making.laptops.values():
        holders.drill(laptop.store, paper, now_ms=milliseconds(evening))
        with laptop.store.transaction():
            laptop.store.put(READ, list(read))
            laptop.store.put(LAST_SHARED, shared)


def _describe(making: Making) -> None:
    """Say on the sign-in page whose vaults these are, and how they open."""
    share = str((making.place / "share").resolve())
    evening = moment(last_workday(making.wanted.today), 18, 20).isoformat(timespec="minutes")
    for laptop in making.laptops.values():
        who = laptop.who
        homes.write_about(
            laptop.folder,
            homes.About(
                person=who.name,
                role=who.role.value,
                laptop=who.laptop,
                team=town().team,
                share=share,
                opened=evening,
                made_up=True,
            ),
        )
    said = {
        "passphrase": town().passphrase,
        "recovery": " ".join(recovery.words_of(making.paper)),
        "keepers": in_words(stream, making.wanted.seed),
        "share": share,
        "made_for": making.wanted.today.isoformat(),
        "people": [one.who.name for one in making.laptops.values()],
    }
    lines = (f"{name} = {msgspec.json.encode(value).decode()}\n" for name, value in said.items())
    (making.place / homes.MADE_UP).write_text("".join(lines), encoding="utf-8")
