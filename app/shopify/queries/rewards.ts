// What a reward is at Shopify: a code for one customer, credit in their account, a gift card, a tag.

export const createBasicCodeMutation = /* GraphQL */ `
  mutation createBasicCode($discount: DiscountCodeBasicInput!) {
    discountCodeBasicCreate(basicCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }
`;

export const createShippingCodeMutation = /* GraphQL */ `
  mutation createShippingCode($discount: DiscountCodeFreeShippingInput!) {
    discountCodeFreeShippingCreate(freeShippingCodeDiscount: $discount) {
      codeDiscountNode { id }
      userErrors { field message code }
    }
  }
`;

export const findCodeQuery = /* GraphQL */ `
  query findCode($code: String!) {
    codeDiscountNodeByCode(code: $code) {
      id
      codeDiscount {
        ... on DiscountCodeBasic { title asyncUsageCount }
        ... on DiscountCodeFreeShipping { title asyncUsageCount }
      }
    }
  }
`;

export const deactivateCodeMutation = /* GraphQL */ `
  mutation deactivateCode($id: ID!) {
    discountCodeDeactivate(id: $id) {
      codeDiscountNode {
        codeDiscount {
          ... on DiscountCodeBasic { asyncUsageCount }
          ... on DiscountCodeFreeShipping { asyncUsageCount }
        }
      }
      userErrors { field message code }
    }
  }
`;

export const creditMutation = /* GraphQL */ `
  mutation credit($customer: ID!, $credit: StoreCreditAccountCreditInput!) {
    storeCreditAccountCredit(id: $customer, creditInput: $credit) {
      storeCreditAccountTransaction { id }
      userErrors { field message code }
    }
  }
`;

/** The newest first; a customer has one account for each currency. */
export const creditsQuery = /* GraphQL */ `
  query credits($customer: ID!) {
    customer(id: $customer) {
      storeCreditAccounts(first: 5) {
        nodes {
          transactions(first: 25, reverse: true) {
            nodes {
              amount { amount currencyCode }
              createdAt
              ... on StoreCreditAccountCreditTransaction { id }
            }
          }
        }
      }
    }
  }
`;

export const createGiftCardMutation = /* GraphQL */ `
  mutation createGiftCard($card: GiftCardCreateInput!) {
    giftCardCreate(input: $card) {
      giftCard { id }
      userErrors { field message code }
    }
  }
`;

export const addTagMutation = /* GraphQL */ `
  mutation addTag($customer: ID!, $tags: [String!]!) {
    tagsAdd(id: $customer, tags: $tags) {
      userErrors { field message }
    }
  }
`;

export const removeTagMutation = /* GraphQL */ `
  mutation removeTag($customer: ID!, $tags: [String!]!) {
    tagsRemove(id: $customer, tags: $tags) {
      userErrors { field message }
    }
  }
`;
