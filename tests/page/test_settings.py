"""What everybody sets for himself: profile, password, notifications, sessions, appearance, and leaving for good."""

import json
import re
from typing import Any

from playwright.async_api import WebSocket, expect

from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.settings_dialog import SettingsDialog
from tests.page.visitor import Visitor
from tests.serving import ADMIN_EMAIL

ALICE, BOB = "alice@example.com", "bob@example.com"
OLD, NEW = "the old long one", "the new long one"


async def opened(house: House, section: str, email: str = BOB, **visit: Any) -> SettingsDialog:
    return await SettingsDialog.opened_by(await house.visit(email, **visit), section)


async def with_password(house: House) -> None:
    """Bob has an account with a password, which dev sign-in alone would not give him."""
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="bob", email=BOB, password=OLD)


def requests_of(visitor: Visitor, type: str) -> list[dict[str, Any]]:
    """The payloads of this kind of request that the page sends from now on; reload to see those of a new socket."""
    sent: list[dict[str, Any]] = []

    def look(frame: str | bytes) -> None:
        message = json.loads(frame)
        if message["type"] == type:
            sent.append(message["payload"])

    def listen(socket: WebSocket) -> None:
        socket.on("framesent", look)

    visitor.page.on("websocket", listen)
    return sent


# --- the dialog


async def test_M09_the_server_name_opens_settings_and_escape_gives_the_focus_back(house: House) -> None:
    """M09; one dialog however it is asked for, and no administrators' part for who is none."""
    bob = await house.visit(BOB)
    settings = await SettingsDialog.opened_by(bob)
    await expect(settings.heading).to_have_text("Profile")
    entries = await settings.dialog.locator("nav button").all_inner_texts()
    own = ["Profile", "Password", "Two-step sign-in", "Notifications", "Sessions"]
    expected = [*own, "Tokens", "Bots", "Appearance", "Leave the server"]
    assert [entry.strip() for entry in entries] == expected
    await bob.page.keyboard.press("Control+,")
    await expect(settings.dialog).to_have_count(1)
    await bob.page.keyboard.press("Escape")
    await expect(settings.dialog).to_have_count(0)
    await expect(bob.page.get_by_test_id("server-name")).to_be_focused()


async def test_the_navigation_is_walked_with_arrows(house: House) -> None:
    settings = await opened(house, "profile")
    await settings.entry("profile").focus()
    await settings.page.keyboard.press("ArrowDown")
    await expect(settings.entry("password")).to_be_focused()
    await settings.page.keyboard.press("End")
    await settings.page.keyboard.press("Enter")
    await expect(settings.heading).to_have_text("Leave the server")


# --- profile


async def test_R17_only_what_was_changed_is_sent_and_the_other_person_sees_it_at_once(house: House) -> None:
    alice, bob = await house.client(ALICE), await house.visit(BOB)
    await alice.ask("dm.open", userIds=[(await alice.ask("user.find", query="bob"))["users"][0]["id"]])
    looker = await house.visit(ALICE)
    await expect(looker.channel_row("bob")).to_be_visible()
    sent = requests_of(bob, "me.update")
    await bob.page.reload()
    settings = await SettingsDialog.opened_by(bob)
    save = settings.button("Save profile")
    await expect(save).to_have_attribute("aria-disabled", "true")
    await settings.field("displayName").fill("Боб <script>x</script>")
    await settings.field("statusMessage").fill("Back on Monday")
    await settings.field("nickname").fill("typed")
    await settings.field("nickname").fill("")
    await save.click()
    await settings.told("Your profile is saved.")
    assert sent == [{"displayName": "Боб <script>x</script>", "statusMessage": "Back on Monday"}]
    await expect(looker.channel_row("Боб <script>x</script>")).to_be_visible()
    await expect(bob.page.get_by_test_id("me")).to_contain_text("Back on Monday")
    await expect(save).to_have_attribute("aria-disabled", "true")
    await settings.field("statusMessage").fill("")
    await settings.field("timezone").select_option("Asia/Tokyo")
    await save.click()
    await expect(bob.page.get_by_test_id("me")).not_to_contain_text("Back on Monday")
    assert sent[1] == {"statusMessage": None, "timezone": "Asia/Tokyo"}


async def test_what_is_wrong_in_the_profile_stands_under_its_field(house: House) -> None:
    await house.client(ALICE)
    settings = await opened(house, "profile")
    await settings.field("displayName").fill("  ")
    await settings.field("email").fill("no address")
    await settings.field("bio").fill("kept")
    await settings.button("Save profile").click()
    await expect(settings.error_of("displayName")).to_have_text("Enter the name that others see.")
    await expect(settings.error_of("email")).to_contain_text("Enter an e-mail address")
    await expect(settings.field("displayName")).to_be_focused()
    await settings.field("displayName").fill("Bob")
    await expect(settings.error_of("displayName")).to_have_count(0)
    await settings.field("email").fill(ALICE)
    await settings.button("Save profile").click()
    await expect(settings.error_of("email")).to_have_text("This e-mail address is in use already.")
    await expect(settings.field("bio")).to_have_value("kept")


async def test_a_field_that_was_not_touched_follows_another_window(house: House) -> None:
    """What one types is kept, all else is as the account is."""
    settings = await opened(house, "profile")
    await settings.field("nickname").fill("half a nick")
    program = await house.client(BOB)
    await program.ask("me.update", displayName="Robert", nickname="Rob")
    await expect(settings.field("displayName")).to_have_value("Robert")
    await expect(settings.field("nickname")).to_have_value("half a nick")
    await settings.go("password")
    await settings.go("profile")
    await expect(settings.field("nickname")).to_have_value("half a nick")
    await settings.button("Undo changes").click()
    await expect(settings.field("nickname")).to_have_value("Rob")


async def test_closing_with_changes_asks_once(house: House) -> None:
    settings = await opened(house, "profile")
    await settings.field("bio").fill("not saved")
    await settings.page.keyboard.press("Escape")
    await expect(settings.top).to_contain_text("Discard your changes?")
    await settings.button("Cancel").click()
    await expect(settings.field("bio")).to_have_value("not saved")
    await settings.page.keyboard.press("Escape")
    await settings.button("Discard changes").click()
    await expect(settings.page.locator("dialog")).to_have_count(0)
    await SettingsDialog.opened_by(settings.visitor)
    await expect(settings.field("bio")).to_have_value("")


# --- password


async def test_a_new_password_ends_the_other_sessions_and_is_the_one_that_counts(house: House) -> None:
    await with_password(house)
    other = await house.visit(BOB)
    settings = await opened(house, "password")
    await settings.field("currentPassword").fill(OLD)
    rule = settings.dialog.locator(".rules li", has_text="At least 8 characters")
    await settings.field("newPassword").press_sequentially("seven c")
    await expect(rule).to_have_class(re.compile("unmet"))
    await settings.field("newPassword").fill(NEW)
    await expect(rule).to_have_class(re.compile(r"\bmet\b"))
    await settings.field("repeated").fill(NEW)
    await settings.button("Change password").click()
    await settings.told("Your password is changed. Your other sessions were ended.")
    await other.is_out("You ended this session from another device.")
    for name in ("currentPassword", "newPassword", "repeated"):
        await expect(settings.field(name)).to_have_value("")
    await house.running.sign_in_with_password("bob", NEW)
    answer = await house.running.http.post(house.url + "/auth/password-login", json={"login": "bob", "password": OLD})
    assert answer.status_code == 401


async def test_the_other_sessions_stay_where_that_is_chosen(house: House) -> None:
    await with_password(house)
    other = await house.visit(BOB)
    settings = await opened(house, "password")
    for name, text in (("currentPassword", OLD), ("newPassword", NEW), ("repeated", NEW)):
        await settings.field(name).fill(text)
    await settings.dialog.get_by_text("Sign out everywhere else").click()
    await settings.button("Change password").click()
    await settings.told("Your password is changed.")
    await other.send("still here")


async def test_what_is_wrong_with_a_password_stands_under_its_field(house: House) -> None:
    await with_password(house)
    settings = await opened(house, "password")
    await settings.button("Change password").click()
    await expect(settings.error_of("currentPassword")).to_have_text("This is needed.")
    await expect(settings.error_of("newPassword")).to_have_text("This does not meet the rules yet.")
    await settings.field("currentPassword").fill("not the one")
    await settings.field("newPassword").fill(NEW)
    await settings.field("repeated").fill(NEW + " ")
    await settings.button("Change password").click()
    await expect(settings.error_of("repeated")).to_have_text("The two are not the same.")
    await settings.field("repeated").fill(NEW)
    await settings.button("Change password").click()
    await expect(settings.error_of("currentPassword")).to_have_text("This is not your current password.")
    await expect(settings.field("currentPassword")).to_be_focused()
    await expect(settings.field("newPassword")).to_have_value(NEW)


async def test_R34_RX12_every_rule_of_a_strict_policy_is_shown_and_ticks(serve: Serve) -> None:
    policy = {"minLength": 12, "maxRepeat": 2, "lower": True, "upper": True, "digit": True, "special": True}
    chat = {"initialUser": {"userName": "admin", "email": ADMIN_EMAIL, "password": "Correct-horse-1"}}
    house = await serve(auth={"passwordPolicy": policy}, chat=chat)
    settings = await opened(house, "password")
    rules = settings.dialog.locator(".rules li")
    await expect(rules).to_have_count(6)
    await settings.field("newPassword").fill("Aaabbb1!cccc")
    await expect(settings.dialog.locator(".rules li.met")).to_have_count(5)
    await settings.field("newPassword").fill("Aabb1!ccddee")
    await expect(settings.dialog.locator(".rules li.met")).to_have_count(6)


# --- sessions


async def test_F37_FX05_own_sessions_follow_live_and_one_is_ended(house: House) -> None:
    """A sign-in elsewhere appears by itself; ending it says there that it was oneself (M28, F37)."""
    settings = await opened(house, "sessions")
    rows = settings.dialog.get_by_test_id("session")
    await expect(rows).to_have_count(1)
    await expect(rows).to_contain_text("This session")
    await expect(rows).to_contain_text("Chrome on Linux")
    await expect(rows.get_by_role("button")).to_have_count(0)
    await settings.visitor.window()
    await expect(rows).to_contain_text("2 open windows")
    agent = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148 Safari/604.1"
    other = await house.visit(BOB, user_agent=agent)
    row = rows.filter(has_text="Safari on iPhone")
    await expect(row).to_contain_text("New place")
    await row.get_by_role("button", name="End the session Safari on iPhone").click()
    await other.is_out("You ended this session from another device.")
    await settings.told("The session Safari on iPhone was ended.")
    await expect(rows).to_have_count(1)


async def test_RX10_signing_out_everywhere_else_asks_and_keeps_this_session(house: House) -> None:
    one, other = await house.visit(BOB), await house.visit(BOB)
    settings = await opened(house, "sessions")
    await expect(settings.dialog.get_by_test_id("session")).to_have_count(3)
    await settings.button("Sign out everywhere else").click()
    await expect(settings.top).to_contain_text("2 other sessions end at once. This one stays.")
    await settings.button("Cancel").click()
    await one.is_in()
    await settings.button("Sign out everywhere else").click()
    await settings.button("Sign out everywhere else").click()
    for gone in (one, other):
        await gone.is_out("You ended this session from another device.")
    await settings.told("2 sessions were ended.")
    await expect(settings.dialog.get_by_test_id("session")).to_have_count(1)
    await expect(settings.button("Sign out everywhere else")).to_have_count(0)


async def test_a_hostile_device_name_is_only_text(house: House) -> None:
    agent = "<img src=x onerror=alert(1)>/1.0 " + "long " * 200 + "end"
    await house.running.http.post(house.url + "/auth/dev-login", json={"email": BOB}, headers={"User-Agent": agent})
    settings = await opened(house, "sessions")
    row = settings.dialog.get_by_test_id("session").filter(has_text="Unknown device")
    await expect(row).to_be_visible()
    assert await settings.dialog.locator("img").count() == 0


# --- appearance, notifications

BODY_APPEARS = """
  new MutationObserver((_, observer) => {
    if (!document.body) return;
    window.themeAtFirstPaint = document.documentElement.dataset.theme ?? "none";
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
"""


async def test_the_theme_is_kept_and_known_before_the_first_paint(house: House) -> None:
    """Also in another tab, at once."""
    settings = await opened(house, "appearance")
    other = await settings.visitor.window()
    ground = "getComputedStyle(document.body).backgroundColor"
    light = await settings.page.evaluate(ground)
    await settings.dialog.get_by_role("radio", name="Dark").click()
    assert await settings.page.evaluate(ground) != light
    await expect(other.page.locator("html")).to_have_attribute("data-theme", "dark")
    await settings.page.add_init_script(BODY_APPEARS)
    await settings.page.reload()
    assert await settings.page.evaluate("window.themeAtFirstPaint") == "dark"
    await settings.visitor.is_in()
    await expect(settings.page.locator("html")).to_have_attribute("data-theme", "dark")
    await SettingsDialog.opened_by(settings.visitor, "appearance")
    await expect(settings.dialog.get_by_role("radio", name="Dark")).to_have_attribute("aria-checked", "true")
    await settings.dialog.get_by_role("radio", name="Dark").press("ArrowLeft")
    await expect(settings.page.locator("html")).to_have_attribute("data-theme", "light")
    await settings.dialog.get_by_role("radio", name="System").click()
    await expect(settings.page.locator("html")).not_to_have_attribute("data-theme", re.compile(".*"))
    await settings.page.reload()
    assert await settings.page.evaluate("window.themeAtFirstPaint") == "none"


async def test_one_letter_keys_are_switched_off_for_this_device(house: House) -> None:
    settings = await opened(house, "appearance")
    switch = settings.dialog.get_by_role("switch", name="One-letter keys")
    await expect(switch).to_be_checked()
    await switch.uncheck()
    await settings.page.reload()
    await SettingsDialog.opened_by(settings.visitor, "appearance")
    await expect(switch).not_to_be_checked()


async def test_notifications_are_switched_on_where_the_browser_permits(house: House) -> None:
    bob = await house.visit(BOB)
    # What a person answers: a browser without windows asks nobody.
    await bob.page.add_init_script("Object.defineProperty(Notification, 'permission', { get: () => 'granted' });")
    await bob.go()
    settings = await SettingsDialog.opened_by(bob, "notifications")
    switch = settings.dialog.get_by_role("switch", name="Show notifications")
    await expect(switch).not_to_be_checked()
    await switch.check()
    await settings.page.reload()
    await SettingsDialog.opened_by(settings.visitor, "notifications")
    await expect(switch).to_be_checked()


async def test_notifications_that_the_browser_blocks_stay_off_and_say_why(house: House) -> None:
    settings = await opened(house, "notifications")
    await settings.page.evaluate(
        "Object.defineProperty(Notification, 'permission', { get: () => window.answered ?? 'default' });"
        "Notification.requestPermission = async () => (window.answered = 'denied');"
    )
    await settings.go("appearance")
    await settings.go("notifications")
    await settings.dialog.get_by_text("Show notifications").click()
    await expect(settings.dialog.get_by_text("Your browser blocks notifications from this page.")).to_be_visible()
    await expect(settings.dialog.get_by_role("switch", name="Show notifications")).not_to_be_checked()


# --- leaving


async def test_M25_M26_leaving_needs_the_name_and_the_password_and_is_for_good(house: House) -> None:
    """M25, M26: the messages stay, both windows are out, the account is gone."""
    await with_password(house)
    other, alice = await house.visit(BOB), await house.visit(ALICE)
    await other.send("my last words")
    settings = await opened(house, "leave")
    leave = settings.button("Exit Server")
    await expect(leave).to_have_attribute("aria-disabled", "true")
    await settings.field("typed").fill("Bob")
    await expect(leave).to_have_attribute("aria-disabled", "true")
    await settings.field("typed").fill("bob")
    await settings.field("password").fill("a wrong one")
    await leave.click()
    await expect(settings.error_of("password")).to_have_text("This is not your current password.")
    await settings.field("password").fill(OLD)
    await leave.click()
    for gone in (settings.visitor, other):
        await gone.is_out("You have left.")
    await alice.sees("my last words")
    answer = await house.running.http.post(house.url + "/auth/password-login", json={"login": "bob", "password": OLD})
    assert answer.status_code == 401


async def test_M27_the_last_administrator_cannot_leave_until_there_is_another(house: House) -> None:
    """M27: told beforehand, and live."""
    admin, bob = await house.admin(), await house.client(BOB)
    settings = await opened(house, "leave", ADMIN_EMAIL)
    notice = settings.dialog.locator(".notice", has_text="This is the last administrator.")
    await expect(notice).to_be_visible()
    await settings.field("typed").fill("admin")
    await expect(settings.button("Exit Server")).to_have_attribute("aria-disabled", "true")
    await admin.ask("admin.setRole", userId=bob.user_id, role="admin")
    await expect(notice).to_have_count(0)
    await expect(settings.button("Exit Server")).not_to_have_attribute("aria-disabled", "true")
    await admin.ask("admin.setRole", userId=bob.user_id, role="user")
    await expect(notice).to_be_visible()


# --- for everybody


async def test_axe_finds_nothing_serious_in_any_section(house: House) -> None:
    settings = await opened(house, "profile")
    for section in ("profile", "password", "notifications", "sessions", "appearance", "leave"):
        await settings.go(section)
        if section == "sessions":
            await expect(settings.dialog.get_by_test_id("session")).to_be_visible()
        await settings.visitor.axe_for_everybody(None, "light", "dark")


async def test_settings_are_the_whole_page_on_a_phone(house: House) -> None:
    bob = await house.visit(size=PHONE)
    await bob.context.request.post(bob.url + "/auth/dev-login", data={"email": BOB})
    await bob.go()
    settings = await SettingsDialog.opened_by(bob)
    surface = settings.dialog.locator(".settings")
    await surface.evaluate("(surface) => Promise.all(surface.getAnimations().map(({ finished }) => finished))")
    box = await surface.bounding_box()
    assert box is not None
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE)
    for section in ("leave", "password", "profile"):
        await settings.go(section)
        await expect(settings.entry(section)).to_be_in_viewport()
        pane = settings.dialog.locator(".pane")
        assert await pane.evaluate("(pane) => pane.scrollWidth <= pane.clientWidth"), section
    await bob.axe()
    await settings.dialog.get_by_role("button", name="Close settings").click()
    await expect(settings.dialog).to_have_count(0)
