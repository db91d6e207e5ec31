# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A scanner for tests: reads a QR code off a PDF by the rules (ISO/IEC 18004), whoever drew it.

It takes the black bars of the page as they are painted, makes a grid of them, and reads that: its
format, its mask, its codewords, their blocks, their Reed-Solomon checks, its letters.
"""

import re

Grid = list[list[bool]]
_SQUARE = re.compile(r"n ([\d.]+) ([\d.]+) ([\d.]+) ([\d.]+) re")
_MASKS = (
    lambda y, x: (y + x) % 2 == 0,
    lambda y, _x: y % 2 == 0,
    lambda _y, x: x % 3 == 0,
    lambda y, x: (y + x) % 3 == 0,
    lambda y, x: (y // 2 + x // 3) % 2 == 0,
    lambda y, x: y * x % 2 + y * x % 3 == 0,
    lambda y, x: (y * x % 2 + y * x % 3) % 2 == 0,
    lambda y, x: ((y + x) % 2 + y * x % 3) % 2 == 0,
)
QUARTILE = 3
"""The level of correction of which a quarter may be lost."""
_BLOCKS = {
    1: (13, (13,)),
    2: (22, (22,)),
    3: (18, (17,) * 2),
    4: (26, (24,) * 2),
    5: (18, (15,) * 2 + (16,) * 2),
    6: (24, (19,) * 4),
    7: (18, (14,) * 2 + (15,) * 4),
    8: (22, (18,) * 4 + (19,) * 2),
    9: (20, (16,) * 4 + (17,) * 4),
    10: (24, (19,) * 6 + (20,) * 2),
}
"""By version, at that level: check words of each block, and data words of each (table 9)."""
_ALIGNED = {
    1: (),
    2: (6, 18),
    3: (6, 22),
    4: (6, 26),
    5: (6, 30),
    6: (6, 34),
    7: (6, 22, 38),
    8: (6, 24, 42),
    9: (6, 26, 46),
    10: (6, 28, 50),
}


def painted(content: str) -> Grid:
    """Return the grid of the squares a page's content paints, top row first."""
    found = [tuple(map(float, one)) for one in _SQUARE.findall(content)]
    side = min(high for _x, _y, _wide, high in found)
    bars = [one for one in found if abs(one[3] - side) < 0.01]
    left, bottom = min(x for x, *_ in bars), min(y for _x, y, *_ in bars)
    places = {
        (round((x - left) / side) + along, round((y - bottom) / side))
        for x, y, wide, _high in bars
        for along in range(round(wide / side))
    }
    size = 1 + max(max(place) for place in places)
    return [[(x, size - 1 - y) in places for x in range(size)] for y in range(size)]


def scanned(grid: Grid) -> tuple[str, int]:
    """Return what a QR code says, and its level of correction."""
    size = len(grid)
    version = (size - 17) // 4
    assert size == 17 + 4 * version, "a square of no version"
    _see_finders(grid)
    level, mask = _format(grid)
    bits = _bits(grid, version, mask)
    words = [int("".join(bits[at : at + 8]), 2) for at in range(0, len(bits) // 8 * 8, 8)]
    return _letters(_data(words, version), version), level


def _see_finders(grid: Grid) -> None:
    end = len(grid) - 7
    for top, left in ((0, 0), (0, end), (end, 0)):
        for y in range(7):
            for x in range(7):
                ring = max(abs(y - 3), abs(x - 3))
                assert grid[top + y][left + x] == (ring != 2), "no finder where one belongs"


def _format(grid: Grid) -> tuple[int, int]:
    """Return the level of correction and the mask, from both copies of the format."""
    size = len(grid)
    one = [*((8, x) for x in (0, 1, 2, 3, 4, 5, 7, 8)), *((y, 8) for y in (7, 5, 4, 3, 2, 1, 0))]
    two = [*((size - 1 - n, 8) for n in range(7)), *((8, size - 8 + n) for n in range(8))]
    read = [sum(grid[y][x] << (14 - n) for n, (y, x) in enumerate(copy)) for copy in (one, two)]
    assert read[0] == read[1], "the two copies of the format differ"
    plain = read[0] ^ 0b101010000010010
    rest = plain
    for at in range(14, 9, -1):
        rest ^= (0b10100110111 << (at - 10)) if rest >> at & 1 else 0
    assert rest == 0, "the format does not fit its check"
    return plain >> 13, plain >> 10 & 7


def _is_pattern(y: int, x: int, size: int, version: int) -> bool:
    """Say whether a module is no data."""
    if (y < 9 and x < 9) or (y < 9 and x >= size - 8) or (y >= size - 8 and x < 9):
        return True
    if 6 in (y, x):
        return True
    if version >= 7 and ((y < 6 and x >= size - 11) or (x < 6 and y >= size - 11)):
        return True
    middles, last = _ALIGNED[version], size - 7
    return any(
        abs(y - top) <= 2 and abs(x - left) <= 2
        for top in middles
        for left in middles
        if (top, left) not in ((6, 6), (6, last), (last, 6))
    )


def _bits(grid: Grid, version: int, mask: int) -> list[str]:
    size, bits = len(grid), list[str]()
    columns, up = [x for x in range(size - 1, 0, -2) if x > 6], True
    columns += [5, 3, 1]
    for right in columns:
        for y in range(size - 1, -1, -1) if up else range(size):
            bits += [
                "01"[grid[y][x] ^ _MASKS[mask](y, x)]
                for x in (right, right - 1)
                if not _is_pattern(y, x, size, version)
            ]
        up = not up
    return bits


def _data(words: list[int], version: int) -> list[int]:
    """Return the data words, taken out of their blocks; every block fits its check words."""
    checks, sizes = _BLOCKS[version]
    blocks: list[list[int]] = [[] for _size in sizes]
    taken = iter(words)
    for turn in range(max(sizes)):
        for block, size in zip(blocks, sizes, strict=True):
            if turn < size:
                block.append(next(taken))
    ends: list[list[int]] = [[] for _size in sizes]
    for _turn in range(checks):
        for end in ends:
            end.append(next(taken))
    for block, end in zip(blocks, ends, strict=True):
        assert _syndromes(block + end, checks) == [0] * checks, "a block does not fit its check"
    return [word for block in blocks for word in block]


def _syndromes(words: list[int], checks: int) -> list[int]:
    powers = [1]
    for _at in range(254):
        double = powers[-1] << 1
        powers.append(double ^ 0x11D if double > 255 else double)
    found = []
    for at in range(checks):
        total = 0
        for word in words:
            total = (powers[(powers.index(total) + at) % 255] if total else 0) ^ word
        found.append(total)
    return found


def _letters(data: list[int], version: int) -> str:
    bits = "".join(f"{word:08b}" for word in data)
    assert bits[:4] == "0100", "not written in bytes"
    wide = 8 if version < 10 else 16
    count = int(bits[4 : 4 + wide], 2)
    raw = [int(bits[4 + wide + 8 * n : 12 + wide + 8 * n], 2) for n in range(count)]
    return bytes(raw).decode()
