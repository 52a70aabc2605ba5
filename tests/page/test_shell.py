"""The frame as a whole: the banner, its looks by the rules of axe, and many channels."""

import asyncio
import re

from playwright.async_api import expect

from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.shell_deeds import (
    ALICE,
    BOB,
    adder,
    badge,
    channel_deed,
    choose_in_menu,
    dialog,
    make_channel,
)


async def test_a_lost_connection_is_said_in_the_banner_and_once_to_screen_readers(house: House) -> None:
    alice = await house.visit(ALICE, wired=True)
    await alice.loses_connection()
    await expect(alice.banner).to_contain_text("Connection lost.")
    await expect(alice.banner).to_contain_text(re.compile(r"Trying again (in \d+ s|now)\. What you write is kept"))
    await expect(alice.page.locator("#announcer")).to_have_text("Connection lost")
    assert await alice.banner.get_attribute("aria-live") is None
    await alice.page.evaluate("Math.random = () => 0.999")  # the longest waits: it does not come back by itself
    try_now = alice.banner.get_by_role("button", name="Try now")
    async with asyncio.timeout(30):
        while not re.search(r"in (1[2-6]|2\d|30) s", await alice.banner.inner_text()):
            await try_now.click()
            await asyncio.sleep(0.1)
    assert alice.wire is not None
    alice.wire.mend()
    await try_now.click()
    await expect(alice.banner).to_be_hidden()
    await expect(alice.page.locator("#announcer")).to_have_text("Back")


async def test_a_phone_says_it_over_the_list_too(house: House) -> None:
    alice = await house.visit(ALICE, size=PHONE, wired=True)
    await expect(alice.channel_row("general")).to_be_visible()
    await alice.loses_connection()
    await expect(alice.banner).to_contain_text("Connection lost.")


async def test_axe_finds_nothing_serious_in_any_part_of_the_shell(house: House) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware", topic="Beam controller")
    await bob.ask("message", channelId=channel, content="@alice look")
    alice = await house.visit(ALICE)
    page = alice.page
    await alice.axe_for_everybody()
    await page.locator(".jump").click()
    await dialog(alice, "switcher")
    await page.keyboard.type("f")
    await alice.axe_for_everybody()
    await page.keyboard.press("Escape")
    plus = adder(alice)
    for entry, test_id in (("Create a channel", "create-channel"), ("Browse channels", "browse-channels")):
        await choose_in_menu(alice, plus, entry)
        await dialog(alice, test_id)
        await alice.axe_for_everybody()
        await page.keyboard.press("Escape")
    for entry, test_id in (("Keyboard", "keyboard-map"), ("Exit Server", "exit"), ("Set a status", "set-status")):
        await choose_in_menu(alice, page.get_by_test_id("me"), entry)
        await dialog(alice, test_id)
        await alice.axe_for_everybody()
        await page.keyboard.press("Escape")
    await page.get_by_test_id("me").click()
    await alice.axe_for_everybody()
    await page.keyboard.press("Escape")
    await alice.channel_row("firmware").click()
    await channel_deed(alice, "Members")
    await dialog(alice, "members-panel")
    await alice.axe_for_everybody()


async def test_the_open_row_among_sixty_is_in_sight(house: House) -> None:
    bob = await house.client(BOB)
    ids = [await make_channel(bob, f"team-{number:02}") for number in range(60)]
    alice = await house.visit(ALICE)
    await expect(alice.page.get_by_test_id("channel-row")).to_have_count(61)
    await bob.ask("message", channelId=ids[59], content="@alice at the end")
    await expect(badge(alice.channel_row("team-59"))).to_have_text("1")
    await alice.page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(alice.channel_row("team-59")).to_be_in_viewport()
