"""Pictures of the page, and what each of them has to hold to. Where they are kept: CHATD_SCREENSHOTS, a folder."""

import os
from pathlib import Path

from tests.page.house import DESK, PHONE
from tests.page.visitor import Visitor

LOOKS = {"light": ("light", DESK), "dark": ("dark", DESK), "phone": ("light", PHONE)}


class Camera:
    """Looks at a view: nothing sideways, nothing serious for axe; keeps a picture where one is wanted."""

    def __init__(self, visitor: Visitor, look: str) -> None:
        self.visitor, self.look = visitor, look
        folder = os.environ.get("CHATD_SCREENSHOTS")
        self.folder = Path(folder) if folder else None

    async def take(self, name: str) -> None:
        page = self.visitor.page
        wider = await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{name} scrolls sideways by {wider} px in {self.look}"
        await self.visitor.axe()
        if self.folder is not None:
            self.folder.mkdir(parents=True, exist_ok=True)
            await page.screenshot(path=self.folder / f"{name}.{self.look}.png", animations="disabled", caret="hide")
