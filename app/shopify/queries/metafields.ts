// What Shopify keeps for us: metafields of the app's own installation and of customers.

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
