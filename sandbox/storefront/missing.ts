// What the storefront says when an address leads nowhere.

import type { Response } from "express";
import { html } from "../admin-shell/markup.ts";
import { sendPage, type Visit } from "./page.ts";

export async function sendMissing(visit: Visit, response: Response): Promise<void> {
  const { t } = visit;
  const body = html`<section class="wide is-narrow"><h1>${t("missing.title")}</h1><p><a class="button" href="/">${t("missing.back")}</a></p></section>`;
  await sendPage(visit, response, { title: t("missing.title"), body, status: 404 });
}
