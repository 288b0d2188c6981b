// Imports in the shape their page shows them, and what it answers.
import type { ImportPreview, StoredImport } from "../../capabilities/loyalty/loyalty.server.ts";
import { IMPORT_SOURCES, SOURCE_NAMES, type FileFault, type ImportSource } from "../../capabilities/loyalty/model/imports.ts";

/** Where its forms go. */
export const IMPORT_PATH = "/app/loyalty/import";

export type ImportFault = FileFault | "too_large" | "no_file" | "nobody" | "not_launched" | "not_undone";
export type ImportAnswer = { ok: true; preview: ImportPreview | null } | { ok: false; fault: ImportFault };

export type ImportRow = ReturnType<typeof toImportRow>;

export const toImportRow = ({ importedAt, undoneAt, source, ...row }: StoredImport) => ({
  ...row, source: IMPORT_SOURCES.find((known) => known === source) ?? "plain", importedAt: importedAt.toISOString(), isUndone: undoneAt !== null,
});

/** Null: no product of anybody's. */
export const nameSource = (source: ImportSource): string | null => (source === "plain" ? null : SOURCE_NAMES[source]);
