// What a segment is called: ready-made ones by our words, others as their makers named them.
import type { TFunction } from "i18next";
import type { ReadyKey } from "../capabilities/segments/model.ts";

export const writeSegmentName = (t: TFunction, { readyKey, name }: { readyKey: ReadyKey | null; name: string }): string => (readyKey === null ? name : t(`segments.ready.${readyKey}.name`));
