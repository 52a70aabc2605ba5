"""The reference for machines, made from the registry: OpenAPI 3.1 of every request over HTTP."""

from http import HTTPStatus
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from chatd import __version__
from chatd.dispatch.examples import EXAMPLES, WEBHOOK_EXAMPLE
from chatd.dispatch.registry import REGISTRY, Endpoint
from chatd.dispatch.resources import (
    EXPORT_PATH,
    OWN_PICTURE_PATH,
    PICTURE_PATH,
    RESOURCES,
    WEBHOOK_PATH,
    Resource,
)
from chatd.protocol.http_errors import STATUS
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
_OF_A_BODY = ("413", "415")
_OTHER_CODES = {"415": ["invalid"]}  # HTTP's own refusals have no code of theirs
_HEADERS: dict[str, dict[str, Any]] = {
    "401": {"WWW-Authenticate": {"required": True, "schema": {"const": "Bearer"}}},
    "429": {"Retry-After": {"required": True, "schema": {"type": "string", "pattern": "^[0-9]+$"}}},
}


def _error(status: str) -> dict[str, Any]:
    """The body of a refusal with this status."""
    codes = [str(code) for code, of_it in STATUS.items() if of_it == int(status)]
    return {
        "type": "object",
        "required": ["error", "code", *(["retryAfterMs"] if status == "429" else [])],
        "additionalProperties": False,
        "properties": {
            "error": {"type": "string", "minLength": 1, "description": "a sentence for a person"},
            "code": {"enum": _OTHER_CODES.get(status, codes)},
            "field": {"type": "string", "maxLength": 64, "description": "which part of the request is meant"},
            "retryAfterMs": {"type": "integer", "minimum": 0},
        },
    }


def _refusal(status: str, words: str) -> dict[str, Any]:
    """One of the answers that operations refer to."""
    content = {"application/json": {"schema": _error(status)}}
    return {"description": words, "content": content, "headers": _HEADERS.get(status, {})}


def openapi() -> dict[str, Any]:
    """The whole document."""
    endpoints = list(REGISTRY.values())
    models: list[type[Payload]] = list({PostByWebhook, *(endpoint.model for endpoint in endpoints)})
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    schemas: dict[str, Any] = definitions.get("$defs", {})
    paths = {f"/api/{endpoint.type}": {"post": _operation(endpoint, schemas)} for endpoint in endpoints}
    for resource in RESOURCES:
        paths.setdefault(resource.path, {})[resource.method.lower()] = _resource(resource, schemas)
    paths[WEBHOOK_PATH] = {"post": _webhook()}
    paths[OWN_PICTURE_PATH] = {"put": _sending_a_picture()}
    paths[PICTURE_PATH] = {"get": _file(PICTURE_PATH, "A profile picture.", "id", "image/webp")}
    paths[EXPORT_PATH] = {
        "get": _file(EXPORT_PATH, "The file behind a link of an export, once.", "token", "text/csv", "application/zip")
        | {"security": []}
    }
    return {
        "openapi": "3.1.0",
        "info": {"title": "chatd", "version": __version__, "description": "Every request of the socket, over HTTP."},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "responses": {f"Refused{status}": _refusal(status, words) for status, words in _REFUSALS.items()},
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "description": "of a sign-in, or one made for a script"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "chatd_session"},
                "webhook": {"type": "http", "scheme": "bearer", "description": "the token of this one webhook"},
            },
        },
        "security": [{"bearer": []}, {"cookie": []}],
    }


def _content(model: str, **more: Any) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": _REF.format(model=model)}, **more}}


def _refusals(*, body: bool = True) -> dict[str, Any]:
    statuses = [status for status in _REFUSALS if body or status not in _OF_A_BODY]
    return {status: {"$ref": f"#/components/responses/Refused{status}"} for status in statuses}


def _body(content: dict[str, Any], schema: dict[str, Any]) -> dict[str, Any]:
    needed = schema.get("required") or schema.get("anyOf") or schema.get("minProperties")
    return {"required": bool(needed), "content": content}


def _worded(schema: dict[str, Any]) -> dict[str, Any]:
    """A field as a word of the query, where there is no null: it is left out."""
    options = [option for option in schema.get("anyOf", ()) if option != {"type": "null"}]
    return {key: value for key, value in (schema | dict(*options)).items() if key not in ("anyOf", "default")}


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    reply = TypeAdapter(endpoint.reply).json_schema(ref_template=_REF)
    for name, schema in (reply.pop("$defs", {}) | {endpoint.reply.__name__: reply}).items():
        schemas[name] = {"additionalProperties": False} | schema if schema.get("type") == "object" else schema
    model = endpoint.model.__name__
    return {
        "operationId": endpoint.type,
        "summary": endpoint.summary,
        "description": f"{endpoint.description} For {endpoint.access.value}.".strip(),
        "requestBody": _body(_content(model, example=EXAMPLES[endpoint.type]), schemas[model]),
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
        "description": " ".join(f"As `{endpoint.type}`. {endpoint.description} For {endpoint.access.value}.".split()),
    }
    if resource.takes_body:
        schema = dict(schemas[endpoint.model.__name__]) | {"properties": fields}
        schema["required"] = [name for name in schema.get("required", ()) if name in fields]
        operation["requestBody"] = _body({"application/json": {"schema": schema}}, schema)
    else:
        if fields.pop("proof", None):  # no part of a query
            operation["description"] += " Where it asks for one more proof, give that with another request first."
        parameters += [{"name": name, "in": "query", "schema": _worded(one)} for name, one in fields.items()]
    done: dict[str, Any] = {"description": "done"}
    if resource.status != HTTPStatus.NO_CONTENT:
        done["content"] = _content(endpoint.reply.__name__)
    operation["responses"] = {str(resource.status.value): done, **_refusals(body=resource.takes_body)}
    return operation | ({"parameters": parameters} if parameters else {})


def _webhook() -> dict[str, Any]:
    return {
        "operationId": f"POST {WEBHOOK_PATH}",
        "summary": "Posts into the webhook's channel, as its bot.",
        "description": "401 for a wrong token, whether there is such a webhook or not; 404 for one that was deleted.",
        "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}],
        "requestBody": {"required": True, "content": _content("PostByWebhook", example=WEBHOOK_EXAMPLE)},
        "responses": {"201": {"description": "done", "content": _content("OneMessageReply")}, **_refusals()},
        "security": [{"webhook": []}],
    }


def _named(name: str) -> list[dict[str, Any]]:
    return [{"name": name, "in": "path", "required": True, "schema": {"type": "string"}}]


def _sending_a_picture() -> dict[str, Any]:
    return {
        "operationId": f"PUT {OWN_PICTURE_PATH}",
        "summary": "Makes a profile picture of a file: PNG, JPEG, WebP or GIF, 5 MB at most.",
        "description": "What it is is judged by its content. For oneself, for owners of a bot, and for administrators.",
        "parameters": _named("id"),
        "requestBody": {"required": True, "content": {"application/octet-stream": {"schema": {}}}},
        "responses": {"200": {"description": "done", "content": _content("OneUserReply")}, **_refusals()},
    }


def _file(path: str, summary: str, name: str, *types: str) -> dict[str, Any]:
    content: dict[str, Any] = {type: {"schema": {}} for type in types}
    if "text/csv" in types:
        content["application/json"] = {"schema": {"type": "array"}}
    return {
        "operationId": f"GET {path}",
        "summary": summary,
        "parameters": _named(name),
        "responses": {"200": {"description": "done", "content": content}, **_refusals()},
    }
