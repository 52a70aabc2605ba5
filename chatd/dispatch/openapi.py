"""The reference for machines, made from the registry: OpenAPI 3.1 of every request over HTTP."""

from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import models_json_schema

from chatd import __version__
from chatd.dispatch.registry import REGISTRY, Endpoint

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
    models = list({endpoint.model for endpoint in endpoints})
    _, definitions = models_json_schema([(model, "validation") for model in models], ref_template=_REF)
    schemas: dict[str, Any] = definitions.get("$defs", {}) | {"Error": ERROR_SCHEMA}
    paths = {f"/api/{endpoint.type}": {"post": _operation(endpoint, schemas)} for endpoint in endpoints}
    return {
        "openapi": "3.1.0",
        "info": {"title": "chatd", "version": __version__, "description": "Every request of the socket, over HTTP."},
        "paths": dict(sorted(paths.items())),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "cookie": {"type": "apiKey", "in": "cookie", "name": "chatd_session"},
            },
        },
        "security": [{"bearer": []}, {"cookie": []}],
    }


def _operation(endpoint: Endpoint, schemas: dict[str, Any]) -> dict[str, Any]:
    reply = TypeAdapter(endpoint.reply).json_schema(ref_template=_REF)
    schemas |= reply.pop("$defs", {})
    schemas[endpoint.reply.__name__] = reply
    return {
        "operationId": endpoint.type,
        "summary": endpoint.summary,
        "description": f"{endpoint.description} For {endpoint.access.value}.".strip(),
        "requestBody": {
            "content": {"application/json": {"schema": {"$ref": _REF.format(model=endpoint.model.__name__)}}}
        },
        "responses": {
            "200": {
                "description": "done",
                "content": {"application/json": {"schema": {"$ref": _REF.format(model=endpoint.reply.__name__)}}},
            },
            **{
                status: {
                    "description": words,
                    "content": {"application/json": {"schema": {"$ref": _REF.format(model="Error")}}},
                }
                for status, words in _REFUSALS.items()
            },
        },
    }
