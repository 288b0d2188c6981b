// Which part of the board to see: who waits, who was seen to, who is put aside; one stage; VIPs; who answered.
import { useNavigate } from "@remix-run/react";
import { Button, ButtonGroup, Checkbox, InlineStack, Select } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { STANDINGS } from "../../capabilities/followups/model.ts";
import { LEAVING_STAGES } from "../../capabilities/profiles/model.ts";
import { useAddress } from "../../ui/address.ts";
import { toBoardParameters, type BoardChoice } from "../../ui/board-query.ts";

export function BoardControls({ choice }: { choice: BoardChoice }) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const address = useAddress();
  const addressOf = (change: Partial<BoardChoice>) => address("/app/at-risk", toBoardParameters({ ...choice, page: 1, ...change }));
  const show = (change: Partial<BoardChoice>) => navigate(addressOf(change), { preventScrollReset: true });
  return (
    <InlineStack gap="400" blockAlign="center">
      <div role="group" aria-label={t("followups.board.standing")}>
        <ButtonGroup variant="segmented">
          {STANDINGS.map((standing) => <Button key={standing} pressed={standing === choice.standing} onClick={() => show({ standing })}>{t(`followups.board.standings.${standing}`)}</Button>)}
        </ButtonGroup>
      </div>
      <Select
        label={t("followups.board.stage")} labelInline
        options={[{ value: "", label: t("followups.board.allStages") }, ...LEAVING_STAGES.map((value) => ({ value, label: t(`profiles.stages.${value}.name`) }))]}
        value={choice.stage ?? ""}
        onChange={(value) => show({ stage: LEAVING_STAGES.find((known) => known === value) ?? null })}
      />
      <Checkbox label={t("followups.board.vipOnly")} checked={choice.isVipOnly} onChange={(isVipOnly) => show({ isVipOnly })} />
      <Checkbox label={t("followups.board.taskOnly")} checked={choice.hasTask} onChange={(hasTask) => show({ hasTask })} />
    </InlineStack>
  );
}
