"""What may be set before the start: one model for file, environment and flags. Reading them is loading's."""

import ipaddress
from collections.abc import Iterator
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic.alias_generators import to_camel
from pydantic.config import JsonDict
from pydantic.fields import FieldInfo
from pydantic_settings import BaseSettings, InitSettingsSource, PydanticBaseSettingsSource, SettingsConfigDict

from chatd.domain.errors import ChatError
from chatd.domain.hosts import is_loopback
from chatd.domain.passwords import PasswordPolicy, broken_rules
from chatd.domain.text import require_email, require_user_name

SECRET: JsonDict = {"secret": True}
SECRET_BYTES = 32
MIKROCHAT_DEFAULT_SECRET = "your-jwt-secret"  # noqa: S105 - the well-known one, named here to be refused


def _origin(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/") or parts.query:
        raise ValueError("an origin such as https://chat.example.com")
    return f"{parts.scheme}://{parts.netloc}".lower()


def _network(value: str) -> str:
    try:
        ipaddress.ip_network(value)
    except ValueError:
        raise ValueError("an address or network such as 10.0.0.0/8") from None
    return value


def _redis_url(value: str) -> str:
    if urlsplit(value).scheme not in ("redis", "rediss", "unix"):
        raise ValueError("a URL such as redis://127.0.0.1:6379/0")
    return value


def _auth_mode(value: object) -> object:
    if value in ("magic-link", "oauth"):
        raise ValueError(f'"password" or "dev"; {value} sign-in is not served by this version')
    return value


def _jwt_secret(value: str) -> str:
    if value == MIKROCHAT_DEFAULT_SECRET or len(value.encode()) < SECRET_BYTES:  # RFC 7518 section 3.2
        raise ValueError("a random text of 32 characters or more, or leave it out and chatd makes and keeps one")
    return value


def _metrics_token(value: str) -> str:
    if len(value.encode()) < SECRET_BYTES or not (value.isascii() and value.isprintable()) or " " in value:
        raise ValueError("a random text of 32 characters or more: letters, digits and signs, no spaces")
    return value


def _no_database_url(value: object) -> object:
    if value is not None:
        raise ValueError("nothing; this version stores in SQLite, below storage.databaseDirectory")
    return value


Origin = Annotated[str, AfterValidator(_origin)]
Network = Annotated[str, AfterValidator(_network)]


class Section(BaseModel):
    model_config = ConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", strict=True, frozen=True, validate_default=True
    )


class Auth(Section):
    auth_mode: Annotated[Literal["password", "dev"], BeforeValidator(_auth_mode)] = Field(
        "password", description="how people sign in; `dev` needs no password and is for tests only"
    )
    dev_mode_anywhere: bool = Field(
        False, description="lets `dev` listen beyond this machine: whoever reaches it is whoever they like"
    )
    jwt_secret: Annotated[str, AfterValidator(_jwt_secret)] | None = Field(
        None,
        description="signs access tokens; made and kept in the data folder when left out",
        json_schema_extra=SECRET,
    )
    jwt_expiry_seconds: int = Field(900, ge=10, le=86_400, description="life of an access token")
    refresh_token_expiry_seconds: int = Field(604_800, ge=60, description="life of an unused session")
    remember_me_expiry_seconds: int = Field(2_592_000, ge=60, description="the same with `rememberMe`")
    max_active_sessions: int = Field(3, ge=0, le=10_000, description="sessions per user, 0 = unlimited")
    is_invite_required: bool = Field(True, description="false lets anybody register")
    bcrypt_cost: int = Field(12, ge=4, le=16, description="work factor of password hashes, each step doubles it")
    password_policy: PasswordPolicy = Field(default_factory=PasswordPolicy, description="what a password must be")


class InitialUser(Section):
    id: str | None = Field(None, min_length=1, max_length=64, description="its id, random when left out")
    user_name: str = Field("admin", description="the first administrator's user name")
    email: str | None = Field("admin@localhost", description="and e-mail address")
    password: str | None = Field(
        None, description="and password; without one a one-time password is printed once", json_schema_extra=SECRET
    )

    @model_validator(mode="after")
    def _valid_names(self) -> "InitialUser":
        try:
            require_user_name(self.user_name)
            if self.email is not None and self.email != "admin@localhost":
                require_email(self.email)
        except ChatError as error:
            raise ValueError(error.message.rstrip(".")) from None
        return self


class Chat(Section):
    initial_user: InitialUser = Field(default_factory=InitialUser, description="created on the first start only")
    auto_join_public_channels: bool = Field(True, description="everybody is in every public channel until he leaves")
    max_content_length: int = Field(4000, ge=1, le=10_000, description="longest message, in code points")
    audit_retention_days: int = Field(
        0, ge=0, le=36_500, description="how long entries of the audit log are kept, 0 = for ever"
    )


class Email(Section):
    host: str = Field("", description="SMTP server; without it no e-mail is sent, and what needs it is refused")
    port: int = Field(465, ge=1, le=65_535, description="its port")
    user: str = Field("", description="name to sign in with there, and the sender unless `from` is set")
    password: str | None = Field(None, description="and password", json_schema_extra=SECRET)
    secure: bool = Field(True, description="TLS from the first byte; false: STARTTLS where the server offers it")
    sender_address: str = Field("", alias="from", description="the address that letters come from")
    max_retries: int = Field(2, ge=0, le=20, description="further tries of a letter that could not be sent")

    @property
    def is_configured(self) -> bool:
        return bool(self.host)

    @property
    def sender(self) -> str:
        return self.sender_address or self.user

    @model_validator(mode="after")
    def _has_a_sender(self) -> "Email":
        if self.host and "@" not in self.sender:
            raise ValueError("host needs an address to send from: set from, or user where that is an address")
        return self


class Storage(Section):
    database_directory: str = Field("chatd_data", min_length=1, description="folder of the database and the secrets")
    database_url: Annotated[str | None, BeforeValidator(_no_database_url)] = Field(
        None, description="reserved for PostgreSQL", json_schema_extra=SECRET
    )
    durability: Literal["full", "normal"] = Field(
        "full", description="`normal` may lose the last moments at a power cut, never at a crash"
    )


class Redis(Section):
    url: Annotated[str, AfterValidator(_redis_url)] | None = Field(
        None, description="joins several nodes; without it everything is in memory", json_schema_extra=SECRET
    )


class RateLimit(Section):
    enabled: bool = Field(True, description="false lifts all of them, sign-in included")
    requests_per_minute: int = Field(
        600, ge=1, description="per session, four times that per account, else per address; burst a tenth"
    )


class Server(Section):
    host: str = Field("127.0.0.1", min_length=1, description="address to listen on")
    port: int = Field(3000, ge=0, le=65_535, description="port to listen on, 0 = any free one")
    workers: int = Field(1, ge=1, le=64, description="processes of this node group; more than 1 needs redis.url")
    use_https: bool = Field(False, description="speak TLS with sslCert and sslKey")
    ssl_cert: str = Field("", description="path of the certificate chain (PEM)")
    ssl_key: str = Field("", description="path of the private key (PEM)")
    rate_limit: RateLimit = Field(default_factory=RateLimit, description="requests over HTTP and sockets")
    allowed_domains: tuple[Origin, ...] = Field((), strict=False, description="foreign origins that may use cookies")
    trusted_proxies: tuple[Network, ...] = Field(
        (),
        strict=False,
        description="whose X-Forwarded-* or Forwarded is believed; they must set or strip X-Forwarded-For",
    )
    metrics_networks: tuple[Network, ...] = Field(
        (), strict=False, description="who may read /metrics and the reasons of /ready, beside this machine itself"
    )
    metrics_token: Annotated[str, AfterValidator(_metrics_token)] | None = Field(
        None, description="and who sends this as a bearer token", json_schema_extra=SECRET
    )
    picture_networks: tuple[Network, ...] = Field(
        (), strict=False, description="inner networks that profile pictures may be fetched from, beside the internet"
    )
    public_url: Origin | None = Field(None, description="the origin people see, behind a proxy")
    session_max_days: int = Field(
        90, ge=1, le=3650, description="after so many days a session ends, however often it is used"
    )
    max_seats: int = Field(0, ge=0, description="active people at most, 0 = unlimited")
    max_sockets: int = Field(
        0,
        ge=0,
        description="sockets of one node at most, a tenth kept for returning people and administrators; "
        "0 = what file descriptors allow",
    )
    max_queue_bytes: int = Field(
        268_435_456, ge=1_048_576, description="unsent bytes of all sockets together; near it less is read"
    )
    heartbeat_seconds: int = Field(25, ge=1, le=300, description="interval of the server's pings")
    log_level: Literal["debug", "info", "warning", "error"] = Field("info", description="least important line logged")

    @model_validator(mode="after")
    def _certificate_with_https(self) -> "Server":
        if self.use_https and not (self.ssl_cert and self.ssl_key):
            raise ValueError("useHttps needs sslCert and sslKey")
        return self


class Config(BaseSettings):
    """Everything that is decided before the start."""

    model_config = SettingsConfigDict(
        alias_generator=to_camel, populate_by_name=True, extra="forbid", strict=True, frozen=True
    )

    auth: Auth = Field(default_factory=Auth)
    chat: Chat = Field(default_factory=Chat)
    email: Email = Field(default_factory=Email)
    storage: Storage = Field(default_factory=Storage)
    redis: Redis = Field(default_factory=Redis)
    server: Server = Field(default_factory=Server)

    @model_validator(mode="after")
    def _parts_fit(self) -> "Config":
        if self.server.workers > 1 and self.redis.url is None:
            raise ValueError("server.workers over 1 needs redis.url, so that the processes hear of each other")
        if self.auth.auth_mode == "dev" and not (self.auth.dev_mode_anywhere or is_loopback(self.server.host)):
            raise ValueError(
                f"auth.authMode dev asks for no password, so it listens on this machine only: server.host "
                f"{self.server.host} needs auth.authMode password, or auth.devModeAnywhere true on a network "
                "where everybody may be administrator"
            )
        password = self.chat.initial_user.password
        if password is not None and (broken := broken_rules(self.auth.password_policy, password)):
            raise ValueError(f"chat.initialUser.password needs {', '.join(broken)}")
        return self

    @property
    def address(self) -> str:
        """Where people open the page, as far as the settings tell."""
        host = f"[{self.server.host}]" if ":" in self.server.host else self.server.host
        scheme = "https" if self.server.use_https else "http"
        return self.server.public_url or f"{scheme}://{host}:{self.server.port}"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        flags, file, environment = layers
        return (init_settings, *(InitSettingsSource(settings_cls, layer) for layer in (flags, file, environment)))


layers: tuple[dict[str, Any], dict[str, Any], dict[str, Any]] = ({}, {}, {})


def settings() -> Iterator[tuple[str, FieldInfo]]:
    """Every setting with its dotted path, in the order of the file."""

    def walk(model: type[BaseModel], prefix: str) -> Iterator[tuple[str, FieldInfo]]:
        for name, field in model.model_fields.items():
            path = prefix + (field.alias or to_camel(name))
            if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
                yield from walk(field.annotation, path + ".")
            else:
                yield path, field

    return walk(Config, "")


FIELDS = dict(settings())


def is_secret(path: str) -> bool:
    field = FIELDS.get(path)
    return field is not None and field.json_schema_extra == SECRET
