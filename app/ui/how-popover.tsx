// "How is this computed?": the rules behind a figure, one click away.
import { BlockStack, Box, Button, List, Popover, Text } from "@shopify/polaris";
import { useId, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

/** Rules as a list, or whatever explains better. */
type HowPopoverProps = { title: string } & ({ rules: readonly string[] } | { children: ReactNode });

export function HowPopover({ title, ...explained }: HowPopoverProps) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const activator = <Button variant="plain" disclosure={isOpen ? "up" : "down"} accessibilityLabel={t("analytics.kpi.howOf", { name: title })} onClick={() => setOpen(!isOpen)}>{t("analytics.kpi.how")}</Button>;
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} autofocusTarget="container" ariaHaspopup="dialog" preferredAlignment="right" fluidContent>
      <Box padding="400" maxWidth="24rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h2" variant="headingSm" id={titleId}>{title}</Text>
            {"rules" in explained ? <List>{explained.rules.map((rule) => <List.Item key={rule}>{rule}</List.Item>)}</List> : explained.children}
            <Box><Button onClick={() => setOpen(false)}>{t("analytics.kpi.close")}</Button></Box>
          </BlockStack>
        </div>
      </Box>
    </Popover>
  );
}
