import {
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

/** How many a list is taken to hold, by `Type.field`. */
export type ListSizes = ReadonlyMap<string, number>;

export type Asked = Readonly<{
  schema: GraphQLSchema;
  listSizes: ListSizes;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}>;

/** Reads `@listSize(assumedSize:)` from the whole supergraph. What clients see of it has no directives. */
export function listSizesOf(supergraph: GraphQLSchema): ListSizes {
  const sizes = new Map<string, number>();
  for (const type of Object.values(supergraph.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const { name, astNode } of Object.values(type.getFields())) {
      const size = astNode?.directives
        ?.find((directive) => directive.name.value === 'listSize')
        ?.arguments?.find((argument) => argument.name.value === 'assumedSize')?.value;
      if (size?.kind === Kind.INT) sizes.set(`${type.name}.${name}`, Number(size.value));
    }
  }
  return sizes;
}

/**
 * How many objects the answer to a document may hold: each list counts as often as it may repeat. A few
 * words can ask for millions where two lists lead to each other, and no deadline ends a process that is
 * busy putting them together. Stops counting past `objectsMax`, so that the count itself is cheap. Of a
 * document that validation has let through: its fragments come to an end.
 */
export function objectsOf(
  { schema, listSizes, operation, fragments, variables }: Asked,
  objectsMax: number,
): number {
  let objects = 0;

  function walk(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    at: Readonly<{ times: number; page: number | null }>,
  ): void {
    for (const selection of selections) {
      if (objects > objectsMax) return;
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
    if (field === undefined || node.selectionSet === undefined) return;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return;
    const assumed = listSizes.get(`${parent.name}.${name.value}`) ?? LIST_SIZE_ASSUMED;
    const repeated = times * (isListType(getNullableType(field.type)) ? (page ?? assumed) : 1);
    objects += repeated;
    // A page says how many nodes and edges there are; below those it says nothing any more.
    walk(node.selectionSet, type, { times: repeated, page: pageOf(node, field, variables) });
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, { times: 1, page: null });
  return objects;
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
