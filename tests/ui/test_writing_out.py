# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A file a person takes out: whole, or not at all."""

import resource
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.pages.client_taking_out import NotWritten, write_out


@pytest.fixture
def little_room() -> Iterator[None]:
    """Let no file grow beyond a thousand bytes, as a full disk would."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, before[1]))
    yield
    resource.setrlimit(resource.RLIMIT_FSIZE, before)
    signal.signal(signal.SIGXFSZ, heard)


def test_a_file_is_written_whole(tmp_path: Path) -> None:
    write_out(tmp_path / "summary.pdf", b"x" * 5_000)
    assert [one.name for one in tmp_path.iterdir()] == ["summary.pdf"]
    assert (tmp_path / "summary.pdf").read_bytes() == b"x" * 5_000


def test_a_full_disk_leaves_what_lay_there_and_nothing_of_the_new(
    tmp_path: Path, little_room: None
) -> None:
    place = tmp_path / "summary.pdf"
    place.write_bytes(b"older")
    with pytest.raises(NotWritten):
        write_out(place, b"x" * 5_000)
    assert [one.name for one in tmp_path.iterdir()] == ["summary.pdf"]
    assert place.read_bytes() == b"older"
