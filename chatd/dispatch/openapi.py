"""The reference for machines, made from the registry: OpenAPI 3.1 of every request over HTTP."""

from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from chatd import __version__
from chatd.dispatch.registry import REGISTRY, Endpoint
from chatd.dispatch.resources import RESOURCES, WEBHOOK_PATH, Resource
from chatd.protocol.requests import Payload, PostByWebhook

_REF = "#/components/schemas/{model}"
_REFUSALS = {
    "400": "invalid",
    "401": "not signed in",
    "403": "not allowed, or the session is restricted",
    "404": "no such thing",
    "409": "it contradicts what is",
    "413": "too large",
    "415": "not JSON",
    "429": "too many requests",
    "500": "something went wrong here",
    "503": "busy or stopping",
}
ERROR_SCHEMA = {
    "type": "object",
    "required": ["error", "code"],
    "properties": {
        "error": {"type": "string", "description": "a sentence for a person"},
        "code": {"type": "string"},
        "field": {"type": "string"},
        "retryAfterMs": {"type": "integer"},
    },
}


def openapi() -> dict[str, Any]:
    """The whole document."""
    endpoints = list(REGISTRY.values())
    models: list[type[Payload]] = list({PostByWebhook, *(endpoint.model for endpoint in endpoints)})
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    schemas: dict[str, Any] = definitions.get("$defs", {}) | {"Error": ERROR_SCHEMA}
    paths = {f"/api/{endpoint.type}": {"post": _operation(endpoint, schemas)} for endpoint in endpoints}
    for resource in RESOURCES:
        paths.setdefault(resource.path, {})[resource.method.lower()] = _resource(resource, schemas)
    paths[WEBHOOK_PATH] = {"post": _webhook()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "chatd", "version": __version__, "description": "Every request of the socket, over HTTP."},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "of a sign-in, or one made for a script"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "chatd_session"},
                "webhook": {"type": "http", "scheme": "bearer", "description": "the token of this one webhook"},
            },
        },
        "security": [{"bearer": []}, {"cookie": []}],
    }


def _content(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model)}}}


def _refusals() -> dict[str, Any]:
    return {status: {"description": words, "content": _content("Error")} for status, words in _REFUSALS.items()}


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    reply = TypeAdapter(endpoint.reply).json_schema(ref_template=_REF)
    schemas |= reply.pop("$defs", {})
    schemas[endpoint.reply.__name__] = reply
    return {
        "operationId": endpoint.type,
        "summary": endpoint.summary,
        "description": f"{endpoint.description} For {endpoint.access.value}.".strip(),
        "requestBody": {"content": _content(endpoint.model.__name__)},
        "responses": {"200": {"description": "done", "content": _content(endpoint.reply.__name__)}, **_refusals()},
    }


def _resource(resource: Resource, schemas: dict[str, Any]) -> dict[str, Any]:
    """A resource route: the request's payload in the path, and in the query or the body."""
    endpoint = REGISTRY[resource.type]
    fields: dict[str, Any] = dict(schemas[endpoint.model.__name__]["properties"])
    parameters = []
    if resource.id_field is not None:
        parameters.append({"name": "id", "in": "path", "required": True, "schema": fields.pop(resource.id_field)})
    operation: dict[str, Any] = {
        "operationId": f"{resource.method} {resource.path}",
        "summary": endpoint.summary,
        "description": f"As `{endpoint.type}`. {endpoint.description} For {endpoint.access.value}.".strip(),
    }
    if resource.takes_body:
        schema = {"type": "object", "additionalProperties": False, "properties": fields}
        operation["requestBody"] = {"content": {"application/json": {"schema": schema}}}
    else:
        parameters += [{"name": name, "in": "query", "schema": schema} for name, schema in fields.items()]
    done: dict[str, Any] = {"description": "done"}
    if resource.status != HTTPStatus.NO_CONTENT:
        done["content"] = _content(endpoint.reply.__name__)
    operation["responses"] = {str(resource.status.value): done, **_refusals()}
    return operation | ({"parameters": parameters} if parameters else {})


def _webhook() -> dict[str, Any]:
    return {
        "operationId": f"POST {WEBHOOK_PATH}",
        "summary": "Posts into the webhook's channel, as its bot.",
        "description": "401 for a wrong token, whether there is such a webhook or not; 404 for one that was deleted.",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "requestBody": {"content": _content("PostByWebhook")},
        "responses": {"201": {"description": "done", "content": _content("OneMessageReply")}, **_refusals()},
        "security": [{"webhook": []}],
    }
