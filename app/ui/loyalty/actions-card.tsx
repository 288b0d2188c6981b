// Pages to follow or share, and what another system may tell us of.
import { BlockStack, Card, Checkbox, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { Check, Choice, NumberField, OptionalNumberField, TextLine } from "../forms/fields.tsx";
import { freshId } from "../forms/fresh-id.ts";
import { AddButton, Framed, Section } from "../forms/listed.tsx";
import { marks, Sentence } from "../forms/sentence.tsx";
import { append, items, part, present, put, removeAt, type Slot } from "../forms/slot.ts";
import type { ProgrammeDraft } from "./programme-draft.ts";

const USUAL_POINTS = 20;
const SCHEME = "https://";

export function ActionsCard({ slot }: { slot: Slot<ProgrammeDraft> }) {
  const { t } = useTranslation();
  const [links, custom] = [part(slot, "links"), part(slot, "custom")];
  return (
    <Card>
      <BlockStack gap="500">
        <Text as="h2" variant="headingMd">{t("loyalty.editor.actions.title")}</Text>
        <Section title={t("loyalty.editor.links.title")} body={t("loyalty.editor.links.body")}>
          {items(links).map((link, index) => <Link key={link.value.id} slot={link} onRemove={() => removeAt(links, index)} />)}
          <AddButton label={t("loyalty.editor.links.add")} onAdd={() => append(links, { id: freshId("link", links.value), isOn: true, kind: "follow", title: "", url: "", points: USUAL_POINTS })} />
        </Section>
        <Section title={t("loyalty.editor.custom.title")} body={t("loyalty.editor.custom.body")}>
          {items(custom).map((rule, index) => <CustomAction key={index} slot={rule} onRemove={() => removeAt(custom, index)} />)}
          <AddButton label={t("loyalty.editor.custom.add")} onAdd={() => append(custom, { id: freshId("action", custom.value), isOn: true, title: "", points: USUAL_POINTS, limit: null })} />
        </Section>
      </BlockStack>
    </Card>
  );
}

function Link({ slot, onRemove }: { slot: Slot<ProgrammeDraft["links"][number]>; onRemove: () => void }) {
  const { t } = useTranslation();
  const name = slot.value.title || t("loyalty.editor.links.link");
  return (
    <Framed title={name} removeLabel={t("frame.form.remove", { name })} onRemove={onRemove}>
      <Check slot={part(slot, "isOn")} label={t("loyalty.editor.isOn")} />
      <TextLine slot={part(slot, "title")} label={t("loyalty.editor.links.name")} help={t("loyalty.editor.links.nameHelp")} />
      <TextLine slot={part(slot, "url")} label={t("loyalty.editor.links.url")} type="url" placeholder={SCHEME} />
      <Sentence
        text={t("loyalty.editor.links.rule", marks("kind", "points"))}
        fields={{
          kind: <Choice slot={part(slot, "kind")} label={t("loyalty.editor.links.kind")} isLabelHidden options={[{ value: "follow", label: t("loyalty.editor.links.follow") }, { value: "share", label: t("loyalty.editor.links.share") }]} />,
          points: <NumberField slot={part(slot, "points")} label={t("loyalty.editor.points")} isLabelHidden />,
        }}
      />
    </Framed>
  );
}

function CustomAction({ slot, onRemove }: { slot: Slot<ProgrammeDraft["custom"][number]>; onRemove: () => void }) {
  const { t } = useTranslation();
  const limit = part(slot, "limit");
  const limited = present(limit);
  const name = slot.value.title || t("loyalty.editor.custom.action");
  return (
    <Framed title={name} removeLabel={t("frame.form.remove", { name })} onRemove={onRemove}>
      <Check slot={part(slot, "isOn")} label={t("loyalty.editor.isOn")} />
      <TextLine slot={part(slot, "title")} label={t("loyalty.editor.custom.name")} />
      <TextLine slot={part(slot, "id")} label={t("loyalty.editor.custom.id")} help={t("loyalty.editor.custom.idHelp")} />
      <Sentence text={t("loyalty.editor.custom.rule", marks("points"))} fields={{ points: <NumberField slot={part(slot, "points")} label={t("loyalty.editor.points")} isLabelHidden /> }} />
      <BlockStack gap="100">
        <Checkbox label={t("loyalty.editor.custom.limited")} checked={limited !== null} onChange={(isOn) => put(limit, isOn ? { count: 1, days: 30 } : null)} />
        {limited && (
          <div className="regulars-indented">
            <Sentence
              text={t("loyalty.editor.custom.limitRule", marks("count", "days"))}
              fields={{
                count: <NumberField slot={part(limited, "count")} label={t("loyalty.editor.custom.times")} isLabelHidden />,
                days: <OptionalNumberField slot={part(limited, "days")} label={t("loyalty.editor.days")} isLabelHidden placeholder={t("loyalty.editor.custom.ever")} />,
              }}
            />
          </div>
        )}
      </BlockStack>
    </Framed>
  );
}
