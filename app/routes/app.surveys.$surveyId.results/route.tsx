// What came of a survey: how many said what, what people did next, what they wrote, and what it cost them to be asked.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData, type ShouldRevalidateFunction } from "@remix-run/react";
import { z } from "zod";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { listSegments } from "../../capabilities/segments/segments.server.ts";
import { estimateReach, findSurvey, readOutcomes, readResults, saveNote } from "../../capabilities/surveys/surveys.server.ts";
import type { PageHandle } from "../../ui/page-handle.ts";
import { ResultsPage } from "./results-page.tsx";
import { parseGroup } from "../../ui/surveys/group-query.ts";
import { toResultsView } from "./results-view.ts";
import { parseNote, type ResultsAnswer } from "./results-wish.ts";

export const handle: PageHandle = { titleKey: "surveys.results.title" };

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const survey = await findSurvey(shop.id, idIn(params));
  if (survey === null) throw new Response(null, { status: 404 });
  const group = parseGroup(new URL(request.url).searchParams);
  const [results, outcomes, reach, segments] = await Promise.all([
    readResults(shop.id, survey, group), readOutcomes(shop.id, survey), survey.state === "live" ? estimateReach(shop, survey.definition, survey.id) : null, listSegments(shop.id),
  ]);
  return toResultsView({ survey, results, outcomes, reach, group, segments });
}

/** A tag on a text moves no figure. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ formAction, defaultShouldRevalidate }) => defaultShouldRevalidate && !(formAction ?? "").includes("/texts");

export async function action({ request, params }: ActionFunctionArgs): Promise<ResultsAnswer> {
  const { shop } = await merchantFrom(request);
  const note = parseNote(await request.formData());
  const answer = await saveNote(shop.id, idIn(params), note);
  return answer.ok ? { ok: true, isKept: note !== null } : answer;
}

function idIn(params: LoaderFunctionArgs["params"]): string {
  const read = z.uuid().safeParse(params["surveyId"]);
  if (!read.success) throw new Response(null, { status: 404 });
  return read.data;
}

export default function SurveyResults() {
  const view = useLoaderData<typeof loader>();
  return <ResultsPage key={view.id} view={view} />;
}
