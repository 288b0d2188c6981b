// Prisma's schema as far as database rules need it: models, their fields, keys and attributes, read from the text.

export type Field = { name: string; type: string; isList: boolean; attributes: string };
export type Model = { name: string; table: string; fields: Field[]; /** of @@id, or the one field with @id */ key: string[]; uniques: string[][]; indexes: string[][] };

const MODEL = /^model (\w+) \{\n([\s\S]*?)^\}/gm;
const FIELD = /^\s+(\w+)\s+(\w+)(\[\])?\??[ \t]*(.*)$/;

export function parseModels(text: string): Model[] {
  return [...text.matchAll(MODEL)].map(([, name = "", body = ""]) => {
    const lines = body.split("\n").map((line) => line.replace(/\s*\/\/.*$/, ""));
    const fields = lines.flatMap((line) => parseField(line));
    const blocks = (kind: string) => lines.flatMap((line) => namesIn(new RegExp(`^\\s+@@${kind}\\((.*)`).exec(line)?.[1]));
    return {
      name, fields,
      table: /@@map\("(\w+)"\)/.exec(body)?.[1] ?? name,
      key: blocks("id")[0] ?? fields.filter(({ attributes }) => /@id\b/.test(attributes)).map((field) => field.name),
      uniques: [...blocks("unique"), ...fields.filter(({ attributes }) => /@unique\b/.test(attributes)).map((field) => [field.name])],
      indexes: blocks("index"),
    };
  });
}

function parseField(line: string): Field[] {
  const match = FIELD.exec(line);
  return match ? [{ name: match[1] ?? "", type: match[2] ?? "", isList: match[3] !== undefined, attributes: match[4] ?? "" }] : [];
}

/** `[shopId, createdAt(sort: Desc)], map: "x"` is shopId and createdAt. */
function namesIn(list: string | undefined): string[][] {
  const inside = /\[([^\]]*)\]/.exec(list ?? "")?.[1];
  return inside === undefined ? [] : [inside.split(",").map((name) => name.trim().replace(/\(.*/, ""))];
}
