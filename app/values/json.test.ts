import { expect, test } from "vitest";
import { parseId, type OrderId } from "./ids.ts";
import { parseJson, toJson } from "./json.ts";

test("an id beyond 2^53 survives reading, naming and writing", () => {
  const order = parseJson('{"id":820982911946154508,"total":12.5,"number":1042}');
  expect(order).toEqual({ id: "820982911946154508", total: 12.5, number: 1042 });
  const id = parseId<OrderId>("820982911946154508");
  expect(id).toBe(820982911946154508n);
  expect(toJson({ id })).toBe('{"id":"820982911946154508"}');
});

test("ids come as text, number or Shopify's global id, and nothing else", () => {
  expect(parseId<OrderId>("gid://shopify/Order/42")).toBe(42n);
  expect(parseId<OrderId>("gid://shopify/Order/42?source=x")).toBe(42n);
  expect(parseId<OrderId>(42)).toBe(42n);
  for (const wrong of ["", "x", "12.5", 820982911946154508, 1.5, null, {}, "gid://shopify/Order/"]) {
    expect(() => parseId<OrderId>(wrong)).toThrow(RangeError);
  }
});
