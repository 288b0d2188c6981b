// A tier's own discounts: automatic, for the customers of a segment.

export const createAutomaticMutation = /* GraphQL */ `
  mutation createAutomatic($discount: DiscountAutomaticBasicInput!) {
    discountAutomaticBasicCreate(automaticBasicDiscount: $discount) {
      automaticDiscountNode { id }
      userErrors { field message code }
    }
  }
`;

export const createAutomaticShippingMutation = /* GraphQL */ `
  mutation createAutomaticShipping($discount: DiscountAutomaticFreeShippingInput!) {
    discountAutomaticFreeShippingCreate(freeShippingAutomaticDiscount: $discount) {
      automaticDiscountNode { id }
      userErrors { field message code }
    }
  }
`;

export const deleteAutomaticMutation = /* GraphQL */ `
  mutation deleteAutomatic($id: ID!) {
    discountAutomaticDelete(id: $id) {
      userErrors { field message code }
    }
  }
`;

/** The newest first: who looks, looks for one that was made a moment ago. */
export const automaticsQuery = /* GraphQL */ `
  query automatics($search: String!) {
    discountNodes(first: 20, reverse: true, query: $search) {
      nodes {
        id
        discount {
          __typename
          ... on DiscountAutomaticBasic { title context { ... on DiscountCustomerSegments { segments { id } } } }
          ... on DiscountAutomaticFreeShipping { title context { ... on DiscountCustomerSegments { segments { id } } } }
        }
      }
    }
  }
`;
