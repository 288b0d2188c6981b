// What the server wrote into the page for its scripts, and how they speak and ask.

export const data = JSON.parse(document.getElementById("shell-data").textContent);

export function say(key, values = {}) {
  return data.words[key].replace(/\{(\w+)\}/g, (placeholder, name) => values[name] ?? placeholder);
}

/** JSON in, JSON out; a refusal is thrown with the sandbox's own sentence */
export async function askSandbox(path, { method = "GET", body } = {}) {
  const answer = await fetch(path, {
    method,
    cache: "no-store",
    ...(method === "POST" ? { headers: { "Content-Type": "application/json" }, body: JSON.stringify(body ?? {}) } : {}),
  });
  const text = await answer.text();
  const said = text === "" ? null : JSON.parse(text);
  if (!answer.ok) throw new Error(said?.error ?? `${answer.status} ${answer.statusText}`);
  return said;
}
