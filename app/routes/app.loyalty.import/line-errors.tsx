// What is wrong with a file, line by line: these lines are left out, the others are taken over.
import { BlockStack, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { LineError } from "../../capabilities/loyalty/model/imports.ts";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";

export function LineErrors({ errors, errorCount }: { errors: readonly LineError[]; errorCount: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [line, field, fault, text] = [t("loyalty.import.errors.line"), t("loyalty.import.errors.field"), t("loyalty.import.errors.fault"), t("loyalty.import.errors.text")];
  return (
    <BlockStack gap="200">
      <Text as="p">{t("loyalty.import.errors.body", { count: errorCount })}</Text>
      <NamedTable name={t("loyalty.import.errors.caption")} className="regulars-stacked" columns={[line, field, fault, text]}>
        {errors.map((error) => (
          <tr key={`${error.line} ${error.field}`}>
            <th scope="row">{t("loyalty.import.errors.at", { line: formats.count(error.line) })}</th>
            <td data-label={field}>{t(`loyalty.import.fields.${error.field}`)}</td>
            <td data-label={fault}>{t(`loyalty.import.lineFaults.${error.fault}`, { line: formats.count(error.otherLine ?? 0) })}</td>
            <td data-label={text}><span className="regulars-reason">{error.text || "–"}</span></td>
          </tr>
        ))}
      </NamedTable>
      {errorCount > errors.length && <Text as="p" tone="subdued">{t("loyalty.import.errors.more", { count: errorCount - errors.length })}</Text>}
    </BlockStack>
  );
}
