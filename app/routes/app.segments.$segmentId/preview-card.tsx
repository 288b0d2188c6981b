// Whom the rule would choose now: how many, what they are worth, and the first few, a moment after each change.
import { useFetcher } from "@remix-run/react";
import { BlockStack, Card, Link, Spinner, InlineStack, Text } from "@shopify/polaris";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";
import type { Rule } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { Facts } from "../../ui/facts.tsx";
import { PREVIEW_PATH, type RulePreview } from "../../ui/rule-preview.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { StageBadge } from "../../ui/stage-badge.tsx";

const PAUSE_MS = 400; // between keys nobody wants an answer

/** `rule` null: it is not finished, and the last answer stays, dimmed. */
export function PreviewCard({ rule }: { rule: Rule | null }) {
  const { t } = useTranslation();
  const fetcher = useFetcher<RulePreview>();
  const said = rule === null ? null : JSON.stringify(rule);
  useAsking(said, (text) => fetcher.submit({ rule: text }, { method: "post", action: PREVIEW_PATH }));
  const isAsking = fetcher.state !== "idle";
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("segments.builder.preview.title")}</Text>
          {isAsking && <Spinner size="small" accessibilityLabel={t("segments.builder.preview.asking")} />}
        </InlineStack>
        <div className={fetcher.data !== undefined && (rule === null || isAsking) ? "regulars-stale" : ""}>
          {fetcher.data?.ok === true ? <Found preview={fetcher.data} /> : <Text as="p" tone="subdued">{t(rule === null ? "segments.builder.preview.none" : "segments.builder.preview.asking")}</Text>}
        </div>
      </BlockStack>
    </Card>
  );
}

function useAsking(said: string | null, ask: (said: string) => void): void {
  useEffect(() => {
    if (said === null) return;
    const timer = setTimeout(() => ask(said), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [said]); // eslint-disable-line react-hooks/exhaustive-deps -- a new rule is asked about, not a page drawn again
}

function Found({ preview: { customers, revenueMinor, stakeMinor, sample } }: { preview: RulePreview & { ok: true } }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const address = useAddress();
  const facts = [[t("segments.page.spent"), formats.money(revenueMinor)], [t("segments.page.stake"), formats.money(stakeMinor)]] as const;
  return (
    <BlockStack gap="300">
      <p role="status"><Text as="span" variant="headingLg">{t("segments.builder.preview.customers", { count: customers })}</Text></p>
      {customers > 0 && (
        <Facts facts={facts} />
      )}
      {sample.length > 0 && (
        <BlockStack gap="200">
          <Text as="h3" variant="headingSm">{t("segments.builder.preview.sample")}</Text>
          <ul className="regulars-sample">
            {sample.map(({ id, name, stage }) => (
              <li key={id}>
                <Link url={address(`/app/customers/${id}`)} target="_self">{name || t("segments.builder.unnamed", { id })}</Link>
                <StageBadge stage={stage} />
              </li>
            ))}
          </ul>
        </BlockStack>
      )}
    </BlockStack>
  );
}
