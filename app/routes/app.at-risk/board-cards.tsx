// The board on a phone: a card for each customer, each with a box to tick, as Polaris' own narrow table can only be ticked by a long press.
import { BlockStack, Box, Button, Checkbox, InlineStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { EntryKind } from "../../capabilities/followups/model.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { Contact, Step, Who, Why } from "./board-cells.tsx";
import type { RowView } from "./board-view.ts";

type BoardCardsProps = { rows: RowView[]; chosen: readonly string[]; kinds: readonly EntryKind[]; onToggle: (id: string, isChosen: boolean) => void; onWish: (kind: EntryKind) => void };

export function BoardCards({ rows, chosen, kinds, onToggle, onWish }: BoardCardsProps) {
  const { t } = useTranslation();
  return (
    <>
      <ul className="regulars-cards">
        {rows.map((row) => (
          <li key={row.id}>
            <Checkbox label={t("followups.board.select", { name: row.name || t("segments.list.nameless") })} labelHidden checked={chosen.includes(row.id)} onChange={(isChosen) => onToggle(row.id, isChosen)} />
            <Facts row={row} />
          </li>
        ))}
      </ul>
      {chosen.length > 0 && (
        <div className="regulars-bar" role="group" aria-label={t("followups.board.chosen", { count: chosen.length })}>
          <Box padding="300" background="bg-surface" borderBlockStartWidth="025" borderColor="border">
            <BlockStack gap="200">
              <Text as="p" fontWeight="semibold"><span role="status">{t("followups.board.chosen", { count: chosen.length })}</span></Text>
              <InlineStack gap="200">{kinds.map((kind) => <Button key={kind} onClick={() => onWish(kind)}>{t(`followups.actions.${kind}`)}</Button>)}</InlineStack>
            </BlockStack>
          </Box>
        </div>
      )}
    </>
  );
}

function Facts({ row }: { row: RowView }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <BlockStack gap="200">
      <Who row={row} />
      <Text as="span" fontWeight="semibold" numeric>{t("segments.list.small.stake", { money: formats.money(row.stakeMinor) })}</Text>
      <Why row={row} />
      <Step row={row} />
      <InlineStack gap="100"><Text as="span" tone="subdued">{t("followups.board.columns.contact")}</Text><Contact row={row} /></InlineStack>
    </BlockStack>
  );
}
