// How a survey stands.
import { Badge } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { SurveyState } from "../../capabilities/surveys/model/survey.ts";

const TONES = { draft: "info", live: "success", paused: "attention", ended: undefined } as const;

export function StateBadge({ state }: { state: SurveyState }) {
  const { t } = useTranslation();
  const tone = TONES[state];
  return <Badge {...(tone !== undefined && { tone })}>{t(`surveys.states.${state}`)}</Badge>;
}
