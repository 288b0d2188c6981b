// How many people a survey can reach as it is saved, and when it will have enough answers. /app/surveys/{id}/reach
import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { merchantFrom } from "../callers/merchant.server.ts";
import type { Reach } from "../capabilities/surveys/model/results.ts";
import { estimateReach, findSurvey } from "../capabilities/surveys/surveys.server.ts";

export async function loader({ request, params }: LoaderFunctionArgs): Promise<{ reach: Reach }> {
  const { shop } = await merchantFrom(request);
  const id = z.uuid().safeParse(params["surveyId"]);
  const survey = id.success ? await findSurvey(shop.id, id.data) : null;
  if (survey === null) throw new Response(null, { status: 404 });
  return { reach: await estimateReach(shop, survey.definition, survey.id) };
}
