"""What those hear who do not see the page: the messages of the open channel, and that one's own was not sent."""

from playwright.async_api import Locator, expect

from tests.client import Client
from tests.page.house import House
from tests.page.visitor import Visitor

ALICE, BOB = "alice@example.com", "bob@example.com"


def announced(visitor: Visitor) -> Locator:
    return visitor.page.locator("#announcer")


async def general(client: Client) -> str:
    channels = (await client.ask("channel.list"))["channels"]
    return next(str(channel["id"]) for channel in channels if channel["name"] == "general")


async def test_a_message_of_the_open_channel_is_read_with_its_author(house: House) -> None:
    """As one plain line: nobody wants to hear asterisks."""
    bob = await house.client(BOB)
    alice = await house.visit(ALICE)
    await bob.ask("message", channelId=await general(bob), content="**Build** is\ndone")
    await expect(announced(alice)).to_have_text("bob: Build is done")


async def test_ones_own_message_is_not(house: House) -> None:
    bob = await house.client(BOB)
    alice = await house.visit(ALICE)
    await alice.send("mine")
    await alice.sees("mine")
    await bob.ask("message", channelId=await general(bob), content="his")
    await expect(announced(alice)).to_have_text("bob: his")


async def test_of_many_only_the_number_is_told(house: House) -> None:
    bob = await house.client(BOB)
    alice = await house.visit(ALICE)
    channel = await general(bob)
    for n in range(5):
        await bob.ask("message", channelId=channel, content=f"line {n}")
    await expect(announced(alice)).to_have_text("5 new messages")


async def test_other_channels_are_silent(house: House) -> None:
    bob = await house.client(BOB)
    alice = await house.visit(ALICE)
    other = (await bob.ask("channel.create", name="other", kind="public"))["channel"]["id"]
    await bob.ask("message", channelId=other, content="elsewhere")
    await bob.ask("message", channelId=await general(bob), content="here")
    await expect(announced(alice)).to_have_text("bob: here")


async def test_do_not_disturb_keeps_the_messages_quiet(house: House) -> None:
    bob = await house.client(BOB)
    alice = await house.visit(ALICE)
    await alice.page.get_by_test_id("me").click()
    await alice.page.get_by_role("menuitemradio", name="Do not disturb").click()
    await expect(alice.page.get_by_test_id("me")).to_contain_text("Do not disturb")
    await bob.ask("message", channelId=await general(bob), content="psst")
    await alice.sees("psst")
    await expect(announced(alice)).not_to_contain_text("psst")


async def test_a_message_that_was_not_sent_is_told_at_once(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.composer.fill("no server takes this: \x00")
    await alice.composer.press("Enter")
    await expect(alice.page.locator("#alerts")).to_have_text("Your message was not sent.")
