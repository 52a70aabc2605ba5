// The sentences that few need at the door: links from letters, the second step, a new account, a restricted session. What
// the sign-in form says is in text.js.
import { addWords } from "./text.js";

addWords({
  // --- door: a new account
  "door.userName": "Username",
  "door.userNameHint": "3 to 50 letters, digits, dots, hyphens or underscores. Left empty, it is made from your e-mail.",
  "door.displayName": "Name shown to others",
  "door.weak": "This password does not meet the rules below yet.",

  // --- restricted
  "restricted.title": "Choose a password · {server}",
  "restricted.lead": "Choose your own password.",
  "restricted.rest": "The one you were given was only for the first time. Nothing else opens until then.",
  "restricted.current": "The password you were given",
  "restricted.new": "New password",
  "restricted.repeat": "Repeat it",
  "restricted.save": "Save and open the chat",
  "restricted.signOut": "Sign out",
  "restricted.invitation": "You are signed in as {name}.",
  "restricted.weak": "This password does not meet the rules below yet.",
  "restricted.different": "The two are not the same.",
  "restricted.wrongCurrent": "This is not the password you were given. Check the spelling.",
  "restricted.wait": "Reconnecting. Try again in a moment.",
  "restricted.totp.lead": "Set up two-step sign-in first.",
  "restricted.totp.rest": "This server asks for it. Nothing else opens until then.",
  "restricted.totp.title": "Set up two-step sign-in · {server}",

  // --- code: the second step
  "code.app": "Six-digit code",
  "code.app.about": "Enter the six-digit code from your authenticator app.",
  "code.app.missing": "Enter the code that the app shows now.",
  "code.app.instead": "Use a recovery code instead",
  "code.recovery": "Recovery code",
  "code.recovery.about": "Enter one of the codes that you saved when you set up two-step sign-in. Each works once.",
  "code.recovery.missing": "Enter one of your recovery codes.",
  "code.recovery.instead": "Use the code from the app instead",
  "code.back": "Back",

  // --- forgotten passwords
  "forgot.send": "Send me a link",
  "forgot.sent.lead": "Look into your mailbox.",
  "forgot.sent.rest": "If {email} belongs to an account here, a letter with a link is on its way. The link works once, for 30 minutes.",
  "forgot.again": "Use another address",

  // --- links from letters
  "link.toChat": "Open the chat",
  "link.toSignIn": "Back to sign in",
  "link.password.title": "Choose a password · {server}",
  "link.password.about": "Choose your password. You are signed in then.",
  "link.password.visitor": "You are signed in as {name} in this browser. Whoever the link is for is signed in instead.",
  "link.verify.title": "Confirm your e-mail address · {server}",
  "link.verify.about": "Confirm that the address this letter came to is yours.",
  "link.verify.deed": "Confirm the address",
  "link.verify.done": "Your e-mail address is confirmed.",
  "link.join.title": "Create an account · {server}",
  "link.join.about": "You are invited. Create an account to join the conversation.",
  "link.join.visitor": "You have an account already and are signed in as {name}.",
  "link.over.lead": "This link is not valid any more.",
  "link.over.password": "It was used, or its time is over. Have a new one sent to you, or ask an administrator.",
  "link.over.verify": "It was used, or its time is over. If your address still has to be confirmed, signing in sends a new letter.",
  "link.over.join": "It was used up, or its time is over. Ask an administrator for a new one.",
  "link.over.again": "Send me a new link",
});
