# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Files go to the share and come from it, whatever the share is up to."""

import pytest

from sync import carry as carrying
from sync import places
from sync.carry import Carried, Errand, carry, look, send, tidy
from sync.packs import Clearing
from sync.places import pack_path
from sync.seals import digest
from sync.share import ShareUnreachable
from tests.hostile_share import HostileShare

TEAM = b"t" * 16
ROOT = places.root(TEAM)
ANN, BOB = (places.feed_folder(TEAM, b"k" * 32, feed * 16) for feed in (b"a", b"b"))


def path(folder: str, seq: int, mark: bytes = b"x") -> str:
    return f"{folder}/{places.bundle_name(seq, mark * 16)}"


@pytest.fixture
def share() -> HostileShare:
    share = HostileShare()
    for folder in (ANN, BOB):
        for seq in (1, 2, 3):
            share.files[path(folder, seq)] = f"{folder[-1]}{seq}".encode()
    return share


def fetched(found: Carried) -> list[str]:
    return [one for one, _raw in found.bundles]


def test_the_earliest_of_every_feed_comes_first(share: HostileShare) -> None:
    by_round = [path(folder, seq) for seq in (1, 2, 3) for folder in sorted((ANN, BOB))]
    assert fetched(carry(share, Errand(TEAM))) == by_round


def test_what_is_held_or_kept_aside_is_not_read_again(share: HostileShare) -> None:
    errand = Errand(
        TEAM,
        feeds={ANN: frozenset({(1, b"x" * 16), (2, b"x" * 16)})},
        skip=frozenset({path(BOB, 1)}),
    )
    assert sorted(fetched(carry(share, errand))) == sorted(
        [path(ANN, 3), path(BOB, 2), path(BOB, 3)]
    )


def test_another_bundle_under_a_known_number_is_read(share: HostileShare) -> None:
    share.files[path(ANN, 1, b"y")] = b"rival"
    errand = Errand(TEAM, feeds={ANN: frozenset((seq, b"x" * 16) for seq in (1, 2, 3))})
    assert path(ANN, 1, b"y") in fetched(carry(share, errand))


def test_names_of_others_are_left_alone(share: HostileShare) -> None:
    for strange in ("desktop.ini", ".abc.tmp", "0000000001-zz.bundle"):
        share.files[f"{ANN}/{strange}"] = b"?"
    share.files[f"{ROOT}/feeds/notes/0000000001-{'ab' * 16}.bundle"] = b"?"
    assert len(fetched(carry(share, Errand(TEAM)))) == 6


def test_a_listing_out_of_order_and_twice_over_does_no_harm(share: HostileShare) -> None:
    plain = carry(share, Errand(TEAM))
    share.lists_in_any_order = True
    assert carry(share, Errand(TEAM)) == plain


def test_a_large_fill_comes_in_portions(
    share: HostileShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(carrying, "PORTION", 3)
    first = carry(share, Errand(TEAM))
    assert first.more
    assert len(first.bundles) == 2
    held: dict[str, set[tuple[int, bytes]]] = {ANN: set(), BOB: set()}
    rounds = 0
    found = first
    while True:
        for one in fetched(found):
            held[one.rpartition("/")[0]].add((int(one.rpartition("/")[2][:10]), b"x" * 16))
        rounds += 1
        if not found.more:
            break
        found = carry(share, Errand(TEAM, feeds={k: frozenset(v) for k, v in held.items()}))
    assert rounds == 3
    assert all(len(numbers) == 3 for numbers in held.values())


def test_it_can_be_stopped_and_says_how_far_it_is(share: HostileShare) -> None:
    told: list[tuple[int, int]] = []
    found = carry(
        share,
        Errand(TEAM),
        progress=lambda done, of: told.append((done, of)),
        cancelled=lambda: len(told) == 2,
    )
    assert told == [(1, 6), (2, 6)]
    assert len(found.bundles) == 2
    assert not found.more


def test_a_file_that_cannot_be_read_now_stops_nothing(share: HostileShare) -> None:
    late = path(ANN, 2)
    get = share.get

    def sometimes(path: str, *, limit: int) -> bytes | None:
        return None if path == late else get(path, limit=limit)

    share.get = sometimes  # type: ignore[method-assign]
    found = carry(share, Errand(TEAM))
    assert len(found.bundles) == 5
    assert not found.more


def test_what_is_in_the_outbox_is_sent_and_a_share_that_takes_nothing_is_still_read(
    share: HostileShare,
) -> None:
    errand = Errand(TEAM, outbox=((path(ANN, 4), b"mine"), (path(ANN, 5), b"too")))
    share.full = True
    found = carry(share, errand)
    assert found.sent == ()
    assert "safe on this laptop" in str(found.unsent)
    assert len(found.bundles) == 6
    share.full = False
    assert send(share, errand) == ((path(ANN, 4), path(ANN, 5)), None)
    assert share.files[path(ANN, 5)] == b"too"
    assert send(share, errand, cancelled=lambda: True) == ((), None)


def test_a_share_that_is_away_is_said_at_once(share: HostileShare) -> None:
    share.away = True
    for act in (look, carry):
        with pytest.raises(ShareUnreachable):
            act(share, Errand(TEAM))


def test_what_somebody_waits_for_is_read_back(share: HostileShare) -> None:
    good = {path(ANN, seq): digest(b"tandem-file", share.files[path(ANN, seq)]) for seq in (1, 2)}
    share.flip(path(ANN, 2))
    gone = path(ANN, 9)
    found = carry(share, Errand(TEAM, check={**good, gone: bytes(32)}))
    assert found.damaged == (path(ANN, 2), gone)


def test_lists_are_read_before_anything_else_and_known_ones_are_not(share: HostileShare) -> None:
    known = carrying.RECENT + 1  # those just before it may have rivals; what is older may not
    numbers = (1, known, known + 1)
    rosters = [places.roster_path(TEAM, n, bytes([n]) * 32) for n in numbers]
    circle = f"{ROOT}/audiences/{'ab' * 16}/{places.document_name(1, b'c' * 32)}"
    for one in (*rosters, circle, f"{ROOT}/rosters/readme.txt"):
        share.files[one] = one.encode()
    found = look(share, Errand(TEAM, documents=frozenset({rosters[1]}), roster_n=known))
    assert [one for one, _raw in found.rosters] == [rosters[2]]
    assert [one for one, _raw in found.circles] == [circle]
    assert found.there == {rosters[1], rosters[2], circle}
    assert found.own == found.requests == ()


def test_only_what_is_strange_in_the_own_folder_is_read(share: HostileShare) -> None:
    held = {ANN: frozenset({(1, b"x" * 16), (2, b"y" * 16)})}
    found = look(share, Errand(TEAM, own=ANN, feeds=held))
    assert [one for one, _raw in found.own] == [path(ANN, 2), path(ANN, 3)]


def test_requests_are_read_by_the_coordinator_only(share: HostileShare) -> None:
    asked = places.request_path(TEAM, b"q" * 32)
    share.files[asked] = b"please"
    share.files[f"{ROOT}/join/nonsense"] = b"?"
    assert look(share, Errand(TEAM)).requests == ()
    assert look(share, Errand(TEAM, requests=True)).requests == ((asked, b"please"),)


def test_only_the_own_folder_is_tidied(share: HostileShare) -> None:
    share.files[f"{ANN}/.x.tmp"] = share.files[f"{BOB}/.y.tmp"] = b"half"
    tidy(share, Errand(TEAM), now_s=5)
    tidy(share, Errand(TEAM, own=ANN), now_s=5)
    assert share.of(".tmp") == [f"{BOB}/.y.tmp"]


def test_before_it_is_in_the_team_a_laptop_fetches_nothing(share: HostileShare) -> None:
    carried = carry(share, Errand(TEAM, joined=False))
    assert (carried.bundles, carried.more) == ([], False)


def test_nothing_is_taken_away_before_all_else_was_sent(share: HostileShare) -> None:
    victim = path(ANN, 1)
    errand = Errand(TEAM, outbox=((path(ANN, 9), b"new"),), clear=(Clearing("", (victim,)),))
    share.full = True
    send(share, errand)
    assert victim in share.files
    share.full = False
    send(share, errand, cancelled=lambda: True)
    assert victim in share.files
    send(share, errand)
    assert victim not in share.files


def test_nothing_goes_for_a_pack_that_is_not_whole(share: HostileShare) -> None:
    victim, pack = path(ANN, 1), pack_path(TEAM, 1, b"p" * 16)
    errand = Errand(TEAM, clear=(Clearing(pack, (victim,)),))
    for raw in (None, b"", b"TANDEMP1\0\0\0\0"):
        if raw is not None:
            share.files[pack] = raw
        send(share, errand)
        assert victim in share.files
