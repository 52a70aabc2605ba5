"""An example payload of every request: shown by the reference, and sent by the test of both roads as it stands here.

What is in angle brackets stands for an id or another value that only the asker knows. Replies have none here: the
shapes say what they are.
"""

from typing import Any

PASSWORD = "one of seven horses"  # noqa: S105 - of nobody: the test makes people who have it
_CHANNEL = {"channelId": "<channelId>"}
_MESSAGE = {"messageId": "<messageId>"}
_USER = {"userId": "<userId>"}
_BOT = {"botId": "<botId>"}
_TOKEN = {"tokenId": "<tokenId>"}

WEBHOOK_EXAMPLE = {"content": "Version 2 is out.", "clientId": "build-4711"}
_PROVEN = {"proof": {"password": PASSWORD}}
EXAMPLES: dict[str, dict[str, Any]] = {
    # everybody
    "ping": {},
    "sync": {},
    "resume": {"channels": {"<channelId>": 0}},
    "user.get": {"userIds": ["<userId>"]},
    "user.find": {"query": "ann", "limit": 10},
    "user.fetchPicture": {"url": "<pictureUrl>"},
    "user.removePicture": {"userId": "<botId>"},
    "message": _CHANNEL | {"content": "Lunch at **one**? @ann", "clientId": "5f0c3a52-7a0e-4c52-9c1b-6f5d2f0f9a11"},
    "message.edit": _MESSAGE | {"content": "Lunch at **two**?"},
    "message.delete": _MESSAGE,
    "message.history": _CHANNEL | {"before": "<messageId>", "limit": 100},
    "message.changes": _CHANNEL | {"after": 0},
    "thread.history": _MESSAGE | {"limit": 20},
    "reaction": _MESSAGE | {"reaction": "👍"},
    "channel.create": {"name": "<new name>", "topic": "What comes next", "kind": "private", "members": ["<userId>"]},
    "channel.update": _CHANNEL | {"topic": "What came last", "archived": False},
    "channel.delete": _CHANNEL,
    "channel.join": _CHANNEL,
    "channel.leave": _CHANNEL,
    "channel.members": _CHANNEL | {"offset": 0, "limit": 100},
    "channel.addMember": _CHANNEL | _USER,
    "channel.removeMember": _CHANNEL | _USER,
    "channel.list": {"all": False},
    "dm.open": {"userIds": ["<userId>"]},
    "read": _CHANNEL | _MESSAGE,
    "typing": _CHANNEL,
    "presence.set": {"status": "away"},
    "presence.list": {"userIds": ["<userId>"]},
    "me": {},
    "me.update": {"displayName": "Ann A.", "statusMessage": "on the train", "timezone": "Europe/Berlin", "bio": None},
    "me.changePassword": {"currentPassword": PASSWORD, "newPassword": PASSWORD + "!", "signOutOthers": True},
    "me.leaveServer": {"password": PASSWORD},
    "me.export": {},
    "session.list": {},
    "session.revoke": {"sessionId": "<sessionId>"},
    "session.signOut": {},
    "session.signOutOthers": {},
    "token.create": _PROVEN
    | {"name": "nightly report", "expiresAt": 4_000_000_000_000, "botId": "<botId>", "scopes": ["read"]},
    "token.list": _BOT,
    "token.revoke": _TOKEN,
    "bot.create": _PROVEN | {"userName": "<new name>", "displayName": "Reporter", "withToken": True},
    "bot.list": {"limit": 20},
    "bot.update": _BOT | {"displayName": "Reporter", "bio": "Posts the figures of the night."},
    "bot.remove": _BOT,
    "totp.status": {},
    "totp.begin": _PROVEN,
    "totp.confirm": {"code": "<code>"},
    "totp.newCodes": {"totp": "<recovery code>"},
    "totp.disable": {"totp": "<recovery code>"},
    # administrators: people
    "admin.addUser": {
        "userName": "<new name>", "displayName": "Carol C.", "password": PASSWORD, "role": "user",
        "requirePasswordChange": True, "nickname": "Caro", "timezone": "Europe/Berlin",
    },
    "admin.inviteUsers": {"emails": ["<new address>", "not an address"], "expiresInDays": 7},
    "admin.resendWelcome": {"userId": "<pendingId>"},
    "admin.listUsers": {"tab": "active", "search": "ann", "role": "user", "sort": "name", "order": "asc", "limit": 20},
    "admin.getUser": _USER,
    "admin.updateUser": _USER | {"displayName": "Ann A.", "bio": None, "extension": "4711", "sessionLimit": 5},
    "admin.setRole": _USER | {"role": "admin", "proof": {"password": PASSWORD}},
    "admin.resetPassword": _USER
    | {"mode": "manual", "password": PASSWORD + "?", "requireChange": True, "revokeSessions": True},
    "admin.resetTotp": _USER | {"proof": {"password": PASSWORD}},
    "admin.deactivateUser": _USER,
    "admin.deactivateUsers": {"userIds": ["<userId>", "<ownId>"]},
    "admin.deactivateIdle": {"daysIdle": 10_000, "role": "user"},
    "admin.activateUser": _USER,
    "admin.removeUserPreview": _USER,
    "admin.removeUser": _USER | {"messageErasure": "unlink", "confirm": "<userName>"},
    "admin.exportUser": _USER,
    "admin.takeOver": {"userId": "<userId>"},
    "admin.transferBots": {"fromUserId": "<ownId>", "toUserId": "<userId>", "revokeTokens": True},
    # administrators: sessions, tokens, webhooks, links
    "admin.listSessions": _USER | {"online": False, "sort": "lastActiveAt", "order": "desc", "limit": 20},
    "admin.revokeSession": {"sessionId": "<othersSessionId>"},
    "admin.revokeUserSessions": _USER,
    "admin.revokeAllSessions": {"proof": {"password": PASSWORD}},
    "admin.createToken": {"name": "backup", "expiresAt": 4_000_000_000_000},
    "admin.listTokens": _USER,
    "admin.revokeToken": _TOKEN,
    "admin.createWebhook": _CHANNEL | {"name": "deployments"},
    "admin.listWebhooks": _CHANNEL,
    "admin.deleteWebhook": {"webhookId": "<webhookId>"},
    "admin.createLink": {"expiresInDays": 7, "uses": 5},
    "admin.listLinks": {},
    "admin.deleteLink": {"linkId": "<linkId>"},
    # administrators: the server
    "admin.getSettings": {},
    "admin.updateSettings": {"name": "The Lighthouse", "totpRequired": "none"},
    "admin.stats": {},
    "admin.auditLog": {"action": "role.*,user.removed", "search": "ann", "after": 1_700_000_000_000, "limit": 20},
    "admin.export": {"what": "users", "format": "csv", "tab": "active"},
    "admin.watch": {"topics": ["users", "stats"]},
}  # fmt: skip
