# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The way into a team: an invitation, a request, six words said aloud, and a lead who lets in."""

import random
from pathlib import Path

import msgspec
import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.people import Role
from storage import ledger
from sync import join
from sync.admission import (
    admit,
    amend_team,
    key_is_stale,
    led_here,
    let_in,
    renew_key,
    waiting_for,
)
from sync.asking import ask_to_join, decline, invite, requests, words_of_my_request
from sync.envelope import Signed, signed
from sync.identity import new_identity
from sync.join import InvitationRefused
from sync.reasons import Reason, SetAside
from sync.roster import PURPOSE, Roster, body_of
from sync.seals import box_to, open_box
from sync.seat import NotInTeam, seat_of, seated
from sync.team import NewPerson
from tests.hostile_share import HostileShare
from tests.sync.laptops import (
    DAY_MS,
    Clock,
    Four,
    Laptop,
    join_team,
    let_in_whoever_waits,
)

DIAZ = NewPerson(
    "C. Diaz", "Charity", frozenset({Role.KEY_WORKER}), frozenset({"partners", "health"})
)


@pytest.fixture
def fifth(four: Four, tmp_path: Path) -> Laptop:
    return Laptop("Diaz", tmp_path / "diaz", four.clock)


def asked(four: Four, laptop: Laptop) -> tuple[str, ...]:
    invitation = invite(
        four.grant.store, now_ms=four.clock.now_ms, random=four.grant.dice.randbytes
    )
    return ask_to_join(
        laptop.store,
        invitation,
        name="Diaz",
        laptop="Green",
        now_ms=four.clock.now_ms,
        random=laptop.dice.randbytes,
    )


def test_everybody_in_the_team_knows_everybody_else(four: Four) -> None:
    for laptop in four:
        team = laptop.seat.team
        assert sorted(one.name for one in team.persons.values()) == [
            "A. Grant",
            "Ann Lowe",
            "PC R. Shah",
            "T. Bell",
        ]
        assert team.persons[laptop.seat.person].name in [one.name for one in team.persons.values()]
        assert team.name == "Northside"


def test_both_screens_show_the_same_six_words(four: Four, fifth: Laptop) -> None:
    words = asked(four, fifth)
    fifth.exchange(four.share)
    four.grant.exchange(four.share)
    (request,) = requests(four.grant.store)
    assert request.words == words == words_of_my_request(fifth.store)
    assert len(words) == 6
    assert (request.name, request.laptop) == ("Diaz", "Green")


def test_the_words_differ_when_anything_in_between_was_changed() -> None:
    dice = random.Random(1).randbytes  # noqa: S311  the same on every run
    one, other = new_identity(dice), new_identity(dice)
    plain = join.Invitation(
        1, b"t" * 16, "Team", one.public.sign, one.public.box, (), b"s" * 16, 99
    )
    said = {join.words_to_compare(plain, other.public)}
    for changed in (
        {"team": b"u" * 16},
        {"sign": other.public.sign},
        {"box": other.public.box},
        {"secret": b"x" * 16},
    ):
        fake = msgspec.structs.replace(plain, **changed)
        said.add(join.words_to_compare(fake, other.public))
    said.add(join.words_to_compare(plain, one.public))
    assert len(said) == 6


def test_somebody_who_joins_reads_all_that_was_ever_shared(four: Four, fifth: Laptop) -> None:
    visits = [laptop.save("visit", {"place": laptop.name}) for laptop in four]
    four.everybody_exchanges()
    join_team(four.grant, fifth, four.share, DIAZ)
    assert [fifth.answers(one)["place"] for one in visits] == ["Grant", "Ann", "Shah", "Bell"]
    mine = fifth.save("visit", {"place": "green door"})
    fifth.exchange(four.share)
    four.everybody_exchanges()
    assert all(laptop.answers(mine) == {"place": "green door"} for laptop in four)


def test_a_lead_lets_in_and_what_was_unreadable_is_read(four: Four, fifth: Laptop) -> None:
    note = four.bell.save("clinical_note", {"note": "Seen in clinic"})
    four.bell.exchange(four.share)
    join_team(four.grant, fifth, four.share, DIAZ)
    assert fifth.answers(note) == {}
    four.bell.exchange(four.share)
    assert [one.name for one in waiting_for(four.bell.store, "health")] == ["Diaz's laptop"]
    let_in_whoever_waits(four.bell)
    four.bell.exchange(four.share)
    fifth.exchange(four.share)
    assert fifth.answers(note) == {"note": "Seen in clinic"}
    assert waiting_for(four.bell.store, "health") == []


def test_a_second_laptop_of_somebody_is_theirs(four: Four, fifth: Laptop) -> None:
    ann = four.ann.seat.person
    join_team(four.grant, fifth, four.share, ann)
    assert fifth.seat.person == ann
    visit = fifth.save("visit", {"place": "home"})
    fifth.exchange(four.share)
    four.everybody_exchanges(1)
    assert four.grant.record(visit).author == ann


def test_only_the_coordinator_invites_and_admits(four: Four, fifth: Laptop) -> None:
    asked(four, fifth)
    fifth.exchange(four.share)
    four.grant.exchange(four.share)
    (request,) = requests(four.grant.store)
    for act in (
        lambda: invite(four.ann.store, now_ms=1, random=four.ann.dice.randbytes),
        lambda: admit(four.ann.store, request, DIAZ, now_ms=1, random=four.ann.dice.randbytes),
    ):
        with pytest.raises(NotAllowed):
            act()
    assert requests(four.ann.store) == []


def test_only_a_lead_lets_in(four: Four) -> None:
    assert led_here(four.shah.store) == ["police"]
    assert led_here(four.grant.store) == ["partners", "coordination", "audit"]
    for laptop in (four.grant, four.ann, four.bell):
        with pytest.raises(NotAllowed):
            let_in(
                laptop.store,
                "police",
                [laptop.seat.me.device],
                now_ms=1,
                random=laptop.dice.randbytes,
            )
        with pytest.raises(NotAllowed):
            renew_key(laptop.store, "police", now_ms=1, random=laptop.dice.randbytes)


def test_a_lead_lets_in_nobody_the_roster_does_not_allow(four: Four) -> None:
    with pytest.raises(NotAllowed):
        let_in(
            four.shah.store,
            "police",
            [four.ann.seat.me.device],
            now_ms=1,
            random=four.shah.dice.randbytes,
        )


def test_what_needs_the_recovery_keys_is_refused_without_them(four: Four) -> None:
    ledger_key = ledger.key(four.grant.store, "root")
    assert ledger_key is not None
    with four.grant.store.transaction():
        ledger.drop_key(four.grant.store, "root")
    changed = {"coordinators": (four.ann.seat.me.device,)}
    with pytest.raises(NotAllowed, match="two keepers"):
        amend_team(four.grant.store, changed, now_ms=9, random=four.grant.dice.randbytes)
    amend_team(
        four.grant.store,
        changed,
        now_ms=9,
        random=four.grant.dice.randbytes,
        root_seeds=[ledger_key],
    )
    four.everybody_exchanges(1)
    assert four.ann.seat.roster.coordinators == (four.ann.seat.me.device,)


def test_a_declined_request_is_not_shown_again(four: Four, fifth: Laptop) -> None:
    asked(four, fifth)
    fifth.exchange(four.share)
    assert four.grant.exchange(four.share).requests == 1
    (request,) = requests(four.grant.store)
    decline(four.grant.store, request)
    assert four.grant.exchange(four.share).requests == 0


def test_a_request_nobody_was_invited_to_make_is_not_shown(four: Four, fifth: Laptop) -> None:
    assert isinstance(four.share, HostileShare)
    stranger = new_identity(fifth.dice.randbytes)
    real = four.grant.seat
    forged = join.Invitation(
        1,
        real.chain.team,
        "Northside",
        real.me.public.sign,
        real.me.public.box,
        (),
        b"guess" + bytes(11),
        four.clock.now_ms + DAY_MS,
    )
    raw = join.ask(forged, stranger, name="X", laptop="Y", now_ms=1)
    folder = four.share.of("rosters")[0].split("/")[0]
    four.share.files[f"{folder}/join/{'ab' * 16}.ask"] = raw
    four.share.files[f"{folder}/join/{'cd' * 16}.ask"] = b"nonsense"
    four.grant.exchange(four.share)
    assert requests(four.grant.store) == []


@pytest.mark.parametrize(
    "raw", [b"", b"TANDEMI1", b"TANDEMI1\x91" * 100, b"holiday.jpg", b"TANDEMI1" + bytes(20_000)]
)
def test_what_is_no_invitation_is_refused_in_words(raw: bytes) -> None:
    with pytest.raises(InvitationRefused, match="not an invitation"):
        join.read_invitation(raw, now_ms=0)


def test_an_invitation_runs_out(four: Four, fifth: Laptop) -> None:
    invitation = invite(
        four.grant.store, now_ms=four.clock.now_ms, random=four.grant.dice.randbytes
    )
    four.clock.later(22 * DAY_MS)
    with pytest.raises(InvitationRefused, match="out of date"):
        join.read_invitation(invitation, now_ms=four.clock.now_ms)
    newer = msgspec.structs.replace(join.read_invitation(invitation, now_ms=0), v=2)
    with pytest.raises(InvitationRefused, match="newer version"):
        join.read_invitation(join.write_invitation(newer), now_ms=0)


def test_a_request_can_be_opened_by_the_coordinator_alone(four: Four) -> None:
    held = four.grant.seat
    dice = four.grant.dice.randbytes
    invitation = join.new_invitation(held.roster, held.chain.team, held.me, now_ms=1, random=dice)
    me = new_identity(dice)
    raw = join.ask(invitation, me, name="Diaz", laptop="Green", now_ms=2)
    assert b"Diaz" not in raw

    def reason(raw: bytes, by: Laptop) -> Reason:
        with pytest.raises(SetAside) as caught:
            join.read_request(raw, by.seat.me, open_invitations=[invitation])
        return caught.value.reason

    assert reason(raw, four.ann) is Reason.NO_KEY
    assert reason(b"TANDEM", four.grant) is Reason.NO_KEY
    nonsense = join.REQUEST + box_to(held.me.public.box, b"\x91")
    assert reason(nonsense, four.grant) is Reason.DAMAGED
    stolen = msgspec.structs.replace(
        join._ask(open_box(held.me.box_secret, raw[8:])), name="Somebody else"
    )
    forged = join.REQUEST + box_to(held.me.public.box, msgspec.msgpack.encode(stolen))
    assert reason(forged, four.grant) is Reason.BAD_SIGNATURE


def test_a_new_laptop_trusts_only_the_coordinator_the_words_covered(four: Four) -> None:
    held, dice = four.grant.seat, four.grant.dice.randbytes
    invitation = join.new_invitation(held.roster, held.chain.team, held.me, now_ms=1, random=dice)

    def reason(document: Signed, who: Laptop = four.ann) -> Reason:
        with pytest.raises(SetAside) as caught:
            join.joined(document, invitation, who.seat.me)
        return caught.value.reason

    def by(laptop: Laptop, roster: Roster) -> Signed:
        me = laptop.seat.me
        return signed(body_of(roster), PURPOSE, [(me.public.sign, me.signing)])

    assert join.joined(held.chain.document, invitation, four.ann.seat.me) == held.roster
    assert reason(by(four.shah, held.roster)) is Reason.BAD_SIGNATURE
    other = msgspec.structs.replace(held.roster, team=b"u" * 16)
    assert reason(by(four.grant, other)) is Reason.NO_KEY
    without = msgspec.structs.replace(held.roster, devices=held.roster.devices[:1])
    assert reason(by(four.grant, without)) is Reason.UNKNOWN_LAPTOP


def test_a_vault_without_a_team_says_so(tmp_path: Path) -> None:
    alone = Laptop("Nobody", tmp_path, Clock())
    assert seat_of(alone.store) is None
    assert words_of_my_request(alone.store) == ()
    assert requests(alone.store) == []
    assert led_here(alone.store) == []
    with pytest.raises(NotInTeam):
        seated(alone.store)
    alone.close()


def test_the_key_of_an_audience_can_be_renewed(four: Four) -> None:
    before = four.shah.seat.circles["police"][-1].circle.keys
    renew_key(four.shah.store, "police", now_ms=four.clock.now_ms, random=four.shah.dice.randbytes)
    assert four.shah.seat.circles["police"][-1].circle.keys[:-1] == before
    renew_key(four.grant.store, "audit", now_ms=four.clock.now_ms, random=four.grant.dice.randbytes)
    four.everybody_exchanges(1)
    assert four.ann.seat.roster.audit_key == four.grant.seat.roster.audit_key
    export = four.ann.save("export", {"what": "list"})
    four.everybody_exchanges()
    assert four.grant.answers(export) == {"what": "list"}
    assert not key_is_stale(four.shah.store, "police")
