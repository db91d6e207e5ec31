# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Settings: how Tandem looks and behaves on this laptop."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_app.casework.words import _, ngettext
from resources import folder
from ui import theme
from ui.capture import hider
from ui.home import Settings
from ui.kit.buttons import button
from ui.kit.card import Card, across, down, holding, reading
from ui.kit.labels import label
from ui.kit.segment import Segment
from ui.places import Place
from ui.theme import BOLD, SEMI
from ui.tokens import L, M, S

TEXT_SIZES = (90, 100, 110, 125, 150)
LOCK_AFTER = (1, 3, 5, 10, 15)
NAMES = 150
"""Width of what each line is called, at text size 1: room for the longest of them."""
NAMES_OF_LANGUAGES = {"cy": "Cymraeg", "pl": "Polski", "ro": "Română"}


def languages() -> list[tuple[str, str]]:
    """Return the languages Tandem speaks: English, and each one whose catalogue is shipped."""
    shipped = sorted(
        one.name
        for one in folder("locale").iterdir()
        if (one / "LC_MESSAGES" / "tandem.mo").is_file()
    )
    return [("", "English"), *((code, NAMES_OF_LANGUAGES.get(code, code)) for code in shipped)]


class SettingsPage(QWidget):
    """Light or dark, text size, language, when it locks, and where the team folder is.

    Signals:
        chosen: the `Settings` as they now are; worn at once.
        share_wanted: another team folder is to be chosen.
        go: a `Place` to be taken to.
    """

    chosen = Signal(object)
    share_wanted = Signal()
    go = Signal(object)
    help_topic = "settings"

    def __init__(
        self,
        settings: Settings,
        *,
        share: str,
        facts: list[tuple[str, str]],
        pictures: bool | None = None,
    ) -> None:
        """Build the page.

        Args:
            settings: as they are.
            share: the team folder; empty when none is chosen.
            facts: what this laptop is, in pairs of words: laptop, team, version, licence.
            pictures: whether windows can be kept out of pictures; what the system says when None.
        """
        super().__init__()
        self._settings = settings
        self._pictures = hider() is not None if pictures is None else pictures
        self._share, self._first_share = label("", weight=SEMI, wrap=True), share
        column = down(
            label(_("Settings"), "h1", weight=BOLD),
            self._looks(),
            self._safety(),
            self._keys(),
            self._sharing(),
            _about(facts),
            None,
            gap=M,
            margins=(L, M, L, L),
        )
        inside = holding(column)
        inside.setMaximumWidth(860)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(reading(inside))

    def set_share(self, share: str) -> None:
        """Show another team folder."""
        self._say_share(share)

    def _say_share(self, share: str) -> None:
        self._share.setText(share or _("None chosen yet"))
        self._choose.set_words(_("Choose another &folder") if share else _("Choose a &folder"))

    def _looks(self) -> Card:
        card, settings = Card(_("How it looks"), role="h3", gap=M), self._settings
        colours = [
            ("system", _("As the laptop")),
            ("light", _("Light")),
            ("dark", _("Dark")),
            ("contrast", _("High contrast")),
        ]
        card.add(self._row(_("&Colours"), colours, settings.scheme, lambda code: {"scheme": code}))
        sizes = [(str(size), f"{size}%") for size in TEXT_SIZES]
        card.add(
            self._row(
                _("&Text size"),
                sizes,
                str(settings.text_percent),
                lambda code: {"text_percent": int(code)},
            )
        )
        if len(languages()) > 1:
            card.add(
                self._row(
                    _("&Language"),
                    languages(),
                    settings.language,
                    lambda code: {"language": code},
                    _("Counts from the next time Tandem opens."),
                )
            )
        return card

    def _safety(self) -> Card:
        card = Card(_("When you walk away"), role="h3", gap=M)
        minutes = [
            (str(one), ngettext("%(n)d minute", "%(n)d minutes", one) % {"n": one})
            for one in LOCK_AFTER
        ]
        card.add(
            self._row(
                _("Lock &after"),
                minutes,
                str(self._settings.lock_minutes),
                lambda code: {"lock_minutes": int(code)},
                _("Locking keeps every draft. Ctrl+L locks at once; so does a sleeping laptop."),
            )
        )
        if self._pictures:
            seen = [("out", _("Kept out")), ("in", _("Let in"))]
            card.add(
                self._row(
                    _("&Pictures of the screen"),
                    seen,
                    "out" if self._settings.capture_guard else "in",
                    lambda code: {"capture_guard": code == "out"},
                    _("Kept out, Tandem is black for remote help and for some screen readers."),
                )
            )
        else:
            words = _("This system cannot keep Tandem out of pictures of the screen.")
            card.add(label(words, "small", tone="muted", wrap=True))
        return card

    def _keys(self) -> Card:
        card = Card(_("Passphrase and keys"), role="h3", gap=S)
        change = button(_("&Passphrase and keys"), icon="key-round")
        change.clicked.connect(lambda: self.go.emit(Place("keys")))
        words = _("Change the passphrase, try the recovery words, give the casebook a new key.")
        row = across(change, label(words, tone="muted", wrap=True), gap=M)
        row.setStretch(1, 1)
        card.add(row)
        return card

    def _sharing(self) -> Card:
        card = Card(_("Team folder"), role="h3", gap=S)
        self._choose = button(_("Choose another &folder"), icon="folder-open")
        self._choose.clicked.connect(self.share_wanted)
        self._say_share(self._first_share)
        card.add(self._share)
        card.add(
            label(
                _("A folder on the team's file service, or on a stick. Never open it with others."),
                "small",
                tone="muted",
                wrap=True,
            )
        )
        card.add(across(self._choose, None))
        return card

    def _row(
        self,
        words: str,
        choices: list[tuple[str, str]],
        now: str,
        changes: Callable[[str], dict[str, Any]],
        hint: str = "",
    ) -> QWidget:
        segment = Segment(choices, words.replace("&", ""), value=now)
        name = label(words, weight=SEMI, buddy=segment)
        name.setMinimumWidth(theme.px(NAMES))

        def take(code: str) -> None:
            self._settings = replace(self._settings, **changes(code))
            self.chosen.emit(self._settings)

        segment.chosen.connect(take)
        beneath = [label(hint, "small", tone="muted", wrap=True)] if hint else []
        row = across(name, down(across(segment, None), *beneath, gap=4), gap=M)
        row.setStretch(1, 1)
        row.setAlignment(name, Qt.AlignmentFlag.AlignTop)
        segment.ensurePolished()
        name.setFixedHeight(segment.sizeHint().height())
        return holding(row)


def _about(facts: list[tuple[str, str]]) -> Card:
    card = Card(_("About this laptop"), role="h3", gap=4)
    for what, value in facts:
        name = label(what, tone="muted")
        name.setFixedWidth(theme.px(NAMES))
        said = across(name, label(value, wrap=True), gap=M)
        said.setStretch(1, 1)
        card.add(said)
    return card
