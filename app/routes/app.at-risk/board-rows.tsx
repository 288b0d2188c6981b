// The rows of the board, what is ticked among them, and what is done about those.
import { useNavigate } from "@remix-run/react";
import { Box, IndexTableSelectionType, InlineStack, Pagination, useBreakpoints, useIndexResourceState } from "@shopify/polaris";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import { ENTRY_KINDS, type EntryKind } from "../../capabilities/followups/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toBoardParameters, type BoardChoice } from "../../ui/board-query.ts";
import { FollowupModal } from "../../ui/followup-modal.tsx";
import type { Day } from "../../values/day.ts";
import { BoardCards } from "./board-cards.tsx";
import { BoardTable } from "./board-table.tsx";
import type { RowView } from "./board-view.ts";

type BoardRowsProps = { choice: BoardChoice; rows: RowView[]; hasNext: boolean; today: Day; isLoading: boolean };

export function BoardRows({ choice, rows, hasNext, today, isLoading }: BoardRowsProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const { smDown } = useBreakpoints();
  const [kind, setKind] = useState<EntryKind | null>(null);
  const { selectedResources, handleSelectionChange, clearSelection } = useIndexResourceState(rows);
  const chosen = rows.filter(({ id }) => selectedResources.includes(id)).map(({ id }) => id); // who left the board meanwhile is chosen no longer
  const turnTo = (page: number) => navigate(address("/app/at-risk", toBoardParameters({ ...choice, page })));
  const parts = { rows, chosen, kinds: ENTRY_KINDS, onWish: setKind };
  return (
    <div aria-busy={isLoading} className={isLoading ? "regulars-stale" : ""}>
      {smDown ? <BoardCards {...parts} onToggle={(id, isChosen) => handleSelectionChange(IndexTableSelectionType.Single, isChosen, id)} /> : <BoardTable {...parts} onSelect={handleSelectionChange} />}
      {(choice.page > 1 || hasNext) && (
        <Box padding="300">
          <InlineStack align="center">
            <Pagination
              label={t("followups.board.page", { page: choice.page })} accessibilityLabel={t("followups.board.pages")} hasPrevious={choice.page > 1} hasNext={hasNext}
              onPrevious={() => turnTo(choice.page - 1)} onNext={() => turnTo(choice.page + 1)}
            />
          </InlineStack>
        </Box>
      )}
      <FollowupModal kind={kind} customerIds={chosen} today={today} onClose={() => setKind(null)} onDone={clearSelection} />
    </div>
  );
}
