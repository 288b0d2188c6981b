import { expect, test } from "vitest";
import { parseDemoOptions } from "./options.ts";

test("nothing said means the tea shop, now, on port 4000", () => {
  expect(parseDemoOptions([])).toEqual({ port: 4000, ordersFile: null, asOf: null, timeZone: null, fresh: false, dataFolder: null });
});

test("everything may be said", () => {
  expect(parseDemoOptions(["--port", "4100", "--orders", import.meta.filename, "--as-of=2011-12-10", "--time-zone", "Asia/Tokyo", "--fresh", "--data", "/tmp/x"]))
    .toEqual({ port: 4100, ordersFile: import.meta.filename, asOf: "2011-12-10", timeZone: "Asia/Tokyo", fresh: true, dataFolder: "/tmp/x" });
  expect(parseDemoOptions(["-h"])).toBe("help");
});

test.for([
  [["--port", "http"], "--port takes a number from 1 to 65535."],
  [["--port", "70000"], "--port takes a number from 1 to 65535."],
  [["--port="], "--port takes a number from 1 to 65535."],
  [["--orders", "/nowhere.csv"], "--orders: there is no file /nowhere.csv."],
  [["--as-of", "2011-02-30"], "--as-of takes a day such as 2011-12-10."],
  [["--time-zone", "Mars/Base"], "--time-zone takes a name such as Europe/London or Asia/Tokyo."],
  [["--colour"], "Unknown option '--colour'; `npm run demo -- --help` lists what there is."],
  [["orders.csv"], "Unexpected argument 'orders.csv'; `npm run demo -- --help` lists what there is."],
  [["--port"], "Option '--port <value>' argument missing; `npm run demo -- --help` lists what there is."],
] as const)("%j is refused in one sentence", ([words, sentence]) => {
  expect(() => parseDemoOptions([...words])).toThrow(new Error(sentence));
});
