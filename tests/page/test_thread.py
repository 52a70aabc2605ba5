"""The right panel of a thread: live for two, a composer of its own, entered and left by keyboard, at every width."""

from playwright.async_api import Locator, expect

from tests.page.house import House
from tests.page.looks import PHONE, TABLET
from tests.page.visitor import Visitor


async def general(house: House) -> str:
    known = (await (await house.admin()).ask("channel.list"))["channels"]
    return str(next(one["id"] for one in known if one["name"] == "general"))


async def said(house: House, content: str, by: str = "bob@example.com", **more: str) -> str:
    """Somebody says something in general; its id."""
    client = await house.client(by)
    made = await client.ask("message", channelId=await general(house), content=content, **more)
    return str(made["message"]["id"])


async def open_thread(visitor: Visitor, text: str) -> None:
    """By keyboard, on the message."""
    await visitor.message(text).focus()
    await visitor.page.keyboard.press("t")
    await expect(visitor.thread_panel).to_be_visible()


def link(visitor: Visitor, text: str) -> Locator:
    return visitor.message(text).locator(".thread-link")


async def test_two_people_answer_in_a_thread_live(house: House) -> None:
    """Each sees the other's reply at once, in the panel only, and the root's link counts and shows faces at both."""
    await said(house, "the root")
    alice = await house.visit("alice@example.com")
    bob = await house.visit("bob@example.com")
    await open_thread(alice, "the root")
    await open_thread(bob, "the root")
    await expect(alice.thread_panel.get_by_test_id("message").first).to_contain_text("the root")
    await alice.send("first reply", in_thread=True)
    await bob.sees("first reply", bob.thread_panel)
    await bob.send("second reply", in_thread=True)
    await alice.sees("second reply", alice.thread_panel)
    for visitor in (alice, bob):
        await expect(visitor.thread_panel.get_by_text("2 replies")).to_be_visible()
        await expect(link(visitor, "the root")).to_contain_text("2 replies")
        await expect(link(visitor, "the root").locator(".faces .avatar")).to_have_count(2)
        await visitor.does_not_see("first reply")


async def test_a_reply_that_is_deleted_leaves_the_count(house: House) -> None:
    """The root's link follows at who only reads the channel."""
    root = await said(house, "the root")
    reply = await said(house, "a reply", threadId=root)
    await said(house, "another", threadId=root)
    alice = await house.visit("alice@example.com")
    await expect(link(alice, "the root")).to_contain_text("2 replies")
    await (await house.client("bob@example.com")).ask("message.delete", messageId=reply)
    await expect(link(alice, "the root")).to_contain_text("1 reply")


async def test_the_panel_takes_the_focus_and_gives_it_back(house: House) -> None:
    """Open by key: focus in its composer. Escape closes it, and the focus is on what opened it."""
    root = await said(house, "the root")
    await said(house, "a reply", threadId=root)
    alice = await house.visit("alice@example.com")
    await open_thread(alice, "the root")
    await expect(alice.thread_composer).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await expect(alice.thread_panel).to_have_count(0)
    await expect(alice.message("the root")).to_be_focused()
    await link(alice, "the root").focus()
    await alice.page.keyboard.press("Enter")
    await expect(alice.thread_composer).to_be_focused()
    await alice.thread_panel.get_by_role("button", name="Close thread").click()
    await expect(link(alice, "the root")).to_be_focused()


async def test_opened_by_pointer_the_focus_goes_back_to_the_message(house: House) -> None:
    """The tool that was clicked is gone with the pointer; its message is not."""
    await said(house, "the root")
    alice = await house.visit("alice@example.com")
    await alice.message("the root").hover()
    await alice.message("the root").get_by_role("button", name="Reply in thread").click()
    await expect(alice.thread_composer).to_be_focused()
    await alice.page.mouse.move(5, 5)
    await alice.page.keyboard.press("Escape")
    await expect(alice.thread_panel).to_have_count(0)
    await expect(alice.message("the root")).to_be_focused()


async def test_escape_goes_one_step_at_a_time(house: House) -> None:
    """First the completion, then the panel."""
    await said(house, "the root")
    alice = await house.visit("alice@example.com")
    await open_thread(alice, "the root")
    await alice.thread_composer.press_sequentially("@b")
    await expect(alice.thread_panel.get_by_role("option").first).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(alice.thread_panel.get_by_role("option")).to_have_count(0)
    await expect(alice.thread_panel).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(alice.thread_panel).to_have_count(0)


async def test_a_thread_has_its_own_draft(house: House) -> None:
    """Apart from the channel's and from another thread's, also over a reload, which opens the thread again."""
    await said(house, "one root")
    await said(house, "other root")
    alice = await house.visit("alice@example.com")
    await alice.composer.press_sequentially("to the channel")
    await open_thread(alice, "one root")
    await alice.thread_composer.press_sequentially("to one")
    await open_thread(alice, "other root")
    await expect(alice.thread_composer).to_have_value("")
    await open_thread(alice, "one root")
    await expect(alice.thread_composer).to_have_value("to one")
    await alice.page.reload()
    await alice.is_in()
    await expect(alice.thread_composer).to_have_value("to one")
    await expect(alice.composer).to_have_value("to the channel")
    await alice.thread_composer.press("Enter")
    await alice.sees("to one", alice.thread_panel)
    await expect(alice.composer).to_have_value("to the channel")


async def test_arrow_up_edits_my_last_reply_in_the_thread(house: House) -> None:
    """Not my last message in the channel."""
    root = await said(house, "the root")
    await said(house, "teh reply", by="alice@example.com", threadId=root)
    await said(house, "in the channel", by="alice@example.com")
    alice = await house.visit("alice@example.com")
    await open_thread(alice, "the root")
    await alice.sees("teh reply", alice.thread_panel)
    await alice.thread_composer.press("ArrowUp")
    edit = alice.thread_panel.get_by_test_id("stream").locator("textarea")
    await expect(edit).to_have_value("teh reply")
    await edit.fill("the reply")
    await edit.press("Enter")
    await alice.sees("the reply", alice.thread_panel)
    await expect(alice.thread_composer).to_be_focused()


async def test_a_thread_whose_root_is_deleted_can_only_be_read(house: House) -> None:
    """The replies stay, a sentence stands in the composer's place, and nothing that was written is lost."""
    root = await said(house, "the root")
    await said(house, "a reply", threadId=root)
    alice = await house.visit("alice@example.com")
    await open_thread(alice, "the root")
    await (await house.client("bob@example.com")).ask("message.delete", messageId=root)
    await expect(alice.thread_panel.get_by_text("The first message of this thread was deleted")).to_be_visible()
    await expect(alice.thread_panel.get_by_text("This message was deleted.")).to_be_visible()
    await expect(alice.thread_composer).to_be_hidden()
    await alice.sees("a reply", alice.thread_panel)


async def test_the_panel_goes_with_its_channel(house: House) -> None:
    """Who is taken out of a private channel reads no more of its threads."""
    admin = await house.admin()
    me = await house.client("alice@example.com")
    made = await admin.ask("channel.create", name="cabin", kind="private", members=[me.user_id])
    place = made["channel"]["id"]
    await admin.ask("message", channelId=place, content="the root")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("cabin")
    await open_thread(alice, "the root")
    await admin.ask("channel.removeMember", channelId=place, userId=me.user_id)
    await expect(alice.thread_panel).to_have_count(0)
    await expect(alice.channel_row("cabin")).to_have_count(0)


async def test_another_channel_closes_the_thread(house: House) -> None:
    """A thread belongs to its channel."""
    await (await house.admin()).ask("channel.create", name="harbour", kind="public")
    await said(house, "the root")
    alice = await house.visit("alice@example.com")
    await open_thread(alice, "the root")
    await alice.open_channel("harbour")
    await expect(alice.thread_panel).to_have_count(0)
    await expect(alice.composer).to_be_focused()


async def test_a_thread_far_back_opens_by_its_address(house: House) -> None:
    """Its root is shown though the channel's list does not reach back to it."""
    root = await said(house, "the old root")
    bob = await house.client("bob@example.com")
    place = await general(house)
    for number in range(130):
        await bob.ask("message", channelId=place, content=f"later {number}")
    alice = await house.visit("alice@example.com")
    await alice.go(f"/#/c/{place}/t/{root}")
    await alice.page.reload()
    await expect(alice.thread_panel.get_by_test_id("message").first).to_contain_text("the old root")
    await alice.send("after all", in_thread=True)
    await alice.sees("after all", alice.thread_panel)


async def test_beside_over_and_instead_of_the_conversation(house: House) -> None:
    """On a desk the panel is beside the messages, on a tablet over them, on a phone in their place."""
    await said(house, "the root")
    alice = await house.visit("alice@example.com")
    main, panel = alice.page.locator("[data-region=main]"), alice.thread_panel
    whole = await main.bounding_box()
    await open_thread(alice, "the root")
    beside, box = await main.bounding_box(), await panel.bounding_box()
    assert whole and beside and box
    assert beside["width"] == whole["width"] - box["width"]
    await expect(alice.composer).to_be_visible()
    lower = [await one.locator("form").bounding_box() for one in (main, panel)]
    assert lower[0] and lower[1] and lower[0]["y"] == lower[1]["y"], "the composers line up"
    document = alice.page.locator("html")
    await alice.page.set_viewport_size({"width": TABLET[0], "height": TABLET[1]})
    await expect(document).to_have_js_property("clientWidth", TABLET[0])
    over, box = await main.bounding_box(), await panel.bounding_box()
    assert over and box
    assert over["x"] + over["width"] == TABLET[0] == box["x"] + box["width"]
    await alice.page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    await expect(document).to_have_js_property("clientWidth", PHONE[0])
    box = await panel.bounding_box()
    assert box and (box["x"], box["width"]) == (0, PHONE[0])
    await expect(alice.composer).to_be_hidden()
    await alice.page.go_back()
    await expect(panel).to_have_count(0)
    await expect(alice.composer).to_be_visible()


async def test_a_thread_is_accessible(house: House) -> None:
    """axe finds nothing serious in the panel, with replies and with a deleted root."""
    root = await said(house, "the root")
    await said(house, "a reply with `code` and @alice", threadId=root)
    alice = await house.visit("alice@example.com")
    await open_thread(alice, "the root")
    await alice.sees("a reply", alice.thread_panel)
    await alice.axe_for_everybody(None, "light", "dark")
    await (await house.client("bob@example.com")).ask("message.delete", messageId=root)
    await expect(alice.thread_composer).to_be_hidden()
    await alice.axe_for_everybody(None, "light", "dark")


async def test_a_mention_in_a_thread_is_read_in_the_thread(house: House) -> None:
    """The badge goes when the reply that named one was looked at, and stays away when the page is opened again."""
    root = await said(house, "the root")
    alice = await house.visit("alice@example.com")
    await said(house, "@alice, look", threadId=root)
    row = alice.channel_row("general")
    await expect(row).to_contain_text("1")
    await open_thread(alice, "the root")
    await alice.sees("@alice, look", alice.thread_panel)
    await expect(row).not_to_contain_text("1")
    await alice.go()
    await alice.is_in()
    await expect(row).to_be_visible()
    await expect(row).not_to_contain_text("1")
