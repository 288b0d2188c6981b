import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { askAt, gapAfter, ShopifyMisunderstanding, ShopifyRefused, ShopifyUnreachable, type Endpoint } from "./admin.server.ts";

type Answer = { status?: number; headers?: Record<string, string>; body?: unknown; isCut?: boolean };
const shopAnswer: Answer = { body: { data: { shop: { name: "Demo" } } } };
const throttled = (requested: number, available: number): Answer => ({
  body: {
    errors: [{ message: "Throttled", extensions: { code: "THROTTLED" } }],
    extensions: {
      cost: { requestedQueryCost: requested, actualQueryCost: null, throttleStatus: { maximumAvailable: 2000, currentlyAvailable: available, restoreRate: 100 } },
    },
  },
});

let answers: Answer[] = [];
let seen: { token: string | undefined; body: string }[] = [];
let waits: number[] = [];
let renewals: string[] = [];
let endpoint: Endpoint;

const server = createServer((request, response) => void answer(request, response));
async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const sent = await text(request);
  const token = request.headers["x-shopify-access-token"];
  seen.push({ token: Array.isArray(token) ? token[0] : token, body: sent });
  const next = answers.length > 1 ? answers.shift() : answers[0]; // the last one is given for ever
  if (next === undefined || next.isCut === true) return void response.destroy();
  const body = typeof next.body === "string" ? next.body : JSON.stringify(next.body ?? {});
  response.writeHead(next.status ?? 200, { "content-type": "application/json", ...next.headers }).end(body);
}

beforeEach(async () => {
  [answers, seen, waits, renewals] = [[], [], [], []];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  endpoint = {
    url: `http://127.0.0.1:${port}/graphql.json`,
    readToken: () => Promise.resolve("first"),
    renewToken: (refused) => {
      renewals.push(refused);
      return Promise.resolve("second");
    },
    wait: (milliseconds) => {
      waits.push(milliseconds);
      return Promise.resolve();
    },
    roll: () => 0.5,
  };
});

afterEach(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

const schema = z.object({ shop: z.object({ name: z.string() }) });
const ask = () => askAt(endpoint, { document: "{ shop { name } }", variables: { first: 1 }, schema });

test("a call carries the token and answers what the schema says", async () => {
  answers = [shopAnswer];
  expect(await ask()).toEqual({ shop: { name: "Demo" } });
  expect(seen).toEqual([{ token: "first", body: JSON.stringify({ query: "{ shop { name } }", variables: { first: 1 } }) }]);
});

describe("throttled", () => {
  test("it waits until the bucket holds enough, and at least a second", async () => {
    answers = [throttled(750, 250), throttled(10, 5), shopAnswer];
    await ask();
    expect(waits).toEqual([5000, 1000]);
  });

  test("Retry-After is in seconds, and no answer makes us wait for an hour", async () => {
    answers = [{ status: 429, headers: { "retry-after": "2.5" } }, { status: 429, headers: { "retry-after": "3600" } }, { status: 429 }, shopAnswer];
    await ask();
    expect(waits).toEqual([2500, 60_000, 1000]);
  });

  test("it does not wait for ever", async () => {
    answers = [throttled(100, 0)];
    await expect(ask()).rejects.toThrow(ShopifyUnreachable);
    expect(waits.length).toBeLessThanOrEqual(30);
  });
});

describe("an outage", () => {
  test("is asked again after growing gaps, whatever shape it has", async () => {
    const broken = { body: { errors: [{ message: "oops", extensions: { code: "INTERNAL_SERVER_ERROR" } }] } };
    answers = [{ status: 503 }, { isCut: true }, { body: "<html>bad gateway</html>" }, broken, shopAnswer];
    expect(await ask()).toEqual({ shop: { name: "Demo" } });
    expect(waits).toEqual([750, 1500, 3000, 6000]);
  });

  test("ends in an error that another try may heal", async () => {
    answers = [{ status: 500 }];
    await expect(ask()).rejects.toThrow(ShopifyUnreachable);
    expect(seen).toHaveLength(7);
  });

  test("gaps are bounded and never the same for all", () => {
    expect([gapAfter(1, 0), gapAfter(1, 1), gapAfter(40, 1)]).toEqual([500, 1000, 15_000]);
  });
});

describe("a token", () => {
  test("that is void is renewed once, and the call repeated", async () => {
    answers = [{ status: 401 }, shopAnswer];
    await ask();
    expect(seen.map(({ token }) => token)).toEqual(["first", "second"]);
    expect(renewals).toEqual(["first"]);
  });

  test("that cannot be had for a moment is asked for again", async () => {
    answers = [shopAnswer];
    let isDown = true;
    const { readToken } = endpoint;
    endpoint.readToken = () => {
      if (!isDown) return readToken();
      isDown = false;
      return Promise.reject(new ShopifyUnreachable("token endpoint"));
    };
    expect(await ask()).toEqual({ shop: { name: "Demo" } });
    expect(waits).toEqual([750]);
  });

  test("that stays void is a refusal", async () => {
    answers = [{ status: 401 }];
    await expect(ask()).rejects.toMatchObject({ name: "ShopifyRefused", reason: "token" });
    expect(seen).toHaveLength(2);
  });
});

test("a scope the merchant did not grant is refused at once", async () => {
  answers = [{ body: { data: { orders: null }, errors: [{ message: "Access denied for orders field.", path: ["orders"], extensions: { code: "ACCESS_DENIED" } }] } }];
  const failure = await ask().catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: "ShopifyRefused", reason: "scope" });
  expect(String(failure)).toContain("orders");
  expect(seen).toHaveLength(1);
});

test("a closed shop is refused at once", async () => {
  answers = [{ status: 402 }];
  await expect(ask()).rejects.toThrow(ShopifyRefused);
  expect(seen).toHaveLength(1);
});

test("what we asked or understood wrongly is a bug, told without the answer", async () => {
  answers = [
    { body: { errors: [{ message: "Field 'nam' doesn't exist, secret", path: ["shop"], extensions: { code: "undefinedField" } }] } },
    { body: { data: { shop: { name: { secret: "secret" } } } } },
  ];
  for (const expected of [/undefinedField/, /shop\.name/]) {
    const failure = await ask().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ShopifyMisunderstanding);
    expect(String(failure)).toMatch(expected);
    expect(String(failure)).not.toContain("secret");
  }
});

describe("patience", () => {
  const askFor = (patienceMs: number) => askAt(endpoint, { document: "{ shop { name } }", variables: {}, schema, patienceMs });

  test("what would have to wait for longer is not waited for", async () => {
    answers = [throttled(1_000, 0)]; // ten seconds
    await expect(askFor(5_000)).rejects.toThrow(ShopifyUnreachable);
    expect([seen.length, waits]).toEqual([1, []]);
  });

  test("an answer that takes longer is not waited for either, and nothing is asked after it", async () => {
    server.removeAllListeners("request");
    let askedCount = 0;
    server.on("request", () => void (askedCount += 1)); // never answers
    await expect(askFor(100)).rejects.toThrow(ShopifyUnreachable);
    server.removeAllListeners("request");
    server.on("request", (request, response) => void answer(request, response));
    expect(askedCount).toBe(1);
  });
});
