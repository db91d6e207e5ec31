# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The self-test: it passes here, and it does not when a part of the program is broken."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from ui import self_test as tried

ROOT = Path(__file__).parent.parent.parent


def test_every_part_of_the_program_works_as_a_worker_uses_it() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "desktop_app", "self-test"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""
    assert "Everything that was tried works." in done.stdout


def test_a_pdf_that_is_none_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tried, "pdf", lambda _sheet: b"")
    steps: list[str] = []
    with pytest.raises(tried.WentWrong, match="PDF"):
        tried.self_test(tmp_path, today=date(2026, 11, 24), tell=steps.append)
    assert steps
