// What Shopify refused of segments that are no longer here: nobody else would tell, so their list does.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";

export function RefusedBanner({ count }: { count: number }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<{ ok: true }>();
  useAnswer(fetcher.data, () => showToast(t("segments.page.asked")));
  return (
    <Banner tone="warning" title={t("segments.page.refusedOfDeleted", { count })}>
      <BlockStack gap="200" inlineAlign="start">
        <p>{t("segments.builder.telling.refusedBody")}</p>
        <Button loading={fetcher.state !== "idle"} onClick={() => fetcher.submit({ intent: "retry" }, { method: "post", action: "/app/segments?index" })}>{t("segments.builder.telling.retry")}</Button>
      </BlockStack>
    </Banner>
  );
}
