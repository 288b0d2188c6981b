// Segments saved at Shopify.

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
