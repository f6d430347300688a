// The phone of one made-up person: people and chats on the left, the conversation on the right, kept up to date by the server's events.

import { Clock } from "./clock.js";
import { Composer } from "./composer.js";
import { avatar, byId, el, fullName } from "./elements.js";
import { bubble, summary } from "./message.js";
import { showNotes } from "./notes.js";
import { act, editMessage, loadPhone, migrate, watch } from "./server.js";
import { currentLanguage, say, setLanguage, translate } from "./texts.js";

const NEAR_END = 120;
const TYPING_LASTS = 5000;
const TOAST_LASTS = 3500;
const log = byId("log");

let phone = null;
let chat = null;
let source = null;
let loads = 0;
let atEnd = true;
const unread = new Map();

const person = () => phone.people.find((each) => each.id === phone.person);
const view = () => ({ person: person(), chat, clock: (moment) => clock.time(moment) });

// What went wrong or what the bot says, briefly.
function toast(text) {
  byId("toast").textContent = text;
  byId("toast").hidden = false;
  clearTimeout(toast.timer);
  toast.timer = setTimeout(() => { byId("toast").hidden = true; }, TOAST_LASTS);
}

async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    toast(error.message);
    return null;
  }
}

const clock = new Clock((error) => toast(error.message));

const actions = {
  command: (text) => attempt(() => act("say", { person: phone.person, chat: chat.id, text })),
  vote: (message, options) => attempt(() => act("vote", { person: phone.person, chat: chat.id, message_id: message.message_id, options })),
  edit: (message) => composer.edit(message),
  reply: (message) => composer.reply(message),
  press: (message, button, element) => press(message, button, element),
  link: (address) => openedHere(address),
};

const composer = new Composer({ attempt, act, editMessage, place: () => ({ person: phone.person, chat: chat.id }), commands: () => chat.commands });

// Whether a link leads to the bot and was opened inside of the page.
function openedHere(address) {
  if (!new RegExp(`^(https?://)?t\\.me/${phone.bot.username}(\\?|$)`, "i").test(address)) return false;
  attempt(() => act("open_link", { person: phone.person, link: address }));
  openChat(phone.person);
  return true;
}

async function press(message, button, element) {
  const address = button.url ?? button.web_app?.url;
  if (address) {
    if (!openedHere(address)) window.open(address, "_blank", "noopener");
  } else if (button.copy_text) {
    await attempt(() => navigator.clipboard.writeText(button.copy_text.text));
    toast(say("copied"));
  } else {
    element.classList.add("waiting");
    const done = await attempt(() => act("tap", { person: phone.person, chat: chat.id, message_id: message.message_id, button: button.callback_data }));
    if (!done) element.classList.remove("waiting");
  }
}

function showPeople() {
  byId("people").replaceChildren(...phone.people.map((each) => {
    const chosen = each.id === phone.person;
    const count = unread.get(each.id) ?? 0;
    const badge = count ? el("span", { class: "badge", "aria-label": say("unread", count) }, String(count)) : null;
    return el("li", {}, el("button", { type: "button", class: "person", "data-testid": `person-${each.id}`, "aria-pressed": String(chosen), onclick: () => choosePerson(each.id, "chat") },
      avatar(each.id, fullName(each)), el("span", { class: "name" }, el("strong", {}, each.first_name), el("small", {}, each.role)), badge));
  }));
}

const chatName = (each) => (each.type === "private" ? phone.bot.first_name : each.title);

function showChats() {
  byId("chats").replaceChildren(...phone.chats.map((each) => {
    const last = each.messages.at(-1);
    return el("li", {}, el("button", { type: "button", class: "entry", "data-testid": `chat-${each.id}`, "aria-current": each.id === chat?.id ? "true" : false, onclick: () => openChat(each.id) },
      avatar(each.type === "private" ? phone.bot.id : each.id, chatName(each)),
      el("span", { class: "name" }, el("strong", {}, chatName(each)), el("small", {}, last ? summary(last) : say("noMessages"))),
      last && el("time", {}, clock.time(last.date * 1000))));
  }));
}

function showHeader() {
  avatar(chat.type === "private" ? phone.bot.id : chat.id, chatName(chat), byId("chat-avatar"));
  byId("chat-title").textContent = chatName(chat);
  showStatus();
  const pinned = chat.messages.findLast((message) => message.pinned);
  byId("pinned").hidden = !pinned;
  if (pinned) byId("pinned").replaceChildren(el("strong", {}, say("pinnedMessage")), el("span", {}, summary(pinned)));
  byId("pinned").onclick = () => document.querySelector(`[data-message="${pinned?.message_id}"]`)?.scrollIntoView({ block: "center" });
  byId("more-menu").replaceChildren(...moreItems().map(([key, action]) => el("button", { type: "button", role: "menuitem", "data-testid": `more-${key}`, onclick: action }, say(key))));
}

function showStatus(text = "") {
  const group = chat.bot === "member" || chat.bot === "administrator" ? say("members", chat.members + 1) : `${say("members", chat.members)}, ${say("botAbsent")}`;
  const quiet = chat.type === "private" ? say(chat.bot === "kicked" ? "blockedStatus" : "bot") : group;
  byId("chat-status").textContent = text || quiet;
  byId("chat-status").classList.toggle("typing", Boolean(text));
}

function moreItems() {
  const who = { person: phone.person };
  const link = ["openLink", () => byId("link").showModal()];
  if (chat.type === "private") {
    return [link, chat.bot === "kicked" ? ["unblock", () => attempt(() => act("unblock", who))] : ["block", () => attempt(() => act("block", who))]];
  }
  const present = chat.bot === "member" || chat.bot === "administrator";
  const place = { ...who, chat: chat.id };
  const items = present ? [["removeBot", () => attempt(() => act("remove_bot", place))]] : [["addBot", () => attempt(() => act("add_bot", place))]];
  if (chat.bot === "member") items.push(["addAdmin", () => attempt(() => act("add_bot", { ...place, status: "administrator" }))]);
  if (chat.type === "group" && !chat.migrated_to) items.push(["migrate", () => attempt(() => migrate(chat.id))]);
  return items;
}

function showFoot() {
  const [started, blocked] = [chat.type !== "private" || chat.bot !== "never", chat.type === "private" && chat.bot === "kicked"];
  byId("start").hidden = started && !blocked;
  byId("start").textContent = say(blocked ? "restart" : "start");
  byId("form").hidden = !started || blocked || Boolean(chat.migrated_to);
  const newest = chat.messages.findLast((message) => message.keyboard);
  composer.showKeyboard(newest?.keyboard?.keyboard ? newest.keyboard : null);
}

async function pressStart() {
  if (chat.bot === "kicked") await attempt(() => act("unblock", { person: phone.person }));
  await attempt(() => act("start", { person: phone.person }));
}

function showMessages() {
  log.replaceChildren(...chat.messages.flatMap((message, index) => withDay(message, chat.messages[index - 1])));
  if (!chat.messages.length) log.append(el("p", { class: "service" }, say(chat.type === "private" ? "empty" : "emptyGroup")));
  atEnd = true;
  keepEnd();
}

// Stay at the newest message for as long as nobody scrolled away from it.
function keepEnd() {
  if (atEnd) log.scrollTop = log.scrollHeight;
}

// A bubble, below the date when it is the first of its day.
function withDay(message, previous) {
  const day = clock.day(message.date * 1000);
  const fresh = !previous || clock.day(previous.date * 1000) !== day;
  return [...(fresh ? [el("p", { class: "service day" }, day)] : []), bubble(message, view(), actions)];
}

const happenings = {
  message(each, data) {
    each.messages.push(data);
    if (each !== chat) return;
    if (data.from.id === phone.person) atEnd = true;
    if (each.messages.length === 1) log.replaceChildren();
    log.append(...withDay(data, each.messages.at(-2)));
    showStatus();
    keepEnd();
  },
  changed(each, data) {
    const index = each.messages.findIndex((message) => message.message_id === data.message_id);
    if (index < 0) return;
    each.messages[index] = data;
    if (each === chat) log.querySelector(`[data-message="${data.message_id}"]`)?.replaceWith(bubble(data, view(), actions));
    keepEnd();
  },
  deleted(each, data) {
    each.messages = each.messages.filter((message) => message.message_id !== data.message_id);
    if (each === chat) log.querySelector(`[data-testid="message-${data.message_id}"]`)?.remove();
  },
  typing(each) {
    if (each !== chat) return;
    showStatus(say("typing"));
    clearTimeout(happenings.timer);
    happenings.timer = setTimeout(() => showStatus(), TYPING_LASTS);
  },
  answer(each, data) {
    if (data.person !== phone.person) return;
    for (const element of log.querySelectorAll(".waiting")) element.classList.remove("waiting");
    if (data.url) openedHere(data.url) || window.open(data.url, "_blank", "noopener");
    if (data.text && data.alert) {
      byId("alert-text").textContent = data.text;
      byId("alert").showModal();
    } else if (data.text) toast(data.text);
  },
};

function happened(event) {
  if (event.kind === "clock") return clock.set(event.data.now);
  if (event.kind === "notes") return showNotes(event.data);
  if (event.kind === "elsewhere") return countUnread(event.chat);
  const each = phone.chats.find((known) => known.id === event.chat);
  if (!each || !happenings[event.kind]) return refresh();
  happenings[event.kind](each, event.data);
  if (each === chat && event.kind !== "typing" && event.kind !== "answer") { showHeader(); showFoot(); }
  if (event.kind === "message" || event.kind === "changed" || event.kind === "deleted") showChats();
  return undefined;
}

function countUnread(id) {
  if (!phone.people.some((each) => each.id === id)) return;
  unread.set(id, (unread.get(id) ?? 0) + 1);
  showPeople();
}

// Load a phone and follow what happens from that very moment; a later load overtakes an earlier one.
async function load(id) {
  loads += 1;
  const mine = loads;
  const fresh = await attempt(() => loadPhone(id));
  if (!fresh || mine !== loads) return false;
  phone = fresh;
  clock.set(phone.now);
  showNotes(phone.notes);
  source?.close();
  source = watch(phone.person, phone.entry, happened, connectionChanged);
  return true;
}

// A server that came back may be another one, which knows nothing of what is shown here.
function connectionChanged(connected) {
  const back = connected && !byId("lost").hidden;
  byId("lost").hidden = connected;
  if (back) refresh();
}

// Load the same phone anew, keeping the open chat.
async function refresh() {
  const moved = chat.migrated_to ?? chat.id;
  if (!await load(phone.person)) return;
  chat = phone.chats.find((each) => each.id === moved) ?? phone.chats[0];
  showAll();
}

function showAll() {
  clock.zone = person().zone;
  clock.show();
  showPeople();
  showChats();
  showHeader();
  showMessages();
  showFoot();
}

function openChat(id) {
  chat = phone.chats.find((each) => each.id === id) ?? phone.chats[0];
  composer.rest();
  document.body.dataset.view = "chat";
  showAll();
}

async function choosePerson(id, shown) {
  if (!await load(id)) return;
  unread.delete(phone.person);
  [chat] = phone.chats;
  document.body.dataset.view = shown;
  history.replaceState(null, "", `?person=${phone.person}`);
  composer.rest();
  showAll();
}

function openMenus() {
  for (const button of document.querySelectorAll("[aria-haspopup=menu]")) {
    const menu = byId(button.getAttribute("aria-controls"));
    const set = (open) => { menu.hidden = !open; button.setAttribute("aria-expanded", String(open)); };
    button.addEventListener("click", () => { set(menu.hidden); menu.querySelector("button")?.focus(); });
    document.addEventListener("click", (event) => { if (!button.contains(event.target)) set(false); });
    menu.addEventListener("keydown", (event) => { if (event.key === "Escape") { set(false); button.focus(); } });
  }
}

function chooseLanguage(language) {
  setLanguage(language);
  translate(document);
  composer.showAttachments();
  if (phone) showAll();
}

byId("back").addEventListener("click", () => { document.body.dataset.view = "list"; });
byId("start").addEventListener("click", pressStart);
byId("commands").addEventListener("click", () => composer.showCommands());
byId("link-form").addEventListener("submit", () => attempt(async () => { await act("open_link", { person: phone.person, link: byId("link-address").value }); openChat(phone.person); }));
byId("link-stop").addEventListener("click", () => byId("link").close());
for (const button of document.querySelectorAll("[data-language]")) button.addEventListener("click", () => chooseLanguage(button.dataset.language));
log.addEventListener("scroll", () => { atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < NEAR_END; });
new ResizeObserver(keepEnd).observe(log);
openMenus();
chooseLanguage(currentLanguage());
const asked = new URLSearchParams(location.search).get("person");
choosePerson(asked, asked ? "chat" : "list");
