"""The resource routes of administration: HTTP's words around requests of the registry, which do the work."""

from collections.abc import Awaitable, Callable
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from chatd.dispatch.registry import REGISTRY
from chatd.dispatch.resources import RESOURCES, Resource
from chatd.domain.errors import invalid
from chatd.http.knocking import HttpDoor, body_of, json_response, payload_of
from chatd.protocol.requests import validate_texts
from chatd.services import sign_in

Answer = Callable[[Request], Awaitable[Response]]


class ByMethod:
    """One path with all its methods; any other is refused with the names of these (RFC 9110 section 15.5.6)."""

    def __init__(self, answers: dict[str, Answer]) -> None:
        self.answers = answers

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answer = self.answers.get("GET" if scope["method"] == "HEAD" else scope["method"])
        if answer is None:
            raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(self.answers)})
        response = await answer(Request(scope, receive, send))
        await response(scope, receive, send)


def routes(door: HttpDoor) -> list[Route]:
    paths: dict[str, dict[str, Answer]] = {}
    for one in RESOURCES:
        paths.setdefault(one.path, {})[one.method] = _answering(door, one)
    return [Route(path, ByMethod(answers)) for path, answers in paths.items()]


def _answering(door: HttpDoor, resource: Resource) -> Answer:
    async def answer(request: Request) -> Response:
        found, actor = await door.asker(request, restricted=True, type=resource.type)
        body = b""
        if resource.takes_body:
            body = await body_of(request)  # it may have been long in coming: who asks is judged when it is here
            found = await sign_in.identify(door.chat, door.knock(request))
        restricted = found.session.restricted
        reply = await door.dispatcher.call(actor, restricted, resource.type, lambda: _payload(request, resource, body))
        if resource.status is HTTPStatus.NO_CONTENT:
            return Response(status_code=HTTPStatus.NO_CONTENT, headers={"Cache-Control": "no-store"})
        return json_response(reply, resource.status)

    return answer


def _payload(request: Request, resource: Resource, body: bytes) -> dict[str, Any]:
    payload = payload_of(request, body) if resource.takes_body else _query(request, resource)
    if resource.id_field is not None:
        if resource.id_field in payload:
            raise invalid(f"{resource.id_field} stands in the path already.", resource.id_field)
        payload[resource.id_field] = request.path_params["id"]
    return payload


def _query(request: Request, resource: Resource) -> dict[str, Any]:
    """What stands behind the question mark, with numbers and flags read from their text."""
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name in given:
            raise invalid(f"{name} is given twice.", name[:64])
        if "\x00" in value:
            raise invalid("Text holds no U+0000.", name[:64])
        given[name] = value
    return validate_texts(REGISTRY[resource.type].model, given, but=resource.id_field)
