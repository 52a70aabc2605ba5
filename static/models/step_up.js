// Deeds that need one more proof: asked for when the server says so, and sent again with it. The question is the view's.
import { Refused } from "../lib/refused.js";
import { GIVEN_UP } from "./errors.js";
import { errorCode } from "./frames.js";

/**
 * An `ask` that proves itself. `openQuestion()` shows the question: its `answer(refused)` resolves with {"password"} or
 * {"totp"}, or with null when the reader gives up; `refused` is null the first time, then it says what was wrong.
 * `close()` ends it. Who gives up is refused with GIVEN_UP.
 */
export function proving(ask, openQuestion) {
  return async (type, payload) => {
    let question = null;
    let proof = null;
    try {
      for (;;) {
        try {
          return await ask(type, proof === null ? payload : { ...payload, proof });
        } catch (refused) {
          if (!(refused instanceof Refused) || refused.code !== errorCode.stepUpRequired) throw refused;
          const wrong = question && refused;
          question ??= await openQuestion();
          proof = await question.answer(wrong);
          if (proof === null) throw new Refused({ code: GIVEN_UP });
        }
      }
    } finally {
      question?.close();
    }
  };
}
