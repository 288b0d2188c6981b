// What a message is about, in the merchant's language. A topic nobody asked for is shown as it came.
import { useTranslation } from "react-i18next";

export const TOPIC_KEYS = [
  "orders_create", "orders_updated", "orders_cancelled", "orders_edited", "orders_delete", "refunds_create",
  "customers_create", "customers_update", "customers_delete", "customers_merge", "customers_email_marketing_consent_update",
  "products_create", "products_update", "products_delete", "bulk_operations_finish", "shop_update", "app_scopes_update", "app_uninstalled",
  "customers_data_request", "customers_redact", "shop_redact",
] as const;

export function useTopicWords(): (topic: string) => string {
  const { t } = useTranslation();
  return (topic) => {
    const key = TOPIC_KEYS.find((known) => known === topic.replace("/", "_"));
    return key === undefined ? topic : t(`sync.topics.${key}`);
  };
}
