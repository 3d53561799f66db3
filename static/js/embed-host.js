// For pages with charts of Tradewatch: gives each frame the height that its chart asks for.
(() => {
  const { origin } = new URL(document.currentScript.src);
  const frames = () => [...document.getElementsByTagName("iframe")];
  addEventListener("message", ({ data, origin: from, source }) => {
    const height = data?.type === "tradewatch:height" ? data.height : 0;
    if (from !== origin || !(height > 0 && height < 1e4)) return;
    for (const frame of frames()) {
      // What the host draws around the chart comes on top.
      if (frame.contentWindow === source) frame.style.height = `${height + frame.offsetHeight - frame.clientHeight}px`;
    }
  });
  // Frames that told theirs before this script came tell it again.
  for (const frame of frames()) {
    if (frame.src.startsWith(`${origin}/`)) frame.contentWindow?.postMessage({ type: "tradewatch:ask" }, "*");
  }
})();
