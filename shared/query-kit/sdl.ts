import type { ListField, ListSpec } from './list.ts';

/** The SDL of a list: its query field, filter, order and connection. */
export function listSdl(spec: ListSpec<never>): string {
  const { type, field, fields } = spec;
  const filters = Object.entries(fields).filter(([, { isFilter }]) => isFilter === true);
  const orders = Object.entries(fields).filter(([, { isOrder }]) => isOrder === true);
  const requires = JSON.stringify(spec.requires).replaceAll(',', ', ');
  return `extend type Query {
  "${spec.description} Ask for a page by \`first\` or \`last\`, from 1 to 100."
  ${field}(
    filter: ${type}Filter
    orderBy: [${type}Order!]
    first: Int
    after: String
    last: Int
    before: String${argumentsSdl(spec)}
  ): ${type}Connection!
    @auth(requires: ${requires})
    @listSize(slicingArguments: ["first", "last"], sizedFields: ["edges", "nodes"])
}

"Conditions on ${field}. All given ones must hold."
input ${type}Filter {
${filters.map(([name, { type: scalar }]) => `  ${name}: ${filterType(scalar)}`).join('\n')}
  "All of these must hold. At least one."
  and: [${type}Filter!]
  "One of these must hold. At least one."
  or: [${type}Filter!]
  "This must not hold."
  not: ${type}Filter
}

"What ${field} may be ordered by."
enum ${type}SortField {
${orders.map(([name]) => `  ${name}`).join('\n')}
}

"One key of the order of ${field}. Rows with equal keys are ordered by id."
input ${type}Order {
  field: ${type}SortField!
  direction: SortDirection! = ASC
}

"A page of ${field}."
type ${type}Connection {
  edges: [${type}Edge!]!
  nodes: [${type}!]!
  pageInfo: PageInfo!
  "How many match, counted up to \`max\`: an answer of \`max\` means that many or more."
  totalCount(max: Int! = 10000): Int! @cost(weight: 50)
}

"One of ${field}, with its place in the list."
type ${type}Edge {
  cursor: String!
  node: ${type}!
}
`;
}

/** Arguments that only this list has. */
const argumentsSdl = (spec: ListSpec<never>): string =>
  Object.entries(spec.arguments ?? {})
    .map(([name, { type, description }]) => `\n    "${description}"\n    ${name}: ${type}`)
    .join('');

/** The SDL of the filters on enums that the lists of one subgraph use. */
export function enumFilterSdl(specs: readonly ListSpec<never>[]): string {
  const names = new Set(
    specs.flatMap(({ fields }) =>
      Object.values(fields).flatMap(({ type }) => (typeof type === 'object' ? [type.enum] : [])),
    ),
  );
  return [...names]
    .toSorted()
    .map(
      (name) => `"Conditions on a ${name}. All given ones must hold."
input ${name}Filter {
  eq: ${name}
  ne: ${name}
  in: [${name}!]
  notIn: [${name}!]
}
`,
    )
    .join('\n');
}

const filterType = (type: ListField['type']): string =>
  typeof type === 'object' ? `${type.enum}Filter` : `${type}Filter`;
