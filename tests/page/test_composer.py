"""Writing: what Enter does, drafts, the limit, completion, emoji, formatting, quotes, and who else is writing."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.client import Client
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.visitor import Visitor

FIRE = "🔥"


async def channel(owner: Client, name: str, **more: Any) -> str:
    made = await owner.ask("channel.create", name=name, kind="public", **more)
    return str(made["channel"]["id"])


def offers(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("listbox").get_by_role("option")


def picker(visitor: Visitor) -> Locator:
    return visitor.page.get_by_role("dialog", name="Choose an emoji")


def send_button(visitor: Visitor) -> Locator:
    return visitor.page.locator("main").get_by_role("button", name="Send")


async def typed(visitor: Visitor, text: str) -> None:
    """By key strokes into the composer, as a person does."""
    await visitor.composer.press_sequentially(text)


# --- sending


async def test_enter_sends_shift_enter_breaks(house: House) -> None:
    """Shift+Enter starts a line, Enter sends all of it as it stands, and the focus stays in the empty composer."""
    bob = await house.client("bob@example.com")
    alice = await house.visit("alice@example.com")
    await typed(alice, " one")
    await alice.composer.press("Shift+Enter")
    await typed(alice, "two ")
    await alice.composer.press("Enter")
    await expect(alice.composer).to_have_value("")
    await expect(alice.composer).to_be_focused()
    heard = await bob.expect("message.created")
    assert heard["payload"]["message"]["content"] == " one\ntwo "


async def test_enter_of_an_input_method_sends_nothing(house: House) -> None:
    """The Enter that takes what an input method offers belongs to it; the next one sends."""
    bob = await house.client("bob@example.com")
    alice = await house.visit("alice@example.com")
    await alice.composer.focus()
    session = await alice.context.new_cdp_session(alice.page)
    await session.send("Input.imeSetComposition", {"text": "にほん", "selectionStart": 3, "selectionEnd": 3})
    of_the_input_method = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229}
    await session.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", **of_the_input_method})
    await session.send("Input.dispatchKeyEvent", {"type": "keyUp", **of_the_input_method})
    await expect(alice.composer).to_have_value("にほん")
    await session.send("Input.insertText", {"text": "日本"})
    await expect(alice.composer).to_have_value("日本")
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer).to_have_value("")
    assert (await bob.expect("message.created"))["payload"]["message"]["content"] == "日本"


async def test_white_space_only_is_not_sent(house: House) -> None:
    """Send stays disabled and Enter does nothing while there is nothing but white space."""
    alice = await house.visit("alice@example.com")
    await alice.composer.fill(" \n\u3000")
    await expect(send_button(alice)).to_be_disabled()
    await alice.composer.press("Enter")
    await expect(alice.composer).to_have_value(" \n\u3000")
    await alice.composer.fill("a")
    await expect(send_button(alice)).to_be_enabled()


async def test_the_limit_is_counted_in_code_points(house: House) -> None:
    """4,000 emoji fit, though they are 8,000 UTF-16 units; one more is said in red and not sent, nothing is cut off."""
    bob = await house.client("bob@example.com")
    alice = await house.visit("alice@example.com")
    await alice.composer.fill(FIRE * 4001)
    await expect(alice.page.get_by_text("4,001 / 4,000")).to_be_visible()
    await expect(alice.page.get_by_text("This is 1 character too long.", exact=True).first).to_be_visible()
    await expect(alice.composer).to_have_attribute("aria-invalid", "true")
    await expect(send_button(alice)).to_be_disabled()
    await alice.composer.press("Enter")
    await expect(alice.composer).to_have_value(FIRE * 4001)
    await alice.composer.press("Backspace")
    await expect(alice.page.get_by_text("/ 4,000")).to_be_hidden()
    await send_button(alice).click()
    assert (await bob.expect("message.created"))["payload"]["message"]["content"] == FIRE * 4000


async def test_a_long_text_is_pasted_whole_and_the_box_stops_growing(house: House) -> None:
    """The box grows with its lines to 40 % of the window and scrolls from there on."""
    alice = await house.visit("alice@example.com")
    small = await alice.composer.bounding_box()
    await alice.composer.fill("\n".join(["three", "more", "lines"]))
    grown = await alice.composer.bounding_box()
    await alice.composer.fill("line\n" * 200)
    full = await alice.composer.bounding_box()
    assert small and grown and full
    assert small["height"] < grown["height"] < full["height"] <= 0.4 * 800 + 1
    assert len(await alice.composer.input_value()) == 1000
    await expect(send_button(alice)).to_be_in_viewport()


async def test_refused_writing_is_kept_as_a_failed_message(house: House) -> None:
    """What the server refuses stays in the list with what can be done about it; the composer is free again."""
    admin = await house.admin()
    place = await channel(admin, "wharf")
    alice = await house.visit("alice@example.com", wired=True)
    await alice.open_channel("wharf")
    await alice.loses_connection()
    await alice.send("too late")
    await admin.ask("channel.update", channelId=place, archived=True)
    await alice.regains_connection()
    await expect(alice.message("too late").get_by_role("button", name="Discard")).to_be_visible()


# --- drafts


async def test_drafts_survive_switching_and_reload(house: House) -> None:
    """Each channel keeps what was being written there, also over a reload right after the last stroke."""
    await channel(await house.admin(), "harbour")
    alice = await house.visit("alice@example.com")
    await typed(alice, "for general")
    await alice.open_channel("harbour")
    await expect(alice.composer).to_have_value("")
    await typed(alice, "for harbour")
    await alice.page.reload()
    await alice.is_in()
    await expect(alice.composer).to_have_value("for harbour")
    await alice.open_channel("general")
    await expect(alice.composer).to_have_value("for general")
    await alice.composer.press("Enter")
    await expect(alice.composer).to_have_value("")
    await alice.page.reload()
    await alice.is_in()
    await expect(alice.composer).to_have_value("")


async def test_a_window_that_wrote_nothing_leaves_the_draft_of_another(house: House) -> None:
    """Leaving a channel in one window does not put its old text over what was written in the other."""
    await channel(await house.admin(), "harbour")
    alice = await house.visit("alice@example.com")
    other = await alice.window()
    await other.is_in()
    await typed(alice, "newer")
    await alice.open_channel("harbour")
    await other.open_channel("harbour")
    await other.open_channel("general")
    await expect(other.composer).to_have_value("newer")


# --- focus


async def test_opening_a_channel_puts_the_focus_in_the_composer(house: House) -> None:
    """Behind what was written there; on touch nowhere, for the keyboard would cover half the screen."""
    await channel(await house.admin(), "harbour")
    alice = await house.visit("alice@example.com")
    await expect(alice.composer).to_be_focused()
    await alice.open_channel("harbour")
    await expect(alice.composer).to_be_focused()
    await expect(alice.page.get_by_role("textbox", name="Message #harbour")).to_be_focused()
    phone = await house.visit("bob@example.com", has_touch=True, is_mobile=True)
    await phone.open_channel("harbour")
    await expect(phone.composer).not_to_be_focused()


# --- completion


async def test_people_are_completed_by_keyboard(house: House) -> None:
    """Arrows choose, Enter takes; what is chosen is the active descendant, and only the next Enter sends."""
    for name in ("benedict", "bettina", "carla"):
        await house.client(f"{name}@example.com")
    alice = await house.visit("alice@example.com")
    await typed(alice, "hi @be")
    box = alice.page.get_by_role("combobox")
    await expect(box).to_have_attribute("aria-expanded", "true")
    await expect(offers(alice)).to_have_text([re.compile("@benedict"), re.compile("@bettina")])
    await expect(offers(alice).nth(0)).to_have_attribute("aria-selected", "true")
    await alice.page.keyboard.press("ArrowDown")
    chosen = await offers(alice).nth(1).get_attribute("id")
    await expect(box).to_have_attribute("aria-activedescendant", str(chosen))
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer).to_have_value("hi @bettina ")
    await expect(offers(alice)).to_have_count(0)
    await alice.page.keyboard.press("Enter")
    await alice.sees("hi @bettina")


async def test_escape_leaves_the_completion_and_only_that(house: House) -> None:
    """The list stays away for this name, the text stays, and the next name is completed again."""
    await house.client("benedict@example.com")
    alice = await house.visit("alice@example.com")
    await typed(alice, "@be")
    await expect(offers(alice)).to_have_count(1)
    await alice.page.keyboard.press("Escape")
    await expect(offers(alice)).to_have_count(0)
    await typed(alice, "n")
    await expect(offers(alice)).to_have_count(0)
    await expect(alice.composer).to_have_value("@ben")
    await typed(alice, " @be")
    await expect(offers(alice)).to_have_count(1)


async def test_who_is_in_the_channel_is_offered_first(house: House) -> None:
    """Everybody may be named, but those who would not read it are marked."""
    insider = await house.client("zoe@example.com")
    await house.client("zack@example.com")
    admin = await house.admin()
    alice = await house.visit("alice@example.com")
    me = await house.client("alice@example.com")
    made = await admin.ask("channel.create", name="cabin", kind="private", members=[insider.user_id, me.user_id])
    await alice.open_channel(made["channel"]["name"])
    await typed(alice, "@z")
    await expect(offers(alice)).to_have_text([re.compile("@zoe$"), re.compile("@zack.*not in this channel")])


async def test_channels_and_the_whole_channel_are_completed(house: House) -> None:
    """# names a channel, @ also everybody in this one; a press takes as well as a key."""
    await channel(await house.admin(), "harbour")
    alice = await house.visit("alice@example.com")
    await typed(alice, "see #har")
    await alice.page.keyboard.press("Tab")
    await expect(alice.composer).to_have_value("see #harbour ")
    await typed(alice, "@chan")
    await offers(alice).filter(has_text="Everybody in #general").click()
    await expect(alice.composer).to_have_value("see #harbour @channel ")
    await expect(alice.composer).to_be_focused()


async def test_emoji_are_completed_by_name(house: House) -> None:
    """From the second letter on by the list, or by typing the name to its end; neither inside code nor in a time."""
    alice = await house.visit("alice@example.com")
    await typed(alice, ":tad")
    await expect(offers(alice).first).to_contain_text(":tada:")
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer).to_have_value("🎉 ")
    await typed(alice, "at 10:30: :fire:")
    await expect(alice.composer).to_have_value("🎉 at 10:30: 🔥 ")
    await typed(alice, "`:tada:")
    await expect(alice.composer).to_have_value("🎉 at 10:30: 🔥 `:tada:")
    await expect(offers(alice)).to_have_count(0)


async def test_undo_takes_a_completion_back(house: House) -> None:
    """What the page puts in is in the history of the box like a key stroke."""
    await house.client("benedict@example.com")
    alice = await house.visit("alice@example.com")
    await typed(alice, "hi @be")
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer).to_have_value("hi @benedict ")
    await alice.page.keyboard.press("Control+z")
    await expect(alice.composer).to_have_value("hi @be")


async def test_hostile_names_are_only_text(house: House) -> None:
    """Markup in a display name is shown as it is written, in the list and in the typing line."""
    bob = await house.client("bob@example.com")
    await bob.ask("me.update", displayName="<img src=x onerror=alert(1)> evil")
    alice = await house.visit("alice@example.com")
    await typed(alice, "@bob")
    await expect(offers(alice)).to_contain_text(["<img src=x"])
    await bob.ask("typing", channelId=await general(house))
    await expect(alice.page.get_by_text("is typing")).to_contain_text("<img src=x")
    await expect(alice.page.locator("main img")).to_have_count(0)


async def general(house: House) -> str:
    known = (await (await house.admin()).ask("channel.list"))["channels"]
    return str(next(one["id"] for one in known if one["name"] == "general"))


# --- formatting


@pytest.mark.parametrize(
    ("keys", "made"),
    [("Control+b", "a **word**"), ("Control+i", "a _word_"), ("Control+Shift+c", "a `word`")],
)
async def test_keys_format_what_is_selected(house: House, keys: str, made: str) -> None:
    """The same keys take it back, and so does undo."""
    alice = await house.visit("alice@example.com")
    await alice.composer.fill("a word")
    await alice.composer.press("Control+Shift+ArrowLeft")
    await alice.composer.press(keys)
    await expect(alice.composer).to_have_value(made)
    await alice.composer.press(keys)
    await expect(alice.composer).to_have_value("a word")
    await alice.composer.press(keys)
    await alice.composer.press("Control+z")
    await expect(alice.composer).to_have_value("a word")


async def test_the_formatting_menu_works_on_the_text(house: House) -> None:
    """Chosen by keyboard, with the focus back in the text, where typing goes on."""
    alice = await house.visit("alice@example.com")
    await alice.composer.fill("one")
    await alice.page.locator("main").get_by_role("button", name="Formatting").click()
    await alice.page.get_by_role("menuitem", name="List").click()
    await expect(alice.composer).to_have_value("- one")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.type("!")
    await expect(alice.composer).to_have_value("- one!")


# --- the emoji picker


async def test_an_emoji_is_picked_by_pointer_and_is_recent_then(house: House) -> None:
    """It stands at the caret, the focus is back in the text, and the picker offers it first the next time."""
    alice = await house.visit("alice@example.com")
    await alice.composer.fill("ab")
    await alice.composer.press("ArrowLeft")
    await alice.page.locator("main").get_by_role("button", name="Emoji").click()
    await picker(alice).get_by_role("button", name="grinning face", exact=True).click()
    await expect(alice.composer).to_have_value("a😀b")
    await expect(alice.composer).to_be_focused()
    await expect(picker(alice)).to_have_count(0)
    await alice.page.locator("main").get_by_role("button", name="Emoji").click()
    recent = picker(alice).get_by_role("group", name="Recent")
    await expect(recent.get_by_role("button")).to_have_text(["😀"])
    await expect(picker(alice).get_by_role("tab", name="Recent")).to_have_attribute("aria-selected", "true")


async def test_an_emoji_is_searched_and_picked_by_keyboard(house: House) -> None:
    """Search, arrows in both directions over the groups, letters lead back to the search, Escape closes."""
    alice = await house.visit("alice@example.com")
    opener = alice.page.locator("main").get_by_role("button", name="Emoji")
    await opener.press("Enter")
    search = picker(alice).get_by_role("searchbox")
    await expect(search).to_be_focused()
    await search.press("ArrowDown")
    focused = picker(alice).locator("button:focus")
    await expect(focused).to_have_attribute("aria-label", "grinning face")
    await alice.page.keyboard.press("ArrowRight")
    await alice.page.keyboard.press("ArrowDown")
    await expect(focused).to_have_attribute("data-at", "9")
    await expect(picker(alice).locator("[data-at][tabindex='0']")).to_have_count(1)
    await alice.page.keyboard.press("ArrowUp")
    await alice.page.keyboard.press("ArrowUp")
    await expect(search).to_be_focused()
    await search.press("ArrowDown")
    await alice.page.keyboard.type("rocket")
    await expect(search).to_have_value("rocket")
    await search.press("Enter")
    await expect(alice.composer).to_have_value("🚀")
    await opener.press("Enter")
    await alice.page.keyboard.type("no such thing at all")
    await expect(picker(alice).get_by_role("status")).to_have_text("No emoji is called that.")
    await alice.page.keyboard.press("Escape")
    await expect(picker(alice)).to_have_count(0)
    await expect(opener).to_be_focused()


async def test_the_tabs_of_the_picker_lead_to_the_groups(house: House) -> None:
    """Arrows choose a tab; scrolling tells which group one is in."""
    alice = await house.visit("alice@example.com")
    await alice.page.locator("main").get_by_role("button", name="Emoji").click()
    await picker(alice).get_by_role("tab", name="Faces").focus()
    await alice.page.keyboard.press("ArrowRight")
    await expect(picker(alice).get_by_role("tab", name="Nature")).to_be_focused()
    await expect(picker(alice).get_by_role("tab", name="Nature")).to_have_attribute("aria-selected", "true")
    await expect(picker(alice).get_by_role("button", name="monkey face")).to_be_in_viewport()
    await alice.page.keyboard.press("End")
    await expect(picker(alice).get_by_role("tab", name="Signs")).to_have_attribute("aria-selected", "true")


# --- quoting and editing


async def test_a_quote_is_shown_sent_and_removed(house: House) -> None:
    """The answer carries the quoted message's id; removing the quote leaves the text and the focus."""
    bob = await house.client("bob@example.com")
    said = (await bob.ask("message", channelId=await general(house), content="shall we?"))["message"]
    alice = await house.visit("alice@example.com")
    await alice.message("shall we?").focus()
    await alice.page.keyboard.press("q")
    chip = alice.page.get_by_test_id("composer").get_by_text("shall we?")
    await expect(chip).to_be_visible()
    await expect(alice.composer).to_be_focused()
    await typed(alice, "yes")
    await alice.page.get_by_role("button", name="Remove the quote").click()
    await expect(chip).to_be_hidden()
    await expect(alice.composer).to_have_value("yes")
    await alice.message("shall we?").focus()
    await alice.page.keyboard.press("q")
    await alice.composer.press("Enter")
    await expect(chip).to_be_hidden()
    while (heard := await bob.expect("message.created"))["payload"]["message"]["content"] != "yes":
        pass
    assert heard["payload"]["message"]["quotedMessageId"] == said["id"]


async def test_a_quote_vanishes_with_its_message(house: House) -> None:
    """Who deletes a message takes it out of the answer that was being written too."""
    bob = await house.client("bob@example.com")
    said = (await bob.ask("message", channelId=await general(house), content="never mind"))["message"]
    alice = await house.visit("alice@example.com")
    await alice.message("never mind").focus()
    await alice.page.keyboard.press("q")
    await expect(alice.page.get_by_role("button", name="Remove the quote")).to_be_visible()
    await bob.ask("message.delete", messageId=said["id"])
    await expect(alice.page.get_by_role("button", name="Remove the quote")).to_be_hidden()


async def test_arrow_up_in_an_empty_composer_edits_my_last_message(house: House) -> None:
    """Not somebody else's, and not while something is written."""
    bob = await house.client("bob@example.com")
    alice = await house.visit("alice@example.com")
    await alice.send("teh last of mine")
    await alice.has_sent_all()
    await bob.ask("message", channelId=await general(house), content="of bob")
    await alice.sees("of bob")
    await typed(alice, "x")
    await alice.composer.press("ArrowUp")
    await expect(alice.composer).to_be_focused()
    await alice.composer.fill("")
    await alice.composer.press("ArrowUp")
    edit = alice.stream.locator("textarea")
    await expect(edit).to_be_focused()
    await expect(edit).to_have_value("teh last of mine")
    await edit.fill("the last of mine")
    await edit.press("Enter")
    await alice.sees("the last of mine")
    await expect(alice.composer).to_be_focused()


# --- where one cannot write


async def test_who_left_reads_and_may_join_again(house: House) -> None:
    """A sentence and a button stand in the composer's place; joining brings it back with the focus in it."""
    me = await house.client("alice@example.com")
    place = await channel(await house.admin(), "harbour")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await me.ask("channel.leave", channelId=place)
    await expect(alice.page.get_by_text("You are not in #harbour.")).to_be_visible()
    await expect(alice.composer).to_be_hidden()
    await alice.page.get_by_test_id("composer-closed").get_by_role("button", name="Join #harbour").click()
    await expect(alice.composer).to_be_focused()
    await alice.send("back")
    await alice.sees("back")


async def test_an_archived_channel_can_only_be_read(house: House) -> None:
    """The composer goes while one writes, and comes back with the draft when the channel does."""
    admin = await house.admin()
    place = await channel(admin, "harbour")
    alice = await house.visit("alice@example.com")
    await alice.open_channel("harbour")
    await typed(alice, "half a sent")
    await admin.ask("channel.update", channelId=place, archived=True)
    await expect(alice.page.get_by_text("This channel is archived.")).to_be_visible()
    await expect(alice.composer).to_be_hidden()
    await admin.ask("channel.update", channelId=place, archived=False)
    await expect(alice.composer).to_have_value("half a sent")


# --- who else is writing


async def test_who_is_typing_is_shown_and_told_seldom(house: House) -> None:
    """The line names them, keeps its room, goes with the message; a screen reader hears of one change in 10 s."""
    bob, carla = await house.client("bob@example.com"), await house.client("carla@example.com")
    alice = await house.visit("alice@example.com")
    before = await alice.composer.bounding_box()
    place = await general(house)
    await bob.ask("typing", channelId=place)
    line = alice.page.locator("main .under").get_by_role("status")
    await expect(line).to_have_text("bob is typing")
    await expect(line).to_have_attribute("aria-live", "polite")
    await carla.ask("typing", channelId=place)
    await expect(line).to_have_text("bob and carla are typing")
    await expect(line).to_have_attribute("aria-live", "off")
    assert await alice.composer.bounding_box() == before
    await bob.ask("message", channelId=place, content="done")
    await expect(line).to_have_text("carla is typing")


async def test_others_see_that_i_am_writing(house: House) -> None:
    """From the first stroke, wherever they look."""
    bob = await house.client("bob@example.com")
    me = await house.client("alice@example.com")
    alice = await house.visit("alice@example.com")
    await typed(alice, "w")
    await bob.expect("typing", userId=me.user_id)


# --- for everybody


async def test_composer_completion_and_picker_are_accessible(house: House) -> None:
    """axe finds nothing serious in the composer, too long, with a list, with the picker, and where it is closed."""
    me = await house.client("alice@example.com")
    place = await channel(await house.admin(), "harbour")
    alice = await house.visit("alice@example.com")
    await alice.axe_for_everybody(None, "light", "dark")
    await alice.composer.fill("x" * 4001)
    await alice.axe_for_everybody(None, "light", "dark")
    await alice.composer.fill("")
    await typed(alice, "@")
    await expect(offers(alice).first).to_be_visible()
    await alice.axe_for_everybody(None, "light", "dark")
    await alice.page.keyboard.press("Escape")
    await alice.page.locator("main").get_by_role("button", name="Emoji").click()
    await expect(picker(alice).get_by_role("button", name="grinning face", exact=True)).to_be_visible()
    await alice.axe_for_everybody(None, "light", "dark")
    await alice.page.keyboard.press("Escape")
    await alice.open_channel("harbour")
    await me.ask("channel.leave", channelId=place)
    await expect(alice.page.get_by_test_id("composer-closed")).to_be_visible()
    await alice.axe_for_everybody(None, "light", "dark")


async def test_the_composer_fits_a_phone(house: House) -> None:
    """Nothing reaches over the edge at 360 px, and what a finger presses is 44 px high at least."""
    alice = await house.visit("alice@example.com", size=(360, 740), has_touch=True, is_mobile=True)
    await alice.open_channel("general")
    await alice.composer.fill("Ein Wort" + "lang" * 40)
    assert await alice.page.evaluate("document.documentElement.scrollWidth") <= 360
    await alice.page.locator("main").get_by_role("button", name="Emoji").tap()
    await expect(picker(alice)).to_be_visible()
    await alice.at_rest()
    box = await picker(alice).bounding_box()
    assert box and box["x"] == 0 and box["width"] == 360 and round(box["y"] + box["height"]) == 740
    face = await picker(alice).get_by_role("button", name="grinning face", exact=True).bounding_box()
    assert face and face["height"] >= 44
    assert PHONE[0] < 720
