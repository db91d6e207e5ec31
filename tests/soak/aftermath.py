# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""After a power cut: is all there that somebody was told is safe, and does the vault make sense?

What was told is read from the marks of `at_work`. What was under way when the power went may have
been done or not, but whole; an exchange may have come any way.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec

from desktop_app.casework.records import Answers, Edit, new_id
from storage import ledger, waiting
from storage.check import check
from storage.errors import VaultError, WrongPassphrase
from storage.store import Store
from storage.unlock import unlock
from sync import places
from sync.history import rebuild
from sync.seat import seat_of
from tests.soak.workplace import LOW, WORDS

LOST, UNSOUND = "lost", "unsound"
Fault = tuple[str, str]
"""Its kind, and what is wrong, in words."""


@dataclass(slots=True)
class Told:
    """What somebody knows to be safe, and what was under way.

    Attributes:
        answers: by record, what was saved in it.
        coming: what was being saved.
        drafts: by client, what was typed; None for forgotten.
        typing: the draft that was being kept.
        words: the passphrase.
        new_words: the one it was being changed to.
        heads: how far each feed had been taken in when an exchange last ended.
        sent: paths of what may have left the laptop.
    """

    answers: dict[str, Answers] = field(default_factory=dict)
    coming: dict[str, Answers] = field(default_factory=dict)
    drafts: dict[str, str | None] = field(default_factory=dict)
    typing: dict[str, str | None] = field(default_factory=dict)
    words: str = WORDS
    new_words: str = ""
    heads: dict[str, int] = field(default_factory=dict)
    sent: list[str] = field(default_factory=list)

    def hear(self, said: dict[str, Any]) -> None:
        """Take in one mark."""
        match said:
            case {"about_to": "save", "edits": edits}:
                self.coming = {
                    record: {**self.answers.get(record, {}), **answers} for record, answers in edits
                }
            case {"about_to": "draft", "client": client, "note": note}:
                self.typing = {client: note}
            case {"about_to": "words", "words": words}:
                self.new_words = words
            case {"done": "exchange", "heads": heads}:
                self.heads = heads
            case {"done": _}:
                self._done()
            case {"undone": _}:
                self.coming, self.typing, self.new_words = {}, {}, ""
            case {"sent": paths}:
                self.sent += paths
            case _:
                raise ValueError(said)

    def _done(self) -> None:
        self.answers |= self.coming
        self.drafts |= self.typing
        self.words = self.new_words or self.words
        self.coming, self.typing, self.new_words = {}, {}, ""


def told(marks: Sequence[bytes]) -> Told:
    """Return what somebody had been told by then."""
    heard = Told()
    for one in marks:
        heard.hear(json.loads(one))
    return heard


def laid(files: dict[str, bytes], folder: Path, *, folders: Sequence[str] = ()) -> None:
    """Put files, and folders, into an empty folder."""
    folder.mkdir()
    for name in folders:
        (folder / name).mkdir(parents=True, exist_ok=True)
    for name, raw in files.items():
        (folder / name).write_bytes(raw)


def faults(folder: Path, known: Told) -> list[Fault]:
    """Open a vault as its owner would after a power cut; return what is wrong, nothing if all is
    well.
    """
    try:
        key = _key(folder, known)
    except VaultError as error:
        return [(UNSOUND, f"no passphrase opens it: {type(error).__name__}")]
    try:
        store = Store.open(folder, key)
    except VaultError as error:
        return [(UNSOUND, f"it does not open: {type(error).__name__}")]
    found: list[Fault] = []
    try:
        for look in (_as_new, _kept, _drafts, _known, _whole, _agrees, _goes_on):
            found += look(store, known)
        store.close()
    except VaultError as error:
        store.db.close()
        found.append((UNSOUND, f"it cannot be read: {type(error).__name__}"))
    return found + list(_shut(folder))


def _key(folder: Path, known: Told) -> bytearray:
    """Open it with the passphrase, or the one it was being changed to."""
    try:
        return unlock(folder, known.words, floor=LOW)
    except WrongPassphrase:
        if not known.new_words:
            raise
        return unlock(folder, known.new_words, floor=LOW)


def _as_new(store: Store, _known: Told) -> Iterator[Fault]:
    """See that a power cut is not taken for an old copy put back."""
    if store.older:
        yield UNSOUND, "the vault is called older than it should be"


def _kept(store: Store, known: Told) -> Iterator[Fault]:
    """See that what was saved is there whole, and what was being saved whole or not at all."""
    records = sorted(known.answers | known.coming)
    held = {one.id.hex(): one.answers for one in store.records(list(map(bytes.fromhex, records)))}
    there = {record: held.get(record, {}) for record in records}
    before = {record: known.answers.get(record, {}) for record in records}
    if there not in (before, before | known.coming):
        gone = [
            one for one in known.answers if there[one] not in (before[one], known.coming.get(one))
        ]
        kind = LOST if gone else UNSOUND
        yield kind, f"{len(gone)} saved records are not as they were saved"


def _drafts(store: Store, known: Told) -> Iterator[Fault]:
    held = {one.client.hex(): one.answers.get("note") for one in store.drafts()}
    for client in known.drafts | known.typing:
        may_be = [
            known.drafts.get(client),
            *([known.typing[client]] if client in known.typing else []),
        ]
        if held.get(client) not in may_be:
            yield LOST, "a draft is not as it was kept"


def _known(store: Store, known: Told) -> Iterator[Fault]:
    """See that what came is still there, and that the laptop knows all it may have sent."""
    feeds, seat, own = ledger.feeds(store), seat_of(store), ledger.own_feed(store)
    if seat is None or own is None:
        yield LOST, "it is in no team"
        return
    for number, seq in known.heads.items():
        feed = feeds.get(int(number))
        if feed is None or feed.head_seq < seq:
            yield LOST, "bundles that had been taken in are gone"
    ours = [path for path in known.sent if path.startswith(seat.feed_folder(own.id))]
    for found in (places.numbered(path.rpartition("/")[2]) for path in ours):
        if found is not None and found[0] > own.head_seq:
            yield LOST, f"bundle {found[0]} may have been sent, and the vault knows nothing of it"


def _whole(store: Store, _known: Told) -> Iterator[Fault]:
    for one in check(store):
        yield UNSOUND, f"check: {one.what}"


def _agrees(store: Store, _known: Told) -> Iterator[Fault]:
    """See that the log, what waits and the records say the same."""
    for seq, raw in store.rows(
        "SELECT seq, filled FROM pending WHERE filled IS NOT NULL ORDER BY place DESC LIMIT 1"
    ):
        counted = store.rows("SELECT sum(changes) FROM pending WHERE seq = ?", (seq,))[0][0]
        if msgspec.msgpack.decode(raw)[0] != counted:
            yield UNSOUND, "what waits is not what was counted"
    for raw, stated in store.rows("SELECT raw, changes FROM pending"):
        if len(waiting.read(raw)) != stated:
            yield UNSOUND, "what waits is not what its row says"
    seat = seat_of(store)
    if seat is None:
        return
    store.count_again()
    before = _derived(store)
    rebuild(store, seat)
    store.count_again()
    if _derived(store) != before:
        yield UNSOUND, "the records are not what the log says"


def _derived(store: Store) -> list[list[tuple[Any, ...]]]:
    return [
        store.rows(
            "SELECT id, form, client, audience, author, happened, live, trail, conflict, withdrawn"
            " FROM record ORDER BY id"
        ),
        store.rows(
            "SELECT client, reference, name, born, last_seen, setting, setting_code, key_worker,"
            " alerts FROM caseload ORDER BY client"
        ),
        store.rows("SELECT person, client FROM works_with ORDER BY person, client"),
    ]


def _goes_on(store: Store, _known: Told) -> Iterator[Fault]:
    """See that work can go on."""
    record = new_id(1, bytes(10))
    now_ms = max(one.last_at for one in ledger.feeds(store).values())
    store.save([Edit("note", record, b"", "partners", {"note": "on"})], now_ms=now_ms)
    held = store.record(record)
    if held is None or held.answers != {"note": "on"}:
        yield UNSOUND, "nothing can be saved"


def _shut(folder: Path) -> Iterator[Fault]:
    """See that nothing is left beside a closed vault, but for a slot file half written."""
    usual = {"vault.db", "vault.keys", "vault.keys.new", "vault.mark"}
    left = {one.name for one in folder.iterdir()} - usual
    if left - {"vault.keys.before.new"}:
        yield UNSOUND, f"left behind: {sorted(left)}"
