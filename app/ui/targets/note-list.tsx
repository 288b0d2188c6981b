// Notes on the time axis as a list, each a way to change it, with a way to add one.
import { Badge, BlockStack, Button, InlineStack, Text } from "@shopify/polaris";
import { PlusIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useTranslation } from "react-i18next";
import type { Annotation } from "../../capabilities/targets/model.ts";
import type { Day } from "../../values/day.ts";
import { useFormats } from "../shop-formats.tsx";
import { NoteModal } from "./note-modal.tsx";
import "./targets.css";

export function NoteList({ notes, today, max = Infinity }: { notes: readonly Annotation[]; today: Day; /** shown at once */ max?: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [opened, setOpened] = useState<{ note: Annotation | null } | null>(null);
  const [isLong, setLong] = useState(false);
  const shown = isLong ? notes : notes.slice(0, max);
  return (
    <BlockStack gap="300">
      {shown.length > 0 && (
        <ul className="target-notes" aria-label={t("targets.note.list")}>
          {shown.map((note) => (
            <li key={note.id}>
              <Badge>{t(`targets.kinds.${note.kind}`)}</Badge>
              <Text as="span">{note.text}</Text>
              <Text as="span" tone="subdued">{formats.range(note)}</Text>
              <Button variant="plain" accessibilityLabel={t("targets.note.changeOf", { text: note.text })} onClick={() => setOpened({ note })}>{t("targets.note.edit")}</Button>
            </li>
          ))}
        </ul>
      )}
      <InlineStack gap="300">
        <Button icon={PlusIcon} onClick={() => setOpened({ note: null })}>{t("targets.note.add")}</Button>
        {shown.length < notes.length && <Button variant="plain" onClick={() => setLong(true)}>{t("targets.note.more", { count: notes.length - shown.length })}</Button>}
      </InlineStack>
      {opened && <NoteModal note={opened.note} today={today} onClose={() => setOpened(null)} />}
    </BlockStack>
  );
}
