// Figures of a model: a few digits after the point, as the reader's language writes them.
import { useTranslation } from "react-i18next";

export function useDecimals(): (value: number, digits: number) => string {
  const { i18n } = useTranslation();
  return (value, digits) => new Intl.NumberFormat(i18n.language, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);
}
