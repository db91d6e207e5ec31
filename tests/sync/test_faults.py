# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Shares and laptops fail in every way; nobody's work is lost and nothing is half taken in."""

import shutil

import pytest

from storage import ledger
from sync.reasons import Reason
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import DAY_MS, Four, Laptop


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    return four.share


def visit_sent(four: Four, share: HostileShare, place: str = "home") -> tuple[bytes, str]:
    """A visit of Ann's, and the file it travels in."""
    before = set(share.of(".bundle"))
    visit = four.ann.save("visit", {"place": place})
    four.ann.exchange(share)
    return visit, min(set(share.of(".bundle")) - before)


def reasons(laptop: Laptop) -> list[Reason]:
    return [Reason(row.reason) for row in ledger.set_aside(laptop.store)]


def settled(four: Four, visit: bytes, place: str = "home") -> bool:
    four.everybody_exchanges()
    return all(
        laptop.answers(visit) == {"place": place} and not ledger.set_aside(laptop.store)
        for laptop in four
    )


# --- the share


def test_a_file_cut_short_is_tried_again_and_healed_by_its_author(
    four: Four, share: HostileShare
) -> None:
    visit, path = visit_sent(four, share)
    share.cut_short(path)
    outcome = four.bell.exchange(share)
    assert reasons(four.bell).count(Reason.INCOMPLETE) == 1
    assert not any(one.settled for one in outcome.aside if one.reason is Reason.INCOMPLETE)
    outcome = four.bell.exchange(share)
    assert any(one.settled for one in outcome.aside if one.reason is Reason.INCOMPLETE)
    assert settled(four, visit)


def test_an_altered_file_is_refused_and_healed(four: Four, share: HostileShare) -> None:
    visit, path = visit_sent(four, share)
    share.flip(path)
    four.bell.exchange(share)
    assert four.bell.answers(visit) == {}
    assert settled(four, visit)


def test_a_lost_file_is_put_back_by_anybody_who_holds_it(four: Four, share: HostileShare) -> None:
    visit, path = visit_sent(four, share)
    four.bell.exchange(share)
    share.drop(path)
    outcome = four.bell.exchange(share)
    assert any("put back" in note for note in outcome.notes)
    assert path in share.files
    four.shah.exchange(share)
    assert four.shah.answers(visit) == {"place": "home"}


def test_a_share_that_lost_everything_is_made_whole_again(four: Four, share: HostileShare) -> None:
    visit, _path = visit_sent(four, share)
    before = dict(share.files)
    share.files.clear()
    assert settled(four, visit)
    lost = [path for path in before if path not in share.files and ".ask" not in path]
    assert [path for path in lost if ".bundle" in path] == []
    assert max(path for path in before if "rosters" in path) in share.files


def test_a_share_put_back_to_an_old_state_takes_nothing_back(
    four: Four, share: HostileShare
) -> None:
    old = dict(share.files)
    visit, path = visit_sent(four, share)
    four.bell.exchange(share)
    share.files = old
    assert settled(four, visit)
    assert path in share.files


def test_a_missing_bundle_is_named_and_the_others_go_on(four: Four, share: HostileShare) -> None:
    first, path = visit_sent(four, share)
    second, _path = visit_sent(four, share, "street")
    theirs = four.shah.save("visit", {"place": "station"})
    four.shah.exchange(share)
    lost = share.drop(path)
    outcome = four.bell.exchange(share)
    seq = int(path.rpartition("/")[2][:10])
    words = [one.words for one in outcome.waiting]
    who = "Ann Lowe on Ann's laptop"
    assert f"Bundle {seq + 1} from {who} waits for their bundle {seq}." in words
    assert four.bell.answers(second) == {}
    assert Reason.GAP in reasons(four.bell)
    share.files[path] = lost
    four.bell.exchange(share)
    assert four.bell.answers(second) == {"place": "street"}
    assert four.bell.answers(first) == {"place": "home"}
    assert four.bell.answers(theirs) == {"place": "station"}
    assert reasons(four.bell) == []


def test_what_waits_is_kept_though_the_share_goes_away(four: Four, share: HostileShare) -> None:
    _first, path = visit_sent(four, share)
    second, later = visit_sent(four, share, "street")
    lost = share.drop(path)
    four.bell.exchange(share)
    share.drop(later)
    share.files[path] = lost
    four.bell.exchange(share)
    assert four.bell.answers(second) == {"place": "street"}


def test_copies_and_other_names_do_no_harm(four: Four, share: HostileShare) -> None:
    visit, path = visit_sent(four, share)
    folder = path.rpartition("/")[0]
    share.copy(path, f"{folder}/0000000099-{'ab' * 16}.bundle")
    share.copy(path, f"{folder[:-1]}0/0000000001-{'cd' * 16}.bundle")
    share.copy(share.of("rosters")[-1], f"{folder}/0000000098-{'ab' * 16}.bundle")
    four.bell.exchange(share)
    assert four.bell.answers(visit) == {"place": "home"}
    assert len(four.bell.record(visit).live) == 1
    four.bell.exchange(share)
    assert len(four.bell.record(visit).live) == 1


def test_a_file_that_stood_in_for_another_does_not_keep_that_out(
    four: Four, share: HostileShare
) -> None:
    first, path = visit_sent(four, share)
    second, later = visit_sent(four, share, "street")
    good = share.files[path]
    share.copy(later, path)
    four.bell.exchange(share)
    assert four.bell.answers(first) == {}
    share.files[path] = good
    four.bell.exchange(share)
    assert four.bell.answers(first) == {"place": "home"}
    assert four.bell.answers(second) == {"place": "street"}
    assert reasons(four.bell) == []


def test_an_old_bundle_of_ones_own_under_another_name_does_not_start_a_new_feed(
    four: Four, share: HostileShare
) -> None:
    visit, path = visit_sent(four, share)
    share.copy(path, f"{path.rpartition('/')[0]}/0000000500-{'ab' * 16}.bundle")
    four.ann.exchange(share)
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    assert four.ann.record(visit).created[0] == own.number


def test_foreign_files_are_left_alone_and_shown_only_where_they_pretend(
    four: Four, share: HostileShare
) -> None:
    visit, path = visit_sent(four, share)
    folder = path.rpartition("/")[0]
    share.files[f"{folder}/Thumbs.db"] = b"x"
    share.files[f"{folder}/0000000500-{'ab' * 16}.bundle"] = b"TANDEM1\n" + bytes(600)
    share.files[f"{folder}/0000000501-{'ab' * 16}.bundle"] = b"hello"
    four.bell.exchange(share)
    assert sorted(reasons(four.bell)) == [Reason.NO_KEY, Reason.NO_KEY]
    assert four.bell.answers(visit) == {"place": "home"}
    share.drop(f"{folder}/0000000500-{'ab' * 16}.bundle")
    share.drop(f"{folder}/0000000501-{'ab' * 16}.bundle")
    four.bell.exchange(share)
    assert reasons(four.bell) == []


def test_listings_that_come_late_and_in_any_order_lose_nothing(
    four: Four, share: HostileShare
) -> None:
    share.lists_late = share.lists_in_any_order = True
    visits = [laptop.save("visit", {"place": laptop.name}) for laptop in four]
    four.everybody_exchanges()
    share.settle()
    four.everybody_exchanges()
    assert all(
        laptop.answers(visit)["place"] == author.name
        for laptop in four
        for visit, author in zip(visits, four, strict=True)
    )


def test_a_share_that_folds_case_does_no_harm(four: Four, share: HostileShare) -> None:
    share.folds_case = True
    visit, _path = visit_sent(four, share)
    assert settled(four, visit)


# --- the laptop


def test_power_lost_at_any_step_of_an_exchange_loses_nothing(
    four: Four, share: HostileShare
) -> None:
    others = [laptop.save("visit", {"place": laptop.name}) for laptop in (four.shah, four.bell)]
    four.shah.exchange(share)
    four.bell.exchange(share)
    mine, cuts = [], 0
    for step in range(1, 60):
        mine.append(four.ann.save("visit", {"place": str(step)}))
        four.clock.later(DAY_MS // 8)
        share.steps, share.cut_at = 0, step
        try:
            four.ann.exchange(share)
        except PowerCut:
            cuts += 1
            four.ann.close()
            four.ann = four.ann.reopened()
    share.settle()
    assert cuts > 20
    four.everybody_exchanges()
    for laptop in four:
        assert [laptop.answers(visit)["place"] for visit in mine] == [
            str(n + 1) for n in range(len(mine))
        ]
        assert [laptop.answers(visit)["place"] for visit in others] == ["Shah", "Bell"]


def test_a_vault_put_back_from_a_backup_goes_on_under_a_new_feed(
    four: Four, share: HostileShare
) -> None:
    four.ann.close()
    backup = four.ann.folder.with_name("backup")
    shutil.copytree(four.ann.folder, backup)
    four.ann = four.ann.reopened()
    lost, _path = visit_sent(four, share, "after the backup")
    four.ann.close()
    shutil.rmtree(four.ann.folder)
    shutil.copytree(backup, four.ann.folder)
    four.ann = four.ann.reopened()
    fresh = four.ann.save("visit", {"place": "after the restore"})
    before = ledger.own_feed(four.ann.store)
    outcome = four.ann.exchange(share)
    after = ledger.own_feed(four.ann.store)
    assert any("goes on from an older casebook" in note for note in outcome.notes)
    assert before is not None
    assert after is not None
    assert before.number != after.number
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(lost) == {"place": "after the backup"}
        assert laptop.answers(fresh) == {"place": "after the restore"}
        assert reasons(laptop) == []
    assert four.ann.record(fresh).created[0] == after.number


def test_somebody_elses_file_in_the_own_folder_does_not_start_a_new_feed(
    four: Four, share: HostileShare
) -> None:
    _visit, path = visit_sent(four, share)
    theirs = next(one for one in share.of(".bundle") if one.rpartition("/")[0] not in path)
    share.copy(theirs, f"{path.rpartition('/')[0]}/0000000500-{'ab' * 16}.bundle")
    before = ledger.own_feed(four.ann.store)
    four.ann.exchange(share)
    after = ledger.own_feed(four.ann.store)
    assert before is not None
    assert after is not None
    assert before.number == after.number


def test_a_date_in_the_future_is_held_for_a_day(four: Four, share: HostileShare) -> None:
    four.ann.skew_ms = 5 * DAY_MS
    visit, _path = visit_sent(four, share)
    four.bell.exchange(share)
    assert Reason.FUTURE in reasons(four.bell)
    four.clock.later(DAY_MS - 1)
    four.bell.exchange(share)
    assert four.bell.answers(visit) == {}
    four.clock.later(1)
    four.bell.exchange(share)
    assert four.bell.answers(visit) == {"place": "home"}
    assert not reasons(four.bell)


def test_a_clock_once_ten_years_ahead_keeps_nobodys_work_for_ten_years(
    four: Four, share: HostileShare
) -> None:
    """Nor is what is written once the clock is right a day late each time."""
    four.ann.skew_ms = 3_653 * DAY_MS
    wrong, _path = visit_sent(four, share, "with a wrong clock")
    four.ann.skew_ms = 0
    four.everybody_exchanges()
    assert Reason.FUTURE in reasons(four.bell)
    four.clock.later(DAY_MS)
    four.everybody_exchanges()
    right, _path = visit_sent(four, share, "with a right one")
    for laptop in (four.bell, four.shah, four.grant):
        laptop.exchange(share)
        assert laptop.answers(right) == {"place": "with a right one"}
        assert laptop.answers(wrong) == {"place": "with a wrong clock"}
        assert not reasons(laptop)


def test_a_date_far_ahead_once_in_lets_nobody_elses_through(
    four: Four, share: HostileShare
) -> None:
    four.ann.skew_ms = 3_653 * DAY_MS
    visit_sent(four, share)
    four.ann.skew_ms = 0
    four.everybody_exchanges()
    four.clock.later(DAY_MS)
    four.everybody_exchanges()
    assert not reasons(four.bell)
    four.shah.skew_ms = 3_650 * DAY_MS
    visit = four.shah.save("visit", {"place": "ten years ahead as well"})
    four.shah.exchange(share)
    four.bell.exchange(share)
    assert set(reasons(four.bell)) == {Reason.FUTURE}
    assert four.bell.answers(visit) == {}
    four.clock.later(DAY_MS)
    four.bell.exchange(share)
    assert four.bell.answers(visit) == {"place": "ten years ahead as well"}


def test_a_laptop_whose_clock_battery_is_flat_is_not_shut_out(
    four: Four, share: HostileShare
) -> None:
    four.bell.skew_ms = -400 * DAY_MS
    four.shah.exchange(share)
    visit, _path = visit_sent(four, share)
    four.bell.exchange(share)
    assert four.bell.answers(visit) == {"place": "home"}
