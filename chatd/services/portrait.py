"""A profile picture out of bytes from anywhere: judged by what they are, drawn anew, in threads of its own.

What is kept is never what was sent: a new image of a fixed size holds no place, no camera, no script, and is no second
kind of file at the same time.
"""

import asyncio
import io
from concurrent.futures import ThreadPoolExecutor

from PIL import Image, ImageOps

from chatd.domain.errors import ChatError, ErrorCode, invalid, unavailable

MAX_BYTES = 5 << 20
MAX_PIXELS = 25_000_000  # 100 MB while it is drawn; a telephone's camera makes 12 to 24 million
SIDE = 256
CONTENT_TYPE = "image/webp"
WAITING_MAX = 16
_FORMATS = ("PNG", "JPEG", "WEBP", "GIF")  # no other decoder is ever let near the bytes
_PLAIN = ("1", "L", "LA", "P", "PA", "RGB", "RGBA")  # what becomes RGBA in one step
_NOT_ONE = "This is no picture that can be shown: send PNG, JPEG, WebP or GIF."


class Drawing:
    """Draws one picture at a time: it takes a tenth of a second, and memory."""

    def __init__(self) -> None:
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="picture")
        self._waiting = 0

    async def portrait(self, content: bytes) -> bytes:
        """The picture as it is kept and sent. Raises `invalid`, `too_large`, `unavailable`."""
        if self._waiting >= WAITING_MAX:
            raise unavailable("Too many pictures are being drawn; try again in a moment.")
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, drawn, content)
        finally:
            self._waiting -= 1

    def close(self) -> None:
        self._pool.shutdown(wait=False, cancel_futures=True)


def require_size(length: int) -> None:
    if length > MAX_BYTES:
        raise ChatError(ErrorCode.TOO_LARGE, f"A picture has {MAX_BYTES >> 20} MB at most; choose a smaller one.")


def drawn(content: bytes) -> bytes:
    """A square of SIDE pixels, WebP, cut from the middle; of what moves the first picture."""
    require_size(len(content))
    try:
        return _drawn(content)
    except ChatError:
        raise
    except Exception:  # noqa: BLE001 - decoders raise whatever they like for broken files: none of it is a bug here
        raise invalid(_NOT_ONE, "picture") from None


def _drawn(content: bytes) -> bytes:
    with Image.open(io.BytesIO(content), formats=_FORMATS) as found:
        if found.width * found.height > MAX_PIXELS:
            raise invalid("This picture has too many pixels; choose a smaller one.", "picture")
        found.draft("RGB", (2 * SIDE, 2 * SIDE))  # of a JPEG no more is decoded than is needed
        upright = ImageOps.exif_transpose(found)  # as the camera was held: the note of it is not kept
        if upright.mode not in _PLAIN:
            upright = upright.convert("RGB")
        square = ImageOps.fit(upright.convert("RGBA"), (SIDE, SIDE), Image.Resampling.LANCZOS)
    out = io.BytesIO()
    # The pixels alone: whatever else came with them (place, camera, text, colour profile) is not handed on.
    Image.frombytes("RGBA", square.size, square.tobytes()).save(out, "WEBP", quality=85)
    return out.getvalue()
