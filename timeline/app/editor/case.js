// The fields of the case and its patient, in step with the text. All rules are the server's.
Object.assign(window.editorPage, {
  // Bring the fields to the values of the text. What is typed and not sent yet stays: it is sent
  // with the value that it was typed over, so that it cannot overwrite another one in silence.
  fields(values, faults, isReadable) {
    for (const input of document.querySelectorAll("[data-field]")) {
      const key = input.dataset.field, value = values[key] ?? "";
      const isTyped = input === document.activeElement
        && ![input.dataset.seen, value].includes(input.value);
      if (!isTyped) {
        input.value = value;
        input.dataset.seen = value;
        this.fault(key, faults[key] ?? "");
      }
      input.readOnly = !isReadable;
    }
  },

  // Say beside a field what is wrong with it.
  fault(key, what) {
    for (const input of document.querySelectorAll("[data-field]")) {
      if (input.dataset.field !== key) continue;
      const told = document.getElementById(`${input.id}-fault`);
      if (told.textContent !== what) told.textContent = what;
      if (what) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  },
});

// Escape leaves a field as it was, as it does in a cell of a grid.
document.addEventListener("keydown", (event) => {
  const input = event.key === "Escape" && !event.isComposing && event.target.closest("[data-field]");
  if (!input || input.readOnly || input.value === input.dataset.seen) return;
  event.preventDefault();
  input.value = input.dataset.seen;
  input.dispatchEvent(new Event("change", { bubbles: true }));
});

document.addEventListener("change", (event) => {
  const input = event.target.closest("[data-field]");
  if (!input || input.readOnly) return;
  const isAsBefore = input.value === input.dataset.seen;  // what was refused is gone, and is told
  if (isAsBefore && !input.hasAttribute("aria-invalid")) return;
  emitEvent("case-field", { key: input.dataset.field, value: input.value, seen: input.dataset.seen });
});
