# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What somebody knew when they wrote an answer is read from the signed bundles, not guessed."""

import pytest

from desktop_app.casework.readings import read
from desktop_app.casework.records import Dot, Record
from desktop_app.casework.settling import KEPT, Pen, Settled, settle
from desktop_app.casework.twice import Question, questions
from storage import settlings
from sync import knowing
from sync.knowing import Wrote, answers_at, wrote
from tests.sync.laptops import Four, Laptop


def asked(laptop: Laptop, record: bytes) -> Question:
    (found,) = questions(laptop.record(record))
    return found


def by_name(laptop: Laptop, record: bytes) -> dict[str, Wrote]:
    question = asked(laptop, record)
    lives = [live for given in question.given for live in given.by]
    found = wrote(laptop.store, question.record, lives, question.fields)
    return {laptop.seat.team.name_of(one.person): one for one in found.values()}


def twice(four: Four) -> bytes:
    """A date of birth that Grant wrote, and Ann and Shah each put right in their own way."""
    client = four.grant.save("client", {"surname": "Doe", "born": "1989"})
    four.everybody_exchanges()
    four.ann.save("client", {"born": "1989-03-05"}, record=client)
    four.clock.later()
    four.shah.save("client", {"born": "1989-05-03"}, record=client)
    four.everybody_exchanges()
    return client


def test_each_says_who_wrote_it_when_and_from_what(four: Four) -> None:
    client = twice(four)
    for laptop in four:
        found = by_name(laptop, client)
        assert set(found) == {"Ann Lowe", "PC R. Shah"}
        assert all(one.before == {"born": "1989"} for one in found.values())
        assert found["Ann Lowe"].at_ms < found["PC R. Shah"].at_ms
        assert all(len(one.unseen or ()) == 1 for one in found.values())


def test_what_came_from_others_says_when_it_arrived(four: Four) -> None:
    client = twice(four)
    found = by_name(four.ann, client)
    assert found["Ann Lowe"].arrived_ms is None
    arrived = found["PC R. Shah"].arrived_ms
    assert arrived is not None
    assert found["PC R. Shah"].at_ms < arrived <= four.clock.now_ms


def test_somebody_who_had_seen_less_went_on_from_less(four: Four) -> None:
    client = four.grant.save("client", {"surname": "Doe", "born": "1989"})
    four.everybody_exchanges()
    four.grant.save("client", {"born": "1989-04"}, record=client)
    four.grant.exchange(four.share)
    four.ann.exchange(four.share)
    four.ann.save("client", {"born": "1989-04-05"}, record=client)
    four.shah.save("client", {"born": "1989-05-03"}, record=client)
    four.everybody_exchanges()
    found = by_name(four.bell, client)
    assert found["Ann Lowe"].before == {"born": "1989-04"}
    assert found["PC R. Shah"].before == {"born": "1989"}


def settled(laptop: Laptop, client: bytes) -> Record:
    question = asked(laptop, client)
    pen = Pen("2026-06-01", lambda _ms: "2026-06-01", lambda: laptop.dice.randbytes(16))
    edits = settle(question, question.given[0].answers, pen, how=KEPT)
    laptop.store.save(edits, now_ms=laptop.clock.later())
    return laptop.record(edits[1].record)


def test_the_answers_it_stood_between_are_read_at_their_places(four: Four) -> None:
    client = twice(four)
    told = settled(four.grant, client)
    four.everybody_exchanges()
    for laptop in four:
        held = laptop.record(told.id)
        lives = answers_at(laptop.store, laptop.record(client), read(Settled, held).dots)
        assert [one.answers for one in lives] == [
            {"born": "1989-03-05"},
            {"born": "1989-05-03"},
        ]
        assert settlings.settled(laptop.store, laptop.record(client)) == [held]
        assert settlings.objected(laptop.store) == []


def test_a_place_that_holds_another_record_says_nothing(four: Four) -> None:
    client = twice(four)
    other = four.ann.save("client", {"surname": "Roe"})
    place = four.ann.record(other).live[0]
    dot = Dot(place.feed, place.seq, place.idx)
    assert answers_at(four.ann.store, four.ann.record(client), [dot, Dot(1, 1, 1)]) == []
    (mine,) = answers_at(four.ann.store, four.ann.record(other), [dot])
    assert mine.answers == {"surname": "Roe"}


def test_an_objection_travels_and_opens_it_for_everybody(four: Four) -> None:
    client = twice(four)
    told = settled(four.grant, client)
    four.everybody_exchanges()
    four.shah.save("settled", {"objection": "His mother says May."}, record=told.id)
    four.everybody_exchanges()
    for laptop in four:
        assert [one.id for one in settlings.objected(laptop.store)] == [told.id]


def test_what_lies_too_far_back_to_be_known_is_not_said(
    four: Four, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = four.grant.save("client", {"surname": "Doe", "born": "1989"})
    four.everybody_exchanges()
    for number in range(4):  # bundles that tell of nothing new from anybody
        four.ann.save("note", {"note": str(number)}, client=client)
        four.ann.exchange(four.share)
    four.ann.save("client", {"born": "1989-03-05"}, record=client)
    four.shah.save("client", {"born": "1989-05-03"}, record=client)
    four.everybody_exchanges()
    assert by_name(four.bell, client)["Ann Lowe"].before == {"born": "1989"}
    monkeypatch.setattr(knowing, "AT_ONCE", 1)
    monkeypatch.setattr(knowing, "FARTHEST", 2)
    found = by_name(four.bell, client)["Ann Lowe"]
    assert (found.before, found.unseen) == (None, None)


def test_what_waits_to_be_sealed_was_written_with_everything_seen(four: Four) -> None:
    client = twice(four)
    settled(four.grant, client)
    (live,) = [one for one in four.grant.record(client).live if "born" in one.answers]
    question_of = four.grant.record(client)
    dot = Dot(live.feed, live.seq, live.idx)
    found = wrote(four.grant.store, question_of, [live], ["born"])[dot]
    assert found.unseen == frozenset()
    assert found.before == {"born": "1989-05-03"}
    assert found.arrived_ms is None
