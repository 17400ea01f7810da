# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The wheel, installed without network in an empty environment elsewhere, is a node that runs."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from hanze import __version__

ROOT = Path(__file__).parents[1]
BUILT = ROOT / "src/hanze/web/static/built"
WHEELS = Path(sys.prefix) / "wheels"

OFFLINE = """
import fcntl, socket, struct, sys
if sys.argv[1] == "alone":
    UP = 0x0001 | 0x0040
    with socket.socket() as control:
        fcntl.ioctl(control, 0x8914, struct.pack("16sH14x", b"lo", UP))
    try:
        socket.create_connection(("192.0.2.1", 80), 2)
    except OSError:
        pass
    else:
        sys.exit("the network should have been away")

import subprocess, time, urllib.request
hanze, folder = sys.argv[2:]
subprocess.run([hanze, "init", folder], check=True)
node = subprocess.Popen([hanze, "serve", folder, "--open", "--port", "0"], stderr=subprocess.PIPE, text=True)
try:
    line = next(line for line in node.stderr if " runs at " in line)
    health = line.split("(health: ")[1].split(")")[0]
    for _ in range(100):
        try:
            print(urllib.request.urlopen(health, timeout=2).read().decode())
            break
        except OSError:
            time.sleep(0.1)
    node.terminate()
    node.communicate(timeout=5)
finally:
    node.kill()
"""
"""Runs inside the new environment: the first argument `alone` says that it has a network of its own, without cables."""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)],
        cwd=ROOT, check=True, capture_output=True,
    )  # fmt: skip
    (built,) = target.glob("*.whl")
    return built


def test_the_wheel_holds_every_module_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as content:
        held = {name for name in content.namelist() if ".dist-info/" not in name}
        beside = {name.split("/", 1)[1] for name in content.namelist() if ".dist-info/" in name}
    tracked = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "src/hanze"],
        cwd=ROOT, check=True, capture_output=True, text=True,
    ).stdout.splitlines()  # fmt: skip
    built = [str(one.relative_to(ROOT)) for one in BUILT.rglob("*") if one.is_file()]
    assert held == {name.removeprefix("src/") for name in (*tracked, *built) if (ROOT / name).exists()}
    assert "licenses/LICENSE" in beside


def test_the_wheel_runs_a_node_elsewhere_without_network(wheel: Path, tmp_path: Path) -> None:
    assert WHEELS.is_dir(), f"{WHEELS} is not there; run the tests by 'make test', which keeps the locked wheels in it"
    environment = {"HOME": str(tmp_path), "PATH": "/nowhere", "LANG": "C.UTF-8", "TMPDIR": str(tmp_path)}
    place = tmp_path / "elsewhere"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True, env=environment)
    python = place / "bin" / "python"
    installed = subprocess.run(
        [python, "-m", "pip", "install", "--no-index", "--no-compile", "--find-links", WHEELS, wheel],
        env=environment, capture_output=True, text=True, cwd=tmp_path,
    )  # fmt: skip
    assert installed.returncode == 0, installed.stderr

    hanze = place / "bin" / "hanze"
    version = subprocess.run([hanze, "version"], env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert __version__ in version.stdout, version.stderr

    alone = _alone()
    ran = subprocess.run(
        [*alone, python, "-c", OFFLINE, "alone" if alone else "beside", hanze, tmp_path / "node"],
        env=environment, capture_output=True, text=True, cwd=tmp_path, timeout=60,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    assert '"status":"up"' in ran.stdout


def _alone() -> list[str]:
    """The words before a command that take its network away; none where this machine does not allow that."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    words = [unshare, "--map-root-user", "--net"]
    return words if subprocess.run([*words, "true"], capture_output=True, env=dict(os.environ)).returncode == 0 else []
