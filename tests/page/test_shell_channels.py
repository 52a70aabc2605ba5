"""Channels and their members in the page: made, joined, left, archived, deleted, and what the outsider gets."""

import re

from playwright.async_api import expect

from tests.page.house import House
from tests.page.shell_deeds import (
    ALICE,
    BOB,
    EVE,
    adder,
    channel_deed,
    choose_in_menu,
    confirm,
    dialog,
    make_channel,
    pick_person,
)


async def test_a_channel_is_created_in_the_dialog_and_stands_in_everybodys_list(house: House) -> None:
    alice, bob = await house.visit(ALICE), await house.visit(BOB)
    await choose_in_menu(alice, adder(alice), "Create a channel")
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
    await choose_in_menu(alice, adder(alice), "Create a channel")
    form = await dialog(alice, "create-channel")
    await form.get_by_label("Name").fill("General")
    await form.get_by_role("button", name="Create channel").click()
    await expect(form.locator(".error")).to_contain_text("A public channel has this name already.")
    await expect(form.get_by_label("Name")).to_have_attribute("aria-invalid", "true")


async def test_a_private_channel_is_seen_by_its_members_and_not_by_the_outsider(house: House) -> None:
    alice, bob, eve = await house.visit(ALICE), await house.visit(BOB), await house.visit(EVE)
    await choose_in_menu(alice, adder(alice), "Create a channel")
    form = await dialog(alice, "create-channel")
    await form.get_by_label("Name").fill("secret")
    await form.get_by_role("radio", name="Members only").click()
    await pick_person(form, "bo", "bob")
    await form.get_by_role("button", name="Create channel").click()
    await bob.open_channel("secret")
    await expect(form).to_be_hidden()
    await expect(alice.channel_row("secret")).to_have_attribute("aria-current", "page")
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
    channel = await make_channel(bob, "firmware")
    alice = await house.visit(ALICE)
    await alice.open_channel("firmware")
    await channel_deed(alice, "Leave")
    await expect(alice.toast).to_contain_text("You left #firmware.")
    await expect(alice.channel_row("firmware")).to_have_count(0)
    await expect(alice.channel_row("general")).to_have_attribute("aria-current", "page")
    await choose_in_menu(alice, adder(alice), "Browse channels")
    browser = await dialog(alice, "browse-channels")
    await browser.get_by_label("Filter channels").fill("firm")
    await expect(browser.get_by_test_id("browse-row")).to_have_count(1)
    await browser.get_by_role("button", name="Join firmware").click()
    await expect(browser).to_be_hidden()
    await expect(alice.channel_row("firmware")).to_have_attribute("aria-current", "page")
    await bob.ask("message", channelId=channel, content="welcome back")
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
    await choose_in_menu(bob, adder(bob), "Browse channels")
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


async def test_a_new_account_appears_among_the_members_of_a_public_channel(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.page.get_by_test_id("members-button").click()
    panel = await dialog(alice, "members-panel")
    await expect(panel.get_by_test_id("member")).to_have_count(2)
    await house.client(BOB)
    await expect(panel.get_by_test_id("member").filter(has_text="bob")).to_be_visible()
    await expect(alice.page.get_by_test_id("members-button")).to_have_accessible_name("3 members")
    admin = await house.admin()
    bob_id = (await admin.ask("user.find", query="bob"))["users"][0]["id"]
    await admin.ask("admin.deactivateUser", userId=bob_id)
    await expect(panel.get_by_test_id("member").filter(has_text="bob")).to_have_count(0)
