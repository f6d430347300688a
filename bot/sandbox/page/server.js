// Talking to the sandbox: a person's phone, what people do, and the stream of what happens.

import { say } from "./texts.js";

async function answered(request) {
  const response = await request.catch(() => { throw new Error(say("unanswered")); });
  const body = await response.json();
  if (!response.ok) throw new Error(body.problem ?? response.statusText);
  return body;
}

export const loadPhone = async (person) => answered(fetch(`/sandbox/state${person ? `?person=${person}` : ""}`));

const post = async (path, body) => answered(fetch(path, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) }));

export const act = (verb, body) => post(`/sandbox/do/${verb}`, body);
export const editMessage = (body) => post("/sandbox/edit", body);
export const migrate = (chat) => post("/sandbox/migrate", { chat });
export const moveClock = (body) => post("/sandbox/clock", body);

export async function sendUpload(fields, file) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.append(name, value);
  form.append("file", file, file.name);
  return answered(fetch("/sandbox/do/send_file", { method: "POST", body: form }));
}

export const fileAddress = (id) => `/sandbox/files/${encodeURIComponent(id)}`;

// Call `happened` for each event after entry `after`, and `connected` with true or false as the line comes and goes.
export function watch(person, after, happened, connected) {
  const source = new EventSource(`/sandbox/events?person=${person}&after=${after}`);
  source.onmessage = (event) => happened(JSON.parse(event.data));
  source.onopen = () => connected(true);
  source.onerror = () => connected(false);
  return source;
}
