// Any address under /app that is no page, so that it fails inside the frame.
import type { LoaderFunctionArgs } from "@remix-run/node";
import { merchantFrom } from "../callers/merchant.server.ts";
import type { PageHandle } from "../ui/page-handle.ts";

export const handle: PageHandle = { titleKey: "frame.problem.missingTitle" };

export async function loader({ request }: LoaderFunctionArgs): Promise<never> {
  await merchantFrom(request);
  throw new Response(null, { status: 404 });
}

/** Never shown: its loader always throws. Without a page Remix would answer the bare Response. */
export default function Missing() {
  return null;
}
