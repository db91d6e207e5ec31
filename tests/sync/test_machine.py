# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Laptops type, exchange, crash and restart in any order, over a share that is up to no good.

What must hold whatever happened, once the share behaves again: everybody holds the same; an answer
is alive unless somebody who had it on the screen replaced it; the log read again gives the same
records; nobody holds a record of an audience that is not theirs.
"""

import shutil
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    precondition,
    rule,
    run_state_machine_as_test,
)

from storage import ledger
from storage.errors import VaultOlder
from storage.older import go_on, went_on
from sync import places
from sync.admission import rule as rule_on
from sync.admission import waive
from sync.bundle import open_outer
from sync.exchange import asides
from sync.forks import Fork, forks
from sync.history import rebuild
from sync.reasons import Reason
from sync.replay import replay
from tests.hostile_share import HostileShare, PowerCut
from tests.sync import laptops
from tests.sync.laptops import (
    MINUTE_MS,
    Four,
    Laptop,
    boxes_that_can_be_made_again,
    copy_of_four,
)

FIELDS = ("surname", "forename")
WHO = st.integers(0, 3)
FOUND_WHO, FOUND_WITNESS = "0102020001100200032232122", "1100011322230112112033100"


class Sharing(RuleBasedStateMachine):
    """Four laptops of one team; `made` and `place` are set by the test."""

    made: tuple[Four, Path]
    place: Path
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        Sharing.runs += 1
        laptops.opened = count(1_000)
        self.four = copy_of_four(*self.made, self.place / str(Sharing.runs))
        share = self.four.share
        assert isinstance(share, HostileShare)
        self.share = share
        self.client = self.four.ann.save("client", dict.fromkeys(FIELDS, "first"))
        self.four.everybody_exchanges()
        self.alive = {field: {"first"} for field in FIELDS}
        self.secrets: list[tuple[bytes, str]] = []
        self.typed = 0
        self.backups: dict[int, Path] = {}
        self.nothing_was_put_back = True

    def laptop(self, who: int) -> Laptop:
        return list(self.four)[who]

    @rule(who=WHO, field=st.sampled_from(FIELDS))
    def type(self, who: int, field: str) -> None:
        self.typed += 1
        laptop, words = self.laptop(who), f"words {self.typed}"
        on_screen = {
            str(one.answers[field])
            for one in laptop.record(self.client).live
            if field in one.answers
        }
        laptop.save("client", {field: words}, record=self.client)
        self.alive[field] = self.alive[field] - on_screen | {words}

    @rule(who=st.sampled_from([2, 3]))
    def type_in_confidence(self, who: int) -> None:
        audience = {2: "police", 3: "health"}[who]
        note = self.laptop(who).save("note", {"text": "a secret"}, audience=audience)
        self.secrets.append((note, audience))

    @rule(who=WHO, types=st.booleans())
    def exchange(self, who: int, *, types: bool = False) -> None:
        """Exchange; whoever finds their casebook older goes on, and perhaps types at once."""
        self.four.clock.later(30 * MINUTE_MS)
        laptop = self.laptop(who)
        try:
            laptop.exchange_only(self.share)
        except VaultOlder:
            go_on(laptop.store, now_ms=laptop.now_ms)
            if types:
                self.type(who, FIELDS[1])
            laptop.exchange_only(self.share)

    @rule(who=WHO, step=st.integers(1, 30))
    def lose_power(self, who: int, step: int) -> None:
        self.share.steps, self.share.cut_at = 0, step
        try:
            self.laptop(who).exchange(self.share)
        except PowerCut:
            laptop = self.laptop(who)
            laptop.close()
            setattr(self.four, laptop.name.lower(), laptop.reopened())
        self.share.cut_at = None

    @rule(who=WHO)
    def back_up(self, who: int) -> None:
        laptop = self.laptop(who)
        laptop.close()
        self.backups[who] = laptop.folder.with_name(f"backup {who} {self.share.steps}")
        shutil.copytree(laptop.folder, self.backups[who], dirs_exist_ok=True)
        setattr(self.four, laptop.name.lower(), laptop.reopened())

    @precondition(lambda self: self.backups)
    @rule(who=WHO, unseen=st.booleans())
    def put_back(self, who: int, *, unseen: bool) -> None:
        """Put a backup back. What was typed since then and shared with nobody is gone.

        Unseen, the share does not show what the laptop sent since then, and numbers are used twice.
        """
        if who not in self.backups:
            return
        laptop = self.laptop(who)
        laptop.close()
        shutil.rmtree(laptop.folder)
        shutil.copytree(self.backups[who], laptop.folder)
        laptop = laptop.reopened()
        setattr(self.four, laptop.name.lower(), laptop)
        self.nothing_was_put_back = False
        own = ledger.own_feed(laptop.store)
        if unseen and own is not None:
            folder = laptop.seat.feed_folder(own.id)
            for path in (one for one in self.share.of(folder) if one.endswith(".bundle")):
                if int(path.rpartition("/")[2][:10]) > own.head_seq:
                    self.share.drop(path)
            self.type(who, FIELDS[0])
            self.exchange(who)

    @rule(who=WHO, witness=WHO)
    def write_twice(self, who: int, witness: int) -> None:
        self.back_up(who)
        self.type(who, FIELDS[0])
        self.exchange(who)
        self.exchange(witness)
        self.put_back(who, unseen=True)

    @rule(who=WHO, witness=WHO)
    def write_twice_and_lose_one(self, who: int, witness: int) -> None:
        """Write twice; nobody has the second any more, only what follows it."""
        self.write_twice(who, witness)
        own, seat = ledger.own_feed(self.laptop(who).store), self.laptop(who).seat
        self.type(who, FIELDS[1])
        self.exchange(who)
        if own is not None:
            self.share.files.pop(seat.bundle_path(own.id, own.head_seq, own.head_id), None)
        self.put_back(who, unseen=False)

    @precondition(lambda self: not self.share.hidden)
    @rule(pick=st.integers(0, 99), keep=st.booleans())
    def decide(self, pick: int, *, keep: bool) -> None:
        """Let the coordinator rule on what he knows so far; more may turn up behind it."""
        self.exchange(0)
        known = forks(self.four.grant.store)
        if known:
            fork = known[pick % len(known)]
            self.rule_on(fork, keep=fork.one if keep else fork.other)

    @rule(what=st.sampled_from(["drop", "cut_short", "flip"]), pick=st.integers(0, 999))
    def harm(self, what: str, pick: int) -> None:
        paths = self.share.of(".bundle")
        if paths:
            getattr(self.share, what)(paths[pick % len(paths)])

    @rule(pick=st.integers(0, 999), to=st.integers(0, 999))
    def misfile(self, pick: int, to: int) -> None:
        paths = self.share.of(".bundle")
        if paths:
            self.share.copy(paths[pick % len(paths)], paths[to % len(paths)])

    @rule(late=st.booleans(), mixed=st.booleans())
    def list_badly(self, *, late: bool, mixed: bool) -> None:
        self.share.lists_late, self.share.lists_in_any_order = late, mixed

    def teardown(self) -> None:
        self.share.settle()
        self.share.lists_in_any_order = False
        self.four.everybody_exchanges(4)
        self.settle_what_only_the_coordinator_can()
        try:
            self.check()
        finally:
            self.four.close()

    def settle_what_only_the_coordinator_can(self) -> None:
        grant = self.four.grant
        for _turn in range(20):
            known, lost = forks(grant.store), lost_for_ever(self.four)
            if not known and not lost:
                return
            for fork in known:
                self.rule_on(fork, keep=fork.one)
            for feed, seq in lost:
                now, dice = self.four.clock.later(), grant.dice.randbytes
                waive(grant.store, feed, first=seq, last=seq, now_ms=now, random=dice)
            self.four.everybody_exchanges(3)

    def rule_on(self, fork: Fork, *, keep: bytes) -> None:
        grant, now = self.four.grant, self.four.clock.later()
        rule_on(grant.store, fork, keep=keep, now_ms=now, random=grant.dice.randbytes)

    def check(self) -> None:
        for laptop in self.four:
            laptop.exchange_only(self.share)  # nobody is told again that theirs is older
            held = laptop.record(self.client)
            for field in FIELDS:
                found = {str(one.answers[field]) for one in held.live if field in one.answers}
                if self.nothing_was_put_back:
                    assert found == self.alive[field], (laptop.name, field)
                assert found == {
                    str(one.answers[field])
                    for one in self.four.grant.record(self.client).live
                    if field in one.answers
                }, (laptop.name, field)
            for aside in asides(laptop.store):
                assert aside.reason is Reason.INCOMPLETE
                assert not somebody_holds(self.four, aside.path)
            assert held.answers == self.four.grant.record(self.client).answers
            for note, audience in self.secrets if self.nothing_was_put_back else []:
                may = audience in laptop.seat.circles and bool(laptop.seat.circles[audience])
                assert bool(laptop.answers(note)) is may
            assert replay(laptop.store) == []
            if self.nothing_was_put_back:
                assert went_on(laptop.store) is None, laptop.name
            rebuild(laptop.store, laptop.seat)
            after = laptop.record(self.client)
            assert {one.stamp: one.answers for one in after.live} == {
                one.stamp: one.answers for one in held.live
            }


def lost_for_ever(four: Four) -> set[tuple[bytes, int]]:
    """What somebody waits for and nobody holds any more."""
    held = {id_of[:16] for laptop in four for id_of in ledger.bundle_ids(laptop.store).values()}
    waiting = [
        open_outer(row.raw, team=laptop.seat.chain.team, team_keys=laptop.seat.team_keys)
        for laptop in four
        for row in ledger.set_aside(laptop.store)
        if row.reason == Reason.GAP.value
    ]
    held |= {one.id[:16] for one in waiting}
    given_up = {(one.feed, one.first) for one in four.grant.seat.roster.waivers}
    lost = {
        (seen.feed, seen.seq) for one in waiting for seen in one.header.seen if seen.id not in held
    }
    lost |= {
        (one.header.feed, one.header.seq - 1)
        for one in waiting
        if one.header.seq > 1 and one.header.prev[:16] not in held
    }
    return lost - given_up


def somebody_holds(four: Four, path: str) -> bool:
    """Whether a damaged file could be mended by anybody."""
    number = places.numbered(path.rpartition("/")[2])
    return number is not None and any(
        id_of.startswith(number[1])
        for laptop in four
        for id_of in ledger.bundle_ids(laptop.store).values()
    )


def test_whatever_happens_everybody_ends_with_the_same_and_nothing_is_lost(
    made_four: tuple[Four, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes_that_can_be_made_again(monkeypatch)
    Sharing.made, Sharing.place = made_four, tmp_path
    run_state_machine_as_test(
        Sharing,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # real vaults are too slow to shrink with
        ),
    )


def test_a_copy_put_back_and_put_back_again_strands_nothing(
    made_four: tuple[Four, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A schedule that was found: a bundle went on from the second of two branches of a branch."""
    boxes_that_can_be_made_again(monkeypatch)
    Sharing.made, Sharing.place = made_four, tmp_path
    found = Sharing()
    for who, witness in zip(FOUND_WHO, FOUND_WITNESS, strict=True):
        found.write_twice(int(who), int(witness))
    found.teardown()
