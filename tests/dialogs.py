# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Dialogs for tests: each question is answered as the test says, or not at all."""

from collections.abc import Sequence
from pathlib import Path

from ui.dialogs import ScreenDialogs


class QuietDialogs:
    """Answers with what a test has laid ready; without that, thinks better of it.

    A file to open is asked for on the screen when dialogs of the screen are laid ready for it.
    """

    def __init__(self, **answers: object) -> None:
        self.answers = dict(answers)
        self.told: list[str] = []

    def confirm(self, question: str, *, act: str, explain: str = "") -> bool:
        return bool(self.answers.get("confirm", False))

    def tell(self, what: str, *, explain: str = "") -> None:
        self.told.append(what)

    def ask_text(self, question: str, *, secret: bool = False) -> str | None:
        found = self.answers.get("ask_text")
        return found if isinstance(found, str) else None

    def choose(self, question: str, among: Sequence[str]) -> int | None:
        found = self.answers.get("choose")
        return found if isinstance(found, int) else None

    def open_file(self, title: str, *, kinds: str = "") -> Path | None:
        found = self.answers.get("open_file")
        if isinstance(found, ScreenDialogs):
            return found.open_file(title, kinds=kinds)
        return self._path("open_file")

    def save_file(self, title: str, *, suggest: str) -> Path | None:
        return self._path("save_file")

    def folder(self, title: str) -> Path | None:
        return self._path("folder")

    def _path(self, name: str) -> Path | None:
        found = self.answers.get(name)
        return found if isinstance(found, Path) else None
