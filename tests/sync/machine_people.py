# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What people decide in the tests of everybody at once, mostly the coordinator."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from desktop_app.casework.records import WITHDRAWN
from storage import ledger
from sync.admission import amend_team, take_out_laptop, waive
from sync.admission import rule as rule_on
from sync.after_cutoff import late_work, take_in_late
from sync.bundle import open_outer, read_section
from sync.forks import Fork, forks
from sync.reasons import Reason
from sync.undoing import lately, undoing
from tests.sync.laptops import Laptop
from tests.sync.machine_faults import PICK, Failing
from tests.sync.machine_work import MARK

LEAVE = (1, 4, 5)
"""Places of those who may be taken out: whoever leads an audience has its keys."""


class Deciding(Failing):
    """A team at work, with people who decide."""

    def __init__(self) -> None:
        super().__init__()
        self.withdrawn: set[bytes] = set()

    @rule(pick=PICK, keep=st.booleans())
    def decide(self, pick: int, *, keep: bool) -> None:
        """Let the coordinator rule on what they know so far; more may turn up behind it."""
        if self.coordinator_knows_all():
            known = forks(self.crew.grant.store)
            if known:
                fork = known[pick % len(known)]
                self.rule_on(fork, keep=fork.one if keep else fork.other)

    @rule()
    def give_up(self) -> None:
        """Let the coordinator waive what they wait for, though it may turn up."""
        if self.coordinator_knows_all():
            for feed, seq in sorted(lost_for_ever([self.crew.grant]))[:1]:
                self.waive(feed, seq)

    @rule()
    def give_a_sign(self) -> None:
        """Let the coordinator sign the list of people again."""
        if self.coordinator_knows_all():
            grant = self.crew.grant
            amend_team(grant.store, {}, now_ms=grant.now_ms, random=grant.dice.randbytes)
            self.exchange(0)

    @rule(who=st.sampled_from(LEAVE))
    def take_out(self, who: int) -> None:
        """Take a laptop out of the team: what the coordinator has not got of it does not count."""
        if who >= len(self.crew.laptops) or who in self.out or not self.coordinator_knows_all():
            return
        grant, device = self.crew.grant, self.crew.laptops[who].seat.me.device
        counts = words_in_log(grant)
        for word, one in self.typed.items():
            if one.who == who and word not in counts:
                one.may_be_lost = True
        take_out_laptop(grant.store, device, now_ms=grant.now_ms, random=grant.dice.randbytes)
        self.out[who] = grant.seat.roster.n
        self.exchange(0)

    @rule(pick=PICK)
    def let_late_work_count(self, pick: int) -> None:
        """Let the coordinator decide that what came after a cut-off counts after all."""
        if not self.coordinator_knows_all():
            return
        grant = self.crew.grant
        known = [one for one in late_work(grant.store) if one.bundles]
        if known:
            late = known[pick % len(known)]
            now, dice = grant.now_ms, grant.dice.randbytes
            upto = late.bundles[pick % len(late.bundles)].seq
            take_in_late(grant.store, late.feed, upto, reason="Honest", now_ms=now, random=dice)
            self.exchange(0)

    @rule(pick=PICK)
    def take_back(self, pick: int) -> None:
        """Let the coordinator take back a bundle that brought visits, and nothing else."""
        grant = self.crew.grant
        if not self.exchanged(0):
            return
        known = [one for one in lately(grant.store) if set(one.brought.items) == {"visit"}]
        if known:
            one = known[pick % len(known)]
            planned = undoing(grant.store, one.feed, one.seq, reason="Typed twice")
            edits = [edit for edit in planned.edits if WITHDRAWN in edit.answers]
            self.withdrawn |= {edit.record for edit in edits}
            if edits:
                grant.store.save(edits, now_ms=grant.now_ms)

    def coordinator_knows_all(self) -> bool:
        """Have the coordinator exchange; say whether nothing is hidden and what they sign arrives.

        A coordinator's laptop put back signs a second list under one number where it is not so:
        that is for the keepers, and for test_rivals.
        """
        share = self.share
        return self.exchanged(0) and not (share.hidden or share.full or share.read_only)

    def rule_on(self, fork: Fork, *, keep: bytes) -> None:
        grant = self.crew.grant
        now, dice = self.crew.clock.later(), grant.dice.randbytes
        rule_on(grant.store, fork, keep=keep, now_ms=now, random=dice)

    def waive(self, feed: bytes, seq: int) -> None:
        grant = self.crew.grant
        now, dice = self.crew.clock.later(), grant.dice.randbytes
        waive(grant.store, feed, first=seq, last=seq, now_ms=now, random=dice)


def lost_for_ever(laptops: list[Laptop]) -> set[tuple[bytes, int]]:
    """Return what somebody waits for and nobody holds any more; the first is the coordinator's."""
    held = {id_of[:16] for one in laptops for id_of in ledger.bundle_ids(one.store).values()}
    waiting = [
        open_outer(row.raw, team=one.seat.chain.team, team_keys=one.seat.team_keys)
        for one in laptops
        for row in ledger.set_aside(one.store)
        if row.reason == Reason.GAP.value and row.raw
    ]
    held |= {one.id[:16] for one in waiting}
    given_up = {(one.feed, one.first) for one in laptops[0].seat.roster.waivers}
    lost = {
        (seen.feed, seen.seq) for one in waiting for seen in one.header.seen if seen.id not in held
    }
    lost |= {
        (one.header.feed, one.header.seq - 1)
        for one in waiting
        if one.header.seq > 1 and one.header.prev[:16] not in held
    }
    return lost - given_up


def words_in_log(laptop: Laptop) -> frozenset[str]:
    """Return every word of everybody's in the log of a laptop, as far as it may read it."""
    seat, found = laptop.seat, set[str]()
    for _row, held in ledger.bundles(laptop.store, limit=100_000):
        opened = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys)
        for index in range(len(opened.header.secs)):
            key = seat.key_for(opened, index)
            if key is not None:
                answers = (op.answers for op in read_section(opened, index, key).ops)
                found |= {str(word) for some in answers for word in some.values()}
    return frozenset(word for word in found if word.encode().endswith(MARK))
