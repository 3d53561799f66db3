/* The chart that can be explored: on request plotly.js draws the figure that the still chart was drawn from.

   The button carries the addresses and the words: data-figure (the id of the still chart's element), data-explore (the
   figure as JSON), data-plotly (the script), data-plotly-style (the style sheet that stands in for plotly's inline rules,
   which the policy refuses), data-buttons (plotly's names of its buttons with ours, as JSON), data-series (the heading of the switches for
   series), data-close, data-loading, data-ready, data-failed, data-save-png and data-save-svg. Without this script, or when something
   fails, the still chart stays. A button with data-copy (a PNG's address), data-copied and data-failed puts the picture in the clipboard. */
(() => {
  "use strict";

  const NARROW = 560;
  // What stands above and below the plot, in pixels.
  const AROUND = 80;
  // The bundle's map library writes a style element unless one with this id is there; we draw no maps.
  const MAP_STYLE = "9f215cf04c5486422605d13261cb87401f4e7763b6296af81e98efbc0130da53";
  // Of two labels on one spot the one whose kind comes first here stays.
  const LABELS = ["row", "target", "stated", "last", "earlier", "first", "path", "gap", "name"];
  // These go, too, where they would cover a line of figures: the legend, the still chart and the table have them.
  // On a phone that goes for the last values too, which stand inside the plot there.
  const EXPENDABLE = ["earlier", "first", "path", "name"];
  // What can be taken off the chart and put on again.
  const SERIES_ROLES = new Set(["series", "other", "partial", "path", "target", "earlier", "goalposts", "gap", "outcome"]);
  const SIGNS = {
    circle: "M9 2a4 4 0 1 0 0 8a4 4 0 1 0 0-8z",
    square: "M5.5 2.5h7v7h-7z",
    diamond: "M9 1l5 5-5 5-5-5z",
    x: "M6 3l6 6M12 3l-6 6",
    "triangle-right": "M6 2v8l7-4z",
  };

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

  /** The value with every colour of the palette's light scheme replaced by the one of the same part in the scheme. */
  function recoloured(value, colours) {
    if (typeof value === "string") return colours.get(value) ?? value;
    if (Array.isArray(value)) return value.map((item) => recoloured(item, colours));
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recoloured(item, colours)]));
    }
    return value;
  }

  function colours(palette, scheme) {
    return new Map(Object.entries(palette.light).map(([role, colour]) => [colour, palette[scheme][role]]));
  }

  /** A text of the figure without plotly's markup. */
  function words(markup) {
    return new DOMParser().parseFromString(markup, "text/html").body.textContent;
  }

  function paragraph(className, text) {
    const element = document.createElement("p");
    element.className = className;
    element.textContent = text;
    return element;
  }

  /** The label without tags for bold, of which plotly makes inline styles; one that is bold all through stays so. */
  function unstyled(label) {
    const text = label.text.replace(/<\/?b>/g, "");
    const bold = label.text === `<b>${text}</b>`;
    return { ...label, text, font: bold ? { ...label.font, weight: 600 } : label.font };
  }

  /** By which name a trace is taken off and put on: a flag goes with its pole, all of a compared target go together. */
  function series(trace, kind) {
    return kind === "comparison" ? trace.meta.by : `${trace.meta.role.replace("-pole", "")} ${trace.name}`;
  }

  /** Whether a label stands for what the trace shows. */
  function names(label, { meta, name, marker, line }) {
    const [kind, whom] = label.name.split(/:(.*)/);
    if (kind === "last" || kind === "first") return meta.role === "series" && meta.by === whom;
    if (kind === "target" || kind === "earlier") return meta.role === kind && label.text.includes(name);
    if (kind === "gap") return meta.role === "gap" && marker.color === label.font.color;
    if (kind === "name") return meta.role === "outcome" && marker.color === label.font.color;
    return kind === "path" && meta.role === "path" && line.color === label.font.color;
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
      if (!heads.has(series(trace, kind))) heads.set(series(trace, kind), trace);
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

  /** Labels of last values moved apart where they would lie on each other, and turned inwards where there is no room. */
  function arranged(annotations, top, height, narrow) {
    const kept = annotations
      .filter(({ name }) => name !== "footer" && !(narrow && /^(first|path)/.test(name)))
      .map(unstyled);
    const last = kept.filter(({ name }) => name.startsWith("last:")).sort((one, other) => other.y - one.y);
    const needed = 36 / height;
    let above = -Infinity;
    for (const label of last) {
      const place = Math.max(1 - label.y / top, above + needed);
      label.yshift = -(place - (1 - label.y / top)) * height;
      above = place;
      if (narrow) Object.assign(label, { xanchor: "right", xshift: -8, align: "right" });
    }
    return kept;
  }

  /** The height of a chart of rows, each with its words above it; nothing for another chart. */
  function rowsHeight(rows, narrow) {
    return rows === undefined ? undefined : (rows + 0.5) * (narrow ? 46 : 38) + AROUND;
  }

  /** What plotly is given: the figure in the reader's colours, to the width that there is, without what is off. */
  function shown(figure, width, scheme, off) {
    const { data, layout } = recoloured(structuredClone(figure), colours(figure.layout.meta.palette, scheme));
    const narrow = width < NARROW;
    // Labels keep readable where they cross a line.
    const veil = `rgba(${layout.paper_bgcolor.match(/\w\w/g).map((pair) => parseInt(pair, 16))},0.75)`;
    // A panel below the lines takes its room from the page, not from them.
    const [below, above] = layout.yaxis.domain ?? [0, 1];
    const height = rowsHeight(layout.meta.rows, narrow) ?? (narrow ? 360 : 410) + (below ? 140 : 0);
    const traces = data.map((trace) => ({ ...trace, visible: !off.has(series(trace, layout.meta.kind)) }));
    const gone = traces.filter(({ visible }) => !visible);
    const labels = layout.annotations.filter((label) => !gone.some((trace) => names(label, trace)));
    return [
      traces,
      {
        ...layout,
        title: { text: "" },
        annotations: arranged(labels.map((label) => ({ ...label, bgcolor: veil })), layout.yaxis.range[1], (height - AROUND) * (above - below), narrow),
        autosize: true,
        height,
        dragmode: "zoom",
        // What the reader zoomed to stays when the chart is drawn again.
        uirevision: "same",
        margin: { l: narrow ? 56 : 64, r: narrow ? 16 : 140, t: 40, b: 40 },
        paper_bgcolor: "rgba(0,0,0,0)",
        plot_bgcolor: "rgba(0,0,0,0)",
        showlegend: false,
        modebar: { bgcolor: "rgba(0,0,0,0)", color: layout.font.color, activecolor: layout.title.font.color },
        // Amounts keep their grid; readers choose years.
        yaxis: { ...layout.yaxis, fixedrange: true, automargin: true },
        ...(layout.yaxis2 && { yaxis2: { ...layout.yaxis2, fixedrange: true, automargin: true } }),
      },
    ];
  }

  /** Points every few pixels along the drawn lines of figures, as on the screen. */
  function inked(plot) {
    return [...plot.querySelectorAll(".scatterlayer .trace")]
      .filter((trace) => trace.__data__[0].trace.meta.role === "series")
      .flatMap((trace) => [...trace.querySelectorAll("path.js-line")])
      .flatMap((path) => {
        const place = path.getScreenCTM();
        const steps = Math.ceil(path.getTotalLength() / 4);
        return Array.from({ length: steps }, (_, step) => path.getPointAtLength(step * 4).matrixTransform(place));
      });
  }

  /** Hides labels that lie on others, and expendable ones that lie on lines, after plotly has placed them. */
  async function thinned(plot) {
    const lines = inked(plot);
    const marks = [...plot.querySelectorAll(".scatterlayer .trace")]
      .filter((trace) => trace.__data__[0].trace.meta.role === "outcome")
      .flatMap((trace) => [...trace.querySelectorAll(".point")].map((point) => point.getBoundingClientRect()));
    const edge = plot.getBoundingClientRect().right;
    const expendable = plot.clientWidth < NARROW ? [...EXPENDABLE, "last"] : EXPENDABLE;
    const labels = plot.layout.annotations.map(({ name }, index) => ({
      index,
      kind: name.split(":")[0],
      turn: LABELS.indexOf(name.split(":")[0]),
      box: plot.querySelector(`.annotation[data-index="${index}"] .annotation-text`)?.getBoundingClientRect(),
    }));
    const kept = [];
    const hidden = {};
    for (const { index, kind, box } of labels.filter(({ box }) => box).sort((one, other) => one.turn - other.turn)) {
      const covers = (other) =>
        box.left < other.right && other.left < box.right && box.top < other.bottom && other.top < box.bottom;
      const within = ({ x, y }) => box.left + 2 < x && x < box.right - 2 && box.top + 2 < y && y < box.bottom - 2;
      if (kept.some(covers) || (kind === "name" && (marks.some(covers) || box.right > edge)) || (expendable.includes(kind) && lines.some(within))) hidden[`annotations[${index}].visible`] = false;
      else kept.push(box);
    }
    if (Object.keys(hidden).length) await window.Plotly.relayout(plot, hidden);
  }

  /** The view as it stands, with heading and sources, saved by the browser as a file of the format. */
  function save(plot, figure, format) {
    const { title, annotations, meta, paper_bgcolor: paper } = figure.layout;
    const footer = annotations.find(({ name }) => name === "footer");
    const layout = {
      ...plot.layout,
      title: { ...title, text: wrapped(title.text, 100), font: { ...title.font, size: 17 }, xref: "container", x: 0.02, yref: "container", y: 0.96, yanchor: "top" },
      margin: { ...plot.layout.margin, t: 150, b: 130 },
      annotations: [...plot.layout.annotations, ...(footer ? [{ ...footer, xshift: -44, yshift: -92, text: wrapped(footer.text, 110) }] : [])],
      paper_bgcolor: paper,
      plot_bgcolor: paper,
    };
    const size = { width: 1000, height: plot.layout.height + 190 };
    const name = ["tradewatch", meta.target ?? meta.pair ?? meta.economy, meta.kind].filter(Boolean).join("-");
    return window.Plotly.downloadImage({ data: plot.data, layout }, { format, filename: name, scale: format === "png" ? 2 : 1, ...size });
  }

  /** The text of a figure in lines of so many letters at most; its markup has no tags but line breaks. */
  function wrapped(text, letters) {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines.at(-1).length + word.length > letters) lines.push("");
      lines.push(`${lines.pop()} ${word}`.trim());
    }
    return lines.join("<br>");
  }

  /** A button that saves the explored view in a format. */
  function saver(words, action) {
    const element = document.createElement("button");
    element.type = "button";
    element.className = "button";
    element.textContent = words;
    element.addEventListener("click", action);
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
    const status = paragraph("visually-hidden", "");
    status.setAttribute("role", "status");
    button.after(status);
    let figure = null;
    let explored = null;
    let off = new Set();

    function scheme() {
      return colours(figure.layout.meta.palette, dark.matches ? "dark" : "light");
    }

    async function draw() {
      const plot = explored.querySelector(".chart-plot");
      const [data, layout] = shown(figure, plot.clientWidth, dark.matches ? "dark" : "light", off);
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
        const plot = document.createElement("div");
        plot.className = "chart-plot";
        const footer = figure.layout.annotations.find(({ name }) => name === "footer");
        explored.append(
          paragraph("chart-measured", words(figure.layout.title.subtitle.text)),
          plot,
          switches(figure, button.dataset.series, (off = new Set()), draw),
          paragraph("chart-sources", footer ? words(footer.text) : ""),
          saver(button.dataset.savePng, () => save(plot, recoloured(figure, scheme()), "png")),
          " ",
          saver(button.dataset.saveSvg, () => save(plot, recoloured(figure, scheme()), "svg")),
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

  /** A button that copies a picture; hidden where the browser cannot. */
  function copier(button) {
    if (!navigator.clipboard?.write || typeof ClipboardItem === "undefined") return;
    const status = paragraph("visually-hidden", "");
    status.setAttribute("role", "status");
    button.after(status);
    const picture = async () => {
      const answer = await fetch(button.dataset.copy);
      if (!answer.ok) throw new Error(`${button.dataset.copy}: ${answer.status}`);
      return answer.blob();
    };
    button.addEventListener("click", async () => {
      let told = button.dataset.copied;
      try {
        // The promise goes in, not the picture: some browsers take a copy only while they still hear the click.
        await navigator.clipboard.write([new ClipboardItem({ "image/png": picture() })]);
      } catch (error) {
        told = button.dataset.failed;
        console.info(error);
      }
      status.className = "chart-status";
      status.textContent = told;
    });
    button.hidden = false;
  }

  document.querySelectorAll("button[data-explore]").forEach(start);
  document.querySelectorAll("button[data-copy]").forEach(copier);
})();
