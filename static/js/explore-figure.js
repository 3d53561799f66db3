/* What plotly is given of a figure: in the reader's colours, to the width that there is, its labels where they can be read.

   The first of the scripts of the chart that can be explored; they share the object `tradewatch`. */
(() => {
  "use strict";

  const shared = (window.tradewatch ??= {});

  const NARROW = 560;
  // What stands above and below the plot, in pixels.
  const AROUND = 80;
  // Of two labels on one spot the one whose kind comes first here stays.
  const LABELS = ["row", "target", "stated", "last", "earlier", "first", "path", "gap", "name"];
  // These go, too, where they would cover a line of figures: the legend, the still chart and the table have them.
  // On a phone that goes for the last values too, which stand inside the plot there.
  const EXPENDABLE = ["earlier", "first", "path", "name"];

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

  /** The text of a figure in lines of so many letters at most; its markup has no tags but line breaks. */
  function wrapped(text, letters) {
    const lines = [""];
    for (const word of text.split(" ")) {
      if (lines.at(-1).length + word.length > letters) lines.push("");
      lines.push(`${lines.pop()} ${word}`.trim());
    }
    return lines.join("<br>");
  }

  /** The place of a label on the screen, nothing where plotly shows none. */
  function boxed(plot, index) {
    return plot.querySelector(`.annotation[data-index="${index}"] .annotation-text`)?.getBoundingClientRect();
  }

  /** Breaks the words of rows that are wider than the plot, and moves those inwards that stick out of it. */
  async function fitted(plot) {
    const room = plot.getBoundingClientRect();
    const changed = async (change) => {
      const changes = plot.layout.annotations.flatMap((label, index) => {
        const box = label.name.startsWith("row:") && boxed(plot, index);
        return box ? change(label, box, `annotations[${index}]`) : [];
      });
      if (changes.length) await window.Plotly.relayout(plot, Object.fromEntries(changes));
    };
    // A tenth is left for lines of wide letters, and a pixel on each side because plotly rounds.
    await changed(({ text }, { width }, label) =>
      width > room.width - 2 ? [[`${label}.text`, wrapped(text, Math.floor((0.9 * text.length * room.width) / width))]] : []);
    await changed(({ xshift = 0 }, { left, right }, label) => {
      const by = Math.min(0, room.right - 1 - right) || Math.max(0, room.left + 1 - left);
      return by ? [[`${label}.xshift`, xshift + by]] : [];
    });
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
    await fitted(plot);
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
      box: boxed(plot, index),
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

  Object.assign(shared, { recoloured, colours, series, shown, thinned, wrapped });
})();
