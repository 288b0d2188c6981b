// At a glance: the figure that says most, how many answered, and while it runs, when it will have enough.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Reach } from "../../capabilities/surveys/model/results.ts";
import { Facts } from "../../ui/facts.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { ResultsView } from "./results-view.ts";
import { useKeyFigure, useRange } from "./score-words.ts";
import "./results.css";

export function SummaryCard({ view: { question, reach, endReason, state, results: { everyone, cost } } }: { view: ResultsView }) {
  const { t } = useTranslation();
  const { count, shareShort } = useFormats();
  const range = useRange();
  const figure = useKeyFigure(question)(everyone);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.results.summary.title")}</Text>
        <Facts facts={[
          ...(figure === null ? [] : [[figure.name, <Figure key="key" value={figure.value} remark={t("surveys.results.likely", { range: figure.range })} />] as const]),
          [t("surveys.results.summary.answers"), <Figure key="answers" value={count(everyone.people)} remark={null} />],
          ...(cost.rate === null ? [] : [[t("surveys.results.summary.rate"), <Figure key="rate" value={shareShort(cost.rate.value)} remark={t("surveys.results.likely", { range: range(cost.rate, shareShort) })} />] as const]),
        ]} />
        {reach !== null && <Until reach={reach} />}
        {state === "ended" && endReason !== null && <Text as="p" tone="subdued">{t(`surveys.results.ended.${endReason}`)}</Text>}
      </BlockStack>
    </Card>
  );
}

function Figure({ value, remark }: { value: string; remark: string | null }) {
  return <span className="results-figure"><Text as="span" variant="headingLg">{value}</Text>{remark !== null && <Text as="span" tone="subdued" variant="bodySm">{remark}</Text>}</span>;
}

export function Until({ reach: { days, reason, target } }: { reach: Reach }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  if (days === null) return reason === null ? null : <Text as="p" tone="subdued">{t(`surveys.reach.reasons.${reason}`)}</Text>;
  const { from, to } = days;
  const said = { target: count(target), from: count(from) };
  if (to === null) return <Text as="p" tone="subdued">{t("surveys.results.until.open", { ...said, count: from })}</Text>;
  return <Text as="p" tone="subdued">{from === to ? t("surveys.results.until.same", { ...said, count: from }) : t("surveys.results.until.range", { ...said, to: count(to), count: to })}</Text>;
}
