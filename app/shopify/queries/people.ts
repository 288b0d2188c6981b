// What people wrote down about themselves, to see whether two of them are one.

export const pairQuery = /* GraphQL */ `
  query pair($customer: ID!, $order: ID!) {
    customer(id: $customer) {
      lastName
      defaultEmailAddress { emailAddress }
      defaultPhoneNumber { phoneNumber }
      defaultAddress { lastName address1 zip countryCodeV2 phone }
    }
    order(id: $order) {
      email
      phone
      shippingAddress { lastName address1 zip countryCodeV2 phone }
      billingAddress { lastName address1 zip countryCodeV2 phone }
    }
  }
`;
