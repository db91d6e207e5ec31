# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Handing over: the worker stays until the other has accepted, in any order of arrival."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.casework.assignments import KEY_WORKER, workers_on
from desktop_app.casework.due import Look
from desktop_app.casework.due import said as said_of
from desktop_app.casework.forms import form
from desktop_app.casework.handover import Offer, Reply, accepting, offer_because, open_offers
from desktop_app.casework.people import Team
from desktop_app.casework.readings import check
from desktop_app.casework.records import Answers, Edit, Json, Live, Record, link
from tests.unit.desk import BELLO, LOWE, NOW, OSEI, SHAH, Desk, kinds, only

Make = Callable[..., Record]
ON = date(2026, 11, 23)
OFFER: dict[str, Json] = {
    "duty": "key_worker",
    "worker": OSEI,
    "handed_to": BELLO,
    "offered_on": "2026-11-20",
    "reason": "worker_leaves",
    "to_know": "Ring after ten.",
}


@pytest.fixture
def desk(a_record: Make, team: Team) -> Desk:
    return Desk(a_record, team)


def taken(records: list[Record], offer: Record) -> list[Record]:
    """Return the records after an offer was accepted."""
    ids = iter(bytes([200 + number]) * 16 for number in range(9))
    (found,) = [one.offer for one in open_offers(records, ON) if one.offer.record.id == offer.id]
    edits, _back = accepting(found, records, on=ON, new=lambda: next(ids))
    held = {one.id: one for one in records}
    for edit in edits:
        held[edit.record] = _saved(edit, held.get(edit.record))
    return list(held.values())


def _saved(edit: Edit, before: Record | None) -> Record:
    answers: Answers = {**(before.answers if before else {}), **edit.answers}
    live = [Live(1_790_000_000_000, 3, 9, 0, answers)]
    author = before.author if before else BELLO
    return Record(edit.record, edit.form, edit.client, edit.audience, author, live)


def test_the_forms_offer_what_the_rules_read() -> None:
    assert check(Offer, form("handover")) == check(Reply, form("handover_answer")) == []


def test_an_offer_changes_nothing_and_accepting_it_passes_the_client_on(
    desk: Desk, a_record: Make
) -> None:
    file = desk.client("Croft", ("handover", OFFER))
    records = list(file.records)
    assert workers_on(records, KEY_WORKER, ON) == [OSEI]
    offer = next(one for one in records if one.form == "handover")
    after = taken(records, offer)
    assert workers_on(after, KEY_WORKER, ON) == [BELLO]
    assert open_offers(after, ON) == []
    (ended,) = [
        one for one in after if one.answers.get("handed_to") == BELLO and one.id != offer.id
    ]
    assert ended.answers["handover_reason"] == "worker_leaves"
    assert ended.answers["handover_note"] == "Ring after ten."


def test_only_the_answer_of_whoever_was_asked_counts(desk: Desk, a_record: Make) -> None:
    file = desk.client("Croft", ("handover", OFFER))
    offer = next(one for one in file.records if one.form == "handover")
    by_another = a_record(
        "handover_answer", offer.client, author=SHAH, answer="accepted", handover=link(offer.id)
    )
    assert len(open_offers([*file.records, by_another], ON)) == 1
    back = a_record(
        "handover_answer", offer.client, author=SHAH, answer="taken_back", handover=link(offer.id)
    )
    assert len(open_offers([*file.records, back], ON)) == 1
    mine = a_record(
        "handover_answer", offer.client, author=OSEI, answer="taken_back", handover=link(offer.id)
    )
    assert open_offers([*file.records, mine], ON) == []
    not_yet = a_record(
        "handover_answer",
        offer.client,
        author=BELLO,
        answer="not_yet",
        words="After her court day",
        answered_on="2026-11-21",
        handover=link(offer.id),
    )
    (waits,) = open_offers([*file.records, not_yet], ON)
    assert waits.not_yet is not None
    assert waits.not_yet.words == "After her court day"
    said = said_of(offer_because(waits, Look(desk.facts(), desk.me(OSEI), NOW)))
    assert said.startswith("because not yet: “After her court day”; you offer them to ")


def test_the_latest_offer_of_a_duty_stands(desk: Desk) -> None:
    later = {**OFFER, "handed_to": LOWE, "offered_on": "2026-11-22"}
    file = desk.client("Croft", ("handover", later), ("handover", OFFER))
    assert [one.offer.handed_to for one in open_offers(file.records, ON)] == [LOWE]


def test_an_offer_of_who_no_longer_has_them_is_done_with(desk: Desk) -> None:
    desk.client("Croft", ("handover", OFFER), worker=SHAH)
    assert open_offers(desk.files[0].records, ON) == []


def test_today_asks_the_receiver_and_tells_the_giver(desk: Desk) -> None:
    desk.client("Croft", ("handover", OFFER))
    asked = only(desk.look(BELLO), "handover")
    assert asked.sentence == (
        "because K. Osei offers them to you as key worker, since Fri 20 Nov: the worker is leaving"
    )
    assert [(one.code, one.key) for one in asked.answers][:2] == [
        ("accept_handover", "A"),
        ("not_yet", "N"),
    ]
    waits = only(desk.look(OSEI), "handover")
    assert "you offer them" in waits.sentence
    assert waits.answers[0].code == "take_back_offer"
    assert "handover" not in kinds(desk.look(SHAH))


@given(st.permutations(range(5)))
def test_the_order_of_arrival_makes_no_difference(order: list[int]) -> None:
    client = b"c" * 16

    def made(number: int, name: str, author: str, **answers: Json) -> Record:
        live = [Live(1_790_000_000_000 + number, 3, number, 0, answers)]
        return Record(bytes([number]) * 16, name, client, "partners", author, live)

    first = made(2, "handover", OSEI, **OFFER)
    held = [
        made(1, "assignment", LOWE, duty="key_worker", worker=OSEI, from_on="2026-08-01"),
        first,
        made(3, "handover", OSEI, **{**OFFER, "handed_to": LOWE, "offered_on": "2026-11-19"}),
        made(4, "handover_answer", BELLO, answer="not_yet", handover=link(first.id)),
        made(5, "handover_answer", BELLO, answer="accepted", handover=link(first.id)),
    ]
    some = [held[one] for one in order]
    assert open_offers(some, ON) == []
    waits = [one for one in some if one.id != held[4].id]
    (left,) = open_offers(waits, ON)
    assert (left.offer.handed_to, left.not_yet is not None) == (BELLO, True)
