import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
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

/** How many a list is taken to hold when nothing says how many are asked for. */
const LIST_SIZE_ASSUMED = 10;

export type Asked = Readonly<{
  schema: GraphQLSchema;
  operation: OperationDefinitionNode;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  variables: Readonly<Record<string, unknown>>;
}>;

export type Cost = Readonly<{
  /** Objects that the answer may hold: each list counts as often as it may repeat. */
  objects: number;
  /** How deep the fields are nested. */
  depth: number;
}>;

/**
 * What a document may cost, before anything of it is done. A few words can ask for millions of objects
 * where two lists lead to each other, and no deadline ends a process that is busy putting them
 * together. Stops counting at `objectsMax` and `depthMax`, so that the count itself is cheap.
 */
export function costOf(
  { schema, operation, fragments, variables }: Asked,
  { objectsMax, depthMax }: Readonly<{ objectsMax: number; depthMax: number }>,
): Cost {
  let objects = 0;
  let deepest = 0;

  function walk(
    { selections }: SelectionSetNode,
    type: GraphQLCompositeType,
    { depth, times, page }: Readonly<{ depth: number; times: number; page: number | null }>,
  ): void {
    if (objects > objectsMax || deepest > depthMax) return;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        visitField(selection, type, { depth: depth + 1, times, page });
        continue;
      }
      const fragment =
        selection.kind === Kind.FRAGMENT_SPREAD ? fragments.get(selection.name.value) : selection;
      if (fragment === undefined) continue;
      const condition = fragment.typeCondition?.name.value;
      const narrowed = condition === undefined ? type : schema.getType(condition);
      if (isCompositeType(narrowed)) walk(fragment.selectionSet, narrowed, { depth, times, page });
    }
  }

  function visitField(
    node: FieldNode,
    parent: GraphQLCompositeType,
    { depth, times, page }: Readonly<{ depth: number; times: number; page: number | null }>,
  ): void {
    deepest = Math.max(deepest, depth);
    const field =
      isObjectType(parent) || isInterfaceType(parent)
        ? parent.getFields()[node.name.value]
        : undefined;
    if (field === undefined || node.selectionSet === undefined) return;
    const type = getNamedType(field.type);
    if (!isCompositeType(type)) return;
    const size = isListType(getNullableType(field.type)) ? (page ?? LIST_SIZE_ASSUMED) : 1;
    const repeated = times * size;
    objects += repeated;
    // A page says how many nodes and edges there are; below those it says nothing any more.
    walk(node.selectionSet, type, { depth, times: repeated, page: pageOf(node, variables) });
  }

  const root = schema.getRootType(operation.operation);
  if (root) walk(operation.selectionSet, root, { depth: 0, times: 1, page: null });
  return { objects, depth: deepest };
}

/** The page that a list is asked for by `first` or `last`, or null. */
function pageOf({ arguments: given }: FieldNode, variables: Asked['variables']): number | null {
  for (const { name, value } of given ?? []) {
    if (name.value !== 'first' && name.value !== 'last') continue;
    const size =
      value.kind === Kind.VARIABLE
        ? variables[value.name.value]
        : value.kind === Kind.INT
          ? Number(value.value)
          : null;
    if (typeof size === 'number' && size > 0) return size;
  }
  return null;
}

/** How deep a value is nested; stops at `max`. Walks without recursion: the value is a stranger's. */
export function nestingOf(value: unknown, max: number): number {
  let level: unknown[] = [value];
  for (let depth = 0; ; depth += 1) {
    const next = level.flatMap((part) =>
      part !== null && typeof part === 'object' ? Object.values(part) : [],
    );
    if (next.length === 0 || depth >= max) return depth;
    level = next;
  }
}
