// Remembers the two choices of the cover, and prints. Everything else works without it.
for (const button of document.querySelectorAll(".prefs .print")) {
  button.onclick = () => print();
}
for (const input of document.querySelectorAll(".prefs input")) {
  try {
    const key = "codex-" + input.name.slice(1);
    if (localStorage[key] === input.value) input.checked = true;
    input.onchange = () => (localStorage[key] = input.value);
  } catch {}
}
