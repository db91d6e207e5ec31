# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem verify`: a table of the audit is as it was signed, or it is not."""

from pathlib import Path

from sync.extract import sign_extract
from sync.seat import seated
from tests.journeys.commands import run
from tests.journeys.test_command_line import made, store_of, town_at

__all__ = ["made", "town_at"]


def test_a_table_is_verified_against_the_team(town_at: Path, tmp_path: Path) -> None:
    table = tmp_path / "audit.csv"
    table.write_bytes(b"When,Who\r\n")
    store = store_of(town_at, "lowe")
    try:
        said = sign_extract(seated(store), table.read_bytes())
    finally:
        store.close()
    signature = tmp_path / "audit.csv.sig"
    signature.write_text(said + "\n", encoding="ascii")
    vault = town_at / "vaults" / "osei"
    good = run("verify", table, "--vault", vault)
    assert good.status == 0, good.err
    assert "M. Lowe" in good.out
    table.write_bytes(b"When,Who,\r\n")
    bad = run("verify", table, "--vault", vault)
    assert bad.status == 1
    assert "Do not rely on it" in bad.err
    signature.unlink()
    missing = run("verify", table, "--vault", vault)
    assert missing.status == 1
    assert "Nothing was checked" in missing.err
