"""The admin panel's page "Tokens and webhooks", as administrators walk through it, and as the others do not."""

import re

from playwright.async_api import Locator, expect

from tests.page.admin_page import AdminPage
from tests.page.house import House
from tests.serving import ADMIN_PASSWORD
from tests.tokens import ask, counts, make_bot, make_token, make_webhook, post

ALICE, BOB, EVE = "alice@example.com", "bob@example.com", "eve@example.com"
LONG_ENOUGH = "a long enough one"


class Keys(AdminPage):
    """The page of one administrator: where things stand on it."""

    path = "integrations"

    @property
    def landmark(self) -> Locator:
        return self.page.get_by_role("heading", name="Tokens and webhooks", level=1)

    def row(self, part: str, text: str) -> Locator:
        return self.page.get_by_test_id(part).locator("tbody tr").filter(has_text=text)

    def field(self, name: str) -> Locator:
        return self.page.locator("dialog[open]").last.locator(f"[name={name}]")

    async def secrets(self) -> list[str]:
        """What is shown this once."""
        shown = self.page.get_by_test_id("secret-once")
        await expect(shown).to_be_visible()
        return await shown.locator("code").all_inner_texts()

    async def choose(self, part: str, text: str, deed: str) -> None:
        await self.row(part, text).locator("[data-act=menu]").click()
        await self.page.get_by_role("menuitem", name=deed).click()


async def proved(keys: Keys) -> None:
    """A token for the server outlasts the session: one's password is asked for."""
    await keys.field("proof").fill(ADMIN_PASSWORD)
    await keys.page.keyboard.press("Enter")


async def test_F02_system_tokens_are_made_shown_once_counted_and_revoked(house: House) -> None:
    """The token works, is nowhere to be seen afterwards, and is worth nothing from the moment it was revoked."""
    keys = await Keys.opened(house)
    await keys.button("New system token").click()
    await keys.button("Create token").click()
    await expect(keys.page.locator(".error")).to_have_text("Give it a name.")
    await keys.field("name").fill("Monitoring")
    await keys.field("expires").select_option("30")
    await keys.button("Create token").click()
    await proved(keys)
    (token,) = await keys.secrets()
    assert token.startswith("chatd_sys_")
    assert (await ask(house.running, token, "admin.stats")).status_code == 200
    await keys.button("Done").click()
    row = keys.row("tokens", "Monitoring")
    await expect(row).to_contain_text("The server")
    await keys.go()
    await expect(row).to_contain_text("System")
    assert token not in await keys.page.content()
    await row.get_by_role("button", name="Revoke the token Monitoring").click()
    await keys.page.get_by_test_id("ask").get_by_role("button", name="Revoke").click()
    await keys.told("The token Monitoring was revoked.")
    await expect(row).to_have_count(0)
    assert (await ask(house.running, token)).status_code == 401


async def test_F14_what_others_make_appears_and_its_use_is_counted(house: House) -> None:
    """Whatever anybody makes stands in the open panel at once; the figure is the one that the server wrote down."""
    keys = await Keys.opened(house)
    alice = await house.client(ALICE)
    token = (await make_token(alice, "her script"))["token"]
    row = keys.row("tokens", "her script")
    await expect(row).to_contain_text("alice")
    await expect(row.locator("td.n")).to_have_text("0")
    for _ in range(3):
        await ask(house.running, token)
    house.clock.advance(90)
    await house.running.node.upkeep.write_uses()
    await make_bot(alice)
    await expect(row.locator("td.n")).to_have_text("3")
    await expect(keys.row("tokens", "First token")).to_contain_text("buildbot")


async def test_MX02_a_webhook_is_bound_to_its_channel_and_posts_until_it_is_deleted(house: House) -> None:
    """Address and token are shown this once; the address can be looked at again, the token cannot."""
    admin = await house.admin()
    await admin.ask("channel.create", name="releases", kind="private")
    keys = await Keys.opened(house)
    await keys.button("New webhook").click()
    await keys.button("Create webhook").click()
    await expect(keys.page.locator("dialog .error")).to_have_count(2)
    await keys.field("name").fill("Deploy")
    private = keys.field("channelId").locator("option", has_text=re.compile("releases.*private"))
    await keys.field("channelId").select_option(value=await private.get_attribute("value"))
    await keys.button("Create webhook").click()
    address, token = await keys.secrets()
    hook_id = address.split("/")[-2]
    assert address == f"{house.url}/webhooks/{hook_id}/messages"
    assert (await post(house.running, hook_id, token, content="Version 2 is out")).status_code == 201
    await keys.button("Done").click()
    await expect(keys.row("webhooks", "Deploy")).to_contain_text("releases")
    await keys.choose("webhooks", "Deploy", "Address")
    await expect(keys.page.get_by_test_id("hook-address").locator("code")).to_have_text(address)
    assert token not in await keys.page.content()
    await keys.page.keyboard.press("Escape")
    await keys.choose("webhooks", "Deploy", "Delete")
    await keys.page.get_by_test_id("ask").get_by_role("button", name="Delete").click()
    await expect(keys.row("webhooks", "Deploy")).to_have_count(0)
    assert (await post(house.running, hook_id, token, content="Version 3")).status_code == 404


async def test_RX14_a_join_link_lets_in_as_many_as_it_says_and_can_be_taken_back(house: House) -> None:
    """A stranger registers by the address; how often it was used is seen at once; revoked, it opens nothing."""
    keys = await Keys.opened(house)
    await keys.button("New join link").click()
    await keys.field("uses").fill("many")
    await keys.button("Create link").click()
    await expect(keys.page.locator("dialog .error")).to_contain_text("from 1 to 10,000")
    await keys.field("uses").fill("2")
    await keys.button("Create link").click()
    (address,) = await keys.secrets()
    await keys.button("Done").click()
    row = keys.page.get_by_test_id("join-links").locator("tbody tr")
    await expect(row).to_contain_text("0 of 2")
    body = {"joinToken": address.rsplit("/", 1)[1], "email": EVE, "password": LONG_ENOUGH}
    registered = await house.running.http.post(house.url + "/auth/register", json=body)
    assert registered.status_code == 200, registered.text
    await expect(row).to_contain_text("1 of 2")
    await row.get_by_role("button", name=re.compile("Revoke the link")).click()
    await keys.page.get_by_test_id("ask").get_by_role("button", name="Revoke").click()
    await keys.told("The join link was revoked.")
    await expect(row).to_have_count(0)
    again = await house.running.http.post(house.url + "/auth/register", json=body | {"email": "one@example.com"})
    assert again.json()["code"] == "registration_disabled"


async def test_F43_the_page_of_one_user_shows_tokens_and_bots_which_can_be_handed_over(house: House) -> None:
    """Nothing of anybody else's stands there; a bot changes its owner with its tokens revoked, and can be removed."""
    alice, bob, admin = await house.client(ALICE), await house.client(BOB), await house.admin()
    await make_token(alice, "hers")
    await make_token(bob, "his")
    _, token = await make_bot(alice)
    await make_bot(alice, "nightly")
    keys = await Keys.opened(house, f"/{alice.user_id}")
    await expect(keys.page.locator(".narrowed")).to_contain_text("Only alice")
    await expect(keys.row("tokens", "hers")).to_be_visible()
    await expect(keys.row("tokens", "his")).to_have_count(0)
    await expect(keys.page.get_by_test_id("webhooks")).to_have_count(0)
    await keys.choose("bots", "buildbot", "Hand over")
    await keys.page.get_by_role("combobox").fill("bob")
    await keys.page.get_by_role("option", name="bob").click()
    await keys.button("Hand over").click()
    await keys.told("1 bot now belongs to bob.")
    await expect(keys.row("bots", "buildbot")).to_have_count(0)
    assert (await counts(admin, bob.user_id))["bots"] == 1
    assert (await ask(house.running, token)).status_code == 401
    await keys.choose("bots", "nightly", "Remove")
    await keys.page.get_by_test_id("ask").get_by_role("button", name="Remove").click()
    await keys.told("nightly was removed.")
    assert (await counts(admin, alice.user_id))["bots"] == 0
    await keys.button("Show everybody's").click()
    await expect(keys.row("tokens", "his")).to_be_visible()


async def test_the_page_of_a_bot_makes_tokens_for_it(house: House) -> None:
    alice = await house.client(ALICE)
    bot_id, _ = await make_bot(alice)
    keys = await Keys.opened(house, f"/{bot_id}")
    await keys.button("New token").click()
    await keys.field("name").fill("second")
    await keys.button("Create token").click()
    await keys.field("proof").fill(ADMIN_PASSWORD)
    await keys.button("Confirm").click()
    (token,) = await keys.secrets()
    assert (await ask(house.running, token, "sync")).json()["user"]["id"] == bot_id
    await keys.button("Done").click()
    await expect(keys.row("tokens", "second")).to_be_visible()


async def test_the_page_is_no_users(house: House) -> None:
    """The outsider types its address, and stands in the chat."""
    admin = await house.admin()
    general = next(one["id"] for one in (await admin.ask("channel.list"))["channels"] if one["name"] == "general")
    await make_webhook(admin, general)
    bob = await house.visit(BOB)
    await bob.go("/#/admin/integrations")
    await bob.page.reload()
    await bob.is_in()
    await expect(bob.page.get_by_test_id("webhooks")).to_have_count(0)


async def test_the_page_is_for_everybody(house: House) -> None:
    """The rules of WCAG, in both themes and on a phone, where nothing scrolls sideways."""
    admin = await house.admin()
    general = next(one["id"] for one in (await admin.ask("channel.list"))["channels"] if one["name"] == "general")
    await make_webhook(admin, general, "<script>alert(1)</script> " + "long" * 10)
    await make_bot(admin)
    await make_token(admin, "<b>evil</b> and a name that is as long as the table is wide and longer than a phone")
    await admin.ask("admin.createLink", uses=3)
    keys = await Keys.opened(house)
    await expect(keys.page.get_by_test_id("join-links").locator("tbody tr")).to_have_count(1)
    await expect(keys.page.get_by_test_id("webhooks").locator("tbody tr")).to_have_count(1)
    await keys.visitor.axe_for_everybody()
    await keys.button("New join link").click()
    await keys.visitor.axe_for_everybody()
    await keys.button("Create link").click()
    await keys.secrets()
    await keys.visitor.axe_for_everybody()


async def test_a_token_may_do_what_is_chosen_for_it(house: House) -> None:
    """All is chosen for the server's own; none at all is said under the choice; only what stays chosen works."""
    keys = await Keys.opened(house)
    await keys.button("New system token").click()
    await keys.field("name").fill("monitoring")
    scopes = ("read", "write", "admin\\:read", "admin\\:write")
    for scope in scopes:
        await keys.field(scope).uncheck()
    await keys.button("Create token").click()
    await expect(keys.page.locator("dialog .error")).to_have_text("Choose at least one.")
    await keys.field("admin\\:read").check()
    await keys.button("Create token").click()
    await proved(keys)
    (token,) = await keys.secrets()
    assert (await ask(house.running, token, "admin.stats")).status_code == 200
    assert (await ask(house.running, token, "sync")).status_code == 403
