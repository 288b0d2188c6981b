// The goals the merchant set, and where each stands today.
import { BlockStack, Button, Card, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Track } from "../../capabilities/targets/model.ts";
import { useAddress } from "../../ui/address.ts";
import { TrackLine } from "../../ui/targets/track-line.tsx";

export function GoalsCard({ tracks }: { tracks: readonly Track[] }) {
  const { t } = useTranslation();
  const address = useAddress();
  if (tracks.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingSm">{t("targets.track.title")}</Text>
          <Button variant="plain" url={address("/app/targets")}>{t("targets.track.change")}</Button>
        </InlineStack>
        {tracks.map((track) => <TrackLine key={track.goal.id} track={track} />)}
      </BlockStack>
    </Card>
  );
}
