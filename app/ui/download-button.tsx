// A file that needs a session token: a plain link out of the iframe would carry none.
import { Button, InlineError } from "@shopify/polaris";
import { ImportIcon } from "@shopify/polaris-icons";
import { useId, useState } from "react";
import { useTranslation } from "react-i18next";

type DownloadButtonProps = {
  address: string;
  children: string;
  method?: "GET" | "POST";
  variant?: "primary" | "plain";
  accessibilityLabel?: string;
  onDone?: () => void;
};

export function DownloadButton({ address, children, method = "GET", variant, accessibilityLabel, onDone }: DownloadButtonProps) {
  const { t } = useTranslation();
  const [state, setState] = useState<"idle" | "loading" | "failed">("idle");
  const errorId = useId();
  const download = async (): Promise<void> => {
    setState("loading");
    try {
      await saveFile(address, method);
      setState("idle");
      onDone?.();
    } catch {
      setState("failed");
    }
  };
  return (
    <>
      <Button
        icon={ImportIcon}
        loading={state === "loading"}
        onClick={download}
        {...(variant && { variant })}
        {...(accessibilityLabel !== undefined && { accessibilityLabel })}
        {...(state === "failed" && { ariaDescribedBy: errorId })}
      >
        {children}
      </Button>
      {state === "failed" && <InlineError message={t("frame.downloadFailed")} fieldID={errorId} />}
    </>
  );
}

async function saveFile(address: string, method: "GET" | "POST"): Promise<void> {
  const answer = await fetch(address, { method }); // App Bridge adds the session token
  if (!answer.ok) throw new Error(`answered ${answer.status}`);
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement("a");
  link.href = url;
  link.download = fileNameOf(answer.headers.get("content-disposition"));
  link.click();
  // The browser reads the file after the click returns.
  setTimeout(() => URL.revokeObjectURL(url), KEEP_FILE_MS);
}

const KEEP_FILE_MS = 60_000;

const fileNameOf = (disposition: string | null): string => /filename="([^"]+)"/.exec(disposition ?? "")?.[1] ?? "regulars";
