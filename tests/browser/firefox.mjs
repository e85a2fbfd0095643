// Firefox, driven over Marionette: what WebDriver speaks, without a driver in between. Messages are
// JSON behind their length in bytes and a colon.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

/** Sizes in centimetres, as Marionette takes them. */
const PAPERS = {
  A4: { width: 21, height: 29.7 },
  Letter: { width: 21.59, height: 27.94 },
};

/** No window, no requests of its own, and a port of the system's choice. */
const PREFERENCES = {
  "marionette.port": 0,
  "app.normandy.enabled": false,
  "app.update.enabled": false,
  "browser.safebrowsing.downloads.remote.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.page": 0,
  "datareporting.policy.dataSubmissionEnabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#remote-settings-dummy/v1",
  "toolkit.telemetry.enabled": false,
};

/** Starts Firefox with a new profile in a folder; resolves with what drives it. */
export async function firefox(program, profile) {
  mkdirSync(profile, { recursive: true });
  const lines = Object.entries(PREFERENCES).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});`,
  );
  writeFileSync(join(profile, "user.js"), lines.join("\n"));
  const args = ["--headless", "--no-remote", "--marionette", "--profile", profile, "about:blank"];
  const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, HOME: profile } });
  const ended = once(child, "exit");
  process.once("exit", () => child.kill());
  const marionette = await talk(await port(profile, child));
  await marionette("WebDriver:NewSession", {});
  return {
    open: (url) => marionette("WebDriver:Navigate", { url }),
    /** Runs a function of this program in the page; it may return a promise. */
    async evaluate(script) {
      const { value } = await marionette("WebDriver:ExecuteScript", {
        script: `return (${script})()`,
        args: [],
      });
      return value;
    },
    /** The page as a PDF, on paper of that name. */
    async print(paper) {
      const { value } = await marionette("WebDriver:Print", { page: PAPERS[paper] });
      return Buffer.from(value, "base64");
    },
    async close() {
      await marionette("Marionette:Quit", { flags: ["eForceQuit"] }).catch(() => child.kill());
      await ended;
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Where Marionette listens: Firefox writes it into the profile. */
async function port(profile, child) {
  const file = join(profile, "MarionetteActivePort");
  for (let waited = 0; waited < 60_000; waited += 100) {
    if (existsSync(file) && readFileSync(file, "utf8")) return Number(readFileSync(file, "utf8"));
    if (child.exitCode !== null) throw new Error(`Firefox ended with ${child.exitCode}`);
    await sleep(100);
  }
  child.kill();
  throw new Error("Firefox did not open Marionette within a minute");
}

/** Connects; resolves with a function that sends a command and resolves with its answer. */
async function talk(port) {
  const socket = connect(port, "127.0.0.1");
  const waiting = new Map();
  let buffer = Buffer.alloc(0);
  let greet;
  const greeting = new Promise((resolve) => (greet = resolve));
  const take = (message) => {
    if (!Array.isArray(message)) return greet(message);
    const [, id, error, result] = message;
    const { resolve, reject } = waiting.get(id);
    waiting.delete(id);
    if (error) reject(new Error(`${error.error}: ${error.message}`));
    else resolve(result);
  };
  socket.on("data", (part) => {
    buffer = Buffer.concat([buffer, part]);
    for (;;) {
      const colon = buffer.indexOf(":");
      if (colon < 0) return;
      const end = colon + 1 + Number(buffer.subarray(0, colon));
      if (buffer.length < end) return;
      const message = JSON.parse(buffer.subarray(colon + 1, end));
      buffer = buffer.subarray(end);
      take(message);
    }
  });
  const lost = (error) => {
    for (const { reject } of waiting.values()) reject(error ?? new Error("Firefox went away"));
    waiting.clear();
  };
  socket.on("error", lost).on("close", () => lost());
  await greeting;
  let last = 0;
  return (name, parameters) =>
    new Promise((resolve, reject) => {
      const text = JSON.stringify([0, (last += 1), name, parameters]);
      waiting.set(last, { resolve, reject });
      socket.write(`${Buffer.byteLength(text)}:${text}`);
    });
}
