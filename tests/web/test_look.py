# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""The look of a city: its tokens are taken, and nothing that could load, hide or run something."""

from pathlib import Path

import pytest

from hanze.errors import ConfigurationError
from hanze.web import look

GOOD = """/* Havendam */
:root {
  --accent: #7a0b5c;
  --font: "Harbour Sans", sans-serif;
}
@media (prefers-color-scheme: dark) { :root { --accent: #e06cc3; --line: rgb(1 2 3 / 50%) } }
.havendam-theme { --utrecht-button-border-radius: 0 }
"""


def test_tokens_are_taken_without_what_is_said_beside_them(tmp_path: Path) -> None:
    file = tmp_path / "city.css"
    file.write_text(GOOD)
    found = look.read(file, None)
    assert found.style is not None and found.mark is None
    text = found.style.body.decode()
    assert "--accent: #7a0b5c" in text and "prefers-color-scheme" in text and "Havendam" not in text
    file.write_text(GOOD.replace("7a0b5c", "7a0b5d"))
    again = look.read(file, None)
    assert again.style is not None and look.address(again.style) != look.address(found.style)


@pytest.mark.parametrize(
    "css",
    [
        "p { --a: 1 }", ":root { color: red }", ":root { --a: url(https://elsewhere.example/x) }", "@import 'x.css';",
        ":root { --a: 1 } .skip { display: none }", ":root { --a: 1", ":root { --a: 1 } }", "--a: 1;",
        ":root, p { --a: 1 }", "@font-face { --a: 1 }", ":root { --a: </style> }", ":root { --a: ur\\6c(x) }",
        "@media print { :root { --a: 1 } }", ":root { :root { :root { --a: 1 } } }", "/* :root { --a: 1 }",
        ":root { --a: image-set('x' 1x) }",
    ],
)  # fmt: skip
def test_anything_else_is_refused_with_what_to_do(tmp_path: Path, css: str) -> None:
    file = tmp_path / "city.css"
    file.write_text(css)
    with pytest.raises(ConfigurationError) as caught:
        look.read(file, None)
    assert str(file) in caught.value.detail


def test_a_file_that_cannot_be_taken_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="cannot be read"):
        look.read(tmp_path / "city.css", None)
    (tmp_path / "mark.png").write_bytes(b"x" * (look.MOST_BYTES + 1))
    with pytest.raises(ConfigurationError, match="256 kB"):
        look.read(None, tmp_path / "mark.png")
    (tmp_path / "city.css").write_bytes(b"\xff")
    with pytest.raises(ConfigurationError, match="UTF-8"):
        look.read(tmp_path / "city.css", None)
