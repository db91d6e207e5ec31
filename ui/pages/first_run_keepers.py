# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The last step of a new team: three papers, so that not all of it hangs on one laptop."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_app.casework.words import _
from ui.kit.buttons import button
from ui.pages.first_run_steps import Step
from ui.pages.stepping import line
from ui.pages.team_news import MAKE_PAPERS


class KeepersOffer(Step):
    """Offers to make the keepers' papers at once.

    Signals:
        answered: the `Place` to go to; None for not now: Today asks again until they are made.
    """

    answered = Signal(object)

    def __init__(self, team: str) -> None:
        super().__init__(
            _("%(team)s is founded") % {"team": team},
            _("So far all of it hangs on this one laptop. Three papers mend that."),
        )
        for icon, words in (
            (
                "laptop",
                _(
                    "Were this laptop lost, nobody could be let into the team or taken out any "
                    "more, and no key could be renewed."
                ),
            ),
            (
                "users",
                _(
                    "Three people each keep a paper. Any two of them can then name another "
                    "coordinator; one alone can do nothing, and a paper opens no record."
                ),
            ),
            ("printer", _("It takes ten minutes and a printer, or a pen.")),
        ):
            self.body.addLayout(line(icon, words))
        self.later = button(_("&Later"), "quiet", icon="clock", name=_("Make the papers later"))
        self.later.clicked.connect(lambda: self.answered.emit(None))
        self.forward.connect(lambda: self.answered.emit(MAKE_PAPERS))
        self.end_with(_("&Make the papers now"), icon="file-text", may_go_back=False)
        self._foot.insertWidget(0, self.later)
        QWidget.setTabOrder(self.act, self.later)
        self.setFocusProxy(self.act)
