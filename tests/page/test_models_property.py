"""Whatever the network does, the page ends in the state that somebody sees who comes now.

The real models in Chromium on the real server, behind chaos.js, which loses, repeats, delays and reorders events and
breaks connections, while others write, edit, erase, join and leave.
"""

import asyncio
import re
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Page, Route

from tests.chance import drawn
from tests.chance import seed as seed_of
from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.property.others import Others

ROOT = Path(__file__).parent.parent.parent
STEPS = 140
ROUNDS_MAX = 8  # of so many steps: a slow machine hears many changes as one event, and less happens to it in a round
STANDING = ("channels", "people", "me", "server")
PATIENCE_SECONDS = 15.0  # after the last deed; doubtful numbers are asked for within half a second here
EMPTY = "/config.json"  # an answer of the server's own, without scripts: no made-up page may open sockets to this host


async def laboratory(house: House, seed: int) -> Page:
    """alice's browser with an empty page of the server's, beside which the project's files lie."""
    visitor = await house.visit(bypass_csp=True)
    visitor.forgive()
    await visitor.context.request.post(house.url + "/auth/dev-login", data={"email": "alice@example.com"})
    await visitor.page.route("**/project/**", project)
    await visitor.go(EMPTY)
    return visitor.page


async def project(route: Route) -> None:
    path = route.request.url.partition("/project/")[2]
    file = (ROOT / path).resolve()
    assert file.is_relative_to(ROOT), path
    await route.fulfill(body=file.read_text(encoding="utf-8"), content_type="text/javascript")


MEET = """async ({ seed, user, url }) => {
  const { Reader } = await import("/project/tests/page/property/reader.js");
  globalThis.reader = new Reader({ seed, user, url });
}"""
FRESH = """async (given) => {
  const { fresh } = await import("/project/tests/page/property/fresh.js");
  return fresh(given);
}"""


def differences(mine: Any, theirs: Any, path: str = "") -> list[str]:
    """What is not the same, by place."""
    if isinstance(mine, dict) and isinstance(theirs, dict):
        names = sorted(mine.keys() | theirs.keys())
        return [line for name in names for line in differences(mine.get(name), theirs.get(name), f"{path}/{name}")]
    return [] if mine == theirs else [f"{path}: here {mine!r}, there {theirs!r}"]


def unlike(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """What the page shows otherwise than the fresh one, within what it has loaded."""
    found = [line for name in STANDING for line in differences(mine[name], theirs[name], name)]
    for name, stretch in mine["timelines"].items():
        shown, whole = stretch["messages"], theirs["timelines"].get(name, [])
        ids, all_ids = [one["id"] for one in shown], [one["id"] for one in whole]
        by_id = {message["id"]: message for message in whole}
        found += differences({one["id"]: one for one in shown}, {id: by_id.get(id) for id in ids}, name)
        start = all_ids.index(ids[0]) if ids and ids[0] in all_ids else 0
        if ids != all_ids[start : start + len(ids)]:
            found.append(f"{name}: not an unbroken stretch")
        edges = stretch["hasOlder"], stretch["hasNewer"]
        if edges != (start > 0, start + len(ids) < len(all_ids)):
            found.append(f"{name}: {len(ids)} from {start} of {len(all_ids)}, and has more: {edges}")
    return found


def sent_wrongly(mine: dict[str, Any], theirs: dict[str, Any]) -> list[str]:
    """Messages of the outbox that are not there exactly once, or in another order than they were written in."""
    arrived = sorted(
        (message for messages in theirs["timelines"].values() for message in messages), key=lambda one: one["seq"]
    )
    found = []
    for channel_id in {one["channelId"] for one in mine["wrote"]} & set(theirs["timelines"]):
        wrote = [one for one in mine["wrote"] if one["channelId"] == channel_id]
        known = {one["clientId"] for one in wrote}
        order = [one["clientId"] for one in arrived if one["channelId"] == channel_id and one["clientId"] in known]
        discarded = {one["clientId"] for one in wrote if one["isDiscarded"]}
        wanted = [one["clientId"] for one in wrote if one["clientId"] not in discarded or one["clientId"] in order]
        if order != wanted:
            found.append(f"{channel_id}: arrived {order}, written {wanted}")
    return found


def is_enough(happened: dict[str, int]) -> bool:
    """Has the network done all of what it can do?"""
    disturbed = happened["dropped"] + happened["repeated"] + happened["delayed"]
    return happened["dropped"] > 0 and disturbed > 10 and happened["cut"] > 0 and happened["muted"] > 0


async def quiet(page: Page) -> list[str]:
    """Wait until nothing is on its way; what is, when patience ends."""
    end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    under_way: list[str] = ["not looked"]
    while under_way and asyncio.get_running_loop().time() < end:
        await asyncio.sleep(0.05)
        under_way = await page.evaluate("reader.underWay()")
    return under_way


async def judged(page: Page, other: Page, given: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both states once they are alike, or as they are when patience ends."""
    end = asyncio.get_running_loop().time() + PATIENCE_SECONDS
    while True:
        mine = await page.evaluate("reader.state()")
        threads = {name.partition(" ")[2] for name in mine["timelines"]} | {one["threadId"] for one in mine["wrote"]}
        theirs = await other.evaluate(FRESH, given | {"threads": sorted(threads - {"", None})})
        if not unlike(mine, theirs) or asyncio.get_running_loop().time() > end:
            return mine, theirs
        await asyncio.sleep(0.1)


@pytest.mark.parametrize("place", [1, 2, 3])
async def test_any_order_ends_in_the_state_of_a_fresh_fetch(serve: Serve, place: int) -> None:
    """Messages, threads, counts, members and people are right, and all that was written arrived once, in order."""
    house, seed = await serve(), seed_of(place)
    others = Others(house, drawn(place))
    await others.come()
    page, other = await laboratory(house, seed), await laboratory(house, seed)
    given = {"seed": seed, "user": others.device.hello["user"], "url": re.sub("^http", "ws", house.url) + "/ws"}
    await page.evaluate(MEET, given)
    for _ in range(ROUNDS_MAX):
        await others.live(STEPS)
        if is_enough(await page.evaluate("reader.chaos.happened")):
            break
    await page.evaluate("reader.calm()")
    under_way = await quiet(page)
    await others.end()
    mine, theirs = await judged(page, other, given)
    what = f"seed {seed}, {mine['happened']}\n"
    assert mine["failures"] + theirs["failures"] == [], what + "\n".join(mine["failures"] + theirs["failures"])
    assert under_way == [], what
    assert unlike(mine, theirs) == [], what + "\n".join(unlike(mine, theirs)[:40])
    assert sent_wrongly(mine, theirs) == [], what
    assert is_enough(mine["happened"]) and mine["timelines"] and mine["wrote"], what
