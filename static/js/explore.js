/* The chart that can be explored: on request plotly.js draws the figure that the still chart was drawn from.

   The button carries the addresses and the words: data-figure (the id of the still chart's element), data-explore (the
   figure as JSON), data-plotly (the script), data-plotly-style (the style sheet that stands in for plotly's inline rules,
   which the policy refuses), data-buttons (plotly's names of its buttons with ours, as JSON), data-series (the heading of the switches for
   series), data-close, data-loading, data-ready, data-failed, data-save-png, data-save-svg, and for copying the view data-copy-view,
   data-copied and data-not-copied. Without this script, or when something fails, the still chart stays.

   Needs explore-figure.js and explore-around.js before it; with copy.js before them the view can be copied. */
(() => {
  "use strict";

  const { colours, recoloured, shown, switches, taking, thinned, words } = window.tradewatch;

  // The bundle's map library writes a style element unless one with this id is there; we draw no maps.
  const MAP_STYLE = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";

  /** Adds an element to the head and waits until its resource has come. */
  function loaded(element) {
    return new Promise((resolve, reject) => {
      element.addEventListener("load", () => resolve());
      element.addEventListener("error", () => {
        element.remove();
        reject(new Error(`${element.src || element.href} did not load`));
      });
      document.head.append(element);
    });
  }

  /** Plotly, fetched with its style sheet at the first call; a failed call may be repeated. */
  async function plotly(button) {
    if (!document.getElementById("plotly.js-style-global")) {
      const style = document.createElement("link");
      // Plotly looks for this id and class, and then leaves its own rules out.
      style.id = "plotly.js-style-global";
      style.className = "no-inline-styles";
      style.rel = "stylesheet";
      style.href = button.dataset.plotlyStyle;
      await loaded(style);
    }
    if (!window.Plotly) {
      const stand = document.createElement("meta");
      stand.id = MAP_STYLE;
      document.head.append(stand);
      const script = document.createElement("script");
      script.src = button.dataset.plotly;
      await loaded(script);
      const dictionary = JSON.parse(button.dataset.buttons ?? "{}");
      window.Plotly.register({ moduleType: "locale", name: document.documentElement.lang, dictionary, format: {} });
    }
    return window.Plotly;
  }

  async function fetched(address) {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
    return answer.json();
  }

  function paragraph(className, text) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  }

  function config(language) {
    return {
      locale: language,
      responsive: true,
      displaylogo: false,
      displayModeBar: true,
      doubleClick: "reset",
      showTips: false,
      modeBarButtons: [["zoom2d", "pan2d", "zoomIn2d", "zoomOut2d", "resetScale2d"]],
    };
  }

  function start(button) {
    const still = document.getElementById(button.dataset.figure);
    if (!still) return;
    const language = document.documentElement.lang;
    const open = button.textContent;
    const dark = window.matchMedia("(prefers-color-scheme: dark)");
    // A page in a frame may be told its theme.
    const theme = () => document.documentElement.dataset.theme ?? (dark.matches ? "dark" : "light");
    const status = paragraph("visually-hidden", "");
    status.setAttribute("role", "status");
    button.after(status);
    let figure = null;
    let explored = null;
    let off = new Set();

    function scheme() {
      return colours(figure.layout.meta.palette, theme());
    }

    async function draw() {
      const plot = explored.querySelector(".chart-plot");
      const [data, layout] = shown(figure, plot.clientWidth, theme(), off);
      await window.Plotly.react(plot, data, layout, config(language));
      await thinned(plot);
    }

    function close() {
      window.Plotly.purge(explored.querySelector(".chart-plot"));
      explored.remove();
      explored = null;
      still.classList.remove("chart-replaced");
      button.textContent = open;
      button.setAttribute("aria-expanded", "false");
      status.textContent = "";
    }

    async function explore() {
      button.setAttribute("aria-busy", "true");
      status.className = "chart-status";
      status.textContent = button.dataset.loading;
      try {
        [figure] = await Promise.all([fetched(button.dataset.explore), plotly(button)]);
        explored = document.createElement("div");
        explored.className = "chart-explored";
        explored.tabIndex = -1;
        explored.setAttribute("role", "group");
        explored.setAttribute("aria-label", open);
        const plot = document.createElement("div");
        plot.className = "chart-plot";
        const footer = figure.layout.annotations.find(({ name }) => name === "footer");
        explored.append(
          paragraph("chart-measured", words(figure.layout.title.subtitle.text)),
          plot,
          switches(figure, button.dataset.series, (off = new Set()), draw),
          paragraph("chart-sources", footer ? words(footer.text) : ""),
          taking(button.dataset, plot, () => recoloured(figure, scheme())),
        );
        still.append(explored);
        still.classList.add("chart-replaced");
        await draw();
        // Labels find other places in a part of the chart.
        plot.on("plotly_relayout", (changed) => Object.keys(changed).some((name) => name.startsWith("xaxis")) && draw());
        button.textContent = button.dataset.close;
        button.setAttribute("aria-expanded", "true");
        status.className = "visually-hidden";
        status.textContent = button.dataset.ready;
        // What can be done with the chart stands before the button: the next tab shall lead there, not past it.
        if (document.activeElement === button) explored.focus({ preventScroll: true });
      } catch (error) {
        if (explored) {
          explored.remove();
          explored = null;
        }
        still.classList.remove("chart-replaced");
        status.textContent = button.dataset.failed;
        console.info(error);
      } finally {
        button.removeAttribute("aria-busy");
      }
    }

    button.addEventListener("click", () => {
      if (button.hasAttribute("aria-busy")) return;
      if (explored) close();
      else explore();
    });
    dark.addEventListener("change", () => {
      if (explored) draw();
    });
    button.setAttribute("aria-expanded", "false");
    button.hidden = false;
  }

  document.querySelectorAll("button[data-explore]").forEach(start);
})();
