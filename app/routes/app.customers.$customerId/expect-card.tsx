// What to expect of the customer, each figure with the rule behind it one click away; where the past allows no figure, that is said.
import { BlockStack, Box, Button, Card, InlineStack, Popover, Text } from "@shopify/polaris";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";
import type { Method } from "../../capabilities/forecasts/model.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { Portrait } from "./customer-view.ts";

export function ExpectCard({ portrait }: { portrait: Portrait }) {
  const { t } = useTranslation();
  const figures = useFigures(portrait);
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">{t("profiles.customer.expect.title")}</Text>
          <HowExpected method={portrait.method} />
        </InlineStack>
        {portrait.lastOrderOn === null ? <Text as="p">{t("profiles.customer.expect.noOrder")}</Text> : (
          <>
            {portrait.method === "none" && <Text as="p">{t("profiles.customer.expect.abstains")}</Text>}
            <dl className="regulars-facts">
              {figures.map(({ name, value, range }) => (
                <div key={name}>
                  <dt>{t(`profiles.customer.expect.figures.${name}`)}</dt>
                  <dd>{value ?? <Text as="span" tone="subdued" fontWeight="regular">{t("profiles.customer.expect.unknown")}</Text>}</dd>
                  {range !== undefined && <dd><Text as="span" tone="subdued" variant="bodySm" fontWeight="regular">{range}</Text></dd>}
                </div>
              ))}
            </dl>
          </>
        )}
      </BlockStack>
    </Card>
  );
}

type Figure = { name: "chance30" | "chance60" | "chance90" | "orders" | "value" | "nextOrder" | "overdue" | "stake"; /** null: nothing can be said */ value: string | null; range?: string };

function useFigures(portrait: Portrait): Figure[] {
  const { t } = useTranslation();
  const formats = useFormats();
  const share = (value: number | null) => (value === null ? null : formats.shareShort(value));
  const { expectedOrders365, ordersLow365, ordersHigh365, expectedValue365Minor, valueLow365Minor, valueHigh365Minor, nextOrderOn, overdueDays } = portrait;
  return [
    { name: "chance30", value: share(portrait.chance30) },
    { name: "chance60", value: share(portrait.chance60) },
    { name: "chance90", value: share(portrait.chance90) },
    {
      name: "orders", value: expectedOrders365 === null ? null : t("profiles.customer.expect.orders", { orders: expectedOrders365 }),
      ...(ordersLow365 !== null && ordersHigh365 !== null && { range: t("profiles.customer.expect.range", { from: formats.count(ordersLow365), to: formats.count(ordersHigh365) }) }),
    },
    {
      name: "value", value: expectedValue365Minor === null ? null : formats.money(expectedValue365Minor),
      ...(valueLow365Minor !== null && valueHigh365Minor !== null && { range: t("profiles.customer.expect.range", { from: formats.money(valueLow365Minor), to: formats.money(valueHigh365Minor) }) }),
    },
    { name: "nextOrder", value: nextOrderOn === null ? null : formats.day(nextOrderOn) },
    { name: "overdue", value: nextOrderOn === null ? null : overdueDays === 0 ? t("profiles.customer.expect.onTime") : t("profiles.customer.expect.days", { count: overdueDays }) },
    { name: "stake", value: formats.money(portrait.stakeMinor) },
  ];
}

const RULES = ["chance", "orders", "value", "nextOrder", "stake"] as const;

function HowExpected({ method }: { method: Method }) {
  const { t } = useTranslation();
  const [isOpen, setOpen] = useState(false);
  const titleId = useId();
  const activator = <Button variant="plain" disclosure={isOpen ? "up" : "down"} onClick={() => setOpen(!isOpen)}>{t("analytics.kpi.how")}</Button>;
  const ruleOf = (rule: (typeof RULES)[number]) => rule === "nextOrder" ? t("profiles.customer.expect.how.nextOrder") : t(`profiles.customer.expect.how.${method}.${rule}`);
  return (
    <Popover active={isOpen} activator={activator} onClose={() => setOpen(false)} autofocusTarget="container" ariaHaspopup="dialog" preferredAlignment="right" fluidContent>
      <Box padding="400" maxWidth="24rem">
        <div role="dialog" aria-labelledby={titleId}>
          <BlockStack gap="300">
            <Text as="h3" variant="headingSm" id={titleId}>{t("profiles.customer.expect.title")}</Text>
            <Text as="p">{t(`profiles.customer.expect.how.${method}.method`)}</Text>
            <dl className="regulars-remarks">
              {RULES.map((rule) => (
                <div key={rule}>
                  <dt>{t(`profiles.customer.expect.how.titles.${rule}`)}</dt>
                  <dd>{ruleOf(rule)}</dd>
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
