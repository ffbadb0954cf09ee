// Long lists become a field one types in, when accessible-autocomplete is there. The <select> stays the form's value.

const plain = (text) => text.normalize("NFD").replace(/[\u0300-\u036f]/g, "").toLowerCase();

function enhance(select) {
  const label = document.querySelector(`label[for="${select.id}"]`);
  window.accessibleAutocomplete.enhanceSelectElement({
    selectElement: select,
    defaultValue: select.value ? select.selectedOptions[0].textContent : "",
    showAllValues: false,
    minLength: 1,
    source: (query, show) => {
      const words = plain(query).split(/\s+/);
      const found = [...select.options].filter((o) => o.value && words.every((w) => plain(`${o.parentElement.label ?? ""} ${o.textContent}`).includes(w)));
      show(found.slice(0, 30).map((o) => o.textContent));
    },
    onConfirm: (chosen) => {
      const option = [...select.options].find((o) => o.textContent === chosen);
      if (option) option.selected = true;
    },
    tNoResults: () => "Rien ne correspond",
    tStatusQueryTooShort: (least) => `Tapez au moins ${least} caractère`,
    tStatusNoResults: () => "Rien ne correspond",
    tStatusSelectedOption: (option, total, index) => `${option}, ${index + 1} sur ${total}, choisi`,
    tStatusResults: (total, chosen) => `${total} résultat${total > 1 ? "s" : ""}. ${chosen}`,
    tAssistiveHint: () => "Tapez quelques lettres, puis choisissez avec les flèches.",
  });
  const input = document.getElementById(label.htmlFor);
  const said = select.getAttribute("aria-describedby");
  if (said) input.setAttribute("aria-describedby", `${said} ${input.getAttribute("aria-describedby") ?? ""}`.trim());
  if (select.getAttribute("aria-invalid")) input.setAttribute("aria-invalid", "true");
  input.placeholder = "Tapez pour chercher…";
  input.addEventListener("input", () => {
    if (!input.value) select.value = "";
  });
}

if (window.accessibleAutocomplete) document.querySelectorAll("select[data-search]").forEach(enhance);
