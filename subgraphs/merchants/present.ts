/** What our own rows refer to is there: merchants, programmes, purchases and rules are never deleted. */
export function present<Row>(row: Row | null): Row {
  if (row === null) throw new Error('Broken invariant: a row that is referred to is missing');
  return row;
}
