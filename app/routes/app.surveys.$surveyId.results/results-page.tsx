// Everything that came of a survey, below what can be done with it.
import { BlockStack, Card, Page, type PageProps } from "@shopify/polaris";
import { ChartVerticalIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { useAddress } from "../../ui/address.ts";
import { EmptyCard } from "../../ui/empty-page.tsx";
import { ConfirmModal } from "../../ui/surveys/confirm-modal.tsx";
import { StateBadge } from "../../ui/surveys/state-badge.tsx";
import { useSurveyWish } from "../../ui/surveys/use-survey-wish.ts";
import { wordsIn } from "../../values/words.ts";
import { AnswersCard } from "./answers-card.tsx";
import { CostCard } from "./cost-card.tsx";
import { LanguagesCard } from "./languages-card.tsx";
import { NoteCard } from "./note-card.tsx";
import { OutcomesCard } from "./outcomes-card.tsx";
import type { ResultsView } from "./results-view.ts";
import { SummaryCard, Until } from "./summary-card.tsx";
import { TextsCard } from "./texts-card.tsx";
import { TimeCard } from "./time-card.tsx";

export function ResultsPage({ view }: { view: ResultsView }) {
  const { t, i18n } = useTranslation();
  const address = useAddress();
  const [isEnding, setEnding] = useState(false);
  const actions = useActions(view, () => setEnding(true));
  const { id, name, question, state, results: { everyone } } = view;
  return (
    <Page
      title={name} subtitle={wordsIn(question.text, i18n.language)} titleMetadata={<StateBadge state={state} />}
      backAction={{ content: t("surveys.list.title"), url: address("/app/surveys") }} secondaryActions={actions}
    >
      <BlockStack gap="400">{everyone.people === 0 ? <NobodyYet view={view} /> : <Cards view={view} />}</BlockStack>
      {isEnding && <ConfirmModal act="end" survey={{ id, name }} onClose={() => setEnding(false)} />}
    </Page>
  );
}

function useActions({ id, state }: ResultsView, askEnd: () => void): NonNullable<PageProps["secondaryActions"]> {
  const { t } = useTranslation();
  const address = useAddress();
  const { send, isSending } = useSurveyWish();
  const change = (to: "live" | "paused") => () => send({ intent: "change", id, to });
  return [
    { content: t(state === "ended" ? "surveys.actions.look" : "surveys.actions.edit"), url: address(`/app/surveys/${id}`) },
    ...(state === "live" ? [{ content: t("surveys.actions.pause"), loading: isSending, onAction: change("paused") }] : []),
    ...(state === "paused" ? [{ content: t("surveys.actions.resume"), loading: isSending, onAction: change("live") }] : []),
    ...(state === "live" || state === "paused" ? [{ content: t("surveys.actions.end"), destructive: true, onAction: askEnd }] : []),
  ];
}

/** Says what happens next. */
function NobodyYet({ view: { id, state, reach, results: { cost, periods } } }: { view: ResultsView }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <>
      <EmptyCard
        icon={ChartVerticalIcon} heading={t("surveys.results.empty.heading")} body={t(`surveys.results.empty.${state}`)}
        {...(state === "draft" && { action: { content: t("surveys.results.empty.action"), url: address(`/app/surveys/${id}`) } })}
      />
      {reach !== null && <Card><Until reach={reach} /></Card>}
      {cost.asked > 0 && <CostCard cost={cost} />}
      {periods.length > 0 && <TimeCard periods={periods} />}
    </>
  );
}

function Cards({ view }: { view: ResultsView }) {
  const { question, hasTexts, results: { periods, languages, cost } } = view;
  return (
    <>
      <SummaryCard view={view} />
      {question.kind !== "text" && <AnswersCard view={view} />}
      {periods.length > 0 && <TimeCard periods={periods} />}
      {languages.length > 1 && <LanguagesCard question={question} languages={languages} />}
      <OutcomesCard view={view} />
      {hasTexts && <TextsCard view={view} />}
      <NoteCard view={view} />
      <CostCard cost={cost} />
    </>
  );
}
