// Addresses inside the app that keep the reader's language.
import { useTranslation } from "react-i18next";

/** `/app/cohorts` becomes `/app/cohorts?locale=ja`: a page that is loaded anew must not fall back to the browser's language. */
export function useAddress(): (path: string, parameters?: Record<string, string> | [string, string][]) => string {
  const { i18n } = useTranslation();
  return (path, parameters = {}) => {
    const query = new URLSearchParams(parameters);
    query.set("locale", i18n.language);
    return `${path}?${query.toString()}`;
  };
}
