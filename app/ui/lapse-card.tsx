// After how many days a customer counts as lapsed: from the shop's own rhythm, or as the merchant sets it.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { LAPSE_DAYS_MAX } from "../capabilities/profiles/model.ts";
import { atRiskFrom } from "../capabilities/profiles/rules/profile.ts";
import { useFormats } from "./shop-formats.tsx";
import { showToast } from "./toast.ts";
import { useAnswer } from "./use-answer.ts";
import type { LapseAnswer } from "./lapse-form.ts";

const PATH = "/app/customers/stages";

export function LapseCard({ ownDays, shopDays, gapCount }: { ownDays: number | null; shopDays: number | null; gapCount: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fetcher = useFetcher<LapseAnswer>();
  const shopWhole = shopDays === null ? null : Math.round(shopDays);
  const inForce = ownDays ?? shopWhole;
  const [days, setDays] = useState(String(inForce ?? ""));
  useAnswer(fetcher.data, () => showToast(t("profiles.rfm.saved")));
  const ask = (fields: Record<string, string>) => fetcher.submit(fields, { method: "post", action: PATH });
  const fault = fetcher.state === "idle" && fetcher.data?.ok === false ? fetcher.data.fault : null;
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("profiles.flow.lapseTitle")}</Text>
          <Badge tone={ownDays === null ? "success" : "attention"}>{t(ownDays === null ? "profiles.rfm.automatic" : "profiles.rfm.own")}</Badge>
        </InlineStack>
        <Text as="p">{shopWhole === null ? t("profiles.flow.lapseUnknown") : t("profiles.flow.lapseShop", { count: shopWhole, gaps: formats.count(gapCount) })}</Text>
        {inForce !== null && <Text as="p">{t("profiles.flow.lapseRisk", { risk: formats.count(atRiskFrom(inForce)), lapse: formats.count(inForce) })}</Text>}
        <Text as="p" tone="subdued">{t("profiles.flow.lapseBody")}</Text>
        <form onSubmit={(event) => { event.preventDefault(); ask({ intent: "save", days }); }}>
          <BlockStack gap="300">
            <Box maxWidth="14rem"><TextField label={t("profiles.flow.lapseField")} suffix={t("profiles.rfm.units.r")} value={days} onChange={setDays} inputMode="numeric" autoComplete="off" {...(fault !== null && { error: t(`profiles.flow.faults.${fault}`, { max: LAPSE_DAYS_MAX }) })} /></Box>
            <ButtonGroup>
              <Button submit loading={fetcher.state !== "idle"}>{t("profiles.flow.lapseSave")}</Button>
              {ownDays !== null && <Button variant="tertiary" onClick={() => ask({ intent: "automatic" })}>{t("profiles.rfm.backToAutomatic")}</Button>}
            </ButtonGroup>
          </BlockStack>
        </form>
      </BlockStack>
    </Card>
  );
}
