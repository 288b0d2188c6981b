// What people wrote, searched, tagged in the merchant's own words, each with a way to who wrote it.
import { BlockStack, Card, InlineGrid, InlineStack, Pagination, Select, SkeletonBodyText, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { useFormats } from "../../ui/shop-formats.tsx";
import { AnswersDownload } from "./answers-download.tsx";
import type { ResultsView } from "./results-view.ts";
import { TextRow } from "./text-row.tsx";
import { useTexts, type TextsPage } from "./use-texts.ts";

const SEARCH_MAX = 200;
const ANY = "";

export function TextsCard({ view }: { view: ResultsView }) {
  const { t } = useTranslation();
  const { id, question } = view;
  const { page, typed, tag, isLoading, search, filter, turnTo } = useTexts(id);
  const isNothing = page !== null && page.count === 0 && typed === "" && tag === ANY;
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("surveys.results.texts.title")}</Text>
          <Text as="p" tone="subdued">{t(isNothing ? "surveys.results.texts.none" : "surveys.results.texts.body")}</Text>
        </BlockStack>
        {!isNothing && (
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <TextField label={t("surveys.results.texts.search")} type="search" autoComplete="off" value={typed} maxLength={SEARCH_MAX} onChange={search} clearButton onClearButtonClick={() => search("")} />
            <Select label={t("surveys.results.texts.tag")} options={[{ value: ANY, label: t("surveys.results.texts.anyTag") }, ...(page?.tags ?? []).map((one) => ({ value: one.tag, label: t("surveys.results.texts.tagged", { tag: one.tag, count: one.count }) }))]} value={tag} onChange={filter} />
          </InlineGrid>
        )}
        {page === null ? <SkeletonBodyText lines={6} /> : !isNothing && <Found page={page} surveyId={id} question={question} isLoading={isLoading} onTurn={turnTo} />}
        {question.kind === "text" && <AnswersDownload view={view} />}
      </BlockStack>
    </Card>
  );
}

type FoundProps = { page: TextsPage; surveyId: string; question: ResultsView["question"]; isLoading: boolean; onTurn: (page: number) => void };

function Found({ page: { texts, count, tags, page, hasNext }, surveyId, question, isLoading, onTurn }: FoundProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
      <BlockStack gap="300">
        <Text as="p" tone="subdued"><span role="status">{t("surveys.results.texts.count", { count })}</span></Text>
        <ul className="results-texts">{texts.map((text) => <li key={text.id}><TextRow text={text} surveyId={surveyId} question={question} known={tags.map(({ tag }) => tag)} /></li>)}</ul>
        {(page > 1 || hasNext) && (
          <InlineStack align="center"><Pagination accessibilityLabel={t("surveys.results.texts.pages")} label={formats.count(page)} hasPrevious={page > 1} hasNext={hasNext} onPrevious={() => onTurn(page - 1)} onNext={() => onTurn(page + 1)} /></InlineStack>
        )}
      </BlockStack>
    </div>
  );
}
