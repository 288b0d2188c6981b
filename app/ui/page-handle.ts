// What a page tells the frame about itself.
import type { ParseKeys } from "i18next";

export type PageHandle = { titleKey: ParseKeys };
