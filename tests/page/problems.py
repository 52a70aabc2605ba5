"""What the page must do without: words in the console, exceptions, lost requests, other hosts. Judged by house.py."""

import re
from urllib.parse import urlsplit

from playwright.async_api import BrowserContext, ConsoleMessage, Request, Response, WebError

# What a browser writes by itself when a server goes, and no page can prevent: for `forgive`.
LOST_CONNECTION = r"net::ERR_|WebSocket connection to|WebSocket is already"
# A refused sign-in, and the question who one is that nobody's browser asks, are answered so; Chromium notes each.
REFUSED_AT_THE_DOOR = re.compile(r"the server responded with a status of 4\d\d .*/auth/", re.DOTALL)


class Problems:
    """Listens to one browser context, all its windows, until `stop`."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.found: list[str] = []
        self._host = urlsplit(url).netloc
        self._forgiven: list[str] = []
        self._context = context
        self._listeners = {
            "console": self._console,
            "weberror": self._thrown,
            "requestfailed": self._failed,
            "request": self._asked,
            "response": self._answered,
        }
        for event, listener in self._listeners.items():
            context.on(event, listener)

    def forgive(self, pattern: str) -> None:
        self._forgiven.append(pattern)

    def unforgiven(self) -> list[str]:
        return [found for found in self.found if not any(re.search(kind, found) for kind in self._forgiven)]

    def stop(self) -> None:
        for event, listener in self._listeners.items():
            self._context.remove_listener(event, listener)

    def _console(self, message: ConsoleMessage) -> None:
        found = f"console {message.type}: {message.text} {message.location.get('url', '')}"
        if not REFUSED_AT_THE_DOOR.search(found):
            self.found.append(found)

    def _thrown(self, error: WebError) -> None:
        self.found.append(f"exception: {error.error.stack or error.error}")

    def _failed(self, request: Request) -> None:
        # A page that is left or loaded again breaks off what it was asking.
        if request.failure != "net::ERR_ABORTED":
            self.found.append(f"request failed: {request.failure} {request.url}")

    def _asked(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self._host:
            self.found.append(f"another host was asked: {request.url}")

    def _answered(self, response: Response) -> None:
        if response.status >= 400 and "/auth/" not in response.url:
            self.found.append(f"answered {response.status}: {response.url}")
