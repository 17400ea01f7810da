# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A package as pip would leave it in a folder: a module, and the metadata that names its kinds of sources."""

from pathlib import Path


def install(folder: Path, module: str, code: str, **kinds: str) -> None:
    """`kinds`: the name of each to the name of its class in the module."""
    folder.mkdir(exist_ok=True)
    (folder / f"{module}.py").write_text(code, "utf-8")
    told = folder / f"{module}-1.0.dist-info"
    told.mkdir()
    (told / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {module}\nVersion: 1.0\n", "utf-8")
    entries = [f"{kind} = {module}:{name}" for kind, name in kinds.items()]
    (told / "entry_points.txt").write_text("\n".join(["[hanze.feeds]", *entries, ""]), "utf-8")
