# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A page altered on the disk: what is read is right, or it is refused; never a wrong answer."""

from pathlib import Path

from desktop_app.casework.records import Answers
from storage.connection import DB
from storage.errors import VaultError
from storage.store import Store
from tests.storage.pen import Pen

PAGE = 4096
LONG = "Let us in by the side door. " * 400


def test_no_altered_page_is_ever_read_as_something_else(
    pen: Pen, place: Path, secret: bytes
) -> None:
    notes = {pen.write("note", {"note": f"{number}: {LONG}"}) for number in range(6)}
    told = {one: pen.answers(one) for one in notes}
    pen.store.close()
    path = place / DB
    whole = path.read_bytes()
    refused = 0
    for start in range(0, len(whole), PAGE):
        altered = bytearray(whole)
        altered[start + PAGE // 2] ^= 1
        path.write_bytes(altered)
        refused += not all_right(place, secret, told)
    path.write_bytes(whole)
    assert refused > len(notes)
    assert all_right(place, secret, told)


def all_right(folder: Path, secret: bytes, told: dict[bytes, Answers]) -> bool:
    """Read everything; say whether it could be read. What could be is as it was told."""
    try:
        store = Store.open(folder, bytearray(secret))
    except VaultError:
        return False
    right = True
    for one, answers in told.items():
        try:
            record = store.record(one)
        except VaultError:
            right = False
        else:
            assert record is not None
            assert record.answers == answers
    store.db.close()
    return right


def test_a_client_is_not_counted_again_from_a_page_that_was_altered(
    pen: Pen, place: Path, secret: bytes
) -> None:
    """What is counted again reads whole records, and the end of a long one may come as zeros."""
    client = pen.client("Croft")
    for n in range(6):
        told: Answers = {"headline": f"{n}: {LONG}", "set_on": "2026-01-01"}
        pen.write("alert", told, client=client)
    pen.store.close()
    path = place / DB
    whole, refused, right = path.read_bytes(), 0, 0
    for start in range(0, len(whole), PAGE):
        altered = bytearray(whole)
        altered[start + PAGE // 2] ^= 1
        path.write_bytes(altered)
        try:
            alerts = counted_again(place, secret, client)
        except VaultError:
            refused += 1
        else:
            right += 1
            assert alerts == 6
        path.write_bytes(whole)
    assert refused > 6
    assert right


def counted_again(folder: Path, secret: bytes, client: bytes) -> int:
    """Count a client again; return how many alerts hold."""
    store = Store.open(folder, bytearray(secret))
    try:
        store.write("INSERT OR REPLACE INTO recount VALUES (?, 3)", (client,))
        store.count_again()
        rows = store.rows("SELECT alerts FROM caseload WHERE client = ?", (client,))
        return int(rows[0][0])
    finally:
        store.db.close()
