# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Old and new versions of Tandem on one share for weeks: what the old one lacks survives in it."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_app.casework.records import Answers, Record
from storage import ledger
from storage.check import check
from sync.replay import replay
from sync.share import FolderShare
from tests.hostile_share import HostileShare
from tests.sync.laptops import DAY_MS, Four, Laptop
from tests.sync.older_tandem import OlderTandem

LACKS, FIELDS = "need", ("language", "find_the_door")
WEEKS = 4


class Bells:
    """Bell's laptop, which is used with an older Tandem until it is upgraded."""

    def __init__(self, four: Four, place: Path, share: Path) -> None:
        self.older = OlderTandem(place, without=LACKS, fields={"client": FIELDS})
        self.four, self.share, self.upgraded = four, share, False
        four.bell.close()

    def does(self, *acts: list[Any]) -> list[Any]:
        self.four.clock.later(DAY_MS)
        name, folder = self.four.bell.name, self.four.bell.folder
        return self.older.does(name, folder, self.share, self.four.clock.now_ms, list(acts))

    def upgrade(self) -> Laptop:
        self.four.bell, self.upgraded = self.four.bell.reopened(), True
        return self.four.bell


@pytest.fixture
def share(four: Four, tmp_path: Path) -> FolderShare:
    """Put the team's share into a real folder."""
    assert isinstance(four.share, HostileShare)
    place = tmp_path / "share"
    for path, raw in four.share.files.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_bytes(raw)
    four.share = made = FolderShare(place)
    return made


@pytest.fixture
def bells(four: Four, share: FolderShare, tmp_path: Path) -> Iterator[Bells]:
    made = Bells(four, tmp_path / "older", tmp_path / "share")
    yield made
    if not made.upgraded:
        made.upgrade()


def exchange_all_but_bell(four: Four) -> None:
    for laptop in (four.grant, four.ann, four.shah):
        four.clock.later(DAY_MS // 4)
        laptop.exchange(four.share)


def rows(laptop: Laptop) -> list[Any]:
    """Return every record everybody may hold, and what it is sorted and marked by."""
    return laptop.store.rows(
        "SELECT id, form, happened, conflict, withdrawn FROM record"
        " WHERE audience = 'partners' ORDER BY id"
    )


def see_both(record: Record, week: int, *, conflict: bool) -> None:
    """See that a client holds what the newer and what the older one wrote in a week."""
    assert record.answers["language"] == f"cy-{week}", "an older Tandem takes nothing away"
    assert record.answers["find_the_door"] == "Green door", "nor of the group it changed"
    assert record.answers["address_1"] == f"{week} Quay"
    surnames = {one.answers["surname"] for one in record.conflicts.get("surname", ())}
    assert surnames == ({f"Ann's {week}", f"Bell's {week}"} if conflict else set())


def test_the_older_one_lacks_the_form_and_the_fields(bells: Bells) -> None:
    (known,) = bells.does(["forms"])
    assert LACKS not in known
    assert not set(FIELDS) & set(known["client"])
    assert "surname" in known["client"]


def test_for_weeks_both_write_and_after_the_upgrade_the_older_shows_everything(
    four: Four, bells: Bells
) -> None:
    ann = four.ann
    client = ann.save("client", {"surname": "Croft", "language": "cy"})
    address: Answers = {"address_1": "1 Quay", "find_the_door": "Green door"}
    ann.save("client", address, record=client)
    needs: list[bytes] = []
    for week in range(WEEKS):
        need: Answers = {"domain": "housing", "what": f"week {week}", "raised_on": "2026-01-02"}
        needs.append(ann.save(LACKS, need, client=client))
        if week:
            ann.save(LACKS, {"outcome_note": f"seen {week}"}, record=needs[week - 1])
        ann.save("client", {"language": f"cy-{week}", "surname": f"Ann's {week}"}, record=client)
        exchange_all_but_bell(four)
        # Bell changes the same client, before she has what Ann wrote and after.
        held = bells.does(["show", client.hex()])[0]
        before = [["save", "client", client.hex(), {"surname": f"Bell's {week}"}]] if held else []
        *_done, came, shown = bells.does(*before, ["exchange"], ["show", client.hex()])
        assert came == {"waiting": 0, "aside": 0}
        assert shown["language"] == f"cy-{week}", "it is kept, though no page shows it"
        change = {"address_1": f"{week} Quay", "phone": str(week)}
        bells.does(["save", "client", client.hex(), change], ["exchange"])
        exchange_all_but_bell(four)
        for laptop in (four.grant, four.ann, four.shah):
            see_both(laptop.record(client), week, conflict=bool(before))
    bell = bells.upgrade()
    bell.exchange(four.share)
    exchange_all_but_bell(four)
    bell.exchange(four.share)
    assert [bell.answers(one) for one in needs] == [ann.answers(one) for one in needs]
    assert bell.answers(needs[0])["outcome_note"] == "seen 1"
    for laptop in four:
        assert rows(laptop) == rows(ann)
        assert replay(laptop.store) == []
        assert check(laptop.store) == []
        assert not ledger.set_aside(laptop.store)


def test_an_older_tandem_passes_on_what_it_does_not_know(
    four: Four, bells: Bells, tmp_path: Path
) -> None:
    """The share is lost while Ann is away; Bell's laptop is the only other that holds it."""
    need = four.ann.save(LACKS, {"domain": "housing", "what": "A bed"})
    four.ann.exchange(four.share)
    bells.does(["exchange"])
    shutil.rmtree(tmp_path / "share")
    (tmp_path / "share").mkdir()
    bells.does(["exchange"])
    four.shah.exchange(four.share)
    assert four.shah.answers(need)["what"] == "A bed"
