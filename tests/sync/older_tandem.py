# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""An older Tandem on somebody's laptop: the whole program, in a process of its own.

It is a copy of this one that lacks what came since: a form and some fields. It is told what to do
as lines of JSON and answers each with one.

older = OlderTandem(folder, without=("need",), fields={"client": ("language",)})
older.does(laptop, share, [["exchange"], ["show", record.hex()]])
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PACKAGES = ("desktop_app", "storage", "sync", "resources", "ui")


class OlderTandem:
    """The program as it was before a form and some fields came."""

    def __init__(self, place: Path, *, without: str, fields: dict[str, tuple[str, ...]]) -> None:
        self.place = place
        kept = shutil.ignore_patterns("__pycache__")
        for package in PACKAGES:
            shutil.copytree(ROOT / package, place / package, ignore=kept)
        forms = place / "resources" / "forms"
        (forms / f"{without}.toml").unlink()
        for form, names in fields.items():
            text = (forms / f"{form}.toml").read_text(encoding="utf-8")
            for name in names:
                block = rf'\[\[field\]\]\nname = "{name}"\n(?:(?!\[\[).*\n)*'
                text, count = re.subn(block, "", text)
                assert count == 1, name
            (forms / f"{form}.toml").write_text(text, encoding="utf-8")

    def does(
        self, name: str, folder: Path, share: Path, now_ms: int, acts: list[list[Any]]
    ) -> list[Any]:
        """Do something with a laptop's vault, which nobody else has open; return the answers."""
        told = {
            "name": name,
            "folder": str(folder),
            "share": str(share),
            "now_ms": now_ms,
            "acts": acts,
        }
        done = subprocess.run(  # noqa: S603  our own program
            [sys.executable, "-P", str(Path(__file__))],
            input=json.dumps(told),
            capture_output=True,
            text=True,
            check=False,
            cwd=self.place,
            env=os.environ | {"PYTHONPATH": f"{self.place}{os.pathsep}{ROOT}"},
        )
        assert done.returncode == 0, done.stderr
        answers: list[Any] = json.loads(done.stdout.splitlines()[-1])
        return answers


def _main() -> None:
    """Do what standard input says, as the older program."""
    from desktop_app.casework.forms import forms  # noqa: PLC0415  the older one's
    from sync.share import FolderShare  # noqa: PLC0415
    from tests.sync.laptops import Clock, Laptop  # noqa: PLC0415

    told = json.loads(sys.stdin.read())
    laptop = Laptop(told["name"], Path(told["folder"]), Clock(told["now_ms"]), fresh=False)
    share, answers = FolderShare(Path(told["share"])), list[Any]()
    for what, *how in told["acts"]:
        laptop.clock.later()
        if what == "exchange":
            outcome = laptop.exchange_only(share)
            answers.append({"waiting": len(outcome.waiting), "aside": len(outcome.aside)})
        elif what == "save":
            form, record, changed = how
            made = laptop.save(form, changed, record=bytes.fromhex(record) if record else None)
            answers.append(made.hex())
        elif what == "show":
            answers.append(laptop.answers(bytes.fromhex(how[0])))
        elif what == "forms":
            answers.append(
                {name: [one.name for one in form.field] for name, form in forms().items()}
            )
    laptop.close()
    sys.stdout.write(f"\n{json.dumps(answers)}\n")


if __name__ == "__main__":
    _main()
