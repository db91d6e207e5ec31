# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An extract of the audit: logged, signed, and the same on paper and in the table."""

import csv
from io import StringIO
from pathlib import Path

import pytest

from sync.extract import NotSigned, sign_extract, signed_on
from tests.logged import logged
from tests.sync.laptops import Four
from tests.ui.crew import Crew
from tests.ui.test_audit_page import looks, open_page
from ui.pages.audit import AuditPage
from ui.pages.audit_taking_out import ExtractPanel


def take_out(crew: Crew, page: AuditPage, place: Path | None) -> ExtractPanel:
    crew.dialogs.answers["save_file"] = place
    page.take_out.click()
    crew.settle()
    panel = page.beside.panel
    assert isinstance(panel, ExtractPanel)
    for name, words in (("recipient", "The Commissioner"), ("reason", "Inspection")):
        panel.view.editor(name).show_value(words)
        panel.view._edited(name)
    panel.save()
    crew.settle()
    return panel


def rows_of(place: Path) -> list[list[str]]:
    return list(csv.reader(StringIO(place.read_bytes().decode("utf-8-sig"))))


def a_day(four: Four) -> bytes:
    """Let somebody record, alter and look; return the client."""
    lee = four.ann.save("client", {"surname": "=Croft", "forename": "+Leanne"})
    note = four.ann.save("note", {"headline": "Rang", "note": "Private words"}, client=lee)
    four.ann.save("note", {"headline": "Rang twice"}, record=note)
    looks(four.shah, "client", lee)
    four.everybody_exchanges()
    return lee


def test_the_table_the_signature_and_the_paper_go_where_was_chosen(
    grant: Crew, tmp_path: Path
) -> None:
    a_day(grant.four)
    place = tmp_path / "out" / "audit.csv"
    place.parent.mkdir()
    take_out(grant, open_page(grant), place)
    names = {one.name for one in place.parent.iterdir()}
    assert names == {"audit.csv", "audit.csv.sig", "audit.pdf"}
    assert place.with_suffix(".pdf").read_bytes().startswith(b"%PDF")
    seat = grant.laptop.seat
    laptop = signed_on(
        seat.roster, place.read_bytes(), (place.parent / "audit.csv.sig").read_text("ascii")
    )
    assert laptop.person == seat.person


def test_recording_and_altering_of_what_all_may_read_stand_in_it_and_no_words(
    grant: Crew, tmp_path: Path
) -> None:
    a_day(grant.four)
    place = tmp_path / "audit.csv"
    take_out(grant, open_page(grant), place)
    did = [row[3] for row in rows_of(place)]
    assert "Recorded: Client" in did
    assert "Recorded: Case note" in did
    assert "Altered: Case note" in did
    assert "Client page" in did
    assert "Private words" not in place.read_text("utf-8-sig")
    assert "Rang" not in place.read_text("utf-8-sig")


def test_no_cell_of_it_can_be_taken_for_a_formula(grant: Crew, tmp_path: Path) -> None:
    a_day(grant.four)
    place = tmp_path / "audit.csv"
    take_out(grant, open_page(grant), place)
    cells = [cell for row in rows_of(place) for cell in row]
    assert any("CROFT" in cell for cell in cells)
    assert not [cell for cell in cells if cell[:1] in "=+-@" and cell]


def test_that_it_leaves_is_written_into_the_audit_first(grant: Crew, tmp_path: Path) -> None:
    lee = a_day(grant.four)
    take_out(grant, open_page(grant, lee), tmp_path / "audit.csv")
    (entry,) = logged(grant.laptop.store, "export")
    assert entry.answers["what"] == "audit_log"
    assert entry.answers["recipient"] == "The Commissioner"
    assert entry.answers["clients"] == [lee.hex()]


def test_nothing_that_is_there_is_written_over(grant: Crew, tmp_path: Path) -> None:
    a_day(grant.four)
    paper = tmp_path / "audit.pdf"
    paper.write_bytes(b"mine")
    told: list[str] = []
    grant.session.failed.connect(lambda error: told.append(str(error)))
    take_out(grant, open_page(grant), tmp_path / "audit.csv")
    assert "there already" in told[0]
    assert paper.read_bytes() == b"mine"
    assert not (tmp_path / "audit.csv").exists()


def test_thinking_better_of_it_writes_and_logs_nothing(grant: Crew, tmp_path: Path) -> None:
    a_day(grant.four)
    before = {one.name for one in tmp_path.iterdir()}
    take_out(grant, open_page(grant), None)
    assert logged(grant.laptop.store, "export") == []
    assert {one.name for one in tmp_path.iterdir()} == before


def test_an_altered_table_or_line_does_not_verify(four: Four) -> None:
    seat, table = four.grant.seat, b"When,Who\r\n"
    said = sign_extract(seat, table)
    assert signed_on(four.ann.seat.roster, table, said).person == seat.person
    forged = said[:-1] + ("0" if said[-1] != "0" else "1")
    for wrong in ("", "tandem-extract-1", "x y z", forged, said.replace("-1", "-2", 1)):
        with pytest.raises(NotSigned):
            signed_on(seat.roster, table, wrong)
    with pytest.raises(NotSigned):
        signed_on(seat.roster, table + b" ", said)
