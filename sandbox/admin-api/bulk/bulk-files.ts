// The files of bulk operations behind signed addresses that end after seven days, as Shopify's storage serves them.

import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { Router, type Response } from "express";
import type { Instant, SandboxClock, ShopState } from "../../shop/model.ts";

export const STORAGE_HOST = "storage.googleapis.com";
const STORAGE_PATH = "/shopify-tiers-assets-prod-us-east1/bulk-operation-outputs";
const LIFE_MS = 7 * 86_400_000;

export type FileSigner = {
  sign: (fileName: string, completedAt: Instant) => string;
  router: Router;
}

export function createFileSigner({ state, clock, folder }: { state: ShopState; clock: SandboxClock; folder: string }): FileSigner {
  const secret = readSecret(state);
  const signatureOf = (path: string, expires: string): string => createHmac("sha256", secret).update(`${path}\n${expires}`).digest("hex");
  const router = Router();
  router.get(`${STORAGE_PATH}/:fileName`, (request, response) => {
    const { fileName } = request.params;
    const { Expires: expires, Signature: signature } = request.query;
    if (typeof expires !== "string" || typeof signature !== "string") return refuse(response, 403, "AccessDenied", "Access denied.");
    const given = Buffer.from(signature);
    const expected = Buffer.from(signatureOf(`${STORAGE_PATH}/${fileName}`, expires));
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) return refuse(response, 403, "SignatureDoesNotMatch", "The request signature does not match.");
    if (clock.now().getTime() >= Number(expires) * 1000) return refuse(response, 400, "ExpiredToken", "The provided token has expired.");
    response.type("application/jsonl").sendFile(join(folder, fileName), { cacheControl: false, dotfiles: "allow" }, (error?: Error) => {
      if (error && !response.headersSent) refuse(response, 404, "NoSuchKey", "The specified key does not exist.");
    });
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

/** As Google's storage says it. */
function refuse(response: Response, status: number, code: string, message: string): void {
  response.status(status).type("application/xml").send(`<?xml version='1.0' encoding='UTF-8'?><Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
