// Telling Shopify of a customer: receipt, tags and Flow in one document, so that they happen together or not at all.

export const tellCustomerMutation = /* GraphQL */ `
  mutation tellCustomer(
    $customer: ID!, $receipts: [MetafieldsSetInput!]!, $added: [String!]!, $removed: [String!]!, $handle: String!, $payload: JSON!,
    $leavesReceipt: Boolean!, $adds: Boolean!, $removes: Boolean!, $startsFlow: Boolean!
  ) {
    metafieldsSet(metafields: $receipts) @include(if: $leavesReceipt) {
      userErrors { field message code }
    }
    tagsRemove(id: $customer, tags: $removed) @include(if: $removes) {
      userErrors { field message }
    }
    tagsAdd(id: $customer, tags: $added) @include(if: $adds) {
      userErrors { field message }
    }
    flowTriggerReceive(handle: $handle, payload: $payload) @include(if: $startsFlow) {
      userErrors { field message }
    }
  }
`;

export const receiptQuery = /* GraphQL */ `
  query receipt($customer: ID!, $namespace: String!, $key: String!) {
    customer(id: $customer) {
      receipt: metafield(namespace: $namespace, key: $key) { value }
    }
  }
`;
