import { timeBuckets } from './buckets.ts';
import {
  type Dimension,
  GROUP_KEYS_MAX,
  GROUP_PAGE_MAX,
  type GroupSpec,
  MEMBERS_MIN,
  RANGE_DAYS_MAX,
} from './group.ts';

/** The SDL of the aggregate and the groups of one list. */
export function groupSdl(spec: GroupSpec<never>): string {
  const { list, dimensions, measures } = spec;
  const { type, field } = list;
  const requires = JSON.stringify(spec.requires).replaceAll(',', ', ');
  const names = Object.keys(dimensions).map((name) => `  ${name}`);
  const aggregates = ['count', 'memberCount', ...Object.keys(measures).map((name) => `${name}Sum`)];
  return `extend type Query {
  "All of ${field} that match, added up. An analyst is told nothing of fewer than ${MEMBERS_MIN} members."
  ${field}Aggregate(filter: ${type}Filter): ${type}Aggregate!
    @auth(requires: ${requires})
    @cost(weight: 200)
  "The matching ${field} in groups by 1 to ${GROUP_KEYS_MAX} keys, 1 to ${GROUP_PAGE_MAX} groups a page. An analyst names a range of ${spec.time} of at most ${RANGE_DAYS_MAX} days, and gets groups of fewer than ${MEMBERS_MIN} members merged into one."
  ${field}Groups(
    filter: ${type}Filter
    groupBy: [${type}GroupBy!]!
    having: ${type}Having
    orderBy: [${type}GroupOrder!]
    first: Int = 100
    after: String
  ): ${type}GroupConnection!
    @auth(requires: ${requires})
    @cost(weight: 300)
    @listSize(
      slicingArguments: ["first"]
      sizedFields: ["nodes"]
      requireOneSlicingArgument: false
    )
}

"What ${field} may be put into groups by."
enum ${type}Dimension {
${names.join('\n')}
}

"One key of the groups. A time needs a bucket."
input ${type}GroupBy {
  field: ${type}Dimension!
  "The stretch of the calendar, for a time."
  bucket: TimeBucket
  "Where the calendar is kept: an IANA name such as \`America/New_York\`. \`Asia/Shanghai\` if not said."
  timeZone: String
}

"Which groups to answer. All conditions must hold."
input ${type}Having {
${aggregates.map((name) => `  ${name}: SafeIntFilter`).join('\n')}
  "All of these must hold. At least one."
  and: [${type}Having!]
  "One of these must hold. At least one."
  or: [${type}Having!]
  "This must not hold."
  not: ${type}Having
}

"What groups may be ordered by: a key that they are made by, or an aggregate."
enum ${type}GroupSortField {
${[...names, ...aggregates.map((name) => `  ${name}`)].join('\n')}
}

"One key of the order of groups. Equal ones are ordered by their keys; the merged group is last."
input ${type}GroupOrder {
  field: ${type}GroupSortField!
  direction: SortDirection! = ASC
}

"A page of groups."
type ${type}GroupConnection {
  nodes: [${type}Group!]!
  pageInfo: PageInfo!
  "How many groups there are on all pages."
  totalCount: SafeInt! @cost(weight: 50)
}

"Those of ${field} that agree in the keys asked for."
type ${type}Group {
  key: ${type}GroupKey!
  aggregate: ${type}Aggregate!
  "For an analyst: groups of fewer than ${MEMBERS_MIN} members, merged. Its keys are null."
  suppressed: Boolean!
}

"In what a group agrees. Null where it was not asked for, or where the rows have none."
type ${type}GroupKey {
${Object.entries(dimensions).map(keyField).join('\n')}
}

"How many of ${field} there are, of how many members, and what they add up to."
type ${type}Aggregate {
  count: SafeInt!
  memberCount: SafeInt!
${Object.keys(measures)
  .map((name) => `  ${name}: SafeIntAggregate!`)
  .join('\n')}
}
`;
}

/** What all groups of a subgraph share. */
export const sharedGroupSdl = `"A stretch of the calendar by which times are put into groups. A week begins on Monday (ISO 8601)."
enum TimeBucket {
${timeBuckets.map((name) => `  ${name}`).join('\n')}
}

"Whole numbers, added up exactly."
type SafeIntAggregate @shareable {
  "Null with an error when it is past the range of SafeInt."
  sum: SafeInt
  "Null of nothing, and for an analyst, since it is that of one member."
  min: SafeInt
  "As min."
  max: SafeInt
}
`;

function keyField([name, { type, description }]: [string, Dimension]): string {
  const time = 'The first instant of the bucket.';
  const said = description ?? (type === 'DateTime' ? time : undefined);
  return `${said === undefined ? '' : `  "${said}"\n`}  ${name}: ${graphType(type)}`;
}

function graphType(type: Dimension['type']): string {
  if (typeof type === 'string') return type;
  return 'enum' in type ? type.enum : type.reference;
}
