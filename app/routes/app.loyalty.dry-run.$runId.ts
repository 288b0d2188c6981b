// What the saved rules would do: a run is begun here, by the number its page made, and looked at until it is done.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { merchantFrom } from "../callers/merchant.server.ts";
import { dryRun } from "../capabilities/loyalty/jobs.server.ts";
import { readDryRun, startDryRun } from "../capabilities/loyalty/loyalty.server.ts";
import { enqueue } from "../platform/jobs.server.ts";
import type { ShownRun } from "../ui/loyalty/shown-run.ts";

export async function loader({ request, params }: LoaderFunctionArgs): Promise<ShownRun> {
  const { shop } = await merchantFrom(request);
  const run = await readDryRun(shop.id, idIn(params));
  if (run === null) throw new Response(null, { status: 404 });
  return { isDone: run.isDone, customersToDo: run.customersToDo, sums: run.sums, names: run.names };
}

export async function action({ request, params }: ActionFunctionArgs): Promise<{ ok: true }> {
  const { shop } = await merchantFrom(request);
  const id = idIn(params);
  await startDryRun(shop.id, id, { keptUntil: null });
  await enqueue(dryRun, { shopId: shop.id, id });
  return { ok: true };
}

function idIn(params: LoaderFunctionArgs["params"]): string {
  const read = z.uuid().safeParse(params["runId"]);
  if (!read.success) throw new Response(null, { status: 404 });
  return read.data;
}
