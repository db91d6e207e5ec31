# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What was offered at a door: the likely things at once, all the others behind one more pill."""

from collections.abc import Sequence

from PySide6.QtWidgets import QMenu

from desktop_app.casework.words import _
from ui.editors.tabbing import chain
from ui.kit.offers import AnswerChoice, Offers
from ui.kit.pills import Pill

USUAL = ("naloxone", "nurse", "needles", "housing", "food", "lift", "womens_service")
AT_ONCE = 5


class DoorstepOffers(Offers):
    """Offers with the rest of the list behind "Something else"."""

    def __init__(
        self, choices: Sequence[tuple[str, str]], answers: Sequence[AnswerChoice], name: str
    ) -> None:
        usual_first = sorted(choices, key=lambda one: one[0] not in USUAL)
        super().__init__(usual_first, answers, name)
        self._likely = list(USUAL[:AT_ONCE])
        self.more = Pill(_("Something else"), icon="plus")
        self.more.setCheckable(False)
        self.more.setAccessibleName(_("Offered: something else"))
        self.more.clicked.connect(self._offer_rest)
        self._flow.addWidget(self.more)
        self.set_likely(())

    def set_likely(self, codes: Sequence[str]) -> None:
        """Offer these at once, then what is usual; hide the others behind the last pill."""
        wanted = [one for one in dict.fromkeys([*codes, *USUAL]) if one in self.adders]
        self._likely = wanted[:AT_ONCE]
        self._tidy()

    def menu(self) -> QMenu:
        """Return the menu of everything else that can be offered."""
        menu = QMenu(self)
        for code, adder in self.adders.items():
            if code not in self.offered and code not in self._likely:
                menu.addAction(adder.text()).triggered.connect(adder.click)
        return menu

    def _offer_rest(self) -> None:
        self.menu().popup(self.more.mapToGlobal(self.more.rect().bottomLeft()))

    def _settle(self) -> None:
        super()._settle()
        if hasattr(self, "more"):
            self._tidy()

    def _tidy(self) -> None:
        for code, adder in self.adders.items():
            adder.setVisible(code in self._likely and code not in self.offered)
        pills = [
            part for pill in self.offered.values() for part in (*pill.parts.values(), pill.remove)
        ]
        shown = [adder for adder in self.adders.values() if not adder.isHidden()]
        chain([*pills, *shown], end=self.more)
        first = next(iter(self.offered.values()), None) or next(iter(shown), self.more)
        self.setFocusProxy(first)
        self.updateGeometry()
