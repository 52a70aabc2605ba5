"""The one registry of requests: it feeds the socket, POST /api/<type>, OpenAPI and the reference. Nothing runs here."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any, TypeVar

from chatd.domain.models import Actor, Scope
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
    `scope` is what a token needs to have, and `sign_in` marks what takes more than a token: what makes administrators,
    passwords, addresses, links or tokens, or decides whose an account is.
    `at_once` marks what only listens: it begins in the order of the frames, judged by what this node knows live.
    """

    type: str
    model: Model
    reply: Reply
    access: Access
    page: bool
    proof: bool
    scope: Scope
    sign_in: bool
    at_once: bool
    handler: Handler
    summary: str
    description: str


REGISTRY: dict[str, Endpoint] = {}


def scope_of(access: Access, *, reads: bool) -> Scope:
    """What a token needs for a request that only `reads`, or changes something."""
    if access is Access.ADMIN:
        return "admin:read" if reads else "admin:write"
    return "read" if reads else "write"


def request(
    type: str,
    model: type[Payload],
    reply: type[Any] = Nothing,
    *,
    access: Access = Access.USER,
    page: bool = False,
    proof: bool = False,
    reads: bool = False,
    sign_in: bool = False,
    at_once: bool = False,
) -> Callable[[AnyHandler], AnyHandler]:
    """Declare a handler; `reads` when it changes nothing.

    Its docstring is the reference's text; a handler without one stops the start.
    """

    def declare(handler: AnyHandler) -> AnyHandler:
        text = (handler.__doc__ or "").strip()
        if not text or type in REGISTRY:
            raise RuntimeError(f"{type}: needs a docstring and one declaration only")
        summary, _, rest = text.partition("\n")
        description = " ".join(rest.split())
        terms = (access, page, proof, scope_of(access, reads=reads), sign_in, at_once)
        REGISTRY[type] = Endpoint(type, model, reply, *terms, handler, summary, description)
        return handler

    return declare
