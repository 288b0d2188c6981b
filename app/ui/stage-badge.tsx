// A customer's stage in one word, in the colour of its urgency.
import { Badge, type BadgeProps } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Stage } from "../capabilities/profiles/model.ts";

const TONES: Readonly<Partial<Record<Stage, NonNullable<BadgeProps["tone"]>>>> = { new: "info", active: "success", regular: "success", vip: "magic", slipping: "attention", at_risk: "warning", lapsed: "critical" };

export function StageBadge({ stage }: { stage: Stage }) {
  const { t } = useTranslation();
  const tone = TONES[stage];
  return <Badge {...(tone && { tone })}>{t(`profiles.stages.${stage}.name`)}</Badge>;
}
