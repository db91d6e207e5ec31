# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The lines of a CSV file, one after another, however large it is.

Rules, each with a test:

* UTF-8 with or without its mark, UTF-16 with it; whatever is none of them is read as Windows writes
  it (code page 1252), and that is said.
* Columns are separated by commas, semicolons, tabs or bars, as most of the first lines say.
* A quotation mark that is never closed spoils one line, not the rest of the file: that line is kept
  and told.
* Every line keeps its number in the file.
"""

import codecs
import csv
from collections.abc import Iterator, Sequence
from io import TextIOWrapper
from itertools import islice
from pathlib import Path

from desktop_app.casework.sheets.cells import TableUnreadable
from desktop_app.casework.sheets.lines import Row
from desktop_app.casework.words import _

SEPARATORS = ",;\t|"
LONGEST_LINE, LINES_IN_ONE, CHUNK = 100_000, 40, 1 << 20
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


def encoding_of(path: Path) -> str:
    """Return how a file is encoded.

    Raises:
        OSError: it cannot be read.
        TableUnreadable: it is no text.
    """
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        begins = file.read(4)
        for mark, name in _MARKS:
            if begins.startswith(mark):
                return name
        file.seek(0)
        found = "utf-8"
        while chunk := file.read(CHUNK):
            if b"\0" in chunk:
                raise TableUnreadable(
                    _("This file is no table Tandem can read. Nothing was taken in.")
                )
            try:
                decoder.decode(chunk)
            except UnicodeDecodeError:
                found = "cp1252"
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            found = "cp1252"
        return found


def csv_rows(path: Path, encoding: str) -> Iterator[Row]:
    """Yield the lines of a file, empty ones left out.

    Raises:
        OSError: it cannot be read any more.
    """
    separator = _separator(path, encoding)
    errors = "replace" if encoding != "utf-8" else "strict"
    with path.open("rb") as raw:
        text = TextIOWrapper(raw, encoding=encoding, errors=errors, newline=None)
        waiting: list[str] = []
        number = first = 0
        for line in _short(text):
            number += 1
            waiting.append(line)
            first = first or number
            row = _cells(waiting, separator)
            if row is None and len(waiting) < LINES_IN_ONE and _open(waiting):
                continue
            if row is not None:
                yield from _row(first, row)
            else:
                yield from _apart(waiting, first, separator)
            waiting, first = [], 0
        if waiting:
            yield from _apart(waiting, first, separator)


def _apart(waiting: Sequence[str], first: int, separator: str) -> Iterator[Row]:
    """Yield lines whose quotation marks do not match, each by itself: one is wrong, or more."""
    for place, line in enumerate(waiting):
        row = _cells([line], separator)
        if row is not None:
            yield from _row(first + place, row)
            continue
        cells = tuple(one.strip().strip('"') for one in line.split(separator))
        wrong = _("The quotation marks in this line do not match.")
        yield Row(first + place, cells, wrong)


def _row(number: int, cells: Sequence[str]) -> Iterator[Row]:
    stripped = tuple(one.strip() for one in cells)
    if any(stripped):
        yield Row(number, stripped)


def _cells(waiting: Sequence[str], separator: str) -> list[str] | None:
    """Return the cells of a line, or of some that are one; None where its marks do not match."""
    if len(waiting) == 1 and '"' not in waiting[0]:
        return waiting[0].rstrip("\r\n").split(separator)
    try:
        rows = list(csv.reader(waiting, delimiter=separator, strict=True))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _open(waiting: Sequence[str]) -> bool:
    """Say whether a quotation mark may still be closed on a line below."""
    return sum(line.count('"') for line in waiting) % 2 == 1


def _short(text: TextIOWrapper) -> Iterator[str]:
    """Yield lines, none of them so long that it would fill the memory."""
    while line := text.readline(LONGEST_LINE):
        yield line


def _separator(path: Path, encoding: str) -> str:
    with path.open("rb") as raw:
        text = TextIOWrapper(raw, encoding=encoding, errors="replace", newline=None)
        first = [line for line in islice(_short(text), 20) if line.strip()]

    def stands(one: str) -> tuple[int, int]:
        # A heading holds the separator and hardly ever another; a title above it holds none.
        counts = [line.count(one) for line in first] or [0]
        middle = sorted(counts)[len(counts) // 2]
        return min(counts[0], middle), middle

    return max(SEPARATORS, key=stands)
