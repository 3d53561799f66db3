// The filters of the list and the search work without this; with it empty fields stay out of the address and a change is said aloud.
"use strict";

const filters = document.getElementById("filters");
const said = document.getElementById("said");

filters.addEventListener("formdata", ({ formData }) => {
  for (const [name, value] of [...formData]) {
    if (value === "") formData.delete(name);
  }
});

document.body.addEventListener("htmx:afterSettle", () => {
  said.textContent = document.querySelector("[data-said]")?.textContent ?? "";
});
