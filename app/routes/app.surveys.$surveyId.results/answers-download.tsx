// Every answer as a file.
import { useTranslation } from "react-i18next";
import { DownloadButton } from "../../ui/download-button.tsx";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { ResultsView } from "./results-view.ts";

export function AnswersDownload({ view: { id, results: { everyone: { people } } } }: { view: ResultsView }) {
  const { t } = useTranslation();
  const { count } = useFormats();
  return <div><DownloadButton address={`/app/reports/survey_answers.csv?survey=${id}`} accessibilityLabel={t("surveys.results.answers.download", { count: people, answers: count(people) })}>{t("frame.downloadCsv")}</DownloadButton></div>;
}
