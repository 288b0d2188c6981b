// Whether the panel is on in the shop's theme, and the way to switch it on there.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { EmbedStatus } from "../../capabilities/loyalty/model/programme.ts";

const EMBED_PATH = "/app/loyalty/embed";
const TONES = { on: "success", off: "attention", unknown: "info" } as const;

export function EmbedCard({ activateUrl }: { activateUrl: string }) {
  const { t } = useTranslation();
  const status = useEmbedStatus();
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("loyalty.home.embed.title")}</Text>
          <span role="status">{status !== null && <Badge tone={TONES[status]}>{t(`loyalty.home.embed.states.${status}`)}</Badge>}</span>
        </InlineStack>
        <Text as="p" tone="subdued">{t(status === null ? "loyalty.home.embed.asking" : `loyalty.home.embed.body.${status}`)}</Text>
        <div><Button url={activateUrl} target="_top" variant={status === "off" ? "primary" : "secondary"}>{t(status === "on" ? "loyalty.home.embed.open" : "loyalty.home.embed.activate")}</Button></div>
      </BlockStack>
    </Card>
  );
}

/** Asked again when somebody comes back to the page: they may have been in the theme editor. Null: no answer yet. */
function useEmbedStatus(): EmbedStatus | null {
  const { load, data } = useFetcher<{ status: EmbedStatus }>();
  useEffect(() => {
    const ask = (): void => void (document.visibilityState === "visible" && load(EMBED_PATH));
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, [load]);
  return data?.status ?? null;
}
