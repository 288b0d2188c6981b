// Groups within groups, each with its conditions: all, any or none of them must hold.
import { BlockStack, Button, ButtonGroup, InlineStack, Select, Text } from "@shopify/polaris";
import { DeleteIcon, PlusIcon } from "@shopify/polaris-icons";
import { useRef, type RefObject } from "react";
import { useTranslation } from "react-i18next";
import type { SurveyAnswers } from "../../ui/survey-answers.ts";
import { ConditionRow } from "./condition-row.tsx";
import { addPart, blankCondition, changePart, hasRoomForCondition, hasRoomForGroup, isGroup, levelsOf, MODES, type DraftFaults, type DraftGroup, type DraftPart } from "./draft.ts";

type EditorProps = { root: DraftGroup; currency: string; surveys: readonly SurveyAnswers[]; faults: DraftFaults; onChange: (root: DraftGroup) => void };

export function RuleEditor({ root, onChange, ...rest }: EditorProps) {
  const change: Change = (key, make) => {
    if (key !== root.key) return onChange(changePart(root, key, make));
    const made = make(root);
    if (made !== null && isGroup(made)) onChange(made);
  };
  const add = (groupKey: string, part: DraftPart): void => onChange(addPart(root, groupKey, part));
  return <div className="regulars-rule"><Group group={root} levelsAbove={0} number="" onChange={change} onAdd={add} onRemove={null} {...rest} /></div>;
}

type Change = (key: string, make: (part: DraftPart) => DraftPart | null) => void;
type GroupProps = { group: DraftGroup; levelsAbove: number; /** its place among its group's parts: "2.1"; the outermost has none */ number: string; currency: string; surveys: readonly SurveyAnswers[]; faults: DraftFaults; onChange: Change; onAdd: (groupKey: string, part: DraftPart) => void; /** null: the whole rule stays */ onRemove: (() => void) | null };

function Group({ group, levelsAbove, number, onChange, onAdd, onRemove, ...rest }: GroupProps) {
  const { t } = useTranslation();
  const adding = useRef<HTMLDivElement>(null);
  const remove = (key: string): void => {
    onChange(key, () => null);
    adding.current?.querySelector("button")?.focus(); // what had the focus is gone
  };
  const levels = levelsAbove + levelsOf(group.mode);
  const label = number === "" ? t("segments.builder.group.whole") : t("segments.builder.group.numbered", { number });
  const numberOf = (index: number): string => (number === "" ? String(index + 1) : `${number}.${index + 1}`);
  return (
    <div role="group" aria-label={label} className={number === "" ? "" : "regulars-group"}>
      <BlockStack gap="300">
        <InlineStack gap="200" blockAlign="end" align="space-between" wrap={false}>
          <Select
            label={t("segments.builder.group.mode")} value={group.mode} options={MODES.map((mode) => ({ value: mode, label: t(`segments.builder.modes.${mode}`) }))}
            onChange={(chosen) => onChange(group.key, (part) => ({ ...part, mode: MODES.find((mode) => mode === chosen) ?? group.mode }))}
          />
          {onRemove !== null && <Button icon={DeleteIcon} variant="tertiary" accessibilityLabel={t("segments.builder.group.remove", { number })} onClick={onRemove} />}
        </InlineStack>
        {group.parts.length === 0 && <Text as="p" tone="subdued">{t("segments.builder.group.empty")}</Text>}
        {group.parts.map((part, index) => (isGroup(part)
          ? <Group key={part.key} group={part} levelsAbove={levels} number={numberOf(index)} onChange={onChange} onAdd={onAdd} onRemove={() => remove(part.key)} {...rest} />
          : <ConditionRow key={part.key} condition={part} number={numberOf(index)} onChange={(make) => onChange(part.key, make)} onRemove={() => remove(part.key)} {...rest} />))}
        <AddButtons group={group} levels={levels} onAdd={onAdd} place={adding} />
      </BlockStack>
    </div>
  );
}

function AddButtons({ group, levels, onAdd, place }: { group: DraftGroup; levels: number; onAdd: GroupProps["onAdd"]; place: RefObject<HTMLDivElement> }) {
  const { t } = useTranslation();
  const addGroup = (): void => {
    const key = crypto.randomUUID();
    onAdd(group.key, { key, mode: group.mode === "any" ? "all" : "any", parts: [blankCondition(`${key}.0`)] });
  };
  return (
    <div ref={place}>
      <ButtonGroup>
        <Button icon={PlusIcon} disabled={!hasRoomForCondition(levels)} onClick={() => onAdd(group.key, blankCondition(crypto.randomUUID()))}>{t("segments.builder.addCondition")}</Button>
        {hasRoomForGroup(levels) && <Button icon={PlusIcon} variant="tertiary" onClick={addGroup}>{t("segments.builder.addGroup")}</Button>}
      </ButtonGroup>
    </div>
  );
}
