// Rewards that need what a merchant has not allowed yet: asked for here, where it is plain what for.
import { Banner } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Reward } from "../../capabilities/loyalty/model/programme.ts";
import { scopesOf } from "../../capabilities/loyalty/rules/permissions.ts";

/** Nothing where nothing is missing. Shopify asks in a window of its own. */
export function PermissionBanner({ kind }: { kind: Reward["kind"] }) {
  const { t } = useTranslation();
  const [missing, setMissing] = useState<string[]>([]);
  useEffect(() => {
    let isGone = false;
    const needed = scopesOf(kind);
    if (needed.length > 0 && "shopify" in window) {
      void window.shopify.scopes.query().then(({ granted }) => {
        if (!isGone) setMissing(needed.filter((scope) => !granted.includes(scope)));
      });
    }
    return () => {
      isGone = true;
    };
  }, [kind]);
  if (missing.length === 0) return null;
  const ask = async (): Promise<void> => {
    const { result } = await window.shopify.scopes.request(missing);
    if (result === "granted-all") setMissing([]);
  };
  return <Banner tone="warning" title={t("loyalty.editor.rewards.permission.title")} action={{ content: t("loyalty.editor.rewards.permission.action"), onAction: () => void ask() }}><p>{t(kind === "gift_card" ? "loyalty.editor.rewards.permission.giftCard" : "loyalty.editor.rewards.permission.storeCredit")}</p></Banner>;
}
