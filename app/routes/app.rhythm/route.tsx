// Purchase rhythm: when customers order again, when to write to whoever has not, and after how long they have lapsed.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, useNavigate, useNavigation } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { ClockIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { readStamp } from "../../callers/stamp.server.ts";
import { CLOCKS_PAGE_SIZE, isCounted, listClocks, nameTraits, readRhythm } from "../../capabilities/cohorts/cohorts.server.ts";
import { GAPS_MIN } from "../../capabilities/cohorts/rules/clock.ts";
import { countGaps, lapsePointOf } from "../../capabilities/cohorts/rules/gaps.ts";
import { findMeasures, listProductRhythms, readSettings, RHYTHMS_PAGE_SIZE } from "../../capabilities/profiles/profiles.server.ts";
import { toLocale } from "../../i18n/locales.ts";
import { now } from "../../platform/clock.server.ts";
import { useAddress } from "../../ui/address.ts";
import { writeSelection, type TraitVoice } from "../../ui/cohort-words.ts";
import { DownloadButton } from "../../ui/download-button.tsx";
import { LapseCard } from "../../ui/lapse-card.tsx";
import { useCountedFigures } from "../../ui/live.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { parsePage } from "../../ui/page-number.ts";
import { RetentionTabs } from "../../ui/retention-tabs.tsx";
import { parseRhythmQuery, toRhythmParameters, USUAL_RHYTHM, type RhythmQuery } from "../../ui/rhythm-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { UncountedPage } from "../../ui/uncounted-page.tsx";
import { dayAt } from "../../values/day.ts";
import { ChanceCard } from "./chance-card.tsx";
import { ClockCard } from "./clock-card.tsx";
import { ClocksCard } from "./clocks-card.tsx";
import { Controls } from "./controls.tsx";
import { CurveCard } from "./curve-card.tsx";
import { GapsCard } from "./gaps-card.tsx";
import { LapsePointsCard } from "./lapse-points-card.tsx";
import { figuresOf } from "./layout.ts";

export const handle: PageHandle = { titleKey: "cohorts.rhythm.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const parsed = parseRhythmQuery(searchParams);
  if (!parsed.ok) throw new Response(null, { status: 404 });
  const { query } = parsed;
  const today = dayAt(now(), shop.timeZone);
  const pages = { clocks: parsePage(searchParams), lapses: parsePage(new URLSearchParams({ page: searchParams.get("lapses") ?? "" })) };
  const stamp = await readStamp(shop.id); // before the figures: what moves between the two is then asked for again
  const [isReady, chosen, everybody, clocks, products, settings, measures, titles] = await Promise.all([
    isCounted(shop.id), readRhythm(shop, { ...query, today }), readRhythm(shop, { ...USUAL_RHYTHM, today }), listClocks(shop, { page: pages.clocks - 1, today }),
    listProductRhythms(shop.id, pages.lapses - 1), readSettings(shop.id), findMeasures(shop.id), nameTraits(shop.id, query.productId === null ? [] : [{ kind: "product", value: query.productId }]),
  ]);
  return {
    isReady, query, pages, figures: figuresOf(chosen), lapse: lapsePointOf(everybody.gaps), laterGaps: countGaps(everybody.gaps.filter(({ days }) => days > 0)),
    clocks, products, hasNext: { clocks: clocks.known > pages.clocks * CLOCKS_PAGE_SIZE, lapses: products.count > pages.lapses * RHYTHMS_PAGE_SIZE }, types: measures?.basis.types ?? [], ownDays: settings.lapseDays, titles, stamp,
  };
}

export default function PurchaseRhythmPage() {
  const { isReady, query, pages, figures, lapse, laterGaps, clocks, products, hasNext, types, ownDays, titles, stamp } = useLoaderData<typeof loader>();
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const navigate = useNavigate();
  const { state } = useNavigation();
  useCountedFigures(stamp, isReady);
  const voice: TraitVoice = { t, locale: toLocale(i18n.language) ?? "en", titles };
  const show = (next: RhythmQuery, turned: Partial<typeof pages> = {}): void => {
    const { clocks: page, lapses } = { ...pages, ...turned };
    navigate(address("/app/rhythm", [...toRhythmParameters(next), ...(page === 1 ? [] : [["page", String(page)] satisfies [string, string]]), ...(lapses === 1 ? [] : [["lapses", String(lapses)] satisfies [string, string]])]), { preventScrollReset: true });
  };
  const lapseCard = <LapseCard key={String(ownDays)} ownDays={ownDays} shopDays={lapse?.lapseDays ?? null} gapCount={lapse?.gapCount ?? 0} />;
  if (lapse === null) {
    const empty = { heading: t("cohorts.rhythm.empty.heading"), body: t("cohorts.rhythm.empty.body", { gaps: formats.count(laterGaps), needed: formats.count(GAPS_MIN) }) };
    return <UncountedPage title={t("cohorts.rhythm.title")} subtitle={t("cohorts.rhythm.subtitle")} tab="rhythm" icon={ClockIcon} isReady={isReady} empty={empty}>{lapseCard}</UncountedPage>;
  }
  const of = writeSelection(query.productId === null ? [] : [{ kind: "product", value: query.productId }], voice);
  const report = ["/app/reports/second_order.csv", ...(toRhythmParameters(query).length === 0 ? [] : [new URLSearchParams(toRhythmParameters(query)).toString()])].join("?");
  return (
    <Page fullWidth title={t("cohorts.rhythm.title")} subtitle={t("cohorts.rhythm.subtitle")} primaryAction={<DownloadButton address={report}>{t("frame.downloadCsv")}</DownloadButton>}>
      <BlockStack gap="400">
        <RetentionTabs current="rhythm" />
        <div aria-busy={state === "loading"} className={state === "loading" ? "regulars-stale" : ""}>
          <BlockStack gap="400">
            <ClockCard query={query} figures={figures}><Controls query={query} voice={voice} onChange={show} /></ClockCard>
            <ChanceCard key={`chance ${query.step} ${query.productId}`} query={query} of={of} figures={figures} />
            <CurveCard key={`curve ${query.step} ${query.productId}`} query={query} of={of} figures={figures} />
            <GapsCard key={`gaps ${query.productId}`} productId={query.productId} of={of} figures={figures} ownDays={ownDays} />
            <ClocksCard clocks={clocks} page={pages.clocks} hasNext={hasNext.clocks} voice={voice} onTurn={(page) => show(query, { clocks: page })} />
            {lapseCard}
            <LapsePointsCard types={types} products={products} page={pages.lapses} hasNext={hasNext.lapses} ownDays={ownDays} onTurn={(page) => show(query, { lapses: page })} />
          </BlockStack>
        </div>
      </BlockStack>
    </Page>
  );
}
