# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What would be answered twice is known before anything is taken in, and comes out so."""

from desktop_app.casework.twice import Clash, questions
from storage import reads
from sync.carry import carry, look
from sync.clashes import would_clash
from sync.exchange import Exchange
from sync.intake import intake
from tests.sync.laptops import Four, Laptop


def would(four: Four, laptop: Laptop) -> list[Clash]:
    """Fetch what lies on the share, and ask what would clash; take nothing in."""
    going = Exchange(laptop.store, laptop.now_ms, laptop.dice.randbytes)
    looked = look(four.share, going.begin())
    carried = carry(four.share, going.seal(looked))
    trial = intake(laptop.store, laptop.seat, now_ms=laptop.now_ms, trial=True)
    trial.offer(carried.bundles)
    read = [(one, trial.reader.read(one), trial.vectors.at(one)) for one in trial.order.due()]
    return would_clash(laptop.store, read, laptop.seat.team)


def test_a_rehearsal_names_the_question_and_the_people_and_changes_nothing(four: Four) -> None:
    client = four.grant.save("client", {"surname": "Doe", "born": "1989"})
    four.everybody_exchanges()
    four.ann.save("client", {"born": "1989-03-05"}, record=client)
    four.shah.save("client", {"born": "1989-05-03", "phone": "07700 900123"}, record=client)
    four.ann.exchange(four.share)
    (clash,) = would(four, four.shah)
    assert clash.asked == "Born"
    named = [four.shah.seat.team.name_of(person) for person in clash.people]
    assert sorted(named) == ["Ann Lowe", "PC R. Shah"]
    assert reads.conflicts(four.shah.store) == []
    four.everybody_exchanges()
    (held,) = reads.conflicts(four.shah.store)
    assert [one.differ for one in questions(held)] == [("born",)]


def test_what_was_written_having_seen_the_answer_clashes_with_nothing(four: Four) -> None:
    client = four.grant.save("client", {"surname": "Doe", "born": "1989"})
    four.everybody_exchanges()
    four.ann.save("client", {"born": "1989-03-05"}, record=client)
    four.ann.exchange(four.share)
    assert would(four, four.shah) == []
