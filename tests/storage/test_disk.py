# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""What Linux says of its disks: the tables and folders it says it in, made by hand."""

from pathlib import Path

import pytest

from storage.disk import is_encrypted, same_disk


class Machine:
    """A laptop's /proc and /sys, as far as anybody asks."""

    def __init__(self, place: Path) -> None:
        self.devices, self.mounts, self.home = place / "sys", place / "mountinfo", place / "home"
        self.home.mkdir()
        self.devices.mkdir()
        self.lines: list[str] = []

    def mount(self, number: str, source: str, kind: str = "ext4", at: str = "/") -> None:
        self.lines.append(f"36 35 {number} / {at} rw - {kind} {source} rw")
        self.mounts.write_text("\n".join(self.lines) + "\n")

    def device(self, name: str, *, uuid: str = "", on: tuple[str, ...] = ()) -> Path:
        made = self.devices / name
        (made / "slaves").mkdir(parents=True)
        if uuid:
            (made / "dm").mkdir()
            (made / "dm" / "uuid").write_text(uuid + "\n")
        for one in on:
            (made / "slaves" / one).symlink_to(self.devices / one)
        return made

    def says(self) -> bool | None:
        return is_encrypted(
            self.home, mounts=self.mounts, devices=self.devices, dev=self.devices / "dev"
        )


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_a_disk_of_its_own_that_is_encrypted(machine: Machine) -> None:
    machine.device("8:3")
    machine.device("253:0", uuid="CRYPT-LUKS2-1234-root", on=("8:3",))
    machine.mount("253:0", "/dev/mapper/root")
    assert machine.says() is True


def test_a_volume_on_an_encrypted_disk(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS1-1234-pv")
    machine.device("253:1", uuid="LVM-abcd", on=("253:0",))
    machine.mount("253:1", "/dev/mapper/vg-home")
    assert machine.says() is True


def test_a_volume_that_is_only_half_on_an_encrypted_disk_does_not_count(machine: Machine) -> None:
    machine.device("253:0", uuid="CRYPT-LUKS1-1234-pv")
    machine.device("8:1")
    machine.device("253:1", uuid="LVM-abcd", on=("253:0", "8:1"))
    machine.mount("253:1", "/dev/mapper/vg-home")
    assert machine.says() is False


def test_a_plain_part_of_a_disk(machine: Machine) -> None:
    machine.device("8:2")
    machine.mount("8:2", "/dev/sda2")
    assert machine.says() is False


def test_the_longest_mount_counts(machine: Machine) -> None:
    machine.device("8:2")
    machine.device("253:0", uuid="CRYPT-LUKS2-1234-home")
    machine.mount("8:2", "/dev/sda2")
    machine.mount("253:0", "/dev/mapper/home", at=str(machine.home.parent).replace(" ", "\\040"))
    assert machine.says() is True


@pytest.mark.parametrize("source", ["overlay", "tmpfs", "/dev/no/such"])
def test_what_lies_on_no_device_cannot_be_told(machine: Machine, source: str) -> None:
    machine.mount("0:31", source, "overlay")
    assert machine.says() is None


def test_where_the_system_says_nothing_nobody_can_tell(machine: Machine) -> None:
    assert machine.says() is None
    machine.mount("8:2", "/dev/sda2")
    assert machine.says() is None


def test_devices_that_lie_on_each_other_end(machine: Machine) -> None:
    machine.device("253:1", uuid="LVM-a", on=("253:2",))
    machine.device("253:2", uuid="LVM-b", on=("253:1",))
    machine.mount("253:1", "/dev/mapper/x")
    assert machine.says() is None


def test_this_very_machine_answers(tmp_path: Path) -> None:
    assert is_encrypted(tmp_path) in (True, False, None)


def test_two_folders_on_one_disk(tmp_path: Path) -> None:
    assert same_disk(tmp_path, tmp_path.parent) is True
    assert same_disk(tmp_path, tmp_path / "not there") is None
