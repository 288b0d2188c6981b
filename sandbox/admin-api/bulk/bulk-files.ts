// The files of bulk operations behind signed addresses that end after seven days, as Shopify's storage serves them.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Router } from "express";
import type { Instant, SandboxClock, ShopState } from "../../shop/model.ts";

export const STORAGE_HOST = "storage.googleapis.com";
const STORAGE_PATH = "/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs";
const LIFE_MS = 7 * 86_400_000;

export interface FileSigner {
  sign(fileName: string, completedAt: Instant): string;
  router: Router;
}

export function createFileSigner({ state, clock, folder }: { state: ShopState; clock: SandboxClock; folder: string }): FileSigner {
  const secret = readSecret(state);
  const signatureOf = (path: string, expires: string): string => createHmac("sha256", secret).update(`${path}\n${expires}`).digest("hex");
  const router = Router();
  router.get(`${STORAGE_PATH}/:fileName`, (request, response) => {
    const { fileName } = request.params;
    const expires = String(request.query.Expires);
    const given = Buffer.from(String(request.query.Signature));
    const expected = Buffer.from(signatureOf(`${STORAGE_PATH}/${fileName}`, expires));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      response.status(403).type("application/xml").send(toStorageError("SignatureDoesNotMatch", "The request signature does not match."));
    } else if (clock.now().getTime() >= Number(expires) * 1000) {
      response.status(400).type("application/xml").send(toStorageError("ExpiredToken", "The provided token has expired."));
    } else {
      response.type("application/jsonl").sendFile(join(folder, fileName), { cacheControl: false, dotfiles: "allow" }, (error) => {
        if (error && !response.headersSent) response.status(404).type("application/xml").send(toStorageError("NoSuchKey", "The specified key does not exist."));
      });
    }
  });
  return {
    router,
    sign(fileName, completedAt) {
      const path = `${STORAGE_PATH}/${fileName}`;
      const expires = String(Math.floor((Date.parse(completedAt) + LIFE_MS) / 1000));
      const query = new URLSearchParams({ GoogleAccessId: "assets-us-prod@shopify-tiers.iam.gserviceaccount.com", Expires: expires, Signature: signatureOf(path, expires) });
      return `https://${STORAGE_HOST}${path}?${query}`;
    },
  };
}

export function removeExpiredFiles(folder: string): void {
  const oldest = Date.now() - LIFE_MS; // the file system keeps real time
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    if (statSync(path).mtimeMs < oldest) rmSync(path, { force: true });
  }
}

function readSecret(state: ShopState): string {
  const known = state.recall("bulk-signing-secret");
  if (typeof known === "string") return known;
  const secret = randomBytes(32).toString("hex");
  state.remember("bulk-signing-secret", secret);
  return secret;
}

const toStorageError = (code: string, message: string): string => `<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`;
