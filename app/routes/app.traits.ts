// What customers began with, for whoever picks it. /app/traits?kind=product&q=sencha
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import { listTraitChoices } from "../capabilities/cohorts/cohorts.server.ts";
import { hasReadCollections } from "../capabilities/sync/sync.server.ts";
import { parseTraitKind } from "../ui/cohort-query.ts";
import type { FoundTraits } from "../ui/trait-search.ts";

const TEXT_MAX = 200;

export async function loader({ request }: LoaderFunctionArgs): Promise<FoundTraits> {
  const { shop } = await merchantFrom(request);
  const { searchParams } = new URL(request.url);
  const kind = parseTraitKind(searchParams.get("kind") ?? "");
  const text = searchParams.get("q")?.replaceAll("\0", "").trim().slice(0, TEXT_MAX) ?? "";
  if (kind === undefined) return { kind: null, choices: [], isRead: true };
  return { kind, choices: await listTraitChoices(shop.id, kind, text), isRead: kind !== "collection" || (await hasReadCollections(shop.id)) };
}
