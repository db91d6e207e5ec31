# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What goes wrong in the tests of everybody at once: shares, disks, clocks and power."""

import shutil
from pathlib import Path

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from storage import ledger
from sync.share import ShareUnreachable
from tests.hostile_share import HostileShare, PowerCut
from tests.sync.laptops import DAY_MS, Laptop
from tests.sync.machine_work import FIELDS, WHO, Working
from tests.sync.power import lost_in_the_vault

TEN_YEARS_MS = 3_653 * DAY_MS
PICK = st.integers(0, 999)


class Troubled(Working):
    """A team at work whose share and clocks are up to no good."""

    # --- clocks

    @rule(who=WHO, years=st.sampled_from([-1, 0, 1]))
    def set_clock_wrong(self, who: int, years: int) -> None:
        """Set a clock ten years back or ahead, or right again."""
        _who, laptop = self.at(who)
        laptop.skew_ms = years * TEN_YEARS_MS

    # --- the share

    @rule(what=st.sampled_from(["drop", "cut_short", "flip"]), pick=PICK, far=st.booleans())
    def harm(self, what: str, pick: int, *, far: bool) -> None:
        share = self.farther if far else self.share
        paths = share.of(".bundle")
        if paths:
            getattr(share, what)(paths[pick % len(paths)])

    @rule(pick=PICK, to=PICK)
    def misfile(self, pick: int, to: int) -> None:
        """Lay a copy of one bundle in the place of another: an old one again, or out of order."""
        paths = self.share.of(".bundle")
        if paths:
            self.share.copy(paths[pick % len(paths)], paths[to % len(paths)])

    @rule(pick=PICK, number=st.integers(1, 99))
    def repeat(self, pick: int, number: int) -> None:
        """Lay a copy of a bundle under a name of its own."""
        paths = self.share.of(".bundle")
        if paths:
            path = paths[pick % len(paths)]
            self.share.copy(path, f"{path.rpartition('/')[0]}/{number:010d}-{pick:032x}.bundle")

    @rule(late=st.booleans(), mixed=st.booleans())
    def list_badly(self, *, late: bool, mixed: bool) -> None:
        self.share.lists_late, self.share.lists_in_any_order = late, mixed

    @rule(how=st.sampled_from(["away", "full", "read_only", ""]))
    def fail(self, how: str) -> None:
        """Have the share away, full or read-only, or right again."""
        for one in ("away", "full", "read_only"):
            setattr(self.share, one, one == how)

    @rule(who=WHO)
    def part(self, who: int) -> None:
        """Cut somebody off, who reaches an old copy of the share from now on."""
        who, _laptop = self.at(who)
        if not self.far:
            self.farther.files = dict(self.share.files)
        if who:
            self.far.add(who)

    @rule()
    def meet(self) -> None:
        """Lay both copies of the share together again."""
        if self.far:
            self.share.files |= {
                path: raw
                for path, raw in self.farther.files.items()
                if path not in self.share.files
            }
            self.far.clear()

    @rule(pick=st.integers(0, 9))
    def put_share_back(self, pick: int) -> None:
        """Put the bundles on the share back to an older state."""
        paths = self.share.of(".bundle")
        for path in paths[len(paths) - pick * len(paths) // 20 :]:
            self.share.drop(path)

    def hide_since(self, share: HostileShare, folder: str, seq: int) -> None:
        """Lose all of a folder after a number."""
        for path in (one for one in share.of(folder) if one.endswith(".bundle")):
            if int(path.rpartition("/")[2][:10]) > seq:
                share.drop(path)


class Failing(Troubled):
    """The same, whose disks and power fail as well."""

    def __init__(self) -> None:
        super().__init__()
        self.backups: dict[int, tuple[Path, int]] = {}
        self.disks: dict[int, Path] = {}
        self.copies = 0

    # --- power

    @rule(who=WHO, step=st.integers(1, 30))
    def lose_power(self, who: int, step: int) -> None:
        """Lose power at a step of reading or writing the share."""
        who, laptop = self.at(who)
        share = self.reached(who)
        share.steps, share.cut_at = 0, step
        try:
            laptop.exchange(share)
        except ShareUnreachable:
            pass
        except PowerCut:
            laptop.close()
            self.crew.laptops[who] = laptop.reopened()
        share.cut_at = None

    @rule(who=WHO, moment=st.integers(1, 40))
    def lose_power_in_the_vault(self, who: int, moment: int) -> None:
        """Lose power at a statement that begins or ends a write of the vault, and all after it."""
        who, laptop = self.at(who)
        disk = self.copy_of(laptop)
        if lost_in_the_vault(laptop, self.reached(who), moment, disk):
            self.open_instead(who, disk)

    # --- disks

    @rule(who=WHO)
    def back_up(self, who: int) -> None:
        who, laptop = self.at(who)
        laptop.close()
        self.backups[who] = (self.copy_of(laptop), len(self.typed))
        shutil.copytree(laptop.folder, self.backups[who][0])
        self.crew.laptops[who] = laptop.reopened()

    @precondition(lambda self: self.backups)
    @rule(who=WHO, unseen=st.booleans())
    def put_back(self, who: int, *, unseen: bool) -> None:
        """Put a backup back. What was typed since then and shared with nobody is gone.

        Unseen, the share does not show what the laptop sent since then, and numbers are used twice.
        """
        who, _laptop = self.at(who)
        if who not in self.backups:
            return
        backup, turn = self.backups[who]
        self.open_instead(who, backup)
        self.may_be_lost(who, turn)
        laptop = self.crew.laptops[who]
        own = ledger.own_feed(laptop.store)
        if unseen and own is not None:
            self.hide_since(self.reached(who), laptop.seat.feed_folder(own.id), own.head_seq)
            self.type(who, FIELDS[0])
            self.exchange(who)

    @rule(who=WHO)
    def copy_or_change_disks(self, who: int) -> None:
        """Copy a disk; later take the copy into use in its stead, and again the first: both write.

        What was typed on the disk that is not in use is shared with nobody until it is again.
        """
        who, laptop = self.at(who)
        laptop.close()
        before = self.copy_of(laptop)
        shutil.copytree(laptop.folder, before)
        if who in self.disks:
            shutil.rmtree(laptop.folder)
            shutil.copytree(self.disks[who], laptop.folder)
            self.may_be_lost(who, 0)
        self.disks[who] = before
        self.crew.laptops[who] = laptop.reopened()

    @rule(who=WHO, witness=WHO)
    def write_twice(self, who: int, witness: int) -> None:
        self.back_up(who)
        self.type(who, FIELDS[0])
        self.exchange(who)
        self.exchange(witness)
        self.put_back(who, unseen=True)

    @rule(who=WHO, witness=WHO)
    def write_twice_and_lose_one(self, who: int, witness: int) -> None:
        """Write twice; nobody has the second any more, only what follows it."""
        self.write_twice(who, witness)
        who, laptop = self.at(who)
        own, seat = ledger.own_feed(laptop.store), laptop.seat
        self.type(who, FIELDS[1])
        self.exchange(who)
        if own is not None:
            path = seat.bundle_path(own.id, own.head_seq, own.head_id)
            self.reached(who).files.pop(path, None)
        self.put_back(who, unseen=False)

    # --- how

    def copy_of(self, laptop: Laptop) -> Path:
        """Return a place for a copy of a vault."""
        self.copies += 1
        return laptop.folder.with_name(f"copy {self.copies} of {laptop.folder.name}")

    def open_instead(self, who: int, copy: Path) -> None:
        """Have somebody's vault be as it was copied."""
        laptop = self.crew.laptops[who]
        laptop.close()
        shutil.rmtree(laptop.folder)
        shutil.copytree(copy, laptop.folder)
        skew = laptop.skew_ms
        self.crew.laptops[who] = laptop.reopened()
        self.crew.laptops[who].skew_ms = skew
