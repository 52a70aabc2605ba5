// Who is shown which deed on a channel: the creator, an administrator, a member, the outsider.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  canAddMembers, canLeave, canManage, canRemoveMembers, canReshape, canWrite, isDefault,
} from "../../../static/models/channel_rights.js";

const alice = { id: "alice", isAdmin: false };
const bob = { id: "bob", isAdmin: false };
const admin = { id: "root", isAdmin: true };
const channel = (more) => ({
  kind: "public", name: "firmware", createdBy: "alice", joined: true, archivedAt: null, userIds: [], ...more,
});
const general = channel({ name: "general", createdBy: null });

test("its creator and administrators manage a channel, nobody else", () => {
  assert.ok(canManage(channel(), alice) && canManage(channel(), admin));
  assert.ok(!canManage(channel(), bob));
  assert.ok(canReshape(channel(), alice) && !canReshape(channel(), bob));
});

test("nobody manages a direct conversation, or leaves it", () => {
  const direct = channel({ kind: "dm", name: null });
  assert.ok(!canManage(direct, alice) && !canManage(direct, admin));
  assert.ok(!canLeave(direct) && !canAddMembers(direct, admin) && !canRemoveMembers(direct, admin));
});

test("general keeps its name and its people; its topic is an administrator's", () => {
  assert.ok(isDefault(general) && !isDefault(channel({ name: "general" })));
  assert.ok(canManage(general, admin) && !canReshape(general, admin));
  assert.ok(!canLeave(general) && !canAddMembers(general, admin) && !canRemoveMembers(general, admin));
});

test("any member of a private channel brings others in, but only who manages it takes them out", () => {
  const secret = channel({ kind: "private" });
  assert.ok(canAddMembers(secret, bob) && !canRemoveMembers(secret, bob));
  assert.ok(!canAddMembers(channel({ kind: "private", joined: false }), bob));
  assert.ok(!canAddMembers(channel(), bob), "a public channel is joined, not given");
});

test("who has left or finds it archived only reads", () => {
  assert.ok(canWrite(channel()));
  assert.ok(!canWrite(channel({ joined: false })) && !canWrite(channel({ archivedAt: 1 })));
  assert.ok(!canLeave(channel({ joined: false })));
});
