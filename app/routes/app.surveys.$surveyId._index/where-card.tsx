// Where a survey asks and at which moment: a pop-up, inside a page, after an order, or by a link in a message.
import { BlockStack, Card, Checkbox, InlineError, InlineStack, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { PAGE_KINDS, type Popup } from "../../capabilities/surveys/model/survey.ts";
import { CopyButton } from "../../ui/copy-button.tsx";
import type { Loose } from "../../ui/forms/faults.ts";
import { Check, Checks, NumberField, Radios } from "../../ui/forms/fields.tsx";
import { Section } from "../../ui/forms/listed.tsx";
import { Picked } from "../../ui/forms/picked.tsx";
import { marks, Sentence } from "../../ui/forms/sentence.tsx";
import { part, present, put, type Slot } from "../../ui/forms/slot.ts";
import { useFault } from "../../ui/forms/writing.tsx";
import { WordList } from "../../ui/word-list.tsx";
import type { LeftBehind, SurveyDraft } from "./survey-draft.ts";

const ORDER_BLOCK = "Regulars survey"; // as extensions/regulars-survey is called to every merchant
const EXAMPLE_PATH = "/pages/about";
const USUAL_SECONDS = 15;
type Moment = "seconds" | "end";
const USUAL_POPUP: Popup = { on: "visit", pageKinds: [], productIds: [], paths: [], seconds: USUAL_SECONDS };

export function WhereCard({ slot, left, link }: { slot: Slot<SurveyDraft>; left: Slot<LeftBehind>; link: string }) {
  const { t } = useTranslation();
  const popup = part(slot, "popup");
  const opened = present(popup);
  const turn = (isOn: boolean): void => {
    put(popup, isOn ? left.value.popup ?? USUAL_POPUP : null);
    if (!isOn) put(part(left, "popup"), popup.value);
  };
  const fault = useFault(popup.at);
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.editor.where.title")}</Text>
        <BlockStack gap="200">
          <Checkbox label={t("surveys.editor.where.popup")} helpText={t("surveys.editor.where.popupHelp")} checked={opened !== null} onChange={turn} />
          {opened && <div className="regulars-indented"><PopupFields slot={opened} left={part(left, "seconds")} /></div>}
          <Check slot={part(slot, "isInPage")} label={t("surveys.editor.where.page")} help={t("surveys.editor.where.pageHelp")} />
          <Check slot={part(slot, "isOnOrder")} label={t("surveys.editor.where.order")} help={t("surveys.editor.where.orderHelp", { block: ORDER_BLOCK })} />
          {fault !== undefined && <InlineError message={fault} fieldID={popup.at} />}
        </BlockStack>
        <Section title={t("surveys.editor.where.link")} body={t("surveys.editor.where.linkHelp")}>
          <InlineStack gap="200" blockAlign="end">
            <div className="regulars-grow"><TextField label={t("surveys.editor.where.linkLabel")} labelHidden autoComplete="off" readOnly value={link} /></div>
            <CopyButton text={link} label={t("surveys.editor.where.copy")} />
          </InlineStack>
        </Section>
      </BlockStack>
    </Card>
  );
}

function PopupFields({ slot, left }: { slot: Slot<Loose<Popup>>; left: Slot<LeftBehind["seconds"]> }) {
  const { t } = useTranslation();
  const seconds = part(slot, "seconds");
  const timed = present(seconds);
  const turnTo = (moment: Moment): void => {
    put(seconds, moment === "end" ? null : seconds.value ?? left.value ?? USUAL_SECONDS);
    if (moment === "end") put(left, seconds.value);
  };
  const paths = part(slot, "paths");
  const pathFault = useFault(paths.at);
  return (
    <BlockStack gap="400">
      <Radios slot={part(slot, "on")} label={t("surveys.editor.where.on")} options={(["visit", "login", "return"] as const).map((value) => ({ value, label: t(`surveys.editor.where.ons.${value}`) }))} />
      <BlockStack gap="200">
        <Radios<Moment>
          slot={{ at: seconds.at, value: timed ? "seconds" : "end", change: (update) => turnTo(update(timed ? "seconds" : "end")) }}
          label={t("surveys.editor.where.moment")} options={[{ value: "seconds", label: t("surveys.editor.where.afterSeconds") }, { value: "end", label: t("surveys.editor.where.atEnd") }]}
        />
        {timed && <div className="regulars-indented"><Sentence text={t("surveys.editor.where.secondsRule", marks("seconds"))} fields={{ seconds: <NumberField slot={timed} label={t("surveys.editor.where.seconds")} isLabelHidden /> }} /></div>}
      </BlockStack>
      <Section title={t("surveys.editor.where.pages")} body={t("surveys.editor.where.pagesHelp")}>
        <div className="regulars-columns"><Checks slot={part(slot, "pageKinds")} label={t("surveys.editor.where.pageKinds")} isLabelHidden options={PAGE_KINDS.map((value) => ({ value, label: t(`surveys.pageKinds.${value}`) }))} /></div>
        <Picked slot={part(slot, "productIds")} type="product" label={t("surveys.editor.where.products")} action={t("surveys.editor.where.pickProducts")} />
        <WordList label={t("surveys.editor.where.paths")} helpText={t("surveys.editor.where.pathsHelp")} placeholder={EXAMPLE_PATH} words={paths.value} onChange={(words) => put(paths, words)} error={pathFault} />
      </Section>
    </BlockStack>
  );
}
