import { type Mutant, mutantsIn } from './mutant.ts';

/** Nothing is said of nobody, and no unit is money. */
export const parties: readonly Mutant[] = [
  ...mutantsIn('commands/for-merchant.ts', 'unknown-parties', [
    [
      'nothing is said of a merchant that is not there',
      "  if (!(await isMerchant(context, input[field]))) return invalidInput('MERCHANT_UNKNOWN', field);\n",
      '',
      'on SQLite … is refused for a merchant that there is not',
    ],
  ]),
  ...mutantsIn('commands/for-members.ts', 'unknown-parties', [
    [
      'nothing is said of a member that is not there',
      '!statuses.has(input[name])',
      'false',
      'on SQLite … proposeMerge is refused for a member that there is not',
    ],
    [
      'nothing new is for a member who has left',
      "statuses.get(input[name]) !== 'ACTIVE'",
      'false',
      'on SQLite … none into it',
    ],
  ]),
  ...mutantsIn('commands/check-unit.ts', 'unknown-parties', [
    [
      'no unit is money',
      'isCurrency(unit)',
      'isCurrency(unit) && false',
      'on SQLite … is refused for money',
    ],
  ]),
];
