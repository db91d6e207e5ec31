# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was erased is gone from every laptop and from the share, and nothing else is."""

from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from desktop_app.casework.errors import NotAllowed
from desktop_app.casework.records import Answers, Edit, link, new_id
from desktop_app.casework.retention import RETENTION
from storage import check, ledger, parts, repacking, search
from storage.store import Draft
from sync import erasing
from sync.bundle import open_outer, verify
from sync.heal import put_back_bundles
from sync.history import rebuild
from sync.parts import attach
from sync.reasons import Reason, SetAside
from tests.hostile_share import HostileShare
from tests.sync.laptops import ANN, DAY_MS, GRANT, Four, Laptop, join_team, let_in_whoever_waits
from tests.sync.words_left import words_left, words_on

NAME, NOTE, SECRET = "Quillfeather", "grumbletonk", "zanzibarite"


def decision(laptop: Laptop, *records: bytes, audience: str = "partners", client: bytes) -> Edit:
    answers: Answers = {
        "decision": "erase",
        "decided_on": "2026-06-01",
        "authority": "Data protection officer",
        "reason": "Asked to be forgotten",
        "records": [link(one) for one in records],
        "count": len(records),
    }
    record = new_id(laptop.clock.later(1), laptop.dice.randbytes(10))
    return Edit(RETENTION, record, client, audience, answers)


def erase(laptop: Laptop, *records: bytes, audience: str = "partners", client: bytes) -> bytes:
    edit = decision(laptop, *records, audience=audience, client=client)
    erasing.decide(laptop.store, [edit], now_ms=laptop.now_ms)
    return edit.record


def share_of(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    return four.share


def known_client(four: Four) -> tuple[bytes, bytes]:
    """Give a client with a note everybody holds, and somebody else beside them."""
    client = four.ann.save("client", {"surname": NAME, "forename": "Ada"})
    note = four.bell.save("note", {"headline": "Seen", "note": NOTE * 3}, client=client)
    four.ann.save("client", {"surname": "Stays", "forename": "Sam"})
    four.everybody_exchanges()
    four.ann.save("client", {"known_as": "Addie"}, record=client)
    four.everybody_exchanges()
    return client, note


def all_left(four: Four, *words: str) -> dict[str, set[str]]:
    left = {laptop.name: words_left(laptop, words, four) for laptop in four}
    left["share"] = words_on(share_of(four), words, four)
    return {where: found for where, found in left.items() if found}


def test_words_that_were_erased_are_nowhere_any_more(four: Four) -> None:
    client, note = known_client(four)
    assert set(all_left(four, NAME)) == {"Grant", "Ann", "Shah", "Bell", "share"}
    assert set(all_left(four, NOTE)) == {"Grant", "Ann", "Shah", "Bell", "share"}
    assert all("vault" in words_left(laptop, [NOTE], four) for laptop in four)
    made = erase(four.grant, client, note, client=client)
    four.everybody_exchanges(3)
    assert all_left(four, NAME, "Addie", NOTE, NAME.lower()) == {}
    for laptop in four:
        assert laptop.store.record(client) is None
        assert laptop.store.record(note) is None
        assert search.search(laptop.store, NAME) == []
        assert [hit.client.text("surname") for hit in search.search(laptop.store, "stays")]
        assert laptop.answers(made)["authority"] == "Data protection officer"
        assert check.check(laptop.store) == []
        assert not list(ledger.set_aside(laptop.store))


def test_every_chain_still_verifies_on_a_laptop_that_joins_later(
    four: Four, tmp_path: Path
) -> None:
    client, note = known_client(four)
    kept = four.ann.save("note", {"headline": "Other"}, client=client)
    four.everybody_exchanges()
    ids = ledger.bundle_ids(four.ann.store)
    erase(four.grant, client, note, client=client)
    four.everybody_exchanges(3)
    assert ids.items() <= ledger.bundle_ids(four.ann.store).items()
    fifth = Laptop("Diaz", tmp_path / "diaz", four.clock)
    join_team(four.grant, fifth, four.share, ANN)
    for laptop in four:
        let_in_whoever_waits(laptop)
    four.everybody_exchanges()
    outcome = fifth.exchange(four.share)
    assert outcome.aside == ()
    assert outcome.waiting == ()
    assert fifth.answers(kept) == {"headline": "Other"}
    assert fifth.store.record(client) is None
    assert words_left(fifth, [NAME, NOTE], four) == set()
    fifth.close()


def test_what_comes_after_the_decision_that_erased_it_is_never_shown(four: Four) -> None:
    client, note = known_client(four)
    four.ann.save("client", {"aliases": ["Quillie"]}, record=client)  # not sent yet
    erase(four.grant, client, note, client=client)
    four.grant.exchange(four.share)
    four.bell.exchange(four.share)
    said = four.ann.exchange(four.share)
    assert any("had been erased" in one for one in said.notes)
    assert not any("had been erased" in one for one in four.ann.exchange(four.share).notes)
    four.bell.exchange(four.share)
    assert four.bell.store.record(client) is None
    four.everybody_exchanges(3)
    assert all(laptop.store.record(client) is None for laptop in four)
    assert all_left(four, NAME, NOTE, "Quillie") == {}


def test_a_new_record_about_somebody_erased_is_kept(four: Four) -> None:
    client, note = known_client(four)
    erase(four.grant, client, note, client=client)
    late = four.ann.save("note", {"headline": "Written meanwhile"}, client=client)
    four.everybody_exchanges(3)
    assert all(laptop.answers(late) for laptop in four)


def test_the_content_of_an_attachment_goes_with_it(four: Four) -> None:
    client = four.ann.save("client", {"surname": NAME})
    edit = Edit(
        "attachment",
        new_id(four.clock.later(1), four.ann.dice.randbytes(10)),
        client,
        "partners",
        {"title": "Letter"},
    )
    picture = NOTE.encode() * 400
    attach(four.ann.store, edit, picture, now_ms=four.ann.now_ms, random=four.ann.dice.randbytes)
    four.everybody_exchanges()
    assert all(parts.held(laptop.store) for laptop in four)
    erase(four.grant, edit.record, client=client)
    four.everybody_exchanges(3)
    assert [parts.held(laptop.store) for laptop in four] == [frozenset()] * 4


def test_only_whoever_decides_about_an_audience_erases_in_it(four: Four) -> None:
    client, note = known_client(four)
    secret = four.shah.save("note", {"headline": SECRET}, client=client, audience="police")
    four.everybody_exchanges()
    for laptop, audience in (
        (four.ann, "partners"),
        (four.shah, "partners"),
        (four.grant, "police"),
    ):
        with pytest.raises(NotAllowed):
            erase(laptop, note, audience=audience, client=client)
    four.bell.store.save([decision(four.bell, note, client=client)], now_ms=four.bell.now_ms)
    four.bell.exchange(four.share)
    outcome = four.grant.exchange(four.share)
    assert outcome.refused == 1
    assert [one for one in outcome.notes if "T. Bell" in one and "Nothing was erased" in one]
    assert not any("T. Bell" in one for one in four.grant.exchange(four.share).notes)
    assert Reason.NO_PERMISSION.value in {one.reason for one in ledger.refused(four.grant.store)}
    assert four.grant.answers(note)
    erase(four.shah, secret, audience="police", client=client)
    four.everybody_exchanges(3)
    assert all_left(four, SECRET) == {}
    assert four.grant.answers(note)


def test_a_decision_for_one_audience_erases_nothing_of_another(four: Four) -> None:
    client, note = known_client(four)
    erase(four.shah, note, client, audience="police", client=client)
    four.everybody_exchanges(2)
    assert all(laptop.answers(note) for laptop in (four.grant, four.ann, four.bell, four.shah))
    late = four.ann.save("note", {"note": "more"}, record=note)
    four.everybody_exchanges(2)
    assert four.shah.answers(late)["note"] == "more"


def test_what_was_not_sent_yet_never_leaves_with_the_words(four: Four) -> None:
    client = four.grant.save("client", {"surname": NAME})
    kept = four.grant.save("note", {"headline": "Kept"}, client=client)
    four.grant.store.keep_draft(
        Draft("visit", client, b"", four.grant.seat.person, {"place": NOTE}, four.grant.now_ms)
    )
    erase(four.grant, client, client=client)
    four.everybody_exchanges(2)
    assert all_left(four, NAME, NOTE) == {}
    assert four.grant.store.drafts() == []
    assert all(laptop.answers(kept) == {"headline": "Kept"} for laptop in four)


def test_reading_the_log_again_shows_nothing_of_what_was_erased(four: Four) -> None:
    client, note = known_client(four)
    erase(four.grant, client, note, client=client)
    four.grant.exchange(four.share)
    four.ann.exchange(four.share)
    rebuild(four.ann.store, four.ann.seat)  # its log still holds the words
    assert four.ann.store.record(client) is None
    four.ann.save("client", {"surname": "Another"})
    four.everybody_exchanges(3)
    rebuild(four.ann.store, four.ann.seat)
    assert four.ann.store.record(note) is None
    assert all_left(four, NAME, NOTE) == {}


def test_nobody_can_put_the_words_back_on_the_share(four: Four) -> None:
    client, note = known_client(four)
    share = share_of(four)
    before = dict(share.files)
    erase(four.grant, client, note, client=client)
    four.everybody_exchanges(3)
    for path, raw in before.items():
        share.files[path] = raw
    four.clock.later(DAY_MS)
    for _turn in range(6):
        four.everybody_exchanges()
    assert all_left(four, NAME, NOTE) == {}


def test_two_who_erase_from_one_bundle_at_once_end_with_the_same(
    four: Four, tmp_path: Path
) -> None:
    deputy = Laptop("Diaz", tmp_path / "diaz", four.clock)
    second = replace(GRANT, name="C. Diaz", audiences=frozenset({"partners", "coordination"}))
    join_team(four.grant, deputy, four.share, second)
    four.everybody_exchanges()
    client = four.ann.save("client", {"surname": NAME})
    note = four.ann.save("note", {"note": NOTE}, client=client)
    kept = four.ann.save("note", {"note": "stays"}, client=client)
    four.everybody_exchanges()
    deputy.exchange(four.share)
    erase(four.grant, client, client=client)
    erase(deputy, note, client=client)
    seen = sent_at_once(four, deputy)
    for _turn in range(4):
        deputy.exchange(four.share)
        four.everybody_exchanges(1)
    assert all_left(four, NAME, NOTE) == {}
    assert words_left(deputy, [NAME, NOTE], four) == set()
    assert all(laptop.answers(kept) == {"note": "stays"} for laptop in (*four, deputy))
    assert seen, "both had re-packed the same bundle without knowing of each other"
    held = [
        {one.raw for _row, one in ledger.bundles(laptop.store, limit=100_000)}
        for laptop in (*four, deputy)
    ]
    assert {share_of(four).files[path] for path in seen} <= set.intersection(*held)
    deputy.close()


def sent_at_once(four: Four, deputy: Laptop) -> dict[str, set[bytes]]:
    """Let two laptops re-pack, each on a share of its own; return what both wrote differently."""
    share = share_of(four)
    other = HostileShare()
    other.files = dict(share.files)
    four.grant.exchange(share)
    deputy.exchange(other)
    both = {
        path: {share.files[path], raw}
        for path, raw in other.files.items()
        if path in share.files and share.files[path] != raw
    }
    share.files.update({path: raw for path, raw in other.files.items() if path not in share.files})
    return both


def test_whoever_knows_of_it_does_not_put_the_old_bundle_back(four: Four) -> None:
    client, note = known_client(four)
    erase(four.grant, client, note, client=client)
    four.grant.exchange(four.share)
    four.ann.exchange(four.share)  # it has heard; it holds the old bundles still
    stale = repacking.stale(four.ann.store)
    assert stale
    store, seat = four.ann.store, four.ann.seat
    held = ledger.bundles_of(store, list(stale))
    feeds = ledger.feeds(store)
    paths = [seat.bundle_path(feeds[one.feed].id, one.seq, one.id) for one in held]
    present = {
        seat.feed_folder(feed.id): frozenset(
            (seq, id_[:16]) for (of, seq), id_ in ledger.bundle_ids(store).items() if of == number
        )
        for number, feed in feeds.items()
    }
    assert put_back_bundles(store, seat, present, paths) == 0
    four.ann.exchange(four.share)
    assert repacking.stale(store) == {}
    assert put_back_bundles(store, seat, present, paths) == len(paths)


def test_whoever_replaced_a_section_must_have_been_allowed_to(four: Four) -> None:
    client, note = known_client(four)
    gone = {"partners": {client, note}}
    for laptop, may in ((four.grant, True), (four.ann, False)):
        hand = erasing._Hand(laptop.store, laptop.seat, gone, laptop.dice.randbytes, ("partners",))
        for _row, held in ledger.bundles(laptop.store, limit=100_000):
            again = hand.again(erasing._open(laptop.seat, held.raw), ["partners"])
            if again is None:
                continue
            opened = erasing._open(laptop.seat, again[0])
            device = ledger.feeds(laptop.store)[held.feed].device
            author = laptop.seat.roster.device(device)
            assert author is not None
            assert opened.id == held.id
            if may:
                verify(opened, author.sign, laptop.seat.trusted)
                (said,) = opened.replaced
                false = msgspec.structs.replace(said, signature=bytes(64))
                opened = replace(opened, replaced=(false,))
            with pytest.raises(SetAside) as refused:
                verify(opened, author.sign, laptop.seat.trusted)
            assert refused.value.reason is Reason.BAD_SIGNATURE


def test_a_bundle_re_packed_by_somebody_who_may_not_is_not_believed(four: Four) -> None:
    client, note = known_client(four)
    seat, store = four.ann.seat, four.ann.store
    share = share_of(four)
    gone = {"partners": {client, note}}
    hand = erasing._Hand(store, seat, gone, four.ann.dice.randbytes, ("partners",))
    for path, raw in list(share.files.items()):
        if path.endswith(".bundle"):
            opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
            again = hand.again(opened, ["partners"])
            share.files[path] = again[0] if again else raw
    four.everybody_exchanges(2)
    assert all(laptop.answers(note) for laptop in four)
