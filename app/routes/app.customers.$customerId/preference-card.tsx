// How the customer likes to be met, as the merchant learned it.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { REST_DAYS } from "../../capabilities/followups/rules.ts";
import { CHANNELS } from "../../capabilities/profiles/model.ts";
import { LANGUAGES } from "../../values/words.ts";
import { consentOf } from "../../ui/consent.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { CustomerView } from "./customer-view.ts";
import { toTyping, type PreferenceAnswer, type PreferenceField, type PreferenceTyping } from "./preference-wish.ts";

export function PreferenceCard({ customer }: { customer: CustomerView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const fetcher = useFetcher<PreferenceAnswer>();
  const [typed, setTyped] = useState<PreferenceTyping>(toTyping(customer.preference));
  const [isRefusalSeen, setRefusalSeen] = useState(false);
  useAnswer(fetcher.data, () => showToast(t("profiles.customer.preference.saved")));
  const type = (field: PreferenceField) => (value: string) => {
    setTyped({ ...typed, [field]: value });
    setRefusalSeen(true);
  };
  const save = (): void => {
    setRefusalSeen(false);
    fetcher.submit(typed, { method: "post", action: `/app/customers/${customer.id}` });
  };
  const errorOf = (field: PreferenceField) => fetcher.state === "idle" && !isRefusalSeen && fetcher.data?.ok === false && fetcher.data.field === field && t(`profiles.customer.preference.refused.${field}`);
  const unsaid = { value: "", label: t("profiles.customer.preference.unsaid") };
  return (
    <Card>
      <form noValidate onSubmit={(event) => { event.preventDefault(); save(); }}>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">{t("profiles.customer.preference.title")}</Text>
          <Text as="p" tone="subdued">{t(`followups.consent.${consentOf(customer.emailConsent)}`)}</Text>
          <Select label={t("profiles.customer.preference.channel")} options={[unsaid, ...CHANNELS.map((value) => ({ value, label: t(`profiles.channels.${value}`) }))]} value={typed.channel} error={errorOf("channel")} onChange={type("channel")} />
          <Select label={t("profiles.customer.preference.language")} options={[unsaid, ...LANGUAGES.map((value) => ({ value, label: t(`profiles.languages.${value}`) }))]} value={typed.language} error={errorOf("language")} onChange={type("language")} />
          <TextField label={t("profiles.customer.preference.everyDays")} suffix={t("profiles.rfm.units.r")} type="number" min={1} max={365} helpText={t("profiles.customer.preference.everyDaysHelp", { days: REST_DAYS })} value={typed.everyDays} error={errorOf("everyDays")} onChange={type("everyDays")} autoComplete="off" />
          <TextField
            label={t("profiles.customer.preference.birthOn")} type="date" value={typed.birthOn} error={errorOf("birthOn")} onChange={type("birthOn")} autoComplete="off"
            helpText={customer.shopifyBirthOn === null ? undefined : t("profiles.customer.preference.birthInShopify", { day: formats.day(customer.shopifyBirthOn) })}
          />
          <InlineStack><Button submit loading={fetcher.state !== "idle"}>{t("profiles.customer.preference.save")}</Button></InlineStack>
        </BlockStack>
      </form>
    </Card>
  );
}
