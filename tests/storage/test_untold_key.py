# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The key: wiped on every path, and in no word of any error."""

import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType

import pytest

from storage.errors import VaultDamaged, VaultError, VaultInUse
from storage.store import Store
from tests.storage.pen import Pen, opened

HERE = Path(__file__).name


def _spoil(offset: int) -> Callable[[Path], None]:
    def spoil(folder: Path) -> None:
        raw = bytearray((folder / "vault.db").read_bytes())
        raw[offset] ^= 0xFF
        (folder / "vault.db").write_bytes(raw)

    return spoil


def _only(raw: bytes) -> Callable[[Path], None]:
    def replace(folder: Path) -> None:
        (folder / "vault.db").write_bytes(raw)

    return replace


def _cut(folder: Path) -> None:
    raw = (folder / "vault.db").read_bytes()
    (folder / "vault.db").write_bytes(raw[: len(raw) // 2 + 7])


def _folder_instead(folder: Path) -> None:
    (folder / "vault.db").unlink()
    (folder / "vault.db").mkdir()


def _gone(folder: Path) -> None:
    (folder / "vault.db").unlink()


def _leave(_folder: Path) -> None:
    pass


def _marked(folder: Path) -> None:
    (folder.parent / ".dropbox").touch()


def _inside(order: str) -> Callable[[Path, bytes], None]:
    def alter(folder: Path, secret: bytes) -> None:
        store = opened(folder, secret)
        store.rows(order)
        store.close()

    return alter


SPOILED = {
    "missing": _gone,
    "a folder instead": _folder_instead,
    "empty": _only(b""),
    "short": _only(b"abc"),
    "plain": _only(b"SQLite format 3\0" + bytes(4_080)),
    "noise": _only(bytes(range(256)) * 64),
    "text": _only(b"not a vault at all " * 999),
    "salt altered": _spoil(3),
    "first page altered": _spoil(100),
    "first page's seal altered": _spoil(4_090),
    "cut": _cut,
    "in a synced folder": _marked,
}
KEYS: dict[str, Callable[[bytes], bytes]] = {
    "short by one": lambda key: key[:31],
    "half": lambda key: key[:16],
    "long by one": lambda key: key + b"k",
    "doubled": lambda key: key + key,
    "turned round": lambda key: key[::-1],
    "one bit off": lambda key: key[:31] + bytes([key[31] ^ 1]),
}
ALTERED = {
    "newer": "PRAGMA user_version = 999",
    "not Tandem's": "PRAGMA application_id = 1",
    "traces kept": "INSERT INTO words (words, rank) VALUES ('secure-delete', 0)",
    "no search": "DROP TABLE words",
    "too old to be true": "PRAGMA user_version = 0",
}


def _all_said(error: BaseException) -> str:
    """Return all that an error and those behind it say, with what our own frames hold."""
    said = "".join(traceback.format_exception(error)) + repr(error) + str(error)
    behind: BaseException | None = error
    while behind is not None:
        trace: TracebackType | None = behind.__traceback__
        while trace is not None:
            if not trace.tb_frame.f_code.co_filename.endswith(HERE):
                said += repr(trace.tb_frame.f_locals)
            trace = trace.tb_next
        behind = behind.__cause__ or behind.__context__
    return said


def assert_untold(error: BaseException, key: bytes) -> None:
    said = _all_said(error)
    for form in (key.hex(), key.hex().upper(), repr(key)[2:-1], str(list(key))[1:-1]):
        assert form not in said
        assert form[:12] not in said


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_vault_never_tells_its_key(closed: Path, secret: bytes, how: str) -> None:
    SPOILED[how](closed)
    key = bytearray(secret)
    with pytest.raises(VaultError) as caught:
        Store.open(closed, key).rows("SELECT * FROM record")  # damage may show only when read
    assert_untold(caught.value, secret)
    assert key == bytes(32)


@pytest.mark.parametrize("how", KEYS)
def test_a_wrong_key_is_never_told_and_is_wiped(closed: Path, secret: bytes, how: str) -> None:
    wrong = KEYS[how](secret)
    key = bytearray(wrong)
    with pytest.raises(VaultDamaged) as caught:
        Store.open(closed, key)
    assert_untold(caught.value, wrong)
    assert key == bytes(len(wrong))


@pytest.mark.parametrize("how", ALTERED)
def test_an_altered_vault_never_tells_its_key(closed: Path, secret: bytes, how: str) -> None:
    _inside(ALTERED[how])(closed, secret)
    key = bytearray(secret)
    with pytest.raises(VaultError) as caught:
        Store.open(closed, key)
    assert_untold(caught.value, secret)
    assert key == bytes(32)


def test_a_vault_that_cannot_be_made_never_tells_its_key(closed: Path, secret: bytes) -> None:
    for folder in (closed, closed / "nowhere"):
        key = bytearray(secret)
        with pytest.raises(VaultError) as caught:
            Store.create(folder, key)
        assert_untold(caught.value, secret)
        assert key == bytes(32)


def test_a_vault_in_use_never_tells_its_key(store: Store, place: Path, secret: bytes) -> None:
    key = bytearray(secret)
    with pytest.raises(VaultInUse) as caught:
        Store.open(place, key)
    assert_untold(caught.value, secret)
    assert key == bytes(32)


def test_a_key_that_served_is_wiped(closed: Path, secret: bytes) -> None:
    key = bytearray(secret)
    Store.open(closed, key).close()
    assert key == bytes(32)


def test_a_page_damaged_while_closed_is_told_as_damage(
    pen: Pen, place: Path, secret: bytes
) -> None:
    for number in range(40):
        pen.write("note", {"note": f"{number} " * 400})
    pen.store.close()
    size = (place / "vault.db").stat().st_size
    for page in range(8, size // 4_096):
        _spoil(page * 4_096 + 50)(place)
    with pytest.raises(VaultDamaged, match="safe with your team"):
        opened(place, secret).rows("SELECT * FROM record")
