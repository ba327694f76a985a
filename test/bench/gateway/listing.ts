/** How many redemptions are listed. */
export const FIRST = 20;

/** The listing of redemptions with everything around them, answered by five services. */
export const listing = {
  query: `query ($first: Int!) { redemptions(first: $first) { nodes {
  id status
  reward { title merchant { name industry } green { label } }
  member { displayName tier { name } wallet { available } }
  burns { points issuer { name } expiresOn }
  claims { debtor { name } creditor { name } points amount { amountMinor currency } }
  voucher { code validUntil }
  carbonGrams
} } }`,
  variables: { first: FIRST },
};
