import {
  type FieldDefinitionNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** How many a list is taken to hold that says nothing of it, neither by a page nor in the schema. */
const LIST_SIZE_ASSUMED = 10;

/** What the contracts say of fields, by `Type.field`. */
export type FieldCosts = Readonly<{
  /** How many a list is taken to hold. */
  sizes: ReadonlyMap<string, number>;
  /** How much a field weighs, where it is more than an object of the answer. */
  weights: ReadonlyMap<string, number>;
}>;

export type Asked = Readonly<{
  schema: GraphQLSchema;
  costs: FieldCosts;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}>;

/** How much an operation may come to. */
export type Bounds = Readonly<{ objectsMax: number; costMax: number }>;

/** Reads `@listSize(assumedSize:)` and `@cost(weight:)` of fields from the whole supergraph. What clients see has no directives. */
export function fieldCostsOf(supergraph: GraphQLSchema): FieldCosts {
  const sizes = new Map<string, number>();
  const weights = new Map<string, number>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, astNode } of Object.values(type.getFields())) {
      const size = numberIn(astNode, 'listSize', 'assumedSize');
      if (size !== null) sizes.set(`${type.name}.${name}`, size);
      const weight = numberIn(astNode, 'cost', 'weight');
      if (weight !== null) weights.set(`${type.name}.${name}`, weight);
    }
  }
  return { sizes, weights };
}

function numberIn(
  node: FieldDefinitionNode | null | undefined,
  directive: string,
  argument: string,
): number | null {
  const value = node?.directives
    ?.find(({ name }) => name.value === directive)
    ?.arguments?.find(({ name }) => name.value === argument)?.value;
  return value?.kind === Kind.INT ? Number(value.value) : null;
}

/**
 * How many objects the answer to a document may hold, and what it costs: each list counts as often as it may repeat.
 * An object costs one, a field that weighs something its weight. A few words can ask for millions where two lists lead
 * to each other, and no deadline ends a process that is busy putting them together. Stops counting past a bound, so
 * that the count itself is cheap. Of a document that validation has let through: its fragments come to an end.
 */
export function costOf(
  { schema, costs, operation, fragments, variables }: Asked,
  { objectsMax, costMax }: Bounds,
): Readonly<{ objects: number; cost: number }> {
  let objects = 0;
  let cost = 0;

  function walk(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    at: Readonly<{ times: number; page: number | null }>,
  ): void {
    for (const selection of selections) {
      if (objects > objectsMax || cost > costMax) return;
      if (selection.kind === Kind.FIELD) {
        visitField(selection, type, at);
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition?.name.value;
      const narrowed = condition === undefined ? type : schema.getType(condition);
      if (isCompositeType(narrowed)) walk(fragment.selectionSet, narrowed, at);
    }
  }

  function visitField(
    node: FieldNode,
    parent: GraphQLCompositeType,
    { times, page }: Readonly<{ times: number; page: number | null }>,
  ): void {
    const { name } = node;
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name.value] : undefined;
    if (field === undefined) return;
    const place = `${parent.name}.${name.value}`;
    const weight = costs.weights.get(place) ?? 0;
    const type = getNamedType(field.type);
    if (node.selectionSet === undefined || !isCompositeType(type)) {
      cost += times * weight;
      return;
    }
    const assumed = costs.sizes.get(place) ?? LIST_SIZE_ASSUMED;
    const repeated = times * (isListType(getNullableType(field.type)) ? (page ?? assumed) : 1);
    objects += repeated;
    cost += Math.max(repeated, times * weight);
    // A page says how many nodes and edges there are; below those it says nothing any more.
    walk(node.selectionSet, type, { times: repeated, page: pageOf(node, field, variables) });
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, { times: 1, page: null });
  return { objects, cost };
}

/** The larger page of those that a list is asked for by `first` and `last`, or null. */
function pageOf(
  { arguments: given }: FieldNode,
  { args }: GraphQLField<unknown, unknown>,
  variables: Asked['variables'],
): number | null {
  const sizes = args
    .filter(({ name }) => name === 'first' || name === 'last')
    .map(({ name, defaultValue }) => {
      const value = given?.find((argument) => argument.name.value === name)?.value;
      if (value?.kind === Kind.INT) return Number(value.value);
      const variable = value?.kind === Kind.VARIABLE ? variables[value.name.value] : undefined;
      return variable ?? defaultValue;
    })
    .filter((size): size is number => typeof size === 'number' && size > 0);
  return sizes.length === 0 ? null : Math.max(...sizes);
}
