# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Logged first: every way to the screen, to paper and to a file, to the keys and the copies of a
casebook, and who can read the log.

The walk is that of the tests: it takes the ways from the registries of pages, formats, commands,
keys and ways out.
"""

import sys

import pytest

from tests.soak.figures import ROOT, small, tell

WALKS = {
    "tests/ui/test_consulting.py": "Ways to screen, paper and file that were not logged first",
    "tests/sync/test_audit_scope.py": "Keys of others that open a row of the audit",
    "tests/ui/test_custody.py": "Ways in the window to keys and copies that were not logged",
    "tests/journeys/test_custody.py": "Commands on keys and copies that were not logged",
    "tests/storage/test_custody.py": "Keys, copies and exchanges that were not logged",
    "tests/sync/test_erasing.py": "Ways of erasing that left a word, or were not logged",
}


class Count:
    """Counts what went well and what did not."""

    def __init__(self) -> None:
        self.well, self.wrong = 0, 0

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Count one step of a test."""
        self.wrong += report.failed
        self.well += report.when == "call" and report.passed


def main() -> None:
    """Walk."""
    small()
    for path, name in WALKS.items():
        count, told = Count(), sys.stdout
        sys.stdout = sys.stderr  # the figures stand alone on the other
        pytest.main(["-q", "-p", "no:randomly", str(ROOT / path)], plugins=[count])
        sys.stdout = told
        tell(f"{name} ({count.well} walks)", count.wrong if count.well else None, "", 0)


if __name__ == "__main__":
    main()
