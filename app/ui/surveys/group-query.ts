// Whose answers are shown, as the address says: `?language=ja` or `?segment=<id>`.
import { z } from "zod";
import type { AnswerGroup } from "../../capabilities/surveys/model/results.ts";

const LANGUAGE = /^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8}){0,3}$/;

/** What is neither is everyone. */
export function parseGroup(parameters: URLSearchParams): AnswerGroup {
  const language = parameters.get("language") ?? "";
  const segment = z.uuid().safeParse(parameters.get("segment"));
  if (segment.success) return { kind: "segment", segmentId: segment.data };
  return LANGUAGE.test(language) ? { kind: "language", language } : { kind: "everyone" };
}

/** The way back into the address. */
export function toGroupParameters(group: AnswerGroup): Record<string, string> {
  if (group.kind === "segment") return { segment: group.segmentId };
  return group.kind === "language" ? { language: group.language } : {};
}
