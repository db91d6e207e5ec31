# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Killed at any moment: nothing acknowledged is lost, and at most the last second of typing."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from pathlib import Path

from storage import reads
from storage.store import Store
from tests.journeys.typist import KEY
from tests.sync.laptops import team_of_four

LIVES = 200
LONGEST_S = 0.35
LOST_MS = 1_000
PATIENCE_S = 30


class Kennel:
    """The process that types, and what it has said."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.typist"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        self._rest = b""

    def begin(self, folder: Path, client: bytes) -> int:
        assert self.process.stdin is not None
        self.process.stdin.write(f"{folder} {client.hex()}\n".encode())
        self.process.stdin.flush()
        return int(self.until("born")[-1].split()[1])

    def until(self, word: str) -> list[str]:
        """Return the lines said up to the first that begins with a word."""
        heard: list[str] = []
        deadline = time.monotonic() + PATIENCE_S
        while time.monotonic() < deadline:
            lines = self._lines(deadline - time.monotonic())
            for at, line in enumerate(lines):
                heard.append(line)
                if line.split()[0] == word:
                    self._rest = (
                        "".join(f"{one}\n" for one in lines[at + 1 :]).encode() + self._rest
                    )
                    return heard
        raise AssertionError(f"the typist never said {word}")

    def _lines(self, patience: float) -> list[str]:
        assert self.process.stdout is not None
        pipe = self.process.stdout.fileno()
        if b"\n" not in self._rest and select.select([pipe], [], [], patience)[0]:
            self._rest += os.read(pipe, 1 << 16)
        whole, newline, self._rest = self._rest.rpartition(b"\n")
        return whole.decode().split("\n") if newline else []

    def close(self) -> None:
        assert self.process.stdin is not None
        self.process.stdin.close()
        self.process.wait(timeout=PATIENCE_S)
        assert self.process.stdout is not None
        self.process.stdout.close()


def test_two_hundred_kills_lose_nothing_acknowledged(tmp_path: Path) -> None:
    folder, client = _vault(tmp_path)
    dice = random.Random(20261124)  # noqa: S311  chance, not secrecy
    kennel = Kennel()
    kept = worst = 0
    try:
        for _life in range(LIVES):
            child = kennel.begin(folder, client)
            kennel.until("ready")
            wait = time.monotonic() + dice.uniform(0, LONGEST_S)
            while time.monotonic() < wait:
                select.select([], [], [], wait - time.monotonic())
            killed = time.monotonic_ns() // 1_000_000
            os.kill(child, signal.SIGKILL)
            heard = kennel.until("gone")
            kept_now, lost = _after(folder, client, heard, killed)
            kept, worst = kept + kept_now, max(worst, lost)
    finally:
        kennel.close()
    assert kept > LIVES
    assert worst <= LOST_MS


def _vault(tmp_path: Path) -> tuple[Path, bytes]:
    four = team_of_four(tmp_path)
    client = four.ann.save(
        "client", {"surname": "Croft", "forename": "Leanne", "born": "1994-07-02"}
    )
    four.everybody_exchanges()
    four.close()
    return four.ann.folder, client


def _after(folder: Path, client: bytes, heard: list[str], killed: int) -> tuple[int, int]:
    """Check the vault; return how many saves were kept, and how old the lost typing is."""
    said = [line.split() for line in heard]
    acknowledged = {words[1] for words in said if words[0] == "saved"}
    drafted = max((int(words[1]) for words in said if words[0] == "drafted"), default=0)
    typed = {int(words[1]): int(words[2]) for words in said if words[0] == "typed"}
    store = Store.open(folder, bytearray(KEY))
    try:
        notes = [
            one.answers.get("note") for one in reads.records(store, form="note", client=client)
        ]
        missing = {one for one in acknowledged if f"kept {one}" not in notes}
        assert not missing, "a save that was acknowledged is gone"
        drafts = [one for one in store.drafts() if one.client == client]
        length = max((len(str(one.answers.get("note", ""))) for one in drafts), default=0)
        assert length >= drafted, "a draft that was said to be safe is gone"
        lost = [at for letters, at in typed.items() if letters > length]
    finally:
        store.close()
    return len(acknowledged), killed - min(lost) if lost else 0
