// What collections are called, and what is in them.
export const collectionTitlesQuery = /* GraphQL */ `
  query collectionTitles($ids: [ID!]!) {
    nodes(ids: $ids) {
      ... on Collection {
        id
        title
      }
    }
  }
`;

export const collectionListQuery = /* GraphQL */ `
  query collectionList($after: String) {
    collections(first: 250, after: $after, sortKey: ID) {
      nodes { id title }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const collectionProductsQuery = /* GraphQL */ `
  query collectionProducts($id: ID!, $after: String) {
    collection(id: $id) {
      products(first: 250, after: $after, sortKey: ID) {
        nodes { id }
        pageInfo { hasNextPage endCursor }
      }
    }
  }
`;
