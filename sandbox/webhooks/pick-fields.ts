// `include_fields` of a subscription: a payload cut to what its paths name, byte for byte, since its ids may be larger than JSON.parse can hold.

/** `fields` as Shopify takes them: `id`, `line_items.id`, `customer`. A path leads through lists; null and what is missing stay so. */
export function pickFields(body: string, fields: readonly string[]): string {
  const text = body.trim();
  if (text.startsWith("[")) return `[${splitMembers(text).map((item) => pickFields(item, fields)).join(",")}]`;
  if (!text.startsWith("{")) return text;
  const kept = splitMembers(text).flatMap((member) => {
    const keyEnd = endOfString(member, 0) + 1;
    const key = String(JSON.parse(member.slice(0, keyEnd)));
    if (fields.includes(key)) return [member];
    const below = fields.filter((field) => field.startsWith(`${key}.`)).map((field) => field.slice(key.length + 1));
    if (below.length === 0) return [];
    return [`${member.slice(0, keyEnd)}:${pickFields(member.slice(member.indexOf(":", keyEnd) + 1), below)}`];
  });
  return `{${kept.join(",")}}`;
}

/** The members of an object or the items of a list, as they are written. */
function splitMembers(text: string): string[] {
  const members: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') at = endOfString(text, at);
    else if (character === "{" || character === "[") {
      depth += 1;
      if (depth === 1) start = at + 1;
    } else if (character === "}" || character === "]" || (character === "," && depth === 1)) {
      if (depth === 1) {
        const member = text.slice(start, at).trim();
        if (member !== "") members.push(member);
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
