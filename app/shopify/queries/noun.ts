// How a noun is read from Shopify: everything at once by bulk operation, or page by page, with the same fields for one parser.

export type NounDocuments = {
  /** for a bulk operation; `search` narrows it, null takes all */
  bulk: (search: string | null) => string;
  /** for a bulk operation: every id there is, and nothing else */
  bulkIds: string;
  /** `$search`, `$after` → `page { nodes pageInfo }` */
  page: string;
  /** `$ids` → `nodes`; at most `idsMax` */
  byIds: string;
  idsMax: number;
  /** what a node holds too many of to come whole: `$id`, `$after` → `node { [field] { nodes pageInfo } }` */
  children: { field: string; more: string } | null;
};

type Noun = {
  /** Shopify's type: `Order` */
  type: string;
  /** the list it stands in: `orders` */
  list: string;
  fields: string;
  children: { field: string; fields: string; pageSize: number } | null;
  pageSize: number;
};

// Shopify allows 1,000 points a query. What one costs is not published to the point, so a page is held to about 800.
const MORE_SIZE = 50;

export function documentsOf({ type, list, fields, children, pageSize }: Noun): NounDocuments {
  const pageOf = (rows: string) => `{ nodes { ${rows} } pageInfo { hasNextPage endCursor } }`;
  const allOf = (rows: string) => `{ edges { node { ${rows} } } }`; // bulk operations take no nodes
  const paged = (first: number, after = "") => (children === null ? "" : `${children.field}(first: ${first}${after}) ${pageOf(children.fields)}`);
  const all = `${fields} ${children === null ? "" : `${children.field} ${allOf(children.fields)}`}`;
  const node = `${fields} ${paged(children?.pageSize ?? 0)}`;
  return {
    bulk: (search) => `{ ${list}${search === null ? "" : `(query: ${JSON.stringify(search)})`} ${allOf(all)} }`,
    bulkIds: `{ ${list} ${allOf("id")} }`,
    page: `query page($search: String, $after: String) {
      page: ${list}(first: ${pageSize}, after: $after, query: $search, sortKey: UPDATED_AT) ${pageOf(node)}
    }`,
    byIds: `query byIds($ids: [ID!]!) { nodes(ids: $ids) { ... on ${type} { ${node} } } }`,
    idsMax: pageSize,
    children: children && {
      field: children.field,
      more: `query more($id: ID!, $after: String) {
        node(id: $id) { ... on ${type} { ${paged(MORE_SIZE, ", after: $after")} } }
      }`,
    },
  };
}

/** Everything Shopify changed from an instant up to, but without, another. */
export const searchUpdated = ({ from, to }: { from: Date; to: Date }): string => `updated_at:>='${from.toISOString()}' AND updated_at:<'${to.toISOString()}'`;
