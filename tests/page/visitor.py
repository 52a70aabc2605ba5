"""One person at a browser: what they do on the page, what they see. Where things stand in the page is known here."""

import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from playwright.async_api import Locator, Page, expect

from tests.page.looks import LOOKS
from tests.page.problems import LOST_CONNECTION, Problems
from tests.page.wire import Wire

PATIENCE_MS = 10_000
AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")
# What turns for ever is not waited for. What fades has colours that nobody will read.
AT_REST = """
const isMoving = ({ effect, playState }) => playState === "running" && effect.getComputedTiming().endTime < 1e6;
for (let moving; (moving = document.getAnimations().filter(isMoving)).length; ) {
  await Promise.all(moving.map((animation) => animation.finished.catch(() => {})));
}
"""
TWO_FRAMES = "await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));"
RUN_AXE = """
const options = colours ? { runOnly: ["color-contrast", "link-in-text-block"] } : {};
const { violations } = await axe.run(within ?? document, { resultTypes: ["violations"], ...options });
return violations.map(({ id, impact, help, nodes }) => ({
  id, impact, help, nodes: nodes.map(({ target, failureSummary }) => [target.join(" "), failureSummary]),
}));
"""
SERIOUS = ("serious", "critical")
expect.set_options(timeout=PATIENCE_MS)


class Visitor:
    """A browser of its own, with its own cookies and storage. More windows of the same person: `window()`."""

    def __init__(self, page: Page, url: str, problems: Problems, wire: Wire | None = None) -> None:
        self.page = page
        self.context = page.context
        self.url = url
        self.problems = problems
        self.wire = wire  # only with `visit(wired=True)`
        self.context.set_default_timeout(PATIENCE_MS)

    def forgive(self, pattern: str = LOST_CONNECTION) -> None:
        """Expect problems of one kind, because this test brings them about. Said before they happen or after."""
        self.problems.forgive(pattern)

    # --- coming in

    async def go(self, path: str = "/") -> None:
        await self.page.goto(self.url + path)

    async def sign_in(self, email: str, path: str = "/") -> None:
        """Come in without the form (dev mode): the browser gets its cookie, then the page is opened."""
        answer = await self.context.request.post(self.url + "/auth/dev-login", data={"email": email})
        assert answer.ok, await answer.text()
        await self.go(path)
        await self.is_in()

    async def sign_in_by_form(self, login: str, password: str | None = None) -> None:
        """Fill in what the page asks for: an address in dev mode, else name and password."""
        if not self.page.url.startswith(self.url):
            await self.go()
        form = self.page.get_by_test_id("sign-in")
        await form.locator("input[name=email], input[name=login]").fill(login)
        if password is not None:
            await form.locator("input[name=password]").fill(password)
        await form.locator("button[type=submit]").click()

    async def is_in(self) -> None:
        """Wait until the chat is shown and can be written in; on a phone it is the list or the conversation."""
        size = self.page.viewport_size
        if size is not None and size["width"] < 720:
            shown = self.page.get_by_test_id("server-name").or_(self.composer)
            await expect(shown.filter(visible=True).first).to_be_visible()
            return
        await expect(self.page.get_by_test_id("server-name")).to_be_visible()
        await expect(self.composer).to_be_visible()

    async def is_out(self, sentence: str | None = None) -> None:
        """Wait until the sign-in form is shown, with this sentence above it."""
        await expect(self.page.get_by_test_id("sign-in")).to_be_visible()
        if sentence is not None:
            await expect(self.page.get_by_test_id("sign-in")).to_contain_text(sentence)

    async def window(self, path: str = "/") -> "Visitor":
        """Another window of the same browser: same cookies, same storage."""
        other = Visitor(await self.context.new_page(), self.url, self.problems, self.wire)
        if self.page.viewport_size is not None:
            await other.page.set_viewport_size(self.page.viewport_size)
        await other.go(path)
        return other

    # --- parts of the page

    @property
    def composer(self) -> Locator:
        """Where one writes in the open channel."""
        return self._composer_in(self.page.locator("main"))

    @property
    def thread_composer(self) -> Locator:
        return self._composer_in(self.thread_panel)

    @staticmethod
    def _composer_in(place: Locator) -> Locator:
        return place.locator("textarea[data-testid=composer], [data-testid=composer] textarea").first

    @property
    def stream(self) -> Locator:
        return self.page.locator("main").get_by_test_id("stream").first

    @property
    def thread_panel(self) -> Locator:
        return self.page.get_by_test_id("thread-panel")

    @property
    def banner(self) -> Locator:
        return self.page.get_by_test_id("banner")

    @property
    def toast(self) -> Locator:
        return self.page.get_by_test_id("toast")

    def channel_row(self, name: str) -> Locator:
        """The sidebar's row of a channel or of a direct conversation."""
        exact = re.compile(rf"^\s*{re.escape(name)}\s*$")
        rows = self.page.get_by_test_id("channel-row")
        return rows.filter(has=self.page.locator("bdi").filter(has_text=exact)).first

    def message(self, text: str, place: Locator | None = None) -> Locator:
        """The newest message of the list whose text contains this."""
        return (place or self.stream).get_by_test_id("message").filter(has_text=text).last

    async def messages(self, place: Locator | None = None) -> list[str]:
        """All that is written in each message now in the document, oldest first."""
        return await (place or self.stream).get_by_test_id("message").all_inner_texts()

    # --- deeds

    async def open_channel(self, name: str) -> None:
        """Click its row; done when the composer stands under it."""
        await self.channel_row(name).click()
        await expect(self.channel_row(name)).to_have_attribute("aria-current", "page")
        await expect(self.composer).to_be_visible()

    async def send(self, text: str, *, in_thread: bool = False) -> None:
        """Write and press Enter. It is in one's own list when this returns, acknowledged or not."""
        box = self.thread_composer if in_thread else self.composer
        await box.fill(text)
        await box.press("Enter")
        await expect(box).to_have_value("")

    async def has_sent_all(self) -> None:
        """Wait until the server has every message of one's own in the open channel."""
        await expect(self.stream.locator("[data-testid=message]:not([data-id])")).to_have_count(0)

    async def sees(self, text: str, place: Locator | None = None) -> None:
        """Wait for a message that contains this."""
        await expect(self.message(text, place)).to_be_visible()

    async def does_not_see(self, text: str, place: Locator | None = None) -> None:
        """Wait until no message contains this. That it never comes is for `sees` of a later message to show."""
        await expect((place or self.stream).get_by_test_id("message").filter(has_text=text)).to_have_count(0)

    async def loses_connection(self) -> None:
        """Cut this visitor's own wire, and see the page notice."""
        assert self.wire is not None, "visit(wired=True)"
        self.forgive()
        self.wire.cut()
        await expect(self.banner).to_be_visible()

    async def regains_connection(self) -> None:
        assert self.wire is not None, "visit(wired=True)"
        self.wire.mend()
        await expect(self.banner).to_be_hidden(timeout=40_000)  # the next try may be half a minute away

    # --- judging

    async def at_rest(self) -> None:
        """Wait until nothing slides or fades any more."""
        await self.page.evaluate(f"async () => {{ {AT_REST} }}")

    async def theme(self, name: str) -> None:
        """The system's theme turns "light" or "dark"."""
        await self.page.emulate_media(color_scheme="dark" if name == "dark" else "light")

    async def looks(self, *names: str) -> AsyncIterator[str]:
        """What is on the page now, in one look (looks.py) after the other; in the end it is as it was.

        What was walked through once is seen by everybody so, without walking again.
        """
        before = self.page.viewport_size
        theme = "dark" if await self.page.evaluate("matchMedia('(prefers-color-scheme: dark)').matches") else "light"
        assert before is not None
        for name in names or LOOKS:
            await self._look(*LOOKS[name])
            yield name
        await self._look(theme, (before["width"], before["height"]))

    async def _look(self, theme: str, size: tuple[int, int]) -> None:
        await self.theme(theme)
        width, height = size
        if self.page.viewport_size != {"width": width, "height": height}:
            await self.page.set_viewport_size({"width": width, "height": height})
        await self.page.evaluate(f"async () => {{ {TWO_FRAMES} {AT_REST} }}")

    async def axe(self, within: str | None = None, *, colours: bool = False) -> list[dict[str, Any]]:
        """Hold the page against the rules of WCAG 2.2 A and AA and axe's own good practice, or those of `colours` only.

        Nothing serious or critical may be found; the rest is returned.
        """
        if not await self.page.evaluate("typeof axe === 'object'"):
            await self.page.evaluate(AXE)
        given = {"within": within, "colours": colours}
        found: list[dict[str, Any]] = await self.page.evaluate(
            f"async ({{ within, colours }}) => {{ {AT_REST} {RUN_AXE} }}", given
        )
        serious = [violation for violation in found if violation["impact"] in SERIOUS]
        assert not serious, json.dumps(serious, indent=2, ensure_ascii=False)
        return found

    async def axe_for_everybody(self, within: str | None = None, *names: str) -> None:
        """The same in every look, or those named: on a phone, and in the dark, where only colours are others."""
        async for name in self.looks(*names):
            await self.axe(within, colours="dark" in name)
            await self.scrolls_one_way()

    async def scrolls_one_way(self) -> None:
        """Nothing is wider than the window."""
        wider = await self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"the page scrolls sideways by {wider} px"
