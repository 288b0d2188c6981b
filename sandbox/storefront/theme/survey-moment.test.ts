import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { anywhere, aSurvey, surveyNumbered, writeSurveys, type SurveyDocument } from "../../testing/survey-documents.ts";
import { closeWorld, context, heard, kept, one, opened, openWorld, page, pause, press, says, settled, shown, stayedShut, step, tab, textOf, visit, type Tab, type Visit } from "../../testing/survey-tab.ts";

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

beforeEach(openWorld);
afterEach(closeWorld);

describe("the moment", () => {
  test("of those whose moment has come the app chooses; the others wait for theirs", async () => {
    writeSurveys(context(), [surveyNumbered(1, { popup: { ...anywhere, seconds: 4 } }), surveyNumbered(2), surveyNumbered(3)]);
    says.choose = (ids) => ids.find((id) => id === surveyNumbered(1).id) ?? null;
    await visit();
    await opened();
    expect(textOf("h2")).toBe("Question 1");
    expect(heard("ask").map(({ surveyIds, place, language, page: path }) => [surveyIds, place, language, path])).toEqual([
      [[surveyNumbered(2).id, surveyNumbered(3).id], "popup", "en", "/"], [[surveyNumbered(1).id], "popup", "en", "/"],
    ]);
    expect(page().querySelector("[data-news]")?.textContent).toBe("A question for you: Question 1");
    expect(page().activeElement).toBe(page().body);
  });

  test.each([["login", { isMina: true }], ["return", {}]] as const)("%s comes once", async (on, who) => {
    writeSurveys(context(), [{ ...aSurvey, popup: { ...anywhere, on } }]);
    says.choose = () => null;
    const asks = async (wish: Visit, count: number) => {
      await visit({ ...who, ...wish });
      await pause(40); // longer than one second of the script's
      await settled(() => expect(heard("ask")).toHaveLength(count));
    };
    await asks({}, on === "login" ? 1 : 0); // whoever comes for the first time does not return
    await asks({}, on === "login" ? 1 : 0);
    says.now += 2 * DAY_MS;
    await asks({ isNewSession: true }, on === "login" ? 2 : 1);
    await asks({}, on === "login" ? 2 : 1);
  });

  test("nobody's login is no login", async () => {
    writeSurveys(context(), [{ ...aSurvey, popup: { ...anywhere, on: "login" } }]);
    await visit();
    await stayedShut();
  });

  test("what stands in the page does not pop up as well, and counts as asked once seen", async () => {
    writeSurveys(context(), [{ ...aSurvey, isInPage: true }]);
    await visit({ path: "/pages/loyalty?locale=en" });
    await settled(() => expect(heard("ask")).toHaveLength(1));
    await pause(30);
    expect(heard().map(({ wish, place }) => [wish, place])).toEqual([["ask", "page"]]);
    one('[value="taste"]').click();
    await settled(() => expect(step()).toBe("end"));
    expect(textOf("[data-part=end]")).toBe("Thank you for your answer.");
    press("Escape");
    expect(shown()).not.toBeNull();
    await visit({ path: "/pages/loyalty?locale=en" });
    await settled(() => expect(textOf("[data-part=end]")).toBe("You have answered already. Thank you!"));
    expect(heard("ask")).toHaveLength(1);
  });

  test("a message's link opens at once, whatever else holds; once, and with the focus", async () => {
    writeSurveys(context(), [surveyNumbered(1, { popup: null, countries: ["JP"] })]);
    await visit({ path: `/?locale=en&survey=${surveyNumbered(1).id}&utm_source=mail` });
    await opened();
    expect(heard("ask")).toMatchObject([{ place: "link", surveyIds: [surveyNumbered(1).id] }]);
    expect(page().activeElement).toBe(shown());
    expect(tab()?.location.search).toBe("?locale=en&utm_source=mail");
    says.choose = () => null;
    await visit({ path: `/?locale=en&survey=${surveyNumbered(1).id}` });
    await settled(() => expect(textOf("[data-part=end]")).toBe("This question is closed, or you have answered it already. Thank you!"));
  });
});

describe("a link that finds no question", () => {
  const say = (sentence: string) => settled(() => expect([step(), textOf("[data-part=end]")]).toEqual(["end", sentence]));
  const CLOSED = "This question is closed, or you have answered it already. Thank you!";
  test.each<[string, Partial<SurveyDocument>]>([["while another would open", {}], ["where no other asks", { who: "members" }]])("says that it is closed, and opens no other, %s", async (_what, other) => {
    writeSurveys(context(), [surveyNumbered(2, other)]);
    await visit({ path: `/?locale=en&survey=${surveyNumbered(1).id}` });
    await say(CLOSED);
    expect([heard(), page().activeElement, tab()?.location.search]).toEqual([[], shown(), "?locale=en"]);
    one("[data-do=close]").click();
    await stayedShut();
    expect([heard(), kept()]).toEqual([[], {}]);
  });
  test("of another app's making is none of ours", async () => {
    await visit({ path: "/?locale=en&survey=yes" });
    await opened();
    expect([textOf("h2"), tab()?.location.search]).toEqual(["What made you choose us?", "?locale=en&survey=yes"]);
  });
  test.each([["answered", () => one('[value="taste"]').click(), 1], ["closed", () => press("Escape"), 2]])("asks a guest who %s it accordingly", async (what, act, asks) => {
    const path = `/?locale=en&survey=${aSurvey.id}`;
    await visit({ path });
    await opened();
    act();
    await settled(() => expect(kept()["done"]).toEqual([aSurvey.id]));
    await visit({ path });
    if (what === "answered") await say("You have answered already. Thank you!");
    else await settled(() => expect(step()).toBe("question"));
    expect(heard("ask")).toHaveLength(asks);
    await visit({ path, isMina: true }); // somebody else at the same browser
    await settled(() => expect(step()).toBe("question"));
  });
});

describe("inside a page", () => {
  const path = "/pages/loyalty?locale=en";
  const [forSegment, forAll] = [surveyNumbered(1, { hasSegment: true, isInPage: true, popup: null }), surveyNumbered(2, { isInPage: true, popup: null })];
  const stands = () => page().querySelector("regulars-survey:not(.is-popup)");

  test.each<[string, string | null, SurveyDocument[], string]>([
    ["the one the app names", forSegment.id, [forSegment, forAll], "Question 1"],
    ["the next, where they are not in the segment", forAll.id, [forSegment, forAll], "Question 2"],
    ["that it is answered", null, [forSegment], "You have answered already. Thank you!"],
  ])("what only the app can tell is asked first, and then shown: %s", async (_what, id, surveys, sentence) => {
    writeSurveys(context(), surveys);
    [says.choose, says.why] = [() => id, id === null ? "already_answered" : null];
    await visit({ path, isMina: true });
    expect(shown()).toBeNull();
    await settled(() => expect(textOf(id === null ? "[data-part=end]" : "h2")).toBe(sentence));
    expect(heard().map(({ wish, place, surveyIds }) => [wish, place, surveyIds])).toEqual([["ask", "page", surveys.map((survey) => survey.id)]]);
    if (id !== null) one('[value="taste"]').click();
    await settled(() => expect(step()).toBe("end"));
  });
  test("whom the app does not name sees nothing at all", async () => {
    writeSurveys(context(), [forSegment]);
    says.choose = () => null;
    await visit({ path, isMina: true });
    await settled(() => expect(heard("ask")).toHaveLength(1));
    await settled(() => expect(stands()).toBeNull());
  });
  test("while its question is open, or may yet be, nothing pops up; after it something may, and a link always", async () => {
    writeSurveys(context(), [forAll, surveyNumbered(3)]);
    const popped = () => page().querySelector(".is-popup > .rgs-card h2")?.textContent;
    await visit({ path });
    await settled(() => expect(heard("ask")).toHaveLength(1));
    await pause(40);
    expect(popped()).toBeUndefined();
    one('[value="taste"]').click();
    await settled(() => expect(popped()).toBe("Question 3"));
    await visit({ path: `${path}&survey=${surveyNumbered(3).id}`, isMina: true });
    await settled(() => expect(popped()).toBe("Question 3"));
    writeSurveys(context(), [forSegment, surveyNumbered(3)]);
    says.choose = (ids) => ids.find((each) => each !== forSegment.id) ?? null;
    await visit({ path, isMina: true, prepare: (window) => Object.assign(window, { IntersectionObserver: class { observe = () => undefined; } }) }); // far below
    await pause(40);
    expect(popped()).toBeUndefined();
    await visit({ path, isMina: true });
    await settled(() => expect(popped()).toBe("Question 3")); // the place is free
  });
  test("a picture that is not there is no picture", async () => {
    const choices = aSurvey.choices.map((choice) => ({ ...choice, image: "https://cdn.example.com/none.png" }));
    writeSurveys(context(), [{ ...forAll, choices }]);
    await visit({ path });
    await settled(() => expect(heard("ask")).toHaveLength(1));
    const picture = one("img");
    picture.hidden = false;
    picture.dispatchEvent(new (tab() ?? expect.fail()).Event("error"));
    expect(picture.hidden).toBe(true);
  });
});

describe("what a guest's browser remembers", () => {
  const second = surveyNumbered(2);
  beforeEach(() => writeSurveys(context(), [aSurvey, second]));

  test("an open question is there on the next page, another not for thirty days", async () => {
    await visit();
    await opened();
    says.now += 5 * MINUTE_MS;
    await visit();
    await opened();
    expect(heard("ask").map(({ surveyIds }) => surveyIds)).toEqual([[aSurvey.id, second.id], [aSurvey.id]]);
    says.now += 40 * MINUTE_MS;
    await visit();
    await stayedShut();
    says.now += 30 * DAY_MS;
    await visit();
    await opened();
  });

  test.each([["closed", () => one("[data-do=close]").click(), ["ask", "dismiss"]], ["closed by Escape", () => press("Escape"), ["ask", "dismiss"]], ["answered", () => one('[value="taste"]').click(), ["ask", "answer"]]])("%s, it never comes again", async (_what, act, wishes) => {
    await visit();
    await opened();
    act();
    await settled(() => expect(heard().map(({ wish }) => wish)).toEqual(wishes));
    await settled(() => expect(kept()["done"]).toEqual([aSurvey.id]));
    says.now += 31 * DAY_MS;
    await visit();
    await opened();
    expect(heard("ask").at(-1)?.surveyIds).toEqual([second.id]);
  });

  test("of four that may ask the fourth has its turn, once the others are over", async () => {
    const all = [1, 2, 3, 4].map((number) => surveyNumbered(number));
    writeSurveys(context(), all);
    for (const { id } of all) {
      await visit();
      await opened();
      expect(heard("ask").at(-1)?.surveyIds?.[0]).toBe(id);
      press("Escape");
      says.now += 31 * DAY_MS;
    }
  });

  test("of a customer the app knows: nothing here keeps it from being asked", async () => {
    await visit({ isMina: true });
    await opened();
    one("[data-do=close]").click();
    await visit({ isMina: true });
    await opened();
    expect(heard("ask").at(-1)?.surveyIds).toEqual([aSurvey.id, second.id]);
  });
});

describe("consent", () => {
  let isAllowed: boolean;
  const withBanner = (window: Tab): void => {
    const customerPrivacy = { shouldShowBanner: () => !isAllowed, preferencesProcessingAllowed: () => isAllowed };
    const Shopify: Record<string, unknown> = { loadFeatures: (_features: object[], done: () => void) => void setTimeout(() => { Shopify["customerPrivacy"] = customerPrivacy; done(); }, 2) };
    Object.assign(window, { Shopify });
  };
  const tell = () => page().dispatchEvent(new (tab() ?? expect.fail()).CustomEvent("visitorConsentCollected"));

  test("before it nothing opens and nothing is kept; after it, both", async () => {
    isAllowed = false;
    await visit({ prepare: withBanner });
    await stayedShut();
    tell(); // declined
    await stayedShut();
    expect([heard(), tab()?.localStorage.length, tab()?.sessionStorage.length]).toEqual([[], 0, 0]);
    isAllowed = true;
    tell();
    await opened();
    expect(kept()).toMatchObject({ id: aSurvey.id });
  });
});
