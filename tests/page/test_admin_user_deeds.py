"""What administrators do to users on the Users page: picture, passwords, several at once, exports, the way out."""

import csv
import io
from pathlib import Path

import pyotp
from PIL import Image
from playwright.async_api import expect

from chatd.domain.errors import CloseCode
from tests.page.conftest import Serve
from tests.page.house import House
from tests.page.settings_dialog import SettingsDialog
from tests.page.users_page import BOB, LONG_ENOUGH, Users, peopled
from tests.postbox import Postbox
from tests.serving import ADMIN_EMAIL
from tests.tokens import ask


async def id_of(house: House, name: str) -> str:
    admin = await house.admin()
    (user,) = (await admin.ask("admin.listUsers", search=name))["users"]
    return str(user["id"])


# --- the form


async def test_R18_a_picture_is_uploaded_and_the_initials_come_back(house: House, tmp_path: Path) -> None:
    """Others see it at once; an address inside the server's own network is refused under its field."""
    await peopled(house)
    bob = await house.visit(BOB)
    await bob.page.get_by_test_id("members-button").click()
    file = tmp_path / "face.png"
    Image.new("RGB", (300, 200), "teal").save(file)
    users = await Users.opened(house, f"/{await id_of(house, 'ben')}/edit")
    face = users.page.get_by_test_id("user-form").locator(".avatar img")
    await users.field("picture").set_input_files(file)
    await users.told("The picture of Ben is changed.")
    await expect(face).to_be_visible()
    await expect(bob.page.locator(".avatar img").first).to_be_visible()
    await users.field("pictureUrl").fill("http://127.0.0.1/face.png")
    await users.field("pictureUrl").press("Enter")
    await expect(users.page.locator(".pic .error")).to_be_visible()
    await expect(users.field("pictureUrl")).to_be_focused()
    await users.button("Use initials").click()
    await expect(face).to_have_count(0)
    await expect(bob.page.locator(".avatar img")).to_have_count(0)
    await expect(users.page.get_by_text("Somebody changed this user just now.")).to_have_count(0)


async def test_R31_R33_a_random_password_goes_by_email_to_a_new_and_to_a_known_user(serve: Serve, box: Postbox) -> None:
    """The page never shows it; who signs in with it has to choose another."""
    house = await serve(email=box.settings())
    await peopled(house)
    users = await Users.opened(house)
    await users.button("New user").click()
    await users.field("userName").fill("kim")
    await users.page.locator("input[name=kind][value=mail]").check()
    await users.button("Save user").click()
    await expect(users.page.get_by_text("Enter an e-mail address: without one nothing can be sent.")).to_be_visible()
    await users.field("email").fill("kim@example.com")
    await users.button("Save user").click()
    await users.told("kim was added.")
    for name, number in (("kim", 1), ("ben", 1)):
        if name == "ben":
            await users.visitor.go(f"/#/admin/users/{await id_of(house, 'ben')}/edit")
            await users.page.locator("input[name=kind][value=mail]").check()
            await users.button("Save user").click()
            await users.told("Ben is saved.")
        text = (await box.letter_to(f"{name}@example.com", number)).get_content()
        password = next(line for line in text.splitlines() if line.count("-") == 3)
        assert password not in await users.page.content()
        person = await (await house.running.sign_in_with_password(name, password)).connect()
        assert person.hello["restricted"] == "password_change"


async def test_R26_R32_what_needs_email_is_absent_without_it(house: House) -> None:
    """No letters to choose in either form, no welcome e-mail, no invitation."""
    await peopled(house)
    users = await Users.opened(house, "/new/edit")
    await expect(users.field("password")).to_be_visible()
    await expect(users.page.locator("input[name=kind]")).to_have_count(0)
    await expect(users.page.get_by_text("Send welcome email")).to_have_count(0)
    await users.visitor.go(f"/#/admin/users/{await id_of(house, 'ben')}/edit")
    await expect(users.page.locator("input[name=kind]")).to_have_count(2)
    await expect(users.page.locator("input[name=kind][value=mail]")).to_have_count(0)


async def test_R26_a_welcome_email_is_sent_after_saving(serve: Serve, box: Postbox) -> None:
    house = await serve(email=box.settings())
    users = await Users.opened(house, "/new/edit")
    await users.field("userName").fill("kim")
    await users.field("email").fill("kim@example.com")
    await users.page.locator("input[name=kind][value=manual]").check()
    await users.button("Make one up").click()
    await users.page.get_by_role("switch", name="Send welcome email").click()
    await users.button("Save user").click()
    await expect(users.page.get_by_test_id("hand-over")).to_contain_text("kim can sign in now.")
    assert "Welcome" in (await box.letter_to("kim@example.com"))["Subject"]


async def test_the_limit_of_sessions_is_set_for_one_user_and_taken_back(house: House) -> None:
    await peopled(house)
    admin = await house.admin()
    ben = await id_of(house, "ben")
    users = await Users.opened(house, f"/{ben}/edit")
    await users.field("sessionLimit").fill("many")
    await users.button("Save user").click()
    await expect(users.page.get_by_text("1 thing needs attention: sessions at once.")).to_be_visible()
    for typed, stored in (("1", 1), ("", None)):
        await users.field("sessionLimit").fill(typed)
        await users.button("Save user").click()
        await expect(users.info).to_be_visible()
        assert (await admin.ask("admin.getUser", userId=ben))["user"]["sessionLimit"] == stored
        await users.info.get_by_role("link", name="Edit").click()


# --- the menu


async def test_R37_R38_R48_R50_roles_and_access_come_and_go_from_the_menu(house: House) -> None:
    """Each holds at once and says so, with the way to its entry in the log."""
    await peopled(house)
    users = await Users.opened(house)
    await users.choose("Ben", "Make Admin")
    await users.button("Make Admin").click()
    await users.told("Ben is an administrator now.")
    await expect(users.row("Ben")).to_contain_text("Admin")
    await users.choose("Ben", "Remove Admin")
    await users.told("Ben is no longer an administrator.")
    await users.choose("Ben", "Deactivate")
    await users.button("Deactivate").click()
    await expect(users.row("Ben").locator(".state")).to_have_text("Deactivated")
    await users.page.get_by_role("tab", name="Deactivated 2").click()
    await users.lists("Cleo", "Ben")
    await users.choose("Ben", "Activate")
    await users.told("Ben is active again.")
    await users.lists("Cleo")
    log = users.visitor.toast.filter(has_text="Ben is active again.").get_by_role("button", name="Log")
    await log.click()
    await expect(users.page.get_by_role("heading", name="Audit log", level=1)).to_be_visible()
    assert users.page.url.endswith(await id_of(house, "ben"))


async def test_R45_R46_two_step_is_reset_only_where_it_is_on(house: House) -> None:
    """In the menu for who has it; the user is signed out."""
    await peopled(house)
    users = await Users.opened(house)
    assert "Reset TOTP" not in await users.menu_of("Ben")
    await users.page.keyboard.press("Escape")
    ben = await house.client("ben@example.com")
    secret = (await ben.ask("totp.begin", proof={"password": LONG_ENOUGH}))["secret"]
    await ben.ask("totp.confirm", code=pyotp.TOTP(secret).at(house.clock.now() // 1000))
    await users.row("Ben").locator("a.person").click()
    await expect(users.info.locator(".facts > div", has_text="Two-step sign-in")).to_contain_text("On")
    await users.choose("Ben", "Reset TOTP")
    await users.button("Reset TOTP").click()
    await users.told("The two-step sign-in of Ben was reset.")
    assert (await ben.ended()).code == CloseCode.TOTP_RESET
    await expect(users.info.locator(".facts > div", has_text="Two-step sign-in")).to_contain_text("Off")


async def test_F31_F43_data_is_saved_and_bots_are_handed_over_before_a_removal(house: House) -> None:
    """The dialog stays open over both, and counts again."""
    await peopled(house)
    ben, bob = await house.client("ben@example.com"), await house.client(BOB)
    bot = (await ben.ask("bot.create", userName="lamp-bot"))["user"]["id"]
    users = await Users.opened(house)
    await users.choose("Ben", "Delete…")
    dialog = users.page.get_by_test_id("remove-user")
    async with users.page.expect_download() as saving:
        await users.button("Export data first").click()
    assert (await saving.value).suggested_filename.endswith(".zip")
    await users.button("Hand the bot over").click()
    await users.page.get_by_test_id("hand-over-bots").get_by_role("combobox").fill("bob")
    await users.page.get_by_role("option", name="bob").click()
    await users.button("Hand over").click()
    await expect(dialog.locator("tr", has_text="Bots")).to_have_count(0)
    await dialog.get_by_role("textbox").fill("ben")
    await users.button("Delete user").click()
    await users.told("Ben was deleted.")
    admin = await house.admin()
    assert (await admin.ask("admin.getUser", userId=bot))["user"]["ownerId"] == bob.user_id


async def made_by_ana(house: House) -> tuple[str, str]:
    """Ana makes a token for the server and a link; (her id, the token)."""
    ana = await house.client("ana@example.com")
    ana.password = LONG_ENOUGH
    token = (await ana.ask("admin.createToken", name="backup"))["token"]
    await ana.ask("admin.createLink")
    return ana.user_id, str(token)


async def test_what_an_administrator_made_is_taken_over_before_they_are_none(house: House) -> None:
    """The question says what stops working; taken over, it works on."""
    await peopled(house)
    _, token = await made_by_ana(house)
    users = await Users.opened(house)
    await users.choose("Ana", "Remove Admin")
    question = users.page.get_by_test_id("ask")
    await expect(question).to_contain_text("They made 2 tokens, webhooks and links for the server.")
    await users.visitor.axe_for_everybody(None, "light", "dark", "phone")
    await users.button("Take over").click()
    await expect(question).to_contain_text("is yours now and works on.")
    await question.get_by_role("button", name="Remove Admin").click()
    await users.told("Ana is no longer an administrator.")
    answer = await ask(house.running, token)
    assert answer.status_code == 200


async def test_without_being_taken_over_it_ends(house: House) -> None:
    """Also with a deactivation, whose question says the same."""
    await peopled(house)
    _, token = await made_by_ana(house)
    users = await Users.opened(house)
    await users.choose("Ana", "Deactivate")
    await expect(users.page.get_by_test_id("made")).to_be_visible()
    await users.button("Deactivate").click()
    await expect(users.row("Ana").locator(".state")).to_have_text("Deactivated")
    assert (await ask(house.running, token)).status_code == 401


async def test_channels_that_somebody_made_go_with_them_if_that_is_wanted(house: House) -> None:
    """The removal says how many there are and in how many others wrote; off at first."""
    await peopled(house)
    ben, bob = await house.client("ben@example.com"), await house.client(BOB)
    for name in ("spam", "more-spam"):
        made = (await ben.ask("channel.create", name=name))["channel"]["id"]
    await bob.ask("message", channelId=made, content="what is this?")
    users = await Users.opened(house)
    await users.choose("Ben", "Delete…")
    dialog = users.page.get_by_test_id("remove-user")
    switch = dialog.get_by_role("switch", name="Delete the channels they made")
    await expect(switch).not_to_be_checked()
    await expect(dialog).to_contain_text("Others wrote in 1 of them, too.")
    row = dialog.locator("tr", has_text="Channels they made")
    await expect(row).to_contain_text("kept")
    await switch.click()
    await expect(row).to_contain_text("deleted")
    await users.visitor.axe_for_everybody(None, "light", "dark", "phone")
    await dialog.get_by_role("textbox").fill("ben")
    await users.button("Delete user").click()
    await users.told("Ben was deleted.")
    await expect(users.page.get_by_test_id("remove-user")).to_have_count(0)
    listed = (await bob.ask("channel.list"))["channels"]
    assert [channel["name"] for channel in listed if "spam" in channel["name"]] == []


# --- several at once, all at once


async def test_M36_ticked_users_are_deactivated_with_a_result_for_each(house: House) -> None:
    """Oneself cannot be ticked; who was deleted meanwhile is told apart."""
    await peopled(house)
    admin = await house.admin()
    users = await Users.opened(house)
    await expect(users.row("admin").get_by_role("checkbox")).to_have_count(0)
    await users.field("all").check()
    await expect(users.page.locator(".selection")).to_contain_text("3 selected")
    await users.row("Cleo").get_by_role("checkbox").uncheck()
    await users.visitor.axe()
    await users.button("Deactivate").click()
    question = users.page.get_by_test_id("ask")
    await expect(question).to_contain_text("Deactivate 2 users?")
    await admin.ask("admin.removeUser", userId=await id_of(house, "ben"))
    await expect(users.row("Ben")).to_have_count(0)
    await question.get_by_role("button", name="Deactivate", exact=True).click()
    await users.told("1 of 2 deactivated, 1 not.")
    await expect(users.row("Ana").locator(".state")).to_have_text("Deactivated")
    await expect(users.field("search")).to_be_visible()
    await users.button("Show").click()
    await expect(users.page.get_by_test_id("refusals").locator("li")).to_contain_text("Ben")


async def test_RX16_welcome_emails_go_to_all_who_wait(serve: Serve, box: Postbox) -> None:
    house = await serve(email=box.settings())
    admin = await house.admin()
    await admin.ask("admin.inviteUsers", emails=["lea@example.com", "kim@example.com"])
    users = await Users.opened(house)
    await users.field("all").check()
    await users.button("Resend welcome email").click()
    await users.told("2 welcome e-mails are on their way.")
    for address in ("lea@example.com", "kim@example.com"):
        await box.letter_to(address, 2)


async def test_the_list_is_saved_as_csv_as_it_is_narrowed_down(house: House) -> None:
    await peopled(house)
    users = await Users.opened(house)
    await users.field("role").select_option("user")
    await users.lists("Cleo", "Ben")
    async with users.page.expect_download() as saving:
        await users.button("Save these users as CSV").click()
    rows = list(csv.DictReader(io.StringIO(Path(await (await saving.value).path()).read_text(encoding="utf-8-sig"))))
    assert sorted(row["userName"] for row in rows) == ["ben", "cleo"]


# --- Settings, where a part of it stands too


async def test_M12_people_in_settings_say_that_a_letter_was_sent(serve: Serve, box: Postbox) -> None:
    """With e-mail nobody can sign in just because of being added, and a reset is sent to its owner."""
    house = await serve(email=box.settings())
    admin = await house.admin()
    await admin.ask("admin.addUser", userName="ben", email="ben@example.com", password=LONG_ENOUGH)
    await house.client("ben@example.com")
    settings = await SettingsDialog.opened_by(await house.visit(ADMIN_EMAIL), "people")
    await settings.field("email").fill("lea@example.com")
    await settings.dialog.get_by_role("button", name="Add User").click()
    await expect(settings.dialog.get_by_test_id("hand-over")).to_contain_text("lea is invited.")
    await box.letter_to("lea@example.com")
    await settings.person("lea").locator("[data-act=menu]").click()
    await settings.page.get_by_role("menuitem", name="Resend welcome email").click()
    await box.letter_to("lea@example.com", 2)
    await settings.person("ben").locator("[data-act=password]").click()
    await settings.button("Send new password").click()
    await settings.told("A new password is on its way to ben@example.com.")
    await box.letter_to("ben@example.com")
