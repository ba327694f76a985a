import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  type SelectionSetNode,
} from 'graphql';

/** Plain JSON, as a subgraph answers it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = Readonly<{ [key: string]: Json }>;

/** Keeps of an answer to one document what the document asked for. */
export type Prune = (data: JsonObject, variables: JsonObject) => JsonObject;

/** Throws when a value cannot be one of this type. What an object holds is checked field by field. */
export type CheckValue = (value: Json, type: GraphQLOutputType) => void;

/**
 * Makes the pruner of a document. `@apollo/gateway` merges everything that a subgraph answers into the
 * result, asked for or not, so a subgraph that may answer one field of a member could overwrite all
 * others. What the pruner lets through is the subgraph's own part, and nothing else:
 *
 * - a response key that the document does not ask for is dropped, at every depth;
 * - of a fragment with a type condition only what fits the type of the value; where the schema knows
 *   the type, the schema is believed and not the answer;
 * - where objects are expected, anything else becomes null.
 *
 * `@skip` and `@include` are not evaluated: what they would leave out is the subgraph's own as well.
 *
 * With `check` every value that is kept is looked at, and the pruner throws what it throws.
 */
export function compilePrune(schema: GraphQLSchema, query: string, check?: CheckValue): Prune {
  const { definitions } = parse(query, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  let root: Shape | null = null;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      const type = schema.getRootType(definition.operation)?.name ?? null;
      root = new Shape({ schema, fragments, check }, type, [definition.selectionSet]);
    }
  }
  const shape = root;
  if (shape === null) throw new Error('A fetch without an operation');
  return (data, variables) => shape.prune(data, representedTypes(variables)) as JsonObject;
}

/** The types of the entities that a fetch asks about, in order. */
function representedTypes({ representations }: JsonObject): readonly string[] {
  if (!Array.isArray(representations)) return [];
  return representations.map((representation: Json) =>
    isObject(representation) ? String(representation.__typename) : '',
  );
}

type Document = Readonly<{
  schema: GraphQLSchema;
  fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  check: CheckValue | undefined;
}>;

/** What one response key holds: the name of its type, a scalar, entities, or an object of a shape. */
type Part =
  | 'typename'
  | Readonly<{
      /** Null for a scalar or an enum. */
      shape: Shape | null;
      /** As the schema has it, or null where it does not know the field. */
      type: GraphQLOutputType | null;
      isEntities: boolean;
    }>;

/** One selection set on one type: what an object there may consist of. */
class Shape {
  readonly #document: Document;
  /** The type in the schema, or null when only the value knows (`_entities`). */
  readonly #type: string | null;
  readonly #selectionSets: readonly SelectionSetNode[];
  readonly #partsByType = new Map<string, ReadonlyMap<string, Part>>();

  constructor(document: Document, type: string | null, selectionSets: readonly SelectionSetNode[]) {
    this.#document = document;
    this.#type = type;
    this.#selectionSets = selectionSets;
  }

  prune(value: Json | undefined, entityTypes: readonly string[] = []): Json {
    if (isList(value)) return value.map((item) => this.prune(item));
    return this.#pruneObject(value, this.#type, entityTypes);
  }

  /** Entities answer the representations of the fetch one by one, so each must be of the type asked. */
  pruneEntities(value: Json | undefined, types: readonly string[]): Json {
    if (!isList(value)) return null;
    return value.map((entity, index) => this.#pruneObject(entity, types[index] ?? null, []));
  }

  #pruneObject(value: Json | undefined, type: string | null, entityTypes: readonly string[]): Json {
    if (!isObject(value)) return null;
    const actual = this.#actualType(value, type);
    if (actual === null) return null;
    // Without a prototype, because a key may be called `__proto__`.
    const kept: { [key: string]: Json } = Object.create(null);
    for (const [key, part] of this.#parts(actual)) {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      if (given === undefined) continue;
      if (part === 'typename') {
        kept[key] = actual;
        continue;
      }
      const { shape, type: fieldType, isEntities } = part;
      if (fieldType !== null) this.#document.check?.(given, fieldType);
      if (shape === null) kept[key] = given;
      else if (isEntities) kept[key] = shape.pruneEntities(given, entityTypes);
      else kept[key] = given === null ? null : shape.prune(given);
    }
    return kept;
  }

  /** The type of a value: as the schema says, and where it leaves a choice as the value says. */
  #actualType(value: JsonObject, type: string | null): string | null {
    const { schema } = this.#document;
    const expected = type === null ? undefined : schema.getType(type);
    if (isObjectType(expected)) return expected.name;
    if (!isAbstractType(expected)) return null;
    const claimed = value.__typename;
    // Without a name of its own only what holds for all types is kept. The same for the name of the
    // interface itself, which a subgraph that sees the interface as an object answers.
    if (claimed === undefined || claimed === expected.name) return expected.name;
    return schema.getPossibleTypes(expected).some(({ name }) => name === claimed)
      ? String(claimed)
      : null;
  }

  #parts(type: string): ReadonlyMap<string, Part> {
    let parts = this.#partsByType.get(type);
    if (parts === undefined) {
      const fields = new Map<string, FieldNode[]>();
      for (const selectionSet of this.#selectionSets) {
        collectFields(this.#document, type, selectionSet, fields);
      }
      parts = new Map([...fields].map(([key, nodes]) => [key, this.#part(type, nodes)]));
      this.#partsByType.set(type, parts);
    }
    return parts;
  }

  #part(type: string, nodes: readonly FieldNode[]): Part {
    const name = nodes[0]?.name.value ?? '';
    if (name === '__typename') return 'typename';
    const selectionSets = nodes.flatMap(({ selectionSet }) => selectionSet ?? []);
    if (name === '_entities') {
      const shape = new Shape(this.#document, null, selectionSets);
      return { shape, type: null, isEntities: true };
    }
    const parent = this.#document.schema.getType(type);
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const named = getNamedType(field?.type);
    const composite = isCompositeType(named) ? named.name : null;
    const shape =
      selectionSets.length === 0 ? null : new Shape(this.#document, composite, selectionSets);
    return { shape, type: field?.type ?? null, isEntities: false };
  }
}

/** The fields that a selection set asks of a value of this type, by response key. */
function collectFields(
  document: Document,
  type: string,
  { selections }: SelectionSetNode,
  fields: Map<string, FieldNode[]>,
): void {
  for (const selection of selections) {
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const nodes = fields.get(key);
      if (nodes === undefined) fields.set(key, [selection]);
      else nodes.push(selection);
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? document.fragments.get(selection.name.value)
        : selection;
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value ?? type;
    if (fits(document.schema, type, condition)) {
      collectFields(document, type, fragment.selectionSet, fields);
    }
  }
}

/** Whether every value of the type fulfils the condition. */
function fits(schema: GraphQLSchema, type: string, condition: string): boolean {
  if (type === condition) return true;
  const actual = schema.getType(type);
  const wanted = schema.getType(condition);
  if (!isAbstractType(wanted)) return false;
  return (isObjectType(actual) || isInterfaceType(actual)) && schema.isSubType(wanted, actual);
}

const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

const isObject = (value: Json | undefined): value is JsonObject =>
  value !== null && typeof value === 'object' && !Array.isArray(value);
