// A day at the borders: forms and stored JSON carry it as text.
import { z } from "zod";
import { isDay, type Day } from "./day.ts";

export const daySchema = z.custom<Day>((text) => typeof text === "string" && isDay(text), "must be a day of the calendar, as YYYY-MM-DD");
