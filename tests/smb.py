# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""A real file server on this machine, and a share that goes through it; for tests only.

The server is Debian's own smbd, run by the test as whoever runs the test, for this machine alone.
It writes into a folder of the test, so that a test can look, and meddle, from behind. The share
keeps the promises of `sync.share.Share` in the steps `FolderShare` takes, over the wire; where the
machine can mount the server, `mounted` gives a folder and the real path code goes through it.
"""

import errno
import logging
import os
import pwd
import shutil
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path, PureWindowsPath
from typing import Any
from uuid import uuid4

import pytest
import smbclient
from smbprotocol.exceptions import SMBException

from sync.share import WEEK_S, ShareUnreachable

HOST, PATIENCE_S = "127.0.0.1", 20.0
INSTALL = "smbd is missing on this machine; install it, then try again:  sudo apt-get install samba"
_WHERE = f"{os.environ.get('PATH', os.defpath)}:/usr/sbin:/sbin"
_TROUBLE = (OSError, SMBException, ValueError)  # the last of a server that is not there
_SETTINGS = """\
[global]
server role = standalone server
interfaces = {host}
bind interfaces only = yes
smb ports = {port}
disable netbios = yes
map to guest = Bad User
guest account = {user}
private dir = {state}
lock directory = {state}
state directory = {state}
cache directory = {state}
pid directory = {state}
ncalrpc dir = {state}/ncalrpc
load printers = no
printing = bsd
printcap name = /dev/null
disable spoolss = yes
rpc start on demand helpers = no
server multi channel support = no
log level = 1
"""
_EXPORT = """
[{name}]
path = {place}
read only = {closed}
guest ok = yes
"""


class Server:
    """An smbd of one's own; `exports` are folders by the name they have on it."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.port = _free_port()
        self.exports: dict[str, Path] = {}
        self._settings = place / "smb.conf"
        self._process: subprocess.Popen[bytes] | None = None
        logging.getLogger("smbprotocol").setLevel(logging.ERROR)  # it warns of a line that is cut
        smbclient.ClientConfig(require_secure_negotiate=False)  # guests sign nothing

    def export(self, name: str, *, closed: bool = False, of: Path | None = None) -> Path:
        """Offer a folder, a new one unless it is given; `closed` takes nothing."""
        folder = of or self.place / name
        folder.mkdir(exist_ok=True)
        self.exports[name] = folder
        user = pwd.getpwuid(os.getuid()).pw_name
        if not self._settings.exists():
            state = self.place / "state"
            (state / "ncalrpc").mkdir(parents=True)
            text = _SETTINGS.format(host=HOST, port=self.port, user=user, state=state)
            self._settings.write_text(text, encoding="utf-8")
        with self._settings.open("a", encoding="utf-8") as file:
            read_only = "yes" if closed else "no"
            file.write(_EXPORT.format(name=name, place=folder, closed=read_only))
        return folder

    def start(self) -> None:
        """Start it, and wait until it answers."""
        found = shutil.which("smbd", path=_WHERE)
        if found is None:
            pytest.fail(INSTALL, pytrace=False)
        log = self.place / "smbd.log"
        with log.open("ab") as said:
            self._process = subprocess.Popen(  # noqa: S603  our own program
                [
                    *(found, "--foreground", "--no-process-group", "--debug-stdout"),
                    f"--configfile={self._settings}",
                ],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,
            )
        if not until(self._answers):
            pytest.fail(f"smbd did not start: {log.read_text(errors='replace')}", pytrace=False)

    def kill(self) -> None:
        """End it and every process that serves somebody, at once, as a power cut would."""
        if self._process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
            self._process = None

    def _answers(self) -> bool:
        with suppress(OSError), socket.create_connection((HOST, self.port), timeout=1):
            return True
        return False


class SmbShare:
    """A share over the wire. Each has a connection of its own, as each laptop does.

    Attributes:
        halfway: called when half of a file was written, under its temporary name.
    """

    def __init__(self, server: Server, export: str) -> None:
        self.halfway: Callable[[str], None] = lambda _temporary: None
        self._root = PureWindowsPath(rf"\\{HOST}\{export}")
        self._how: dict[str, Any] = {
            "port": server.port,
            "username": "guest",
            "password": "none",
            "require_signing": False,
            "connection_cache": {},
        }

    def names(self, folder: str) -> list[str]:
        """Return the names in a folder, sorted."""
        try:
            return sorted(smbclient.listdir(self.unc(folder), **self._how))
        except _TROUBLE as refused:
            missing = getattr(refused, "errno", 0) in (errno.ENOENT, errno.ENOTDIR)
            if missing and self._there():
                return []
            raise ShareUnreachable from None

    def get(self, path: str, *, limit: int) -> bytes | None:
        """Return a file, or its first `limit` + 1 bytes; None when it cannot be read now."""
        try:
            with self._opened(path, "rb") as file:
                found = bytearray()
                while len(found) <= limit and (some := file.read(limit + 1 - len(found))):
                    found += some
                return bytes(found)
        except _TROUBLE:
            return None

    def put(self, files: Sequence[tuple[str, bytes]]) -> list[str]:
        """Write files under a temporary name, flushed, renamed and read back."""
        if not self._there():
            raise ShareUnreachable
        return [path for path, raw in files if self._put(path, raw)]

    def remove(self, paths: Sequence[str]) -> None:
        """Take files away; what cannot be is left."""
        for path in paths:
            with suppress(*_TROUBLE):
                smbclient.unlink(self.unc(path), **self._how)

    def tidy(self, folder: str, *, now_s: float) -> None:
        """Clear away what an interrupted write of one's own left more than a week ago."""
        for name in self.names(folder):
            if name.startswith(".") and name.endswith(".tmp"):
                with suppress(*_TROUBLE):
                    left = self.unc(f"{folder}/{name}")
                    if smbclient.lstat(left, **self._how).st_mtime < now_s - WEEK_S:
                        smbclient.unlink(left, **self._how)

    def rename(self, path: str, to: str) -> None:
        """Rename a file as the server does when the new name may not be there."""
        smbclient.rename(self.unc(path), self.unc(to), **self._how)

    def replace(self, path: str, to: str) -> None:
        """Rename a file over whatever has the new name."""
        smbclient.replace(self.unc(path), self.unc(to), **self._how)

    def write(self, path: str, raw: bytes) -> None:
        """Make a new file, flushed; raises FileExistsError where there is one of that name."""
        with self._opened(path, "xb") as file:
            _write(file, raw[: len(raw) // 2])
            self.halfway(path)
            _write(file, raw[len(raw) // 2 :])
            file.fd.flush()

    def unc(self, path: str) -> str:
        """Return a path as the server knows it."""
        return str(self._root / path)

    def close(self) -> None:
        """Hang up."""
        with suppress(*_TROUBLE):
            smbclient.reset_connection_cache(
                fail_on_error=False, connection_cache=self._how["connection_cache"]
            )

    def _put(self, path: str, raw: bytes) -> bool:
        if self.get(path, limit=len(raw)) == raw:
            return True
        folder = path.rpartition("/")[0]
        temporary = f"{folder}/.{uuid4().hex}.tmp"
        try:
            smbclient.makedirs(self.unc(folder), exist_ok=True, **self._how)
            self.write(temporary, raw)
            self.replace(temporary, path)
        except _TROUBLE:
            with suppress(*_TROUBLE):
                smbclient.unlink(self.unc(temporary), **self._how)
            return False
        return self.get(path, limit=len(raw)) == raw

    @contextmanager
    def _opened(self, path: str, mode: str) -> Iterator[Any]:
        file = smbclient.open_file(
            self.unc(path), mode=mode, buffering=0, share_access="rwd", **self._how
        )
        try:
            yield file
        finally:
            try:
                file.close()
            except _TROUBLE:
                file.fd._connected = False  # the server has gone, and what was open there
                raise

    def _there(self) -> bool:
        try:
            smbclient.listdir(self.unc(""), **self._how)
        except _TROUBLE:
            return False
        return True


@contextmanager
def mounted(server: Server, place: Path) -> Iterator[Path]:
    """Mount the server; skip the test, with the reason, where this machine mounts nothing."""
    smbnetfs, leave = shutil.which("smbnetfs"), shutil.which("fusermount3")
    if smbnetfs is None or leave is None:
        pytest.skip("the server cannot be mounted here: no smbnetfs, or no fusermount3")
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("the server cannot be mounted here: /dev/fuse may not be opened")
    at, settings = place / "mounted", place / "home" / ".smb"
    at.mkdir()
    settings.mkdir(parents=True)
    for name, text in (("smb.conf", "[global]\n"), ("smbnetfs.conf", 'auth "guest" ""\n')):
        (settings / name).write_text(text, encoding="utf-8")
        (settings / name).chmod(0o600)
    command = [smbnetfs, "-f", "-o", "smb_query_browsers=false", str(at)]
    environment = os.environ | {"HOME": str(place / "home")}
    log = place / "smbnetfs.log"
    with log.open("wb") as said:
        running = subprocess.Popen(  # noqa: S603  a program of the system, our own folder
            command, env=environment, stdin=subprocess.DEVNULL, stdout=said, stderr=said
        )
    try:
        if not until(lambda: os.path.ismount(at) or running.poll() is not None):
            pytest.skip("the server cannot be mounted here: smbnetfs mounts nothing")
        if running.poll() is not None:
            pytest.skip(f"the server cannot be mounted here: {log.read_text().strip()}")
        yield at / f"{HOST}:{server.port}"
    finally:
        subprocess.run([leave, "-uz", str(at)], check=False, capture_output=True)  # noqa: S603
        running.terminate()
        running.wait()


def _write(file: Any, raw: bytes) -> None:
    while raw:
        raw = raw[file.write(raw) :]


def until(holds: Callable[[], bool]) -> bool:
    """Wait until something holds; False when it never did."""
    pause, end = threading.Event(), time.monotonic() + PATIENCE_S
    while not holds():
        if time.monotonic() > end:
            return False
        pause.wait(0.05)
    return True


def _free_port() -> int:
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port
