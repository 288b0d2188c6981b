// How a customer likes to be met, from the form it is typed into.
import { preferenceSchema, type Preference } from "../../capabilities/profiles/model.ts";
import type { Day } from "../../values/day.ts";

export const PREFERENCE_FIELDS = ["channel", "language", "everyDays", "birthOn"] as const;
export type PreferenceField = (typeof PREFERENCE_FIELDS)[number];
export type PreferenceAnswer = { ok: true } | { ok: false; field: PreferenceField };
export type PreferenceTyping = Record<PreferenceField, string>;

export const toTyping = ({ channel, language, everyDays, birthOn }: { [Field in keyof Preference]: Preference[Field] | null }): PreferenceTyping => ({
  channel: channel ?? "", language: language ?? "", everyDays: everyDays === null ? "" : String(everyDays), birthOn: birthOn ?? "",
});

const EARLIEST = "1900-01-01"; // nobody who orders by Internet is older

/** What is empty was not said. */
export function parsePreference(form: FormData, today: Day): { ok: true; preference: Preference } | { ok: false; field: PreferenceField } {
  const said = (name: PreferenceField): string | null => {
    const value = form.get(name);
    return typeof value === "string" ? value.trim() || null : null;
  };
  const everyDays = said("everyDays");
  const answer = preferenceSchema.safeParse({ channel: said("channel"), language: said("language"), birthOn: isDay(said("birthOn")), everyDays: everyDays === null ? null : Number(everyDays) });
  if (!answer.success) return { ok: false, field: PREFERENCE_FIELDS.find((known) => answer.error.issues.some(({ path }) => path[0] === known)) ?? "channel" };
  const { birthOn } = answer.data;
  return birthOn !== null && (birthOn > today || birthOn < EARLIEST) ? { ok: false, field: "birthOn" } : { ok: true, preference: answer.data };
}

/** The 30th of February has the shape of a day and is none. */
const isDay = (text: string | null): string | null => (text === null || new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text ? text : "no day");
