// A customer's fields, as parse/customer.ts reads them.
import { documentsOf } from "./noun.ts";

export const customerDocuments = documentsOf({
  type: "Customer",
  list: "customers",
  pageSize: 100, // 5 points each
  fields: `
    id firstName lastName locale tags createdAt updatedAt
    defaultEmailAddress { emailAddress marketingState marketingUpdatedAt }
    defaultAddress { countryCodeV2 }
    birthDate: metafield(namespace: "facts", key: "birth_date") { value }
    statistics { rfmGroup }
  `,
  children: null,
});
