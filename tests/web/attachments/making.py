# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Pictures made for tests, good ones and such as an attacker makes."""

import io
import struct
import zlib
from typing import Any

from PIL import ExifTags, Image, ImageCms

SECRET = b"Achter de dijk 12"
"""Stands in all that must not come along."""

RED, BLUE = (200, 20, 20), (20, 20, 200)


def halves(width: int = 300, height: int = 200, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    made = Image.new("RGB", (width, height), RED)
    made.paste(BLUE, (width // 2, 0, width, height))
    return made.convert(mode)


def encoded(image: Image.Image, kind: str, **options: Any) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(orientation: int = 1, width: int = 300, height: int = 200, *, profile: bool = True) -> bytes:
    """A JPEG as a telephone makes it: where it was taken, a comment, XMP, perhaps a profile of colours."""
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    exif[ExifTags.Base.Artist] = SECRET.decode()
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (52.0, 57.0, 12.0)
    gps[ExifTags.GPS.GPSAreaInformation] = b"ASCII\0\0\0" + SECRET
    xmp = b"<x:xmpmeta xmlns:x='adobe:ns:meta/'>" + SECRET + b"</x:xmpmeta>"
    colours = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes() if profile else None
    return encoded(
        halves(width, height), "JPEG", exif=exif.tobytes(), comment=SECRET, xmp=xmp, icc_profile=colours, quality=95
    )


def segments(jpeg: bytes) -> list[int]:
    """The markers of a JPEG up to its points (ITU-T T.81, B.1.1)."""
    found, at = [], 2
    assert jpeg[:2] == b"\xff\xd8"
    while True:
        mark, (length,) = jpeg[at + 1], struct.unpack(">H", jpeg[at + 2 : at + 4])
        assert jpeg[at] == 0xFF
        found.append(mark)
        if mark == 0xDA:
            return found
        at += 2 + length


def chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def bomb(width: int = 19_999, height: int = 19_999) -> bytes:
    """A small PNG that would be more than a gigabyte of points."""
    rows = zlib.compressobj(9)
    packed = b"".join(rows.compress(bytes(1 + 3 * width)) for _ in range(height // 100)) + rows.flush()
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def polyglot() -> bytes:
    """A GIF that is a script as well, and holds HTML."""
    gif = encoded(halves(0x2F2A, 4, "P"), "GIF")
    script = b"*/=1;alert('" + SECRET + b"');/*<script>alert(1)</script>*/"
    return gif + script


SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PDF = b"%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj"
