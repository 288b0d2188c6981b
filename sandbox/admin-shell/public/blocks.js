// The page's side of blocks: loads their frames, makes them as high as what is in them, and gives them session tokens.

import { data } from "./data.js";

export function startBlocks(frames) {
  window.addEventListener("message", ({ source, data: said }) => {
    const frame = frames.find(({ contentWindow }) => contentWindow === source);
    if (frame === undefined || said?.channel !== "block") return;
    if (said.type === "height") frame.style.height = `${said.height}px`;
    if (said.type === "token") readToken().then((value) => source.postMessage({ channel: "block", question: said.question, value }, "*")); // a frame without an origin has no other address
  });
  for (const frame of frames) frame.src = frame.dataset.src;
}

/** null while the app is not installed: the block then asks as nobody */
async function readToken() {
  const answer = await fetch(`/sandbox/token?locale=${data.locale}`, { cache: "no-store" });
  return answer.ok ? answer.text() : null;
}
