# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Nobody holds a byte of what is not theirs: not on the share, not in a vault, not by trying."""

import msgspec
import pytest

from desktop_app.casework.people import Role
from desktop_app.casework.records import Change
from storage import ledger
from storage.waiting import Packed
from sync.admission import change_roles, take_out_laptop
from sync.bundle import open_outer
from sync.history import rebuild
from sync.reasons import Reason
from sync.sealing import seal_all
from sync.shut_out import is_shut_out
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four, Laptop, let_in_whoever_waits

HEALTH = "Zimovane and quiet words about the liver"
POLICE = "Nominal seen near the quay with Hartwell"
SHARED = "Kettle on at Marigold House"


def everything(laptop: Laptop) -> bytes:
    """Every byte of every table, opened: what a thief with the passphrase would read."""
    store = laptop.store
    tables = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    assert "record" in tables
    return repr([store.rows(f"SELECT * FROM {table}") for table in tables]).encode()  # noqa: S608


def test_the_share_shows_no_word_and_no_name(four: Four) -> None:
    assert isinstance(four.share, HostileShare)
    four.bell.save("clinical_note", {"note": HEALTH})
    four.shah.save("note", {"note": POLICE}, audience="police")
    four.ann.save("note", {"note": SHARED})
    four.everybody_exchanges()
    whole = b"".join([*four.share.files.values(), *(p.encode() for p in four.share.files)])
    for word in (
        *HEALTH.split(),
        *POLICE.split(),
        *SHARED.split(),
        "Ann Lowe",
        "Grant",
        "Northside",
        "clinical_note",
        "partners",
        "police",
    ):
        if len(word) > 3:
            assert word.encode() not in whole


def test_each_vault_holds_only_what_its_person_may_hold(four: Four) -> None:
    clinical = four.bell.save("clinical_note", {"note": HEALTH})
    intel = four.shah.save("note", {"note": POLICE}, audience="police")
    shared = four.ann.save("note", {"note": SHARED})
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(shared) == {"note": SHARED}
        assert bool(laptop.answers(clinical)) is (laptop is four.bell)
        assert bool(laptop.answers(intel)) is (laptop is four.shah)


def test_an_officers_vault_holds_no_word_of_health(four: Four) -> None:
    four.bell.save("clinical_note", {"note": HEALTH})
    shared = four.bell.save("note", {"note": SHARED})
    four.everybody_exchanges()
    held, shah = everything(four.shah), four.shah.seat
    assert four.shah.answers(shared)
    assert SHARED.encode() in held
    for _row, one in ledger.bundles(four.shah.store, limit=10_000):
        opened = open_outer(one.raw, team=shah.chain.team, team_keys=shah.team_keys)
        for index, entry in enumerate(opened.header.secs):
            key = shah.key_for(opened, index)
            assert (key is not None) is (entry.audience in ("partners", "police"))
    assert HEALTH.encode() in everything(four.bell)
    for word in HEALTH.encode().split():
        assert len(word) < 5 or word not in held
    for circle in four.bell.seat.circles["health"]:
        for key in circle.circle.keys:
            assert repr(key).encode() not in held
            assert key not in shah.section_keys.values()


def test_whether_somebody_wrote_for_the_police_cannot_be_told(four: Four) -> None:
    for laptop in four:
        laptop.exchange(four.share)

    def header(write: bool) -> tuple[object, int]:  # noqa: FBT001
        if write:
            four.shah.save("note", {"note": POLICE[:40]}, audience="police")
        four.shah.save("note", {"note": SHARED})
        four.shah.exchange(four.share)
        own = ledger.own_feed(four.shah.store)
        assert own is not None
        held = ledger.bundle(four.shah.store, own.number, own.head_seq)
        assert held is not None
        opened = open_outer(
            held.raw, team=four.ann.seat.chain.team, team_keys=four.ann.seat.team_keys
        )
        secs = [(one.audience, one.size, one.boxed) for one in opened.header.secs]
        reader = four.ann.seat
        key = reader.key_for(opened, 0)
        assert key is not None
        return (opened.header.kind, secs, opened.header.min_reader), len(held.raw)

    quiet, busy = header(write=False), header(write=True)
    assert quiet == busy


def test_what_stands_in_a_section_one_may_read_has_no_holes(four: Four) -> None:
    first = four.shah.save("note", {"note": SHARED})
    four.shah.save("note", {"note": POLICE}, audience="police")
    second = four.shah.save("note", {"note": SHARED})
    four.everybody_exchanges()
    live = [four.ann.record(one).live[0] for one in (first, second)]
    assert live[0].seq == live[1].seq
    assert [one.idx for one in live] == [0, 1]


def test_the_audit_is_written_by_all_and_read_by_its_circle(four: Four) -> None:
    taken = [laptop.save("export", {"what": "list"}) for laptop in four]
    four.everybody_exchanges()
    assert [bool(four.grant.answers(one)) for one in taken] == [True] * 4
    for laptop in (four.ann, four.shah, four.bell):
        assert not any(laptop.answers(one) for one in taken), "its own included"


def test_what_was_written_for_the_audit_cannot_be_read_again_where_its_key_is_not_held(
    four: Four,
) -> None:
    taken = four.ann.save("export", {"what": "list"})
    assert four.ann.answers(taken) == {}, "it waits to be sent and is no record here"
    (only,) = (one for _seq, some in ledger.pending(four.ann.store) for one in some)
    assert (only.record, only.audience) == (taken, "audit")
    four.everybody_exchanges()
    assert not ledger.pending(four.ann.store)
    rebuild(four.ann.store, four.ann.seat)
    assert four.ann.answers(taken) == {}
    assert four.grant.answers(taken) == {"what": "list"}


# --- what may be written


def smuggle(laptop: Laptop, change: Change) -> None:
    """Seal a change as a changed program would, without asking the forms."""
    own = ledger.own_feed(laptop.store)
    assert own is not None
    what = (change.form, change.record, change.client, change.audience, change.at)
    forged = Packed(*what, 0, msgspec.Raw(msgspec.msgpack.encode(change.answers)))
    real = ledger.to_seal

    def to_seal(_store: object) -> list[tuple[int, list[Packed]]]:
        return [(own.head_seq + 1, [forged])]

    with pytest.MonkeyPatch.context() as patch, laptop.store.transaction():
        patch.setattr(ledger, "to_seal", to_seal)
        seal_all(laptop.store, laptop.seat, now_ms=laptop.now_ms, random=laptop.dice.randbytes)
    assert ledger.to_seal is real


def change(form: str, audience: str, **answers: str) -> Change:
    return Change(form, b"R" * 16, b"", audience, 1_780_000_000_000, 0, 0, 0, dict(answers))


def test_what_a_role_may_not_write_is_left_out_and_the_rest_counts(four: Four) -> None:
    smuggle(four.ann, change("arrest", "partners", offence="theft"))
    four.ann.exchange(four.share)
    visit = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(four.share)
    for laptop in (four.grant, four.shah, four.bell):
        outcome = laptop.exchange(four.share)
        assert outcome.refused == 1
        assert laptop.answers(b"R" * 16) == {}
        assert laptop.answers(visit) == {"place": "home"}
        (refused,) = ledger.refused(laptop.store)
        assert refused.reason == Reason.NO_PERMISSION.value


def test_a_form_in_a_section_it_does_not_belong_to_is_left_out(four: Four) -> None:
    smuggle(four.bell, change("clinical_note", "partners", note=HEALTH))
    four.bell.exchange(four.share)
    for laptop in (four.grant, four.ann, four.shah):
        assert laptop.exchange(four.share).refused == 1
        assert laptop.answers(b"R" * 16) == {}


def test_roles_count_as_they_were_when_the_bundle_was_made(four: Four) -> None:
    arrest = four.shah.save("arrest", {"offence": "theft"})
    four.shah.exchange(four.share)
    shah = four.shah.seat.person
    change_roles(
        four.grant.store,
        shah,
        roles=frozenset({Role.ANALYST}),
        audiences=frozenset({"partners"}),
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)
    four.bell.exchange(four.share)
    assert four.bell.answers(arrest) == {"offence": "theft"}
    four.shah.exchange(four.share)
    smuggle(four.shah, change("arrest", "partners", offence="later"))
    four.shah.exchange(four.share)
    assert four.bell.exchange(four.share).refused == 1


def test_what_is_written_for_an_audience_before_being_let_in_waits_on_the_laptop(
    four: Four,
) -> None:
    ann = four.ann.seat.person
    change_roles(
        four.grant.store,
        ann,
        roles=frozenset({Role.KEY_WORKER, Role.NURSE}),
        audiences=frozenset({"partners", "health"}),
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)
    four.ann.exchange(four.share)
    early = four.ann.save("clinical_note", {"note": HEALTH})
    visit = four.ann.save("visit", {"place": "home"})
    four.everybody_exchanges()
    assert four.bell.answers(early) == {}
    assert four.bell.answers(visit) == {"place": "home"}
    assert four.ann.answers(early) == {"note": HEALTH}
    assert ledger.pending_count(four.ann.store) == 1
    let_in_whoever_waits(four.bell)
    four.bell.exchange(four.share)
    four.everybody_exchanges()
    assert four.bell.answers(early) == {"note": HEALTH}
    assert four.ann.answers(early) == {"note": HEALTH}
    assert ledger.pending_count(four.ann.store) == 0
    assert four.shah.answers(early) == {}


# --- who was taken out


def test_a_laptop_taken_out_reads_nothing_new_and_writes_nothing_that_counts(
    four: Four,
) -> None:
    before = four.ann.save("visit", {"place": "before"})
    four.everybody_exchanges()
    stolen = four.ann.seat.me.device
    take_out_laptop(
        four.grant.store,
        stolen,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)
    four.bell.exchange(four.share)
    after = four.bell.save("visit", {"place": "after"})
    four.bell.exchange(four.share)
    thief = four.ann.save("visit", {"place": "from the thief"})
    four.ann.exchange(four.share)
    assert is_shut_out(four.ann.store, four.ann.seat)
    assert four.ann.answers(after) == {}
    four.clock.later(DAY_MS)
    for laptop in (four.grant, four.shah, four.bell):
        laptop.exchange(four.share)
        assert laptop.answers(before) == {"place": "before"}
        assert laptop.answers(thief) == {}
        assert Reason.AFTER_CUTOFF.value in {row.reason for row in ledger.set_aside(laptop.store)}


def test_what_came_before_the_cut_off_was_known_is_taken_out_again(four: Four) -> None:
    four.everybody_exchanges()
    stolen = four.ann.seat.me.device
    late = four.ann.save("visit", {"place": "after the theft"})
    four.ann.exchange(four.share)
    four.bell.exchange(four.share)
    reply = four.bell.save("visit", {"place": "clinic"})
    assert four.bell.answers(late) == {"place": "after the theft"}
    take_out_laptop(
        four.grant.store,
        stolen,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    four.grant.exchange(four.share)
    for _ in range(2):
        for laptop in (four.bell, four.shah, four.grant):
            four.clock.later(DAY_MS // 4)
            laptop.exchange(four.share)
    for laptop in (four.grant, four.shah, four.bell):
        assert laptop.answers(late) == {}
        assert laptop.answers(reply) == {"place": "clinic"}
