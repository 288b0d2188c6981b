// The filters of the list: what each asks, and what a chosen one says on its pill.
import { ChoiceList, TextField, type AppliedFilterInterface, type FilterInterface } from "@shopify/polaris";
import { useEffect, useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";
import { RFM_GROUPS, STAGES } from "../../capabilities/profiles/model.ts";
import { EVERYBODY, TAG_MAX, type CustomerFilters, type CustomerList } from "../../ui/customer-query.ts";
import { useFormats } from "../../ui/shop-formats.tsx";
import type { SegmentChoice } from "./customers-view.ts";

type FilterFieldsProps = { list: CustomerList; segments: SegmentChoice[]; onChange: (change: Partial<CustomerFilters>) => void };

export function useFilterFields({ list, segments, onChange }: FilterFieldsProps): { filters: FilterInterface[]; applied: AppliedFilterInterface[] } {
  const { t } = useTranslation();
  const pills = usePills(list, segments);
  const filterOf = (key: keyof typeof pills, label: string, filter: ReactNode, isPinned = false): FilterInterface => ({ key, label, filter, pinned: isPinned });
  const filters = [
    filterOf("stages", t("segments.list.filters.stage"), <Choices label={t("segments.list.filters.stage")} names={STAGES} chosen={list.stages} write={(name) => t(`profiles.stages.${name}.name`)} onChange={(stages) => onChange({ stages })} />, true),
    filterOf("groups", t("segments.list.filters.group"), <Choices label={t("segments.list.filters.group")} names={RFM_GROUPS} chosen={list.groups} write={(name) => t(`profiles.rfmGroups.${name}`)} onChange={(groups) => onChange({ groups })} />, true),
    filterOf("segmentId", t("segments.list.filters.segment"), <SegmentChoices segments={segments} chosen={list.segmentId} onChange={(segmentId) => onChange({ segmentId })} />, true),
    filterOf("ordersFrom", t("segments.list.filters.orders"), <TypedField label={t("segments.list.filters.orders")} value={list.ordersFrom === null ? "" : String(list.ordersFrom)} pattern={/^[1-9]\d{0,4}$/} error={t("segments.list.filters.ordersError")} isNumber onChange={(text) => onChange({ ordersFrom: text === "" ? null : Number(text) })} />),
    filterOf("tag", t("segments.list.filters.tag"), <TypedField label={t("segments.list.filters.tag")} help={t("segments.list.filters.tagHelp")} value={list.tag ?? ""} pattern={new RegExp(`^.{1,${TAG_MAX}}$`)} error={t("segments.list.filters.tagError")} onChange={(text) => onChange({ tag: text || null })} />),
    filterOf("country", t("segments.list.filters.country"), <TypedField label={t("segments.list.filters.country")} help={t("segments.list.filters.countryHelp")} value={list.country ?? ""} pattern={/^[A-Za-z]{2}$/} error={t("segments.list.filters.countryError")} onChange={(text) => onChange({ country: text.toUpperCase() || null })} />),
    filterOf("isVipOnly", t("segments.list.filters.vip"), <ChoiceList title={t("segments.list.filters.vip")} titleHidden allowMultiple choices={[{ value: "vip", label: t("segments.list.filters.vip") }]} selected={list.isVipOnly ? ["vip"] : []} onChange={(chosen) => onChange({ isVipOnly: chosen.length > 0 })} />),
    // A cell of the RFM map has no field of its own: one comes from the map, and goes by its pill.
    ...(list.r === null ? [] : [filterOf("r", t("segments.list.filters.r", { score: list.r }), null)]),
    ...(list.fm === null ? [] : [filterOf("fm", t("segments.list.filters.fm", { score: list.fm }), null)]),
  ];
  const applied = FILTER_NAMES.flatMap((key) => {
    const label = pills[key];
    return label === null ? [] : [{ key, label, onRemove: () => onChange({ [key]: EVERYBODY[key] }) }];
  });
  return { filters, applied };
}

const FILTER_NAMES = ["stages", "groups", "segmentId", "ordersFrom", "tag", "country", "isVipOnly", "r", "fm"] as const;

/** null: it leaves everybody in. */
function usePills(list: CustomerList, segments: SegmentChoice[]): Record<(typeof FILTER_NAMES)[number], string | null> {
  const { t, i18n } = useTranslation();
  const formats = useFormats();
  const segment = segments.find(({ id }) => id === list.segmentId);
  const pill = (name: "stage" | "group" | "segment" | "country" | "tag", value: string) => t(`segments.list.pills.${name}`, { value });
  const many = (words: string[]) => new Intl.ListFormat(i18n.language, { type: "disjunction" }).format(words);
  return {
    stages: list.stages.length === 0 ? null : pill("stage", many(list.stages.map((name) => t(`profiles.stages.${name}.name`)))),
    groups: list.groups.length === 0 ? null : pill("group", many(list.groups.map((name) => t(`profiles.rfmGroups.${name}`)))),
    segmentId: list.segmentId === null ? null : pill("segment", segment === undefined ? t("segments.list.pills.unknownSegment") : nameOf(segment)),
    ordersFrom: list.ordersFrom === null ? null : t("segments.list.pills.orders", { value: formats.count(list.ordersFrom) }),
    tag: list.tag === null ? null : pill("tag", list.tag),
    country: list.country === null ? null : pill("country", new Intl.DisplayNames(i18n.language, { type: "region" }).of(list.country) ?? list.country),
    isVipOnly: list.isVipOnly ? t("segments.list.filters.vip") : null,
    r: list.r === null ? null : t("segments.list.filters.r", { score: list.r }),
    fm: list.fm === null ? null : t("segments.list.filters.fm", { score: list.fm }),
  };

  function nameOf({ readyKey, name }: SegmentChoice): string {
    return readyKey === null ? name : t(`segments.ready.${readyKey}.name`);
  }
}

type ChoicesProps<Name extends string> = { label: string; names: readonly Name[]; chosen: readonly Name[]; write: (name: Name) => string; onChange: (chosen: Name[]) => void };

function Choices<Name extends string>({ label, names, chosen, write, onChange }: ChoicesProps<Name>) {
  return (
    <ChoiceList
      title={label} titleHidden allowMultiple
      choices={names.map((value) => ({ value, label: write(value) }))}
      selected={[...chosen]}
      onChange={(selected) => onChange(names.filter((name) => selected.includes(name)))}
    />
  );
}

function SegmentChoices({ segments, chosen, onChange }: { segments: SegmentChoice[]; chosen: string | null; onChange: (id: string | null) => void }) {
  const { t } = useTranslation();
  return (
    <ChoiceList
      title={t("segments.list.filters.segment")} titleHidden
      choices={segments.map(({ id, readyKey, name }) => ({ value: id, label: readyKey === null ? name : t(`segments.ready.${readyKey}.name`) }))}
      selected={chosen === null ? [] : [chosen]}
      onChange={([id]) => onChange(id ?? null)}
    />
  );
}

const TYPING_MS = 500; // half a country, or half a number, is none

type TypedFieldProps = { label: string; help?: string; value: string; pattern: RegExp; error: string; isNumber?: boolean; onChange: (text: string) => void };

/** What is typed counts when the typing rests and it can be read; until then the field says what it wants. */
function TypedField({ label, help, value, pattern, error, isNumber = false, onChange }: TypedFieldProps) {
  const [typed, setTyped] = useState<string | null>(null);
  const text = (typed ?? value).trim();
  const isReadable = text === "" || pattern.test(text);
  useEffect(() => {
    if (typed === null || !isReadable || text === value) return;
    const timer = setTimeout(() => onChange(text), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return <TextField label={label} labelHidden helpText={help} type={isNumber ? "number" : "text"} {...(isNumber && { min: 1 })} value={typed ?? value} error={!isReadable && error} onChange={setTyped} autoComplete="off" />;
}
