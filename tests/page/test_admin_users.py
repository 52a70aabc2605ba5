"""The admin panel's frame and its Users page, as administrators walk through it, and as the others do not."""

from playwright.async_api import expect

from tests.page.house import House
from tests.serving import ADMIN_EMAIL

ALICE, BOB = "alice@example.com", "bob@example.com"


# --- the frame


async def test_the_shield_comes_and_goes_with_the_role(house: House) -> None:
    """R01: at the top right for administrators only, live; who is demoted in the panel stands in the chat again."""
    admin, bob = await house.admin(), await house.visit(BOB)
    shield = bob.page.get_by_test_id("admin-shield")
    await expect(shield).to_have_count(0)
    bob_id = (await admin.ask("user.find", query="bob"))["users"][0]["id"]
    await admin.ask("admin.setRole", userId=bob_id, role="admin")
    await shield.click()
    await expect(bob.page.get_by_test_id("admin-panel")).to_be_visible()
    await expect(bob.page.get_by_role("heading", name="Users", level=1)).to_be_focused()
    assert bob.page.url.endswith("#/admin/users")
    await admin.ask("admin.setRole", userId=bob_id, role="user")
    await expect(bob.page.get_by_test_id("admin-panel")).to_have_count(0)
    await expect(bob.composer).to_be_visible()
    await expect(bob.toast).to_contain_text("You are no longer an administrator.")
    await expect(shield).to_have_count(0)


async def test_the_address_of_the_panel_is_nobodys_else(house: House) -> None:
    """The outsider: an address typed by hand shows him the chat."""
    bob = await house.visit(BOB)
    await bob.go("/#/admin/users")
    await bob.is_in()
    await expect(bob.page.get_by_test_id("admin-panel")).to_have_count(0)


async def test_g_then_a_opens_the_panel_and_back_leads_where_one_was(house: House) -> None:
    """Also after a reload; the chat stays open underneath."""
    admin = await house.visit(ADMIN_EMAIL)
    await admin.open_channel("general")
    address = admin.page.url
    await admin.channel_row("general").focus()
    await admin.page.keyboard.press("g")
    await admin.page.keyboard.press("a")
    await expect(admin.page.get_by_test_id("admin-panel")).to_be_visible()
    await admin.page.reload()
    await expect(admin.page.get_by_test_id("admin-panel")).to_be_visible()
    await admin.page.get_by_test_id("back-to-chat").click()
    await expect(admin.composer).to_be_visible()
    assert admin.page.url == address
