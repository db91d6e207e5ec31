# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Spreadsheets as files: every encoding, every odd quotation mark, and what is refused unopened."""

import csv
import zipfile
from datetime import datetime, time
from io import StringIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from desktop_app.casework.sheets.cells import TableUnreadable
from ui.sheets.workbook import open_workbook

CELL = st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=12)


def cells(path: Path, raw: bytes) -> list[tuple[object, ...]]:
    """Return what stands in a file of these bytes."""
    path.write_bytes(raw)
    return [tuple(row.cells) for row in open_workbook(path).rows()]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_table_is_read_in_every_encoding_and_with_every_separator(
    tmp_path: Path, encoding: str, separator: str
) -> None:
    raw = f"Surname{separator}Town\r\nMüller{separator}Café\r\n".encode(encoding)
    assert cells(tmp_path / "a.csv", raw) == [("Surname", "Town"), ("Müller", "Café")]


def test_a_cell_of_several_lines_is_one_and_the_lines_after_it_keep_their_numbers(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.csv"
    path.write_text('Name,Note\nFisk,"one\ntwo, ""three"""\n\nHale,x\n', encoding="utf-8")
    found = [(row.number, row.cells) for row in open_workbook(path).rows()]
    assert found == [(1, ("Name", "Note")), (2, ("Fisk", 'one\ntwo, "three"')), (5, ("Hale", "x"))]


def test_a_quotation_mark_that_is_never_closed_spoils_one_line_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    lines = ["Name,Note", 'Fisk,"never closed', *(f"Hale {n},x" for n in range(60))]
    path.write_text("\n".join(lines), encoding="utf-8")
    found = list(open_workbook(path).rows())
    assert [row.number for row in found] == [*range(1, 63)]
    assert [row.number for row in found if row.wrong] == [2]


def test_the_heading_says_which_separator_it_is(tmp_path: Path) -> None:
    raw = b"List of August\na,b\n1;2;3,4\n"
    assert cells(tmp_path / "a.csv", raw)[1:] == [("a", "b"), ("1;2;3", "4")]
    raw = b"a,b,c\n\t,\t,\t\nx\ty\tz\t,2,3\n"
    assert cells(tmp_path / "b.csv", raw)[0] == ("a", "b", "c")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(CELL, CELL, CELL), min_size=1, max_size=8))
@example([("\t", "\t", "\t")])
def test_what_a_spreadsheet_writes_is_read_again(
    tmp_path: Path, rows: list[tuple[str, str, str]]
) -> None:
    text = StringIO()
    csv.writer(text).writerows([("a", "b", "c"), *rows])
    plain = [tuple(" ".join(one.split()) for one in row) for row in rows]
    read = cells(tmp_path / "a.csv", text.getvalue().encode("utf-8-sig"))
    found = [tuple(" ".join(str(one).split()) for one in row) for row in read[1:]]
    assert found == [row for row in plain if any(row)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=300))
def test_no_file_however_odd_makes_reading_fail_otherwise(tmp_path: Path, raw: bytes) -> None:
    for name in ("a.csv", "a.xlsx"):
        (tmp_path / name).write_bytes(raw)
        try:
            for row in open_workbook(tmp_path / name).rows():
                assert row.number
        except TableUnreadable:
            continue


def workbook(path: Path) -> Path:
    """Make a workbook as a team has it."""
    book = xlsxwriter.Workbook(str(path))
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet = book.add_worksheet("Clients")
    sheet.write(0, 0, "Harbour outreach")
    sheet.write_row(2, 0, ["Name", "Born", "Time", "Score", "Sum", "Yes"])
    sheet.write(3, 0, "FISK, Carol")
    sheet.write_datetime(3, 1, datetime(1975, 5, 2), day)  # noqa: DTZ001  a sheet has no zone
    sheet.write_datetime(3, 2, time(10, 30), book.add_format({"num_format": "hh:mm"}))
    sheet.write_number(3, 3, 7)
    sheet.write_formula(3, 4, "=D4+1", None, 8)
    sheet.write(3, 5, True)  # noqa: FBT003  its own way
    book.add_worksheet("Notes").write(0, 0, "nothing")
    hidden = book.add_worksheet("Old")
    hidden.hide()
    book.close()
    return path


def test_a_workbook_says_its_days_as_days_and_its_numbers_whole(tmp_path: Path) -> None:
    book = open_workbook(workbook(tmp_path / "a.xlsx"))
    assert book.sheets == ("Clients", "Notes")
    last = list(book.rows("Clients"))[-1]
    assert (last.number, last.cells) == (4, ("FISK, Carol", "1975-05-02", "10:30", 7, 8, "Yes"))


def packed(path: Path, parts: dict[str, bytes]) -> Path:
    """Make a file as a workbook is packed."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as made:
        for name, raw in parts.items():
            made.writestr(name, raw)
    return path


HOSTILE = {
    "macros": ({"[Content_Types].xml": b"<a/>", "xl/vbaProject.bin": b"x"}, "macros"),
    "bomb": (
        {"[Content_Types].xml": b"<a/>", "xl/worksheets/sheet1.xml": bytes(40 << 20)},
        "large",
    ),
    "many parts": (
        {"[Content_Types].xml": b"", **{f"xl/{n}.xml": b"" for n in range(2_100)}},
        "large",
    ),
    "no workbook": ({"word/document.xml": b"<a/>"}, "cannot be read"),
    "broken": ({"[Content_Types].xml": b"<", "xl/workbook.xml": b"<"}, "cannot be read"),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_workbook_is_refused_in_one_sentence(tmp_path: Path, name: str) -> None:
    parts, said = HOSTILE[name]
    with pytest.raises(TableUnreadable, match=said):
        open_workbook(packed(tmp_path / "a.xlsx", parts))


@pytest.mark.parametrize(
    "raw",
    [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"", b"  ", b"a,b\n\0\0", b"PK\x03\x04x"],
)
def test_a_file_that_is_no_table_is_refused_in_one_sentence(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.xlsx").write_bytes(raw)
    with pytest.raises(TableUnreadable):
        open_workbook(tmp_path / "a.xlsx")
    with pytest.raises(TableUnreadable):
        open_workbook(tmp_path / "none.xlsx")


def test_a_file_changed_after_it_was_opened_is_not_read_on(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    book = open_workbook(path)
    path.write_text("a,b\n1,3\n", encoding="utf-8")
    with pytest.raises(TableUnreadable, match="changed"):
        list(book.rows())
