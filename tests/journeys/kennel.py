# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Lives that end by a kill: the typist's process, and what is left of its work each time."""

import os
import random
import select
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from storage import reads
from storage.check import check
from storage.store import Store
from tests.journeys.typist import KEY
from tests.sync.laptops import team_of_four

LONGEST_S = 0.35
PATIENCE_S = 30


@dataclass(slots=True)
class Lives:
    """What came of many lives.

    Attributes:
        lives: how many were ended.
        acknowledged: saves that were acknowledged in them.
        gone: how many of those are not there.
        drafts_gone: lives of which a draft was lost that was said to be safe.
        oldest_ms: how old the oldest typing was that was lost.
        findings: what checks of the vault found.
    """

    lives: int = 0
    acknowledged: int = 0
    gone: int = 0
    drafts_gone: int = 0
    oldest_ms: int = 0
    findings: int = 0


class Kennel:
    """The process that types, and what it has said."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.journeys.typist"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            # Screenless Qt says of every window that it gives no size hints; nobody asked it.
            env={
                **os.environ,
                "QT_QPA_PLATFORM": "offscreen",
                "QT_LOGGING_RULES": "default.warning=false",
            },
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


def end_lives(place: Path, count: int, *, check_every: int = 0) -> Lives:
    """Let somebody type and save in a vault, and kill them at a random moment, so many times.

    Args:
        place: an empty folder.
        count: how many lives.
        check_every: after so many lives check the whole vault; 0 for never.
    """
    folder, client = _vault(place)
    dice = random.Random(20261124)  # noqa: S311  chance, not secrecy
    kennel, ended = Kennel(), Lives()
    try:
        for life in range(1, count + 1):
            child = kennel.begin(folder, client)
            kennel.until("ready")
            wait = time.monotonic() + dice.uniform(0, LONGEST_S)
            while time.monotonic() < wait:
                select.select([], [], [], wait - time.monotonic())
            killed = time.monotonic_ns() // 1_000_000
            os.kill(child, signal.SIGKILL)
            heard = kennel.until("gone")
            whole = check_every > 0 and life % check_every == 0
            _look(folder, client, ended, heard=heard, killed=killed, whole=whole)
    finally:
        kennel.close()
    return ended


def _vault(place: Path) -> tuple[Path, bytes]:
    four = team_of_four(place)
    client = four.ann.save(
        "client", {"surname": "Croft", "forename": "Leanne", "born": "1994-07-02"}
    )
    four.everybody_exchanges()
    four.close()
    return four.ann.folder, client


def _look(
    folder: Path, client: bytes, ended: Lives, *, heard: list[str], killed: int, whole: bool
) -> None:
    """Open the vault and count what is there and what is not."""
    said = [line.split() for line in heard]
    acknowledged = {words[1] for words in said if words[0] == "saved"}
    drafted = max((int(words[1]) for words in said if words[0] == "drafted"), default=0)
    typed = {int(words[1]): int(words[2]) for words in said if words[0] == "typed"}
    store = Store.open(folder, bytearray(KEY))
    try:
        found = reads.records(store, form="note", client=client)
        notes = {str(one.answers.get("note")) for one in found}
        drafts = [one for one in store.drafts() if one.client == client]
        if whole:
            ended.findings += len(check(store))
    finally:
        store.close()
    length = max((len(str(one.answers.get("note", ""))) for one in drafts), default=0)
    lost = [at for letters, at in typed.items() if letters > length]
    ended.lives += 1
    ended.acknowledged += len(acknowledged)
    ended.gone += sum(f"kept {one}" not in notes for one in acknowledged)
    ended.drafts_gone += length < drafted
    ended.oldest_ms = max(ended.oldest_ms, killed - min(lost) if lost else 0)
