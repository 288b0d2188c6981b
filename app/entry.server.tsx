// Pages leave as a stream, in the reader's language, framed by Shopify's Admin and nobody else.
import { Transform } from "node:stream";
import { createReadableStreamFromReadable, type EntryContext } from "@remix-run/node";
import { isRouteErrorResponse, RemixServer } from "@remix-run/react";
import { isbot } from "isbot";
import { renderToPipeableStream } from "react-dom/server";
import { I18nextProvider } from "react-i18next";
import { localeFrom } from "./callers/locale.ts";
import { openTranslator } from "./i18n/translate.ts";
import { log } from "./platform/log.server.ts";
import { shopify } from "./shopify/app.server.ts";

const RENDER_TIMEOUT_MS = 5_000; // longer than any page of ours takes; a stuck one must not hold its connection

export default async function handleDocument(request: Request, status: number, headers: Headers, context: EntryContext): Promise<Response> {
  shopify.addDocumentResponseHeaders(request, headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.set("Cache-Control", "no-store"); // a shop's figures
  headers.set("X-Content-Type-Options", "nosniff");
  headers.set("Referrer-Policy", "same-origin"); // the address carries a session token
  const translator = await openTranslator(localeFrom(request));
  // A crawler reads the page once, so it gets it whole.
  const readyEvent = isbot(request.headers.get("user-agent")) ? "onAllReady" : "onShellReady";

  return new Promise((resolve, reject) => {
    let answered = false;
    const { pipe, abort } = renderToPipeableStream(
      <I18nextProvider i18n={translator}>
        <RemixServer context={context} url={request.url} />
      </I18nextProvider>,
      {
        [readyEvent]: () => {
          answered = true;
          const body = withoutGaps();
          resolve(new Response(createReadableStreamFromReadable(body), { status, headers }));
          pipe(body);
        },
        onShellError: reject,
        onError: (error) => {
          if (answered) log.error("page broke while streaming", error);
        },
      },
    );
    setTimeout(abort, RENDER_TIMEOUT_MS).unref();
  });
}

/** React 18 sends its buffer whole where a letter of three bytes no longer fits into its end, and the zeros there become \uFFFD in a page. */
const withoutGaps = (): Transform => new Transform({ transform: (chunk: Buffer, _encoding, done) => done(null, chunk.includes(0) ? chunk.filter((byte) => byte !== 0) : chunk) });

/** Without this Remix prints whole errors, addresses with tokens included. */
export function handleError(error: unknown, { request }: { request: Request }): void {
  if (request.signal.aborted || isRouteErrorResponse(error)) return; // an unknown address is no failure
  log.error("page failed", error, { path: new URL(request.url).pathname });
}
