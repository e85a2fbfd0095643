// A built site: its pages, its files by address, and a server for them. Nothing here knows Rust.

import { spawn } from "node:child_process";
import { createServer } from "node:http";
import { readFileSync, readdirSync, existsSync } from "node:fs";
import { join, relative, sep, extname } from "node:path";

const KINDS = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".xml": "application/xml",
  ".txt": "text/plain; charset=utf-8",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".woff2": "font/woff2",
};

/** Runs a program; rejects with what it printed when it fails. */
export function run(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
    let text = "";
    child.stdout.on("data", (part) => (text += part));
    child.stderr.on("data", (part) => (text += part));
    child.on("error", reject);
    child.on("close", (code) => {
      if (code === 0 || options.anyway) resolve({ code, text });
      else reject(new Error(`${program} ${args.join(" ")}: exit code ${code}\n${text}`));
    });
  });
}

/** Every file below a folder, as paths with `/`, sorted. */
export function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)))
    .map((path) => path.split(sep).join("/"))
    .sort();
}

/** The address below the base at which a page is reached: `profiles/ada/` of its index.html. */
export function addressOf(file) {
  return file.endsWith("index.html") ? file.slice(0, -"index.html".length) : file;
}

/** What kind of page it is, by its address: pages of one kind share a template. */
export function kindOf(address, isGuild) {
  const parts = address.split("/").filter(Boolean);
  if (parts.length === 0) return isGuild ? "hall" : "sheet";
  // Where a site has a front page of its own, the hall or the sheet lies here.
  if (address === "guild/") return "hall";
  if (address === "sheet/") return "sheet";
  if (address === "404.html") return "404";
  if (parts[0] === "profiles") return parts.length === 2 ? "sheet" : "profiles";
  if (parts[0] === "posts") return parts.length > 1 ? "post" : "posts";
  if (parts[0] === "skills") return parts.length > 1 ? "skill" : "skills";
  return "page";
}

/** A redirect that an alias leaves behind is no page to look at. */
export function isRedirect(html) {
  return /<meta[^>]+http-equiv="?refresh/i.test(html);
}

/** Serves a built folder below its base path; resolves with the origin, what was asked for and a way
    to stop. */
export function serve(site) {
  const asked = new Set();
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url, "http://site").pathname);
    asked.add(path);
    const name = fileAt(site, path);
    const file = site.files.has(name) ? name : "404.html";
    if (!site.files.has(file)) {
      response.writeHead(404).end();
      return;
    }
    response.writeHead(file === name ? 200 : 404, {
      "content-type": KINDS[extname(file)] ?? "application/octet-stream",
      "cache-control": "max-age=600",
    });
    response.end(readFileSync(join(site.folder, file)));
  });
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const origin = `http://127.0.0.1:${server.address().port}`;
      resolve({ origin, asked, stop: () => server.close() });
    });
  });
}

/** The file that a host of static files gives for a path; null outside the site's base. */
function fileAt({ base }, path) {
  if (!path.startsWith(base)) return null;
  const inside = path.slice(base.length);
  return inside === "" || inside.endsWith("/") ? `${inside}index.html` : inside;
}

/** What lies in a built folder, to be served at a base path that ends in a slash. */
export function siteIn(folder, base) {
  if (!existsSync(folder)) throw new Error(`${folder} was not built`);
  const files = filesBelow(folder);
  const pages = files.filter(
    (file) => file.endsWith(".html") && !isRedirect(readFileSync(join(folder, file), "utf8")),
  );
  return { folder, base, files: new Set(files), pages };
}

/** Links and sources in the HTML that lead nowhere in the built folder, as `page: address`. */
export function brokenLinks(site) {
  const broken = [];
  for (const page of site.pages) {
    const html = readFileSync(join(site.folder, page), "utf8");
    for (const [, , address] of html.matchAll(/\s(href|src)="([^"]*)"/g)) {
      const clean = address.replaceAll("&amp;", "&").replace(/[?#].*$/, "");
      if (clean === "" || /^[a-z][a-z+.-]*:/i.test(clean)) continue;
      const path = decodeURIComponent(
        new URL(clean, `http://site${site.base}${addressOf(page)}`).pathname,
      );
      if (!site.files.has(fileAt(site, path))) broken.push(`${page}: ${address}`);
    }
  }
  return broken;
}
