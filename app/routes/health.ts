// For load balancers and launchers: may this process be sent work, and which version is it?
import { version } from "../../package.json";
import { isDatabaseWell } from "../platform/health.server.ts";

export async function loader(): Promise<Response> {
  const ok = await isDatabaseWell();
  return Response.json({ ok, version }, { status: ok ? 200 : 503, headers: { "Cache-Control": "no-store" } });
}
