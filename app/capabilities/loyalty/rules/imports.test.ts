import { expect, test } from "vitest";
import { parseDay } from "../../../values/day.ts";
import type { ParsedFile } from "../model/imports.ts";
import { parseImport } from "./imports.ts";

const today = parseDay("2026-11-27");
function read(text: string): ParsedFile {
  const answer = parseImport(text, today);
  if (!answer.ok) throw new Error(answer.fault);
  return answer.file;
}

test.each([
  ["smile", "Name,Email,Member status,Date of birth,Points balance,VIP tier\nMina,Mina@Example.com,member,1004-05-27,120,Gold", { points: 120, birthday: "05-27" }],
  ["loyaltylion", "id,email,points_approved,points_pending,points_spent,loyalty_tier\n1,mina@example.com,300,50,180,Gold", { points: 120 }],
  ["growave", "Customer ID,Email,Points,First Name,Last Name,Birthdate\n7,mina@example.com,120.00,Mina,Okafor,1990-05-27", { points: 120, birthday: "05-27" }],
  ["yotpo", "Email,First Name,Last Name,Points Balance,Points Spent,Birthday (MM/DD)\nmina@example.com,Mina,Okafor,120,30,05/27", { points: 120, birthday: "05-27" }],
  ["joy", "Email,Name,Membership Type,Points,Birthday,Created Date\nmina@example.com,Mina,Gold,120,05/27,2024-03-01T10:00:00Z", { points: 120, birthday: "05-27", joinedOn: "2024-03-01" }],
  ["plain", "email,points,joined_on,birthday,tier\nmina@example.com,\"1,250\",2024-03-01,02-29,gold", { points: 1_250, birthday: "02-29", joinedOn: "2024-03-01" }],
  ["plain", "email,points\nmina@example.com,0", { points: 0, birthday: null, joinedOn: null }],
] as const)("knows a file of %s by its header", (source, text, member) => {
  expect(read(text)).toMatchObject({ source, errors: [], members: [{ line: 2, email: "mina@example.com", ...member }] });
});

test("semicolons, tabs, a byte order mark, empty lines and quotes are as good as plain commas", () => {
  expect(read("\uFEFFemail;points\r\n\r\na@x.de;5\r\n").members).toMatchObject([{ line: 3, email: "a@x.de", points: 5 }]);
  expect(read("email\tpoints\na@x.de\t5").members).toHaveLength(1);
  expect(read('"email","points"\n"a@x.de","5"').members).toHaveLength(1);
});

test("each line that cannot be read says which, where and why; the others are read all the same", () => {
  const { members, errors, lines } = read(["email,points,joined_on,birthday", "a@x.de,10,,", ",5,,", "nobody,5,,", "A@X.DE,7,,", "b@x.de,2.5,,", "c@x.de,-3,,", "d@x.de,,,", "e@x.de,5,2027-01-01,", "f@x.de,5,2024-02-30,", "g@x.de,5,,13/40", "h@x.de,2000000,,"].join("\n"));
  expect(lines).toBe(11);
  expect(members.map(({ email }) => email)).toEqual(["a@x.de"]);
  expect(errors).toEqual([
    { line: 3, field: "email", fault: "missing", text: "" }, { line: 4, field: "email", fault: "not_email", text: "nobody" }, { line: 5, field: "email", fault: "double", text: "a@x.de", otherLine: 2 },
    { line: 6, field: "points", fault: "not_whole", text: "2.5" }, { line: 7, field: "points", fault: "negative", text: "-3" }, { line: 8, field: "points", fault: "missing", text: "" },
    { line: 9, field: "joined_on", fault: "in_future", text: "2027-01-01" }, { line: 10, field: "joined_on", fault: "not_a_day", text: "2024-02-30" }, { line: 11, field: "birthday", fault: "not_a_day", text: "13/40" },
    { line: 12, field: "points", fault: "too_large", text: "2000000" },
  ]);
});

test("what is no such file is refused whole", () => {
  const faultOf = (text: string) => {
    const answer = parseImport(text, today);
    return answer.ok ? null : answer.fault;
  };
  expect(faultOf("")).toBe("columns");
  expect(faultOf("name,points\nMina,5")).toBe("columns");
  expect(faultOf("email,points_approved\na@x.de,5")).toBe("columns");
  expect(faultOf("email,points")).toBe("empty");
  expect(faultOf('email,points\n"a@x.de,5')).toBe("unreadable");
});
