# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What stands in the clear on a laptop: the worker, the laptop, the team; never a client."""

import errno
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from storage.errors import LaptopFull
from ui import home


def test_settings_come_back_as_they_were_chosen(tmp_path: Path) -> None:
    chosen = home.Settings(scheme="dark", text_percent=130, language="cy", lock_minutes=10)
    home.write_settings(tmp_path, chosen)
    assert home.settings(tmp_path) == chosen


def test_settings_out_of_range_are_brought_back_into_it(tmp_path: Path) -> None:
    home.write_settings(tmp_path, home.Settings(text_percent=900, lock_minutes=0))
    found = home.settings(tmp_path)
    assert (found.text_percent, found.lock_minutes) == (150, 1)


def test_a_damaged_settings_file_gives_the_usual_settings(tmp_path: Path) -> None:
    (tmp_path / home.SETTINGS).write_text("scheme = [", encoding="utf-8")
    assert home.settings(tmp_path) == home.Settings()


@given(name=st.text(max_size=40))
def test_any_name_survives_the_sign(tmp_path_factory, name: str) -> None:  # type: ignore[no-untyped-def]
    folder = tmp_path_factory.mktemp("vault")
    about = home.About(person=name, role="nurse", laptop='EAST "14" \\ \n', made_up=True)
    home.write_about(folder, about)
    assert home.about_of(folder) == about


def test_only_folders_with_keys_are_vaults(tmp_path: Path) -> None:
    real = tmp_path / home.VAULTS / "k-osei"
    real.mkdir(parents=True)
    (tmp_path / home.VAULTS / "empty").mkdir()
    (real / "vault.keys").write_bytes(b"{}")
    home.write_about(real, home.About("K. Osei", "key_worker", "EAST-LT-014"))
    assert [one.about.person for one in home.vaults(tmp_path)] == ["K. Osei"]


def test_a_real_team_shows_no_passphrase(tmp_path: Path) -> None:
    assert home.made_up_passphrase(tmp_path) == ""
    (tmp_path / home.MADE_UP).write_text('passphrase = "harbour kettle"', encoding="utf-8")
    assert home.made_up_passphrase(tmp_path) == "harbour kettle"


def test_what_stands_there_survives_a_power_cut_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    fsync, put = os.fsync, Path.replace

    def flushed(handle: int) -> None:
        done.append("folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "file")
        fsync(handle)

    def in_place(self: Path, target: Path) -> Path:
        done.append("in place")
        return put(self, target)

    monkeypatch.setattr(os, "fsync", flushed)
    monkeypatch.setattr(Path, "replace", in_place)
    home.write_settings(tmp_path, home.Settings())
    home.write_about(tmp_path, home.About("K. Osei", "key_worker", "EAST-LT-014"))
    assert done == ["file", "in place", "folder"] * 2 if os.name != "nt" else done


def test_on_a_full_disk_the_old_words_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = home.About("K. Osei", "key_worker", "EAST-LT-014")
    home.write_about(tmp_path, first)

    def full(_handle: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(LaptopFull):
        home.write_about(tmp_path, home.About("M. Lowe", "officer", "EAST-LT-015"))
    assert home.about_of(tmp_path) == first
    assert [one.name for one in tmp_path.iterdir()] == [home.ABOUT]
