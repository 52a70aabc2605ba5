"""The one registry of requests: it feeds the socket, POST /api/<type>, OpenAPI and the reference. Nothing runs here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from chatd.domain.models import Actor
from chatd.hub.live import LiveSocket
from chatd.protocol.requests import Payload
from chatd.protocol.shapes import Nothing
from chatd.services.chat import Chat


class Access(Enum):
    """Who may send a request."""

    RESTRICTED = "everybody signed in, also while the session is restricted"
    USER = "everybody signed in"
    ADMIN = "administrators"


@dataclass(slots=True, frozen=True)
class Context:
    """What a handler works with. `socket` is None over HTTP."""

    chat: Chat
    actor: Actor
    socket: LiveSocket | None


Handler = Callable[[Context, Any], Awaitable[Any]]
Model = type[Payload]
Reply = type[Any]
AnyHandler = TypeVar("AnyHandler", bound=Handler)


@dataclass(slots=True, frozen=True)
class Endpoint:
    """One request type with its terms.

    `proof` marks deeds that cannot be undone: whoever has two-step sign-in proves himself again first.
    `page` marks replies that may be large: one socket gets them one at a time.
    `at_once` marks what only listens: it begins in the order of the frames, judged by what this node knows live.
    """

    type: str
    model: Model
    reply: Reply
    access: Access
    page: bool
    proof: bool
    at_once: bool
    handler: Handler
    summary: str
    description: str


REGISTRY: dict[str, Endpoint] = {}


def request(
    type: str,
    model: type[Payload],
    reply: type[Any] = Nothing,
    *,
    access: Access = Access.USER,
    page: bool = False,
    proof: bool = False,
    at_once: bool = False,
) -> Callable[[AnyHandler], AnyHandler]:
    """Declare a handler. Its docstring is the reference's text; a handler without one stops the start."""

    def declare(handler: AnyHandler) -> AnyHandler:
        text = (handler.__doc__ or "").strip()
        if not text or type in REGISTRY:
            raise RuntimeError(f"{type}: needs a docstring and one declaration only")
        summary, _, rest = text.partition("\n")
        description = " ".join(rest.split())
        REGISTRY[type] = Endpoint(type, model, reply, access, page, proof, at_once, handler, summary, description)
        return handler

    return declare
