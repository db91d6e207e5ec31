# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Where files lie on the share, and what they are called.

    tandem-<8>/rosters/0000000012-<16>.list
    tandem-<8>/audiences/<32>/0000000003-<16>.list
    tandem-<8>/feeds/<32>/0000000117-<32>.bundle
    tandem-<8>/join/<32>.ask
    tandem-<8>/parts/<64>.part
    tandem-<8>/packs/0000000004-<32>.pack

Rules, each with a test:

* Names hold lower-case hex letters, digits and fixed words only, so that a server that does not
  tell "A" from "a" does no harm, and are under 120 letters below the share.
* The folder of a feed or an audience is a keyed hash: it says neither who nor what.
* A name carries the number and the start of the id of what is inside, so that it is written once
  and can be checked. A name of any other shape is somebody else's file and is left alone.
"""

import re

from sync.seals import digest, keyed

ROSTERS = "rosters"
AUDIENCES = "audiences"
FEEDS = "feeds"
JOIN = "join"
PARTS = "parts"
PACKS = "packs"
LIST = ".list"
"""How the name of a roster, or of an audience's document, ends."""
_NUMBERED = re.compile(r"^(\d{10})-([0-9a-f]{16}|[0-9a-f]{32})\.(list|bundle)$")
_REQUEST = re.compile(r"^[0-9a-f]{32}\.ask$")
_PART = re.compile(r"^([0-9a-f]{64})\.part$")
_PACK = re.compile(r"^(\d{10})-([0-9a-f]{32})\.pack$")
_FOLDER = re.compile(r"^[0-9a-f]{32}$")
_ROOT = re.compile(r"^tandem-[0-9a-f]{8}$")
_OURS = (_NUMBERED, _REQUEST, _PART, _PACK, _FOLDER, _ROOT)


def root(team: bytes) -> str:
    """Return the folder of a team on the share."""
    return f"tandem-{digest(b'tandem-folder', team, size=4).hex()}"


def is_root(name: str) -> bool:
    """Say whether a name is that of a team's folder."""
    return bool(_ROOT.match(name))


def in_small(name: str) -> str:
    """Return a name as we would have written it; any that is of no shape of ours as it is."""
    small = name.lower()
    ours = small != name and name.isascii() and any(one.match(small) for one in _OURS)
    return small if ours else name


def roster_path(team: bytes, n: int, id: bytes) -> str:  # noqa: A002  it is called an id everywhere
    """Return where a roster lies."""
    return f"{root(team)}/{ROSTERS}/{n:010d}-{id[:8].hex()}{LIST}"


def circle_folder(team: bytes, name_key: bytes, audience: str) -> str:
    """Return the folder of an audience's documents."""
    opaque = keyed(name_key, b"tandem-audience", audience.encode(), size=16)
    return f"{root(team)}/{AUDIENCES}/{opaque.hex()}"


def feed_folder(team: bytes, name_key: bytes, feed: bytes) -> str:
    """Return the folder of a feed's bundles."""
    return f"{root(team)}/{FEEDS}/{keyed(name_key, b'tandem-feed-name', feed, size=16).hex()}"


def document_name(n: int, id: bytes) -> str:  # noqa: A002
    """Return the file name of a roster or an audience's document."""
    return f"{n:010d}-{id[:8].hex()}{LIST}"


def bundle_name(seq: int, id: bytes) -> str:  # noqa: A002
    """Return the file name of a bundle."""
    return f"{seq:010d}-{id[:16].hex()}.bundle"


def request_path(team: bytes, id: bytes) -> str:  # noqa: A002
    """Return where a request to join lies."""
    return f"{root(team)}/{JOIN}/{id[:16].hex()}.ask"


def parts_folder(team: bytes) -> str:
    """Return the folder with the parts of letters and pictures."""
    return f"{root(team)}/{PARTS}"


def part_path(team: bytes, id: bytes) -> str:  # noqa: A002
    """Return where a part of a letter or picture lies."""
    return f"{parts_folder(team)}/{id.hex()}.part"


def pack_path(team: bytes, place: int, id: bytes) -> str:  # noqa: A002
    """Return where a pack of bundles lies."""
    return f"{root(team)}/{PACKS}/{place:010d}-{id.hex()}.pack"


def pack_name(name: str) -> tuple[int, bytes] | None:
    """Return the place and the id in the file name of a pack; None for any other name."""
    match = _PACK.match(name)
    return (int(match[1]), bytes.fromhex(match[2])) if match else None


def part_id(name: str) -> bytes:
    """Return the id of the part with this file name; empty for any other name."""
    match = _PART.match(name)
    return bytes.fromhex(match[1]) if match else b""


def numbered(name: str) -> tuple[int, bytes] | None:
    """Return the number and the start of the id in a file name; None for any other name."""
    match = _NUMBERED.match(name)
    return (int(match[1]), bytes.fromhex(match[2])) if match else None


def is_folder(name: str) -> bool:
    """Say whether a name is that of a feed's or an audience's folder."""
    return bool(_FOLDER.match(name))


def is_request(name: str) -> bool:
    """Say whether a name is that of a request to join."""
    return bool(_REQUEST.match(name))
