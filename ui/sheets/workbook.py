# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Opening a spreadsheet: what kind of file it is, its sheets, and their lines one after another.

Rules, each with a test:

* Nothing in a file is ever run: a workbook with macros is refused, and of a formula only what it
  last said is read.
* One that is locked with a password, older than 2007, no workbook at all, or that would unfold to
  more than it should, is refused in one sentence, before it is unfolded.
* Days come as days and whole numbers without a fraction, as people would write them.
* What is looked at and what is taken in is the same file: it is known by its mark.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import blake2b
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from desktop_app.casework.records import Json
from desktop_app.casework.sheets.cells import TableUnreadable
from desktop_app.casework.sheets.lines import Row
from desktop_app.casework.words import _
from ui.sheets.csv_rows import csv_rows, encoding_of

LARGEST, UNFOLDED, TIMES, PARTS = 64 << 20, 256 << 20, 200, 2_000
MOST_LINES, MOST_COLUMNS, LONGEST_CELL = 200_000, 200, 60_000
WHOLE = 1e15
_OLE, _ZIP = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
KINDS = "*.xlsx *.csv *.tsv *.txt"


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file with lines.

    Attributes:
        path: where it lies.
        sheets: what its sheets are called; one without a name in a CSV file.
        encoding: of a CSV file; "" for a workbook.
        mark: of what stands in it.
    """

    path: Path
    sheets: tuple[str, ...]
    encoding: str
    mark: bytes

    @property
    def is_csv(self) -> bool:
        """Say whether it is a plain table."""
        return bool(self.encoding)

    def rows(self, sheet: str = "") -> Iterator[Row]:
        """Yield the lines of a sheet, empty ones left out.

        Raises:
            TableUnreadable: it cannot be read, or is not the file any more that was opened.
        """
        try:
            if _mark(self.path) != self.mark:
                raise TableUnreadable(_("The file was changed since it was opened. Open it again."))
            yield from csv_rows(self.path, self.encoding) if self.is_csv else self._cells(sheet)
        except OSError:
            raise _unreadable() from None

    def _cells(self, sheet: str) -> Iterator[Row]:
        from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415  slow to load

        try:
            held = CalamineWorkbook.from_path(str(self.path))
            found = held.get_sheet_by_name(sheet or self.sheets[0])
            if found.total_height > MOST_LINES or found.total_width > MOST_COLUMNS:
                raise _too_large()
            for place, row in enumerate(found.iter_rows()):
                cells = tuple(_plain(cell) for cell in row)
                if any(cell not in (None, "") for cell in cells):
                    yield Row(place + 1, cells)
        except CalamineError:
            raise _unreadable() from None


def open_workbook(path: Path) -> Workbook:
    """Open a file and see that it may be read.

    Raises:
        TableUnreadable: it may not, or cannot; the text says what to do.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise _too_large()
        with path.open("rb") as file:
            begins = file.read(8)
        if not begins.strip():
            raise TableUnreadable(_("This file is empty. Nothing was taken in."))
        if begins.startswith(_OLE):
            raise TableUnreadable(
                _(
                    "This workbook is locked with a password, or older than 2007. Open it in your "
                    "spreadsheet program and save it as .xlsx without one. Nothing was taken in."
                )
            )
        if begins.startswith(_ZIP):
            _see_it_is_harmless(path)
            return Workbook(path, _sheets(path), "", _mark(path))
        return Workbook(path, ("",), encoding_of(path), _mark(path))
    except OSError:
        raise _unreadable() from None


def _see_it_is_harmless(path: Path) -> None:
    """Look at the parts of a workbook without unfolding any."""
    try:
        with ZipFile(path) as packed:
            parts = packed.infolist()
    except (BadZipFile, ValueError, NotImplementedError, EOFError):
        raise _unreadable() from None
    names = {one.filename.lower() for one in parts}
    if any(one.endswith("vbaproject.bin") for one in names):
        raise TableUnreadable(
            _(
                "This workbook holds macros, so Tandem does not open it. Save it as .xlsx, which "
                "leaves them out. Nothing was taken in."
            )
        )
    if "[content_types].xml" not in names or not any(one.startswith("xl/") for one in names):
        raise _unreadable()
    if any(one.flag_bits & 1 for one in parts):
        raise TableUnreadable(_("This workbook is locked. Save it without a password first."))
    unfolded = sum(one.file_size for one in parts)
    folded = sum(one.compress_size for one in parts)
    if len(parts) > PARTS or unfolded > UNFOLDED or unfolded > TIMES * max(folded, 4096):
        raise _too_large()


def _sheets(path: Path) -> tuple[str, ...]:
    from python_calamine import (  # noqa: PLC0415  slow to load
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        held = CalamineWorkbook.from_path(str(path))
        shown = [
            one.name
            for one in held.sheets_metadata
            if one.typ == SheetTypeEnum.WorkSheet and one.visible == SheetVisibleEnum.Visible
        ]
    except CalamineError:
        raise _unreadable() from None
    if not shown:
        raise TableUnreadable(_("No sheet of this workbook can be seen. Nothing was taken in."))
    return tuple(shown)


def _plain(cell: object) -> Json:
    """Return a cell of a workbook as a person would write it."""
    match cell:
        case bool():
            said: Json = _("Yes") if cell else _("No")
        case datetime():
            whole = cell.time() == time(0)
            said = cell.date().isoformat() if whole else cell.isoformat(" ", timespec="minutes")
        case date():
            said = cell.isoformat()
        case time():
            said = cell.isoformat(timespec="minutes")
        case timedelta():
            minutes = int(cell.total_seconds() // 60)
            said = f"{minutes // 60:02d}:{minutes % 60:02d}"
        case float():
            said = int(cell) if cell.is_integer() and abs(cell) < WHOLE else cell
        case int():
            said = cell
        case _other:
            said = str(cell)[:LONGEST_CELL].strip()
    return said


def _mark(path: Path) -> bytes:
    digest = blake2b(digest_size=16)
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.digest()


def _too_large() -> TableUnreadable:
    return TableUnreadable(
        _("This file is too large for one reading. Cut it in parts. Nothing was taken in.")
    )


def _unreadable() -> TableUnreadable:
    return TableUnreadable(_("This file cannot be read. Nothing was taken in."))
