import { expect, test } from "vitest";
import { parsePercent } from "./vip-share.ts";

test.each([["1", 1], [" 10 ", 10], ["50", 50], ["0", null], ["51", null], ["100", null], ["1.5", null], ["-5", null], ["", null], ["ten", null], [null, null]])("%s is %s", (typed, percent) => expect(parsePercent(typed)).toBe(percent));
