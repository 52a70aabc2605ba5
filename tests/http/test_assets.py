"""The page's files: kept for ever under their build, compressed once, and no way to any other file."""

import asyncio
import gzip
import os
from pathlib import Path

import httpx
import pytest

from chatd import __version__
from chatd.http.assets import ASK_AGAIN, FOR_EVER, Asset, Assets, takes_gzip
from chatd.http.routes import STATIC, assets
from tests.serving import Running

PAGE = '<meta content="{{version}}"><link href="{{base}}/a.css"><script src="{{base}}/app.js"></script>'


def folder_of(place: Path, files: dict[str, str]) -> Path:
    for path, text in ({"index.html": PAGE} | files).items():
        file = place / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return place


async def get(node: Running, path: str, **headers: str) -> httpx.Response:
    return await node.http.get(node.url + path, headers={name.replace("_", "-"): to for name, to in headers.items()})


async def status_of(node: Running, path: str) -> int:
    """The answer to a path as it is written: clients of HTTP tidy it up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(node.url).port)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
    status = (await reader.readline()).split()[1]
    await reader.read()
    writer.close()
    await writer.wait_closed()
    return int(status)


async def test_the_page_names_its_version_and_its_build(node: Running) -> None:
    """`GET /` is asked for each time and leads to files that never change."""
    answer = await get(node, "/")
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == ASK_AGAIN
    assert f'name="chatd-version" content="{__version__}"' in answer.text
    assert f'src="{assets().base}/app.js"' in answer.text
    assert "{{" not in answer.text


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        ("theme.js", "text/javascript; charset=utf-8"),
        ("icon.svg", "image/svg+xml"),
        ("manifest.webmanifest", "application/manifest+json"),
        ("vendor/licences/preact.txt", "text/plain; charset=utf-8"),
    ],
)
async def test_files_are_kept_for_ever(node: Running, path: str, content_type: str) -> None:
    """Under the build's path each file of static/ is sent as it is, with its type."""
    answer = await get(node, f"{assets().base}/{path}")
    assert answer.status_code == 200
    assert answer.content == (STATIC / path).read_bytes()
    assert answer.headers["content-type"] == content_type
    assert answer.headers["cache-control"] == FOR_EVER
    assert answer.headers["vary"] == "accept-encoding"


async def test_styles_come_as_one(node: Running) -> None:
    """One request for all of them, and none that an import would ask for after it."""
    answer = await get(node, f"{assets().base}/styles/page.css")
    assert answer.headers["content-type"] == "text/css; charset=utf-8"
    assert "--accent:" in answer.text
    assert ".btn" in answer.text
    assert "@import" not in answer.text
    assert (await get(node, f"{assets().base}/styles/base.css")).status_code == 404


async def test_who_takes_gzip_gets_it(node: Running) -> None:
    """Both forms hold the same text under the same tag, and say how long they are."""
    path = f"{assets().base}/styles/page.css"
    packed, plain = await get(node, path, accept_encoding="br, gzip"), await get(node, path, accept_encoding="identity")
    assert (packed.headers["content-encoding"], "content-encoding" in plain.headers) == ("gzip", False)
    assert packed.content == plain.content
    assert packed.headers["etag"] == plain.headers["etag"]
    assert int(packed.headers["content-length"]) < int(plain.headers["content-length"]) == len(plain.content)


@pytest.mark.parametrize(
    ("accepted", "taken"),
    [
        (b"gzip", True),
        (b"gzip, deflate, br, zstd", True),
        (b"GZIP;q=0.5", True),
        (b"*", True),
        (b"br;q=1, *;q=0.1", True),
        (b"", False),
        (b"br", False),
        (b"identity", False),
        (b"gzip;q=0", False),
        (b"gzip; q=0.000, *", False),
        (b"*;q=0", False),
        (b"\xff\x00,;;q=", False),
    ],
)
def test_accept_encoding_is_read_as_written(accepted: bytes, taken: bool) -> None:
    """RFC 9110, section 12.5.3: names without case, a weight of nothing forbids, a star stands for the rest."""
    assert takes_gzip(accepted) is taken


async def test_what_a_browser_has_is_not_sent_again(node: Running) -> None:
    """The tag in If-None-Match answers 304 without a body, for the page and for files; another tag does not."""
    for path in ("/", f"{assets().base}/theme.js"):
        first = await get(node, path)
        tag = first.headers["etag"]
        again = await get(node, path, if_none_match=f'"other", {tag}')
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
        assert again.headers["cache-control"] == first.headers["cache-control"]
        assert (await get(node, path, if_none_match='"other"')).status_code == 200


async def test_head_tells_the_length_and_sends_nothing(node: Running) -> None:
    """HEAD has the headers of GET."""
    for path in ("/", f"{assets().base}/theme.js"):
        head, full = await node.http.head(node.url + path), await get(node, path)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == full.headers["content-length"]


async def test_files_are_only_read(node: Running) -> None:
    """Any other method is refused with the methods that are allowed."""
    for path in ("/", f"{assets().base}/theme.js"):
        answer = await node.http.post(node.url + path)
        assert (answer.status_code, answer.headers["allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/../pyproject.toml",
        "/%2e%2e/pyproject.toml",
        "/..%2f..%2fetc/passwd",
        "//etc/passwd",
        "/styles",
        "/styles/",
        "/vendor/../theme.js",
        "/theme.js/",
        "/THEME.JS",
        "/theme.js%00",
        "/styles/base.css",
        "/views/app.js",
        "/index.html",
        "/package.json",
        "/%ff",
    ],
)
async def test_nothing_else_has_an_address(node: Running, path: str) -> None:
    """Only what was read at start is found, letter by letter; a path is never looked up on the disk."""
    assert (await status_of(node, assets().base + "/theme.js")) == 200
    assert (await status_of(node, assets().base + path)) == 404


async def test_another_build_is_not_answered_with_this_one(node: Running) -> None:
    """A browser would keep the wrong content for ever."""
    other = f"/static/{__version__}-00000000/app.js"
    assert (await get(node, other)).status_code == 404
    assert (await get(node, other)).headers["cache-control"] == "no-store"


def test_the_build_follows_the_content(tmp_path: Path) -> None:
    """Any changed file changes every address; the same files have the same on every node."""
    files = {"app.js": "", "a.css": "b {}"}
    first = Assets(folder_of(tmp_path / "first", files), "1.2.3")
    same = Assets(folder_of(tmp_path / "same", files), "1.2.3")
    changed = Assets(folder_of(tmp_path / "changed", files | {"a.css": "b{}"}), "1.2.3")
    page = Assets(folder_of(tmp_path / "page", files | {"index.html": PAGE + " "}), "1.2.3")
    assert first.base.startswith("/static/1.2.3-")
    assert first.base == same.base
    assert len({first.base, changed.base, page.base}) == 3


def sent(made: Assets) -> dict[str, str]:
    return {path.removeprefix(made.base + "/"): asset.content.decode() for path, asset in made.files.items()}


def test_modules_are_sent_joined(tmp_path: Path) -> None:
    """One file for the entry and what it imports, one for what comes later, and the scripts that the page names."""
    files = {
        "app.js": 'import { b } from "./lib/b.js";\nb(() => import("./later.js"));\n',
        "lib/b.js": "export const b = 1;\n",
        "later.js": "export const c = 1;\n",
        "first.js": "1;",
        "index.html": PAGE + '<script src="{{base}}/first.js"></script>',
    }
    made = Assets(folder_of(tmp_path, files), "1")
    assert set(sent(made)) == {"app.js", "later.js", "first.js"}
    assert sent(made)["first.js"] == "1;"
    assert 'const { b } = $loaded["lib/b.js"];' in sent(made)["app.js"]


def test_a_broken_page_is_sent_module_by_module(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    """The server starts, its log and the browser say what is wrong; the chat does not hang on a missing import."""
    files = {"app.js": 'import { gone } from "./gone.js";\n', "lib/b.js": "export let b = 1;\n"}
    made = Assets(folder_of(tmp_path, files), "1")
    assert sent(made) == files
    assert "app.js imports gone.js, which is not there" in caplog.text


def test_a_style_sheet_that_a_script_names_is_sent(tmp_path: Path) -> None:
    """It comes when the script asks for it, with what it imports itself; the page need not name it."""
    files = {
        "app.js": 'import("./views/later.js");\n',
        "views/later.js": 'export const sheet = new URL("../b.css", import.meta.url).href;\n',
        "b.css": '@import "c.css";\n.b {}\n',
        "c.css": ".c {}\n",
    }
    made = sent(Assets(folder_of(tmp_path, files), "1"))
    assert made["b.css"] == ".c {}\n\n.b {}\n"
    assert "c.css" not in made


def test_only_kinds_of_the_page_are_sent(tmp_path: Path) -> None:
    """What lies there for other reasons has no address: other kinds, unused styles, folders, dead links."""
    place = folder_of(tmp_path, {"app.js": "", "a.css": "", "b.css": "", "x.js/y.png": "", "c.md": "", "d.json": ""})
    os.symlink(place / "gone.js", place / "dangling.js")
    made = Assets(place, "1")
    assert set(sent(made)) == {"app.js", "a.css", "x.js/y.png"}


def test_what_gzip_makes_larger_stays_as_it_is() -> None:
    """Pictures are packed already, and very short files do not shrink."""
    for asset in (Asset(b"a" * 5000, "image/png", FOR_EVER, compress=False), Asset(b"1;", "text/javascript", FOR_EVER)):
        status, headers, body = asset.answer({b"accept-encoding": b"gzip"})
        assert (status, body) == (200, asset.content)
        assert b"content-encoding" not in dict(headers)


def test_compression_is_paid_once() -> None:
    """Two requests are answered with the same bytes object, and they unpack to the content."""
    asset = Asset(b"body { color: red }\n" * 50, "text/css", FOR_EVER)
    first, second = (asset.answer({b"accept-encoding": b"gzip"})[2] for _ in range(2))
    assert first is second
    assert gzip.decompress(first) == asset.content


async def test_the_page_says_whether_a_cookie_came(node: Running) -> None:
    """A stranger's page does not ask who he is; whoever brings a cookie gets the other one, and no cache mixes them."""
    stranger = await node.http.get(node.url + "/", headers={"Cookie": "other=1"})
    known = await node.http.get(node.url + "/", headers={"Cookie": "other=1; chatd_session=anything"})
    assert ('content="stranger"' in stranger.text, 'content="stranger"' in known.text) == (True, False)
    assert "cookie" in stranger.headers["vary"]
    assert stranger.headers["etag"] != known.headers["etag"]
    for name in ("chatd_session_3000", "__Host-chatd_session"):
        assert (await node.http.get(node.url + "/", headers={"Cookie": f"{name}=anything"})).text == known.text
