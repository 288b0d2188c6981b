// An order's fields, as parse/order.ts reads them.
import { documentsOf } from "./noun.ts";

const money = "{ shopMoney { amount currencyCode } }";

export const orderDocuments = documentsOf({
  type: "Order",
  list: "orders",
  pageSize: 7, // with 10 lines each about 900 points
  fields: `
    id name processedAt updatedAt cancelledAt test displayFinancialStatus discountCodes sourceName taxesIncluded
    currentTotalPriceSet ${money}
    totalPriceSet ${money}
    totalDiscountsSet ${money}
    totalRefundedSet ${money}
    totalShippingPriceSet ${money}
    currentShippingPriceSet ${money}
    shippingAddress { countryCodeV2 }
    billingAddress { countryCodeV2 }
    customer { id firstName lastName createdAt defaultEmailAddress { emailAddress } }
    refunds { id createdAt updatedAt totalRefundedSet ${money} }
  `, // Shopify allows no connection inside the list of refunds
  children: {
    field: "lineItems",
    pageSize: 10,
    fields: `
      id title quantity currentQuantity isGiftCard product { id } variant { id }
      originalUnitPriceSet ${money}
      discountAllocations { allocatedAmountSet ${money} }
      taxLines { priceSet ${money} }
    `,
  },
});
