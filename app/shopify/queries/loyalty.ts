// Points as Shopify keeps them for the theme: metafields of the app and of customers, and a tag for each tier.

export const appQuery = /* GraphQL */ `
  query app { currentAppInstallation { id } }
`;

export const setMetafieldsMutation = /* GraphQL */ `
  mutation setMetafields($metafields: [MetafieldsSetInput!]!) {
    metafieldsSet(metafields: $metafields) {
      userErrors { field message code elementIndex }
    }
  }
`;

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
