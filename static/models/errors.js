// The reasons by which a request can fail here, beside the server's own error codes (frames.js). No sentences.
export { Refused } from "../lib/refused.js";

/** Nothing was sent: there is no connection. */
export const OFFLINE = "offline";
/** It was sent, and the connection went before an answer came: it may or may not have happened. */
export const LOST = "lost";
/** The reader did not answer the question before it: nothing was done, and nothing needs to be said. */
export const GIVEN_UP = "given_up";
