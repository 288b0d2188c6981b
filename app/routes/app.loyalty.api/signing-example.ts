// How another system signs, as a command anybody can run; docs/loyalty-api.md says the same in words.

type Example = { address: string; domain: string; action: string };

/** The secret is taken from the environment, so that it does not end up in anybody's shell history. */
export const writeExample = ({ address, domain, action }: Example): string => `body='${JSON.stringify({ customer: "sam@example.com", action, id: "till-2026-0001" })}'
timestamp=$(date +%s)
signature=$(printf '%s.%s' "$timestamp" "$body" | openssl dgst -sha256 -hmac "$REGULARS_SECRET" -r | cut -d' ' -f1)
curl '${address}' \\
  --header 'Content-Type: application/json' \\
  --header 'X-Regulars-Shop: ${domain}' \\
  --header "X-Regulars-Timestamp: $timestamp" \\
  --header "X-Regulars-Signature: $signature" \\
  --data "$body"`;
