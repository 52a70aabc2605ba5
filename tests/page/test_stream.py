"""The list of messages: where it opens and what it keeps in place, long pasts, days and unread lines, keys."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from playwright.async_api import Page, WebSocketRoute, expect

from tests.client import Client
from tests.page.history import DAY_MS, prose, with_past
from tests.page.house import House
from tests.page.looks import DESK, PHONE
from tests.page.visitor import Visitor

SCREENS_IN_DOCUMENT = 120  # rows; three screens of the lowest rows are fewer

# {id: top} of the messages on the screen, from the top of the window; taken after all that the page does in a frame.
TOPS = """() => new Promise((done) => requestAnimationFrame(() => setTimeout(() => {
  const box = document.querySelector("main [data-testid=stream]").getBoundingClientRect();
  const rows = [...document.querySelectorAll("main [data-testid=message]")];
  const places = rows.map((row) => [row.dataset.id, row.getBoundingClientRect()]);
  const shown = places.filter(([, { top, bottom }]) => bottom > box.top && top < box.bottom);
  done(Object.fromEntries(shown.map(([id, { top }]) => [id, top])));
})))"""
FROM_END = """(stream) => (
  stream.querySelector("[data-testid=message]") ? stream.scrollHeight - stream.scrollTop - stream.clientHeight : null
)"""
ROWS = "(stream) => stream.querySelectorAll('[data-row]').length"


def midday() -> str:
    """A time zone in which it is between noon and one o'clock: today's messages are as many at any hour."""
    return f"Etc/GMT{datetime.now(UTC).hour - 12:+}"  # to the west is plus


async def tops(page: Page) -> dict[str, float]:
    return dict(await page.evaluate(TOPS))


async def is_at_end(visitor: Visitor) -> None:
    await expect_soon(lambda: visitor.stream.evaluate(FROM_END), lambda rest: rest is not None and rest <= 1)


async def expect_soon(look: Callable[[], Awaitable[Any]], is_right: Callable[[Any], bool]) -> Any:
    """What `look` gives once it is right."""
    found = None
    for _ in range(200):
        if is_right(found := await look()):
            return found
        await asyncio.sleep(0.05)
    raise AssertionError(f"still {found}")


async def scroll_to(visitor: Visitor, place: float) -> None:
    await visitor.stream.evaluate("(stream, place) => { stream.scrollTop = place; }", place)
    await tops(visitor.page)


async def scroll_to_start(visitor: Visitor) -> int:
    """Up and up until nothing is left to load; the most rows that were in the document meanwhile."""
    most = await visitor.stream.evaluate(
        """async (stream) => {
          let most = 0;
          for (let turn = 0; turn < 3000 && !(stream.scrollTop === 0 && stream.querySelector(".start")); turn += 1) {
            stream.scrollTop = 0;
            await new Promise((done) => setTimeout(done, 20));
            most = Math.max(most, stream.querySelectorAll("[data-row]").length);
          }
          return most;
        }"""
    )
    return int(most)


def pill(visitor: Visitor) -> Any:
    return visitor.page.locator("main").get_by_test_id("newest")


async def channel_of(house: House, name: str = "harbour") -> str:
    made = await (await house.admin()).ask("channel.create", name=name, kind="public")
    return str(made["channel"]["id"])


async def read_all(house: House, email: str, channel_id: str) -> None:
    """As if this person had read everything before coming."""
    client = await house.client(email)
    newest = (await client.ask("message.history", channelId=channel_id, limit=1))["messages"][-1]
    await client.ask("read", channelId=channel_id, messageId=newest["id"])


# --- long pasts


async def test_older_history_comes_above_without_a_jump(house: House) -> None:
    """While older messages come in, what is read stays where it is, to the pixel; it begins before the top."""
    await with_past(house, prose(400))
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("archive")
    await is_at_end(alice)
    assert alice.wire is not None
    alice.wire.hold()
    await scroll_to(alice, 700)
    before = await tops(alice.page)
    heights = await alice.stream.evaluate("(stream) => stream.scrollHeight")
    alice.wire.mend()
    await expect_soon(
        lambda: alice.stream.evaluate("(stream) => stream.scrollHeight"), lambda now: now > heights + 1000
    )
    after = await tops(alice.page)
    assert len(before) > 3
    assert {id: after.get(id) for id in before} == pytest.approx(before, abs=0.6)


async def test_ten_thousand_messages(house: House) -> None:
    """All of a long past can be scrolled through, three screens of it are in the document, one more costs little."""
    past = await with_past(house, prose(10_000))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    assert await alice.stream.evaluate(ROWS) < SCREENS_IN_DOCUMENT
    assert 0 < await scroll_to_start(alice) < SCREENS_IN_DOCUMENT
    await expect(alice.stream.get_by_role("heading", name="This is the start of #archive")).to_be_visible()
    await expect(alice.stream.locator(f"[data-id={past.ids[0]}]")).to_be_visible()
    assert await alice.stream.evaluate(ROWS) < SCREENS_IN_DOCUMENT
    # Anywhere in between, as by dragging the scroll bar.
    for share in (0.5, 0.13, 0.87, 0.31):
        await alice.stream.evaluate("(stream, share) => { stream.scrollTop = stream.scrollHeight * share; }", share)
        await expect_soon(lambda: tops(alice.page), lambda shown: len(shown) > 3)
    bob = await house.client("bob@example.com")
    sent = await bob.ask("message", channelId=past.channel_id, content="the newest of all")
    await expect(pill(alice)).to_have_text("1 new message")
    await pill(alice).click()
    await expect(alice.stream.locator(f"[data-id='{sent['message']['id']}']")).to_be_in_viewport()
    assert await alice.stream.evaluate(ROWS) < SCREENS_IN_DOCUMENT
    assert await milliseconds_each(alice, bob, past.channel_id) < 12  # some 3; other tests share the processor


async def milliseconds_each(alice: Visitor, bob: Client, channel_id: str, count: int = 40) -> float:
    """What one more message takes of the page's thread, scripts and layout, whatever else this machine does."""

    async def says(number: int) -> None:
        for at in range(number):
            await bob.ask("message", channelId=channel_id, content=f"live {at} of {number}")
        await alice.sees(f"live {number - 1} of {number}")

    await says(10)  # the engine warms up
    session = await alice.context.new_cdp_session(alice.page)
    await session.send("Performance.enable", {"timeDomain": "threadTicks"})

    async def spent() -> float:
        metrics = {one["name"]: one["value"] for one in (await session.send("Performance.getMetrics"))["metrics"]}
        return 1000 * float(metrics["ScriptDuration"] + metrics["LayoutDuration"])

    before = await spent()
    await says(count)
    return (await spent() - before) / count


# --- where a list opens, and what keeps its place


async def test_a_channel_opens_at_its_end(house: House) -> None:
    """Everything is read: the newest message is at the lower edge."""
    past = await with_past(house, prose(200))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await expect(alice.stream.locator(f"[data-id={past.ids[-1]}]")).to_be_in_viewport()
    await expect(alice.stream.get_by_text("New", exact=False).locator(".unread-line")).to_have_count(0)
    await expect(pill(alice)).to_have_count(0)


async def test_a_channel_opens_at_its_unread_line(house: House) -> None:
    """The line stands a third from the top; what is below is counted; the line stays until one leaves the channel."""
    past = await with_past(house, prose(150))
    bob = await house.client("bob@example.com")
    for number in range(40):
        await bob.ask("message", channelId=past.channel_id, content=f"news {number}")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    line = alice.stream.locator(".unread-line")
    await expect(line).to_contain_text("New since")
    await expect(line).to_be_in_viewport()
    box, frame = await line.bounding_box(), await alice.stream.bounding_box()
    assert box and frame
    assert box["y"] - frame["y"] == pytest.approx(frame["height"] / 3, abs=2)
    await expect(alice.message("news 0")).to_be_in_viewport()
    await expect(pill(alice)).to_contain_text("new messages")
    await bob.ask("message", channelId=past.channel_id, content="news at last")
    await pill(alice).click()
    await expect(alice.message("news at last")).to_be_in_viewport()
    await expect(alice.channel_row("archive").locator(".badge, .vh", has_text="unread")).to_have_count(0)
    await scroll_to(alice, 0)
    await expect_soon(lambda: alice.stream.evaluate("(s) => s.scrollTop"), lambda _: True)
    await alice.open_channel("general")
    await alice.open_channel("archive")
    await expect(alice.stream.get_by_test_id("message").first).to_be_visible()
    await expect(alice.stream.locator(".unread-line")).to_have_count(0)


async def test_one_comes_back_to_where_one_was(house: House) -> None:
    """Leaving a channel and coming back within the visit: the same message at the same height."""
    await with_past(house, prose(300))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await scroll_to(alice, 1500)
    before = await tops(alice.page)
    await alice.open_channel("general")
    await alice.open_channel("archive")
    await expect(alice.stream.locator(f"[data-id={next(iter(before))}]")).to_be_attached()
    assert await tops(alice.page) == pytest.approx(before, abs=0.6)


async def test_at_the_end_it_follows_elsewhere_it_stays(house: House) -> None:
    """New messages push the list up only for who is at its end; all others get the pill."""
    past = await with_past(house, prose(100))
    bob = await house.client("bob@example.com")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await bob.ask("message", channelId=past.channel_id, content="follows")
    await expect(alice.message("follows")).to_be_in_viewport()
    await is_at_end(alice)
    await alice.stream.evaluate("(stream) => { stream.scrollTop -= 400; }")
    before = await tops(alice.page)
    for number in range(3):
        await bob.ask("message", channelId=past.channel_id, content=f"stays {number}")
    await expect(pill(alice)).to_have_text("3 new messages")
    assert await tops(alice.page) == pytest.approx(before, abs=0.6)
    await pill(alice).click()
    await expect(alice.message("stays 2")).to_be_in_viewport()
    await expect(pill(alice)).to_have_count(0)


async def test_ones_own_message_goes_to_the_end(house: House) -> None:
    """Who reads far up and writes sees his message at once."""
    await with_past(house, prose(300))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await scroll_to(alice, 1200)
    await alice.send("here I am")
    await expect(alice.message("here I am")).to_be_in_viewport()
    await is_at_end(alice)


async def test_reactions_above_the_edge_move_nothing(house: House) -> None:
    """A message above the screen grows: what is read stays. At the end, the end stays at the lower edge."""
    past = await with_past(house, prose(100))
    bob = await house.client("bob@example.com")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await bob.ask("reaction", messageId=past.ids[-2], reaction="👍")
    await expect(alice.stream.locator(f"[data-id={past.ids[-2]}] .reaction").first).to_be_visible()
    await is_at_end(alice)
    await alice.stream.evaluate("(stream) => { stream.scrollTop -= 600; }")
    before = await tops(alice.page)
    above = past.ids[past.ids.index(min(before)) - 2]
    await bob.ask("reaction", messageId=above, reaction="👍")
    await expect(alice.stream.locator(f"[data-id={above}] .reaction").first).to_be_attached()
    assert await tops(alice.page) == pytest.approx(before, abs=0.6)


async def test_banner_and_composer_move_nothing(house: House) -> None:
    """The banner covers what is above, a growing composer what is below; the text under the eye stays."""
    await with_past(house, prose(200))
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("archive")
    await is_at_end(alice)
    await scroll_to(alice, 1500)
    before = await tops(alice.page)
    await alice.loses_connection()
    with_banner = await tops(alice.page)
    assert with_banner == pytest.approx({id: top for id, top in before.items() if id in with_banner}, abs=0.6)
    await alice.regains_connection()
    assert await tops(alice.page) == pytest.approx(before, abs=0.6)
    await alice.composer.fill("one\ntwo\nthree\nfour\nfive")
    taller = await tops(alice.page)
    assert taller == pytest.approx({id: top for id, top in before.items() if id in taller}, abs=0.6)
    await alice.composer.fill("")
    await alice.stream.evaluate("(stream) => { stream.scrollTop = stream.scrollHeight; }")
    await tops(alice.page)  # the page has heard of it
    await alice.composer.fill("one\ntwo\nthree\nfour\nfive")
    await is_at_end(alice)


async def test_another_width_keeps_the_place(house: House) -> None:
    """The window becomes narrow and wide again: the message that was on top is still there."""
    await with_past(house, prose(200))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await scroll_to(alice, 1500)
    first = min(await tops(alice.page))
    for width, height in ((740, 700), DESK):
        await alice.page.set_viewport_size({"width": width, "height": height})
        await expect_soon(lambda: tops(alice.page), lambda shown: first in sorted(shown)[:3])


async def test_a_width_that_changes_with_every_frame_keeps_the_place(house: House) -> None:
    """The window's edge is dragged: a frame's own scrolling is not taken for the reader's in the width of the next."""
    await with_past(house, prose(200))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await scroll_to(alice, 1500)
    await alice.page.evaluate("() => new Promise((done) => setTimeout(done, 300))")  # by its clock the scrolling rests
    before = await tops(alice.page)
    await alice.page.evaluate(
        """async () => {
          const app = document.querySelector(".app");
          const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
          for (const width of [1000, 900, 800, 700, 800, 900, 1000]) {
            app.style.width = `${width}px`;
            await frame();
          }
          app.style.width = "";
        }"""
    )
    after = await expect_soon(lambda: tops(alice.page), lambda shown: len(shown) == len(before))
    assert after == pytest.approx(before, abs=2)


# --- days, groups, the unread line


async def test_days_are_told_and_stay_at_the_upper_edge(house: House) -> None:
    """Each day has its name; the one that is read stays visible while its messages pass."""
    past = await with_past(house, prose(60), every_ms=DAY_MS // 20)
    alice = await house.visit("alice@example.com", timezone_id=midday(), locale="en-GB")
    await alice.open_channel("archive")
    await expect(alice.stream.locator(".day").last).to_have_text("Today")
    await scroll_to(alice, 500)
    frame = await alice.stream.bounding_box()
    assert frame is not None
    stuck = await alice.stream.evaluate(
        """(stream) => {
          const edge = stream.getBoundingClientRect().top;
          const on = (pill) => Math.abs(pill.getBoundingClientRect().top - edge) < 12;
          return [...stream.querySelectorAll(".day span")].filter(on).map((pill) => pill.textContent.trim());
        }"""
    )
    assert len(stuck) >= 1
    shown = min(await tops(alice.page))
    day = await alice.stream.locator(f"[data-id={shown}]").evaluate(
        "(row) => row.closest('.day-group').querySelector('.day').textContent.trim()"
    )
    assert stuck[-1] == day
    assert past.ids


async def test_one_author_in_one_breath_is_one_group(house: House) -> None:
    """Picture and name stand once; the time of the others shows in the gutter."""
    place = await channel_of(house)
    bob, carol = await house.client("bob@example.com"), await house.client("carol@example.com")
    for who, text in ((bob, "one"), (bob, "two"), (carol, "three"), (bob, "four")):
        await who.ask("message", channelId=place, content=text)
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await alice.sees("four")
    names = alice.stream.locator(".byline strong")
    # The unread line, before the first of all, breaks no group here.
    await expect(names).to_have_text(["bob", "carol", "bob"])
    assert await alice.message("two").locator(".avatar").count() == 0


async def test_mark_unread_from_here(house: House) -> None:
    """The line goes there, and the channel stays unread until one has left and come back."""
    past = await with_past(house, prose(60))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    row = alice.stream.locator(f"[data-id={past.ids[-3]}]")
    await row.hover()
    await row.get_by_role("button", name="More actions").click()
    await alice.page.get_by_role("menuitem", name="Mark unread from here").click()
    await expect(row.locator("xpath=preceding-sibling::*[1]")).to_have_class("unread-line")
    await alice.open_channel("general")
    await expect(alice.channel_row("archive")).to_have_class("link-row unread")


async def test_reading_is_told_by_looking(house: House) -> None:
    """What was on the screen for a second in a window with the focus is read, on the reader's other devices too."""
    place = await channel_of(house)
    bob, other = await house.client("bob@example.com"), await house.client("alice@example.com")
    sent = (await bob.ask("message", channelId=place, content="look at me"))["message"]
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await alice.sees("look at me")
    heard = await other.expect("read.updated", channelId=place)
    assert heard["payload"]["messageId"] == sent["id"]
    assert heard["payload"]["unread"] == 0


# --- what cannot be loaded


async def refusing(visitor: Visitor, channel_id: str, refusals: list[str]) -> None:
    """The server refuses the next requests for this channel's messages, one for each word in `refusals`."""

    def meet(route: WebSocketRoute) -> None:
        server = route.connect_to_server()

        def outward(text: str | bytes) -> None:
            if refusals and '"type":"message.history"' in str(text) and channel_id in str(text):
                id = json.loads(text)["id"]
                error = {"code": refusals.pop(0), "message": "Not now."}
                route.send(json.dumps({"type": "reply", "id": id, "ok": False, "error": error}))
            else:
                server.send(text)

        route.on_message(outward)

    await visitor.page.route_web_socket("**/ws", meet)


async def test_what_could_not_be_loaded_can_be_tried_again(house: House) -> None:
    """First the channel, then its older messages: a sentence in their place, and a button that helps."""
    past = await with_past(house, prose(300))
    alice = await house.visit()
    refusals: list[str] = []
    await refusing(alice, past.channel_id, refusals)
    bob = await house.client("bob@example.com")
    await alice.sign_in("alice@example.com")
    await alice.send("here")
    await bob.expect("message.created")  # the connection is up: what is shown is not asked for once more by itself
    refusals.append("internal")
    await alice.open_channel("archive")
    await expect(alice.stream.get_by_text("The messages could not be loaded. Nothing is lost.")).to_be_visible()
    await alice.stream.get_by_role("button", name="Try again").click()
    await is_at_end(alice)
    refusals.append("internal")
    sentence = alice.stream.get_by_text("Older messages could not be loaded. Nothing is lost.")
    for _ in range(100):
        if not await sentence.is_visible():
            await scroll_to(alice, 0)  # what was on its way before is put above, and the start is further up
    await expect(sentence).to_be_visible()
    await alice.stream.get_by_role("button", name="Try again").click()
    await expect(alice.stream.get_by_text("Older messages could not be loaded.")).to_have_count(0)
    await expect_soon(lambda: alice.stream.evaluate("(s) => s.scrollHeight"), lambda height: height > 6000)


# --- keys


async def focused_id(visitor: Visitor) -> str | None:
    return await visitor.page.evaluate("document.activeElement.closest('[data-testid=message]')?.dataset.id ?? null")


async def test_walking_the_list_by_keys(house: House) -> None:
    """The list is one tab stop; arrows, Home, End and pages go through it, also to what is not in the document yet."""
    past = await with_past(house, prose(90))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    press = alice.page.keyboard.press
    await alice.composer.focus()
    await press("Shift+Tab")
    await expect_soon(lambda: focused_id(alice), lambda id: id == past.ids[-1])
    await press("ArrowUp")
    assert await focused_id(alice) == past.ids[-2]
    await press("Home")
    await expect_soon(lambda: focused_id(alice), lambda id: id == past.ids[0])
    await expect(alice.stream.locator(f"[data-id={past.ids[0]}]")).to_be_in_viewport()
    await press("ArrowDown")
    assert await focused_id(alice) == past.ids[1]
    await press("PageDown")
    further = await expect_soon(lambda: focused_id(alice), lambda id: id != past.ids[1])
    assert past.ids.index(further) > 4
    await press("End")
    await expect_soon(lambda: focused_id(alice), lambda id: id == past.ids[-1])
    await is_at_end(alice)
    await press("Tab")
    await expect(alice.composer).to_be_focused()


async def test_tools_by_keys(house: House) -> None:
    """Enter goes into the tools, arrows through them, Escape back to the message."""
    past = await with_past(house, prose(20))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    press = alice.page.keyboard.press
    await alice.composer.focus()
    await press("Shift+Tab")
    await press("Enter")
    tools = alice.page.get_by_role("toolbar", name="Message actions")
    await expect(tools.get_by_role("button").first).to_be_focused()
    await press("ArrowLeft")
    await expect(tools.get_by_role("button", name="More actions")).to_be_focused()
    await press("Enter")
    await expect(alice.page.get_by_role("menuitem").first).to_be_focused()
    await press("Escape")
    await expect(tools.get_by_role("button", name="More actions")).to_be_focused()
    await press("Escape")
    assert await focused_id(alice) == past.ids[-1]


async def test_letters_are_commands_on_a_message_and_text_elsewhere(house: House) -> None:
    """T opens the thread, Q quotes; any other letter goes to the composer, as all do when they are switched off."""
    past = await with_past(house, prose(20))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    press = alice.page.keyboard.press
    await alice.composer.focus()
    await press("Shift+Tab")
    await press("t")
    await expect(alice.thread_panel).to_be_visible()
    await expect(alice.thread_panel).to_contain_text("#19:")
    await expect(alice.thread_composer).to_be_focused()
    await press("Escape")
    await expect(alice.thread_panel).to_be_hidden()
    await alice.stream.locator(f"[data-id={past.ids[-1]}]").focus()
    await press("q")
    await expect(alice.composer).to_be_focused()
    await expect(alice.page.get_by_text("Quoting")).to_be_visible()
    await alice.stream.locator(f"[data-id={past.ids[-1]}]").focus()
    await alice.page.keyboard.type("hello")
    await expect(alice.composer).to_be_focused()
    await expect(alice.composer).to_have_value("hello")
    await alice.composer.fill("")
    await alice.page.evaluate("localStorage.setItem('chatd.letterKeys', 'false')")
    await alice.page.reload()
    await alice.is_in()
    await expect(alice.stream.locator(f"[data-id={past.ids[-1]}]")).to_be_visible()
    await alice.stream.locator(f"[data-id={past.ids[-1]}]").focus()
    await alice.page.keyboard.type("quiet")
    await expect(alice.composer).to_have_value("quiet")


async def test_escape_reads_all_and_goes_to_the_end(house: House) -> None:
    """The last step of Escape."""
    await with_past(house, prose(200))
    alice = await house.visit("alice@example.com")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await scroll_to(alice, 500)
    await alice.stream.get_by_test_id("message").first.focus()
    await alice.page.keyboard.press("Escape")
    await is_at_end(alice)


# --- for everybody


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing(house: House, size: tuple[int, int]) -> None:
    """A list with everything in it, light and dark: code, quote, reactions, thread, days, unread line, tombstone."""
    place = await channel_of(house)
    bob, alice_elsewhere = await house.client("bob@example.com"), await house.client("alice@example.com")

    async def says(text: str, **more: Any) -> str:
        return str((await bob.ask("message", channelId=place, content=text, **more))["message"]["id"])

    first = await says("```py\n" + "print('a very long line of code') # " * 8 + "\n```\n| a | b |\n|-|-|\n| 1 | 2 |")
    await bob.ask("message", channelId=place, content="in the thread", threadId=first)
    gone = await says("gone")
    await bob.ask("message.delete", messageId=gone)
    await alice_elsewhere.ask("read", channelId=place, messageId=gone)
    await says("@alice https://example.com - [x](mailto:a@b.example)\n- [x] done", quotedMessageId=first)
    await bob.ask("reaction", messageId=first, reaction="👍")
    alice = await house.visit("alice@example.com", size=size, **({"has_touch": True} if size == PHONE else {}))
    await alice.open_channel("harbour")
    await alice.sees("done")
    for theme in ("light", "dark"):
        await alice.theme(theme)
        await alice.axe("[data-testid=stream]")
    if size == DESK:
        await alice.message("done").hover()
        await alice.axe("[data-testid=stream]")


async def test_every_message_says_where_it_stands(house: House) -> None:
    """Screen readers hear author, time and place in a list of which only a part is in the document."""
    past = await with_past(house, prose(150))
    alice = await house.visit("alice@example.com", locale="en-GB")
    await alice.open_channel("archive")
    await is_at_end(alice)
    await expect(alice.page.get_by_role("region", name="Messages in archive")).to_be_visible()
    last = alice.stream.locator(f"[data-id={past.ids[-1]}]")
    await expect(last).to_have_attribute("role", "article")
    label = await last.get_attribute("aria-label")
    assert label is not None
    assert label.startswith(("alice, ", "bob, ", "carol, "))
    await scroll_to_start(alice)
    await expect(alice.stream.locator(".start")).to_be_visible()
    first = alice.stream.locator(f"[data-id={past.ids[0]}]")
    await expect(first).to_have_attribute("aria-posinset", "1")
    await expect(first).to_have_attribute("aria-setsize", "150")
