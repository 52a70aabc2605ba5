"""The served OpenAPI tells the truth: whoever asks, whatever he sends, the answer is one that stands in it."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from chatd.dispatch.examples import EXAMPLES
from chatd.dispatch.openapi import openapi
from chatd.dispatch.resources import RESOURCES
from tests.client import Person
from tests.handlers import general
from tests.serving import ADMIN_EMAIL, Running

WRONG = (None, 5.5, "x" * 2000, [], {"a": 1}, -1, True, "\x00")
DOCUMENT = openapi()
TYPES = {(one.path, one.method.lower()): one.type for one in RESOURCES}
OPERATIONS = [(path, method) for path, of_it in DOCUMENT["paths"].items() for method in of_it]


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """What a reference of the document stands for, or the schema itself."""
    name = str(schema.get("$ref", "")).removeprefix("#/components/")
    kind, _, key = name.partition("/")
    return dict(DOCUMENT["components"][kind][key]) if key else schema


def spoilt(payload: dict[str, Any], fields: list[str]) -> Iterator[dict[str, Any]]:
    """The payload as it should be, without anything, with something unknown, with each field wrong or missing."""
    yield payload
    yield {}
    yield payload | {"nonsense": 1}
    for number, name in enumerate(fields):
        yield payload | {name: WRONG[number % len(WRONG)]}
        if name in payload and len(payload) > 1:
            yield {key: value for key, value in payload.items() if key != name}


def require_described(path: str, method: str, answer: httpx.Response) -> None:
    """Status, media type, headers and body are among those of the document."""
    operation = DOCUMENT["paths"][path][method]
    where = f"{method} {path} {answer.request.content[:200]!r}: {answer.status_code} {answer.text[:200]}"
    assert str(answer.status_code) in operation["responses"], where
    said = resolved(operation["responses"][str(answer.status_code)])
    for name in said.get("headers", {}):
        assert name.lower() in answer.headers, where
    content = said.get("content", {})
    if not content:
        assert answer.content == b"", where
        return
    media_type = answer.headers["content-type"].partition(";")[0]
    assert media_type in content, where
    if media_type == "application/json":
        validator = validator_of(json.dumps(content[media_type]["schema"]))
        assert [fault.message for fault in validator.iter_errors(answer.json())] == [], where


@cache
def validator_of(schema: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads(schema) | {"components": DOCUMENT["components"]})


def filled(payload: Any, open_places: dict[str, str]) -> Any:
    """An example with its angle brackets filled; what nothing is known of stays and is nobody's."""
    text = json.dumps(payload)
    for name, value in open_places.items():
        text = text.replace(f"<{name}>", value)
    return json.loads(text)


async def requests(
    node: Running, path: str, method: str, person: Person | None, places: dict[str, str]
) -> list[httpx.Response]:
    """The answers to everything that is tried with one operation."""
    operation = DOCUMENT["paths"][path][method]
    headers = {} if person is None else {"Authorization": f"Bearer {person.access_token}"}
    url = node.url + re.sub("{.*}", places["userId"], path)
    if (body := operation.get("requestBody", {}).get("content", {}).get("application/json")) is None:
        queries = [one["name"] for one in operation.get("parameters", ()) if one["in"] == "query"]
        tried: list[dict[str, Any]] = [{}, {"nonsense": "1"}, *({name: "\ud7ff, 5.5"} for name in queries)]
        return [await node.http.request(method, url, params=params, headers=headers) for params in tried]
    fields = list(resolved(body["schema"]).get("properties", {}))
    example = filled(EXAMPLES.get(TYPES.get((path, method), operation["operationId"]), {}), places)
    example = {name: value for name, value in example.items() if name in fields}
    is_allowed = person is not None and (person.user["isAdmin"] or "admin" not in path)
    tried = list(spoilt(example, fields))[: None if is_allowed else 3]
    answers = [await node.http.request(method, url, json=payload, headers=headers) for payload in tried]
    answers.append(await node.http.request(method, url, content=b"a=1", headers=headers))
    as_json = headers | {"Content-Type": "application/json"}
    answers.append(await node.http.request(method, url, content=b"[", headers=as_json))
    answers.append(await node.http.request(method, url, content=b" " * 65_537, headers=as_json))
    return answers


async def test_F48_R52_FX09_no_answer_is_undocumented(node: Running) -> None:
    """Every operation, asked by a stranger, a user and an administrator, with right, wrong and unreadable bodies."""
    root, room = await node.sign_in(ADMIN_EMAIL), await general(await node.client("alice@example.com"))
    seen = set()
    for number, (path, method) in enumerate(OPERATIONS):
        bystander = await node.sign_in(f"bystander{number}@example.com")
        user, admin = await node.sign_in(f"user{number}@example.com"), await node.sign_in(f"admin{number}@example.com")
        await root.post("/api/admin.setRole", {"userId": admin.id, "role": "admin"})
        admin.user["isAdmin"] = True
        for person in (None, user, admin):
            places = {"userId": bystander.id, "userName": bystander.user["userName"], "ownId": (person or user).id}
            places |= {"channelId": room, "new name": f"new{number}", "new address": f"new{number}@example.com"}
            for answer in await requests(node, path, method, person, places):
                require_described(path, method, answer)
                assert answer.status_code < 500, answer.text
                seen.add(answer.status_code)
        if (await root.get("/auth/me")).status_code == 401:  # all sessions were ended
            root = await node.sign_in(ADMIN_EMAIL)
    assert {200, 201, 204, 400, 401, 403, 404, 409, 413, 415} <= seen


async def test_FX09_what_is_served_is_the_document(node: Running) -> None:
    """Public, and word for word what these tests read."""
    answer = await node.http.get(node.url + "/api/openapi.json")
    assert (answer.status_code, answer.json()) == (200, json.loads(json.dumps(DOCUMENT)))


async def test_FX01_a_resource_refuses_other_methods_with_those_it_has(node: Running) -> None:
    """405 names all of them, also where the path of requests would take a POST."""
    person = await node.sign_in(ADMIN_EMAIL)
    for path, methods in (
        ("/api/admin/users", {"GET", "POST"}),
        ("/api/admin/users/nobody", {"GET", "PUT", "DELETE"}),
        ("/api/admin/sessions", {"GET"}),
        ("/api/admin/sessions/nobody", {"DELETE"}),
    ):
        for method in {"GET", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"} - methods:
            headers = {"Authorization": f"Bearer {person.access_token}"}
            answer = await node.http.request(method, node.url + path, headers=headers)
            assert (answer.status_code, set(answer.headers["allow"].split(", "))) == (405, methods)
