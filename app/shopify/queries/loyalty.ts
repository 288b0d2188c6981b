// A tag for each tier. What else Shopify is told of points are metafields: metafields.ts.

export const changeTagsMutation = /* GraphQL */ `
  mutation changeTags($customer: ID!, $adds: Boolean!, $removes: Boolean!, $added: [String!]!, $removed: [String!]!) {
    tagsRemove(id: $customer, tags: $removed) @include(if: $removes) {
      userErrors { field message }
    }
    tagsAdd(id: $customer, tags: $added) @include(if: $adds) {
      userErrors { field message }
    }
  }
`;
