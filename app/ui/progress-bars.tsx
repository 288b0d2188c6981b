// The history on its way in: one bar over all, one per noun, the time left in words.
import { BlockStack, InlineStack, ProgressBar, Text } from "@shopify/polaris";
import { useId } from "react";
import { useTranslation } from "react-i18next";
import { useFormats } from "./shop-formats.tsx";
import type { PartProgress, SyncProgress } from "./sync-progress.ts";

export function ProgressBars({ progress }: { progress: SyncProgress }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const labelId = useId();
  const share = formats.shareShort(progress.percent / 100);
  const left = progress.secondsLeft === null ? t("sync.progress.timeUnknown") : t("sync.progress.timeLeft", { time: formats.duration(progress.secondsLeft) });
  const orders = t("sync.progress.orders", { count: progress.orderCount });
  return (
    <BlockStack gap="500">
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="baseline" gap="200">
          <Text as="h2" variant="headingMd" id={labelId}>{t("sync.progress.overall")}</Text>
          <Text as="span" tone="subdued" numeric>{t("sync.progress.done", { share })} · {left}</Text>
        </InlineStack>
        <ProgressBar progress={progress.percent} size="medium" ariaLabelledBy={labelId} />
        <Text as="p" variant="headingLg" numeric>{orders}</Text>
      </BlockStack>
      <BlockStack gap="400">
        {progress.parts.map((part) => <PartBar key={part.noun} part={part} />)}
      </BlockStack>
      <div aria-live="polite">
        <Text as="p" visuallyHidden>{t("sync.progress.done", { share: formats.shareShort(toStep(progress.percent)) })}</Text>
      </div>
    </BlockStack>
  );
}

// A screen reader is told at each tenth, not at each bar movement.
const STEP_PERCENT = 10;
const toStep = (percent: number): number => Math.floor(percent / STEP_PERCENT) * (STEP_PERCENT / 100);

function PartBar({ part }: { part: PartProgress }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const labelId = useId();
  return (
    <BlockStack gap="100">
      <InlineStack align="space-between" blockAlign="baseline" gap="200">
        <Text as="h3" variant="bodyMd" id={labelId}>{t("sync.progress.bar", { noun: t(`sync.nouns.${part.noun}`) })}</Text>
        <Text as="span" tone="subdued" numeric>{wordsOf(part)}</Text>
      </InlineStack>
      <ProgressBar progress={part.percent} size="small" tone={part.state === "failed" ? "critical" : "highlight"} ariaLabelledBy={labelId} />
    </BlockStack>
  );

  function wordsOf({ state, gatheredCount, doneCount, expectedCount }: PartProgress): string {
    if (state === "asked" && gatheredCount > 0 && expectedCount !== null) return t("sync.progress.gathered", { done: formats.count(gatheredCount), expected: formats.count(expectedCount) });
    if (state === "waiting" || state === "asked" || state === "failed") return t(`sync.progress.${state}`);
    const done = formats.count(doneCount);
    if (state === "done") return `${t("sync.progress.finished")} · ${done}`;
    return expectedCount === null ? t("sync.progress.soFar", { done }) : t("sync.progress.of", { done, expected: formats.count(expectedCount) });
  }
}
