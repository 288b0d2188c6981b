// The programme's own actions, by the names other systems and Flows know them.
import { Badge, BlockStack, Button, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { useAddress } from "../../ui/address.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

type Action = Programme["custom"][number];
const COLUMNS = ["id", "name", "points", "limit", "state"] as const;

export function ActionsCard({ actions, hasProgramme }: { actions: readonly Action[]; hasProgramme: boolean }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">{t("loyalty.api.actions.title")}</Text>
        <Text as="p" tone="subdued">{t(actions.length === 0 ? "loyalty.api.actions.empty" : "loyalty.api.actions.body")}</Text>
        {actions.length > 0 && (
          <NamedTable name={t("loyalty.api.actions.title")} columns={COLUMNS.map((column) => t(`loyalty.api.actions.columns.${column}`))}>
            {actions.map((action) => <ActionRow key={action.id} action={action} />)}
          </NamedTable>
        )}
        <div><Button url={address(hasProgramme ? "/app/loyalty/programme" : "/app/loyalty/setup")}>{t("loyalty.api.actions.add")}</Button></div>
      </BlockStack>
    </Card>
  );
}

function ActionRow({ action: { id, title, points, limit, isOn } }: { action: Action }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const times = limit && count(limit.count);
  return (
    <tr>
      <th scope="row"><code>{id}</code></th>
      <td><span className="regulars-reason">{title}</span></td>
      <td>{count(points)}</td>
      <td>{limit === null ? t("loyalty.api.actions.noLimit") : limit.days === null ? t("loyalty.api.actions.limitEver", { times }) : t("loyalty.api.actions.limitDays", { times, count: limit.days })}</td>
      <td><Badge {...(isOn && { tone: "success" as const })}>{t(isOn ? "loyalty.api.actions.on" : "loyalty.api.actions.off")}</Badge></td>
    </tr>
  );
}
