// What Shopify says when it understood a wish and did not do it.
import { z } from "zod";

export const userErrors = z.array(z.object({ field: z.array(z.string()).nullish(), message: z.string(), code: z.string().nullish() }));
export type UserErrors = z.output<typeof userErrors>;

/** In Shopify's codes: its messages may name people. */
export const refusalOf = (errors: UserErrors): string => errors.map(({ code, field }) => code ?? field?.join(".") ?? "refused").join(", ");

/** Shopify words it differently by mutation. */
export const isAboutGone = ({ message }: UserErrors[number]): boolean => /not (be )?found|does not exist|invalid id/i.test(message);
