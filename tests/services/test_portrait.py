"""Pictures are judged by what they are and drawn anew: nothing else that came with them is kept (FEATURES R18)."""

import io
import struct
import zlib

import pytest
from PIL import Image

from chatd.domain.errors import ChatError
from chatd.services.portrait import MAX_BYTES, SIDE, drawn

RED, BLUE = (220, 30, 30), (30, 30, 220)


def image(format: str, size: tuple[int, int] = (300, 200), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, format, **options)
    return out.getvalue()


def seen(content: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(content))
    assert (found.format, found.size) == ("WEBP", (SIDE, SIDE))
    return found.convert("RGB")


def is_near(pixel: object, colour: tuple[int, int, int]) -> bool:
    assert isinstance(pixel, tuple)
    return all(abs(a - b) < 60 for a, b in zip(pixel, colour, strict=True))


@pytest.mark.parametrize("format", ["PNG", "JPEG", "WEBP", "GIF"])
def test_R18_every_kind_of_picture_becomes_a_square(format: str) -> None:
    """Whatever its size and kind, it is kept as one kind and size."""
    for size in ((300, 200), (1, 1), (3000, 20)):
        seen(drawn(image(format, size)))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_R18_every_kind_of_colour_is_understood(mode: str) -> None:
    """Grey, palettes, transparency: all of them can be shown."""
    seen(drawn(image("PNG", mode=mode)))


def test_R18_a_picture_for_print_is_understood() -> None:
    """A JPEG in four inks, as print shops make them."""
    seen(drawn(image("JPEG", mode="CMYK")))


def test_R18_the_middle_is_shown_the_way_the_camera_was_held() -> None:
    """A picture taken with the camera on its side stands upright, and the note of it is gone with all others."""
    wide = Image.new("RGB", (400, 200), RED)
    wide.paste(BLUE, (200, 0, 400, 200))
    notes = Image.Exif()
    notes[0x0112], notes[0x010F], notes[0x8298] = 6, "Maker of the camera", "whose it is"
    out = io.BytesIO()
    wide.save(out, "JPEG", exif=notes, comment=b"a secret place")
    kept = drawn(out.getvalue())
    upright = seen(kept)
    assert is_near(upright.getpixel((128, 20)), RED)
    assert is_near(upright.getpixel((128, 235)), BLUE)
    for note in (b"EXIF", b"Exif", b"Maker", b"secret", b"ICCP", b"XMP"):
        assert note not in kept


def test_R18_what_hides_behind_a_picture_is_not_kept() -> None:
    """A file that is a picture and a page at once comes out as a picture only."""
    both = image("PNG") + b"<html><script>alert(1)</script></html>"
    assert b"script" not in drawn(both)


def test_R18_of_what_moves_the_first_picture_is_shown() -> None:
    """An animation costs one picture, however many it has."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (64, 64), colour) for colour in (RED, BLUE)]
    frames[0].save(out, "GIF", save_all=True, append_images=frames[1:])
    assert is_near(seen(drawn(out.getvalue())).getpixel((128, 128)), RED)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b"not a picture",
        b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        b"%PDF-1.7 ...",
        image("PNG")[:60],
        image("BMP"),
        image("TIFF"),
        image("ICO", (32, 32)),
    ],
    ids=["empty", "a head only", "text", "svg", "pdf", "cut", "bmp", "tiff", "ico"],
)
def test_R18_what_is_no_picture_is_refused(content: bytes) -> None:
    """Four kinds are shown; any other, and what only begins as one, is `invalid`."""
    with pytest.raises(ChatError) as caught:
        drawn(content)
    assert (caught.value.code, caught.value.field) == ("invalid", "picture")


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is very large."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("side", [6000, 60_000])
def test_R18_a_bomb_is_refused_before_it_is_unpacked(side: int) -> None:
    """A few bytes that would become gigabytes are judged by their head."""
    with pytest.raises(ChatError) as caught:
        drawn(bomb(side, side))
    assert caught.value.code == "invalid"


def test_R18_too_many_bytes_are_refused() -> None:
    """More than 5 MB are not looked at."""
    with pytest.raises(ChatError) as caught:
        drawn(b"\0" * (MAX_BYTES + 1))
    assert caught.value.code == "too_large"
