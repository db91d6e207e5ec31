# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Through a real file server: the promises of a share, and whole exchanges of a team of three.

Over the wire everything is tried; through a mount, the path code of the product itself. Where this
machine mounts nothing, only the mount is left out, and says why.
"""

import os
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from storage import ledger
from sync.admission import found_team
from sync.share import FolderShare, Share, ShareUnreachable
from tests.smb import Server, SmbShare, mounted
from tests.sync.laptops import ANN, DAY_MS, GRANT, MINUTE_MS, SHAH, Clock, Laptop, join_team
from tests.sync.test_share import (  # noqa: F401  the same promises, tried here with `share` below
    FOLDER,
    PATH,
    test_a_damaged_file_is_replaced,
    test_a_file_over_the_limit_shows_by_one_byte_more,
    test_a_file_that_is_not_there_is_none_and_its_folder_is_empty,
    test_many_files_are_put_at_once_and_each_is_answered_for,
    test_nothing_temporary_is_left,
    test_putting_twice_is_putting_once,
    test_what_is_put_can_be_got_and_is_listed,
)

OPEN, CLOSED, FULL = "open", "closed", "full"
NAMES = ("Grant", "Ann", "Shah")


@dataclass
class Three:
    """A coordinator, a key worker and an officer; `behind` is the folder the server writes to."""

    laptops: tuple[Laptop, Laptop, Laptop]
    clock: Clock
    behind: Path
    server: Server

    def share(self, export: str = OPEN) -> SmbShare:
        return SmbShare(self.server, f"{export}/{self.behind.name}")

    def everybody_exchanges(self, share: Share, times: int = 2) -> None:
        for _time in range(times):
            for laptop in self.laptops:
                self.clock.later(2 * 60 * MINUTE_MS)
                laptop.exchange(share)

    def all_hold(self, visit: bytes, place: str) -> bool:
        return all(
            one.answers(visit) == {"place": place} and not ledger.set_aside(one.store)
            for one in self.laptops
        )


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Start a file server; one is enough for all."""
    running = Server(tmp_path_factory.mktemp("smb"))
    folder = running.export(OPEN)
    running.export(CLOSED, closed=True, of=folder)
    running.export(FULL)
    running.start()
    yield running
    running.kill()


@pytest.fixture(scope="session")
def made_three(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a team of three over the wire, from its founding on; every test gets a copy."""
    place, clock = tmp_path_factory.mktemp("three"), Clock()
    behind = server.exports[OPEN] / "made"
    behind.mkdir()
    grant, ann, shah = (Laptop(name, place / name, clock) for name in NAMES)
    found_team(
        grant.store,
        "Northside",
        GRANT,
        laptop="Grey",
        now_ms=clock.now_ms,
        random=grant.dice.randbytes,
    )
    team = Three((grant, ann, shah), clock, behind, server)
    share = team.share()
    grant.exchange(share)
    join_team(grant, ann, share, ANN)
    join_team(grant, shah, share, SHAH, lead_of=("police",))
    team.everybody_exchanges(share)
    share.close()
    for laptop in team.laptops:
        laptop.close()
    shutil.copytree(behind, place / "share")
    return place


@pytest.fixture
def three(made_three: Path, server: Server, tmp_path: Path) -> Iterator[Three]:
    clock = Clock()
    clock.later(2 * DAY_MS)
    behind = server.exports[OPEN] / tmp_path.name
    shutil.copytree(made_three / "share", behind)
    for name in NAMES:
        shutil.copytree(made_three / name, tmp_path / name)
    grant, ann, shah = (Laptop(name, tmp_path / name, clock, fresh=False) for name in NAMES)
    team = Three((grant, ann, shah), clock, behind, server)
    yield team
    for laptop in team.laptops:
        laptop.close()


@pytest.fixture(params=["wire", "mount"])
def share(request: pytest.FixtureRequest, server: Server, tmp_path: Path) -> Iterator[Share]:
    (server.exports[OPEN] / tmp_path.name).mkdir()
    if request.param == "mount":
        with mounted(server, tmp_path) as place:
            yield FolderShare(place / OPEN / tmp_path.name)
        return
    over_the_wire = SmbShare(server, f"{OPEN}/{tmp_path.name}")
    yield over_the_wire
    over_the_wire.close()


# --- what a server does with names


def test_a_name_that_is_taken_is_not_taken_again_unless_asked_for(
    share: Share, server: Server, tmp_path: Path
) -> None:
    wire = SmbShare(server, f"{OPEN}/{tmp_path.name}")
    wire.put([(PATH, b"first"), (f"{PATH}2", b"second")])
    with pytest.raises(OSError, match="exists"):
        wire.rename(f"{PATH}2", PATH)
    with pytest.raises(OSError, match="exists"):
        wire.write(PATH, b"third")
    assert share.get(PATH, limit=9) == b"first"
    wire.replace(f"{PATH}2", PATH)
    assert share.get(PATH, limit=9) == b"second"
    assert share.names(FOLDER) == [PATH.rpartition("/")[2]]


def test_of_several_who_write_one_name_at_once_each_file_is_whole(
    share: Share, server: Server, tmp_path: Path
) -> None:
    several = [SmbShare(server, f"{OPEN}/{tmp_path.name}") for _one in range(4)]
    same = bytes(range(256)) * 300
    with ThreadPoolExecutor(len(several)) as at_once:
        for turn in range(12):
            path = f"{FOLDER}/{turn:010d}-cd.bundle"
            told = list(at_once.map(lambda one, path=path: one.put([(path, same)]), several))
            assert [path] in told
            assert share.get(path, limit=len(same)) == same
            rivals = [bytes([number]) * 70_000 for number in range(4)]
            path = f"{FOLDER}/{turn:010d}-ef.bundle"
            list(at_once.map(lambda one, raw, path=path: one.put([(path, raw)]), several, rivals))
            assert share.get(path, limit=len(same)) in rivals
    assert not [name for name in share.names(FOLDER) if name.endswith(".tmp")]


def test_the_server_does_not_tell_capitals_from_small_letters(
    share: Share, server: Server, tmp_path: Path
) -> None:
    share.put([(PATH, b"whole")])
    assert share.get(PATH.upper(), limit=9) == b"whole"
    assert share.put([(PATH.upper(), b"whole")]) == [PATH.upper()]
    assert len(share.names(FOLDER)) == len(share.names(FOLDER.upper())) == 1


# --- a team of three


def test_a_team_of_three_exchanges_through_the_server(three: Three) -> None:
    share = three.share()
    visits = [one.save("visit", {"place": one.name}) for one in three.laptops]
    report = three.laptops[2].save("note", {"text": "for the police"}, audience="police")
    three.everybody_exchanges(share)
    for one in three.laptops:
        assert [one.answers(visit)["place"] for visit in visits] == list(NAMES)
        assert bool(one.answers(report)) is (one.name == "Shah")
        assert not ledger.set_aside(one.store)
        assert not ledger.outbox(one.store)
    assert not list(three.behind.rglob("*.tmp"))


def test_a_team_of_three_exchanges_through_a_mount(three: Three, tmp_path: Path) -> None:
    with mounted(three.server, tmp_path) as place:
        share = FolderShare(place / OPEN / three.behind.name)
        visit = three.laptops[1].save("visit", {"place": "home"})
        three.everybody_exchanges(share)
        assert three.all_hold(visit, "home")
        assert not list(three.behind.rglob("*.tmp"))
        closed = FolderShare(place / CLOSED / three.behind.name)
        three.laptops[1].save("visit", {"place": "street"}, record=visit)
        assert "read-only" in three.laptops[1].exchange(closed).unsent
        three.everybody_exchanges(share)
    assert three.all_hold(visit, "street")


def test_three_exchange_at_the_same_time_through_the_server(three: Three) -> None:
    visits = [one.save("visit", {"place": one.name}) for one in three.laptops]
    client = three.laptops[0].save("client", {"surname": "Okoye"})
    three.everybody_exchanges(three.share())
    for turn in range(4):
        for one in three.laptops:
            one.save("client", {"surname": f"{one.name} {turn}"}, record=client)
        three.clock.later(60 * MINUTE_MS)
        with ThreadPoolExecutor(3) as at_once:
            list(at_once.map(lambda one: one.exchange(three.share()), three.laptops))
    three.everybody_exchanges(three.share())
    live = [{str(value.answers) for value in one.record(client).live} for one in three.laptops]
    assert live[0] == live[1] == live[2]
    for one in three.laptops:
        assert [one.answers(visit)["place"] for visit in visits] == list(NAMES)
        assert not ledger.set_aside(one.store)


def test_a_team_folder_in_capitals_is_the_same_folder(three: Three) -> None:
    (folder,) = three.behind.iterdir()
    folder.rename(folder.with_name(folder.name.upper()))
    visit = three.laptops[1].save("visit", {"place": "home"})
    three.everybody_exchanges(three.share())
    assert three.all_hold(visit, "home")
    assert len(list(three.behind.iterdir())) == 1


def test_what_lies_there_under_names_in_capitals_is_read(three: Three) -> None:
    grant, ann, shah = three.laptops
    visit = ann.save("visit", {"place": "home"})
    ann.exchange(three.share())
    for place in sorted(three.behind.rglob("*"), key=lambda one: len(one.parts), reverse=True):
        place.rename(place.with_name(place.name.upper()))
    there = len(list(three.behind.rglob("*")))
    for one in (shah, grant):
        assert not one.exchange(three.share()).notes
        assert one.answers(visit) == {"place": "home"}
        assert not ledger.set_aside(one.store)
    own = len(list(three.behind.rglob("*.bundle")))
    assert len(list(three.behind.rglob("*"))) == there + own, "nothing was put there twice"


def test_a_file_that_vanishes_while_it_is_written_is_sent_the_next_time(three: Three) -> None:
    share, gone = three.share(), list[str]()

    def vanish(temporary: str) -> None:
        if not gone:
            gone.append(temporary)
            (three.behind / temporary).unlink()

    share.halfway = vanish
    visit = three.laptops[1].save("visit", {"place": "home"})
    outcome = three.laptops[1].exchange(share)
    assert gone
    assert outcome.unsent
    three.everybody_exchanges(share)
    assert three.all_hold(visit, "home")


def test_a_server_that_takes_nothing_is_still_read(three: Three) -> None:
    first = three.laptops[2].save("visit", {"place": "street"})
    three.laptops[2].exchange(three.share())
    second = three.laptops[1].save("visit", {"place": "home"})
    outcome = three.laptops[1].exchange(three.share(CLOSED))
    assert "read-only" in outcome.unsent
    assert three.laptops[1].answers(first) == {"place": "street"}
    three.everybody_exchanges(three.share())
    assert three.all_hold(first, "street")
    assert three.all_hold(second, "home")


def test_a_server_that_dies_in_the_middle_of_a_write_loses_nothing(three: Three) -> None:
    share = three.share()

    def die(_temporary: str) -> None:
        share.halfway = lambda _temporary: None
        three.server.kill()

    share.halfway = die
    visit = three.laptops[1].save("visit", {"place": "home"})
    with pytest.raises(ShareUnreachable, match="safe on this laptop"):
        three.laptops[1].exchange(share)
    with pytest.raises(ShareUnreachable):
        three.laptops[1].exchange(share)
    three.server.start()
    left = list(three.behind.rglob("*.tmp"))
    assert len(left) == 1
    three.everybody_exchanges(share)
    assert three.all_hold(visit, "home")
    assert list(three.behind.rglob("*.tmp")) == left
    os.utime(left[0], (0, 0))
    three.laptops[1].exchange(share)
    assert not list(three.behind.rglob("*.tmp"))


def test_a_full_disk_takes_nothing_more_and_keeps_what_it_has(three: Three) -> None:
    with small_disk(three.server.exports[FULL]) as disk:
        place = disk / three.behind.name
        shutil.copytree(three.behind, place)
        share = three.share(FULL)
        rest = shutil.disk_usage(disk).free
        (disk / "films").write_bytes(bytes(rest - 20_000))
        notes = [
            three.laptops[1].save("visit", {"place": "home", "note": os.urandom(20_000).hex()})
            for _number in range(3)
        ]
        outcome = three.laptops[1].exchange(share)
        assert "full" in outcome.unsent
        assert not list(place.rglob("*.tmp"))
        three.laptops[2].exchange(share)
        assert not three.laptops[2].answers(notes[0])
        (disk / "films").unlink()
        three.everybody_exchanges(share)
        for one in three.laptops:
            assert all(one.answers(note)["place"] == "home" for note in notes)
            assert not ledger.set_aside(one.store)


@contextmanager
def small_disk(place: Path) -> Iterator[Path]:
    """Put a disk of a megabyte under a folder; skip the test where this machine mounts nothing."""
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", str(place)]
    done = subprocess.run(mount, check=False, capture_output=True, text=True)  # noqa: S603
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here to be filled: {done.stderr.strip()}")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)  # noqa: S603, S607
