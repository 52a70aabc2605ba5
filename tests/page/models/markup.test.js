// Markdown of messages: what it becomes, that nothing hostile gets through the first lock, and that no text takes long.
import assert from "node:assert/strict";
import test from "node:test";
import { escapeHtml } from "../../../static/lib/escape.js";
import { highlight } from "../../../static/views/stream/highlight.js";
import { isPlain, markup } from "../../../static/views/stream/markup.js";
import { foldName, namesToMark, splitMentions } from "../../../static/views/stream/mentions.js";

const NOBODY = new Map();
const NAMES = new Map([["maya", true], ["tomás", false], ["b.o.b", false], ["channel", true]]);
const LINK = 'target="_blank" rel="noopener noreferrer"';
const html = (content, names = NOBODY) => markup(content, names);

test("plain sentences need no parser and stay as they were written", () => {
  for (const plain of ["Hello there, all good?", "é 你好 مرحبا 👍", "50% off (today) - really; it's 10:30", ""]) {
    assert.ok(isPlain(plain), plain);
    assert.equal(html(plain), `<p dir="auto">${escapeHtml(plain)}</p>`);
  }
  for (const marked of ["a *b*", "- a", "1. a", "> a", "# a", "www.example.org", "ftp://a", "a\nb", "@maya", "a & b"]) {
    assert.ok(!isPlain(marked), marked);
  }
});

test("emphasis, code, quotes and lists", () => {
  assert.equal(html("**a** *b* ~~c~~ `d`"), '<p dir="auto"><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>');
  assert.equal(html("one\ntwo"), '<p dir="auto">one<br>two</p>');
  assert.equal(html("> a"), '<blockquote dir="auto"><p dir="auto">a</p></blockquote>');
  assert.equal(html("3. a\n4. b"), '<ol start="3"><li dir="auto">a</li><li dir="auto">b</li></ol>');
  assert.match(html("- [x] a"), /<li dir="auto"><span class="box" role="img" aria-label="done">☑\ufe0e<\/span> a<\/li>/);
});

test("a heading is bold, not a heading of the page", () => {
  assert.equal(html("# a"), '<p dir="auto" class="heading large">a</p>');
  assert.equal(html("a\n---"), '<p dir="auto">a</p><hr>');
});

test("a fence names its language and can be copied; its content is text", () => {
  const made = html("```js\nconst a = '<b>'; // c\n```");
  assert.match(made, /<span class="language">js<\/span><button type="button" class="copy" data-copy="code">Copy<\/button>/);
  assert.match(made, /aria-label="Code, js"/);
  assert.match(made, /<span class="k">const<\/span> a = <span class="st">&#39;&lt;b&gt;&#39;<\/span>; <span class="c">\/\/ c<\/span>/);
  assert.match(html('```"><script>\na\n```'), /<span class="language"><\/span>/);
});

test("links lead to the web and to mail only, and say where to", () => {
  assert.equal(html("[a](https://b.example/?c=1&d=2)"), `<p dir="auto"><a href="https://b.example/?c=1&amp;d=2" title="https://b.example/?c=1&amp;d=2" ${LINK}>a</a></p>`);
  assert.match(html("https://b.example/x"), /<a href="https:\/\/b\.example\/x"/);
  assert.match(html("mail a@b.example"), /<a href="mailto:a@b\.example"/);
  for (const scheme of ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "file:///etc", "//evil.example", "/admin", "\u0001javascript:x"]) {
    const made = html(`[a](${scheme})`);
    assert.ok(!made.includes("<a "), made);
    assert.ok(made.includes("[a]("), "what is no link is shown as it was written");
  }
});

test("a picture from elsewhere is a link: opening a channel asks no other host", () => {
  const made = html("![cat](https://evil.example/cat.png)");
  assert.ok(!made.includes("<img"));
  assert.match(made, />cat<\/a>/);
  assert.ok(!html("![x](javascript:alert(1))").includes("<a"));
});

test("raw HTML is text", () => {
  const hostile = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg onload=alert(1)>",
    '<a href="javascript:alert(1)">x</a>',
    "<style>*{display:none}</style>",
    "<!-- <b> -->",
    "<iframe srcdoc='<script>1</script>'>",
    "a <b onclick=x>b</b>",
    "**<i>x**</i>",
    '<x"onmouseover=alert(1)>',
    "&lt;script&gt;",
    "`<script>`",
    "| <b> |\n|-|\n| <u> |",
  ];
  for (const content of hostile) {
    const tags = [...html(content).matchAll(/<\/?([a-z]+)/g)].map((found) => found[1]);
    const known = ["p", "code", "strong", "em", "div", "table", "thead", "tbody", "tr", "th", "td", "br"];
    assert.deepEqual(tags.filter((tag) => !known.includes(tag)), [], content);
    assert.ok(!/<[^>]*\son\w+=/.test(html(content)), content);
  }
});

test("quotes in an address do not leave their attribute", () => {
  const made = html('https://a.example/"onmouseover="alert(1) [x](https://a.example/"y "t")');
  assert.ok(!/<[^>]*" ?onmouseover=/.test(made), made);
});

test("nothing that was written vanishes", () => {
  for (const content of ["[a]: https://b.example", "[a]: x\n[a]", "<div>", "    four spaces", "text\n===", "[^1]: note"]) {
    const letters = html(content).replace(/<[^>]*>/g, "").replace(/&\w+;|&#39;/g, "");
    for (const letter of content.match(/[a-z]/g) ?? []) assert.ok(letters.includes(letter), `${content}: ${letters}`);
  }
});

test("mentions are marked where the server finds them", () => {
  const marked = (content) => splitMentions(content, NAMES).filter((part) => part.isMe !== undefined).map((part) => part.text);
  assert.deepEqual(marked("@maya hello @Tomás. (@b.o.b) @MAYA, @channel!"), ["@maya", "@Tomás", "@b.o.b", "@MAYA", "@channel"]);
  assert.deepEqual(marked("x@maya.com maya@maya @@maya /@maya @mayas @nobody @ma"), []);
  assert.deepEqual(splitMentions("@b.o.b.", NAMES), [{ text: "@b.o.b", isMe: false }, { text: "." }]);
  assert.match(html("@maya", NAMES), /<span class="mention me-too"><bdi>@maya<\/bdi><\/span>/);
  assert.match(html("**@tomás**", NAMES), /<strong><span class="mention"><bdi>@tomás<\/bdi><\/span><\/strong>/);
  assert.ok(!html("`@maya`\n```\n@maya\n```", NAMES).includes("mention"));
});

test("who is marked: those the server named, in an unsent text whoever is known", () => {
  const users = [{ id: "1", userName: "Maya" }, { id: "2", userName: "tomas" }];
  const people = { get: (id) => users.find((user) => user.id === id) ?? null, list: { value: users } };
  assert.deepEqual([...namesToMark({ content: "@maya", mentions: ["1", "9", "@here"] }, people, "1")], [["maya", true], ["here", true]]);
  assert.equal(namesToMark({ content: "@tomas" }, people, "1").get("tomas"), false);
  assert.equal(namesToMark({ content: "nobody", mentions: ["1"] }, people, "1").size, 0);
  assert.equal(foldName("ＭＡＹＡ"), "maya");
});

test("colours follow the language, and an unknown one has none", () => {
  assert.equal(highlight("# no\nif x: 'a' # c", "python"), '<span class="c"># no</span>\n<span class="k">if</span> x: <span class="st">&#39;a&#39;</span> <span class="c"># c</span>');
  assert.equal(highlight("SELECT 1 -- x", "sql"), '<span class="k">SELECT</span> <span class="nr">1</span> <span class="c">-- x</span>');
  assert.equal(highlight("if <b>", "brainfuck"), "if &lt;b&gt;");
  assert.equal(highlight("constructor __proto__", "js"), "constructor __proto__");
});

// Each a shape that has brought a Markdown parser to its knees somewhere.
const SIGNS = [
  ..."[ * > _ ` ~ ( ] ! < & \\ | # - + = : @ ' \" $ ^ { \t".split(" "),
  ..."> |- |1. |[]( |![ |*a |a* |**a |a**b |*_ |**_[ |_a |~~a |~a |`a |[a]( |[a][ |[[] |\\[ |<a |</b> |<!-- |&amp; |http:// |www. |a@b. |foo@ |a_b_ |- [ ] a\n|-\n|1.\n|> - |[a]: b\n|```\n|~~~a\n|\n|é@|@a|@maya |* * |*a **b _c |[x](<b\n|<http://|a.b.c@d.e || |:-|".split("|"),
].filter(Boolean);

function timed(deed) {
  const start = performance.now();
  deed();
  return performance.now() - start;
}

test("4,000 characters of anything are done soon", () => {
  const bombs = SIGNS.map((sign) => sign.repeat(Math.ceil(4000 / sign.length)).slice(0, 4000));
  bombs.push(Array.from({ length: 80 }, (_, at) => `${" ".repeat(at)}- a`).join("\n").slice(0, 4000));
  bombs.push(Array.from({ length: 85 }, (_, at) => ">".repeat(at + 1)).join("\n").slice(0, 4000));
  bombs.push(Array.from({ length: 85 }, (_, at) => `${"`".repeat(at + 1)} `).join("").slice(0, 4000));
  bombs.push(`|a|b|\n|-|-|\n${"|x|y|\n".repeat(600)}`, `http://a.example/${"(".repeat(3900)}`, `http://a.example/${")".repeat(3900)}`);
  bombs.push(`\`\`\`js\n${"/*".repeat(1900)}`, `\`\`\`js\n${'"\\'.repeat(1900)}`, `\`\`\`py\n${'"""a'.repeat(900)}`);
  for (const bomb of bombs) markup(bomb, NAMES); // the engine warms up
  const slow = [];
  for (const bomb of bombs) {
    const took = Math.min(...[1, 2, 3].map(() => timed(() => markup(bomb, NAMES)))); // others use this machine too
    if (took > 250) slow.push([bomb.slice(0, 12), Math.round(took)]);
  }
  assert.deepEqual(slow, []);
});

test("quotes and lists go six deep, what is deeper is text", () => {
  assert.equal(html(`${">".repeat(4000)}a`).match(/<blockquote/g).length, 6);
  assert.equal(html("- ".repeat(50) + "a").match(/<ul/g).length, 6);
});

test("one text that was given up on does not change the next", () => {
  markup(">".repeat(4000), NOBODY);
  assert.equal(html("> a").match(/<blockquote/g).length, 1);
});
