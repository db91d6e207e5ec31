# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Old vaults, old pages and an old share put back: what an exchange and a check see of them."""

import os
import shutil
from pathlib import Path

import pytest

from storage import ledger
from storage.check import check
from storage.errors import VaultOlder
from storage.older import NAME, go_on, older
from storage.store import Draft
from sync.admission import let_in, waive
from sync.asking import invite
from sync.exchange import exchange
from sync.identity import RESTORED as WHY
from sync.mending import holes, spoilt
from sync.replay import replay
from sync.rollback import came_back
from sync.seat import genesis_of
from sync.share import FolderShare
from tests.hostile_share import HostileShare
from tests.sync.laptops import Four, Laptop

PAGE = 4096


@pytest.fixture
def place(four: Four, tmp_path: Path) -> Path:
    """A real folder as the team's share."""
    share, place = four.share, tmp_path / "share"
    assert isinstance(share, HostileShare)
    for path, raw in share.files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(raw)
    four.share = FolderShare(place)
    return place


def files_of(laptop: Laptop) -> dict[str, bytes]:
    """Return a laptop's files, closed and opened again."""
    laptop.close()
    files = {one.name: one.read_bytes() for one in laptop.folder.iterdir()}
    laptop.store = laptop.reopened().store
    return files


def put_back(laptop: Laptop, files: dict[str, bytes]) -> None:
    """Put files in the place of a laptop's, the mark and all."""
    laptop.close()
    shutil.rmtree(laptop.folder)
    laptop.folder.mkdir()
    for name, raw in files.items():
        (laptop.folder / name).write_bytes(raw)
    laptop.store = laptop.reopened().store


def older_at_exchange(laptop: Laptop, four: Four) -> bool:
    try:
        laptop.exchange_only(four.share)
    except VaultOlder:
        return True
    return False


def everything_in(place: Path) -> dict[str, bytes]:
    return {str(one): one.read_bytes() for one in place.rglob("*") if one.is_file()}


def sent(laptop: Laptop, four: Four, place: str) -> bytes:
    visit = laptop.save("visit", {"place": place})
    four.clock.later()
    laptop.exchange_only(four.share)
    return visit


# --- an old vault


def test_an_old_vault_is_noticed_when_it_next_sees_the_share(four: Four, place: Path) -> None:
    before = files_of(four.ann)
    sent(four.ann, four, "sent, then forgotten")
    put_back(four.ann, before)
    assert not four.ann.store.older  # not before: the mark was put back as well
    typed = four.ann.save("visit", {"place": "typed before anybody knew"})
    on_share = everything_in(place)
    assert older_at_exchange(four.ann, four)
    assert everything_in(place) == on_share
    assert ledger.pending_count(four.ann.store) == 1
    assert four.ann.answers(typed) == {"place": "typed before anybody knew"}


def test_then_it_reads_and_writes_nothing_but_drafts(four: Four, place: Path) -> None:
    del place
    before = files_of(four.ann)
    sent(four.ann, four, "sent, then forgotten")
    put_back(four.ann, before)
    assert older_at_exchange(four.ann, four)
    with pytest.raises(VaultOlder):
        four.ann.save("visit", {"place": "refused"})
    four.ann.store.keep_draft(Draft("visit", b"", b"", "", {"place": "typed"}, four.clock.now_ms))
    four.ann.close()
    four.ann = four.ann.reopened()
    assert older_at_exchange(four.ann, four)
    assert [one.answers for one in four.ann.store.drafts()] == [{"place": "typed"}]
    assert check(four.ann.store) == []


def test_its_owner_goes_on_with_all_the_team_has(four: Four, place: Path) -> None:
    del place
    before = files_of(four.ann)
    own = ledger.own_feed(four.ann.store)
    forgotten = sent(four.ann, four, "sent, then forgotten")
    at = four.ann.record(forgotten).created
    theirs = sent(four.bell, four, "from a colleague")
    put_back(four.ann, before)
    kept = four.ann.save("visit", {"place": "typed before anybody knew"})
    assert older_at_exchange(four.ann, four)
    was = older(four.ann.store)
    go_on(four.ann.store, now_ms=four.clock.later())
    outcome = four.ann.exchange_only(four.share)
    assert any("goes on from an older casebook" in note for note in outcome.notes)
    after = ledger.own_feed(four.ann.store)
    assert own is not None
    assert after is not None
    assert was is not None
    began = genesis_of(four.ann.store, after.id)
    assert began is not None
    assert (began.why, began.before, began.before_seq) == (WHY, own.id, own.head_seq)
    (back,) = came_back(four.ann.store, four.ann.seat)
    assert (back.record, back.form) == (forgotten, "Visit")
    assert was.known_ms >= back.at_ms > 0
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(forgotten) == {"place": "sent, then forgotten"}
        assert laptop.answers(theirs) == {"place": "from a colleague"}
        assert laptop.answers(kept) == {"place": "typed before anybody knew"}
        assert laptop.record(forgotten).created == at
        assert replay(laptop.store) == []
    again = ledger.own_feed(four.ann.store)
    assert again is not None
    assert again.id == after.id


def test_another_version_of_a_known_bundle_is_noticed(four: Four, place: Path) -> None:
    before = files_of(four.ann)
    known = everything_in(place)
    sent(four.ann, four, "one version")
    hidden = {path: raw for path, raw in everything_in(place).items() if path not in known}
    for path in hidden:
        Path(path).unlink()  # the share does not show them yet
    put_back(four.ann, before)
    sent(four.ann, four, "another version")
    for path, raw in hidden.items():
        Path(path).write_bytes(raw)
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    assert own.head_seq >= max(int(Path(path).name[:10]) for path in hidden)
    assert older_at_exchange(four.ann, four)


def test_a_coordinator_signs_nothing_in_an_older_vault(four: Four, place: Path) -> None:
    del place
    before = files_of(four.grant)
    sent(four.grant, four, "coordinator's")
    put_back(four.grant, before)
    assert older_at_exchange(four.grant, four)
    store, now_ms, dice = four.grant.store, four.clock.now_ms, four.grant.dice.randbytes
    with pytest.raises(VaultOlder):
        invite(store, now_ms=now_ms, random=dice)
    with pytest.raises(VaultOlder):
        waive(store, bytes(16), first=1, last=1, now_ms=now_ms, random=dice)
    with pytest.raises(VaultOlder):
        let_in(store, "partners", [], now_ms=now_ms, random=dice)


def test_what_others_lay_into_its_folder_says_nothing(four: Four, place: Path) -> None:
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    folder = place / four.ann.seat.feed_folder(own.id)
    mine = sorted(folder.iterdir())[-1]
    (folder / f"{99:010}-{'ab' * 16}.bundle").write_bytes(mine.read_bytes())
    (folder / f"{98:010}-{'cd' * 16}.bundle").write_bytes(os.urandom(4_000))
    assert not older_at_exchange(four.ann, four)


def test_a_laptop_that_ended_suddenly_is_not_called_older(four: Four, tmp_path: Path) -> None:
    for number in range(8):
        four.ann.save("visit", {"place": f"{number}"})
        at = tmp_path / f"ended {number}"
        four.clock.later()
        four.ann.exchange_only(four.share)
        # As its files lie there, with the newest work in the log.
        ended = Laptop("Ann", shutil.copytree(four.ann.folder, at), four.clock, fresh=False)
        assert not ended.store.older
        assert not older_at_exchange(ended, four)
        assert replay(ended.store) == []
        four.ann.close()
        shutil.rmtree(four.ann.folder)
        ended.close()
        shutil.copytree(at, four.ann.folder)
        four.ann = four.ann.reopened()


# --- an old page


def pages_put_back(four: Four) -> tuple[bytes, bytes]:
    """Return Ann's file as it was, and as it is after more work was sent and taken in."""
    client = four.ann.save("client", {"surname": "Lake", "forename": "Ann"})
    visits = [four.ann.save("visit", {"place": f"old {n}"}, client=client) for n in range(40)]
    four.everybody_exchanges()
    old = files_of(four.ann)["vault.db"]
    for number, visit in enumerate(visits):
        four.ann.save("visit", {"place": f"new {number}"}, record=visit)
    four.ann.save("client", {"surname": "Brook"}, record=client)
    four.bell.save("visit", {"place": "theirs"}, client=client)
    four.everybody_exchanges()
    new = files_of(four.ann)["vault.db"]
    return old, new


ANSWERS = (
    "SELECT id, live, trail FROM record ORDER BY id",
    "SELECT client, name, last_seen, alerts FROM caseload ORDER BY client",
    "SELECT feed, seq, id FROM bundle ORDER BY feed, seq",
    "SELECT raw FROM bundle_raw ORDER BY place",
    "SELECT number, head_seq, head_id FROM feed ORDER BY number",
    "SELECT * FROM pending",
    "SELECT kind, n, id FROM document ORDER BY kind, n, id",
    "SELECT name, value FROM secret ORDER BY name",
)


def test_every_old_page_that_holds_work_is_found_by_a_check(four: Four, place: Path) -> None:
    del place
    old, new = pages_put_back(four)
    truth = [four.ann.store.rows(question) for question in ANSWERS]
    four.ann.close()
    mark = (four.ann.folder / NAME).read_bytes()
    altered = found = 0
    for start in range(PAGE, min(len(old), len(new)), PAGE):
        if old[start : start + PAGE] == new[start : start + PAGE]:
            continue
        raw = new[:start] + old[start : start + PAGE] + new[start + PAGE :]
        (four.ann.folder / "vault.db").write_bytes(raw)
        (four.ann.folder / NAME).write_bytes(mark)
        four.ann.store = four.ann.reopened().store
        try:
            wrong = [four.ann.store.rows(question) for question in ANSWERS] != truth
        except Exception:  # noqa: BLE001  an error says enough
            wrong = False
        if wrong:
            altered += 1
            store = four.ann.store
            found += store.older or bool(check(store)) or bool(replay(store))
        four.ann.store.db.close()
    (four.ann.folder / "vault.db").write_bytes(new)
    four.ann.store = four.ann.reopened().store
    assert altered > 3
    assert found == altered
    assert replay(four.ann.store) == []


def test_a_hole_in_a_line_of_bundles_is_noticed_and_filled_again(four: Four, place: Path) -> None:
    del place
    visits = [sent(four.bell, four, f"visit {n}") for n in range(3)]
    four.ann.exchange(four.share)
    store = four.ann.store
    theirs = next(
        one for one in ledger.feeds(store).values() if one.device == four.bell.seat.me.device
    )
    for harm in (
        "DELETE FROM bundle WHERE feed = ? AND seq = ?",
        "UPDATE feed SET head_seq = head_seq - 1 WHERE number = ? AND head_seq > ?",
        "UPDATE bundle SET id = zeroblob(32) WHERE feed = ? AND seq > ?",
    ):
        store.write(harm, (theirs.number, theirs.head_seq - 1))
        assert theirs.number in holes(store, four.ann.seat)
        assert [one.what for one in replay(store)] == ["log"] or replay(store)
        assert older_at_exchange(four.ann, four)
        go_on(store, now_ms=four.clock.later())
        four.ann.exchange_only(four.share)
        four.ann.exchange_only(four.share)
        assert holes(store, four.ann.seat) == {}
        assert replay(store) == []
        assert list(ledger.set_aside(store)) == []
        assert [four.ann.answers(visit)["place"] for visit in visits] == [
            f"visit {n}" for n in range(3)
        ]


def test_a_bundle_whose_bytes_are_not_its_own_is_found_and_fetched_again(
    four: Four, place: Path
) -> None:
    del place
    visit = sent(four.bell, four, "visit")
    four.ann.exchange(four.share)
    store = four.ann.store
    store.write(
        "UPDATE bundle_raw SET raw = (SELECT raw FROM bundle_raw ORDER BY place LIMIT 1)"
        " WHERE place = (SELECT max(place) FROM bundle_raw)"
    )
    assert len(spoilt(store, four.ann.seat)) == 1
    assert "log" in {one.what for one in replay(store)}
    go_on(store, now_ms=four.clock.later())
    four.ann.exchange_only(four.share)
    assert spoilt(store, four.ann.seat) == []
    assert four.ann.answers(visit) == {"place": "visit"}


def test_an_old_record_is_found_and_made_anew(four: Four, place: Path) -> None:
    del place
    client = four.ann.save("client", {"surname": "Lake"})
    old = four.ann.store.rows("SELECT live, trail FROM record WHERE id = ?", (client,))[0]
    four.ann.save("client", {"surname": "Brook"}, record=client)
    four.ann.store.write("UPDATE record SET live = ?, trail = ? WHERE id = ?", (*old, client))
    assert four.ann.answers(client)["surname"] == "Lake"
    (finding,) = replay(four.ann.store)
    assert finding.words == "1 entry is not what the signed bundles say."
    go_on(four.ann.store, now_ms=four.clock.later())
    four.ann.exchange_only(four.share)
    assert four.ann.answers(client)["surname"] == "Brook"
    assert replay(four.ann.store) == []


# --- an old share


def test_an_old_share_is_said_and_filled_again(four: Four, place: Path, tmp_path: Path) -> None:
    four.everybody_exchanges()
    shutil.copytree(place, tmp_path / "old share")
    visit = sent(four.ann, four, "sent")
    theirs = sent(four.bell, four, "theirs")
    four.everybody_exchanges()
    held = set(ledger.bundle_ids(four.ann.store).values())
    shutil.rmtree(place)
    shutil.copytree(tmp_path / "old share", place)
    four.clock.later()
    outcome = exchange(
        four.ann.store, four.share, now_ms=four.clock.now_ms, random=four.ann.dice.randbytes
    )
    assert any("older copy of itself" in note for note in outcome.notes)
    assert not four.ann.store.older
    there = {one.name[11:43] for one in place.rglob("*.bundle")}
    assert {id_of[:16].hex() for id_of in held} <= there
    outcome = four.ann.exchange_only(four.share)
    assert not any("older copy of itself" in note for note in outcome.notes)
    four.everybody_exchanges()
    for laptop in four:
        assert laptop.answers(visit) == {"place": "sent"}
        assert laptop.answers(theirs) == {"place": "theirs"}


def test_one_lost_file_is_not_taken_for_an_old_share(four: Four, place: Path) -> None:
    sent(four.ann, four, "one")
    sent(four.ann, four, "two")
    own = ledger.own_feed(four.ann.store)
    assert own is not None
    sorted((place / four.ann.seat.feed_folder(own.id)).iterdir())[0].unlink()
    outcome = four.ann.exchange_only(four.share)
    assert any("1 bundle was missing" in note for note in outcome.notes)


def test_an_empty_share_is_filled_without_alarm(four: Four, tmp_path: Path) -> None:
    (tmp_path / "stick").mkdir()
    stick = FolderShare(tmp_path / "stick")
    outcome = four.ann.exchange_only(stick)
    assert outcome.notes == ()
    four.ann.exchange_only(stick)
    assert {one.read_bytes() for one in (tmp_path / "stick").rglob("*.bundle")}
