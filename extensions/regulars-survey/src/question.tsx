// A question of each kind, in Shopify's own elements. One tap answers wherever one answer is all there is.
/** @jsxImportSource preact */
import { useState } from "preact/hooks";
import { t } from "./page.ts";
import type { Choice, Survey } from "./survey.ts";

/** `sending`: what is on its way; null: nothing. */
type Asking = { survey: Survey; sending: readonly string[] | null; onAnswer: (choices: readonly string[], text?: string) => void };

export function Question(asking: Asking) {
  const { survey, sending, onAnswer } = asking;
  switch (survey.kind) {
    case "single": return <Choices {...asking} />;
    case "yes_no": return <YesOrNo {...asking} />;
    case "several": return <SeveralChoices {...asking} />;
    case "scale":
    case "nps": return <Scale {...asking} />;
    case "text": return <Writing label={survey.text} isLabelHidden isSending={sending !== null} onWrite={(text) => onAnswer([], text)} />;
  }
}

const Choices = ({ survey: { choices }, sending, onAnswer }: Asking) => (
  <s-stack gap="small-200">
    {choices.map(({ id, text, image }) => (
      <s-grid key={id} gridTemplateColumns={image === null ? "1fr" : "auto 1fr"} gap="small-200" alignItems="center">
        {image !== null && <Picture image={image} />}
        <s-button variant="secondary" inlineSize="fill" disabled={sending !== null} loading={sending?.includes(id) ?? false} onClick={() => onAnswer([id])}>{text}</s-button>
      </s-grid>
    ))}
  </s-stack>
);

/** Its words stand beside it, so it says nothing itself. */
const Picture = ({ image }: { image: string }) => (
  <s-box inlineSize="48px" blockSize="48px"><s-image src={image} alt="" aspectRatio="1" objectFit="cover" borderRadius="base" /></s-box>
);

const YesOrNo = ({ survey: { choices }, sending, onAnswer }: Asking) => (
  <s-grid gridTemplateColumns="1fr 1fr" gap="small-200">
    {choices.map(({ id }) => (
      <s-button key={id} variant="secondary" inlineSize="fill" disabled={sending !== null} loading={sending?.includes(id) ?? false} onClick={() => onAnswer([id])}>{id === "yes" ? t("yes") : t("no")}</s-button>
    ))}
  </s-grid>
);

function SeveralChoices({ survey: { text: question, choices }, sending, onAnswer }: Asking) {
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [isEmpty, setIsEmpty] = useState(false);
  return (
    <s-stack gap="base">
      <s-choice-list
        multiple label={question} labelAccessibilityVisibility="exclusive" name="choices" values={[...chosen]} disabled={sending !== null} {...(isEmpty && { error: t("choose") })}
        onChange={({ currentTarget }) => { setChosen(valuesIn(currentTarget)); setIsEmpty(false); }}
      >
        {choices.map(({ id, text, image }) => (
          <s-choice key={id} value={id}>{text}{image !== null && <s-box slot="secondary-content"><Picture image={image} /></s-box>}</s-choice>
        ))}
      </s-choice-list>
      <s-button variant="primary" loading={sending !== null} onClick={() => (chosen.length === 0 ? setIsEmpty(true) : onAnswer(chosen))}>{t("send")}</s-button>
    </s-stack>
  );
}

const valuesIn = (field: EventTarget | null): string[] => (field !== null && "values" in field && Array.isArray(field.values) ? field.values.filter((value) => typeof value === "string") : []);

/** As many in a row as are wide enough for a thumb. What its ends mean stands below, and is read out with them. */
function Scale({ survey: { kind, choices, low, high }, sending, onAnswer }: Asking) {
  const [first, last] = [choices[0]?.id ?? "", choices.at(-1)?.id ?? ""];
  const ends = { [first]: low ?? t(kind === "nps" ? "unlikely" : "bad"), [last]: high ?? t(kind === "nps" ? "likely" : "good") };
  const sayEnd = (id: string): string => t("end", { point: id, words: ends[id] ?? "" });
  const sayPoint = ({ id }: Choice): string => (id in ends ? sayEnd(id) : t("point", { point: id, last }));
  return (
    <s-stack gap="small-200">
      <s-grid gridTemplateColumns="repeat(auto-fit, minmax(44px, 1fr))" gap="small-200">
        {choices.map((choice) => (
          <s-button key={choice.id} variant="secondary" inlineSize="fill" accessibilityLabel={sayPoint(choice)} disabled={sending !== null} loading={sending?.includes(choice.id) ?? false} onClick={() => onAnswer([choice.id])}>{choice.id}</s-button>
        ))}
      </s-grid>
      <s-stack direction="inline" gap="small-200" justifyContent="space-between">
        <s-text color="subdued">{sayEnd(first)}</s-text>
        <s-text color="subdued">{sayEnd(last)}</s-text>
      </s-stack>
    </s-stack>
  );
}

const TEXT_MAX = 1_000; // characters: the app's limit

type Wish = { label: string; isLabelHidden?: boolean; isSending: boolean; onWrite: (text: string) => void; onSkip?: () => void };

/** In the shopper's own words. */
export function Writing({ label, isLabelHidden = false, isSending, onWrite, onSkip }: Wish) {
  const [text, setText] = useState("");
  const [isEmpty, setIsEmpty] = useState(false);
  const written = text.trim();
  return (
    <s-stack gap="base">
      <s-text-area
        label={label} labelAccessibilityVisibility={isLabelHidden ? "exclusive" : "visible"} name="text" rows={3} maxLength={TEXT_MAX} value={text} disabled={isSending} {...(isEmpty && { error: t("write") })}
        onInput={({ currentTarget }) => { setText(valueIn(currentTarget)); setIsEmpty(false); }}
      />
      <s-stack direction="inline" gap="small-200">
        <s-button variant="primary" loading={isSending} onClick={() => (written === "" ? setIsEmpty(true) : onWrite(written))}>{t("send")}</s-button>
        {onSkip && <s-button variant="secondary" disabled={isSending} onClick={onSkip}>{t("skip")}</s-button>}
      </s-stack>
    </s-stack>
  );
}

const valueIn = (field: EventTarget | null): string => (field !== null && "value" in field && typeof field.value === "string" ? field.value : "");
