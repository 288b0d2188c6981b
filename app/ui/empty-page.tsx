// Nothing to show yet: says why, and what to do.
import { BlockStack, Box, Button, Card, Icon, Text } from "@shopify/polaris";
import type { IconSource } from "@shopify/polaris";

export function EmptyCard({ icon, heading, body, action }: { icon: IconSource; heading: string; body: string; action?: { content: string; url: string } }) {
  return (
    <Card>
      <Box paddingBlock="800">
        <BlockStack gap="400" inlineAlign="center" align="center">
          <span className="regulars-empty-icon" aria-hidden="true"><Icon source={icon} tone="subdued" /></span>
          <Text as="h2" variant="headingMd" alignment="center">{heading}</Text>
          <Box maxWidth="32rem"><Text as="p" alignment="center" tone="subdued">{body}</Text></Box>
          {action && <Button variant="primary" url={action.url}>{action.content}</Button>}
        </BlockStack>
      </Box>
    </Card>
  );
}
