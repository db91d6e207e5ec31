# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Asking and telling: every dialog goes through here, so that tests can answer them.

Nothing pops up unasked, and locking never waits for an answer.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QDialog, QFileDialog, QInputDialog, QLineEdit, QMessageBox, QWidget


class Dialogs(Protocol):
    """What the window may ask a person. The real one is `ScreenDialogs`."""

    def confirm(self, question: str, *, act: str, explain: str = "") -> bool:
        """Ask before something that leaves the laptop or cannot be undone; `act` says it."""
        ...

    def tell(self, what: str, *, explain: str = "") -> None:
        """Tell something that must be seen before going on."""
        ...

    def ask_text(self, question: str, *, secret: bool = False) -> str | None:
        """Ask for one line; None when the person thinks better of it."""
        ...

    def choose(self, question: str, among: Sequence[str]) -> int | None:
        """Ask for one of a few; None when the person thinks better of it."""
        ...

    def open_file(self, title: str, *, kinds: str = "") -> Path | None:
        """Ask for a file to read."""
        ...

    def save_file(self, title: str, *, suggest: str) -> Path | None:
        """Ask where to write a file; `suggest` is a neutral name without anybody's."""
        ...

    def folder(self, title: str) -> Path | None:
        """Ask for a folder."""
        ...


class ScreenDialogs:
    """Dialogs on the screen, over the window they belong to."""

    def __init__(self, window: QWidget | None = None) -> None:
        self.window = window

    def confirm(self, question: str, *, act: str, explain: str = "") -> bool:
        """Ask; the act is a button in its own words, and not the default."""
        box = QMessageBox(self.window)
        box.setText(question)
        box.setInformativeText(explain)
        yes = box.addButton(act, QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        box.exec()
        return box.clickedButton() is yes

    def tell(self, what: str, *, explain: str = "") -> None:
        """Tell."""
        box = QMessageBox(self.window)
        box.setText(what)
        box.setInformativeText(explain)
        box.exec()

    def ask_text(self, question: str, *, secret: bool = False) -> str | None:
        """Ask for a line."""
        mode = QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal
        text, said_yes = QInputDialog.getText(self.window, "", question, mode)
        return text if said_yes else None

    def choose(self, question: str, among: Sequence[str]) -> int | None:
        """Ask for one of a few."""
        text, said_yes = QInputDialog.getItem(
            self.window, "", question, list(among), editable=False
        )
        return list(among).index(text) if said_yes else None

    def open_file(self, title: str, *, kinds: str = "") -> Path | None:
        """Ask for a file to read."""
        return self._file(title, QFileDialog.FileMode.ExistingFile, kinds=kinds)

    def save_file(self, title: str, *, suggest: str) -> Path | None:
        """Ask where to write."""
        return self._file(title, QFileDialog.FileMode.AnyFile, suggest=suggest)

    def folder(self, title: str) -> Path | None:
        """Ask for a folder."""
        return self._file(title, QFileDialog.FileMode.Directory)

    def _file(
        self, title: str, mode: QFileDialog.FileMode, *, kinds: str = "", suggest: str = ""
    ) -> Path | None:
        dialog = QFileDialog(self.window, title)
        # Qt's own dialog: the system's would remember the folder and the file in its history.
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setFileMode(mode)
        dialog.setHistory([])
        if mode is QFileDialog.FileMode.AnyFile:
            dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
            dialog.selectFile(suggest)
        if kinds:
            dialog.setNameFilter(kinds)
        chosen = dialog.exec() == QDialog.DialogCode.Accepted
        return Path(dialog.selectedFiles()[0]) if chosen else None
