// How the days between orders are spread, and where on it somebody is at risk, and lapsed.
import { Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { GAPS_MIN } from "../../capabilities/cohorts/rules/clock.ts";
import { atRiskFrom } from "../../capabilities/profiles/rules/profile.ts";
import { ratio } from "../../values/percent.ts";
import { useAddress } from "../../ui/address.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { FigureChart } from "../../ui/figure-chart.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { ruleOfGap } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { ChartOrTable } from "./chart-or-table.tsx";
import { placeOf, type Bar, type RhythmFigures } from "./layout.ts";

const RULES = ["gap", "lapse", "risk", "last"] as const;

type GapsCardProps = { productId: string | null; of: string; figures: RhythmFigures; /** the merchant's own lapse point; null: automatic */ ownDays: number | null };

export function GapsCard({ productId, of, figures: { bars, gapCount, lapse }, ownDays }: GapsCardProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const title = t("cohorts.rhythm.gaps.title");
  const writeBar = ({ from, to }: Bar): string => {
    if (to === 0) return t("cohorts.rhythm.gaps.sameDay");
    if (to === null) return t("cohorts.rhythm.gaps.more", { days: formats.count(from) });
    return from === to ? t("cohorts.rhythm.gaps.days", { count: from }) : t("cohorts.rhythm.gaps.between", { from: formats.count(from), to: formats.count(to) });
  };
  const starts = bars.map(({ from }) => from);
  const markAt = (day: number, label: string) => { const x = placeOf(starts, day); return x === undefined ? [] : [{ x, label }]; };
  const lapseDays = ownDays ?? lapse?.lapseDays ?? null;
  const barAt = (x: number | string): Bar => bars.find(({ from }) => from === Number(x)) ?? { from: Number(x), to: null, orders: 0 };
  return (
    <ChartOrTable
      title={title} rules={RULES.map((rule) => t(`cohorts.rhythm.gaps.how.${rule}`))}
      lead={<Text as="p">{lapse === null ? t("cohorts.rhythm.gaps.tooFew", { of, needed: formats.count(GAPS_MIN) }) : t("cohorts.rhythm.gaps.lead", { of, median: formats.count(lapse.medianDays), lapse: formats.count(lapse.lapseDays), gaps: formats.count(lapse.gapCount) })}</Text>}
      chart={(
        <FigureChart
          kind="bars" series={[{ name: t("cohorts.rhythm.gaps.orders"), points: bars.map(({ from, orders }) => ({ x: from, value: orders })) }]}
          marks={lapseDays === null ? [] : [...markAt(atRiskFrom(lapseDays), t("cohorts.rhythm.marks.risk", { day: formats.count(atRiskFrom(lapseDays)) })), ...markAt(lapseDays, t("cohorts.rhythm.marks.lapse", { day: formats.count(lapseDays) }))]}
          writeX={(x) => writeBar(barAt(x))} writeXShort={(x) => formats.count(Number(x))} write={formats.count} writeShort={formats.count} open={(x) => peopleAt(ruleOfGap(productId, barAt(x)))}
        />
      )}
      columns={[t("cohorts.rhythm.gaps.since"), t("cohorts.rhythm.gaps.orders"), t("cohorts.rhythm.gaps.share")]}
      rows={bars.map((bar) => ({ name: writeBar(bar), urls: [address(...peopleAt(ruleOfGap(productId, bar)))], cells: [formats.count(bar.orders), formats.share(ratio(bar.orders, gapCount) ?? 0)] }))}
      action={<DownloadButton address={`/app/reports/intervals.csv${productId === null ? "" : `?product=${productId}`}`}>{t("frame.downloadCsv")}</DownloadButton>}
    />
  );
}
