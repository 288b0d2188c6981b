// `include_fields` of a subscription: a payload cut to some of its top-level fields, byte for byte, since its ids may be larger than JSON.parse can hold.

export function pickFields(body: string, fields: readonly string[]): string {
  const kept = splitObject(body).filter(({ key }) => fields.includes(key)).map(({ text }) => text);
  return `{${kept.join(",")}}`;
}

function splitObject(body: string): { key: string; text: string }[] {
  const members: { key: string; text: string }[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < body.length; at += 1) {
    const character = body[at];
    if (character === '"') at = endOfString(body, at);
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (character === "}" || character === "]" || (character === "," && depth === 1)) {
      if (depth === 1) {
        const text = body.slice(start, at).trim();
        if (text !== "") members.push({ key: String(JSON.parse(text.slice(0, endOfString(text, 0) + 1))), text });
        start = at + 1;
      }
      if (character !== ",") depth -= 1;
    }
  }
  return members;
}

function endOfString(text: string, openAt: number): number {
  for (let at = openAt + 1; at < text.length; at += 1) {
    if (text[at] === "\\") at += 1;
    else if (text[at] === '"') return at;
  }
  return text.length;
}
