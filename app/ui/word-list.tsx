// Words collected one at a time: a comma of any script, the Enter key or leaving the field takes what was typed.
import { BlockStack, InlineStack, Tag, TextField, type TextFieldProps } from "@shopify/polaris";
import { useState, type KeyboardEvent } from "react";

const COMMA = /[,、，]/u;

type WordListProps = Pick<TextFieldProps, "label" | "labelHidden" | "helpText" | "placeholder"> & { words: readonly string[]; error?: string | undefined; onChange: (words: string[]) => void };

export function WordList({ words, error, onChange, ...field }: WordListProps) {
  const [typed, setTyped] = useState("");
  const take = (text: string): void => {
    const added = text.split(COMMA).map((word) => word.trim()).filter((word) => word !== "");
    if (added.length > 0) onChange([...new Set([...words, ...added])]);
    setTyped("");
  };
  const takeOnEnter = (event: KeyboardEvent): void => {
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return; // Enter also ends a Japanese word
    event.preventDefault();
    take(typed);
  };
  return (
    <BlockStack gap="200">
      {/* Enter is heard here: Polaris' field does not tell of keys. */}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div onKeyDown={takeOnEnter}>
        <TextField {...field} autoComplete="off" value={typed} onChange={(text) => (COMMA.test(text) ? take(text) : setTyped(text))} onBlur={() => take(typed)} {...(error !== undefined && { error })} />
      </div>
      {words.length > 0 && <InlineStack gap="100">{words.map((word) => <Tag key={word} onRemove={() => onChange(words.filter((one) => one !== word))}>{word}</Tag>)}</InlineStack>}
    </BlockStack>
  );
}
