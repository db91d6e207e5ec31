# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Floors: how much of each part the tests must walk through, branches counted.

A pytest plugin, so that the verdict stands above pytest's own last line and not below it. The
number is a floor, not a goal: it tells what was never tried, not what was tried well.
"""

import json
from pathlib import Path

import pytest
from coverage import Coverage

ROOT = Path(__file__).parent.parent
REPORT = ROOT / "build" / "coverage.json"
FLOORS = {
    "desktop_app/casework": 95,
    "desktop_app/reports": 95,
    "storage": 95,
    "sync": 95,
    "ui": 80,
    # Who may hold what, what a change is, what is sealed and what unlocks: nothing here untried.
    "desktop_app/casework/audience.py": 100,
    "desktop_app/casework/records.py": 100,
    "storage/unlock.py": 100,
    "sync/bundle.py": 100,
    "sync/team.py": 100,
}
COUNTS = ("covered_lines", "num_statements", "covered_branches", "num_branches")


class Floors:
    """What this run walked through, held against the floors."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail the run for a part below its floor."""
        files = walked()
        for part, floor in FLOORS.items():
            share = percent(
                [one for path, one in files.items() if f"{path}/".startswith(f"{part}/")]
            )
            if share < floor:
                session.exitstatus = session.exitstatus or pytest.ExitCode.TESTS_FAILED
            verdict = "" if share >= floor else f"  BELOW ITS FLOOR OF {floor} %"
            self.lines.append(f"{part:34}{share:6.1f} %{verdict}")

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Say it."""
        terminalreporter.section("walked through")
        for line in self.lines:
            terminalreporter.write_line(line)


def walked() -> dict[str, dict[str, int]]:
    """Return the counts of each file by its path; every file's own lines stand in the report."""
    coverage = Coverage()
    coverage.load()
    REPORT.parent.mkdir(exist_ok=True)
    coverage.json_report(outfile=str(REPORT))
    files = json.loads(REPORT.read_text(encoding="utf-8"))["files"]
    return {Path(path).as_posix(): one["summary"] for path, one in files.items()}


def percent(summaries: list[dict[str, int]]) -> float:
    """Return the share of lines and branches that were walked, in percent."""
    lines, of_lines, branches, of_branches = (sum(one[key] for one in summaries) for key in COUNTS)
    return 100 * (lines + branches) / ((of_lines + of_branches) or 1)


def pytest_configure(config: pytest.Config) -> None:
    """Judge once, in the process that gathers the others' results."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Floors(), "tandem-floors")
