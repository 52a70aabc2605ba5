"""The frame around the conversation: sidebar, bar, dialogs, keys, addresses, and what one sees of it from outside."""

import re
from typing import Any

import pytest
from playwright.async_api import Locator, Page, expect

from tests.client import Client
from tests.page.house import DESK, PHONE, House
from tests.page.visitor import Visitor

ALICE, BOB, EVE = "alice@example.com", "bob@example.com", "eve@example.com"


FIRST_CONTROL = "a[href], button, input, textarea, [tabindex='0']"


async def make_channel(client: Client, name: str, **more: Any) -> str:
    """Somebody makes a channel without a browser. Returns its id."""
    return str((await client.ask("channel.create", name=name, **more))["channel"]["id"])


async def dialog(visitor: Visitor, name: str) -> Locator:
    """The open dialog of this test id."""
    found = visitor.page.get_by_test_id(name)
    await expect(found).to_be_visible()
    return found


async def choose_in_menu(visitor: Visitor, button: Locator, entry: str) -> None:
    await button.click()
    await visitor.page.get_by_role("menuitem", name=entry).click()


async def channel_deed(visitor: Visitor, entry: str) -> None:
    """Choose an entry of the open channel's menu."""
    await choose_in_menu(visitor, visitor.page.get_by_test_id("channel-menu"), entry)


async def confirm(visitor: Visitor, deed: str) -> None:
    asked = await dialog(visitor, "confirm")
    await asked.get_by_role("button", name=deed).click()
    await expect(asked).to_be_hidden()


async def pick_person(within: Locator, query: str, name: str) -> None:
    """Type into a people picker and take the person with Enter."""
    box = within.get_by_role("combobox")
    await box.fill(query)
    await expect(within.get_by_role("option").first).to_contain_text(name)
    await box.press("Enter")
    await expect(within.locator(".one").filter(has_text=name)).to_be_visible()


async def open_place(page: Page) -> str:
    """The hash of the address: where the page says it is."""
    return str(await page.evaluate("location.hash"))


def badge(row: Locator) -> Locator:
    return row.locator(".badge")


# --- channels ---------------------------------------------------------------------------------------------------------


async def test_a_channel_is_created_in_the_dialog_and_stands_in_everybodys_list(house: House) -> None:
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await choose_in_menu(alice, alice.page.get_by_role("button", name="Create or join a channel"), "Create a channel")
    form = await dialog(alice, "create-channel")
    await form.get_by_role("button", name="Create channel").click()
    await expect(form.locator(".error")).to_have_text("A channel needs a name.")
    await expect(form.get_by_label("Name")).to_be_focused()
    await form.get_by_label("Name").fill("firmware")
    await form.get_by_label("Topic").fill("Beam controller 2.x")
    await form.get_by_label("Topic").press("Enter")
    await expect(form).to_be_hidden()
    await expect(alice.page.get_by_role("heading", level=1)).to_have_text("firmware")
    await expect(alice.page.locator(".topic")).to_have_text("Beam controller 2.x")
    await expect(alice.channel_row("firmware")).to_have_attribute("aria-current", "page")
    await expect(alice.composer).to_be_focused()
    await expect(bob.channel_row("firmware")).to_be_visible()


async def test_a_name_that_is_taken_is_said_under_its_field(house: House) -> None:
    alice = await house.visit(ALICE)
    await choose_in_menu(alice, alice.page.get_by_role("button", name="Create or join a channel"), "Create a channel")
    form = await dialog(alice, "create-channel")
    await form.get_by_label("Name").fill("General")
    await form.get_by_role("button", name="Create channel").click()
    await expect(form.locator(".error")).to_contain_text("A public channel has this name already.")
    await expect(form.get_by_label("Name")).to_have_attribute("aria-invalid", "true")


async def test_a_private_channel_is_seen_by_its_members_and_not_by_the_outsider(house: House) -> None:
    alice, bob, eve = await house.visit(ALICE), await house.visit(BOB), await house.visit(EVE)
    await choose_in_menu(alice, alice.page.get_by_role("button", name="Create or join a channel"), "Create a channel")
    form = await dialog(alice, "create-channel")
    await form.get_by_label("Name").fill("secret")
    await form.get_by_role("radio", name="Members only").click()
    await pick_person(form, "bo", "bob")
    await form.get_by_role("button", name="Create channel").click()
    await bob.open_channel("secret")
    await alice.send("between us")
    await bob.sees("between us")
    await expect(eve.channel_row("general")).to_be_visible()
    await expect(eve.channel_row("secret")).to_have_count(0)
    channel = await alice.channel_row("secret").get_attribute("data-id")
    await eve.go(f"/#/c/{channel}")
    await eve.page.reload()
    await expect(eve.page.get_by_role("heading", name="This channel is gone")).to_be_visible()
    await eve.page.get_by_role("button", name="Go to #general").click()
    await expect(eve.channel_row("general")).to_have_attribute("aria-current", "page")


async def test_who_leaves_a_public_channel_finds_it_in_the_list_of_all_and_joins_again(house: House) -> None:
    bob = await house.client(BOB)
    await make_channel(bob, "firmware")
    alice = await house.visit(ALICE)
    await alice.open_channel("firmware")
    await channel_deed(alice, "Leave")
    await expect(alice.toast).to_contain_text("You left #firmware.")
    await expect(alice.channel_row("firmware")).to_have_count(0)
    await expect(alice.channel_row("general")).to_have_attribute("aria-current", "page")
    await choose_in_menu(alice, alice.page.get_by_role("button", name="Create or join a channel"), "Browse channels")
    browser = await dialog(alice, "browse-channels")
    await browser.get_by_label("Filter channels").fill("firm")
    await expect(browser.get_by_test_id("browse-row")).to_have_count(1)
    await browser.get_by_role("button", name="Join firmware").click()
    await expect(browser).to_be_hidden()
    await expect(alice.channel_row("firmware")).to_have_attribute("aria-current", "page")
    await bob.ask("message", channelId=await alice.channel_row("firmware").get_attribute("data-id"), content="welcome back")
    await alice.sees("welcome back")


async def test_an_archived_channel_leaves_every_list_and_comes_back_when_opened_again(house: House) -> None:
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    owner = await house.client(ALICE)
    await make_channel(owner, "old-lamps")
    await alice.open_channel("old-lamps")
    await channel_deed(alice, "Archive")
    await confirm(alice, "Archive channel")
    await expect(bob.channel_row("old-lamps")).to_have_count(0)
    await expect(alice.page.get_by_role("heading", level=1)).to_contain_text("Archived")
    await expect(alice.page.get_by_test_id("composer-closed")).to_be_visible()
    await choose_in_menu(bob, bob.page.get_by_role("button", name="Create or join a channel"), "Browse channels")
    browser = await dialog(bob, "browse-channels")
    await expect(browser.get_by_test_id("browse-row").filter(has_text="old-lamps")).to_have_count(0)
    await browser.get_by_role("radio", name="Archived").click()
    await browser.get_by_test_id("browse-row").filter(has_text="old-lamps").get_by_role("button").first.click()
    await expect(bob.page.get_by_role("heading", level=1)).to_contain_text("old-lamps")
    await channel_deed(alice, "Open again")
    await expect(bob.channel_row("old-lamps")).to_be_visible()
    await expect(bob.composer).to_be_visible()


async def test_name_and_topic_change_live_and_only_for_who_may(house: House) -> None:
    owner = await house.client(ALICE)
    await make_channel(owner, "firmware")
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await alice.open_channel("firmware")
    await bob.open_channel("firmware")
    await bob.page.get_by_test_id("channel-menu").click()
    menu = bob.page.get_by_role("menu")
    await expect(menu.get_by_role("menuitem", name="Leave")).to_be_visible()
    await expect(menu.get_by_role("menuitem", name=re.compile("Edit|Archive|Delete|private"))).to_have_count(0)
    await bob.page.keyboard.press("Escape")
    await channel_deed(alice, "Edit name and topic")
    form = await dialog(alice, "edit-channel")
    await form.get_by_label("Name").fill("firmware-2")
    await form.get_by_label("Topic").fill("مرحبا <b>bold</b>")
    await form.get_by_role("button", name="Save changes").click()
    await expect(bob.page.get_by_role("heading", level=1)).to_have_text("firmware-2")
    await expect(bob.page.locator(".topic")).to_have_text("مرحبا <b>bold</b>")
    await expect(bob.channel_row("firmware-2")).to_be_visible()


async def test_a_deleted_channel_is_gone_at_once_for_who_looks_at_it(house: House) -> None:
    owner = await house.client(ALICE)
    await make_channel(owner, "firmware")
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await alice.open_channel("firmware")
    await bob.open_channel("firmware")
    await channel_deed(alice, "Delete")
    await confirm(alice, "Delete channel")
    await expect(alice.toast).to_contain_text("#firmware was deleted.")
    await expect(alice.channel_row("general")).to_have_attribute("aria-current", "page")
    await expect(bob.page.get_by_role("heading", name="This channel is gone")).to_be_visible()
    await expect(bob.channel_row("firmware")).to_have_count(0)


async def test_made_private_a_channel_vanishes_for_who_never_wrote_there(house: House) -> None:
    owner = await house.client(ALICE)
    await make_channel(owner, "firmware")
    alice, eve = await house.visit(ALICE), await house.visit(EVE)
    await expect(eve.channel_row("firmware")).to_be_visible()
    await alice.open_channel("firmware")
    await channel_deed(alice, "Make private")
    await confirm(alice, "Make private")
    await expect(eve.channel_row("firmware")).to_have_count(0)
    await expect(alice.channel_row("firmware")).to_contain_text("private")


async def test_nobody_is_offered_to_leave_or_delete_general(house: House) -> None:
    admin = await house.visit("admin@example.com")
    await admin.page.get_by_test_id("channel-menu").click()
    leave = admin.page.get_by_role("menuitem", name="Leave")
    await expect(leave).to_have_attribute("aria-disabled", "true")
    await expect(admin.page.get_by_role("menuitem", name=re.compile("Delete|Archive|private"))).to_have_count(0)
    await expect(admin.page.get_by_role("menuitem", name="Edit topic")).to_be_visible()


# --- members ----------------------------------------------------------------------------------------------------------


async def test_members_are_added_and_removed_live(house: House) -> None:
    owner = await house.client(ALICE)
    await make_channel(owner, "secret", kind="private")
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await alice.open_channel("secret")
    await alice.page.get_by_test_id("members-button").click()
    panel = await dialog(alice, "members-panel")
    await expect(panel.get_by_test_id("member")).to_have_count(1)
    await panel.get_by_role("button", name="Add people").click()
    form = await dialog(alice, "add-people")
    await pick_person(form, "bob", "bob")
    await form.get_by_role("button", name="Add to channel").click()
    await expect(panel.get_by_test_id("member")).to_have_count(2)
    await expect(alice.page.get_by_test_id("members-button")).to_have_accessible_name("2 members")
    await bob.open_channel("secret")
    await expect(bob.page.get_by_test_id("channel-menu")).to_be_visible()
    await choose_in_menu(alice, panel.get_by_role("button", name="Actions for bob"), "Remove from channel")
    await confirm(alice, "Remove")
    await expect(bob.page.get_by_role("heading", name="This channel is gone")).to_be_visible()
    await expect(bob.channel_row("secret")).to_have_count(0)
    await expect(panel.get_by_test_id("member")).to_have_count(1)


async def test_a_member_of_a_private_channel_may_add_but_not_remove(house: House) -> None:
    owner = await house.client(ALICE)
    bob = await house.visit(BOB)
    bob_id = str((await owner.ask("user.find", query="bob"))["users"][0]["id"])
    await make_channel(owner, "secret", kind="private", members=[bob_id])
    await bob.open_channel("secret")
    await bob.page.get_by_test_id("members-button").click()
    panel = await dialog(bob, "members-panel")
    await expect(panel.get_by_role("button", name="Add people")).to_be_visible()
    await panel.get_by_role("button", name="Actions for alice").click()
    await expect(bob.page.get_by_role("menuitem", name="Direct message")).to_be_visible()
    await expect(bob.page.get_by_role("menuitem", name="Remove from channel")).to_have_count(0)


async def test_the_panel_gives_the_focus_back_and_escape_closes_it(house: House) -> None:
    alice = await house.visit(ALICE)
    button = alice.page.get_by_test_id("members-button")
    await button.focus()
    await button.press("Enter")
    panel = await dialog(alice, "members-panel")
    await expect(panel.get_by_role("heading", name="Members")).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await expect(panel).to_be_hidden()
    await expect(button).to_be_focused()


# --- direct messages and presence -------------------------------------------------------------------------------------


async def test_a_direct_message_counts_until_it_is_read_and_presence_is_live(house: House) -> None:
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await alice.page.get_by_role("button", name="New direct message").click()
    form = await dialog(alice, "new-direct")
    await form.get_by_role("button", name="Open conversation").click()
    await expect(form.locator(".error")).to_have_text("Choose somebody first.")
    await pick_person(form, "bob", "bob")
    await form.get_by_role("button", name="Open conversation").click()
    await expect(alice.channel_row("bob")).to_have_attribute("aria-current", "page")
    await alice.send("are you there")
    await expect(badge(bob.channel_row("alice"))).to_have_text("1")
    await expect(bob.page).to_have_title(re.compile(r"^\(1\) general · "))
    await bob.open_channel("alice")
    await bob.sees("are you there")
    await expect(badge(bob.channel_row("alice"))).to_have_count(0)
    await expect(bob.page).to_have_title(re.compile("^alice · "))

    await bob.page.get_by_test_id("me").click()
    await bob.page.get_by_role("menuitemradio", name="Do not disturb").click()
    await expect(alice.page.get_by_test_id("presence")).to_have_text("Do not disturb")
    await expect(alice.channel_row("bob").locator(".presence")).to_have_class(re.compile("busy"))
    await expect(bob.page.get_by_test_id("me")).to_contain_text("Do not disturb")


async def test_several_people_share_one_conversation_named_by_the_others(house: House) -> None:
    alice, bob, eve = await house.visit(ALICE), await house.visit(BOB), await house.visit(EVE)
    await alice.page.get_by_role("button", name="New message").click()
    form = await dialog(alice, "new-direct")
    await pick_person(form, "bob", "bob")
    await pick_person(form, "eve", "eve")
    await form.get_by_role("combobox").press("Backspace")
    await expect(form.locator(".one")).to_have_count(1)
    await pick_person(form, "eve", "eve")
    await form.get_by_role("combobox").press("Enter")
    await expect(alice.page.get_by_role("heading", level=1)).to_have_text(re.compile("bob, eve"))
    await alice.send("all three")
    await expect(badge(bob.channel_row("alice, eve"))).to_have_text("1")
    await expect(badge(eve.channel_row("alice, bob"))).to_have_text("1")


async def test_a_status_is_seen_by_the_others(house: House) -> None:
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await choose_in_menu(alice, alice.page.get_by_test_id("me"), "Set a status")
    form = await dialog(alice, "set-status")
    await form.get_by_label("Status").fill("x" * 121)
    await form.get_by_role("button", name="Save status").click()
    await expect(form.locator(".error")).to_have_text("A status has at most 120 characters.")
    await form.get_by_label("Status").fill("On the test track")
    await form.get_by_role("button", name="Save status").click()
    await expect(alice.page.get_by_test_id("me")).to_contain_text("On the test track")
    await bob.page.get_by_test_id("members-button").click()
    await expect(bob.page.get_by_test_id("member").filter(has_text="alice")).to_contain_text("On the test track")


async def test_a_chosen_presence_outlives_the_connection(house: House) -> None:
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await alice.page.get_by_test_id("me").click()
    await alice.page.get_by_role("menuitemradio", name="Away").click()
    await expect(alice.page.get_by_test_id("me")).to_contain_text("Away")
    alice.forgive()
    bob.forgive()
    await house.stop()
    await house.start()
    await bob.page.get_by_test_id("members-button").click()
    mark = bob.page.get_by_test_id("member").filter(has_text="alice").locator(".presence")
    await expect(mark).to_have_class(re.compile("away"), timeout=40_000)


# --- unread marks -----------------------------------------------------------------------------------------------------


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


# --- switcher and keys ------------------------------------------------------------------------------------------------


async def test_the_switcher_finds_by_letters_and_opens_with_enter(house: House) -> None:
    bob = await house.client(BOB)
    for name in ("firmware", "field-tests", "night-rides"):
        await make_channel(bob, name)
    alice = await house.visit(ALICE)
    await alice.page.keyboard.press("Control+k")
    switcher = await dialog(alice, "switcher")
    box = switcher.get_by_role("combobox")
    await expect(box).to_be_focused()
    await box.press_sequentially("nr")
    await expect(switcher.get_by_test_id("switcher-row").first).to_contain_text("night-rides")
    await expect(switcher.locator("mark").first).to_have_text("n")
    await box.fill("f")
    await expect(switcher.get_by_test_id("switcher-row").first).to_have_attribute("aria-selected", "true")
    await box.press("ArrowDown")
    chosen = switcher.locator("[role=option][aria-selected=true]")
    await expect(box).to_have_attribute("aria-activedescendant", str(await chosen.get_attribute("id")))
    name = str(await chosen.locator("bdi").text_content())
    await box.press("Enter")
    await expect(switcher).to_be_hidden()
    await expect(alice.channel_row(name)).to_have_attribute("aria-current", "page")
    await expect(alice.composer).to_be_focused()


async def test_the_switcher_writes_to_somebody_one_has_not_written_to(house: House) -> None:
    await house.client(BOB)
    alice = await house.visit(ALICE)
    await alice.page.locator(".jump").click()
    switcher = await dialog(alice, "switcher")
    await switcher.get_by_role("combobox").fill("bob")
    await expect(switcher.get_by_test_id("switcher-row").first).to_contain_text("new conversation")
    await switcher.get_by_role("combobox").press("Enter")
    await expect(alice.channel_row("bob")).to_have_attribute("aria-current", "page")


async def test_escape_leaves_the_switcher_and_the_focus_is_where_it_was(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.composer.fill("half a sen")
    await alice.page.keyboard.press("Control+k")
    switcher = await dialog(alice, "switcher")
    await switcher.get_by_role("combobox").fill("nothing like this")
    await expect(switcher).to_contain_text("Nothing is called that.")
    await alice.page.keyboard.press("Escape")
    await expect(switcher).to_be_hidden()
    await expect(alice.composer).to_be_focused()
    await expect(alice.composer).to_have_value("half a sen")


async def test_alt_arrows_walk_the_channels_and_with_shift_the_unread_ones(house: House) -> None:
    bob = await house.client(BOB)
    ids = {name: await make_channel(bob, name) for name in ("aaa", "bbb", "ccc")}
    alice = await house.visit(ALICE)
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("Alt+ArrowDown")
    await expect(alice.channel_row("aaa")).to_have_attribute("aria-current", "page")
    await alice.page.keyboard.press("Alt+ArrowUp")
    await alice.page.keyboard.press("Alt+ArrowUp")
    await expect(alice.channel_row("ccc")).to_have_attribute("aria-current", "page")
    await bob.ask("message", channelId=ids["bbb"], content="news")
    await expect(alice.channel_row("bbb")).to_have_class(re.compile("unread"))
    await alice.page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(alice.channel_row("bbb")).to_have_attribute("aria-current", "page")


async def test_the_keyboard_map_opens_with_a_question_mark_that_nobody_is_writing(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.composer.press_sequentially("why?")
    await expect(alice.composer).to_have_value("why?")
    await expect(alice.page.get_by_test_id("keyboard-map")).to_have_count(0)
    await alice.channel_row("general").focus()
    await alice.page.keyboard.press("?")
    keys = await dialog(alice, "keyboard-map")
    for row in ("Jump to…", "Around the page", "Edit my last message", "Reply in thread"):
        await expect(keys.locator("dt", has_text=row)).to_be_visible()
    await alice.page.keyboard.press("Escape")
    await expect(keys).to_be_hidden()
    await expect(alice.channel_row("general")).to_be_focused()


async def test_control_comma_opens_settings(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.page.keyboard.press("Control+,")
    await expect(alice.page.get_by_test_id("settings")).to_be_visible()
    await alice.page.keyboard.press("Control+k")
    await expect(alice.page.get_by_test_id("switcher")).to_have_count(0)


async def test_tab_goes_from_the_skip_link_through_sidebar_bar_and_list_to_the_composer(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.send("something to read")
    await alice.page.locator(FIRST_CONTROL).first.focus()
    met: list[str] = []
    for _ in range(40):
        part = await alice.page.evaluate(
            """() => {
              const held = document.activeElement;
              if (held.matches(".skip")) return "skip";
              const region = held.closest("[data-region=sidebar], [data-region=bar], [data-testid=stream], [data-testid=composer]");
              return region ? region.dataset.region ?? region.dataset.testid : "elsewhere";
            }"""
        )
        if not met or met[-1] != part:
            met.append(part)
        if part == "composer":
            break
        await alice.page.keyboard.press("Tab")
    assert met == ["skip", "sidebar", "bar", "stream", "composer"]


async def test_the_skip_link_leads_to_the_message_box(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.page.locator(FIRST_CONTROL).first.focus()
    await expect(alice.page.get_by_role("button", name="Skip to the message box")).to_be_in_viewport()
    before = await open_place(alice.page)
    await alice.page.keyboard.press("Enter")
    await expect(alice.composer).to_be_focused()
    assert await open_place(alice.page) == before


async def test_f6_walks_the_regions_and_comes_back_to_where_one_was(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.send("something to read")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.channel_row("general")).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.page.get_by_test_id("members-button")).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.message("something to read")).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("Shift+F6")
    await alice.page.keyboard.press("Shift+F6")
    await expect(alice.page.get_by_test_id("members-button")).to_be_focused()
    await alice.page.keyboard.press("Enter")
    panel = await dialog(alice, "members-panel")
    await alice.page.keyboard.press("Shift+F6")
    await expect(alice.composer).to_be_focused()
    await alice.page.keyboard.press("F6")
    await expect(panel.locator(":focus")).to_have_count(1)


async def test_the_list_is_one_tab_stop_that_arrows_walk(house: House) -> None:
    bob = await house.client(BOB)
    for name in ("aaa", "bbb"):
        await make_channel(bob, name)
    alice = await house.visit(ALICE)
    await expect(alice.page.locator(".link-row[tabindex='0']")).to_have_count(1)
    await alice.channel_row("general").focus()
    await alice.page.keyboard.press("ArrowDown")
    await expect(alice.channel_row("aaa")).to_be_focused()
    await alice.page.keyboard.press("End")
    await expect(alice.channel_row("bbb")).to_be_focused()
    await alice.page.keyboard.press("Enter")
    await expect(alice.channel_row("bbb")).to_have_attribute("aria-current", "page")


# --- addresses --------------------------------------------------------------------------------------------------------


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
    assert await open_place(alice.page) == f"#/c/{channel}"


async def test_a_strange_address_harms_nobody(house: House) -> None:
    alice = await house.visit(ALICE)
    for hash in ("#/c/%", "#/c/nowhere", "#<img src=x onerror=alert(1)>", "#/c/a/t/b/c"):
        await alice.page.evaluate("(hash) => { location.hash = hash; }", hash)
        await expect(alice.page.get_by_test_id("server-name")).to_be_visible()
    await alice.open_channel("general")


# --- phone ------------------------------------------------------------------------------------------------------------


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


# --- the connection ---------------------------------------------------------------------------------------------------


async def test_a_lost_connection_is_said_in_the_banner_and_once_to_screen_readers(house: House) -> None:
    alice = await house.visit(ALICE, wired=True)
    await alice.loses_connection()
    await expect(alice.banner).to_contain_text("Connection lost.")
    await expect(alice.banner).to_contain_text(re.compile(r"Trying again (in \d+ s|now)\. What you write is kept"))
    await expect(alice.page.locator("#announcer")).to_have_text("Connection lost")
    assert await alice.banner.get_attribute("aria-live") is None
    assert alice.wire is not None
    alice.wire.mend()
    await alice.banner.get_by_role("button", name="Try now").click()
    await expect(alice.banner).to_be_hidden()
    await expect(alice.page.locator("#announcer")).to_have_text("Back")


async def test_a_phone_says_it_over_the_list_too(house: House) -> None:
    alice = await house.visit(ALICE, size=PHONE, wired=True)
    await expect(alice.channel_row("general")).to_be_visible()
    await alice.loses_connection()
    await expect(alice.banner).to_contain_text("Connection lost.")


# --- notifications ----------------------------------------------------------------------------------------------------

RECORD_NOTIFICATIONS = """() => {
  window.shown = [];
  class Recorded { static permission = "granted"; constructor(title, options) { window.shown.push({ title, ...options }); } }
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


# --- leaving ----------------------------------------------------------------------------------------------------------


async def test_signing_out_from_the_own_menu_leads_to_the_door(house: House) -> None:
    alice = await house.visit(ALICE)
    await choose_in_menu(alice, alice.page.get_by_test_id("me"), "Sign Out")
    await alice.is_out("You signed out.")


async def test_exit_server_asks_for_the_password(house: House) -> None:
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="carol", email="carol@example.com", password="long enough 42")
    carol = await house.visit("carol@example.com")
    await choose_in_menu(carol, carol.page.get_by_test_id("me"), "Exit Server")
    asked = await dialog(carol, "exit")
    await expect(asked.get_by_label("Your password", exact=True)).to_be_focused()
    await asked.get_by_label("Your password", exact=True).fill("wrong")
    await asked.get_by_test_id("exit-server").click()
    await expect(asked.locator(".error")).to_contain_text("This is not your password.")
    await asked.get_by_label("Your password", exact=True).fill("long enough 42")
    await asked.get_by_test_id("exit-server").click()
    await carol.is_out("You have left.")


# --- looks ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
async def test_axe_finds_nothing_serious_in_any_part_of_the_shell(
    house: House, theme: str, size: tuple[int, int]
) -> None:
    bob = await house.client(BOB)
    channel = await make_channel(bob, "firmware", topic="Beam controller")
    await bob.ask("message", channelId=channel, content="@alice look")
    alice = await house.visit(ALICE, size=size, theme=theme)
    page = alice.page
    await alice.axe()
    await page.locator(".jump").click()
    await page.keyboard.type("f")
    await alice.axe()
    await page.keyboard.press("Escape")
    plus = page.get_by_role("button", name="Create or join a channel")
    for entry, test_id in (("Create a channel", "create-channel"), ("Browse channels", "browse-channels")):
        await choose_in_menu(alice, plus, entry)
        await dialog(alice, test_id)
        await alice.axe()
        await page.keyboard.press("Escape")
    for entry, test_id in (("Keyboard", "keyboard-map"), ("Exit Server", "exit"), ("Set a status", "set-status")):
        await choose_in_menu(alice, page.get_by_test_id("me"), entry)
        await dialog(alice, test_id)
        await alice.axe()
        await page.keyboard.press("Escape")
    await page.get_by_test_id("me").click()
    await alice.axe()
    await page.keyboard.press("Escape")
    await alice.channel_row("firmware").click()
    await channel_deed(alice, "Members")
    await dialog(alice, "members-panel")
    await alice.axe()


async def test_sixty_channels_and_two_thousand_stay_quick(house: House) -> None:
    bob = await house.client(BOB)
    ids = [await make_channel(bob, f"team-{number:02}") for number in range(60)]
    alice = await house.visit(ALICE)
    await expect(alice.page.get_by_test_id("channel-row")).to_have_count(61)
    await bob.ask("message", channelId=ids[59], content="@alice at the end")
    await expect(badge(alice.channel_row("team-59"))).to_have_text("1")
    await alice.page.keyboard.press("Alt+Shift+ArrowDown")
    await expect(alice.channel_row("team-59")).to_be_in_viewport()
