"""Pictures of the page, and what each of them has to hold to. Where they are kept: CHATD_SCREENSHOTS, a folder."""

import os
from pathlib import Path

from tests.page.visitor import Visitor

PICTURED = ("light", "dark", "phone")


class Camera:
    """Looks at a view in light, dark and on a phone: nothing sideways, nothing serious for axe; may keep pictures."""

    def __init__(self, visitor: Visitor, *names: str) -> None:
        self.visitor, self.names = visitor, names or PICTURED
        folder = os.environ.get("CHATD_SCREENSHOTS")
        self.folder = Path(folder) if folder else None

    async def take(self, view: str) -> None:
        async for look in self.visitor.looks(*self.names):
            await self.visitor.scrolls_one_way()
            await self.visitor.axe(colours=look == "dark")
            if self.folder is not None:
                self.folder.mkdir(parents=True, exist_ok=True)
                file = self.folder / f"{view}.{look}.png"
                await self.visitor.page.screenshot(path=file, animations="disabled", caret="hide")
