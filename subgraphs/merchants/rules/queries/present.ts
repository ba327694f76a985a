/** What our own rows refer to is there: nothing that a rule names is ever deleted. */
export function present<Row>(row: Row | null): Row {
  if (row === null) throw new Error('Broken invariant: a row that is referred to is missing');
  return row;
}
