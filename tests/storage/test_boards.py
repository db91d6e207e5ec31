# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who may stand on which board: kept right by whatever happens, and never written by a save."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_app.casework.board import ANYBODY, Known
from desktop_app.casework.boards import boards, coarse_rules, forms_read
from desktop_app.casework.people import Role
from desktop_app.casework.records import WITHDRAWN, Answers, link
from desktop_app.casework.retention import RETENTION
from desktop_app.casework.today_whose import TODAY
from storage import board_marks, ledger, merging
from storage.boards import FEW, case_files, go_through, standing
from storage.repair import _make_anew
from storage.store import Store
from tests.anything import NOW, TEAM, known, look
from tests.storage.pen import BELL, Pen, change, saw_all

MISSED = "missed"
Rows = set[tuple[str, str, str, bytes]]


def missed(day: int) -> Answers:
    return {"booked_for": f"2026-11-{day:02d}T10:00", "state": "not_attended"}


def kept(store: Store) -> Rows:
    return {tuple(row) for row in store.rows("SELECT board, person, day, client FROM board")}


def computed(store: Store, at: Known | None = None) -> Rows:
    """Return what working everything out again says."""
    rules = coarse_rules()
    held = [client for (client,) in store.rows("SELECT client FROM caseload")]
    files = {one.client.id: one for one in case_files(store, held, forms_read()).values()}
    return {
        (name, person, day.isoformat(), file.client.id)
        for file in files.values()
        for name, rule in rules.items()
        for person, day in rule(file, at or known()).items()
    }


def follow(store: Store) -> None:
    while go_through(store, known(), at_most=3):
        pass


def on(store: Store, board: str = MISSED, person: str = ANYBODY) -> set[bytes]:
    return set(standing(store, board, known(), person=person).clients)


def test_a_save_writes_nothing_of_it_and_is_read_besides(pen: Pen) -> None:
    client = pen.client("Croft")
    follow(pen.store)
    before = kept(pen.store), pen.store.rows("SELECT * FROM board_again")
    for day in (3, 10):
        pen.write("appointment", missed(day), client=client)
    assert (kept(pen.store), pen.store.rows("SELECT * FROM board_again")) == before
    assert on(pen.store) == {client}
    follow(pen.store)
    assert (MISSED, ANYBODY, NOW.date().isoformat(), client) in kept(pen.store)


def test_what_leaves_before_it_was_gone_through_is_not_forgotten(pen: Pen) -> None:
    client = pen.client("Croft")
    follow(pen.store)
    for day in (3, 10):
        pen.write("appointment", missed(day), client=client)
    pen.leave()
    assert on(pen.store) == {client}
    follow(pen.store)
    assert kept(pen.store) == computed(pen.store)


def test_each_person_has_their_own_today(pen: Pen) -> None:
    croft, dunn = pen.client("Croft"), pen.client("Dunn")
    told: Answers = {"duty": "key_worker", "worker": "ann", "from_on": "2026-01-01"}
    pen.write("assignment", told, client=croft)
    pen.write(
        "visit", {"at": "2026-11-23T15:00", "state": "planned", "people": ["bea"]}, client=dunn
    )
    follow(pen.store)
    assert on(pen.store, TODAY, "ann") == {croft}
    assert on(pen.store, TODAY, "bea") == {dunn}
    assert on(pen.store, TODAY, "shah") == set()


def test_while_many_wait_whoever_somebody_stands_by_is_read_all_the_same(pen: Pen) -> None:
    croft = pen.client("Croft")
    told: Answers = {"duty": "key_worker", "worker": "ann", "from_on": "2026-01-01"}
    pen.write("assignment", told, client=croft)
    for number in range(FEW):
        pen.client(f"Dunn {number}")
    found = standing(pen.store, TODAY, known(), person="ann")
    assert (found.clients, found.left) == ((croft,), FEW + 1)
    assert standing(pen.store, MISSED, known()).left == FEW + 1
    follow(pen.store)
    assert standing(pen.store, MISSED, known()).left == 0


def other_team() -> Known:
    people = dict(TEAM.persons)
    people["bea"] = replace(people["bea"], roles=frozenset({Role.OFFICER}))
    return Known(replace(TEAM, persons=people), known().limits, NOW)


@pytest.mark.parametrize("then", [other_team(), known(NOW - timedelta(days=2))])
def test_another_team_or_an_earlier_day_has_everybody_gone_through_again(
    pen: Pen, then: Known
) -> None:
    client = pen.client("Croft")
    for day in (3, 10):
        pen.write("appointment", missed(day), client=client)
    seen: Answers = {
        "at": "2026-11-22T10:00",
        "state": "done",
        "outcome": "seen",
        "people": ["bea"],
    }
    pen.write("visit", seen, client=client)
    follow(pen.store)
    assert on(pen.store) == set()
    assert standing(pen.store, MISSED, then).clients == (client,)
    while go_through(pen.store, then, at_most=2):
        pass
    assert kept(pen.store) == computed(pen.store, then)


def test_a_repaired_vault_works_it_out_anew(pen: Pen) -> None:
    client = pen.client("Croft")
    for day in (3, 10):
        pen.write("appointment", missed(day), client=client)
    follow(pen.store)
    before = kept(pen.store)
    for table in ("board", "caseload", "words", "sound", "works_with"):
        pen.store.write(f"DELETE FROM {table}")  # noqa: S608
    _make_anew(pen.store)
    assert on(pen.store) == {client}
    follow(pen.store)
    assert kept(pen.store) == before


def test_a_withdrawn_client_stands_nowhere(pen: Pen) -> None:
    client = pen.client("Croft")
    for day in (3, 10):
        pen.write("appointment", missed(day), client=client)
    follow(pen.store)
    pen.alter(client, {WITHDRAWN: "Entered twice"})
    assert case_files(pen.store, [client], forms_read()) == {}
    follow(pen.store)
    assert kept(pen.store) == set()


class Town:
    """A few people to whom anything happens."""

    def __init__(self, pen: Pen) -> None:
        self.pen, self.store = pen, pen.store
        self.clients = [pen.client(name) for name in ("Adams", "Baker", "Cole")]
        self.made: list[bytes] = []
        self.seq = 1 + max((row[0] for row in pen.store.rows("SELECT seq FROM bundle")), default=0)

    def miss(self, which: int, day: int) -> None:
        client = self.clients[which % 3]
        self.made.append(self.pen.write("appointment", missed(1 + day), client=client))

    def miss_elsewhere(self, which: int, day: int) -> None:
        self.arrive("appointment", missed(1 + day), which)

    def leave_prison(self, which: int, day: int) -> None:
        told: Answers = {
            "setting": "sentenced",
            "from_on": "2026-01-01",
            "expected_release_on": f"2026-12-{1 + day:02d}",
        }
        self.arrive("setting", told, which)

    def wait(self, which: int, day: int) -> None:
        told: Answers = {"accepted_on": f"2026-11-{1 + day:02d}", "status": "waiting"}
        self.made.append(self.pen.write("treatment", told, client=self.clients[which % 3]))

    def see(self, which: int, day: int) -> None:
        at = f"2026-11-{1 + day:02d}T18:00"
        told: Answers = {"at": at, "state": "done", "outcome": "seen", "people": ["ann"]}
        self.made.append(self.pen.write("visit", told, client=self.clients[which % 3]))

    def plan(self, which: int, day: int) -> None:
        at = f"2026-12-{1 + day:02d}T18:00"
        told: Answers = {"at": at, "state": "planned", "people": ["shah"]}
        self.arrive("visit", told, which)

    def arrive(self, form: str, told: Answers, which: int) -> None:
        record, client = self.pen.new(), self.clients[which % 3]
        self.seq += 1
        one = change(form, record, told, client=client, feed=BELL, seq=self.seq)
        self.store.apply([one], author="bell", saw=saw_all)
        self.made.append(record)

    def withdraw(self, which: int, day: int) -> None:
        if self.made:
            self.alter(self.made[which % len(self.made)], day)

    def withdraw_client(self, which: int, day: int) -> None:
        self.alter(self.clients[which % 3], day)

    def alter(self, record: bytes, day: int) -> None:
        if self.store.record(record) is not None:
            self.pen.alter(record, {WITHDRAWN: "A mistake" if day % 3 else None})

    def join(self, which: int, day: int) -> None:
        one, other = self.clients[which % 3], self.clients[(which + 1) % 3]
        told: Answers = {
            "finding": "same" if day % 4 else "different",
            "other": link(other),
            "reason": "They told us",
            "found_on": "2026-10-01",
            "by": "ann",
        }
        self.made.append(self.pen.write("same_person", told, client=one))

    def erase(self, which: int, day: int) -> None:
        if day % 5 == 0:
            client = self.clients[which % 3]
            held = self.store.rows("SELECT id FROM record WHERE client = ?", (client,))
            order: Answers = {"decision": "erase", "records": [link(id_) for (id_,) in held]}
            self.pen.write(RETENTION, order)

    def leave(self, _which: int, _day: int) -> None:
        if ledger.pending(self.store):
            self.pen.leave()

    def forget(self, _which: int, day: int) -> None:
        if day % 7 == 0 and not ledger.pending(self.store):
            with self.store.transaction():
                merging.forget(self.store.db, {"partners"})

    def follow(self, which: int, _day: int) -> None:
        go_through(self.store, known(), at_most=1 + which % 3)


HAPPENS: list[Callable[[Town, int, int], None]] = [
    *(Town.miss, Town.miss, Town.miss_elsewhere, Town.leave_prison, Town.wait, Town.see),
    *(Town.plan, Town.withdraw, Town.withdraw_client, Town.join, Town.leave, Town.forget),
    *(Town.erase, Town.follow),
]
STEPS = st.lists(
    st.tuples(st.sampled_from(HAPPENS), st.integers(0, 8), st.integers(0, 27)), max_size=14
)


@given(steps=STEPS)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_it_always_says_what_working_everything_out_again_would_say(
    pen: Pen, steps: list[tuple[Callable[[Town, int, int], None], int, int]]
) -> None:
    town = Town(pen)
    for happens, which, day in steps:
        happens(town, which, day)
        for board in boards():
            found = set(standing(pen.store, board.name, known()).clients)
            files = case_files(pen.store, town.clients, board.reads)
            rows = {
                file.client.id for file in files.values() if board.exact(file, look("ann", NOW))
            }
            assert rows <= found, f"{board.name} would have left somebody out"
    follow(pen.store)
    assert kept(pen.store) == computed(pen.store)
    assert pen.store.rows("SELECT * FROM board_again") == []
    assert not board_marks.saved_since(pen.store.db)
