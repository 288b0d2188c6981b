// Whether an app embed of ours is on in the shop's theme, and the way to switch it on there.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Embed, EmbedStatus, ThemeBlock } from "../capabilities/shops/model.ts";

const TONES = { on: "success", off: "attention", unknown: "info" } as const;

type EmbedCardProps = { embed: Embed; activateUrl: string; blocks: readonly { block: ThemeBlock; url: string }[] };

export function EmbedCard({ embed, activateUrl, blocks }: EmbedCardProps) {
  const { t } = useTranslation();
  const status = useEmbedStatus(embed);
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("frame.embed.title")}</Text>
          <span role="status">{status !== null && <Badge tone={TONES[status]}>{t(`frame.embed.states.${status}`)}</Badge>}</span>
        </InlineStack>
        <Text as="p" tone="subdued">{status === null ? t("frame.embed.asking") : t(`frame.embed.body.${embed}.${status}`)}</Text>
        <div><Button url={activateUrl} target="_top" variant={status === "off" ? "primary" : "secondary"}>{t(status === "on" ? "frame.embed.open" : "frame.embed.activate")}</Button></div>
        <BlockStack gap="100">
          <Text as="h3" variant="headingSm">{t("frame.embed.blocks.title")}</Text>
          <InlineStack gap="300">{blocks.map(({ block, url }) => <Button key={block} variant="plain" url={url} target="_top">{t(`frame.embed.blocks.${block}`)}</Button>)}</InlineStack>
        </BlockStack>
      </BlockStack>
    </Card>
  );
}

/** Asked again when somebody comes back to the page: they may have been in the theme editor. Null: no answer yet. */
export function useEmbedStatus(embed: Embed): EmbedStatus | null {
  const { load, data } = useFetcher<{ status: EmbedStatus }>();
  useEffect(() => {
    const ask = (): void => void (document.visibilityState === "visible" && load(`/app/embeds/${embed}`));
    ask();
    document.addEventListener("visibilitychange", ask);
    return () => document.removeEventListener("visibilitychange", ask);
  }, [load, embed]);
  return data?.status ?? null;
}
