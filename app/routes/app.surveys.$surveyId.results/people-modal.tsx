// The customers behind a row, each a way to their own page. Guests are nobody's to list.
import { useFetcher } from "@remix-run/react";
import { BlockStack, InlineStack, Link, Modal, Pagination, SkeletonBodyText, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import { SILENT } from "../../capabilities/surveys/model/results.ts";
import { useAddress } from "../../ui/address.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { loader } from "../app.surveys.$surveyId.people.ts";
import { useAnswerNames } from "./answer-names.ts";
import { toGroupParameters } from "../../ui/surveys/group-query.ts";
import type { ResultsView } from "./results-view.ts";

type PeopleModalProps = { surveyId: string; question: ResultsView["question"]; answerKey: string; /** of these only */ group: ResultsView["group"]; onClose: () => void };

export function PeopleModal({ surveyId, question, answerKey, group, onClose }: PeopleModalProps) {
  const { t } = useTranslation();
  const nameOf = useAnswerNames(question);
  const { load, data, state } = useFetcher<typeof loader>();
  const address = `/app/surveys/${surveyId}/people?${new URLSearchParams({ key: answerKey, ...toGroupParameters(group) }).toString()}`;
  const show = (page: number): void => load(`${address}&page=${page}`);
  useEffect(() => load(address), [address, load]);
  return (
    <Modal open title={nameOf(answerKey)} onClose={onClose}>
      <Modal.Section>
        {data === undefined ? <SkeletonBodyText lines={6} /> : (
          <div aria-busy={state !== "idle"} className={state === "idle" ? "" : "regulars-stale"}>
            <BlockStack gap="300">
              {data.people.length === 0 && <Text as="p">{t("surveys.results.people.none")}</Text>}
              <ul className="results-people">{data.people.map((person) => <li key={person.id}><Person person={person} question={question} isSilent={answerKey === SILENT} /></li>)}</ul>
              {(data.page > 1 || data.hasNext) && (
                <InlineStack align="center"><Pagination accessibilityLabel={t("surveys.results.people.pages")} hasPrevious={data.page > 1} hasNext={data.hasNext} onPrevious={() => show(data.page - 1)} onNext={() => show(data.page + 1)} /></InlineStack>
              )}
              <Text as="p" tone="subdued" variant="bodySm">{t("surveys.results.people.guests")}</Text>
            </BlockStack>
          </div>
        )}
      </Modal.Section>
    </Modal>
  );
}

type PersonProps = { person: { id: string; name: string; at: string; choices: string[]; text: string }; question: ResultsView["question"]; isSilent: boolean };

function Person({ person: { id, name, at, choices, text }, question, isSilent }: PersonProps) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const address = useAddress();
  const nameOf = useAnswerNames(question);
  return (
    <BlockStack gap="050">
      <Link url={address(`/app/customers/${id}`)}>{name || t("segments.list.nameless")}</Link>
      <Text as="span" tone="subdued" variant="bodySm">{[t(isSilent ? "surveys.results.people.askedAt" : "surveys.results.people.answeredAt", { at: instant(at) }), ...(choices.length === 0 ? [] : [t("surveys.results.said", { answer: choices.map(nameOf).join(", ") })])].join(" · ")}</Text>
      {text !== "" && <span className="results-text">{text}</span>}
    </BlockStack>
  );
}
