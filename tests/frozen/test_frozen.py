# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""The frozen program, as a worker gets it: it starts, it works, and it holds no network stack."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

DIST = Path(__file__).parent.parent.parent / "dist" / "tandem"
PROGRAM = DIST / ("tandem.exe" if sys.platform == "win32" else "tandem")
MOST_MEGABYTES = 150

pytestmark = pytest.mark.frozen


@pytest.fixture(scope="module")
def shipped() -> list[Path]:
    return [path for path in DIST.rglob("*") if path.is_file() and not path.is_symlink()]


def run(*words: str, home: Path) -> subprocess.CompletedProcess[str]:
    """Run the program as on a laptop without Python: no path of ours, no display."""
    quiet = {
        "HOME": str(home),
        "XDG_DATA_HOME": str(home),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
    }
    kept = {name: os.environ[name] for name in ("SYSTEMROOT", "TEMP") if name in os.environ}
    return subprocess.run(  # noqa: S603  our own program, our own words
        [PROGRAM, *words],
        env=quiet | kept,
        cwd=home,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_the_frozen_program_passes_its_own_self_test(tmp_path: Path) -> None:
    done = run("self-test", home=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stderr == ""


def test_the_frozen_program_tells_what_it_can_do(tmp_path: Path) -> None:
    done = run("--help", home=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "self-test" in done.stdout


def test_the_frozen_program_refuses_a_command_it_does_not_know(tmp_path: Path) -> None:
    assert run("no-such-command", home=tmp_path).returncode == 2


def test_no_network_stack_is_shipped(shipped: list[Path]) -> None:
    stack = re.compile(
        r"Qt6?Network|_ssl\b|_socket\b|lib(ssl|crypto|gnutls|curl)\b|qml", re.IGNORECASE
    )
    assert [path.name for path in shipped if stack.search(path.name)] == []


def test_the_licences_of_what_is_shipped_are_shipped(shipped: list[Path]) -> None:
    texts = {path.relative_to(DIST).as_posix() for path in shipped}
    for needed in ("licences/PyNaCl/", "licences/sqlcipher3/", "resources/icons/LICENSE.txt"):
        assert any(needed in text for text in texts), needed


def test_the_program_is_small_enough_to_be_carried_on_a_stick(shipped: list[Path]) -> None:
    megabytes = sum(path.stat().st_size for path in shipped) / 1e6
    assert megabytes < MOST_MEGABYTES, f"{megabytes:.0f} MB in {len(shipped)} files"
