// "How is this computed?" for the cohort table.
import { BlockStack, Box, Button, List, Popover, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

const RULES = ["cohort", "cell", "average", "empty", "excluded"] as const;

export function HowCohorts() {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const activator = <Button variant="plain" disclosure={isOpen ? "up" : "down"} onClick={() => setOpen(!isOpen)}>{t("analytics.kpi.how")}</Button>;
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} autofocusTarget="container" ariaHaspopup="dialog" preferredAlignment="right" fluidContent>
      <Box padding="400" maxWidth="22rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h2" variant="headingSm" id={titleId}>{t("analytics.cohorts.title")}</Text>
            <List>{RULES.map((rule) => <List.Item key={rule}>{t(`analytics.cohorts.how.${rule}`)}</List.Item>)}</List>
            <Box><Button onClick={() => setOpen(false)}>{t("analytics.kpi.close")}</Button></Box>
          </BlockStack>
        </div>
      </Box>
    </Popover>
  );
}
