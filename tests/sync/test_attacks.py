# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Every attack of The Update Framework's list, and every attack and fault of the protocol's table.

What each comes to, and the test that shows it; those without a file are here, those of somebody
who is in the team in test_attacks_of_members.

Attacks on whoever fetches, as TUF lists them:

    arbitrary installation
        test_a_list_of_people_nobody_may_sign_is_not_taken
        test_odd_bundles.test_another_laptops_signature_is_refused
    endless data
        test_a_file_without_end_is_left_after_its_limit
    extraneous dependencies
        test_attacks_of_members.test_a_bundle_that_says_it_has_seen_what_never_was_stops_nobody_else
    fast-forward
        test_a_number_far_ahead_shuts_nobody_out
    indefinite freeze
        test_a_share_that_stands_still_is_said_after_a_fortnight
    malicious mirror
        test_a_mirror_that_shuffles_everything_is_set_right_by_those_who_hold_it
    mix-and-match
        test_new_keys_beside_an_old_list_of_people_are_not_mixed_up
        test_bundles_of_another_team_are_nothing_here
    rollback
        test_an_old_list_of_people_takes_nothing_back
        test_faults.test_a_share_put_back_to_an_old_state_takes_nothing_back
    wrong software
        test_faults.test_a_file_that_stood_in_for_another_does_not_keep_that_out
    key compromise
        test_audiences.test_a_laptop_taken_out_reads_nothing_new_and_writes_nothing_that_counts
        test_roster.test_a_coordinator_who_was_taken_out_signs_nothing
        test_rivals.test_nobody_either_lets_in_counts_and_everybody_either_takes_out_is_out
        test_keepers.test_below_the_threshold_nothing_passes_however_high_it_is

The protocol's table, by its numbers:

     1 outsider reads
        test_audiences.test_the_share_shows_no_word_and_no_name
     2 flips, cuts short
        test_faults.test_an_altered_file_is_refused_and_healed
     3 foreign file
        test_faults.test_foreign_files_are_left_alone_and_shown_only_where_they_pretend
     4 deletes some
        test_faults.test_a_lost_file_is_put_back_by_anybody_who_holds_it
     5 renames, swaps, copies
        test_faults.test_copies_and_other_names_do_no_harm
     6 old share
        test_rollback.test_an_old_share_is_said_and_filled_again
     7 frozen for one
        test_a_share_that_stands_still_is_said_after_a_fortnight
     8 all encrypted
        test_a_share_turned_to_noise_is_made_whole_again
     9 stolen disk
        test_connection.test_no_word_of_a_record_is_in_any_file_of_the_vault_open_or_closed
    10 stolen laptop
        test_audiences.test_a_laptop_taken_out_reads_nothing_new_and_writes_nothing_that_counts
    11 backdates below the cut
        test_attacks_of_members.test_a_rival_of_what_counted_by_a_laptop_taken_out_does_not_count
    12 opens another audience
        test_audiences.test_an_officers_vault_holds_no_word_of_health
    13 coordinator's ghost
        test_attacks_of_members.test_the_coordinator_alone_lets_nobody_into_the_police
    14 two keys under one name
        test_attacks_of_members.test_a_lead_cannot_give_two_people_two_keys_under_one_name
    15 two of one number
        test_rulings.test_a_laptop_that_wrote_twice_is_frozen_and_the_others_go_on
    16 hides what was seen
        test_attacks_of_members.test_who_hides_what_they_had_seen_makes_a_conflict_and_wins_nothing
    17 invents what was seen
        test_attacks_of_members.test_who_claims_to_have_seen_another_version_waits_for_it
        test_attacks_of_members.test_what_is_overwritten_by_a_false_claim_stands_in_the_history
    18 clock ahead
        test_faults.test_a_date_in_the_future_is_held_for_a_day
        test_faults.test_a_clock_once_ten_years_ahead_keeps_nobodys_work_for_ten_years
        test_faults.test_a_date_far_ahead_once_in_lets_nobody_elses_through
        test_odd_bundles.test_a_clock_set_ahead_wins_nothing_inside_its_bundle
    19 backdates a decision
        test_attacks_of_members.test_a_decision_dated_back_is_known_to_have_come_later
    20 outside their role
        test_audiences.test_what_a_role_may_not_write_is_left_out_and_the_rest_counts
    21 bombs
        test_mutated_bundles.test_a_bomb_is_refused_before_it_takes_room
    22 rewrites a snapshot      there are none, packs hold the bundles themselves:
        test_packs_harmed.test_a_pack_that_lies_about_a_bundle_is_left_alone_and_the_bundle_is_healed
    23 crash while writing
        test_faults.test_power_lost_at_any_step_of_an_exchange_loses_nothing
        test_smb.test_a_server_that_dies_in_the_middle_of_a_write_loses_nothing
    24 crash while importing
        test_machine.test_whatever_happens_everybody_ends_with_the_same_and_nothing_is_lost
    25 power loss at the server
        test_a_file_that_was_whole_and_is_short_later_is_sent_again
    26 restored, copied
        test_restored.test_a_restored_vault_goes_on_under_a_new_feed_though_the_share_knows_no_more
        test_rulings.test_a_ruling_loses_nothing_whichever_is_kept
    27 virus scanner
        test_share.test_a_file_a_virus_scanner_holds_is_tried_again
    28 two versions
        test_exchange.test_a_form_only_a_newer_tandem_knows_is_kept_and_passed_on
        test_odd_bundles.test_content_only_a_newer_tandem_reads_is_read_once_there_is_one
    29 lost for ever
        test_rulings.test_who_waits_for_what_is_lost_goes_on_once_it_is_waived
    30 one that stumbles
        test_odd_bundles.test_what_makes_the_store_stumble_stops_nobody_else
    31 two lists of a number
        test_rivals.test_nobody_either_lets_in_counts_and_everybody_either_takes_out_is_out
    32 capitals
        test_smb.test_the_server_does_not_tell_capitals_from_small_letters
"""

import re
import tracemalloc
from pathlib import Path

import msgspec
import pytest

from desktop_app.casework.people import Role
from storage import ledger
from sync import places
from sync.admission import take_out_laptop
from sync.envelope import enclose
from sync.identity import new_identity
from sync.reasons import Reason
from sync.roster import Roster
from sync.seat import roster_about
from sync.set_aside import told
from sync.share import FolderShare
from sync.team import NewPerson, admit, amend, sign_roster
from tests.hostile_share import HostileShare
from tests.sync.bundles import sealed
from tests.sync.laptops import DAY_MS, Four, Laptop
from tests.sync.test_odd_bundles import visit, write

TESTS = Path(__file__).parent.parent
GHOST = NewPerson(
    "K. Ghost", "Police", frozenset({Role.OFFICER}), frozenset({"partners", "police"})
)
_NAMED = re.compile(r"^ {8}(?:(test_\w+)\.)?(test_\w+)$", re.MULTILINE)


@pytest.fixture
def share(four: Four) -> HostileShare:
    assert isinstance(four.share, HostileShare)
    four.everybody_exchanges()
    return four.share


def reasons(laptop: Laptop) -> list[Reason]:
    return [one.reason for one in told(laptop.store)]


def lay(four: Four, roster: Roster, signer: Laptop, *, named: int = 0) -> str:
    """Lay a list of people on the share as whoever can write there might; return where."""
    chain, dice = four.grant.seat.chain, four.grant.dice.randbytes
    document = sign_roster(roster, signer.seat.me)
    raw = enclose(document, roster_about(chain.team), roster.recipients(), random=dice)
    path = places.roster_path(chain.team, named or roster.n, document.id)
    four.share.put([(path, raw)])
    return path


def went_well(four: Four, text: str) -> bool:
    """Whether what Ann writes now still comes to everybody."""
    note = four.ann.save("visit", {"place": text})
    four.everybody_exchanges()
    return all(laptop.answers(note) == {"place": text} for laptop in four)


def test_every_attack_names_a_test_there_is() -> None:
    files = {path.stem: path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")}
    named = [(file or "test_attacks", name) for file, name in _NAMED.findall(__doc__)]
    assert len(named) > 45
    for file, name in named:
        assert f"def {name}(" in files[file], f"{file}.{name}"
    assert {int(one) for one in re.findall(r"^ +(\d+) ", __doc__, re.MULTILINE)} == {*range(1, 33)}


# --- the list of people


def test_a_list_of_people_nobody_may_sign_is_not_taken(four: Four, share: HostileShare) -> None:
    chain, dice = four.grant.seat.chain, four.grant.dice.randbytes
    ghost = new_identity(dice).public
    roster = admit(chain, GHOST, ghost, laptop="Ghost", now_ms=four.clock.now_ms, random=dice)
    lay(four, roster, four.ann)
    said = four.bell.exchange(share).notes
    assert any("not in order" in one for one in said)
    for laptop in four:
        laptop.exchange(share)
        assert laptop.seat.roster.device(ghost.device) is None
    assert went_well(four, "home")


def test_an_old_list_of_people_takes_nothing_back(four: Four, share: HostileShare) -> None:
    before = dict(share.files)
    device = four.ann.seat.me.device
    take_out_laptop(
        four.grant.store, device, now_ms=four.clock.later(), random=four.grant.dice.randbytes
    )
    four.grant.exchange(share)
    four.bell.exchange(share)
    now = four.bell.seat.roster.n
    share.files = before
    for laptop in (four.bell, four.shah, four.bell):
        laptop.exchange(share)
    for laptop in (four.bell, four.shah):
        assert laptop.seat.roster.n == now
        held = laptop.seat.roster.device(device)
        assert held is not None
        assert not held.active


def test_a_number_far_ahead_shuts_nobody_out(four: Four, share: HostileShare) -> None:
    roster = amend(four.grant.seat.chain, now_ms=four.clock.now_ms)
    roster = msgspec.structs.replace(roster, n=2_000_000_000)
    lay(four, roster, four.grant)  # signed as it should be, and no follower of what is known
    lay(four, amend(four.grant.seat.chain, now_ms=four.clock.now_ms), four.ann, named=2_000_000_001)
    path = write(four.ann, share, seq=2_000_000_000, ops=[visit(place="far ahead")])
    four.bell.exchange(share)
    assert [one.reason for one in told(four.bell.store) if one.path == path] == [Reason.GAP]
    before = four.bell.seat.roster.n
    assert went_well(four, "home")
    device = four.shah.seat.me.device
    take_out_laptop(
        four.grant.store, device, now_ms=four.clock.later(), random=four.grant.dice.randbytes
    )
    four.grant.exchange(share)
    four.bell.exchange(share)
    assert four.bell.seat.roster.n == before + 1


def test_new_keys_beside_an_old_list_of_people_are_not_mixed_up(
    four: Four, share: HostileShare
) -> None:
    """The mirror shows new bundles and new keys, and hides the list of people they belong to."""
    before = share.of("rosters")
    take_out_laptop(
        four.grant.store,
        four.shah.seat.me.device,
        now_ms=four.clock.later(),
        random=four.grant.dice.randbytes,
    )
    note = four.grant.save("visit", {"place": "under the new list"})
    four.grant.exchange(share)
    hidden = {path: share.drop(path) for path in share.of("rosters") if path not in before}
    assert hidden
    four.bell.exchange(share)
    assert four.bell.answers(note) == {}
    share.files |= hidden
    four.bell.exchange(share)
    assert four.bell.answers(note) == {"place": "under the new list"}
    assert not four.bell.seat.roster.device(four.shah.seat.me.device).active  # type: ignore[union-attr]


def test_bundles_of_another_team_are_nothing_here(four: Four, share: HostileShare) -> None:
    folder = share.of(".bundle")[0].rpartition("/")[0]
    path = f"{folder}/0000000500-{'ab' * 16}.bundle"
    share.files[path] = sealed()
    four.bell.exchange(share)
    assert [one.reason for one in told(four.bell.store) if one.path == path] == [Reason.NO_KEY]
    assert went_well(four, "home")


# --- the share


def test_a_share_that_stands_still_is_said_after_a_fortnight(
    four: Four, share: HostileShare
) -> None:
    frozen = HostileShare()
    frozen.files = dict(share.files)
    for day in range(1, 17):
        four.clock.later(DAY_MS)
        four.grant.exchange(share)
        said = [one for one in four.ann.exchange(frozen).notes if "No news" in one]
        assert bool(said) is (day > 14), day
    visit_of_hers = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(frozen)  # said, and no more than that: offline for weeks is normal
    assert four.ann.answers(visit_of_hers) == {"place": "home"}
    four.ann.exchange(share)
    assert four.ann.exchange(share).notes == ()


def test_a_file_without_end_is_left_after_its_limit(
    four: Four, share: HostileShare, tmp_path: Path
) -> None:
    """A gibibyte under every kind of name; nothing of it is read beyond what the kind may have."""
    place = tmp_path / "share"
    for path, raw in share.files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(raw)
    root = places.root(four.grant.seat.chain.team)
    feed = share.of(".bundle")[0].rpartition("/")[0]
    circle = share.of("/audiences/")[0].rpartition("/")[0]
    huge = [
        f"{feed}/0000000500-{'ab' * 16}.bundle",
        f"{circle}/0000000500-{'ab' * 8}.list",
        f"{root}/{places.ROSTERS}/0000000500-{'ab' * 8}.list",
        f"{root}/{places.JOIN}/{'ab' * 16}.ask",
        f"{root}/{places.PARTS}/{'ab' * 32}.part",
    ]
    (place / root / places.JOIN).mkdir(exist_ok=True)
    (place / root / places.PARTS).mkdir(exist_ok=True)
    for path in huge:
        with (place / path).open("wb") as file:
            file.truncate(1 << 30)  # a hole: it takes no room on the disk, and all of it to read
    folder = FolderShare(place)
    tracemalloc.start()
    for laptop in four:
        four.clock.later()
        laptop.exchange(folder)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 64 << 20
    assert Reason.TOO_LARGE in reasons(four.bell)
    note = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(folder)
    four.bell.exchange(folder)
    assert four.bell.answers(note) == {"place": "home"}


def test_a_mirror_that_shuffles_everything_is_set_right_by_those_who_hold_it(
    four: Four, share: HostileShare
) -> None:
    note = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    paths = share.of(".bundle")
    contents = [share.files[path] for path in paths]
    share.files |= dict(zip(paths, [*contents[1:], contents[0]], strict=True))
    four.everybody_exchanges(3)
    for laptop in four:
        assert laptop.answers(note) == {"place": "home"}
        assert len(laptop.record(note).live) == 1
        assert not reasons(laptop)


def test_a_share_turned_to_noise_is_made_whole_again(four: Four, share: HostileShare) -> None:
    note = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    four.bell.exchange(share)
    share.files = {path: share.dice.randbytes(len(raw)) for path, raw in share.files.items()}
    four.everybody_exchanges(4)
    for laptop in four:
        assert laptop.answers(note) == {"place": "home"}
    assert went_well(four, "afterwards")


def test_a_file_that_was_whole_and_is_short_later_is_sent_again(
    four: Four, share: HostileShare
) -> None:
    """The server said it had it, and lost its power before it had."""
    before = set(share.of(".bundle"))
    note = four.ann.save("visit", {"place": "home"})
    four.ann.exchange(share)
    assert not ledger.outbox(four.ann.store)
    for path in set(share.of(".bundle")) - before:
        share.files[path] = share.files[path][:700]
    four.everybody_exchanges(3)
    assert all(laptop.answers(note) == {"place": "home"} for laptop in four)
