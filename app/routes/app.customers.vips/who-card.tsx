// Who counts as a VIP: the rule, what it takes at present, and the share the merchant may change.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { PERCENT_MAX, PERCENT_MIN, type ShareAnswer } from "./vip-share.ts";

export function WhoCard({ percent, vipFromMinor }: { percent: number; vipFromMinor: number | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fetcher = useFetcher<ShareAnswer>();
  const [typed, setTyped] = useState(String(percent));
  const [isRefusalSeen, setRefusalSeen] = useState(false);
  useAnswer(fetcher.data, () => showToast(t("profiles.vips.who.saved")));
  const isRefused = fetcher.state === "idle" && fetcher.data?.ok === false && !isRefusalSeen;
  const save = (): void => {
    setRefusalSeen(false);
    fetcher.submit({ percent: typed }, { method: "post", action: "/app/customers/vips" });
  };
  return (
    <Card>
      <form noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">{t("profiles.vips.who.title")}</Text>
          <Text as="p">{t("profiles.vips.who.body")} {vipFromMinor === null ? t("profiles.vips.who.nobody") : t("profiles.vips.who.from", { money: formats.money(vipFromMinor) })}</Text>
          <Box maxWidth="20rem">
            <TextField
              label={t("profiles.vips.who.share")} type="number" min={PERCENT_MIN} max={PERCENT_MAX} suffix="%" value={typed} autoComplete="off" error={isRefused && t("profiles.vips.who.refused")}
              onChange={(value) => { setTyped(value); setRefusalSeen(true); }}
            />
          </Box>
          <InlineStack><Button submit loading={fetcher.state !== "idle"}>{t("profiles.vips.who.save")}</Button></InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
