# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Tandem on the command line, for tests: what is typed, and what is answered."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from typing import Any

from ui.cli import main
from ui.commands.console import Console


@dataclass(frozen=True)
class Said:
    """What a command answered."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Return the answer of a command that was asked for JSON."""
        return json.loads(self.out)


def run(*words: object, typed: str = "", ask: Callable[[str], str] | None = None) -> Said:
    """Run Tandem as from a shell."""
    out, err = StringIO(), StringIO()
    console = Console(out, err, StringIO(typed))
    if ask is not None:
        console.ask = ask
    status = main([str(word) for word in words], console=console)
    return Said(status, out.getvalue(), err.getvalue())
