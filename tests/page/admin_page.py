"""A page of the admin panel as tests stand before it: what all of its pages have."""

from abc import ABC, abstractmethod
from typing import ClassVar, Self

from playwright.async_api import Locator, expect

from tests.page.house import House
from tests.page.visitor import Visitor
from tests.serving import ADMIN_EMAIL


class AdminPage(ABC):
    """One page of one administrator: where things stand on it."""

    path: ClassVar[str]

    def __init__(self, visitor: Visitor) -> None:
        self.visitor = visitor
        self.page = visitor.page

    @classmethod
    async def opened(cls, house: House, path: str = "", **visit: object) -> Self:
        found = cls(await house.visit(ADMIN_EMAIL, **visit))  # type: ignore[arg-type]
        await found.go(path)
        return found

    async def go(self, path: str = "") -> None:
        await self.visitor.go(f"/#/admin/{self.path}{path}")
        await self.page.reload()  # another hash alone is no new page
        await expect(self.landmark).to_be_visible()

    @property
    @abstractmethod
    def landmark(self) -> Locator:
        """What shows that the page is there."""

    def button(self, name: str) -> Locator:
        return self.page.get_by_role("button", name=name, exact=True).last

    async def told(self, sentence: str) -> None:
        await expect(self.visitor.toast.filter(has_text=sentence)).to_be_visible()
