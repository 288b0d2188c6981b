// Search and filters above the list; each is a part of the address.
import { ChoiceList, Filters, type AppliedFilterInterface, type FilterInterface } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { useTranslation } from "react-i18next";
import { EXPIRING_DAYS } from "../../capabilities/loyalty/model/books.ts";
import { EVERY_MEMBER, MEMBER_SEARCH_MAX, type MemberList } from "../../ui/member-query.ts";
import { nameTier, type TierName } from "../../ui/point-words.ts";
import { useShow } from "./use-show.ts";

type MemberFiltersProps = { list: MemberList; tiers: TierName[]; isLoading: boolean };

export function MemberFilters({ list, tiers, isLoading }: MemberFiltersProps) {
  const { t } = useTranslation();
  const show = useShow(list);
  const [search, setSearch] = useSearch(list, show);
  const { filters, applied } = useFilterFields({ list, tiers, show });
  return (
    <Filters
      queryValue={search}
      queryPlaceholder={t("loyalty.members.search")}
      onQueryChange={(text) => setSearch(text.slice(0, MEMBER_SEARCH_MAX))}
      onQueryClear={() => setSearch("")}
      filters={filters}
      appliedFilters={applied}
      onClearAll={() => show({ ...EVERY_MEMBER, sort: list.sort, direction: list.direction })}
      loading={isLoading}
    />
  );
}

const TYPING_MS = 300; // between two letters

/** What is typed shows at once, and is looked for when the typing rests. */
function useSearch(list: MemberList, show: (change: Partial<MemberList>) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null || typed.trim() === list.search) return;
    const timer = setTimeout(() => show({ search: typed.trim() }), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return [typed ?? list.search, setTyped] as const;
}

const NONE = ""; // among tiers: those in none

function useFilterFields({ list, tiers, show }: Omit<MemberFiltersProps, "isLoading"> & { show: (change: Partial<MemberList>) => void }): { filters: FilterInterface[]; applied: AppliedFilterInterface[] } {
  const { t, i18n } = useTranslation();
  const write = (tierId: string): string => (tierId === NONE ? t("loyalty.members.noTier") : (nameTier(tierId, tiers, i18n.language) ?? tierId));
  const toggle = (key: "isOwing" | "isExpiring", label: string): FilterInterface => ({
    key, label, pinned: true, filter: <ChoiceList title={label} titleHidden allowMultiple choices={[{ value: key, label }]} selected={list[key] ? [key] : []} onChange={(chosen) => show({ [key]: chosen.length > 0 })} />,
  });
  const [owing, expiring] = [t("loyalty.members.filters.owing"), t("loyalty.members.filters.expiring", { count: EXPIRING_DAYS })];
  const filters: FilterInterface[] = [
    ...(tiers.length === 0 ? [] : [{
      key: "tierId", label: t("loyalty.members.columns.tier"), pinned: true,
      filter: <ChoiceList title={t("loyalty.members.columns.tier")} titleHidden choices={[...tiers.map(({ id }) => id), NONE].map((value) => ({ value, label: write(value) }))} selected={list.tierId === null ? [] : [list.tierId]} onChange={([tierId]) => show({ tierId: tierId ?? null })} />,
    }]),
    toggle("isOwing", owing), toggle("isExpiring", expiring),
  ];
  const applied = [
    ...(list.tierId === null ? [] : [{ key: "tierId", label: t("loyalty.members.filters.tier", { tier: write(list.tierId) }), onRemove: () => show({ tierId: null }) }]),
    ...(list.isOwing ? [{ key: "isOwing", label: owing, onRemove: () => show({ isOwing: false }) }] : []),
    ...(list.isExpiring ? [{ key: "isExpiring", label: expiring, onRemove: () => show({ isExpiring: false }) }] : []),
  ];
  return { filters, applied };
}
