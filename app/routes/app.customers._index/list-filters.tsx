// Search, filters, sorting and saved views above the list; each is a part of the address.
import { useFetcher, useNavigate } from "@remix-run/react";
import { IndexFilters, IndexFiltersMode, useSetIndexFiltersMode, type TabProps } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";
import { SORTS, VIEWS_MAX, type CustomerView } from "../../capabilities/segments/model.ts";
import { useAddress } from "../../ui/address.ts";
import { EVERYBODY, parseCustomerList, SEARCH_MAX, toFilterParameters, toListParameters, toViewQuery, type CustomerList } from "../../ui/customer-query.ts";
import { useAnswer } from "../../ui/use-answer.ts";
import type { SegmentChoice } from "./customers-view.ts";
import { useFilterFields } from "./filter-fields.tsx";
import { CUSTOMERS_PATH, type ViewAnswer } from "./view-wish.ts";

type ListFiltersProps = { list: CustomerList; views: CustomerView[]; segments: SegmentChoice[]; isLoading: boolean };

export function ListFilters({ list, views, segments, isLoading }: ListFiltersProps) {
  const { t } = useTranslation();
  const show = useShow();
  const { filters, applied } = useFilterFields({ list, segments, onChange: (change) => show({ ...list, page: 1, ...change }) });
  const isFiltered = Object.keys(toFilterParameters({ ...list, counted: null })).length > 0; // whom a figure counted stands above the list
  const [opensFiltered] = useState(isFiltered && list.viewId === null); // nobody asked for the search field: it is not to take the focus
  const { mode, setMode } = useSetIndexFiltersMode(opensFiltered ? IndexFiltersMode.Filtering : IndexFiltersMode.Default);
  const [search, setSearch] = useSearch(list, show);
  const keeper = useViews(views, show);
  const isFull = views.length >= VIEWS_MAX;
  const view = views.find(({ id }) => id === list.viewId);
  const showView = (index: number) => show(listOfView(views[index - 1]));
  const isChanged = toViewQuery(list) !== (view?.query ?? "");
  return (
    <IndexFilters
      mode={mode}
      setMode={setMode}
      loading={isLoading}
      tabs={keeper.tabs}
      selected={view === undefined ? 0 : views.indexOf(view) + 1}
      onSelect={showView}
      canCreateNewView={!isFull}
      onCreateNewView={(name) => keeper.save({ id: crypto.randomUUID(), name, query: toViewQuery(list) })}
      {...(view !== undefined && { primaryAction: { type: "save" as const, disabled: !isChanged, onAction: () => keeper.save({ ...view, query: toViewQuery(list) }) } })}
      {...(view === undefined && !isFull && { primaryAction: { type: "save-as" as const, disabled: !isChanged, onAction: (name: string) => keeper.save({ id: crypto.randomUUID(), name, query: toViewQuery(list) }) } })}
      cancelAction={{ onAction: () => show(listOfView(view)) }}
      queryValue={search}
      queryPlaceholder={t("segments.list.search")}
      onQueryChange={(text) => setSearch(text.slice(0, SEARCH_MAX))}
      onQueryClear={() => setSearch("")}
      filters={filters}
      appliedFilters={applied}
      onClearAll={() => show({ ...EVERYBODY, counted: list.counted, sort: list.sort, direction: list.direction, viewId: list.viewId })}
      sortOptions={SORTS.flatMap((sort) => ([["desc", "descending"], ["asc", "ascending"]] as const).map(([short, direction]) => ({
        label: t(`segments.list.columns.${sort}`), value: `${sort} ${short}` as const, directionLabel: t(`segments.list.directions.${direction}`),
      })))}
      sortSelected={[`${list.sort} ${list.direction === "ascending" ? "asc" : "desc"}`]}
      onSort={([chosen = ""]) => {
        const [name, short] = chosen.split(" ");
        show({ ...list, page: 1, sort: SORTS.find((sort) => sort === name) ?? list.sort, direction: short === "asc" ? "ascending" : "descending" });
      }}
      autoFocusSearchField={!opensFiltered}
      disableStickyMode
    />
  );
}

/** A view somebody saved with an older Regulars may say what is not understood any more: it then shows everybody. */
function listOfView(view: CustomerView | undefined): CustomerList {
  const answer = view && parseCustomerList(new URLSearchParams(view.query));
  return { ...(answer?.ok ? answer.list : EVERYBODY), viewId: view?.id ?? null };
}

function useShow(): (list: CustomerList) => void {
  const navigate = useNavigate();
  const address = useAddress();
  return (list) => navigate(address("/app/customers", toListParameters(list)), { preventScrollReset: true });
}

const TYPING_MS = 300; // between two letters

/** What is typed shows at once, and is looked for when the typing rests. */
function useSearch(list: CustomerList, show: (list: CustomerList) => void) {
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => {
    if (typed === null) return;
    if (typed.trim() === list.search) return;
    const timer = setTimeout(() => show({ ...list, page: 1, search: typed.trim() }), TYPING_MS);
    return () => clearTimeout(timer);
  });
  return [typed ?? list.search, setTyped] as const;
}

/** Saved views as tabs. Polaris' dialogs close at once; the list follows when the view is kept. */
function useViews(views: CustomerView[], show: (list: CustomerList) => void) {
  const { t } = useTranslation();
  const fetcher = useFetcher<ViewAnswer>();
  const next = useRef<CustomerList>(EVERYBODY);
  useAnswer(fetcher.data, () => show(next.current));
  const send = (wish: Record<string, string>, list: CustomerList): Promise<true> => {
    next.current = list;
    fetcher.submit(wish, { method: "post", action: CUSTOMERS_PATH });
    return Promise.resolve(true);
  };
  const save = (view: CustomerView) => send({ intent: "saveView", ...view }, listOfView(view));
  const forget = ({ id }: CustomerView) => send({ intent: "deleteView", id }, EVERYBODY);
  const viewNames = [t("segments.list.views.all"), ...views.map(({ name }) => name)];
  const tabs: TabProps[] = [
    { id: "all", content: t("segments.list.views.all"), isLocked: true, viewNames },
    ...views.map((view): TabProps => ({
      id: view.id, content: view.name, viewNames,
      actions: [{ type: "rename", onPrimaryAction: (name) => save({ ...view, name }) }, { type: "delete", onPrimaryAction: () => forget(view) }],
    })),
  ];
  return { tabs, save };
}
