# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What every test stands on: no screen needed, no home touched, no warning overlooked.

A test that expects a warning in the log asks for `caplog` and looks at it; for every other test a
logged warning is a failure, because on a worker's laptop nobody would read it.
"""

import logging
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A slow machine is no reason to fail: time is measured by `make bench`, never by a test.
settings.register_profile("tandem", deadline=None)
settings.register_profile("tandem-ci", deadline=None, derandomize=True, database=None)
settings.load_profile("tandem-ci" if os.environ.get("CI") else "tandem")

LONGEST = {
    *("test_killed.py", "test_bad_week.py", "test_machine.py", "test_joint_visit.py"),
    *("test_packs_machine.py", "test_joined.py", "test_older_and_newer.py"),
}
"""Begun last they would keep one processor for minutes while the others have nothing left."""
WHOLE = LONGEST | {"test_app.py", "test_custody.py", "test_every_panel.py", "test_rescue.py"}
"""Walks through the whole program."""
MOST_WORKERS = 8
DIST = Path(__file__).parent.parent / "dist" / "tandem"


class _Overheard(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(f"{record.name}: {record.getMessage()}")


@pytest.fixture(autouse=True)
def no_stray_warnings_in_the_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that logs a warning and does not look at the log."""
    overheard = _Overheard()
    logging.getLogger().addHandler(overheard)
    yield
    logging.getLogger().removeHandler(overheard)
    if "caplog" not in request.fixturenames:
        assert not overheard.said, "a warning was logged and nobody looked"


@pytest.fixture(autouse=True, scope="session")
def a_home_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Keep the tests out of the developer's own folders, should code look for them."""
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "LOCALAPPDATA"):
            patch.setenv(name, str(place / name.lower()))
        yield


def pytest_xdist_auto_num_workers() -> int:
    """Let one work while another waits for the disk: every saving is flushed to it."""
    return min((os.cpu_count() or 1) + 1, MOST_WORKERS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes longest; skip what needs the built program where nothing is built.

    Floors are for what tests aim at: what a whole story happens to walk through is not counted,
    and counting it took as long as a fifth of the suite.
    """
    items.sort(key=lambda item: item.path.name not in LONGEST)
    for item in items:
        if item.path.name in WHOLE or item.path.parent.name == "journeys":
            item.add_marker(pytest.mark.no_cover)
    if DIST.is_dir():
        return
    for item in items:
        if item.get_closest_marker("frozen"):
            item.add_marker(pytest.mark.skip(reason="no dist/tandem: run `make build` first"))
