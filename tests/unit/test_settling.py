# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Settling a question that was answered twice: what is saved, who is told, how to object."""

from itertools import count

import pytest

from desktop_app.casework import settling
from desktop_app.casework.forms import form, problems
from desktop_app.casework.readings import read
from desktop_app.casework.records import Change, Dot, Edit, Json, Record, link, merge
from desktop_app.casework.settling import Pen, Settled
from desktop_app.casework.twice import Question, questions

CLIENT, RECORD = b"c" * 16, b"s" * 16
ANN, SHAH, LOWE = 1, 2, 3
AUTHORS = {ANN: "ann", SHAH: "shah", LOWE: "lowe"}
ids = count(1)
PEN = Pen("2026-11-23", lambda ms: f"2026-11-{ms:02d}", lambda: next(ids).to_bytes(16, "big"))


def begun(_feed: int, seq: int) -> bool:
    return seq == 1


def saw_all(_feed: int, _seq: int) -> bool:
    return True


def change(feed: int, at: int, form_: str, answers: dict[str, Json], *, seq: int = 2) -> Change:
    record = CLIENT if form_ == "client" else RECORD
    return Change(form_, record, CLIENT, "partners", at, feed, seq, 0, answers)


def question(form_: str, one: dict[str, Json], other: dict[str, Json], **base: Json) -> Question:
    record = merge(None, change(ANN, 1, form_, dict(base), seq=1), author="ann", saw=begun)
    for feed, at, answers in ((ANN, 21, one), (SHAH, 22, other)):
        record = merge(record, change(feed, at, form_, answers), author="x", saw=begun)
    (found,) = questions(record)
    return found


def saved(record: Record, edits: list[Edit], *, feed: int = LOWE, at: int = 30) -> list[Record]:
    """Take edits in as the changes of somebody who had seen everything."""
    held: dict[bytes, Record] = {record.id: record}
    for idx, one in enumerate(edits):
        made = Change(one.form, one.record, one.client, one.audience, at, feed, 5, idx, one.answers)
        held[one.record] = merge(held.get(one.record), made, author=AUTHORS[feed], saw=saw_all)
    return list(held.values())


def born() -> Question:
    return question("client", {"born": "1989-03-05"}, {"born": "1989-05-03"}, surname="Doe")


def test_keeping_one_says_so_in_the_record_and_beside_it() -> None:
    asked = born()
    edits = settling.settle(
        asked, asked.given[1].answers, PEN, how=settling.KEPT, why=" His passport. "
    )
    record, told = saved(asked.record, edits)
    assert (record.answers["born"], record.conflicts) == ("1989-05-03", {})
    settled = read(Settled, told)
    assert (settled.of, settled.fields, settled.how) == (CLIENT, ("born",), "kept")
    assert settled.why == "His passport."
    assert settled.dots == (Dot(ANN, 2, 0), Dot(SHAH, 2, 0))
    assert "1989" not in str(told.answers)
    assert settling.told_people(settled, AUTHORS) == {"ann", "shah"}
    assert problems(form("settled"), told.answers, today="2026-11-23") == []


def test_whoever_settles_is_not_told_of_it() -> None:
    asked = born()
    edits = settling.settle(asked, asked.given[0].answers, PEN, how=settling.KEPT)
    _record, told = saved(asked.record, edits, feed=SHAH)
    assert settling.told_people(read(Settled, told), AUTHORS) == {"ann"}


def test_who_reads_the_record_reads_that_it_was_settled_and_nobody_else() -> None:
    record = Record(RECORD, "note", CLIENT, "police", "shah", born().record.live)
    asked = Question(record, ("born",), ("born",), born().given)
    edits = settling.settle(asked, {"born": "1989"}, PEN, how=settling.WRITTEN)
    assert {one.audience for one in edits} == {"police"}


def test_an_objection_stands_open_until_it_is_settled_anew() -> None:
    asked = born()
    record, told = saved(
        asked.record, settling.settle(asked, asked.given[0].answers, PEN, how=settling.KEPT)
    )
    assert settling.objections(told) == []
    (told,) = saved(told, [settling.object_to(told, "His mother says May.")], feed=SHAH, at=31)
    (objection,) = settling.objections(told)
    assert (objection.feed, objection.answers["objection"]) == (SHAH, "His mother says May.")
    again = settling.settle(
        Question(record, asked.fields, asked.differ, asked.given),
        asked.given[1].answers,
        PEN,
        how=settling.KEPT,
        open_still=[told],
    )
    held = {one.id: one for one in saved(told, again[2:], at=32)}
    assert settling.objections(held[told.id]) == []


def test_an_objection_nobody_had_seen_stays_open_whenever_it_arrives() -> None:
    _record, told = saved(born().record, settling.settle(born(), {}, PEN, how=settling.KEPT))
    closed = Change("settled", told.id, CLIENT, "partners", 40, LOWE, 6, 0, {"objection": None})
    late = Change("settled", told.id, CLIENT, "partners", 35, ANN, 6, 0, {"objection": "No."})
    for first, second in ((closed, late), (late, closed)):
        held = merge(told, first, author="x", saw=lambda feed, _seq: feed == LOWE)
        held = merge(held, second, author="x", saw=lambda feed, _seq: feed == LOWE)
        assert [one.feed for one in settling.objections(held)] == [ANN]


def test_two_addresses_can_stand_each_from_its_day() -> None:
    asked = question(
        "client",
        {"address_1": "14 Saltings Row", "postcode": "ZZ1 2AB"},
        {"address_1": "3 Cooper's Wharf", "postcode": "ZZ1 4QD"},
        surname="Doe",
    )
    record, told, beside = saved(asked.record, settling.settle_both(asked, PEN))
    assert record.answers["address_1"] == "3 Cooper's Wharf"
    assert told.answers["how"] == "both"
    assert (beside.form, beside.client) == ("reach", CLIENT)
    assert beside.answers == {
        "address_1": "14 Saltings Row",
        "postcode": "ZZ1 2AB",
        "from_on": "2026-11-21",
    }
    assert problems(form("reach"), beside.answers, today="2026-11-23") == []


def test_two_settings_can_stand_and_the_second_keeps_what_was_not_asked_twice() -> None:
    asked = question(
        "setting",
        {"setting": "remand", "place_prison": "leeds", "from_on": "2026-11-20"},
        {"setting": "hospital", "place_prison": None, "from_on": "2026-11-21"},
        setting="community",
        from_on="2026-11-01",
        note="His sister rang.",
    )
    record, _told, beside = saved(asked.record, settling.settle_both(asked, PEN))
    assert (record.answers["setting"], record.answers["from_on"]) == ("hospital", "2026-11-21")
    assert beside.form == "setting"
    assert beside.answers["setting"] == "remand"
    assert beside.answers["from_on"] == "2026-11-20"
    assert beside.answers["note"] == "His sister rang."


@pytest.mark.parametrize(
    "asked",
    [
        born(),
        question("client", {"phone": "07700 900123"}, {"phone": None}, phone="1"),
        question("setting", {"note": "a"}, {"note": "b"}, setting="remand", from_on="2026-11-01"),
        question("visit", {"at": "2026-11-20T10:00"}, {"at": "2026-11-21T10:00"}),
    ],
    ids=["a date of birth", "nothing", "a note", "a visit"],
)
def test_what_cannot_stand_twice_is_not_offered(asked: Question) -> None:
    assert settling.both_form(asked) is None
    with pytest.raises(ValueError, match=asked.record.form):
        settling.settle_both(asked, PEN)


def test_a_phone_can_stand_twice() -> None:
    asked = question("client", {"phone": "07700 900123"}, {"phone": "07700 900456"})
    also = settling.both_form(asked)
    assert also is not None
    assert also.name == "reach"


def test_settled_while_a_record_is_altered_tells_the_same() -> None:
    asked = born()
    (told,) = settling.settled_by_the_way([asked], {"born": "1989-03-05"}, PEN)
    assert (told.form, told.answers["how"]) == ("settled", "kept")
    (told,) = settling.settled_by_the_way([asked], {"born": "1989-03", "phone": "1"}, PEN)
    assert told.answers["how"] == "written"
    assert settling.settled_by_the_way([asked], {"phone": "1"}, PEN) == []


@pytest.mark.parametrize("odd", ["", "1/2", "1/2/x", "1/2/3/4", "-1/2/3", "9" * 30 + "/1/1"])
def test_a_place_in_history_that_cannot_be_read_is_passed_over(odd: str) -> None:
    told = change(ANN, 1, "settled", {"of": link(CLIENT), "between": [odd, "1/2/3"]})
    settled = read(Settled, merge(None, told, author="ann", saw=begun))
    assert settled.dots == (Dot(1, 2, 3),)
