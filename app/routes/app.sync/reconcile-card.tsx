// What the last comparison with Shopify found, and a way to compare now.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineError, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { SYNC_PATH, type SyncAnswer } from "./sync-wish.ts";
import type { ReconcileView } from "./sync-view.ts";

export function ReconcileCard({ reconcile }: { reconcile: ReconcileView | null }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<SyncAnswer>();
  useAnswer(fetcher.data, () => showToast(t("sync.reconcile.started")));
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">{t("sync.reconcile.title")}</Text>
            {reconcile && <Badge tone={TONES[reconcile.state]}>{t(`sync.reconcile.${reconcile.state}`)}</Badge>}
          </InlineStack>
          <fetcher.Form method="post" action={SYNC_PATH}>
            <input type="hidden" name="intent" value="reconcile" />
            <Button submit loading={fetcher.state !== "idle" || reconcile?.state === "running"}>{t("sync.reconcile.check")}</Button>
          </fetcher.Form>
        </InlineStack>
        <Text as="p" tone="subdued">{t("sync.reconcile.body")}</Text>
        {reconcile ? <LastRun reconcile={reconcile} /> : <Text as="p">{t("sync.reconcile.never")}</Text>}
      </BlockStack>
    </Card>
  );
}

const TONES = { running: "info", same: "success", repaired: "attention", failed: "critical" } as const;

function LastRun({ reconcile }: { reconcile: ReconcileView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <>
      <dl className="regulars-facts">
        <div>
          <dt>{t("sync.reconcile.last")}</dt>
          <dd>{formats.instant(reconcile.finishedAt ?? reconcile.startedAt)}</dd>
        </div>
        <div>
          <dt>{t("sync.reconcile.period")}</dt>
          <dd>{t("sync.reconcile.periodBody", { from: formats.instant(reconcile.windowFrom), to: formats.instant(reconcile.windowTo) })}</dd>
        </div>
      </dl>
      {reconcile.error !== null && <InlineError message={t(`sync.reconcile.reasons.${reconcile.error}`)} fieldID="reconcile" />}
      <Findings reconcile={reconcile} />
    </>
  );
}

function Findings({ reconcile: { compared, differing } }: { reconcile: ReconcileView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const lines = [
    ...(["orders", "customers", "products"] as const).map((noun) => [t(`sync.nouns.${noun}`), formats.count(compared[noun]), formats.count(differing[noun])]),
    [t("sync.reconcile.rollups"), t("sync.reconcile.rollupsCompared"), formats.count(differing.rollups)],
  ];
  return (
    <table className="regulars-table">
      <caption className="regulars-hidden">{t("sync.reconcile.last")}</caption>
      <thead>
        <tr>
          <th scope="col">{t("sync.reconcile.noun")}</th>
          <th scope="col">{t("sync.reconcile.compared")}</th>
          <th scope="col">{t("sync.reconcile.differing")}</th>
        </tr>
      </thead>
      <tbody>
        {lines.map(([noun, comparedCount, differingCount]) => (
          <tr key={noun}>
            <th scope="row">{noun}</th>
            <td>{comparedCount}</td>
            <td>{differingCount}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
