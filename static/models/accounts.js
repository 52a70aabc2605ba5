// What administrators do with accounts: each deed asks the server and shows its answer in the list. No sentences.
import { request } from "./frames.js";

export class Accounts {
  #ask;
  #list;

  /** For requests of other kinds that need the same proof. */
  get ask() {
    return this.#ask;
  }

  /** `list` is the Administration that shows the people. All deeds reject with Refused, and then nothing changed. */
  constructor({ ask, list }) {
    this.#ask = ask;
    this.#list = list;
  }

  /** `fields` as admin.addUser takes them; resolves with the new user. */
  async add(fields) {
    const { user } = await this.#ask(request.adminAddUser, fields);
    this.#list.refresh();
    return user;
  }

  setRole(userId, role) {
    return this.#change(request.adminSetRole, { userId, role });
  }

  activate(userId) {
    return this.#change(request.adminActivateUser, { userId });
  }

  deactivate(userId) {
    return this.#change(request.adminDeactivateUser, { userId });
  }

  /** Several at once, a result for each: {userId, user, code, message}; `user` is null where it was refused. */
  async deactivateAll(userIds) {
    const { results } = await this.#ask(request.adminDeactivateUsers, { userIds });
    for (const { user } of results) if (user) this.#list.put(user);
    return results;
  }

  async #change(type, payload) {
    const { user } = await this.#ask(type, payload);
    this.#list.put(user);
    return user;
  }

  /** `confirm` is the user name as it was typed; resolves with how many windows were closed. */
  async remove(userId, { messageErasure, deleteChannels }, confirm) {
    const payload = { userId, messageErasure, confirm, ...(deleteChannels && { deleteChannels }) };
    const { closedSockets } = await this.#ask(request.adminRemoveUser, payload);
    this.#list.drop(userId);
    return closedSockets;
  }

  /** Resolves with the user as he is then; `fields` as admin.updateUser takes them. */
  update(userId, fields) {
    return this.#change(request.adminUpdateUser, { userId, ...fields });
  }

  resetTotp(userId) {
    return this.#change(request.adminResetTotp, { userId });
  }

  /** A result for each address: {email, userId, code, message}. */
  async invite(emails, role, expiresInDays) {
    const { results } = await this.#ask(request.adminInviteUsers, { emails, role, expiresInDays });
    this.#list.refresh();
    return results;
  }

  async resendWelcome(userId) {
    await this.#ask(request.adminResendWelcome, { userId });
  }

  /** Resolves with how many sign-ins were ended. */
  async endSessions(userId) {
    const { revoked } = await this.#ask(request.adminRevokeUserSessions, { userId });
    this.#list.refresh();
    return revoked;
  }

  /** What a removal would keep and erase, as admin.removeUserPreview says it. */
  preview(userId) {
    return this.#ask(request.adminRemoveUserPreview, { userId });
  }

  /** Resolves with how many tokens, webhooks and links of somebody's making end with their rights. */
  async made(userId) {
    const { counts } = await this.preview(userId);
    return counts.madeTokens + counts.madeWebhooks + counts.madeLinks;
  }

  /** All of that is the asker's from then on. */
  takeOver(userId) {
    return this.#ask(request.adminTakeOver, { userId });
  }

  /** Resolves with {url, name} of a file that can be fetched once: everything that is somebody's. */
  exportUser(userId) {
    return this.#ask(request.adminExportUser, { userId });
  }

  /** The same for the list as it is narrowed down now, all its pages. */
  exportList() {
    return this.#ask(request.adminExport, { what: "users", format: "csv", ...this.#list.narrowed() });
  }

  /** A new password that the server makes up and sends by e-mail. */
  async sendPassword(userId, { revokeSessions }) {
    await this.#ask(request.adminResetPassword, { userId, mode: "email", requireChange: true, revokeSessions, tokens: revokeSessions });
    this.#list.refresh();
  }

  async resetPassword(userId, { password, requireChange, revokeSessions }) {
    const payload = { userId, mode: "manual", password, requireChange, revokeSessions, tokens: revokeSessions };
    await this.#ask(request.adminResetPassword, payload);
    this.#list.refresh();
  }

  /** Resolves with how many sessions and windows somebody has open. */
  async openOf(userId) {
    const { sessions, total } = await this.#ask(request.adminListSessions, { userId, limit: 200 });
    return { sessions: total, windows: sessions.reduce((sum, session) => sum + session.sockets, 0) };
  }
}
