# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Pictures of a spreadsheet on its way in: chosen, its columns, its lines, what came of it."""

from pathlib import Path

from desktop_app.casework.records import Answers, Edit, RecordId
from storage import reads
from storage.store import Store
from tests.pictures.twins import Draws
from ui.exchange_run import Stage
from ui.open_casebook import OpenCasebook
from ui.pages.ndtms import ReturnPage
from ui.pages.sheets import SheetsPage
from ui.places import Place
from ui.sheets.job import TakenIn

CLIENTS = """Harbour outreach: everybody we see,,,,,
Name,D.O.B.,M/F,Mobile,Where,Shoe size
"FISK, Carol",02/05/1975,F,07700 900123,Saltings Row,5
Jo Hale,3/4/80,F,07700 900124,Harbour Street,
Danny Archer,14/03/89,M,07700 900456,The Shelter,9
"{surname}, {forename}",{born},M,,,
{short} {surname},{born},M,07700 900457,Quay,
Kim Young,1/1/2015,F,,,
Pat Reed,the other day,F,,,
"""
ARRESTS = """Nominal,Date of birth,Offence,Arrest date,Charged,Court result,Result date,Op
"{surname}, {forename}",{born},Theft from shop,03/05/2026,04/05/2026,1116,09/06/2026,Op Lantern
"{surname}, {short}",{born},Robbery,05/05/2026,,,,
"QUILL, Ann",01/02/1990,Burglary dwelling,04/05/2026,,,,
"{surname}, {forename}",{born},Piracy on the high seas,06/05/2026,,,,
"{surname}, {forename}",{born},Interfering with a swan,07/05/2026,,,,
"""


class _Pages:
    """Draws the page in every look."""

    def __init__(self, gallery: Draws, book: OpenCasebook) -> None:
        self.gallery, self.book = gallery, book
        gallery.go(book, Place("sheets"))
        page = book.frame.page("sheets")
        assert isinstance(page, SheetsPage)
        self.page = page

    def settled(self) -> bool:
        """Say whether nothing is under way."""
        return not self.page.job.busy and not self.book.session.busy

    def keep(self, name: str, *, more: bool = False) -> None:
        """Draw the window as it is."""
        self.gallery.wait(self.settled)
        whole = f"coordinator_sheets_{name}"
        self.gallery.draw(self.book.frame, whole, settle=self.settled, more=more)

    def list(self, code: str) -> None:
        """List the lines a filter lets through."""
        self.gallery.wait(self.settled)
        self.page.lines.filter.set_value(code)
        self.page.lines._list()


def draw_sheets(gallery: Draws, book: OpenCasebook, store: Store, folder: Path) -> None:
    """Draw a list of clients and one of arrests on their way in."""
    client = _client(book)
    told = {"surname": "Marshland", "forename": "Daniel", "short": "Danny", "born": "14/03/1989"}
    pages = _Pages(gallery, book)
    pages.keep("choose")
    for name, text in (("clients", CLIENTS), ("arrests", ARRESTS)):
        path = folder / f"{name}.csv"
        path.write_text(text.format(**told), encoding="utf-8")
        pages.page.open_file(path)
        pages.keep(f"{name}_columns", more=name == "clients")
        if name == "clients":
            _draw_running(pages)
        pages.page.look()
        pages.list("all")
        pages.keep(f"{name}_lines", more=name == "clients")
        pages.list("choose")
        pages.keep(f"{name}_choose")
        if name == "arrests":
            pages.page.lines.say_words.click()
            pages.keep("words")
        pages.page.take_in()
        pages.keep(f"{name}_done")
        if name == "clients" and (looked := pages.page._looked) is not None:
            pages.page._show_done(TakenIn(looked.counts, 2, stopped=True))
            pages.keep("clients_stopped")
        pages.page.finish.other.emit()
    pages.keep("waiting")
    broken = folder / "broken.xlsx"
    broken.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(900))
    pages.page.open_file(broken)
    pages.keep("refused")
    nobody = folder / "nobody.csv"
    nobody.write_text("Name,D.O.B.\n", encoding="utf-8")
    pages.page.open_file(nobody)
    pages.keep("empty_columns")
    pages.page.look()
    pages.keep("empty_lines")
    assert reads.records(store, form="arrest", client=client)
    _draw_return(gallery, book)


def _draw_running(pages: _Pages) -> None:
    """Draw a reading under way, one that was stopped, and a taking in that was."""
    page = pages.page
    page.job.running.emit(True)  # noqa: FBT003  Qt's own signature
    page.job.stage.emit(Stage("Taking in the lines …", 7_412, 20_000))
    pages.keep("running")
    page.job.running.emit(False)  # noqa: FBT003  Qt's own signature
    page.job.stopped.emit()
    pages.keep("stopped")


def _draw_return(gallery: Draws, book: OpenCasebook) -> None:
    """Draw what the return still lacks, and what is asked before it is saved."""
    gallery.go(book, Place("ndtms"))
    page = book.frame.page("ndtms")
    assert isinstance(page, ReturnPage)

    def settled() -> bool:
        return not book.session.busy

    def keep(name: str) -> None:
        gallery.wait(settled)
        gallery.draw(book.frame, f"coordinator_sheets_{name}", settle=settled, more=False)

    page.act.click()
    keep("return_no_code")
    book.frame.banner.hide()
    page.agency.setText("AB12")
    keep("return_empty")
    page.since.set_value("2010-01-01")
    page.until.set_value("2010-02-01")
    keep("return_nobody")
    page.since.set_value("2026-01-01")
    page.until.set_value("2026-11-23")
    keep("return")
    page.act.click()
    keep("return_asked")
    page.beside.put_away()


def _client(book: OpenCasebook) -> RecordId:
    """Put somebody on the casebook whom the lists are about; return the id."""
    held: Answers = {
        "surname": "Marshland",
        "forename": "Daniel",
        "born": "1989-03-14",
        "gender": "man",
        "first_contact_on": "2026-02-03",
    }
    record = book.session.new_record()
    edit = Edit("client", record, record, "partners", held)
    now_ms = book.session.clock.now_ms()
    book.session.work(lambda vault: vault.save([edit], now_ms=now_ms)).result()
    return record
