// "Keep in Shopify": the segment as a tag and a saved segment there, and as a trigger of Shopify Flow.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, Checkbox, InlineError, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { ShownSegment } from "./segment-page.tsx";
import type { SegmentPageAnswer } from "./segment-wish.ts";

const FLOW = "Shopify Flow";
const TRIGGERS = { entered: "Customer entered segment", left: "Customer left segment" }; // as our extensions name them to every merchant

export function TellingCard({ segment }: { segment: ShownSegment }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<SegmentPageAnswer>();
  useAnswer(fetcher.data, () => showToast(t("segments.builder.telling.changed")));
  const ask = (wish: Record<string, string>) => fetcher.submit(wish, { method: "post", action: `/app/segments/${segment.id}`, flushSync: true });
  const asked = (name: "isMirrored" | "isFlowOn"): boolean => { // what was just ticked shows at once
    const said = fetcher.formData?.get(name);
    return typeof said === "string" ? said === "true" : segment[name];
  };
  const isBusy = fetcher.state !== "idle";
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("segments.builder.telling.title")}</Text>
        <Checkbox label={t("segments.builder.telling.mirror")} helpText={t("segments.builder.telling.mirrorBody")} checked={asked("isMirrored")} disabled={isBusy} onChange={(isOn) => ask({ intent: "tell", isMirrored: String(isOn) })} />
        {segment.isMirrored && segment.tag !== null && <Tag tag={segment.tag} shopifySegmentId={segment.shopifySegmentId} />}
        <Checkbox label={t("segments.builder.telling.flow", { flow: FLOW })} helpText={t("segments.builder.telling.flowBody", TRIGGERS)} checked={asked("isFlowOn")} disabled={isBusy} onChange={(isOn) => ask({ intent: "tell", isFlowOn: String(isOn) })} />
        {fetcher.data?.ok === false && <InlineError message={t("segments.builder.refused.not_found")} fieldID="telling" />}
        {segment.waitingCount > 0 && <Text as="p" tone="subdued"><span role="status">{t("segments.builder.telling.waiting", { count: segment.waitingCount })}</span></Text>}
        {segment.refusedCount > 0 && (
          <Banner tone="warning" title={t("segments.builder.telling.refused", { count: segment.refusedCount })}>
            <BlockStack gap="200" inlineAlign="start">
              <p>{t("segments.builder.telling.refusedBody")}</p>
              <Button loading={isBusy} onClick={() => ask({ intent: "retry" })}>{t("segments.builder.telling.retry")}</Button>
            </BlockStack>
          </Banner>
        )}
      </BlockStack>
    </Card>
  );
}

function Tag({ tag, shopifySegmentId }: { tag: string; shopifySegmentId: string | null }) {
  const { t } = useTranslation();
  return (
    <BlockStack gap="100">
      <Text as="p" tone="subdued">{t("segments.builder.telling.tag")}</Text>
      <p><code className="regulars-reason">{tag}</code></p>
      {shopifySegmentId !== null && <Link url={`shopify://admin/customers/segments/${shopifySegmentId}`} target="_top">{t("segments.builder.telling.open")}</Link>}
    </BlockStack>
  );
}
