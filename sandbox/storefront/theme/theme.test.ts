import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { collectionIdOf } from "../../admin-api/resolvers/collections.ts";
import { createFakeSandbox, serveApp, serveRouter, type FakeSandbox, type Served } from "../../admin-shell/fake-context.ts";
import { createShell } from "../../admin-shell/shell.ts";
import type { CustomerDoc } from "../../shop/model.ts";
import { aMember, anOwingMember, aProgramme, writeProgramme, writeShopper } from "../../testing/loyalty-documents.ts";
import { dig, openTestSandbox, SANDBOX_START_TIMEOUT_MS } from "../../testing/test-sandbox.ts";
import { createStorefront } from "../storefront.ts";

const extensionsFolder = fileURLToPath(new URL("../../../extensions", import.meta.url));

let fake: FakeSandbox;
let store: Served;
let app: Awaited<ReturnType<typeof serveApp>>;
let mina: CustomerDoc;

beforeEach(async () => {
  app = await serveApp((_request, response) => response.end("{}"));
  fake = createFakeSandbox(app.url, extensionsFolder);
  store = await serveRouter(createStorefront(fake.context));
  mina = fake.context.state.createCustomer({ email: "mina@example.com", lastName: "Sato" });
  writeProgramme(fake.context, aProgramme);
  fake.context.theme.files.saveEmbed("loyalty", { isOn: true, settings: {} });
});

afterEach(async () => {
  await store.close();
  await app.close();
  fake.context.state.close();
});

/** a browser with a cookie, logged in on request */
async function createShopper(email?: string) {
  let cookie = "";
  const go = async (path: string, init: RequestInit = {}): Promise<Response> => {
    const response = await fetch(store.url + path, { redirect: "manual", ...init, headers: { cookie } });
    cookie = response.headers.get("set-cookie")?.split(";")[0] ?? cookie;
    return response;
  };
  const post = (path: string, fields: Record<string, string>) => go(path, { method: "POST", body: new URLSearchParams(fields) });
  if (email !== undefined) await post("/account/login", { email });
  return { go, post, read: async (path: string) => (await go(path)).text() };
}

/** what a person reads of a page, without markup and patterns for the script */
const textOf = (page: string): string => page.replace(/<template[\s\S]*?<\/template>|<style[\s\S]*?<\/style>|<script[\s\S]*?<\/script>|<[^>]*>/g, " ").replace(/\s+/g, " ");
const panelOf = (page: string): string => /<regulars-loyalty[\s\S]*<\/regulars-loyalty>/.exec(page)?.[0] ?? "";
/** what is not hidden: blocks with the attribute go, with all they hold of text */
const visibleOf = (markup: string): string => textOf(markup.replace(/<(li|p|span)\b[^>]* hidden>[\s\S]*?<\/\1>/g, ""));

describe("the panel", () => {
  test.each([
    ["en", "Every order earns points", "50 points when you join", "Every $100.00 you spend", "A seat at our tasting"],
    ["ja", "お買い物のたびにポイントが貯まります", "ご入会で50ポイントプレゼント", "$100.00のお買い物ごと", "試飲会へのご招待"],
    ["zh-CN", "每次购物都能积累积分", "加入即送 50 积分", "每消费 $100.00", "品鉴会席位"],
  ])("%s: a guest reads what joining brings, and where to", async (locale, ...sentences) => {
    const panel = panelOf(await (await createShopper()).read(`/?locale=${locale}`));
    for (const sentence of sentences) expect(textOf(panel)).toContain(sentence);
    expect(panel).toContain('href="/account/register"');
    expect(panel).not.toMatch(/Translation missing|data-words/);
  });

  test.each([
    ["en", "1,320 points", "Silver member", "$37,700.00 more spent takes you to Gold.", "40 points on the way. Yours 14 days after the order.", "Use 50 points by Dec 31, 2026, before they expire.", "$1,000.00 off", "In your account.", "300 points · Gold only", "Order #1042 Nov 20, 2026 +40"],
    ["ja", "1,320ポイント", "シルバー会員", "あと$37,700.00のお買い物でゴールドにランクアップします。", "40ポイントが加算予定です。ご注文の14日後からお使いいただけます。", "50ポイントの有効期限は2026年12月31日です。", "$1,000.00オフ", "300ポイント · ゴールド限定", "ご注文 #1042 2026年11月20日 +40"],
    ["zh-CN", "1,320 积分", "银卡会员", "再消费 $37,700.00，即可升级为金卡。", "另有 40 积分待到账，下单 14 天后可用。", "50 积分将于 2026年12月31日到期", "立减 $1,000.00", "300 积分 · 金卡专享", "订单 #1042 2026年11月20日 +40"],
  ])("%s: a member reads everything, without a script", async (locale, ...sentences) => {
    writeShopper(fake.context, mina.id, aMember);
    const page = await (await createShopper("mina@example.com")).read(`/?locale=${locale}`);
    for (const sentence of sentences) expect(visibleOf(panelOf(page))).toContain(sentence);
    expect(page).not.toContain("Translation missing");
    expect(page).toContain("R-7K2M9XPT");
    expect(app.heard).toEqual([]);
  });

  test("debt is said in words, and never as a red number", async () => {
    writeShopper(fake.context, mina.id, anOwingMember);
    const text = visibleOf(panelOf(await (await createShopper("mina@example.com")).read("/?locale=en")));
    expect(text).toContain("You have 0 points Member");
    expect(text).toContain("40 points to be earned back. Your next ones make up for it.");
    expect(text).toContain("140 points to go"); // what is owed is to be earned first
    expect(text).not.toMatch(/[-−]\s?40/);
  });

  test("whom the app does not know yet has nothing, and is a member where everybody is", async () => {
    const shopper = await createShopper("mina@example.com");
    expect(visibleOf(panelOf(await shopper.read("/?locale=en")))).toContain("You have 0 points");
    expect(visibleOf(panelOf(await shopper.read("/")))).toContain("A welcome gift for you: 50 points Collect");
    writeProgramme(fake.context, { ...aProgramme, enrolment: "joiners" });
    const panel = panelOf(await shopper.read("/"));
    expect(panel).toMatch(/data-fact="member" hidden/);
    expect(panel).toContain('<div class="rgl-hero" data-fact="stranger">');
  });

  test("a merchant's words are text, once escaped, in sentences too", async () => {
    writeProgramme(fake.context, { ...aProgramme, pointName: { en: "leaves & <buds>", ja: "茶葉", "zh-CN": "茶叶" } });
    writeShopper(fake.context, mina.id, aMember);
    const shopper = await createShopper("mina@example.com");
    const page = await shopper.read("/?locale=en");
    expect(page).toContain("40 leaves &amp; &lt;buds&gt; on the way.");
    expect(page).toContain("Tea &amp; Mug &lt;set&gt;, free");
    expect(page).not.toMatch(/<set>|<buds>|&amp;(amp|lt);/);
    expect(textOf(await shopper.read("/?locale=ja"))).toContain("1,320茶葉");
  });

  test("an amount that can be taken several times says how much, also under a name of its own", async () => {
    writeProgramme(fake.context, { ...aProgramme, rewards: aProgramme.rewards.slice(0, 1).map((reward) => ({ ...reward, title: { en: "Tea money", ja: "お茶代", "zh-CN": "茶金" } })) });
    writeShopper(fake.context, mina.id, { ...aMember, balance: 250 });
    const panel = panelOf(await (await createShopper("mina@example.com")).read("/?locale=en"));
    expect(panel).toContain("Tea money · $1,000.00 for 200 points</option>");
    expect(panel.match(/<option value="\d+" data-title="[^"]*" data-cost="\d+"(?! disabled)>/g)).toHaveLength(2);
    expect(textOf(panel)).toContain("Your coupons Tea money · $1,000.00 R-7K2M9XPT");
  });

  test("its script and style come as such, and only while the programme is live and the embed on", async () => {
    const shopper = await createShopper();
    const page = await shopper.read("/");
    const [script = "", style = ""] = [/src="([^"]+regulars-loyalty[.]js)"/, /href="([^"]+regulars-loyalty[.]css)"/].map((pattern) => pattern.exec(page)?.[1] ?? "");
    expect((await shopper.go(script)).headers.get("content-type")).toContain("javascript");
    expect((await shopper.go(style)).headers.get("content-type")).toContain("text/css");
    expect(page).toMatch(/<regulars-loyalty[^>]*style="position:fixed;visibility:hidden;z-index:40;--rgl-accent:#1f2a37;--rgl-on-accent:#ffffff/);
    fake.context.theme.files.saveEmbed("loyalty", { isOn: false, settings: {} });
    expect(await shopper.read("/")).not.toContain("regulars-loyalty");
    fake.context.theme.files.saveEmbed("loyalty", { isOn: true, settings: { accent: "#ffe600" } });
    expect(await shopper.read("/")).toContain("--rgl-accent:#ffe600;--rgl-on-accent:#000000;--rgl-background:#ffffff;--rgl-text:#1f1f1f;--rgl-link:#1f1f1f");
    writeProgramme(fake.context, { ...aProgramme, isLive: false });
    for (const path of ["/", "/pages/loyalty", "/products/ethiopia-guji"]) expect(await shopper.read(path)).not.toMatch(/regulars-(loyalty|blocks)|rgl/);
  });
});

describe("blocks", () => {
  const inCents = { ...aProgramme, earn: [{ kind: "order", points: 1, perCents: 100 }] };

  test("a product says what it brings, with the shopper's tier", async () => {
    writeProgramme(fake.context, inCents);
    writeShopper(fake.context, mina.id, aMember);
    fake.context.theme.files.saveBlock("product", "product-points", {});
    expect(textOf(await (await createShopper()).read("/products/first-flush-sencha?locale=en"))).toContain("Earn 18 points with this Log in or join to collect them.");
    const shopper = await createShopper("mina@example.com");
    expect(textOf(await shopper.read("/products/ethiopia-guji?locale=en"))).toContain("Earn 18 points or more with this Includes your Silver bonus of 25%"); // 14.50 × 1.25, rounded down
    expect(textOf(await shopper.read("/products/ethiopia-guji?locale=ja"))).toContain("この商品で18ポイントから獲得 シルバーの25%アップを含みます");
  });

  const earn = async (shopper: { read: (path: string) => Promise<string> }, where: string): Promise<string | null> =>
    /(?:Earn|This order earns)( up to| about)? [\d,]+ points( or more)?/.exec(textOf(await shopper.read(`${where}?locale=en`)))?.[0] ?? null;
  const nobody = { productIds: [], collectionIds: [], productTypes: [], tags: [] };

  /** Sencha is tea, the mug is tagged and an accessory; both at once cost 66 dollars, of which the sencha is 18. */
  test.each<[string, object, (string | null)[]]>([
    ["only some earn", { only: { ...nobody, productTypes: ["tea"] } }, ["Earn 18 points", null, "This order earns 18 points"]],
    ["nothing named is nothing", { only: nobody }, [null, null, null]],
    ["one is left out by its number", { excluded: { ...nobody, productIds: ["104"] } }, ["Earn 18 points", null, "This order earns 18 points"]],
    ["one is left out by its collection", { excluded: { ...nobody, collectionIds: [collectionIdOf("Tea")] } }, [null, "Earn 24 points", "This order earns 48 points"]],
    ["the first rate that names it counts", { rates: [{ ...nobody, tags: ["dishes"], percent: 300 }, { ...nobody, productIds: ["104"], percent: 0 }] }, ["Earn 18 points", "Earn 72 points", "This order earns 162 points"]],
    ["shipping comes on top", { includesShipping: true }, ["Earn 18 points", "Earn 24 points", "This order earns 66 points or more"]],
    ["tax comes on top", { includesTax: true }, ["Earn 18 points or more", "Earn 24 points or more", "This order earns 66 points or more"]],
  ])("what is promised is what the rules give: %s", async (_what, rule, [tea, mug, cart]) => {
    const { state } = fake.context;
    state.updateProduct("104", { tags: ["Dishes"] });
    writeProgramme(fake.context, { ...inCents, earn: [{ ...inCents.earn[0], isBeforeDiscounts: true, ...rule }] });
    fake.context.theme.files.saveBlock("product", "product-points", {});
    fake.context.theme.files.saveBlock("cart", "cart-nudge", {});
    const shopper = await createShopper();
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    await shopper.post("/cart/add", { variantId: "1040", quantity: "2" });
    expect([await earn(shopper, "/products/first-flush-sencha"), await earn(shopper, "/products/stoneware-mug"), await earn(shopper, "/cart")]).toEqual([tea, mug, cart]);
  });

  const daysFromNow = (days: number) => new Date(fake.context.clock.now().getTime() + days * 86_400_000).toISOString().slice(0, 10);
  test.each<[string, "added" | "multiplied" | "highest", number, string, boolean]>([
    ["added", "added", 150, "Earn 31 points", true], ["multiplied", "multiplied", 150, "Earn 33 points", true],
    ["the highest alone", "highest", 150, "Earn 27 points", true], ["the highest alone, which is the tier's", "highest", 110, "Earn 22 points", false],
  ])("an open bonus window counts and is said, one to come or over is not: %s", async (_what, stacking, percent, promise, isSaid) => {
    const windows = [{ from: daysFromNow(-2), to: daysFromNow(2), percent }, { from: daysFromNow(3), to: daysFromNow(4), percent: 900 }, { from: daysFromNow(-9), to: daysFromNow(-3), percent: 900 }];
    writeProgramme(fake.context, { ...inCents, windows, stacking });
    writeShopper(fake.context, mina.id, aMember);
    fake.context.theme.files.saveBlock("product", "product-points", {});
    const page = await (await createShopper("mina@example.com")).read("/products/first-flush-sencha?locale=en");
    expect(textOf(page)).toContain(promise);
    for (const text of [textOf(page.replace(panelOf(page), "")), textOf(panelOf(page))]) expect(/ [\d.]+× points until \w+ \d+, \d{4}/.test(text)).toBe(isSaid);
    expect(textOf(page)).not.toContain("9×");
    expect(textOf(page).includes("Silver bonus of 25%")).toBe(stacking !== "highest" || !isSaid);
  });

  test("a tier counts for whoever is a member: everybody where everyone earns, else who joined", async () => {
    fake.context.theme.files.saveBlock("product", "product-points", {});
    fake.context.theme.files.saveBlock("cart", "cart-nudge", {});
    writeShopper(fake.context, mina.id, { ...aMember, isMember: false });
    const shopper = await createShopper("mina@example.com");
    await shopper.post("/cart/add", { variantId: "1020", quantity: "1" });
    const seen = async () => [await earn(shopper, "/products/first-flush-sencha"), await earn(shopper, "/cart"), (await shopper.read("/pages/loyalty")).includes("rgl-tier-card")];
    writeProgramme(fake.context, inCents);
    expect(await seen()).toEqual(["Earn 22 points", "This order earns 22 points", true]);
    writeProgramme(fake.context, { ...inCents, enrolment: "joiners" });
    expect(await seen()).toEqual(["Earn 18 points", "This order earns 18 points", false]);
  });

  test.each([
    ["below what entering takes, above what staying does", { tierId: "gold", tierValue: 7_800_000, nextTier: null, staying: null }, "Gold member You are at the highest tier."],
    ["below what staying takes", { tierId: "gold", tierValue: 5_000_000, nextTier: null, staying: { keep: 6_000_000, until: "2026-12-31" } }, "Gold member $10,000.00 more spent by Dec 31, 2026 keeps you at Gold."],
    ["who had it before needs what coming back takes", { tierId: "silver", tierValue: 7_800_000, nextTier: { id: "gold", entry: 9_000_000 }, staying: null }, "Silver member $12,000.00 more spent takes you to Gold."],
  ])("the way ahead begins at the tier they have: %s", async (_what, standing, sentence) => {
    writeShopper(fake.context, mina.id, { ...aMember, ...standing });
    const page = await (await createShopper("mina@example.com")).read("/pages/loyalty?locale=en");
    expect(textOf(panelOf(page))).toContain(sentence);
    expect(textOf(page.replace(panelOf(page), ""))).toContain(sentence.replace(/^\w+ member /, ""));
  });

  test("points that end later than in sixty days are no news yet", async () => {
    const shopper = await createShopper("mina@example.com");
    const read = async (days: number) => { writeShopper(fake.context, mina.id, { ...aMember, spendableUntil: daysFromNow(days) }); return visibleOf(panelOf(await shopper.read("/?locale=en"))); };
    expect(await read(59)).toContain("before they expire");
    expect(await read(62)).not.toContain("before they expire");
  });

  test("the cart names the best reward in reach, or what is missing to the nearest", async () => {
    writeProgramme(fake.context, { ...inCents, rewards: aProgramme.rewards.slice(0, 1) });
    writeShopper(fake.context, mina.id, { ...aMember, balance: 320 });
    fake.context.theme.files.saveBlock("cart", "cart-nudge", {});
    const shopper = await createShopper("mina@example.com");
    await shopper.post("/cart/add", { variantId: "1020", quantity: "2" });
    expect(textOf(await shopper.read("/cart?locale=en"))).toContain("You have enough for $1,500.00 off. This order earns 45 points. See my rewards");
    writeShopper(fake.context, mina.id, { ...aMember, balance: 62 });
    expect(textOf(await shopper.read("/cart"))).toContain("38 points more to $500.00 off.");
    writeShopper(fake.context, mina.id, { ...aMember, balance: 0, owed: 12 });
    expect(textOf(await shopper.read("/cart?locale=en"))).toContain("112 points more to $500.00 off.");
    writeShopper(fake.context, mina.id, { ...aMember, balance: 62 });
    expect(textOf(await shopper.read("/cart?locale=zh-CN"))).toContain("再得 38 积分，即可兑换“立减 $500.00”。");
  });

  test("the page explains the programme by its own rules", async () => {
    writeShopper(fake.context, mina.id, aMember);
    const text = textOf(await (await createShopper("mina@example.com")).read("/pages/loyalty?locale=en"));
    for (const sentence of ["Silver Your tier From $30,000.00 spent 25% more points", "5% off every order", "300 points on arrival", "14 days after the order", "for 12 months", "you never pay it in money"]) expect(text).toContain(sentence);
    writeProgramme(fake.context, { ...aProgramme, pendingDays: 0, expiry: { kind: "never" }, tiers: null });
    const plain = textOf(await (await createShopper()).read("/pages/loyalty?locale=en"));
    expect(plain).toContain("Right away.");
    expect(plain).toContain("No, they stay yours.");
    expect(plain).not.toContain("Membership tiers");
  });
});

describe("the theme editor", () => {
  const editor = "/admin/themes/current/editor";

  test("a deep link switches a block on, and saving shows it", async () => {
    const admin = await serveRouter(createShell(fake.context));
    const files = fake.context.theme.files;
    files.saveEmbed("loyalty", { isOn: false, settings: {} });
    const linked = await (await fetch(`${admin.url}${editor}?context=apps&template=index&activateAppId=test-api-key/loyalty`)).text();
    expect(linked).toMatch(/name="loyalty[.]on" value="1" checked/);
    expect(files.findEmbed("loyalty")?.isOn).toBe(false);
    const stranger = await (await fetch(`${admin.url}${editor}?context=apps&template=index&activateAppId=another-app/loyalty`)).text();
    expect(stranger).not.toMatch(/name="loyalty[.]on" value="1" checked/);
    const form = { "loyalty.on": "1", "loyalty.side": "left", "loyalty.offset_x": "30", "loyalty.label": "", "loyalty.accent": "#ffe600", "product-points.on": "1", "product-points.show_guest": "1" };
    const save = (fields: Record<string, string>) => fetch(`${admin.url}${editor}?context=apps&template=product`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual" });
    expect((await save(form)).status).toBe(303);
    expect(files.findEmbed("loyalty")).toMatchObject({ isOn: true, settings: { side: "left", offset_x: 30, accent: "#ffe600", show_balance: false, offset_y: 20 } });
    expect(files.listBlocks("product").map(({ handle }) => handle)).toEqual(["product-points"]);
    const refused = await save({ ...form, "loyalty.offset_x": "900", "loyalty.side": "right" });
    expect([refused.status, await refused.text()]).toEqual([422, expect.stringContaining("“900” does not fit")]);
    expect(files.findEmbed("loyalty")?.settings["side"]).toBe("left");
    expect((await save({ "loyalty.side": "left" })).status).toBe(303);
    expect([files.findEmbed("loyalty")?.isOn, files.listBlocks("product")]).toEqual([false, []]);
    await admin.close();
  });

  test("what an app writes with the Admin API is what the storefront says", async () => {
    const sandbox = await openTestSandbox({ extensionsFolder });
    const { state, context } = { state: sandbox.state, context: sandbox.sandbox.context };
    const { id } = state.createCustomer({ email: "mina@example.com" });
    context.theme.files.saveEmbed("loyalty", { isOn: true, settings: {} });
    const installation = dig((await sandbox.ask("{ currentAppInstallation { id } }")).body, "data", "currentAppInstallation", "id");
    const field = (ownerId: unknown, key: string, type: string, value: unknown) => ({ ownerId, namespace: "regulars", key, type, value: JSON.stringify(value) });
    const metafields = [field(installation, "loyalty", "json", aProgramme), field(installation, "is_loyalty_live", "boolean", true), field(`gid://shopify/Customer/${id}`, "loyalty", "json", aMember)];
    const { body } = await sandbox.ask("mutation($metafields: [MetafieldsSetInput!]!) { metafieldsSet(metafields: $metafields) { userErrors { message } } }", { metafields });
    expect(dig(body, "data", "metafieldsSet", "userErrors")).toEqual([]);
    const login = await sandbox.fetch("/account/login", { method: "POST", body: new URLSearchParams({ email: "mina@example.com" }), redirect: "manual" });
    const page = await (await sandbox.fetch("/?locale=en", { headers: { cookie: login.headers.get("set-cookie")?.split(";")[0] ?? "" } })).text();
    expect(visibleOf(panelOf(page))).toContain("1,320 points Silver member");
    await sandbox.close();
  }, SANDBOX_START_TIMEOUT_MS);

  test("the Admin API tells apps which embeds are on, if they may read themes", async () => {
    const sandbox = await openTestSandbox({ extensionsFolder, extraScopes: ["read_themes"] });
    sandbox.sandbox.context.theme.files.saveEmbed("loyalty", { isOn: true, settings: { side: "left" } });
    const query = `{ themes(first: 1, roles: [MAIN]) { nodes { role files(filenames: ["config/settings_data.json", "no/such.json"]) { nodes { filename body { ... on OnlineStoreThemeFileBodyText { content } } } userErrors { filename code } } } } }`;
    const { body } = await sandbox.ask(query);
    const files = dig(body, "data", "themes", "nodes", 0, "files");
    const settings: unknown = JSON.parse(String(dig(files, "nodes", 0, "body", "content")));
    expect(Object.values(dig(settings, "current", "blocks") as object)).toEqual([{ type: expect.stringMatching(/^shopify:\/\/apps\/regulars\/blocks\/loyalty\/[0-9a-f-]{36}$/), disabled: false, settings: { side: "left" } }]); // an object, as the line before shows by its failing
    expect(dig(files, "userErrors")).toEqual([{ filename: "no/such.json", code: "NOT_FOUND" }]);
    await sandbox.close();
    const without = await openTestSandbox({ extensionsFolder });
    expect(JSON.stringify((await without.ask(query)).body.errors)).toContain("read_themes");
    await without.close();
  }, SANDBOX_START_TIMEOUT_MS);
});
