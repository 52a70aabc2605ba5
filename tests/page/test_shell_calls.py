"""What calls the reader: badges, title, icon, notifications of the system."""

import re
from typing import Any

from playwright.async_api import expect

from tests.page.house import House
from tests.page.shell_deeds import ALICE, BOB, badge, make_channel
from tests.page.visitor import Visitor


async def test_a_mention_is_a_badge_and_other_unread_messages_are_bold(house: House) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware")
    alice = await house.visit(ALICE)
    row = alice.channel_row("firmware")
    await bob.ask("message", channelId=channel, content="hello all")
    await expect(row).to_have_class(re.compile("unread"))
    await expect(badge(row)).to_have_count(0)
    await expect(row).to_contain_text("unread")
    for _ in range(2):
        await bob.ask("message", channelId=channel, content="@alice look")
    await expect(badge(row)).to_have_text("2")
    await expect(row).to_contain_text("2 mentions")
    await expect(alice.page).to_have_title(re.compile(r"^\(2\) general · "))
    icon = await alice.page.locator("link[rel~=icon]").get_attribute("href")
    assert icon is not None
    assert icon.startswith("data:image/svg+xml")
    await alice.open_channel("firmware")
    await expect(row).not_to_have_class(re.compile("unread"))
    await expect(alice.page).to_have_title(re.compile("^firmware · "))
    await expect(alice.page.locator("link[rel~=icon]")).to_have_attribute("href", re.compile(r"icon\.svg$"))


async def test_more_mentions_than_fit_are_99_and_more(house: House) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware")
    await house.client(ALICE)
    for _ in range(101):
        await bob.ask("message", channelId=channel, content="@alice")
    alice = await house.visit(ALICE)
    await expect(badge(alice.channel_row("firmware"))).to_have_text("99+")


async def test_a_badge_out_of_sight_is_told_and_brought_in_sight(house: House) -> None:
    bob = await house.client(BOB)
    ids = [await make_channel(bob, f"team-{number:02}") for number in range(60)]
    alice = await house.visit(ALICE)
    await expect(alice.channel_row("team-59")).not_to_be_in_viewport()
    await expect(alice.page.locator(".beyond")).to_have_count(0)
    await bob.ask("message", channelId=ids[59], content="@alice down here")
    await alice.page.get_by_text("1 more below").click()
    await expect(alice.channel_row("team-59")).to_be_in_viewport()
    await expect(alice.page.locator(".beyond")).to_have_count(0)


async def test_a_draft_leaves_a_pencil_in_the_list(house: House) -> None:
    bob = await house.client(BOB)
    await make_channel(bob, "firmware")
    alice = await house.visit(ALICE)
    await alice.composer.fill("not done yet")
    await alice.open_channel("firmware")
    await expect(alice.channel_row("general").locator(".note")).to_be_visible()
    await expect(alice.channel_row("general")).to_contain_text("draft")
    await alice.open_channel("general")
    await expect(alice.composer).to_have_value("not done yet")
    await expect(alice.channel_row("general").locator(".note")).to_have_count(0)


RECORD_NOTIFICATIONS = """() => {
  window.shown = [];
  class Recorded {
    static permission = "granted";
    constructor(title, options) { window.shown.push({ title, ...options }); }
  }
  window.Notification = Recorded;
}"""


async def shown(visitor: Visitor) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = await visitor.page.evaluate("window.shown")
    return found


async def test_a_mention_elsewhere_is_notified_and_nothing_else_is(house: House) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware")
    alice = await house.visit(ALICE)
    general = str(await alice.channel_row("general").get_attribute("data-id"))
    await alice.page.evaluate(RECORD_NOTIFICATIONS)
    await alice.page.evaluate("localStorage.setItem('chatd.notifications', 'true')")
    await alice.page.evaluate("window.dispatchEvent(new StorageEvent('storage'))")
    await bob.ask("message", channelId=channel, content="nobody is named")
    await bob.ask("message", channelId=general, content="@alice here, where she looks")
    await bob.ask("message", channelId=channel, content="**Look**, @alice")
    await expect(badge(alice.channel_row("firmware"))).to_have_text("1")
    notified = await shown(alice)
    assert [(one["title"], one["body"]) for one in notified] == [("bob in #firmware", "Look, @alice")]
    await alice.page.get_by_test_id("me").click()
    await alice.page.get_by_role("menuitemradio", name="Do not disturb").click()
    await expect(alice.page.get_by_test_id("me")).to_contain_text("Do not disturb")
    await bob.ask("message", channelId=channel, content="@alice again")
    await expect(badge(alice.channel_row("firmware"))).to_have_text("2")
    assert len(await shown(alice)) == 1
