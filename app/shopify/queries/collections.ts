// What collections are called.
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
