// A message's content as HTML that may be put into the page: marked's answer, cleaned by DOMPurify, remembered.
// How Markdown is read is in markup.js.
import DOMPurify from "../../vendor/purify.js";
import { isPlain, markup, plainHtml } from "./markup.js";

const REMEMBERED = 500;

const PLAIN_ATTRIBUTES = "title target rel class dir start role aria-label type data-copy".split(" ");

// The second lock: markup.js makes nothing else, and should it ever, this takes it out again.
const ALLOWED = {
  ALLOWED_TAGS: [
    ..."p br strong em del code pre span bdi div ul ol li blockquote a hr button".split(" "),
    ..."table thead tbody tr th td".split(" "),
  ],
  ALLOWED_ATTR: ["href", ...PLAIN_ATTRIBUTES],
  ALLOWED_URI_REGEXP: /^(?:https?:\/\/|mailto:)/i,
  ADD_URI_SAFE_ATTR: PLAIN_ATTRIBUTES, // all others are held against the expression above, whatever they mean
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
};

const remembered = new Map(); // in order of use, the last used last

/** Safe HTML for `content`; `names` as in mentions.js. */
export function safeHtml(content, names) {
  const key = names.size ? `${content}\0${[...names].join()}` : content;
  const known = remembered.get(key);
  if (known !== undefined) remembered.delete(key);
  else if (remembered.size >= REMEMBERED) remembered.delete(remembered.keys().next().value);
  const html = known ?? (isPlain(content) ? plainHtml(content) : clean(markup(content, names)));
  remembered.set(key, html);
  return html;
}

/** The HTML without anything that a message may not hold. */
export function clean(html) {
  return DOMPurify.sanitize(html, ALLOWED);
}
