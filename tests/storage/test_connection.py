# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Opening and closing the encrypted file: every rule of storage/connection.py and places.py."""

import errno
import os
import sqlite3
import traceback
from collections.abc import Callable
from pathlib import Path, PureWindowsPath
from types import TracebackType

import pytest
from sqlcipher3 import dbapi2 as sqlcipher

from storage import durable, places
from storage.connection import APPLICATION, settle
from storage.errors import (
    LaptopFull,
    LaptopRefuses,
    UnsafeBuild,
    VaultDamaged,
    VaultError,
    VaultInUse,
    VaultMisplaced,
    VaultMissing,
    VaultNewer,
)
from storage.schema import migrations
from storage.store import Store
from tests.storage.pen import Pen

WAYS: tuple[Callable[[Path, bytearray], Store], ...] = (Store.create, Store.open)
SENTINELS = ("Quillfeather", "Brambleholt", "kingfisherly")
HERE = Path(__file__).name


@pytest.fixture
def closed(store: Store, place: Path) -> Path:
    """Give the folder of a vault that is closed."""
    store.close()
    return place


def opened(folder: Path, secret: bytes) -> Store:
    return Store.open(folder, bytearray(secret))


# What is refused


def test_a_missing_file_is_refused_and_never_made(tmp_path: Path, secret: bytes) -> None:
    with pytest.raises(VaultMissing):
        opened(tmp_path, secret)
    with pytest.raises(VaultMissing):
        opened(tmp_path / "nowhere", secret)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("length", [0, 1, 15])
def test_an_empty_or_tiny_file_is_refused_and_left_as_it_is(
    tmp_path: Path, secret: bytes, length: int
) -> None:
    (tmp_path / "vault.db").write_bytes(b"x" * length)
    with pytest.raises(VaultDamaged):
        opened(tmp_path, secret)
    assert (tmp_path / "vault.db").read_bytes() == b"x" * length
    assert [one.name for one in tmp_path.iterdir()] == ["vault.db"]


def test_an_unencrypted_file_is_refused(tmp_path: Path, secret: bytes) -> None:
    plain = sqlite3.connect(tmp_path / "vault.db")
    plain.execute("CREATE TABLE record (id)")
    plain.close()
    before = (tmp_path / "vault.db").read_bytes()
    with pytest.raises(VaultDamaged):
        opened(tmp_path, secret)
    assert (tmp_path / "vault.db").read_bytes() == before


def test_another_key_opens_nothing_and_harms_nothing(closed: Path, secret: bytes) -> None:
    before = (closed / "vault.db").read_bytes()
    with pytest.raises(VaultDamaged):
        opened(closed, os.urandom(32))
    assert (closed / "vault.db").read_bytes() == before
    opened(closed, secret).close()


def test_a_second_tandem_is_told_that_the_vault_is_in_use(
    store: Store, place: Path, secret: bytes
) -> None:
    with pytest.raises(VaultInUse, match="already open"):
        opened(place, secret)
    store.put("still", 1)
    store.close()
    again = opened(place, secret)
    assert again.get("still") == 1
    again.close()


def test_a_vault_of_a_newer_tandem_is_refused_and_left_as_it_is(
    store: Store, place: Path, secret: bytes
) -> None:
    store.rows(f"PRAGMA user_version = {len(migrations()) + 1}")
    store.close()
    before = (place / "vault.db").read_bytes()
    with pytest.raises(VaultNewer, match="newer Tandem"):
        opened(place, secret)
    assert (place / "vault.db").read_bytes() == before


def test_an_encrypted_file_of_another_program_is_refused(
    store: Store, place: Path, secret: bytes
) -> None:
    store.rows("PRAGMA application_id = 7")
    store.close()
    with pytest.raises(VaultDamaged):
        opened(place, secret)


def test_a_vault_whose_search_keeps_traces_is_refused(
    store: Store, place: Path, secret: bytes
) -> None:
    store.write("INSERT INTO words (words, rank) VALUES ('secure-delete', 0)")
    store.close()
    with pytest.raises(UnsafeBuild):
        opened(place, secret)


def test_a_database_that_cannot_be_settled_is_refused() -> None:
    in_memory = sqlcipher.connect(":memory:", isolation_level=None)
    with pytest.raises(UnsafeBuild):
        settle(in_memory)
    in_memory.close()


def test_a_vault_is_never_made_over_another(closed: Path, secret: bytes) -> None:
    before = (closed / "vault.db").read_bytes()
    with pytest.raises(LaptopRefuses):
        Store.create(closed, bytearray(32))
    assert (closed / "vault.db").read_bytes() == before
    opened(closed, secret).close()


def test_a_vault_that_could_not_be_made_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(VaultDamaged):
        Store.create(tmp_path, bytearray(31))
    assert list(tmp_path.iterdir()) == []


def test_the_vaults_file_is_its_owners_alone(closed: Path) -> None:
    assert (closed / "vault.db").stat().st_mode & 0o077 == 0


# Settings


@pytest.mark.parametrize(
    ("setting", "expected"),
    [
        ("locking_mode", "exclusive"),
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("temp_store", 2),
        ("secure_delete", 1),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("cell_size_check", 1),
        ("application_id", APPLICATION),
        ("user_version", len(migrations())),
    ],
)
def test_an_open_vault_has_every_setting_that_keeps_it_safe(
    closed: Path, secret: bytes, setting: str, expected: object
) -> None:
    again = opened(closed, secret)
    said = [row[0] for row in again.rows(f"PRAGMA {setting}")]
    assert said == [expected]
    again.close()


def test_an_open_vault_is_not_mapped_into_memory(store: Store) -> None:
    assert all(row[0] == 0 for row in store.rows("PRAGMA mmap_size"))


def test_the_cipher_is_there_and_new_enough(store: Store) -> None:
    assert store.rows("PRAGMA cipher_version")[0][0]
    assert sqlcipher.sqlite_version_info >= (3, 51, 3)
    compiled = {row[0] for row in store.rows("PRAGMA compile_options")}
    assert compiled & {"TEMP_STORE=2", "TEMP_STORE=3"}


def test_an_open_vault_loads_no_extensions(store: Store) -> None:
    with pytest.raises(VaultError):
        store.rows("SELECT load_extension('anything')")


def test_the_search_erases_what_is_taken_out(store: Store) -> None:
    assert store.rows("SELECT v FROM words_config WHERE k = 'secure-delete'") == [(1,)]


def test_every_page_is_signed_and_whole(store: Store) -> None:
    Pen(store).client("Croft")
    store.rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert store.rows("PRAGMA cipher_integrity_check") == []


# Closing


def test_a_closed_vault_is_one_file(pen: Pen, place: Path) -> None:
    pen.client("Croft")
    assert {one.name for one in place.iterdir()} > {"vault.db"}
    pen.store.close()
    assert [one.name for one in place.iterdir()] == ["vault.db"]


def test_closing_twice_is_told_in_plain_words(store: Store) -> None:
    store.close()
    with pytest.raises(VaultError):
        store.close()


def assert_nowhere(place: Path) -> None:
    for file in place.iterdir():
        raw = file.read_bytes()
        assert raw
        for word in SENTINELS:
            for said in (word, word.lower(), word.upper()):
                assert said.encode() not in raw
                assert said.encode("utf-16-le") not in raw


def test_no_word_of_a_record_is_in_any_file_of_the_vault_open_or_closed(
    pen: Pen, place: Path
) -> None:
    client = pen.client(SENTINELS[0], SENTINELS[1])
    pen.write("note", {"note": " ".join(SENTINELS) * 200}, client=client)
    assert_nowhere(place)
    pen.store.close()
    assert_nowhere(place)


# The key


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


# Places


MOUNTS = """\
sysfs /sys sysfs rw,nosuid 0 0
/dev/sda2 / ext4 rw,relatime 0 0
/dev/sda3 /home btrfs rw 0 0
office:/export /home/ann/office nfs4 rw 0 0
//files/team /mnt/team cifs rw 0 0
/dev/sdb1 /media/ann/BLUE\\040STICK vfat rw 0 0
/dev/sdc1 /media/ann/disk ext4 rw 0 0
ann@host: /home/ann/far fuse.sshfs rw 0 0
broken line
short
"""


@pytest.mark.parametrize(
    ("folder", "own"),
    [
        ("/home/ann/tandem", True),
        ("/var/lib", True),
        ("/media/ann/disk/tandem", True),
        ("/home/ann/office", False),
        ("/home/ann/office/tandem", False),
        ("/home/ann/officer", True),
        ("/mnt/team/vaults", False),
        ("/media/ann/BLUE STICK/tandem", False),
        ("/home/ann/far/away", False),
    ],
)
def test_a_vault_lies_on_the_laptops_own_disk(*, folder: str, own: bool) -> None:
    assert places.mount_is_own(Path(folder), MOUNTS) is own


def test_of_two_mounts_on_one_folder_the_later_counts() -> None:
    twice = "a /data ext4 rw\nb /data nfs rw\n"
    assert places.mount_is_own(Path("/data/x"), "b /data nfs rw\na /data ext4 rw\n")
    assert not places.mount_is_own(Path("/data/x"), twice)


def test_a_folder_of_which_the_system_tells_nothing_is_taken() -> None:
    assert places.mount_is_own(Path("/home/ann"), "")


@pytest.mark.parametrize(
    ("folder", "kind", "own"),
    [
        ("C:\\Users\\ann", 3, True),
        ("E:\\tandem", 2, False),
        ("H:\\tandem", 4, False),
        ("\\\\files\\team\\tandem", 1, False),
    ],
)
def test_a_drive_is_the_laptops_own(*, folder: str, kind: int, own: bool) -> None:
    assert places.drive_is_own(PureWindowsPath(folder), kind) is own


@pytest.mark.parametrize(
    ("folder", "synced"),
    [
        ("/home/ann/OneDrive/tandem", True),
        ("/home/ann/OneDrive - Northside Council/tandem", True),
        ("/Users/ann/Library/Mobile Documents/tandem", True),
        ("/home/ann/Dropbox (Charity)/x", True),
        ("/home/ann/dropbox", True),
        ("/home/ann/Nextcloud/a/b/c", True),
        ("/home/ann/onedrives/x", False),
        ("/home/ann/boxes/x", False),
        ("/home/ann/tandem", False),
    ],
)
def test_a_folder_a_cloud_keeps_in_step_is_known_by_its_name(*, folder: str, synced: bool) -> None:
    assert places.is_synced(Path(folder), {}) is synced


def test_a_folder_onedrive_says_is_its_own_is_known(tmp_path: Path) -> None:
    said = {"OneDriveCommercial": str(tmp_path / "Work"), "ONEDRIVE": ""}
    assert places.is_synced(tmp_path / "Work" / "tandem", said)
    assert not places.is_synced(tmp_path / "Home" / "tandem", said)


@pytest.mark.parametrize("marker", [".dropbox", ".stfolder", ".owncloudsync.log"])
def test_a_folder_inside_one_with_a_clouds_marker_is_known(tmp_path: Path, marker: str) -> None:
    assert not places.is_synced(tmp_path / "a" / "b", {})
    (tmp_path / marker).touch()
    assert places.is_synced(tmp_path / "a" / "b", {})


def test_no_vault_is_made_or_opened_in_a_synced_folder(tmp_path: Path, secret: bytes) -> None:
    folder = tmp_path / "OneDrive - Northside" / "vault"
    folder.mkdir(parents=True)
    for way in WAYS:
        with pytest.raises(VaultMisplaced, match="cloud service"):
            way(folder, bytearray(secret))
    assert list(folder.iterdir()) == []


def test_no_vault_is_made_or_opened_on_a_network_drive(
    tmp_path: Path, secret: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = tmp_path / "mounts"
    table.write_text(f"/dev/sda1 / ext4 rw 0 0\nserver:/x {tmp_path} nfs rw 0 0\n")
    monkeypatch.setattr(places, "_MOUNTS", table)
    for way in WAYS:
        with pytest.raises(VaultMisplaced, match="network drive or a stick"):
            way(tmp_path, bytearray(secret))
    assert [one.name for one in tmp_path.iterdir()] == ["mounts"]


def test_a_system_without_a_table_of_mounts_lets_its_folders_be_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(places, "_MOUNTS", tmp_path / "none")
    places.refuse_unsuitable(tmp_path)


# What is said


@pytest.mark.parametrize(
    ("number", "kind"),
    [
        (errno.ENOSPC, LaptopFull),
        (errno.EDQUOT, LaptopFull),
        (errno.EACCES, LaptopRefuses),
        (errno.EIO, LaptopRefuses),
    ],
)
def test_what_the_disk_says_is_told_in_plain_words(number: int, kind: type[VaultError]) -> None:
    error = OSError(number, "words of the system", "/somewhere/vault.db")
    told = durable.in_words(error)
    assert type(told) is kind
    assert "somewhere" not in str(told)


def test_every_kind_of_error_has_a_sentence_of_its_own() -> None:
    kinds: list[type[VaultError]] = [VaultError, *VaultError.__subclasses__()]
    said = [str(kind()) for kind in kinds]
    assert all(one.endswith(".") for one in said)
    assert len(set(said)) == len(kinds)
