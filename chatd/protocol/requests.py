"""The payload of each request, strict: wrong types and unknown fields are refused before anything is done."""

from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, TypeAdapter, ValidationError, model_validator
from pydantic.alias_generators import to_camel

from chatd.domain.errors import ChatError, invalid
from chatd.domain.models import NEVER, Scope
from chatd.domain.text import require_clear

PAGE_MAX = 200
RESUME_CHANNELS_MAX = 2000
SEQ_MAX = 2**53  # what a JavaScript number holds exactly
OFFSET_MAX = 2**31

Id = Annotated[str, Field(min_length=1, max_length=64)]


def _clear(field: str) -> AfterValidator:
    """A name that shows what it holds; refused when it is given, whatever was stored before."""
    return AfterValidator(lambda name: require_clear(name, field))


Name = Annotated[str, Field(max_length=200)]
DisplayName = Annotated[str, Field(min_length=1, max_length=100), _clear("displayName")]
ShortName = Annotated[str, Field(min_length=1, max_length=80), _clear("name")]  # of webhooks and of the server
Nickname = Annotated[str, Field(max_length=100), _clear("nickname")]
Seq = Annotated[int, Field(ge=0, le=SEQ_MAX)]
Limit = Annotated[int, Field(ge=1, le=PAGE_MAX)]
Offset = Annotated[int, Field(ge=0, le=OFFSET_MAX)]
Password = Annotated[str, Field(max_length=1024)]  # the policy judges; this only bounds what it looks at


def _left_out(schema: dict[str, Any]) -> None:
    """In the reference of a field that may be left out but has no null: what it is when it is there."""
    schema |= next(option for option in schema.pop("anyOf") if option != {"type": "null"})
    del schema["default"]


def _only_what_is_given(schema: dict[str, Any]) -> None:
    """In the reference of a change: what is left out stays as it is, so that it has no default."""
    for field in schema["properties"].values():
        field.pop("default", None)


class Payload(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel,
        populate_by_name=False,
        extra="forbid",
        strict=True,
        frozen=True,
        hide_input_in_errors=True,
    )

    def given(self) -> dict[str, Any]:
        """The fields that the client sent, by their Python names."""
        return {name: getattr(self, name) for name in self.model_fields_set}


class Empty(Payload):
    pass


class SendMessage(Payload):
    channel_id: Id
    content: str
    client_id: Id | None = None
    thread_id: Id | None = None
    quoted_message_id: Id | None = None
    attachments: list[Any] = Field(default=[], max_length=0, description="not served yet: leave out or empty")
    encrypted: None = Field(default=None, description="not served yet: leave out")


class EditMessage(Payload):
    message_id: Id
    content: str


class Proof(Payload):
    """Who one is, once more: one of the two."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1, "maxProperties": 1})

    password: Password | None = Field(None, json_schema_extra=_left_out)
    totp: str | None = Field(
        None, max_length=32, description="a code of the app, or a recovery code", json_schema_extra=_left_out
    )

    @model_validator(mode="after")
    def _one(self) -> "Proof":
        if len(self.model_fields_set) != 1 or (self.password is None) == (self.totp is None):
            raise invalid("Give password or totp, and not both.", "proof")
        return self


class Proven(Payload):
    """Before such a request whoever has two-step sign-in proves themselves again, once in 30 minutes."""

    proof: Proof | None = None


class OneMessage(Payload):
    message_id: Id


class _Page(Payload):
    before: Id | None = Field(None, description="a message's id: what is older")
    after: Id | None = Field(None, description="a message's id: what is newer")
    limit: Limit = 50

    @model_validator(mode="after")
    def _one_edge(self) -> "_Page":
        if self.before is not None and self.after is not None:
            raise invalid("Give before or after, not both.", "after")
        return self


class History(_Page):
    channel_id: Id


class ThreadHistory(_Page):
    message_id: Id = Field(description="the id of the thread's root")


class Changes(Payload):
    channel_id: Id
    after: Seq


class Resume(Payload):
    channels: dict[Id, Seq] = Field(max_length=RESUME_CHANNELS_MAX, description="channel id -> last `seq` seen")


class React(Payload):
    message_id: Id
    reaction: str
    remove: bool = False


class CreateChannel(Payload):
    name: Name
    topic: str = Field("", max_length=250)
    kind: Literal["public", "private"] = "public"
    members: list[Id] = Field(default=[], max_length=500, description="user ids, for a private channel")


class UpdateChannel(Payload):
    model_config = ConfigDict(json_schema_extra=_only_what_is_given)

    channel_id: Id
    name: Name | None = Field(None, json_schema_extra=_left_out)
    topic: str | None = Field(None, max_length=250, json_schema_extra=_left_out)
    kind: Literal["public", "private"] | None = Field(None, json_schema_extra=_left_out)
    archived: bool | None = Field(None, json_schema_extra=_left_out)


class OneChannel(Payload):
    channel_id: Id


class DeleteChannel(Proven):
    channel_id: Id


class ChannelMembers(Payload):
    channel_id: Id
    offset: Offset = 0
    limit: Limit = 50


class ChannelMember(Payload):
    channel_id: Id
    user_id: Id


class ListChannels(Payload):
    all: bool = Field(default=False, description="administrators: also the private ones they are not in")


class OpenDirect(Payload):
    user_ids: list[Id] = Field(min_length=1, max_length=9)


class Read(Payload):
    channel_id: Id
    message_id: Id


class SetPresence(Payload):
    status: Literal["online", "away", "dnd", "offline"]


class ListPresence(Payload):
    user_ids: list[Id] | None = Field(None, max_length=500)


class GetUsers(Payload):
    user_ids: list[Id] = Field(max_length=PAGE_MAX)


class FindUsers(Payload):
    query: str = Field(min_length=1, max_length=100)
    limit: Limit = 50


class FetchPicture(Payload):
    user_id: Id | None = Field(None, description="oneself; a bot of one's own; for administrators anybody")
    url: str = Field(max_length=2000, description="https or http")


class RemovePicture(Payload):
    user_id: Id | None = Field(None, description="as in `user.fetchPicture`")


class UpdateMe(Proven):
    model_config = ConfigDict(json_schema_extra=_only_what_is_given)

    display_name: DisplayName | None = Field(None, json_schema_extra=_left_out)
    email: str | None = Field(None, max_length=254)
    # A path of this server: browsers take a backslash for a slash and skip tabs, and "//" names another host.
    avatar_url: str | None = Field(None, max_length=500, pattern=r"^/[^/\\\s][^\\\s]*$")
    status_message: str | None = Field(None, max_length=120)
    bio: str | None = Field(None, max_length=1000)
    nickname: Nickname | None = Field(None)
    timezone: str | None = Field(None, max_length=64)


class ChangePassword(Payload):
    current_password: Password
    new_password: Password
    sign_out_others: bool = False
    tokens: bool = Field(default=False, description="also one's tokens, and those of one's bots")


class LeaveServer(Payload):
    password: Password | None = None


class OneSession(Payload):
    session_id: Id


def _either_name(schema: dict[str, Any]) -> None:
    names = ("userName", "email")
    schema["anyOf"] = [{"required": [name], "properties": {name: {"type": "string"}}} for name in names]


class AddUser(Proven):
    model_config = ConfigDict(json_schema_extra=_either_name)

    user_name: str | None = Field(None, max_length=200)
    email: str | None = Field(None, max_length=254)
    display_name: DisplayName | None = Field(None)
    password: Password | None = None
    role: Literal["admin", "user"] = "user"
    set_random_password: bool = Field(False, description="made up, sent by e-mail, changed at the first sign-in")
    require_password_change: bool = False
    send_welcome_email: bool = False
    verified: bool = False
    status_message: str | None = Field(None, max_length=120)
    bio: str | None = Field(None, max_length=1000)
    nickname: Nickname | None = Field(None)
    timezone: str | None = Field(None, max_length=64)
    extension: str | None = Field(None, max_length=32, pattern=r"^[0-9*#+]{1,32}$", description="of the telephone")


class RemoveUser(Proven):
    user_id: Id
    message_erasure: Literal["keep", "unlink", "delete"] = "keep"
    delete_channels: bool = Field(False, description="also every channel that they made, with what others wrote there")
    confirm: str | None = Field(None, max_length=200, description="the user name, typed again")


class ListUsers(Payload):
    tab: Literal["all", "pending", "active", "deactivated"] = "all"
    search: str | None = Field(None, max_length=100)
    role: Literal["admin", "user", "bot"] | None = None
    days_idle: int | None = Field(None, ge=1, le=10_000, description="only who was not here for so many days")
    sort: Literal["createdAt", "lastLoginAt", "name", "userName", "email", "status"] = "createdAt"
    order: Literal["asc", "desc"] = "desc"
    offset: Offset = 0
    limit: Limit = 50


class OneUser(Payload):
    user_id: Id


class DeactivateUsers(Proven):
    user_ids: list[Id] = Field(min_length=1, max_length=100)


class Stats(Payload):
    period: Literal["day", "month", "year"] | None = Field(None, description="also the figures over this time")


class DeactivateIdle(Proven):
    days_idle: int = Field(ge=1, le=10_000, description="neither signed in nor active for so many days")
    role: Literal["admin", "user"] = "user"


class UpdateUser(Proven):
    model_config = ConfigDict(json_schema_extra=_only_what_is_given)

    user_id: Id
    user_name: str | None = Field(None, max_length=200, json_schema_extra=_left_out)
    display_name: DisplayName | None = Field(None, json_schema_extra=_left_out)
    email: str | None = Field(None, max_length=254)
    email_verified: bool | None = Field(None, json_schema_extra=_left_out)
    role: Literal["admin", "user"] | None = Field(None, json_schema_extra=_left_out)
    password: Password | None = Field(None, description="empty or left out: it stays")
    require_password_change: bool | None = Field(None, json_schema_extra=_left_out)
    status_message: str | None = Field(None, max_length=120)
    bio: str | None = Field(None, max_length=1000)
    nickname: Nickname | None = Field(None)
    timezone: str | None = Field(None, max_length=64)
    extension: str | None = Field(None, max_length=32, pattern=r"^[0-9*#+]{1,32}$", description="of the telephone")
    session_limit: int | None = Field(None, ge=0, le=10_000, description="null: the server's, 0: unlimited")


class Watch(Payload):
    topics: list[Literal["users", "sessions", "audit", "stats"]] = Field(max_length=4)


class InviteUsers(Proven):
    emails: list[Annotated[str, Field(max_length=254)]] = Field(min_length=1, max_length=100)
    role: Literal["admin", "user"] = "user"
    expires_in_days: int = Field(3, ge=1, le=30)


class ResendWelcome(Payload):
    user_id: Id
    expires_in_days: int = Field(3, ge=1, le=30)


class CreateLink(Proven):
    expires_in_days: int = Field(7, ge=1, le=365)
    uses: int | None = Field(None, ge=1, le=10_000, description="null: as often as one likes")


class OneLink(Payload):
    link_id: Id


class RemovalPreview(Payload):
    user_id: Id


class ListAudit(Payload):
    action: str | None = Field(
        None, max_length=256, description="an action, or its beginning followed by a dot and *; several with commas"
    )
    actor_id: Id | None = None
    target_id: Id | None = None
    after: int | None = Field(None, ge=0, le=SEQ_MAX, description="epoch ms")
    before: int | None = Field(None, ge=0, le=SEQ_MAX, description="epoch ms")
    before_id: int | None = Field(None, ge=1, le=SEQ_MAX, description="entries older than this one; `total` counts all")
    search: str | None = Field(None, max_length=100)
    offset: Offset = 0
    limit: Limit = 50


class Export(Proven):
    """`tab`, `role` and `daysIdle` are about users, `action` and what follows it about the audit log."""

    what: Literal["users", "audit"]
    format: Literal["csv", "json"] = "csv"
    search: str | None = Field(None, max_length=100)
    tab: Literal["all", "pending", "active", "deactivated"] = "all"
    role: Literal["admin", "user", "bot"] | None = None
    days_idle: int | None = Field(None, ge=1, le=10_000, description="as in `admin.listUsers`")
    action: str | None = Field(None, max_length=256, description="as in `admin.auditLog`")
    actor_id: Id | None = None
    target_id: Id | None = None
    after: int | None = Field(None, ge=0, le=SEQ_MAX, description="epoch ms")
    before: int | None = Field(None, ge=0, le=SEQ_MAX, description="epoch ms")

    @model_validator(mode="after")
    def _of_its_kind(self) -> "Export":
        of_users, of_log = {"tab", "role", "days_idle"}, {"action", "actor_id", "target_id", "after", "before"}
        if strange := sorted(self.model_fields_set & (of_log if self.what == "users" else of_users)):
            name = to_camel(strange[0])
            raise invalid(f"{name} does not go with an export of {self.what}.", name)
        return self


class ExportMe(Proven):
    pass


class RevokeAll(Proven):
    tokens: bool = Field(default=False, description="also all tokens but the server's own")


class RevokeOfUser(Payload):
    user_id: Id
    tokens: bool = Field(default=False, description="also their tokens, and those of their bots")


class OneUserProven(Proven):
    user_id: Id


class SetRole(Proven):
    user_id: Id
    role: Literal["admin", "user"]


class ResetPassword(Proven):
    user_id: Id
    mode: Literal["manual", "email"]
    password: Password | None = None
    require_change: bool = False
    revoke_sessions: bool = False
    tokens: bool = Field(default=False, description="also their tokens, and those of their bots")


class ListSessions(Payload):
    user_id: Id | None = None
    search: str | None = Field(None, max_length=100)
    active_after: int | None = Field(None, ge=0, le=SEQ_MAX, description="epoch ms")
    active_before: int | None = Field(None, ge=0, le=SEQ_MAX, description="epoch ms")
    online: bool = Field(False, description="only those with an open socket")
    sort: Literal["createdAt", "lastActiveAt", "expiresAt"] = "createdAt"
    order: Literal["asc", "desc"] = "desc"
    offset: Offset = 0
    limit: Limit = 50


# Bots, tokens, webhooks.

Expiry = Annotated[int, Field(ge=0, lt=NEVER)]
Scopes = Annotated[list[Scope], Field(min_length=1, max_length=4)]
TokenName = Annotated[str, Field(min_length=1, max_length=100), _clear("name")]


class CreateToken(Proven):
    name: TokenName
    expires_at: Expiry | None = Field(None, description="epoch ms; null: never")
    bot_id: Id | None = Field(None, description="a bot of one's own that the token acts as; left out: oneself")
    scopes: Scopes = Field(default=["read", "write"], description="what it may do; `admin:*` only as its person may")


class ListOwnTokens(Payload):
    bot_id: Id | None = None


class OneToken(Payload):
    token_id: Id


class CreateSystemToken(Proven):
    name: TokenName
    expires_at: Expiry | None = Field(None, description="epoch ms; null: never")
    scopes: Scopes = Field(default=["read", "write", "admin:read", "admin:write"], description="what it may do")


class ListTokens(Payload):
    user_id: Id | None = None
    offset: Offset = 0
    limit: Limit = 50


class CreateBot(Proven):
    user_name: str = Field(max_length=200)
    display_name: DisplayName | None = Field(None)
    with_token: bool = Field(default=False, description="make its first token too")


class ListBots(Payload):
    user_id: Id | None = Field(None, description="administrators: whose")
    all: bool = Field(default=False, description="administrators: everybody's, and those of webhooks")
    offset: Offset = 0
    limit: Limit = 50


class UpdateBot(Payload):
    model_config = ConfigDict(json_schema_extra=_only_what_is_given)

    bot_id: Id
    user_name: str | None = Field(None, max_length=200, json_schema_extra=_left_out)
    display_name: DisplayName | None = Field(None, json_schema_extra=_left_out)
    avatar_url: str | None = Field(None, max_length=500, pattern=r"^/[^/\\\s][^\\\s]*$")  # as in UpdateMe
    status_message: str | None = Field(None, max_length=120)
    bio: str | None = Field(None, max_length=1000)


class RemoveBot(Proven):
    bot_id: Id


class TakeOver(Proven):
    user_id: Id


class TransferBots(Proven):
    from_user_id: Id
    to_user_id: Id
    bot_ids: list[Id] | None = Field(None, max_length=500, description="left out: all")
    revoke_tokens: bool = Field(default=False, description="the former owner may know them")


class CreateWebhook(Proven):
    name: ShortName
    channel_id: Id


class ListWebhooks(Payload):
    channel_id: Id | None = None
    offset: Offset = 0
    limit: Limit = 50


class OneWebhook(Payload):
    webhook_id: Id


class UpdateSettings(Proven):
    model_config = ConfigDict(json_schema_extra=_only_what_is_given)

    name: ShortName | None = None
    totp_required: Literal["none", "admins", "all"] | None = None
    require_verified_email: bool | None = None


class BeginTotp(Proven):
    pass


class ConfirmTotp(Payload):
    code: str = Field(max_length=32)


# What HTTP alone takes (PROTOCOL.md section 1).


class PasswordLogin(Payload):
    email: str | None = Field(None, max_length=254)
    login: str | None = Field(None, max_length=254)
    password: Password
    totp: str | None = Field(None, max_length=32)
    remember_me: bool = False

    @model_validator(mode="after")
    def _somebody(self) -> "PasswordLogin":
        if (self.email is None) == (self.login is None):
            raise invalid("Give email or login, and not both.", "login")
        return self


class DevLogin(Payload):
    email: str = Field(max_length=254)


class ForgotPassword(Payload):
    email: str = Field(max_length=254)


class SetupPassword(Payload):
    token: str = Field(max_length=128)
    password: Password
    totp: str | None = Field(None, max_length=32)


class VerifyEmail(Payload):
    token: str = Field(max_length=128)


class Register(Payload):
    join_token: str | None = Field(None, max_length=128, description="from a link by which strangers may register")
    email: str = Field(max_length=254)
    password: Password
    user_name: str | None = Field(None, max_length=200)
    display_name: DisplayName | None = Field(None)


class PostByWebhook(Payload):
    """The body of POST /webhooks/{id}/messages."""

    content: str
    client_id: Id | None = None
    thread_id: Id | None = None
    quoted_message_id: Id | None = None


class Refresh(Payload):
    refresh_token: str = Field(max_length=512)


AnyPayload = TypeVar("AnyPayload", bound=Payload)


def validate(model: type[AnyPayload], payload: dict[str, Any]) -> AnyPayload:
    """The payload as its model. Raises `invalid` with the field and what it must be, never with what was sent."""
    try:
        return model.model_validate(payload)
    except ValidationError as error:
        raise _refusal(error) from None


def validate_texts(model: type[Payload], given: dict[str, str], *, but: str | None = None) -> dict[str, Any]:
    """A payload whose values came as text, such as a query: numbers and flags are read. `but` is given elsewhere."""
    fields: dict[str, Any] = {field.alias or name: field.annotation for name, field in model.model_fields.items()}
    payload: dict[str, Any] = {}
    for name, value in given.items():
        if name not in fields or name == but:
            raise invalid(f"There is no field {name[:128]} here.", name[:64])
        try:
            payload[name] = TypeAdapter(fields[name]).validate_strings(value)
        except ValidationError:
            payload[name] = value  # the model says what it must be
    return payload


def _refusal(error: ValidationError) -> ChatError:
    first = error.errors(include_url=False, include_context=True, include_input=False)[0]
    path = [part for part in first["loc"] if isinstance(part, int) or not part.startswith("function-")]
    field = str(path[0])[:64] if path else None
    where = ".".join(str(part) for part in path)[:128]
    if first["type"] == "value_error":
        return invalid(str(first["ctx"]["error"]), field)
    if first["type"] == "extra_forbidden":
        return invalid(f"There is no field {where} here.", field)
    if first["type"] == "missing":
        return invalid(f"The field {where} is needed.", field)
    message = first["msg"]
    return invalid(f"{where}: {message[0].lower()}{message[1:]}.", field)
