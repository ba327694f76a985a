import { type Command, rememberedOutcome } from '../../../shared/commands/run-command.ts';
import { fault } from '../../../shared/graphql/faults.ts';
import { PeerFailure } from '../../../shared/graphql/peers.ts';
import { type InvalidInput, invalidInput } from '../../../shared/graphql/refusals.ts';
import type { Context } from '../context.ts';

const QUERY = `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Member { id status } } }`;
const BATCH = 200;

type Asking = Pick<Context, 'peers' | 'requestId' | 'deadline'>;

/** By id the status of those members that there are. Throws SUBGRAPH_UNAVAILABLE when members does not answer. */
async function memberStatuses(
  { peers, requestId, deadline }: Asking,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string | null>> {
  const statuses = new Map<string, string | null>();
  const all = [...new Set(ids)];
  type Answer = { _entities: ({ id: string; status: string | null } | null)[] };
  try {
    for (let start = 0; start < all.length; start += BATCH) {
      const r = all.slice(start, start + BATCH).map((id) => ({ __typename: 'Member', id }));
      const call = { requestId, deadline };
      const { _entities } = await peers.ask<Answer>('members', QUERY, { r }, call);
      for (const member of _entities) if (member !== null) statuses.set(member.id, member.status);
    }
  } catch (error) {
    if (error instanceof PeerFailure) throw fault('SUBGRAPH_UNAVAILABLE', 'MEMBERS_UNREACHABLE');
    throw error;
  }
  return statuses;
}

/** Which of some members there are and may use their points. Throws SUBGRAPH_UNAVAILABLE when nobody knows. */
export async function knownMembers(
  asking: Asking,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  const statuses = await memberStatuses(asking, ids);
  return new Set([...statuses].flatMap(([id, status]) => (status === 'ACTIVE' ? [id] : [])));
}

/** What has to be there: a member of any status, or one who may use her points. */
type Wanted = 'ANY' | 'ACTIVE';

/**
 * Runs a command about the members that fields of its input name, once members says that they are there: books
 * for nobody could never be used. A key that was answered before gets its answer. Refuses with MEMBER_UNKNOWN,
 * which is not remembered. Throws SUBGRAPH_UNAVAILABLE when members does not answer.
 */
export async function runForMembers<
  Field extends string,
  Input extends Readonly<Record<Field, string>> & { idempotencyKey: string },
  Outcome,
>(
  context: Context,
  command: Command<Input, Outcome>,
  input: Input,
  fields: Readonly<Record<Field, Wanted>>,
): Promise<Outcome | InvalidInput> {
  const earlier = await rememberedOutcome(context, command, input);
  if (earlier !== null) return earlier.outcome;
  const unknown = await unknownMember(context, input, fields);
  return unknown ?? context.run(command, input);
}

/** The first field that names nobody, as a refusal. */
export async function unknownMember<Field extends string>(
  asking: Asking,
  input: Readonly<Record<NoInfer<Field>, string>>,
  fields: Readonly<Record<Field, Wanted>>,
): Promise<InvalidInput | null> {
  // Object.keys answers string[], whatever the keys of the type are.
  const names = Object.keys(fields) as Field[];
  const statuses = await memberStatuses(
    asking,
    names.map((name) => input[name]),
  );
  const unfit = names.find((name) =>
    fields[name] === 'ACTIVE' ? statuses.get(input[name]) !== 'ACTIVE' : !statuses.has(input[name]),
  );
  return unfit === undefined ? null : invalidInput('MEMBER_UNKNOWN', unfit);
}
