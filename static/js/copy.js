/* Buttons that copy. data-copy-text is the id of the element whose text is copied, data-copy the address of a picture; data-done and
   data-failed are what is said then, in the place for such words beside the button. Where the clipboard is closed a text is selected. */
(() => {
  "use strict";

  const shared = (window.tradewatch ??= {});

  const canCopyPictures = Boolean(navigator.clipboard?.write) && typeof ClipboardItem !== "undefined";

  /** The place beside a button where it says how it went. */
  function place(button) {
    return button.parentElement.querySelector("[role=status]");
  }

  const SECONDS = 6;
  const timers = new WeakMap();

  /** Says it there, for a while: said again, it is heard again. */
  function say(place, words) {
    place.textContent = words;
    clearTimeout(timers.get(place));
    timers.set(place, setTimeout(() => (place.textContent = ""), SECONDS * 1000));
  }

  async function copyText(button) {
    const source = document.getElementById(button.dataset.copyText);
    const field = source instanceof HTMLTextAreaElement;
    try {
      await navigator.clipboard.writeText(field ? source.value : source.textContent.trim());
      say(place(button), button.dataset.done);
    } catch {
      // Without https, or where the reader refused.
      if (field) source.select();
      else getSelection().selectAllChildren(source);
      say(place(button), button.dataset.failed);
    }
  }

  /** Puts the picture in the clipboard that the function promises, and says so. */
  async function copyPicture(picture, said, done, failed) {
    try {
      // The promise goes in, not the picture: some browsers take a copy only while they still hear the click.
      await navigator.clipboard.write([new ClipboardItem({ "image/png": picture() })]);
      say(said, done);
    } catch (error) {
      say(said, failed);
      console.info(error);
    }
  }

  async function fetched(address) {
    const answer = await fetch(address);
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.blob();
  }

  /** Shows and wires the buttons in a part of the page that are not yet. */
  function wire(part) {
    for (const button of part.querySelectorAll("button[data-copy-text][hidden]")) {
      button.addEventListener("click", () => copyText(button));
      button.hidden = false;
    }
    if (!canCopyPictures) return;
    for (const button of part.querySelectorAll("button[data-copy][hidden]")) {
      button.addEventListener("click", () => copyPicture(() => fetched(button.dataset.copy), place(button), button.dataset.done, button.dataset.failed));
      button.hidden = false;
    }
  }

  if (canCopyPictures) shared.copyPicture = copyPicture;
  wire(document);
  document.addEventListener("htmx:load", ({ detail }) => wire(detail.elt));
})();
