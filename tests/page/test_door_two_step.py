"""Two-step sign-in at the door: the second step, and setting it up where the server requires it."""

from typing import Any

import pyotp
from playwright.async_api import expect

from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.visitor import Visitor
from tests.serving import ADMIN_PASSWORD

PASSWORDS: dict[str, Any] = {"authMode": "password", "isInviteRequired": True}
PASSWORD = "harbour-lamp-61"


async def add_maya(house: House, **settings: Any) -> None:
    admin = await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
    await admin.ask("admin.addUser", userName="maya", password=PASSWORD)
    if settings:
        await admin.ask("admin.updateSettings", **settings)


def code(house: House, secret: str) -> str:
    return pyotp.TOTP(secret).at(house.clock.now() // 1000)


async def enrolled(house: House) -> tuple[str, list[str]]:
    """Maya has two-step sign-in: its secret and her recovery codes. A step of the clock later, so codes are fresh."""
    maya = await (await house.running.sign_in_with_password("maya", PASSWORD)).connect()
    secret = (await maya.ask("totp.begin"))["secret"]
    codes = (await maya.ask("totp.confirm", code=code(house, secret)))["recoveryCodes"]
    house.clock.advance(60)
    return secret, codes


async def at_the_second_step(house: House, **visit: Any) -> Visitor:
    maya = await house.visit(**visit)
    await maya.sign_in_by_form("maya", PASSWORD)
    await expect(maya.page.get_by_test_id("code-step")).to_be_visible()
    return maya


async def test_F41_signing_in_asks_for_the_code_after_the_password(serve: Serve) -> None:
    """A wrong code stands under the field, the right one opens the chat."""
    house = await serve(auth=PASSWORDS)
    await add_maya(house)
    secret, _ = await enrolled(house)
    maya = await at_the_second_step(house)
    field = maya.page.get_by_label("Six-digit code")
    await expect(field).to_be_focused()
    await maya.page.keyboard.press("Enter")
    await expect(field).to_have_accessible_description("Enter the code that the app shows now.")
    await field.fill("000000")
    await maya.page.keyboard.press("Enter")
    await expect(maya.page.get_by_role("alert").filter(has_text="That code is not right")).to_be_visible()
    await expect(field).to_be_focused()
    await field.fill(code(house, secret))
    await maya.page.keyboard.press("Enter")
    await maya.is_in()


async def test_F41_a_recovery_code_opens_once(serve: Serve) -> None:
    """It stands in for the app; used up, it opens nothing any more."""
    house = await serve(auth=PASSWORDS)
    await add_maya(house)
    _, codes = await enrolled(house)
    for opens in (True, False):
        maya = await at_the_second_step(house)
        await maya.page.get_by_role("button", name="Use a recovery code instead").click()
        field = maya.page.get_by_label("Recovery code")
        await expect(field).to_be_focused()
        await field.fill(codes[0].upper())
        await maya.page.keyboard.press("Enter")
        if opens:
            await maya.is_in()
        else:
            await expect(maya.page.get_by_role("alert").filter(has_text="That code is not right")).to_be_visible()


async def test_F41_a_wrong_password_never_comes_to_the_code(serve: Serve) -> None:
    """Whoever guesses does not learn that there is a second step; and from it one may go back."""
    house = await serve(auth=PASSWORDS)
    await add_maya(house)
    await enrolled(house)
    eve = await house.visit()
    await eve.sign_in_by_form("maya", "wrong")
    await expect(eve.page.locator("[aria-invalid=true]")).to_have_count(2)
    await expect(eve.page.get_by_test_id("code-step")).to_have_count(0)
    maya = await at_the_second_step(house)
    await maya.page.get_by_role("button", name="Back", exact=True).click()
    await expect(maya.page.locator("input[name=login]")).to_have_value("maya")


async def test_F41_who_must_have_it_sets_it_up_at_the_door(serve: Serve) -> None:
    """Nothing opens before; the codes are shown once, saved, and only then the chat opens."""
    house = await serve(auth=PASSWORDS)
    await add_maya(house, totpRequired="all")
    maya = await house.visit(accept_downloads=True)
    await maya.sign_in_by_form("maya", PASSWORD)
    page = maya.page
    await expect(page.get_by_text("Set up two-step sign-in first.")).to_be_visible()
    await expect(page).to_have_title("Set up two-step sign-in · chatd")
    picture = page.get_by_role("img", name="The key as a picture for an authenticator app")
    await expect(picture).to_be_visible()
    assert await picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    await page.get_by_label("Six-digit code").fill("000000")
    await page.keyboard.press("Enter")
    await expect(page.get_by_label("Six-digit code")).to_have_attribute("aria-invalid", "true")
    await page.get_by_label("Six-digit code").fill(code(house, secret))
    await page.keyboard.press("Enter")
    shown = page.get_by_test_id("recovery-codes").get_by_role("listitem")
    await expect(shown).to_have_count(10)
    codes = await shown.all_inner_texts()
    await expect(page.get_by_test_id("server-name")).to_have_count(0)
    async with page.expect_download() as coming:
        await page.get_by_role("button", name="Download").click()
    download = await coming.value
    assert download.suggested_filename == "recovery-codes-maya.txt"
    assert (await download.path()).read_text().endswith("\n".join(codes) + "\n")
    done = page.get_by_role("button", name="Open the chat")
    await expect(done).to_have_attribute("aria-disabled", "true")
    await page.get_by_label("I have put them somewhere safe").check()
    await done.click()
    await maya.is_in()
    assert codes[0] not in await page.content()
    house.clock.advance(60)
    again = await at_the_second_step(house)
    await again.page.get_by_label("Six-digit code").fill(code(house, secret))
    await again.page.keyboard.press("Enter")
    await again.is_in()


async def test_F41_where_it_is_required_meanwhile_it_is_set_up_in_the_middle_of_the_day(serve: Serve) -> None:
    """Signed in for hours: the page asks for it at once, takes the password first, and then opens where it was."""
    house = await serve(auth=PASSWORDS)
    await add_maya(house)
    maya = await house.visit()
    await maya.sign_in_by_form("maya", PASSWORD)
    await maya.is_in()
    await maya.page.reload()
    await maya.is_in()
    house.clock.advance(3600)
    admin = await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()
    await admin.ask("admin.updateSettings", totpRequired="all", proof={"password": ADMIN_PASSWORD})
    page = maya.page
    await expect(page.get_by_text("Set up two-step sign-in first.")).to_be_visible()
    await page.locator("[name=proof]").fill(PASSWORD)
    await page.keyboard.press("Enter")
    secret = (await page.locator(".secret").inner_text()).replace(" ", "")
    await page.get_by_label("Six-digit code").fill(code(house, secret))
    await page.keyboard.press("Enter")
    await expect(page.get_by_test_id("recovery-codes").get_by_role("listitem")).to_have_count(10)
    await page.get_by_label("I have put them somewhere safe").check()
    await page.get_by_role("button", name="Open the chat").click()
    await maya.is_in()


async def test_the_second_step_and_its_setting_up_are_accessible(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    await add_maya(house, totpRequired="all")
    maya = await house.visit()
    await maya.sign_in_by_form("maya", PASSWORD)
    secret = (await maya.page.locator(".secret").inner_text()).replace(" ", "")
    await maya.axe_for_everybody(None, "light", "dark", "phone")
    await maya.page.get_by_label("Six-digit code").fill(code(house, secret))
    await maya.page.keyboard.press("Enter")
    await expect(maya.page.get_by_test_id("recovery-codes")).to_be_visible()
    await maya.axe_for_everybody(None, "light", "dark", "phone")
    other = await at_the_second_step(house)
    await other.axe_for_everybody(None, "light", "dark", "phone")
