// Preloaded into the app's process (`node --import`): what the app sends to Shopify arrives at the sandbox, and its clock is the sandbox's. The app's code knows nothing of it.

const origin = readOrigin();
const shopifyHosts = /^(?:[a-z0-9][a-z0-9-]*\.myshopify\.com|storage\.googleapis\.com)$/i;

function readOrigin(): string {
  const text = process.env.SANDBOX_ORIGIN;
  const url = text !== undefined && URL.canParse(text) ? new URL(text) : null;
  if (url === null || !["localhost", "127.0.0.1", "[::1]"].includes(url.hostname)) {
    throw new Error(`sandbox/network.ts: SANDBOX_ORIGIN must be the address of a sandbox on this machine, such as http://localhost:4000, not ${JSON.stringify(text)}.`);
  }
  return url.origin;
}

const realFetch = globalThis.fetch;

globalThis.fetch = (input, init) => {
  const url = new URL(input instanceof Request ? input.url : input);
  if (!shopifyHosts.test(url.hostname)) return realFetch(input, init);
  const request = input instanceof Request ? new Request(input, init) : null;
  const headers = new Headers(request?.headers ?? init?.headers);
  headers.set("x-sandbox-host", url.host);
  const address = origin + url.pathname + url.search;
  return request ? realFetch(new Request(address, request), { headers }) : realFetch(address, { ...init, headers });
};

const RealDate = Date;
let offsetMs = readOffset(Number(process.env.SANDBOX_CLOCK_OFFSET_MS ?? "0"));

function readOffset(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new Error(`sandbox/network.ts: a clock offset is a number of milliseconds, not ${String(value)}.`);
}

const now = (): number => RealDate.now() + offsetMs;

// A proxy and not a subclass: dates made by Node itself stay instances of Date, and Date() without new stays a text.
const ShiftedDate: DateConstructor = new Proxy(RealDate, {
  construct(target, args: unknown[], newTarget) {
    return Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget === ShiftedDate ? target : newTarget) as Date; // Date or a subclass of it
  },
  apply: () => new RealDate(now()).toString(),
  get: (target, property): unknown => (property === "now" ? now : Reflect.get(target, property)),
});
Object.defineProperty(RealDate.prototype, "constructor", { value: ShiftedDate, configurable: true, writable: true });
globalThis.Date = ShiftedDate;

process.on("message", (message: unknown) => {
  if (typeof message !== "object" || message === null || !("type" in message) || message.type !== "sandbox-clock" || !("offsetMs" in message)) return;
  offsetMs = readOffset(message.offsetMs);
  process.send?.({ type: "sandbox-clock", offsetMs });
});
process.channel?.unref(); // listening shall not keep the app alive

export {}; // a module, so that its names stay its own
