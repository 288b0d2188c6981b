// Every key of en.json is known to the compiler, so a misspelt one does not build.
import "i18next";
import type en from "./en.json";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: typeof en };
  }
}
