import {
  type ConstDirectiveNode,
  type DefinitionNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  parse,
  print,
  type TypeNode,
  visit,
} from 'graphql';
import { checkTexts } from '../../shared/graphql/checked-text.ts';
import { itemOf, subgraphOf } from './alliance-sdl.ts';
import { catalogItem, contractSdl, nameOf } from './contract.ts';
import { foreignSdl } from './foreign-sdl.ts';
import { limits } from './limits.ts';

/** Whether a merchant's contract may become part of the graph. */
export type Admission =
  | Readonly<{
      kind: 'Admitted';
      /** What is composed: the platform's own contract around the merchant's own types. */
      sdl: string;
    }>
  | Readonly<{
      kind: 'Refused';
      /** What is wrong and what to do, one sentence each. */
      problems: readonly string[];
    }>;

const BUILT_IN = ['ID', 'String', 'Int', 'Float', 'Boolean'];
const CONTRACT = ['SafeInt', 'Money', 'PageInfo', 'CatalogItem'];
const PREFIX = /^[A-Z][a-z0-9]{2,19}$/;

/**
 * Decides on the contract of a merchant's subgraph. What is not allowed is refused: composition itself
 * lets a stranger override fields, hide keys, ask for personal data by `@requires` and thin out shared
 * inputs. What is admitted is not the merchant's text either, but the platform's contract with the
 * merchant's own types put into it.
 */
export function admit(prefix: string, sdl: string): Admission {
  if (!PREFIX.test(prefix)) {
    return refused(
      `"${prefix}" cannot be a prefix. Take a capital letter and 2 to 19 small letters or digits.`,
    );
  }
  if (sdl.length > limits.sdlMax) {
    return refused(`The schema has ${sdl.length} characters; ${limits.sdlMax} are allowed.`);
  }
  let definitions: readonly DefinitionNode[];
  try {
    ({ definitions } = parse(sdl, { maxTokens: limits.tokensMax, noLocation: true }));
  } catch (error) {
    return refused(`The schema cannot be read: ${error instanceof Error ? error.message : error}`);
  }
  const own = definitions.filter((definition) => !isOfContract(definition));
  const problems = [
    ...own.flatMap((definition) => problemsOf(definition, prefix)),
    ...missing(own, prefix),
    ...excess(own),
  ];
  return problems.length > 0
    ? { kind: 'Refused', problems: [...new Set(problems)] }
    : { kind: 'Admitted', sdl: foreignSdl(prefix, own) };
}

const refused = (...problems: string[]): Admission => ({ kind: 'Refused', problems });

/** Text without descriptions, so that a comment that was left out is no difference. */
const bare = (node: DefinitionNode): string =>
  print(visit(node, { enter: (part) => ({ ...part, description: undefined }) }));

const contractParts = new Set(parse(contractSdl()).definitions.map(bare));

/** The contract itself may be repeated, but only as it is. */
const isOfContract = (definition: DefinitionNode): boolean => contractParts.has(bare(definition));

/** What is wrong with one definition that is not part of the contract. */
function problemsOf(definition: DefinitionNode, prefix: string): string[] {
  const name = nameOf(definition) ?? '';
  if (CONTRACT.includes(name)) {
    return [
      `${name} differs from the contract. Copy contract.graphql again, and do not change it.`,
    ];
  }
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
      if (name === 'Query') return rootProblems(definition.fields ?? [], prefix);
      if (name === 'Mutation' || name === 'Subscription') {
        return [`${name} is not possible: a merchant's subgraph is read and changes nothing.`];
      }
      break;
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.UNION_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      break;
    case Kind.SCALAR_TYPE_DEFINITION:
      return [`The scalar ${name} is not possible: nobody could check its values. Use String.`];
    default:
      return [`A ${wordsOf(definition.kind)} is not possible. Leave it out.`];
  }
  if (definition.kind === Kind.OBJECT_TYPE_EXTENSION) {
    return [`"extend type ${name}" is not possible. Write it as "type" with its own name.`];
  }
  return [
    ...(name.startsWith(`${prefix}_`) ? [] : [`${name} must be called ${prefix}_${name}.`]),
    ...directiveProblems(definition.directives, name, name === itemOf(prefix) ? ['key'] : []),
    ...memberProblems(definition, prefix),
  ];
}

const wordsOf = (kind: string): string =>
  kind.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

function rootProblems(fields: readonly FieldDefinitionNode[], prefix: string): string[] {
  const start = `${subgraphOf(prefix)}_`;
  return fields.flatMap((field) => [
    ...(field.name.value.startsWith(start)
      ? []
      : [`Query.${field.name.value} must be called ${start}${field.name.value}.`]),
    ...(field.type.kind === Kind.NON_NULL_TYPE
      ? [`Query.${field.name.value} must be nullable: an outage of yours must cost only itself.`]
      : []),
    ...fieldProblems(field, 'Query', prefix),
  ]);
}

/** What is wrong inside a type: fields, arguments, values, interfaces, members of a union. */
function memberProblems(definition: DefinitionNode, prefix: string): string[] {
  const owner = nameOf(definition) ?? '';
  const isOwn = (name: string) => name.startsWith(`${prefix}_`);
  switch (definition.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_DEFINITION:
      return [
        ...(definition.interfaces ?? [])
          .map(({ name }) => name.value)
          .filter((name) => !isOwn(name) && !(name === 'CatalogItem' && owner === itemOf(prefix)))
          .map((name) => `${owner} cannot implement ${name}.`),
        ...(definition.fields ?? []).flatMap((field) => fieldProblems(field, owner, prefix)),
      ];
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
      return (definition.fields ?? []).flatMap((field) => fieldProblems(field, owner, prefix));
    case Kind.UNION_TYPE_DEFINITION:
      return (definition.types ?? [])
        .map(({ name }) => name.value)
        .filter((name) => !isOwn(name))
        .map((name) => `${owner} cannot hold ${name}, which is not yours.`);
    case Kind.ENUM_TYPE_DEFINITION:
      return (definition.values ?? []).flatMap(({ name, directives }) =>
        directiveProblems(directives, `${owner}.${name.value}`, []),
      );
    default:
      return [];
  }
}

function fieldProblems(
  field: FieldDefinitionNode | InputValueDefinitionNode,
  owner: string,
  prefix: string,
): string[] {
  const where = `${owner}.${field.name.value}`;
  const named = namedTypeOf(field.type);
  const isKnown =
    BUILT_IN.includes(named) || CONTRACT.includes(named) || named.startsWith(`${prefix}_`);
  const given = field.kind === Kind.FIELD_DEFINITION ? (field.arguments ?? []) : [];
  return [
    ...(isKnown
      ? []
      : [`${where} is of type ${named}, which is neither yours nor the contract's.`]),
    ...(owner === itemOf(prefix) && ['merchant', 'unit'].includes(field.name.value)
      ? [`${where} is said by the platform. Leave it out.`]
      : []),
    ...(field.name.value.startsWith('__') ? [`${where} begins like an introspection field.`] : []),
    ...directiveProblems(field.directives, where, []),
    ...given.flatMap((argument) => fieldProblems(argument, where, prefix)),
  ];
}

/** Only `@deprecated`, and on an item the key by which the platform refers to it. */
function directiveProblems(
  directives: readonly ConstDirectiveNode[] | undefined,
  where: string,
  also: readonly string[],
): string[] {
  return (directives ?? [])
    .filter((directive) => {
      const name = directive.name.value;
      if (name === 'deprecated') return false;
      return !(also.includes(name) && print(directive) === '@key(fields: "id")');
    })
    .map((directive) => `${print(directive)} on ${where} is not possible. Leave it out.`);
}

function namedTypeOf(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type);
}

/** What every merchant's contract must have, or the platform could not list its items. */
function missing(own: readonly DefinitionNode[], prefix: string): string[] {
  const objects = own.filter((one) => one.kind === Kind.OBJECT_TYPE_DEFINITION);
  const item = itemOf(prefix);
  const list = `${subgraphOf(prefix)}_items`;
  return [
    ...expectFields(own, 'Query', {
      [list]: `${list}(first: Int!, after: String): ${item}Connection`,
    }),
    ...expectFields(objects, `${item}Connection`, {
      nodes: `nodes: [${item}]!`,
      pageInfo: 'pageInfo: PageInfo!',
    }),
    ...expectFields(
      objects,
      item,
      Object.fromEntries(
        (catalogItem().fields ?? [])
          .filter(({ name }) => !['merchant', 'unit'].includes(name.value))
          .map((field) => [field.name.value, `${field.name.value}: ${print(field.type)}`]),
      ),
    ),
    ...(objects.some((type) => type.name.value === item && isItem(type))
      ? []
      : [`Write: type ${item} implements CatalogItem @key(fields: "id") { … }`]),
  ];
}

const isItem = ({ interfaces = [], directives = [] }: ObjectTypeDefinitionNode): boolean =>
  interfaces.some(({ name }) => name.value === 'CatalogItem') &&
  directives.filter(({ name }) => name.value === 'key').length === 1;

function expectFields(
  own: readonly DefinitionNode[],
  type: string,
  expected: Readonly<Record<string, string>>,
): string[] {
  const fields = own.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION ||
      definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    definition.name.value === type
      ? (definition.fields ?? [])
      : [],
  );
  return Object.entries(expected)
    .filter(([name, text]) => {
      const found = fields.filter((field) => field.name.value === name);
      return found.length !== 1 || found.some((field) => shapeOf(field) !== text);
    })
    .map(([, text]) => `${type} needs the field: ${text}`);
}

/** A field as it is called, without what is said about it. */
const shapeOf = (field: FieldDefinitionNode): string =>
  print(
    visit(field, { Directive: () => null, enter: (part) => ({ ...part, description: undefined }) }),
  );

function excess(own: readonly DefinitionNode[]): string[] {
  const problems: string[] = [];
  let fields = 0;
  const count = () => {
    fields += 1;
  };
  for (const definition of own) {
    visit(definition, {
      FieldDefinition: count,
      InputValueDefinition: count,
      EnumValueDefinition: count,
      StringValue({ value }) {
        if (value.length > limits.descriptionMax || checkTexts(value) !== null) {
          problems.push(
            `A text is longer than ${limits.descriptionMax} characters, or has unusable ones.`,
          );
        }
      },
    });
  }
  if (own.length > limits.typesMax) {
    problems.push(`${own.length} types; ${limits.typesMax} are allowed.`);
  }
  if (fields > limits.fieldsMax) {
    problems.push(`${fields} fields and values; ${limits.fieldsMax} are allowed.`);
  }
  return problems;
}
