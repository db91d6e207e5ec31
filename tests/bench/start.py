# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Starting the frozen program, up to the first thing one sees; against a bare Qt window.

The bare window is PySide6 from source: an empty QWidget. Without a built program nothing is
measured, and the limit is not met: `make build` first.
"""

import os
import statistics
import subprocess
import sys
import time
from pathlib import Path

from tests.bench.figures import note, scratch, small, tell

ROOT = Path(__file__).parent.parent.parent
LIMIT = 2.0
PROGRAM = ROOT / "dist" / "tandem" / ("tandem.exe" if os.name == "nt" else "tandem")
NAME = "The frozen program up to its first page / a bare Qt window"
BARE = """
import sys
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
class Window(QWidget):
    def paintEvent(self, event):
        QApplication.exit(0)
app = QApplication([])
window = Window()
window.resize(1366, 768)
window.show()
sys.exit(app.exec())
"""


def main() -> None:
    """Measure, by turns, so that a busy minute of the machine falls on both."""
    if not PROGRAM.is_file():
        note("there is no dist/tandem: `make build` first")
        tell(NAME, None, "x", LIMIT)
        return
    times = 5 if small() else 11
    ours, bare = [], []
    with scratch() as home:
        for number in range(times + 1):
            one = _once([str(PROGRAM), "--home", str(home), "first-paint"])
            other = _once([sys.executable, "-c", BARE])
            if number:
                ours.append(one)
                bare.append(other)
    tell(NAME, statistics.median(ours) / statistics.median(bare), "x", LIMIT)


def _once(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(  # noqa: S603  our own program
        command, check=True, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    )
    return time.perf_counter() - begun


if __name__ == "__main__":
    main()
