// Buttons that copy a text: data-copy-text is the id of its element. Where the clipboard is closed the text is selected.
(() => {
  "use strict";

  for (const button of document.querySelectorAll("button[data-copy-text]")) {
    const source = document.getElementById(button.dataset.copyText);
    const said = button.parentElement.querySelector("[role=status]");
    button.hidden = false;
    button.addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(source.textContent.trim());
        said.textContent = button.dataset.done;
      } catch {
        // Without https, or where the reader refused.
        getSelection().selectAllChildren(source);
        said.textContent = button.dataset.failed;
      }
    });
  }
})();
