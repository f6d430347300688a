// Writing: text, edits, replies, commands, attachments and the bot's reply keyboard.

import { byId, el, fullName } from "./elements.js";
import { typed } from "./formatting.js";
import { sendUpload } from "./server.js";
import { say } from "./texts.js";

const SAMPLES = ["photo", "document", "sticker", "voice"];
const MONAS = { latitude: -6.1754, longitude: 106.8272 };
const PHONE = "+62-000-0000-0000";

export class Composer {
  // `sandbox` offers attempt, act, editMessage, place() and commands().
  constructor(sandbox) {
    this.sandbox = sandbox;
    this.field = byId("composer");
    this.target = null;
    byId("form").addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    byId("doing-stop").addEventListener("click", () => this.rest());
    byId("file").addEventListener("change", () => this.upload());
    this.field.addEventListener("input", () => this.fit());
    this.field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
      if (event.key === "Escape") this.rest();
    });
  }

  fit() {
    this.field.rows = Math.min(6, this.field.value.split("\n").length);
  }

  // Forget what was begun.
  rest() {
    this.target = null;
    this.field.value = "";
    byId("doing").hidden = true;
    this.fit();
  }

  edit(message) {
    this.begin({ edit: message }, say("editing"), message.text ?? message.caption);
  }

  reply(message) {
    this.begin({ reply: message }, say("replying", fullName(message.from)), this.field.value);
  }

  begin(target, label, text) {
    this.target = target;
    byId("doing-text").textContent = label;
    byId("doing").hidden = false;
    this.field.value = text;
    this.fit();
    this.field.focus();
  }

  async send() {
    const source = this.field.value;
    if (!source.trim()) return;
    const target = this.target;
    this.rest();
    const done = await this.sandbox.attempt(() => (target?.edit ? this.sendEdit(target.edit, source) : this.say(source, target?.reply)));
    if (!done && !this.field.value) this.field.value = source;
  }

  sendEdit(message, text) {
    return this.sandbox.editMessage({ chat: message.chat.id, message_id: message.message_id, text });
  }

  say(source, replied) {
    return this.sandbox.act("say", { ...this.sandbox.place(), ...typed(source), ...(replied ? { reply_to: replied.message_id } : {}) });
  }

  showCommands() {
    const items = this.sandbox.commands().map((command) => el("button", { type: "button", role: "menuitem", onclick: () => this.sandbox.attempt(() => this.say(`/${command.command}`)) },
      el("strong", {}, `/${command.command}`), el("small", {}, command.description)));
    byId("commands-list").replaceChildren(...(items.length ? items : [el("p", {}, say("noCommands"))]));
  }

  showAttachments() {
    const item = (key, action) => el("button", { type: "button", role: "menuitem", "data-testid": `attach-${key}`, onclick: action }, say(key));
    const act = (verb, values) => () => this.sandbox.attempt(() => this.sandbox.act(verb, { ...this.sandbox.place(), ...values }));
    byId("attach-menu").replaceChildren(
      ...SAMPLES.map((kind) => item(kind, () => this.sendSample(kind))),
      item("location", act("send_location", MONAS)), item("contact", act("send_contact", { phone_number: PHONE })),
      item("upload", () => byId("file").click()),
    );
  }

  takeCaption() {
    const caption = this.field.value.trim();
    this.rest();
    return caption;
  }

  sendSample(kind) {
    return this.sandbox.attempt(() => this.sandbox.act("send_file", { ...this.sandbox.place(), kind, caption: this.takeCaption() }));
  }

  upload() {
    const [file] = byId("file").files;
    if (!file) return;
    const kind = { image: "photo", video: "video", audio: "audio" }[file.type.split("/")[0]] ?? "document";
    this.sandbox.attempt(() => sendUpload({ ...this.sandbox.place(), kind, caption: this.takeCaption() }, file));
    byId("file").value = "";
  }

  // Show the keyboard that the bot put in place of the phone's own; null hides it.
  showKeyboard(markup) {
    const box = byId("keyboard");
    box.hidden = !markup;
    box.replaceChildren(...(markup?.keyboard ?? []).map((row) => el("div", { class: "row" }, ...row.map((button) => this.keyboardButton(button)))));
  }

  keyboardButton(button) {
    const place = () => this.sandbox.place();
    const press = () => {
      if (button.request_contact) return this.sandbox.act("send_contact", { ...place(), phone_number: PHONE });
      if (button.request_location) return this.sandbox.act("send_location", { ...place(), ...MONAS });
      return this.sandbox.act("say", { ...place(), text: button.text });
    };
    return el("button", { type: "button", onclick: () => this.sandbox.attempt(press) }, button.text);
  }
}
