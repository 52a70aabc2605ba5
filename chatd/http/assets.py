"""The page's files, read once at start and sent from memory. What an address means is the dictionary's, not a path's.

They stand under `/static/<build>/`, where the build names the version and the content, so that a browser may keep them
for ever; only the page itself is asked for again. After an upgrade thousands of pages load anew in the same second:
an answer costs no thread, no look at the disk and no compression, which were all paid for at the start.
"""

import gzip
import logging
import posixpath
from collections.abc import Iterator, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path

from starlette.exceptions import HTTPException
from starlette.types import Receive, Scope, Send

from chatd.auth.tokens import COOKIE
from chatd.http.joining import ENTRY, UnknownForm, joined, joined_style, styles_later

# Only what is listed is sent: package.json, say, is no part of the page.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".webmanifest": "application/manifest+json",
}
PACKED_TYPES = {".png"}
FOR_EVER = "public, max-age=31536000, immutable"
ASK_AGAIN = "no-cache"
log = logging.getLogger("chatd.assets")

Headers = list[tuple[bytes, bytes]]


@lru_cache(maxsize=64)  # browsers send a handful of different ones
def takes_gzip(accepted: bytes) -> bool:
    """Whether an Accept-Encoding allows gzip (RFC 9110, section 12.5.3)."""
    weights = {}
    for part in accepted.decode("latin-1").lower().split(","):
        name, _, weight = part.partition(";")
        weights[name.strip()] = weight.replace(" ", "") not in {"q=0", "q=0.0", "q=0.00", "q=0.000"}
    return weights.get("gzip", weights.get("*", False))


class Asset:
    """One file as it goes out, plain and compressed, with its headers made."""

    __slots__ = ("_kept", "_type", "content", "etag", "gzipped")

    def __init__(
        self, content: bytes, content_type: str, cache_control: str, *, compress: bool = True, vary: bytes = b""
    ) -> None:
        self.content = content
        smaller = gzip.compress(content, 9, mtime=0) if compress else content
        self.gzipped = smaller if len(smaller) < len(content) else None
        self.etag = b'W/"' + sha256(content).hexdigest()[:24].encode() + b'"'  # weak: one tag for both encodings
        self._type = (b"content-type", content_type.encode())
        # What a 304 says too (RFC 9110, section 15.4.5).
        self._kept = [
            (b"etag", self.etag),
            (b"cache-control", cache_control.encode()),
            (b"vary", b"accept-encoding" + (b", " + vary if vary else b"")),
        ]

    def answer(self, asked: Mapping[bytes, bytes]) -> tuple[int, Headers, bytes]:
        """Status, headers and body for a request with these headers."""
        known = [tag.strip().removeprefix(b"W/") for tag in asked.get(b"if-none-match", b"").split(b",")]
        if self.etag.removeprefix(b"W/") in known:
            return 304, self._kept, b""
        headers = [*self._kept, self._type]
        body = self.content
        if self.gzipped is not None and takes_gzip(asked.get(b"accept-encoding", b"")):
            body = self.gzipped
            headers.append((b"content-encoding", b"gzip"))
        headers.append((b"content-length", str(len(body)).encode()))
        return 200, headers, body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in ("GET", "HEAD"):
            raise HTTPException(405, headers={"Allow": "GET, HEAD"})
        status, headers, body = self.answer(dict(scope["headers"]))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


DEV_WARNING = (
    '<p class="dev-mode" role="note"><strong>Dev mode</strong> Whoever reaches this server can sign in as anybody, '
    "without a password.</p>"
)


class Page:
    """The page. It says whether the browser brought a cookie, so that strangers are not asked who they are."""

    def __init__(self, text: str) -> None:
        self.of_known, self.of_stranger = (
            Asset(text.replace("{{visitor}}", visitor).encode(), "text/html; charset=utf-8", ASK_AGAIN, vary=b"cookie")
            for visitor in ("perhaps signed in", "stranger")
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        cookies = dict(scope["headers"]).get(b"cookie", b"")
        page = self.of_known if COOKIE.encode() in cookies else self.of_stranger
        await page(scope, receive, send)


class Assets:
    """All files of the page by their address, and the page. An ASGI application for everything under /static."""

    def __init__(self, folder: Path, version: str) -> None:
        found = dict(_read(folder))
        page = (folder / "index.html").read_text(encoding="utf-8")
        self.base = f"/static/{version}-{_digest(found, page)}"
        self.files = {f"{self.base}/{path}": _asset(path, content) for path, content in _to_send(found, page)}
        for name, text in {"version": version, "base": self.base}.items():
            page = page.replace("{{" + name + "}}", text)
        self.page = Page(page.replace("{{warning}}", ""))
        self.dev_page = Page(page.replace("{{warning}}", DEV_WARNING))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        asset = self.files.get(scope["path"])
        if asset is None:
            raise HTTPException(404)
        await asset(scope, receive, send)


def _asset(path: str, content: bytes) -> Asset:
    suffix = posixpath.splitext(path)[1]
    return Asset(content, CONTENT_TYPES[suffix], FOR_EVER, compress=suffix not in PACKED_TYPES)


def _to_send(found: Mapping[str, bytes], page: str) -> Iterator[tuple[str, bytes]]:
    """Modules and styles joined; of other scripts and styles those that the page names, and styles that a script
    names; all else as it is."""
    texts = {path: content.decode() for path, content in found.items() if path.endswith((".js", ".css"))}
    named = [path for path in texts if f"{{{{base}}}}/{path}" in page and path != ENTRY]
    later = {style for path, text in texts.items() if path.endswith(".js") for style in styles_later(path, text)}
    named += sorted(later.intersection(texts))
    yield from ((path, content) for path, content in found.items() if path not in texts)
    for path, text in _scripts({path: text for path, text in texts.items() if path not in named}).items():
        yield path, text.encode()
    for path in named:
        yield path, (joined_style(path, texts) if path.endswith(".css") else texts[path]).encode()


def _scripts(texts: Mapping[str, str]) -> dict[str, str]:
    modules = {path: text for path, text in texts.items() if path.endswith(".js")}
    try:
        return joined(modules)
    except UnknownForm:
        # Never in a release, which the tests hold; while one writes the page, the browser tells better what is wrong.
        log.exception("the page's modules are sent one by one")
        return modules


def _read(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        if file.suffix in CONTENT_TYPES and file.is_file():
            yield file.relative_to(folder).as_posix(), file.read_bytes()


def _digest(files: Mapping[str, bytes], page: str) -> str:
    digest = sha256(page.encode())
    for path, content in files.items():
        digest.update(f"\0{path}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()[:8]
