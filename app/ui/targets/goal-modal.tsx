// A goal is set, or set anew: a value and a day, with what the shop's own past says of it.
import { BlockStack, InlineError, Modal, Text, TextField } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import { MEASURE_UNITS, type Measure, type Suggestion } from "../../capabilities/targets/model.ts";
import { addDays, type Day } from "../../values/day.ts";
import { useFocusBack } from "../focus-back.ts";
import { useFormats } from "../shop-formats.tsx";
import { writeReason } from "./reason-words.ts";
import { typeTarget, type TargetField } from "./target-wish.ts";
import { writeMeasure, writeValue } from "./target-words.ts";
import { useTargetWish } from "./use-target-wish.ts";

type GoalModalProps = { suggestion: Suggestion & { measure: Measure }; /** of the goal it takes the place of */ previous: { target: number; dueOn: Day } | null; today: Day; currency: { code: string; decimals: number }; onClose: () => void };

export function GoalModal({ suggestion, previous, today, currency, onClose }: GoalModalProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const errorId = useId();
  const [id] = useState(() => crypto.randomUUID());
  const { measure, current, target } = suggestion;
  const start = previous?.target ?? target;
  const [typed, setTyped] = useState<Record<"target" | "dueOn", string>>({ target: start === null ? "" : typeTarget(start, measure.name, currency.decimals), dueOn: previous?.dueOn ?? suggestion.dueOn });
  useFocusBack();
  const { send, isSending, refusal } = useTargetWish(onClose);
  const save = (): void => send({ intent: "goal", id, measure: measure.name, ...typed });
  const errorOf = (field: TargetField) => refusal?.field === field && t(`targets.refused.${refusal.reason}`, { limit: formats.day(addDays(today, 1)) });
  const measureError = errorOf("measure");
  const unit = MEASURE_UNITS[measure.name];
  return (
    <Modal
      open title={t("targets.goal.title", { name: writeMeasure(t, measure) })} onClose={onClose}
      primaryAction={{ content: t("targets.goal.save"), onAction: save, loading: isSending }} secondaryActions={[{ content: t("targets.cancel"), onAction: onClose }]}
    >
      <Modal.Section>
        <form onSubmit={(event) => { event.preventDefault(); save(); }}>
          <BlockStack gap="400">
            {current !== null && <Text as="p">{t("targets.goal.now", { value: writeValue(measure.name, current, formats) })}</Text>}
            <TextField
              label={t("targets.goal.value")} value={typed.target} inputMode="decimal" autoComplete="off" error={errorOf("target")} helpText={writeReason(t, suggestion, formats)}
              {...(unit === "share" ? { suffix: "%" } : unit === "money" ? { prefix: currency.code } : {})} onChange={(value) => setTyped({ ...typed, target: value })}
            />
            <TextField type="date" label={t("targets.goal.dueOn")} value={typed.dueOn} min={addDays(today, 1)} autoComplete="off" error={errorOf("dueOn")} onChange={(value) => setTyped({ ...typed, dueOn: value })} />
            <button type="submit" hidden />
            {measureError !== false && <InlineError message={measureError} fieldID={errorId} />}
          </BlockStack>
        </form>
      </Modal.Section>
    </Modal>
  );
}
