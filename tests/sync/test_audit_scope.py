# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Who can read the audit: whoever holds its key, tried with every key in everybody's vault."""

import msgspec

from desktop_app.casework import audit
from desktop_app.casework.audience import AUDIT
from desktop_app.casework.audit import sight
from desktop_app.casework.records import new_id
from storage import ledger
from sync.bundle import open_outer, read_section
from sync.reasons import SetAside
from sync.seals import NotOpened, open_box
from sync.wire import BOX
from tests.sync.laptops import Four, Laptop

LEE = b"l" * 16


def look_around(laptop: Laptop) -> None:
    """Write that somebody looked at a client."""
    entry = audit.consultation(
        sight("client", clients=[LEE]),
        record=new_id(laptop.clock.later(1), laptop.dice.randbytes(10)),
        at="2026-05-30T09:00",
        reason="casework",
    )
    laptop.store.save([entry], now_ms=laptop.now_ms)


def rows_of_audit(laptop: Laptop) -> int:
    """Count the records for the audit, and the words of it that wait, in a vault."""
    count = laptop.store.rows("SELECT count(*) FROM record WHERE audience = 'audit'")[0][0]
    waiting = [one for _seq, some in ledger.pending(laptop.store) for one in some]
    return int(count) + sum(one.audience == AUDIT for one in waiting)


def every_key(laptop: Laptop) -> set[bytes]:
    """Return every 32 bytes in a vault's keys that might be one, inside documents too."""
    found = set[bytes]()

    def take(value: object) -> None:
        if isinstance(value, bytes):
            if len(value) == 32:
                found.add(value)
            else:
                try:
                    take(msgspec.msgpack.decode(value))
                except (msgspec.MsgspecError, RecursionError, UnicodeError):
                    return
        elif isinstance(value, dict):
            for key, held in value.items():
                take(key)
                take(held)
        elif isinstance(value, list | tuple):
            for held in value:
                take(held)

    for (value,) in laptop.store.rows("SELECT value FROM secret"):
        take(bytes(value))
    return found


def opened_sections(laptop: Laptop) -> int:
    """Count the sections for the audit some key of this vault opens, in all it holds."""
    count, seat, keys = 0, laptop.seat, every_key(laptop)
    for _row, held in ledger.bundles(laptop.store):
        opened = open_outer(held.raw, team=seat.chain.team, team_keys=seat.team_keys)
        for index, entry in enumerate(opened.header.secs):
            if entry.audience != AUDIT:
                continue
            for key in keys:
                try:
                    read_section(opened, index, open_box(key, opened.sections[index][:BOX]))
                    count += 1
                except (NotOpened, SetAside):
                    pass
                try:
                    read_section(opened, index, key)
                    count += 1
                except SetAside:
                    pass
    return count


def test_no_vault_but_the_officers_holds_a_row_or_a_key_of_the_audit(four: Four) -> None:
    for laptop in four:
        look_around(laptop)
    four.everybody_exchanges()
    assert rows_of_audit(four.grant) == 4
    assert opened_sections(four.grant) > 0, "or this test could not fail"
    for laptop in (four.ann, four.shah, four.bell):
        assert (rows_of_audit(laptop), opened_sections(laptop)) == (0, 0)


def test_until_it_is_shared_an_entry_waits_in_its_writers_vault_alone(four: Four) -> None:
    look_around(four.shah)
    assert rows_of_audit(four.shah) == 1, "it waits to be sent"
    assert [rows_of_audit(one) for one in (four.grant, four.ann, four.bell)] == [0, 0, 0]
    four.shah.exchange(four.share)
    assert rows_of_audit(four.shah) == 0
