# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Looks for words wherever a laptop or a share could still hold them, with every key there is.

A vault is read page by page as SQLCipher wrote it, free pages and gaps included; the bundles in
the vault and on the share are opened with the keys of everybody.
"""

import ctypes
import ctypes.util
import random
from collections.abc import Iterable, Iterator
from functools import cache

from storage import ledger
from storage.connection import DB
from sync import packs
from sync.bundle import open_outer, read_section
from sync.reasons import SetAside
from sync.seals import KEY
from sync.seat import Seat
from tests.hostile_share import HostileShare
from tests.sync.laptops import Laptop

PAGE, RESERVED, IV, SALT = 4096, 80, 16, 16


def pages(laptop: Laptop) -> Iterator[bytes]:
    """Yield every page of a laptop's vault, decrypted."""
    laptop.store.db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    key = random.Random(laptop.name).randbytes(KEY)  # noqa: S311  as `Laptop` makes it
    raw = (laptop.folder / DB).read_bytes()
    for at in range(0, len(raw), PAGE):
        page = raw[at : at + PAGE]
        start = 0 if at else SALT
        yield _decrypted(key, page[-RESERVED:][:IV], page[start : PAGE - RESERVED])


def words_left(laptop: Laptop, words: Iterable[str], keys: Iterable[Laptop]) -> set[str]:
    """Return where a laptop still holds any of some words."""
    wanted = [word.encode() for word in words]
    found = {"vault" for page in pages(laptop) if any(word in page for word in wanted)}
    store = laptop.store
    kept = [(f"log {one.seq}", one.raw) for _row, one in ledger.bundles(store, limit=100_000)]
    kept += [(f"outbox {path}", raw) for path, raw in ledger.outbox(store)]
    kept += [(f"aside {one.path}", one.raw) for one in ledger.set_aside(store) if one.raw]
    seats = [one.seat for one in keys]
    return found | {name for name, raw in kept if _in_bundle(raw, wanted, seats)}


def words_on(share: HostileShare, words: Iterable[str], keys: Iterable[Laptop]) -> set[str]:
    """Return the files of a share that still hold any of some words."""
    wanted, seats = [word.encode() for word in words], [one.seat for one in keys]
    found = {path for path, raw in share.files.items() if _in_bundle(raw, wanted, seats)}
    for path in share.of(".pack"):
        raw = share.files[path]
        index = raw[: packs.index_size(raw)]
        inside = packs.bundles_in("", raw, index, packs.read_index(index))
        found |= {path for _path, one in inside if _in_bundle(one, wanted, seats)}
    return found


def _in_bundle(raw: bytes, words: list[bytes], seats: list[Seat]) -> bool:
    for seat in seats:
        try:
            opened = open_outer(raw, team=seat.chain.team, team_keys=seat.team_keys)
        except SetAside:
            continue
        for index in range(len(opened.sections)):
            key = seat.key_for(opened, index)
            if key:
                ops = repr(read_section(opened, index, key).ops).encode()
                if any(word in ops for word in words):
                    return True
    return False


@cache
def _libcrypto() -> ctypes.CDLL:
    crypto = ctypes.CDLL(ctypes.util.find_library("crypto"))
    for name in ("EVP_CIPHER_CTX_new", "EVP_aes_256_cbc"):
        getattr(crypto, name).restype = ctypes.c_void_p
    return crypto


def _decrypted(key: bytes, iv: bytes, locked: bytes) -> bytes:
    """Return what AES-256-CBC hides, as libcrypto has it."""
    crypto = _libcrypto()
    context = ctypes.c_void_p(crypto.EVP_CIPHER_CTX_new())
    cipher = ctypes.c_void_p(crypto.EVP_aes_256_cbc())
    plain, size = ctypes.create_string_buffer(len(locked) + 32), ctypes.c_int(0)
    assert crypto.EVP_DecryptInit_ex(context, cipher, None, key, iv) == 1
    assert crypto.EVP_CIPHER_CTX_set_padding(context, 0) == 1
    assert crypto.EVP_DecryptUpdate(context, plain, ctypes.byref(size), locked, len(locked)) == 1
    crypto.EVP_CIPHER_CTX_free(context)
    return plain.raw[: size.value]
