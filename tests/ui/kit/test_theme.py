# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""One look for the whole program, changed in one place."""

import pytest
from PySide6.QtGui import QColor, QFontInfo, QFontMetrics, QImage, QPalette
from PySide6.QtWidgets import QApplication

from tests.ui.kit.conftest import Wear
from ui import icons, theme
from ui.style_sheet import style_sheet
from ui.theme import BOLD, REGULAR, SEMI, Theme
from ui.tokens import COLOURS, Scheme


def test_the_bundled_font_is_used_in_three_weights(wear: Wear) -> None:
    for weight in (REGULAR, SEMI, BOLD):
        found = QFontInfo(theme.font("body", weight))
        assert (found.family(), found.weight()) == ("Inter", weight)


def test_figures_that_stand_in_columns_are_all_of_one_width(wear: Wear) -> None:
    measure = QFontMetrics(theme.figures("h1"))
    assert measure.horizontalAdvance("1111") == measure.horizontalAdvance("0000")
    words = QFontMetrics(theme.font("h1"))
    assert words.horizontalAdvance("-") < words.horizontalAdvance("0"), "a hyphen stays narrow"


def test_palette_and_style_sheet_take_their_colours_from_the_table(
    qapp: QApplication, wear: Wear
) -> None:
    for scheme in Scheme:
        wear(scheme)
        window = qapp.palette().color(QPalette.ColorRole.Window)
        assert window.name().upper() == getattr(COLOURS["window"], scheme)
        assert getattr(COLOURS["accent"], scheme) in qapp.styleSheet()
        assert "$" not in qapp.styleSheet()


def test_text_size_stays_within_what_every_page_can_hold(wear: Wear) -> None:
    wear(text_scale=9.0)
    assert theme.current().text_scale == 1.5
    wear(text_scale=0.1)
    assert theme.current().text_scale == 0.9
    assert theme.px(32) == 32, "small text makes no target smaller"


def test_everybody_is_told_once_the_new_theme_is_worn(wear: Wear) -> None:
    heard: list[Theme] = []
    theme.look().changed.connect(lambda: heard.append(theme.current()))
    wear(Scheme.DARK, 1.2)
    assert heard == [Theme(Scheme.DARK, 1.2)]


@pytest.mark.parametrize(
    ("wish", "worn"),
    [("light", Scheme.LIGHT), ("dark", Scheme.DARK), ("contrast", Scheme.CONTRAST)],
)
def test_what_a_person_chose_is_worn(
    qapp: QApplication, wear: Wear, wish: str, worn: Scheme
) -> None:
    theme.choose(qapp, wish, text_scale=1.1)
    assert theme.current() == Theme(worn, 1.1)
    assert not theme.look().follows


def test_the_laptop_is_followed_only_when_a_person_wants_that(
    qapp: QApplication, wear: Wear
) -> None:
    theme.choose(qapp, "system", text_scale=1.2)
    assert theme.look().follows
    wear(Scheme.DARK, 1.2)
    qapp.styleHints().accessibility().contrastPreferenceChanged.emit(0)
    assert theme.current().scheme is not Scheme.DARK, "the laptop asks for no dark here"
    theme.choose(qapp, "dark")
    qapp.styleHints().accessibility().contrastPreferenceChanged.emit(0)
    assert theme.current().scheme is Scheme.DARK


def test_the_style_sheet_can_be_read_by_qt(qapp: QApplication, wear: Wear) -> None:
    for scheme in Scheme:
        sheet = style_sheet(Theme(scheme))
        assert sheet.count("{") == sheet.count("}")


def near(colour: QColor) -> tuple[int, ...]:
    """Return a colour as it is after rounding: drawing twice over an edge may be off by one."""
    return tuple(round(share / 8) for share in (colour.red(), colour.green(), colour.blue()))


def test_every_icon_can_be_drawn_in_the_colour_asked_for(wear: Wear) -> None:
    assert len(icons.names()) > 90
    for name in icons.names():
        image = icons.pixmap(name, "bad", size=24, dpr=2.0).toImage()
        solid = [
            image.pixelColor(x, y)
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        ]
        assert solid, name
        assert {near(one) for one in solid} == {near(theme.color("bad"))}, name


def test_an_icon_is_as_sharp_as_the_screen(wear: Wear) -> None:
    picture = icons.pixmap("sun", size=16, dpr=1.5)
    assert picture.width() == 24
    assert picture.deviceIndependentSize().width() == 16


def test_an_icon_takes_the_colour_of_a_new_theme(wear: Wear) -> None:
    def drawn() -> QImage:
        return icons.icon("sun", "text", size=18).pixmap(18).toImage()

    light = drawn()
    wear(Scheme.DARK)
    assert drawn() != light


def test_an_icon_nobody_ships_is_found_out_at_once(wear: Wear) -> None:
    with pytest.raises(FileNotFoundError):
        icons.pixmap("no-such-icon")
