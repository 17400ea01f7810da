# SPDX-FileCopyrightText: 2026 The Hanze contributors
# SPDX-License-Identifier: EUPL-1.2
"""A picture is made anew from its points: nothing else comes along, it stands upright, and what is no picture is told so."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageCms

from hanze.web.attachments.job import Picture, clean
from hanze.web.attachments.pictures import LONGEST, TALLEST, WIDTHS
from tests.web.attachments import making
from tests.web.attachments.making import BLUE, RED, SECRET, encoded, halves


def made(body: bytes) -> tuple[Picture, ...]:
    found = clean(body)
    assert isinstance(found, tuple), found
    return found


def opened(body: bytes) -> Image.Image:
    image = Image.open(io.BytesIO(body))
    image.load()
    return image


def near(one: object, other: tuple[int, int, int], by: int = 12) -> bool:
    assert isinstance(one, tuple)
    return all(abs(a - b) <= by for a, b in zip(one, other, strict=True))


@pytest.mark.parametrize("profile", [True, False])
def test_a_photo_of_a_telephone_loses_all_but_its_points(profile: bool) -> None:
    body = making.photo(profile=profile)
    assert SECRET in body and 0xE1 in making.segments(body) and 0xFE in making.segments(body)
    (one,) = made(body)
    assert SECRET not in one.body and b"Exif" not in one.body and b"xmp" not in one.body
    # APP0 (JFIF) and what is needed to read the points: tables, the frame, the scan.
    assert set(making.segments(one.body)) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA}
    image = opened(one.body)
    assert image.size == (one.width, one.height) == (300, 200)
    assert not image.getexif() and "icc_profile" not in image.info and "comment" not in image.info
    assert near(image.getpixel((20, 100)), RED) and near(image.getpixel((280, 100)), BLUE)


RED_IS = {1: "left", 2: "right", 3: "right", 4: "left", 5: "top", 6: "top", 7: "bottom", 8: "bottom"}
"""Where the left half stands for each orientation of EXIF (CIPA DC-008, 4.6.4, tag 274)."""


@pytest.mark.parametrize(("orientation", "place"), RED_IS.items())
def test_it_stands_upright(orientation: int, place: str) -> None:
    (one,) = made(making.photo(orientation))
    wide = place in ("left", "right")
    assert (one.width, one.height) == ((300, 200) if wide else (200, 300))
    x, y = {
        "left": (10, 100), "right": (290, 100), "top": (100, 10), "bottom": (100, 290)
    }[place]  # fmt: skip
    image = opened(one.body)
    assert near(image.getpixel((x, y)), RED)
    assert near(image.getpixel((one.width - 1 - x, one.height - 1 - y)), BLUE)


def test_two_sizes_of_what_is_large_and_never_larger_than_it_is() -> None:
    small, large = made(making.photo(width=4000, height=3000))
    assert (small.width, small.height, large.width, large.height) == (480, 360, 1600, 1200)
    small, large = made(making.photo(6, width=4000, height=3000))
    assert (small.width, small.height, large.width, large.height) == (480, 640, 1600, 2133)
    assert [one.width for one in made(making.photo(width=700))] == [480, 700]
    assert [one.width for one in made(making.photo(width=480))] == [480]
    (tall,) = made(encoded(Image.new("L", (1, 15_000)), "PNG"))
    assert tall.height <= TALLEST * WIDTHS[-1]


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"), ("WEBP", "RGB"), ("WEBP", "RGBA"), ("GIF", "P"), ("JPEG", "CMYK")],
)
def test_each_kind_of_picture(kind: str, mode: str) -> None:
    (one,) = made(encoded(halves(mode=mode), kind))
    image = opened(one.body)
    assert (image.format, image.mode) == ("JPEG", "RGB")
    assert near(image.getpixel((20, 100)), RED, 25) and near(image.getpixel((280, 100)), BLUE, 25)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "I;16"])
def test_each_kind_of_grey(mode: str) -> None:
    grey = Image.new("L", (50, 50), 255 if mode == "1" else 128)
    image = grey.convert("I").point(lambda value: value * 256) if mode == "I;16" else grey
    (one,) = made(encoded(image.convert(mode), "PNG"))
    level = 255 if mode == "1" else 128
    assert near(opened(one.body).getpixel((25, 25)), (level, level, level))


def test_what_is_transparent_becomes_white() -> None:
    (one,) = made(encoded(Image.new("RGBA", (50, 50), (0, 0, 0, 0)), "PNG"))
    assert near(opened(one.body).getpixel((25, 25)), (255, 255, 255))


def test_colours_of_another_profile_become_those_of_all_screens() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    # A screen whose red is our blue.
    strange = profile.replace(b"rXYZ", b"?XYZ").replace(b"bXYZ", b"rXYZ").replace(b"?XYZ", b"bXYZ")
    for given_, left in ((profile, RED), (strange, BLUE), (b"x" * 200, RED)):
        (one,) = made(encoded(halves(), "PNG", icc_profile=given_))
        assert near(opened(one.body).getpixel((20, 100)), left)


def several(kind: str) -> bytes:
    return encoded(halves(), kind, save_all=True, append_images=[Image.new("RGB", (300, 200))])


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"", "empty"), (b"hello", "kind"), (making.SVG, "drawing"), (making.PDF, "pdf"), (b"<html>", "kind"),
        (making.photo()[:-2000], "broken"), (making.photo()[:400], "broken"), (b"\xff\xd8\xff\xe0", "kind"),
        (several("GIF"), "moves"), (several("WEBP"), "moves"), (several("PNG"), "moves"),
        (encoded(Image.new("1", (LONGEST + 1, 1)), "PNG"), "pixels"), (encoded(halves(), "BMP"), "kind"),
        (encoded(halves(), "TIFF"), "kind"), (encoded(halves(), "PDF"), "pdf"), (encoded(halves(), "EPS"), "kind"),
    ],
)  # fmt: skip
def test_what_cannot_be_used_is_told_by_what_it_is(body: bytes, reason: str) -> None:
    assert clean(body) == reason


def test_a_bomb_is_not_unpacked() -> None:
    body = making.bomb()
    assert len(body) < 1_000_000
    assert clean(body) == "pixels"


def test_a_gif_that_is_a_script_too_is_a_picture_only() -> None:
    body = making.polyglot()
    assert body.startswith(b"GIF8") and b"<script>" in body
    for one in made(body):
        assert b"script" not in one.body and SECRET not in one.body and b"*/" not in one.body[:20]


def test_several_pictures_of_a_telephone_in_one_file_give_the_first() -> None:
    body = encoded(halves(), "MPO", save_all=True, append_images=[Image.new("RGB", (300, 200))])
    (one,) = made(body)
    assert near(opened(one.body).getpixel((20, 100)), RED)


SEEDS = [
    making.photo(6, 64, 48), encoded(halves(64, 48), "PNG"), encoded(halves(64, 48), "WEBP", exif=b"Exif\0\0MM"),
    encoded(halves(64, 48, "P"), "GIF"),
]  # fmt: skip


@given(
    st.sampled_from(SEEDS),
    st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), max_size=12),
    st.floats(0.02, 1.0),
    st.binary(max_size=20),
)
@settings(max_examples=1000)
def test_a_thousand_broken_files_give_a_picture_or_a_reason(
    seed: bytes, changes: list[tuple[float, int]], part: float, tail: bytes
) -> None:
    body = bytearray(seed)
    for place, value in changes:
        body[int(place * len(body))] = value
    found = clean(bytes(body[: int(part * len(body))]) + tail)
    if isinstance(found, tuple):
        assert all(set(making.segments(one.body)) <= {0xE0, 0xDB, 0xC2, 0xC4, 0xDA} for one in found)
        assert all(opened(one.body).size == (one.width, one.height) for one in found)
