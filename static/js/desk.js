// The boxes that the admin puts over its autocomplete fields say nothing to a screen reader: they get their field's label.
"use strict";

function labelBoxes() {
  for (const field of document.querySelectorAll("select.admin-autocomplete")) {
    const label = document.querySelector(`label[for="${field.id}"]`);
    const box = field.nextElementSibling;
    if (!label || !box || !box.classList.contains("select2")) continue;
    const name = label.textContent.trim().replace(/:$/, "");
    for (const part of box.querySelectorAll("[role=combobox], [role=textbox], input")) part.setAttribute("aria-label", name);
    for (const part of box.querySelectorAll("[role=combobox]")) part.removeAttribute("aria-labelledby");
    window.django.jQuery(field).on("select2:open", () => {
      document.querySelector(".select2-container--open .select2-dropdown input")?.setAttribute("aria-label", name);
    });
  }
}

// jQuery calls in turn whoever waits for the page, so the boxes are there by then; not every page has it.
window.addEventListener("load", () => window.django?.jQuery?.(labelBoxes));
