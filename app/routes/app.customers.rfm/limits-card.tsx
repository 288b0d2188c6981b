// What each score begins at, in words, and a form to set it oneself.
import { useFetcher } from "@remix-run/react";
import { Badge, BlockStack, Button, ButtonGroup, Card, InlineStack, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { RfmLimits } from "../../capabilities/profiles/model.ts";
import { ScrollRegion } from "../../ui/scroll-region.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { fieldOf, LIMITED_SCORES, MEASURES, parseLimits, typedLimitsOf, type LimitFaults, type LimitField, type Measure, type RfmAnswer } from "./limits-form.ts";
import { SCORES } from "./rfm-view.ts";

const PATH = "/app/customers/rfm";

export function LimitsCard({ limits, automatic, isOwn, currency }: { limits: RfmLimits; automatic: RfmLimits; isOwn: boolean; currency: string }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const fetcher = useFetcher<RfmAnswer>();
  useAnswer(fetcher.data, () => {
    showToast(t("profiles.rfm.saved"));
    setOpen(false);
  });
  const isBusy = fetcher.state !== "idle";
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("profiles.rfm.limitsTitle")}</Text>
          <Badge tone={isOwn ? "attention" : "success"}>{t(isOwn ? "profiles.rfm.own" : "profiles.rfm.automatic")}</Badge>
        </InlineStack>
        <Text as="p" tone="subdued">{t("profiles.rfm.limitsBody")}</Text>
        {isOpen ? (
          <LimitsForm limits={limits} currency={currency} isBusy={isBusy} faults={fetcher.data?.ok === false ? fetcher.data.faults : {}} onCancel={() => setOpen(false)} onSave={(typed) => fetcher.submit({ intent: "save", ...typed }, { method: "post", action: PATH })} />
        ) : (
          <>
            <LimitsTable limits={limits} />
            <ButtonGroup>
              <Button onClick={() => setOpen(true)}>{t("profiles.rfm.change")}</Button>
              {isOwn && <Button variant="tertiary" loading={isBusy} onClick={() => fetcher.submit({ intent: "automatic" }, { method: "post", action: PATH })}>{t("profiles.rfm.backToAutomatic")}</Button>}
            </ButtonGroup>
            {isOwn && <Text as="p" tone="subdued">{t("profiles.rfm.automaticWouldBe")} <AutomaticInWords limits={automatic} /></Text>}
          </>
        )}
      </BlockStack>
    </Card>
  );
}

function useLimitWords(): (measure: Measure, limit: number | null) => string {
  const { t } = useTranslation();
  const formats = useFormats();
  return (measure, limit) => {
    if (limit === null) return t("profiles.rfm.limits.nobody");
    return measure === "m" ? t("profiles.rfm.limits.m", { money: formats.money(limit) }) : t(`profiles.rfm.limits.${measure}`, { count: limit });
  };
}

function AutomaticInWords({ limits }: { limits: RfmLimits }) {
  const { t } = useTranslation();
  const words = useLimitWords();
  return <>{MEASURES.map((measure) => t("profiles.rfm.limitOf", { measure: t(`profiles.rfm.measures.${measure}`), limit: words(measure, limits[measure][3]) })).join(t("profiles.separator"))}</>;
}

function LimitsTable({ limits }: { limits: RfmLimits }) {
  const { t } = useTranslation();
  const words = useLimitWords();
  return (
    <ScrollRegion label={t("profiles.rfm.limitsTitle")}>
      <table className="regulars-table regulars-stacked">
        <caption className="regulars-hidden">{t("profiles.rfm.limitsTitle")}</caption>
        <thead>
          <tr>
            <th scope="col">{t("profiles.rfm.score")}</th>
            {MEASURES.map((measure) => <th key={measure} scope="col">{t(`profiles.rfm.measures.${measure}`)}</th>)}
          </tr>
        </thead>
        <tbody>
          {SCORES.toReversed().map((score) => (
            <tr key={score}>
              <th scope="row">{t("profiles.rfm.scoreFrom", { score })}</th>
              {MEASURES.map((measure) => <td key={measure} data-label={t(`profiles.rfm.measures.${measure}`)}>{score === 1 ? t("profiles.rfm.limits.rest") : words(measure, reachedLimit(limits[measure], score - 2))}</td>)}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}

/** Who reaches a limit that is also the next one's has the higher score: the lower is nobody's. */
const reachedLimit = (limits: RfmLimits["r"], index: number): number | null => (limits[index] === limits[index + 1] ? null : (limits[index] ?? null));

type FormProps = { limits: RfmLimits; currency: string; isBusy: boolean; faults: LimitFaults; onCancel: () => void; onSave: (typed: Record<LimitField, string>) => void };

function LimitsForm({ limits, currency, isBusy, faults, onCancel, onSave }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(() => typedLimitsOf(limits, currency));
  const [isTried, setTried] = useState(false);
  const answer = parseLimits((field) => typed[field], currency);
  const wrong = answer.ok ? faults : answer.faults;
  const save = (): void => {
    setTried(true);
    if (answer.ok) onSave(typed);
  };
  return (
    <form onSubmit={(event) => { event.preventDefault(); save(); }}>
      <BlockStack gap="400">
        <div className="rfm-limits">
          {MEASURES.map((measure) => (
            <fieldset key={measure}>
              <legend><Text as="span" fontWeight="semibold">{t(`profiles.rfm.measures.${measure}`)}</Text></legend>
              <Text as="p" tone="subdued">{t(`profiles.rfm.formHelp.${measure}`)}</Text>
              {LIMITED_SCORES.toReversed().map((score) => {
                const field = fieldOf(measure, score);
                const fault = isTried ? wrong[field] : undefined;
                return (
                  <TextField
                    key={field} name={field} label={t("profiles.rfm.scoreFrom", { score })} value={typed[field]} onChange={(text) => setTyped({ ...typed, [field]: text })} autoComplete="off" inputMode={measure === "m" ? "decimal" : "numeric"}
                    suffix={measure === "m" ? currency : t(`profiles.rfm.units.${measure}`)} {...(fault !== undefined && { error: t(`profiles.rfm.faults.${fault}`) })}
                  />
                );
              })}
            </fieldset>
          ))}
        </div>
        <ButtonGroup>
          <Button submit variant="primary" loading={isBusy}>{t("profiles.rfm.save")}</Button>
          <Button onClick={onCancel}>{t("profiles.rfm.cancel")}</Button>
        </ButtonGroup>
      </BlockStack>
    </form>
  );
}
