"""Administration as HTTP resources (FEATURES F48, FX01, FX02): each stands for one request of the registry.

A table, so that the routes, OpenAPI and the tests say the same. Answers and codes are those of the request.
"""

from dataclasses import dataclass
from http import HTTPStatus
from typing import Literal


@dataclass(slots=True, frozen=True)
class Resource:
    """`id_field` is the field of the payload that stands in the path as `{id}`.

    The rest of the payload is the body of POST and PUT, and the query of GET and DELETE.
    """

    method: Literal["GET", "POST", "PUT", "DELETE"]
    path: str
    type: str
    status: HTTPStatus
    id_field: str | None = None

    @property
    def takes_body(self) -> bool:
        return self.method in ("POST", "PUT")


WEBHOOK_PATH = "/webhooks/{id}/messages"  # no request of the registry: its token is that of a webhook
EXPORT_PATH = "/exports/{token}"  # nor these: what is sent is no JSON
PICTURE_PATH, OWN_PICTURE_PATH = "/pictures/{id}", "/api/users/{id}/picture"
USERS, SESSIONS = "/api/admin/users", "/api/admin/sessions"
RESOURCES = (
    Resource("GET", USERS, "admin.listUsers", HTTPStatus.OK),
    Resource("POST", USERS, "admin.addUser", HTTPStatus.CREATED),
    Resource("GET", USERS + "/{id}", "admin.getUser", HTTPStatus.OK, "userId"),
    Resource("PUT", USERS + "/{id}", "admin.updateUser", HTTPStatus.OK, "userId"),
    Resource("DELETE", USERS + "/{id}", "admin.removeUser", HTTPStatus.NO_CONTENT, "userId"),
    Resource("GET", SESSIONS, "admin.listSessions", HTTPStatus.OK),
    Resource("DELETE", SESSIONS + "/{id}", "admin.revokeSession", HTTPStatus.NO_CONTENT, "sessionId"),
)
