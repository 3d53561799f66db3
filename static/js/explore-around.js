/* What stands around the plot of an explored chart: switches for its series, and buttons that save or copy the view as it stands. */
(() => {
  "use strict";

  const shared = window.tradewatch;

  // What can be taken off the chart and put on again.
  const SERIES_ROLES = new Set(["series", "other", "partial", "path", "target", "earlier", "goalposts", "gap", "outcome"]);
  const SIGNS = {
    circle: "M9 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8z",
    square: "M5.5 2.5h7v7h-7z",
    diamond: "M9 1l5 5-5 5-5-5z",
    x: "M6 3l6 6M12 3l-6 6",
    "triangle-right": "M6 2v8l7-4z",
  };

  /** A text of the figure without plotly's markup. */
  function words(markup) {
    return new DOMParser().parseFromString(markup, "text/html").body.textContent;
  }

  /** A small sign of a trace, coloured by the page's style sheet. */
  function sign({ type, mode, line, marker }, palette) {
    // The still chart is drawn in the same vocabulary.
    const drawing = document.querySelector(".chart svg").namespaceURI;
    const svg = document.createElementNS(drawing, "svg");
    Object.entries({ viewBox: "0 0 18 12", width: 18, height: 12, "aria-hidden": "true" }).forEach((pair) => svg.setAttribute(...pair));
    const role = (colour) => Object.keys(palette.light).find((name) => palette.light[name] === colour);
    const draw = (data, attributes) => {
      const path = document.createElementNS(drawing, "path");
      Object.entries({ d: data, ...attributes }).forEach((pair) => path.setAttribute(...pair));
      svg.append(path);
    };
    if (mode?.includes("lines")) {
      const broken = { dot: "1.5 3", dash: "4 3" }[line.dash];
      draw("M0 6h18", { class: `s-${role(line.color)}`, "stroke-width": 2, fill: "none", ...(broken && { "stroke-dasharray": broken }) });
    }
    if (type === "bar" || mode?.includes("markers")) {
      const symbol = type === "bar" ? "square" : mode.includes("lines") ? "circle" : [marker.symbol].flat()[0];
      const hollow = symbol.endsWith("-open") || symbol === "x";
      const data = SIGNS[symbol.replace("-open", "")] ?? SIGNS.circle;
      draw(data, { class: `${hollow ? "s" : "f"}-${role(marker.color)}`, ...(hollow && { fill: "none", "stroke-width": 1.75 }) });
    }
    return svg;
  }

  /** Checkboxes for the series of a figure; `off` is kept up to date, then the chart is drawn again. */
  function switches(figure, heading, off, draw) {
    const { kind, palette } = figure.layout.meta;
    const heads = new Map();
    for (const trace of figure.data) {
      const role = trace.meta.role;
      if (kind === "comparison" ? role !== "series" : !SERIES_ROLES.has(role)) continue;
      if (!heads.has(shared.series(trace, kind))) heads.set(shared.series(trace, kind), trace);
    }
    const group = document.createElement("fieldset");
    group.className = "chart-series";
    const legend = document.createElement("legend");
    legend.className = "visually-hidden";
    legend.textContent = heading;
    group.append(legend);
    for (const [key, trace] of heads) {
      const label = document.createElement("label");
      const box = document.createElement("input");
      box.type = "checkbox";
      box.checked = true;
      box.addEventListener("change", () => {
        if (box.checked) off.delete(key);
        else off.add(key);
        draw();
      });
      label.append(box, sign(trace, palette), words(trace.name));
      group.append(label);
    }
    return group;
  }

  /** The view as it stands as a figure of its own: with heading, sources and the page's address, and its size. */
  function view(plot, figure) {
    const { title, annotations, paper_bgcolor: paper } = figure.layout;
    const footer = annotations.find(({ name }) => name === "footer");
    const sources = [...(footer ? [shared.wrapped(footer.text, 110)] : []), `${location.origin}${location.pathname}`].join("<br>");
    const layout = {
      ...plot.layout,
      title: { ...title, text: shared.wrapped(title.text, 100), font: { ...title.font, size: 17 }, xref: "container", x: 0.02, yref: "container", y: 0.96, yanchor: "top" },
      margin: { ...plot.layout.margin, t: 150, b: 130 },
      annotations: [...plot.layout.annotations, ...(footer ? [{ ...footer, xshift: -44, yshift: -92, text: sources }] : [])],
      paper_bgcolor: paper,
      plot_bgcolor: paper,
    };
    return [{ data: plot.data, layout }, { width: 1000, height: plot.layout.height + 210 }];
  }

  /** The view saved by the browser as a file of the format. */
  function save(plot, figure, format) {
    const [drawn, size] = view(plot, figure);
    const { meta } = figure.layout;
    // As the site names its own files: language and look are told where they are not the usual ones.
    const look = [meta.language !== "en" && meta.language, drawn.layout.paper_bgcolor === meta.palette.dark.paper && "dark"];
    const filename = ["tradewatch", meta.target ?? meta.pair ?? meta.economy, meta.kind, ...look].filter(Boolean).join("-");
    return window.Plotly.downloadImage(drawn, { format, filename, scale: format === "png" ? 2 : 1, ...size });
  }

  /** The view as a picture for the clipboard. */
  async function picture(plot, figure) {
    const [drawn, size] = view(plot, figure);
    const bytes = atob(await window.Plotly.toImage(drawn, { format: "png", scale: 2, imageDataOnly: true, ...size }));
    return new Blob([Uint8Array.from(bytes, (letter) => letter.charCodeAt(0))], { type: "image/png" });
  }

  /** A button that does something with the view. */
  function viewButton(text, action) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button";
    element.textContent = text;
    element.addEventListener("click", action);
    return element;
  }

  /** The buttons that save the view and, where the browser can, copy it; `figure` gives it in the reader's colours. */
  function taking(words, plot, figure) {
    const group = document.createElement("p");
    group.className = "chart-tools";
    group.append(
      viewButton(words.savePng, () => save(plot, figure(), "png")),
      viewButton(words.saveSvg, () => save(plot, figure(), "svg")),
    );
    if (shared.copyPicture && words.copyView) {
      const said = document.createElement("span");
      said.setAttribute("role", "status");
      group.append(
        viewButton(words.copyView, () => shared.copyPicture(() => picture(plot, figure()), said, words.copied, words.notCopied)),
        said,
      );
    }
    return group;
  }

  Object.assign(shared, { words, switches, taking });
})();
