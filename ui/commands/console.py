# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The terminal: what is said goes out here and nowhere else.

Rules, each with a test:

* What was asked for goes to standard output, everything else to standard error.
* Progress is shown on a terminal only, on one line that is cleared when it is done.
* With `--json`, standard output holds JSON and nothing besides.
* A passphrase is read without being shown, or from a file, and never from an argument.
"""

import getpass
import sys
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from desktop_app.casework.errors import CaseworkError
from desktop_app.casework.words import _
from storage.secret import normalise
from storage.strength import see_it_is_strong

LONGEST_PASSPHRASE_FILE = 4096
STANDARD_INPUT = "-"
_CLEAR = "\r\x1b[2K"


class NoPassphrase(CaseworkError):
    """There is nobody to ask for the passphrase, and no file that holds it."""


@dataclass(slots=True)
class Console:
    """Where a command speaks, and whom it asks.

    Attributes:
        out: standard output.
        err: standard error.
        read: standard input.
        ask: asks for a passphrase without showing it.
        machine: whether a program reads the answer: JSON only.
    """

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    read: TextIO = field(default_factory=lambda: sys.stdin)
    ask: Callable[[str], str] = getpass.getpass
    machine: bool = False
    _drawn: bool = False

    def say(self, text: str) -> None:
        """Say something a person asked for; nothing when a program reads."""
        if not self.machine:
            self._clear()
            self.out.write(f"{text}\n")

    def give(self, value: Any) -> None:
        """Give a program its answer, as one line of JSON."""
        if self.machine:
            self._clear()
            import msgspec  # noqa: PLC0415  not to open a window

            self.out.write(msgspec.json.encode(value).decode() + "\n")

    def write(self, text: str) -> None:
        """Write what was asked for, whoever reads."""
        self._clear()
        self.out.write(text)

    def complain(self, text: str) -> None:
        """Say what went wrong."""
        self._clear()
        self.err.write(f"{text}\n")

    def progress(self, text: str) -> None:
        """Show how far it is; nothing where nobody looks."""
        if self.err.isatty() and not self.machine:
            self.err.write(f"{_CLEAR}{text}")
            self.err.flush()
            self._drawn = True

    def _clear(self) -> None:
        if self._drawn:
            self.err.write(_CLEAR)
            self.err.flush()
            self._drawn = False


def passphrase(arguments: Namespace, console: Console, *, known: str = "") -> str:
    """Return the passphrase: from the file named, as known of a made-up team, or asked for.

    Raises:
        NoPassphrase: there is neither a file nor a terminal.
    """
    if arguments.passphrase_file or not known:
        return _secret(arguments.passphrase_file, console, _("Passphrase: "))
    return known


def new_passphrase(arguments: Namespace, console: Console) -> str:
    """Return what is to open a vault from now on: from the file named, or asked for twice.

    Raises:
        NoPassphrase: there is neither a file nor a terminal, or the two are not the same.
        WeakPassphrase: it could be guessed.
    """
    chosen = _secret(arguments.passphrase_file, console, _("New passphrase: "))
    if not arguments.passphrase_file:
        again = _secret(None, console, _("The same once more: "))
        if normalise(chosen) != normalise(again):
            raise NoPassphrase(_("The two are not the same. Nothing was changed."))
    see_it_is_strong(chosen)
    return chosen


def recovery_words(arguments: Namespace, console: Console) -> str:
    """Return the recovery words: from the file named, or asked for.

    Raises:
        NoPassphrase: there is neither a file nor a terminal.
    """
    return _secret(arguments.recovery_file, console, _("Recovery words: "))


def _secret(file: str | None, console: Console, question: str) -> str:
    """Return words nobody else may see: a file's first line, or what is typed unseen."""
    if file == STANDARD_INPUT:
        return _first_line(console.read.readline(LONGEST_PASSPHRASE_FILE))
    if file:
        return _read(Path(file))
    if console.ask is getpass.getpass and not console.read.isatty():
        raise NoPassphrase(
            _("There is no terminal to ask for the passphrase. Give --passphrase-file.")
        )
    try:
        return console.ask(question)
    except EOFError:
        raise NoPassphrase(_("No passphrase was given. Nothing was changed.")) from None


def _read(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            return _first_line(file.read(LONGEST_PASSPHRASE_FILE))
    except (OSError, UnicodeDecodeError):
        raise NoPassphrase(
            _("The file with the passphrase cannot be read. Nothing was changed.")
        ) from None


def _first_line(text: str) -> str:
    lines = text.removeprefix("\ufeff").splitlines()
    if not lines or not lines[0].strip():
        raise NoPassphrase(_("The file with the passphrase is empty. Nothing was changed."))
    return lines[0].strip()
