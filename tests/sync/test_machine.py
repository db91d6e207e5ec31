# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Laptops type, exchange, crash and restart in any order, over a share that is up to no good.

What must hold whatever happened, once the share behaves again: everybody holds the same; an answer
is alive unless somebody who had it on the screen replaced it; the log read again gives the same
records; nobody holds a record of an audience that is not theirs.
"""

from pathlib import Path

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from sync.history import rebuild
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import MINUTE_MS, Four, Laptop, copy_of_four

FIELDS = ("surname", "forename")
WHO = st.integers(0, 3)


class Sharing(RuleBasedStateMachine):
    """Four laptops of one team; `made` and `place` are set by the test."""

    made: tuple[Four, Path]
    place: Path
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        Sharing.runs += 1
        self.four = copy_of_four(*self.made, self.place / str(Sharing.runs))
        share = self.four.share
        assert isinstance(share, HostileShare)
        self.share = share
        self.client = self.four.ann.save("client", dict.fromkeys(FIELDS, "first"))
        self.four.everybody_exchanges()
        self.alive = {field: {"first"} for field in FIELDS}
        self.secrets: list[tuple[bytes, str]] = []
        self.typed = 0

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

    @rule(who=WHO)
    def exchange(self, who: int) -> None:
        self.four.clock.later(30 * MINUTE_MS)
        self.laptop(who).exchange(self.share)

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
        try:
            self.check()
        finally:
            self.four.close()

    def check(self) -> None:
        for laptop in self.four:
            held = laptop.record(self.client)
            for field in FIELDS:
                found = {str(one.answers[field]) for one in held.live if field in one.answers}
                assert found == self.alive[field], (laptop.name, field)
            assert held.answers == self.four.grant.record(self.client).answers
            for note, audience in self.secrets:
                may = audience in laptop.seat.circles and bool(laptop.seat.circles[audience])
                assert bool(laptop.answers(note)) is may
            before = [(one.stamp, one.answers) for one in held.live]
            rebuild(laptop.store, laptop.seat)
            after = laptop.record(self.client).live
            assert [(one.stamp, one.answers) for one in after] == before


def test_whatever_happens_everybody_ends_with_the_same_and_nothing_is_lost(
    made_four: tuple[Four, Path], tmp_path: Path
) -> None:
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
