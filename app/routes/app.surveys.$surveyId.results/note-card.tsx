// "You said, we did": what came of the answers, for those who were asked.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { NOTE_MAX } from "../../capabilities/surveys/model/survey.ts";
import { LOCALES, toLocale } from "../../i18n/locales.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { ResultsView } from "./results-view.ts";
import type { ResultsAnswer } from "./results-wish.ts";

export function NoteCard({ view: { id, note, notedAt, reached } }: { view: ResultsView }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const own = toLocale(i18n.language) ?? "en";
  const [written, setWritten] = useState({ en: note?.en ?? "", ja: note?.ja ?? "", "zh-CN": note?.["zh-CN"] ?? "" });
  const [isOpen, setOpen] = useState(false);
  const fetcher = useFetcher<ResultsAnswer>();
  useAnswer(fetcher.data, ({ isKept }) => showToast(t(isKept ? "surveys.results.note.saved" : "surveys.results.note.removed")));
  const isSending = fetcher.state !== "idle";
  const isChanged = LOCALES.some((locale) => written[locale].trim() !== (note?.[locale] ?? ""));
  const shown = [own, ...LOCALES.filter((locale) => locale !== own && (isOpen || note?.[locale] !== undefined))];
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("surveys.results.note.title")}</Text>
          <Text as="p" tone="subdued">{t("surveys.results.note.body")}</Text>
        </BlockStack>
        {!isSending && fetcher.data?.ok === false && <Banner tone="critical"><p>{t(`surveys.refused.${fetcher.data.reason}`)}</p></Banner>}
        {shown.map((locale) => (
          <TextField
            key={locale} label={t("surveys.results.note.text", { language: t(`profiles.languages.${locale}`) })} multiline={3} autoComplete="off" maxLength={NOTE_MAX} showCharacterCount
            value={written[locale]} onChange={(text) => setWritten((before) => ({ ...before, [locale]: text }))}
          />
        ))}
        {shown.length < LOCALES.length && <div><Button variant="plain" onClick={() => setOpen(true)}>{t("frame.form.otherLanguages")}</Button></div>}
        <Text as="p">{t("surveys.results.note.who", { count: reached })}</Text>
        <InlineStack gap="300" blockAlign="center">
          <Button disabled={!isChanged} loading={isSending} onClick={() => void fetcher.submit(written, { method: "post", action: `/app/surveys/${id}/results` })}>{t("surveys.results.note.save")}</Button>
          {notedAt !== null && <Text as="span" tone="subdued">{t("surveys.results.note.savedAt", { at: formats.instant(notedAt) })}</Text>}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
