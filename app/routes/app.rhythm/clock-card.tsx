// The answer first: by when half of the next orders have come, and on which day to write to whoever has not ordered.
import { BlockStack, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { GAPS_MIN } from "../../capabilities/cohorts/rules/clock.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { HowPopover } from "../../ui/how-popover.tsx";
import { peopleAt } from "../../ui/open-rows.ts";
import { ruleOfCame, ruleOfWaiting, type RhythmQuery } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { RhythmFigures } from "./layout.ts";

const RULES = ["half", "write", "range", "horizon", "sameDay", "few"] as const;

type ClockCardProps = { query: RhythmQuery; figures: RhythmFigures; children: React.ReactNode };

export function ClockCard({ query, figures, children }: ClockCardProps) {
  const { t } = useTranslation();
  const title = t(`cohorts.rhythm.clock.title.${query.step}`);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="300">
          <Text as="h2" variant="headingMd">{title}</Text>
          <HowPopover title={title} rules={RULES.map((rule) => t(`cohorts.rhythm.clock.how.${rule}`))} />
        </InlineStack>
        {children}
        {figures.clock === null ? <TooFew query={query} figures={figures} /> : <Answer query={query} figures={figures} clock={figures.clock} />}
      </BlockStack>
    </Card>
  );
}

function TooFew({ query, figures }: { query: RhythmQuery; figures: RhythmFigures }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const people = usePeople(query, figures);
  return (
    <>
      <Text as="p" variant="headingLg">{t(`cohorts.rhythm.clock.tooFew.${query.step}`, { seen: formats.count(figures.cameLater), needed: formats.count(GAPS_MIN) })}</Text>
      <Facts look="totals" facts={people} />
    </>
  );
}

/** Everybody the clock counts, each once. */
function usePeople(query: RhythmQuery, figures: RhythmFigures) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  return [
    [t("cohorts.rhythm.clock.facts.came"), <Link key="came" url={address(...peopleAt(ruleOfCame(query, { from: 1, to: null })))}>{formats.count(figures.cameLater)}</Link>],
    [t("cohorts.rhythm.clock.facts.sameDay"), <Link key="same" url={address(...peopleAt(ruleOfCame(query, { from: 0, to: 0 })))}>{formats.count(figures.sameDay)}</Link>],
    [t("cohorts.rhythm.clock.facts.waiting"), <Link key="waiting" url={address(...peopleAt(ruleOfWaiting(query, null)))}>{formats.count(figures.waiting)}</Link>],
  ] as const;
}

function Answer({ query, figures, clock }: { query: RhythmQuery; figures: RhythmFigures; clock: NonNullable<RhythmFigures["clock"]> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const people = usePeople(query, figures);
  const { half, moment, horizonDays, share } = clock;
  const day = ({ day: at, low, high }: { day: number; low: number; high: number }): string => (low === high ? t("cohorts.rhythm.day", { day: formats.count(at) }) : t("cohorts.rhythm.dayRange", { day: formats.count(at), low: formats.count(low), high: formats.count(high) }));
  return (
    <>
      <Text as="p" variant="headingXl">
        {t("cohorts.rhythm.clock.answer", { half: t(`cohorts.rhythm.clock.half.${query.step}`, { count: half.day }), write: moment === null ? t("cohorts.rhythm.clock.noMoment") : t("cohorts.rhythm.clock.write", { day: formats.count(moment.day) }) })}
      </Text>
      {moment !== null && (
        <BlockStack gap="100">
          <Text as="p">{t("cohorts.rhythm.clock.why", {
            peak: formats.count(moment.peakDay), peakChance: formats.share(moment.peakChance), day: formats.count(moment.day), chance: formats.share(moment.chance), waiting: formats.shareShort(moment.stillWaiting), remaining: formats.shareShort(moment.remaining), horizon: formats.count(horizonDays),
          })}</Text>
          <Text as="p"><Link url={address(...peopleAt(ruleOfWaiting(query, { from: moment.low, to: moment.high })))}>{t("cohorts.rhythm.clock.due", { low: formats.count(moment.low), high: formats.count(moment.high) })}</Link></Text>
        </BlockStack>
      )}
      <Facts look="totals" facts={[
        [t("cohorts.rhythm.clock.facts.half"), day(half)],
        [t("cohorts.rhythm.clock.facts.write"), moment === null ? t("analytics.kpi.nothingYet") : day(moment)],
        [t("cohorts.rhythm.clock.facts.share", { days: formats.count(horizonDays) }), formats.share(share)],
        ...people,
      ]} />
    </>
  );
}
