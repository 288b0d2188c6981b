// How many gave each answer: of everyone, or of those who read a language or are in a segment.
import { BlockStack, Box, Button, Card, InlineStack, Select, Text } from "@shopify/polaris";
import { useNavigate, useNavigation } from "@remix-run/react";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { AnswerShare } from "../../capabilities/surveys/model/results.ts";
import { useAddress } from "../../ui/address.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { writeSegmentName } from "../../ui/segment-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useAnswerNames } from "./answer-names.ts";
import { AnswersDownload } from "./answers-download.tsx";
import { useLanguageNames } from "./language-names.ts";
import { PeopleModal } from "./people-modal.tsx";
import { parseGroup, toGroupParameters } from "../../ui/surveys/group-query.ts";
import type { ResultsView } from "./results-view.ts";
import { useKeyFigure, useRange } from "./score-words.ts";
import { ShareBar } from "./share-bar.tsx";

export function AnswersCard({ view }: { view: ResultsView }) {
  const { t } = useTranslation();
  const { id, question, group, results: { everyone, group: some } } = view;
  const [openKey, setOpenKey] = useState<string | null>(null);
  const table = some ?? everyone;
  const figure = useKeyFigure(question)(table);
  const isLoading = useNavigation().state === "loading";
  const rules = [t("surveys.results.answers.how.share"), ...(question.kind === "nps" ? [t("surveys.results.answers.how.nps")] : []), ...(question.kind === "scale" ? [t("surveys.results.answers.how.mean")] : []), t("surveys.results.answers.how.plain")];
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("surveys.results.answers.title")}</Text>
          <HowPopover title={t("surveys.results.answers.title")} rules={rules} />
        </InlineStack>
        <GroupSelect view={view} />
        <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
          <BlockStack gap="300">
            {some !== null && <Text as="p" tone="subdued"><span role="status">{[t("surveys.results.answers.people", { count: table.people }), figure && t("surveys.results.answers.figure", { name: figure.name, value: figure.value, range: figure.range })].filter(Boolean).join(" · ")}</span></Text>}
            {group.kind === "segment" && <Text as="p" tone="subdued">{t("surveys.results.answers.segmentNow")}</Text>}
            <SharesTable name={t("surveys.results.answers.caption")} question={question} shares={table.keys} compared={some === null ? null : everyone.keys} onOpen={setOpenKey} />
            {question.kind === "several" && <Text as="p" tone="subdued">{t("surveys.results.answers.several")}</Text>}
            {table.scores.length > 0 && (
              <details>
                <summary>{t("surveys.results.answers.numbers")}</summary>
                <Box paddingBlockStart="300"><SharesTable name={t("surveys.results.answers.numbers")} question={question} shares={table.scores} compared={null} onOpen={setOpenKey} /></Box>
              </details>
            )}
          </BlockStack>
        </div>
        <AnswersDownload view={view} />
      </BlockStack>
      {openKey !== null && <PeopleModal surveyId={id} question={question} answerKey={openKey} group={group} onClose={() => setOpenKey(null)} />}
    </Card>
  );
}

const EVERYONE = "";

function GroupSelect({ view: { id, group, segments, results: { languages } } }: { view: ResultsView }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const nameLanguage = useLanguageNames();
  const valueOf = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();
  const options = [
    { value: EVERYONE, label: t("surveys.results.answers.everyone") },
    ...(languages.length < 2 ? [] : [{ title: t("surveys.results.languages.language"), options: languages.map(({ language }) => ({ value: valueOf({ language }), label: nameLanguage(language) })) }]),
    { title: t("surveys.results.answers.segment"), options: segments.map((segment) => ({ value: valueOf({ segment: segment.id }), label: writeSegmentName(t, segment) })) },
  ];
  const show = (value: string): void => navigate(address(`/app/surveys/${id}/results`, toGroupParameters(parseGroup(new URLSearchParams(value)))), { preventScrollReset: true });
  return <Box maxWidth="24rem"><Select label={t("surveys.results.answers.group")} options={options} value={valueOf(toGroupParameters(group))} onChange={show} /></Box>;
}

type SharesTableProps = { name: string; question: ResultsView["question"]; shares: readonly AnswerShare[]; /** everyone's, beside those of some */ compared: readonly AnswerShare[] | null; onOpen: (key: string) => void };

function SharesTable({ name, question, shares, compared, onOpen }: SharesTableProps) {
  const { t } = useTranslation();
  const { count, shareShort } = useFormats();
  const nameOf = useAnswerNames(question);
  const range = useRange();
  const [answer, people, share, between, everyone, open] = [t("surveys.results.answers.answer"), t("surveys.results.answers.count"), t("surveys.results.answers.share"), t("surveys.results.answers.range"), t("surveys.results.answers.everyone"), t("surveys.outcomes.columns.open")];
  return (
    <NamedTable name={name} className="regulars-stacked results-shares" columns={[answer, share, between, people, ...(compared === null ? [] : [everyone]), open]}>
      {shares.map((row) => (
        <tr key={row.key}>
          <th scope="row">{nameOf(row.key)}</th>
          <td data-label={share}><span className="results-share"><ShareBar share={row} />{shareShort(row.value)}</span></td>
          <td data-label={between}>{range(row, shareShort)}</td>
          <td data-label={people}>{count(row.count)}</td>
          {compared !== null && <td data-label={everyone}>{shareShort(compared.find(({ key }) => key === row.key)?.value ?? 0)}</td>}
          <td data-label={open}>{row.count === 0 ? "–" : <Button variant="plain" accessibilityLabel={t("surveys.results.answers.openOf", { answer: nameOf(row.key) })} onClick={() => onOpen(row.key)}>{t("surveys.outcomes.open")}</Button>}</td>
        </tr>
      ))}
    </NamedTable>
  );
}
