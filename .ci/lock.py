# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
"""Locks: which release of everything is installed, by hash, read from pyproject.toml.

One resolution for all, so that what is tested is what is built, cut into three files that stand on
one another: `lock-run.txt` to run Tandem, `lock-build.txt` to freeze it, `lock-dev.txt` to work on
it. The hashes are those of every file of a release, so one lock serves Linux and Windows and every
Python from 3.11 on. `make lock` runs this with uv beside it.
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
LAYERS = {"run": [], "build": ["--extra=build"], "dev": ["--all-extras"]}
HEAD = """\
# SPDX-FileCopyrightText: 2026 The Tandem contributors
# SPDX-License-Identifier: Apache-2.0
# Written by `make lock` from pyproject.toml; do not edit.
"""


def main() -> None:
    """Resolve once, and write what each layer adds."""
    whole = resolve(*LAYERS["dev"])
    written: set[str] = set()
    for layer, extras in LAYERS.items():
        adds = sorted(set(resolve(*extras)) - written)
        text = HEAD + "".join(whole[name] for name in adds)
        (ROOT / ".ci" / f"lock-{layer}.txt").write_text(text, encoding="utf-8")
        written.update(adds)


def resolve(*extras: str) -> dict[str, str]:
    """Return each package's lines of a lock by its name."""
    uv = Path(sys.executable).with_name("uv")
    asked = [
        *("pip", "compile", "--quiet", "--universal", "--python-version=3.11"),
        *(
            "--generate-hashes",
            "--no-strip-extras",
            "--no-header",
            "--no-annotate",
            *extras,
            "pyproject.toml",
        ),
    ]
    done = subprocess.run([uv, *asked], cwd=ROOT, check=True, capture_output=True, text=True)
    blocks = re.split(r"^(?=[a-z0-9])", done.stdout, flags=re.MULTILINE)
    return {re.split(r"[=\[ ]", block)[0]: block for block in blocks if block.strip()}


if __name__ == "__main__":
    main()
