// Editing of a served sheet: its portrait, its name and label, the levels of its skills. All of the
// interface is in shadow trees inside the page and is not part of the site.
const Edit = (() => {
  "use strict";
  const { edit, sheet, token, most } = document.currentScript.dataset;
  if (!edit) return { owns: () => false, attach: () => {} };
  const TAG = "questfolio-edit";

  const post = async (name, type, body, more = "") => {
    const headers = { "Content-Type": type, "X-Questfolio-Token": token };
    try {
      const address = `${edit}${name}?page=${sheet}${more}`;
      const answer = await fetch(address, { method: "POST", headers, body });
      return { ok: answer.ok, ...(await answer.json()) };
    } catch {
      const message = "the server cannot be reached, or refused to read all of it";
      return { ok: false, diagnostics: [{ message, help: "look at the terminal it runs in" }] };
    }
  };

  // Overrides the page's own rules, only for elements that need it.
  const around = new CSSStyleSheet();
  around.replaceSync(`
    ${TAG} { position: absolute; z-index: 2; opacity: 0; }
    :hover > ${TAG}, ${TAG}:focus-within, ${TAG}[data-open] { opacity: 1; }
    :has(> ${TAG}:is([data-for=level], [data-for=portrait])) { position: relative; }
    ${TAG} + ${TAG} { margin-block-start: 32px; }
    ${TAG}[data-for=level] { inset: -4px -6px; }
    ${TAG}[data-for=portrait] { inset: 0; }
    ${TAG}:is([data-open], [data-drag]) { opacity: 1; }
    @media (hover: none) {
      ${TAG} { opacity: 1; }
      ${TAG}[data-for=add] { position: static; display: block; margin-block-start: 8px; }
    }
    @media (prefers-reduced-motion: no-preference) { ${TAG} { transition: opacity .15s; } }
    @media print { ${TAG} { display: none !important; } }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, around];
  const inside = new CSSStyleSheet();
  inside.replaceSync(`
    * { box-sizing: border-box; }
    [hidden] { display: none !important; }
    :host { text-align: start; text-indent: 0; text-transform: none; letter-spacing: 0; white-space: normal;
      text-wrap: wrap; font-weight: 400; container-type: normal; }
    :host([data-for=portrait]) { container-type: inline-size; }
    button, input, form, .note { font: 15px/1.4 system-ui, sans-serif; color: CanvasText; background: Canvas; }
    button { border: 1px solid; border-radius: 8px; padding: 4px 10px; cursor: pointer; }
    button:disabled { opacity: .5; cursor: progress; }
    button:focus-visible, input:focus-visible { outline: 3px solid light-dark(#0b57d0, #a8c7fa); outline-offset: 2px; }
    button.pencil { position: relative; inset-block-start: -6px; margin-inline-start: 6px; padding: 0; inline-size: 28px;
      block-size: 28px; line-height: 1; vertical-align: middle; }
    :host([data-shy]) { translate: -100% 0; }
    button.over { position: absolute; inset: 0; inline-size: 100%; background: none; border: 2px dashed; color: inherit;
      border-radius: 6px; padding: 0; opacity: .7; }
    @media (hover: none) { button.over:not(:focus-visible) { border: 1px dotted; opacity: .4; } }
    :host([data-for=portrait]) { pointer-events: none; }
    button.portrait { position: absolute; inset: auto 0 12px; margin: auto; inline-size: max-content; max-inline-size: 94%;
      pointer-events: auto; padding: 4px 8px; font-size: 13px; }
    @container (inline-size < 150px) {
      button.portrait { inset: auto 0 0 auto; inline-size: 32px; block-size: 32px; padding: 0; }
      button.portrait span { display: none; }
    }
    .target { position: absolute; inset: 0; display: none; place-items: center; text-align: center; padding: 8px;
      font: 15px/1.4 system-ui, sans-serif; color: CanvasText; background: color-mix(in srgb, Canvas 80%, transparent);
      border: 3px dashed light-dark(#0b57d0, #a8c7fa); border-radius: 16px; }
    :host([data-drag]) .target { display: grid; }
    :host([data-drag]) button { visibility: hidden; }
    :host([data-for=add]) .target { inset: 0 auto auto 0; inline-size: 14rem; block-size: 5rem; background: Canvas; }
    form, .note { position: fixed; margin: 0; inset: auto; inline-size: min(22rem, calc(100vw - 24px)); padding: 12px;
      border: 1px solid; border-radius: 12px; box-shadow: 0 8px 40px #0006; }
    form:not(:popover-open), .note:not(:popover-open) { display: none; }
    label { display: block; font-weight: 600; }
    input { display: block; inline-size: 100%; margin-block: 6px 10px; padding: 6px 8px; border: 1px solid; border-radius: 6px;
      font-size: 16px; }
    input::selection { color: Canvas; background: CanvasText; }
    p { margin: 0 0 8px; overflow-wrap: anywhere; }
    p:empty { display: none; }
    code { font: 14px/1.4 ui-monospace, monospace; }
    [role=alert] p { color: light-dark(#b3261e, #ff8a80); }
    small { display: block; font-size: 13px; margin-block: 8px; }
    form > small { margin-block-end: 0; }
    div.row { display: flex; gap: 8px; }
    img { display: block; max-inline-size: 96px; border-radius: 8px; margin-block-end: 8px; }`);

  const element = (name, content = "", more = {}) => {
    const it = Object.assign(document.createElement(name), more);
    typeof content === "string" ? (it.textContent = content) : it.append(...content);
    return it;
  };
  // A host element of ours inside an element of the page, which keeps it when the page changes.
  const place = (parent, kind, ...content) => {
    const host = document.createElement(TAG);
    host.dataset.for = kind;
    const shadow = host.attachShadow({ mode: "open" });
    shadow.adoptedStyleSheets = [inside];
    shadow.append(...content);
    parent.append(host);
    return host;
  };
  const has = (parent, kind) =>
    [...parent.children].find((it) => it.localName === TAG && it.dataset.for === kind);
  // A card below the element it belongs to, where there is room.
  const open = (card, anchor, host) => {
    host.dataset.open = "";
    if (!card.matches(":popover-open")) card.showPopover();
    const [at, size] = [anchor.getBoundingClientRect(), card.getBoundingClientRect()];
    const fit = (want, length, room) => Math.max(12, Math.min(want, room - length - 12));
    card.style.left = `${fit(at.left, size.width, innerWidth)}px`;
    card.style.top = `${fit(at.bottom + 8, size.height, innerHeight)}px`;
  };
  // Text in back-ticks was written by the author.
  const words = (text) =>
    text.split(/`([^`]+)`/).map((part, index) => (index % 2 ? element("code", part) : part));
  const said = (diagnostics) =>
    diagnostics.flatMap(({ message, help }) => [
      element("p", words(message)),
      ...(help ? [element("small", ["help: ", ...words(help)])] : []),
    ]);

  // The text of an element in the page; shadow trees are not included.
  const textOf = (it) => it.textContent.trim();

  // A button that opens a card with one field.
  const field = (parent, kind, { role, glyph, name, what, hint, was, body }) => {
    if (has(parent, kind)) return;
    const button = element("button", glyph, { type: "button", className: role });
    button.setAttribute("aria-label", name);
    button.title = name;
    const input = element("input", "", { id: "value", type: "text", autocomplete: "off", maxLength: 500 });
    const alert = element("div");
    alert.setAttribute("role", "alert");
    const save = element("button", "Save", { type: "submit" });
    const cancel = element("button", "Cancel", { type: "button" });
    const form = element("form", [
      element("label", what, { htmlFor: "value" }),
      input,
      alert,
      element("div", [save, cancel], { className: "row" }),
      element("small", hint),
    ]);
    form.popover = "auto";
    form.setAttribute("aria-label", name);
    const host = place(parent, kind, button, form);
    let shown = "";
    button.addEventListener("click", () => {
      shown = was();
      input.value = shown;
      alert.replaceChildren();
      open(form, parent, host);
      input.select();
      input.focus();
    });
    const close = () => {
      form.hidePopover();
      button.focus();
    };
    form.addEventListener("toggle", (event) => event.newState === "closed" && delete host.dataset.open);
    cancel.addEventListener("click", close);
    form.addEventListener("keydown", (event) => {
      event.stopPropagation();
      if (event.key !== "Escape") return;
      event.preventDefault();
      close();
    });
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (save.disabled) return;
      save.disabled = true;
      const change = { ...body, was: shown, value: input.value };
      const { ok, diagnostics } = await post("field", "application/json", JSON.stringify(change));
      save.disabled = false;
      if (ok) return close();
      alert.replaceChildren(...said(diagnostics));
      open(form, parent, host);
      input.focus();
    });
    // A pencil that would be outside the page overlaps the end of its line.
    if (role === "pencil") {
      host.toggleAttribute("data-shy", host.getBoundingClientRect().left + 40 > document.documentElement.clientWidth);
    }
  };

  const card = () => document.querySelector(".h-card");
  const own = (name) =>
    [...(card()?.querySelectorAll(name) ?? [])].find(
      (it) => it.closest(".h-card") === card() && !it.closest(".h-entry, .h-event, .h-cite, .h-review"),
    );

  const fields = () => {
    const [name, label] = [own(".p-name"), own(".p-job-title")];
    const hint = "Enter saves, Escape cancels. It is written into the profile's file.";
    const text = (it, glyph, name, what, kind, was) =>
      field(it, kind, { role: "pencil", glyph, name, what, hint, was, body: { field: kind } });
    if (name) text(name, "✎", "Change the name", "Name", "name", () => textOf(name));
    if (label) text(label, "✎", "Change the label", "Label", "label", () => textOf(label));
    const extra = name && has(name, "label");
    if (name && !label) text(name, "+", "Add a label", "Label", "label", () => "");
    else extra?.remove();
    for (const row of document.querySelectorAll("[id^=_skill-]")) {
      const level = row.querySelector(".sv");
      if (!level) continue;
      const skill = row.id.slice("_skill-".length);
      const title = row.querySelector(".sn")?.textContent.trim() || skill;
      const was = () => textOf(level).match(/\d+/)?.[0] ?? "";
      const what = `Level of ${title}`;
      const body = { field: "level", skill };
      field(level, "level", { role: "over", glyph: "", name: `Change the level of ${title}`, what, hint: `A number, or a word for one. ${hint}`, was, body });
    }
  };

  // The portrait: dropped or picked, previewed at once, then replaced by the built one.
  const photo = () => own("img.u-photo");
  const frame = () => {
    const it = photo();
    return it ? (it.closest("picture") ?? it).parentElement : own(".p-name")?.parentElement;
  };
  let preview = null;
  const portrait = () => {
    const parent = frame();
    if (!parent) return;
    const kind = photo() ? "portrait" : "add";
    for (const it of document.querySelectorAll(`${TAG}:is([data-for=portrait], [data-for=add])`)) {
      if (it.parentElement !== parent || it.dataset.for !== kind) it.remove();
    }
    if (has(parent, kind)) return;
    const label = kind === "portrait" ? "Change portrait" : "Add a portrait";
    const button = element("button", ["✎ ", element("span", label)], { type: "button", className: kind });
    button.setAttribute("aria-label", label);
    button.title = label;
    const picker = element("input", "", { type: "file", accept: "image/*", hidden: true });
    const note = element("div", "", { className: "note", popover: "manual" });
    const host = place(parent, kind, element("div", "Drop it here", { className: "target" }), button, picker, note);
    button.addEventListener("click", () => picker.click());
    picker.addEventListener("change", () => {
      const [file] = picker.files;
      picker.value = "";
      if (file) send(file);
    });
    note.addEventListener("keydown", (event) => event.key === "Escape" && say([]));
    host.say = (content, role) => {
      note.replaceChildren(...content);
      note.setAttribute("role", role);
      if (content.length > 0) return open(note, parent, host);
      note.hidePopover();
      delete host.dataset.open;
    };
  };
  const holder = () => document.querySelector(`${TAG}:is([data-for=portrait], [data-for=add])`);
  const say = (content, role = "status") => holder()?.say(content, role);
  const closing = () => {
    const close = element("button", "Close", { type: "button" });
    close.addEventListener("click", () => say([]));
    return close;
  };
  const complain = (diagnostics) => {
    const close = closing();
    say([...said(diagnostics), close], "alert");
    close.focus();
  };

  const read = (file) =>
    new Promise((resolve) => {
      if (!file.type.startsWith("image/")) return resolve(null);
      const reader = new FileReader();
      reader.addEventListener("load", () => resolve(reader.result));
      reader.addEventListener("error", () => resolve(null));
      reader.readAsDataURL(file);
    });
  // The old picture's markup is restored.
  const show = (url) => {
    const it = photo();
    if (!it || !url) return null;
    const picture = it.closest("picture") ?? it;
    const kept = picture.cloneNode(true);
    for (const source of picture.querySelectorAll("source")) source.remove();
    it.removeAttribute("srcset");
    it.src = url;
    return { src: kept.querySelector("img")?.getAttribute("src") ?? kept.getAttribute("src"), url, kept };
  };
  const restore = () => {
    const it = photo();
    if (it && preview?.kept && it.src === preview.url) (it.closest("picture") ?? it).replaceWith(preview.kept);
    preview = null;
  };
  const send = async (file) => {
    if (preview && !preview.isSent) return;
    restore();
    if (file.size > Number(most)) {
      const message = `\`${file.name}\` is ${file.size} bytes long, at most ${most} are allowed`;
      return complain([{ message, help: "make it smaller: 2000 pixels on the shorter edge are plenty" }]);
    }
    preview = { url: "" };
    const url = await read(file);
    const shown = show(url);
    preview = shown ?? { url };
    const small = !shown && url ? [element("img", "", { src: url, alt: "" })] : [];
    say([...small, element("p", `Sending ${file.name} …`)]);
    const name = `&name=${encodeURIComponent(file.name)}`;
    const { ok, changed, diagnostics } = await post("avatar", "application/octet-stream", file, name);
    if (!ok) {
      restore();
      return complain(diagnostics);
    }
    if (!changed) restore();
    if (!shown) preview = null;
    if (diagnostics.length > 0) complain(diagnostics);
    else say(changed && shown ? [element("p", "Making the portrait …"), closing()] : []);
    if (preview) preview.isSent = true;
    settle();
  };
  // The preview stays until the page has another picture, whatever else changes.
  const settle = () => {
    if (!preview?.kept) return;
    const it = photo();
    if (!it) return void (preview = null);
    const src = it.getAttribute("src");
    if (src === preview.url) return;
    if (src === preview.src) return void (preview = { ...show(preview.url), isSent: preview.isSent });
    if (!preview.isSent) return;
    preview = null;
    const note = holder()?.shadowRoot.querySelector(".note");
    if (note?.getAttribute("role") === "status") say([]);
  };

  // A picture of the page itself that is dragged looks like a file, too.
  let isOwn = false;
  addEventListener("dragstart", () => (isOwn = true));
  addEventListener("dragend", () => (isOwn = false));
  const isFile = (event) => !isOwn && [...(event.dataTransfer?.types ?? [])].includes("Files");
  const isOver = (event) => frame()?.contains(event.target);
  const drag = (isOn) => holder()?.toggleAttribute("data-drag", isOn);
  // Dropped outside the portrait, a file would replace the page.
  addEventListener("dragover", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = isOver(event) ? "copy" : "none";
    drag(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget || drag(false));
  addEventListener("drop", (event) => {
    if (!isFile(event)) return;
    event.preventDefault();
    drag(false);
    const [file] = event.dataTransfer.files;
    if (file && isOver(event)) send(file);
  });

  const attach = () => {
    fields();
    portrait();
    settle();
  };
  return { owns: (node) => node.localName === TAG, attach };
})();
