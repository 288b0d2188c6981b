// The document around every page: language, title, and App Bridge before any other script.
import { isRouteErrorResponse, Links, Meta, Outlet, Scripts, ScrollRestoration, useMatches, useRouteError, useRouteLoaderData } from "@remix-run/react";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import type { PageHandle } from "./ui/page-handle.ts";
import type { FrameData } from "./ui/frame-data.ts";

// Shopify asks for its newest version from its own address, unversioned and first.
const APP_BRIDGE_URL = "https://cdn.shopify.com/shopifycloud/app-bridge.js";

export const links = () => [{ rel: "icon", href: "/favicon.svg", type: "image/svg+xml" }];

export function Layout({ children }: { children: ReactNode }) {
  const { t, i18n } = useTranslation();
  const frame = useRouteLoaderData<FrameData>("routes/app");
  const page = useMatches().map((match) => match.handle as PageHandle | undefined).findLast((handle) => handle !== undefined); // Remix leaves handles untyped; only pages export one
  return (
    <html lang={i18n.language}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{page ? t("frame.titled", { page: t(page.titleKey) }) : t("frame.name")}</title>
        <Meta />
        <Links />
        {/* Last in the head: what it appends there then follows all that React knows. It is still the first script. */}
        {frame && <script src={APP_BRIDGE_URL} data-api-key={frame.apiKey} suppressHydrationWarning />}
      </head>
      <body>
        {children}
        <ScrollRestoration />
        <Scripts />
      </body>
    </html>
  );
}

export default function Root() {
  return <Outlet />;
}

/** Only addresses outside the app end here: pages have their own frame for failures. */
export function ErrorBoundary() {
  const { t } = useTranslation();
  const error = useRouteError();
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <main>
      <h1>{t(isMissing ? "frame.problem.missingHeading" : "frame.problem.heading")}</h1>
      <p>{t(isMissing ? "frame.problem.missingBody" : "frame.problem.body")}</p>
    </main>
  );
}
