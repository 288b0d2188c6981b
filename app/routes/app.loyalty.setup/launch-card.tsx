// The last step: what was decided, from which day orders count and what that means, and the button.
import { useFetcher, useNavigate, useNavigation } from "@remix-run/react";
import { BlockStack, Button, Card, ChoiceList, Text, TextField } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { wordsIn } from "../../values/words.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { writeCost, writeReward } from "../../ui/loyalty/reward-words.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { showToast } from "../../ui/toast.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import { addDays, isDay, parseDay, type Day } from "../../values/day.ts";
import type { SetupData } from "./setup-page.tsx";
import { SETUP_PATH, type SetupAnswer } from "./setup-wish.ts";

export function LaunchCard({ programme, data }: { programme: Programme; data: SetupData }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const fetcher = useFetcher<SetupAnswer>();
  useAnswer(fetcher.data, () => {
    showToast(t("loyalty.setup.launched"));
    void navigate(address("/app/loyalty"));
  });
  const isChoosing = useNavigation().state !== "idle"; // another day is on its way here, and there is no launching twice
  const fault = fetcher.data?.ok === false ? fetcher.data.faults["from"] : undefined;
  return (
    <>
      <SummaryCard programme={programme} />
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">{t("loyalty.setup.launch.title")}</Text>
          <FromChoice data={data} error={fault && t(`frame.faults.${fault.code}`)} />
          <Meaning programme={programme} data={data} />
          <div><Button variant="primary" size="large" loading={fetcher.state !== "idle"} disabled={isChoosing} onClick={() => void fetcher.submit({ intent: "launch", from: data.from }, { method: "post", action: SETUP_PATH })}>{t("loyalty.setup.launch.action")}</Button></div>
        </BlockStack>
      </Card>
    </>
  );
}

function SummaryCard({ programme }: { programme: Programme }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const { language } = i18n;
  const list = new Intl.ListFormat(language, { type: "conjunction", style: "narrow" });
  const { order, rewards, signUp, birthday, referral, tiers } = programme;
  const offered = rewards.filter(({ isOn }) => isOn).map((reward) => t("loyalty.rewards.line", { cost: writeCost(reward, { t, formats }), reward: writeReward(reward, { t, formats, language }) }));
  const ways = [signUp.isOn && t("loyalty.editor.ways.signUp"), birthday.isOn && t("loyalty.editor.ways.birthday"), referral !== null && t("loyalty.editor.referral.title")].filter((way) => way !== false);
  const orNothing = (texts: readonly string[]) => (texts.length === 0 ? t("loyalty.setup.launch.nothing") : list.format(texts));
  const facts = [
    [t("loyalty.setup.steps.earning"), t("loyalty.setup.launch.rate", { count: order.points, points: formats.count(order.points), amount: formats.money(order.perMinor) })],
    [t("loyalty.setup.steps.rewards"), offered.length === 0 ? t("loyalty.setup.launch.nothing") : <ul className="regulars-plain-list">{offered.map((line) => <li key={line}>{line}</li>)}</ul>],
    [t("loyalty.setup.steps.ways"), orNothing(ways)],
    [t("loyalty.setup.steps.tiers"), orNothing((tiers?.levels ?? []).map(({ title }) => wordsIn(title, language)))],
  ] as const;
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("loyalty.setup.launch.summary")}</Text>
        <Facts facts={facts} look="remarks" />
      </BlockStack>
    </Card>
  );
}

const YEAR_DAYS = 365;

function FromChoice({ data: { from, today, firstOrderOn }, error }: { data: SetupData; error: string | undefined }) {
  const { t } = useTranslation();
  const { day } = useFormats();
  const navigate = useNavigate();
  const address = useAddress();
  const days: Record<string, Day> = { today, year: addDays(today, -YEAR_DAYS), ...(firstOrderOn !== null && { ever: firstOrderOn }) };
  const chosen = Object.entries(days).find(([, one]) => one === from)?.[0] ?? "day";
  const choose = (one: Day): void => void navigate(address(SETUP_PATH, { step: "launch", from: one }), { replace: true, preventScrollReset: true });
  const choices = [
    { value: "today", label: t("loyalty.setup.from.today") },
    { value: "year", label: t("loyalty.setup.from.year", { day: day(addDays(today, -YEAR_DAYS)) }) },
    ...(firstOrderOn === null ? [] : [{ value: "ever", label: t("loyalty.setup.from.ever", { day: day(firstOrderOn) }) }]),
    { value: "day", label: t("loyalty.setup.from.day") },
  ];
  return (
    <BlockStack gap="200">
      <ChoiceList title={t("loyalty.setup.from.title")} choices={choices} selected={[chosen]} onChange={([said]) => choose(days[said ?? ""] ?? addDays(today, -1))} />
      {chosen === "day" && (
        <div className="regulars-indented">
          <TextField
            label={t("loyalty.setup.from.first")} type="date" autoComplete="off" value={from} max={today}
            onChange={(text) => isDay(text) && text <= today && choose(parseDay(text))} {...(error !== undefined && { error })}
          />
        </div>
      )}
    </BlockStack>
  );
}

/** About: what counts of each order is only known once it is told by the rules. */
function Meaning({ programme: { order }, data: { from, today, past } }: { programme: Programme; data: SetupData }) {
  const { t } = useTranslation();
  const { count, day } = useFormats();
  if (from === today) return <Text as="p" tone="subdued">{t("loyalty.setup.from.meaningToday")}</Text>;
  const points = order.isOn ? Math.round((past.revenueMinor / order.perMinor) * order.points) : 0;
  return <Text as="p" tone="subdued">{t("loyalty.setup.from.meaning", { count: past.orders, day: day(from), points: count(points) })}</Text>;
}
