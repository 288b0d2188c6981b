// What people said by the language of the page they were asked on.
import { BlockStack, Card, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { NamedTable } from "../../ui/named-table.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import { useLanguageNames } from "./language-names.ts";
import type { ResultsView } from "./results-view.ts";
import { useKeyFigure } from "./score-words.ts";

export function LanguagesCard({ question, languages }: { question: ResultsView["question"]; languages: ResultsView["results"]["languages"] }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  const keyFigureOf = useKeyFigure(question);
  const nameLanguage = useLanguageNames();
  const figures = languages.map(({ language, table }) => ({ language, people: table.people, figure: keyFigureOf(table) }));
  const columns = [t("surveys.results.languages.language"), t("surveys.results.summary.answers"), ...new Set(figures.flatMap(({ figure }) => (figure === null ? [] : [figure.name])))];
  const [, answers = "", named = ""] = columns;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">{t("surveys.results.languages.title")}</Text>
        <NamedTable name={t("surveys.results.languages.title")} className="regulars-stacked" columns={columns}>
          {figures.map(({ language, people, figure }) => (
            <tr key={language}>
              <th scope="row">{nameLanguage(language)}</th>
              <td data-label={answers}>{count(people)}</td>
              {figure !== null && <td data-label={named}><span>{figure.value}<br /><Text as="span" tone="subdued" variant="bodySm">{t("surveys.results.likely", { range: figure.range })}</Text></span></td>}
            </tr>
          ))}
        </NamedTable>
      </BlockStack>
    </Card>
  );
}
