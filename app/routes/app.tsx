// The frame of every page a merchant sees: who they are, navigation, Polaris, and what is shown when a page fails.
import type { HeadersFunction, LoaderFunctionArgs } from "@remix-run/node";
import { isRouteErrorResponse, Outlet, useLoaderData, useRouteError, useRouteLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { NavMenu } from "@shopify/app-bridge-react";
import polarisStyles from "@shopify/polaris/build/esm/styles.css?url";
import { AppProvider } from "@shopify/shopify-app-remix/react";
import { boundary } from "@shopify/shopify-app-remix/server";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../callers/merchant.server.ts";
import { env } from "../platform/env.server.ts";
import { useAddress } from "../ui/address.ts";
import type { FrameData } from "../ui/frame-data.ts";
import { usePolarisWords } from "../ui/polaris-words.ts";
import { MissingPage, ProblemPage } from "../ui/problem-page.tsx";
import { ShopFormats } from "../ui/shop-formats.tsx";
import { useNextPageSkeleton } from "../ui/page-skeletons.tsx";
import "../ui/regulars.css";

export const links = () => [{ rel: "stylesheet", href: polarisStyles }];
export const headers: HeadersFunction = (args) => boundary.headers(args);

export async function loader({ request }: LoaderFunctionArgs): Promise<FrameData> {
  const { shop } = await merchantFrom(request);
  return { apiKey: env.SHOPIFY_API_KEY, currency: shop.currency, timeZone: shop.timeZone };
}

/** A shop's currency and zone do not change under an open page. */
export const shouldRevalidate: ShouldRevalidateFunction = () => false;

export default function App() {
  const frame = useLoaderData<typeof loader>();
  const skeleton = useNextPageSkeleton();
  return <Frame data={frame}>{skeleton ?? <Outlet />}</Frame>;
}

/** A page that failed keeps its frame when the frame itself is well. */
export function ErrorBoundary() {
  const error = useRouteError();
  const frame = useRouteLoaderData<FrameData>("routes/app");
  if (isHandshake(error)) return boundary.error(error);
  const isMissing = isRouteErrorResponse(error) && error.status === 404;
  return <Frame data={frame}>{isMissing ? <MissingPage /> : <ProblemPage />}</Frame>;
}

/** Shopify's library throws small pages that let App Bridge fetch a new session token. */
const isHandshake = (error: unknown): error is { data: string } =>
  isRouteErrorResponse(error) && typeof error.data === "string" && error.data.includes("<script");

function Frame({ data, children }: { data: FrameData | undefined; children: ReactNode }) {
  const words = usePolarisWords();
  // App Bridge stands in the head (root.tsx), where Shopify wants it, so that the provider need not bring it.
  return (
    <AppProvider isEmbeddedApp={false} apiKey={data?.apiKey ?? ""} i18n={words}>
      {data && <Navigation />}
      <ShopFormats currency={data?.currency} timeZone={data?.timeZone}>
        <main>{children}</main>
      </ShopFormats>
    </AppProvider>
  );
}

function Navigation() {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <NavMenu>
      <a href={address("/app")} rel="home">{t("frame.navigation.home")}</a>
      <a href={address("/app/at-risk")}>{t("frame.navigation.atRisk")}</a>
      <a href={address("/app/customers")}>{t("frame.navigation.customers")}</a>
      <a href={address("/app/segments")}>{t("frame.navigation.segments")}</a>
      <a href={address("/app/loyalty")}>{t("frame.navigation.loyalty")}</a>
      <a href={address("/app/surveys")}>{t("frame.navigation.surveys")}</a>
      <a href={address("/app/cohorts")}>{t("frame.navigation.cohorts")}</a>
      <a href={address("/app/forecasts")}>{t("frame.navigation.forecasts")}</a>
      <a href={address("/app/sync")}>{t("frame.navigation.sync")}</a>
    </NavMenu>
  );
}
