// What the model found, for whoever wants to check it: parameters, their errors, and what each means.
import { BlockStack, Box, Button, Card, Collapsible, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { StoredFit } from "../../capabilities/forecasts/model.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { ShownForecast } from "./method-card.tsx";
import { useDecimals } from "./use-decimals.ts";

const FAMILIES = { nbd: "NBD", bg_nbd: "BG/NBD", mbg_nbd: "MBG/NBD" } as const; // names, the same in every language
const SPEND_MODEL = "Gamma-Gamma";
const SYMBOLS = { r: "r", alpha: "α", a: "a", b: "b", p: "p", q: "q", gamma: "γ" } as const;
const WEEK_DAYS = 7;

export function ModelCard({ forecast: { fit, fittedAt } }: { forecast: ShownForecast }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [isOpen, setOpen] = useState(false);
  const id = useId();
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("forecasts.model.title")}</Text>
        <Text as="p" tone="subdued">{t("forecasts.model.body", { time: formats.instant(fittedAt) })}</Text>
        <Box><Button disclosure={isOpen ? "up" : "down"} ariaExpanded={isOpen} ariaControls={id} onClick={() => setOpen(!isOpen)}>{t(isOpen ? "forecasts.model.hide" : "forecasts.model.show")}</Button></Box>
        <Collapsible id={id} open={isOpen}>
          <BlockStack gap="500">
            <Purchases fit={fit.purchases} />
            {fit.spend && <Spend fit={fit.spend} />}
          </BlockStack>
        </Collapsible>
      </BlockStack>
    </Card>
  );
}

function Purchases({ fit }: { fit: StoredFit["purchases"] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { r, alpha, a, b } = fit.parameters;
  const names = ["r", "alpha", ...(fit.family === "nbd" ? [] : (["a", "b"] as const))] as const;
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">{t("forecasts.model.purchases", { model: FAMILIES[fit.family] })}</Text>
      <Text as="p">{t(`forecasts.verdicts.${fit.verdict}`)}</Text>
      <Text as="p">{t("forecasts.model.pace", { count: Math.max(1, Math.round((alpha * WEEK_DAYS) / r)) })}</Text>
      {fit.family !== "nbd" && <Text as="p">{t("forecasts.model.stop", { share: formats.share(a / (a + b)) })}</Text>}
      <Parameters rows={names.map((name) => ({ name, value: fit.parameters[name], error: fit.standardErrors?.[name] ?? null }))} caption={t("forecasts.model.purchases", { model: FAMILIES[fit.family] })} />
      <Convergence fit={fit} />
    </BlockStack>
  );
}

function Spend({ fit }: { fit: NonNullable<StoredFit["spend"]> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const decimals = useDecimals();
  return (
    <BlockStack gap="300">
      <Text as="h3" variant="headingSm">{t("forecasts.model.spend", { model: SPEND_MODEL })}</Text>
      <Text as="p">{t(`forecasts.spendVerdicts.${fit.verdict}`)}</Text>
      {fit.population && <Text as="p">{t("forecasts.model.population", { mean: formats.money(Math.round(fit.population.meanMinor)), low: formats.money(Math.round(fit.population.lowMinor)), high: formats.money(Math.round(fit.population.highMinor)) })}</Text>}
      <Text as="p">{t("forecasts.model.correlation", { value: decimals(fit.correlation, 2) })}</Text>
      <Parameters rows={(["p", "q", "gamma"] as const).map((name) => ({ name, value: fit.parameters[name], error: fit.standardErrors?.[name] ?? null }))} caption={t("forecasts.model.spend", { model: SPEND_MODEL })} />
      <Convergence fit={fit} />
    </BlockStack>
  );
}

function Convergence({ fit: { logLikelihood, isConverged, iterationCount } }: { fit: { logLikelihood: number; isConverged: boolean; iterationCount: number } }) {
  const { t } = useTranslation();
  const decimals = useDecimals();
  return <Text as="p" tone="subdued">{t(isConverged ? "forecasts.model.converged" : "forecasts.model.notConverged", { count: iterationCount, value: decimals(logLikelihood, 2) })}</Text>;
}

type ParameterRow = { name: keyof typeof SYMBOLS; value: number; error: number | null };

function Parameters({ rows, caption }: { rows: readonly ParameterRow[]; caption: string }) {
  const { t } = useTranslation();
  const decimals = useDecimals();
  return (
    <NamedTable name={caption} className="forecast-parameters" columns={[t("forecasts.model.parameter"), t("forecasts.model.value"), t("forecasts.model.error"), t("forecasts.model.meaning")]}>
      {rows.map(({ name, value, error }) => (
        <tr key={name}>
          <th scope="row">{SYMBOLS[name]}</th>
          <td>{decimals(value, 4)}</td>
          <td>{error === null ? "–" : decimals(error, 4)}</td>
          <td className="forecast-meaning">{t(`forecasts.parameters.${name}`)}</td>
        </tr>
      ))}
    </NamedTable>
  );
}
