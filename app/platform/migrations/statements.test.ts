import { expect, test } from "vitest";
import { splitStatements } from "./statements.ts";

test("statements end at semicolons, and comments alone are none", () => {
  expect(splitStatements("-- first; of all\nselect 1;\n/* ; */ select 2;\n-- the end;\n")).toEqual(["-- first; of all\nselect 1", "/* ; */ select 2"]);
});

test("semicolons inside strings, names and bodies belong to their statement", () => {
  const statements = [`select 'a;''b', "c;d"`, "select E'\\';' || e';'", "do $$ begin perform 1; end $$", "do $body$ begin perform $$;$$; end $body$", "select 1 - 2 / 3"];
  expect(splitStatements(statements.join(";"))).toEqual(statements);
});
