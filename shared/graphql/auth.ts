import {
  type DirectiveNode,
  defaultFieldResolver,
  type GraphQLField,
  type GraphQLSchema,
  isObjectType,
  valueFromASTUntyped,
} from 'graphql';
import { assert } from '../assert.ts';
import { type Caller, type Role, roles } from './caller.ts';
import { fault } from './faults.ts';

type Requirement = readonly (readonly Role[])[];

/**
 * Makes every field ask for what its `@auth` demands, however it is reached (also through `_entities`).
 * A root field without `@auth` is refused here, so that nothing is open by forgetting.
 */
export function enforceAuth(schema: GraphQLSchema): void {
  const roots = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue;
    const onType = requirementOf(type.astNode?.directives);
    for (const field of Object.values(type.getFields())) {
      const onField = requirementOf(field.astNode?.directives);
      const isFederation = field.name === '_entities' || field.name === '_service';
      assert(
        !roots.includes(type) || onField !== null || isFederation,
        `${type.name}.${field.name} needs @auth; for everybody that is @auth(requires: [["PUBLIC"]])`,
      );
      if (onType !== null) guard(field, onType);
      if (onField !== null) guard(field, onField);
    }
  }
}

function guard(field: GraphQLField<unknown, { caller: Caller }>, requirement: Requirement): void {
  const resolve = field.resolve ?? defaultFieldResolver;
  field.resolve = (source, input, context, info) => {
    const { caller } = context;
    if (requirement.some((all) => all.every((role) => caller.roles.includes(role)))) {
      return resolve(source, input, context, info);
    }
    throw fault(caller.subject === 'anonymous' ? 'UNAUTHENTICATED' : 'FORBIDDEN');
  };
}

function requirementOf(directives: readonly DirectiveNode[] | undefined): Requirement | null {
  const argument = directives?.find(({ name }) => name.value === 'auth')?.arguments?.[0];
  if (argument === undefined) return null;
  const requirement = valueFromASTUntyped(argument.value) as Role[][];
  for (const role of requirement.flat()) assert(roles.includes(role), `no such role: ${role}`);
  return requirement;
}
