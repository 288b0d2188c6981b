// Customers behind an answer, a page at a time, the newest first; of a group only where one is named. /app/surveys/{id}/people?key=promoter&page=1&language=ja
import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { merchantFrom } from "../callers/merchant.server.ts";
import { ANSWERED, PEOPLE_PER_PAGE, SILENT } from "../capabilities/surveys/model/results.ts";
import { keysOf, optionsOf } from "../capabilities/surveys/rules/answers.ts";
import { findSurvey, listPeople } from "../capabilities/surveys/surveys.server.ts";
import { parsePage } from "../ui/page-number.ts";
import { parseGroup } from "../ui/surveys/group-query.ts";

export async function loader({ request, params }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const id = z.uuid().safeParse(params["surveyId"]);
  const survey = id.success ? await findSurvey(shop.id, id.data) : null;
  const key = searchParams.get("key") ?? "";
  if (survey === null || ![...keysOf(survey.definition.question), ...optionsOf(survey.definition.question), ANSWERED, SILENT].includes(key)) throw new Response(null, { status: 404 });
  const page = parsePage(searchParams);
  const people = await listPeople(shop.id, survey, { key, group: parseGroup(searchParams) }, page - 1);
  return {
    key, page, hasNext: people.length === PEOPLE_PER_PAGE,
    people: people.map(({ customerId, name, answeredAt, choices, text }) => ({ id: String(customerId), name, at: answeredAt.toISOString(), choices, text })),
  };
}
