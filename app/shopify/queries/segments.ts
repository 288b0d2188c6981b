// Telling Shopify who entered or left a segment: receipt, tag and Flow in one document, so that they happen together or not at all.

export const tellCustomerMutation = /* GraphQL */ `
  mutation tellCustomer(
    $customer: ID!, $receipts: [MetafieldsSetInput!]!, $tags: [String!]!, $handle: String!, $payload: JSON!,
    $leavesReceipt: Boolean!, $addsTag: Boolean!, $removesTag: Boolean!, $startsFlow: Boolean!
  ) {
    metafieldsSet(metafields: $receipts) @include(if: $leavesReceipt) {
      userErrors { field message code }
    }
    tagsAdd(id: $customer, tags: $tags) @include(if: $addsTag) {
      userErrors { field message }
    }
    tagsRemove(id: $customer, tags: $tags) @include(if: $removesTag) {
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

export const savedSegmentQuery = /* GraphQL */ `
  query savedSegment($id: ID!) {
    segment(id: $id) { id name query }
  }
`;

export const savedSegmentsQuery = /* GraphQL */ `
  query savedSegments($after: String) {
    segments(first: 250, after: $after) {
      nodes { id name query }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

export const createSegmentMutation = /* GraphQL */ `
  mutation createSegment($name: String!, $query: String!) {
    segmentCreate(name: $name, query: $query) {
      segment { id }
      userErrors { field message }
    }
  }
`;

export const renameSegmentMutation = /* GraphQL */ `
  mutation renameSegment($id: ID!, $name: String!) {
    segmentUpdate(id: $id, name: $name) {
      segment { id }
      userErrors { field message }
    }
  }
`;

export const deleteSegmentMutation = /* GraphQL */ `
  mutation deleteSegment($id: ID!) {
    segmentDelete(id: $id) {
      deletedSegmentId
      userErrors { field message }
    }
  }
`;
