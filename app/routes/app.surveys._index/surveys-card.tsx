// A list of surveys: what each asks and where, how it stands, and how many answer.
import { BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { ChevronDownIcon, ChevronUpIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { wordsIn } from "../../values/words.ts";
import { useAddress } from "../../ui/address.ts";
import { swapped } from "../../ui/forms/slot.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StateBadge } from "../../ui/surveys/state-badge.tsx";
import { useSurveyWish } from "../../ui/surveys/use-survey-wish.ts";
import { RowActions } from "./row-actions.tsx";
import type { SurveyRow } from "./survey-rows.ts";
import "./surveys.css";

/** `isOver`: they have ended, and take no turn any more. */
export function SurveysCard({ rows, isOver = false }: { rows: readonly SurveyRow[]; isOver?: boolean }) {
  const { t } = useTranslation();
  const { send, isSending } = useSurveyWish();
  const title = t(isOver ? "surveys.list.over" : "surveys.list.current");
  const ids = rows.map(({ id }) => id);
  const move = (index: number, by: -1 | 1): void => send({ intent: "order", ids: swapped(ids, index, index + by).join(",") });
  const hasTurns = !isOver && rows.length > 1;
  return (
    <Card padding="0">
      <Box padding="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">{title}</Text>
          {!isOver && <Text as="p" tone="subdued">{t(rows.length === 0 ? "surveys.list.noneCurrent" : "surveys.list.turns")}</Text>}
        </BlockStack>
      </Box>
      {rows.length > 0 && (
        <table className="regulars-surveys regulars-stacked">
          <caption className="regulars-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col">{t("surveys.list.columns.survey")}</th>
              <th scope="col">{t("surveys.list.columns.places")}</th>
              <th scope="col">{t("surveys.list.columns.answers")}</th>
              <th scope="col"><span className="regulars-hidden">{t("surveys.list.columns.actions")}</span></th>
            </tr>
          </thead>
          <tbody>{rows.map((row, index) => <Row key={row.id} row={row} turn={hasTurns ? { index, count: rows.length, isMoving: isSending, move } : null} />)}</tbody>
        </table>
      )}
    </Card>
  );
}

type Turn = { index: number; count: number; isMoving: boolean; move: (index: number, by: -1 | 1) => void };

function Row({ row, turn }: { row: SurveyRow; turn: Turn | null }) {
  const { t, i18n } = useTranslation();
  const address = useAddress();
  const list = new Intl.ListFormat(i18n.language, { type: "conjunction", style: "narrow" });
  return (
    <tr>
      <th scope="row">
        <BlockStack gap="100">
          <InlineStack gap="200" blockAlign="center">
            <Link url={address(`/app/surveys/${row.id}${row.isStarted ? "/results" : ""}`)} monochrome removeUnderline><Text as="span" fontWeight="semibold">{row.name}</Text></Link>
            <StateBadge state={row.state} />
          </InlineStack>
          <Text as="span" tone="subdued" fontWeight="regular">{wordsIn(row.question, i18n.language)}</Text>
          <Dates row={row} />
        </BlockStack>
      </th>
      <td data-label={t("surveys.list.columns.places")}>{list.format(row.places.map((place) => t(`surveys.places.${place}`)))}</td>
      <td data-label={t("surveys.list.columns.answers")}><Answers row={row} /></td>
      <td className="regulars-surveys-actions">
        <InlineStack gap="200" align="end" blockAlign="center" wrap={false}>
          {turn && <Turns name={row.name} turn={turn} />}
          <RowActions row={row} />
        </InlineStack>
      </td>
    </tr>
  );
}

function Dates({ row: { from, to, ended } }: { row: SurveyRow }) {
  const { t } = useTranslation();
  const { day, range } = useFormats();
  const said = ended !== null ? t("surveys.list.endedOn", { day: day(ended.on), reason: t(`surveys.results.ended.${ended.reason}`) })
    : from !== null && to !== null ? range({ from, to })
      : from !== null ? t("surveys.list.fromOn", { day: day(from) })
        : to !== null ? t("surveys.list.untilOn", { day: day(to) }) : null;
  return said === null ? null : <Text as="span" tone="subdued" fontWeight="regular">{said}</Text>;
}

function Answers({ row: { answered, asked, isStarted } }: { row: SurveyRow }) {
  const { t } = useTranslation();
  const { count, shareShort } = useFormats();
  if (!isStarted) return <Text as="span" tone="subdued">{t("surveys.list.notYet")}</Text>;
  return (
    <BlockStack gap="050">
      <span>{count(answered)}</span>
      {asked > 0 && <Text as="span" tone="subdued">{t("surveys.list.rate", { share: shareShort(Math.min(1, answered / asked)), asked: count(asked) })}</Text>}
    </BlockStack>
  );
}

function Turns({ name, turn: { index, count, isMoving, move } }: { name: string; turn: Turn }) {
  const { t } = useTranslation();
  return (
    <ButtonGroup variant="segmented">
      <Button icon={ChevronUpIcon} size="slim" disabled={index === 0 || isMoving} accessibilityLabel={t("surveys.list.up", { name })} onClick={() => move(index, -1)} />
      <Button icon={ChevronDownIcon} size="slim" disabled={index === count - 1 || isMoving} accessibilityLabel={t("surveys.list.down", { name })} onClick={() => move(index, 1)} />
    </ButtonGroup>
  );
}
