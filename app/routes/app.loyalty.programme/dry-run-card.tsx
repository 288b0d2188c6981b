// Before a change comes into force: what the last twelve months would have been by it, who gains, who loses, and a way to let nobody fall.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Button, Card, Checkbox, InlineError, ProgressBar, Text, TextField } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { wordsIn } from "../../values/words.ts";
import { toMoney, valueOfPoint } from "../../capabilities/loyalty/rules/liability.ts";
import { Facts } from "../../ui/facts.tsx";
import { countMoves, type ShownRun } from "../../ui/loyalty/shown-run.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { addDays } from "../../values/day.ts";
import type { EditorData } from "./editor-view.ts";
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

function Outcome({ found: { sums }, data }: { found: ShownRun; data: EditorData }) {
  const { t } = useTranslation();
  const { count, money } = useFormats();
  const { programme, inForce, averageOrderMinor } = data;
  const [costNow, costThen] = [costOf(sums.now.points, inForce, averageOrderMinor), costOf(sums.then.points, programme, averageOrderMinor)];
  const facts = [
    [t("loyalty.dryRun.pointsNow"), count(sums.now.points)],
    [t("loyalty.dryRun.pointsThen"), count(sums.then.points)],
    [t("loyalty.dryRun.cost"), costNow === null || costThen === null ? t("loyalty.dryRun.unknown") : costThen >= costNow ? t("loyalty.dryRun.more", { amount: money(costThen - costNow) }) : t("loyalty.dryRun.less", { amount: money(costNow - costThen) })],
    [t("loyalty.dryRun.gaining"), t("loyalty.dryRun.customers", { count: sums.gaining })],
    [t("loyalty.dryRun.losing"), t("loyalty.dryRun.customers", { count: sums.losing })],
  ] as const;
  return (
    <>
      <div role="status"><Facts facts={facts} /></div>
      <Publish sums={sums} data={data} />
    </>
  );
}

/** What the points would have been worth by those rules. */
function costOf(points: number, programme: Programme | null, averageOrderMinor: number | null): number | null {
  const value = programme && valueOfPoint(programme, { averageOrderMinor });
  return value && toMoney(points, value);
}

const idsOf = (programme: Programme | null): string[] => programme?.tiers?.levels.map(({ id }) => id) ?? [];

function Publish({ sums, data: { programme, inForce, today, savedAt } }: { sums: ShownRun["sums"]; data: EditorData }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<ProgrammeAnswer>();
  const [isKept, setKept] = useState(false);
  const [keptUntil, setKeptUntil] = useState<string>(addDays(today, KEPT_DAYS));
  const { up, down } = countMoves(sums, { now: idsOf(inForce), then: idsOf(programme) });
  useAnswer(fetcher.data, () => showToast(t("loyalty.dryRun.published")));
  const faults = fetcher.data?.ok === false ? fetcher.data.faults : {};
  const [dayFault, wholeFault] = [faults["keptUntil"], faults["programme"]];
  return (
    <BlockStack gap="400">
      {up + down > 0 && <Moves sums={sums} programme={programme} inForce={inForce} up={up} down={down} />}
      {down > 0 && (
        <BlockStack gap="200">
          <Checkbox label={t("loyalty.dryRun.keep")} helpText={t("loyalty.dryRun.keepHelp", { count: down })} checked={isKept} onChange={setKept} />
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

function Moves({ sums: { moves }, programme, inForce, up, down }: { sums: ShownRun["sums"]; programme: Programme; inForce: Programme | null; up: number; down: number }) {
  const { t, i18n } = useTranslation();
  const { count } = useFormats();
  const nameOf = (id: string | null, of: Programme | null): string => {
    const level = of?.tiers?.levels.find((one) => one.id === id);
    return level === undefined ? t("loyalty.dryRun.noTier") : wordsIn(level.title, i18n.language);
  };
  const moved = moves.filter(({ from, to }) => from !== to).toSorted((one, other) => other.customers - one.customers);
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{t("loyalty.dryRun.moves")}</Text>
      <Text as="p">{t("loyalty.dryRun.movesBody", { up: count(up), down: count(down) })}</Text>
      <table className="regulars-table regulars-figures">
        <caption className="regulars-hidden">{t("loyalty.dryRun.moves")}</caption>
        <thead><tr><th scope="col">{t("loyalty.dryRun.move")}</th><th scope="col">{t("loyalty.dryRun.movers")}</th></tr></thead>
        <tbody>
          {moved.map(({ from, to, customers }) => (
            <tr key={`${from ?? ""}/${to ?? ""}`}><th scope="row">{t("loyalty.dryRun.fromTo", { from: nameOf(from, inForce), to: nameOf(to, programme) })}</th><td>{count(customers)}</td></tr>
          ))}
        </tbody>
      </table>
    </BlockStack>
  );
}
