// One condition: what it asks about, how, and the value, each with the control that fits.
import { Button, Select } from "@shopify/polaris";
import { DeleteIcon } from "@shopify/polaris-icons";
import type { ParseKeys, TFunction } from "i18next";
import { useTranslation } from "react-i18next";
import { FIELDS, OPERATORS, type FieldName, type Kind } from "../../capabilities/segments/model.ts";
import type { SurveyAnswers } from "../../ui/survey-answers.ts";
import { blankCondition, isGroup, type DraftCondition, type DraftFaults, type DraftPart } from "./draft.ts";
import { isFieldName } from "./typed-values.ts";
import { ValueControls } from "./value-controls.tsx";

type ConditionRowProps = { condition: DraftCondition; number: string; currency: string; surveys: readonly SurveyAnswers[]; faults: DraftFaults; onChange: (make: (part: DraftPart) => DraftPart | null) => void; onRemove: () => void };

export function ConditionRow({ condition, number, currency, surveys, faults, onChange, onRemove }: ConditionRowProps) {
  const { t } = useTranslation();
  const kind = FIELDS[condition.field];
  const change = (more: Partial<DraftCondition>) => onChange((part) => (isGroup(part) ? part : { ...part, ...more }));
  const chooseField = (name: string): void => {
    if (isFieldName(name)) onChange((part) => (isGroup(part) ? part : FIELDS[name] === kind && kind !== "choice" ? { ...part, field: name } : blankCondition(part.key, name)));
  };
  return (
    <div role="group" aria-label={t("segments.builder.condition.numbered", { number })} className={kind === "choice" || kind === "marks" ? "regulars-condition is-tall" : "regulars-condition"}>
      <div className="regulars-condition-field"><Select label={t("segments.builder.condition.field")} labelHidden options={fieldOptions(t)} value={condition.field} onChange={chooseField} /></div>
      {OPERATORS[kind].length > 1 && (
        <div className="regulars-condition-operator">
          <Select label={t("segments.builder.condition.operator")} labelHidden value={condition.operator} options={OPERATORS[kind].map((operator) => ({ value: operator, label: writeOperator(t, kind, operator) }))} onChange={(operator) => change({ operator })} />
        </div>
      )}
      <div className="regulars-condition-value"><ValueControls condition={condition} currency={currency} surveys={surveys} faults={faults.get(condition.key) ?? {}} onChange={change} /></div>
      <div className="regulars-condition-remove"><Button icon={DeleteIcon} variant="tertiary" accessibilityLabel={t("segments.builder.condition.remove", { number })} onClick={onRemove} /></div>
    </div>
  );
}

const writeOperator = (t: TFunction, kind: Kind, operator: string): string => t(`segments.operators.${kind}.${operator}` as ParseKeys); // every operator of a kind has its words: draft.test.ts

export const FIELD_GROUPS = {
  orders: ["orders", "revenue", "average_order", "orders_in_days", "orders_between", "any_order", "last_order", "days_since_last_order", "first_order", "days_since_first_order", "last_refunded"],
  rhythm: ["usual_gap", "days_overdue", "days_to_next_order", "any_gap", "days_to_second", "days_to_third", "days_to_fourth"],
  forecasts: ["chance_30", "chance_60", "chance_90", "expected_orders", "expected_value", "stake"],
  standing: ["stage", "vip", "rfm_group", "r_score", "f_score", "m_score", "shopify_rfm_group"],
  bought: ["product", "product_kept", "product_again", "product_type", "vendor", "discount_code", "channel"],
  beginning: ["first_product", "first_type", "first_collection", "first_code", "first_discounted", "first_channel", "first_channel_known", "first_country", "first_country_known", "second_product"],
  person: ["country", "language", "tag", "email_consent", "has_email", "customer_since", "birthday_month", "survey_answer"],
} as const satisfies Record<string, readonly FieldName[]>;
type FieldGroup = keyof typeof FIELD_GROUPS;

const GROUP_NAMES = Object.keys(FIELD_GROUPS) as FieldGroup[]; // its own keys

const fieldOptions = (t: TFunction) => GROUP_NAMES.map((group) => ({
  title: t(`segments.builder.fieldGroups.${group}`),
  options: FIELD_GROUPS[group].map((field) => ({ value: field, label: t(`segments.fields.${field}`) })),
}));
