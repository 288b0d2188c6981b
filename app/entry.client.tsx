// The browser takes over the page it was sent, in the language it was sent in.
import { RemixBrowser } from "@remix-run/react";
import { startTransition, StrictMode } from "react";
import { hydrateRoot } from "react-dom/client";
import { I18nextProvider } from "react-i18next";
import { toLocale } from "./i18n/locales.ts";
import { openTranslator } from "./i18n/translate.ts";

async function hydrate(): Promise<void> {
  const translator = await openTranslator(toLocale(document.documentElement.lang) ?? "en");
  startTransition(() => {
    hydrateRoot(
      document,
      <StrictMode>
        <I18nextProvider i18n={translator}>
          <RemixBrowser />
        </I18nextProvider>
      </StrictMode>,
    );
  });
}

void hydrate();
