"""The parts that views are made of: where the focus goes, what keys do, and what stays usable under a dialog."""

from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Locator, expect

from tests.page.house import House
from tests.page.looks import DESK, PHONE
from tests.page.visitor import Visitor

# Over the page, whatever it shows: a list of three rows, each with a button, and the parts at hand.
STAGE = """async () => {
  const { $loaded } = await import(document.querySelector("script[type=module]").src);
  const { html } = $loaded["lib/ui.js"];
  const { useChat } = $loaded["views/context.js"];
  Object.assign(window, { parts: $loaded["views/parts/parts.js"], html, useChat, picked: [] });
  const list = document.createElement("ul");
  list.innerHTML = ["One", "Two", "Three"].map((word) => `<li><button type="button">${word}</button></li>`).join("");
  const stage = document.createElement("section");
  stage.ariaLabel = "Stage";
  stage.append(list);
  Object.assign(stage.style, { position: "fixed", top: "60px", left: "20px", background: "Canvas" });
  document.body.append(stage);
}"""
MENU = """(anchor) => parts.openMenu({ anchor, label: "Deeds", items: [
  { label: "Edit", icon: "edit", run: () => picked.push("edit") },
  { label: "Export", run: () => picked.push("export") },
  { label: "Make Admin", disabledReason: "There is one already.", run: () => picked.push("admin") },
  "rule",
  { label: "Delete", danger: true, run: () => picked.push("delete") },
] })"""
ASK = """(danger) => { window.answer = parts.confirm(
  { title: "Delete it?", body: "It is gone for everybody.", deed: "Delete", danger }
); }"""
DIALOG = """() => parts.openDialog(({ close }) => html`<${parts.Dialog} title="Profile"
  actions=${html`<${parts.Button} onClick=${close}>Cancel<//><${parts.Button} kind="primary">Save<//>`}>
  <${parts.Field} label="Name" hint="As others see it" error="This is needed." />
  <${parts.Button} onClick=${(event) => (%s)(event.currentTarget)}>More<//>
<//>`)"""


@pytest_asyncio.fixture(loop_scope="session")
async def alice(house: House) -> Visitor:
    return await staged(house)


async def staged(house: House, **visit: Any) -> Visitor:
    alice = await house.visit(**visit)
    await alice.context.request.post(alice.url + "/auth/dev-login", data={"email": "alice@example.com"})
    await alice.go()
    await alice.is_in()
    if not visit.get("has_touch") and visit.get("size") != PHONE:
        await expect(alice.composer).to_be_focused()  # it takes the focus once its channel is there
    await alice.page.evaluate(STAGE)
    return alice


def button(alice: Visitor, name: str) -> Locator:
    return alice.page.get_by_role("button", name=name, exact=True)


def entry(alice: Visitor, name: str) -> Locator:
    return alice.page.get_by_role("menuitem", name=name)


async def open_menu(alice: Visitor, name: str) -> None:
    await button(alice, name).focus()
    await button(alice, name).evaluate(MENU)


# --- dialogs


@pytest.mark.parametrize(("danger", "first"), [(True, "Cancel"), (False, "Delete")])
async def test_a_question_begins_where_enter_does_no_harm(alice: Visitor, danger: bool, first: str) -> None:
    await alice.page.evaluate(ASK, danger)
    await expect(button(alice, first)).to_be_focused()
    await expect(alice.page.get_by_role("dialog", name="Delete it?")).to_have_accessible_description(
        "It is gone for everybody."
    )


@pytest.mark.parametrize(("way", "answer"), [("Delete", True), ("Cancel", False), ("Close", False), ("Escape", False)])
async def test_a_question_is_answered_once_and_gives_the_focus_back(alice: Visitor, way: str, answer: bool) -> None:
    await button(alice, "Two").focus()
    await alice.page.evaluate(ASK, True)
    if way == "Escape":
        await alice.page.keyboard.press("Escape")
    else:
        await button(alice, way).click()
    assert await alice.page.evaluate("answer") is answer
    await expect(alice.page.locator("dialog")).to_have_count(0)
    await expect(button(alice, "Two")).to_be_focused()


async def test_a_press_beside_a_dialog_closes_it(alice: Visitor) -> None:
    await alice.page.evaluate(ASK, True)
    await expect(alice.page.locator("dialog")).to_be_visible()
    await alice.page.mouse.click(5, 300)
    assert await alice.page.evaluate("answer") is False


@pytest.mark.parametrize(("gone", "heir"), [(["Two"], "Three"), (["Two", "Three"], "One")])
async def test_when_what_opened_it_is_gone_the_next_row_gets_the_focus(
    alice: Visitor, gone: list[str], heir: str
) -> None:
    await button(alice, "Two").focus()
    await alice.page.evaluate(ASK, True)
    for name in gone:
        await alice.page.evaluate(
            "(text) => [...document.querySelectorAll('section li')].find((li) => li.textContent === text).remove()",
            name,
        )
    await alice.page.keyboard.press("Escape")
    await expect(button(alice, heir)).to_be_focused()


async def test_a_dialog_begins_in_its_first_field_and_ties_hint_and_error_to_it(alice: Visitor) -> None:
    await alice.page.evaluate(DIALOG % MENU)
    name = alice.page.get_by_label("Name", exact=True)
    await expect(name).to_be_focused()
    await expect(name).to_have_accessible_description("As others see it This is needed.")
    await expect(name).to_have_attribute("aria-invalid", "true")


async def test_two_dialogs_close_one_after_the_other(alice: Visitor) -> None:
    await button(alice, "One").focus()
    await alice.page.evaluate(DIALOG % MENU)
    await button(alice, "More").focus()
    await alice.page.evaluate(ASK, True)
    await alice.page.keyboard.press("Escape")
    await expect(alice.page.locator("dialog")).to_have_count(1)
    await expect(button(alice, "More")).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await expect(button(alice, "One")).to_be_focused()


async def test_a_menu_in_a_dialog_works_and_escape_closes_it_first(alice: Visitor) -> None:
    """Everything outside of a modal dialog is inert: the menu must be inside."""
    await alice.page.evaluate(DIALOG % MENU)
    await button(alice, "More").click()
    await expect(entry(alice, "Edit")).to_be_focused()
    await alice.page.keyboard.press("Escape")
    await expect(entry(alice, "Edit")).to_have_count(0)
    await expect(alice.page.get_by_role("dialog", name="Profile")).to_be_visible()
    await button(alice, "More").click()
    await entry(alice, "Export").click()
    assert await alice.page.evaluate("picked") == ["export"]


# --- menus


async def test_a_menu_is_walked_with_the_keys(alice: Visitor) -> None:
    await open_menu(alice, "One")
    await expect(entry(alice, "Edit")).to_be_focused()
    for key, name in (
        *(("ArrowDown", "Export"), ("ArrowUp", "Edit"), ("ArrowUp", "Delete"), ("ArrowDown", "Edit")),
        *(("End", "Delete"), ("Home", "Edit"), ("m", "Make Admin")),
    ):
        await alice.page.keyboard.press(key)
        await expect(entry(alice, name)).to_be_focused()


async def test_typing_finds_an_entry_by_its_beginning(alice: Visitor) -> None:
    await open_menu(alice, "One")
    await alice.page.keyboard.type("ex")
    await expect(entry(alice, "Export")).to_be_focused()


async def test_an_entry_is_picked_and_the_focus_goes_back(alice: Visitor) -> None:
    await open_menu(alice, "One")
    await alice.page.keyboard.press("End")
    await alice.page.keyboard.press("Enter")
    assert await alice.page.evaluate("picked") == ["delete"]
    await expect(alice.page.get_by_role("menu")).to_have_count(0)
    await expect(button(alice, "One")).to_be_focused()


async def test_an_entry_that_cannot_be_picked_says_why(alice: Visitor) -> None:
    await open_menu(alice, "One")
    await expect(entry(alice, "Make Admin")).to_have_accessible_description("There is one already.")
    await entry(alice, "Make Admin").click(force=True)
    assert await alice.page.evaluate("picked") == []
    await expect(alice.page.get_by_role("menu")).to_be_visible()


@pytest.mark.parametrize("key", ["Escape", "Tab"])
async def test_a_menu_is_left_with_a_key(alice: Visitor, key: str) -> None:
    await open_menu(alice, "One")
    await expect(button(alice, "One")).to_have_attribute("aria-expanded", "true")
    await alice.page.keyboard.press(key)
    await expect(alice.page.get_by_role("menu")).to_have_count(0)
    await expect(button(alice, "One")).to_be_focused()
    await expect(button(alice, "One")).to_have_attribute("aria-expanded", "false")


async def test_a_menu_goes_with_a_press_elsewhere(alice: Visitor) -> None:
    await open_menu(alice, "Three")
    await button(alice, "One").click()
    await expect(alice.page.get_by_role("menu")).to_have_count(0)
    await expect(button(alice, "One")).to_be_focused()


@pytest.mark.parametrize("corner", ["0 auto auto 0", "0 0 auto auto", "auto 0 0 auto", "auto auto 0 0"])
@pytest.mark.parametrize("size", [DESK, PHONE])
async def test_a_menu_never_leaves_the_window(house: House, corner: str, size: tuple[int, int]) -> None:
    alice = await staged(house, size=size)
    await button(alice, "One").evaluate(
        "(button, inset) => Object.assign(button.style, { position: 'fixed', inset })", corner
    )
    await open_menu(alice, "One")
    await expect(entry(alice, "Edit")).to_be_focused()
    inside = """(menu) => {
      const { left, top, right, bottom } = menu.getBoundingClientRect();
      return left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    }"""
    await alice.at_rest()
    assert await alice.page.get_by_role("menu").evaluate(inside)


async def test_on_a_phone_menus_and_dialogs_are_sheets_at_the_lower_edge(house: House) -> None:
    """A tap beside a menu closes it and does nothing else."""
    alice = await staged(house, size=PHONE, has_touch=True)
    await open_menu(alice, "One")
    at_the_edge = """(box) => {
      const { left, right, bottom } = box.getBoundingClientRect();
      return left === 0 && right === innerWidth && bottom === innerHeight;
    }"""
    await alice.at_rest()
    assert await alice.page.get_by_role("menu").evaluate(at_the_edge)
    heights = await alice.page.get_by_role("menuitem").evaluate_all("(all) => all.map((one) => one.offsetHeight)")
    assert min(heights) >= 44
    await button(alice, "Three").evaluate("(three) => three.addEventListener('click', () => picked.push('through'))")
    await button(alice, "Three").tap()
    await expect(alice.page.get_by_role("menu")).to_have_count(0)
    assert await alice.page.evaluate("picked") == []
    await alice.page.evaluate(ASK, True)
    await expect(button(alice, "Cancel")).to_be_focused()
    await alice.at_rest()
    assert await alice.page.locator("dialog .dialog").evaluate(at_the_edge)


# --- results and live regions


async def show(alice: Visitor, text: str) -> None:
    """Through the one road that a page has to its own toasts: a part that reads the Chat."""
    await alice.page.evaluate(
        """async (text) => {
          const chat = await new Promise((resolve) => {
            const close = parts.openDialog(() => (resolve(useChat()), null));
            queueMicrotask(() => setTimeout(close));
          });
          chat.toasts.show({ text, action: { label: "Undo", run: () => picked.push("undo") } });
        }""",
        text,
    )


async def test_a_result_is_read_out_and_offers_its_deed(alice: Visitor) -> None:
    await show(alice, "Message deleted.")
    await expect(alice.toast).to_have_count(1)
    await expect(alice.page.locator("#announcer")).to_have_text("Message deleted.")
    await alice.toast.get_by_role("button", name="Undo").click()
    assert await alice.page.evaluate("picked") == ["undo"]
    await expect(alice.toast).to_have_count(0)


async def test_results_stay_usable_and_audible_under_a_dialog(alice: Visitor) -> None:
    await alice.page.evaluate(DIALOG % MENU)
    await show(alice, "Saved.")
    await expect(alice.page.locator("dialog").get_by_role("status")).to_have_text("Saved.")
    await alice.page.locator("dialog").get_by_test_id("toast").get_by_role("button", name="Dismiss").click()
    await expect(alice.toast).to_have_count(0)
    await expect(alice.page.get_by_role("dialog", name="Profile")).to_be_visible()


async def test_the_two_live_regions_are_always_there(alice: Visitor) -> None:
    for name, role in (("announcer", "status"), ("alerts", "alert")):
        await expect(alice.page.locator(f"#{name}")).to_have_count(1)
        await expect(alice.page.locator(f"#{name}")).to_have_role(role)  # type: ignore[arg-type]


# --- for everybody


async def test_what_floats_is_accessible(house: House) -> None:
    alice = await staged(house)
    await open_menu(alice, "One")
    await alice.axe_for_everybody()
    await alice.page.keyboard.press("Escape")
    await show(alice, "Saved.")
    await alice.page.evaluate(DIALOG % MENU)
    await expect(alice.page.get_by_role("dialog", name="Profile")).to_be_visible()
    await alice.at_rest()
    await alice.axe_for_everybody()


async def test_with_reduced_motion_nothing_moves(house: House) -> None:
    alice = await staged(house, reduced_motion="reduce")
    await open_menu(alice, "One")
    await alice.page.evaluate(ASK, True)
    times = "() => document.getAnimations().map((one) => one.effect.getComputedTiming().duration)"
    assert all(time <= 1 for time in await alice.page.evaluate(times))


async def test_hostile_names_are_names(alice: Visitor) -> None:
    """Markup is text, a direction ends with the name, and the picture's letters come from it unharmed."""
    hostile = "<img src=x onerror=alert(1)> \u202eevil"
    await alice.page.evaluate(
        """(displayName) => parts.openDialog(() => html`<${parts.Dialog} title="Card">
          <p id="card">
            <${parts.Avatar} user=${{ id: "1", displayName }} /><${parts.PersonName} user=${{ id: "1", displayName }} />
          </p>
        <//>`)""",
        hostile,
    )
    await expect(alice.page.locator("#card bdi")).to_have_text(hostile)
    await expect(alice.page.locator("#card img")).to_have_count(0)


async def test_a_picture_that_does_not_load_leaves_the_letters(alice: Visitor) -> None:
    alice.forgive("/avatars/none")
    await alice.page.evaluate(
        """() => parts.openDialog(() => html`<${parts.Dialog} title="Card">
          <p id="card">
            <${parts.Avatar} user=${{ id: "1", displayName: "Maya Lindqvist", avatarUrl: "/avatars/none" }} />
          </p>
        <//>`)"""
    )
    await expect(alice.page.locator("#card .avatar")).to_have_text("ML")
