// Starting a bulk operation and asking how it is going.

// Grouped: children follow their parent, so that one order fits in memory and not the whole file has to.
export const startBulkMutation = /* GraphQL */ `
  mutation startBulk($query: String!) {
    bulkOperationRunQuery(query: $query, groupObjects: true) {
      bulkOperation {
        id
      }
      userErrors {
        code
        field
      }
    }
  }
`;

export const bulkQuery = /* GraphQL */ `
  query bulk($id: ID!) {
    bulkOperation(id: $id) {
      id
      status
      errorCode
      objectCount
      rootObjectCount
      fileSize
      url
      partialDataUrl
    }
  }
`;

export const countsQuery = /* GraphQL */ `
  query counts {
    ordersCount(limit: null) {
      count
    }
    customersCount(limit: null) {
      count
    }
    productsCount(limit: null) {
      count
    }
  }
`;
