# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A bundle can be taken back: by changes, and never over what somebody has gone on from."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_app.casework.records import WITHDRAWN
from sync.undoing import NoSuchBundle, Stays, Undoing, lately, undoing
from tests.sync.laptops import Four, Laptop

REASON = "Typed about the wrong person"


def newest(laptop: Laptop, author: str) -> tuple[int, int]:
    """The bundle of an author that was taken in last and brought something."""
    found = [one for one in lately(laptop.store) if one.brought.author.person == author]
    return next((one.feed, one.seq) for one in found if one.brought.items)


def back(laptop: Laptop, author: str) -> Undoing:
    """What taking back an author's newest bundle would do."""
    return undoing(laptop.store, *newest(laptop, author), reason=REASON)


def take_back(laptop: Laptop, author: str) -> Undoing:
    planned = back(laptop, author)
    laptop.store.save(planned.edits, now_ms=laptop.clock.later(1))
    return planned


def shared_client(four: Four) -> bytes:
    client = four.grant.save("client", {"surname": "Doe", "town": "Saltings"})
    four.everybody_exchanges()
    return client


def reasons(planned: Undoing) -> dict[str, Stays]:
    return {left.form: left.why for left in planned.left}


def test_what_a_bundle_made_is_withdrawn_everywhere_and_the_bundle_stays(four: Four) -> None:
    client = shared_client(four)
    visit = four.ann.save("visit", {"at": "2026-06-01T10:00", "state": "done"}, client=client)
    four.everybody_exchanges()
    feed, seq = newest(four.grant, "Ann Lowe")
    planned = take_back(four.grant, "Ann Lowe")
    assert [(one.record, one.answers) for one in planned.edits] == [(visit, {WITHDRAWN: REASON})]
    assert planned.left == ()
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.record(visit).withdrawn == REASON
        assert laptop.answers(visit)["state"] == "done"
    assert (feed, seq) in {(one.feed, one.seq) for one in lately(four.grant.store)}


def test_an_answer_goes_back_to_what_it_was_and_one_not_given_before_is_none(four: Four) -> None:
    client = shared_client(four)
    four.ann.save("client", {"town": "Marshend", "phone": "07700 900123"}, record=client)
    four.everybody_exchanges()
    take_back(four.grant, "Ann Lowe")
    four.everybody_exchanges()
    for laptop in four:
        answers = laptop.answers(client)
        assert (answers["surname"], answers["town"], answers["phone"]) == ("Doe", "Saltings", None)


def test_what_somebody_has_gone_on_from_stays_and_the_rest_goes_back(four: Four) -> None:
    client = shared_client(four)
    four.ann.save("client", {"town": "Marshend", "postcode": "ZZ1 1AA"}, record=client)
    four.everybody_exchanges()
    bundle = newest(four.grant, "Ann Lowe")
    four.shah.save("client", {"town": "Saltings Quay"}, record=client)
    four.everybody_exchanges()
    planned = undoing(four.grant.store, *bundle, reason=REASON)
    assert [one.answers for one in planned.edits] == [{"postcode": None}]
    assert reasons(planned) == {"client": Stays.BUILT_ON}


def test_a_record_somebody_altered_since_stays(four: Four) -> None:
    client = shared_client(four)
    visit = four.ann.save("visit", {"at": "2026-06-01T10:00"}, client=client)
    four.everybody_exchanges()
    bundle = newest(four.grant, "Ann Lowe")
    four.shah.save("visit", {"minutes": 20}, record=visit)
    four.everybody_exchanges()
    planned = undoing(four.grant.store, *bundle, reason=REASON)
    assert (planned.edits, reasons(planned)) == ((), {"visit": Stays.BUILT_ON})


def test_a_visit_somebody_wrote_an_account_of_stays(four: Four) -> None:
    client = shared_client(four)
    visit = four.ann.save("visit", {"at": "2026-06-01T10:00"}, client=client)
    four.everybody_exchanges()
    bundle = newest(four.grant, "Ann Lowe")
    four.shah.save("account", {"visit": visit.hex(), "note": "Seen"}, client=client)
    four.everybody_exchanges()
    planned = undoing(four.grant.store, *bundle, reason=REASON)
    assert (planned.edits, reasons(planned)) == ((), {"visit": Stays.BUILT_ON})


def test_what_stays_keeps_its_client_though_they_came_together(four: Four) -> None:
    client = four.ann.save("client", {"surname": "Doe"})
    visit = four.ann.save("visit", {"at": "2026-06-01T10:00"}, client=client)
    note = four.ann.save("note", {"note": "Called"}, client=client)
    four.everybody_exchanges()
    bundle = newest(four.grant, "Ann Lowe")
    four.shah.save("visit", {"minutes": 20}, record=visit)
    four.everybody_exchanges()
    planned = undoing(four.grant.store, *bundle, reason=REASON)
    assert [one.record for one in planned.edits] == [note]
    assert {one.record for one in planned.left} == {client, visit}


def test_a_sealed_account_keeps_the_visit_it_is_of(four: Four) -> None:
    client = shared_client(four)
    visit = four.ann.save("visit", {"at": "2026-06-01T10:00"}, client=client)
    four.ann.save("account", {"visit": visit.hex(), "note": "Seen"}, client=client)
    four.everybody_exchanges()
    planned = back(four.grant, "Ann Lowe")
    assert planned.edits == ()
    assert reasons(planned) == {"visit": Stays.BUILT_ON, "account": Stays.SEALED}


def test_a_client_others_wrote_about_stays_and_one_alone_goes(four: Four) -> None:
    first = four.ann.save("client", {"surname": "Doe"})
    second = four.ann.save("client", {"surname": "Dow"})
    four.everybody_exchanges()
    bundle = newest(four.grant, "Ann Lowe")
    four.shah.save("visit", {"at": "2026-06-01T10:00"}, client=first)
    four.everybody_exchanges()
    planned = undoing(four.grant.store, *bundle, reason=REASON)
    assert [one.record for one in planned.edits] == [second]
    assert [(one.record, one.why) for one in planned.left] == [(first, Stays.BUILT_ON)]


def test_a_sealed_account_and_what_others_may_write_stay_and_are_named(four: Four) -> None:
    client = shared_client(four)
    four.ann.save("account", {"note": "Seen"}, client=client)
    four.everybody_exchanges()
    assert reasons(back(four.grant, "Ann Lowe")) == {"account": Stays.SEALED}
    four.shah.save("arrest", {"offence": "Theft"}, client=client)
    four.everybody_exchanges()
    assert reasons(back(four.ann, "PC R. Shah")) == {"arrest": Stays.NOT_YOURS}


def test_what_this_laptop_may_not_read_stays_and_is_named(four: Four) -> None:
    client = shared_client(four)
    four.bell.save("clinical_note", {"note": "Seen"}, client=client)
    four.bell.save("need", {"what": "Housing"}, client=client)
    four.everybody_exchanges()
    planned = back(four.grant, "T. Bell")
    assert "health" in planned.unread
    assert [one.form for one in planned.edits] == ["need"]


def test_beside_anothers_answer_only_that_is_left(four: Four) -> None:
    client = shared_client(four)
    four.ann.save("client", {"town": "Marshend"}, record=client)
    four.shah.save("client", {"town": "Saltings Quay"}, record=client)
    four.everybody_exchanges()
    assert four.grant.record(client).conflicts
    take_back(four.grant, "Ann Lowe")
    four.everybody_exchanges()
    for laptop in four:
        assert not laptop.record(client).conflicts
        assert laptop.answers(client)["town"] == "Saltings Quay"


def test_between_two_others_nobody_decides_by_the_way(four: Four) -> None:
    client = shared_client(four)
    for laptop, town in ((four.ann, "Marshend"), (four.shah, "Quay"), (four.bell, "Staithe")):
        laptop.save("client", {"town": town}, record=client)
    four.everybody_exchanges()
    planned = back(four.grant, "Ann Lowe")
    assert (planned.edits, reasons(planned)) == ((), {"client": Stays.TWO_ANSWERS})


def test_taken_back_twice_is_taken_back_once(four: Four) -> None:
    client = shared_client(four)
    four.ann.save("visit", {"at": "2026-06-01T10:00"}, client=client)
    four.ann.save("client", {"town": "Marshend"}, record=client)
    four.everybody_exchanges()
    bundle = newest(four.grant, "Ann Lowe")
    four.grant.store.save(
        undoing(four.grant.store, *bundle, reason=REASON).edits, now_ms=four.clock.later(1)
    )
    again = undoing(four.grant.store, *bundle, reason=REASON)
    assert again.edits == ()


def test_a_bundle_that_is_not_here_is_said_so(four: Four) -> None:
    with pytest.raises(NoSuchBundle):
        undoing(four.grant.store, 7, 7, reason=REASON)


TOWNS = ("Saltings", "Marshend", "Quay")


@settings(max_examples=6)
@given(
    steps=st.lists(st.tuples(st.sampled_from("asb"), st.sampled_from(TOWNS)), max_size=4),
    order=st.permutations(range(4)),
)
def test_in_whatever_order_it_is_heard_all_laptops_agree(
    made_four: tuple[Four, object],
    tmp_path_factory: pytest.TempPathFactory,
    steps: list[tuple[str, str]],
    order: list[int],
) -> None:
    from tests.sync.laptops import copy_of_four  # noqa: PLC0415

    four = copy_of_four(*made_four, tmp_path_factory.mktemp("back"))  # type: ignore[arg-type]
    try:
        client = shared_client(four)
        four.ann.save("client", {"town": "Nowhere"}, record=client)
        four.everybody_exchanges()
        bundle = newest(four.grant, "Ann Lowe")
        named = {"a": four.ann, "s": four.shah, "b": four.bell}
        for who, town in steps:
            named[who].save("client", {"town": town}, record=client)
        four.grant.store.save(
            undoing(four.grant.store, *bundle, reason=REASON).edits, now_ms=four.clock.later(1)
        )
        laptops = list(four)
        for index in order:
            laptops[index].exchange(four.share)
        four.everybody_exchanges()
        rows = [sorted(map(repr, laptop.record(client).live)) for laptop in four]
        assert all(row == rows[0] for row in rows)
        given_by_hand = {town for _who, town in steps}
        shown = {
            str(live.answers["town"])
            for live in four.grant.record(client).live
            if "town" in live.answers
        }
        last = dict(steps)
        assert set(last.values()) <= shown if last else shown == {"Saltings"}
        assert shown <= given_by_hand | {"Saltings"}
    finally:
        four.close()
