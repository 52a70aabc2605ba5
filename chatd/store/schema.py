"""The tables. Times are epoch milliseconds, ids text; the migrations in migrations/ make the same."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = String(64)

users = Table(
    "users",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_name", Text, nullable=False),
    Column("user_name_key", Text, unique=True),  # folded; null once removed, which frees the name
    Column("user_name_look", Text),  # what it is taken for (domain.text); older names may share one
    Column("display_name", Text, nullable=False),
    Column("display_name_key", Text, nullable=False, server_default=text("''")),  # folded, for search and order
    Column("email", Text),
    Column("email_key", Text, unique=True),
    Column("role", String(16), nullable=False),
    Column("password_hash", Text),
    Column("password_version", Integer, nullable=False, server_default=text("0")),  # raised by every change
    Column("password_origin", String(16)),  # generated, configured or chosen: FEATURES M16, M17
    Column("require_password_change", Boolean, nullable=False, server_default=text("0")),
    Column("created_at", BigInteger, nullable=False),
    Column("last_login_at", BigInteger),
    Column("deactivated_at", BigInteger),
    Column("removed_at", BigInteger),
    Column("avatar_url", Text),
    Column("status_message", Text),
    Column("bio", Text),
    Column("nickname", Text),
    Column("nickname_key", Text),
    Column("timezone", Text),
    Column("extension", Text),
    Column("email_verified", Boolean, nullable=False, server_default=text("0")),
    Column("pending_email", Text),  # given, and not confirmed yet
    Column("session_limit", Integer),
    Column("totp_enabled_at", BigInteger),
    Column("wrong_codes", Integer, nullable=False, server_default=text("0")),  # in a row, at sign-ins
    Column("codes_locked_until", BigInteger),
    Column("owner_id", Id),  # of a bot
    Index("ix_users_created", "created_at", "id"),
    Index("ix_users_look", "user_name_look"),
    Index(
        "ix_users_owner",
        "owner_id",
        sqlite_where=text("owner_id IS NOT NULL"),
        postgresql_where=text("owner_id IS NOT NULL"),
    ),
)

sessions = Table(
    "sessions",
    metadata,
    Column("id", Id, primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),  # of the cookie; tokens themselves are never kept
    Column("refresh_number", Integer, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_active_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("remember", Boolean, nullable=False),
    Column("ip", Text, nullable=False),
    Column("user_agent", Text, nullable=False),
    Column("new_place", Boolean, nullable=False),
    Column("restricted", String(32)),
    Column("proved_at", BigInteger),  # when it last gave a second proof
    Column("wrong_proofs", Integer, nullable=False, server_default=text("0")),  # in a row
    Column("proofs_locked_until", BigInteger),
    Column("kind", String(8), nullable=False, server_default=text("'sign_in'")),  # or token: a script's, not a device's
    Column("name", Text),  # of a token, as what follows
    Column("created_by", Id),
    Column("uses", Integer, nullable=False, server_default=text("0")),
    Column("scopes", Text),  # what a token may do, with spaces between
    Index("ix_sessions_user", "user_id", "created_at", "id"),
    Index("ix_sessions_expiry", "expires_at"),
)

channels = Table(
    "channels",
    metadata,
    Column("id", Id, primary_key=True),
    Column("kind", String(16), nullable=False),
    Column("name", Text),
    Column("name_key", Text),
    Column("name_look", Text),
    Column("topic", Text, nullable=False, server_default=text("''")),
    Column("created_by", Id, ForeignKey("users.id")),
    Column("created_at", BigInteger, nullable=False),
    Column("archived_at", BigInteger),
    Column("is_default", Boolean, nullable=False, server_default=text("0")),
    Column("participants_key", Text, unique=True),  # of a direct conversation: the sorted ids
    Column("seq", BigInteger, nullable=False, server_default=text("0")),
    Column("changed_at", BigInteger, nullable=False),  # of the last raise of seq, for the poll of heads
    Column("made_by", Id),  # the account that made it, whoever has it now; not of a direct conversation
    Index("ix_channels_changed", "changed_at"),
    Index("ix_channels_look", "name_look"),
    Index("ix_channels_made_by", "made_by", "kind"),
    Index(
        "uq_channels_public_name",
        "name_key",
        unique=True,
        sqlite_where=text("kind = 'public'"),
        postgresql_where=text("kind = 'public'"),
    ),
)

memberships = Table(
    "memberships",
    metadata,
    # Public channels follow a rule, not rows: here stand who left one, who joined one where the rule is to join,
    # and the members of private channels and direct conversations.
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("state", String(8), nullable=False),  # member or left
    Column("since", BigInteger, nullable=False),
    Index("ix_memberships_user", "user_id"),
)

messages = Table(
    "messages",
    metadata,
    Column("id", Id, primary_key=True),
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("changed_seq", BigInteger, nullable=False),
    Column("author_id", Id, ForeignKey("users.id"), nullable=False),
    Column("content", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("updated_at", BigInteger),
    Column("deleted_at", BigInteger),
    Column("thread_id", Id),
    Column("reply_count", Integer, nullable=False, server_default=text("0")),
    Column("last_reply_at", BigInteger),
    Column("participants", Text),  # JSON list of user ids, of a thread's root
    Column("quoted_message_id", Id),
    Column("mentions", Text),  # JSON list of user ids and group mentions
    Column("pinned_at", BigInteger),
    Column("client_id", String(64)),
    Column("client_digest", String(64)),  # of what was first sent under client_id
    UniqueConstraint("channel_id", "seq"),
    Index("ix_messages_changed", "channel_id", "changed_seq"),
    Index("ix_messages_thread", "thread_id", "seq"),
    Index(
        "uq_messages_client",
        "author_id",
        "channel_id",
        "client_id",
        unique=True,
        sqlite_where=text("client_id IS NOT NULL"),
        postgresql_where=text("client_id IS NOT NULL"),
    ),
    Index(
        "ix_messages_unread",
        "channel_id",
        "seq",
        "author_id",
        sqlite_where=text("thread_id IS NULL AND deleted_at IS NULL"),
        postgresql_where=text("thread_id IS NULL AND deleted_at IS NULL"),
    ),
)

mentions = Table(
    "mentions",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("target", Id, primary_key=True),  # a user's id, @channel or @here
    Column("channel_id", Id, nullable=False),
    Column("seq", BigInteger, nullable=False),
    Column("author_id", Id, nullable=False),
    Index("ix_mentions_unread", "channel_id", "seq"),
)

reactions = Table(
    "reactions",
    metadata,
    Column("message_id", Id, ForeignKey("messages.id", ondelete="CASCADE"), primary_key=True),
    Column("reaction", Text, primary_key=True),
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("created_at", BigInteger, nullable=False),
    Index("ix_reactions_user", "user_id"),
)

read_markers = Table(
    "read_markers",
    metadata,
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("channel_id", Id, ForeignKey("channels.id", ondelete="CASCADE"), primary_key=True),
    Column("message_id", Id, nullable=False),
    Column("seq", BigInteger, nullable=False),
)

webhooks = Table(
    "webhooks",
    metadata,
    # A deleted one stays, so that who still has its token hears that it is gone.
    Column("id", Id, primary_key=True),
    Column("name", Text, nullable=False),
    Column("channel_id", Id, nullable=False),
    Column("bot_id", Id, ForeignKey("users.id"), nullable=False, unique=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_by", Id),
    Column("created_at", BigInteger, nullable=False),
    Column("deleted_at", BigInteger),
    Column("uses", Integer, nullable=False, server_default=text("0")),
    Column("last_used_at", BigInteger),
    Index("ix_webhooks_channel", "channel_id"),
)

mails = Table(
    "mails",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("to_address", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("next_try_at", BigInteger, nullable=False),
    Column("tries", Integer, nullable=False),
    Index("ix_mails_due", "next_try_at"),
)

links = Table(
    "links",
    metadata,
    Column("id", Id, primary_key=True),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("kind", String(16), nullable=False),
    Column("user_id", Id, ForeignKey("users.id")),
    Column("email", Text),  # where it was sent: once the address is another one the link is worth nothing
    Column("created_by", Id),
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("uses_left", Integer),
    Column("used", Integer, nullable=False),
    Index("ix_links_user", "user_id", "kind", "created_at"),
)

exports = Table(
    "exports",
    metadata,
    # One-time links to files that are made while they are fetched. What is in them stands in `wanted`, as JSON.
    Column("token_hash", String(64), primary_key=True),
    Column("user_id", Id, nullable=False),
    Column("session_id", Id, nullable=False),
    Column("wanted", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
)

pictures = Table(
    "pictures",
    metadata,
    # One of each account. Its id is its address: another picture has another one.
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("id", Id, nullable=False, unique=True),
    Column("content", LargeBinary, nullable=False),
    Column("created_at", BigInteger, nullable=False),
)

totp_secrets = Table(
    "totp_secrets",
    metadata,
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("secret", Text, nullable=False),
    Column("used_step", BigInteger, nullable=False),  # no code counts twice
)

recovery_codes = Table(
    "recovery_codes",
    metadata,
    Column("user_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("code_hash", String(64), primary_key=True),
)

password_history = Table(
    "password_history",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("user_id", Id, ForeignKey("users.id"), nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("replaced_at", BigInteger, nullable=False),
    Index("ix_password_history_user", "user_id", "id"),
)

figures = Table(
    "figures",
    metadata,
    # What happened in each hour and each day (UTC): for the charts, without a look at the messages themselves.
    Column("unit", String(8), primary_key=True),
    Column("at", BigInteger, primary_key=True),
    Column("messages", Integer, nullable=False),
    Column("people", Integer, nullable=False),
    Column("sessions", Integer, nullable=False),
    Column("sockets", Integer, nullable=False),
    Column("queue_bytes", BigInteger, nullable=False),
    Column("answers", Integer, nullable=False),
    Column("half_ms", Float, nullable=False),
    Column("most_ms", Float, nullable=False),
)

people_here = Table(
    "people_here",
    metadata,
    # Who was here on that day, until it is counted: two days at most.
    Column("day", BigInteger, primary_key=True),
    Column("user_id", Id, primary_key=True),
)

making = Table(
    "making",
    metadata,
    # How much of one kind an account made in the hour that began at `since`.
    Column("account_id", Id, ForeignKey("users.id"), primary_key=True),
    Column("kind", String(16), primary_key=True),
    Column("since", BigInteger, nullable=False),
    Column("number", Integer, nullable=False),
)

settings = Table(
    "settings",
    metadata,
    Column("key", String(64), primary_key=True),
    Column("value", Text, nullable=False),
)

control_log = Table(
    "control_log",
    metadata,
    # Every change of who may do what, in the order of commits; every node applies every row.
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("node", String(64), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("body", Text, nullable=False),
    Index("ix_control_log_at", "at"),
    sqlite_autoincrement=True,  # ids are never used again, so a cursor never skips a row
)

audit_log = Table(
    "audit_log",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("at", BigInteger, nullable=False),
    Column("actor_id", Id),
    Column("action", String(64), nullable=False),
    Column("target_id", Id),
    Column("ip", Text, nullable=False),
    Column("user_agent", Text, nullable=False, server_default=text("''")),
    Column("detail", Text, nullable=False),
    Index("ix_audit_log_at", "at"),
    Index("ix_audit_log_actor_id", "actor_id", "id"),
    Index("ix_audit_log_target_id", "target_id", "id"),
    sqlite_autoincrement=True,
)
