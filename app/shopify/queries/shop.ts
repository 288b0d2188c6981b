// Who a shop is, and what it granted us.
export const shopQuery = /* GraphQL */ `
  query shop {
    shop {
      id
      name
      email
      currencyCode
      ianaTimezone
      plan {
        publicDisplayName
      }
    }
    currentAppInstallation {
      accessScopes {
        handle
      }
    }
  }
`;
