// "How is this computed?" for the columns that are forecasts.
import { BlockStack, Box, Button, Popover, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

const EXPLAINED = ["chance_90", "next_order", "stake"] as const;

export function HowList() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const activator = <Button variant="plain" disclosure={isOpen ? "up" : "down"} onClick={() => setOpen(!isOpen)}>{t("analytics.kpi.how")}</Button>;
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} autofocusTarget="container" ariaHaspopup="dialog" preferredAlignment="right" fluidContent>
      <Box padding="400" maxWidth="22rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h2" variant="headingSm" id={titleId}>{t("segments.list.title")}</Text>
            <dl className="regulars-remarks">
              {EXPLAINED.map((column) => (
                <div key={column}>
                  <dt>{t(`segments.list.columns.${column}`)}</dt>
                  <dd>{t(`segments.list.hints.${column}`)}</dd>
                </div>
              ))}
            </dl>
            <Box><Button onClick={() => setOpen(false)}>{t("analytics.kpi.close")}</Button></Box>
          </BlockStack>
        </div>
      </Box>
    </Popover>
  );
}
