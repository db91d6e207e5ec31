# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A line to search with: what empties it can be seen in every theme."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from tests.ui.kit.conftest import Wear
from ui import theme
from ui.kit.search_field import MARK, SearchField
from ui.tokens import Scheme


@pytest.mark.parametrize("scheme", list(Scheme))
def test_the_mark_that_empties_it_has_a_colour_of_the_theme(
    shown: Callable[..., QWidget], wear: Wear, scheme: Scheme
) -> None:
    field = SearchField("Find a client: name or date of birth", short="Find a client")
    shown(field)
    field.setText("quil")
    wear(scheme)
    mark = field.findChild(QAction, MARK)
    assert isinstance(mark, QAction)
    image = mark.icon().pixmap(16, 16).toImage()
    drawn = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    solid = {one.name() for one in drawn if one.alpha() == 255}
    assert solid == {theme.color("muted").name()}
