# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Samples of every small widget, and a page that shows them all."""

from datetime import date, datetime

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QVBoxLayout, QWidget

from ui.kit.alert_bar import AlertBar
from ui.kit.buttons import button, icon_button
from ui.kit.card import Card, across, scrolling
from ui.kit.chip import Chip, ChipText
from ui.kit.date_field import DateField, DateTimeField, PartialDateField
from ui.kit.drop_down import DropDown
from ui.kit.empty import Empty
from ui.kit.keycap import Keycap
from ui.kit.labels import Disc, IconMark, Line, Part, label
from ui.kit.note_edit import NoteEdit
from ui.kit.notice import Notice
from ui.kit.offers import AnswerChoice, Offers
from ui.kit.overflow import OverflowRow
from ui.kit.person_banner import PersonBanner
from ui.kit.pills import FilterPills, Pills
from ui.kit.row import Lead, RowAnswer, RowItem
from ui.kit.row_list import RowList, RowSection
from ui.kit.section_rule import SectionRule
from ui.kit.segment import Segment
from ui.kit.table import Cell, Column, Table
from ui.kit.tick_box import TickBox
from ui.kit.tile import TileChoice, Tiles
from ui.kit.timeline import Timeline
from ui.kit.timeline_entry import TimelineItem
from ui.kit.word_marks import WordMarks
from ui.theme import SEMI

WHERE = [("home", "Home"), ("street", "Street"), ("prison", "Prison")]
ANSWERS = [AnswerChoice("took", "Took it", "ok"), AnswerChoice("no", "No")]
TILES = [
    TileChoice("yes", "Yes", "Seen and spoken to", "user-check", "ok", "Y"),
    TileChoice("but", "Yes, but", "Did not want to talk", "message-square", "warn", "B"),
    TileChoice("no", "No", "Not seen", "door-closed", "neutral", "N"),
]


def today() -> date:
    return date(2026, 11, 23)


def now() -> datetime:
    return datetime(2026, 11, 23, 15, 4)  # noqa: DTZ001  local time, as answers are stored


def name_of(widget: QWidget) -> str:
    """Return what a screen reader calls a widget."""
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


def focus() -> QWidget:
    """Return the widget the keyboard is on."""
    here = QApplication.focusWidget()
    assert here is not None, "the keyboard is nowhere"
    return here


def press(key: Qt.Key) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(focus(), key)


def controls(window: QWidget) -> list[QWidget]:
    """Return everything in a window that a person presses or types into."""
    found = [*window.findChildren(QAbstractButton), *window.findChildren(QLineEdit)]
    return [
        one for one in found if one.isVisibleTo(window) and not isinstance(one.parent(), QLineEdit)
    ]


def banner() -> PersonBanner:
    acts = [
        button("Record &visit", "primary", icon="footprints", shortcut="Ctrl+R"),
        button("&Book", icon="calendar-plus", shortcut="Ctrl+B"),
        button("Change &setting", icon="arrow-right-left"),
    ]
    made = PersonBanner(OverflowRow(acts))
    made.set_person(
        "MARSH, Daniel",
        [("Known as", "Danny"), ("Born", "14 Mar 1989 (37y)"), ("Gender", ""), ("Ref", "OR-0427")],
        states=[
            ChipText("In custody: HMP Eastmoor", "custody", "building-2"),
            ChipText("Risk 13, medium", "warn", "scale"),
            ChipText("In treatment", "ok", "pill"),
        ],
    )
    return made


def alert() -> AlertBar:
    made = AlertBar()
    made.set_alert("Do not visit alone.", "Dog.", "Set by PC R. Shah, review 30 Nov.", count=2)
    return made


def timeline() -> Timeline:
    made = Timeline("Timeline")
    seen = (ChipText("Seen", "ok", "circle-check"),)
    made.set_items(
        [
            TimelineItem(
                b"one",
                "handshake",
                "info",
                "Joint prison visit",
                seen,
                "Mon 23 Nov, 10:40",
                "K. Osei with PC R. Shah",
                "Asked for help with the tenancy.",
                "November 2026",
            ),
            TimelineItem(b"two", "building-2", "custody", "Moved", month="November 2026"),
            TimelineItem(b"three", "footprints", "info", "Home visit", month="October 2026"),
        ]
    )
    return made


def rows() -> RowList:
    answers = (RowAnswer("seen", "Seen", "S"), RowAnswer("not", "Not seen", "N"))
    start = RowAnswer("start", "Start visit", "", "footprints")
    made = RowList("Today")
    because = (Part("because ", "muted"), Part("not seen for 15 days", "text", SEMI))
    made.set_sections(
        [
            RowSection(
                "First",
                (
                    RowItem(
                        "croft",
                        Lead("shield-alert", "bad"),
                        "CROFT, Leanne",
                        chips=(ChipText("New: do not visit alone", "bad", "triangle-alert"),),
                        because=because,
                        answers=answers,
                        tone="bad",
                    ),
                ),
            ),
            RowSection(
                "Visits due",
                (
                    RowItem("hale", Lead(text="15:00", beneath="28 min"), "HALE, K.", act=start),
                    RowItem("doyle", Lead("footprints", "info"), "DOYLE, Marcus", answers=answers),
                ),
                "nearest limit first",
            ),
        ]
    )
    return made


def table() -> Table:
    made = Table(
        "Clients",
        [
            Column("name", "Name", lambda row: Cell(row[0]), 160, stretch=True, sortable=True),
            Column("ref", "Ref", lambda row: Cell(row[1], "muted"), 90, drop=1),
            Column("where", "Where", lambda row: Cell(chips=(ChipText(row[2]),)), 120),
        ],
    )
    made.set_rows([("MARSH, Daniel", "OR-0427", "In custody"), ("CROFT, L.", "OR-0391", "Home")])
    return made


def choosing() -> list[QWidget]:
    """Return everything one chooses with."""
    offers = Offers([("kit", "Naloxone kit"), ("home", "Housing")], ANSWERS, "Offered")
    offers.set_value({"kit": None})
    return [
        Tiles(TILES, "Were you able to see her?"),
        Segment(WHERE, "Where", value="home"),
        Pills([("shah", "PC R. Shah"), ("bello", "Nurse A. Bello")], "With", values=["shah"]),
        FilterPills([("all", "All"), ("visits", "Visits")], "Show"),
        offers,
        TickBox("I have read this and told everybody in the &team who needs to know about it"),
        DropDown([("e", "HMP Eastmoor"), ("w", "HMP Westmoor")], "Prison", value="e"),
    ]


def typing() -> list[QWidget]:
    """Return everything one types into."""
    born, when = DateField("Born", today), DateTimeField("When", now)
    born.set_text("14 3 89")
    when.set_text("not a time")
    return [born, when, PartialDateField("Born", today, beside=True), NoteEdit("Note")]


def saying() -> list[QWidget]:
    """Return everything that says something."""
    return [
        SectionRule("Visits due", end="nearest limit first"),
        Notice("Your 3 changes are safe on this laptop.", "warn", buttons=[button("Try again")]),
        Empty("inbox", "Visits appear here", why="None yet.", act=button("Record visit")),
        WordMarks(6),
        Line([Part("because ", "muted"), Part("not seen for 15 days", weight=SEMI)], "small"),
        label("A sentence that may run over several lines where the window is narrow.", wrap=True),
    ]


def showcase() -> QWidget:
    """Return a page with every small widget there is."""
    page = QWidget()
    column = QVBoxLayout(page)
    for widget in (banner(), alert(), *choosing(), *typing()):
        column.addWidget(widget)
    column.addLayout(
        across(Keycap("Ctrl+Enter"), IconMark("clock"), Disc("pill", "ok"), Chip("Draft"), None)
    )
    column.addLayout(
        across(
            button("Save", "primary", icon="check"),
            button("Withdraw", "danger", small=True),
            icon_button("ellipsis", "More"),
            None,
        )
    )
    card = Card("A card", corner=button("Edit", "quiet", small=True))
    for widget in (*saying(), rows(), timeline(), table()):
        card.add(widget)
    column.addWidget(card)
    return scrolling(page)
