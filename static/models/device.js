// What a user agent says of the device, in two words that people know. A guess for the eye, never for a decision.

const BROWSERS = [
  // More particular names first: most browsers also claim to be Chrome and Safari.
  [/\bEdgA?\/|\bEdgiOS\//, "Edge"],
  [/\bOPR\/|\bOPiOS\//, "Opera"],
  [/\bSamsungBrowser\//, "Samsung Internet"],
  [/\bVivaldi\//, "Vivaldi"],
  [/\bFirefox\/|\bFxiOS\//, "Firefox"],
  [/\bHeadlessChrome\/|\bChrome\/|\bCriOS\/|\bChromium\//, "Chrome"],
  [/\bVersion\/[\d.]+.*\bSafari\//, "Safari"],
];

const SYSTEMS = [
  [/\biPhone\b/, "iPhone", "phone"],
  [/\biPad\b/, "iPad", "tablet"],
  [/\bAndroid\b(?=.*\bMobile\b)/, "Android", "phone"],
  [/\bAndroid\b/, "Android", "tablet"],
  [/\bWindows\b/, "Windows", "computer"],
  [/\bCrOS\b/, "ChromeOS", "computer"],
  [/\bMac OS X\b|\bMacintosh\b/, "macOS", "computer"],
  [/\bLinux\b|\bX11\b/, "Linux", "computer"],
];

/** `{browser, system, kind}`: names or null where nothing is known; kind is phone, tablet, computer or program. */
export function device(userAgent) {
  const browser = BROWSERS.find(([pattern]) => pattern.test(userAgent))?.[1] ?? null;
  const [, system = null, kind = "program"] = SYSTEMS.find(([pattern]) => pattern.test(userAgent)) ?? [];
  if (browser || system) return { browser, system, kind };
  return { browser: program(userAgent), system: null, kind: "program" };
}

/** The product a script names first: "curl/8.5" is curl. */
function program(userAgent) {
  const name = /^([A-Za-z][\w .-]{0,39})\//.exec(userAgent)?.[1] ?? null;
  return name === "Mozilla" ? null : name;
}
