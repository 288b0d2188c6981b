// Who would change their tier, each move with its people by name.
import { BlockStack, Link, Text } from "@shopify/polaris";
import { useTranslation } from "react-i18next";
import type { Programme } from "../../capabilities/loyalty/model/programme.ts";
import { useAddress } from "../../ui/address.ts";
import type { ShownRun } from "../../ui/loyalty/shown-run.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import { wordsIn } from "../../values/words.ts";

type MovesListProps = { found: ShownRun; programme: Programme; inForce: Programme | null; up: number; down: number };

export function MovesList({ found: { sums, names }, programme, inForce, up, down }: MovesListProps) {
  const { t, i18n } = useTranslation();
  const { count } = useFormats();
  const nameOf = (id: string | null, of: Programme | null): string => {
    const level = of?.tiers?.levels.find((one) => one.id === id);
    return level === undefined ? t("loyalty.dryRun.noTier") : wordsIn(level.title, i18n.language);
  };
  const moved = sums.moves.filter(({ from, to }) => from !== to).toSorted((one, other) => other.customers - one.customers);
  return (
    <BlockStack gap="200">
      <Text as="h3" variant="headingSm">{t("loyalty.dryRun.moves")}</Text>
      <Text as="p">{t("loyalty.dryRun.movesBody", { up: count(up), down: count(down) })}</Text>
      {moved.map(({ from, to, customers, firstIds }) => (
        <details key={`${from ?? ""}/${to ?? ""}`}>
          <summary>{t("loyalty.dryRun.move", { from: nameOf(from, inForce), to: nameOf(to, programme), customers: t("loyalty.dryRun.customers", { count: customers }) })}</summary>
          <div className="regulars-indented"><People ids={firstIds.filter((id) => id in names)} names={names} customers={customers} /></div>
        </details>
      ))}
    </BlockStack>
  );
}

function People({ ids, names, customers }: { ids: readonly string[]; names: ShownRun["names"]; customers: number }) {
  const { t } = useTranslation();
  const address = useAddress();
  return (
    <>
      <ul className="regulars-plain-list">
        {ids.map((id) => <li key={id}><Link url={address(`/app/loyalty/members/${id}`)}>{names[id] || t("segments.list.nameless")}</Link></li>)}
      </ul>
      {ids.length < customers && <Text as="p" tone="subdued">{t("loyalty.dryRun.moreMovers", { count: customers - ids.length })}</Text>}
    </>
  );
}
