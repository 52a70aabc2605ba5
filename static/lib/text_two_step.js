// The sentences of setting up two-step sign-in, which is done at the door and in Settings.
import { addWords } from "./text.js";

addWords({
  // --- two-step: setting it up
  "enrol.step.scan": "1 Scan",
  "enrol.step.codes": "2 Save the codes",
  "enrol.scan": "Scan this with your authenticator app, or type the key.",
  "enrol.picture": "The key as a picture for an authenticator app",
  "enrol.key": "Key",
  "enrol.copyKey": "Copy the key",
  "enrol.code": "Six-digit code",
  "enrol.codeHint": "It changes every 30 seconds.",
  "enrol.codeMissing": "Enter the code that the app shows now.",
  "enrol.continue": "Continue",
  "enrol.codes.lead": "Two-step sign-in is on. Save your recovery codes.",
  "enrol.codes.about": "Each opens the door once if you lose your phone. They are shown only now.",
  "enrol.copyCodes": "Copy the recovery codes",
  "enrol.download": "Download",
  "enrol.file": "recovery-codes-{name}.txt",
  "enrol.fileHead": "Recovery codes of {name} for {server}. Each works once.",
  "enrol.saved": "I have put them somewhere safe",
  "enrol.savedFirst": "Save the codes first, then tick the box.",
  "enrol.done": "Done",
  "enrol.open": "Open the chat",
});
