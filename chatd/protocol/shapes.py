"""The shapes that replies and events are made of: they type the code and become the schemas of the reference."""

from typing import (
    Any,
    Literal,
    NotRequired,  # pydantic needs it before Python 3.12
)

from typing_extensions import TypedDict

from chatd.domain.models import Kind, Restriction, Role, Scope, Status

PresenceStatus = Literal["online", "away", "dnd", "offline"]


class UserCounts(TypedDict):
    sessions: int
    bots: int
    tokens: int


class UserShape(TypedDict):
    id: str
    userName: str
    displayName: str
    email: str | None
    role: Role
    isAdmin: bool
    status: Status
    avatarUrl: str | None
    statusMessage: str | None
    bio: str | None
    nickname: str | None
    timezone: str | None
    createdAt: int
    lastLoginAt: int | None
    pendingEmail: NotRequired[str]
    emailVerified: NotRequired[bool]
    totpEnabled: NotRequired[bool]
    extension: NotRequired[str | None]
    ownerId: NotRequired[str | None]
    sessionLimit: NotRequired[int | None]
    counts: NotRequired[UserCounts]


class ChannelShape(TypedDict):
    id: str
    name: str | None
    topic: str
    kind: Kind
    createdBy: str | None
    createdAt: int
    archivedAt: int | None
    seq: int
    memberCount: int
    userIds: list[str]
    joined: bool | None
    unread: int | None
    mentions: int | None
    lastReadId: str | None


class AuthorShape(TypedDict):
    id: str
    userName: str
    displayName: str
    avatarUrl: str | None
    isBot: bool
    removed: bool


class ThreadShape(TypedDict):
    replyCount: int
    lastReplyAt: int | None
    participants: list[str]


class MessageShape(TypedDict):
    id: str
    channelId: str
    seq: int
    changedSeq: int
    author: AuthorShape
    content: str
    createdAt: int
    updatedAt: int | None
    deletedAt: int | None
    threadId: str | None
    thread: ThreadShape | None
    reactions: dict[str, list[str]]
    attachments: list[Any]
    quotedMessageId: str | None
    mentions: list[str]
    pinnedAt: int | None
    clientId: str | None


class SessionShape(TypedDict):
    id: str
    userId: str
    createdAt: int
    lastActiveAt: int
    expiresAt: int
    ip: str
    userAgent: str
    current: bool
    sockets: int
    newPlace: bool


class PresenceShape(TypedDict):
    userId: str
    status: PresenceStatus
    lastSeenAt: int | None


class Nothing(TypedDict):
    pass


class OneUserReply(TypedDict):
    user: UserShape


class UsersReply(TypedDict):
    users: list[UserShape]


class OneMessageReply(TypedDict):
    message: MessageShape


class MessagePage(TypedDict):
    messages: list[MessageShape]
    hasMore: bool


class ChangesReply(TypedDict):
    messages: list[MessageShape]
    seq: int
    resync: bool


class OneChannelReply(TypedDict):
    channel: ChannelShape


class ChannelsReply(TypedDict):
    channels: list[ChannelShape]


class MembersReply(TypedDict):
    members: list[UserShape]
    total: int


class PresenceReply(TypedDict):
    presence: list[PresenceShape]


class SessionsReply(TypedDict):
    sessions: list[SessionShape]


class SessionsPage(TypedDict):
    sessions: list[SessionShape]
    total: int


class SettingsShape(TypedDict):
    name: str
    totpRequired: Literal["none", "admins", "all"]
    requireVerifiedEmail: bool


class TotpStatusReply(TypedDict):
    enabled: bool
    required: bool
    recoveryCodesLeft: int


class TotpReply(TypedDict):
    secret: str
    uri: str
    picture: str


class RecoveryCodesReply(TypedDict):
    recoveryCodes: list[str]


class SettingsReply(TypedDict):
    settings: SettingsShape


class FixedSettingsShape(TypedDict):
    authMode: Literal["password", "dev"]
    isInviteRequired: bool
    hasEmail: bool
    maxActiveSessions: int
    sessionSeconds: int
    rememberedSeconds: int
    maxSeats: int
    maxSockets: int
    maxContentLength: int
    requestsPerMinute: int
    autoJoinPublicChannels: bool
    passwordPolicy: dict[str, int | bool]


class AllSettingsReply(SettingsReply):
    fixed: FixedSettingsShape


class SyncReply(TypedDict):
    user: UserShape
    users: list[UserShape]
    usersComplete: bool
    channels: list[ChannelShape]
    presence: list[PresenceShape]
    settings: SettingsShape


class ResumeReply(TypedDict):
    channels: dict[str, ChangesReply]
    sync: SyncReply


class RemovedReply(TypedDict):
    userId: str
    closedSockets: int
    deletedChannels: NotRequired[int]


class TabCounts(TypedDict):
    all: int
    pending: int
    active: int
    deactivated: int


class Seats(TypedDict):
    used: int
    max: int


class UserPageReply(TypedDict):
    users: list[UserShape]
    total: int
    counts: TabCounts
    seats: Seats


class RevokedReply(TypedDict):
    revoked: int
    tokens: int


class EndedReply(TypedDict):
    sessions: int
    tokens: int


class ChangedPasswordReply(TypedDict, total=False):
    sessions: int
    tokens: int


class FigurePoint(TypedDict):
    at: int
    messages: int
    people: int
    sessions: int
    sockets: int
    queueBytes: int
    halfMs: float
    mostMs: float


class SeriesShape(TypedDict):
    period: Literal["day", "month", "year"]
    stepMs: int
    start: int
    points: list[FigurePoint]


class StatsReply(TypedDict):
    users: int
    sessions: int
    sockets: int
    messages: int
    nodes: int
    channels: int
    admins: int
    messagesToday: int
    messagesYesterday: int
    peopleToday: int
    queueBytes: int
    series: NotRequired[SeriesShape]


class InviteResult(TypedDict):
    email: str
    userId: str | None
    code: str | None
    message: str | None


class InvitesReply(TypedDict):
    results: list[InviteResult]


class DeactivationResult(TypedDict):
    userId: str
    user: UserShape | None
    code: str | None
    message: str | None


class DeactivationsReply(TypedDict):
    results: list[DeactivationResult]


class IdleReply(DeactivationsReply):
    more: bool


class ExportReply(TypedDict):
    url: str
    name: str
    expiresAt: int


class JoinLinkShape(TypedDict):
    id: str
    createdBy: str | None
    createdAt: int
    expiresAt: int
    usesLeft: int | None
    used: int


class JoinLinkReply(TypedDict):
    link: JoinLinkShape
    url: str


class JoinLinksReply(TypedDict):
    links: list[JoinLinkShape]


class HeirShape(TypedDict):
    channelId: str
    name: str
    heirId: str | None


class MadeCounts(TypedDict):
    madeTokens: int
    madeWebhooks: int
    madeLinks: int


class RemovalCounts(MadeCounts):
    madeChannels: int
    othersWroteIn: int
    messages: int
    reactions: int
    directConversations: int
    sessions: int
    sockets: int
    bots: int
    tokens: int


class PreviewReply(TypedDict):
    userId: str
    userName: str
    lastAdmin: bool
    counts: RemovalCounts
    heirs: list[HeirShape]


class AuditShape(TypedDict):
    id: int
    at: int
    actorId: str | None
    action: str
    targetId: str | None
    ip: str
    userAgent: str
    detail: dict[str, Any]


class AuditPage(TypedDict):
    entries: list[AuditShape]
    people: list[AuthorShape]
    channels: dict[str, str]
    total: int


class TokensReply(TypedDict):
    accessToken: str
    refreshToken: str
    exp: int
    tokenType: Literal["Bearer"]
    user: UserShape
    token: NotRequired[str]


class MeReply(TypedDict):
    user: UserShape
    restricted: NotRequired[Restriction]


TokenKind = Literal["personal", "bot", "system"]


class TokenShape(TypedDict):
    id: str
    kind: TokenKind
    userId: str
    name: str
    scopes: list[Scope]
    createdBy: str | None
    createdAt: int
    expiresAt: int | None
    uses: int
    lastUsedAt: int | None


class MadeTokenReply(TokenShape):
    token: str


class TokenListReply(TypedDict):
    tokens: list[TokenShape]


class TokenPage(TypedDict):
    tokens: list[TokenShape]
    total: int


class TokenOnce(TypedDict):
    token: NotRequired[str]


class MadeBotReply(TokenOnce):
    user: UserShape


class BotPage(TypedDict):
    bots: list[UserShape]
    total: int


class TransferredReply(TypedDict):
    transferred: int


class WebhookShape(TypedDict):
    id: str
    name: str
    channelId: str
    botId: str
    createdBy: str | None
    createdAt: int
    uses: int
    lastUsedAt: int | None


class MadeWebhookReply(TypedDict):
    webhook: WebhookShape
    token: str


class WebhookPage(TypedDict):
    webhooks: list[WebhookShape]
    total: int
