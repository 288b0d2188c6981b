// The builder: a name, a rule in groups and conditions, the rule as a sentence, and whom it would choose, all while typing.
import { useFetcher, useNavigate } from "@remix-run/react";
import { BlockStack, Card, InlineError, Page, Text, TextField } from "@shopify/polaris";
import { useMemo, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { FIELDS, type Kind, type RuleNames } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { writeRule } from "../../ui/rule-sentence.ts";
import type { SurveyAnswers } from "../../ui/survey-answers.ts";
import { writeSegmentName } from "../../ui/segment-words.ts";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { blankCondition, draftOf, isGroup, ruleIn, writtenIn, type DraftAnswer, type DraftGroup, type DraftPart, type DraftPick } from "./draft.ts";
import { PreviewCard } from "./preview-card.tsx";
import { RuleEditor } from "./rule-editor.tsx";
import { DeleteModal } from "./delete-modal.tsx";
import type { SegmentPageData } from "./segment-page.tsx";
import type { SegmentPageAnswer } from "./segment-wish.ts";
import { UnsavedBar } from "../../ui/unsaved-bar.tsx";
import { useRuleVoice, useSurveyAnswers } from "../../ui/use-rule-voice.ts";

const NAME_MAX = 100; // segmentForm's

/** What stands around the rule once it is saved: a word on its figures, whom it chose, and what Shopify is told. */
export type Surroundings = { note: ReactNode; members: ReactNode; telling: ReactNode };

export function Builder({ data, around }: { data: SegmentPageData; around?: Surroundings }) {
  const { t } = useTranslation();
  const address = useAddress();
  const { segment, copied } = data;
  const [id] = useState(() => segment?.id ?? crypto.randomUUID());
  const [name, setName] = useState(() => segment?.name ?? (copied === null ? "" : t("segments.builder.copyName", { name: writeSegmentName(t, copied) })));
  const [draft, setDraft] = useState<DraftGroup>(() => firstDraft(data));
  const [kept, setKept] = useState({ name, draft });
  const [sent, setSent] = useState<typeof kept | null>(null);
  const isUnsaved = name !== kept.name || writtenIn(draft) !== writtenIn(kept.draft);
  const [isTried, setTried] = useState(segment !== null); // what nobody has tried to save yet is not wrong, only unfinished
  const answer = useMemo(() => ruleIn(draft, data.currency), [draft, data.currency]);
  const surveys = useSurveyAnswers(data.surveys);
  const saving = useSaving(segment === null, () => sent && setKept(sent));
  const [isDeleting, setDeleting] = useState(false);
  const save = (): void => {
    setTried(true);
    if (!answer.ok) return;
    setSent({ name, draft });
    saving.submit({ intent: "save", id, name, rule: JSON.stringify(answer.rule) }, { method: "post", action: `/app/segments/${id}` });
  };
  const discard = (): void => {
    setName(kept.name);
    setDraft(kept.draft);
    setSent(null);
    setTried(segment !== null);
  };
  const isSaving = saving.state !== "idle";
  const refused = !isSaving && sent !== null && saving.data?.ok === false ? saving.data : null;
  return (
    <Page
      title={segment === null ? t("segments.builder.newTitle") : segment.name}
      backAction={{ content: t("segments.page.title"), url: address("/app/segments") }}
      {...(segment === null && !isUnsaved && { primaryAction: { content: t("segments.builder.save"), onAction: save, loading: isSaving } })} // Shopify's bar has it as soon as something is written
      secondaryActions={segment === null ? [] : [
        { content: t("segments.builder.copy"), url: address("/app/segments/new", { copy: segment.id }) },
        { content: t("segments.builder.delete"), destructive: true, onAction: () => setDeleting(true) },
      ]}
    >
      <BlockStack gap="400">
        {around?.note}
        <div className="regulars-builder">
          <div>
            <Card>
              <BlockStack gap="400">
                <TextField label={t("segments.builder.name")} value={name} onChange={setName} maxLength={NAME_MAX} autoComplete="off" {...(refused?.field === "name" && { error: t(`segments.builder.refused.${refused.reason}`) })} />
                <RuleEditor root={draft} currency={data.currency} surveys={surveys} faults={isTried && !answer.ok ? answer.faults : new Map()} onChange={setDraft} />
                <WholeFault answer={answer} isTried={isTried} refused={refused} />
              </BlockStack>
            </Card>
          </div>
          <div className="regulars-builder-side">
            <BlockStack gap="400">
              <LivePreview answer={answer} draft={draft} names={data.names} surveys={surveys} />
              {around?.telling}
            </BlockStack>
          </div>
          {around && <div>{around.members}</div>}
        </div>
      </BlockStack>
      <UnsavedBar isUnsaved={isUnsaved && !isDeleting} isSaving={isSaving} savedPath={`/app/segments/${id}`} onSave={save} onDiscard={discard} />
      {segment !== null && isDeleting && <DeleteModal segment={segment} onClose={() => setDeleting(false)} />}
    </Page>
  );
}

const firstDraft = ({ segment, copied, asked, currency, names }: SegmentPageData): DraftGroup => {
  const rule = (segment ?? copied)?.rule ?? asked ?? undefined;
  return rule === undefined ? { key: "0", mode: "all", parts: [blankCondition("0.0")] } : draftOf(rule, { currency, names });
};

function useSaving(isNew: boolean, onSaved: () => void) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const fetcher = useFetcher<SegmentPageAnswer>();
  useAnswer(fetcher.data, ({ id }) => {
    onSaved();
    showToast(t("segments.builder.saved"));
    if (isNew) void navigate(address(`/app/segments/${id}`), { replace: true });
  });
  return fetcher;
}

function WholeFault({ answer, isTried, refused }: { answer: DraftAnswer; isTried: boolean; refused: (SegmentPageAnswer & { ok: false }) | null }) {
  const { t } = useTranslation();
  const words = [
    ...(!answer.ok && answer.whole !== null && (isTried || answer.whole === "too_much") ? [t(`segments.builder.whole.${answer.whole}`)] : []),
    ...(!answer.ok && isTried && answer.faults.size > 0 ? [t("segments.builder.whole.faulty", { count: answer.faults.size })] : []),
    ...(refused !== null && refused.field !== "name" ? [t(`segments.builder.refused.${refused.reason}`)] : []),
  ];
  return <div aria-live="polite" className="regulars-faults">{words.map((word) => <InlineError key={word} message={word} fieldID="rule" />)}</div>;
}

function LivePreview({ answer, draft, names, surveys }: { answer: DraftAnswer; draft: DraftGroup; names: RuleNames; surveys: readonly SurveyAnswers[] }) {
  const { t } = useTranslation();
  const voice = useRuleVoice(useKnownNames(draft, names), surveys);
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">{t("segments.builder.sentence")}</Text>
          <Text as="p" {...(!answer.ok && { tone: "subdued" as const })}>{answer.ok ? writeRule(answer.rule, voice) : t("segments.builder.unfinished")}</Text>
        </BlockStack>
      </Card>
      <PreviewCard rule={answer.ok ? answer.rule : null} />
    </BlockStack>
  );
}

/** Those of the saved rule, and those picked since. */
const useKnownNames = (draft: DraftGroup, saved: RuleNames): RuleNames =>
  useMemo(() => ({ products: [...saved.products, ...picksIn(draft, "ids")], collections: [...saved.collections, ...picksIn(draft, "collections")] }), [draft, saved]);

const picksIn = (part: DraftPart, kind: Kind): DraftPick[] => (isGroup(part) ? part.parts.flatMap((inner) => picksIn(inner, kind)) : FIELDS[part.field] === kind ? [...part.picks] : []);
