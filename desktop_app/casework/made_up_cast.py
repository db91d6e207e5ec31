# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who is in the made-up town of Saltings, and what they say: read from resources/made_up.

The prose is data, in English only: it stands in the records of a made-up team, never on a screen of
its own, so it does not pass the translators. Nobody in it is real.
"""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from random import Random

import msgspec

from desktop_app.casework.people import Role
from resources import folder


class Colleague(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who works in Saltings.

    Attributes:
        key: what the other made-up files call them.
        name: as colleagues write it.
        agency: who employs them.
        role: what they do.
        laptop: what their laptop is called.
        left: after what share of the months they left; 0 for those who are still there.
    """

    key: str
    name: str
    agency: str
    role: Role
    laptop: str
    left: float = 0.0


class Client(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who is helped in Saltings: the answers on file, and the course their months take.

    Attributes:
        key: what the other made-up files call them.
        course: what the months bring, a name of `made_up_stays.COURSES`.
        cohort: their place in the initiative.
        threads: what they work on with their key worker.
        reliable: how many appointments of ten they can keep.
        first_worker: who their key worker was at first.
        operation: the operation they were arrested in, for `supply_side`.
        tier: their place in the supply chain, likewise.
        not_included: why, for `eligible_not_included`.
        doorstep: what helps at the door.
    """

    key: str
    forename: str
    surname: str
    born: str
    gender: str
    course: str
    cohort: str
    known_as: str = ""
    aliases: tuple[str, ...] = ()
    address_kind: str = "not_known"
    address_1: str = ""
    postcode: str = ""
    find_the_door: str = ""
    phone: str = ""
    may_text: str = "not_asked"
    may_ring: str = "yes"
    may_leave_message: str = "no"
    may_write: str = "yes"
    may_say_who_we_are: str = "no"
    safe_times: str = ""
    say_instead: str = ""
    never: str = ""
    language: str = "en"
    interpreter: str = ""
    reach_them: str = ""
    schemes: tuple[str, ...] = ()
    doorstep: str = ""
    threads: tuple[str, ...] = ()
    reliable: int = 7
    first_worker: str = "osei"
    operation: str = ""
    tier: str = ""
    not_included: str = ""

    @property
    def spoken(self) -> str:
        """Return what they like to be called."""
        return self.known_as or self.forename


class Thread(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something a client works on: a need, and how it goes, visit by visit."""

    domain: str
    what: str
    words: str
    action: str
    lines: tuple[str, ...]


class Clinical(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a nurse wrote; `medicine` when it is a line of one prescription, told in order."""

    about: str
    note: str
    plan: str = ""
    medicine: str = ""


class Clinic(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the nurse writes, for health only."""

    first: tuple[str, ...]
    plans: tuple[str, ...]
    inside: tuple[str, ...]
    ward: tuple[str, ...]
    going: tuple[Clinical, ...]


class Heard(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A case note."""

    kind: str
    headline: str
    note: str


class NotSeen(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Why somebody was not seen, and what the key worker wrote."""

    why: str
    note: str


class Prose(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything made-up colleagues write, by where it stands."""

    visits: dict[str, tuple[str, ...]]
    not_seen: tuple[NotSeen, ...]
    police: dict[str, tuple[str, ...]]
    coordination: dict[str, tuple[str, ...]]
    clinic: Clinic
    note: tuple[Heard, ...]


class More(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Where further clients come from."""

    forenames_man: tuple[str, ...]
    forenames_woman: tuple[str, ...]
    surnames: tuple[str, ...]
    streets: tuple[str, ...]
    courses: tuple[str, ...]


class Town(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The town of Saltings."""

    team: str
    town: str
    passphrase: str
    colleague: tuple[Colleague, ...]
    client: tuple[Client, ...]
    more: More


class _Threads(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    thread: dict[str, Thread]


@cache
def town() -> Town:
    """Return who is in Saltings."""
    return msgspec.toml.decode((folder("made_up") / "people.toml").read_bytes(), type=Town)


@cache
def threads() -> Mapping[str, Thread]:
    """Return what clients work on."""
    text = (folder("made_up") / "threads.toml").read_bytes()
    return msgspec.toml.decode(text, type=_Threads).thread


@cache
def prose() -> Prose:
    """Return what colleagues write."""
    return msgspec.toml.decode((folder("made_up") / "words.toml").read_bytes(), type=Prose)


def clients(count: int, seed: int) -> Iterator[Client]:
    """Return the clients of a team of this size: first those with a story of their own."""
    told = town().client
    yield from told[:count]
    for number in range(len(told), count):
        yield another(number, Random(f"{seed}/client/{number}"))  # noqa: S311  no secret


def another(number: int, random: Random) -> Client:
    """Return somebody with no story of their own."""
    more = town().more
    gender = random.choice(("man", "man", "woman"))
    course = random.choice(more.courses)
    cohort = {"enforced": "supply_side", "not_included": "eligible_not_included"}.get(
        course, "demand_side"
    )
    letters = "".join(random.choice("ABDEFGHJLNPQRSTUWXYZ") for _place in range(2))
    born = date(1960, 1, 1) + timedelta(days=random.randint(0, 43 * 365))
    return Client(
        key=f"more_{number}",
        forename=random.choice(more.forenames_man if gender == "man" else more.forenames_woman),
        surname=random.choice(more.surnames),
        born=born.isoformat(),
        gender=gender,
        course=course,
        cohort=cohort,
        address_kind="own_tenancy",
        address_1=f"{random.randint(1, 90)} {random.choice(more.streets)}",
        postcode=f"ZZ{random.randint(1, 9)} {random.randint(1, 9)}{letters}",
        phone=f"07700 900{random.randint(400, 999)}",
        threads=tuple(random.sample(sorted(threads()), 3)),
        reliable=random.randint(4, 9),
        operation="Operation Sanderling" if cohort == "supply_side" else "",
        tier="runner" if cohort == "supply_side" else "",
        not_included="no_capacity" if cohort == "eligible_not_included" else "",
    )
