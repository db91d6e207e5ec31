# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Whether the vault can be trusted, tried in earnest: a table, and build/soak.json.

    python tests/soak/run.py                  every part that was not run for this code yet
    python tests/soak/run.py power kills      these parts, again; machine is all of its pieces
    python tests/soak/run.py --small power    a rehearsal with few tries; nothing of it is kept

Each part runs in a process of its own and takes 20 minutes or less. What was found stays in
build/soak for the very code it was found with, so that a run can be stopped and gone on with.
"""

import argparse
import hashlib
import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
sys.path.insert(0, str(ROOT))  # as a script its own folder stands there, and the project nowhere

from tests.soak.figures import RESULTS, Figure, table  # noqa: E402  found only now

PARTS = (
    *("power", "rites", "rekey", "kills", "damage", "bundles", "full", "leaks", "backups"),
    "logged",
    *(f"machine-{piece}" for piece in range(1, 5)),
)
PIECES = {"machine": [part for part in PARTS if part.startswith("machine-")]}
KEPT = RESULTS.with_name("soak")
CODE = ("desktop_app", "ui", "storage", "sync", "resources", "tests")
TOLD = (".py", ".c", ".toml", ".sql", ".txt")


def main() -> int:
    """Run what is asked for, print all that is known, write it; 0 when every limit is met."""
    parser = argparse.ArgumentParser(description="Whether the vault can be trusted.")
    parser.add_argument("parts", nargs="*", metavar="PART", help=", ".join(PARTS))
    parser.add_argument("--small", action="store_true", help="a rehearsal with few tries")
    asked = parser.parse_args()
    asked.parts = [one for part in asked.parts for one in PIECES.get(part, [part])]
    unknown = sorted(set(asked.parts) - set(PARTS))
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}; choose among {', '.join(PARTS)}")
    code = fingerprint()
    if asked.small:
        found = [one for part in asked.parts or PARTS for one in measured(part, small=True)]
        sys.stdout.write(f"{table(found)}\na rehearsal: nothing of it is kept\n")
        return 0
    for part in asked.parts or [one for one in PARTS if kept(one, code) is None]:
        figures = measured(part, small=False)
        KEPT.mkdir(parents=True, exist_ok=True)
        whole = {"code": code, "figures": figures}
        (KEPT / f"{part}.json").write_text(json.dumps(whole), encoding="utf-8")
    return show(code)


def show(code: str) -> int:
    """Print and write what is known of this code; 0 when every limit that was tried is met."""
    known = {part: kept(part, code) for part in PARTS}
    results = [one for figures in known.values() for one in figures or ()]
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    missing = [part for part, figures in known.items() if figures is None]
    sys.stdout.write(f"{table(results)}\nwritten to {RESULTS.relative_to(ROOT)}\n")
    if missing:
        sys.stdout.write(f"not run for this code yet: {', '.join(missing)}\n")
    return 0 if all(one["met"] for one in results) else 1


def kept(part: str, code: str) -> list[Figure] | None:
    """Return what a part found with this very code; None when it was not run with it."""
    try:
        whole = json.loads((KEPT / f"{part}.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    figures: list[Figure] = whole["figures"]
    return figures if whole["code"] == code else None


def measured(part: str, *, small: bool) -> list[Figure]:
    """Run one part in a process of its own; return its figures."""
    sys.stderr.write(f"{part} ...\n")
    module, _dash, piece = part.partition("-")
    given = [*([piece] if piece else []), *(["--small"] if small else [])]
    command = [sys.executable, "-m", f"tests.soak.{module}", *given]
    done = subprocess.run(  # noqa: S603  our own program
        command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False
    )
    figures = [json.loads(line) for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode:
        name = f"{part} ran to its end"
        figures.append(Figure(name=name, figure=None, unit="", limit=1, met=False))
    return figures


def fingerprint() -> str:
    """Return what tells this code from any other, committed or not."""
    digest = hashlib.sha256()
    for folder in CODE:
        for path in sorted((ROOT / folder).rglob("*")):
            if path.suffix in TOLD:
                digest.update(f"{path.relative_to(ROOT).as_posix()}\n".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
