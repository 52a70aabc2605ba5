import assert from "node:assert/strict";
import { test } from "node:test";
import { device } from "../../../static/models/device.js";

const WEBKIT = "AppleWebKit/537.36 (KHTML, like Gecko)";
const SEEN = [
  ["Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox", "Linux", "computer"],
  [`Mozilla/5.0 (X11; Linux x86_64) ${WEBKIT} HeadlessChrome/139.0.0.0 Safari/537.36`, "Chrome", "Linux", "computer"],
  [`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${WEBKIT} Chrome/139.0 Safari/537.36 Edg/139.0`, "Edge", "Windows", "computer"],
  [
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Safari/605.1.15",
    "Safari",
    "macOS",
    "computer",
  ],
  [
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1",
    "Safari",
    "iPhone",
    "phone",
  ],
  [
    `Mozilla/5.0 (iPad; CPU OS 18_5 like Mac OS X) ${WEBKIT} CriOS/139.0 Mobile/15E148 Safari/604.1`,
    "Chrome",
    "iPad",
    "tablet",
  ],
  [`Mozilla/5.0 (Linux; Android 15; Pixel 8) ${WEBKIT} Chrome/139.0 Mobile Safari/537.36`, "Chrome", "Android", "phone"],
  [`Mozilla/5.0 (Linux; Android 14; SM-X710) ${WEBKIT} SamsungBrowser/28.0 Chrome/130.0 Safari/537.36`, "Samsung Internet", "Android", "tablet"],
  ["curl/8.14.1", "curl", null, "program"],
  ["python-httpx/0.28.1", "python-httpx", null, "program"],
  ["Mozilla/5.0", null, null, "program"],
  ["", null, null, "program"],
];

for (const [userAgent, browser, system, kind] of SEEN) {
  test(`names the device of "${userAgent.slice(0, 60)}"`, () => {
    assert.deepEqual(device(userAgent), { browser, system, kind });
  });
}

test("a hostile user agent costs no time and names nothing", () => {
  const started = performance.now();
  assert.deepEqual(device("Version/".repeat(20_000)), { browser: "Version", system: null, kind: "program" });
  assert.deepEqual(device("<script>alert(1)</script>"), { browser: null, system: null, kind: "program" });
  assert.ok(performance.now() - started < 1000);
});
