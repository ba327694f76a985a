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
  type SelectionNode,
  type SelectionSetNode,
  type ValueNode,
  visit,
} from 'graphql';

/** Plain JSON, as a subgraph answers it. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export type JsonObject = Readonly<{ [key: string]: Json }>;

/** Keeps of an answer to one document what the document asked for. */
export type Prune = (data: JsonObject, variables: JsonObject) => JsonObject;

/** Where a value stands: the field of a type. */
export type Where = Readonly<{ owner: string; field: string }>;

/** What is demanded of the answers of a subgraph that is not believed. */
export type Demands = Readonly<{
  /** What the names of its own types begin with. An object may claim to be of no other. */
  start: string;
  /** Throws when a value cannot stand there. What an object holds is checked field by field. */
  check: (value: Json, type: GraphQLOutputType, where: Where) => void;
}>;

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
 * What `@skip` and `@include` would leave out is kept: it is the subgraph's own as well.
 *
 * With `demands` the pruner throws on an answer that does not meet them, on one that lacks what was asked
 * for, and on an object that does not say what it is where that is open.
 */
export function compilePrune(schema: GraphQLSchema, query: string, demands?: Demands): Prune {
  const { definitions } = parse(query, { noLocation: true });
  const fragments = new Map<string, FragmentDefinitionNode>();
  const defaults: { [name: string]: boolean } = {};
  let root: Shape | null = null;
  for (const definition of definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) {
      fragments.set(definition.name.value, definition);
    } else if (definition.kind === Kind.OPERATION_DEFINITION) {
      const type = schema.getRootType(definition.operation)?.name ?? null;
      for (const { variable, defaultValue } of definition.variableDefinitions ?? []) {
        if (defaultValue?.kind === Kind.BOOLEAN) defaults[variable.name.value] = defaultValue.value;
      }
      const selected = { node: definition.selectionSet, when: [] };
      root = new Shape({ schema, fragments, demands }, type, [selected]);
    }
  }
  const shape = root;
  if (shape === null) throw new Error('A fetch without an operation');
  return (data, variables) => {
    const entityTypes = representedTypes(variables);
    const run = { entityTypes, variables: { ...defaults, ...variables } };
    return shape.prune(data, run) as JsonObject; // Of an object it makes an object.
  };
}

/** Every response key of a document. */
export function responseKeysOf(query: string): ReadonlySet<string> {
  const keys = new Set<string>();
  visit(parse(query, { noLocation: true }), {
    Field: ({ alias, name }) => void keys.add(alias?.value ?? name.value),
  });
  return keys;
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
  demands: Demands | undefined;
}>;

/** One answer that is pruned. */
type Run = Readonly<{ variables: JsonObject; entityTypes: readonly string[] }>;

/** What one response key holds: the name of its type, a scalar, entities, or an object of a shape. */
type Part = Readonly<{
  isTypename: boolean;
  /** Null for a scalar or an enum. */
  shape: Shape | null;
  /** As the schema has it, or null where it does not know the field. */
  type: GraphQLOutputType | null;
  isEntities: boolean;
  where: Where;
  /** It is asked for when one of these holds. */
  whens: readonly When[];
}>;

/** One selection set on one type: what an object there may consist of. */
class Shape {
  readonly #document: Document;
  /** The type in the schema, or null when only the value knows (`_entities`). */
  readonly #type: string | null;
  readonly #selectionSets: readonly Selected<SelectionSetNode>[];
  readonly #partsByType = new Map<string, ReadonlyMap<string, Part>>();

  constructor(
    document: Document,
    type: string | null,
    selectionSets: readonly Selected<SelectionSetNode>[],
  ) {
    this.#document = document;
    this.#type = type;
    this.#selectionSets = selectionSets;
  }

  prune(value: Json | undefined, run: Run): Json {
    if (isList(value)) return value.map((item) => this.prune(item, run));
    return this.#pruneObject(value, this.#type, run);
  }

  /** Entities answer the representations of the fetch one by one, so each must be of the type asked. */
  pruneEntities(value: Json | undefined, run: Run): Json {
    if (!isList(value)) return null;
    return value.map((entity, index) =>
      this.#pruneObject(entity, run.entityTypes[index] ?? null, run),
    );
  }

  #pruneObject(value: Json | undefined, type: string | null, run: Run): Json {
    if (!isObject(value)) return null;
    const actual = this.#actualType(value, type);
    if (actual === null) return null;
    // Without a prototype, because a key may be called `__proto__`.
    const kept: { [key: string]: Json } = Object.create(null);
    for (const [key, part] of this.#parts(actual)) {
      const given = Object.hasOwn(value, key) ? value[key] : undefined;
      if (given !== undefined) kept[key] = part.isTypename ? actual : this.#keep(given, part, run);
      else if (this.#document.demands && isAskedFor(part.whens, run.variables)) {
        throw new Error(`${part.where.owner}.${part.where.field} is missing`);
      }
    }
    return kept;
  }

  #keep(given: Json, { shape, type, isEntities, where }: Part, run: Run): Json {
    if (type !== null) this.#document.demands?.check(given, type, where);
    if (shape === null) return given;
    if (isEntities) return shape.pruneEntities(given, run);
    return given === null ? null : shape.prune(given, run);
  }

  /** The type of a value: as the schema says, and where it leaves a choice as the value says. */
  #actualType(value: JsonObject, type: string | null): string | null {
    const { schema, demands } = this.#document;
    const expected = type === null ? undefined : schema.getType(type);
    if (isObjectType(expected)) return expected.name;
    if (!isAbstractType(expected)) return null;
    const claimed = value.__typename;
    const isPossible = schema.getPossibleTypes(expected).some(({ name }) => name === claimed);
    if (demands !== undefined) {
      if (isPossible && String(claimed).startsWith(demands.start)) return String(claimed);
      throw new Error(`an object that is no ${expected.name} of its own`);
    }
    // Without a name of its own only what holds for all types is kept. The same for the name of the
    // interface itself, which a subgraph that sees the interface as an object answers.
    if (claimed === undefined || claimed === expected.name) return expected.name;
    return isPossible ? String(claimed) : null;
  }

  #parts(type: string): ReadonlyMap<string, Part> {
    let parts = this.#partsByType.get(type);
    if (parts === undefined) {
      const fields: Fields = new Map();
      for (const selected of this.#selectionSets) {
        collectFields(this.#document, type, selected, fields);
      }
      parts = new Map([...fields].map(([key, nodes]) => [key, this.#part(type, nodes)]));
      this.#partsByType.set(type, parts);
    }
    return parts;
  }

  #part(owner: string, fields: readonly Selected<FieldNode>[]): Part {
    const name = fields[0]?.node.name.value ?? '';
    const parent = this.#document.schema.getType(owner);
    const field =
      isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[name] : undefined;
    const named = getNamedType(field?.type);
    const composite = isCompositeType(named) ? named.name : null;
    const below = fields.flatMap(({ node: { selectionSet }, when }) =>
      selectionSet === undefined ? [] : [{ node: selectionSet, when }],
    );
    return {
      isTypename: name === '__typename',
      shape: below.length === 0 ? null : new Shape(this.#document, composite, below),
      type: field?.type ?? null,
      // Nobody declares a field of this name; what a merchant called so is a field like any other.
      isEntities: name === '_entities' && field === undefined,
      where: { owner, field: name },
      whens: fields.map(({ when }) => when),
    };
  }
}

/** What `@skip` and `@include` demand, all of it, from the top down to here. */
type When = readonly Readonly<{ value: ValueNode; isWanted: boolean }>[];

/** A part of a document and when it counts. */
type Selected<Node> = Readonly<{ node: Node; when: When }>;

type Fields = Map<string, Selected<FieldNode>[]>;

function whenOf({ directives }: SelectionNode, around: When): When {
  const own = (directives ?? []).flatMap(({ name, arguments: given }) => {
    const value = given?.find((argument) => argument.name.value === 'if')?.value;
    if (value === undefined || !['skip', 'include'].includes(name.value)) return [];
    return [{ value, isWanted: name.value === 'include' }];
  });
  return own.length === 0 ? around : [...around, ...own];
}

const isAskedFor = (whens: readonly When[], variables: JsonObject): boolean =>
  whens.some((when) =>
    when.every(({ value, isWanted }) => {
      if (value.kind === Kind.BOOLEAN) return value.value === isWanted;
      return value.kind === Kind.VARIABLE && variables[value.name.value] === isWanted;
    }),
  );

/** The fields that a selection set asks of a value of this type, by response key. */
function collectFields(
  document: Document,
  type: string,
  { node: { selections }, when: around }: Selected<SelectionSetNode>,
  fields: Fields,
): void {
  for (const selection of selections) {
    const when = whenOf(selection, around);
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const selected = fields.get(key) ?? [];
      fields.set(key, selected);
      selected.push({ node: selection, when });
      continue;
    }
    const fragment =
      selection.kind === Kind.FRAGMENT_SPREAD
        ? document.fragments.get(selection.name.value)
        : selection;
    if (fragment === undefined) continue;
    const condition = fragment.typeCondition?.name.value ?? type;
    if (fits(document.schema, type, condition)) {
      collectFields(document, type, { node: fragment.selectionSet, when }, fields);
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
