import { expect, test } from "vitest";
import { FILE_MAX_BYTES } from "../../capabilities/loyalty/model/imports.ts";
import { readImportWish } from "./import-wish.server.ts";

const ID = "6f1c2b1e-2222-4333-8444-555566667777";
const request = (fields: Record<string, string | File>, headers: Record<string, string> = {}): Request => {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.set(name, value);
  return new Request("http://localhost/app/loyalty/import", { method: "POST", body, headers });
};
const file = (text: string | Uint8Array<ArrayBuffer>, name = "members.csv") => new File([text], name);

test("a file is looked at, taken over under its name, and undone by its id", async () => {
  expect(await readImportWish(request({ intent: "preview", file: file("email,points") }))).toEqual({ ok: true, wish: { intent: "preview", text: "email,points" } });
  expect(await readImportWish(request({ intent: "import", id: ID, file: file("email,points") }))).toEqual({ ok: true, wish: { intent: "import", id: ID, fileName: "members.csv", text: "email,points" } });
  expect(await readImportWish(request({ intent: "undo", id: ID }))).toEqual({ ok: true, wish: { intent: "undo", id: ID } });
});

test("what is no file, or too large a one, is refused", async () => {
  expect(await readImportWish(request({ intent: "preview", file: "text" }))).toEqual({ ok: false, fault: "no_file" });
  expect(await readImportWish(request({ intent: "preview", file: file(new Uint8Array(FILE_MAX_BYTES + 1)) }))).toEqual({ ok: false, fault: "too_large" });
  expect(await readImportWish(request({ intent: "preview" }, { "Content-Length": String(FILE_MAX_BYTES * 2) }))).toEqual({ ok: false, fault: "too_large" });
});

test("any other form is none of ours", async () => {
  await expect(readImportWish(request({ intent: "import", id: "7", file: file("") }))).rejects.toThrow();
});
