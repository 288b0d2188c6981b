// Why something could not be read, in the merchant's language, with the place for whoever helps them.
import { useTranslation } from "react-i18next";
import type { Misreading } from "../../values/misreading.ts";

export function MisreadingText({ reason: { code, at } }: { reason: Misreading }) {
  const { t } = useTranslation();
  return (
    <>
      {t(`sync.misreadings.${code}`)}
      {at !== "" && <> <code className="regulars-reason">{at}</code></>}
    </>
  );
}
