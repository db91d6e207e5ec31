# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Labels, lines, chips and keycaps."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QLineEdit, QWidget

from tests.ui.kit.conftest import Wear
from tests.ui.kit.samples import name_of
from ui import theme
from ui.kit.chip import Chip, ChipText, chip_size, chips_width, draw_chips
from ui.kit.keycap import Keycap
from ui.kit.labels import (
    Disc,
    IconMark,
    Line,
    Part,
    Passage,
    label,
    parts_width,
)
from ui.kit.lines import Lines, broken_lines
from ui.theme import BOLD, SEMI
from ui.tokens import Scheme

Shown = Callable[..., QWidget]


def test_what_somebody_typed_is_never_read_as_html(shown: Shown) -> None:
    typed = "<b>Ann</b> & <script>x</script>"
    plain, passage = label(typed), Passage([Part(typed, weight=BOLD)])
    assert plain.textFormat() is Qt.TextFormat.PlainText
    assert "<script>" not in passage.text()
    assert "&lt;script&gt;" in passage.text()
    assert passage.accessibleName() == typed


def test_a_label_keeps_its_colour_and_size_through_every_theme(wear: Wear) -> None:
    words = label("Risk 13", "h2", tone="warn", weight=SEMI)
    for scheme in Scheme:
        wear(scheme, 1.2)
        assert words.palette().color(QPalette.ColorRole.WindowText) == theme.color("warn")
        assert words.font().pointSizeF() == 14.0 * 1.2
        assert words.font().weight() == SEMI


def test_a_label_names_the_field_it_is_for(wear: Wear) -> None:
    field = QLineEdit()
    made = label("Next st&ep", buddy=field)
    assert made.buddy() is field
    assert name_of(field) == "Next step"


def test_a_line_that_does_not_fit_keeps_its_words_in_the_tooltip(shown: Shown) -> None:
    line = Line([Part("because ", "muted"), Part("not seen for fifteen days " * 9, weight=SEMI)])
    shown(line, width=200)
    assert line.width() < line.sizeHint().width()
    assert line.toolTip() == name_of(line) == line.text()


def test_a_line_says_the_same_in_few_words_where_there_is_no_room(shown: Shown) -> None:
    line = Line([])
    line.set_parts([Part("Jo may ask to read it. " * 9)], short=[Part("Jo may ask to read it.")])
    shown(line, width=200)
    assert [part.text for part in line.shown()] == ["Jo may ask to read it."]
    assert line.toolTip() == name_of(line) == line.text()
    line.resize(line.sizeHint())
    assert "".join(part.text for part in line.shown()) == line.text()


def test_a_passage_takes_the_height_its_words_need(shown: Shown) -> None:
    passage = Passage([Part("Do not visit alone. ", weight=BOLD), Part("Dog in the yard. " * 20)])
    shown(passage, width=300)
    assert passage.height() >= passage.heightForWidth(passage.width())


def test_long_text_is_broken_and_its_end_elided(wear: Wear) -> None:
    lines = broken_lines("word " * 100, 200, most=2)
    assert len(lines) == 2
    assert lines[1].endswith("…")
    assert all(theme.metrics().horizontalAdvance(line) <= 202 for line in lines)
    assert broken_lines("short", 200) == ["short"]
    assert broken_lines(" \n ", 200) == []
    narrow = broken_lines("i" * 2_000, 200, most=2)
    assert len(narrow) == 2
    assert narrow[1].endswith("i…")
    assert theme.metrics().horizontalAdvance(narrow[1]) > 180


def test_lines_are_drawn_where_qt_draws_the_same_words(wear: Wear) -> None:
    said = "She was at home and asked for help with the tenancy; we rang the council together."

    for size in (0.9, 1.0, 1.5):
        wear(text_scale=size)
        spacing = theme.metrics().lineSpacing()
        lines = Lines(Part(said), 200, most=2)
        assert lines.high == 2 * spacing
        ours, as_qt = (QImage(300, 80, QImage.Format.Format_ARGB32) for _twice in range(2))
        ours.fill(0)
        as_qt.fill(0)
        with QPainter(ours) as painter:
            lines.draw(painter, 5, 5)
        with QPainter(as_qt) as painter:
            painter.setFont(theme.font())
            painter.setPen(theme.color("text"))
            for number, line in enumerate(lines.said):
                place = QRect(5, 5 + number * spacing, 200, spacing)
                painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, line)
        assert ours == as_qt


def test_figures_of_a_column_are_measured_as_they_are_drawn(wear: Wear) -> None:
    ones = parts_width([Part("11:11", figures=True)])
    assert ones == parts_width([Part("00:00", figures=True)])
    assert parts_width([Part("11:11")]) < parts_width([Part("00:00")])


def test_a_chip_says_its_words_and_is_never_cut(shown: Shown, wear: Wear) -> None:
    chip = Chip("In custody: HMP Eastmoor", "custody", icon="building-2")
    shown(chip)
    assert name_of(chip) == "In custody: HMP Eastmoor"
    for size in (0.9, 1.0, 1.5):
        wear(text_scale=size)
        assert chip.minimumSizeHint().width() >= theme.metrics("small", SEMI).horizontalAdvance(
            chip.text()
        )


def test_in_high_contrast_a_chip_has_an_outline(shown: Shown, wear: Wear) -> None:
    chip = Chip("Risk 13", "warn")
    shown(chip)
    wear(Scheme.CONTRAST)
    image = chip.grab().toImage()
    edge = {image.pixelColor(x, 0).name() for x in range(20, image.width() - 20)}
    assert edge == {theme.color("warn").name()}


def _painted(wide: int, chips: list[ChipText]) -> int:
    """Return how far to the right something is painted."""
    image = QImage(400, 24, QImage.Format.Format_ARGB32)
    image.fill(0)
    with QPainter(image) as painter:
        draw_chips(painter, QRectF(0, 0, wide, 24), chips)
    columns = [x for x in range(400) if image.pixelColor(x, 12).alpha()]
    return max(columns, default=0)


def test_a_chip_in_a_list_gives_way_before_it_is_left_out(wear: Wear) -> None:
    chips = [ChipText("Whereabouts unknown", "warn", "map-pin"), ChipText("Draft")]
    whole = chips_width(chips)
    first = chip_size("Whereabouts unknown", "map-pin").width()
    assert _painted(whole, chips) > first
    assert _painted(first, chips) < first
    assert 60 < _painted(100, chips) <= 100, "elided, not left out"


def test_a_keycap_says_that_it_is_a_key(wear: Wear) -> None:
    assert name_of(Keycap("Ctrl+K")) == "Key Ctrl+K"


def test_icons_and_discs_grow_with_the_text(wear: Wear) -> None:
    mark, disc = IconMark("clock", size=16), Disc("pill", "ok", size=30)
    wear(text_scale=1.5)
    assert mark.width() == 26
    assert disc.width() == 45
