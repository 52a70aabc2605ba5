"""Two-step sign-in, tokens and bots in everybody's Settings, as people walk through them in a browser."""

import pyotp
from playwright.async_api import Locator, expect

from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.settings_dialog import SettingsDialog
from tests.serving import ADMIN_EMAIL
from tests.tokens import ask, counts, make_bot, make_token

ALICE, BOB = "alice@example.com", "bob@example.com"


async def opened(house: House, section: str, email: str = ALICE, **visit: object) -> SettingsDialog:
    return await SettingsDialog.opened_by(await house.visit(email, **visit), section)  # type: ignore[arg-type]


async def secret_of(settings: SettingsDialog) -> str:
    """What is shown this once."""
    await expect(settings.page.get_by_test_id("secret-once")).to_be_visible()
    return await settings.page.get_by_test_id("secret-once").locator("code").inner_text()


def step_up(settings: SettingsDialog) -> Locator:
    return settings.page.get_by_test_id("step-up")


async def enrolled(house: House, settings: SettingsDialog) -> tuple[pyotp.TOTP, list[str]]:
    """Walk through the set-up; the app, and the recovery codes."""
    await settings.button("Set it up").click()
    await expect(settings.dialog.locator(".qr")).to_be_visible()
    app = pyotp.TOTP((await settings.dialog.locator(".totp code").inner_text()).replace(" ", ""))
    await settings.field("code").fill("000000")
    await settings.button("Continue").click()
    await expect(settings.error_of("code")).to_be_visible()
    await settings.field("code").fill(app.at(house.clock.now() // 1000))
    await settings.button("Continue").click()
    codes = await saved_codes(settings)
    house.clock.advance(60)  # the next code is another one
    return app, codes


async def saved_codes(settings: SettingsDialog) -> list[str]:
    """Read the recovery codes, say that they are safe, and go on."""
    shown = settings.page.get_by_test_id("recovery-codes")
    await expect(shown.locator("li")).to_have_count(10)
    codes = await shown.locator("li").all_inner_texts()
    await expect(settings.button("Done")).to_have_attribute("aria-disabled", "true")
    await shown.get_by_role("checkbox").check()
    await settings.button("Done").click()
    return codes


async def test_F41_two_step_sign_in_is_set_up_renewed_and_switched_off(house: House) -> None:
    """Codes are shown once; new ones and the switching off take a proof, a wrong one stands under its field."""
    settings = await opened(house, "twoStep")
    app, codes = await enrolled(house, settings)
    await expect(settings.dialog).to_contain_text("10 recovery codes are left.")
    alice = await house.admin()
    found = (await alice.ask("admin.listUsers", search="alice"))["users"][0]
    assert found["totpEnabled"] is True

    await settings.button("New recovery codes").click()
    await step_up(settings).locator("[name=proof]").fill("000000")
    await settings.button("Make new codes").click()
    await expect(step_up(settings).locator(".error")).to_be_visible()
    await step_up(settings).locator("[name=proof]").fill(codes[0])
    await settings.button("Make new codes").click()
    await expect(settings.dialog).to_contain_text("These are your new recovery codes.")
    assert not set(await saved_codes(settings)) & set(codes)

    await settings.button("Switch off").click()
    await settings.button("Cancel").click()
    await expect(settings.dialog).to_contain_text("Two-step sign-in is on.")
    await settings.button("Switch off").click()
    await step_up(settings).locator("[name=proof]").fill(app.at(house.clock.now() // 1000))
    await settings.button("Switch off").click()
    await settings.told("Two-step sign-in is off.")
    await expect(settings.button("Set it up")).to_be_visible()


async def test_F41_recovery_codes_do_not_go_without_a_question(house: House) -> None:
    """Closing Settings or going to another section asks, until it is said that the codes are safe."""
    settings = await opened(house, "twoStep")
    await settings.button("Set it up").click()
    await expect(settings.dialog.locator(".qr")).to_be_visible()
    app = pyotp.TOTP((await settings.dialog.locator(".totp code").inner_text()).replace(" ", ""))
    await settings.field("code").fill(app.at(house.clock.now() // 1000))
    await settings.button("Continue").click()
    codes = settings.page.get_by_test_id("recovery-codes")
    await expect(codes.locator("li")).to_have_count(10)
    for leave in (settings.entry("profile"), settings.button("Close settings")):
        await leave.click()
        await expect(settings.top).to_contain_text("Leave without saving the codes?")
        await settings.button("Cancel").click()
        await expect(codes).to_be_visible()
    await codes.get_by_role("checkbox").check()
    await settings.button("Close settings").click()
    await expect(settings.dialog).to_have_count(0)


async def test_F41_where_it_is_required_it_cannot_be_switched_off(house: House) -> None:
    """The section says so, live; who has not set it up stands at the door (test_door_two_step)."""
    admin = await house.admin()
    settings = await opened(house, "twoStep")
    await enrolled(house, settings)
    await expect(settings.button("Switch off")).to_be_enabled()
    await admin.ask("admin.updateSettings", totpRequired="all")
    await expect(settings.button("Switch off")).to_have_attribute("aria-disabled", "true")


async def test_a_token_of_ones_own_is_shown_once_used_and_revoked(house: House) -> None:
    """It does what its owner may do, until it is revoked; another window sees it come."""
    settings = await opened(house, "tokens")
    await expect(settings.dialog).to_contain_text("You have no tokens.")
    await settings.button("New token").click()
    await settings.field("name").fill("deploy")
    await settings.field("expires").select_option("never")
    await settings.button("Create token").click()
    token = await secret_of(settings)
    assert token.startswith("chatd_pat_")
    assert (await ask(house.running, token, "sync")).json()["user"]["email"] == ALICE
    await settings.button("Done").click()
    row = settings.dialog.get_by_test_id("token").filter(has_text="deploy")
    await expect(row).to_contain_text("does not expire")
    assert token not in await settings.page.content()
    await row.get_by_role("button", name="Revoke the token deploy").click()
    await settings.button("Revoke").click()
    await settings.told("The token deploy was revoked.")
    await expect(row).to_have_count(0)
    assert (await ask(house.running, token)).status_code == 401


async def test_A0_a_bot_of_ones_own_is_made_gets_tokens_and_goes(house: House) -> None:
    """A taken name stands under its field; nobody but an administrator hands bots over."""
    settings = await opened(house, "bots")
    await settings.button("New bot").click()
    await settings.field("userName").fill("alice")
    await settings.button("Create bot").click()
    await expect(settings.error_of("userName")).to_contain_text("Username already exists")
    await settings.field("userName").fill("buildbot")
    await settings.field("displayName").fill("Build")
    await settings.button("Create bot").click()
    first = await secret_of(settings)
    await settings.button("Done").click()
    bot = settings.dialog.get_by_test_id("bot").filter(has_text="@buildbot")
    assert (await ask(house.running, first, "sync")).json()["user"]["displayName"] == "Build"

    menu = settings.page.get_by_role("menu")
    await bot.locator("[data-act=menu]").click()
    await expect(menu.locator(".menu-label")).to_have_text(["New token", "Remove"])
    await menu.get_by_role("menuitem", name="New token").click()
    await settings.field("name").fill("second")
    await settings.button("Create token").click()
    await secret_of(settings)
    await settings.button("Done").click()
    await expect(bot.get_by_test_id("token")).to_have_count(2)

    await bot.locator("[data-act=menu]").click()
    await menu.get_by_role("menuitem", name="Remove").click()
    await settings.button("Remove").click()
    await settings.told("Build was removed.")
    await expect(bot).to_have_count(0)
    assert (await ask(house.running, first)).status_code == 401


async def test_F43_an_administrator_hands_over_a_bot_of_his_own(house: House) -> None:
    admin, bob = await house.admin(), await house.client(BOB)
    await make_bot(admin)
    settings = await opened(house, "bots", ADMIN_EMAIL)
    await settings.dialog.get_by_test_id("bot").locator("[data-act=menu]").click()
    await settings.page.get_by_role("menuitem", name="Hand over").click()
    await settings.button("Hand over").click()
    await expect(settings.top.locator(".error")).to_have_text("Choose who gets it.")
    await settings.top.get_by_role("combobox").fill("bob")
    await settings.page.get_by_role("option", name="bob").click()
    await settings.button("Hand over").click()
    await settings.told("1 bot now belongs to bob.")
    await expect(settings.dialog.get_by_test_id("bot")).to_have_count(0)
    assert (await counts(admin, bob.user_id))["bots"] == 1


async def test_the_sections_are_for_everybody(serve: Serve) -> None:
    """The rules of WCAG, in both themes and on a phone, where nothing scrolls sideways."""
    house = await serve()
    alice = await house.client(ALICE)
    await make_token(alice, "a name that is longer than a phone is wide, " * 2 + "too")
    await make_bot(alice)
    settings = await opened(house, "tokens")
    await expect(settings.dialog.get_by_test_id("token")).to_have_count(1)
    for section, shown in (("tokens", "token"), ("bots", "bot"), ("twoStep", "two-step")):
        await settings.go(section)
        await expect(settings.dialog.get_by_test_id(shown)).to_be_visible()
        await settings.visitor.axe_for_everybody()
        pane = settings.dialog.locator(".pane")
        async for look in settings.visitor.looks():
            assert await pane.evaluate("(pane) => pane.scrollWidth <= pane.clientWidth"), (section, look)
    await settings.button("Set it up").click()
    await expect(settings.dialog.locator(".qr")).to_be_visible()
    await settings.visitor.axe_for_everybody()
