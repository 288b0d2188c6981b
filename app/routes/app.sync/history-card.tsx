// Is the history in? If not: how far, or what to do.
import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { NOUNS } from "../../capabilities/sync/model.ts";
import { ProgressBars } from "../../ui/progress-bars.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { SYNC_PATH, type SyncAnswer } from "./sync-wish.ts";
import type { SyncView } from "./sync-view.ts";

type HistoryView = SyncView["history"];

export function HistoryCard({ history, counts }: { history: HistoryView; counts: SyncView["counts"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("sync.state.title")}</Text>
          <Badge tone={TONES[history.state]}>{t(`sync.state.${history.state}`)}</Badge>
        </InlineStack>
        <State history={history} />
        {history.isLimitedTo60Days && <Banner tone="warning" title={t("analytics.limited.title")}><p>{t("analytics.limited.body")}</p></Banner>}
        <BlockStack gap="200">
          <Text as="h3" variant="headingSm">{t("sync.counts.title")}</Text>
          <dl className="regulars-facts">
            {NOUNS.map((noun) => (
              <div key={noun}>
                <dt>{t(`sync.nouns.${noun}`)}</dt>
                <dd>{formats.count(counts[noun])}</dd>
              </div>
            ))}
          </dl>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

const TONES = { none: "attention", running: "info", done: "success", failed: "critical" } as const;

function State({ history }: { history: HistoryView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  switch (history.state) {
    case "running":
      return <><ProgressBars progress={history.progress} /><Reasons reasons={history.reasons} /></>;
    case "done":
      return history.finishedAt === null ? null : (
        <StartForm body={t("sync.state.doneBody", { time: formats.instant(history.finishedAt) })} hint={t("sync.state.againBody")} button={t("sync.state.again")} isRare />
      );
    case "none":
      return <StartForm body={t("sync.state.noneBody")} button={t("sync.state.start")} />;
    case "failed":
      return (
        <>
          <StartForm body={t("sync.state.failedBody")} button={t("sync.state.retry")} />
          <Reasons reasons={history.reasons} />
        </>
      );
  }
}

function Reasons({ reasons }: Pick<HistoryView, "reasons">) {
  const { t } = useTranslation();
  return reasons.map((reason) => <Text key={reason} as="p" tone="caution">{t(`sync.state.reasons.${reason}`)}</Text>);
}

type StartFormProps = { body: string; button: string; hint?: string; /** it is all well as it is */ isRare?: boolean };

function StartForm({ body, button, hint, isRare = false }: StartFormProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher<SyncAnswer>();
  useAnswer(fetcher.data, () => showToast(t("sync.state.retried")));
  return (
    <BlockStack gap="300">
      <Text as="p">{body}</Text>
      <fetcher.Form method="post" action={SYNC_PATH}>
        <input type="hidden" name="intent" value="backfill" />
        <BlockStack gap="100" inlineAlign="start">
          <Button variant={isRare ? "secondary" : "primary"} submit loading={fetcher.state !== "idle"}>{button}</Button>
          {hint !== undefined && <Text as="p" tone="subdued" variant="bodySm">{hint}</Text>}
        </BlockStack>
      </fetcher.Form>
    </BlockStack>
  );
}
