# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""Makes a picture anew from its points alone, for a worker: nothing else that stood in the file comes along.

What a picture is, its content says and never its name. EXIF (where it was taken, with what), XMP, comments, thumbnails, texts and
whatever stands behind its end are left; of EXIF the orientation is applied first, and colours become sRGB.
"""

import contextlib
import io
import warnings

from PIL import ExifTags, Image, ImageCms, UnidentifiedImageError

from hanze.web.attachments.job import Picture, Reason

FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

WIDTHS = (480, 1600)
"""Pixels of the sizes that are made; none is made larger than it is."""

TALLEST = 3
"""At most so many times as high as one of these widths."""

MOST_PIXELS = 50_000_000
LONGEST = 20_000
"""Of one side, in pixels."""

QUALITY = 85

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_90,
}  # fmt: skip
"""The orientation of EXIF (tag 274) to what sets a picture upright."""


def clean(body: bytes) -> tuple[Picture, ...] | Reason:
    """The picture in its sizes, from small to large, or why it cannot be used."""
    if not body:
        return "empty"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return _cleaned(body)
        except UnidentifiedImageError:
            return _other(body)
        except Image.DecompressionBombError:
            return "pixels"
        except MemoryError:
            raise
        except Exception:
            # Readers of broken files fail in many ways, and each of them says the same.
            return "broken"


def _cleaned(body: bytes) -> tuple[Picture, ...] | Reason:
    with Image.open(io.BytesIO(body), formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS or max(opened.size) > LONGEST:
            return "pixels"
        # Telephones put several pictures into one JPEG (MPO); the first is the one that was taken.
        if getattr(opened, "is_animated", False) and opened.format != "MPO":
            return "moves"
        turn = TURNS.get(_orientation(opened))
        # A large JPEG is not read at its full size, which saves time and memory.
        opened.draft(None, (2 * WIDTHS[-1], 2 * WIDTHS[-1]))
        opened.load()
        profile = opened.info.get("icc_profile") if opened.mode == "RGB" else None
        plain = _plain(opened)
    upright = plain if turn is None else plain.transpose(turn)
    # A picture has one size of each width, the highest.
    sizes = {one.width: one for one in (_fitting(upright, width) for width in WIDTHS)}
    return tuple(_picture(_in_srgb(one, profile)) for one in sizes.values())


def _orientation(image: Image.Image) -> int:
    """1 where it says nothing that can be read."""
    with contextlib.suppress(Exception):
        return int(image.getexif().get(ExifTags.Base.Orientation, 1))
    return 1


def _plain(image: Image.Image) -> Image.Image:
    """Red, green and blue; what is transparent becomes white."""
    if image.mode.startswith("I"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    if not image.has_transparency_data:
        return image.convert("RGB")
    whole = image.convert("RGBA")
    white = Image.new("RGB", whole.size, "white")
    white.paste(whole, mask=whole.getchannel("A"))
    return white


def _fitting(image: Image.Image, width: int) -> Image.Image:
    made = image.copy()
    made.thumbnail((width, TALLEST * width), Image.Resampling.LANCZOS)
    return made


def _in_srgb(image: Image.Image, profile: bytes | None) -> Image.Image:
    """The same colours without the profile; as they are where it cannot be used."""
    if profile is None:
        return image
    with contextlib.suppress(Exception):
        theirs, ours = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
        return ImageCms.profileToProfile(image, theirs, ours, outputMode="RGB") or image
    return image


def _picture(image: Image.Image) -> Picture:
    # Of the points alone, so that nothing that the library remembers of the file is written again.
    bare = Image.frombytes("RGB", image.size, image.tobytes())
    out = io.BytesIO()
    bare.save(out, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return Picture(bare.width, bare.height, out.getvalue())


def _other(body: bytes) -> Reason:
    """What it is where it is no picture."""
    head = body[:4096].lower()
    if b"%pdf-" in head:
        return "pdf"
    if b"<svg" in head:
        return "drawing"
    return "kind"
