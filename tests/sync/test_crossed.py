# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Taken back by one while another, who had not heard of it, went on: said, and a person decides."""

import pytest

from desktop_app.casework.records import WITHDRAWN, Edit
from storage import reads
from sync.crossed import Crossed, crossed, let_be
from sync.undoing import lately, undoing
from tests.sync.laptops import Four, Laptop


def take_back(laptop: Laptop, author: str) -> None:
    found = [one for one in lately(laptop.store) if one.brought.author.person == author]
    one = next(one for one in found if one.brought.items)
    planned = undoing(laptop.store, one.feed, one.seq, reason="Typed twice")
    laptop.store.save(planned.edits, now_ms=laptop.clock.later(1))


def told(laptop: Laptop, four: Four) -> bool:
    return any("withdrawn while somebody" in one for one in laptop.exchange(four.share).notes)


def in_mind(laptop: Laptop) -> list[tuple[bytes, str, tuple[str, ...]]]:
    return [(one.record.id, one.by, one.people) for one in crossed(laptop.store)]


def test_a_client_somebody_has_visited_meanwhile_is_asked_about_and_comes_back_with_the_rest(
    four: Four,
) -> None:
    grant, ann, shah, bell = four
    client = ann.save("client", {"surname": "Doe"})
    need = ann.save("need", {"what": "Housing"}, client=client)
    four.everybody_exchanges()
    take_back(grant, "Ann Lowe")
    visit = shah.save("visit", {"at": "2026-06-02T10:00"}, client=client)
    grant.exchange(four.share)
    assert told(shah, four), "whose visit cannot be found any more"
    assert told(grant, four), "who took it back"
    assert not told(grant, four), "it is told once"
    assert told(bell, four)
    for laptop in (grant, shah, bell):
        assert in_mind(laptop) == [(client, "A. Grant", ("PC R. Shah",))]
        assert reads.search(laptop.store, "Doe") == []
    (one,) = crossed(grant.store)
    assert dict(one.since) == {"visit": 1}
    bring_back(grant, one)
    four.everybody_exchanges()
    for laptop in four:
        assert [hit.client.id for hit in reads.search(laptop.store, "Doe")] == [client]
        assert laptop.record(need).withdrawn is None
        assert laptop.record(visit).withdrawn is None
        assert in_mind(laptop) == []


@pytest.mark.parametrize("first", ["grant", "shah"])
def test_a_record_somebody_altered_meanwhile_is_asked_about(four: Four, first: str) -> None:
    grant, ann, shah, _bell = four
    client = grant.save("client", {"surname": "Doe"})
    four.everybody_exchanges()
    visit = ann.save("visit", {"at": "2026-06-02T10:00"}, client=client)
    four.everybody_exchanges()
    take_back(grant, "Ann Lowe")
    shah.save("visit", {"minutes": 20}, record=visit)
    for laptop in (grant, shah) if first == "grant" else (shah, grant):
        laptop.exchange(four.share)
    four.everybody_exchanges()
    for laptop in (grant, shah):
        assert in_mind(laptop) == [(visit, "A. Grant", ("PC R. Shah",))]
        assert laptop.answers(visit)["minutes"] == 20
    let_be(grant.store, visit)
    assert in_mind(grant) == []
    four.everybody_exchanges()
    assert in_mind(grant) == [], "it is not asked again"


def test_what_was_seen_when_it_was_withdrawn_is_not_asked_about(four: Four) -> None:
    grant, ann, shah, _bell = four
    client = grant.save("client", {"surname": "Doe"})
    visit = ann.save("visit", {"at": "2026-06-02T10:00"}, client=client)
    four.everybody_exchanges()
    shah.save("visit", {"minutes": 20}, record=visit)
    four.everybody_exchanges()
    held = grant.record(visit)
    withdrawn = Edit(held.form, held.id, held.client, held.audience, {WITHDRAWN: "Not so"})
    grant.store.save([withdrawn], now_ms=grant.clock.later(1))
    grant.exchange(four.share)
    assert not any(told(one, four) for one in (shah, ann, grant))
    assert in_mind(shah) == []


def test_brought_back_by_one_and_withdrawn_anew_by_another_is_asked_about(four: Four) -> None:
    grant, ann, shah, _bell = four
    client = grant.save("client", {"surname": "Doe"})
    visit = ann.save("visit", {"at": "2026-06-02T10:00"}, client=client)
    four.everybody_exchanges()
    ann.save("visit", {WITHDRAWN: "Not so"}, record=visit)
    four.everybody_exchanges()
    shah.save("visit", {WITHDRAWN: None}, record=visit)
    four.clock.later()
    grant.save("visit", {WITHDRAWN: "Twice"}, record=visit)  # the later of the two is shown
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.record(visit).withdrawn == "Twice"
        assert in_mind(laptop) == [(visit, "A. Grant", ("PC R. Shah",))]


def bring_back(laptop: Laptop, one: Crossed) -> None:
    laptop.store.save(one.edits, now_ms=laptop.clock.later(1))
