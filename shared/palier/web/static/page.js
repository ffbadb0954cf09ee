// What every page gains from JavaScript; each works without it.

const summary = document.querySelector(".summary");
if (summary) summary.focus();

// A link of the summary goes to the field itself, not only to its place.
for (const link of document.querySelectorAll(".summary a")) {
  link.addEventListener("click", (event) => {
    const field = document.getElementById(link.hash.slice(1));
    if (!field) return;
    event.preventDefault();
    const folded = field.closest("details");
    if (folded) folded.open = true;
    field.focus();
    field.closest(".field")?.scrollIntoView({ block: "start" });
  });
}

// One press, one form: the token would refuse the second, this avoids showing it.
for (const form of document.querySelectorAll("form[method=post]")) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "1";
    const button = event.submitter;
    if (button) button.setAttribute("aria-disabled", "true");
  });
}
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    form.querySelector("[aria-disabled]")?.removeAttribute("aria-disabled");
  }
});

// A menu wider than the screen shows the entry one is at.
for (const here of document.querySelectorAll(".menu [aria-current], .tabs [aria-current]")) {
  const bar = here.parentElement;
  bar.scrollLeft = here.offsetLeft - (bar.clientWidth - here.offsetWidth) / 2;
}

// Menus opened by <details> close on Escape and when the focus leaves.
for (const menu of document.querySelectorAll(".me, .switch")) {
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    menu.open = false;
    menu.querySelector("summary").focus();
  });
  menu.addEventListener("focusout", (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
  });
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => print());
}
