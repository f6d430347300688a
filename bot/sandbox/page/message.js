// One message as a bubble.

import { el, fullName } from "./elements.js";
import { formatted } from "./formatting.js";
import { pollElement } from "./poll.js";
import { fileAddress } from "./server.js";
import { say } from "./texts.js";

// Return a bubble. `view` knows the person, their zone and the chat; `actions` what can be tapped.
export function bubble(message, view, actions) {
  const service = serviceText(message);
  if (service) return el("p", { class: "service", "data-testid": `message-${message.message_id}` }, service);
  const mine = message.from.id === view.person.id;
  const box = el("article", { class: `message ${mine ? "mine" : "theirs"}`, "data-testid": `message-${message.message_id}`, "data-message": message.message_id });
  const inner = el("div", { class: "bubble" });
  if (!mine && view.chat.type !== "private") inner.append(el("p", { class: "sender" }, fullName(message.from)));
  inner.append(...surroundings(message), ...media(message), ...words(message, actions));
  if (message.poll) inner.append(pollElement(message, view.person.id, actions, (positions) => actions.vote(message, positions)));
  inner.append(meta(message, view, mine, actions));
  box.append(inner);
  if (message.reply_markup) box.append(keyboard(message, actions));
  return box;
}

function serviceText(message) {
  if (message.new_chat_members) return say("joined", message.new_chat_members.map(fullName).join(", "));
  if (message.left_chat_member) return say("left", fullName(message.left_chat_member));
  return message.migrate_to_chat_id || message.migrate_from_chat_id ? say("migrated") : "";
}

function surroundings(message) {
  const parts = [];
  if (message.forward_origin) parts.push(el("p", { class: "origin" }, say("forwardedFrom", fullName(message.forward_origin.sender_user))));
  const replied = message.reply_to_message;
  if (replied) parts.push(el("p", { class: "replied" }, el("strong", {}, fullName(replied.from)), el("span", {}, summary(replied))));
  return parts;
}

const words = (message, actions) => {
  const text = message.text ?? message.caption;
  return text ? [el("div", { class: "text" }, ...formatted(text, message.entities ?? message.caption_entities, actions))] : [];
};

// One line about a message, for lists and replies.
export function summary(message) {
  const text = message.text ?? message.caption ?? message.poll?.question;
  return text ? text.replace(/\s+/g, " ").slice(0, 80) : message.document?.file_name || kindOf(message) || serviceText(message) || say("untitled");
}

function kindOf(message) {
  const kind = ["sticker", "location", "contact"].find((name) => message[name]) ?? (message.photo ? "photoLabel" : message.voice ? "voiceLabel" : "");
  return kind && say(kind);
}

function media(message) {
  if (message.photo) return [photo(message.photo.at(-1), message.caption)];
  if (message.sticker) return [el("img", { class: "sticker", src: fileAddress(message.sticker.file_id), alt: message.sticker.emoji ?? say("sticker") })];
  const video = message.animation ?? message.video ?? message.video_note;
  if (video) return [el("video", { src: fileAddress(video.file_id), controls: true, preload: "metadata" })];
  const sound = message.voice ?? message.audio;
  if (sound) return [sounding(sound)];
  if (message.document) return [fileLink(message.document)];
  if (message.location) return [el("p", { class: "place" }, `${say("location")}: ${message.location.latitude}, ${message.location.longitude}`)];
  return message.contact ? [el("p", { class: "place" }, `${message.contact.first_name} · ${message.contact.phone_number}`)] : [];
}

// The sides are known before the picture is loaded, so that nothing jumps.
const photo = (size, caption) => el("img", { class: "photo", src: fileAddress(size.file_id), width: size.width, height: size.height, alt: caption ?? say("photoLabel") });

function sounding(sound) {
  const title = [sound.performer, sound.title].filter(Boolean).join(" · ") || sound.file_name || say("voiceLabel");
  return el("figure", { class: "sound" }, el("figcaption", {}, title), el("audio", { src: fileAddress(sound.file_id), controls: true, preload: "none" }));
}

const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

const fileLink = (file) => el("a", { class: "file", href: fileAddress(file.file_id), download: file.file_name },
  el("span", { class: "sheet", "aria-hidden": "true" }, "↓"), el("span", {}, el("strong", {}, file.file_name), el("small", {}, size(file.file_size))));

function meta(message, view, mine, actions) {
  const line = el("p", { class: "meta" });
  if (message.reaction) line.append(el("span", { class: "reaction" }, message.reaction));
  if (mine && (message.text || message.caption) && !message.forward_origin) line.append(el("button", { type: "button", class: "small", "data-testid": `edit-${message.message_id}`, onclick: () => actions.edit(message) }, say("edit")));
  line.append(el("button", { type: "button", class: "small", onclick: () => actions.reply(message) }, say("reply")));
  if (message.edit_date) line.append(el("span", { class: "edited" }, say("edited")));
  line.append(el("time", { datetime: new Date(message.date * 1000).toISOString() }, view.clock(message.date * 1000)));
  return line;
}

function keyboard(message, actions) {
  const rows = message.reply_markup.inline_keyboard.map((row) => el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, actions))));
  return el("div", { class: "inline" }, ...rows);
}

function inlineButton(message, button, actions) {
  const mark = button.url || button.web_app ? el("span", { class: "arrow", "aria-hidden": "true" }, "↗") : null;
  return el("button", { type: "button", "data-testid": "button", onclick: (event) => actions.press(message, button, event.currentTarget) }, button.text, mark);
}
