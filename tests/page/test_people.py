"""What administrators do with people in Settings, with the others looking on and the person at another browser."""

from typing import Any

import pytest
from playwright.async_api import expect

from chatd.store import users
from tests.client import Client, Refused
from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.settings_dialog import SettingsDialog
from tests.page.visitor import Visitor
from tests.serving import ADMIN_EMAIL, ADMIN_PASSWORD

MAYA, BOB = "maya@example.com", "bob@example.com"
PASSWORD = "a long enough one"


async def second_admin(house: House) -> Client:
    """Maya, an administrator as well, as a program."""
    admin = await house.admin()
    maya = await house.client(MAYA)
    await admin.ask("admin.setRole", userId=maya.user_id, role="admin")
    return maya


async def people_of(house: House, email: str = ADMIN_EMAIL, **visit: Any) -> SettingsDialog:
    """Somebody's browser with Settings open at People."""
    return await SettingsDialog.opened_by(await house.visit(email, **visit), "people")


async def signed_in(house: House, login: str, password: str) -> Visitor:
    visitor = await house.visit()
    await visitor.sign_in_by_form(login, password)
    return visitor


async def test_M10_M13_add_user_makes_an_account_that_signs_in_with_what_was_shown_once(serve: Serve) -> None:
    """The password is made up, shown once, and gone from the page when it was dismissed (M10, M13)."""
    house = await serve(auth={"authMode": "password"})
    settings = await SettingsDialog.opened_by(await signed_in(house, "admin", ADMIN_PASSWORD), "people")
    await settings.field("email").fill("lea.fontaine@example.com")
    await settings.button("Make one up").click()
    await settings.dialog.get_by_role("button", name="Add User").click()
    shown = settings.dialog.get_by_test_id("hand-over")
    await expect(shown).to_contain_text("lea.fontaine can sign in now.")
    password = await shown.locator(".secret").inner_text()
    await settings.told("lea.fontaine was added.")
    for name in ("email", "userName", "password"):
        await expect(settings.field(name)).to_have_value("")
    await expect(settings.field("email")).to_be_focused()
    row = settings.person("lea.fontaine")
    await expect(row).to_contain_text("Pending")

    lea = await signed_in(house, "lea.fontaine@example.com", password)
    await expect(lea.page.get_by_role("main")).to_contain_text("Choose your own password.")
    await expect(row).to_contain_text("Active")
    await shown.get_by_role("button", name="Dismiss").click()
    assert password not in await settings.page.content()


async def test_M10_F07_F08_R04_a_new_administrator_with_a_name_of_choice_is_in_at_once(serve: Serve) -> None:
    """Role and user name are taken, and without the forced change the chat opens (M10, F07, F08)."""
    house = await serve(auth={"authMode": "password"})
    settings = await SettingsDialog.opened_by(await signed_in(house, "admin", ADMIN_PASSWORD), "people")
    await settings.field("userName").fill("noor")
    await settings.field("role").select_option("admin")
    await settings.field("password").fill(PASSWORD)
    await settings.dialog.get_by_text("Require password change at the first sign-in").click()
    await settings.field("password").press("Enter")
    await expect(settings.person("noor")).to_contain_text("Admin")
    noor = await signed_in(house, "noor", PASSWORD)
    await noor.is_in()
    await expect((await SettingsDialog.opened_by(noor)).entry("people")).to_be_visible()


@pytest.mark.parametrize("has_clipboard", [True, False], ids=["clipboard", "no-clipboard"])
async def test_the_shown_password_is_copied(house: House, has_clipboard: bool) -> None:
    """Also where the browser hands out no clipboard, as without TLS."""
    settings = await people_of(house, permissions=["clipboard-read", "clipboard-write"])
    await settings.field("userName").fill("kim")
    await settings.button("Make one up").click()
    password = await settings.field("password").input_value()
    await settings.dialog.get_by_role("button", name="Add User").click()
    await settings.told("kim was added.")
    if not has_clipboard:
        await settings.page.evaluate("void (navigator.clipboard.writeText = () => Promise.reject(new Error()))")
    await settings.dialog.get_by_role("button", name="Copy the password").click()
    await expect(settings.dialog.get_by_test_id("hand-over").get_by_text("Copied")).to_be_visible()
    assert await settings.page.evaluate("navigator.clipboard.readText()") == password


async def test_add_user_says_what_is_wrong_under_the_field_and_keeps_what_was_typed(house: House) -> None:
    """Nothing is made until all is right, and the focus is on the first fault."""
    settings = await people_of(house)
    add = settings.dialog.get_by_role("button", name="Add User")
    await add.click()
    await expect(settings.error_of("email")).to_have_text("Enter an e-mail address, or a username.")
    await expect(settings.error_of("password")).to_have_text("Enter a first password, or have one made.")
    await expect(settings.field("email")).to_be_focused()
    await settings.field("email").fill(ADMIN_EMAIL)
    await settings.field("password").fill("short")
    await add.click()
    await expect(settings.error_of("password")).to_have_text("This does not meet the rules yet.")
    await settings.field("password").fill(PASSWORD)
    await add.click()
    await expect(settings.error_of("email")).to_have_text("This e-mail address is in use already.")
    await settings.field("email").fill("new@example.com")
    await settings.field("userName").fill("ADMIN")
    await add.click()
    await expect(settings.error_of("userName")).to_be_visible()
    await expect(settings.field("password")).to_have_value(PASSWORD)
    await settings.lists("admin")


async def test_a_second_click_adds_nobody_twice_and_a_busy_button_keeps_its_width(house: House) -> None:
    settings = await people_of(house, wired=True)
    await settings.field("userName").fill("once")
    await settings.field("password").fill(PASSWORD)
    add = settings.dialog.get_by_role("button", name="Add User")
    before = await add.bounding_box()
    assert settings.visitor.wire is not None
    settings.visitor.wire.hold()
    await add.click()
    await expect(add).to_have_attribute("aria-busy", "true")
    assert await add.bounding_box() == before
    await add.click()
    await settings.field("userName").press("Enter")
    settings.visitor.wire.mend()
    await expect(settings.person("once")).to_have_count(1)
    await settings.told("once was added.")
    await expect(settings.error_of("userName")).to_have_count(0)
    await expect(settings.error_of("password")).to_have_count(0)


async def test_what_another_administrator_does_appears_at_once(house: House) -> None:
    """Rows come, change and go, and neither the focus, the scrolling nor what is typed is lost."""
    maya = await second_admin(house)
    for number in range(30):
        await maya.ask("admin.addUser", userName=f"person{number:02}", password=PASSWORD)
    settings = await people_of(house)
    await settings.field("email").fill("half an addr")
    button = settings.person("person05").locator("[data-act=menu]")
    await button.focus()
    pane = settings.dialog.locator(".pane")
    top = await pane.evaluate("(pane) => pane.scrollTop")
    assert top > 0
    made = await maya.ask("admin.addUser", userName="zoe", displayName="Zoe <b>bold</b>", password=PASSWORD)
    await expect(settings.person("zoe")).to_contain_text("Zoe <b>bold</b>")
    await maya.ask("admin.setRole", userId=made["user"]["id"], role="admin")
    await expect(settings.person("zoe")).to_contain_text("Admin")
    await maya.ask("admin.deactivateUser", userId=made["user"]["id"])
    await expect(settings.person("zoe")).to_contain_text("Deactivated")
    await expect(settings.dialog.locator("[data-tab=deactivated]")).to_contain_text("1")
    await maya.ask("admin.removeUser", userId=made["user"]["id"])
    await expect(settings.person("zoe")).to_have_count(0)
    await expect(button).to_be_focused()
    await settings.page.wait_for_function(  # rows are made up for with the next frame
        "([pane, top]) => Math.abs(pane.scrollTop - top) < 2", arg=[await pane.element_handle(), top]
    )
    await expect(settings.field("email")).to_have_value("half an addr")


async def test_the_focus_goes_to_the_next_row_when_the_one_under_it_is_removed(house: House) -> None:
    maya = await second_admin(house)
    for name in ("carol", "dave", "erin"):
        await maya.ask("admin.addUser", userName=name, password=PASSWORD)
    settings = await people_of(house)
    await settings.person("dave").locator("[data-act=menu]").focus()
    dave = await settings.person("dave").get_attribute("data-id")
    await maya.ask("admin.removeUser", userId=dave)
    await expect(settings.person("dave")).to_have_count(0)
    await expect(settings.person("carol").locator("button").first).to_be_focused()


async def test_M20_M21_M22_F23_delete_needs_the_exact_name_and_cuts_the_other_browser_at_once(house: House) -> None:
    """The removed person is out with the right sentence, and no administrator sees the row (M20-M22)."""
    maya = await second_admin(house)
    bob = await house.visit(BOB)
    await bob.send("I was here")
    admin, other = await people_of(house), await people_of(house, MAYA)
    await admin.choose("bob", "Delete")
    await expect(admin.top).to_contain_text("Delete bob?")
    await expect(admin.top).to_contain_text("This cannot be undone.")
    await expect(admin.field("typed")).to_be_focused()
    for wrong in ("bo", "Bob", "bob ", "bobb"):
        await admin.field("typed").fill(wrong)
        await expect(admin.button("Delete user")).to_have_attribute("aria-disabled", "true")
        await admin.field("typed").press("Enter")
    await bob.is_in()
    await admin.field("typed").fill("bob")
    await admin.button("Delete user").click()
    await bob.is_out("Your account was removed.")
    await expect(bob.page.get_by_test_id("sign-in")).to_contain_text("An administrator removed it.")
    await admin.told("bob was deleted. 1 window was closed.")
    for settings in (admin, other):
        await expect(settings.person("bob")).to_have_count(0)
        await expect(settings.dialog).to_be_visible()
    assert (await admin.focused()).endswith("maya")  # the next row
    await SettingsDialog(admin.visitor).dialog.get_by_role("button", name="Close settings").click()
    await admin.visitor.sees("I was here")
    assert await maya.ask("user.find", query="bob") == {"users": []}


async def test_cancel_and_escape_leave_everything_as_it_was(house: House) -> None:
    bob = await house.visit(BOB)
    settings = await people_of(house)
    await settings.choose("bob", "Delete")
    await settings.field("typed").fill("bob")
    await settings.button("Cancel").click()
    await settings.choose("bob", "Deactivate")
    await expect(settings.button("Cancel")).to_be_focused()
    await settings.page.keyboard.press("Escape")
    await expect(settings.dialog).to_be_visible()
    assert await settings.focused() == "Actions for bob"
    await bob.is_in()
    await expect(settings.person("bob")).to_contain_text("Active")


async def test_R51_messages_are_deleted_with_the_account_where_that_is_chosen(house: House) -> None:
    bob = await house.visit(BOB)
    await bob.send("my secret plan")
    settings = await people_of(house)
    await settings.visitor.sees("my secret plan")
    await settings.choose("bob", "Delete")
    await settings.field("erasure").select_option("delete")
    await expect(settings.top.locator("tr", has_text="Messages, also direct ones")).to_contain_text("deleted")
    await settings.field("typed").fill("bob")
    await settings.field("typed").press("Enter")
    await settings.told("bob was deleted.")
    await settings.dialog.get_by_role("button", name="Close settings").click()
    await settings.visitor.does_not_see("my secret plan")
    await settings.visitor.sees("This message was deleted.")


async def test_R48_R50_deactivate_instead_locks_the_account_until_it_is_activated(house: House) -> None:
    """The confirmation names the person and the open windows; nothing is deleted (R48, R50)."""
    bob = await house.visit(BOB)
    await (await bob.window()).is_in()  # its socket is counted once, when the question comes
    settings = await people_of(house)
    await settings.choose("bob", "Delete")
    await settings.button("Deactivate instead").click()
    await expect(settings.top).to_contain_text("Deactivate bob?")
    await expect(settings.top).to_contain_text("2 open windows close.")
    await settings.button("Deactivate").click()
    await settings.told("bob is deactivated. 2 windows were closed.")
    await bob.is_out("Your account is deactivated.")
    await expect(settings.person("bob")).to_contain_text("Deactivated")
    await settings.dialog.locator("[data-tab=deactivated]").click()
    await settings.lists("bob")
    assert await settings.menu_of("bob") == ["Activate", "Delete…"]
    await settings.page.get_by_role("menuitem", name="Activate").click()
    await settings.told("bob is active again.")
    await expect(settings.dialog.get_by_text("Nobody here")).to_be_visible()
    assert await settings.focused() == "People"
    await bob.sign_in(BOB)


async def test_M24_F19_R37_R38_a_promotion_shows_the_controls_live_and_a_demotion_takes_them_away(house: House) -> None:
    """At the other's open Settings, whatever stands open in it (M24, F19)."""
    bob = await SettingsDialog.opened_by(await house.visit(BOB), "appearance")
    await expect(bob.entry("people")).to_have_count(0)
    admin = await people_of(house)
    await admin.choose("bob", "Make Admin")
    await expect(admin.top).to_contain_text("Make bob an administrator?")
    await admin.button("Make Admin").click()
    await admin.told("bob is an administrator now.")
    await expect(admin.person("bob")).to_contain_text("Admin")
    await expect(bob.entry("people")).to_be_visible()
    await expect(bob.heading).to_have_text("Appearance")
    await bob.go("people")
    await bob.choose("admin", "Delete")
    await bob.field("typed").fill("admi")
    await admin.choose("bob", "Remove Admin")
    await admin.told("bob is no longer an administrator.")
    await bob.told("You are no longer an administrator.")
    await expect(bob.heading).to_have_text("Profile")
    await expect(bob.page.get_by_test_id("remove-user")).to_have_count(0)
    await expect(bob.entry("people")).to_have_count(0)
    await expect(bob.entry("server")).to_have_count(0)


async def test_MX01_oneself_has_no_menu_and_nobody_is_the_last_administrator_by_another(house: House) -> None:
    await second_admin(house)
    settings = await people_of(house)
    await expect(settings.person("admin")).to_contain_text("(you)")
    await expect(settings.person("admin").locator("button")).to_have_count(0)
    expected = ["Remove Admin", "Reset password", "Sessions", "Deactivate", "Delete…"]
    assert await settings.menu_of("maya") == expected


async def test_M18_F20_F22_a_reset_password_replaces_the_old_one_and_ends_the_sessions(serve: Serve) -> None:
    """By default: a new password, a forced change, everybody out with the sentence of it (M18, F20, F22)."""
    house = await serve(auth={"authMode": "password"})
    settings = await SettingsDialog.opened_by(await signed_in(house, "admin", ADMIN_PASSWORD), "people")
    await settings.field("userName").fill("bob")
    await settings.field("password").fill(PASSWORD)
    await settings.dialog.get_by_text("Require password change at the first sign-in").click()
    await settings.dialog.get_by_role("button", name="Add User").click()
    await expect(settings.person("bob")).to_be_visible()
    bob = await signed_in(house, "bob", PASSWORD)
    await bob.is_in()
    await settings.person("bob").get_by_role("button", name="Reset the password of bob").click()
    await expect(settings.top).to_contain_text("1 session, 1 open window.")
    await settings.button("Reset password").click()
    await expect(settings.error_of("password")).to_have_text("This does not meet the rules yet.")
    await settings.button("Make one up").click()
    await settings.button("Reset password").click()
    await bob.is_out("Your password was reset.")
    await settings.told("The password of bob was reset and all sessions were ended.")
    given = await settings.top.locator(".secret").inner_text()
    await settings.button("Done").click()
    assert await settings.focused() == "Reset the password of bob"
    await bob.sign_in_by_form("bob", PASSWORD)
    await expect(bob.page.get_by_test_id("sign-in")).to_contain_text("do not match")
    await bob.sign_in_by_form("bob", given)
    await expect(bob.page.get_by_role("main")).to_contain_text("Choose your own password.")


async def test_F21_a_reset_password_leaves_the_sessions_where_that_is_chosen(house: House) -> None:
    """F21: who is in stays in; the new password counts from now on."""
    bob = await house.visit(BOB)
    settings = await people_of(house)
    await settings.choose("bob", "Reset password")
    await settings.field("password").fill("another long one")
    await settings.top.get_by_text("End all their sessions and tokens now").click()
    await settings.top.get_by_text("Require password change").click()
    await settings.button("Reset password").click()
    await settings.told("The password of bob was reset.")
    await bob.send("still here")
    await settings.button("Done").click()
    person = await house.running.sign_in_with_password("bob", "another long one")
    assert person.user["userName"] == "bob"


async def test_F22_F35_F37_sessions_of_others_are_seen_and_ended_one_by_one_and_all(house: House) -> None:
    """Only the ended one closes, with the administrator's sentence (F35, F37, F22)."""
    one, other = await house.visit(BOB), await house.visit(BOB)
    script = await house.client(BOB)
    settings = await people_of(house)
    await settings.choose("bob", "Sessions")
    rows = settings.top.get_by_test_id("session")
    await expect(rows).to_have_count(3)
    await expect(rows.filter(has_text="Chrome on Linux").first).to_contain_text("1 open window")
    await rows.filter(has_text="Chrome on Linux").first.get_by_role("button").click()  # the newest
    await other.is_out("An administrator ended this session.")
    await settings.told("The session Chrome on Linux was ended.")
    await expect(rows).to_have_count(2)
    await one.send("I stay")
    late = await house.client(BOB)
    await expect(rows).to_have_count(3)
    await settings.button("End all sessions").click()
    await settings.button("Keep them").click()
    await settings.button("End all sessions").click()
    await settings.button("End all 3 sessions").click()
    await one.is_out("An administrator ended this session.")
    assert {(await script.ended()).code, (await late.ended()).code} == {4502}
    await settings.told("3 sessions of bob were ended.")
    await expect(settings.top).to_contain_text("There are no sessions.")


async def test_M08_the_server_name_changes_at_once_for_everybody(house: House) -> None:
    """M08: also in the other administrator's form, unless he is typing there."""
    maya = await second_admin(house)
    bob = await house.visit(BOB)
    admin = await SettingsDialog.opened_by(await house.visit(ADMIN_EMAIL), "server")
    other = await SettingsDialog.opened_by(await house.visit(MAYA), "server")
    await admin.field("name").fill("   ")
    await admin.button("Save name").click()
    await expect(admin.error_of("name")).to_have_text("Enter a name.")
    await admin.field("name").fill("Lantern <i>works</i>")
    await admin.button("Save name").click()
    await admin.told("The server is now called Lantern <i>works</i>.")
    await expect(bob.page.get_by_test_id("server-name")).to_contain_text("Lantern <i>works</i>")
    await expect(admin.dialog.locator("nav h2")).to_have_text("Lantern <i>works</i>")
    await expect(other.field("name")).to_have_value("Lantern <i>works</i>")
    await other.field("name").fill("Lanternwor")
    await maya.ask("admin.updateSettings", name="Third")
    await expect(bob.page.get_by_test_id("server-name")).to_contain_text("Third")
    await expect(other.field("name")).to_have_value("Lanternwor")
    await expect(admin.field("name")).to_have_value("Third")


async def test_R02_seats_are_shown_where_they_are_limited_and_stop_the_form_when_taken(serve: Serve) -> None:
    """R02: live, and the refusal is told before it happens."""
    house = await serve(server={"maxSeats": 3})
    settings = await people_of(house)
    seats = settings.dialog.get_by_test_id("seats")
    await expect(seats).to_contain_text("1/3")
    await expect(seats).to_contain_text("2 available")
    admin = await house.admin()
    for name in ("carol", "dave"):
        await admin.ask("admin.addUser", userName=name, password=PASSWORD)
    await expect(seats).to_contain_text("3/3")
    add = settings.dialog.get_by_role("button", name="Add User")
    await expect(add).to_have_attribute("aria-disabled", "true")
    await expect(add).to_have_attribute("title", "All 3 seats are taken. Deactivate somebody or raise the limit first.")
    await settings.field("userName").fill("erin")
    await settings.field("password").fill(PASSWORD)
    await settings.field("password").press("Enter")
    await settings.choose("dave", "Deactivate")
    await settings.button("Deactivate").click()
    await expect(seats).to_contain_text("1 available")
    await settings.lists("dave", "carol", "admin")


async def test_R02_no_seats_are_shown_where_they_are_not_limited(house: House) -> None:
    settings = await people_of(house)
    await expect(settings.person("admin")).to_be_visible()
    await expect(settings.dialog.get_by_test_id("seats")).to_have_count(0)


async def test_R01_thousands_are_searched_and_paged_quickly(house: House) -> None:
    """R01: 3,000 people; a page stays a page, a search asks once, and the result is told to screen readers."""
    await fill(house, 3000)
    settings = await people_of(house)
    rows = settings.dialog.get_by_test_id("person")
    await expect(rows).to_have_count(50)
    await expect(settings.dialog.locator(".pager")).to_contain_text("1 to 50 of 3,001")
    await settings.dialog.get_by_role("button", name="Next", exact=True).click()
    await expect(settings.dialog.locator(".pager")).to_contain_text("51 to 100 of 3,001")
    search = settings.dialog.get_by_role("searchbox")
    started = await settings.page.evaluate("performance.now()")
    await search.press_sequentially("many1234", delay=20)
    found = await settings.page.wait_for_function(  # looked for at each frame: `expect` looks once a second in the end
        "() => document.querySelectorAll('[data-testid=person]').length === 1 && performance.now()"
    )
    assert await found.json_value() - started < 3000
    await expect(rows).to_have_count(1)
    await expect(settings.person("many1234")).to_be_visible()
    await expect(settings.dialog.get_by_role("status").filter(has_text="1 user")).to_have_count(1)
    await search.fill("nobody is called so")
    await expect(settings.dialog.get_by_text("Nobody found")).to_be_visible()
    await settings.dialog.get_by_role("button", name="Clear the search").click()
    await expect(rows).to_have_count(50)
    await search.fill("many77")
    await expect(settings.dialog.locator(".pager")).to_contain_text("of 11")
    await search.press("Escape")
    await expect(search).to_have_value("")
    await expect(settings.dialog.locator(".pager")).to_contain_text("1 to 50 of 3,001")


async def fill(house: House, number: int) -> None:
    """People straight into the store: hashing as many passwords would take a minute."""
    chat = house.running.node.chat

    def deed(tx: Any) -> None:
        for at in range(number):
            users.insert_user(
                tx.connection, id=f"many{at:05}", user_name=f"many{at}", display_name=f"Person {at}", role="user",
                email=f"many{at}@example.com", created_at=tx.now - number + at, last_login_at=tx.now,
            )  # fmt: skip

    await chat.write(deed)


async def test_a_refused_deed_leaves_the_dialog_to_try_again(house: House) -> None:
    """Without a connection nothing happens; the sentence says so, and the same button does it afterwards."""
    bob = await house.visit(BOB)
    settings = await people_of(house, wired=True)
    await settings.choose("bob", "Deactivate")
    await expect(settings.top).to_contain_text("1 open window closes.")
    assert settings.visitor.wire is not None
    settings.visitor.forgive()
    settings.visitor.wire.cut()
    await expect(settings.visitor.banner).to_be_attached()
    await settings.button("Deactivate").click()
    await settings.told("There is no connection to the server.")
    await expect(settings.top).to_contain_text("Deactivate bob?")
    await bob.is_in()
    settings.visitor.wire.mend()
    await expect(settings.visitor.banner).to_have_count(0, timeout=40_000)
    await settings.button("Deactivate").click()
    await bob.is_out("Your account is deactivated.")
    await expect(settings.person("bob")).to_contain_text("Deactivated")


async def test_what_happened_during_a_lost_connection_is_in_the_list_afterwards(house: House) -> None:
    settings = await people_of(house, wired=True)
    await expect(settings.person("admin")).to_be_visible()
    assert settings.visitor.wire is not None
    settings.visitor.forgive()
    settings.visitor.wire.cut()
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="meanwhile", password=PASSWORD)
    settings.visitor.wire.mend()
    await expect(settings.person("meanwhile")).to_be_visible(timeout=40_000)


async def test_a_dialog_about_somebody_ends_when_another_administrator_was_faster(house: House) -> None:
    maya = await second_admin(house)
    bob = await house.client(BOB)
    settings = await people_of(house)
    await settings.choose("bob", "Delete")
    await settings.field("typed").fill("bo")
    await maya.ask("admin.removeUser", userId=bob.user_id)
    await settings.told("bob was deleted by somebody else just now.")
    await expect(settings.page.get_by_test_id("remove-user")).to_have_count(0)
    await expect(settings.person("bob")).to_have_count(0)


async def test_M01_somebody_who_is_no_administrator_sees_nothing_of_it_and_may_not_ask(house: House) -> None:
    """M01: no control in the page, and the request is refused to the letter."""
    bob = await house.visit(BOB)
    settings = await SettingsDialog.opened_by(bob)
    await expect(settings.entry("profile")).to_be_visible()
    await expect(settings.dialog.get_by_text("Add User")).to_have_count(0)
    await expect(settings.entry("people")).to_have_count(0)
    program = await house.client(BOB)
    with pytest.raises(Refused, match="Admin access required"):
        await program.ask("admin.addUser", userName="eve", password=PASSWORD)


async def test_everything_is_done_by_keyboard_alone(house: House) -> None:
    """From the composer: open, add somebody, find him, reset, delete, close; the focus is never lost."""
    visitor = await house.visit(ADMIN_EMAIL)
    settings = SettingsDialog(visitor)
    keys = visitor.page.keyboard
    await keys.press("Control+,")
    await expect(settings.entry("profile")).to_be_focused()
    await keys.press("End")
    await keys.press("ArrowUp")
    await expect(settings.entry("people")).to_be_focused()
    await keys.press("Enter")
    await expect(settings.person("admin")).to_be_visible()
    await settings.entry("people").press("Tab")  # server name
    await keys.press("Tab")
    assert await settings.focused() == "Close settings"
    await keys.press("Tab")
    assert await settings.focused() == "email"
    await keys.type("kim@example.com")
    for _ in range(3):
        await keys.press("Tab")  # user name, role, the button that makes a password
    await keys.press("Enter")
    await keys.press("Tab")
    await keys.press("Enter")
    await expect(settings.person("kim")).to_be_visible()
    await settings.dialog.get_by_role("searchbox").focus()
    await keys.type("kim")
    await expect(settings.person("admin")).to_have_count(0)
    await keys.press("Tab")
    await keys.press("ArrowDown")
    assert await settings.focused() == "Reset the password of kim"
    await keys.press("Tab")
    await keys.press("Enter")
    await keys.press("End")
    await keys.press("Enter")
    await expect(settings.field("typed")).to_be_focused()
    await keys.type("kim")
    await keys.press("Enter")
    await settings.told("kim was deleted.")
    await keys.press("Escape")
    await expect(settings.dialog).to_have_count(0)
    await expect(visitor.composer).to_be_focused()


async def test_arrows_walk_the_rows_and_letters_search_and_add(house: House) -> None:
    admin = await house.admin()
    for name in ("carol", "dave", "erin"):
        await admin.ask("admin.addUser", userName=name, password=PASSWORD)
    settings = await people_of(house)
    keys = settings.page.keyboard
    await settings.person("erin").locator("[data-act=password]").focus()
    await keys.press("ArrowDown")
    assert await settings.focused() == "Reset the password of dave"
    await keys.press("End")
    assert await settings.focused() == "Reset the password of carol"
    await keys.press("Home")
    await keys.press("/")
    await expect(settings.dialog.get_by_role("searchbox")).to_be_focused()
    await expect(settings.dialog.get_by_role("searchbox")).to_have_value("")
    await settings.person("erin").locator("[data-act=menu]").focus()
    await keys.press("n")
    await expect(settings.field("email")).to_be_focused()
    tabs = settings.dialog.get_by_role("tab")
    await tabs.first.focus()
    await keys.press("ArrowRight")
    await expect(settings.dialog.locator("[data-tab=pending]")).to_have_attribute("aria-selected", "true")
    await settings.lists("erin", "dave", "carol")


async def test_axe_finds_nothing_serious_in_people(house: House) -> None:
    """The list with every status, the menu, and each dialog about a person."""
    admin = await house.admin()
    for name in ("carol", "dave"):
        await admin.ask("admin.addUser", userName=name, password=PASSWORD)
    bob = await house.client(BOB)
    settings = await people_of(house)
    await settings.choose("dave", "Deactivate")
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    await settings.button("Deactivate").click()
    await expect(settings.person("dave")).to_contain_text("Deactivated")
    await settings.dialog.get_by_role("button", name="Add User").click()
    await expect(settings.error_of("email")).to_be_visible()
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    await settings.menu_of("bob")
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    await settings.page.get_by_role("menuitem", name="Delete").click()
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    await settings.button("Cancel").click()
    await settings.choose("bob", "Sessions")
    await expect(settings.top.get_by_test_id("session")).to_be_visible()
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    await settings.page.keyboard.press("Escape")
    await settings.choose("bob", "Reset password")
    await settings.button("Make one up").click()
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    await settings.button("Reset password").click()
    await expect(settings.top.locator(".secret")).to_be_visible()
    await settings.visitor.axe_for_everybody(None, "light", "dark")
    assert bob.user_id


async def test_a_phone_shows_the_list_without_sideways_scrolling(house: House) -> None:
    """360 px, a right-to-left name and words that are longer than the screen."""
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="x" * 50, displayName="ואלה " + "longword" * 11, password=PASSWORD)
    visitor = await house.visit(size=(360, 740))
    await visitor.context.request.post(visitor.url + "/auth/dev-login", data={"email": ADMIN_EMAIL})
    await visitor.go()
    settings = await SettingsDialog.opened_by(visitor, "people")
    await expect(settings.person("x" * 50)).to_be_visible()
    for selector in (".settings", ".pane", "body"):
        element = visitor.page.locator(selector).first
        assert await element.evaluate("(element) => element.scrollWidth <= element.clientWidth"), selector
    box = await settings.person("x" * 50).locator("[data-act=menu]").bounding_box()
    assert box is not None
    assert box["width"] >= 40 and box["height"] >= 44
    await visitor.axe()


async def test_what_is_handed_over_fits_a_phone(house: House) -> None:
    visitor = await house.visit(size=PHONE)
    await visitor.context.request.post(visitor.url + "/auth/dev-login", data={"email": ADMIN_EMAIL})
    await visitor.go()
    settings = await SettingsDialog.opened_by(visitor, "people")
    await settings.field("email").fill("somebody.with.a.long.address@department.example.com")
    await settings.button("Make one up").click()
    await settings.dialog.get_by_role("button", name="Add User").click()
    shown = settings.dialog.get_by_test_id("hand-over")
    await expect(shown).to_be_visible()
    assert await shown.evaluate("(element) => element.scrollWidth <= element.clientWidth")


async def test_a_display_name_that_looks_like_anothers_shows_the_user_name(house: House) -> None:
    """In the stream and among the members, for both of them; nobody else's."""
    alice, bob, carol = [await house.client(f"{name}@example.com") for name in ("alice", "bob", "carol")]
    await bob.ask("me.update", displayName="Alice")
    for client in (alice, bob, carol):
        channel = (await client.ask("channel.list"))["channels"][0]["id"]
        await client.ask("message", channelId=channel, content=f"by {client.hello['user']['userName']}")
    visitor = await house.visit("carol@example.com")
    messages = visitor.page.get_by_test_id("message")
    for text, shown in (("by alice", "@alice"), ("by bob", "@bob")):
        await expect(messages.filter(has_text=text)).to_contain_text(shown)
    await expect(messages.filter(has_text="by carol")).not_to_contain_text("@carol")
    await bob.ask("me.update", displayName="Bob")
    await expect(messages.filter(has_text="by alice")).not_to_contain_text("@alice")
