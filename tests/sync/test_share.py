# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What every share promises, and what a folder of this laptop does when it cannot."""

import errno
import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from sync.share import FolderShare, Share, ShareUnreachable
from tests.hostile_share import HostileShare, PowerCut

PATH = "tandem-00c0ffee/feeds/ab/0000000001-cd.bundle"
FOLDER = "tandem-00c0ffee/feeds/ab"


@pytest.fixture(params=["folder", "hostile"])
def share(request: pytest.FixtureRequest, tmp_path: Path) -> Share:
    return FolderShare(tmp_path) if request.param == "folder" else HostileShare()


@pytest.fixture
def waits() -> list[float]:
    return []


@pytest.fixture
def folder_share(tmp_path: Path, waits: list[float]) -> FolderShare:
    return FolderShare(tmp_path, random=lambda size: b"r" * size, wait=waits.append)


# --- both kinds


def test_what_is_put_can_be_got_and_is_listed(share: Share) -> None:
    share.put([(PATH, b"whole")])
    assert share.get(PATH, limit=100) == b"whole"
    assert share.names(FOLDER) == ["0000000001-cd.bundle"]
    assert share.names("tandem-00c0ffee") == ["feeds"]


def test_a_file_that_is_not_there_is_none_and_its_folder_is_empty(share: Share) -> None:
    assert share.get(PATH, limit=100) is None
    assert share.names(FOLDER) == []


def test_a_file_over_the_limit_shows_by_one_byte_more(share: Share) -> None:
    share.put([(PATH, bytes(50))])
    assert len(share.get(PATH, limit=10) or b"") == 11


def test_what_is_taken_away_is_gone_and_what_is_not_there_does_no_harm(share: Share) -> None:
    share.put([(PATH, b"whole"), (f"{FOLDER}/other", b"stays")])
    share.remove([f"{FOLDER}/never", PATH, PATH])
    assert share.names(FOLDER) == ["other"]


def test_putting_twice_is_putting_once(share: Share) -> None:
    share.put([(PATH, b"whole")])
    share.put([(PATH, b"whole")])
    assert share.names(FOLDER) == ["0000000001-cd.bundle"]


def test_a_damaged_file_is_replaced(share: Share) -> None:
    share.put([(PATH, b"who")])
    share.put([(PATH, b"whole")])
    assert share.get(PATH, limit=100) == b"whole"


def test_many_files_are_put_at_once_and_each_is_answered_for(share: Share) -> None:
    files = [(f"{FOLDER}/{n:010d}-cd.bundle", bytes([n])) for n in range(30)]
    assert share.put(files) == [path for path, _raw in files]
    assert [share.get(path, limit=9) for path, _raw in files] == [raw for _path, raw in files]
    assert share.put([]) == []


def test_nothing_temporary_is_left(share: Share) -> None:
    share.put([(PATH, b"whole")])
    assert not [name for name in share.names(FOLDER) if name.endswith(".tmp")]


# --- the folder


def test_a_good_file_is_never_written_again(folder_share: FolderShare, tmp_path: Path) -> None:
    folder_share.put([(PATH, b"whole")])
    before = (tmp_path / PATH).stat()
    folder_share.put([(PATH, b"whole")])
    assert (tmp_path / PATH).stat() == before


def test_a_share_that_is_not_there_is_one_calm_sentence(tmp_path: Path) -> None:
    gone = FolderShare(tmp_path / "not mounted")
    with pytest.raises(ShareUnreachable, match="safe on this laptop"):
        gone.names(FOLDER)
    with pytest.raises(ShareUnreachable):
        gone.put([(PATH, b"whole")])
    assert gone.get(PATH, limit=9) is None
    assert not (tmp_path / "not mounted").exists()


def test_a_listing_that_fails_is_the_same_sentence(
    folder_share: FolderShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: Path) -> Iterator[Path]:
        raise OSError(errno.EIO, "the cable")

    monkeypatch.setattr(Path, "iterdir", fail)
    with pytest.raises(ShareUnreachable):
        folder_share.names(FOLDER)


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EIO])
def test_a_full_share_takes_nothing_and_nothing_is_left_behind(
    folder_share: FolderShare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    def fail(number: int) -> None:
        raise OSError(code, "no")

    monkeypatch.setattr(os, "fsync", fail)
    assert folder_share.put([(PATH, b"whole")]) == []
    assert list((tmp_path / FOLDER).iterdir()) == []


def test_the_file_is_flushed_before_it_is_named_and_the_folder_after(
    folder_share: FolderShare, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[list[str]] = []
    flush = os.fsync

    def note(number: int) -> None:
        flushed.append(sorted(one.name for one in (tmp_path / FOLDER).iterdir()))
        flush(number)

    monkeypatch.setattr(os, "fsync", note)
    folder_share.put([(PATH, b"whole")])
    assert flushed == [[f".{b'r'.hex() * 16}.tmp"], ["0000000001-cd.bundle"]]


def test_a_file_a_virus_scanner_holds_is_tried_again(
    folder_share: FolderShare, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    replace, tries = Path.replace, iter([True, True, False])

    def held(self: Path, to: Path) -> Path:
        if next(tries, False):
            raise PermissionError
        return replace(self, to)

    monkeypatch.setattr(Path, "replace", held)
    folder_share.put([(PATH, b"whole")])
    assert waits == [0.1, 0.2]
    assert folder_share.get(PATH, limit=9) == b"whole"


def test_a_file_that_stays_held_waits_for_next_time(
    folder_share: FolderShare, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def held(self: Path, to: Path) -> Path:
        raise PermissionError

    monkeypatch.setattr(Path, "replace", held)
    assert folder_share.put([(PATH, b"whole")]) == []
    assert len(waits) == 4


def test_what_reads_back_differently_is_not_sent(
    folder_share: FolderShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    def lies(self: FolderShare, path: str, *, limit: int) -> bytes | None:
        return b"whol"

    monkeypatch.setattr(FolderShare, "get", lies)
    assert folder_share.put([(PATH, b"whole")]) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_only_plain_files_are_opened(folder_share: FolderShare, tmp_path: Path) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    (folder / "link").symlink_to("/dev/zero")
    (folder / "inside").mkdir()
    for name in ("pipe", "link", "inside"):
        assert folder_share.get(f"{FOLDER}/{name}", limit=10) is None


def test_a_file_that_cannot_be_read_now_is_none(
    folder_share: FolderShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder_share.put([(PATH, b"whole")])

    def fail(opened: int, count: int) -> bytes:
        raise OSError(errno.EIO, "the cable")

    with monkeypatch.context() as cable:
        cable.setattr(os, "read", fail)
        assert folder_share.get(PATH, limit=9) is None
    assert folder_share.get(PATH, limit=9) == b"whole"


def test_a_file_whose_size_is_told_wrong_is_read_whole(
    folder_share: FolderShare, monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = bytes(range(256)) * 1_000
    folder_share.put([(PATH, raw)])
    told = os.fstat

    def short(opened: int) -> os.stat_result:
        return os.stat_result((*told(opened)[:6], 7, *told(opened)[7:]))

    monkeypatch.setattr(os, "fstat", short)
    assert folder_share.get(PATH, limit=len(raw)) == raw
    assert folder_share.get(PATH, limit=100_000) == raw[:100_001]


def test_old_temporary_files_are_cleared_away_and_others_left(
    folder_share: FolderShare, tmp_path: Path
) -> None:
    folder = tmp_path / FOLDER
    folder.mkdir(parents=True)
    for name, age in ((".old.tmp", 8), (".new.tmp", 1), ("notes.tmp", 8), (".hidden", 8)):
        (folder / name).write_bytes(b"x")
        when = 1_000_000_000 - age * 86_400
        os.utime(folder / name, (when, when))
    (folder / ".gone.tmp").symlink_to("nowhere")
    (folder / ".folder.tmp").mkdir()
    os.utime(folder / ".folder.tmp", (0, 0))
    folder_share.tidy(FOLDER, now_s=1_000_000_000)
    assert folder_share.names(FOLDER) == [
        ".folder.tmp",
        ".gone.tmp",
        ".hidden",
        ".new.tmp",
        "notes.tmp",
    ]


def test_what_is_sent_to_a_folder_that_cannot_be_flushed_arrives_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flushed: list[str] = []
    fsync = os.fsync

    def of_files_alone(number: int) -> None:
        if stat.S_ISDIR(os.fstat(number).st_mode):
            flushed.append("folder")
            raise OSError
        flushed.append("file")
        fsync(number)

    monkeypatch.setattr(os, "fsync", of_files_alone)
    share = FolderShare(tmp_path)
    assert share.put([(PATH, b"whole")]) == [PATH]
    assert share.get(PATH, limit=9) == b"whole"
    assert set(flushed) == {"file", "folder"}


# --- the hostile one does what it is told


def test_power_lost_in_a_write_leaves_no_half_file_under_a_good_name() -> None:
    for step in range(1, 6):
        share = HostileShare()
        share.cut_at = step
        with pytest.raises(PowerCut):
            share.put([(PATH, b"whole")])
        assert share.get(PATH, limit=9) in (None, b"whole")
        share.put([(PATH, b"whole")])
        share.tidy(FOLDER, now_s=0)
        assert share.names(FOLDER) == ["0000000001-cd.bundle"]


def test_the_hostile_share_can_be_away_full_late_and_deaf_to_case() -> None:
    share = HostileShare()
    share.folds_case = share.lists_late = True
    share.put([(PATH, b"whole")])
    assert share.names(FOLDER) == []
    assert share.get(PATH.upper(), limit=9) == b"whole"
    share.full = True
    assert share.put([(PATH + "x", b"more")]) == []
    share.settle()
    share.away = True
    with pytest.raises(ShareUnreachable):
        share.names(FOLDER)
