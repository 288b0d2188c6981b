// Which products earn, which do not, and which earn more or less than usual.
import { BlockStack, Card, ChoiceList, Checkbox, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { PERCENT_USUAL } from "../../capabilities/loyalty/model/programme.ts";
import { NumberField, TextLine } from "../forms/fields.tsx";
import { freshId } from "../forms/fresh-id.ts";
import { AddButton, Framed, Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { append, items, part, present, put, removeAt, type Slot } from "../forms/slot.ts";
import { FilterEditor, NO_PRODUCTS } from "./filter-editor.tsx";
import type { ProgrammeDraft } from "./programme-draft.ts";

export function ProductsCard({ slot }: { slot: Slot<ProgrammeDraft["order"]> }) {
  const { t } = useTranslation();
  const [only, excluded, rates] = [part(slot, "only"), part(slot, "excluded"), part(slot, "rates")];
  const [some, out] = [present(only), present(excluded)];
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("loyalty.editor.products.title")}</Text>
        <ChoiceList
          title={t("loyalty.editor.products.which")} selected={[some === null ? "all" : "some"]} onChange={([said]) => put(only, said === "some" ? NO_PRODUCTS : null)}
          choices={[{ value: "all", label: t("loyalty.editor.products.all") }, { value: "some", label: t("loyalty.editor.products.some") }]}
        />
        {some && <div className="regulars-indented"><FilterEditor slot={some} /></div>}
        <BlockStack gap="200">
          <Checkbox label={t("loyalty.editor.products.excluded")} checked={out !== null} onChange={(isOn) => put(excluded, isOn ? NO_PRODUCTS : null)} />
          {out && <div className="regulars-indented"><FilterEditor slot={out} /></div>}
        </BlockStack>
        <Section title={t("loyalty.editor.products.rates")} body={t("loyalty.editor.products.ratesHelp")}>
          {items(rates).map((rate, index) => <Rate key={rate.value.id} slot={rate} onRemove={() => removeAt(rates, index)} />)}
          <AddButton label={t("loyalty.editor.products.addRate")} onAdd={() => append(rates, { id: freshId("rate", rates.value), title: "", filter: NO_PRODUCTS, percent: 2 * PERCENT_USUAL })} />
        </Section>
      </BlockStack>
    </Card>
  );
}

function Rate({ slot, onRemove }: { slot: Slot<ProgrammeDraft["order"]["rates"][number]>; onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <Framed title={slot.value.title || t("loyalty.editor.products.rate")} removeLabel={t("frame.form.remove", { name: slot.value.title || t("loyalty.editor.products.rate") })} onRemove={onRemove}>
      <TextLine slot={part(slot, "title")} label={t("loyalty.editor.products.rateName")} />
      <Sentence text={t("loyalty.editor.products.rateRule", marks("percent"))} fields={{ percent: <NumberField slot={part(slot, "percent")} suffix="%" label={t("loyalty.editor.percent")} isLabelHidden /> }} />
      <FilterEditor slot={part(slot, "filter")} />
    </Framed>
  );
}
