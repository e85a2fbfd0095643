// The dev server's client: shows changes and diagnostics. It is added to pages when they are
// served, and is not part of the site.
(() => {
  "use strict";
  const { events, build, page, status } = document.currentScript.dataset;
  let known = build;
  let source = null;

  // A browser opens at most six connections to a host, so only the visible tab listens.
  const listen = () => {
    if (source || document.visibilityState !== "visible") return;
    source = new EventSource(`${events}?page=${encodeURI(page)}`);
    source.addEventListener("build", (event) => shown(JSON.parse(event.data)));
    source.addEventListener("error", () => {
      // Closed permanently: the server was restarted, under another path.
      if (source && source.readyState === EventSource.CLOSED) setTimeout(revive, 1000);
    });
  };
  const rest = () => {
    if (source) source.close();
    source = null;
  };
  const revive = async () => {
    try {
      await fetch(location.href, { method: "HEAD", cache: "no-store" });
      location.reload();
    } catch {
      setTimeout(revive, 1000);
    }
  };

  const fetchPage = async () => {
    const answer = await fetch(location.href, { cache: "no-store" });
    return { status: answer.status, html: await answer.text() };
  };
  let original = fetchPage().catch(() => null);

  const shown = async ({ build, changed, moved, diagnostics, editor }) => {
    if (diagnostics) report(diagnostics, editor);
    if (build === known) return;
    known = build;
    const successor = moved?.[page];
    if (successor) return location.replace(successor);
    const paths = changed && new Set(changed.map(plain));
    if (paths) renewStylesheets(paths);
    // This tab may have missed changes, or may now get a page where there was none.
    const isMissing = status === "404" || (status === "503" && diagnostics);
    if (!paths || paths.has(plain(page)) || isMissing) return update();
    const used = resources().filter((path) => paths.has(path));
    if (used.length === 0) return;
    const links = stylesheets(document).filter((link) => used.includes(plain(path(link.href))));
    if (links.length < used.length) return location.reload();
    for (const link of links) swap(link, `${path(link.href)}?build=${build}`);
  };

  // The open page has changed: it is morphed in place, and keeps the reader's state.
  const update = async () => {
    const [before, after] = [await original, await fetchPage()];
    if (!before || before.status !== after.status) return location.reload();
    const [old, fresh] = [parse(before.html), parse(after.html)];
    // A script that has run cannot be undone.
    if (scripts(old) !== scripts(fresh)) return location.reload();
    original = Promise.resolve(after);
    settle(fresh);
    swapStylesheets(fresh);
    keepInputs(old, fresh);
    Idiomorph.morph(document.documentElement, fresh.documentElement, {
      morphStyle: "outerHTML",
      ignoreActiveValue: true,
      head: { style: "merge" },
      callbacks: {
        beforeNodeRemoved: (node) => node !== host && !leaving.has(node) && !Edit.owns(node),
        beforeAttributeUpdated: (name, node, change) => mayChange(old, name, node, change),
      },
    });
    Edit.attach();
  };

  const parse = (html) => new DOMParser().parseFromString(html, "text/html");
  const stylesheets = (tree) =>
    [...tree.querySelectorAll("link[rel~=stylesheet][href]")].filter((it) => !leaving.has(it));
  // Scripts that run; others contain data.
  const scripts = (tree) =>
    [...tree.scripts]
      .filter((it) => !it.dataset.events && /^(|module|text\/javascript)$/.test(it.type))
      .map((it) => it.outerHTML)
      .join("\n");
  // Our own tag is kept.
  const settle = (fresh) => {
    const [mine, next] = [document, fresh].map((tree) => tree.querySelector("script[data-events]"));
    if (mine && next) next.replaceWith(mine.cloneNode());
  };
  // Each stylesheet is replaced by the one at its index; additional ones are added or removed by
  // the morphing.
  const swapStylesheets = (fresh) => {
    const links = stylesheets(document);
    stylesheets(fresh).forEach((next, index) => {
      const link = links[index];
      if (!link) return;
      const [from, to] = [link, next].map((it) => it.getAttribute("href"));
      const stays = link.cloneNode();
      stays.setAttribute("href", to);
      next.replaceWith(stays);
      if (from !== to) swap(link, to);
    });
  };
  // A stylesheet's name contains its digest, so the new one is known before the page that uses it.
  const renewStylesheets = (paths) => {
    const nameless = (path) => path.replace(/\.[0-9a-f]{10,16}(?=\.css$)/, "");
    for (const link of stylesheets(document)) {
      const old = plain(path(link.href));
      const next = [...paths].find((it) => it !== old && nameless(it) === nameless(old));
      if (next && next.endsWith(".css")) swap(link, encodeURI(next));
    }
  };
  // Input by the reader is kept, unless the page did not have the field.
  const keepInputs = (old, fresh) => {
    const fields = (tree) => [...tree.querySelectorAll("input, textarea, select")];
    const name = (it, index) => it.id || `${it.name}=${it.type === "radio" ? it.defaultValue : index}`;
    const byName = (tree) => new Map(fields(tree).map((it, index) => [name(it, index), it]));
    const [was, next] = [old, fresh].map(byName);
    fields(document).forEach((it, index) => {
      const other = next.get(name(it, index));
      if (!other || other.tagName !== it.tagName) return;
      if (it.tagName === "TEXTAREA") other.textContent = it.value;
      else if (it.tagName === "SELECT") [...other.options].forEach((option, at) => option.toggleAttribute("selected", it.selectedIndex === at));
      else if (it.type === "checkbox" || it.type === "radio") other.toggleAttribute("checked", it.checked);
      // A value kept by an earlier change of the page is in the attribute by now.
      else if (it.value !== was.get(name(it, index))?.defaultValue) other.setAttribute("value", it.value);
    });
  };
  // Panels stay open or closed, and attributes that scripts set on the root are kept.
  const mayChange = (old, name, node, change) => {
    if (name === "open" && node.matches("details, dialog")) return false;
    const root = [document.documentElement, document.body].indexOf(node);
    const source = [old.documentElement, old.body][root];
    return !(source && change === "remove" && !source.hasAttribute(name));
  };
  const path = (url) => new URL(url, location.href).pathname;
  const plain = (path) => {
    try {
      return decodeURIComponent(path);
    } catch {
      return path;
    }
  };
  const resources = () => {
    // A picture that was removed from the page after it was loaded is ignored.
    const pictures = new Set([...document.images].map((it) => it.currentSrc));
    const loaded = performance
      .getEntriesByType("resource")
      .filter(({ initiatorType, name }) => initiatorType !== "img" || pictures.has(name));
    const own = loaded.map(({ name }) => new URL(name)).filter(({ origin }) => origin === location.origin);
    return [...new Set(own.map((url) => plain(url.pathname)))];
  };
  // The old stylesheet stays until the new one has loaded, so that the page is never unstyled.
  const leaving = new WeakSet();
  const swap = (link, href) => {
    const next = link.cloneNode();
    const media = link.media;
    next.setAttribute("href", href);
    // It is enabled at the moment the old one is removed, so that the page is laid out only once.
    next.media = "not all";
    const settle = () => {
      if (media) next.media = media;
      else next.removeAttribute("media");
      link.remove();
    };
    next.addEventListener("load", settle, { once: true });
    next.addEventListener("error", settle, { once: true });
    leaving.add(link);
    link.after(next);
  };

  // The diagnostics, above the page. All text is in text nodes: messages are never markup.
  const host = document.createElement("questfolio-report");
  const shadow = host.attachShadow({ mode: "open" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; color-scheme: inherit; }
    section, button { font: 15px/1.5 system-ui, sans-serif; color: CanvasText; }
    section { position: fixed; inset: auto 0 0 0; z-index: 2147483647; max-block-size: 60vh; overflow: auto;
      background: Canvas; border-block-start: 4px solid light-dark(#b3261e, #ff8a80); padding: 12px 20px 20px;
      box-shadow: 0 -8px 40px #0006; }
    section.warning { border-color: light-dark(#8a6100, #ffc861); }
    header { display: flex; justify-content: space-between; align-items: center; gap: 16px; }
    h2 { font-size: 17px; margin: 0; }
    button { background: Canvas; border: 1px solid; border-radius: 8px; padding: 6px 14px; cursor: pointer; }
    button.pill { position: fixed; inset: auto 16px 16px auto; z-index: 2147483647; }
    button:focus-visible, a:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    ol { list-style: none; margin: 8px 0 0; padding: 0; }
    li { padding: 10px 0; border-block-start: 1px solid light-dark(#ccc, #444); }
    strong { color: light-dark(#b3261e, #ff8a80); }
    .warning > strong { color: light-dark(#8a6100, #ffc861); }
    pre, code { font: 14px/1.5 ui-monospace, monospace; }
    pre { margin: 8px 0; padding: 8px 12px; overflow-x: auto; white-space: pre;
      background: light-dark(#f4f4f2, #1f1f1f); border-radius: 6px; }
    code { padding: 1px 4px; background: light-dark(#eeeeec, #2b2b2b); border-radius: 4px; }
    mark { background: none; color: light-dark(#b3261e, #ff8a80); font-weight: bold; }
    .warning mark { color: light-dark(#8a6100, #ffc861); }
    a { color: LinkText; }
    p { margin: 4px 0 0; }
    small { font-size: 13px; opacity: .8; }
    @media print { :host { display: none; } }`);
  shadow.adoptedStyleSheets = [sheet];

  let drawn = "[]";
  let open = false;
  let last = [];
  let edit = "";
  const report = (diagnostics, editor) => {
    edit = editor;
    const now = JSON.stringify(diagnostics);
    if (now === drawn) return;
    drawn = now;
    last = diagnostics;
    open = diagnostics.some(({ severity }) => severity === "error");
    draw();
  };
  const draw = () => {
    shadow.replaceChildren();
    host.remove();
    if (last.length === 0) return;
    shadow.append(open ? panel() : pill());
    document.body.append(host);
  };
  const element = (name, content, role) => {
    const it = document.createElement(name);
    if (role) it.className = role;
    if (typeof content === "string") it.textContent = content;
    else it.append(...content);
    return it;
  };
  const button = (label, role, becomes) => {
    const it = element("button", label, role);
    it.type = "button";
    it.addEventListener("click", () => toggle(becomes));
    return it;
  };
  const toggle = (becomes) => {
    open = becomes;
    draw();
    shadow.querySelector("button")?.focus();
  };
  const count = (word) => {
    const those = last.filter(({ severity }) => severity === word);
    const number = those.reduce((sum, { stands_for }) => sum + (stands_for ?? 1), 0);
    return number === 0 ? [] : [`${number} ${word}${number === 1 ? "" : "s"}`];
  };
  const title = () => [...count("error"), ...count("warning")].join(", ");
  const pill = () => button(title(), "pill", true);
  const panel = () => {
    const worst = last.some(({ severity }) => severity === "error") ? "error" : "warning";
    const words = [element("h2", title()), element("small", "Mend it and save: this goes away by itself.")];
    const head = element("header", [element("div", words), button("Close", "", false)]);
    const list = element("ol", last.map(item));
    const it = element("section", [head, list], worst);
    it.setAttribute("role", "region");
    it.setAttribute("aria-label", "What is wrong with the site");
    it.setAttribute("aria-live", "polite");
    it.addEventListener("keydown", (event) => event.key === "Escape" && toggle(false));
    return it;
  };
  const place = ({ file, line, column }) => [file, line, column].filter(Boolean).join(":");
  // The position as a link that opens the file in the author's editor, if there is a file.
  const reference = (it) => {
    const link = element("a", place(it));
    const parts = { path: it.file, line: it.line ?? 1, column: it.column ?? 1 };
    link.href = edit.replace(/\{(\w+)\}/g, (_, name) => (name === "path" ? encodeURI(parts.path) : parts[name]));
    return edit && !it.built_in ? link : place(it);
  };
  // Text in back-ticks was written by the author.
  const withCode = (text) =>
    text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? element("code", part) : part));
  const item = (diagnostic) => {
    const { severity, code, message, source, line, column, label, help, related } = diagnostic;
    const begin = diagnostic.source_column ?? 1;
    const parts = [element("strong", `${severity}[${code}]`), ": ", ...withCode(message)];
    const lines = place(diagnostic) ? [reference(diagnostic)] : [];
    if (typeof source === "string") {
      // Columns count characters. Tabs are kept, so that the mark is below its character.
      const before = [...source].slice(0, (column ?? 1) - begin).map((it) => (it === "\t" ? it : " "));
      const blank = " ".repeat(String(line).length);
      const under = element("mark", `${mark(diagnostic)} ${label ?? ""}`.trimEnd());
      lines.push(`\n${line} | ${source}\n${blank} | ${before.join("")}`, under);
    }
    for (const other of related ?? []) lines.push("\n", reference(other), `: ${other.label}`);
    if (lines.length > 0) parts.push(element("pre", lines));
    if (help) parts.push(element("p", ["help: ", ...withCode(help)]));
    return element("li", parts, severity);
  };
  const mark = ({ source, source_column, line, column, end_line, end_column }) => {
    const last = (source_column ?? 1) + [...source].length;
    const end = line === end_line ? Math.min(end_column, last) : last;
    return "^".repeat(Math.max(1, end - column || 1));
  };

  document.addEventListener("visibilitychange", () =>
    document.visibilityState === "visible" ? listen() : rest(),
  );
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  listen();
  Edit.attach();
})();
