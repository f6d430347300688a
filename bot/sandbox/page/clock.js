// The sandbox's clock, shown in a person's zone and moved forward.

import { byId } from "./elements.js";
import { moveClock } from "./server.js";
import { currentLanguage, say } from "./texts.js";

const STEPS = { minute: 60, hour: 3600, day: 86400 };
const TO_MONDAY = { 5: 3, 6: 2 }; // days ahead, on a Friday and a Saturday
const locale = () => (currentLanguage() === "id" ? "id-ID" : "en-GB");

export class Clock {
  // `lead` is how far the sandbox is ahead of this computer, in milliseconds.
  constructor(failed) {
    this.lead = 0;
    this.zone = "UTC";
    this.failed = failed;
    setInterval(() => this.show(), 1000);
    byId("clock-open").addEventListener("click", () => byId("clock-open").setAttribute("aria-expanded", String(document.body.classList.toggle("with-clock"))));
    for (const button of document.querySelectorAll("[data-forward]")) button.addEventListener("click", () => this.forward(button.dataset.forward));
    byId("clock-form").addEventListener("submit", (event) => { event.preventDefault(); this.move({ to: new Date(this.instant(byId("clock-to").value)).toISOString() }); });
  }

  now() { return Date.now() + this.lead; }

  set(iso) {
    this.lead = Date.parse(iso) - Date.now();
    this.show();
  }

  show() {
    const now = this.now();
    byId("clock-local").textContent = this.time(now);
    byId("clock-open").textContent = this.time(now);
    byId("clock-open").setAttribute("aria-label", `${say("clock")}: ${this.time(now)}`);
    byId("clock-day").textContent = new Intl.DateTimeFormat(locale(), { timeZone: this.zone, weekday: "long", day: "numeric", month: "long" }).format(now);
    byId("clock-utc").textContent = `${this.zone} · ${new Date(now).toISOString().slice(11, 16)} UTC`;
    byId("clock-to").min = this.local(now);
    byId("clock-morning").textContent = say(this.nextMorning().monday ? "toMonday" : "toTomorrow");
  }

  time(moment) { return new Intl.DateTimeFormat(locale(), { timeZone: this.zone, hour: "2-digit", minute: "2-digit" }).format(moment); }

  day(moment) { return new Intl.DateTimeFormat(locale(), { timeZone: this.zone, day: "numeric", month: "long" }).format(moment); }

  // The zone's wall time as YYYY-MM-DDTHH:MM.
  local(moment) { return new Intl.DateTimeFormat("sv-SE", { timeZone: this.zone, dateStyle: "short", timeStyle: "short" }).format(moment).replace(" ", "T"); }

  // The moment at which the zone's wall shows `local`.
  instant(local) {
    const asIfUtc = Date.parse(`${local}Z`);
    return asIfUtc - (Date.parse(`${this.local(asIfUtc)}Z`) - asIfUtc);
  }

  // The morning of the next weekday, as YYYY-MM-DD: what rests on weekends can be met on a Friday too.
  nextMorning() {
    const today = new Date(`${this.local(this.now()).slice(0, 10)}T00:00Z`).getUTCDay();
    const ahead = TO_MONDAY[today] ?? 1;
    return { day: this.local(this.now() + ahead * STEPS.day * 1000).slice(0, 10), monday: ahead > 1 };
  }

  forward(step) {
    if (STEPS[step]) return this.move({ advance_seconds: STEPS[step] });
    return this.move({ to: new Date(this.instant(`${this.nextMorning().day}T08:30`)).toISOString() });
  }

  async move(body) {
    try {
      this.set((await moveClock(body)).now);
    } catch (error) {
      this.failed(error);
    }
  }
}
