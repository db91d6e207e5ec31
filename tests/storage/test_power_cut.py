# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The power goes at any moment: what was acknowledged is there, and the vault is whole.

A few hundred cuts; `make soak` does thousands. The simulator is in tests/soak: recorder.c sees what
reaches the disk, disk.py says how it may lie there after a cut.
"""

import random
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.soak import recorder
from tests.soak.disk import Disk, cuts, replayed
from tests.soak.figures import quick_scratch
from tests.soak.power import recorded, suffered
from tests.soak.recorder import MISSING, CannotRecord, Note, Recording, library
from tests.soak.workplace import Workplace, workplace

DAYS, CUTS, STEPS = 2, 125, 60
CONTROL, CAUGHT = 50, 25

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="calls are recorded by the loader of Linux"
)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Workplace:
    library()  # without a compiler this is where it says so
    return workplace(tmp_path_factory.mktemp("work") / "made", clients=6, visits=3)


@pytest.fixture
def quick() -> Iterator[Path]:
    with quick_scratch() as place:
        yield place


@pytest.mark.parametrize("day", range(DAYS))
def test_a_power_cut_loses_nothing_acknowledged_and_leaves_a_whole_vault(
    made: Workplace, tmp_path: Path, quick: Path, day: int
) -> None:
    done = recorded(made, tmp_path / "run", f"day {day}", steps=STEPS)
    assert replayed(done) == done.after, "the simulator missed something that was written"
    tally = suffered(done, quick, seed=f"day {day}", count=CUTS)
    assert tally.cuts == CUTS
    assert not tally.words, dict(tally.words)


def test_a_vault_that_does_not_flush_is_caught(
    made: Workplace, tmp_path: Path, quick: Path
) -> None:
    done = recorded(made, tmp_path / "run", "control", steps=STEPS, careless=True)
    assert replayed(done) == done.after
    tally = suffered(done, quick, seed="control", count=CONTROL)
    assert tally.caught >= CAUGHT, "the simulator would not notice a vault that is not safe"
    assert tally.kinds.keys() == {"lost", "unsound"}


# The simulator itself


def one_file(*notes: Note) -> Recording:
    return Recording(((1, "a", b"old" * 400),), notes, {})


def outcomes(recording: Recording) -> list[dict[str, bytes]]:
    disk = Disk(recording)
    for note in recording.notes:
        disk.take(note)
    return [disk.cut(random.Random(seed))[0] for seed in range(300)]  # noqa: S311


WRITE = Note("W", 1, 0, b"new" * 400)
GROW = Note("W", 1, 1_200, b"more")


def test_what_was_flushed_is_always_there() -> None:
    assert {one["a"] for one in outcomes(one_file(WRITE, Note("S", 1, 0, b"")))} == {b"new" * 400}


def test_what_was_not_flushed_may_be_there_or_not_or_torn_at_a_sector() -> None:
    found = {one["a"] for one in outcomes(one_file(WRITE))}
    assert {b"old" * 400, b"new" * 400} < found
    old, new = b"old" * 400, b"new" * 400
    for one in found:
        for at in range(0, 1_200, 512):
            assert one[at : at + 512] in (old[at : at + 512], new[at : at + 512])


def test_a_file_may_not_have_grown_or_have_grown_by_zeros() -> None:
    tails = {one["a"][1_200:] for one in outcomes(one_file(GROW))}
    assert tails == {b"", b"more", bytes(4)}


def test_a_removed_file_may_be_back_until_the_folder_is_flushed() -> None:
    gone, flushed = Note("U", 0, 0, b"a"), Note("D", 0, 0, b"")
    assert {tuple(one) for one in outcomes(one_file(gone))} == {(), ("a",)}
    assert {tuple(one) for one in outcomes(one_file(gone, flushed))} == {()}


def test_a_renamed_file_may_have_its_old_name_and_not_what_was_written_to_it() -> None:
    moved = (Note("C", 2, 0, b"b"), Note("W", 2, 0, b"x"), Note("R", 0, 0, b"b\na"))
    found = outcomes(one_file(*moved))
    assert {one["a"][:3] for one in found} == {b"old", b"x", b"", b"\0"}
    assert {tuple(one) for one in found} == {("a",), ("a", "b")}


def test_the_same_seed_gives_the_same_cuts() -> None:
    day = one_file(WRITE, Note("M", 0, 0, b"{}"), GROW, Note("U", 0, 0, b"a"))
    assert list(cuts(day, seed="x", count=40)) == list(cuts(day, seed="x", count=40))
    assert list(cuts(day, seed="x", count=40)) != list(cuts(day, seed="y", count=40))


def test_a_missing_compiler_is_said_in_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recorder, "ROOT", tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(CannotRecord) as caught:
        library()
    assert str(caught.value) == MISSING


def test_what_cannot_be_replayed_is_not_passed_over(tmp_path: Path) -> None:
    (tmp_path / "here").mkdir()
    with pytest.raises(CannotRecord, match="mmap"):
        recorder.record(
            "tests.soak.mapped",
            [str(tmp_path / "here" / "file")],
            folder=tmp_path / "here",
            book=tmp_path / "notes",
        )
