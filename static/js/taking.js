/* The panel from which charts are taken: where no answer to a choice comes, the form is sent as without a script, so that file
   and code are never those of another choice. */
(() => {
  "use strict";

  for (const failure of ["htmx:responseError", "htmx:sendError"]) {
    document.addEventListener(failure, ({ detail }) => {
      // Not at once: a reader who is leaving breaks off the question, too, and shall not be held back.
      if (detail.elt.matches("form.taking")) setTimeout(() => detail.elt.submit());
    });
  }
})();
