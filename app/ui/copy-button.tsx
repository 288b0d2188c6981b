// A text into the clipboard, with a word about whether it is there.
import { Button } from "@shopify/polaris";
import { ClipboardIcon } from "@shopify/polaris-icons";
import { useTranslation } from "react-i18next";
import { showToast } from "./toast.ts";

export function CopyButton({ text, label }: { text: string; label: string }) {
  const { t } = useTranslation();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      showToast(t("frame.copied"));
    } catch {
      showToast(t("frame.notCopied")); // the browser, or the Admin around us, does not allow it
    }
  };
  return <Button icon={ClipboardIcon} onClick={copy}>{label}</Button>;
}
