// Asks the app for whoever looks at one of Shopify's pages. A shopper's page says nothing about an app that does not answer, so no answer is null.

const PATIENCE_MS = 10_000; // longer than an answer takes on a bad day

/** The JSON of the answer, whatever its status. `token` says who asks; with a `body` it is told something. */
export async function askApp(path: string, { token, body }: { token: () => Promise<string>; body?: object }): Promise<unknown> {
  try {
    const headers = { Authorization: `Bearer ${await token()}` };
    const manner = body === undefined ? { headers } : { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
    // eslint-disable-next-line no-restricted-syntax -- Shopify's CLI writes the app's own address in its place when it bundles
    const answer = await fetch(`${process.env.APP_URL ?? ""}/account/${path}`, { ...manner, signal: AbortSignal.timeout(PATIENCE_MS) });
    const said: unknown = await answer.json();
    return said;
  } catch {
    return null;
  }
}

export type Fields = Partial<Record<string, unknown>>;
export const isSome = (value: unknown): boolean => typeof value === "object" && value !== null;
export const fieldsOf = (value: unknown): Fields => (typeof value === "object" ? { ...value } : {});
export const textOf = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);
export const countOf = (value: unknown): number => (typeof value === "number" ? value : 0);
