"""The way in and out: the forms, the forced change of a password, and each reason for which a session ends."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from playwright.async_api import Locator, expect

from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.looks import PHONE
from tests.page.visitor import Visitor
from tests.serving import ADMIN_PASSWORD

ALICE = "alice@example.com"
GIVEN, OWN = "harbour-lamp-61", "lantern on the 42nd"
PASSWORDS: dict[str, Any] = {"authMode": "password", "isInviteRequired": True}
WRONG = "That name and password do not match. Check the spelling, and mind that spaces count."

Deed = Callable[[House, Visitor], Awaitable[None]]


def focused(visitor: Visitor) -> Locator:
    return visitor.page.locator(":focus")


async def add_maya(house: House, **more: Any) -> dict[str, Any]:
    admin = await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)
    client = await admin.connect()
    user: dict[str, Any] = (await client.ask("admin.addUser", userName="maya", password=GIVEN, **more))["user"]
    return user


# --- signing in


async def test_signs_in_with_a_password(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    await alice.go()
    await expect(alice.page).to_have_title("Sign in · chatd")
    await expect(focused(alice)).to_have_attribute("name", "login")
    await alice.sign_in_by_form("admin", ADMIN_PASSWORD)
    await alice.is_in()


async def test_signs_in_with_the_keyboard_alone(serve: Serve) -> None:
    """From the first field to the button in the order in which one reads, and Enter sends from anywhere."""
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    await alice.go()
    keyboard = alice.page.keyboard
    await expect(focused(alice)).to_have_attribute("name", "login")
    await keyboard.type("admin")
    await keyboard.press("Tab")
    await keyboard.type(ADMIN_PASSWORD)
    await keyboard.press("Tab")
    await expect(focused(alice)).to_have_attribute("aria-label", "Show password")
    await keyboard.press("Space")
    await expect(alice.page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    await keyboard.press("Tab")
    await expect(focused(alice)).to_have_attribute("type", "checkbox")
    await keyboard.press("Tab")
    await expect(focused(alice)).to_have_text("Sign in")
    await keyboard.press("Enter")
    await alice.is_in()


async def test_a_session_is_found_again_after_loading(house: House) -> None:
    alice = await house.visit(ALICE)
    await alice.page.reload()
    await alice.is_in()


@pytest.mark.parametrize(("ticked", "days"), [(True, 30), (False, None)])
async def test_FX04_staying_signed_in_is_a_choice(serve: Serve, ticked: bool, days: int | None) -> None:
    """A ticked box outlives the browser, an empty one does not."""
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    await alice.go()
    await alice.page.get_by_label("Keep me signed in for 30 days").set_checked(ticked)
    await alice.sign_in_by_form("admin", ADMIN_PASSWORD)
    await alice.is_in()
    [cookie] = await alice.context.cookies()
    now: float = await alice.page.evaluate("Date.now() / 1000")
    assert (None if cookie["expires"] == -1 else round((cookie["expires"] - now) / 86_400)) == days


async def test_the_page_keeps_no_token(serve: Serve) -> None:
    """What a script could steal from the page would outlive the page."""
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    await alice.sign_in_by_form("admin", ADMIN_PASSWORD)
    await alice.is_in()
    stored: str = await alice.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}, document.cookie])")
    assert "eyJ" not in stored and ADMIN_PASSWORD not in stored


async def test_F46_a_wrong_password_is_told_under_the_field(serve: Serve) -> None:
    """The same sentence for a wrong name; the focus is where one types again, with what was typed selected."""
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    for login in ("admin", "nobody"):
        await alice.sign_in_by_form(login, "wrong")
        await expect(alice.page.get_by_role("alert").filter(has_text=WRONG)).to_be_visible()
        await expect(focused(alice)).to_have_attribute("name", "password")
        await expect(focused(alice)).to_have_accessible_description(WRONG)
        assert await alice.page.evaluate("getSelection().toString() !== '' || document.activeElement.selectionEnd > 0")
        await expect(alice.page.locator("[aria-invalid=true]")).to_have_count(2)
    await alice.page.keyboard.type("w")
    await expect(alice.page.locator("[aria-invalid=true]")).to_have_count(0)


async def test_an_empty_form_asks_for_what_is_missing(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    await alice.go()
    await alice.is_out()
    await expect(focused(alice)).to_have_attribute("name", "login")
    await alice.page.keyboard.press("Enter")
    await expect(focused(alice)).to_have_accessible_description("Enter your username or e-mail.")
    await alice.page.keyboard.type("admin")
    await alice.page.keyboard.press("Enter")
    await expect(focused(alice)).to_have_accessible_description("Enter your password.")


async def test_too_many_attempts_say_how_long_to_wait(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS, server={"rateLimit": {"enabled": True}})
    alice = await house.visit()
    await alice.go()
    for _ in range(10):
        await alice.sign_in_by_form("admin", "wrong")
        await expect(alice.page.locator("[aria-busy=true]")).to_have_count(0)
        await expect(alice.page.get_by_text(WRONG)).to_be_visible()
        await alice.page.get_by_label("Password", exact=True).fill("")
    await alice.sign_in_by_form("admin", "wrong")
    await expect(
        alice.page.get_by_role("alert").filter(has_text="Too many attempts. Try again in 5 min.")
    ).to_be_visible()


async def test_a_deactivated_account_is_told_so_after_the_right_password_only(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    user = await add_maya(house)
    admin = await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
    await admin.ask("admin.deactivateUser", userId=user["id"])
    maya = await house.visit()
    await maya.sign_in_by_form("maya", "wrong")
    await expect(maya.page.get_by_text(WRONG)).to_be_visible()
    await maya.sign_in_by_form("maya", GIVEN)
    await expect(
        maya.page.get_by_text("This account is deactivated. Ask an administrator to activate it.")
    ).to_be_visible()


async def test_caps_lock_is_noticed(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    alice = await house.visit()
    await alice.go()
    password = alice.page.get_by_label("Password", exact=True)
    press = """(input, modifierCapsLock) =>
      input.dispatchEvent(new KeyboardEvent("keydown", { key: "A", bubbles: true, modifierCapsLock }))"""
    await password.evaluate(press, True)
    await expect(password).to_have_accessible_description("Caps Lock is on.")
    await password.evaluate(press, False)
    await expect(password).to_have_accessible_description("")


# --- development


async def test_signs_in_with_an_address_where_the_server_runs_for_development(house: House) -> None:
    alice = await house.visit()
    await alice.go()
    await expect(focused(alice)).to_have_attribute("name", "email")
    await alice.sign_in_by_form("no address")
    await expect(focused(alice)).to_have_accessible_description(
        "This server runs for development: an e-mail address is enough. "
        "Enter an e-mail address, such as name@example.org."
    )
    await alice.sign_in_by_form(ALICE)
    await alice.is_in()


async def test_a_password_opens_a_development_server_too(house: House) -> None:
    admin = await house.visit()
    await admin.go()
    await admin.page.get_by_role("button", name="Sign in with a password instead").click()
    await expect(focused(admin)).to_have_attribute("name", "login")
    await admin.sign_in_by_form("admin", ADMIN_PASSWORD)
    await admin.is_in()


async def test_M30_an_unknown_address_is_refused_where_one_must_be_invited(serve: Serve) -> None:
    house = await serve(auth={"isInviteRequired": True})
    eve = await house.visit()
    await eve.sign_in_by_form("eve@example.com")
    sentence = "There is no account with this e-mail address. Ask an administrator to add you."
    await expect(eve.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()


# --- an account of one's own


async def test_F09_makes_an_account(serve: Serve) -> None:
    house = await serve(auth={"authMode": "password"})
    dana = await house.visit()
    await dana.go()
    await dana.page.get_by_role("button", name="Create an account").click()
    await dana.page.get_by_label("E-mail").fill("dana@example.com")
    await dana.page.get_by_label("Name shown to others").fill("Dana כהן")
    await dana.page.get_by_label("Password", exact=True).fill(OWN)
    await dana.page.get_by_role("button", name="Create an account").click()
    await dana.is_in()
    await expect(dana.page.get_by_test_id("me")).to_contain_text("Dana כהן")


async def test_what_is_wrong_with_a_new_account_stands_at_its_field(serve: Serve) -> None:
    house = await serve(auth={"authMode": "password"})
    dana = await house.visit()
    await dana.go()
    await dana.page.get_by_role("button", name="Create an account").click()
    email, name = dana.page.get_by_label("E-mail"), dana.page.get_by_label("Username")
    password = dana.page.get_by_label("Password", exact=True)
    create = dana.page.get_by_role("button", name="Create an account")
    await create.click()
    await expect(email).to_be_focused()
    await email.fill("dana@example.com")
    await password.fill("short")
    await create.click()
    await expect(password).to_be_focused()
    await password.fill(OWN)
    await name.fill("admin")
    await create.click()
    await expect(name).to_be_focused()
    await name.fill("Admin.2")
    await email.fill("ADMIN@example.com")
    await create.click()
    await expect(email).to_be_focused()


async def test_F12_no_account_is_offered_where_one_must_be_invited(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    eve = await house.visit()
    await eve.go()
    await expect(
        eve.page.get_by_text("No account yet? This chat is by invitation; ask an administrator.")
    ).to_be_visible()
    await expect(eve.page.get_by_role("button", name="Create an account")).to_have_count(0)


async def test_F12_registration_that_was_closed_meanwhile_is_told(serve: Serve) -> None:
    """The form was loaded while it was open."""
    house = await serve(auth=PASSWORDS)
    eve = await house.visit()

    async def open_once(route: Any) -> None:
        answer = await route.fetch()
        body = await answer.json()
        body["auth"]["registrationEnabled"] = True
        await route.fulfill(response=answer, json=body)

    await eve.page.route("**/config.json", open_once)
    await eve.go()
    await eve.page.get_by_role("button", name="Create an account").click()
    await eve.page.get_by_label("E-mail").fill("eve@example.com")
    await eve.page.get_by_label("Password", exact=True).fill(OWN)
    await eve.page.get_by_role("button", name="Create an account").click()
    sentence = "Registration is disabled. Ask an administrator to add you."
    await expect(eve.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()


# --- the forced change of a password


async def test_F39_R35_a_given_password_has_to_be_changed_first(serve: Serve) -> None:
    """It was typed a moment ago and is not asked for again; nothing else opens meanwhile."""
    house = await serve(auth=PASSWORDS)
    await add_maya(house, requirePasswordChange=True)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", GIVEN)
    new, again = maya.page.get_by_label("New password"), maya.page.get_by_label("Repeat it")
    await expect(maya.page.get_by_text("Choose your own password.")).to_be_visible()
    await expect(new).to_be_focused()
    await expect(maya.page.get_by_label("The password you were given")).to_have_count(0)
    await expect(maya.page.get_by_test_id("server-name")).to_have_count(0)
    await new.fill("short")
    rule = maya.page.get_by_role("listitem").filter(has_text="At least 8 characters")
    await expect(rule).to_have_class("unmet")
    await again.focus()
    await expect(rule).to_have_class("broken")
    await maya.page.keyboard.press("Enter")
    await expect(new).to_be_focused()
    await new.fill(OWN)
    await expect(rule).to_have_class("met")
    await again.fill(OWN + " ")
    await maya.page.keyboard.press("Enter")
    await expect(again).to_have_accessible_description("The two are not the same.")
    await again.fill(OWN)
    await expect(maya.page.get_by_role("listitem").filter(has_text="Repeated the same below")).to_have_class("met")
    await maya.page.keyboard.press("Enter")
    await maya.is_in()
    await house.running.sign_in_with_password("maya", OWN)


async def test_after_loading_the_given_password_is_asked_for(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    await add_maya(house, requirePasswordChange=True)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", GIVEN)
    await expect(maya.page.get_by_label("New password")).to_be_visible()
    await maya.page.reload()
    current = maya.page.get_by_label("The password you were given")
    await expect(current).to_be_focused()
    await current.fill("not this one")
    await maya.page.get_by_label("New password").fill(OWN)
    await maya.page.get_by_label("Repeat it").fill(OWN)
    await maya.page.keyboard.press("Enter")
    await expect(current).to_have_accessible_description("This is not the password you were given. Check the spelling.")
    await current.fill(GIVEN)
    await maya.page.keyboard.press("Enter")
    await maya.is_in()


async def test_the_given_password_may_not_be_kept(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    await add_maya(house, requirePasswordChange=True)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", GIVEN)
    await maya.page.get_by_label("New password").fill(GIVEN)
    await maya.page.get_by_label("Repeat it").fill(GIVEN)
    await maya.page.keyboard.press("Enter")
    await expect(maya.page.get_by_label("New password")).to_have_attribute("aria-invalid", "true")


async def test_one_may_leave_a_restricted_session(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    await add_maya(house, requirePasswordChange=True)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", GIVEN)
    await maya.page.get_by_role("button", name="Sign out").click()
    await maya.is_out("You signed out. See you soon.")


async def test_who_is_removed_while_choosing_a_password_is_told(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    user = await add_maya(house, requirePasswordChange=True)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", GIVEN)
    await expect(maya.page.get_by_label("New password")).to_be_visible()
    admin = await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
    await admin.ask("admin.removeUser", userId=user["id"])
    await maya.is_out("Your account was removed.")


# --- each way in which a session ends


async def sign_in_again_and_again(house: House, _: Visitor) -> None:
    for _again in range(3):
        await house.client(ALICE)


async def revoke(house: House, alice: Visitor) -> None:
    await (await house.admin()).ask("admin.revokeUserSessions", userId=await user_id(house))


async def end_the_others(house: House, _: Visitor) -> None:
    await (await house.client(ALICE)).ask("session.signOutOthers")


async def use_an_old_refresh_token(house: House, alice: Visitor) -> None:
    """Its use after its successor's means that somebody copied it."""
    ask = alice.context.request.post
    first = alice.tokens["refreshToken"]  # type: ignore[attr-defined]
    second = (await (await ask(alice.url + "/auth/refresh", data={"refreshToken": first})).json())["refreshToken"]
    await ask(alice.url + "/auth/refresh", data={"refreshToken": second})
    await ask(alice.url + "/auth/refresh", data={"refreshToken": first})


async def remove(house: House, _: Visitor) -> None:
    await (await house.admin()).ask("admin.removeUser", userId=await user_id(house))


async def deactivate(house: House, _: Visitor) -> None:
    await (await house.admin()).ask("admin.deactivateUser", userId=await user_id(house))


async def reset_password(house: House, _: Visitor) -> None:
    reset = {"userId": await user_id(house), "mode": "manual", "password": GIVEN, "revokeSessions": True}
    await (await house.admin()).ask("admin.resetPassword", **reset)


async def let_it_expire(house: House, _: Visitor) -> None:
    house.clock.advance(8 * 86_400)


async def leave(house: House, _: Visitor) -> None:
    await (await house.client(ALICE)).ask("me.leaveServer")


async def sign_out_elsewhere(_: House, alice: Visitor) -> None:
    """In another tab of the same browser, by its menu."""
    other = await alice.window()
    await other.is_in()
    await other.page.get_by_test_id("me").click()
    await other.page.get_by_role("menuitem", name="Sign Out").click()
    await other.is_out("You signed out. See you soon.")
    await other.page.close()


async def user_id(house: House) -> str:
    [user] = (await (await house.admin()).ask("user.find", query="alice"))["users"]
    return str(user["id"])


ENDS = {
    4500: (sign_out_elsewhere, "You signed out. See you soon."),
    4501: (
        sign_in_again_and_again,
        "You signed in somewhere else. "
        "Only so many sessions may be open at once, and this was the oldest, so it was ended.",
    ),
    4502: (revoke, "You were signed out. An administrator ended this session. You can sign in again."),
    "4502 self": (end_the_others, "You were signed out. You ended this session from another device."),
    "4502 nobody": (
        use_an_old_refresh_token,
        "You were signed out. This session was ended by an administrator or from another of your devices.",
    ),
    4503: (remove, "Your account was removed. An administrator removed it. To come back, ask to be invited again."),
    4504: (
        deactivate,
        "Your account is deactivated. Nothing of yours is deleted. Ask an administrator to activate it.",
    ),
    4505: (reset_password, "Your password was reset. Sign in with the new one you were given or sent."),
    4508: (let_it_expire, "Your session ran out. Please sign in again."),
    4509: (leave, "You have left. Your account is deleted and your messages stay. To come back, ask to be invited."),
}


@pytest.mark.parametrize("code", ENDS)
async def test_the_end_of_a_session_says_why(serve: Serve, code: int | str) -> None:
    """The form is back at once with the sentence, the name is filled in, and nothing of the chat is left to see."""
    deed, sentence = ENDS[code]
    house = await serve(auth={"maxActiveSessions": 3})
    alice = await house.visit()
    answer = await alice.context.request.post(house.url + "/auth/dev-login", data={"email": ALICE})
    alice.tokens = await answer.json()  # type: ignore[attr-defined]
    await alice.go()
    await alice.is_in()
    await alice.page.get_by_role("button", name="Jump to").click()  # a dialog stands open when it happens
    await deed(house, alice)
    notice = alice.page.get_by_test_id("end-notice")
    await expect(notice).to_be_visible(timeout=20_000)
    assert " ".join((await notice.inner_text()).split()) == sentence
    await expect(notice).to_have_attribute("data-code", str(code)[:4])
    await expect(notice).to_have_role("alert")
    await expect(alice.page.get_by_label("E-mail")).to_have_value(ALICE)
    await expect(alice.page.get_by_label("E-mail")).to_be_focused()
    await expect(alice.page.locator("dialog, .app")).to_have_count(0)
    await expect(alice.page).to_have_title("Sign in · chatd")


async def test_the_name_is_filled_in_and_the_password_is_next(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    await add_maya(house)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", GIVEN)
    await maya.is_in()
    other = await house.running.sign_in_with_password("maya", GIVEN)
    await (await other.connect()).ask("session.signOutOthers")
    await maya.is_out("You ended this session from another device.")
    await expect(maya.page.get_by_label("Username or e-mail")).to_have_value("maya")
    await expect(maya.page.get_by_label("Password", exact=True)).to_be_focused()
    await maya.page.keyboard.type(GIVEN)
    await maya.page.keyboard.press("Enter")
    await maya.is_in()


async def test_the_sentence_stays_until_it_is_dismissed(house: House) -> None:
    alice = await house.visit(ALICE)
    await deactivate(house, alice)
    await alice.is_out("Your account is deactivated.")
    await alice.sign_in_by_form(ALICE)
    await expect(alice.page.get_by_text("This account is deactivated.")).to_be_visible()
    await expect(alice.page.get_by_test_id("end-notice")).to_be_visible()
    await alice.page.get_by_test_id("end-notice").get_by_role("button", name="Dismiss").click()
    await expect(alice.page.get_by_test_id("end-notice")).to_have_count(0)


async def test_who_was_ended_while_away_is_told_on_return(house: House) -> None:
    """The server answers the next knock with 401; there was no `bye`."""
    alice = await house.visit(ALICE, wired=True)
    await alice.loses_connection()
    await revoke(house, alice)
    assert alice.wire is not None
    alice.wire.mend()
    notice = alice.page.get_by_test_id("end-notice")
    await expect(notice).to_contain_text("Your session ran out.", timeout=40_000)


async def test_two_people_may_follow_each_other_in_one_browser(house: House) -> None:
    """Nothing of the first is shown to the second."""
    alice = await house.visit(ALICE)
    await alice.composer.fill("a word that was not sent")
    await sign_out_elsewhere(house, alice)
    await alice.is_out()
    await alice.sign_in_by_form("bob@example.com")
    await alice.is_in()
    await expect(alice.page.get_by_test_id("me")).to_contain_text("bob")
    await expect(alice.composer).to_have_value("")
    await sign_out_elsewhere(house, alice)
    await alice.is_out()
    await alice.sign_in_by_form(ALICE)
    await alice.is_in()
    await expect(alice.composer).to_have_value("a word that was not sent")


# --- a server that does not let anybody in


async def test_a_server_that_does_not_answer_is_waited_for(house: House) -> None:
    """The page is there, from the cache or a proxy; the server behind it is not."""
    alice = await house.visit()
    alice.forgive()
    await alice.page.route("**/config.json", lambda route: route.abort("connectionrefused"))
    await alice.go()
    await expect(alice.page.get_by_text("The server does not answer.")).to_be_visible()
    await expect(alice.page.get_by_text("Trying again")).to_be_visible()
    asked: list[str] = []
    alice.page.on("request", lambda request: asked.append(request.url) if "config.json" in request.url else None)
    while len(asked) < 4:  # each wait is twice as long as the one before
        seen = len(asked)
        await alice.page.get_by_role("button", name="Try now").click()
        async with asyncio.timeout(10):
            while len(asked) == seen:
                await asyncio.sleep(0.05)
    await alice.page.unroute("**/config.json")
    await alice.page.get_by_role("button", name="Try now").click()
    await alice.is_out()


async def test_a_full_server_is_waited_for(house: House) -> None:
    alice = await house.visit()
    alice.forgive("503")
    full = {"error": "Too many.", "code": "unavailable", "retryAfterMs": 2000}
    await alice.page.route("**/config.json", lambda route: route.fulfill(status=503, json=full))
    await alice.go()
    await expect(alice.page.get_by_text("The server is full or restarting.")).to_be_visible()
    await alice.page.unroute("**/config.json")
    await alice.is_out()


async def test_a_sign_in_that_reaches_nobody_says_so(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    alice = await house.visit(wired=True)
    await alice.go()
    await alice.is_out()
    alice.forgive()
    assert alice.wire is not None
    alice.wire.cut()
    await alice.sign_in_by_form("admin", ADMIN_PASSWORD)
    sentence = "The server does not answer. Check your connection and try again."
    await expect(alice.page.get_by_role("alert").filter(has_text=sentence)).to_be_visible()
    alice.wire.mend()
    await alice.page.get_by_role("button", name="Sign in").click()
    await alice.is_in()


# --- for everybody


async def test_every_face_of_the_door_is_accessible(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS | {"isInviteRequired": False})
    await add_maya(house, requirePasswordChange=True)
    maya = await house.visit()
    await maya.go()
    await maya.is_out()
    await maya.axe_for_everybody(None, "light", "dark")
    await maya.sign_in_by_form("maya", "wrong")
    await expect(maya.page.get_by_text(WRONG)).to_be_visible()
    await maya.axe_for_everybody(None, "light", "dark")
    await maya.page.get_by_role("button", name="Create an account").click()
    await maya.page.get_by_label("Password", exact=True).fill(" a ")
    await maya.page.get_by_role("button", name="Create an account").click()
    await maya.axe_for_everybody(None, "light", "dark")
    await maya.page.get_by_role("button", name="Sign in", exact=True).click()
    await maya.sign_in_by_form("maya", GIVEN)
    await expect(maya.page.get_by_label("New password")).to_be_visible()
    await maya.axe_for_everybody(None, "light", "dark")
    await maya.page.get_by_role("button", name="Sign out").click()
    await maya.is_out("You signed out.")
    await maya.axe_for_everybody(None, "light", "dark")


@pytest.mark.parametrize("size", [PHONE, (360, 640), (320, 256)])
async def test_nothing_scrolls_sideways(serve: Serve, size: tuple[int, int]) -> None:
    """320 px is a desk at 400 %."""
    house = await serve(auth=PASSWORDS)
    alice = await house.visit(size=size)
    await alice.sign_in_by_form("admin", "wrong")
    await expect(alice.page.get_by_text(WRONG)).to_be_visible()
    assert await alice.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_a_hostile_server_name_is_a_name(serve: Serve) -> None:
    """Markup, and no place to break."""
    house = await serve(auth=PASSWORDS)
    name = "<img src=x onerror=alert(1)>" + "W" * 40
    admin = await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
    await admin.ask("admin.updateSettings", name=name)
    eve = await house.visit(size=PHONE)
    await eve.go()
    await expect(eve.page.get_by_role("heading", level=1)).to_have_text(name)
    assert await eve.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await expect(eve.page.locator("img")).to_have_count(0)
