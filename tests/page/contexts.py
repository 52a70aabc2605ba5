"""Browser contexts that are used again: a new one for each person costs more than all else of a visit.

What a person leaves behind is cleared when the next one comes and nothing of theirs runs any more. A context that was
made in a special way (`locale`, `permissions`, ...) is not used again.
"""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize

Kind = tuple[str, bool]  # what cannot be changed once a context is made: colour scheme, touch


class Contexts:
    """Those of one browser."""

    def __init__(self, browser: Browser) -> None:
        self.taken = 0
        self._browser = browser
        self._kinds: dict[BrowserContext, Kind] = {}
        self._free: dict[Kind, list[BrowserContext]] = defaultdict(list)
        self._origins: dict[BrowserContext, Collection[str]] = {}

    async def take(self, size: tuple[int, int], theme: str, *, has_touch: bool = False, **special: Any) -> Page:
        """A page of a context in which, as far as anybody can tell, nobody was before."""
        self.taken += 1
        kind, viewport = (theme, has_touch), ViewportSize(width=size[0], height=size[1])
        if not special and self._free[kind]:
            return await self._cleared(self._free[kind].pop(), viewport)
        options = {"color_scheme": theme, "has_touch": has_touch, "viewport": viewport}
        context = await self._browser.new_context(**options, **special)
        if not special:
            self._kinds[context] = kind
        return await context.new_page()

    async def give_back(self, context: BrowserContext, origins: Collection[str]) -> None:
        """Close its pages. `origins` are those that they were at."""
        if context not in self._kinds:
            await context.close()
            return
        for page in context.pages:
            await page.close()
        self._origins[context] = origins
        self._free[self._kinds[context]].append(context)

    async def _cleared(self, context: BrowserContext, viewport: ViewportSize) -> Page:
        await context.clear_cookies()
        await context.set_offline(False)
        page = await context.new_page()
        await page.set_viewport_size(viewport)
        session = await context.new_cdp_session(page)
        for origin in self._origins[context]:
            await session.send("Storage.clearDataForOrigin", {"origin": origin, "storageTypes": "all"})
        await session.detach()
        return page
