// An error nobody expected on the console fails the test that caused it; `expectConsoleError` says that one is expected.
import { afterEach, beforeEach, expect, vi, type MockInstance } from "vitest";

let spy: MockInstance<typeof console.error>;

beforeEach(() => {
  spy = vi.spyOn(console, "error").mockImplementation(() => undefined);
});

afterEach(() => {
  const calls = spy.mock.calls.map((words) => words.map(String).join(" "));
  spy.mockRestore();
  expect(calls, "console.error was called").toEqual([]);
});

/** Takes what was written so far off the console's account and answers it. */
export function expectConsoleError(): string[] {
  const calls = spy.mock.calls.map((words) => words.map(String).join(" "));
  spy.mockClear();
  expect(calls, "console.error was not called").not.toEqual([]);
  return calls;
}
