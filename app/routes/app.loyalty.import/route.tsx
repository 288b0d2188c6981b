// Import and export: members and balances of another programme brought in, and undone; everything of this one taken along.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { settleLoyalty } from "../../capabilities/loyalty/jobs.server.ts";
import { findProgramme, importMembers, listImports, previewImport, undoImport } from "../../capabilities/loyalty/loyalty.server.ts";
import { enqueue } from "../../platform/jobs.server.ts";
import { useSteadyReload } from "../../ui/live.ts";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import type { PageHandle } from "../../ui/page-handle.ts";
import { ExportCard } from "./export-card.tsx";
import { FileCard } from "./file-card.tsx";
import { ImportsCard } from "./imports-card.tsx";
import { toImportRow, type ImportAnswer } from "./import-view.ts";
import { readImportWish } from "./import-wish.server.ts";

export const handle: PageHandle = { titleKey: "loyalty.import.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const [programme, imports] = await Promise.all([findProgramme(shop.id), listImports(shop)]);
  return { isLaunched: (programme?.versions.length ?? 0) > 0, imports: imports.map(toImportRow) };
}

export async function action({ request }: ActionFunctionArgs): Promise<ImportAnswer> {
  const { shop } = await merchantFrom(request);
  const answer = await readImportWish(request);
  if (!answer.ok) return answer;
  const { wish } = answer;
  if (wish.intent === "preview") return previewImport(shop, wish.text);
  if (wish.intent === "undo") {
    if (!(await undoImport(shop, wish.id))) return { ok: false, fault: "not_undone" };
  } else {
    const done = await importMembers(shop, wish);
    if (!done.ok) return done;
  }
  await enqueue(settleLoyalty, { shopId: shop.id });
  return { ok: true, preview: null };
}

const SETTLING_RELOAD_MS = 1_500;

export default function ImportPage() {
  const { isLaunched, imports } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  useSteadyReload(SETTLING_RELOAD_MS, imports.some(({ waitingCount }) => waitingCount > 0));
  return (
    <Page title={t("loyalty.import.title")} subtitle={t("loyalty.import.subtitle")}>
      <BlockStack gap="400">
        <LoyaltyTabs current="import" />
        <FileCard isLaunched={isLaunched} />
        {imports.length > 0 && <ImportsCard imports={imports} />}
        <ExportCard />
      </BlockStack>
    </Page>
  );
}
