"""Whoever gets a context that was used before finds nothing in it."""

from typing import Any

from tests.page.house import House
from tests.page.visitor import Visitor

LEAVE = """async () => {
  localStorage.setItem("secret", "1");
  sessionStorage.setItem("secret", "1");
  await caches.open("secret");
  await new Promise((resolve) => (indexedDB.open("secret").onsuccess = resolve));
}"""
FIND = """async () => ({
  local: Object.keys(localStorage), session: Object.keys(sessionStorage), cookies: document.cookie,
  caches: await caches.keys(), databases: (await indexedDB.databases()).map(({ name }) => name),
  width: innerWidth, history: history.length, online: navigator.onLine,
  isDark: matchMedia("(prefers-color-scheme: dark)").matches,
})"""


async def found_by(visitor: Visitor) -> dict[str, Any]:
    visitor.forgive("favicon")
    await visitor.go("/README.md")  # of the same origin, and without a script that remembers
    found: dict[str, Any] = await visitor.page.evaluate(FIND)
    return found | {"http cookies": await visitor.context.cookies()}


async def test_nothing_is_left_in_a_context_that_is_used_again(house: House) -> None:
    """Cookies, storage, a lost network, a dark theme and a narrow window: all as in a context that is new."""
    alice = await house.visit()
    new = await found_by(alice)
    await alice.sign_in("alice@example.com")
    await alice.page.evaluate(LEAVE)
    await alice.theme("dark")
    await alice.page.set_viewport_size({"width": 400, "height": 400})
    await alice.page.add_init_script("localStorage.setItem('again', '1')")
    await alice.window()
    left = await found_by(alice)
    alice.forgive()
    await alice.context.set_offline(True)
    await house.leave(alice)
    bob = await house.visit()
    assert bob.context is alice.context
    assert await found_by(bob) == new
    assert {key for key in new if left[key] != new[key]} >= {
        *("local", "session", "caches", "databases", "width", "isDark", "http cookies")
    }


async def test_a_special_context_is_nobody_elses(house: House) -> None:
    """What was made for one language or with permissions is closed after its visitor."""
    alice = await house.visit(locale="en-GB")
    await house.leave(alice)
    assert (await house.visit()).context is not alice.context
