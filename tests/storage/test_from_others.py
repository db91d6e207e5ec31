# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What colleagues wrote since somebody last looked, by when it arrived."""

from dataclasses import dataclass

import pytest

from desktop_app.casework.records import Json
from storage import arrivals, ledger, reads
from storage.from_others import (
    WEEK_MS,
    FromOthers,
    clients_with_news,
    from_others,
    look_at,
    look_at_all,
    put_back,
)
from storage.ledger import Held
from tests.storage.pen import BELL, SHAH, START_MS, Pen, change, feed, saw_all

ANN, AT = "ann", "2026-11-23T14:10"
NAMES = {BELL: "bell", SHAH: "shah"}
DAY_MS = 24 * 60 * 60_000


@dataclass
class Post:
    """Brings what colleagues wrote, a minute later each time."""

    pen: Pen
    seq: int = 0
    now_ms: int = START_MS + DAY_MS

    def brings(
        self,
        form: str,
        client: bytes,
        *,
        by: int = BELL,
        author: str = "",
        written_ms: int = 0,
        audience: str = "partners",
        record: bytes = b"",
        **answers: Json,
    ) -> bytes:
        """Take one record in, in a bundle of its own."""
        store, record = self.pen.store, record or self.pen.new()
        self.seq, self.now_ms = self.seq + 1, self.now_ms + 60_000
        made = change(
            form,
            record,
            dict(answers),
            client=client,
            audience=audience,
            at=written_ms or self.now_ms,
            feed=by,
            seq=self.seq,
        )
        with store.transaction():
            ledger.put_feed(store, feed(by))
            ledger.add_bundles(store, [Held(by, self.seq, bytes(32), 1, 1, "", b"")])
            arrivals.note(store, now_ms=self.now_ms)
            store.apply([made], author=author or NAMES[by], saw=saw_all)
        return record

    def told(self, *, everybody: bool = False, me: str = ANN) -> FromOthers:
        store, now_ms = self.pen.store, self.now_ms
        return from_others(store, me, everybody=everybody, now_ms=now_ms)

    def new(self, *, everybody: bool = False, me: str = ANN) -> list[bytes]:
        told = self.told(everybody=everybody, me=me)
        assert told.clients == clients_with_news(
            self.pen.store, me, everybody=everybody, now_ms=self.now_ms
        )
        return [one.record.id for one in told.arrived if one.new]

    def look(self, client: bytes, me: str = ANN) -> bool:
        return look_at(self.pen.store, me, client, at=AT, now_ms=self.now_ms)


@pytest.fixture
def post(pen: Pen) -> Post:
    return Post(pen)


def mine(pen: Pen, surname: str = "Doe", who: str = ANN) -> bytes:
    client = pen.client(surname)
    duty: dict[str, Json] = {"duty": "key_worker", "worker": who, "from_on": "2026-01-01"}
    pen.write("assignment", duty, client=client)
    reads.caseload(pen.store)  # counts who stands by whom
    return client


def test_what_arrived_is_new_until_its_client_was_looked_at(post: Post) -> None:
    doe, roe = mine(post.pen), mine(post.pen, "Roe")
    of_doe, of_roe = post.brings("note", doe), post.brings("note", roe)
    assert post.new() == [of_roe, of_doe]
    assert post.look(doe)
    assert post.new() == [of_roe]
    (old,) = (one for one in post.told().arrived if not one.new)
    assert (old.record.id, old.looked) == (of_doe, AT)
    assert not post.look(doe), "nothing was new"
    again = post.brings("note", doe)
    assert post.new() == [again, of_roe]
    assert post.told().arrived[0].looked == AT


def test_what_arrives_late_is_new_whatever_its_clock_said(post: Post) -> None:
    doe = mine(post.pen)
    post.brings("note", doe)
    post.look(doe)
    late = post.brings("note", doe, by=SHAH, written_ms=START_MS - 30 * DAY_MS)
    assert post.new() == [late]
    assert post.told().arrived[0].came_ms == post.now_ms


def test_ones_own_are_never_new_on_whichever_laptop(post: Post) -> None:
    doe = mine(post.pen)
    post.pen.write("note", {"headline": "Mine"}, client=doe)
    post.brings("note", doe, by=SHAH, author=ANN)
    assert post.told() == FromOthers(upto=post.told().upto)


def test_nobody_is_told_of_a_strangers_client_but_who_coordinates_is(post: Post) -> None:
    mine(post.pen)
    other = post.pen.client("Lund")
    note = post.brings("note", other)
    assert post.new() == []
    assert post.new(everybody=True) == [note]


def test_the_audit_housekeeping_and_what_was_withdrawn_are_left_out(post: Post) -> None:
    doe = mine(post.pen)
    post.brings("consultation", doe, audience="audit")
    for form in ("same_person", "score", "settled"):
        post.brings(form, doe)
    post.brings("note", doe, _withdrawn="Wrong person")
    post.brings("note", b"")
    assert post.new() == []


def test_a_visit_with_its_authors_account_is_one_line_anothers_account_a_line_of_its_own(
    post: Post,
) -> None:
    doe = mine(post.pen)
    visit = post.brings("visit", doe, at="2026-11-20T10:00", state="done")
    post.brings("account", doe, visit=visit.hex())
    other = post.brings("account", doe, by=SHAH, visit=visit.hex())
    assert post.new() == [other, visit]


def test_everything_is_marked_as_read_and_that_is_taken_back(post: Post) -> None:
    doe, store = mine(post.pen), post.pen.store
    note = post.brings("note", doe)
    told = post.told()
    later = post.brings("note", doe)
    before = look_at_all(store, ANN, told.upto, at=AT)
    assert post.new() == [later], "what came while it was read is new"
    assert post.told().since == AT
    put_back(store, ANN, before)
    assert post.new() == [later, note]


def test_it_is_each_persons_own_and_nothing_to_share(post: Post) -> None:
    doe, store = mine(post.pen), post.pen.store
    mine(post.pen, "Roe", "bea")
    note, waits = post.brings("note", doe), ledger.pending_count(store)
    post.look(doe)
    look_at_all(store, ANN, post.told().upto, at=AT)
    assert ledger.pending_count(store) == waits
    assert post.new() == []
    assert post.new(everybody=True, me="bea") == [note]


def test_where_nobody_looked_yet_a_week_is_told(post: Post) -> None:
    doe = mine(post.pen)
    post.brings("note", doe)
    post.now_ms += WEEK_MS
    fresh = post.brings("note", doe)
    assert post.new() == [fresh]


def test_places_that_erasing_gives_again_hide_nothing(post: Post) -> None:
    doe, store = mine(post.pen), post.pen.store
    last = post.brings("note", doe)
    look_at_all(store, ANN, post.told().upto, at=AT)
    store.write("DELETE FROM record WHERE id = ?", (last,))
    note = post.brings("note", doe)
    assert post.new() == [note]


def test_two_files_of_one_person_are_told_as_one(post: Post) -> None:
    doe, store = mine(post.pen), post.pen.store
    twin = post.pen.client("Doe-Two")
    note = post.brings("note", twin)
    assert post.new() == []
    store.write("INSERT INTO joined VALUES (?, ?)", (twin, doe))
    assert post.new() == [note]
    assert post.told().arrived[0].client == doe
    assert post.look(twin)
    assert post.new() == []


def test_so_many_are_shown_and_the_rest_counted(post: Post) -> None:
    doe = mine(post.pen)
    notes = [post.brings("note", doe) for _ in range(5)]
    told = from_others(post.pen.store, ANN, everybody=False, now_ms=post.now_ms, limit=2)
    assert [one.record.id for one in told.arrived] == [notes[4], notes[3]]
    assert told.left == 3


def test_what_a_colleague_answers_to_what_one_asked_comes_back(post: Post) -> None:
    other = post.pen.client("Lund")
    asked: dict[str, Json] = {"what": "Ring", "owner": "bell", "agreed_on": "2026-05-27"}
    action = post.pen.write("action", asked, client=other)
    assert post.new() == []
    post.brings("action", other, record=action, heard_on="2026-05-28")
    assert post.new() == [action]
    assert post.look(other)
    assert post.new() == []
    post.brings("action", other, record=action, done_on="2026-05-29")
    assert post.new() == [action]
    assert [one.record.text("done_on") for one in post.told().arrived] == ["2026-05-29"]
