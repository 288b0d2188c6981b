// Other systems: the secret they sign with, how they sign, and the actions they may tell of.
import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { BlockStack, Page } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import { merchantFrom } from "../../callers/merchant.server.ts";
import { findKeyMadeAt, findProgramme, makeKey } from "../../capabilities/loyalty/loyalty.server.ts";
import { env } from "../../platform/env.server.ts";
import { LoyaltyTabs } from "../../ui/loyalty-tabs.tsx";
import type { PageHandle } from "../../ui/page-handle.ts";
import { ActionsCard } from "./actions-card.tsx";
import { parseKeyWish, type KeyAnswer } from "./key-wish.ts";
import { SecretCard } from "./secret-card.tsx";
import { SigningCard } from "./signing-card.tsx";
import { writeExample } from "./signing-example.ts";

export const handle: PageHandle = { titleKey: "loyalty.api.title" };

export async function loader({ request }: LoaderFunctionArgs) {
  const { shop } = await merchantFrom(request);
  const [madeAt, programme] = await Promise.all([findKeyMadeAt(shop.id), findProgramme(shop.id)]);
  const actions = (programme?.versions.at(-1)?.programme ?? programme?.draft)?.custom ?? [];
  const example = writeExample({ address: `${env.SHOPIFY_APP_URL}/api/points`, domain: shop.domain, action: (actions.find(({ isOn }) => isOn) ?? actions[0])?.id ?? "visit" });
  return { madeAt: madeAt?.toISOString() ?? null, hasProgramme: programme !== null, actions, example };
}

export async function action({ request }: ActionFunctionArgs): Promise<KeyAnswer> {
  const { shop } = await merchantFrom(request);
  const { seenAt } = parseKeyWish(await request.formData());
  const key = await makeKey(shop.id, seenAt);
  return key === null ? { ok: false } : { ok: true, secret: key.secret };
}

export default function OtherSystems() {
  const { madeAt, hasProgramme, actions, example } = useLoaderData<typeof loader>();
  const { t } = useTranslation();
  return (
    <Page title={t("loyalty.api.title")} subtitle={t("loyalty.api.subtitle")}>
      <BlockStack gap="400">
        <LoyaltyTabs current="api" />
        <SecretCard madeAt={madeAt} />
        <SigningCard example={example} />
        <ActionsCard actions={actions} hasProgramme={hasProgramme} />
      </BlockStack>
    </Page>
  );
}
