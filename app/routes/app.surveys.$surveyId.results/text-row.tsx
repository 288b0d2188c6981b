// One text, as it was written, with its tags.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, InlineStack, Link, Tag, Text } from "@shopify/polaris";
import { useId, useState, type FormEvent } from "react";
import { useTranslation } from "react-i18next";
import { TAGS_MAX, TEXT_TAG_MAX } from "../../capabilities/surveys/model/results.ts";
import { useAddress } from "../../ui/address.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useAnswerNames } from "./answer-names.ts";
import type { ResultsView } from "./results-view.ts";
import type { ShownText } from "./use-texts.ts";

type TextRowProps = { text: ShownText; surveyId: string; question: ResultsView["question"]; /** tags used before */ known: readonly string[] };

export function TextRow({ text: { id, text, choices, tags, at, customer }, surveyId, question, known }: TextRowProps) {
  const { t } = useTranslation();
  const { instant } = useFormats();
  const address = useAddress();
  const nameOf = useAnswerNames(question);
  return (
    <BlockStack gap="200">
      <p className="results-text">{text}</p>
      <InlineStack gap="200" blockAlign="center">
        {customer === null ? <Text as="span" tone="subdued">{t("surveys.results.texts.guest")}</Text> : <Link url={address(`/app/customers/${customer.id}`)}>{customer.name || t("segments.list.nameless")}</Link>}
        <Text as="span" tone="subdued" variant="bodySm">{[instant(at), ...(choices.length === 0 ? [] : [t("surveys.results.said", { answer: choices.map(nameOf).join(", ") })])].join(" · ")}</Text>
        <Tags answerId={id} tags={tags} surveyId={surveyId} known={known} />
      </InlineStack>
    </BlockStack>
  );
}

function Tags({ answerId, tags, surveyId, known }: { answerId: string; tags: string[]; surveyId: string; known: readonly string[] }) {
  const { t } = useTranslation();
  const fetcher = useFetcher();
  const [isOpen, setOpen] = useState(false);
  const send = (tag: string, isOn: boolean): void => void fetcher.submit({ answerId, tag, isOn: isOn ? "1" : "0" }, { method: "post", action: `/app/surveys/${surveyId}/texts` });
  return (
    <>
      {tags.map((tag) => <Tag key={tag} onRemove={() => send(tag, false)}>{tag}</Tag>)}
      {isOpen && tags.length < TAGS_MAX
        ? <NewTag known={known.filter((tag) => !tags.includes(tag))} onAdd={(tag) => send(tag, true)} onClose={() => setOpen(false)} />
        : tags.length < TAGS_MAX && <Button variant="plain" onClick={() => setOpen(true)}>{t("surveys.results.texts.addTag")}</Button>}
    </>
  );
}

/** Polaris' field offers no list of what was written before; the browser's own does. */
function NewTag({ known, onAdd, onClose }: { known: readonly string[]; onAdd: (tag: string) => void; onClose: () => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState("");
  const listId = useId();
  const add = (event: FormEvent): void => {
    event.preventDefault();
    if (typed.trim() === "") return;
    onAdd(typed.trim());
    setTyped("");
    onClose();
  };
  return (
    <form className="results-new-tag" onSubmit={add}>
      {/* eslint-disable-next-line jsx-a11y/no-autofocus -- it opened because somebody asked to write in it */}
      <input autoFocus aria-label={t("surveys.results.texts.newTag")} placeholder={t("surveys.results.texts.newTag")} list={listId} value={typed} maxLength={TEXT_TAG_MAX} onChange={(event) => setTyped(event.target.value)} />
      <datalist id={listId}>{known.map((tag) => <option key={tag} value={tag} />)}</datalist>
      <Button submit size="slim">{t("surveys.results.texts.add")}</Button>
    </form>
  );
}
