// Markdown as HTML, by marked under tight rules: no raw HTML, no pictures, no headings of the page, links to the web and
// to mail only. What leaves here is cleaned once more (markdown.js).
import { escapeHtml } from "../../lib/escape.js";
import { t } from "../../lib/text.js";
import { Lexer, Parser, Renderer, Tokenizer, getDefaults } from "../../vendor/marked.js";
import { highlight } from "./highlight.js";
import { splitMentions } from "./mentions.js";

const DEEPEST = 6; // quotes and lists within each other; a line of 4,000 ">" would otherwise exhaust the stack
const SAFE_LINK = /^(?:https?:\/\/|mailto:)/i;
const LANGUAGE = /^[\w+#.-]{1,20}/;

/** No raw HTML, and none of Markdown's rules that make words vanish or change without the writer having meant it. */
class Rules extends Tokenizer {
  #depth = 0;

  blockquote(source) {
    return this.#deeper(() => super.blockquote(source));
  }

  list(source) {
    return this.#deeper(() => super.list(source));
  }

  html() {}
  tag() {}
  def() {} // "[a]: b" would be swallowed
  lheading() {} // a line of dashes under a sentence would make it a heading
  code() {} // four spaces are no code in a chat

  #deeper(parse) {
    if (this.#depth >= DEEPEST) return undefined;
    this.#depth += 1;
    try {
      return parse();
    } finally {
      this.#depth -= 1;
    }
  }
}

class Html extends Renderer {
  names = new Map();

  paragraph({ tokens }) {
    return `<p dir="auto">${this.parser.parseInline(tokens)}</p>`;
  }

  heading({ tokens, depth }) {
    return `<p dir="auto" class="heading${depth < 3 ? " large" : ""}">${this.parser.parseInline(tokens)}</p>`;
  }

  blockquote({ tokens }) {
    return `<blockquote dir="auto">${this.parser.parse(tokens)}</blockquote>`;
  }

  list({ ordered, start, items }) {
    const content = items.map((item) => this.listitem(item)).join("");
    if (!ordered) return `<ul>${content}</ul>`;
    const isWide = start + items.length > 999; // the number would stand outside of the message
    return `<ol start="${Number(start) || 0}"${isWide ? ' class="wide"' : ""}>${content}</ol>`;
  }

  listitem({ task, checked, tokens, loose }) {
    const box = task ? `<span class="box" role="img" aria-label="${t(checked ? "stream.box.done" : "stream.box.open")}">${checked ? "☑\ufe0e" : "☐"}</span> ` : "";
    const shown = tokens.filter((token) => token.type !== "checkbox");
    return `<li dir="auto">${box}${this.parser.parse(shown, loose)}</li>`;
  }

  checkbox() {
    return "";
  }

  hr() {
    return "<hr>";
  }

  br() {
    return "<br>";
  }

  html({ text }) {
    return escapeHtml(text);
  }

  code({ text, lang }) {
    const language = LANGUAGE.exec(lang ?? "")?.[0] ?? "";
    const name = language ? t("stream.codeIn", { language }) : t("stream.code");
    const label = `<span class="language">${escapeHtml(language)}</span>`;
    const copy = `<button type="button" class="copy" data-copy="code">${t("stream.copy")}</button>`;
    const code = `<code>${highlight(text, language)}</code>`;
    return `<div class="code">${label}${copy}<pre dir="ltr" role="group" aria-label="${escapeHtml(name)}">${code}</pre></div>`;
  }

  codespan({ text }) {
    return `<code>${escapeHtml(text)}</code>`;
  }

  link({ href, tokens, raw }) {
    return SAFE_LINK.test(href) ? anchor(href, this.parser.parseInline(tokens)) : escapeHtml(raw);
  }

  image({ href, text, raw }) {
    return SAFE_LINK.test(href) ? anchor(href, escapeHtml(text || href)) : escapeHtml(raw);
  }

  text(token) {
    return token.tokens ? this.parser.parseInline(token.tokens) : this.#marked(token.text);
  }

  table(token) {
    return `<div class="table-frame">${super.table(token)}</div>`;
  }

  tablecell({ header, tokens }) {
    const tag = header ? "th" : "td";
    return `<${tag} dir="auto">${this.parser.parseInline(tokens)}</${tag}>`;
  }

  #marked(text) {
    return splitMentions(text, this.names)
      .map((part) => (part.isMe === undefined ? escapeHtml(part.text) : mention(part)))
      .join("");
  }
}

const mention = ({ text, isMe }) => `<span class="mention${isMe ? " me-too" : ""}"><bdi>${escapeHtml(text)}</bdi></span>`;

/** The address stands in the tooltip, for a text may say another than it leads to. */
function anchor(href, html) {
  const address = escapeHtml(href);
  return `<a href="${address}" title="${address}" target="_blank" rel="noopener noreferrer">${html}</a>`;
}

const html = new Html();
// Not through Marked.use: it takes the methods of plain objects only, and calls the rules it replaces where they say no.
const options = { ...getDefaults(), gfm: true, breaks: true, tokenizer: new Rules(), renderer: html };

/** Nothing in it means anything in Markdown: most of what people write. */
const PLAIN = /^(?![ \t]|[-+=#>]|\d+[.)])[^*_~`[\]<>&\\@|\n]*$/;
const ADDRESS = /:\/\/|www\./i;

export function isPlain(content) {
  return PLAIN.test(content) && !ADDRESS.test(content);
}

export const plainHtml = (content) => `<p dir="auto">${escapeHtml(content)}</p>`;

/** HTML for a message's content; `names` as in splitMentions. What marked cannot take is shown as it was written. */
export function markup(content, names) {
  if (isPlain(content)) return plainHtml(content);
  html.names = names;
  try {
    return Parser.parse(Lexer.lex(content, options), options);
  } catch {
    return plainHtml(content);
  }
}
