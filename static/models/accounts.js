// What administrators do with accounts: each deed asks the server and shows its answer in the list. No sentences.
import { request } from "./frames.js";

export class Accounts {
  #ask;
  #list;

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

  async #change(type, payload) {
    const { user } = await this.#ask(type, payload);
    this.#list.put(user);
    return user;
  }

  /** `confirm` is the user name as it was typed; resolves with how many windows were closed. */
  async remove(userId, messageErasure, confirm) {
    const { closedSockets } = await this.#ask(request.adminRemoveUser, { userId, messageErasure, confirm });
    this.#list.drop(userId);
    return closedSockets;
  }

  async resetPassword(userId, { password, requireChange, revokeSessions }) {
    const payload = { userId, mode: "manual", password, requireChange, revokeSessions };
    await this.#ask(request.adminResetPassword, payload);
    this.#list.refresh();
  }

  /** Resolves with how many sessions and windows somebody has open. */
  async openOf(userId) {
    const { sessions, total } = await this.#ask(request.adminListSessions, { userId, limit: 200 });
    return { sessions: total, windows: sessions.reduce((sum, session) => sum + session.sockets, 0) };
  }
}
