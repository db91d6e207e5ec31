# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Records are typed, altered and erased in any order, exchanged now and then, with the power going.

What must hold in the end, whatever happened: everybody holds the same; of what was erased no word
is left in any vault, any log or on the share, however late it was typed; everything else is there;
every vault is sound, and the log read again gives the same.
"""

from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule, run_state_machine_as_test

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.records import Edit
from storage import check, ledger
from sync.history import rebuild
from tests.hostile_share import HostileShare, PowerCut
from tests.sync import laptops
from tests.sync.laptops import (
    MINUTE_MS,
    Four,
    Laptop,
    boxes_that_can_be_made_again,
    copy_of_four,
)
from tests.sync.test_erasing import erase
from tests.sync.words_left import words_left, words_on

WHO = st.integers(0, 3)
PICK = st.integers(0, 999)
DECIDES = {"partners": 0, "police": 2, "health": 3}
KEPT_BY = {2: "police", 3: "health"}


class Erasing(RuleBasedStateMachine):
    """Four laptops of one team; `made` and `place` are set by the test."""

    made: tuple[Four, Path]
    place: Path
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        Erasing.runs += 1
        laptops.opened = count(1_000)
        self.four = copy_of_four(*self.made, self.place / str(Erasing.runs))
        share = self.four.share
        assert isinstance(share, HostileShare)
        self.share = share
        self.words: dict[bytes, list[str]] = {}
        self.audience: dict[bytes, str] = {}
        self.erased: set[bytes] = set()
        self.typed = 0
        self.clients = [self.write(n, "client", "surname", "partners") for n in (0, 1)]
        self.four.everybody_exchanges()

    def laptop(self, who: int) -> Laptop:
        return list(self.four)[who]

    def word(self, record: bytes) -> str:
        return self.words[record][-1]

    def write(
        self, who: int, form: str, field: str, audience: str, client: bytes | None = None
    ) -> bytes:
        self.typed += 1
        word = f"word{self.typed:03d}quux"
        record = self.laptop(who).save(form, {field: word}, client=client, audience=audience)
        self.words[record], self.audience[record] = [word], audience
        return record

    def known(self, who: int, pick: int) -> bytes | None:
        """Return one of the records a laptop holds."""
        held = [one for one in self.words if self.laptop(who).store.record(one) is not None]
        return held[pick % len(held)] if held else None

    @rule(who=WHO, pick=PICK)
    def note(self, who: int, pick: int) -> None:
        client = self.clients[pick % 2]
        self.write(who, "note", "note", "partners", client)

    @rule(who=st.sampled_from([2, 3]), pick=PICK)
    def note_in_confidence(self, who: int, pick: int) -> None:
        self.write(who, "note", "note", KEPT_BY[who], self.clients[pick % 2])

    @rule(who=WHO, pick=PICK)
    def alter(self, who: int, pick: int) -> None:
        record = self.known(who, pick)
        if record is not None:
            self.typed += 1
            self.words[record].append(f"word{self.typed:03d}quux")
            field = "surname" if record in self.clients else "note"
            self.laptop(who).save("", {field: self.word(record)}, record=record)

    @rule(audience=st.sampled_from(sorted(DECIDES)), pick=PICK, more=PICK)
    def erase(self, audience: str, pick: int, more: int) -> None:
        decider = self.laptop(DECIDES[audience])
        held = [
            one
            for one in self.words
            if self.audience[one] == audience and decider.store.record(one) is not None
        ]
        if held:
            gone = {held[pick % len(held)], held[more % len(held)]}
            erase(decider, *gone, audience=audience, client=self.clients[0])
            self.erased |= gone

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

    @rule(what=st.sampled_from(["drop", "cut_short", "flip"]), pick=PICK)
    def harm(self, what: str, pick: int) -> None:
        paths = self.share.of(".bundle")
        if paths:
            getattr(self.share, what)(paths[pick % len(paths)])

    @rule(late=st.booleans())
    def list_badly(self, *, late: bool) -> None:
        self.share.lists_late = late

    def teardown(self) -> None:
        self.share.settle()
        self.four.everybody_exchanges(6)
        try:
            self.check()
        finally:
            self.four.close()

    def check(self) -> None:
        gone = [word for record in self.erased for word in self.words[record]]
        for laptop in self.four:
            assert words_left(laptop, gone, self.four) == set(), laptop.name
            assert all(laptop.store.record(one) is None for one in self.erased)
            assert check.check(laptop.store) == []
            for record in self.words.keys() - self.erased:
                holds = self.audience[record] in laptop.seat.circles
                holds = holds and bool(laptop.seat.circles[self.audience[record]])
                assert (laptop.store.record(record) is not None) is holds
            before = {one: laptop.answers(one) for one in self.words}
            assert before == {
                one: self.laptop(DECIDES[self.audience[one]]).answers(one) if answers else {}
                for one, answers in before.items()
            }
            rebuild(laptop.store, laptop.seat)
            assert {one: laptop.answers(one) for one in self.words} == before
            assert {one.reason for one in ledger.refused(laptop.store)} <= {"erased"}
        assert words_on(self.share, gone, self.four) == set()


def test_whatever_the_order_what_was_erased_is_gone_and_nothing_else(
    made_four: tuple[Four, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    boxes_that_can_be_made_again(monkeypatch)
    Erasing.made, Erasing.place = made_four, tmp_path
    run_state_machine_as_test(
        Erasing,
        settings=settings(
            max_examples=8,
            stateful_step_count=25,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            phases=[Phase.reuse, Phase.generate],  # real vaults are too slow to shrink with
        ),
    )


def test_a_record_once_erased_cannot_be_altered(four: Four) -> None:
    client = four.grant.save("client", {"surname": "Quillfeather"})
    held = four.grant.record(client)
    erase(four.grant, client, client=client)
    with pytest.raises(CaseworkError, match="erased"):
        four.grant.store.save(
            [Edit(held.form, held.id, held.client, held.audience, {"surname": "Again"})],
            now_ms=four.grant.now_ms,
        )
