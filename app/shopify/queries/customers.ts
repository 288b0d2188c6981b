// A customer's fields, as parse/customer.ts reads them.
import { documentsOf } from "./noun.ts";

export const customerDocuments = documentsOf({
  type: "Customer",
  list: "customers",
  pageSize: 100, // 3 points each
  fields: `
    id firstName lastName locale tags createdAt updatedAt
    defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
    defaultAddress { countryCodeV2 }
  `,
  children: null,
});
