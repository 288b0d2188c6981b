// Rules of which there may be many: each in a frame of its own, with a way to take it away, and one to add another.
import { BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { DeleteIcon, PlusIcon } from "@shopify/polaris-icons";
import type { ReactNode } from "react";

type FramedProps = { title: string; /** for what is described by it */ titleId?: string; /** left out: it stays */ removeLabel?: string; onRemove?: () => void; action?: ReactNode; children: ReactNode };

export function Framed({ title, titleId, removeLabel, onRemove, action, children }: FramedProps) {
  return (
    <div className="regulars-framed">
      <BlockStack gap="300">
        <div className="regulars-framed-head">
          <Text as="h4" variant="headingSm" {...(titleId !== undefined && { id: titleId })}>{title}</Text>
          <InlineStack gap="200" wrap={false} blockAlign="center">
            {action}
            {removeLabel !== undefined && onRemove && <Button icon={DeleteIcon} variant="tertiary" accessibilityLabel={removeLabel} onClick={onRemove} />}
          </InlineStack>
        </div>
        {children}
      </BlockStack>
    </div>
  );
}

export const AddButton = ({ label, onAdd }: { label: string; onAdd: () => void }) => <div><Button icon={PlusIcon} onClick={onAdd}>{label}</Button></div>;

export function Section({ title, body, children }: { title: string; body?: string; children: ReactNode }) {
  return (
    <BlockStack gap="300">
      <BlockStack gap="100">
        <Text as="h3" variant="headingSm">{title}</Text>
        {body !== undefined && <Text as="p" tone="subdued">{body}</Text>}
      </BlockStack>
      {children}
    </BlockStack>
  );
}
