# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A new key cut short: the power goes, or the process is killed, while a vault is encrypted anew.

What must hold at every moment: the passphrase opens it, and so do the recovery words; one key is in
the slots, never two; all that was acknowledged is there, and every page of it is whole.

The control is the same without flushes: the simulator must find it out.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from storage import entry, holders, keyfile, ledger, recovery, unlock
from storage.check import check
from storage.connection import opens
from storage.keyfile import TEAM
from tests.soak.disk import Cut, cuts, replayed
from tests.soak.figures import note, quick_scratch, scratch, small, tell
from tests.soak.recorder import Recording, record
from tests.storage.pen import OWN, START_MS, Pen, feed
from tests.storage.safe import FAST, OLD

CUTS, CONTROL = 500, 40
KILLED = 0.4
"""Of the cuts, so many end the process and leave the power on."""
NOTES = 40
PAPER = recovery.new_seed()
WORDS = " ".join(recovery.words_of(PAPER))


def worked_in(folder: Path) -> Path:
    """Make a vault with some work in it, sealed to a team's paper."""
    store = entry.create(folder, OLD, cost=FAST, floor=FAST)
    with store.transaction():
        ledger.use_feed(store, feed(OWN), author="ann")
        holders.name(store, TEAM, recovery.public_of(PAPER))
    pen = Pen(store)
    for number in range(NOTES):
        pen.write("note", {"note": f"{number} kettle talk by the quay " * 60})
    holders.put_in_order(store)
    store.close()
    return folder


def recorded(folder: Path, book: Path) -> Recording:
    """Record how it is given two new keys, one after the other."""
    return record("tests.soak.rekeying", [str(folder)], folder=folder, book=book)


def wrong_after_cuts(some: Iterable[Cut], place: Path) -> Sequence[list[str]]:
    """Return what is wrong after each of some cuts; nothing, if all is well."""
    found = []
    for cut in some:
        place.mkdir()
        for name, raw in cut.files.items():
            (place / name).write_bytes(raw)
        said = [json.loads(one) for one in cut.marks]
        found.append(wrong_after(place, max((one.get("work", -1) for one in said), default=-1)))
        shutil.rmtree(place)
    return found


def wrong_after(place: Path, work: int) -> list[str]:
    """Return what is wrong with a vault after a cut; `work` was acknowledged last."""
    shutil.copytree(place, place.with_name("paper"))
    try:
        return _wrong(place, place.with_name("paper"), work)
    except Exception as error:  # noqa: BLE001  whatever it is, it is wrong
        return [repr(error)]
    finally:
        shutil.rmtree(place.with_name("paper"))


def _wrong(place: Path, beside: Path, work: int) -> list[str]:
    paper = unlock.unlock_with_recovery(beside, WORDS)
    entered = entry.enter(place, OLD, now_ms=START_MS, floor=FAST)
    store, found = entered.store, keyfile.read(place / keyfile.NAME)
    kept = store.get("work")
    wrong = [one.words for one in check(store)]
    wrong += [] if (isinstance(kept, int) and kept >= work) or work < 0 else [f"work {kept}<{work}"]
    wrong += [] if store.rows("SELECT count(*) FROM record") == [(NOTES,)] else ["records"]
    wrong += [] if len({one.turn for one in found.slots}) == 1 else ["two keys in the slots"]
    kinds = sorted(one.kind for one in found.slots)
    wrong += [] if kinds == ["own", "passphrase", "team"] else [str(kinds)]
    store.close()
    wrong += [] if opens(place, paper) else ["the paper opens something else"]
    return wrong


def caught(done: Recording, place: Path, *, count: int) -> int:
    """Return how often it is found out that keys were said to be new and nothing was flushed."""
    notes = tuple(one for one in done.notes if one.what not in "SD")
    late = cuts(replace(done, notes=notes), seed="late", count=count, since=len(notes))
    return sum(bool(wrong) for wrong in wrong_after_cuts(late, place))


def main() -> None:
    """Measure."""
    count, control = (50, 10) if small() else (CUTS, CONTROL)
    with scratch() as made, quick_scratch() as quick:
        done = recorded(worked_in(made / "vault"), made / "notes")
        some = cuts(done, seed="rekey", count=count, killed=KILLED)
        wrong = Counter(one for each in wrong_after_cuts(some, quick / "cut") for one in set(each))
        note(f"rekey: {dict(wrong)}")
        found = caught(done, quick / "cut", count=control)
        missed = replayed(done) != dict(done.after)
    tell("A new key: cut short, by power or by force", count, "", CUTS, at_least=True)
    tell("A new key: faults in what was left", wrong.total(), "", 0)
    tell("A new key: with a write the simulator missed", int(missed), "", 0)
    percent = round(100 * found / control, 1)
    tell("A new key: caught when nothing is flushed (control)", percent, "%", 50, at_least=True)


if __name__ == "__main__":
    main()
