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
