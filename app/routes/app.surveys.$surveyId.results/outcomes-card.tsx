// What people who gave each answer did next, beside those who gave none; each row opens to its people.
import { BlockStack, Box, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { OUTCOME_DAYS, SILENT, type Measured, type Outcome, type OutcomeDays, type OutcomeRow } from "../../capabilities/surveys/model/results.ts";
import { BUYERS_NEEDED, PEOPLE_NEEDED } from "../../capabilities/surveys/rules/outcomes.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useAnswerNames } from "./answer-names.ts";
import { PeopleModal } from "./people-modal.tsx";
import type { ResultsView } from "./results-view.ts";
import { useRange } from "./score-words.ts";

const EVERYBODY = { kind: "everyone" } as const;

export function OutcomesCard({ view }: { view: ResultsView }) {
  const { t } = useTranslation();
  const [days, setDays] = useState<OutcomeDays>(() => longestKnown(view.outcomes));
  const [openKey, setOpenKey] = useState<string | null>(null);
  const rules = [t("surveys.outcomes.how.who"), t("surveys.outcomes.how.weighed"), t("surveys.outcomes.how.range"), t("surveys.outcomes.how.notYet", { people: PEOPLE_NEEDED, buyers: BUYERS_NEEDED })];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("surveys.outcomes.title")}</Text>
          <HowPopover title={t("surveys.outcomes.title")} rules={rules} />
        </InlineStack>
        <Text as="p" tone="subdued">{t("surveys.outcomes.body")}</Text>
        <Box maxWidth="16rem">
          <Select label={t("surveys.outcomes.horizon")} options={OUTCOME_DAYS.map((value) => ({ value: String(value), label: t("surveys.outcomes.days", { count: value }) }))} value={String(days)} onChange={(value) => setDays(OUTCOME_DAYS.find((known) => String(known) === value) ?? days)} />
        </Box>
        <OutcomesTable view={view} days={days} onOpen={setOpenKey} />
        <Text as="p">{t("surveys.outcomes.warning")}</Text>
        <div><DownloadButton address={`/app/reports/survey_outcomes.csv?survey=${view.id}`} accessibilityLabel={t("surveys.outcomes.download")}>{t("frame.downloadCsv")}</DownloadButton></div>
      </BlockStack>
      {openKey !== null && <PeopleModal surveyId={view.id} question={view.question} answerKey={openKey} group={EVERYBODY} onClose={() => setOpenKey(null)} />}
    </Card>
  );
}

/** What lies furthest ahead and can be said already; nothing can: what can be said first. */
const longestKnown = (rows: readonly OutcomeRow[]): OutcomeDays =>
  OUTCOME_DAYS.findLast((days) => rows.some(({ key, outcomes }) => key !== SILENT && outcomes.some((outcome) => outcome.days === days && outcome.share.isKnown))) ?? OUTCOME_DAYS[0];

type OutcomesTableProps = { view: ResultsView; days: OutcomeDays; onOpen: (key: string) => void };

function OutcomesTable({ view: { question, outcomes }, days, onOpen }: OutcomesTableProps) {
  const { t } = useTranslation();
  const nameOf = useAnswerNames(question);
  const columns = [t("surveys.outcomes.columns.answer"), t("surveys.outcomes.columns.customers"), t("surveys.outcomes.columns.share"), t("surveys.outcomes.columns.revenue"), t("surveys.outcomes.columns.open")];
  const [, customers = "", share = "", revenue = "", open = ""] = columns;
  return (
    <NamedTable name={t("surveys.outcomes.title")} className="regulars-stacked results-outcomes" columns={columns}>
      {outcomes.map((row) => {
        const outcome = row.outcomes.find((one) => one.days === days);
        const name = nameOf(row.key);
        return outcome && (
          <tr key={row.key}>
            <th scope="row">{name}</th>
            <td data-label={customers}><Counted outcome={outcome} /></td>
            <td data-label={share}><Share outcome={outcome} rowKey={row.key} /></td>
            <td data-label={revenue}><Revenue outcome={outcome} rowKey={row.key} /></td>
            <td data-label={open}>{row.customers === 0 ? "–" : <Button variant="plain" accessibilityLabel={t("surveys.outcomes.openOf", { answer: name })} onClick={() => onOpen(row.key)}>{t("surveys.outcomes.open")}</Button>}</td>
          </tr>
        );
      })}
    </NamedTable>
  );
}

function Counted({ outcome: { people, waiting } }: { outcome: Outcome }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  return <span>{count(people)}{waiting > 0 && <><br /><Text as="span" tone="subdued" variant="bodySm">{t("surveys.outcomes.andWaiting", { count: waiting })}</Text></>}</span>;
}

type FigureProps = { outcome: Outcome; rowKey: string };

function Share({ outcome, rowKey }: FigureProps) {
  const { shareShort } = useFormats();
  return <Figure measured={outcome.share} write={shareShort} days={outcome.days} rowKey={rowKey} />;
}

function Revenue({ outcome, rowKey }: FigureProps) {
  const { money } = useFormats();
  return <Figure measured={outcome.revenue} write={(minor) => money(Math.round(minor))} days={outcome.days} rowKey={rowKey} />;
}

function Figure({ measured, write, days, rowKey }: { measured: Measured; write: (value: number) => string; days: OutcomeDays; rowKey: string }) {
  const { t } = useTranslation();
  const range = useRange();
  if (!measured.isKnown) {
    const { needed, waiting } = measured;
    const words = needed === 0 ? t("surveys.outcomes.waiting", { count: waiting, days }) : t(rowKey === SILENT ? "surveys.outcomes.neededPeople" : "surveys.outcomes.needed", { count: needed });
    return <Text as="span" tone="subdued">{words}</Text>;
  }
  return <span><Text as="span" fontWeight="semibold">{write(measured.value)}</Text><br /><Text as="span" tone="subdued" variant="bodySm">{range(measured, write)}</Text></span>;
}
