// Whom the rule would choose now: how many, what they are worth, and the first few, a moment after each change.
import { BlockStack, Card, Link, Spinner, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
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
  const { preview, isAsking, isFailed } = usePreview(rule === null ? null : JSON.stringify(rule));
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">{t("segments.builder.preview.title")}</Text>
          {isAsking && <Spinner size="small" accessibilityLabel={t("segments.builder.preview.asking")} />}
        </InlineStack>
        <div className={preview !== null && (rule === null || isAsking || isFailed) ? "regulars-stale" : ""}>
          {preview?.ok === true ? <Found preview={preview} /> : !isFailed && <Text as="p" tone="subdued">{t(rule === null ? "segments.builder.preview.none" : "segments.builder.preview.asking")}</Text>}
        </div>
        {isFailed && <Text as="p"><span role="status">{t("segments.builder.preview.failed")}</span></Text>}
      </BlockStack>
    </Card>
  );
}

/** Asked without Remix: the answer to a fetcher's action would end whatever the page is loading at that time, and leave it with what it knew before. */
function usePreview(said: string | null) {
  const [asked, setAsked] = useState<{ preview: RulePreview | null; isAsking: boolean; isFailed: boolean }>({ preview: null, isAsking: false, isFailed: false });
  useEffect(() => {
    if (said === null) return;
    const stop = new AbortController();
    const ask = async (): Promise<void> => {
      setAsked((before) => ({ ...before, isAsking: true }));
      try {
        const preview = await askPreview(said, stop.signal);
        setAsked({ preview, isAsking: false, isFailed: false });
      } catch {
        setAsked((before) => ({ ...before, isAsking: false, isFailed: !stop.signal.aborted })); // the next change asks again
      }
    };
    const timer = setTimeout(() => void ask(), PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [said]);
  return asked;
}

async function askPreview(rule: string, signal: AbortSignal): Promise<RulePreview> {
  const answer = await fetch(PREVIEW_PATH, { method: "POST", body: new URLSearchParams({ rule }), signal }); // App Bridge adds the session token
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  return await answer.json() as RulePreview; // what our own route says
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
