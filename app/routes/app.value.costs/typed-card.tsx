// A year of costs to type in: of all channels together, or of one. What is typed for another channel or year is kept until it is saved.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, InlineGrid, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useMemo, useState } from "react";
import { useTranslation } from "react-i18next";
import { CHANNEL_MAX, COST_FIRST_YEAR, PURPOSES, type Cost, type CostFault, type Purpose } from "../../capabilities/cohorts/model.ts";
import { costKey, readTypedCosts, type TypedCost } from "../../capabilities/cohorts/rules/cost-form.ts";
import { HowPopover } from "../../ui/how-popover.tsx";
import { NamedTable } from "../../ui/named-table.tsx";
import { OpenFigure } from "../../ui/open-figure.tsx";
import { newCustomersAt } from "../../ui/open-rows.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { UnsavedBar } from "../../ui/unsaved-bar.tsx";
import { useAnswer } from "../../ui/use-answer.ts";
import { addMonths, firstDayOf, lastDayOf, parseMonth, type Month } from "../../values/day.ts";
import { toDecimal } from "../../values/money.ts";
import { COSTS_PATH, type TypedAnswer } from "./cost-view.ts";
import { useChannelName } from "./use-channel-name.ts";

const RULES = ["month", "channel", "keep", "zero"] as const;
const OTHER = " other"; // no channel begins with a space
const YEAR_MONTHS = 12;

type TypedProps = { costs: readonly Cost[]; salesChannels: readonly string[]; newCustomers: readonly { month: Month; size: number }[]; thisMonth: Month; currency: string };

export function TypedCard({ costs, salesChannels, newCustomers, thisMonth, currency }: TypedProps) {
  const { t } = useTranslation();
  const fetcher = useFetcher<TypedAnswer>();
  const desk = useCostDesk({ costs, currency });
  const [channel, setChannel] = useState("");
  const [added, setAdded] = useState<string[]>([]);
  const [year, setYear] = useState(thisMonth.slice(0, 4));
  const channels = [...new Set(["", ...salesChannels, ...costs.map((cost) => cost.channel), ...added])];
  const faults = fetcher.state === "idle" && fetcher.data?.ok === false ? { ...desk.faults, ...fetcher.data.faults } : desk.faults;
  useAnswer(fetcher.data, () => {
    desk.forget();
    showToast(t("cohorts.costs.saved"));
  });
  const save = (): void => {
    if (desk.attempt({ thisMonth, channels })) fetcher.submit({ intent: "save", costs: JSON.stringify(desk.typed) }, { method: "post", action: COSTS_PATH, encType: "multipart/form-data" });
  };
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{t("cohorts.costs.typed.title")}</Text>
          <HowPopover title={t("cohorts.costs.typed.title")} rules={RULES.map((rule) => t(`cohorts.costs.how.${rule}`))} />
        </InlineStack>
        <UnsavedBar isUnsaved={desk.typed.length > 0} isSaving={fetcher.state !== "idle"} savedPath={COSTS_PATH} onSave={save} onDiscard={desk.forget} />
        <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
          <ChannelChoice channels={channels} channel={channel} onChoose={setChannel} onAdd={(name) => { setAdded([...added, name]); setChannel(name); }} />
          <Select label={t("cohorts.costs.typed.year")} value={year} onChange={setYear} options={yearsOf(thisMonth, newCustomers[0]?.month, costs).map((value) => ({ value, label: t("cohorts.year", { year: value }) }))} />
        </InlineGrid>
        {Object.keys(faults).length > 0 && <Banner tone="critical"><p>{t("cohorts.costs.typed.faulty", { count: Object.keys(faults).length })}</p></Banner>}
        <YearTable year={year} channel={channel} desk={desk} faults={faults} thisMonth={thisMonth} newCustomers={channel === "" ? newCustomers : null} />
        <InlineStack><Button variant="primary" disabled={desk.typed.length === 0} loading={fetcher.state !== "idle"} onClick={save}>{t("cohorts.costs.typed.save")}</Button></InlineStack>
      </BlockStack>
    </Card>
  );
}

/** From the running one back to the first customer, or the first cost. */
function yearsOf(thisMonth: Month, first: Month | undefined, costs: readonly Cost[]): string[] {
  const oldest = Number([first ?? thisMonth, ...costs.map(({ month }) => month)].sort()[0]?.slice(0, 4));
  const newest = Number(thisMonth.slice(0, 4));
  return Array.from({ length: Math.max(1, newest - Math.max(oldest - 1, COST_FIRST_YEAR) + 1) }, (_, back) => String(newest - back));
}

type CostDesk = ReturnType<typeof useCostDesk>;

/** What is typed and differs from what is kept. */
function useCostDesk({ costs, currency }: { costs: readonly Cost[]; currency: string }) {
  const kept = useMemo(() => new Map(costs.map((cost) => [costKey(cost), toDecimal({ minor: cost.amountMinor, currency })])), [costs, currency]);
  const [texts, setTexts] = useState<Record<string, TypedCost>>({});
  const [faults, setFaults] = useState<Record<string, CostFault>>({});
  const typed = Object.values(texts).filter((one) => one.amount.trim() !== (kept.get(costKey(one)) ?? ""));
  return {
    typed, faults,
    shown: (place: Omit<TypedCost, "amount">): string => texts[costKey(place)]?.amount ?? kept.get(costKey(place)) ?? "",
    write: (one: TypedCost): void => {
      setTexts((before) => ({ ...before, [costKey(one)]: one }));
      setFaults(({ [costKey(one)]: _mended, ...others }) => others);
    },
    /** Whether it may be sent; what is wrong is shown. */
    attempt: ({ thisMonth, channels }: { thisMonth: Month; channels: readonly string[] }): boolean => {
      const answer = readTypedCosts(typed, { today: thisMonth, currency, channels });
      setFaults(answer.ok ? {} : answer.faults);
      return answer.ok;
    },
    forget: (): void => {
      setTexts({});
      setFaults({});
    },
  };
}

type YearProps = { year: string; channel: string; desk: CostDesk; faults: Readonly<Record<string, CostFault>>; thisMonth: Month; newCustomers: TypedProps["newCustomers"] | null };

function YearTable({ year, channel, desk, faults, thisMonth, newCustomers }: YearProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const nameOf = useChannelName();
  const months = Array.from({ length: YEAR_MONTHS }, (_, at) => addMonths(parseMonth(`${year}-01`), at)).filter((month) => month <= thisMonth);
  const columns = [t("cohorts.costs.columns.month"), ...PURPOSES.map((purpose) => t(`cohorts.costs.purposes.${purpose}`)), ...(newCustomers === null ? [] : [t("cohorts.costs.columns.customers")])];
  const newOf = (month: Month) => {
    const size = newCustomers?.find((one) => one.month === month)?.size ?? 0;
    return <OpenFigure rows={size === 0 ? null : newCustomersAt({ from: firstDayOf(month), to: lastDayOf(month) })} of={`${formats.month(month)}, ${columns.at(-1) ?? ""}`}>{formats.count(size)}</OpenFigure>;
  };
  const field = (month: Month, purpose: Purpose) => {
    const place = { month, purpose, channel };
    const fault = faults[costKey(place)];
    return (
      <div className="cost-field">
        <TextField
          label={t("cohorts.costs.typed.field", { month: formats.month(month), purpose: t(`cohorts.costs.purposes.${purpose}`), channel: nameOf(channel) })} labelHidden autoComplete="off" inputMode="decimal" align="right" value={desk.shown(place)} onChange={(amount) => desk.write({ ...place, amount })}
          {...(fault !== undefined && { error: t(`cohorts.costs.faults.${fault}`, { line: "" }) })}
        />
      </div>
    );
  };
  return (
    <NamedTable name={t("cohorts.costs.typed.title")} columns={columns} className="regulars-figures regulars-stacked cost-table">
      {months.map((month) => (
        <tr key={month}>
          <th scope="row">{formats.month(month)}</th>
          {PURPOSES.map((purpose, at) => <td key={purpose} data-label={columns[1 + at]}>{field(month, purpose)}</td>)}
          {newCustomers !== null && <td data-label={columns.at(-1)}>{newOf(month)}</td>}
        </tr>
      ))}
    </NamedTable>
  );
}

/** Channels that are known, or a new name. */
function ChannelChoice({ channels, channel, onChoose, onAdd }: { channels: readonly string[]; channel: string; onChoose: (channel: string) => void; onAdd: (name: string) => void }) {
  const { t } = useTranslation();
  const nameOf = useChannelName();
  const [name, setName] = useState<string | null>(null); // of a new one, while it is typed
  const add = (): void => {
    const said = name?.trim() ?? "";
    const known = channels.find((one) => one.toLowerCase() === said.toLowerCase());
    if (known === undefined) onAdd(said);
    else onChoose(known);
    setName(null);
  };
  return (
    <BlockStack gap="200">
      <Select
        label={t("cohorts.costs.columns.channel")} value={name === null ? channel : OTHER} options={[...channels.map((value) => ({ value, label: nameOf(value) })), { value: OTHER, label: t("cohorts.costs.typed.other") }]}
        onChange={(chosen) => { if (chosen === OTHER) setName(""); else { setName(null); onChoose(chosen); } }}
      />
      {name !== null && <TextField label={t("cohorts.costs.typed.newName")} autoComplete="off" maxLength={CHANNEL_MAX} value={name} onChange={setName} connectedRight={<Button disabled={name.trim() === ""} onClick={add}>{t("cohorts.costs.typed.add")}</Button>} />}
    </BlockStack>
  );
}
