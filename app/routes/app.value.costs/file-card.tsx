// A file of costs is chosen, looked at, and taken over whole: where a line is wrong, nothing is.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineStack, List, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { CostPreview } from "../../capabilities/cohorts/cohorts.server.ts";
import { COST_FILE_MAX_BYTES, type CostLineError } from "../../capabilities/cohorts/model.ts";
import { toLocale } from "../../i18n/locales.ts";
import { Facts } from "../../ui/facts.tsx";
import { FileDrop } from "../../ui/file-drop.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { COSTS_PATH, type FileAnswer } from "./cost-view.ts";
import { useChannelName } from "./use-channel-name.ts";
import "./costs.css";

const RULES = ["columns", "channel", "amounts", "replace", "whole"] as const;
const BYTES_PER_MEGABYTE = 1_000_000;
const EXAMPLE = "month,channel,cost,purpose\n2026-01,web,1200.50,acquire\n2026-01,Instagram,300,acquire\n2026-01,,80,keep";

export function FileCard({ salesChannels }: { salesChannels: readonly string[] }) {
  const { t, i18n } = useTranslation();
  const [file, setFile] = useState<File | null>(null);
  const look = useFetcher<FileAnswer>();
  const take = useFetcher<FileAnswer>();
  useAnswer(take.data, () => {
    showToast(t("cohorts.costs.saved"));
    setFile(null);
  });
  const send = (fetcher: typeof look, intent: "preview" | "import", chosen: File): void => {
    const form = new FormData();
    for (const [name, value] of [["intent", intent], ["locale", toLocale(i18n.language) ?? "en"]] as const) form.set(name, value);
    form.set("file", chosen);
    fetcher.submit(form, { method: "post", action: COSTS_PATH, encType: "multipart/form-data" });
  };
  const isBusy = look.state !== "idle" || take.state !== "idle";
  const said = file === null || isBusy ? null : take.data?.ok === false ? take.data : look.data ?? null;
  const channels = new Intl.ListFormat(i18n.language, { type: "disjunction" }).format(salesChannels.slice(0, CHANNELS_SHOWN));
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("cohorts.costs.file.title")}</Text>
        <List>{RULES.map((rule) => <List.Item key={rule}>{t(`cohorts.costs.file.rules.${rule}`, { columns: "month, channel, cost, purpose", channels: channels === "" ? "web" : channels, acquire: "acquire", keep: "keep" })}</List.Item>)}</List>
        <pre className="cost-example">{EXAMPLE}</pre>
        <FileDrop label={t("cohorts.costs.file.label")} shown={file?.name ?? t("loyalty.import.file.choose")} limit={t("loyalty.import.file.limit", { megabytes: COST_FILE_MAX_BYTES / BYTES_PER_MEGABYTE })} isDisabled={isBusy} onChoose={(chosen) => { setFile(chosen); send(look, "preview", chosen); }} />
        <div role="status">{look.state !== "idle" && <Text as="p">{t("loyalty.import.file.reading")}</Text>}</div>
        {said !== null && file !== null && <Said said={said} isSending={take.state !== "idle"} onTake={() => send(take, "import", file)} onDrop={() => setFile(null)} />}
      </BlockStack>
    </Card>
  );
}

const CHANNELS_SHOWN = 4;

function Said({ said, isSending, onTake, onDrop }: { said: FileAnswer; isSending: boolean; onTake: () => void; onDrop: () => void }) {
  const { t } = useTranslation();
  if (said.ok) return <Preview preview={said.preview} isSending={isSending} onTake={onTake} onDrop={onDrop} />;
  if (said.lines !== null) return <LineErrors errors={said.lines} lineCount={said.lineCount} />;
  return <Banner tone="critical"><p>{t(`cohorts.costs.fileFaults.${said.fault}`, { column: "column" in said ? said.column : "", month: "month", cost: "cost", known: "month, channel, cost, purpose" })}</p></Banner>;
}

function Preview({ preview, isSending, onTake, onDrop }: { preview: CostPreview; isSending: boolean; onTake: () => void; onDrop: () => void }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const nameOf = useChannelName();
  const { added, changed, unchanged, totalMinor, months: { from, to }, otherChannels } = preview;
  const facts = [
    [t("cohorts.costs.preview.added"), formats.count(added)], [t("cohorts.costs.preview.changed"), formats.count(changed)], [t("cohorts.costs.preview.unchanged"), formats.count(unchanged)],
    [t("cohorts.costs.preview.total"), formats.money(totalMinor)], [t("cohorts.costs.preview.months"), from === to ? formats.month(from) : t("cohorts.costs.preview.fromTo", { from: formats.month(from), to: formats.month(to) })],
  ] as const;
  const names = new Intl.ListFormat(i18n.language, { type: "conjunction" }).format(otherChannels.map(nameOf));
  return (
    <BlockStack gap="400">
      <Text as="h3" variant="headingSm">{t("cohorts.costs.preview.title")}</Text>
      <Facts facts={facts} />
      {otherChannels.length > 0 && <Text as="p"><span className="regulars-reason">{t("cohorts.costs.preview.others", { count: otherChannels.length, names })}</span></Text>}
      <InlineStack gap="200">
        <Button variant="primary" loading={isSending} onClick={onTake}>{t("cohorts.costs.preview.take", { count: preview.lines })}</Button>
        <Button onClick={onDrop}>{t("loyalty.import.preview.drop")}</Button>
      </InlineStack>
    </BlockStack>
  );
}

/** Line by line, so that the file is mended once. */
function LineErrors({ errors, lineCount }: { errors: readonly CostLineError[]; lineCount: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns = (["line", "field", "fault", "text"] as const).map((column) => t(`loyalty.import.errors.${column}`));
  return (
    <BlockStack gap="200">
      <Banner tone="critical"><p>{t("cohorts.costs.lines.body", { count: lineCount })}</p></Banner>
      <NamedTable name={t("cohorts.costs.lines.caption")} className="regulars-stacked" columns={columns}>
        {errors.map(({ line, field, fault, text, otherLine }) => (
          <tr key={`${line} ${field ?? ""}`}>
            <th scope="row">{t("loyalty.import.errors.at", { line: formats.count(line) })}</th>
            <td data-label={columns[1]}>{field === null ? t("cohorts.costs.lines.whole") : t(`cohorts.costs.columns.${field}`)}</td>
            <td data-label={columns[2]}><span className="regulars-reason">{t(`cohorts.costs.faults.${fault}`, { line: formats.count(otherLine ?? 0) })}</span></td>
            <td data-label={columns[3]}><span className="regulars-reason">{text || "–"}</span></td>
          </tr>
        ))}
      </NamedTable>
    </BlockStack>
  );
}
