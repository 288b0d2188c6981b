// Before a change comes into force: the last twelve months by either rules and what they cost, who would change their tier, and a way to let nobody fall.
import { useFetcher } from "@remix-run/react";
import { Banner, BlockStack, Button, Card, Checkbox, InlineError, ProgressBar, Text, TextField } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Programme, Reward } from "../../capabilities/loyalty/model/programme.ts";
import { toMoney, valueOfPoint } from "../../capabilities/loyalty/rules/liability.ts";
import { Facts } from "../../ui/facts.tsx";
import { writeReward } from "../../ui/loyalty/reward-words.ts";
import { countMoves, type ShownRun } from "../../ui/loyalty/shown-run.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { writePoints } from "../../ui/point-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { addDays } from "../../values/day.ts";
import type { EditorData } from "./editor-view.ts";
import { MovesList } from "./moves-list.tsx";
import { PROGRAMME_PATH, type ProgrammeAnswer } from "./programme-wish.ts";
import type { Run } from "./use-dry-run.ts";

const KEPT_DAYS = 365;

export function DryRunCard({ data, run }: { data: EditorData; run: Run }) {
  const { t } = useTranslation();
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{t("loyalty.dryRun.title")}</Text>
          <Text as="p" tone="subdued">{t("loyalty.dryRun.body")}</Text>
        </BlockStack>
        {run.isFailed && <InlineError message={t("loyalty.dryRun.failed")} fieldID="dry-run" />}
        {(!run.isAsked || run.isFailed) && <div><Button variant="primary" onClick={run.start}>{t("loyalty.dryRun.start")}</Button></div>}
        {run.isAsked && !run.isFailed && run.found?.isDone !== true && <RunProgress found={run.found} />}
        {run.found?.isDone === true && <Outcome found={run.found} data={data} />}
      </BlockStack>
    </Card>
  );
}

function RunProgress({ found }: { found: ShownRun | null }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const labelId = useId();
  const [done, toDo] = [found?.sums.customers ?? 0, found?.customersToDo ?? 0];
  return (
    <BlockStack gap="100">
      <Text as="p" id={labelId}>{t("loyalty.dryRun.progress", { count: toDo, done: count(done) })}</Text>
      <ProgressBar progress={toDo === 0 ? 0 : Math.min(100, Math.round((100 * done) / toDo))} size="small" ariaLabelledBy={labelId} />
    </BlockStack>
  );
}

function Outcome({ found, data }: { found: ShownRun; data: EditorData }) {
  const { t } = useTranslation();
  const { money } = useFormats();
  const { sums } = found;
  const { programme, inForce, averageOrderMinor } = data;
  const [now, then] = [priceOf(sums.now.points, inForce, averageOrderMinor), priceOf(sums.then.points, programme, averageOrderMinor)];
  const facts = [
    [t("loyalty.dryRun.cost"), now === null || then === null ? t("loyalty.dryRun.unknown") : then.minor >= now.minor ? t("loyalty.dryRun.more", { amount: money(then.minor - now.minor) }) : t("loyalty.dryRun.less", { amount: money(now.minor - then.minor) })],
    [t("loyalty.dryRun.gaining"), t("loyalty.dryRun.customers", { count: sums.gaining })],
    [t("loyalty.dryRun.losing"), t("loyalty.dryRun.customers", { count: sums.losing })],
  ] as const;
  return (
    <>
      <Year sums={sums} now={now} then={then} />
      {now !== null && then !== null && now.minorPerPoint !== then.minorPerPoint && <Text as="p">{t("loyalty.dryRun.valueMoved")}</Text>}
      <div role="status"><Facts facts={facts} /></div>
      <Publish found={found} data={data} />
    </>
  );
}

type Price = { minor: number; minorPerPoint: number; reward: Reward | null };

/** What the points can cost at most by those rules, and the reward that says so. */
function priceOf(points: number, programme: Programme | null, averageOrderMinor: number | null): Price | null {
  const value = programme && valueOfPoint(programme, { averageOrderMinor });
  return value && { minor: toMoney(points, value), minorPerPoint: value.minorPerPoint, reward: programme.rewards.find(({ id }) => id === value.rewardId) ?? null };
}

const SAMPLE = 100; // points, as one point is often worth less than the smallest coin

function Year({ sums, now, then }: { sums: ShownRun["sums"]; now: Price | null; then: Price | null }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const columns = [t("loyalty.dryRun.year"), t("loyalty.dryRun.byNow"), t("loyalty.dryRun.byThen")];
  const [, byNow = "", byThen = ""] = columns;
  const worth = (price: Price | null) => (price === null ? t("loyalty.dryRun.unknown") : (
    <>
      {formats.money(Math.round(SAMPLE * price.minorPerPoint))}
      {price.reward && <Text as="span" tone="subdued" variant="bodySm"><br />{t("loyalty.dryRun.valuedBy", { reward: writeReward(price.reward, { t, formats, language: i18n.language }) })}</Text>}
    </>
  ));
  const rows = [
    [t("loyalty.dryRun.points"), formats.count(sums.now.points), formats.count(sums.then.points)],
    [t("loyalty.dryRun.worth", { points: writePoints(SAMPLE, { t, formats }) }), worth(now), worth(then)],
    [t("loyalty.dryRun.most"), now === null ? t("loyalty.dryRun.unknown") : formats.money(now.minor), then === null ? t("loyalty.dryRun.unknown") : formats.money(then.minor)],
  ] as const;
  return (
    <NamedTable name={t("loyalty.dryRun.year")} className="regulars-figures regulars-stacked" columns={columns}>
      {rows.map(([name, before, after]) => <tr key={name}><th scope="row">{name}</th><td data-label={byNow}>{before}</td><td data-label={byThen}>{after}</td></tr>)}
    </NamedTable>
  );
}

const idsOf = (programme: Programme | null): string[] => programme?.tiers?.levels.map(({ id }) => id) ?? [];

function Publish({ found, data: { programme, inForce, today, savedAt } }: { found: ShownRun; data: EditorData }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<ProgrammeAnswer>();
  const [isKept, setKept] = useState(false);
  const [keptUntil, setKeptUntil] = useState<string>(addDays(today, KEPT_DAYS));
  const { up, down, gone } = countMoves(found.sums, { now: idsOf(inForce), then: idsOf(programme) });
  useAnswer(fetcher.data, () => showToast(t("loyalty.dryRun.published")));
  const faults = fetcher.data?.ok === false ? fetcher.data.faults : {};
  const [dayFault, wholeFault] = [faults["keptUntil"], faults["programme"]];
  return (
    <BlockStack gap="400">
      {up + down > 0 && <MovesList found={found} programme={programme} inForce={inForce} up={up} down={down} />}
      {gone > 0 && <Banner tone="warning"><p>{t("loyalty.dryRun.gone", { count: gone })}</p></Banner>}
      {down > gone && (
        <BlockStack gap="200">
          <Checkbox label={t(gone > 0 ? "loyalty.dryRun.keepOthers" : "loyalty.dryRun.keep")} helpText={t("loyalty.dryRun.keepHelp", { count: down - gone })} checked={isKept} onChange={setKept} />
          {isKept && <div className="regulars-indented"><TextField label={t("loyalty.dryRun.keptUntil")} type="date" autoComplete="off" value={keptUntil} onChange={setKeptUntil} {...(dayFault && { error: t(`frame.faults.${dayFault.code}`) })} /></div>}
        </BlockStack>
      )}
      {wholeFault && <InlineError message={t(`frame.faults.${wholeFault.code}`)} fieldID="publish" />}
      <div>
        <Button variant="primary" loading={fetcher.state !== "idle"} onClick={() => void fetcher.submit({ intent: "publish", savedAt, ...(isKept && { keptUntil }) }, { method: "post", action: PROGRAMME_PATH })}>{t("loyalty.dryRun.publish")}</Button>
      </div>
    </BlockStack>
  );
}
