"""A page whose files are missing, as happens while nodes are upgraded one after the other, heals by itself."""

import re
from collections.abc import Callable

import pytest
from playwright.async_api import Route, expect

from tests.page.house import House
from tests.serving import ADMIN_EMAIL

UPDATED = "The server is being updated. This page loads again by itself."


def missing(times: int) -> Callable[[Route], object]:
    """Answers as a node of another build does, so many times."""
    left = iter(range(times))

    async def answer(route: Route) -> None:
        if next(left, None) is None:
            await route.continue_()
        else:
            await route.fulfill(status=404, body="{}", content_type="application/json")

    return answer


@pytest.mark.parametrize("file", ["app.js", "styles/page.css"])
async def test_a_missing_file_is_waited_for(house: House, file: str) -> None:
    """The script or a style: the page says what is going on, and is there when the file is."""
    alice = await house.visit()
    alice.forgive(r"404|MIME type")
    await alice.page.route(re.compile(rf"/static/.*/{file}$"), missing(times=2))
    await alice.go()
    await expect(alice.page.get_by_role("status").filter(has_text=UPDATED)).to_be_visible()
    await expect(alice.page.get_by_test_id("sign-in")).to_be_visible(timeout=20_000)
    await expect(alice.page.get_by_text(UPDATED)).to_be_hidden()
    await alice.page.wait_for_function("() => sessionStorage.getItem('chatd.missed') === null")


async def test_a_style_that_is_missing_later_reloads_nothing(house: House) -> None:
    """What the page fetches once it is whole is asked for again by whoever needs it; nothing that is open is lost."""
    admin = await house.visit()
    admin.forgive(r"404|MIME type")
    style = re.compile(r"/static/.*/styles/admin\.css$")
    await admin.page.route(style, missing(times=1))
    async with admin.page.expect_response(style):
        await admin.sign_in(ADMIN_EMAIL)
        await admin.page.evaluate("window.isSame = true")
    await admin.channel_row("general").focus()
    await admin.page.keyboard.press("g")
    await admin.page.keyboard.press("a")
    await expect(admin.page.get_by_test_id("admin-panel")).to_be_visible()
    await expect(admin.page.get_by_text(UPDATED)).to_be_hidden()
    await admin.page.get_by_test_id("back-to-chat").click()
    await expect(admin.composer).to_be_visible()
    assert await admin.page.evaluate("window.isSame")


async def test_a_whole_page_says_nothing_of_it(house: House) -> None:
    """Without a failure nothing is shown, kept or asked."""
    alice = await house.visit()
    await alice.go()
    await expect(alice.page.get_by_test_id("sign-in")).to_be_visible()
    await expect(alice.page.get_by_text(UPDATED)).to_be_hidden()
