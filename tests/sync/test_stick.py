# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A stick: what is on it before anything is read in or written, and everything put onto it."""

import random
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from storage import delivery, ledger
from sync import packing, places, stick_copies, stick_loads, stick_survey
from sync.packing import Limits
from sync.seat import NotInTeam
from sync.share import FolderShare, Share, ShareUnreachable
from sync.stick import Stick, looked_into, room_of
from sync.stick_copies import Copies, differing, spoilt
from sync.stick_loads import Loads
from sync.stick_survey import known, survey
from sync.unsettled import missing
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop, team_of_four
from tests.sync.packed import FEW, inside, newcomer, pack_up, share_of, work
from tests.sync.test_rehearsal import everything_in


def on(laptop: Laptop, share: Share) -> Stick:
    """Look at a stick, at somebody's laptop."""
    return looked_into(laptop.store, survey(share, known(laptop.store)))


def put_everything(laptop: Laptop, share: Share) -> int:
    """Put everything on it; return how many files arrived."""
    loads = Loads(laptop.store, survey(share, known(laptop.store)))
    return sum(len(share.put(some)) for some in loads.portions())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


def test_an_empty_stick_is_said_to_be_empty(four: Four, folder: Path) -> None:
    found = on(four.ann, FolderShare(folder))
    assert found.is_empty
    assert (found.bundles, found.new, found.newest_ms) == (0, 0, 0)
    assert found.lacking > 4


def test_everything_is_put_on_it_for_others_and_a_colleague_takes_it_in(
    four: Four, folder: Path
) -> None:
    four.everybody_exchanges()
    note = four.bell.save("clinical_note", {"note": "45 ml"}, client=b"c" * 16)
    visit = four.ann.save("visit", {"place": "home"})
    four.bell.exchange(four.share)
    four.ann.exchange(four.share)  # she carries the nurse's note and cannot read it
    share = FolderShare(folder)
    before = on(four.ann, share)
    assert put_everything(four.ann, share) == before.lacking
    assert before.needs == sum(one.stat().st_size for one in folder.rglob("*") if one.is_file())
    assert (on(four.ann, share).lacking, on(four.ann, share).needs) == (0, 0)
    found = on(four.grant, share)
    by = {one.author.laptop: one for one in found.of if one.author}
    assert by["Ann's laptop"].new >= 1
    assert by["Ann's laptop"].newest_ms == four.ann.now_ms
    assert by["Bell's laptop"].new >= 1
    assert found.new == sum(one.new for one in found.of)
    four.grant.exchange(share)
    assert four.grant.answers(visit) == {"place": "home"}
    assert not four.grant.answers(note)
    assert on(four.grant, share).new == 0


def test_looking_writes_nothing_here_or_there(four: Four, folder: Path) -> None:
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(FolderShare(folder))
    before = {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()}
    held = everything_in(four.grant.store)
    assert on(four.grant, FolderShare(folder)).new
    assert everything_in(four.grant.store) == held
    assert {one: one.read_bytes() for one in folder.rglob("*") if one.is_file()} == before


def test_a_stick_of_another_team_is_left_alone(four: Four, folder: Path, tmp_path: Path) -> None:
    other = team_of_four(tmp_path / "other", FolderShare(folder))
    (folder / "holiday.jpg").write_bytes(b"sea")
    found = on(four.ann, FolderShare(folder))
    assert not found.survey.ours
    assert not found.is_empty
    assert (found.survey.other_teams, found.survey.foreign, found.bundles) == (1, 1, 0)
    put_everything(four.ann, FolderShare(folder))
    found = on(four.ann, FolderShare(folder))
    assert found.survey.ours
    assert (found.survey.other_teams, found.survey.foreign) == (1, 1)
    assert (folder / "holiday.jpg").read_bytes() == b"sea"
    other.close()


def test_what_is_cut_short_altered_or_locked_is_counted(four: Four, folder: Path) -> None:
    share = FolderShare(folder)
    for place in ("one", "two", "three"):
        four.ann.save("visit", {"place": place})
        four.ann.exchange(share)
    dice = random.Random(1)  # noqa: S311
    new = [folder / path for path, _raw in survey(share, known(four.grant.store)).new]
    one, two, three = sorted(new)[-3:]
    one.write_bytes(one.read_bytes()[:-7])
    two.write_bytes(b"")
    three.write_bytes(three.read_bytes()[:8] + dice.randbytes(2_000))
    found = on(four.grant, share)
    assert (found.damaged, found.locked) == (2, 1)


def test_what_is_cut_short_is_not_new_until_a_sound_copy_is_there(four: Four, folder: Path) -> None:
    share = FolderShare(folder)
    for place in ("one", "two"):
        four.ann.save("visit", {"place": place})
        four.ann.exchange(share)
    whole = on(four.grant, share)
    last = folder / max(path for path, _raw in whole.survey.new)
    sound = last.read_bytes()
    last.write_bytes(sound[:-7])
    found = on(four.grant, share)
    assert (found.new, found.damaged) == (whole.new - 1, 1)
    assert found.bundles == whole.bundles
    last.write_bytes(sound)
    assert on(four.grant, share).of == whole.of


def test_what_is_set_aside_here_is_not_new(four: Four, folder: Path) -> None:
    share = FolderShare(folder)
    four.ann.skew_ms = 10**9
    four.ann.save("visit", {"place": "ahead"})
    four.ann.exchange(share)
    four.grant.exchange(share)
    assert any(row.raw for row in ledger.set_aside(four.grant.store))
    assert on(four.grant, share).new == 0


def test_a_full_or_read_only_stick_takes_what_it_can_and_nothing_changes_here(four: Four) -> None:
    four.everybody_exchanges()
    share = HostileShare()
    held = everything_in(four.ann.store)
    loads = Loads(four.ann.store, survey(share, known(four.ann.store)))
    first, *rest = list(loads.portions())
    assert share.put(first[:3])
    share.full = True
    assert not share.put(first[3:])
    assert len(share.files) == 3
    assert not any(path.endswith(".tmp") for path in share.files)
    assert everything_in(four.ann.store) == held
    share.settle()
    assert put_everything(four.ann, share) == loads.total - 3
    assert not rest


def test_a_stick_that_was_pulled_out_is_one_calm_sentence(four: Four, folder: Path) -> None:
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(FolderShare(folder))
    here = known(four.grant.store)

    def pull_out(_done: int, _all: int) -> None:
        if folder.is_dir():
            shutil.rmtree(folder)

    with pytest.raises(ShareUnreachable, match="cannot be reached"):
        survey(FolderShare(folder), here, progress=pull_out)
    with pytest.raises(ShareUnreachable):
        room_of(folder)
    with pytest.raises(ShareUnreachable):
        survey(FolderShare(folder), here)


def test_a_look_can_be_stopped_and_says_how_much_it_left_out(
    four: Four, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = FolderShare(folder)
    for place in ("one", "two"):
        four.ann.save("visit", {"place": place})
        four.ann.exchange(share)
    here = known(four.grant.store)
    whole = survey(share, here)
    stopped = survey(share, here, cancelled=lambda: True)
    assert not stopped.new
    assert stopped.unread == len(whole.new)
    monkeypatch.setattr(stick_survey, "PORTION", 1)
    assert len(survey(share, here).new) == 1


def test_room_and_whether_it_can_only_be_read(folder: Path) -> None:
    assert room_of(folder).free > 0
    assert not room_of(folder).read_only


def test_who_is_in_no_team_carries_for_nobody(four: Four, tmp_path: Path) -> None:
    alone = Laptop("Eve", tmp_path / "eve", four.clock)
    with pytest.raises(NotInTeam):
        known(alone.store)
    alone.close()


def test_bundles_in_a_pack_are_on_it_and_are_told_like_those_that_lie_alone(
    four: Four, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW))
    whole = on(four.bell, HostileShare()).lacking
    visits = work(four)
    share = share_of(four)
    pack = pack_up(four)
    assert inside(four, pack)
    found = on(four.bell, share)
    assert (found.new, found.lacking) == (0, 0)
    assert found.bundles > whole
    four.ann.save("visit", {"place": "late"})
    four.ann.exchange(share)
    assert on(four.bell, share).new >= 1
    assert four.bell.answers(visits[0])


def test_what_a_pack_cannot_give_is_counted_as_damaged(
    four: Four, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LIMITS", Limits(least=FEW))
    work(four)
    share = share_of(four)
    pack = pack_up(four)
    count = len(inside(four, pack))
    laptop = newcomer(four, tmp_path)
    here = replace(known(laptop.store), feeds={})
    sound = looked_into(laptop.store, survey(share, here))
    assert sound.damaged == 0
    share.files[pack] = share.files[pack][:-40]
    assert looked_into(laptop.store, survey(share, here)).damaged == 1
    assert count > 1
    laptop.close()


def compared(laptop: Laptop, share: Share) -> tuple[Stick, Loads]:
    """Look at a stick and compare what is on it, at somebody's laptop."""
    found, bad = survey(share, known(laptop.store)), frozenset[str]()
    copies = Copies(laptop.store, found)
    for some in copies.portions():
        bad |= spoilt(laptop.store, differing(share, some))
    loads = Loads(laptop.store, found)
    loads.mend(bad)
    return looked_into(laptop.store, found, bad, uncompared=copies.left), loads


def test_a_copy_that_is_no_good_is_not_said_to_be_on_it_and_is_written_again(
    four: Four, folder: Path
) -> None:
    share = FolderShare(folder)
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    put_everything(four.ann, share)
    whole, _loads = compared(four.ann, share)
    assert (whole.spoilt, whole.lacking, whole.uncompared) == (0, 0, 0)
    last = max(folder.rglob("*.bundle"), key=lambda one: one.stat().st_size)
    sound = last.read_bytes()
    for bad in (sound[:-7], sound[:-1] + bytes([sound[-1] ^ 1]), b""):
        last.write_bytes(bad)
        found, loads = compared(four.ann, share)
        assert (found.spoilt, found.lacking, found.needs) == (1, 1, len(sound))
        assert sum(len(share.put(some)) for some in loads.portions()) == loads.total == 1
        assert last.read_bytes() == sound


def test_what_was_pulled_out_while_it_was_compared_has_spoilt_nothing(
    four: Four, folder: Path
) -> None:
    share = FolderShare(folder)
    four.ann.exchange(share)
    some = next(Copies(four.ann.store, survey(share, known(four.ann.store))).portions())
    shutil.rmtree(folder)
    with pytest.raises(ShareUnreachable):
        differing(share, some)


def test_the_newest_are_compared_first_and_what_was_not_is_counted(
    four: Four, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    share = FolderShare(folder)
    four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    monkeypatch.setattr(stick_loads, "AT_ONCE", 1)
    monkeypatch.setattr(stick_copies, "PORTION", 1)
    copies = Copies(four.ann.store, survey(share, known(four.ann.store)))
    ((path, _raw),) = next(copies.portions())
    newest = list(delivery.in_order(four.ann.store))[-1]
    assert places.numbered(path.rpartition("/")[2]) == (newest[1], newest[2][:16])
    found, _loads = compared(four.ann, share)
    assert found.uncompared == copies.total - 1


def test_what_others_wait_for_is_said_to_lie_on_it_once_it_does_whole(
    four: Four, folder: Path
) -> None:
    share = four.share
    assert isinstance(share, HostileShare)
    four.everybody_exchanges()
    before = set(share.of(".bundle"))
    for place in ("first", "second"):
        four.ann.save("visit", {"place": place})
        four.ann.exchange(share)
    lost = min(set(share.of(".bundle")) - before)
    on_stick = folder / lost
    on_stick.parent.mkdir(parents=True)
    on_stick.write_bytes(share.drop(lost))
    four.grant.exchange(share)
    (gone,) = missing(four.grant.store)
    (here,) = on(four.grant, FolderShare(folder)).awaited
    assert (here.which, here.words) == (gone.which, gone.words)
    on_stick.write_bytes(on_stick.read_bytes()[:-7])
    assert on(four.grant, FolderShare(folder)).awaited == ()
