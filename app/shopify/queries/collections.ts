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
