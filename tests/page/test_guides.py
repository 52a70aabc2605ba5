"""The procedures of three products' guides for administrators, step by step as they are written there.

The comments are the guides' own words. Half of them are walked at a desk and half on a telephone; each step is looked
at in light, dark and the width of a phone. `CHATD_SCREENSHOTS=folder` keeps pictures of the steps.
"""

import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pyotp
import pytest
from PIL import Image
from playwright.async_api import expect

from tests.page.camera import Camera
from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.looks import DESK, PHONE
from tests.page.settings_dialog import SettingsDialog
from tests.page.users_page import Users
from tests.page.visitor import Visitor
from tests.postbox import Postbox
from tests.serving import ADMIN_PASSWORD

Size = tuple[int, int]
PASSWORDS: dict[str, Any] = {"authMode": "password", "isInviteRequired": True}
LEA, OWN = "lea.fontaine@example.com", "lantern on the 42nd"

at_a_desk = pytest.mark.parametrize("size", [DESK], ids=["desk"])
on_a_phone = pytest.mark.parametrize("size", [PHONE], ids=["phone"])


async def comes(house: House, size: Size) -> Visitor:
    """Somebody with a window of this size, before the form."""
    visitor = await house.visit(size=size, has_touch=size == PHONE)
    await visitor.go()
    return visitor


async def signs_in(house: House, size: Size, login: str, password: str) -> Visitor:
    visitor = await comes(house, size)
    await visitor.sign_in_by_form(login, password)
    await visitor.is_in()
    return visitor


async def choose_own(visitor: Visitor, password: str) -> None:
    """The form of a link, and of a password that must be changed."""
    await visitor.page.get_by_label("New password").fill(password)
    await visitor.page.get_by_label("Repeat it").fill(password)
    await visitor.page.keyboard.press("Enter")
    await visitor.is_in()


# --- MikroChat: User Management


@at_a_desk
async def test_M09_M10_M13_M18_M20_M21_M22_M24_mikrochat_users_are_managed(serve: Serve, size: Size) -> None:
    """Without e-mail: the administrator hands the credentials over."""
    house = await serve(auth=PASSWORDS)
    admin = await signs_in(house, size, "admin", ADMIN_PASSWORD)
    camera = Camera(admin)

    # Click the server name in the top-left corner. In the Settings panel, find the "Add User" section.
    settings = await SettingsDialog.opened_by(admin, "people")
    await expect(settings.dialog.get_by_role("heading", name="Add User")).to_be_visible()
    # Enter the user's email address.
    await settings.field("email").fill(LEA)
    # If email is not configured (password mode), enter an initial password for the user.
    await settings.field("password").fill("first of all 1")
    # Select the user's role (User or Admin).
    await settings.field("role").select_option("user")
    await camera.take("mikrochat-add-user")
    # Click "Add User".
    await settings.dialog.get_by_role("button", name="Add User").click()
    await expect(settings.person("lea.fontaine")).to_contain_text("Pending")
    # The admin shares the credentials with the user directly.
    await expect(settings.dialog.get_by_test_id("hand-over")).to_contain_text("first of all 1")
    await camera.take("mikrochat-hand-over")
    lea = await comes(house, size)
    await lea.sign_in_by_form(LEA, "first of all 1")
    await choose_own(lea, OWN)
    await expect(settings.person("lea.fontaine")).to_contain_text("Active")

    # Find the user in the list. Click the reset password button next to their name.
    await settings.person("lea.fontaine").get_by_role("button", name="Reset the password of lea.fontaine").click()
    # Enter a new password (minimum 8 characters).
    await settings.field("password").fill("seven 7")
    await settings.button("Reset password").click()
    await expect(settings.error_of("password")).to_be_visible()
    await settings.field("password").fill("a second one 2")
    await camera.take("mikrochat-reset-password")
    await settings.button("Reset password").click()
    await expect(settings.top).to_contain_text("a second one 2")
    await settings.button("Done").click()
    # The admin then shares the new credentials with the user.
    await lea.is_out("Your password was reset.")
    await lea.sign_in_by_form(LEA, "a second one 2")
    await choose_own(lea, "a third one 333")

    # An admin can grant admin privileges to any user.
    await settings.choose("lea.fontaine", "Make Admin")
    await settings.button("Make Admin").click()
    await expect(settings.person("lea.fontaine").locator(".tag.accent")).to_be_visible()
    await settings.choose("lea.fontaine", "Remove Admin")
    await expect(settings.person("lea.fontaine").locator(".tag.accent")).to_have_count(0)

    # Click the remove button next to their name.
    await lea.page.goto(house.url)
    await lea.is_in()
    if size == PHONE:
        await lea.channel_row("general").click()
    await lea.send("these words remain")
    await settings.choose("lea.fontaine", "Delete")
    await settings.field("typed").fill("lea.fontaine")
    await camera.take("mikrochat-remove")
    await settings.button("Delete user").click()
    # They are immediately signed out.
    await lea.is_out()
    await expect(admin.page.get_by_test_id("remove-user")).to_have_count(0)  # Escape below is for Settings
    await Camera(lea).take("mikrochat-removed")
    # They cannot sign in again (unless re-added).
    await lea.sign_in_by_form(LEA, "a third one 333")
    await expect(lea.page.get_by_role("alert").first).to_be_visible()
    # Their messages remain in the channels.
    await admin.page.keyboard.press("Escape")
    if size == PHONE:
        await admin.channel_row("general").click()
    await admin.sees("these words remain")


@on_a_phone
async def test_M11_M12_M19_mikrochat_links_come_by_email(serve: Serve, box: Postbox, size: Size) -> None:
    """With e-mail: no initial password, a link for everybody."""
    house = await serve(auth=PASSWORDS, email=box.settings())
    admin = await signs_in(house, size, "admin", ADMIN_PASSWORD)
    settings = await SettingsDialog.opened_by(admin, "people")
    await expect(settings.field("password")).to_have_count(0)
    await settings.field("email").fill(LEA)
    await Camera(admin).take("mikrochat-invite")
    await settings.dialog.get_by_role("button", name="Add User").click()
    # The user receives an invite link to set their password.
    lea = await comes(house, size)
    await lea.go(f"/#/password/{await box.token_to(LEA)}")
    await expect(lea.page.get_by_label("New password")).to_be_visible()
    await Camera(lea).take("mikrochat-set-password")
    await choose_own(lea, OWN)

    # Users can reset their own password via the "Forgot password?" link on the sign-in screen.
    other = await comes(house, size)
    await other.page.get_by_role("button", name="Forgot password?").click()
    await other.page.get_by_label("E-mail").fill(LEA)
    await Camera(other).take("mikrochat-forgot-password")
    await other.page.keyboard.press("Enter")
    await other.go(f"/#/password/{await box.token_to(LEA, 2)}")
    await choose_own(other, "another lantern 43")


@on_a_phone
async def test_M25_M26_M27_M28_mikrochat_leaving_and_signing_out(serve: Serve, size: Size) -> None:
    """Signing out ends one session; leaving ends the account, but not that of the last administrator."""
    house = await serve(auth=PASSWORDS)
    program = await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
    fields = {"role": "user", "password": OWN, "requirePasswordChange": False}
    await program.ask("admin.addUser", email=LEA, **fields)
    lea, kept = await signs_in(house, size, LEA, OWN), await signs_in(house, size, LEA, OWN)

    # Click your username in the sidebar. Select "Sign Out".
    await lea.page.get_by_test_id("me").click()
    await lea.page.get_by_role("menuitem", name="Sign Out").click()
    await lea.is_out()
    # This ends your current session but keeps your account on the server. You can sign in again anytime.
    await kept.page.get_by_test_id("me").click()
    await kept.page.keyboard.press("Escape")
    await lea.sign_in_by_form(LEA, OWN)
    await lea.is_in()

    # Click your username in the sidebar. Select "Exit Server".
    await lea.page.get_by_test_id("me").click()
    await Camera(lea).take("mikrochat-own-menu")
    await lea.page.get_by_role("menuitem", name="Exit Server").click()
    await lea.page.get_by_label("Your password").fill(OWN)
    await Camera(lea).take("mikrochat-exit-server")
    await lea.page.get_by_role("button", name="Exit Server").click()
    # This removes your account from the server. You'll need to be re-invited to rejoin.
    await lea.is_out("You have left.")
    await kept.is_out()
    await lea.sign_in_by_form(LEA, OWN)
    await expect(lea.page.get_by_role("alert").first).to_be_visible()

    # Admins can only leave if there's at least one other admin remaining.
    admin = await signs_in(house, size, "admin", ADMIN_PASSWORD)
    await admin.page.get_by_test_id("me").click()
    await admin.page.get_by_role("menuitem", name="Exit Server").click()
    await admin.page.get_by_label("Your password").fill(ADMIN_PASSWORD)
    await admin.page.get_by_role("button", name="Exit Server").click()
    await expect(admin.page.locator("dialog[open]")).to_contain_text("last administrator")
    await Camera(admin).take("mikrochat-last-admin")


@at_a_desk
async def test_M32_M33_mikrochat_sessions_are_three(serve: Serve, size: Size) -> None:
    """When a user exceeds the session limit, the oldest session is automatically invalidated."""
    house = await serve(auth=PASSWORDS | {"maxActiveSessions": 3})
    first, *others = [await signs_in(house, size, "admin", ADMIN_PASSWORD) for _ in range(4)]
    await first.is_out()
    await Camera(first).take("mikrochat-oldest-session")
    settings = await SettingsDialog.opened_by(others[-1], "sessions")
    await expect(settings.dialog.get_by_test_id("session")).to_have_count(3)


# --- FOVEA: Managing Users


async def opens_panel(house: House, size: Size) -> Users:
    # Log in with admin credentials. Click the admin icon (shield) in the top-right corner.
    admin = await signs_in(house, size, "admin", ADMIN_PASSWORD)
    if size == PHONE:
        await admin.channel_row("general").click()
    await admin.page.get_by_test_id("admin-shield").click()
    users = Users(admin)
    await users.lists("admin")
    return users


async def tab(users: Users, size: Size, name: str) -> None:
    """Another page of the panel; on a phone its menu is a view of its own."""
    if size == PHONE:
        await users.page.get_by_role("link", name="Admin menu").click()
    navigation = users.page.get_by_role("navigation", name="Administration")
    await navigation.get_by_role("link", name=re.compile("^" + name)).click()


@on_a_phone
async def test_F01_F08_F13_F16_F19_F20_F21_F22_F23_F29_F44_fovea_users_are_managed(serve: Serve, size: Size) -> None:
    """Creating, editing, promoting, a new password, ending sessions and deleting, in the panel behind the shield."""
    house = await serve(auth=PASSWORDS)
    users = await opens_panel(house, size)
    camera = Camera(users.visitor)
    await camera.take("fovea-users")

    # Click "Create User" button. Enter user details.
    await users.button("New user").click()
    await users.field("userName").fill("lea")
    await users.field("displayName").fill("Léa Fontaine")
    await users.field("password").fill("first of all 1")
    await users.field("repeated").fill("first of all 1")
    await users.page.get_by_text("Require password change").click()  # "New users can log in immediately"
    await camera.take("fovea-create-user")
    # Click "Create".
    await users.button("Save user").click()
    await expect(users.page.get_by_test_id("hand-over")).to_contain_text("first of all 1")
    await users.button("Back to the users").click()
    lea = await signs_in(house, size, "lea", "first of all 1")

    # Problem: "Username already exists".
    await users.button("New user").click()
    await users.field("userName").fill("LEA")
    await users.field("password").fill("first of all 1")
    await users.field("repeated").fill("first of all 1")
    await users.button("Save user").click()
    await expect(users.page.get_by_text("Username already exists")).to_be_visible()
    await users.button("Cancel").click()
    await users.button("Discard changes").click()

    # Find user in list. Users are sorted by creation date (newest first).
    await users.lists("Léa Fontaine", "admin")
    # Click edit icon. Modify fields. Check "Admin" checkbox. Click "Save".
    await users.choose("Léa Fontaine", "Edit")
    await users.field("displayName").fill("Léa F.")
    await users.field("email").fill(LEA)
    await users.field("admin").check()
    await camera.take("fovea-edit-user")
    await users.button("Save user").click()
    await expect(users.info).to_contain_text(LEA)
    await camera.take("fovea-user-info")
    # The user gains admin privileges on next request.
    if size == PHONE:
        await lea.channel_row("general").click()
    await expect(lea.page.get_by_test_id("admin-shield")).to_be_visible()

    # Enter new password. Existing sessions are not automatically revoked.
    await users.info.get_by_role("link", name="Edit").click()
    await users.page.locator("input[name=kind][value=manual]").check()
    await users.field("password").fill("a second one 2")
    await users.field("repeated").fill("a second one 2")
    await users.field("requireChange").uncheck()
    await users.field("revokeSessions").uncheck()
    await camera.take("fovea-reset-password")
    await users.button("Save user").click()
    await users.button("Back to the users").click()
    await lea.send("still signed in")
    # Best practice: Navigate to Sessions tab in Admin Panel. Find user's sessions. Revoke all sessions.
    await tab(users, size, "Sessions")
    await users.page.get_by_test_id("session-row").filter(has_text="Léa F.").locator("a.person").click()
    await camera.take("fovea-sessions")
    await users.button("End all of Léa F.…").click()
    await users.button("End all sessions").click()
    await lea.is_out()
    await users.button("Show the sessions of everybody").click()
    # User Statistics, Server settings, and who did what: the panel gives access to each.
    for name in ("Tokens and webhooks", "Statistics", "Audit log", "Server settings"):
        await tab(users, size, name)
        await expect(users.page.get_by_role("heading", name=name, level=1)).to_be_visible()
        await camera.take("fovea-" + name.lower().replace(" ", "-"))
    await tab(users, size, "Users")

    # Click delete icon. Confirm deletion.
    await users.choose("Léa F.", "Delete")
    await users.field("typed").fill("lea")
    await camera.take("fovea-delete-user")
    await users.button("Delete user").click()
    await users.lists("admin")
    # Users cannot delete themselves.
    assert await users.menu_of("admin") == ["View", "Edit"]


# --- Rocket.Chat: Users


def sent_in(letter: EmailMessage) -> str:
    """The password in a letter: a line of its own."""
    return next(line for line in str(letter.get_content()).splitlines() if line and " " not in line and "," not in line)


@at_a_desk
async def test_R01_R02_R03_R05_R07_R12_R13_R14_R17_R31_R37_R38_R48_R50_R51_rocketchat_the_users_page(
    serve: Serve, box: Postbox, tmp_path: Path, size: Size
) -> None:
    """Seats, invitations, tabs, search, the panel of one user with its form, and the menu of deeds."""
    house = await serve(auth=PASSWORDS, email=box.settings(), server={"maxSeats": 5})
    users = await opens_panel(house, size)
    camera = Camera(users.visitor)

    # Seats indicator.
    await expect(users.page.get_by_test_id("seats")).to_contain_text("1/5")
    # Invite: Send an email invitation to one or more users.
    await users.button("Invite").click()
    await users.field("emails").fill("tomas@example.com, aiko@example.com\nnot an address")
    await camera.take("rocketchat-invite")
    await users.page.get_by_role("button", name="Send").click()
    await expect(users.page.locator("dialog[open]")).to_contain_text("2 invited")
    await camera.take("rocketchat-invited")
    await users.page.keyboard.press("Escape")
    tomas = await comes(house, size)
    await tomas.go(f"/#/password/{await box.token_to('tomas@example.com')}")
    await choose_own(tomas, OWN)

    # The Users page is divided into four tabs: All, Pending, Active, Deactivated.
    await users.page.get_by_role("tab", name="Pending 1").click()
    await users.lists("aiko")
    await users.page.get_by_role("tab", name="Active 2").click()
    await users.lists("tomas", "admin")
    # Search by name, username, or email. All roles: filter the list.
    await users.page.get_by_role("tab", name="All 3").click()
    await users.field("search").fill("tom")
    await users.lists("tomas")
    await users.field("search").fill("")
    await users.field("role").select_option("admin")
    await users.lists("admin")
    await users.field("role").select_option("")
    if size != PHONE:
        # You can also sort the list by clicking the arrows next to any column header.
        await users.page.locator("[data-sort=userName]").click()
        await users.lists("admin", "aiko", "tomas")

    # To view a user's details, click their row in the user list. Click Edit.
    await users.row("tomas").locator("a.person").click()
    await expect(users.info).to_contain_text("@tomas")
    await camera.take("rocketchat-user-info")
    await users.info.get_by_role("link", name="Edit").click()
    # Upload an image, revert to the user's default initial avatar.
    Image.new("RGB", (300, 200), "teal").save(tmp_path / "face.png")
    face = users.page.get_by_test_id("user-form").locator(".avatar img")
    await users.field("picture").set_input_files(tmp_path / "face.png")
    await expect(face).to_be_visible()
    await camera.take("rocketchat-picture")
    await users.button("Use initials").click()
    await expect(face).to_have_count(0)
    await users.field("displayName").fill("Tomás Rivera")
    await users.field("nickname").fill("Tom")
    await users.field("statusMessage").fill("In a meeting")
    await users.field("bio").fill("Lamps and lanterns.")
    # Set randomly and send by email.
    await users.page.locator("input[name=kind][value=mail]").check()
    await camera.take("rocketchat-edit-user")
    await users.button("Save user").click()
    await expect(users.info).to_contain_text("In a meeting")
    letter = await box.letter_to("tomas@example.com", 2)
    assert "password" in letter.get_content()
    await users.page.get_by_role("button", name="Close user info").click()

    # Make Admin, Remove Admin.
    await users.choose("Tomás Rivera", "Make Admin")
    await users.button("Make Admin").click()
    await expect(users.row("Tomás Rivera")).to_contain_text("Admin")
    await users.choose("Tomás Rivera", "Remove Admin")
    await expect(users.row("Tomás Rivera")).not_to_contain_text("Admin")
    # Reset TOTP: only shown when the user has enabled it; logs the user out.
    await tomas.sign_in_by_form("tomas@example.com", sent_in(letter))
    await choose_own(tomas, "another lantern 43")
    script = await (await house.running.sign_in_with_password("tomas", "another lantern 43")).connect()
    secret = (await script.ask("totp.begin"))["secret"]
    await script.ask("totp.confirm", code=pyotp.TOTP(secret).at(house.clock.now() // 1000))
    await users.choose("Tomás Rivera", "Reset TOTP")
    await users.button("Reset TOTP").click()
    await tomas.is_out()
    await tomas.sign_in_by_form("tomas", "another lantern 43")
    await tomas.is_in()
    # Deactivate. Deactivated users appear in both the All and Deactivated tabs.
    await users.choose("Tomás Rivera", "Deactivate")
    await camera.take("rocketchat-deactivate")
    await users.button("Deactivate").click()
    await tomas.is_out()
    await users.page.get_by_role("tab", name="Deactivated 1").click()
    # From this tab, admins can reactivate or delete accounts using the kebab menu.
    assert await users.menu_of("Tomás Rivera") == ["Activate", "Delete…"]
    await camera.take("rocketchat-deactivated")
    await users.page.get_by_role("menuitem", name="Activate").click()
    await expect(users.row("Tomás Rivera")).to_have_count(0)
    await users.page.get_by_role("tab", name="All 3").click()
    await expect(users.row("Tomás Rivera").locator(".state")).to_have_text("Active")
    # Delete.
    await users.choose("Tomás Rivera", "Delete")
    await users.field("typed").fill("tomas")
    await users.page.locator("[name=erasure]").select_option("delete")
    await users.button("Delete user").click()
    await expect(users.row("Tomás Rivera")).to_have_count(0)
    await expect(users.page.get_by_test_id("seats")).to_contain_text("2/5")
