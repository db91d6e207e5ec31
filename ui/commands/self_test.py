# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""`tandem self-test`: one line for each part that was tried."""

import tempfile
from argparse import ArgumentParser, Namespace
from pathlib import Path

from desktop_app.casework.words import _
from ui.clock import Clock
from ui.commands.console import Console


def takes(_parser: ArgumentParser) -> None:
    """Take nothing."""


def run(_arguments: Namespace, console: Console) -> int:
    """Try every part; whatever does not work ends it with a sentence."""
    from ui.self_test import self_test  # noqa: PLC0415  Qt is loaded only for the window

    steps: list[str] = []

    def tell(step: str) -> None:
        steps.append(step)
        console.say(_("ok  %(step)s") % {"step": step})

    with tempfile.TemporaryDirectory(prefix="tandem-self-test-") as folder:
        self_test(Path(folder), today=Clock().today(), tell=tell)
    console.say(_("Everything that was tried works."))
    console.give({"well": True, "steps": steps})
    return 0
