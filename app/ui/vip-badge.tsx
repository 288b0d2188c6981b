// Says that somebody is a VIP, beside a stage that does not.
import { Badge } from "@shopify/polaris";
import { useTranslation } from "react-i18next";

export function VipBadge() {
  const { t } = useTranslation();
  return <Badge tone="magic">{t("profiles.stages.vip.name")}</Badge>;
}
