"""Whoever has two-step sign-in is asked for its code wherever the server wants one, and goes on where they were."""

import re
from pathlib import Path

import pyotp
import pytest
from playwright.async_api import Page, expect

from chatd.dispatch.registry import REGISTRY
from tests.page.house import House
from tests.page.shell_deeds import channel_deed, confirm, make_channel
from tests.serving import ADMIN_EMAIL

STATIC = Path(__file__).parent.parent.parent / "static"


async def enrolled(house: House) -> pyotp.TOTP:
    """The administrator has two-step sign-in; the next code is another one."""
    admin = await house.admin()
    app = pyotp.TOTP((await admin.ask("totp.begin"))["secret"])
    await admin.ask("totp.confirm", code=app.at(house.clock.now() // 1000))
    house.clock.advance(60)
    return app


async def prove(house: House, page: Page, app: pyotp.TOTP) -> None:
    check = page.get_by_test_id("step-up")
    await check.locator("[name=proof]").fill(app.at(house.clock.now() // 1000))
    await check.get_by_role("button", name="Confirm").click()
    await expect(check).to_be_hidden()


async def test_before_a_channel_is_deleted(house: House) -> None:
    """Given up, the channel stays and nothing is complained about; proved, it is gone."""
    app = await enrolled(house)
    await make_channel(await house.admin(), "firmware")
    admin = await house.visit(ADMIN_EMAIL)
    await admin.open_channel("firmware")
    for gives_up in (True, False):
        await channel_deed(admin, "Delete")
        await confirm(admin, "Delete channel")
        if gives_up:
            await admin.page.get_by_test_id("step-up").get_by_role("button", name="Cancel").click()
            await expect(admin.channel_row("firmware")).to_be_visible()
            await expect(admin.toast).to_have_count(0)
    await prove(house, admin.page, app)
    await expect(admin.toast).to_contain_text("#firmware was deleted.")


@pytest.mark.parametrize(("opened", "made"), [("New webhook", "Create webhook"), ("New join link", "Create link")])
async def test_before_something_is_made_by_which_others_act(house: House, opened: str, made: str) -> None:
    """The code once, then the secret."""
    app = await enrolled(house)
    admin = await house.visit(ADMIN_EMAIL)
    await admin.page.goto(house.url + "/#/admin/integrations")
    await admin.page.get_by_role("button", name=opened).click()
    form = admin.page.locator("dialog[open]").last
    if opened == "New webhook":
        await form.locator("[name=name]").fill("Deploy")
        await form.locator("[name=channelId]").select_option(index=1)
    await form.get_by_role("button", name=made).click()
    await prove(house, admin.page, app)
    await expect(admin.page.get_by_test_id("secret-once")).to_be_visible()


def test_what_wants_a_proof_is_never_sent_without_a_way_to_ask_for_it() -> None:
    """No file sends such a request by the plain `chat.ask`."""
    names = {re.sub(r"\.(\w)", lambda found: found[1].upper(), type) for type, one in REGISTRY.items() if one.proof}
    names |= {"tokenCreate", "botCreate"}  # they ask for it in their handlers
    plain = re.compile(rf"chat\.ask\(request\.({'|'.join(sorted(names))})\b")
    offenders = [file.name for file in (STATIC / "views").rglob("*.js") if plain.search(file.read_text("utf-8"))]
    assert offenders == []
