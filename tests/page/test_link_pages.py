"""What the links in letters open, and the letter for a forgotten password, with a real SMTP server."""

import re
from typing import Any

from playwright.async_api import expect

from tests.client import Client
from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.settings_dialog import SettingsDialog
from tests.page.visitor import Visitor
from tests.postbox import Postbox
from tests.serving import ADMIN_PASSWORD

PASSWORDS: dict[str, Any] = {"authMode": "password", "isInviteRequired": True}
MAYA = "maya@example.com"
OWN = "lantern on the 42nd"
DAY_SECONDS = 86_400


async def administrator(house: House) -> Client:
    return await (await house.running.sign_in_with_password("admin", ADMIN_PASSWORD)).connect()


async def invited(serve: Serve, box: Postbox) -> tuple[House, str]:
    """A house that sends letters, and the secret of Maya's invitation."""
    house = await serve(auth=PASSWORDS, email=box.settings())
    await (await administrator(house)).ask("admin.addUser", email=MAYA)
    return house, await box.token_to(MAYA)


async def choose(visitor: Visitor, password: str) -> None:
    await visitor.page.get_by_label("New password").fill(password)
    await visitor.page.get_by_label("Repeat it").fill(password)
    await visitor.page.keyboard.press("Enter")


async def secret_is_gone(visitor: Visitor, token: str) -> None:
    """Neither in the address nor in anything that the browser keeps."""
    kept: str = await visitor.page.evaluate(
        "location.href + JSON.stringify([history.state, {...localStorage}, {...sessionStorage}, document.cookie])"
    )
    assert token not in kept


async def test_M12_an_invitation_sets_the_password_and_signs_in(serve: Serve, box: Postbox) -> None:
    """The policy is shown live, the secret leaves the address at once, and the link works once."""
    house, token = await invited(serve, box)
    maya = await house.visit()
    await maya.go(f"/#/password/{token}")
    new = maya.page.get_by_label("New password")
    await expect(new).to_be_focused()
    await secret_is_gone(maya, token)
    await new.fill("short")
    rule = maya.page.get_by_role("listitem").filter(has_text="At least 8 characters")
    await expect(rule).to_have_class("unmet")
    await choose(maya, OWN)
    await maya.is_in()
    await secret_is_gone(maya, token)

    eve = await house.visit()
    await eve.go(f"/#/password/{token}")
    await choose(eve, "another one of 42")
    over = eve.page.get_by_test_id("link-over")
    await expect(over).to_contain_text("This link is not valid any more. It was used, or its time is over.")
    await house.running.sign_in_with_password(MAYA, OWN)


async def test_M12_an_expired_link_says_so_and_offers_a_new_one(serve: Serve, box: Postbox) -> None:
    house, token = await invited(serve, box)
    house.clock.advance(4 * DAY_SECONDS)
    maya = await house.visit()
    await maya.go(f"/#/password/{token}")
    await choose(maya, OWN)
    await maya.page.get_by_role("button", name="Send me a new link").click()
    await maya.page.get_by_label("E-mail").fill(MAYA)
    await maya.page.get_by_role("button", name="Send me a link").click()
    await expect(maya.page.get_by_test_id("letter-sent")).to_be_visible()
    await maya.go("/")  # the letter is followed in the same window
    await maya.page.goto(f"{house.url}/#/password/{await box.token_to(MAYA, 2)}")
    await choose(maya, OWN)
    await maya.is_in()


async def test_M19_a_forgotten_password_answers_the_same_for_every_address(serve: Serve, box: Postbox) -> None:
    house, _ = await invited(serve, box)
    house.clock.advance(120)
    said = []
    for address in (MAYA, "nobody@example.com"):
        somebody = await house.visit()
        await somebody.go()
        await somebody.page.get_by_role("button", name="Forgot password?").click()
        field = somebody.page.get_by_label("E-mail")
        await expect(field).to_be_focused()
        await field.fill(address)
        await somebody.page.keyboard.press("Enter")
        sent = somebody.page.get_by_test_id("letter-sent")
        said.append((await sent.inner_text()).replace(address, "…"))
    assert said[0] == said[1]
    token = await box.token_to(MAYA, 2)
    maya = await house.visit()
    await maya.go(f"/#/password/{token}")
    await choose(maya, OWN)
    await maya.is_in()
    assert not [letter for letter in box.letters if letter["To"] == "nobody@example.com"]


async def test_M19_without_email_there_is_no_such_link(serve: Serve) -> None:
    house = await serve(auth=PASSWORDS)
    maya = await house.visit()
    await maya.go()
    await expect(maya.page.locator("input[name=login]")).to_be_visible()
    await expect(maya.page.get_by_text("Forgot password?")).to_have_count(0)


async def test_RX14_a_join_link_makes_an_account_as_often_as_it_may(serve: Serve) -> None:
    """Where one must be invited, the link is the invitation; the next one is told that it is used up."""
    house = await serve(auth=PASSWORDS)
    reply = await (await administrator(house)).ask("admin.createLink", uses=1)
    fragment = "#" + next(text for text in reply.values() if isinstance(text, str)).partition("#")[2]
    for number, opens in ((1, True), (2, False)):
        kim = await house.visit()
        await kim.go("/" + fragment)
        await kim.page.get_by_label("E-mail").fill(f"kim{number}@example.com")
        await kim.page.get_by_label("Password", exact=True).fill(OWN)
        await secret_is_gone(kim, fragment.rpartition("/")[2])
        await kim.page.keyboard.press("Enter")
        if opens:
            await kim.is_in()
        else:
            await expect(kim.page.get_by_test_id("link-over")).to_contain_text("Ask an administrator for a new one.")


async def test_R20_an_address_is_confirmed_by_its_link_once(serve: Serve, box: Postbox) -> None:
    """A click does it, not the opening alone; followed in a window with the chat in it, it leads back to the chat."""
    house = await serve(auth=PASSWORDS, email=box.settings())
    admin = await administrator(house)
    await admin.ask("admin.addUser", email=MAYA, password=OWN)
    await admin.ask("admin.updateSettings", requireVerifiedEmail=True)
    maya = await house.visit()
    await maya.sign_in_by_form(MAYA, OWN)
    await expect(maya.page.get_by_role("alert").filter(has_text="Confirm your e-mail address first")).to_be_visible()
    token = await box.token_to(MAYA)
    await maya.page.evaluate("token => void (location.hash = `#/verify/${token}`)", token)
    await maya.page.get_by_role("button", name="Confirm the address").click()
    await expect(maya.page.get_by_test_id("verified")).to_be_visible()
    await secret_is_gone(maya, token)
    await maya.page.get_by_role("main").get_by_role("button", name="Back to sign in").first.click()
    await maya.sign_in_by_form(MAYA, OWN)
    await maya.is_in()
    await maya.page.evaluate("token => void (location.hash = `#/verify/${token}`)", token)
    await maya.page.get_by_role("button", name="Confirm the address").click()
    await expect(maya.page.get_by_test_id("link-over")).to_be_visible()
    await maya.page.get_by_role("button", name="Open the chat").click()
    await maya.is_in()


async def test_every_link_page_is_accessible(serve: Serve, box: Postbox) -> None:
    house, token = await invited(serve, box)
    maya = await house.visit()
    for kind, first in (("password", "New password"), ("join", "E-mail")):
        await maya.go("/")
        await maya.go(f"/#/{kind}/{token if kind == 'password' else 'nothing'}")
        await expect(maya.page.get_by_label(first)).to_be_visible()
        await maya.axe_for_everybody(None, "light", "dark", "phone")
    await maya.go("/")
    await maya.go("/#/verify/nothing")
    await maya.page.get_by_role("button", name="Confirm the address").click()
    await expect(maya.page.get_by_test_id("link-over")).to_be_visible()
    await maya.axe_for_everybody(None, "light", "dark", "phone")
    await maya.page.get_by_role("button", name="Back to sign in").click()
    await maya.page.get_by_role("button", name="Forgot password?").click()
    await maya.axe_for_everybody(None, "light", "dark", "phone")
    await maya.page.get_by_label("E-mail").fill(MAYA)
    await maya.page.keyboard.press("Enter")
    await expect(maya.page.get_by_test_id("letter-sent")).to_be_visible()
    await maya.axe_for_everybody(None, "light", "dark", "phone")


async def test_another_address_waits_for_its_letter(serve: Serve, box: Postbox) -> None:
    """The profile says which address takes the place of the present one, and that a letter is on its way."""
    house, token = await invited(serve, box)
    maya = await house.visit()
    await maya.go(f"/#/password/{token}")
    await choose(maya, OWN)
    await maya.is_in()
    await SettingsDialog.opened_by(maya, "profile")
    field = maya.page.get_by_label("E-mail")
    await field.fill("maya@elsewhere.example")
    await maya.page.get_by_role("button", name="Save profile").click()
    await maya.page.locator("[name=proof]").fill(OWN)
    await maya.page.keyboard.press("Enter")
    toast = maya.page.get_by_test_id("toast")
    await expect(toast).to_contain_text("Follow the link in the letter to maya@elsewhere.example")
    await expect(field).to_have_value(MAYA)
    await expect(field).to_have_accessible_description(re.compile("^maya@elsewhere.example takes its place"))
    answer = await house.running.http.post(
        house.running.url + "/auth/verify-email", json={"token": await box.token_to("maya@elsewhere.example")}
    )
    assert answer.status_code == 200
    await expect(field).to_have_value("maya@elsewhere.example")
    await expect(field).to_have_accessible_description("Only you and administrators see it. You can sign in with it.")
