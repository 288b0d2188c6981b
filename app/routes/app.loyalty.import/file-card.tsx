// A file is chosen, looked at line by line, and taken over: nothing is written before the merchant has seen what would be.
import { useFetcher } from "@remix-run/react";
import { Badge, Banner, BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { ImportPreview } from "../../capabilities/loyalty/loyalty.server.ts";
import { FILE_MAX_BYTES, SOURCE_NAMES } from "../../capabilities/loyalty/model/imports.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { IMPORT_PATH, nameSource, type ImportAnswer } from "./import-view.ts";
import { LineErrors } from "./line-errors.tsx";

type Chosen = { file: File; /** of the wish to take it over */ id: string };

export function FileCard({ isLaunched }: { isLaunched: boolean }) {
  const { t, i18n } = useTranslation();
  const address = useAddress();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const look = useFetcher<ImportAnswer>();
  const take = useFetcher<ImportAnswer>();
  useAnswer(take.data, () => {
    showToast(t("loyalty.import.done"));
    setChosen(null);
  });
  const choose = (file: File): void => {
    setChosen({ file, id: crypto.randomUUID() });
    look.submit(formOf({ intent: "preview" }, file), { method: "post", action: IMPORT_PATH, encType: "multipart/form-data" });
  };
  const preview = chosen !== null && look.state === "idle" && look.data?.ok === true ? look.data.preview : null;
  const fault = chosen === null ? null : faultIn(take) ?? faultIn(look);
  const list = (names: readonly string[], type: "conjunction" | "disjunction"): string => new Intl.ListFormat(i18n.language, { type }).format(names);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.import.file.title")}</Text>
        <Text as="p">{t("loyalty.import.file.body", { names: list(Object.values(SOURCE_NAMES), "disjunction"), columns: list(["email", "points"], "conjunction") })}</Text>
        <List>{RULES.map((rule) => <List.Item key={rule}>{t(`loyalty.import.rules.${rule}`)}</List.Item>)}</List>
        {!isLaunched && <Banner tone="info" action={{ content: t("loyalty.members.empty.programme.action"), url: address("/app/loyalty") }}><p>{t("loyalty.import.faults.not_launched")}</p></Banner>}
        {fault !== null && <Banner tone="critical"><p>{t(`loyalty.import.faults.${fault}`)}</p></Banner>}
        <FileDrop label={t("loyalty.import.file.label")} shown={chosen?.file.name ?? t("loyalty.import.file.choose")} limit={t("loyalty.import.file.limit", { megabytes: FILE_MAX_BYTES / BYTES_PER_MEGABYTE })} isDisabled={look.state !== "idle" || take.state !== "idle"} onChoose={choose} />
        <div role="status">{look.state !== "idle" && <Text as="p">{t("loyalty.import.file.reading")}</Text>}</div>
        {preview && chosen && (
          <Preview preview={preview} isLaunched={isLaunched} isSending={take.state !== "idle"} onTake={() => take.submit(formOf({ intent: "import", id: chosen.id }, chosen.file), { method: "post", action: IMPORT_PATH, encType: "multipart/form-data" })} onDrop={() => setChosen(null)} />
        )}
      </BlockStack>
    </Card>
  );
}

const RULES = ["found", "added", "dates", "tiers", "undo"] as const;
const BYTES_PER_MEGABYTE = 1_000_000;

const faultIn = ({ state, data }: { state: string; data: ImportAnswer | undefined }) => (state === "idle" && data?.ok === false ? data.fault : null);

function formOf(fields: Record<string, string>, file: File): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file);
  return form;
}

type PreviewProps = { preview: ImportPreview; isLaunched: boolean; isSending: boolean; onTake: () => void; onDrop: () => void };

function Preview({ preview: { source, lines, members, points, hasTiers, errors, errorCount }, isLaunched, isSending, onTake, onDrop }: PreviewProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    [t("loyalty.import.preview.lines"), formats.count(lines)], [t("loyalty.import.preview.members"), formats.count(members)], [t("loyalty.import.preview.points"), writePoints(points, { t, formats })], [t("loyalty.import.preview.errors"), formats.count(errorCount)],
  ] as const;
  return (
    <BlockStack gap="400">
      <InlineStack gap="200" blockAlign="center">
        <Text as="h3" variant="headingSm">{t("loyalty.import.preview.title")}</Text>
        <Badge tone="info">{nameSource(source) ?? t("loyalty.import.plain")}</Badge>
      </InlineStack>
      <Facts facts={facts} />
      {hasTiers && <Text as="p">{t("loyalty.import.rules.tiers")}</Text>}
      {errorCount > 0 && <LineErrors errors={errors} errorCount={errorCount} />}
      <InlineStack gap="200">
        <Button variant="primary" disabled={!isLaunched || members === 0} loading={isSending} onClick={onTake}>{t("loyalty.import.preview.take", { count: members })}</Button>
        <Button onClick={onDrop}>{t("loyalty.import.preview.drop")}</Button>
      </InlineStack>
    </BlockStack>
  );
}
