// The learning management system, spoken to as SCORM 1.2 has it (SCORM Runtime Environment 1.2, chapter 3). Without one nothing is kept.

"use strict";

{
  const MOST_WINDOWS = 50;
  const LONGEST = 255; // CMIString255
  const LONGEST_COMMENT = 4096; // CMIString4096
  const two = (number) => String(Math.floor(number)).padStart(2, "0");

  // The API of this window or of one around it; a window of another origin may not be looked into.
  const around = (window) => {
    try {
      for (let each = window, count = 0; each && count < MOST_WINDOWS; count += 1) {
        if (each.API) return each.API;
        if (each.parent === each) return undefined;
        each = each.parent;
      }
    } catch {
      return undefined;
    }
    return undefined;
  };

  const found = () => around(window) || (window.opener ? around(window.opener) : undefined);

  // A span of time in milliseconds, as CMITimespan.
  Sinau.timespan = (span) => {
    const seconds = span / 1000;
    return `${String(Math.floor(seconds / 3600)).padStart(4, "0")}:${two((seconds / 60) % 60)}:${two(seconds % 60)}.${two((span / 10) % 100)}`;
  };

  const timeOfDay = (moment) => `${two(moment.getHours())}:${two(moment.getMinutes())}:${two(moment.getSeconds())}`;

  class Lms {
    constructor() {
      this.api = found();
      this.begun = Date.now();
      this.connected = this.call("LMSInitialize", "") === "true";
      // Who only looks, or looks again, leaves no trace.
      this.recording = this.connected && !["browse", "review"].includes(this.get("cmi.core.lesson_mode"));
      this.interactions = Number.parseInt(this.get("cmi.interactions._count"), 10) || 0;
      if (["", "not attempted", "unknown"].includes(this.get("cmi.core.lesson_status"))) this.set("cmi.core.lesson_status", "incomplete");
    }

    call(name, ...values) {
      try {
        return String(this.api[name](...values));
      } catch {
        return "";
      }
    }

    get(name) { return this.connected ? this.call("LMSGetValue", name) : ""; }

    set(name, value) { return this.recording && this.call("LMSSetValue", name, String(value)) === "true"; }

    // Where the learner was, and what the player has to know again; nothing at the first time.
    get place() { return this.get("cmi.core.lesson_location"); }

    get memory() {
      try {
        return JSON.parse(this.get("cmi.suspend_data"));
      } catch {
        return null;
      }
    }

    // Keep both, so that not more than this step is lost; returns whether the system took it.
    keep(place, memory) {
      this.set("cmi.core.lesson_location", place);
      this.set("cmi.suspend_data", JSON.stringify(memory));
      this.set("cmi.core.session_time", Sinau.timespan(Date.now() - this.begun));
      this.set("cmi.core.exit", "suspend");
      return this.recording && this.call("LMSCommit", "") === "true";
    }

    // Report the best score (0 to 1), and passed, failed or completed.
    report(score, status) {
      this.set("cmi.core.score.min", 0);
      this.set("cmi.core.score.max", 100);
      if (score !== null) this.set("cmi.core.score.raw", Sinau.percent(score));
      this.set("cmi.core.lesson_status", status);
    }

    // Report one answer; not every system wants such.
    answered({ id, objective, type, response, patterns, result, latency }) {
      const name = `cmi.interactions.${this.interactions}`;
      if (!this.set(`${name}.id`, id)) return;
      this.interactions += 1;
      if (objective) this.set(`${name}.objectives.0.id`, objective);
      this.set(`${name}.type`, type);
      this.set(`${name}.time`, timeOfDay(new Date()));
      patterns.forEach((pattern, place) => this.set(`${name}.correct_responses.${place}.pattern`, pattern.slice(0, LONGEST)));
      this.set(`${name}.student_response`, response.slice(0, LONGEST));
      this.set(`${name}.result`, result);
      this.set(`${name}.latency`, Sinau.timespan(latency));
    }

    // What a learner chose to send to who runs the course; returns whether the system took it.
    comment(text) { return this.set("cmi.comments", text.slice(0, LONGEST_COMMENT)); }

    finish() {
      if (!this.connected) return;
      this.set("cmi.core.session_time", Sinau.timespan(Date.now() - this.begun));
      this.call("LMSFinish", "");
      this.connected = false;
      this.recording = false;
    }
  }

  Sinau.Lms = Lms;
}
