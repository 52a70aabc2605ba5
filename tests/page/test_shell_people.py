"""People in the page: direct messages, presence, status, leaving."""

import re

from playwright.async_api import expect

from tests.page.house import House
from tests.page.shell_deeds import ALICE, BOB, EVE, badge, choose_in_menu, dialog, pick_person


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
    await form.get_by_role("combobox").fill("nobody like this")
    await expect(form.get_by_text("Nobody is called that.")).to_be_visible()
    await form.get_by_role("combobox").press("Escape")
    await expect(form.get_by_role("combobox")).to_have_value("")
    await form.get_by_role("combobox").press("Backspace")
    await expect(form.locator(".one")).to_have_count(1)
    await pick_person(form, "eve", "eve")
    await form.get_by_role("combobox").press("Enter")
    await expect(alice.page.get_by_role("heading", level=1)).to_have_text(re.compile("bob, eve"))
    await alice.send("all three")
    await expect(badge(bob.channel_row("alice, eve"))).to_have_text("1")
    await expect(badge(eve.channel_row("alice, bob"))).to_have_text("1")


async def test_R27_a_status_is_seen_by_the_others(house: House) -> None:
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


async def test_M28_signing_out_from_the_own_menu_leads_to_the_door(house: House) -> None:
    alice = await house.visit(ALICE)
    await choose_in_menu(alice, alice.page.get_by_test_id("me"), "Sign Out")
    await alice.is_out("You signed out.")


async def test_M25_exit_server_asks_for_the_password(house: House) -> None:
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
