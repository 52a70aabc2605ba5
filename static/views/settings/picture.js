// Somebody's picture: a file from here, one that the server fetches from an address, or the initials again. Each holds
// at once, without the form around it.
import { Http } from "../../lib/http.js";
import { html, useRef, useState } from "../../lib/ui.js";
import { t } from "../../lib/text.js";
import { request } from "../../models/frames.js";
import { Avatar, Button, Field, nameOf } from "../parts/parts.js";
import { useForm } from "./form.js";

const files = new Http({ timeoutMs: 60_000 }); // a picture of five megabytes over a slow line
const MOST_BYTES = 5 << 20; // the server takes no more
const KINDS = "image/png,image/jpeg,image/webp,image/gif";

/** `ask` sends requests as whoever changes it, `tell(text)` says what was done; `children` stand beside the picture. */
export function Picture({ user, ask, tell, children }) {
  const form = useForm(["url"]);
  const [url, setUrl] = useState("");
  const chooser = useRef(null);
  const change = (wrong, deed) =>
    form.submit({ url: wrong }, async () => {
      await deed();
      setUrl("");
      tell(t("picture.done", { name: nameOf(user) }));
    });
  const send = async ({ currentTarget }) => {
    const [file] = currentTarget.files;
    if (!file) return;
    await change(file.size > MOST_BYTES && t("picture.tooLarge"), () => files.put(`/api/users/${user.id}/picture`, file));
    if (chooser.current) chooser.current.value = ""; // the same file may be chosen again
  };
  const fetch = () =>
    change(!/^https?:\/\/./i.test(url.trim()) && t("picture.urlBad"), () => ask(request.userFetchPicture, { userId: user.id, url: url.trim() }));
  const remove = () => change(false, () => ask(request.userRemovePicture, { userId: user.id }));
  const byEnter = (event) => {
    if (event.key !== "Enter") return;
    event.preventDefault(); // the form around it is not meant
    fetch();
  };
  return html`<div class="row wrap pic-row" ref=${form.ref}>
    <${Avatar} user=${user} size="xl" />
    <div class="stack tight pic">
      ${children}
      <div class="row wrap">
        <input type="file" class="vh" name="picture" accept=${KINDS} tabindex="-1" aria-hidden="true" ref=${chooser} onChange=${send} />
        <${Button} small busy=${form.isBusy} onClick=${() => chooser.current.click()}>${t("picture.upload")}<//>
        ${user.avatarUrl && html`<${Button} small kind="quiet" onClick=${remove}>${t("picture.initials")}<//>`}
      </div>
      <${Field} label=${t("picture.url")} error=${form.errors.url} hint=${t("picture.hint")}>${(attributes) => html`<div class="row">
        <input
          class="input" type="url" name="pictureUrl" inputmode="url" autocomplete="off" spellcheck=${false} maxlength="2000" placeholder="https://"
          ...${attributes} value=${url} onKeyDown=${byEnter} onInput=${(event) => (form.clear("url"), setUrl(event.currentTarget.value))}
        />
        <${Button} onClick=${fetch}>${t("picture.useUrl")}<//>
      </div>`}<//>
    </div>
  </div>`;
}
