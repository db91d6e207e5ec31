# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What must hold in the tests of everybody at once, whatever happened, once all is well again."""

import re
from itertools import chain
from typing import ClassVar

from storage import ledger
from storage.older import went_on
from sync.forks import forks
from sync.history import rebuild
from sync.places import numbered
from sync.reasons import Reason
from sync.replay import replay
from sync.set_aside import told
from sync.unsettled import missing
from sync.wire import feed_number
from tests.sync.crew import HOLDS
from tests.sync.laptops import DAY_MS, MINUTE_MS, Laptop
from tests.sync.machine_people import Deciding, lost_for_ever, words_in_log
from tests.sync.machine_work import FIELDS, MARK

WORD = re.compile(rb"word\d{3,}quux")


class Sharing(Deciding):
    """A team at work, its troubles, and what must hold in the end; `ended` counts those it did."""

    ended: ClassVar[int] = 0

    def teardown(self) -> None:
        if not hasattr(self, "crew"):
            return
        try:
            self.put_right()
            self.settle_what_only_the_coordinator_can()
            self.check()
            Sharing.ended += 1
        finally:
            self.crew.close()

    # --- all is well again

    def put_right(self) -> None:
        for laptop in self.crew.laptops:
            laptop.skew_ms = 0
        self.meet()
        self.share.settle()
        self.share.lists_in_any_order = False
        self.everybody_exchanges(2)
        self.crew.clock.later(DAY_MS)  # what a clock ten years ahead had dated is held for so long
        self.everybody_exchanges(3)

    def everybody_exchanges(self, times: int) -> None:
        for _time in range(times):
            for laptop in self.crew.laptops:
                self.crew.clock.later(120 * MINUTE_MS)
                laptop.exchange(self.share)

    def settle_what_only_the_coordinator_can(self) -> None:
        for _turn in range(20):
            known, lost = forks(self.crew.grant.store), lost_for_ever(self.active())
            if not known and not lost:
                lost = self.still_missing()
                if not lost:
                    return
            for fork in known:
                self.rule_on(fork, keep=fork.one)
            for feed, seq in sorted(lost):
                self.waive(feed, seq)
            self.everybody_exchanges(3)

    def still_missing(self) -> set[tuple[bytes, int]]:
        """Return what Import names as not arrived; by then nobody holds it at that place."""
        named = {
            (one.feed, seq)
            for one in missing(self.crew.grant.store)
            for seq in range(one.first, one.last + 1)
        }
        held = {place for one in self.active() for place in ledger.bundle_ids(one.store)}
        assert not held & {(feed_number(feed), seq) for feed, seq in named}
        return named

    def active(self) -> list[Laptop]:
        return [self.crew.laptops[who] for who in self.in_the_team()]

    # --- what holds

    def check(self) -> None:
        for laptop in self.crew.laptops:
            laptop.exchange_only(self.share)  # nobody is told again that theirs is older
        counts = words_in_log(self.crew.grant)
        alive = self.alive(counts)
        for who in self.in_the_team():
            laptop = self.crew.laptops[who]
            self.check_what_all_work_on(laptop, alive)
            self.check_records_of_their_own(who, laptop)
            self.check_what_is_aside(laptop)
            assert replay(laptop.store) == []
            self.check_it_reads_the_same_again(laptop)
        for who, laptop in enumerate(self.crew.laptops):
            self.check_nobody_holds_what_is_not_theirs(who, laptop)
        whole = b"".join(chain(self.share.files.values(), map(str.encode, self.share.files)))
        assert MARK not in whole

    def alive(self, counts: frozenset[str]) -> dict[str, set[str]]:
        """Return, per field, what nobody who had seen it replaced, of all that is in the log."""
        lost = [
            word
            for word, one in self.typed.items()
            if word not in counts and not (one.may_be_lost or one.audience)
        ]
        assert lost == []
        known = {word: self.typed[word] for word in counts}
        replaced = set[str]().union(*(one.replaced for one in known.values()))
        return {
            name: {word for word, one in known.items() if one.field == name} - replaced
            for name in FIELDS
        }

    def check_what_all_work_on(self, laptop: Laptop, alive: dict[str, set[str]]) -> None:
        """See that two who wrote at once are both there, and in the list of what is to settle."""
        held = laptop.record(self.client)
        for name in FIELDS:
            found = {str(one.answers[name]) for one in held.live if name in one.answers}
            # What an author had seen is told once; it is lost with a bundle that was given up.
            exact = not laptop.seat.roster.waivers
            assert found >= alive[name], (laptop.name, name, alive[name] - found)
            assert found == alive[name] or not exact, (laptop.name, name, found - alive[name])
            assert (name in held.conflicts) is (len(found) > 1), (laptop.name, name)
        assert held.answers == self.crew.grant.record(self.client).answers

    def check_records_of_their_own(self, who: int, laptop: Laptop) -> None:
        for word, one in self.typed.items():
            if one.field or (one.audience and who not in HOLDS[one.audience]):
                continue
            held = laptop.store.record(one.record)
            assert held is not None or one.may_be_lost, (laptop.name, word)
            if held is not None:
                assert word in held.answers.values(), (laptop.name, word)
                others = self.active() if not one.audience else []
                assert {other.record(one.record).withdrawn for other in others} <= {held.withdrawn}
                assert held.withdrawn is None or one.record in self.withdrawn

    def check_what_is_aside(self, laptop: Laptop) -> None:
        assert not ledger.outbox(laptop.store)
        assert not ledger.pending_count(laptop.store)
        for aside in told(laptop.store):
            if self.out and aside.reason is Reason.AFTER_CUTOFF:
                continue
            assert aside.reason is Reason.INCOMPLETE, (laptop.name, aside.reason)
            assert not self.somebody_holds(aside.path)

    def somebody_holds(self, path: str) -> bool:
        """Say whether a damaged file could be mended by anybody."""
        number = numbered(path.rpartition("/")[2])
        return number is not None and any(
            id_of.startswith(number[1])
            for laptop in self.active()
            for id_of in ledger.bundle_ids(laptop.store).values()
        )

    def check_it_reads_the_same_again(self, laptop: Laptop) -> None:
        assert went_on(laptop.store) is None or self.backups or self.disks, laptop.name
        before = laptop.record(self.client)
        rebuild(laptop.store, laptop.seat)
        after = laptop.record(self.client)
        assert {one.stamp: one.answers for one in after.live} == {
            one.stamp: one.answers for one in before.live
        }

    def check_nobody_holds_what_is_not_theirs(self, who: int, laptop: Laptop) -> None:
        """Look through every opened table for words of audiences they are not in.

        Whoever was taken out holds nothing of what was sealed by whoever had heard of it.
        """
        held = {word.decode() for word in WORD.findall(everything(laptop))}
        held |= words_in_log(laptop)
        for word in held:
            one = self.typed[word]
            assert not one.audience or who in HOLDS[one.audience], (laptop.name, word)
        if who in self.out:
            lists = [one.roster_n for _row, one in ledger.bundles(laptop.store, limit=100_000)]
            assert max(lists) < self.out[who], laptop.name


def everything(laptop: Laptop) -> bytes:
    """Return every byte of every table, opened: what a thief with the passphrase would read."""
    store = laptop.store
    tables = [name for (name,) in store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return repr([store.rows(f"SELECT * FROM {table}") for table in tables]).encode()  # noqa: S608
