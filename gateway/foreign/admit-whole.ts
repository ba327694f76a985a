import {
  type DefinitionNode,
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  print,
  visit,
} from 'graphql';
import { checkTexts } from '../../shared/graphql/checked-text.ts';
import { itemOf, subgraphOf } from './alliance-sdl.ts';
import { catalogItem } from './contract.ts';
import { limits } from './limits.ts';

/** What every merchant's contract must have, or the platform could not list its items. */
export function missing(own: readonly DefinitionNode[], prefix: string): string[] {
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

/** What is too much of it, or cannot be shown. */
export function excess(own: readonly DefinitionNode[]): string[] {
  const problems: string[] = [];
  // Interfaces and members of unions are counted as well: what composition does with them is squared.
  let fields = 0;
  const count = () => {
    fields += 1;
  };
  for (const definition of own) {
    fields += linksOf(definition);
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

/** How many interfaces a type has, or a union members. */
function linksOf(definition: DefinitionNode): number {
  if (definition.kind === Kind.UNION_TYPE_DEFINITION) return definition.types?.length ?? 0;
  return 'interfaces' in definition ? (definition.interfaces?.length ?? 0) : 0;
}
