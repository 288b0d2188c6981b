import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { aSurvey, surveyNumbered, writeSurveys } from "../../testing/survey-documents.ts";
import { closeWorld, context, heard, one, opened, openWorld, page, pause, says, settled, shown, step, textOf, visit, write, type Tab } from "../../testing/survey-tab.ts";

beforeEach(openWorld);
afterEach(closeWorld);

describe("answering", () => {
  const followUp = { text: { en: "Why?", ja: "理由は？", "zh-CN": "为什么？" }, after: ["price"] };

  test("what failed is said in words, and tried again it is the same answer", async () => {
    await visit({ isMina: true });
    await opened();
    says.isOnline = false;
    one('[value="taste"]').click();
    await settled(() => expect(textOf("[data-part=say]")).toBe("No connection. Nothing was lost: try again."));
    says.isOnline = true;
    says.answers = [{ status: 429, body: { ok: false, reason: "too_many_requests" } }, { status: 500, body: { ok: false, reason: "something_new" } }, { body: { ok: true, points: 1 } }];
    for (const sentence of ["That was a lot at once. Try again in a minute.", "That did not work. You have lost nothing: try again later.", ""]) {
      one('[value="taste"]').click();
      await settled(() => expect(textOf("[data-part=say]")).toBe(sentence));
    }
    expect([step(), textOf("[data-part=got]")]).toEqual(["end", "You got 1 point."]);
    expect(new Set(heard("answer").map(({ answerId }) => answerId)).size).toBe(1);
    await settled(() => expect(shown()).toBeNull()); // by itself
    expect(heard("dismiss")).toEqual([]);
  });

  test.each([["already_answered", "You have answered already. Thank you!"], ["not_live", "This question is closed, or you have answered it already. Thank you!"]])("%s ends it", async (reason, sentence) => {
    says.answers = [{ status: 409, body: { ok: false, reason } }];
    await visit({ isMina: true });
    await opened();
    one('[value="taste"]').click();
    await settled(() => expect([step(), textOf("[data-part=end]")]).toEqual(["end", sentence]));
  });

  test("within the hour another answer takes its place, and nothing closes meanwhile", async () => {
    const thanks: (() => void)[] = [];
    await visit({ isMina: true, prepare: (window) => Object.assign(window, { setTimeout: (run: () => void, ms = 0) => (ms === 8_000 ? thanks.push(run) : setTimeout(run, ms)) }) });
    await opened();
    for (const choice of ["taste", "price"]) {
      one(`[value="${choice}"]`).click();
      await settled(() => expect(step()).toBe("end"));
      if (choice === "taste") one("[data-do=change]").click();
    }
    const [over, next] = thanks;
    over?.();
    await pause(10);
    expect(shown()).not.toBeNull();
    next?.();
    await settled(() => expect(shown()).toBeNull());
    const [first, second] = heard("answer");
    expect([first?.choices, second?.choices, first?.answerId]).toEqual([["taste"], ["price"], second?.answerId]);
    expect(heard("dismiss")).toEqual([]);
  });

  test("after the hour, or a refusal, there is nothing to change", async () => {
    const change = () => one("[data-do=change]").hidden;
    const stay = (window: Tab) => Object.assign(window, { setTimeout: (run: () => void, ms = 0) => setTimeout(run, ms === 3_600_000 ? 50 : ms) });
    await visit({ isMina: true, prepare: stay });
    await opened();
    one('[value="taste"]').click();
    await settled(() => expect([step(), change()]).toEqual(["end", false]));
    await settled(() => expect(change()).toBe(true));
    says.answers = [{ body: { ok: true, points: 0 } }, { status: 409, body: { ok: false, reason: "already_answered" } }];
    await visit({ isMina: true, prepare: stay });
    await opened();
    one('[value="taste"]').click();
    await settled(() => expect(step()).toBe("end"));
    one("[data-do=change]").click();
    one('[value="price"]').click();
    await settled(() => expect([textOf("[data-part=end]"), change()]).toEqual(["You have answered already. Thank you!", true]));
  });

  test("the reason is asked after the answers named, and sent with the same answer", async () => {
    writeSurveys(context(), [{ ...aSurvey, followUp, points: 1500 }]);
    says.answers = [{ body: { ok: true, points: 1500 } }, { body: { ok: true, points: 0 } }];
    await visit({ isMina: true });
    await opened();
    one('[value="price"]').click();
    await settled(() => expect(step()).toBe("reason"));
    expect(page().activeElement).toBe(one("[data-step=reason]"));
    write("  It is <b>dear</b> ");
    one("[data-step=reason] .is-strong").click();
    await settled(() => expect([step(), textOf("[data-part=got]")]).toEqual(["end", "You got 1,500 points."]));
    const [first, second] = heard("answer");
    expect([first?.choices, first?.text, second?.choices, second?.text]).toEqual([["price"], "", ["price"], "It is <b>dear</b>"]);
    expect(second?.answerId).toBe(first?.answerId);
  });

  test.each([["taste", null], ["price", "skip"]])("after %s it is over without a reason", async (choice, way) => {
    writeSurveys(context(), [{ ...aSurvey, followUp }]);
    await visit({ isMina: true });
    await opened();
    one(`[value="${choice}"]`).click();
    await settled(() => expect(step()).toBe(way === null ? "end" : "reason"));
    if (way !== null) one(`[data-do=${way}]`).click();
    expect(step()).toBe("end");
    expect(heard("answer")).toHaveLength(1);
  });

  test("several and text are sent when the shopper says so, and not empty", async () => {
    writeSurveys(context(), [{ ...aSurvey, kind: "several" }]);
    await visit({ isMina: true });
    await opened();
    one(".is-strong").click();
    await settled(() => expect(textOf("[data-part=say]")).toBe("Choose an answer first."));
    for (const value of ["taste", "friend"]) one(`[value="${value}"]`).click();
    one(".is-strong").click();
    await settled(() => expect(step()).toBe("end"));
    writeSurveys(context(), [{ ...surveyNumbered(2), kind: "text", choices: [] }]);
    await visit({ isMina: true });
    await opened();
    write("   ");
    one(".is-strong").click();
    await settled(() => expect(textOf("[data-part=say]")).toBe("Write an answer first."));
    write("<i>Steep</i>");
    one(".is-strong").click();
    await settled(() => expect(step()).toBe("end"));
    expect(heard("answer").map(({ choices, text }) => [choices, text])).toEqual([[["taste", "friend"], ""], [[], "<i>Steep</i>"]]);
  });

  test("a random order keeps every choice, and mixes", async () => {
    const choices = Array.from({ length: 12 }, (_, at) => ({ id: `c${String(at).padStart(2, "0")}`, text: aSurvey.text, image: null }));
    writeSurveys(context(), [{ ...aSurvey, choices, isShuffled: true }]);
    await visit();
    await opened();
    const order = [...(shown()?.querySelectorAll("[name=choice]") ?? [])].map((choice) => choice.getAttribute("value") ?? "");
    expect(order.toSorted()).toEqual(choices.map(({ id }) => id));
    expect(order).not.toEqual(order.toSorted()); // one of 479 million orders
  });
});
