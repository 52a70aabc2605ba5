"""Where one is: addresses, back and forward, and the three screens of a phone."""

from playwright.async_api import expect

from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.shell_deeds import ALICE, BOB, channel_deed, dialog, make_channel, open_place


async def test_back_and_forward_walk_the_channels_one_has_seen(house: House) -> None:
    bob = await house.client(BOB)
    for name in ("aaa", "bbb"):
        await make_channel(bob, name)
    alice = await house.visit(ALICE)
    await alice.open_channel("aaa")
    await alice.open_channel("bbb")
    await alice.page.go_back()
    await expect(alice.channel_row("aaa")).to_have_attribute("aria-current", "page")
    await alice.page.go_back()
    await expect(alice.channel_row("general")).to_have_attribute("aria-current", "page")
    await alice.page.go_forward()
    await expect(alice.channel_row("aaa")).to_have_attribute("aria-current", "page")
    assert await open_place(alice.page) == f"#/c/{await alice.channel_row('aaa').get_attribute('data-id')}"


async def test_a_reload_comes_back_to_the_open_channel(house: House) -> None:
    bob = await house.client(BOB)
    await make_channel(bob, "aaa")
    alice = await house.visit(ALICE)
    await alice.open_channel("aaa")
    await alice.page.reload()
    await expect(alice.channel_row("aaa")).to_have_attribute("aria-current", "page")
    other = await alice.window("/")
    await expect(other.channel_row("aaa")).to_have_attribute("aria-current", "page")


async def test_the_address_of_a_thread_opens_it(house: House) -> None:
    bob = await house.client(BOB)
    alice = await house.visit(ALICE)
    channel = str(await alice.channel_row("general").get_attribute("data-id"))
    root = (await bob.ask("message", channelId=channel, content="a root"))["message"]["id"]
    await bob.ask("message", channelId=channel, content="a reply", threadId=root)
    await alice.go(f"/#/c/{channel}/t/{root}")
    await alice.sees("a reply", alice.thread_panel)
    await alice.page.keyboard.press("Escape")
    await expect(alice.thread_panel).to_be_hidden()
    await expect(alice.page).to_have_url(f"{alice.url}/#/c/{channel}")  # a step back in the history, which takes time


async def test_a_strange_address_harms_nobody(house: House) -> None:
    alice = await house.visit(ALICE)
    for hash in ("#/c/%", "#/c/nowhere", "#<img src=x onerror=alert(1)>", "#/c/a/t/b/c"):
        await alice.page.evaluate("(hash) => { location.hash = hash; }", hash)
        await expect(alice.page.get_by_test_id("server-name")).to_be_visible()
    await alice.open_channel("general")


async def test_on_a_phone_list_conversation_and_panel_are_screens_that_back_leaves(house: House) -> None:
    bob = await house.client(BOB)
    await make_channel(bob, "firmware")
    alice = await house.visit(ALICE, size=PHONE)
    page = alice.page
    await expect(alice.channel_row("firmware")).to_be_visible()
    await expect(alice.composer).to_have_count(0)
    await alice.channel_row("firmware").click()
    await expect(alice.composer).to_be_visible()
    await expect(page.get_by_test_id("server-name")).to_be_hidden()
    await channel_deed(alice, "Members")
    await expect(page.get_by_test_id("members-panel")).to_be_visible()
    await expect(alice.composer).to_be_hidden()
    await page.go_back()
    await expect(page.get_by_test_id("members-panel")).to_be_hidden()
    await expect(alice.composer).to_be_visible()
    await page.go_back()
    await expect(alice.channel_row("firmware")).to_be_visible()
    await expect(alice.channel_row("firmware")).to_be_focused()
    await page.go_forward()
    await expect(alice.composer).to_be_visible()


async def test_the_arrow_on_a_phone_goes_back_in_the_history_instead_of_growing_it(house: House) -> None:
    alice = await house.visit(ALICE, size=PHONE)
    page = alice.page
    length = await page.evaluate("history.length")
    for _ in range(3):
        await alice.channel_row("general").click()
        await expect(alice.composer).to_be_visible()
        await channel_deed(alice, "Members")
        panel = await dialog(alice, "members-panel")
        await panel.get_by_role("button", name="Back to the conversation").click()
        await expect(alice.composer).to_be_visible()
        await page.locator(".back").click()
        await expect(alice.channel_row("general")).to_be_visible()
    assert await page.evaluate("history.length") <= length + 2


async def test_the_arrow_carries_a_dot_while_another_channel_calls(house: House) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware")
    alice = await house.visit(ALICE, size=PHONE)
    await alice.channel_row("general").click()
    back = alice.page.locator(".back")
    await expect(back).to_have_accessible_name("All channels")
    await bob.ask("message", channelId=channel, content="@alice look")
    await expect(back).to_have_accessible_name("All channels, 1 unread mention")
    await expect(back.locator(".dot")).to_be_visible()


async def test_nothing_has_to_be_scrolled_sideways_at_360(house: House) -> None:
    bob = await house.client(BOB)
    await make_channel(bob, "x" * 80, topic="y" * 250)
    alice = await house.visit(ALICE, size=(360, 740))
    wide = "document.documentElement.scrollWidth > document.documentElement.clientWidth"
    assert not await alice.page.evaluate(wide)
    await alice.channel_row("x" * 80).click()
    await expect(alice.composer).to_be_visible()
    assert not await alice.page.evaluate(wide)
    await channel_deed(alice, "Members")
    await dialog(alice, "members-panel")
    assert not await alice.page.evaluate(wide)
