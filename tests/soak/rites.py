# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Rites cut short: the power goes, or the process is killed, in the middle of what is done seldom.

What must hold at every moment: one key opens the vault, the old or the new, never neither; what is
in it is what was in it; the vault that was there before is there until the new one is; no half
backup counts as one; nothing is left behind that could open the vault one day; and what was cut
short can be done again.

The control is the same without flushes: the simulator must find it out.
"""

import re
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path

import msgspec

from desktop_app.casework.audience import AUDIT
from storage import connection, copies, ledger, recovery, unlock, waiting
from storage.backup import RECOVERY, back_up
from storage.check import check
from storage.durable import TRIES, finish_all, unfinished
from storage.errors import VaultError
from storage.open_vault import OpenVault
from storage.repair import repair
from storage.restore import restore
from storage.store import Store
from tests.soak.aftermath import laid
from tests.soak.at_rites import ANEW, RITES, STICK, VAULT, tomorrow
from tests.soak.disk import Cut, cuts, replayed
from tests.soak.figures import note, quick_scratch, scratch, small, tell
from tests.soak.recorder import Recording, record
from tests.storage.pen import START_MS, Pen
from tests.storage.safe import DAY_MS, FAST, NEW, OLD, kept_in

CUTS, CONTROL = 800, 80
KILLED = 0.4
"""Of the cuts, so many end the process and leave the power on."""
CLIENTS, NOTES, PAGE = 6, 60, 4096
_BACKUP = re.compile(r"tandem-backup-\d{4}-\d{2}-\d{2}-[0-9a-f]{8}")
_OWN_WAY = frozenset({"value", "secret", "recount", "sound", "board", "board_again"})
"""Tables that a rite may alter: settings, keys, and what is counted again when it is asked for."""


@dataclass(slots=True)
class Told:
    """What somebody knows: what opens the vault, what may open it, which backups there are."""

    words: str = OLD
    new_words: str = ""
    paper: str = ""
    new_paper: str = ""
    backups: list[str] = field(default_factory=list)
    done: bool = False

    def hear(self, mark: bytes) -> None:
        """Take in one mark."""
        match msgspec.json.decode(mark):
            case {"about_to": "words", "words": words}:
                self.new_words, self.done = words, False
            case {"about_to": "paper", "paper": paper}:
                self.new_paper = paper
            case {"about_to": _}:
                pass
            case {"done": "backup", "made": made}:
                self.backups.append(made)
            case {"done": "rite", "words": words}:
                self.words, self.new_words, self.done = words, "", True
                self.paper, self.new_paper = self.new_paper or self.paper, ""
            case said:
                raise ValueError(said)


@dataclass(frozen=True, slots=True)
class Rite:
    """A rite that was recorded.

    Attributes:
        name: of the rite.
        recording: of what it did.
        paper: the recovery words from before.
        was: the vault's files from before, by name.
        holds: what the vault may hold: as before, and as it was left; None for what is damaged.
    """

    name: str
    recording: Recording
    paper: str
    was: dict[str, bytes]
    holds: tuple[bytes | None, bytes]

    def program(self) -> AbstractContextManager[None]:
        """Be the Tandem that opens the vault afterwards."""
        return tomorrow() if self.name == "migrate" else nullcontext()

    @property
    def vault(self) -> str:
        """Return where the vault is looked for."""
        return ANEW if self.name == "restore_anew" else VAULT


def rite(name: str, place: Path) -> Rite:
    """Make a vault and record a rite of it."""
    root = place / "root"
    place.mkdir(exist_ok=True)
    with kept_in(root) as kept:
        pen = Pen(kept.store, START_MS + 10**9, 100)
        clients = [pen.client(f"Name{n}", "Ann") for n in range(CLIENTS)]
        for n in range(NOTES):
            pen.write("note", {"note": f"{n} " + "x" * 200}, client=clients[n % CLIENTS])
        kept.to.mkdir()
        if name.startswith("restore"):
            kept.back_up()
        kept.store.close()
        paper = kept.paper
    vault = root / VAULT
    unlock.wipe(unlock.unlock(vault, OLD, floor=FAST))  # settles its slot file
    before: bytes | None = contents(vault, OLD)
    if name == "repair":
        _damage(vault)
        before = None
    was = {one.name: one.read_bytes() for one in vault.iterdir()}
    recording = record(
        "tests.soak.at_rites", [name, str(root), paper], folder=root, book=place / "notes"
    )
    told = Told(paper=paper)
    for one in recording.notes:
        if one.what == "M":
            told.hear(one.body)
    done = Rite(name, recording, paper, was, (before, b""))
    with done.program():
        after = contents(root / done.vault, told.words)
    shutil.rmtree(root)
    return replace(done, holds=(before, after))


def contents(folder: Path, words: str) -> bytes:
    """Return a digest of all a vault holds, but for what a rite may alter."""
    store = Store.open(folder, unlock.unlock(folder, words, floor=FAST))
    try:
        return digest(store)
    finally:
        store.close()


def digest(vault: OpenVault) -> bytes:
    """Return a digest of an open one."""
    found = blake2b(digest_size=16)
    for name in copies.tables(vault):
        if name not in _OWN_WAY and not name.startswith("words"):
            rows = vault.rows(f'SELECT * FROM "{name}"')  # noqa: S608  the schema's own name
            if name == "pending":  # that a rite was done is written into it
                some = [one for row in rows for one in waiting.packed(row[-1])]
                rows = [(one.record, bytes(one.answers)) for one in some if one.audience != AUDIT]
            found.update(repr((name, sorted(map(repr, rows)))).encode())
    return found.digest()


def faults(done: Rite, cut: Cut, place: Path) -> list[str]:
    """Return what is wrong after one cut; nothing, if all is well."""
    told = Told(paper=done.paper)
    for one in cut.marks:
        told.hear(one)
    laid(cut.files, place, folders=cut.folders)
    try:
        with done.program():
            return [*_found(done, told, place)]
    except VaultError as error:
        return [f"{done.name}: {type(error).__name__}"]
    finally:
        shutil.rmtree(place)


def _found(done: Rite, told: Told, place: Path) -> Iterator[str]:
    finish_all(place / "vaults")
    yield from _old_is_there(done, told, place)
    yield from _backups(done, told, place / STICK)
    folder = place / done.vault
    if done.name == "restore_anew" and not folder.exists():
        if told.done:
            yield "a vault that was restored is not there"
        return
    words = [one for one in (told.words, told.new_words) if one and _opens(folder, one)]
    if not words:
        yield "no passphrase opens it"
        return
    if told.done and told.words != OLD and _opens(folder, OLD):
        yield "the old passphrase still opens it"
    if not any(_opens_with(folder, one) for one in (told.paper, told.new_paper) if one):
        yield "no recovery words open it"
    yield from _whole(done, told, folder, words[0])
    yield from _again(done, told, place, words[0])


def _opens(folder: Path, words: str) -> bool:
    try:
        unlock.wipe(unlock.unlock(folder, words, floor=FAST))
    except VaultError:
        return False
    return True


def _opens_with(folder: Path, paper: str) -> bool:
    try:
        unlock.wipe(unlock.unlock_with_recovery(folder, paper))
    except VaultError:
        return False
    return True


def _old_is_there(done: Rite, told: Told, place: Path) -> Iterator[str]:
    """See that the vault from before is there byte for byte, in its place or kept beside."""
    if done.name not in ("restore", "restore_anew", "repair"):
        return
    lie = [one for one in (place / "vaults").iterdir() if not one.name.startswith(".")]
    if not any(_same(one, done.was) for one in lie):
        yield "the vault from before is lost"
    if told.done and done.vault == VAULT and _same(place / VAULT, done.was):
        yield "what was acknowledged was not done"


def _same(folder: Path, files: dict[str, bytes]) -> bool:
    names = ("vault.db", "vault.keys")
    return all(
        (folder / one).is_file() and (folder / one).read_bytes() == files[one] for one in names
    )


def _backups(done: Rite, told: Told, stick: Path) -> Iterator[str]:
    """See that every folder named as a backup is one, and that the newest told of, or newer, is."""
    lie = [one for one in stick.iterdir() if _BACKUP.fullmatch(one.name)]
    if told.backups and told.backups[-1] > max((one.name for one in lie), default=""):
        yield "a backup that was acknowledged is gone"
    for one in lie:
        try:
            key = unlock.unlock_with_recovery(one, done.paper)
            db = connection.peek(one, key)
            try:
                same = digest(OpenVault(db)) in done.holds
            finally:
                db.close()
        except VaultError as error:
            same = False
            yield f"a backup does not open: {type(error).__name__}"
        if not same:
            yield "a backup does not hold what the vault holds"


def _whole(done: Rite, told: Told, folder: Path, words: str) -> Iterator[str]:
    """See that it holds what it held, or what it was to hold, and is in order."""
    before, after = done.holds
    if before is None and not told.done and _same(folder, done.was):
        return
    store = Store.open(folder, unlock.unlock(folder, words, floor=FAST))
    try:
        if digest(store) not in ((after,) if told.done else (before, after)):
            yield "it does not hold what it held"
        yield from (f"check: {one.what}" for one in check(store))
        public = ledger.key(store, RECOVERY)
        papers = [one for one in (told.paper, told.new_paper) if one]
        if public not in [recovery.public_of(recovery.seed_of(one)) for one in papers]:
            yield "backups would be sealed to nobody's words"
    finally:
        store.close()


def _again(done: Rite, told: Told, place: Path, words: str) -> Iterator[str]:
    """See that it can all be done again, and leaves nothing behind."""
    folder = place / done.vault
    if done.name == "repair":
        repair(folder, unlock.unlock(folder, words, floor=FAST), now_ms=START_MS)
    if done.name.startswith("restore"):
        backup = next(iter((place / STICK).iterdir()))
        restore(
            backup, folder, words=done.paper, passphrase=NEW, now_ms=START_MS, cost=FAST, floor=FAST
        )
        words = NEW
    store = Store.open(folder, unlock.unlock(folder, words, floor=FAST))
    back_up(store, folder, place / STICK, now_ms=START_MS + 3 * DAY_MS)
    store.close()
    told_at_sign_in = {TRIES, unfinished(Path(TRIES)).name}  # that the recovery words were used
    left = {one.name for one in folder.iterdir()} - {"vault.db", "vault.keys"} - told_at_sign_in
    left |= {one.name for one in (place / "vaults").iterdir() if one.name.startswith(".")}
    # A part so new that it does not say whose it is may be somebody else's; it holds nothing.
    left |= {one.parent.name for one in (place / STICK).glob("*.part/vault.db")}
    if left:
        yield f"left behind: {sorted(left)}"


def _damage(vault: Path) -> None:
    """Alter a page in the middle of the store."""
    raw = bytearray((vault / "vault.db").read_bytes())
    raw[len(raw) // PAGE // 2 * PAGE + 300] ^= 1
    (vault / "vault.db").write_bytes(raw)


def suffered(done: Rite, place: Path, *, seed: str, count: int) -> Counter[str]:
    """Cut a rite short so many times; return what is wrong, and after how many cuts."""
    wrong = Counter[str]()
    for cut in cuts(done.recording, seed=seed, count=count, killed=KILLED):
        wrong.update(f"{done.name}: {one}" for one in set(faults(done, cut, place / "cut")))
    return wrong


def caught(done: Rite, place: Path, *, count: int) -> int:
    """Return how often it is found out that a rite was said to be done and nothing was flushed."""
    notes = tuple(one for one in done.recording.notes if one.what not in "SD")
    said = replace(done.recording, notes=notes)
    late = cuts(said, seed=done.name, count=count, since=len(notes))
    return sum(bool(faults(done, cut, place / "cut")) for cut in late)


def main() -> None:
    """Measure."""
    count, control = (80, 24) if small() else (CUTS, CONTROL)
    wrong, unseen, found = Counter[str](), 0, 0
    with scratch() as place, quick_scratch() as quick:
        for name in RITES:
            done = rite(name, place / name)
            unseen += replayed(done.recording) != dict(done.recording.after)
            wrong += suffered(done, quick, seed=name, count=count // len(RITES))
            note(f"{name}: {dict(wrong)}")
            found += caught(done, quick, count=control // len(RITES))
    tell("Rites: cut short, by power or by force", count, "", CUTS, at_least=True)
    tell("Rites: faults in what was left", wrong.total(), "", 0)
    tell("Rites: with a write the simulator missed", unseen, "", 0)
    percent = round(100 * found / control, 1)
    tell("Rites: caught when nothing is flushed (control)", percent, "%", 50, at_least=True)


if __name__ == "__main__":
    main()
